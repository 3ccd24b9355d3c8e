"""The figures of a project: what it holds, given to the functions that count plain rows."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ipscoding.analysis.answering import needs_breaks
from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.query import Query, asked
from ipscoding.analysis.table import Table
from ipscoding.project import Project, codebooks, documents, excerpts, informants


def frequencies_of(
    project: Project,
    *,
    where: str | Query = "",
    roles: Collection[str] = (),
    names: Collection[str] = (),
    language: str | None = None,
    **options: Any,
) -> Table:
    """The frequencies of a project, as `ipscoding.analysis.frequencies.frequencies` gives them for its rows.

    `roles` and `names` (of interviews) limit what was analysed, and so the denominators, as `where` can too. Raises
    `NotFound` for a role or a name that does not exist, `QueryProblem` for what `where` says wrongly.
    """
    query = asked(where, roles=roles, documents=names)
    table = frequencies(
        excerpts.rows(project, language),
        documents.all(project),
        informants.all(project),
        codebooks.load(project),
        where=query,
        speech=documents.speech(project),
        breaks=documents.breaks(project) if needs_breaks(query) else None,
        language=language,
        **options,
    )
    return replace(table, notes=[*table.notes, *excerpts.about_kept_back(project)])
