"""Bars for papers: barriers to the left and facilitators to the right, group by group; or how many in all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from ipscoding.analysis.chart import Bar, Facet
from ipscoding.domain import Valence
from ipscoding.exchange.pictures.names import facet_name, rows_of, unit_name
from ipscoding.exchange.pictures.paper import BARRIER, FACILITATOR, GRID, INK, QUIET, as_file, drawing
from ipscoding.i18n import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW, _AROUND, _PANEL, _LABELS = 0.19, 0.9, 1.7, 2.6


def sides(bars: Sequence[Bar], facets: Sequence[Facet], unit: str, form: str, domains: dict[str, str]) -> bytes:
    """A panel for each facet: barriers left of the middle, facilitators right of it, in `unit`.

    `domains` gives the names of the domains that are headings between the bars; without them there are none. Segments
    are on one scale in all panels; where informants are counted, half a panel is everybody interviewed in the group.
    """
    rows = rows_of(bars, domains)
    height = _AROUND + _ROW * max(len(rows), 4)
    with drawing(_LABELS + _PANEL * max(len(facets), 1), height) as figure:
        panels = figure.subplots(1, max(len(facets), 1), sharey=True, squeeze=False)[0]
        most = max((n for bar in bars for facet in facets for n in bar.figure(facet).sides(unit)), default=0)
        for panel, facet in zip(panels, facets, strict=False):
            of = next((bar.figure(facet).of for bar in bars if facet in bar.figures), 0)
            side_bars(panel, rows, facet, unit, max(of if unit == "informants" else most, 1))
            panel.set_title(f"{facet_name(facet)}\nn = {of}", fontsize=8)
        name_rows(panels[0], rows)
        legend(figure, panels)
        figure.supxlabel(_("Number of {unit}").format(unit=unit_name(unit)), fontsize=8)
        return as_file(figure, form)


def side_bars(panel: "Axes", rows: Sequence[Bar | str], facet: Facet, unit: str, widest: int) -> None:
    """Barriers left of the middle and facilitators right of it, with their numbers; half the panel is `widest`.

    Rows that have no figures in `facet` stay empty.
    """
    gap = widest * 0.04
    told = [
        (place, bar.figure(facet)) for place, bar in enumerate(rows) if isinstance(bar, Bar) and facet in bar.figures
    ]
    seen = [(place, *figure.sides(unit)) for place, figure in told if not figure.hidden]
    places = [place for place, _barrier, _facilitator in seen]
    panel.barh(
        places, [-n for _place, n, _f in seen], color=BARRIER, hatch="////", edgecolor="white", linewidth=0, height=0.78
    )
    panel.barh(places, [n for _place, _b, n in seen], color=FACILITATOR, height=0.78)
    for place, barrier, facilitator in seen:
        _number(panel, -barrier - gap, place, str(barrier), "right", barrier)
        _number(panel, facilitator + gap, place, str(facilitator), "left", facilitator)
    for place, figure in told:
        if figure.hidden:
            _number(panel, 0, place, figure.hidden, "center", 0)
    panel.axvline(0, color=QUIET, linewidth=0.6)
    panel.set_xlim(-widest * 1.3, widest * 1.3)
    ticks = sorted({-widest, 0, widest})
    panel.set_xticks(ticks, [str(abs(tick)) for tick in ticks], fontsize=6)
    panel.spines["left"].set_visible(False)
    panel.tick_params(axis="y", length=0)
    panel.tick_params(axis="x", length=2, width=0.5)


def _number(panel: "Axes", x: float, y: float, text: str, side: Literal["left", "center", "right"], n: int) -> None:
    # numbers lie inside the panel: the layout need not measure hundreds of them
    label = panel.text(x, y, text, ha=side, va="center", fontsize=6, color=INK if n else QUIET)
    label.set_in_layout(False)


def totals(bars: Sequence[Bar], facets: Sequence[Facet], unit: str, form: str, domains: dict[str, str]) -> bytes:
    """A panel for each facet, one bar for each row: how many `unit` have it in any direction, and out of how many."""
    rows = rows_of(bars, domains)
    height = _AROUND + _ROW * max(len(rows), 4)
    with drawing(_LABELS + _PANEL * max(len(facets), 2), height) as figure:
        panels = figure.subplots(1, max(len(facets), 1), sharey=True, squeeze=False)[0]
        most = max((bar.figure(facet).total(unit) for bar in bars for facet in facets), default=0)
        for panel, facet in zip(panels, facets, strict=False):
            of = max((bar.figure(facet).of for bar in bars), default=0)
            _totals(panel, rows, facet, unit, max(of if unit == "informants" else most, 1))
            panel.set_title(f"{facet_name(facet)}\nn = {of}", fontsize=8)
        name_rows(panels[0], rows)
        figure.supxlabel(_("Number of {unit}").format(unit=unit_name(unit)), fontsize=8)
        return as_file(figure, form)


def _totals(panel: "Axes", rows: Sequence[Bar | str], facet: Facet, unit: str, widest: int) -> None:
    from matplotlib.ticker import MaxNLocator

    told = [(place, bar.figure(facet)) for place, bar in enumerate(rows) if isinstance(bar, Bar)]
    seen = [(place, figure.total(unit), figure) for place, figure in told if not figure.hidden]
    panel.barh([place for place, _n, _f in seen], [n for _p, n, _f in seen], color=FACILITATOR, height=0.78)
    for place, n, figure in seen:
        label = f"{n}/{figure.of}" if unit == "informants" else str(n)
        _number(panel, n + widest * 0.015, place, label, "left", n)
    for place, figure in told:
        if figure.hidden:
            _number(panel, widest * 0.015, place, figure.hidden, "left", 0)
    panel.set_xlim(0, widest * 1.2)
    panel.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    panel.tick_params(axis="y", length=0)
    panel.tick_params(axis="x", labelsize=6, length=2, width=0.5)
    panel.grid(axis="x", color=GRID, linewidth=0.5)
    panel.set_axisbelow(True)


def name_rows(panel: "Axes", rows: Sequence[Bar | str]) -> None:
    """Write what each row is, headings in bold."""
    panel.set_ylim(len(rows) - 0.4, -0.6)
    panel.set_yticks(range(len(rows)), [row if isinstance(row, str) else row.label for row in rows], fontsize=7)
    for row, label in zip(rows, panel.get_yticklabels(), strict=True):
        if isinstance(row, str):
            label.set_fontweight("bold")


def legend(figure: "object", panels: Sequence["Axes"]) -> None:
    """Say which side is which."""
    from matplotlib.patches import Patch

    made = [
        Patch(facecolor=BARRIER, hatch="////", edgecolor="white", label=f"{Valence.BARRIER.sign} " + _("barrier")),
        Patch(facecolor=FACILITATOR, label=f"{Valence.FACILITATOR.sign} " + _("facilitator")),
    ]
    figure.legend(handles=made, loc="outside upper right", ncols=2, frameon=False, fontsize=7)  # type: ignore[attr-defined]
