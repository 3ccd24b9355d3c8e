"""What became of suggestions: accepted, changed, rejected, or shown and left alone; in all, by code and over time."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ipscoding.domain import Span
from ipscoding.project import Project, codebooks, codings, decisions, shown

By = Literal["all", "code", "week", "decisions", "engine", "coder"]

_Place = tuple[str, Span, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger: `by` says what it is about, `value` which one.

    `shown` counts suggestions (a code on a span, once for each coder) that were put before somebody. Of these
    `accepted` became codings as they were, `changed` ones with another code, `rejected` none. Of the others,
    `by_hand` were coded so by the same coder without the suggestion, `left` were left alone. None where that cannot
    be told.
    """

    by: By
    value: str
    shown: int | None
    accepted: int
    changed: int
    rejected: int
    by_hand: int | None
    left: int | None

    @property
    def decided(self) -> int:
        """How many were decided on."""
        return self.accepted + self.changed + self.rejected

    @property
    def precision(self) -> float | None:
        """The share (0 to 1) of the decided ones that were accepted as they were; None where none was decided."""
        return self.accepted / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One suggestion and what became of it: `decision` (empty: none), made or first shown at `time`."""

    code: str
    coder: str
    engine: str
    decision: str
    time: str
    by_hand: bool = False


def ledger(
    project: Project, by: Collection[By] = ("all", "code", "week"), *, coders: Collection[str] = (), every: int = 50
) -> list[Line]:
    """The ledger of a project.

    Args:
        project: the project.
        by: which groups of lines, in this order. `week` is the ISO week (`2026-W47`, in UTC) of the decision, and for
            what was not decided on the week of its first showing; `decisions` takes `every` decisions together.
        coders: only these coders' (default: everybody's).
        every: how many decisions make a line of `decisions`.

    Decisions count as they stand now: one that was undone is none.
    """
    entries = [entry for entry in _entries(project) if not coders or entry.coder in coders]
    position = {code.id: number for number, code in enumerate(codebooks.load(project).codes)}
    lines: list[Line] = []
    for kind in by:
        if kind == "decisions":
            lines += _stretches(entries, every)
            continue
        groups: dict[str, list[_Entry]] = {"": []} if kind == "all" else {}
        for entry in entries:
            groups.setdefault(_VALUE[kind](entry), []).append(entry)
        ordered = sorted(groups, key=position.__getitem__) if kind == "code" else sorted(groups)
        lines += [_line(kind, value, groups[value]) for value in ordered]
    return lines


def _entries(project: Project) -> list[_Entry]:
    """What was shown or decided on, once for each span, code and coder, by what happened last to it."""
    decided = {
        (decision.document_id, decision.span, decision.code, decision.coder): decision
        for decision in decisions.all(project)
    }
    entries = [
        _Entry(decision.code, decision.coder, decision.engine, decision.decision, decision.time)
        for decision in decided.values()
    ]
    firsts: dict[_Place, shown.Showing] = {}
    for showing in shown.all(project):
        place = (showing.document_id, showing.span, showing.code, showing.coder)
        if place not in decided:
            firsts.setdefault(place, showing)
    made = _made(project, {document for document, *_rest in firsts})
    for (document, span, code, coder), first in firsts.items():
        by_hand = any(own.overlaps(span) for own in made.get((document, code, coder), ()))
        entries.append(_Entry(code, coder, first.engine, "", first.time, by_hand))
    return entries


def _made(project: Project, document_ids: Iterable[str]) -> dict[tuple[str, str, str], list[Span]]:
    """Where codings stand, by document, code and coder."""
    found: dict[tuple[str, str, str], list[Span]] = {}
    for document in document_ids:
        for coding in codings.of_document(project, document):
            found.setdefault((document, coding.code, coding.coder), []).append(coding.span)
    return found


def week_of(time: str) -> str:
    """The ISO week of an ISO 8601 time: `2026-W47`."""
    year, week, _day = date.fromisoformat(time[:10]).isocalendar()
    return f"{year}-W{week:02d}"


_VALUE: dict[By, Callable[[_Entry], str]] = {
    "all": lambda entry: "",
    "code": lambda entry: entry.code,
    "week": lambda entry: week_of(entry.time),
    "engine": lambda entry: entry.engine,
    "coder": lambda entry: entry.coder,
}


def _line(by: By, value: str, entries: Collection[_Entry]) -> Line:
    counts = {name: sum(entry.decision == name for entry in entries) for name in ("accepted", "changed", "rejected")}
    by_hand = sum(entry.by_hand for entry in entries)
    left = sum(not entry.decision and not entry.by_hand for entry in entries)
    return Line(by, value, len(entries), counts["accepted"], counts["changed"], counts["rejected"], by_hand, left)


def _stretches(entries: Iterable[_Entry], every: int) -> list[Line]:
    """A line for each `every` decisions, in the order in which they were made; the last may hold fewer."""
    decided = [entry for entry in entries if entry.decision]
    lines = []
    for start in range(0, len(decided), every):
        group = decided[start : start + every]
        line = _line("decisions", f"{start + 1}–{start + len(group)}", group)
        lines.append(replace(line, shown=None, by_hand=None, left=None))
    return lines
