"""How good suggestions are, measured against codings that people made.

By passage: a stretch that a coder coded counts once for each coder; a suggestion is right if it is a code that any
coder gave to at least half of the stretch. By sentence: each informant's sentence that any coder coded (at least half
of it); a suggestion is right if it is one of those codes. `hit_at[k]` is the share with a right one among the first k.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ipscoding.domain import Span
from ipscoding.language.norm import norm_of
from ipscoding.suggest.examples import Coded, Judged

__all__ = ["CUTS", "Coded", "Judged", "Ranker", "Row", "Unit", "evaluate"]

CUTS = (1, 3, 5)
"""How many suggestions are looked at."""

Unit = Literal["passage", "sentence"]
Ranker = Callable[[str, str | None], Sequence[tuple[str, float]]]
"""Ranks codes for a text in a norm, best first; `Engine.rank` is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures.

    `by` says what the line is about (`all`, `code`, `role`, `language`) and `value` which one; `n` is how many units,
    `hit_at` the share (0 to 1) with a right code among the first k for each k of `CUTS`. A line of a code counts the
    units that have this code, and a hit is this very code.
    """

    unit: Unit
    by: str
    value: str
    n: int
    hit_at: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Case:
    codes: frozenset[str]
    ranked: tuple[str, ...]
    role: str
    language: str


def evaluate(rank: Ranker, interviews: Iterable[Coded]) -> list[Row]:
    """Figures for each unit: in all, then by code, role and language, each group in alphabetical order."""
    cases: dict[Unit, list[_Case]] = {"passage": [], "sentence": []}
    for interview in interviews:
        norm = interview.language if interview.language in ("nb", "nn") else norm_of(interview.transcript.text)
        ranked: dict[Span, tuple[str, ...]] = {}
        for unit, found in cases.items():
            for span in _units(unit, interview):
                codes = _codes_of(span, interview.codings)
                if codes:
                    if span not in ranked:
                        text = span.of(interview.transcript.text)
                        ranked[span] = tuple(code for code, _score in rank(text, norm)[: max(CUTS)])
                    found.append(_Case(codes, ranked[span], interview.role, interview.language))
    return [row for unit, found in cases.items() for row in _rows(unit, found)]


def _units(unit: Unit, interview: Coded) -> list[Span]:
    if unit == "sentence":
        return [span for _index, span in interview.transcript.informant_sentences()]
    passages = {(coding.coder, coding.span) for coding in interview.codings}
    return [span for _coder, span in sorted(passages)]


def _codes_of(span: Span, codings: Iterable[Judged]) -> frozenset[str]:
    """The codes that some coder gave to at least half of `span`."""
    covered: dict[tuple[str, str], int] = {}
    for coding in codings:
        shared = coding.span.shared(span)
        if shared:
            given = (coding.coder, coding.code)
            covered[given] = covered.get(given, 0) + shared
    return frozenset(code for (_coder, code), length in covered.items() if 2 * length >= len(span))


def _rows(unit: Unit, cases: list[_Case]) -> list[Row]:
    codes = sorted({code for case in cases for code in case.codes})
    groups: list[tuple[str, str, list[_Case]]] = [("all", "", cases)]
    groups += [("code", code, [case for case in cases if code in case.codes]) for code in codes]
    for by in ("role", "language"):
        values = sorted({str(getattr(case, by)) for case in cases})
        groups += [(by, value, [case for case in cases if getattr(case, by) == value]) for value in values]
    return [_row(unit, by, value, group) for by, value, group in groups]


def _row(unit: Unit, by: str, value: str, cases: list[_Case]) -> Row:
    hits = dict.fromkeys(CUTS, 0)
    for case in cases:
        wanted = frozenset([value]) if by == "code" else case.codes
        for cut in CUTS:
            hits[cut] += bool(wanted & set(case.ranked[:cut]))
    return Row(unit, by, value, len(cases), {cut: hits[cut] / len(cases) if cases else 0.0 for cut in CUTS})
