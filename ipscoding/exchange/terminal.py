"""Tables and excerpts on a terminal, or as plain text where the output is none."""

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from ipscoding.analysis import Cell, Column, Row, Tabular
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import Excerpt, Valence
from ipscoding.i18n import _, percent, with_decimal_sign
from ipscoding.i18n import language as language_in_use

_GAP = "  "
_NARROWEST = 8
_COMFORTABLE = 24
_MOST_KEYS = 6
_WIDEST_TEXT = 40
_STYLES = {"barrier": "red", "facilitator": "green", "both": "yellow"}
# Escape sequences and changes of direction in a text must not reach the terminal.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column as it is drawn: title and cells as texts, in `width` characters."""

    title: str
    cells: list[str]
    styles: list[str]
    right: bool
    width: int
    key: bool = False
    detail: bool = False


def show(
    table: Tabular,
    stream: TextIO | None = None,
    *,
    width: int | None = None,
    colour: bool | None = None,
    language: str | None = None,
) -> None:
    """Draw `table` with its notes on `stream` (None: standard output).

    A count stands with its denominator and share: `12/30 (40 %)`. On a terminal (or where `width` or the variable
    COLUMNS gives one) it fits the width: first the ids that a label repeats go, then long labels are cut with `…`,
    then the figures go on in a second block below. Otherwise nothing is cut. `colour` None: only on a terminal,
    and never with NO_COLOR.
    """
    stream = stream or sys.stdout
    columns = _shown(table, language or language_in_use())
    limit = width or _width_of(stream)
    console = _console(stream, limit, colour)
    for number, block in enumerate(_blocks(columns, limit)):
        if number and not table.rows:  # headings alone need no second block
            break
        if number:
            _print(console, Text(""))
        for line in _draw(block):
            _print(console, line)
    if table.notes:
        _print(console, Text(""))
    for note in map(_clean, table.notes):
        for part in textwrap.wrap(note, limit) if limit else [note]:
            _print(console, Text(part, "dim"))


def show_excerpts(
    excerpts: Iterable[Excerpt], stream: TextIO | None = None, *, width: int | None = None, colour: bool | None = None
) -> int:
    """Print excerpts one below the other: direction, code, where and who; then the text. Gives how many."""
    stream = stream or sys.stdout
    limit = width or _width_of(stream)
    console = _console(stream, limit, colour)
    shown = 0
    for excerpt in excerpts:
        shown += 1
        where = _("{document}, turn {turn}").format(document=excerpt.document, turn=excerpt.turn)
        heading = f"{excerpt.valence.sign} {excerpt.code_label or excerpt.code} · {where} · {excerpt.coder}"
        _print(console, Text(_fit(_clean(heading), limit), f"bold {_STYLES.get(excerpt.valence, '')}"))
        body = [(line, "") for line in excerpt.text.split("\n")]
        body += [(f"✎ {line}", "italic") for line in excerpt.memo.split("\n") if line.strip()]
        for line, style in body:
            text = _clean(line)
            for part in textwrap.wrap(text, max(limit - 4, 20)) if limit else [text]:
                _print(console, Text(f"    {part}", style))
    return shown


def as_texts(table: Tabular, language: str | None = None) -> tuple[list[str], list[list[str]], frozenset[int]]:
    """The table as readers see it: titles, rows of cells, and the places of the columns that hold figures."""
    columns = _shown(table, language or language_in_use())
    rows = [list(cells) for cells in zip(*(column.cells for column in columns), strict=True)]
    return [column.title for column in columns], rows, frozenset(n for n, one in enumerate(columns) if one.right)


def _shown(table: Tabular, language: str) -> list[_Shown]:
    rows = list(table.rows)
    beside = ((column.of, column.share, column.low, column.high) for column in table.columns)
    folded = {name for names in beside for name in names if name} | {"hidden"}
    return [_column(column, rows, language) for column in table.columns if column.name not in folded]


def _column(column: Column, rows: Sequence[Row], language: str) -> _Shown:
    write = _writer(column, language)
    cells = [row["hidden"] if row.get("hidden") and row[column.name] is None else write(row) for row in rows]
    texts = [_clean(str(cell)) for cell in cells]
    key = column.kind == "text"
    return _Shown(
        title=column.title,
        cells=texts,
        styles=[_style(column, row) for row in rows],
        right=not key,
        width=max(map(cell_len, (column.title, *texts))),
        key=key,
        detail=column.detail,
    )


def _writer(column: Column, language: str) -> Callable[[Row], str]:
    if column.name == "valence":
        words = _valences()
        return lambda row: words.get(str(row["valence"]), str(row["valence"]))
    if column.name == "role":
        roles = {role.id: role.name(language) for role in shipped_scheme().roles}
        return lambda row: roles.get(str(row["role"]), _text(row["role"]))
    if column.kind == "text":
        return lambda row: _text(row[column.name])
    if column.of:
        return lambda row: _folded(row[column.name], row[column.of], row[column.share], language)
    if column.low:
        return lambda row: _with_interval(row, column, language)
    if column.kind == "share":
        return lambda row: _share(row[column.name], language)
    if column.kind == "coefficient":
        return lambda row: _coefficient(row[column.name], language)
    return lambda row: _number(row[column.name], language, signed=column.kind == "number")


def _valences() -> dict[str, str]:
    words = {
        Valence.BARRIER: _("barrier"),
        Valence.FACILITATOR: _("facilitator"),
        Valence.BOTH: _("both"),
        Valence.NONE: _("no direction"),
    }
    return {valence.value: f"{valence.sign} {word}" for valence, word in words.items()}


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _folded(number: Cell, of: Cell, share: Cell, language: str) -> str:
    if number is None and of is None:
        return "–"
    return f"{_number(number, language)}/{_number(of, language)} ({_share(share, language)})"


def _with_interval(row: Row, column: Column, language: str) -> str:
    write = _share if column.kind == "share" else _coefficient
    value, low, high = (write(row[name], language) for name in (column.name, column.low, column.high))
    # a decimal comma would run into another one
    between = ", " if language == "en" else "; "
    return value if row[column.low] is None else f"{value} [{low}{between}{high}]"


def _coefficient(cell: Cell, language: str) -> str:
    if not isinstance(cell, int | float):
        return "–"
    if 0.995 <= cell < 1:  # never 1 unless it is
        text = f"{cell:.3f}" if cell < 0.9995 else ">0.999"
    else:
        text = f"{cell:.2f}" if round(cell, 2) else "0.00"
    return with_decimal_sign(text, language)


def _share(cell: Cell, language: str) -> str:
    return percent(float(cell), language) if isinstance(cell, int | float) else "–"


def _number(cell: Cell, language: str, signed: bool = False) -> str:
    if not isinstance(cell, int | float):
        return "–"
    if signed:
        return with_decimal_sign(f"{cell:+.2f}" if round(cell, 2) else "0.00", language)
    return f"{cell:,}" if language == "en" else f"{cell:,}".replace(",", "\u00a0")


def _style(column: Column, row: Row) -> str:
    if column.name == "valence":
        return _STYLES.get(str(row["valence"]), "")
    if row[column.name] in (0, None) and column.kind != "number":
        return "dim"
    return _STYLES.get(column.name, "")


def _blocks(columns: list[_Shown], limit: int | None) -> Iterator[list[_Shown]]:
    """The columns side by side, in as many blocks below each other as `limit` demands; keys lead every block."""
    if limit is None or _total(columns) <= limit:
        yield columns
        return
    columns = [column for column in columns if not column.detail]
    keys = [column for column in columns if column.key]
    values = [column for column in columns if not column.key]
    if len(keys) > _MOST_KEYS:
        # A table of texts (codings): only the first can lead every block, the others follow as figures do.
        values = [replace(column, width=min(column.width, _WIDEST_TEXT)) for column in columns[1:]]
        keys = columns[:1]
    room = limit - _total(values) - len(_GAP)
    enough = _total([replace(key, width=min(key.width, _COMFORTABLE)) for key in keys])
    if room < enough:
        widest = max((value.width for value in values), default=0) + len(_GAP)
        room = min(max(limit * 2 // 5, enough), limit - widest)
    keys = _narrowed(keys, room)
    block = list(keys)
    for value in values:
        if len(block) > len(keys) and _total([*block, value]) > limit:
            yield block
            block = list(keys)
        block.append(value)
    yield block


def _total(columns: Sequence[_Shown]) -> int:
    return sum(column.width for column in columns) + len(_GAP) * max(len(columns) - 1, 0)


def _narrowed(columns: list[_Shown], room: int) -> list[_Shown]:
    narrowed = list(columns)
    while _total(narrowed) > room:
        widest = max(range(len(narrowed)), key=lambda index: narrowed[index].width)
        if narrowed[widest].width <= _NARROWEST:
            break
        narrowed[widest] = replace(narrowed[widest], width=narrowed[widest].width - 1)
    return narrowed


def _draw(columns: list[_Shown]) -> Iterator[Text]:
    yield _line([_placed(column.title, column) for column in columns], ["bold"] * len(columns))
    yield Text("─" * _total(columns), "dim")
    for index in range(len(columns[0].cells) if columns else 0):
        yield _line(
            [_placed(column.cells[index], column) for column in columns], [column.styles[index] for column in columns]
        )


def _line(cells: list[str], styles: list[str]) -> Text:
    line = Text()
    for number, (cell, style) in enumerate(zip(cells, styles, strict=True)):
        line.append(_GAP if number else "")
        line.append(cell, style)
    line.rstrip()
    return line


def _placed(text: str, column: _Shown) -> str:
    text = _fit(text, column.width)
    padding = " " * (column.width - cell_len(text))
    return padding + text if column.right else text + padding


def _fit(text: str, width: int | None) -> str:
    if width is None or cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def _clean(text: str) -> str:
    return _UNSAFE.sub(" ", text)


def _width_of(stream: TextIO) -> int | None:
    if os.environ.get("COLUMNS", "").isdecimal() or stream.isatty():
        return max(shutil.get_terminal_size().columns, 40)
    return None


def _console(stream: TextIO, width: int | None, colour: bool | None) -> Console:
    coloured = colour if colour is not None else stream.isatty() and not os.environ.get("NO_COLOR")
    return Console(
        file=stream,
        width=width or 10_000,
        color_system="standard" if coloured else None,
        force_terminal=coloured,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _print(console: Console, line: Text) -> None:
    # A stream that has no sign for ▼ shows a question mark rather than stopping half-way.
    encoding = getattr(console.file, "encoding", None) or "utf-8"
    try:
        line.plain.encode(encoding)
    except UnicodeEncodeError:
        line.plain = line.plain.encode(encoding, "replace").decode(encoding)
    console.print(line, soft_wrap=True)
