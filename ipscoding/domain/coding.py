"""A coding: one code on one span by one coder."""

from dataclasses import dataclass

from ipscoding.domain.span import Span
from ipscoding.domain.valence import Valence

ORIGINS = ("manual", "suggestion", "script", "import", "agreed", "adjudicated")
"""How a coding came about: by hand, by accepting a suggestion, by a command, from another tool's file; in the consensus
layer because coders agree, or because somebody decided."""

CONSENSUS = "consensus"
"""The name of the coder who holds what the team agreed on."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one span by one coder.

    `code` is the code's readable id, `coder` the coder's name, `created_at` ISO 8601 in UTC,
    `strength` 1 or 2 (as in CFIR rating) or None, `code_version` the version of the code it was made under.
    """

    id: str
    document_id: str
    span: Span
    code: str
    coder: str
    valence: Valence
    strength: int | None = None
    memo: str = ""
    origin: str = "manual"
    code_version: int = 1
    created_at: str = ""
