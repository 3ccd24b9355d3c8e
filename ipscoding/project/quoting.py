"""Which codings are worth quoting, and which are never to be: a mark on the coding, from whoever works with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from ipscoding.domain import Coding
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _
from ipscoding.project import blind, codings, documents, journal
from ipscoding.project.store import Project

YES, NO, AUTO = "yes", "no", "auto"
CHOICES = (YES, NO, AUTO)
"""Quote it before others; never quote it; let the program choose."""


def marks(project: Project) -> dict[str, str]:
    """The codings that are marked, by id: `yes` or `no`."""
    return {
        str(coding): str(mark)
        for coding, mark in project.tuples("SELECT id, quotable FROM made_codings WHERE quotable IS NOT NULL")
    }


def wanted(known: Mapping[str, str]) -> frozenset[str]:
    """The ids among `marks` of what is worth quoting."""
    return frozenset(coding for coding, choice in known.items() if choice == YES)


def mark(project: Project, coding_ids: Sequence[str], choice: str) -> int:
    """Mark codings, also other coders', as one of `CHOICES`, as one act; gives how many were not marked so already.

    Raises `NotFound` for a coding that does not exist or that blind coding keeps from whoever marks it, `NotAllowed`
    for another choice.
    """
    if choice not in CHOICES:
        raise NotAllowed(
            _("A passage cannot be marked as {choice}").format(choice=choice),
            _("Choose one of {choices}").format(choices=", ".join(CHOICES)),
        )
    value = None if choice == AUTO else choice
    known = marks(project)
    chosen = [codings.get(project, coding_id) for coding_id in coding_ids]
    for coding in chosen:
        _check_seen(project, coding)
    changed = [coding for coding in chosen if known.get(coding.id) != value]
    if not changed:
        return 0
    first = changed[0]
    told: dict[str, Any] = {"n": len(changed)}
    if len(changed) == 1:
        told = {"code": first.code, "turn": codings.turn_of(project, first.document_id, first.span)}
    name = f"quote-{choice}" if len(changed) == 1 else "quote-many"
    with journal.command(project, name, document=first.document_id, offset=first.span.start, **told) as act:
        for coding in changed:
            act.update("coding", coding.id, {"quotable": value})
    return len(changed)


def _check_seen(project: Project, coding: Coding) -> None:
    if coding.coder in blind.hidden_from(project, coding.document_id):
        name = next(one.name for one in documents.all(project) if one.id == coding.document_id)
        raise NotFound(
            _("There is no coding {id} that you can see in {document}").format(id=coding.id, document=name),
            _("Coding is blind: it can be marked when you and its coder are done with the interview"),
        )
