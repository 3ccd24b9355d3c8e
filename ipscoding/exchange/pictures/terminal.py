"""Pictures in the cells of a terminal; nothing is told by colour alone."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ipscoding.analysis.chart import Bar, Chart, Facet
from ipscoding.exchange.pictures.cells import fill
from ipscoding.exchange.pictures.curve import Line
from ipscoding.exchange.pictures.names import facet_name, rows_of
from ipscoding.exchange.pictures.of_project import Picture
from ipscoding.exchange.pictures.terminal_groups import contrast_lines, score_lines
from ipscoding.exchange.pictures.terminal_near import matrix_lines, network_lines
from ipscoding.exchange.terminal_chart import heading, line, measures
from ipscoding.i18n import _, ngettext

_LOOKS = {"barrier": "yellow", "facilitator": "blue", "dim": "dim", "": ""}
_SHADES = " ░▒▓█"
_HEIGHT = 14


def show(picture: Picture, stream: TextIO, width: int | None = None) -> None:
    """Draw the picture on `stream`, as wide as the terminal or `width`; colours only on a terminal."""
    console = Console(file=stream, width=width, highlight=False, markup=False, soft_wrap=True)
    for text in lines_of_picture(picture, console.width):
        text.rstrip()
        console.print(text)
    if picture.notes:
        console.print()
    for note in picture.notes:
        console.print(Text(note, style="dim"))


def lines_of_picture(picture: Picture, width: int) -> Iterator[Text]:
    """The picture line by line, none wider than `width` cells; without its notes."""
    rows = rows_of(picture.bars, picture.domains)
    match picture.wish.kind:
        case "saturation":
            yield from _curves(picture.lines, width)
        case "contrast":
            yield from contrast_lines(picture.contrasts, width)
        case "fidelity":
            yield from score_lines(picture.scores, width)
        case "network":
            yield from network_lines(picture.near, picture.wish.measure, width)
        case "matrix" if picture.near.nodes:
            yield from matrix_lines(picture.near, picture.wish.measure, width)
        case _ if not rows:
            yield Text(_("There is nothing to draw."))
        case "heat":
            yield from _heat(rows, picture.facets, width)
        case "bars":
            yield from _totals(rows, picture.facets, picture.wish.unit, width)
        case _:
            yield from _sides(rows, picture.facets, picture.wish.unit, width)


def _sides(rows: Sequence[Bar | str], facets: Sequence[Facet], unit: str, width: int) -> Iterator[Text]:
    bars = [row for row in rows if isinstance(row, Bar)]
    chart = Chart(bars, list(facets))
    room = measures(width, chart, unit, facets)
    longest = chart.longest(unit, facets)
    for first in range(0, len(facets), room.fits):
        shown = facets[first : first + room.fits]
        if first:
            yield Text()
        titles = [(facet_name(facet), f" n={_of(bars, facet)}") for facet in shown]
        names, sides = heading(titles, room)
        yield Text(names, style="bold")
        yield Text(sides, style="dim")
        for row in rows:
            if isinstance(row, str):
                yield Text(row, style="bold")
            else:
                yield Text.assemble(*((text, _LOOKS[look]) for text, look in line(row, shown, room, unit, longest)))


def _totals(rows: Sequence[Bar | str], facets: Sequence[Facet], unit: str, width: int) -> Iterator[Text]:
    bars = [row for row in rows if isinstance(row, Bar)]
    most = max((bar.figure(facet).total(unit) for bar in bars for facet in facets), default=0)
    label = _label_width(rows, width)
    for number, facet in enumerate(facets):
        of = _of(bars, facet)
        widest = max(of if unit == "informants" else most, 1)
        room = max(width - label - 12, 10)
        if number:
            yield Text()
        yield Text(f"{facet_name(facet)} n={of}", style="bold")
        for row in rows:
            if isinstance(row, str):
                yield Text(row, style="bold")
                continue
            figure = row.figure(facet)
            n = 0 if figure.hidden else figure.total(unit)
            said = figure.hidden or (f"{n}/{figure.of}" if unit == "informants" else str(n))
            bar = "█" * (max(round(room * n / widest), 1) if n else 0)
            yield Text.assemble(
                fill(row.label, label), " ", (bar, "blue"), " " if bar else "", (said, "" if n else "dim")
            )


def _heat(rows: Sequence[Bar | str], facets: Sequence[Facet], width: int) -> Iterator[Text]:
    label = _label_width(rows, width)
    column = max(min((width - label) // max(len(facets), 1) - 2, 14), 7)
    fits = max((width - label) // (column + 2), 1)
    for first in range(0, len(facets), fits):
        shown = facets[first : first + fits]
        if first:
            yield Text()
        yield Text(" " * label + "".join("  " + fill(facet_name(facet), column) for facet in shown), style="bold")
        for row in rows:
            if isinstance(row, str):
                yield Text(row, style="bold")
                continue
            parts = [(fill(row.label, label), "")]
            for facet in shown:
                figure = row.figure(facet)
                share = figure.informants / figure.of if figure.of and not figure.hidden else 0.0
                shade = _SHADES[min(round(share * 4) or bool(share), 4)] * max(column - 6, 1)
                said = figure.hidden or (f"{figure.informants}/{figure.of}" if figure.of else "–")
                parts += [("  " + shade, "blue"), (f" {said}".ljust(column - len(shade)), "" if share else "dim")]
            yield Text.assemble(*parts)
    yield Text(_("Shade: the share of the informants of the group, from nobody ( ) to everybody (█)."), style="dim")


def _curves(lines: Sequence[Line], width: int) -> Iterator[Text]:
    if not lines:
        yield Text(_("There is nothing to draw."))
    for number, one in enumerate(lines):
        if number:
            yield Text()
        n = one.known[-1] if one.known else 0
        codes = ngettext("{n} code in all", "{n} codes in all", n).format(n=n)
        yield Text.assemble((f"{one.name}  " if one.name else "", "bold"), (codes, "dim"))
        yield from _curve(one, width)
    if lines:
        said = _("█ codes known before, ▒ new in this interview, · where nine in ten random orders end up")
        yield Text(said, style="dim")


def _curve(one: Line, width: int) -> Iterator[Text]:
    """Each interview is a column: known codes as a bar, what is new in it as its light top; `·` is the band."""
    most = max([*one.known, *(high for _l, _m, high in one.band), 1])
    column = max(min((width - 8) // max(len(one.known), 1), 5), 1)
    step = most / _HEIGHT
    for level in range(_HEIGHT, 0, -1):
        cells = Text(f"{round(level * step):>5} │" if level % 2 == 0 or level == _HEIGHT else "      │", style="dim")
        for place, (known, new) in enumerate(zip(one.known, one.new, strict=True)):
            low, high = (one.band[place][0], one.band[place][2]) if place < len(one.band) else (0, 0)
            at = (level - 0.5) * step
            wide = max(column - 1, 1)
            if at <= known - new:
                cells.append("█" * wide, style="blue")
            elif at <= known:
                cells.append("▒" * wide, style="yellow")
            else:
                cells.append(("·" if low <= at <= high else " ") * wide, style="dim")
            cells.append(" " * (column - wide))
        yield cells
    yield Text("    0 └" + "─" * (column * len(one.known)), style="dim")
    every = 1 if column >= 3 else 5
    numbers = "".join(
        str(n).ljust(column)[:column] if column >= 3 else (str(n).ljust(column * every) if n % every == 1 else "")
        for n in range(1, len(one.known) + 1)
    )
    yield Text(f"       {numbers}", style="dim")


def _of(bars: Sequence[Bar], facet: Facet) -> int:
    return next((bar.figure(facet).of for bar in bars if facet in bar.figures), 0)


def _label_width(rows: Sequence[Bar | str], width: int) -> int:
    longest = max((cell_len(row.label) for row in rows if isinstance(row, Bar)), default=0)
    return max(min(longest, 44, width // 3), 12)
