"""Pictures of a project: what they are made from, and each as a file or for the terminal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipscoding.analysis.chart import Bar, Chart, Facet, Order, chart_of
from ipscoding.analysis.names import hint
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.analysis.saturation import Asked, saturation_of
from ipscoding.errors import NotFound
from ipscoding.exchange.pictures.curve import Line, lines_of
from ipscoding.i18n import N_, _, language
from ipscoding.project import Project, codebooks

KINDS: Mapping[str, str] = {
    "sides": N_("barriers and facilitators on two sides, group by group"),
    "bars": N_("how many in all"),
    "heat": N_("codes by groups, the share of each group"),
    "saturation": N_("codes known after each interview"),
}
"""The pictures there are, each with what it shows (to be translated)."""

UNITS = ("informants", "segments")


@dataclass(frozen=True, slots=True)
class Wish:
    """What picture is wanted.

    `by` is what has a row (`code`, `domain`); `roles`: each role apart, else all informants together; `order` of the
    rows; `top`: only so many, those with most (0: all); `used`: leave out rows in which nothing was found.
    `filters` go to `frequencies_of` (`coders`, `codes`, `roles`, `names`, `where`, `min_cell`, `pooled`).
    """

    kind: str
    by: str = "code"
    unit: str = "informants"
    roles: bool = True
    order: Order = Order.CODEBOOK
    top: int = 0
    used: bool = False
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is drawn: bars in order with their facets, or lines; `notes` say how it was counted."""

    wish: Wish
    bars: list[Bar] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    domains: dict[str, str] = field(default_factory=dict)
    chart: Chart = field(default_factory=lambda: Chart([], []))
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def file(self, form: str) -> bytes:
        """The picture as a file in one of the `paper.FORMS`."""
        from ipscoding.exchange.pictures import bars, curve, heat

        wish = self.wish
        if wish.kind == "saturation":
            return curve.curve(self.lines, form)
        if wish.kind == "heat":
            return heat.heat(self.bars, self.facets, form, self.domains)
        if wish.kind == "bars":
            return bars.totals(self.bars, self.facets, wish.unit, form, self.domains)
        return bars.sides(self.bars, self.facets, wish.unit, form, self.domains)


def picture_of(project: Project, wish: Wish) -> Picture:
    """What a picture of the project is drawn from. Raises `NotFound` for what there is not."""
    for asked, known, what in (
        (wish.kind, KINDS, _("No such picture: {name}")),
        (wish.unit, UNITS, _("No such unit: {name}")),
        (wish.by, ("code", "domain"), _("No rows by: {name}")),
    ):
        if asked not in known:
            raise NotFound(what.format(name=asked), hint([asked], list(known)))
    if wish.kind == "saturation":
        taken = {key: value for key, value in wish.filters.items() if key in ("coders", "pooled", "roles", "names")}
        table = saturation_of(project, Asked(part="curve", by=("role",) if wish.roles else ()), **taken)
        return Picture(wish, lines=lines_of(table), notes=list(table.notes))
    by = (wish.by, "role") if wish.roles else (wish.by,)
    table = frequencies_of(project, by=by, units=("segments", "informants"), sides=True, **wish.filters)
    book = codebooks.load(project)
    chart = chart_of(wish.by, table, domains={code.id: book.path(code.id)[0].id for code in book.codes})
    bars = _chosen(chart, wish)
    named = wish.by == "code" and wish.order is Order.CODEBOOK
    domains = {bar.domain: book.by_id[bar.domain].name(language()) for bar in bars} if named else {}
    notes = list(table.notes)
    if wish.kind == "sides":
        notes.append(_("Passages without a direction are not drawn."))
    return Picture(wish, bars, list(chart.facets), domains, chart, notes=notes)


def _chosen(chart: Chart, wish: Wish) -> list[Bar]:
    """The bars to draw, in the order wished; rows are sorted by all groups together."""

    def total(bar: Bar) -> int:
        return sum(bar.figure(facet).total(wish.unit) for facet in chart.facets)

    def balance(bar: Bar) -> tuple[bool, float]:
        barrier, facilitator = (
            sum(bar.figure(facet).sides(wish.unit)[side] for facet in chart.facets) for side in (0, 1)
        )
        both = barrier + facilitator
        return (not both, (facilitator - barrier) / both if both else 0.0)

    bars = list(chart.bars)
    if wish.used:
        bars = [bar for bar in bars if not bar.empty(chart.facets) or any(f.hidden for f in bar.figures.values())]
    if wish.top:
        most = {bar.id for bar in sorted(bars, key=lambda bar: -total(bar))[: wish.top]}
        bars = [bar for bar in bars if bar.id in most]
    if wish.order is Order.TOTAL:
        bars.sort(key=lambda bar: -total(bar))
    elif wish.order is Order.BALANCE:
        bars.sort(key=balance)
    return bars
