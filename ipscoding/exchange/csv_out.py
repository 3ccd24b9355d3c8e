"""Tables as CSV, in one form for programs (`plain`) and one for a Norwegian Excel (`excel-no`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from ipscoding.analysis import Cell, Tabular
from ipscoding.analysis.names import hint
from ipscoding.errors import NotFound
from ipscoding.i18n import _

_DANGEROUS = "=+\\-@\t\r\n\0＝＋－＠"
_LOOKS_LIKE_A_FORMULA = re.compile(f"'*[{_DANGEROUS}]")
_GUARDED = re.compile(f"'+[{_DANGEROUS}]")
_NEEDS_QUOTES = re.compile('[,;"\r\n]')
_LINE_BREAK = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Preset:
    """A form of CSV. `guard` puts `'` before text that a spreadsheet would take for a formula, and quotes all cells."""

    name: str
    delimiter: str
    row_end: str
    decimal: str
    bom: bool
    guard: bool


PLAIN = Preset("plain", ",", "\n", ".", bom=False, guard=False)
EXCEL_NO = Preset("excel-no", ";", "\r\n", ",", bom=True, guard=True)
PRESETS = {preset.name: preset for preset in (PLAIN, EXCEL_NO)}


def preset_named(name: str) -> Preset:
    """The preset called `name`; raises `NotFound` where there is none."""
    if name not in PRESETS:
        raise NotFound(_("No such form of CSV: {name}").format(name=name), hint([name], PRESETS))
    return PRESETS[name]


def guarded(text: str) -> str:
    """`text` with `'` in front where a spreadsheet would take it for a formula; `unguarded` takes it away again."""
    return f"'{text}" if _LOOKS_LIKE_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `text` was before `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def decimals(number: float, point: str = ".") -> str:
    """A number with up to six decimals and no idle zeros."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", point)


def lines(table: Tabular, preset: Preset = PLAIN) -> Iterator[str]:
    """The lines of `table`, the names of the columns first, each with its end."""
    names = [column.name for column in table.columns]
    yield ("\ufeff" if preset.bom else "") + _line(list(names), preset)
    for row in table.rows:
        yield _line([row[name] for name in names], preset)


def write_csv(table: Tabular, stream: TextIO, preset: str | Preset = PLAIN) -> None:
    """Write `table` to a text `stream` that leaves line ends alone (`newline=""`) and encodes as UTF-8."""
    stream.writelines(lines(table, preset if isinstance(preset, Preset) else preset_named(preset)))


def _line(cells: list[Cell], preset: Preset) -> str:
    texts = [_cell(cell, preset) for cell in cells]
    # A line that is empty would be no row at all.
    return (preset.delimiter.join(texts) if texts != [""] else '""') + preset.row_end


def _cell(cell: Cell, preset: Preset) -> str:
    if isinstance(cell, str):
        text = guarded(_LINE_BREAK.sub("\n", cell)) if preset.guard else cell
    elif cell is None:
        text = ""
    else:
        text = decimals(cell, preset.decimal) if isinstance(cell, float) else str(cell)
    if preset.guard or _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
