"""Codings of a file, looked up in a project: which documents, which codes, which stretches of text they mean."""

from collections.abc import Iterable
from pathlib import Path

from ipscoding.domain import Code, Span, Transcript, Valence
from ipscoding.errors import IpscodingError
from ipscoding.exchange.codings_in import CodingLine, read_codings
from ipscoding.exchange.locate import locate
from ipscoding.exchange.table_in import LineFault
from ipscoding.i18n import _
from ipscoding.project import Project, codebooks, codings, documents


def codings_for(project: Project, path: Path) -> tuple[list[codings.NewCoding], list[LineFault]]:
    """The codings in the CSV file at `path` as the project can take them, and all faults, by line.

    Nothing is written. A line is at fault when its document, quote or code is not in the project, or the codebook
    does not allow what it says.
    """
    lines, faults = read_codings(path)
    ids = {document.name: document.id for document in documents.all(project)}
    named = {line.document for line in lines} & ids.keys()
    transcripts: dict[str, Transcript] = {
        name: documents.transcript(project, ids[name]) for name in ids if name in named
    }
    # names that exist but are not used must be known too, so that a misspelt one can be told what is near
    known = {**dict.fromkeys(ids, Transcript("", (), ())), **transcripts}
    located, lost = locate(lines, known)
    faults += lost
    book: dict[str, Code | IpscodingError] = {}
    refused = {line.line: problem for line in lines if (problem := _problem(project, book, line)) is not None}
    faults += [LineFault(line, "code", problem) for line, problem in refused.items()]
    directions = _directions(project, {ids[name] for name in named})
    wanted = []
    for found in located:
        line = found.coding
        if line.line in refused:
            continue
        try:
            span = codings.trimmed(known[line.document].text, found.span)
        except IpscodingError as error:
            faults.append(LineFault(line.line, "start", error.what))
            continue
        new = codings.NewCoding(
            ids[line.document],
            span,
            line.code,
            line.valence,
            strength=line.strength,
            memo=line.memo,
            coder=line.coder or None,
        )
        place = (new.document_id, span, line.code, line.coder or project.coder)
        if directions.setdefault(place, line.valence) is not line.valence:
            message = _("this passage already has this code with the direction {valence}")
            faults.append(LineFault(line.line, "valence", message.format(valence=directions[place])))
            continue
        wanted.append(new)
    return wanted, sorted(faults, key=lambda fault: fault.line)


def _directions(project: Project, document_ids: Iterable[str]) -> dict[tuple[str, Span, str, str], Valence]:
    """The direction of each coding of the documents, by document, span, code and coder."""
    return {
        (coding.document_id, coding.span, coding.code, coding.coder): coding.valence
        for document_id in document_ids
        for coding in codings.of_document(project, document_id)
    }


def _problem(project: Project, book: dict[str, Code | IpscodingError], line: CodingLine) -> str | None:
    if line.code not in book:
        try:
            book[line.code] = codebooks.find(project, line.code)
        except IpscodingError as error:
            book[line.code] = error
    code = book[line.code]
    try:
        if isinstance(code, IpscodingError):
            raise code
        codings.check_allowed(code, line.valence)
    except IpscodingError as error:
        return str(error).rstrip(".") if error.hint else error.what
    return None
