"""A heat map for papers: codes by groups of informants, the share of each group that has the code."""

from collections.abc import Sequence

from ipscoding.analysis.chart import Bar, Facet
from ipscoding.exchange.pictures.names import facet_name, rows_of
from ipscoding.exchange.pictures.paper import GRID, QUIET, as_file, drawing
from ipscoding.i18n import _

_ROW, _AROUND, _COLUMN, _LABELS = 0.19, 1.5, 0.85, 2.9
SHADES = ("#ffffff", "#cfe1f2", "#93c4de", "#4b97c9", "#1764ab", "#08306b")
"""From nobody to everybody: lightness alone tells the order, so that it reads in grey as well."""


def heat(bars: Sequence[Bar], facets: Sequence[Facet], form: str, domains: dict[str, str]) -> bytes:
    """A cell for each bar and facet: the darker, the larger the share; in the cell how many out of how many."""
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    rows = rows_of(bars, domains)
    shades = LinearSegmentedColormap.from_list("share", SHADES)
    with drawing(_LABELS + _COLUMN * max(len(facets), 2), _AROUND + _ROW * max(len(rows), 4)) as figure:
        panel = figure.subplots()
        for place, row in enumerate(rows):
            if isinstance(row, str):
                continue
            for column, facet in enumerate(facets):
                counted = row.figure(facet)
                share = counted.informants / counted.of if counted.of and not counted.hidden else 0.0
                panel.barh(
                    place, 1, left=column, height=1, color=shades(share), edgecolor=GRID, linewidth=0.5,
                    hatch="//" if counted.hidden else None,
                )  # fmt: skip
                said = counted.hidden or (f"{counted.informants}/{counted.of}" if counted.of else "–")
                ink = "white" if share > 0.55 else "#1a1a1a" if counted.informants or counted.hidden else QUIET
                label = panel.text(column + 0.5, place, said, ha="center", va="center", fontsize=6, color=ink)
                label.set_in_layout(False)
        panel.set_xlim(0, max(len(facets), 1))
        panel.set_ylim(max(len(rows), 1) - 0.5, -0.5)
        panel.set_yticks(range(len(rows)), [row if isinstance(row, str) else row.label for row in rows], fontsize=7)
        for row, label in zip(rows, panel.get_yticklabels(), strict=True):
            if isinstance(row, str):
                label.set_fontweight("bold")
        panel.xaxis.tick_top()
        panel.set_xticks(
            [column + 0.5 for column in range(len(facets))],
            [facet_name(facet) for facet in facets],
            fontsize=7,
            rotation=30,
            ha="left",
            rotation_mode="anchor",
        )
        panel.tick_params(length=0)
        for spine in panel.spines.values():
            spine.set_visible(False)
        from matplotlib.cm import ScalarMappable

        bar = figure.colorbar(
            ScalarMappable(Normalize(0, 1), shades), ax=panel, location="bottom", shrink=0.6, aspect=40, pad=0.01
        )
        bar.set_label(_("Share of the informants of the group"), fontsize=7)
        bar.set_ticks([0, 0.25, 0.5, 0.75, 1], labels=["0", "25 %", "50 %", "75 %", "100 %"], fontsize=6)
        bar.outline.set_linewidth(0.4)
        return as_file(figure, form)
