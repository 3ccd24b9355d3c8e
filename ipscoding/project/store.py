"""An open project: its file, who is coding, and the few ways to read and write that everything else uses."""

import getpass
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from ipscoding.errors import ProjectProblem
from ipscoding.i18n import _
from ipscoding.project import connect

if TYPE_CHECKING:
    from ipscoding.project.journal import Command

Row = dict[str, Any]


def default_coder() -> str:
    """Who codes when nobody says: `IPSCODING_CODER`, else the login name."""
    named = os.environ.get("IPSCODING_CODER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "coder"


@dataclass
class Project:
    """One study in one file. Made by `create` or `open_project`; usable as a context manager.

    A `Project` belongs to the thread that made it; `reopen` gives another thread its own.
    """

    path: Path
    db: Database
    coder: str
    read_only: bool = False
    open_command: "Command | None" = field(default=None, repr=False)

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def reopen(self) -> "Project":
        """The same project on a connection of its own, for another thread."""
        return open_project(self.path, coder=self.coder)

    @property
    def id(self) -> str:
        """The project's UUID."""
        return str(self.value("SELECT id FROM project"))

    @property
    def name(self) -> str:
        """What the study is called."""
        return str(self.value("SELECT name FROM project"))

    def rows(self, sql: str, params: Any = ()) -> Iterator[Row]:
        """The rows of a query, each as a dict."""
        with connect.explained(self.path):
            cursor = self.db.conn.execute(sql, params)
            names = [column[0] for column in cursor.description or ()]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def tuples(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        """All rows of a query as plain tuples, where there are many."""
        with connect.explained(self.path):
            return self.db.conn.execute(sql, params).fetchall()

    def row(self, sql: str, params: Any = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(self.rows(sql, params), None)

    def value(self, sql: str, params: Any = ()) -> Any:
        """The first value of the first row of a query, or None."""
        with connect.explained(self.path):
            row = self.db.conn.execute(sql, params).fetchone()
        return row[0] if row else None

    def execute(self, sql: str, params: Any = ()) -> sqlite3.Cursor:
        """Run one statement inside the transaction that `writing` opened."""
        return self.db.conn.execute(sql, params)

    def data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self.value("PRAGMA data_version"))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of what happens inside is in the file when it ends, or nothing.

        Raises `ProjectProblem` where the file cannot be written, is locked, or the disk is full.
        """
        if self.read_only:
            raise ProjectProblem(
                _("{path}: the project cannot be written here (read-only file or folder)").format(path=self.path),
                _("Copy it to a folder where you may write; nothing was changed"),
            )
        if self.db.conn.in_transaction:
            yield
            return
        with connect.explained(self.path):
            # taking the write lock at once means that two writers queue instead of failing half-way
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                self.db.conn.execute("PRAGMA defer_foreign_keys = ON")
                yield
                if self.db.conn.in_transaction:  # an act that changed nothing has ended it already
                    self.db.conn.execute("COMMIT")
            except BaseException:
                self.db.conn.rollback()
                raise

    def coder_id(self, name: str | None = None) -> str | None:
        """The UUID of a coder by name (default: who is coding), or None where nobody has that name yet."""
        found = self.value("SELECT id FROM coders WHERE name = ?", (name or self.coder,))
        return None if found is None else str(found)


def open_project(path: Path | str, coder: str | None = None) -> Project:
    """Open an existing project as `coder` (default: the project's setting, `IPSCODING_CODER`, the login name).

    `study` opens `study.ipscoding`. Raises `ProjectProblem` for a file that is missing, not ours, newer, damaged or
    locked.
    """
    path = connect.file_meant(Path(path))
    db, read_only = connect.open_file(path)
    project = Project(path=path, db=db, coder=coder or default_coder(), read_only=read_only)
    if coder is None and not os.environ.get("IPSCODING_CODER", "").strip():
        configured = json.loads(project.value("SELECT settings FROM project") or "{}").get("coder")
        if configured:
            project.coder = str(configured)
    project.coder = str(project.value(_KNOWN_AS, {"name": project.coder}) or project.coder)
    return project


_KNOWN_AS = (
    "SELECT c.name FROM coders c, json_each(c.aliases) a WHERE a.key = :name"
    " AND NOT EXISTS (SELECT 1 FROM coders WHERE name = :name)"
)
