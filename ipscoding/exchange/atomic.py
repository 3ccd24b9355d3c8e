"""Files and folders written whole or not at all: never a half file, never the old one lost."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ipscoding.errors import FileProblem, system_reason
from ipscoding.i18n import _


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends well, readable by its owner only.

    It is written beside `path` first; when anything fails, what stood at `path` stands there still, and an error of
    the file system is raised as `FileProblem`. A link is followed; a device or pipe is written to directly.
    """
    target = path.resolve() if path.is_symlink() else path
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as special:
                yield special
            return
        _check(path, target)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise problem(path, error) from error


@contextmanager
def whole_folder(path: Path, ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A private folder that takes the place of `path` when the block ends well; else what was there before stays.

    What stands at `path` is replaced only where it is an empty folder or one of which `ours` says that it may be.
    Raises `FileProblem` where it may not, and for errors of the file system.
    """
    target = path.resolve() if path.is_symlink() else path
    try:
        if target.exists() and not (target.is_dir() and (not any(target.iterdir()) or ours(target))):
            what = _("{path} is there already and holds something else").format(path=path)
            raise FileProblem(what, _("Give the name of a new folder; nothing was changed"))
        made = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent))
        try:
            yield made
            for file in made.iterdir():
                file.chmod(0o600)
            before = made.with_suffix(".old")
            if target.exists():
                target.replace(before)
            try:
                made.replace(target)
            except BaseException:
                if before.exists():
                    before.replace(target)
                raise
            shutil.rmtree(before, ignore_errors=True)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise problem(path, error) from error


def problem(path: Path, error: OSError) -> FileProblem:
    """What to tell the user when `path` could not be written."""
    what = _("Cannot write {path}: {reason}").format(path=path, reason=system_reason(error))
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FileProblem(what, _("Make room on the disk and try again; what stood there before is untouched"))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FileProblem(what, _("Choose a folder that you may write to"))
    if error.errno == errno.ENOENT:
        return FileProblem(what, _("Make the folder first, or choose another one"))
    return FileProblem(what)


def _check(path: Path, target: Path) -> None:
    if target.is_dir():
        raise FileProblem(_("{path} is a folder").format(path=path), _("Give the name of a file in it"))
    # a project is told by its name: opening and closing one that this process works in would drop SQLite's locks on it
    if target.suffix == ".ipscoding" or (target.exists() and _is_database(target)):
        what = _("{path} is a project or another database and is not overwritten").format(path=path)
        raise FileProblem(what, _("Choose another name"))


def _is_database(target: Path) -> bool:
    with target.open("rb") as old:
        return old.read(16).startswith(b"SQLite format 3\0")


def _sync_folder(folder: Path) -> None:
    # The new name is safe only when the folder is on disk too; not every system can say so.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
