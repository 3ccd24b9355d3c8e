"""Codes that stand near each other, in the cells of a terminal: all beside all, and the pairs that a network joins."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from ipscoding.exchange.pictures.cells import fill
from ipscoding.exchange.pictures.near import Near
from ipscoding.i18n import _

_SHADES = " ░▒▓█"


def matrix_lines(near: Near, measure: str, width: int) -> Iterator[Text]:
    """Half a square: a row for each code, a column for each by its number, as many at a time as have room."""
    n = len(near.nodes)
    label = max(min(max(cell_len(node.label) for node in near.nodes), width // 3), 12) + 4
    cell = max(4, len(str(n)) + 2)
    fits = max((width - label) // cell, 1)
    seen = [edge for edge in near.edges if not edge.hidden]
    most = max((near.weight(edge, measure) for edge in seen), default=1.0) or 1.0
    found = {(edge.second, edge.first): edge for edge in near.edges}
    for first in range(0, n, fits):
        shown = range(first, min(first + fits, n))
        if first:
            yield Text()
        yield Text(" " * label + "".join(f"{column + 1:>{cell}}" for column in shown), style="bold")
        # above the middle there is nothing: rows begin where the columns do
        for row in range(first, n):
            line = Text(fill(near.nodes[row].label, label - 4) + f"{row + 1:>4}")
            for column in shown:
                if column > row:
                    break
                edge = found.get((row, column))
                if column == row:
                    line.append((near.nodes[row].hidden or str(near.nodes[row].segments)).rjust(cell), style="dim")
                elif edge is None:
                    line.append("·".rjust(cell), style="dim")
                elif edge.hidden:
                    line.append(edge.hidden.rjust(cell), style="dim")
                else:
                    share = near.weight(edge, measure) / most
                    said = str(edge.pairs) if measure == "pairs" else f"{edge.jaccard:.2f}".removeprefix("0")
                    shade = _SHADES[min(max(round(share * 4), 1), 4)]
                    line.append((shade + said).rjust(cell), style="blue")
            yield line
    yield Text(_("Shade: the darker, the stronger. Dim numbers: all segments of the code."), style="dim")


def network_lines(near: Near, measure: str, width: int) -> Iterator[Text]:
    """The lines of the network as a list, the strongest first, each with a bar."""
    if not near.edges:
        yield Text(_("There is nothing to draw."))
        return
    names = [f"{near.nodes[edge.first].label} — {near.nodes[edge.second].label}" for edge in near.edges]
    label = max(min(max(map(cell_len, names)), width * 2 // 3), 12)
    room = max(width - label - 8, 5)
    most = max(near.weight(edge, measure) for edge in near.edges) or 1.0
    for edge, name in sorted(zip(near.edges, names, strict=True), key=lambda one: -near.weight(one[0], measure)):
        weight = near.weight(edge, measure)
        said = str(edge.pairs) if measure == "pairs" else f"{edge.jaccard:.2f}"
        bar = "█" * max(round(room * weight / most), 1)
        yield Text.assemble(fill(name, label), " ", (bar, "blue"), " ", said)
