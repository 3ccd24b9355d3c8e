"""What is drawn over a transcript: codings and suggestions, reduced to what the eye needs."""

from dataclasses import dataclass

from ipscoding.domain import Span, Transcript, Valence

EMPTY = Transcript("", (), ())
"""What is shown where nothing is open."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as it is drawn: `key` its id, `name`, `colour` and `code` its code's."""

    key: str
    span: Span
    name: str
    colour: str
    valence: Valence = Valence.NONE
    code: str = ""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A suggestion as it is drawn: the best code for a stretch, and how many more there are for it."""

    key: str
    span: Span
    name: str
    valence: Valence = Valence.NONE
    more: int = 0
