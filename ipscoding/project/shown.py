"""Suggestions that were put before coders: kept in the project file, outside the journal, for the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

from ipscoding.domain import Span
from ipscoding.project import clock, placing
from ipscoding.project.store import Project

Shown = tuple[Span, str, float]
"""A suggestion as it was shown: where, the code's readable id, its score from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A suggestion and the first time (ISO 8601, UTC) that a version of the engine put it before a coder."""

    document_id: str
    span: Span
    code: str
    coder: str
    engine: str
    score: float
    time: str


def note(project: Project, document_id: str, suggestions: Iterable[Shown], *, engine: str) -> int:
    """Note that this coder was shown `suggestions` of a document; gives how many had not been noted before.

    Each span, code, coder and version of the engine is noted once, with the score and time of the first showing.
    Codes that the project does not have are left out, and so is everything where the project cannot be written.
    """
    wanted = list(suggestions)
    if not wanted or project.read_only:
        return 0
    codes = dict(project.tuples("SELECT code, id FROM codes"))
    time, text = clock.now(), project.value("SELECT text FROM documents WHERE id = ?", (document_id,))
    rows = [
        (document_id, span.start, span.end, codes[code], project.coder, engine, float(score), time, text)
        for span, code, score in wanted
        if code in codes
    ]
    with project.writing():
        before = project.db.conn.total_changes
        project.db.conn.executemany("INSERT OR IGNORE INTO shown VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return project.db.conn.total_changes - before


def all(project: Project) -> list[Showing]:
    """Everything that was noted, by time, where it stands in the text in force.

    Codes, documents and passages that are no longer there are left out.
    """
    if not project.value("SELECT 1 FROM sqlite_master WHERE name = 'shown'"):
        return []  # a file of an older version that can only be read
    rows = project.tuples(
        "SELECT s.document, s.start, s.end, k.code, s.coder, s.engine, s.score, s.time,"
        " coalesce(s.on_text, d.text), d.text FROM shown s"
        " JOIN codes k ON k.id = s.code JOIN documents d ON d.id = s.document"
        " ORDER BY s.time, d.name, s.start, s.end, k.position, s.coder, s.engine"
    )
    return [
        Showing(document, span, code, coder, engine, score, clock.to_second(time))
        for document, start, end, code, coder, engine, score, time, on_text, text in rows
        if (span := placing.moved(project, Span(start, end), on_text, text)) is not None
    ]
