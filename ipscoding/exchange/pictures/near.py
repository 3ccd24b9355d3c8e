"""Codes that stand near each other, before anybody draws them: as a network, or all beside all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.cooccurrence import Cooccurrence, ranked
from ipscoding.analysis.hiding import MARK
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _, ngettext

_EDGES_PER_NODE = 1.5
"""More edges than this for each node, and a network is a tangle: then a limit is chosen that leaves fewer."""


@dataclass(frozen=True, slots=True)
class Node:
    """A code in use: its segments and informants; `hidden` is what stands in place of figures of few people."""

    id: str
    label: str
    domain: str
    segments: int
    informants: int
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """Two codes that meet, by their places among the nodes: pairs of segments, and their Jaccard index."""

    first: int
    second: int
    pairs: int
    jaccard: float
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Nodes in the order of the codebook, and edges between them; `least` is the number of pairs that edges need."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    least: int = 1

    def weight(self, edge: Edge, measure: str) -> float:
        """How strong an edge is: `pairs`, or `jaccard`."""
        return edge.jaccard if measure == "jaccard" else float(edge.pairs)


def near_of(found: Cooccurrence, *, top: int = 0) -> Near:
    """All pairs of codes in use; `top`: only of the codes with most segments (0: of all).

    Raises `NotAllowed` where coders are counted apart.
    """
    if len(found.met) > 1:
        what = _("The picture is of one coder's work, and several are counted apart")
        raise NotAllowed(what, _("Choose one with --coders, or unite them with --pooled"))
    if not found.met:
        return Near()
    (one,) = found.met
    labels = ranked(one, found.given)
    if top:
        most = set(sorted(labels, key=lambda label: -one.segments[label])[:top])
        labels = [label for label in labels if label in most]
    book = found.given.codebook
    nodes = []
    for label in labels:
        code = label[0]
        domain = book.domain(code)
        hidden = MARK if found.few(one.people[label]) else ""
        name = found.given.labels.get(code, code)
        nodes.append(
            Node(code, name, domain.id if domain else code, one.segments[label], len(one.people[label]), hidden)
        )
    place = {label: number for number, label in enumerate(labels)}
    edges = []
    for (first, second), pair in one.pairs.items():
        if first in place and second in place:
            hidden = MARK if found.few(pair.people) else ""
            edges.append(Edge(place[first], place[second], pair.pairs, one.jaccard(first, second) or 0.0, hidden))
    edges.sort(key=lambda edge: (edge.first, edge.second))
    return Near(nodes, edges)


def network_of(near: Near, least: int = 0) -> tuple[Near, list[str]]:
    """What a network shows: pairs that meet at least `least` times (0: as often as leaves a legible number), and the
    codes that have any such pair; and a sentence that says what was left out. What is hidden is left out."""
    edges = [
        edge
        for edge in near.edges
        if not (edge.hidden or near.nodes[edge.first].hidden or near.nodes[edge.second].hidden)
    ]
    limit = least or _limit(edges)
    kept = [edge for edge in edges if edge.pairs >= limit]
    places = sorted({place for edge in kept for place in (edge.first, edge.second)})
    new = {place: number for number, place in enumerate(places)}
    shown = Near(
        [near.nodes[place] for place in places],
        [Edge(new[edge.first], new[edge.second], edge.pairs, edge.jaccard) for edge in kept],
        limit,
    )
    text = ngettext(
        "Drawn: {n} of {all} pairs, those that meet at least {least} time; {codes} of {used} codes in use have one.",
        "Drawn: {n} of {all} pairs, those that meet at least {least} times; {codes} of {used} codes in use have one.",
        limit,
    )
    said = text.format(n=len(kept), all=len(near.edges), least=limit, codes=len(places), used=len(near.nodes))
    return shown, [said]


def _limit(edges: Sequence[Edge]) -> int:
    """The smallest number of pairs that leaves no tangle."""
    for limit in sorted({edge.pairs for edge in edges}):
        kept = [edge for edge in edges if edge.pairs >= limit]
        nodes = {place for edge in kept for place in (edge.first, edge.second)}
        if len(kept) <= max(_EDGES_PER_NODE * len(nodes), 12):
            return limit
    return max((edge.pairs for edge in edges), default=1)
