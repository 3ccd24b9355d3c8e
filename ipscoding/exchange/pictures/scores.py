"""Fidelity scores beside what was coded for the same items, site by site, for papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipscoding.analysis.chart import Bar, Facet, Figure
from ipscoding.analysis.table import Cell, Table
from ipscoding.errors import NotAllowed
from ipscoding.exchange.pictures.bars import legend, name_rows, side_bars
from ipscoding.exchange.pictures.paper import GRID, INK, QUIET, as_file, drawing
from ipscoding.i18n import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW, _AROUND, _SCORE, _SIDES, _LABELS = 0.19, 1.0, 0.9, 1.6, 3.0
BEST = 5
"""The highest score of an item."""


@dataclass(frozen=True, slots=True)
class Site:
    """One assessment of a site: its name with the date, by item the score (None: not scored) and what was coded."""

    name: str
    scores: Sequence[int | None]
    figures: Sequence[Figure | None]
    of: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The names of the items in order, and the sites."""

    items: Sequence[str] = ()
    sites: Sequence[Site] = ()


def scores_of(table: Table) -> Scores:
    """What a table of `ipscoding.analysis.fidelity` gives to draw, without sites that have no scores and no informants.

    Raises `NotAllowed` where coders are counted apart.
    """
    if len({row.get("coder", "") for row in table.rows}) > 1:
        what = _("The picture is of one coder's work, and several are counted apart")
        raise NotAllowed(what, _("Choose one with --coders, or unite them with --pooled"))
    items: dict[str, str] = {}
    sites: dict[str, list[tuple[int | None, Figure | None, int]]] = {}
    for row in table.rows:
        items[str(row["item"])] = f"{row['item_number']} {row['item_label']}"
        name = f"{row['site']} ({row['date']})" if row["date"] else str(row["site"])
        of = _whole(row["informants_of"])
        figure = None
        if row["informants"] is not None or row.get("hidden"):
            figure = Figure(
                informants=_whole(row["informants"]) or 0,
                of=of or 0,
                barrier_informants=_whole(row["barrier_informants"]) or 0,
                facilitator_informants=_whole(row["facilitator_informants"]) or 0,
                hidden=str(row.get("hidden") or ""),
            )
        sites.setdefault(name, []).append((_whole(row["score"]), figure, of or 0))
    return Scores(
        list(items.values()),
        [
            Site(name, [score for score, _f, _o in told], [figure for _s, figure, _o in told],
                 max((of for _s, _f, of in told), default=0))
            for name, told in sites.items()
            if any(score is not None or of for score, _f, of in told)
        ],
    )  # fmt: skip


def _whole(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None


def scores(drawn: Scores, form: str) -> bytes:
    """For each site its score on each item (1 to 5), and beside it who names the item as a barrier or facilitator."""
    n = len(drawn.items)
    scored = [any(score is not None for score in site.scores) for site in drawn.sites]
    wide = [width for has in scored for width in ((_SCORE, _SIDES) if has else (_SIDES,))] or [_SIDES]
    with drawing(_LABELS + sum(wide), _AROUND + _ROW * max(n, 4)) as figure:
        panels = figure.subplots(1, len(wide), sharey=True, squeeze=False, width_ratios=wide)[0]
        bars = [Bar(label, label, "") for label in drawn.items]
        left = iter(panels)
        for site, has in zip(drawn.sites, scored, strict=True):
            if has:
                _scores(next(left), site)
            panel, facet = next(left), Facet(site.name)
            for bar, told in zip(bars, site.figures, strict=True):
                if told is not None:
                    bar.figures[facet] = told
            side_bars(panel, bars, facet, "informants", max(site.of, 1))
            for place, told in enumerate(site.figures):
                if told is None:
                    panel.text(0.04, place, "–", ha="left", va="center", fontsize=6, color=QUIET)
            panel.set_title(f"{site.name}\nn = {site.of}", fontsize=8)
        name_rows(panels[0], list(bars))
        if not drawn.sites:
            panels[0].set_axis_off()
        legend(figure, panels)
        figure.supxlabel(_("Fidelity scores, and informants of the site who name the item"), fontsize=8)
        return as_file(figure, form)


def _scores(panel: "Axes", site: Site) -> None:
    for place, score in enumerate(site.scores):
        if score is None:
            panel.text(1, place, "–", ha="center", va="center", fontsize=6, color=QUIET)
        else:
            panel.plot([1, score], [place, place], color=QUIET, linewidth=0.8, zorder=1)
            panel.plot(score, place, "o", markersize=6.5, color=INK, zorder=2)
            panel.text(score, place, str(score), ha="center", va="center_baseline", fontsize=5, color="white")
    panel.set_xlim(0.5, BEST + 0.5)
    panel.set_xticks(range(1, BEST + 1), [str(score) for score in range(1, BEST + 1)], fontsize=6)
    panel.grid(axis="x", color=GRID, linewidth=0.5)
    panel.set_title(_("Score"), fontsize=8)
    panel.spines["left"].set_visible(False)
    panel.tick_params(axis="y", length=0)
    panel.tick_params(axis="x", length=2, width=0.5)
