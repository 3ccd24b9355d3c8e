"""Where codings, notes and decisions stand in the text in force.

The journal says where somebody put a thing, and in which text (`on_text`, its hash): that is what people did, and it
never changes by itself. Where the thing stands in the text that its interview has now follows from the two texts. So a
corrected text is one change of one field, to take it back is to take back that field, and copies of a project that
know the same acts and texts place everything alike.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ipscoding.domain import Span
from ipscoding.project.store import Project
from ipscoding.transcripts.anchor import CONTEXT, Anchored, Comparison


@dataclass(frozen=True)
class Placed:
    """A kind of thing that has a place: its table, the column that names the interview, and those of the place."""

    table: str
    document: str = "document"
    place: tuple[str, ...] = ("start", "end")


PLACED = {
    "coding": Placed("made_codings"),
    "decision": Placed("made_decisions"),
    "adjudication": Placed("made_adjudications"),
    "memo": Placed("made_memos", "target"),
    "bookmark": Placed("made_bookmarks", place=("offset",)),
}

_FEW = 3
_MAY_BE_LOST = frozenset(("coding", "decision"))
"""Kinds that are nowhere when their passage is gone; of the others, where it was is kept."""


def has_place(kind: str, names: Iterable[str]) -> bool:
    """Whether a place is among the fields `names` of an entity."""
    return kind in PLACED and not set(PLACED[kind].place).isdisjoint(names)


def text_of(project: Project, kind: str, fields: Mapping[str, Any]) -> str | None:
    """The hash of the text in force of the interview that a thing with these fields stands in; None without one."""
    found = project.value("SELECT text FROM documents WHERE id = ?", (fields.get(PLACED[kind].document),))
    return None if found is None else str(found)


def first_text(project: Project, kind: str, fields: Mapping[str, Any]) -> str | None:
    """The hash of the text that the interview of a thing had first: what a place without a text is meant in."""
    found = project.value(
        "SELECT json_extract(changes, '$.text[1]') FROM events WHERE entity = 'document' AND entity_id = ?"
        " AND action = 'create' ORDER BY seq LIMIT 1",
        (fields.get(PLACED[kind].document),),
    )
    return None if found is None else str(found)


def place_one(project: Project, kind: str, entity_id: str) -> None:
    """Say where one thing stands now, after it was written."""
    _place(project, kind, "p.id = ?", (entity_id,))


def place_document(project: Project, document_id: str) -> None:
    """Say where everything in an interview stands now, after its text was changed."""
    for kind, placed in PLACED.items():
        _place(project, kind, f"p.{placed.document} = ?", (document_id,))


def place_missing(project: Project, kinds: Iterable[str] = tuple(PLACED)) -> None:
    """Say where things stand that were written before their interview was there, as in a merge or its undo."""
    for kind in kinds:
        _place(project, kind, "p.anchored = ''")


def now(project: Project, kind: str, entity_id: str) -> dict[str, Any] | None:
    """Where a thing stands, as the fields of one that was put there in the text in force; None where it is nowhere."""
    placed = PLACED[kind]
    found = project.tuples(
        f"SELECT p.now_start, p.now_end, d.text FROM {placed.table} p JOIN documents d ON d.id = p.{placed.document}"
        " WHERE p.id = ?",
        (entity_id,),
    )
    if not found or found[0][0] is None:
        return None
    start, end, text = found[0]
    return {**dict(zip(placed.place, (start, end), strict=False)), "on_text": text}


def moved(project: Project, span: Span, old: str, new: str) -> Span | None:
    """Where a passage of the text with the hash `old` stands in the one with the hash `new`; None: nowhere."""
    if old == new:
        return span
    comparison = _Texts(project).comparison(old, new)
    return None if comparison is None else comparison.anchor(span).span


def _place(project: Project, kind: str, where: str, params: tuple[Any, ...] = ()) -> None:
    placed = PLACED[kind]
    columns = ", ".join(f"p.{name}" for name in placed.place)
    marks = ", p.marks" if kind == "adjudication" else ""
    values: list[tuple[Any, ...]] = []
    rows = project.tuples(
        f"SELECT p.id, coalesce(p.on_text, d.text), d.text, {columns}{marks} FROM {placed.table} p"
        f" JOIN documents d ON d.id = p.{placed.document} WHERE {where} AND p.{placed.place[0]} IS NOT NULL"
        " ORDER BY d.text, p.on_text",
        params,
    )
    texts = _Texts(project, whole=len(rows) > _FEW)
    for entity_id, on_text, text, start, *rest in rows:
        end = rest[0] if len(placed.place) > 1 else start
        if on_text == text:
            found: Span | None = Span(start, end)
            status = Anchored.EXACT
        else:
            comparison = texts.comparison(on_text, text)
            if comparison is None:
                continue  # the text that it was made in has not come yet
            if kind == "bookmark":
                at = comparison.offset(start)
                found, status = Span(at, at), Anchored.EXACT if at == start else Anchored.SHIFTED
            else:
                anchor = comparison.anchor(Span(start, end))
                found, status = anchor.span, anchor.status
                if found is None and kind not in _MAY_BE_LOST:
                    at = min(comparison.offset(start), max(len(comparison.new) - 1, 0))
                    found = Span(at, min(at + 1, len(comparison.new)))
        now: list[Any] = [found.start if found else None, found.end if found else None, str(status)]
        if kind == "coding":
            now += texts.words(text, found)
        elif kind == "adjudication":
            now.append(rest[1] if on_text == text else _marks(texts.comparison(on_text, text), rest[1]))
        values.append((*now, entity_id))
    also = {"coding": ("quote", "before", "after", "turn"), "adjudication": ("now_marks",)}.get(kind, ())
    assignments = ", ".join(f'"{name}" = ?' for name in ("now_start", "now_end", "anchored", *also))
    project.db.conn.executemany(f"UPDATE {placed.table} SET {assignments} WHERE id = ?", values)


def _marks(comparison: Comparison | None, marks: str) -> str:
    """The marks of a decision (`12-40 barrier;14-40 none`) in the new text; those that are gone have no place."""
    moved = []
    for mark in marks.split(";"):
        place, _space, valence = mark.partition(" ")
        start, _dash, end = place.partition("-")
        found = comparison.anchor(Span(int(start), int(end))).span if comparison is not None else None
        moved.append(f"{found.start}-{found.end} {valence}" if found is not None else f"- {valence}")
    return ";".join(sorted(moved))


class _Texts:
    """Texts by their hash; `whole`: each read once, the one in use kept, since there is much to look up in it."""

    def __init__(self, project: Project, *, whole: bool = True) -> None:
        self._project = project
        self._whole = whole
        self._sha256 = ""
        self._text = ""
        self._starts: list[int] = []
        self._numbers: list[int] = []

    def _read(self, sha256: str) -> str | None:
        found = self._project.value("SELECT text FROM texts WHERE sha256 = ?", (sha256,))
        return None if found is None else str(found)

    def comparison(self, old: str, new: str) -> Comparison | None:
        """How one text leads to another; None where one of them is not at hand."""
        texts = self._read(old), self._read(new)
        return _comparison(*texts) if texts[0] is not None and texts[1] is not None else None

    def words(self, sha256: str, span: Span | None) -> tuple[str, str, str, int | None]:
        """The words at a place, what stands before and after them, and the number of the turn."""
        if span is None:
            return "", "", "", None
        if not self._whole:
            left = max(span.start - CONTEXT, 0)
            found: tuple[str, str, str, int | None] = self._project.tuples(
                "SELECT substr(text, ?, ?), substr(text, ?, ?), substr(text, ?, ?), (SELECT number FROM turns"
                " WHERE text = sha256 AND start <= ? ORDER BY start DESC LIMIT 1) FROM texts WHERE sha256 = ?",
                (
                    *(span.start + 1, len(span)),
                    *(left + 1, span.start - left),
                    *(span.end + 1, CONTEXT),
                    *(span.start, sha256),
                ),
            )[0]
            return found
        if sha256 != self._sha256:
            self._sha256, self._text = sha256, self._read(sha256) or ""
            turns = self._project.tuples("SELECT start, number FROM turns WHERE text = ? ORDER BY start", (sha256,))
            self._starts, self._numbers = [start for start, _n in turns], [number for _start, number in turns]
        turn = bisect_right(self._starts, span.start) - 1
        return (
            span.of(self._text),
            self._text[max(span.start - CONTEXT, 0) : span.start],
            self._text[span.end : span.end + CONTEXT],
            self._numbers[turn] if turn >= 0 else None,
        )


@lru_cache(maxsize=16)
def _comparison(old: str, new: str) -> Comparison:
    return Comparison(old, new)
