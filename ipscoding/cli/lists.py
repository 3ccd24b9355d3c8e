"""Lists of a project as tables: documents, informants, history, hits, codes, suggestions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipscoding.analysis.table import Column, Row, Table
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.project import Project
    from ipscoding.project.journal import Entry
    from ipscoding.project.search import Hit


def documents_table(project: "Project") -> Table:
    """A row for each interview; a column of status for each coder who has begun."""
    from ipscoding.project import acts, codings, documents

    statuses = documents.statuses(project)
    coders = sorted({coder for _document, coder in statuses})
    columns = [
        Column("document", "text", _("Interview")),
        Column("informant", "text", _("Informant")),
        Column("role", "text", _("Role")),
        Column("language", "text", _("Language"), detail=True),
        Column("date", "text", _("Date"), detail=True),
        Column("turns", "int", _("Turns"), detail=True),
        Column("words", "int", _("Words")),
        Column("codings", "int", _("Codings")),
        *(Column(f"status_{coder}", "text", _("Status, {coder}").format(coder=coder)) for coder in coders),
    ]
    rows: list[Row] = [
        {
            "document": document.name,
            "informant": document.informant,
            "role": document.role,
            "language": document.language,
            "date": document.date,
            "turns": document.turns,
            "words": document.words,
            "codings": sum(codings.counts(project, document.id).values()),
            **{f"status_{coder}": acts.status_name(statuses.get((document.id, coder), "")) for coder in coders},
        }
        for document in documents.all(project)
    ]
    notes = (
        [_("Words are those of informants; the interviewer's are not counted.")] if rows else [_no_documents(project)]
    )
    return Table(columns, rows, notes)


def _no_documents(project: "Project") -> str:
    return _('There are no interviews yet. Bring some in with: ipscoding import "{path}" FOLDER').format(
        path=project.path
    )


def history_table(entries: Sequence["Entry"]) -> Table:
    """A row for each act, latest first."""
    kinds = {"undo": _("undone"), "redo": _("done again")}
    columns = [
        Column("time", "text", _("Time (UTC)")),
        Column("coder", "text", _("Coder")),
        Column("act", "text", _("What was done")),
        Column("state", "text", _("State")),
    ]
    rows: list[Row] = [
        {
            "time": entry.time,
            "coder": entry.coder,
            "act": f"{kinds[entry.kind]}: {entry.text}" if entry.kind in kinds else entry.text,
            "state": _("taken back") if entry.undone else "",
        }
        for entry in entries
    ]
    return Table(columns, rows, [])


def bookmarks_table(project: "Project") -> Table:
    """A row for each bookmark of who is coding."""
    from ipscoding.project import bookmarks, documents

    columns = [
        Column("document", "text", _("Interview")),
        Column("turn", "int", _("Turn")),
        Column("sentence", "int", _("Sentence")),
        Column("start", "int", _("Start"), detail=True),
        Column("note", "text", _("Note")),
    ]
    names = {document.id: document.name for document in documents.all(project)}
    rows: list[Row] = []
    for bookmark in bookmarks.all(project):
        transcript = documents.transcript(project, bookmark.document_id)
        turn, sentence = transcript.turn_at(bookmark.offset), transcript.sentence_at(bookmark.offset)
        rows.append(
            {
                "document": names[bookmark.document_id],
                "turn": turn.number if turn else None,
                "sentence": None if sentence is None else sentence + 1,
                "start": bookmark.offset,
                "note": bookmark.note,
            }
        )
    return Table(columns, rows, [] if rows else [_("There are no bookmarks yet.")])


def hits_table(hits: Sequence["Hit"]) -> Table:
    """A row for each place found, with the words around it."""
    columns = [
        Column("document", "text", _("Interview")),
        Column("turn", "int", _("Turn")),
        Column("speaker", "text", _("Speaker"), detail=True),
        Column("start", "int", _("Start"), detail=True),
        Column("end", "int", _("End"), detail=True),
        Column("before", "text", _("Before")),
        Column("text", "text", _("Found")),
        Column("after", "text", _("After")),
    ]
    rows: list[Row] = [
        {
            "document": hit.document.name,
            "turn": hit.turn,
            "speaker": hit.speaker,
            "start": hit.span.start,
            "end": hit.span.end,
            "before": hit.before,
            "text": hit.text,
            "after": hit.after,
        }
        for hit in hits
    ]
    documents = len({hit.document.id for hit in hits})
    note = _("{hits} places in {documents} interviews.").format(hits=len(hits), documents=documents)
    return Table(columns, rows, [note])
