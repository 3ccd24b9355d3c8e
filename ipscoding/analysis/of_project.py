"""The figures of a project: what it holds, given to the functions that count plain rows."""

from collections.abc import Collection
from typing import Any

from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.names import matching
from ipscoding.analysis.table import Table
from ipscoding.i18n import _
from ipscoding.project import Project, codebooks, documents, excerpts, informants


def frequencies_of(
    project: Project,
    *,
    roles: Collection[str] = (),
    names: Collection[str] = (),
    language: str | None = None,
    **options: Any,
) -> Table:
    """The frequencies of a project, as `ipscoding.analysis.frequencies.frequencies` gives them for its rows.

    `roles` and `names` (of interviews) limit what was analysed, and so the denominators. Raises `NotFound` for a
    role or a name that does not exist.
    """
    chosen = documents.all(project)
    if roles:
        wanted = matching(roles, {document.role for document in chosen}, _("No such role"))
        chosen = [document for document in chosen if document.role in wanted]
    if names:
        wanted = matching(names, {document.name for document in chosen}, _("No such document"))
        chosen = [document for document in chosen if document.name in wanted]
    return frequencies(
        excerpts.rows(project, language),
        chosen,
        informants.all(project),
        codebooks.load(project),
        speech=documents.speech(project),
        language=language,
        **options,
    )
