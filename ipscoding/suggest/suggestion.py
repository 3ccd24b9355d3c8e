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
_MEDIUM = 0.25
_STRONG = 0.45

THRESHOLD = 0.12
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
class Reasons:
    """Why a code was suggested.

    `words` are the words of the sentence that count most, heaviest first; `rule` the text of the codebook that shares
    most with it (None: shares no word with any); `phrases` the nearest utterances of the phrase bank, at most two.
    """

    words: tuple[WordReason, ...] = ()
    rule: Rule | None = None
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code proposed for one sentence.

    `span` covers the sentence, `sentence` is its index in the transcript; `score` estimates from 0 to 1 how often such
    a suggestion is right among the utterances that the engine learnt from; `valence` is a hint.
    """

    span: Span
    sentence: int
    code: str
    valence: Valence
    score: float
    band: Band
