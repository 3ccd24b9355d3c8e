"""Codebook files from disk: size and encoding are looked at before anything else."""

from pathlib import Path

from ipscoding.codebook.faults import Faults
from ipscoding.codebook.tree import Place
from ipscoding.errors import FileProblem, system_reason
from ipscoding.i18n import _

LARGEST = 20_000_000
"""Bytes; a codebook of a thousand codes has one million."""


def text_of(path: Path, faults: Faults) -> str | None:
    """The text of a file in UTF-8, without a byte order mark; None, and a fault, where it has none.

    Raises:
        FileProblem: the file cannot be opened.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            faults.fault(
                Place(1, 1),
                _("the file has {size} million bytes; more than {limit} are not read").format(
                    size=size // 1_000_000, limit=LARGEST // 1_000_000
                ),
            )
            return None
        raw = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            _("{file}: cannot be read ({reason})").format(file=path, reason=system_reason(error)),
            _("Check the name and your access to the folder"),
        ) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.fault(Place(1, 1), _("the file is UTF-16; save it as UTF-8"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        faults.fault(Place(line, column), _("not UTF-8 from here on; save the file as UTF-8"))
        return None
