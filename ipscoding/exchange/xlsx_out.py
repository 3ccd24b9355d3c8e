"""Tables as an Excel file: every text a text, every number a number."""

import re
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from ipscoding.analysis import Cell, Column, Tabular
from ipscoding.errors import FileProblem
from ipscoding.i18n import _

CELL_LIMIT = 32_767
"""The most a cell can hold, in UTF-16 units."""
ROW_LIMIT = 1_048_576

# What XML cannot hold, or Excel would show as a box; tab and line feed stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMATS = {"share": "0.0%", "number": "0.00", "coefficient": "0.00"}
_WIDEST = 60


def write_xlsx(table: Tabular, stream: BinaryIO, folder: Path | None = None) -> None:
    """Write `table` as an Excel workbook: the rows on one sheet, the notes on a second.

    Rows pass through a private folder, made inside `folder` and removed afterwards, so that a large table need not
    fit in memory and no text lands outside of the place it is meant for (None: the system's temporary folder).
    Raises `FileProblem` when there are more rows than a sheet can hold.
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
            _rows(book, table)
            if table.notes:
                sheet = book.add_worksheet(_("Notes")[:31])
                sheet.set_column(0, 0, _WIDEST * 2)
                for number, note in enumerate(table.notes):
                    sheet.write_string(number, 0, cell_text(note))
        finally:
            try:
                book.close()
            except FileCreateError as error:
                # XlsxWriter's own name for what the file system said.
                raise error.args[0] from error


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


def _rows(book: Any, table: Tabular) -> None:
    sheet = book.add_worksheet(_("Table")[:31])
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, cell_text(column.name), bold)
    for number, row in enumerate(table.rows, start=1):
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
    if column.name in ("text", "context_before", "context_after", "memo"):
        return _WIDEST
    return max(len(column.name) + 2, 18 if column.kind == "text" else 8)
