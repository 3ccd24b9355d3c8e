"""Tables as an Excel file: every text a text, every number a number."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ipscoding.analysis import Cell, Column, Table, Tabular
from ipscoding.errors import FileProblem
from ipscoding.i18n import _

CELL_LIMIT = 32_767
"""The most a cell can hold, in UTF-16 units."""
ROW_LIMIT = 1_048_576

# What XML cannot hold, or Excel would show as a box; tab and line feed stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMATS = {"share": "0.0%", "number": "0.00", "coefficient": "0.00"}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60
_LONG = frozenset(("text", "context_before", "context_after", "memo", "definition", "include_when", "exclude_when"))


def write_xlsx(table: Tabular, stream: BinaryIO, folder: Path | None = None) -> None:
    """Write `table` as an Excel workbook: the rows on one sheet, the notes on a second.

    `folder` and errors as for `write_book`.
    """
    sheets = [(_("Table"), table)]
    if table.notes:
        sheets.append((_("Notes"), notes_table(table.notes)))
    write_book(sheets, stream, folder)


def notes_table(notes: Iterable[str]) -> Table:
    """Sentences as a table of one column that has no heading."""
    return Table([Column("", "text", "")], [{"": note} for note in notes])


def write_book(sheets: Iterable[tuple[str, Tabular]], stream: BinaryIO, folder: Path | None = None) -> None:
    """Write tables as the sheets of one Excel workbook, by name; names are made to fit and to differ.

    Each is made when its turn comes. Rows pass through a private folder, made inside `folder` and removed afterwards,
    so that large tables need not fit in memory and no text lands outside of the place it is meant for (None: the
    system's temporary folder). Raises `FileProblem` when there are more rows than a sheet can hold.
    """
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory(prefix=".ipscoding-", dir=folder) as private:
        book = xlsxwriter.Workbook(
            stream,
            {
                "constant_memory": True,
                "tmpdir": private,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        try:
            bold = book.add_format({"bold": True})
            formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
            taken: set[str] = set()
            for name, table in sheets:
                _rows(book.add_worksheet(_sheet_name(name, taken)), table, bold, formats)
        finally:
            try:
                book.close()
            except FileCreateError as error:
                # XlsxWriter's own name for what the file system said.
                raise error.args[0] from error


def _sheet_name(name: str, taken: set[str]) -> str:
    """`name` as Excel lets a sheet be called: at most 31 characters, none of them special, unlike the names `taken`."""
    clean = _NOT_IN_NAMES.sub(" ", _CONTROL.sub("", name)).strip(" '")
    number = 1
    made = _first_units(clean, 31).rstrip(" '") or "-"
    while made.lower() in taken:
        number += 1
        made = _first_units(clean, 28 - len(str(number))) + f" ({number})"
    taken.add(made.lower())
    return made


def _first_units(text: str, n: int) -> str:
    """The beginning of `text` in at most `n` UTF-16 units."""
    while _units(text) > n:
        text = text[: -max((_units(text) - n) // 2, 1)]
    return text


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: without control characters, with LF line ends, cut with a mark if too long."""
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if clean.startswith("<r>") and clean.endswith("</r>"):
        # XlsxWriter takes text between <r> and </r> for ready-made markup; a joiner of no width keeps it text.
        clean = "\u2060" + clean
    if _units(clean) <= CELL_LIMIT:
        return clean
    mark = _(" … [cut: {n} characters in all]").format(n=len(clean))
    kept = clean[: CELL_LIMIT - _units(mark)]
    while _units(kept) + _units(mark) > CELL_LIMIT:
        kept = kept[: -max((_units(kept) + _units(mark) - CELL_LIMIT + 1) // 2, 1)]
    return kept + mark


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _rows(sheet: Any, table: Tabular, bold: Any, formats: Mapping[str, Any]) -> None:
    headed = any(column.name for column in table.columns)
    if headed:
        sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        if headed:
            sheet.write_string(0, place, cell_text(column.name), bold)
    for number, row in enumerate(table.rows, start=1 if headed else 0):
        if number >= ROW_LIMIT:
            what = _("An Excel sheet holds {n} rows, and there are more").format(n=ROW_LIMIT)
            raise FileProblem(what, _("Write CSV instead, or filter the rows"))
        for place, column in enumerate(table.columns):
            _write(sheet, number, place, row[column.name], formats.get(column.kind))


def _write(sheet: Any, row: int, place: int, cell: Cell, shown: Any) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, place, cell_text(cell))
    elif cell is not None:
        sheet.write_number(row, place, cell, shown)


def _width(column: Column) -> int:
    if not column.name:
        return 2 * _WIDEST
    if column.name in _LONG:
        return _WIDEST
    return max(len(column.name) + 2, 18 if column.kind == "text" else 8)
