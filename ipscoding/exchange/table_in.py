"""CSV files as people have them: from R, from Excel, from a text editor; in whatever encoding and with whatever marks.

Nothing is guessed about the contents here: cells are texts (NFC, LF line ends, no blanks around them), and every
record knows the line it starts on.
"""

import csv
import difflib
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipscoding.errors import FileProblem, near
from ipscoding.exchange.csv_out import unguarded
from ipscoding.files import read_bytes
from ipscoding.i18n import _

SIZE_LIMIT = 50 * 1024 * 1024
"""Bytes; a table of codings is far smaller, and a larger file is likely something else."""

DELIMITERS = ",;\t"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CELL_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True)
class LineFault:
    """Something wrong in a file: on which line (from 1; 0 for the file as a whole), in which column, and what."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        if not self.line:
            return self.message
        where = _("line {line}").format(line=self.line)
        return f"{where}, {self.column}: {self.message}" if self.column else f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Record:
    """One record and the line it starts on; every column of the header has a cell, maybe empty."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableIn:
    """A table that was read: the header, the records, how it was written, and what is wrong with its shape."""

    header: list[str]
    records: list[Record]
    delimiter: str
    encoding: str
    faults: list[LineFault] = field(default_factory=list)


def read_table(path: Path, aliases: Mapping[str, str] | None = None) -> TableIn:
    """Read the CSV file at `path`.

    The delimiter (comma, semicolon, tab) and the encoding (UTF-8, UTF-16 with its mark, else Windows-1252) are found
    out. In a file with semicolons, as Excel writes them in Norway, the `'` that guards against formulas is taken
    away. `aliases` maps other names of columns, in small letters, to the ones wanted, where a file has not those.
    Raises `FileProblem` for what is no readable text table; faults of single lines are listed in the result.
    """
    text, encoding = decode(path)
    lines = io.StringIO(text, newline="")
    skipped = 0
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise FileProblem(_("{path} is empty").format(path=path), _("The first line must name the columns"))
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own remark about the delimiter that follows.
        delimiter = first.strip()[4]
        while not lines.readline().lower().startswith("sep="):
            skipped += 1
        skipped += 1
    else:
        delimiter = _delimiter(first)
    faults: list[LineFault] = []
    if not _divides_most(delimiter, first):
        faults.append(
            LineFault(0, "", _("the first line divides cells by both “,” and “;”; use one of them throughout"))
        )
    rows = _records(lines, delimiter, skipped, faults)
    head_line, head = next(rows, (0, []))
    header = _header(head, head_line, aliases or {}, faults)
    records = [
        record for line, cells in rows if (record := _record(line, cells, header, delimiter, faults)) is not None
    ]
    return TableIn(header, records, delimiter, encoding, faults)


def read_table_bytes(path: Path) -> bytes:
    """What the file at `path` holds; raises `FileProblem` where it cannot be read or is larger than `SIZE_LIMIT`."""
    return read_bytes(path, SIZE_LIMIT, _("Is it the right file? A larger table must be divided"))


def decode(path: Path) -> tuple[str, str]:
    """The text of the file at `path` and the encoding it is in; raises `FileProblem` where it is none."""
    raw = read_table_bytes(path)
    if raw.startswith(b"PK\x03\x04"):
        raise FileProblem(
            _("{path} is an Excel file or another archive").format(path=path), _("Save it as CSV UTF-8 and read that")
        )
    encodings = ["utf-16"] if raw.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding
    raise FileProblem(_("{path} is not a text file").format(path=path), _("Save it as CSV UTF-8 and read that"))


def missing(table: TableIn, wanted: Sequence[str], path: Path) -> list[LineFault]:
    """A fault for every one of the columns `wanted` that `table` lacks, with the name that was perhaps meant."""
    faults = []
    for name in wanted:
        if name not in table.header:
            message = _("the column “{name}” is missing in {path}").format(name=name, path=path.name)
            close = near(name, table.header, 1)
            if close:
                message += _(" (is “{other}” meant for it?)").format(other=close[0])
            faults.append(LineFault(0, name, message))
    return faults


def misspelt(table: TableIn, optional: Sequence[str], known: Sequence[str]) -> list[LineFault]:
    """A fault for every column that is nearly one of the `optional` ones the table lacks: it would go unread."""
    faults = []
    for name in table.header:
        if name in known:
            continue
        absent = [column for column in optional if column not in table.header]
        for meant in difflib.get_close_matches(name.casefold(), absent, n=1, cutoff=0.85):
            message = _("the column “{name}” is unknown; is “{meant}” meant?").format(name=name, meant=meant)
            faults.append(LineFault(0, name, message))
    return faults


def _delimiter(header: str) -> str:
    outside = _outside_quotes(header)
    return max(DELIMITERS, key=outside.count)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _divides_most(delimiter: str, header: str) -> bool:
    """Whether `delimiter` stands in the header more often than any other (or none does)."""
    outside = _outside_quotes(header)
    times = outside.count(delimiter)
    return not times or all(outside.count(other) < times for other in DELIMITERS if other != delimiter)


def _records(
    lines: io.StringIO, delimiter: str, skipped: int, faults: list[LineFault]
) -> Iterator[tuple[int, list[str]]]:
    # Strict: a quotation mark out of place would otherwise swallow what follows without a word.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    before = csv.field_size_limit(_CELL_LIMIT)
    start = skipped + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = skipped + reader.line_num + 1
    except csv.Error:
        message = _("the quotation marks do not match up; what follows was not read")
        faults.append(LineFault(start, "", message))
    finally:
        csv.field_size_limit(before)


def _header(cells: list[str], line: int, aliases: Mapping[str, str], faults: list[LineFault]) -> list[str]:
    names = [tidy(cell) for cell in cells]
    for place, name in enumerate(names):
        meant = aliases.get(name.casefold(), name)
        # Of several columns that could be meant, one with the very name, else the first.
        if meant == name or meant not in names:
            names[place] = meant
    while names and not names[-1]:
        names.pop()
    faults.extend(
        LineFault(line, name, _("the column stands there {n} times").format(n=names.count(name)))
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    )
    return names


def _record(line: int, cells: list[str], header: list[str], delimiter: str, faults: list[LineFault]) -> Record | None:
    texts = [tidy(unguarded(cell) if delimiter == ";" else cell) for cell in cells]
    others = [mark for mark in DELIMITERS if mark != delimiter and cells[0].count(mark) == len(header) - 1]
    if len(cells) == 1 < len(header) and others:
        shown = "TAB" if others[0] == "\t" else others[0]
        message = _("the cells are divided by “{mark}”, those of the first line by “{other}”")
        faults.append(LineFault(line, "", message.format(mark=shown, other="TAB" if delimiter == "\t" else delimiter)))
        return None
    if any(texts[len(header) :]):
        message = _("{n} cells where the header has {columns}").format(n=len(texts), columns=len(header))
        faults.append(LineFault(line, "", message))
        return None
    named: dict[str, str] = {}
    for place, name in enumerate(header):
        text = texts[place] if place < len(texts) else ""
        if name:
            named.setdefault(name, text)
        elif text:
            faults.append(LineFault(line, "", _("column {n} has no name but holds something").format(n=place + 1)))
    return Record(line, named)


def tidy(cell: str) -> str:
    """A cell without blanks around it, NFC, with LF line ends."""
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
