"""Codes that stand near each other as a network, for Gephi, Cytoscape, yEd or R (igraph)."""

from pathlib import Path

from ipscoding.analysis.cooccurrence import Cooccurrence, Label, ranked
from ipscoding.errors import NotAllowed
from ipscoding.exchange.atomic import whole_file
from ipscoding.i18n import _


def write_graphml(found: Cooccurrence, path: Path) -> None:
    """Write `found` as a GraphML file, whole or not at all: codes in use are nodes, pairs that meet are edges.

    Nodes have `label`, `code`, `domain`, `valence` (empty where directions are together), `segments` and `informants`;
    edges have `weight` (pairs of segments), `jaccard` and `informants`. What is hidden for small numbers is not there.
    Raises `NotAllowed` where coders are counted apart, `FileProblem` where the file cannot be written.
    """
    import networkx

    if len(found.met) != 1:
        what = _("A network is of one coder's work, and several are counted apart")
        raise NotAllowed(what, _("Choose one with --coders, or unite them with --pooled"))
    (one,) = found.met
    graph = networkx.Graph()
    for label in ranked(one, found.given):
        if found.few(one.people[label]):
            continue
        code, valence = label
        top = found.given.codebook.domain(code)
        graph.add_node(
            _id(label),
            label=found.given.labels.get(code, code),
            code=code,
            domain=top.id if top else "",
            valence=valence,
            segments=one.segments[label],
            informants=len(one.people[label]),
        )
    for (first, second), pair in sorted(one.pairs.items()):
        if _id(first) in graph and _id(second) in graph and not found.few(pair.people):
            graph.add_edge(
                _id(first),
                _id(second),
                weight=pair.pairs,
                jaccard=one.jaccard(first, second) or 0.0,
                informants=len(pair.people),
            )
    with whole_file(path) as file:
        networkx.write_graphml_xml(graph, file)


def _id(label: Label) -> str:
    return ":".join(filter(None, label))
