"""The digits that a coder has bound to codes: 1 to 9, each coder's own, kept with the project."""

import json

from ipscoding.domain import Codebook
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _
from ipscoding.project import codebooks, codings, journal, settings
from ipscoding.project.store import Project

DIGITS = range(1, 10)


def of(project: Project, codebook: Codebook | None = None) -> dict[int, str]:
    """The code behind each digit that this coder has bound, by readable id.

    A merged code is followed to what it became; a code that is retired or gone gives its digit free.
    """
    by_id = (codebook or codebooks.load(project)).by_id
    known = json.loads(project.value("SELECT settings FROM project") or "{}")
    found: dict[int, str] = {}
    for digit in DIGITS:
        code = by_id.get(known.get(_key(project, digit), ""))
        while code is not None and code.retired:
            code = by_id.get(code.merged_into or "")
        if code is not None and code.codable and code.id not in found.values():
            found[digit] = code.id
    return found


def bind(project: Project, digit: int, code_id: str | None) -> None:
    """Put a code on a digit, away from the digit it had, as one act; None frees the digit.

    Raises `NotAllowed` for another digit than 1 to 9 and for a code that cannot be used, `NotFound` for an unknown one.
    """
    if digit not in DIGITS:
        raise NotAllowed(_("Codes go on the digits 1 to 9"), _("Choose one of them"))
    if code_id is None:
        with journal.command(project, "key-free", digit=digit):
            settings.set(project, _key(project, digit), None)
        return
    code = codebooks.find(project, code_id)
    codings.check_usable(code)
    with journal.command(project, "key", digit=digit, code=code.id):
        for other, bound in of(project).items():
            if bound == code.id and other != digit:
                settings.set(project, _key(project, other), None)
        settings.set(project, _key(project, digit), code.id)


def _key(project: Project, digit: int) -> str:
    return f"keys/{project.coder}/{digit}"
