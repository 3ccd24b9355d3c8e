"""Frequencies as bars: barriers to the left, facilitators to the right. Knows no widget and no project."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from ipscoding.analysis import Row, Table
from ipscoding.domain import Valence
from ipscoding.i18n import _

BARRIER, FACILITATOR = "$text-warning", "$text-primary"
_LABEL_AT_LEAST, _LABEL_AT_MOST, _GAP, _BAR_AT_LEAST, _BAR_AT_MOST = 16, 44, 3, 3, 60


class Order(StrEnum):
    """How the rows are sorted."""

    CODEBOOK = "codebook"
    TOTAL = "total"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Facet:
    """One column of bars: whose interviews (None: all roles together), whose codings (empty: of all who count)."""

    role: str | None = None
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """The counts of one code in one facet; `of` is how many informants were interviewed. None: nothing to tell."""

    segments: int = 0
    informants: int = 0
    of: int = 0
    barrier: int = 0
    facilitator: int = 0
    barrier_informants: int = 0
    facilitator_informants: int = 0
    balance: float | None = None

    def sides(self, unit: str) -> tuple[int, int]:
        """Barriers and facilitators in `unit` (segments, informants)."""
        if unit == "segments":
            return self.barrier, self.facilitator
        return self.barrier_informants, self.facilitator_informants

    def total(self, unit: str) -> int:
        """All, with those that have no direction."""
        return self.segments if unit == "segments" else self.informants


_NOTHING = Figure()


@dataclass(slots=True)
class Bar:
    """One row: a code or a domain with its figures by facet; `domain` is the id of the domain it stands in."""

    id: str
    label: str
    domain: str
    figures: dict[Facet, Figure] = field(default_factory=dict)

    def figure(self, facet: Facet) -> Figure:
        """The figures in a facet, zeros where it has none."""
        return self.figures.get(facet, _NOTHING)

    def empty(self, facets: Sequence[Facet]) -> bool:
        """Whether there is nothing in any of `facets`."""
        return not any(self.figure(facet).segments for facet in facets)


@dataclass(slots=True)
class Chart:
    """All bars in the order of the codebook, and the facets they have figures in: all roles together come first."""

    bars: list[Bar]
    facets: list[Facet]

    def of_roles(self, apart: bool) -> list[Facet]:
        """The facets to show: each role, or all roles together."""
        return [facet for facet in self.facets if (facet.role is not None) == apart]

    def sorted(self, order: Order, unit: str, facet: Facet) -> list[Bar]:
        """The bars in `order` by the figures in `facet`; equal ones, and those without balance, as in the codebook."""
        if order is Order.TOTAL:
            return sorted(self.bars, key=lambda bar: -bar.figure(facet).total(unit))
        if order is Order.BALANCE:
            return sorted(self.bars, key=lambda bar: _rank(bar.figure(facet).balance))
        return list(self.bars)

    def longest(self, unit: str, facets: Sequence[Facet]) -> int:
        """The largest number on either side in `facets`: what a whole bar stands for where segments are counted."""
        return max((n for bar in self.bars for facet in facets for n in bar.figure(facet).sides(unit)), default=0)


def _rank(balance: float | None) -> tuple[bool, float]:
    return (balance is None, balance or 0.0)


def chart_of(by: str, *tables: Table, domains: dict[str, str]) -> Chart:
    """The chart of `tables` that have rows by `by` (code, domain), each with the same codes in the same order.

    `domains` gives the domain of every code.
    """
    bars: dict[str, Bar] = {}
    facets: dict[Facet, None] = {}
    for table in tables:
        for row in table.rows:
            id_, role = str(row[by]), row.get("role")
            facet = Facet(None if role is None else str(role), str(row.get("coder") or ""))
            facets[facet] = None
            bar = bars.setdefault(id_, Bar(id_, str(row[f"{by}_label"]), domains.get(id_, id_)))
            bar.figures[facet] = _figure(row)
    return Chart(list(bars.values()), list(facets))


def _figure(row: Row) -> Figure:
    def number(name: str) -> int:
        value = row.get(name)
        return value if isinstance(value, int) else 0

    balance = row.get("balance")
    return Figure(
        number("segments"),
        number("informants"),
        number("informants_of"),
        number("barrier"),
        number("facilitator"),
        number("barrier_informants"),
        number("facilitator_informants"),
        balance if isinstance(balance, float) else None,
    )


def as_shown(table: Table, by: str, bars: Sequence[Bar]) -> Table:
    """The rows of `table` that belong to `bars`, in their order."""
    rank = {bar.id: number for number, bar in enumerate(bars)}
    rows = [row for row in table.rows if str(row[by]) in rank]
    return replace(table, rows=sorted(rows, key=lambda row: rank[str(row[by])]))


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


def heading(titles: Sequence[tuple[str, str]], room: Measures) -> Content:
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
    return Content("\n").join([Content.styled("".join(names).rstrip(), "bold"), Content("".join(sides).rstrip())])


def line(bar: Bar, facets: Sequence[Facet], room: Measures, unit: str, longest: int, *, indent: int = 0) -> Content:
    """One row of the chart."""
    label = _fill(_cut(" " * indent + bar.label, room.label - 1), room.label)
    parts: list[Content | str | tuple[str, str]] = [label]
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
            parts += [f"{figure.segments:>5}", f"{informants:>8}", (f"{balance_text(figure.balance):>6}", "")]
        else:
            parts.append((_number(figure.total(unit), figure, unit).rjust(room.numbers + 1), "dim"))
        parts.append(" " * _GAP)
    return Content.assemble(*parts)


def balance_text(balance: float | None) -> str:
    """A balance from −1 to +1 with its sign; a dash where it is undefined."""
    return "–" if balance is None else f"{balance:+.2f}".replace("-", "−")


def _side(n: int, figure: Figure, room: Measures, unit: str, most: int, *, left: bool) -> list[tuple[str, str]]:
    halves = max(round(2 * room.bar * n / most), 1) if n and most else 0
    full, half = divmod(halves, 2)
    drawn = "█" * full
    colour = BARRIER if left else FACILITATOR
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
