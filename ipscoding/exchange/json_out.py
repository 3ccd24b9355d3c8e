"""Tables as JSON, made as it is written.

JSON is one object, `{"columns": [...], "rows": [...], "notes": [...]}`, with one row to a line; JSON Lines are the rows
alone, each a line and an object.
"""

import json
from collections.abc import Iterator
from typing import TextIO

from ipscoding.analysis import Tabular


def pieces(table: Tabular) -> Iterator[str]:
    """The JSON of `table`, piece by piece; undefined values are `null`, letters stand as they are."""
    columns = [{"name": column.name, "kind": column.kind, "title": column.title} for column in table.columns]
    names = [column.name for column in table.columns]
    yield '{\n"columns": ' + _json(columns) + ',\n"rows": ['
    before = "\n"
    for row in table.rows:
        yield before + _json({name: row[name] for name in names})
        before = ",\n"
    yield '\n],\n"notes": ' + _json(list(table.notes)) + "\n}\n"


def write_json(table: Tabular, stream: TextIO) -> None:
    """Write `table` as JSON to a text `stream` that encodes as UTF-8."""
    stream.writelines(pieces(table))


def write_json_lines(table: Tabular, stream: TextIO) -> None:
    """Write the rows of `table` as JSON Lines to a text `stream` that encodes as UTF-8."""
    names = [column.name for column in table.columns]
    stream.writelines(_json({name: row[name] for name in names}) + "\n" for row in table.rows)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
