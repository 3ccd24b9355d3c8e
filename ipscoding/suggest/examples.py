"""What a team has taught: its interviews with the codings that people made and the suggestions they rejected."""

from dataclasses import dataclass

from ipscoding.domain import Span, Transcript, Valence


@dataclass(frozen=True, slots=True)
class Judged:
    """One coding that a person made."""

    span: Span
    code: str
    coder: str
    valence: Valence = Valence.NONE


@dataclass(frozen=True, slots=True)
class Rejected:
    """One suggestion that a person turned down: this code does not belong to this span."""

    span: Span
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class Coded:
    """One interview with what people decided in it; `language` and `role` as its document has them."""

    document: str
    language: str
    role: str
    transcript: Transcript
    codings: tuple[Judged, ...]
    rejected: tuple[Rejected, ...] = ()
