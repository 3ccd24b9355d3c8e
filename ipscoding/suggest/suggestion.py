"""What a suggestion is, and what it says of itself."""

from dataclasses import dataclass
from typing import Literal

from ipscoding.domain import Span, Valence

Band = Literal["weak", "medium", "strong"]
BANDS: tuple[Band, ...] = ("weak", "medium", "strong")
"""How sure a suggestion is, from least to most."""

Rule = Literal["label", "definition", "include_when", "example"]
"""A text of the codebook."""

# Scores from which a suggestion counts as medium and strong; see docs/suggestions.md for what they mean.
_MEDIUM = 0.35
_STRONG = 0.55

THRESHOLD = 0.55
"""The score below which the program keeps silent, unless told otherwise."""


def band_of(score: float) -> Band:
    """The band of a score from 0 to 1."""
    return "strong" if score >= _STRONG else "medium" if score >= _MEDIUM else "weak"


@dataclass(frozen=True, slots=True)
class WordReason:
    """A word that speaks for a code: where it stands, and its share of all that speaks for the code (0 to 1)."""

    span: Span
    weight: float


@dataclass(frozen=True, slots=True)
class CodedExcerpt:
    """A passage that somebody in the team coded so: in which interview, where, and what was said."""

    document: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a code was suggested.

    `words` are the words of the passage that count most, heaviest first; `rule` the text of the codebook that shares
    most with it (None: shares no word with any); `phrases` the nearest utterances of the phrase bank, at most two;
    `excerpts` the nearest passages that the team has coded so, at most two; `context` the words around the passage,
    as in the interviewer's question, without which the score were clearly lower (empty: the passage speaks for
    itself); `cues` the words that speak for the direction.
    """

    words: tuple[WordReason, ...] = ()
    rule: Rule | None = None
    phrases: tuple[str, ...] = ()
    excerpts: tuple[CodedExcerpt, ...] = ()
    context: tuple[WordReason, ...] = ()
    cues: tuple[WordReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code proposed for one sentence or a run of them.

    `span` covers the sentences, `sentence` is the index of the first in the transcript; `score` estimates from 0 to 1
    how often such a suggestion is right; `valence` is a hint, `direction` from 0.5 to 1 how often it is right.
    """

    span: Span
    sentence: int
    code: str
    valence: Valence
    score: float
    band: Band
    direction: float = 1.0
