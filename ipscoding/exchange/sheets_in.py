"""Excel workbooks in, as tables of texts like those of CSV files."""

import datetime
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ipscoding.errors import FileProblem
from ipscoding.exchange.table_in import LineFault, Record, TableIn, read_table, read_table_bytes, tidy
from ipscoding.i18n import _

if TYPE_CHECKING:
    from openpyxl import Workbook

_UNPACKED = 400 * 1024 * 1024
_ROWS = 200_000
_COLUMNS = 2_000


def read_any_table(path: Path, aliases: Mapping[str, str] | None = None) -> TableIn:
    """Read a table from a CSV file or, by its suffix, from the first sheet of an Excel workbook (see `read_table`)."""
    return read_sheet(path, aliases) if path.suffix.lower() in (".xlsx", ".xlsm") else read_table(path, aliases)


def read_sheet(path: Path, aliases: Mapping[str, str] | None = None) -> TableIn:
    """Read the first sheet that holds something of the Excel workbook at `path`; its first row names the columns.

    Numbers are given as they are shown in general (`3`, `2.5`), days as `2026-03-01`; of a formula, what was last
    calculated. `aliases` as for `read_table`. Raises `FileProblem` for what is no such workbook or too large.
    """
    import openpyxl

    data = _checked(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions, which are nothing to a table of texts
            warnings.simplefilter("ignore")
            rows = _first_filled(openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True))
    except FileProblem:
        raise
    except Exception as error:  # openpyxl raises nearly every kind of error for damaged workbooks
        raise _damaged(path) from error
    if not rows:
        raise FileProblem(_("{path} is empty").format(path=path), _("The first row must name the columns"))
    if len(rows) > _ROWS:
        what = _("{path} has more than {n} rows").format(path=path, n=_ROWS)
        raise FileProblem(what, _("Is it the right file? A larger table must be divided"))
    faults: list[LineFault] = []
    header = _header(rows[0], aliases or {}, faults)
    records = [
        Record(line, {name: cells[place] if place < len(cells) else "" for place, name in header.items()})
        for line, cells in rows[1:]
    ]
    return TableIn(list(header.values()), records, "", "utf-8", faults)


def _checked(path: Path) -> bytes:
    data = read_table_bytes(path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _damaged(path) from error
    if unpacked > _UNPACKED:
        what = _("{path} is larger than {size} MB").format(path=path, size=_UNPACKED // 1024**2)
        raise FileProblem(what, _("Is it the right file? A larger table must be divided"))
    return data


def _damaged(path: Path) -> FileProblem:
    return FileProblem(
        _("{path} is no Excel workbook, or is damaged or protected by a password").format(path=path),
        _("Save it again as .xlsx without a password, or as CSV UTF-8"),
    )


def _first_filled(book: "Workbook") -> list[tuple[int, list[str]]]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
        if rows := list(_filled(sheet.iter_rows(values_only=True, max_col=_COLUMNS))):
            return rows
    return []


def _filled(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with their numbers from 1."""
    for number, row in enumerate(islice(rows, _ROWS + 2), 1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield number, cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    # Excel's own sign for a line break that XML cannot hold
    return tidy(str(value).replace("_x000D_", ""))


def _header(first: tuple[int, list[str]], aliases: Mapping[str, str], faults: list[LineFault]) -> dict[int, str]:
    """The columns that have a name, by their place."""
    line, names = first
    header: dict[int, str] = {}
    for place, name in enumerate(names):
        meant = aliases.get(name.casefold(), name)
        meant = meant if meant == name or meant not in names else name
        if meant and meant in header.values():
            faults.append(LineFault(line, meant, _("the column stands there {n} times").format(n=names.count(name))))
        elif meant:
            header[place] = meant
    return header
