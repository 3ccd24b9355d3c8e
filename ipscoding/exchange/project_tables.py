"""The tables that a project consists of, as they stand side by side in a workbook or a folder of files."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ipscoding.analysis import Column, Row, Table
from ipscoding.analysis.answering import answer, names_in
from ipscoding.analysis.matrices import Case, Matrix, matrix
from ipscoding.analysis.names import matching
from ipscoding.analysis.of_project import read
from ipscoding.analysis.query import asked
from ipscoding.domain import Document
from ipscoding.exchange.codings_out import codings_table_of
from ipscoding.exchange.columns import CodingsTable
from ipscoding.i18n import _
from ipscoding.project import Project, clock, codebooks, coders, documents, excerpts, informants, journal, memos


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a project is meant: interviews by `names` and `roles`, coders, codes, and a query; empty: all."""

    names: Collection[str] = ()
    roles: Collection[str] = ()
    coders: Collection[str] = ()
    codes: Collection[str] = ()
    where: str = ""


def chosen_documents(project: Project, chosen: Chosen) -> list[Document]:
    """The interviews that are meant, by name. Raises `NotFound` or `QueryProblem` for what is not there."""
    every = documents.all(project)
    query = asked(chosen.where, roles=chosen.roles, documents=chosen.names)
    names = names_in((), every, informants.all(project), codebooks.load(project), journal.coders(project))
    return answer(query, names).documents(every)


def codings_table(project: Project, chosen: Chosen) -> CodingsTable:
    """The table of codings, as `ipscoding excerpts` writes it. Raises `NotFound`."""
    filters: dict[str, Any] = {"documents": chosen.names, "roles": chosen.roles, "codes": chosen.codes}
    return codings_table_of(project, coders=chosen.coders, where=chosen.where, **filters)


def documents_table(project: Project, chosen: Chosen) -> Table:
    """A row for each interview; its own attributes stand last, by name."""
    files = chosen_documents(project, chosen)
    fixed = ("document_id", "document", "informant", "role", "language", "date", "turns", "words", "source")
    own = _headings((name for document in files for name in document.attributes), fixed, "document_")
    titles = {
        "document_id": _("Document id"),
        "document": _("Document"),
        "informant": _("Informant"),
        "role": _("Role"),
        "language": _("Language"),
        "date": _("Date"),
        "turns": _("Turns"),
        "words": _("Words"),
        "source": _("File"),
    }
    columns = [Column(name, "int" if name in ("turns", "words") else "text", titles[name]) for name in fixed]
    columns += [Column(heading, "text", name) for name, heading in own.items()]
    rows: list[Row] = [
        {
            "document_id": document.id,
            "document": document.name,
            "informant": document.informant,
            "role": document.role,
            "language": document.language,
            "date": document.date,
            "turns": document.turns,
            "words": document.words,
            "source": document.source,
            **{heading: document.attributes.get(name, "") for name, heading in own.items()},
        }
        for document in files
    ]
    return Table(columns, rows)


def informants_table(project: Project, chosen: Chosen) -> Table:
    """A row for each informant, a column for each attribute; only those of the interviews that are chosen."""
    people = informants.all(project)
    if chosen.names or chosen.roles or chosen.where:
        files = chosen_documents(project, chosen)
        there = {name for document in files for name in (document.informant, *document.speakers.values())}
        people = [person for person in people if person.name in there]
    fixed = ("informant", "role")
    attributes = _headings((name for person in people for name in person.attributes), fixed, "informant_")
    columns = [
        Column("informant", "text", _("Informant")),
        Column("role", "text", _("Role")),
        *(Column(heading, "text", name) for name, heading in attributes.items()),
    ]
    rows: list[Row] = [
        {
            "informant": person.name,
            "role": person.role,
            **{heading: person.attributes.get(name, "") for name, heading in attributes.items()},
        }
        for person in people
    ]
    return Table(columns, rows)


def _headings(attributes: Iterable[str], fixed: Collection[str], before: str) -> dict[str, str]:
    """Names of columns by attribute, sorted; one that is called like another column gets `before` in front."""
    names = sorted(set(attributes))
    headings = {}
    for name in names:
        heading = name
        while heading in fixed or (heading != name and heading in names):
            heading = before + heading
        headings[name] = heading
    return headings


def coders_table(project: Project, chosen: Chosen) -> Table:
    """A row for each coder: their role, how many codings and interviews marked done."""
    wanted = matching(chosen.coders, {coder.name for coder in coders.all(project)}, _("No such coder"))
    columns = [
        Column("coder", "text", _("Coder")),
        Column("coder_role", "text", _("Role")),
        Column("codings", "int", _("Codings")),
        Column("documents_done", "int", _("Documents done")),
    ]
    rows: list[Row] = [
        {"coder": coder.name, "coder_role": coder.role, "codings": coder.codings, "documents_done": coder.done}
        for coder in coders.all(project)
        if not chosen.coders or coder.name in wanted
    ]
    return Table(columns, rows)


def statuses_table(project: Project, chosen: Chosen) -> Table:
    """A row for each interview and coder who has begun with it: how far they have come."""
    names = {document.id: document.name for document in chosen_documents(project, chosen)}
    columns = [
        Column("document", "text", _("Document")),
        Column("coder", "text", _("Coder")),
        Column("status", "text", _("Status")),
    ]
    rows: list[Row] = [
        {"document": names[document], "coder": coder, "status": status}
        for (document, coder), status in documents.statuses(project).items()
        if document in names and (not chosen.coders or coder in chosen.coders)
    ]
    return Table(columns, sorted(rows, key=lambda row: (str(row["document"]), str(row["coder"]))))


def memos_table(project: Project, chosen: Chosen) -> Table:
    """A row for each memo of the chosen coders, without those on other interviews than the chosen ones."""
    names = {document.id: document.name for document in chosen_documents(project, chosen)}
    columns = [
        Column("memo_id", "text", _("Memo id")),
        Column("about", "text", _("About")),
        Column("coding_id", "text", _("Coding")),
        Column("document", "text", _("Document")),
        Column("code", "text", _("Code")),
        Column("start", "int", _("Start")),
        Column("end", "int", _("End")),
        Column("coder", "text", _("Coder")),
        Column("written_at", "text", _("Written at")),
        Column("memo", "text", _("Memo")),
    ]
    return Table(columns, list(_memos(project, chosen, names)))


def _memos(project: Project, chosen: Chosen, names: dict[str, str]) -> Iterator[Row]:
    for placed in memos.all(project):
        if placed.document and placed.document not in names:
            continue
        if chosen.coders and placed.memo.coder not in chosen.coders:
            continue
        yield {
            "memo_id": placed.memo.id,
            "about": placed.kind,
            "coding_id": placed.memo.target if placed.kind == "coding" else "",
            "document": names.get(placed.document, ""),
            "code": placed.code,
            "start": placed.memo.start,
            "end": placed.memo.end,
            "coder": placed.memo.coder,
            "written_at": clock.to_second(placed.memo.created_at),
            "memo": placed.memo.text,
        }


def matrix_of(
    project: Project,
    chosen: Chosen,
    *,
    case: Case = "document",
    binary: bool = False,
    by_valence: bool = False,
    pooled: bool = False,
) -> Matrix:
    """The matrix of codes by interview or informant, as `ipscoding.analysis.matrices.matrix`. Raises `NotFound`."""
    query = asked(chosen.where, roles=chosen.roles, documents=chosen.names, codes=chosen.codes)
    made = matrix(
        **read(project, query),
        case=case,
        binary=binary,
        by_valence=by_valence,
        coders=chosen.coders or None,
        pooled=pooled,
        statuses=documents.statuses(project),
    )
    made.notes.extend(excerpts.about_kept_back(project))
    return made
