"""Codings from a CSV file: from a script, another tool, or a table that this program wrote."""

import re
from dataclasses import dataclass
from pathlib import Path

from ipscoding.domain import Valence, valence_meant
from ipscoding.exchange.table_in import LineFault, Record, missing, misspelt, read_table
from ipscoding.i18n import _

COLUMNS = ("document", "quote", "start", "end", "code", "valence", "coder", "memo", "strength")
"""The columns that are read. `document` and `code` must be there, and `quote` or both `start` and `end`."""

_NEEDED = ("document", "code")

_ALIASES = {name: name for name in COLUMNS} | {
    "text": "quote", "sitat": "quote", "dokument": "document", "slutt": "end", "kode": "code", "retning": "valence",
    "valens": "valence", "direction": "valence", "koder": "coder", "kodar": "coder", "notat": "memo",
    "styrke": "strength",
}  # fmt: skip

_WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class CodingLine:
    """One coding as a file has it, with the line it starts on; not yet looked up in any project.

    Either `quote` is not empty or `start` and `end` (code points, end exclusive) are given; both may be.
    """

    line: int
    document: str
    code: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    valence: Valence = Valence.NONE
    coder: str = ""
    memo: str = ""
    strength: int | None = None


def valence_of(cell: str) -> Valence | None:
    """The direction that a cell names, in English or Norwegian or by its sign; none if it is empty, None if unknown."""
    return valence_meant(cell)


def read_codings(path: Path) -> tuple[list[CodingLine], list[LineFault]]:
    """The codings in the CSV file at `path`, and everything that is wrong with it, line by line.

    Lines with a fault are not among the codings. Columns that are not codings' are passed over, so a table of
    codings that this program exported can be read back.
    """
    table = read_table(path, _ALIASES)
    optional = [name for name in COLUMNS if name not in _NEEDED]
    faults = [*table.faults, *missing(table, _NEEDED, path), *misspelt(table, optional, list(_ALIASES))]
    if "quote" not in table.header and not {"start", "end"} <= set(table.header):
        message = _("there must be a column “quote”, or “start” and “end”, in {path}").format(path=path.name)
        faults.append(LineFault(0, "quote", message))
    if any(not fault.line for fault in faults):
        return [], faults
    codings = []
    for record in table.records:
        coding = _coding(record, faults)
        if coding is not None:
            codings.append(coding)
    faults.sort(key=lambda fault: fault.line)
    return codings, faults


def _coding(record: Record, faults: list[LineFault]) -> CodingLine | None:
    cells = record.cells
    before = len(faults)

    def wrong(column: str, message: str) -> None:
        faults.append(LineFault(record.line, column, message))

    for column in _NEEDED:
        if not cells[column]:
            wrong(column, _("is empty"))
    valence = valence_of(cells.get("valence", ""))
    if valence is None:
        wrong("valence", _("is none of barrier, facilitator, both, none"))
    numbers = {name: _number(cells.get(name, "")) for name in ("start", "end", "strength")}
    for column, number in numbers.items():
        if number is None and cells.get(column):
            wrong(column, _("is not a whole number"))
    if numbers["strength"] not in (None, 1, 2):
        wrong("strength", _("must be 1 or 2, or empty"))
    start, end = numbers["start"], numbers["end"]
    quote = cells.get("quote", "")
    if start is not None and end is not None and start >= end:
        wrong("end", _("must be greater than start"))
    elif len(faults) == before and not quote and (start is None or end is None):
        wrong("quote", _("is empty, and there is no start and end"))
    if valence is None or len(faults) > before:
        return None
    return CodingLine(
        line=record.line,
        document=cells["document"],
        code=cells["code"],
        quote=quote,
        start=start,
        end=end,
        valence=valence,
        coder=cells.get("coder", ""),
        memo=cells.get("memo", ""),
        strength=numbers["strength"],
    )


def _number(text: str) -> int | None:
    """The whole number in a cell, also as spreadsheets write it (`1,0`); None where there is none."""
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match else None
