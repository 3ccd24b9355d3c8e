"""Frequencies as bars, before anybody draws them: barriers on one side, facilitators on the other, group by group."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ipscoding.analysis.table import Row, Table


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
    """The counts of one code in one facet; `of` is how many informants were interviewed, `balance` None: undefined.

    `hidden` says what is to be shown instead where figures are hidden for resting on few people (`<3`), else nothing.
    """

    segments: int = 0
    informants: int = 0
    of: int = 0
    barrier: int = 0
    facilitator: int = 0
    barrier_informants: int = 0
    facilitator_informants: int = 0
    balance: float | None = None
    hidden: str = ""

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
        str(row.get("hidden") or ""),
    )


def as_shown(table: Table, by: str, bars: Sequence[Bar]) -> Table:
    """The rows of `table` that belong to `bars`, in their order."""
    rank = {bar.id: number for number, bar in enumerate(bars)}
    rows = [row for row in table.rows if str(row[by]) in rank]
    return replace(table, rows=sorted(rows, key=lambda row: rank[str(row[by])]))
