"""A table whose rows have keys: sorted by any column, and the cursor stays on its row when it is filled anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.widgets import DataTable

_WIDEST = 30


@dataclass(frozen=True)
class Column:
    """One column: its key, its name for people, whether it stands out."""

    key: str
    name: str
    strong: bool = False


@dataclass(frozen=True)
class Row:
    """One row: its key, a text for each column, and what a column is sorted by where that is not its text."""

    key: str
    cells: Mapping[str, str]
    order: Mapping[str, Any] = field(default_factory=dict)

    def rank(self, column: str) -> Any:
        """What the row is sorted by in `column`."""
        return self.order[column] if column in self.order else self.cells[column].casefold()


class KeyTable(DataTable[Text]):
    """The table; a column's head, clicked, sorts by it, and clicked again the other way round."""

    DEFAULT_CSS = """
    KeyTable {
        height: 1fr; background: $background;
        & > .datatable--fixed { background: $background; color: $foreground; }
        &:focus { background-tint: $foreground 0%; }
        &:focus > .datatable--header { background-tint: $foreground 0%; }
    }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, cursor_type="row", fixed_columns=1)
        self.columns_shown: Sequence[Column] = ()
        self.sorted_by = ""
        self.backwards = False
        self._rows: Sequence[Row] = ()

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show `rows`; where nothing is sorted by yet, in the order given."""
        if columns == self.columns_shown and rows == self._rows:
            return
        self.columns_shown, self._rows = columns, rows
        self._fill()

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        if not self.row_count:
            return ""
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value or ""

    def sort_by(self, column: str) -> None:
        """Sort by a column; a second time, the other way round; empty, as it was in the beginning."""
        self.backwards = column == self.sorted_by and not self.backwards
        self.sorted_by = column
        self._fill()

    @on(DataTable.HeaderSelected)
    def _head_clicked(self, event: DataTable.HeaderSelected) -> None:
        event.stop()
        self.sort_by(event.column_key.value or "")

    def _fill(self) -> None:
        before, row, left = self.key, self.cursor_row, self.scroll_x
        rows = list(self._rows)
        if self.sorted_by in {column.key for column in self.columns_shown}:
            rows.sort(key=lambda row: row.rank(self.sorted_by), reverse=self.backwards)
        self.clear(columns=True)
        for column in self.columns_shown:
            mark = (" ↓" if self.backwards else " ↑") if column.key == self.sorted_by else ""
            width = max(cell_len(text) for text in (column.name + mark, *(row.cells[column.key] for row in rows)))
            self.add_column(Text(column.name + mark), key=column.key, width=min(width, _WIDEST))
        for one in rows:
            self.add_row(*(Text(one.cells[c.key], "bold" if c.strong else "") for c in self.columns_shown), key=one.key)
        keys = [one.key for one in rows]
        self.move_cursor(row=keys.index(before) if before in keys else min(row, max(len(rows) - 1, 0)))
        self.scroll_x = left
