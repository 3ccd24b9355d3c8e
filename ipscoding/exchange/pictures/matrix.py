"""Co-occurrence as a heat map for papers: half a square, since it is the same on both sides of its middle."""

from ipscoding.exchange.pictures.heat import SHADES
from ipscoding.exchange.pictures.near import Near
from ipscoding.exchange.pictures.paper import GRID, INK, QUIET, as_file, drawing
from ipscoding.i18n import _

_CELL, _AROUND, _LABELS = 0.2, 1.1, 3.0
_NUMBERS_AT_MOST = 120
"""With more codes than this a number in each cell is no longer to be read, and makes files of tens of megabytes."""


def matrix(near: Near, measure: str, form: str) -> bytes:
    """A cell for each pair of codes: the darker, the stronger in `measure` (`pairs`, `jaccard`).

    Rows have names and numbers, columns the numbers. On the diagonal stands how many segments a code has.
    """
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize
    from matplotlib.ticker import MaxNLocator

    n = len(near.nodes)
    shades = LinearSegmentedColormap.from_list("near", SHADES)
    seen = [edge for edge in near.edges if not edge.hidden]
    most = max((near.weight(edge, measure) for edge in seen), default=1.0) or 1.0
    side = _CELL * max(n, 8)
    with drawing(_LABELS + side, _AROUND + side) as figure:
        panel = figure.subplots()
        written = n <= _NUMBERS_AT_MOST

        def cell(row: int, column: int, colour: object, said: str, ink: str, hatch: str | None = None) -> None:
            panel.barh(row, 1, left=column, height=1, color=colour, edgecolor=GRID, linewidth=0.4, hatch=hatch)
            if written:
                label = panel.text(column + 0.5, row, said, ha="center", va="center", fontsize=5, color=ink)
                label.set_in_layout(False)

        for place, node in enumerate(near.nodes):
            cell(place, place, "#f2f2f2", node.hidden or str(node.segments), QUIET)
        for edge in near.edges:
            share = near.weight(edge, measure) / most
            said = str(edge.pairs) if measure == "pairs" else f"{edge.jaccard:.2f}".removeprefix("0")
            if edge.hidden:
                cell(edge.second, edge.first, "white", edge.hidden, INK, "//")
            else:
                cell(edge.second, edge.first, shades(share), said, "white" if share > 0.55 else INK)
        panel.plot([0, 0, n], [-0.5, n - 0.5, n - 0.5], color=GRID, linewidth=0.5)
        panel.set_xlim(0, max(n, 1))
        panel.set_ylim(max(n, 1) - 0.5, -0.5)
        names = [f"{node.label}  {number}" for number, node in enumerate(near.nodes, start=1)]
        panel.set_yticks(range(n), names, fontsize=6.5)
        panel.set_xticks([place + 0.5 for place in range(n)], [str(place + 1) for place in range(n)], fontsize=5)
        panel.tick_params(length=0)
        for spine in panel.spines.values():
            spine.set_visible(False)
        if seen:
            bar = figure.colorbar(
                ScalarMappable(Normalize(0, most), shades), ax=panel, location="bottom", shrink=0.6, aspect=40, pad=0.02
            )
            named = _("Pairs of segments near each other; on the diagonal all segments of the code")
            bar.set_label(named if measure == "pairs" else _("Jaccard index; on the diagonal all segments of the code"),
                          fontsize=7)  # fmt: skip
            if measure == "pairs":
                bar.ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
            bar.ax.tick_params(labelsize=6, length=2, width=0.5)
            bar.outline.set_linewidth(0.4)
        return as_file(figure, form)
