"""Files of other programs' projects that are folders: never out of the folder, never larger than they may be."""

import os
from pathlib import Path

from ipscoding import files
from ipscoding.errors import FileProblem
from ipscoding.i18n import _

LARGEST = 20 * 1024 * 1024
"""The largest file that is read, in bytes, where nothing else is said."""

_LONGEST_NAME = 255
MOST = 10_000
"""The most files that a folder may hold."""


def is_within(path: Path, folder: Path) -> bool:
    """Whether `path` can be a file in `folder` and lies there, also where links lead elsewhere."""
    try:
        too_long = any(len(os.fsencode(part)) > _LONGEST_NAME for part in path.parts)
        return not too_long and path.resolve().is_relative_to(folder.resolve())
    except (ValueError, OSError, RuntimeError):  # NUL in a name, letters that no file system has, circles of links
        return False


def files_in(folder: Path) -> list[Path]:
    """The files in a folder, at any depth, in order; none that are hidden, nothing where there is no folder.

    Raises `FileProblem` for more than `MOST` files.
    """
    found: list[Path] = []
    for file in folder.rglob("*") if folder.is_dir() else ():
        if file.is_file() and not file.name.startswith(".") and is_within(file, folder):
            found.append(file)
        if len(found) > MOST:
            raise FileProblem(
                _("{path} holds more than {n} files").format(path=folder, n=MOST),
                _("Check that it is the right folder"),
            )
    return sorted(found)


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """What the file at `path` holds; raises `FileProblem` where it cannot be read or is larger than `largest` bytes."""
    return files.read_bytes(path, largest, _("Check that it is the right file"))


def read_text(path: Path, largest: int = LARGEST) -> str:
    """The text of a UTF-8 file with LF line ends, as `decoded`; raises `FileProblem` as `read_bytes` does, too."""
    return decoded(read_bytes(path, largest), path)


def decoded(data: bytes, path: Path) -> str:
    """`data` as text with LF line ends, without a byte order mark; raises `FileProblem` where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise FileProblem(_("{path} is not UTF-8").format(path=path), _("Save it as UTF-8 and try again")) from error
