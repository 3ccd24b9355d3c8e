"""Bars of barriers and facilitators in cells of a terminal, for commands and screens alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size

from ipscoding.analysis.chart import Bar, Chart, Facet, Figure
from ipscoding.domain import Valence
from ipscoding.i18n import _

Part = tuple[str, str]
"""A piece of a line and how it looks: `barrier`, `facilitator`, `dim` or nothing special (empty)."""

_LABEL_AT_LEAST, _LABEL_AT_MOST, _GAP, _BAR_AT_LEAST, _BAR_AT_MOST = 16, 44, 3, 3, 60


@dataclass(frozen=True, slots=True)
class Measures:
    """How a row of the chart is shared out, in cells; `numbers` is the room for a number at a bar's end."""

    label: int
    numbers: int
    bar: int
    whole: bool
    fits: int

    @property
    def facet(self) -> int:
        """The width of one facet."""
        total = self.numbers + 1
        return 2 * (self.numbers + 1 + self.bar) + 1 + (_WHOLE if self.whole else total)


_WHOLE = 5 + 7 + 7


def measures(width: int, chart: Chart, unit: str, facets: Sequence[Facet]) -> Measures:
    """How to share out `width` cells: as many of `facets` as have room, a single one with all its figures."""
    figures = [bar.figure(facet) for bar in chart.bars for facet in facets]
    numbers = max((2, *(len(_number(figure.total(unit), figure, unit)) for figure in figures)))
    label = max((cell_len(bar.label) for bar in chart.bars), default=0) + 3
    label = max(min(label, _LABEL_AT_MOST, width // 3), _LABEL_AT_LEAST)
    whole = len(facets) == 1
    smallest = Measures(label, numbers, _BAR_AT_LEAST + (0 if whole else 2), whole, 1)
    fits = 1 if whole else max(min(len(facets), (width - label) // (smallest.facet + _GAP)), 1)
    room = (width - label) // fits - _GAP
    spare = room - smallest.facet
    return replace(smallest, bar=min(smallest.bar + max(spare, 0) // 2, _BAR_AT_MOST), fits=fits)


def heading(titles: Sequence[tuple[str, str]], room: Measures) -> tuple[str, str]:
    """Two lines over the bars: whose they are (a name that may be cut, and what may not), and which side is which."""
    names, sides = [" " * room.label], [" " * room.label]
    half = room.numbers + 1 + room.bar
    for name, more in titles:
        names.append(_fill(_cut(name, max(room.facet - cell_len(more), 4)) + more, room.facet + _GAP))
        left = _if_room(_("barrier"), half - 4) + Valence.BARRIER.sign
        right = Valence.FACILITATOR.sign + _if_room(_("facilitator"), half - 4, after=True)
        side = f"{_fill(left, half - 1, right=True)} │ {_fill(right, half - 1)}"
        if room.whole:
            side += f"{_cut(_('segm.'), 5):>5}{_cut(_('inform.'), 7):>8}{_cut(_('bal.'), 6):>6}"
        else:
            side += _fill(_cut(_("all"), room.numbers + 1), room.numbers + 1, right=True)
        sides.append(_fill(side, room.facet + _GAP))
    return "".join(names).rstrip(), "".join(sides).rstrip()


def line(bar: Bar, facets: Sequence[Facet], room: Measures, unit: str, longest: int, *, indent: int = 0) -> list[Part]:
    """One row of the chart."""
    label = _fill(_cut(" " * indent + bar.label, room.label - 1), room.label)
    parts: list[Part] = [(label, "")]
    for facet in facets:
        figure = bar.figure(facet)
        left, right = figure.sides(unit)
        most = longest if unit == "segments" else figure.of
        parts += [
            *_side(left, figure, room, unit, most, left=True),
            ("│", "dim"),
            *_side(right, figure, room, unit, most, left=False),
        ]
        if room.whole:
            informants = f"{figure.informants}/{figure.of}"
            parts.append((f"{figure.segments:>5}{informants:>8}{balance_text(figure.balance):>6}", ""))
        else:
            parts.append((_number(figure.total(unit), figure, unit).rjust(room.numbers + 1), "dim"))
        parts.append((" " * _GAP, ""))
    return parts


def balance_text(balance: float | None) -> str:
    """A balance from −1 to +1 with its sign; a dash where it is undefined."""
    return "–" if balance is None else f"{balance:+.2f}".replace("-", "−")


def _side(n: int, figure: Figure, room: Measures, unit: str, most: int, *, left: bool) -> list[Part]:
    halves = max(round(2 * room.bar * n / most), 1) if n and most else 0
    full, half = divmod(halves, 2)
    drawn = "█" * full
    colour = "barrier" if left else "facilitator"
    number = _number(n, figure, unit)
    sign = (Valence.BARRIER if left else Valence.FACILITATOR).sign if n else " "
    quiet = "" if n else "dim"
    if left:
        drawn = ("▐" if half else "") + drawn
        rest = room.bar - len(drawn)
        return [(f"{number:>{room.numbers}}", quiet), (sign, colour), (" " * rest + drawn, colour)]
    drawn += "▌" if half else ""
    return [(drawn + " " * (room.bar - len(drawn)), colour), (sign, colour), (f"{number:<{room.numbers}}", quiet)]


def _number(n: int, figure: Figure, unit: str) -> str:
    return str(n) if unit == "segments" else f"{n}/{figure.of}"


def _cut(text: str, cells: int) -> str:
    return text if cell_len(text) <= cells else set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"


def _if_room(word: str, cells: int, *, after: bool = False) -> str:
    """A word beside a sign, or nothing where only the sign has room."""
    if cell_len(word) > cells:
        return ""
    return f" {word}" if after else f"{word} "


def _fill(text: str, cells: int, *, right: bool = False) -> str:
    space = " " * max(cells - cell_len(text), 0)
    return space + text if right else text + space
