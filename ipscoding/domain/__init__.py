"""What things are: spans, transcripts, informants, codes, codings. Plain data, no I/O, no third-party import."""

from ipscoding.domain.code import Code, Codebook, Example, in_language
from ipscoding.domain.coding import CONSENSUS, ORIGINS, Coding
from ipscoding.domain.document import Document, Informant
from ipscoding.domain.excerpt import Excerpt
from ipscoding.domain.span import Span, union
from ipscoding.domain.transcript import Moment, Transcript, Turn, clock_time, count_words
from ipscoding.domain.valence import Valence, valence_meant

__all__ = [
    "CONSENSUS",
    "ORIGINS",
    "Code",
    "Codebook",
    "Coding",
    "Document",
    "Example",
    "Excerpt",
    "Informant",
    "Moment",
    "Span",
    "Transcript",
    "Turn",
    "Valence",
    "clock_time",
    "count_words",
    "in_language",
    "union",
    "valence_meant",
]
