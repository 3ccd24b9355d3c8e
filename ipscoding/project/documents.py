"""Documents: interviews in a project, their text versions, and each coder's progress on them."""

import json
import uuid

from ipscoding.domain import Document, Span, Transcript
from ipscoding.errors import NotFound, near_hint
from ipscoding.i18n import _
from ipscoding.project import journal
from ipscoding.project.imports import Imported as Imported
from ipscoding.project.imports import add_all as add_all
from ipscoding.project.store import Project, Row
from ipscoding.project.texts import read_text

_ON_DOCUMENTS = (
    ("decision", "made_decisions"),
    ("status", "statuses"),
    ("bookmark", "made_bookmarks"),
    ("adjudication", "made_adjudications"),
)
STATUSES = ("coding", "done")
NOT_STARTED = "not-started"
CHOICES = (NOT_STARTED, *STATUSES)
"""What a coder can say of an interview; nothing is kept of one that is not started."""

_SELECT = """
    SELECT d.*, coalesce(i.name, '') AS informant_name, coalesce(i.role, '') AS role, t.words AS words,
           (SELECT count(*) FROM turns WHERE turns.text = d.text) AS turns
    FROM documents d JOIN texts t ON t.sha256 = d.text LEFT JOIN informants i ON i.id = d.informant
"""


def _document(row: Row) -> Document:
    return Document(
        id=row["id"],
        name=row["name"],
        text_sha256=row["text"],
        informant=row["informant_name"],
        role=row["role"],
        language=row["language"],
        date=row["date"],
        words=row["words"],
        turns=row["turns"],
        source=row["source"],
        source_sha256=row["source_sha256"],
        speakers=json.loads(row["speakers"]),
        attributes=json.loads(row["attributes"]),
    )


def all(project: Project) -> list[Document]:
    """All documents, by name."""
    return [_document(row) for row in project.rows(_SELECT + " ORDER BY d.name")]


def in_order_of_arrival(project: Project) -> list[str]:
    """The ids of all documents, in the order in which they came into this copy of the project."""
    rows = project.tuples(
        "SELECT d.id, (SELECT min(seq) FROM events WHERE entity_id = d.id) AS came FROM documents d ORDER BY came, d.id"
    )
    return [identity for identity, _came in rows]


def find(project: Project, name: str) -> Document:
    """The document with this name or id. Raises `NotFound` that lists near names."""
    row = project.row(_SELECT + " WHERE d.name = :name OR d.id = :name", {"name": name})
    if row is None:
        names = [str(known["name"]) for known in project.rows("SELECT name FROM documents ORDER BY name")]
        otherwise = _('See the names with "ipscoding documents {path}"').format(path=project.path)
        raise NotFound(_("There is no document called {name}").format(name=name), near_hint(name, names, otherwise))
    return _document(row)


def text(project: Project, document_id: str) -> str:
    """The text of a document in force. Raises `NotFound`."""
    found = project.value(
        "SELECT t.text FROM documents d JOIN texts t ON t.sha256 = d.text WHERE d.id = ?", (document_id,)
    )
    if found is None:
        raise NotFound(_("There is no document called {name}").format(name=document_id))
    return str(found)


def transcript(project: Project, document_id: str) -> Transcript:
    """The text of a document in force, with turns and sentences."""
    text(project, document_id)  # says so where there is no such document
    return read_text(project, project.value("SELECT text FROM documents WHERE id = ?", (document_id,)))


def speech(project: Project) -> dict[str, list[Span]]:
    """Where informants speak, by document id: the spans of their turns without labels."""
    spoken: dict[str, list[Span]] = {document.id: [] for document in all(project)}
    for row in project.rows(
        "SELECT d.id, n.speech, n.end FROM documents d JOIN turns n ON n.text = d.text"
        " WHERE n.interviewer = 0 ORDER BY d.id, n.number"
    ):
        spoken[row["id"]].append(Span(row["speech"], row["end"]))
    return spoken


def breaks(project: Project) -> dict[str, tuple[list[int], list[int]]]:
    """Where turns begin and where sentences begin (code points, in order), by document id."""
    found: dict[str, tuple[list[int], list[int]]] = {document.id: ([], []) for document in all(project)}
    for which, table in enumerate(("turns", "sentences")):
        sql = f"SELECT d.id, b.start FROM documents d JOIN {table} b ON b.text = d.text ORDER BY d.id, b.number"
        for document, start in project.tuples(sql):
            found[document][which].append(start)
    return found


def recorded(project: Project) -> dict[str, float]:
    """The last time of the recording that is known in each document, in seconds, by id; none where there is none."""
    sql = "SELECT d.id, max(t.seconds) FROM documents d JOIN times t ON t.text = d.text GROUP BY d.id"
    return {document: float(seconds) for document, seconds in project.tuples(sql)}


def remove(project: Project, document_id: str) -> int:
    """Take a document out with all codings, memos and decisions on it, as one act that can be undone.

    Gives how many codings went with it. The text stays in the file until the participant is purged.
    """
    document = find(project, document_id)
    with journal.command(project, "remove-document", interview=document.name) as act:
        codings = [
            row["id"] for row in list(project.rows("SELECT id FROM made_codings WHERE document = ?", (document.id,)))
        ]
        targets = [*codings, document.id]
        for target in targets:
            for memo in list(project.rows("SELECT id FROM memos WHERE target = ?", (target,))):
                act.delete("memo", memo["id"])
        for coding in codings:
            act.delete("coding", coding)
        for kind, table in _ON_DOCUMENTS:
            for row in list(project.rows(f"SELECT id FROM {table} WHERE document = ?", (document.id,))):
                act.delete(kind, row["id"])
        act.delete("document", document.id)
    return len(codings)


def statuses(project: Project) -> dict[tuple[str, str], str]:
    """Each coder's status of each document, by (document id, coder's name); what is absent is not started."""
    rows = project.rows("SELECT s.document, s.status, c.name FROM statuses s JOIN coders c ON c.id = s.coder")
    return {(row["document"], row["name"]): row["status"] for row in rows}


def set_status(project: Project, document_id: str, status: str) -> None:
    """Say how far this coder has come with a document: one of `CHOICES`."""
    if status not in CHOICES:
        raise ValueError(status)
    document = find(project, document_id)
    with journal.command(project, "status", document=document.id, interview=document.name, status=status) as act:
        if status != NOT_STARTED:
            write_status(act, document.id, status)
        else:
            clear_status(act, document.id)


def write_status(act: journal.Command, document_id: str, status: str, coder: str | None = None) -> None:
    """Set the status of a document for a coder (id; default: the coder of `act`), as part of that act."""
    coder = coder or act.coder
    entity = _status_id(document_id, coder)
    if _has_status(act, document_id, coder):
        act.update("status", entity, {"status": status})
    else:
        act.create("status", entity, {"document": document_id, "coder": coder, "status": status})


def clear_status(act: journal.Command, document_id: str, coder: str | None = None) -> None:
    """Say that a coder (id; default: the coder of `act`) has not started with a document, as part of that act."""
    coder = coder or act.coder
    if _has_status(act, document_id, coder):
        act.delete("status", _status_id(document_id, coder))


def _status_id(document_id: str, coder: str) -> str:
    return str(uuid.uuid5(uuid.UUID(document_id), coder))


def _has_status(act: journal.Command, document_id: str, coder: str) -> bool:
    return bool(act.project.value("SELECT 1 FROM statuses WHERE id = ?", (_status_id(document_id, coder),)))


def start_coding(act: journal.Command, document_id: str, coder: str | None = None) -> None:
    """Note that a coder (id; default: of `act`) has begun with a document, where nothing is noted yet."""
    coder = coder or act.coder
    if not act.project.value("SELECT 1 FROM statuses WHERE document = ? AND coder = ?", (document_id, coder)):
        write_status(act, document_id, "coding", coder)
