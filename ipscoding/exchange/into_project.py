"""Codings of a file, looked up in a project: which documents, which codes, which stretches of text they mean."""

from pathlib import Path

from ipscoding.domain import Code, Transcript
from ipscoding.errors import IpscodingError
from ipscoding.exchange.codings_in import CodingLine, read_codings
from ipscoding.exchange.locate import locate
from ipscoding.exchange.table_in import LineFault
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
    wanted = []
    for found in located:
        line = found.coding
        problem = _problem(project, book, line)
        if problem is not None:
            faults.append(LineFault(line.line, "code", problem))
            continue
        wanted.append(
            codings.NewCoding(
                ids[line.document],
                found.span,
                line.code,
                line.valence,
                strength=line.strength,
                memo=line.memo,
                coder=line.coder or None,
            )
        )
    return wanted, sorted(faults, key=lambda fault: fault.line)


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
