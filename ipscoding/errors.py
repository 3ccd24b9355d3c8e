"""The one family of errors that people see: what is wrong, where, and what to do about it.

The command line turns one into a single line and exit code 2; the screens turn it into a notice.
Messages never hold transcript text.
"""

import errno
from collections.abc import Iterable
from difflib import get_close_matches

from ipscoding.i18n import N_, _

_REASONS = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EROFS: N_("Read-only file system"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EFBIG: N_("File too large"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EEXIST: N_("File exists"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.EIO: N_("Input/output error"),
}
"""The system's own words for what people meet with files, so that they can be translated."""


class IpscodingError(Exception):
    """Something a user can put right.

    Args:
        what: what is wrong and where (file, line, column), in one sentence without a final full stop.
        hint: what to do about it, in one sentence without a final full stop; empty where nothing can be said.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}. {self.hint}." if self.hint else f"{self.what}."


class FileProblem(IpscodingError):
    """A file cannot be read or written, or does not hold what it should."""


class NotFound(IpscodingError):
    """A document, code, coder or coding that was named does not exist."""


class NotAllowed(IpscodingError):
    """The act would break a rule of the project (a retired code, a blind coder, a reader)."""


class ProjectProblem(IpscodingError):
    """A project file is not ours, newer, damaged, locked or read-only."""


class UndoBlocked(IpscodingError):
    """An act cannot be undone because other work rests on it."""


def near(name: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Up to `n` of the `known` names that look most like `name`, those that it begins first, then the nearest."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    wanted = name.casefold().replace("*", "")
    close = get_close_matches(wanted, by_folded, n=n, cutoff=0.5)
    beginning = [folded for folded in by_folded if wanted and folded.startswith(wanted)]
    return [by_folded[folded] for folded in dict.fromkeys(beginning + close)][:n]


def near_hint(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to do about a name that is not among the `known`: the near ones, `otherwise` where there are none."""
    names = near(name, known)
    return _("Near it: {names}").format(names=", ".join(names)) if names else otherwise


def system_reason(error: OSError) -> str:
    """Why the system refused, in the language in use; in the system's words where they are uncommon."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or type(error).__name__
