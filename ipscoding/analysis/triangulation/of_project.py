"""Triangulation of a project."""

from dataclasses import replace
from typing import Any

from ipscoding.analysis.of_project import read
from ipscoding.analysis.query import Query
from ipscoding.analysis.query import asked as query_of
from ipscoding.analysis.triangulation.report import Asked, Triangulated, triangulate
from ipscoding.project import Project, excerpts


def triangulation_of(
    project: Project,
    asked: Asked | None = None,
    *,
    where: str | Query = "",
    words: bool = False,
    language: str | None = None,
    **options: Any,
) -> Triangulated:
    """What each group of a project's informants says of each code, as `triangulate` gives it for its rows.

    Raises as `triangulate` does, and `QueryProblem` for what `where` says wrongly.
    """
    made = triangulate(**read(project, query_of(where), language), asked=asked, words=words, **options)
    notes = [*made.table.notes, *excerpts.about_kept_back(project)]
    return replace(made, table=replace(made.table, notes=notes), bare=replace(made.bare, notes=notes))
