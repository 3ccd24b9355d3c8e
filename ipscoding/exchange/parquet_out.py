"""Tables as Parquet, column by column with their types, for analysis of what is large."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from ipscoding.analysis import Row, Tabular
from ipscoding.errors import FileProblem
from ipscoding.i18n import _

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 20_000


def write_parquet(table: Tabular, stream: BinaryIO) -> None:
    """Write `table` as Parquet: texts as strings, counts as 64-bit integers, other numbers as 64-bit floats.

    An undefined number is null. The title of a column stands in its metadata, the notes in those of the file.
    Rows are taken a few thousand at a time. Raises `FileProblem` where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError as error:
        what = _("Parquet needs the package pyarrow, which is not installed")
        raise FileProblem(what, _('Install it with: pip install "ipscoding[parquet]", or write CSV')) from error

    schema = _schema(table)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for rows in _batches(table.rows):
            columns = {column.name: [row[column.name] for row in rows] for column in table.columns}
            writer.write_table(pa.table(columns, schema=schema))


def _schema(table: Tabular) -> "pa.Schema":
    import pyarrow as pa

    kinds = {"text": pa.string(), "int": pa.int64()}
    fields = [
        pa.field(column.name, kinds.get(column.kind, pa.float64()), metadata={"title": column.title})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"notes": "\n".join(table.notes)})


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch
