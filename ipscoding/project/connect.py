"""The one place that connects to a project file: checks what it is, sets it up, and says in words what went wrong."""

import errno
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from sqlite_utils import Database

from ipscoding.errors import ProjectProblem, system_reason
from ipscoding.i18n import _
from ipscoding.project import schema

SUFFIX = ".ipscoding"
_BUSY_SECONDS = 5.0
_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "9p", "davfs", "fuse.rclone"}


def file_meant(path: Path) -> Path:
    """The file of a project by the name that a person gave: `study` is `study.ipscoding` where only that is a file."""
    full = path.with_name(path.name + SUFFIX) if path.name and path.suffix != SUFFIX else path
    return full if full.is_file() and not path.is_file() else path


def explain(error: sqlite3.Error, path: Path) -> ProjectProblem:
    """What an error of the database means to the person at the keyboard."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return ProjectProblem(
            _("{path}: another program is writing to the project and does not let go").format(path=path),
            _("Close the other program or wait a moment, then try again; nothing was changed"),
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return ProjectProblem(
            _("{path}: the project cannot be written here (read-only file or folder)").format(path=path),
            _("Copy it to a folder where you may write; nothing was changed"),
        )
    if "full" in text or "disk i/o" in text:
        return ProjectProblem(
            _("{path}: the disk is full or failing").format(path=path),
            _("Free some space and try again; nothing was changed"),
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return _damaged(path)
    return ProjectProblem(
        _("{path}: the project file gave an error ({error})").format(path=path, error=error),
        _("Nothing was changed; restore a backup if it happens again"),
    )


def _damaged(path: Path) -> ProjectProblem:
    return ProjectProblem(
        _("{path}: the project file is damaged").format(path=path),
        _("It was left as it is; open the latest backup instead"),
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of the database into a `ProjectProblem`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _check_file(path: Path, *, still: bool = False) -> None:
    """Refuse what is plainly not a whole project file, without touching it; `still`: nobody is working in it."""
    if not path.exists():
        raise ProjectProblem(
            _("{path}: there is no such project").format(path=path),
            _('Make one with "ipscoding new {path}"').format(path=path),
        )
    if path.is_dir():
        raise ProjectProblem(
            _("{path}: this is a folder, not a project").format(path=path),
            _("Name a file that ends in {suffix}").format(suffix=SUFFIX),
        )
    if not os.access(path, os.R_OK):
        raise ProjectProblem(
            _("{path}: the project cannot be read ({reason})").format(
                path=path, reason=system_reason(PermissionError(errno.EACCES, ""))
            ),
            _("Ask the owner of the file for access"),
        )
    # Only SQLite may open the file: closing a handle of our own would drop the locks of every other connection of this
    # process, and the next program to leave the project would then take the write-ahead log away under their hands.
    try:
        with closing(_connect(path, read_only=True, still=still)) as db:
            application = db.execute("PRAGMA application_id").fetchone()[0]
            found = db.execute("PRAGMA user_version").fetchone()[0]
            whole = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        if "not a database" in str(error).lower():
            raise _not_ours(path) from error
        raise explain(error, path) from error
    if application != schema.APPLICATION_ID:
        raise _not_ours(path)
    wal = path.with_name(path.name + "-wal")
    if path.stat().st_size < whole and not (wal.exists() and wal.stat().st_size):
        raise _damaged(path)
    if found > schema.version():
        raise ProjectProblem(
            _("{path}: the project was written by a newer version of ipscoding").format(path=path),
            _("Update ipscoding to open it; the file was left as it is"),
        )


def _not_ours(path: Path) -> ProjectProblem:
    return ProjectProblem(
        _("{path}: this is not an ipscoding project").format(path=path),
        _("Name a file that ends in {suffix}; the file was left as it is").format(suffix=SUFFIX),
    )


def on_network_share(path: Path) -> bool:
    """Whether the file lies on a share, where SQLite's write-ahead log cannot work."""
    if sys.platform == "win32":
        return str(path.resolve()).startswith("\\\\")
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    target = str(path.resolve())
    best, kind = "", ""
    with suppress(OSError, UnicodeDecodeError):
        for line in mounts.read_text(encoding="utf-8").splitlines():
            _device, point, file_system, *_rest = line.split(" ")
            point = point.replace("\\040", " ")
            if target.startswith(point.rstrip("/") + "/") and len(point) >= len(best):
                best, kind = point, file_system
    return kind in _NETWORK_FILE_SYSTEMS


def _connect(path: Path, *, read_only: bool, still: bool = False) -> Database:
    mode = "ro" if read_only else "rw"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    wal = path.with_name(path.name + "-wal")
    if read_only and (still or not os.access(path.parent, os.W_OK)) and not wal.exists():
        # without the right to make a -shm file beside it, SQLite opens a WAL database only when told it stands still
        uri += "&immutable=1"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)
    db = Database(connection, execute_plugins=False)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def open_file(path: Path) -> tuple[Database, bool]:
    """Open an existing project; gives the database and whether it can only be read.

    A file of an older version is backed up beside itself and brought up to date; where it can only be read, a copy in
    memory is. Raises `ProjectProblem`.
    """
    _check_file(path)
    read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    with explained(path):
        db = _connect(path, read_only=read_only)
        try:
            if not read_only:
                _set_up(db, path)
                _migrate(db, path)
            elif schema.migrations.pending(db):
                db.close()
                db = snapshot(path)
            db.execute("SELECT count(*) FROM project").fetchone()
        except BaseException:
            db.close()
            raise
    return db, read_only


def snapshot(path: Path) -> Database:
    """What a project file holds now, whole and in the newest form, in memory; the file itself is only read.

    Raises `ProjectProblem` for a file that is missing, not ours, newer or damaged.
    """
    # where nobody works in it, reading it leaves nothing beside it
    still = not any(path.with_name(path.name + beside).exists() for beside in ("-wal", "-journal"))
    _check_file(path, still=still)
    with explained(path):
        memory = Database(sqlite3.connect(":memory:"), execute_plugins=False)
        try:
            with closing(_connect(path, read_only=True, still=still)) as db:
                db.conn.backup(memory.conn)
            if memory.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _damaged(path)
            _apply(memory)
            memory.execute("SELECT count(*) FROM project").fetchone()
        except BaseException:
            memory.close()
            raise
    return memory


def _set_up(db: Database, path: Path) -> None:
    mode = "delete" if on_network_share(path) else "wal"
    db.execute(f"PRAGMA journal_mode = {mode}")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")


_TRIES, _PAUSE_SECONDS = 20, 0.2


def _migrate(db: Database, path: Path) -> None:
    if not schema.migrations.pending(db):
        return
    found = db.execute("PRAGMA user_version").fetchone()[0]
    more = chain([""], (f"-{n}" for n in count(2)))
    for name in (path.with_name(f"{path.stem}.version-{found}{one}.backup{path.suffix}") for one in more):
        # a copy that was put back has one already, as has a file that somebody else opens at this moment
        if not name.exists():
            try:
                copy_to(db, name)
            except ProjectProblem:
                if not name.exists():
                    raise
            else:
                break
    for tries in count(1):
        try:
            _apply(db)
        except sqlite3.OperationalError:
            # whoever opens it too was quicker with this step; those that are left are still to do
            if tries == _TRIES:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            break


def _apply(db: Database) -> None:
    schema.migrations.apply(db)
    db.execute(f"PRAGMA user_version = {schema.version()}")


def create_file(path: Path) -> Database:
    """Make an empty project file that only its owner can read (mode 0600). Raises `ProjectProblem`."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError as error:
        raise ProjectProblem(
            _("{path}: there is already a file with this name").format(path=path),
            _("Choose another name, or open it"),
        ) from error
    except OSError as error:
        raise ProjectProblem(
            _("{path}: the project cannot be made here ({reason})").format(path=path, reason=system_reason(error)),
            _("Choose a folder that exists and where you may write"),
        ) from error
    os.close(handle)
    try:
        with explained(path):
            db = _connect(path, read_only=False)
            db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            _set_up(db, path)
            _apply(db)
    except BaseException:
        discard(path)
        raise
    return db


def discard(path: Path) -> None:
    """Remove a project file that was only half made, with SQLite's side files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def copy_to(db: Database, target: Path) -> None:
    """A whole copy of an open project, made while others may write (SQLite's online backup); mode 0600."""
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except OSError as error:
        raise ProjectProblem(
            _("{path}: the copy cannot be made here ({reason})").format(path=target, reason=system_reason(error)),
            _("Choose a new name in a folder where you may write"),
        ) from error
    os.close(handle)
    try:
        with explained(target):
            copy = sqlite3.connect(target)
            try:
                db.conn.backup(copy)
                # a copy is a file of its own: no write-ahead log beside it
                copy.execute("PRAGMA journal_mode = delete")
                if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                    raise _damaged(target)
            finally:
                copy.close()
    except BaseException:
        discard(target)
        raise
