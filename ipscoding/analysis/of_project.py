"""The figures of a project: what it holds, given to the functions that count plain rows."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ipscoding.analysis.answering import answer, names_in, needs_breaks
from ipscoding.analysis.cooccurrence import Cooccurrence, cooccurrence
from ipscoding.analysis.crosstab_table import crosstab
from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.query import Query, QueryProblem, asked
from ipscoding.analysis.table import Table
from ipscoding.i18n import _
from ipscoding.project import Project, codebooks, documents, excerpts, informants, journal


def read(project: Project, query: Query, language: str | None = None) -> dict[str, Any]:
    """What a project holds, by the names that the functions which make figures give it; `query` is what is asked."""
    return {
        "excerpts": excerpts.rows(project, language),
        "documents": documents.all(project),
        "informants": informants.all(project),
        "codebook": codebooks.load(project),
        "where": query,
        "speech": documents.speech(project),
        "breaks": documents.breaks(project) if needs_breaks(query) else None,
        "language": language,
    }


def crosstab_of(
    project: Project, rows: str, columns: str, *, where: str | Query = "", language: str | None = None, **options: Any
) -> Table:
    """A cross table of a project, as `ipscoding.analysis.crosstab_table.crosstab` gives it for its rows."""
    table = crosstab(**read(project, asked(where), language), rows=rows, columns=columns, **options)
    return replace(table, notes=[*table.notes, *excerpts.about_kept_back(project)])


def interviews_and_codes(
    project: Project, where: str, reason: str, *, names: Collection[str] = (), codes: Collection[str] = ()
) -> tuple[list[str], list[str]]:
    """The names of the interviews and the ids of the codes that a query leaves of those given, empty for all.

    Raises `QueryProblem` where it chooses among codings, for the `reason` given as a sentence, or leaves no interview
    or no code.
    """
    query = asked(where)
    query.only_of_interviews_and_codes(reason)
    there = documents.all(project)
    book = codebooks.load(project)
    known = names_in(excerpts.rows(project), there, informants.all(project), book, journal.coders(project))
    left = answer(asked(query, documents=names, codes=codes), known)
    kept = left.documents(there)
    if query.terms and (not kept or left.codes == frozenset()):
        raise QueryProblem(_("No interview or no code fits the query"), _("Leave a term out"), where, 0, len(where))
    return [one.name for one in kept] if len(kept) < len(there) else [], sorted(left.codes or ())


def cooccurrence_of(
    project: Project, *, where: str | Query = "", language: str | None = None, **options: Any
) -> tuple[Cooccurrence, list[str]]:
    """Which codes of a project stand near each other, and what readers must be told of blind coding."""
    given = read(project, asked(where), language) | {"breaks": documents.breaks(project)}
    return cooccurrence(**given, **options), excerpts.about_kept_back(project)


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
    table = frequencies(**read(project, query, language), **options)
    return replace(table, notes=[*table.notes, *excerpts.about_kept_back(project)])
