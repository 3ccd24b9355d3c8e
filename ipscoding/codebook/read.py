"""A codebook from its file."""

from pathlib import Path

from ipscoding.codebook.check import examine
from ipscoding.codebook.faults import Fault
from ipscoding.domain import Codebook
from ipscoding.errors import FileProblem
from ipscoding.i18n import _, ngettext


def read(path: Path) -> Codebook:
    """The codebook in `path`: its domains (not codable), then its codes, in the order of the file.

    Links to frameworks are ids; fields that the program has no use for are kept in `extra`.

    Raises:
        FileProblem: the file cannot be opened or has faults; the first is named, the others are counted.
    """
    codebook, faults = examine(path)
    grave = faults.grave()
    if grave:
        raise problem(path, grave)
    if codebook is None:
        raise FileProblem(
            _("{file}: informant roles and attributes, not a codebook").format(file=path),
            _("Name a file that has codes"),
        )
    return codebook


def problem(path: Path, faults: list[Fault]) -> FileProblem:
    """The error that names the first of `faults` and counts the others."""
    first = faults[0]
    what = _("{file}, line {line}, column {column}: {what}").format(
        file=path, line=first.line, column=first.column, what=first.message
    )
    others = len(faults) - 1
    if not others:
        return FileProblem(what, _("Put it right in the file and try again"))
    what += " " + ngettext("(and {n} more fault)", "(and {n} more faults)", others).format(n=others)
    return FileProblem(
        what, _('Run "ipscoding codebook check {file}" to see all {n} faults').format(file=path, n=len(faults))
    )
