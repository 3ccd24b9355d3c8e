"""Databases of other programs, read without trusting them: in memory, read only, within limits.

The file is copied into memory and never opened itself, so that nothing is written beside it and no lock is taken;
what a database can be made to run (views, triggers, extensions) is not touched: only its plain tables are read.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ipscoding.errors import FileProblem
from ipscoding.files import read_bytes, unreadable
from ipscoding.i18n import _

LARGEST = 200 * 1024 * 1024
"""The largest database that is read, in bytes. Texts take far less; pictures and sound lie beside them."""

LONGEST_CELL = 10 * 1024 * 1024
"""The longest text in one cell that is read, in bytes."""

_HEAD = b"SQLite format 3\0"
_SECONDS = 60.0
_STEPS = 100_000
Value = str | int | float | None


class Tables:
    """The plain tables of another program's database. Close it, or use it in a `with`."""

    def __init__(self, path: Path, program: str) -> None:
        """Read the database at `path`, which `program` is thought to have written.

        Raises `FileProblem` where it cannot be read, is no database or is damaged, is larger than `LARGEST`, or is
        being written to.
        """
        self._path = path
        self._program = program
        self._db = sqlite3.connect(":memory:")
        try:
            with self._guarded():
                self._db.deserialize(_bytes(path, program))
                for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
                    self._db.execute(f"PRAGMA {setting}")
                self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
                self._db.text_factory = _text
                self._db.row_factory = sqlite3.Row
                ends = time.monotonic() + _SECONDS
                self._db.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
                self.columns = self._columns()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the memory."""
        self._db.close()

    def need(self, wanted: Mapping[str, Sequence[str]]) -> None:
        """Raise `FileProblem` where a table, or a column of it, is not there."""
        for table, columns in wanted.items():
            if table not in self.columns:
                raise self._other(_("it has no table “{table}”").format(table=table))
            for column in columns:
                if column not in self.columns[table]:
                    raise self._other(
                        _("its table “{table}” has no column “{column}”").format(table=table, column=column)
                    )

    def rows(self, table: str, columns: Sequence[str], order: str = "") -> Iterator[dict[str, Value]]:
        """The rows of a table, with the `columns` asked for: None where an older form of the program has not got one.

        Nothing where the table is missing. `order` is a column; without it, the order in which rows were made.
        """
        there = self.columns.get(table)
        if there is None:
            return
        asked = [column for column in columns if column in there]
        if not asked:
            return
        missing: dict[str, Value] = {column: None for column in columns if column not in there}
        query = f"SELECT {', '.join(map(_quoted, asked))} FROM {_quoted(table)}"
        if order in there:
            query += f" ORDER BY {_quoted(order)}"
        with self._guarded():
            for row in self._db.execute(query):
                yield {column: _value(row[column]) for column in asked} | missing

    def _columns(self) -> dict[str, frozenset[str]]:
        """The columns of each plain table; no views, no tables that a module keeps."""
        names = [
            name
            for name, how in self._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            if isinstance(name, str) and isinstance(how, str) and how.lstrip()[:12].casefold() == "create table"
        ]
        return {
            name: frozenset(
                str(column["name"])
                for column in self._db.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
                if not column["hidden"]
            )
            for name in names
        }

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DataError as error:
            raise FileProblem(
                _("{path} holds a text of more than {size} MB").format(path=self._path, size=LONGEST_CELL // 1024**2),
                _("An interview of two hours takes 0.1 MB: take the text out of the project in {program}").format(
                    program=self._program
                ),
            ) from error
        except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError, MemoryError) as error:
            raise FileProblem(
                _("{path} is damaged, or is no database of {program}").format(path=self._path, program=self._program),
                _("Open it in {program} to see whether it is sound, and copy it anew").format(program=self._program),
            ) from error

    def _other(self, how: str) -> FileProblem:
        return FileProblem(
            _("{path} is not a project of {program} in a form that is known: {how}").format(
                path=self._path, program=self._program, how=how
            ),
            _("Open it in a newer {program}, which brings it up to date, and try again").format(program=self._program),
        )


def is_database(head: bytes) -> bool:
    """Whether a file that begins with `head` is an SQLite database."""
    return head.startswith(_HEAD)


def text(value: Value) -> str:
    """A cell as text with LF line ends; empty for nothing."""
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")


def number(value: Value) -> int | None:
    """A cell as a whole number; None where it is none."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.removeprefix("-").isdigit() and len(value) < 19 else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    return value


def _bytes(path: Path, program: str) -> bytes:
    try:
        for ending in ("-wal", "-journal"):
            beside = path.with_name(path.name + ending)
            if beside.exists() and beside.stat().st_size:
                raise FileProblem(
                    _("{path} is open in {program}, or was not closed properly").format(path=path, program=program),
                    _("Open it in {program}, close it, and try again").format(program=program),
                )
    except OSError as error:
        raise unreadable(path, error) from error
    data = read_bytes(path, LARGEST, _("Check that it is the right file"))
    if not data.startswith(_HEAD):
        raise FileProblem(
            _("{path} is no database of {program}").format(path=path, program=program),
            _("Check that it is the right file, and that it was copied whole"),
        )
    # A file that was last written with a write-ahead log says so; what is in memory can have none.
    return data[:18] + b"\x01\x01" + data[20:]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _value(value: object) -> Value:
    if isinstance(value, bytes):
        return _text(value)
    return value if isinstance(value, str | int | float) else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
