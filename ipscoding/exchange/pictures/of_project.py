"""Pictures of a project: what they are made from, and each as a file or for the terminal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipscoding.analysis.chart import Bar, Chart, Facet, Order, chart_of
from ipscoding.analysis.cooccurrence import pairs_table
from ipscoding.analysis.fidelity import fidelity_of
from ipscoding.analysis.names import hint
from ipscoding.analysis.of_project import cooccurrence_of, frequencies_of
from ipscoding.analysis.query import asked
from ipscoding.analysis.saturation import Asked, saturation_of
from ipscoding.analysis.triangulation import Asked as Groups
from ipscoding.analysis.triangulation import triangulation_of
from ipscoding.errors import NotFound
from ipscoding.exchange.pictures.contrast import Contrasts, contrasts_of
from ipscoding.exchange.pictures.curve import Line, lines_of
from ipscoding.exchange.pictures.near import Near, near_of, network_of
from ipscoding.exchange.pictures.scores import Scores, scores_of
from ipscoding.i18n import N_, _, language
from ipscoding.project import Project, codebooks

KINDS: Mapping[str, str] = {
    "sides": N_("barriers and facilitators on two sides, group by group"),
    "bars": N_("how many in all"),
    "heat": N_("codes by groups, the share of each group"),
    "saturation": N_("codes known after each interview"),
    "contrast": N_("where groups lie apart in what they say of a code"),
    "matrix": N_("codes by codes, how often they stand near each other"),
    "network": N_("codes that stand near each other, joined by lines"),
    "fidelity": N_("fidelity scores beside what was coded for the same items"),
}
"""The pictures there are, each with what it shows (to be translated)."""

UNITS = ("informants", "segments")
MEASURES = ("pairs", "jaccard")


@dataclass(frozen=True, slots=True)
class Wish:
    """What picture is wanted; what a kind has no use for is left alone.

    `by` is what has a row (`code`, `domain`); `roles`: each role apart, else all informants together; `order` of the
    rows; `top`: only so many, those with most (0: all); `used`: leave out rows in which nothing was found.
    `groups` of informants are what a contrast is of (empty: roles), `side` the only way of naming a code that counts
    there (`barrier`, `facilitator`). `within` and `measure` say what near is in a matrix or network and how strong,
    `least` how many pairs a line of the network needs (0: so many that it is no tangle). `filters` go to the analysis
    (`coders`, `codes`, `roles`, `names`, `where`, `min_cell`, `pooled`).
    """

    kind: str
    by: str = "code"
    unit: str = "informants"
    roles: bool = True
    order: Order = Order.CODEBOOK
    top: int = 0
    used: bool = False
    groups: tuple[str, ...] = ()
    side: str = ""
    within: str = "overlap"
    measure: str = "pairs"
    least: int = 0
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is drawn, in the field that its kind is made of; `notes` say how it was counted.

    `domains` are names of domains by id.
    """

    wish: Wish
    bars: list[Bar] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    domains: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    near: Near = field(default_factory=Near)
    contrasts: Contrasts = field(default_factory=Contrasts)
    scores: Scores = field(default_factory=Scores)
    notes: list[str] = field(default_factory=list)

    def file(self, form: str) -> bytes:
        """The picture as a file in one of the `paper.FORMS`."""
        from ipscoding.exchange.pictures import bars, contrast, curve, heat, matrix, network, scores

        wish = self.wish
        match wish.kind:
            case "saturation":
                return curve.curve(self.lines, form)
            case "heat":
                return heat.heat(self.bars, self.facets, form, self.domains)
            case "bars":
                return bars.totals(self.bars, self.facets, wish.unit, form, self.domains)
            case "contrast":
                return contrast.contrast(self.contrasts, form)
            case "matrix":
                return matrix.matrix(self.near, wish.measure, form)
            case "network":
                return network.network(self.near, self.domains, wish.measure, form)
            case "fidelity":
                return scores.scores(self.scores, form)
            case _:
                return bars.sides(self.bars, self.facets, wish.unit, form, self.domains)


def picture_of(project: Project, wish: Wish) -> Picture:
    """What a picture of the project is drawn from. Raises `NotFound` for what there is not."""
    for wanted, known, what in (
        (wish.kind, KINDS, _("No such picture: {name}")),
        (wish.unit, UNITS, _("No such unit: {name}")),
        (wish.measure, MEASURES, _("No such measure: {name}")),
        (wish.by, ("code", "domain"), _("No rows by: {name}")),
    ):
        if wanted not in known:
            raise NotFound(what.format(name=wanted), hint([wanted], list(known)))
    match wish.kind:
        case "saturation":
            return _saturation(project, wish)
        case "contrast":
            return _contrast(project, wish)
        case "matrix" | "network":
            return _near(project, wish)
        case "fidelity":
            return _fidelity(project, wish)
        case _:
            return _frequencies(project, wish)


def _frequencies(project: Project, wish: Wish) -> Picture:
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
    return Picture(wish, bars, list(chart.facets), domains, notes=notes)


def _saturation(project: Project, wish: Wish) -> Picture:
    taken = {key: value for key, value in wish.filters.items() if key in ("coders", "pooled", "roles", "names")}
    table = saturation_of(project, Asked(part="curve", by=("role",) if wish.roles else ()), **taken)
    return Picture(wish, lines=lines_of(table), notes=list(table.notes))


def _contrast(project: Project, wish: Wish) -> Picture:
    given = _filters(wish)
    question = Groups(by=wish.groups, rows=wish.by, side=wish.side, min_cell=given.pop("min_cell", 0))
    made = triangulation_of(project, question, **given)
    roles = wish.groups in ((), ("role",))
    drawn = contrasts_of(made, wish.by, side=wish.side, roles=roles, used=wish.used, top=wish.top)
    return Picture(wish, contrasts=drawn, notes=list(made.table.notes))


def _near(project: Project, wish: Wish) -> Picture:
    found, kept_back = cooccurrence_of(project, within=wish.within, **_filters(wish))
    near, said = near_of(found, top=wish.top), list[str]()
    if wish.kind == "network":
        near, said = network_of(near, wish.least)
    book = codebooks.load(project)
    domains = {
        node.domain: book.by_id[node.domain].name(language()) for node in near.nodes if node.domain in book.by_id
    }
    return Picture(wish, domains=domains, near=near, notes=[*pairs_table(found).notes, *said, *kept_back])


def _fidelity(project: Project, wish: Wish) -> Picture:
    table = fidelity_of(project, **_filters(wish))
    return Picture(wish, scores=scores_of(table), notes=list(table.notes))


def _filters(wish: Wish) -> dict[str, Any]:
    """The filters with all that limits what is counted put into one query."""
    given = dict(wish.filters)
    limits = {
        name: given.pop(key, ()) for key, name in (("codes", "codes"), ("roles", "roles"), ("names", "documents"))
    }
    return {**given, "where": asked(given.get("where", ""), **limits)}


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
