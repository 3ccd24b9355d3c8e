"""Suggestions: which codes a sentence might get, how sure that is, and why.

Importing this loads neither numpy nor scikit-learn; `build` does.
"""

from ipscoding.suggest.engine import Engine, build
from ipscoding.suggest.examples import Coded, Judged, Rejected
from ipscoding.suggest.stop import Cancelled
from ipscoding.suggest.suggestion import BANDS, Band, CodedExcerpt, Reasons, Suggestion, WordReason, band_of

__all__ = [
    "BANDS",
    "Band",
    "Cancelled",
    "Coded",
    "CodedExcerpt",
    "Engine",
    "Judged",
    "Reasons",
    "Rejected",
    "Suggestion",
    "WordReason",
    "band_of",
    "build",
]
