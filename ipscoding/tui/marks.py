"""What is drawn over a transcript, reduced to what the eye needs, and with which signs."""

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ipscoding.domain import Span, Transcript, Valence

EMPTY = Transcript("", (), ())
"""What is shown where nothing is open."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as it is drawn: `key` its id, `name`, `colour` and `code` its code's; `mine` where it may be changed."""

    key: str
    span: Span
    name: str
    colour: str
    valence: Valence = Valence.NONE
    code: str = ""
    mine: bool = True


@dataclass(frozen=True, slots=True)
class Ghost:
    """A suggestion as it is drawn: the best code for a stretch, and how many more there are for it."""

    key: str
    span: Span
    name: str
    valence: Valence = Valence.NONE
    more: int = 0


class Marking(StrEnum):
    """How much codings are let into sight."""

    TINT = "tint"
    MARGIN = "margin"
    PLAIN = "plain"

    @property
    def next(self) -> "Marking":
        """The one that comes after it when they are gone through."""
        order = list(Marking)
        return order[(order.index(self) + 1) % len(order)]


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters that the margin is drawn with."""

    begins: str
    goes_on: str
    ends: str
    alone: str
    suggestion: str
    touched: str
    cut: str
    density: str
    bookmark: str
    note: str
    valences: Mapping[Valence, str]


DRAWN = Signs("┏", "┃", "┗", "■", "┊", "▌", "…", "░▒▓█", "★", "✎", {valence: valence.sign for valence in Valence})
ASCII = Signs(
    "[",
    "|",
    "]",
    "#",
    ":",
    ">",
    "~",
    ".:+#",
    "@",
    "n",
    {Valence.BARRIER: "v", Valence.FACILITATOR: "^", Valence.BOTH: "*", Valence.NONE: "."},
)


def signs_for(setting: str) -> Signs:
    """The signs of a setting: `drawn`, `ascii`, or by what the terminal can show (anything else)."""
    if setting in ("drawn", "ascii"):
        return ASCII if setting == "ascii" else DRAWN
    # the Linux console has a font of few characters, and a terminal that is not in UTF-8 has none of ours
    plain = os.environ.get("TERM") == "linux" or locale.getpreferredencoding(False).lower() in ("ascii", "us-ascii")
    return ASCII if plain else DRAWN


@dataclass(frozen=True, slots=True)
class Manner:
    """How codings are drawn; where `code` is given, the codings of other codes fade."""

    marking: Marking = Marking.TINT
    signs: Signs = DRAWN
    density: bool = False
    code: str = ""
