"""The table of codings of a project, filtered."""

from collections.abc import Iterator
from typing import Any

from ipscoding.analysis.names import matching
from ipscoding.analysis.select import select
from ipscoding.domain import Excerpt
from ipscoding.exchange.columns import CodingsTable, codings_table
from ipscoding.i18n import _
from ipscoding.project import Project, codebooks, documents, excerpts, informants


def excerpts_of(project: Project, *, language: str | None = None, **filters: Any) -> Iterator[Excerpt]:
    """The codings of a project as excerpts, labels in `language`; filters as in `ipscoding.analysis.select.select`.

    Raises `NotFound` for a filter that names something the project does not have.
    """
    people = informants.all(project)
    known: dict[str, set[str]] = {
        "roles": {person.role for person in people},
        "informants": {person.name for person in people},
        "documents": {document.name for document in documents.all(project)},
    }
    for person in people:
        for name, value in person.attributes.items():
            known.setdefault(name, set()).add(value)
    # `known` holds attributes beside other names: what is asked for as an attribute must be one
    recorded = {name for person in people for name in person.attributes}
    matching(filters.get("attributes") or (), recorded, _("No such attribute of informants"))
    rows = excerpts.rows(project, language)
    return select(rows, codebook=codebooks.load(project), known=known, **filters)


def codings_table_of(project: Project, *, language: str | None = None, **filters: Any) -> CodingsTable:
    """The table of codings of a project, with a column for every attribute that its informants have."""
    attributes = sorted({name for person in informants.all(project) for name in person.attributes})
    return codings_table(excerpts_of(project, language=language, **filters), attributes)
