"""Bookmarks: places in interviews that a coder wants to find again."""

import uuid
from dataclasses import dataclass

from ipscoding.project import clock, journal
from ipscoding.project.store import Project


@dataclass(frozen=True)
class Bookmark:
    """A place (offset in code points) in a document that a coder marked, with an optional note."""

    id: str
    document_id: str
    offset: int
    note: str


def all(project: Project) -> list[Bookmark]:
    """This coder's bookmarks, by document and place."""
    rows = project.tuples(
        "SELECT b.id, b.document, b.offset, b.note FROM bookmarks b JOIN documents d ON d.id = b.document"
        " WHERE b.coder = ? ORDER BY d.name, b.offset",
        (project.coder_id(),),
    )
    return [Bookmark(*row) for row in rows]


def toggle(project: Project, document_id: str, offset: int, note: str = "") -> bool:
    """Set a bookmark at a place, or take it away where there is one; whether there is one now."""
    known = _at(project, document_id, offset)
    if known is None:
        put(project, document_id, offset, note)
        return True
    with journal.command(project, "bookmark", document=document_id, offset=offset) as act:
        act.delete("bookmark", known)
    return False


def put(project: Project, document_id: str, offset: int, note: str = "") -> None:
    """Let there be a bookmark with this note at a place: the one that is there gets the note."""
    with journal.command(project, "bookmark", document=document_id, offset=offset) as act:
        known = _at(project, document_id, offset)
        if known is not None:
            act.update("bookmark", known, {"note": note})
            return
        values = {
            "document": document_id,
            "offset": offset,
            "coder": act.coder,
            "note": note,
            "created_at": clock.wall_time(act.stamp),
        }
        act.create("bookmark", str(uuid.uuid4()), values)


def _at(project: Project, document_id: str, offset: int) -> str | None:
    known = project.value(
        "SELECT id FROM bookmarks WHERE document = ? AND offset = ? AND coder = ?",
        (document_id, offset, project.coder_id()),
    )
    return None if known is None else str(known)
