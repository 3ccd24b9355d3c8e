"""A table of figures: columns that know what they hold, plain rows, and sentences that say how it was counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Kind = Literal["text", "int", "share", "number", "coefficient"]
"""`text`; `int` a count; `share` a part of one (0 to 1); `number` any other number with decimals, shown with its sign;
`coefficient` one that is at most 1."""

Cell = str | int | float | None
"""None is *undefined* (nothing to divide by, or hidden because few people stand behind it), never zero."""

Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is stable and for machines, `title` for readers, in their language.

    A count that has its denominator beside it names that column in `of` and the column of its share in `share`.
    `low` and `high` name the columns of its interval, which stand beside it in files and with it on a terminal.
    `detail` marks a column that a narrow screen may leave out since another one says the same in words.
    """

    name: str
    kind: Kind
    title: str
    of: str = ""
    share: str = ""
    low: str = ""
    high: str = ""
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Figures: `columns` in order, `rows` by column name, `notes` as sentences for the reader."""

    columns: list[Column]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


class Tabular(Protocol):
    """Whatever can be written as a table: a `Table`, or rows that are made one at a time."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""

    @property
    def rows(self) -> Iterable[Row]:
        """The rows, by column name."""

    @property
    def notes(self) -> Sequence[str]:
        """How it was counted, as sentences."""
