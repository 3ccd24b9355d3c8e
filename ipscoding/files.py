"""Files from elsewhere, read whole and within a limit."""

from pathlib import Path

from ipscoding.errors import FileProblem, system_reason
from ipscoding.i18n import _


def read_bytes(path: Path, largest: int, hint: str, name: str = "") -> bytes:
    """What the file at `path` holds; `name` is what messages call it (default: its path).

    Raises `FileProblem` where it cannot be read, or holds more than `largest` bytes (then with `hint`).
    """
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            # not by the size that the system tells: a device has none and never ends
            data = file.read(largest + 1)
    except OSError as error:
        raise unreadable(shown, error) from error
    if len(data) > largest:
        if largest < 1024**2:
            raise FileProblem(_("{path} is larger than {size} kB").format(path=shown, size=largest // 1024), hint)
        raise FileProblem(_("{path} is larger than {size} MB").format(path=shown, size=largest // 1024**2), hint)
    return data


def unreadable(path: Path | str, error: OSError) -> FileProblem:
    """The error for a file that the system does not let us read."""
    return FileProblem(
        _("{path} cannot be read: {reason}").format(path=path, reason=system_reason(error)),
        _("Check the name and that you may read the file"),
    )
