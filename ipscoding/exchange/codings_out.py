"""The table of codings of a project, filtered."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ipscoding.analysis.answering import needs_breaks
from ipscoding.analysis.query import Query, asked
from ipscoding.analysis.select import select
from ipscoding.domain import Excerpt
from ipscoding.exchange.columns import CodingsTable, codings_table
from ipscoding.project import Project, codebooks, documents, excerpts, informants, journal


def excerpts_of(
    project: Project, *, where: str | Query = "", language: str | None = None, **options: Any
) -> Iterator[Excerpt]:
    """The codings of a project as excerpts, labels in `language`, that `where` asks for.

    `options` are more to ask for, as in `ipscoding.analysis.query.asked`. Raises `QueryProblem` for a query that cannot
    be read or that names something the project does not have, `NotFound` where an option does.
    """
    query = asked(where, **options)
    return select(
        excerpts.rows(project, language),
        query,
        documents=documents.all(project),
        informants=informants.all(project),
        codebook=codebooks.load(project),
        coders=journal.coders(project),
        breaks=documents.breaks(project) if needs_breaks(query) else None,
    )


def codings_table_of(project: Project, *, language: str | None = None, **filters: Any) -> CodingsTable:
    """The table of codings of a project, with a column for every attribute of its informants; filters as above."""
    attributes = sorted({name for person in informants.all(project) for name in person.attributes})
    table = codings_table(excerpts_of(project, language=language, **filters), attributes)
    return replace(table, notes=excerpts.about_kept_back(project))
