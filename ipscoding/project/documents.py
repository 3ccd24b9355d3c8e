"""Documents: interviews in a project, their text versions, and each coder's progress on them."""

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from ipscoding.domain import Document, Span, Transcript
from ipscoding.errors import IpscodingError, NotFound, near_hint
from ipscoding.i18n import _
from ipscoding.project import informants, journal
from ipscoding.project.store import Project, Row
from ipscoding.project.texts import keep_text, read_text
from ipscoding.transcripts.reading import Reading

_ON_DOCUMENTS = (
    ("decision", "decisions"),
    ("status", "statuses"),
    ("bookmark", "bookmarks"),
    ("adjudication", "adjudications"),
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

_HEADER_FIELDS = {"id", "role", "language", "date"}


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


@dataclass
class Imported:
    """What an import did: names of documents added and unchanged, and what was refused with its reason."""

    added: list[str] = dataclass_field(default_factory=list)
    unchanged: list[str] = dataclass_field(default_factory=list)
    refused: list[tuple[str, IpscodingError]] = dataclass_field(default_factory=list)


def add_all(
    project: Project,
    readings: Iterable[Reading],
    on_progress: Callable[[str], None] | None = None,
    *,
    dry_run: bool = False,
) -> Imported:
    """Take interviews into the project as one act; a text that is already there changes nothing.

    A document whose name is taken by another text is refused, the others are imported. The header's `id` names
    the informant (default: the document's name); `role` and `site` become the informant's. A `dry_run` only tells
    what would be done.
    """
    done = Imported()
    with journal.command(project, "import", dry_run=dry_run, n=0) as act:
        for reading in readings:
            if on_progress is not None:
                on_progress(reading.name)
            sha256 = keep_text(project, reading.transcript)
            same = project.value("SELECT name FROM documents WHERE text = ?", (sha256,))
            if same is not None:
                done.unchanged.append(reading.name)
                continue
            if project.value("SELECT 1 FROM documents WHERE name = ?", (reading.name,)):
                done.refused.append((reading.name, _name_taken(reading)))
                continue
            _add(project, act, reading, sha256)
            done.added.append(reading.name)
        act.describe(n=len(done.added))
    return done


def _name_taken(reading: Reading) -> IpscodingError:
    return IpscodingError(
        _("{source}: the project has a document called {name} with another text").format(
            source=reading.source, name=reading.name
        ),
        _("Give the file another name; the document in the project was left as it is"),
    )


def _add(project: Project, act: journal.Command, reading: Reading, sha256: str) -> None:
    header = reading.header
    person = informants.ensure(
        project,
        act,
        header.get("id") or reading.name,
        role=header.get("role", ""),
        attributes={"site": header["site"]} if header.get("site") else {},
    )
    act.create(
        "document",
        str(uuid.uuid4()),
        {
            "name": reading.name,
            "text": sha256,
            "informant": person,
            "language": header.get("language", ""),
            "date": header.get("date", ""),
            "source": reading.source,
            "source_sha256": reading.source_sha256,
            "attributes": {key: value for key, value in header.items() if key not in {*_HEADER_FIELDS, "site"}},
        },
    )


def remove(project: Project, document_id: str) -> int:
    """Take a document out with all codings, memos and decisions on it, as one act that can be undone.

    Gives how many codings went with it. The text stays in the file until the participant is purged.
    """
    document = find(project, document_id)
    with journal.command(project, "remove-document", interview=document.name) as act:
        codings = [row["id"] for row in list(project.rows("SELECT id FROM codings WHERE document = ?", (document.id,)))]
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
