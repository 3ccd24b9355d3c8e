"""Co-occurrence as a network for papers: codes that stand near each other, joined by lines."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipscoding.exchange.pictures.near import Near
from ipscoding.exchange.pictures.paper import BARRIER, FACILITATOR, INK, QUIET, as_file, drawing
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    import numpy

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in inches."""

_SEED = 1
_FILLS = (FACILITATOR, BARRIER, "#009e73", "#f0e442", "#56b4e9", "#cc79a7", "#d55e00", "#999999", "#ffffff", "#444444")
"""The colours of Okabe and Ito for domains; which domain it is stands in the legend by number, too."""
_LEGEND = 1.9
_ROOM = (1.4, 0.55)
"""What a circle and its name need, in inches."""
_FAR = 0.2
"""A name farther from its circle than this is joined to it by a dotted line, inches."""
_TYPE, _LETTER, _LINE = 6.5, 0.058, 0.115


def network(near: Near, domains: dict[str, str], measure: str, form: str) -> bytes:
    """Codes as circles (the larger, the more informants), lines between those that meet (the wider, the more).

    Circles have the colour and the number of their domain; `domains` gives names by id. The same figures lie the same
    way each time. Names do not lie on each other as long as there is room for them.
    """
    from matplotlib.lines import Line2D

    most = max((near.weight(edge, measure) for edge in near.edges), default=1.0) or 1.0
    people = max((node.informants for node in near.nodes), default=1) or 1
    wide, side = paper(len(near.nodes))
    with drawing(wide + _LEGEND, side) as figure:
        panel = figure.add_axes((0, 0, wide / (wide + _LEGEND), 1))
        places = laid_out(near, measure, wide, side)
        for edge in sorted(near.edges, key=lambda edge: near.weight(edge, measure)):
            share = near.weight(edge, measure) / most
            (x1, y1), (x2, y2) = places[edge.first], places[edge.second]
            panel.plot([x1, x2], [y1, y2], color=QUIET, alpha=0.25 + 0.55 * share, linewidth=0.4 + 4.0 * share,
                       solid_capstyle="round", zorder=1)  # fmt: skip
        used = list(dict.fromkeys(node.domain for node in near.nodes))
        fills = {domain: _FILLS[number % len(_FILLS)] for number, domain in enumerate(used)}
        radii = [radius(node.informants, people) for node in near.nodes]
        for node, (x, y), r in zip(near.nodes, places, radii, strict=True):
            fill = fills[node.domain]
            panel.plot(x, y, "o", markersize=r * 144, markerfacecolor=fill, markeredgecolor=INK,
                       markeredgewidth=0.6, zorder=2)  # fmt: skip
            ink = "white" if fill in (FACILITATOR, "#444444", "#d55e00", "#009e73") else INK
            panel.text(x, y, str(used.index(node.domain) + 1), ha="center", va="center_baseline", fontsize=5,
                       color=ink, zorder=4)  # fmt: skip
        for node_at, name in names(near, places, radii, wide, side).items():
            panel.text(*name.middle, "\n".join(name.rows), ha="center", va="center", fontsize=_TYPE, linespacing=1.05,
                       zorder=5, bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.4, "linewidth": 0})  # fmt: skip
            if name.gap > _FAR:
                (x, y), (cx, cy) = places[node_at], name.middle
                panel.plot([x, cx], [y, cy], color=INK, linewidth=0.3, linestyle=":", zorder=3)
        panel.set_xlim(0, wide)
        panel.set_ylim(0, side)
        panel.set_axis_off()
        marks = [
            Line2D([], [], marker="o", linestyle="", markerfacecolor=fills[domain], markeredgecolor=INK,
                   markeredgewidth=0.6, markersize=6, label=f"{number}  {_wrapped(domains.get(domain, domain))}")
            for number, domain in enumerate(used, start=1)
        ]  # fmt: skip
        sized = [
            Line2D([], [], marker="o", linestyle="", markerfacecolor="white", markeredgecolor=INK, markeredgewidth=0.6,
                   markersize=radius(size, people) * 144,
                   label=ngettext("{n} informant", "{n} informants", size).format(n=size))
            for size in sorted({1, people})
        ]  # fmt: skip
        weights = [near.weight(edge, measure) for edge in near.edges]
        sized += [
            Line2D([], [], color=QUIET, alpha=0.25 + 0.55 * weight / most, linewidth=0.4 + 4.0 * weight / most,
                   label=_strength(weight, measure))
            for weight in sorted({min(weights), max(weights)} if weights else ())
        ]  # fmt: skip
        if near.nodes:
            left = wide / (wide + _LEGEND)
            looks = {"frameon": False, "fontsize": 6.5, "borderaxespad": 0.0}
            figure.legend(handles=marks, loc="upper left", bbox_to_anchor=(left, 0.97), labelspacing=0.7, **looks)
            figure.legend(handles=sized, loc="lower left", bbox_to_anchor=(left, 0.03), labelspacing=1.9,
                          handleheight=1.5, handletextpad=1.3, **looks)  # fmt: skip
        figure.set_layout_engine("none")
        return as_file(figure, form)


def paper(nodes: int) -> tuple[float, float]:
    """The width and height that so many codes and their names need, in inches."""
    high = min(max(3.6, math.sqrt(nodes) + 0.9), 40.0)
    return high * 1.25, high


def _strength(weight: float, measure: str) -> str:
    if measure == "jaccard":
        return _("Jaccard {n}").format(n=f"{weight:.2f}")
    return ngettext("{n} pair of segments", "{n} pairs of segments", round(weight)).format(n=round(weight))


def radius(informants: int, people: int) -> float:
    """Half the width of a circle in inches; its area grows with the informants."""
    return 0.06 + 0.12 * math.sqrt(informants / people)


def _wrapped(text: str) -> str:
    return "\n     ".join(textwrap.wrap(text, 26)) or text


def laid_out(near: Near, measure: str, wide: float, high: float) -> list[tuple[float, float]]:
    """Where the circles lie, in inches: what is joined strongly lies close, and all of the paper is used."""
    import networkx

    n = len(near.nodes)
    if not n:
        return []
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    # all hold each other a little, so that groups without a line between them do not drift apart
    graph.add_weighted_edges_from((one, other, 0.02) for one in range(n) for other in range(one))
    most = max((near.weight(edge, measure) for edge in near.edges), default=1.0) or 1.0
    for edge in near.edges:
        graph.add_edge(edge.first, edge.second, weight=0.3 + near.weight(edge, measure) / most)
    laid = networkx.spring_layout(graph, seed=_SEED, iterations=200, k=2.0 / math.sqrt(n))
    axes = []
    for axis, room, margin in ((0, wide, _ROOM[0] / 2), (1, high, _ROOM[1] / 2)):
        values = [float(laid[node][axis]) for node in range(n)]
        order = {node: rank for rank, node in enumerate(sorted(range(n), key=lambda node: (values[node], node)))}
        low, reach = min(values), (max(values) - min(values)) or 1.0
        # half by place and half by rank: neither a clump in the middle nor a grid
        shares = [0.5 * (values[node] - low) / reach + 0.5 * order[node] / max(n - 1, 1) for node in range(n)]
        axes.append([margin + share * (room - 2 * margin) for share in shares])
    return _apart(list(zip(*axes, strict=True)), wide, high)


def _apart(places: list[tuple[float, float]], wide: float, high: float) -> list[tuple[float, float]]:
    """The places moved until each circle has room for its name, or as far as the paper reaches."""
    import numpy

    x, y = (numpy.array(values) for values in zip(*places, strict=True))
    tie = numpy.arange(len(places)) * 1e-6
    for _turn in range(400):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        over_x, over_y = _ROOM[0] - abs(dx), _ROOM[1] - abs(dy)
        meets = (over_x > 0) & (over_y > 0)
        numpy.fill_diagonal(meets, val=False)
        if not meets.any():
            break
        # the shorter way out, measured in rooms
        sideways = over_x / _ROOM[0] < over_y / _ROOM[1]
        x = x + 0.2 * (numpy.sign(dx + tie[:, None] - tie) * over_x * (meets & sideways)).sum(axis=1)
        y = y + 0.2 * (numpy.sign(dy + tie[:, None] - tie) * over_y * (meets & ~sideways)).sum(axis=1)
        x, y = x.clip(_ROOM[0] / 2, wide - _ROOM[0] / 2), y.clip(_ROOM[1] / 2, high - _ROOM[1] / 2)
    return [(round(float(one), 3), round(float(other), 3)) for one, other in zip(x, y, strict=True)]


@dataclass(frozen=True, slots=True)
class Name:
    """Where the name of a code is written, and how far that is from its circle, in inches."""

    rows: list[str]
    box: Box
    gap: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def names(
    near: Near, places: Sequence[tuple[float, float]], radii: Sequence[float], wide: float, high: float
) -> dict[int, Name]:
    """A place for each name, by node: near its circle, on no other name and no circle, on few lines."""
    import numpy

    taken: list[Box] = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    lines = _along(near, places)
    found: dict[int, Name] = {}
    for node in sorted(range(len(places)), key=lambda node: (-radii[node], node)):
        x, y = places[node]
        rows = textwrap.wrap(near.nodes[node].label, 24) or [near.nodes[node].label]
        width, height = max(map(len, rows)) * _LETTER, len(rows) * _LINE
        there = numpy.array(taken)
        least, best = math.inf, Name(rows, (x, y, x, y), 0.0)
        for far, (cx, cy) in _around(x, y, radii[node], width, height):
            box = (cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
            outside = max(0.0, -box[0], -box[1], box[2] - wide, box[3] - high)
            over = 40 * _shared(box, there) + 5 * outside + 0.35 * _shared(box, lines)
            # a name that crosses a line is easier to read than one that lies far off
            if over + 0.06 * far < least:
                least, best = over + 0.06 * far, Name(rows, box, far)
            if not over:
                break
        taken.append(best.box)
        found[node] = best
    return found


def _around(x: float, y: float, r: float, width: float, height: float) -> Iterator[tuple[float, tuple[float, float]]]:
    """Middles that a name may have around a circle, the nearest first."""
    for step in range(14):
        gap = 0.03 + 0.09 * step
        for turn in (0, 180, 90, 270, 30, 150, 330, 210, 60, 120, 240, 300):
            dx, dy = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            yield gap, (x + dx * (r + gap + width / 2), y + dy * (r + gap + height / 2))


def _along(near: Near, places: Sequence[tuple[float, float]]) -> "numpy.ndarray":
    """Small boxes that cover the lines, a row for each."""
    import numpy

    found: list[Box] = []
    for edge in near.edges:
        one, other = places[edge.first], places[edge.second]
        steps = max(round(math.dist(one, other) / 0.08), 1)
        for step in range(steps + 1):
            x, y = (start + (end - start) * step / steps for start, end in zip(one, other, strict=True))
            found.append((x - 0.04, y - 0.04, x + 0.04, y + 0.04))
    return numpy.array(found).reshape(-1, 4)


def _shared(one: Box, others: "numpy.ndarray") -> float:
    """The area that a box shares with others, which may be counted several times."""
    import numpy

    wide = numpy.minimum(one[2], others[:, 2]) - numpy.maximum(one[0], others[:, 0])
    high = numpy.minimum(one[3], others[:, 3]) - numpy.maximum(one[1], others[:, 1])
    return float((wide.clip(0) * high.clip(0)).sum())
