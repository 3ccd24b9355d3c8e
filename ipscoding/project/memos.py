"""Memos: a coder's notes on a coding, a document or a passage of it, a code or the project."""

import uuid
from dataclasses import dataclass

from ipscoding.project import blind, clock, journal
from ipscoding.project.store import Project


@dataclass(frozen=True)
class Memo:
    """One coder's note; `target` is the UUID of what it is about.

    Of a note on a passage of a document, `start` and `end` say which (code points, end exclusive). `origin` is the
    name of the file in which the note was a comment; None where it was written here.
    """

    id: str
    target: str
    coder: str
    text: str
    created_at: str
    start: int | None = None
    end: int | None = None
    origin: str | None = None


def of(project: Project, target: str) -> list[Memo]:
    """The memos on one thing as a whole, oldest first."""
    return [memo for memo in _all(project, target) if memo.start is None]


def on_passages(project: Project, document_id: str) -> list[Memo]:
    """The memos on passages of a document, in the order of its text."""
    found = [memo for memo in _all(project, document_id) if memo.start is not None]
    return sorted(found, key=lambda memo: (memo.start or 0, memo.end or 0))


def _all(project: Project, target: str) -> list[Memo]:
    rows = project.rows(
        "SELECT m.id, m.target, c.name AS coder, m.text, m.created_at, m.start, m.end, m.origin"
        " FROM memos m JOIN coders c ON c.id = m.coder WHERE m.target = ? ORDER BY m.created_at, m.id",
        (target,),
    )
    return [Memo(**row) for row in rows]


@dataclass(frozen=True)
class Placed:
    """A memo with what it is about: `kind` is `coding`, `document`, `code` or `project`.

    `document` is the id of the interview and `code` the readable id of the code, where there is one.
    """

    memo: Memo
    kind: str
    document: str = ""
    code: str = ""


_PLACED = """
    SELECT m.id, m.target, c.name AS coder, m.text, m.created_at, m.start, m.end, m.origin,
           CASE WHEN g.id IS NOT NULL THEN 'coding' WHEN d.id IS NOT NULL THEN 'document'
                WHEN k.id IS NOT NULL THEN 'code' ELSE 'project' END AS kind,
           coalesce(g.document, d.id, '') AS document, coalesce(k.code, gk.code, '') AS code
    FROM memos m JOIN coders c ON c.id = m.coder
         LEFT JOIN made_codings g ON g.id = m.target LEFT JOIN codes gk ON gk.id = g.code
         LEFT JOIN documents d ON d.id = m.target LEFT JOIN codes k ON k.id = m.target
    ORDER BY m.created_at, m.id
"""


def all(project: Project) -> list[Placed]:
    """All memos, oldest first; without those that blind coding keeps from whoever has the project open."""
    unseen = blind.hidden(project)
    found = []
    for row in project.rows(_PLACED):
        place = {name: row.pop(name) for name in ("kind", "document", "code")}
        if row["coder"] not in unseen.get(place["document"], ()):
            found.append(Placed(Memo(**row), **place))
    return found


def put(project: Project, target: str, text: str, *, document: str | None = None, offset: int | None = None) -> None:
    """Write this coder's memo on `target`, over their earlier one; an empty text takes it away."""
    with journal.command(project, "memo", document=document, offset=offset) as act:
        write(act, target, text)


def write(act: journal.Command, target: str, text: str) -> None:
    """`put`, as part of the act under way."""
    known = act.project.value(
        "SELECT id FROM memos WHERE target = ? AND coder = ? AND start IS NULL", (target, act.coder)
    )
    text = text.strip()
    if known is not None and text:
        act.update("memo", known, {"text": text})
    elif known is not None:
        act.delete("memo", known)
    elif text:
        values = {"target": target, "coder": act.coder, "text": text, "created_at": clock.wall_time(act.stamp)}
        act.create("memo", str(uuid.uuid4()), values)
