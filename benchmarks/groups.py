"""How long saturation, triangulation, fidelity and comparing take beside one SQL statement and pandas on the same rows.

    python -m benchmarks.groups [CODINGS]

Rows and the way of measuring are those of `benchmarks.figures`. SQL and pandas count what the tables are made of: no
union of what overlaps, no interviewer's words, no random orders, no quotes.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pandas

from benchmarks.figures import SHOWN, codebook, in_sqlite, rows, seconds
from ipscoding.analysis.comparison import State, compare
from ipscoding.analysis.fidelity import beside
from ipscoding.analysis.saturation import Asked as Saturation
from ipscoding.analysis.saturation import saturation
from ipscoding.analysis.triangulation import Asked, Condition, triangulate
from ipscoding.codebook.fidelity import LINK, scale
from ipscoding.domain import Span
from ipscoding.project.fidelity import Assessment

SPEECH = [Span(start, start + 180) for start in range(0, 50_000, 200)]
"""Where informants speak, in every interview: nine characters of ten, in 250 turns."""

FIRST = "SELECT coder, code, min(document_id) FROM c GROUP BY coder, code"
PEOPLE = (
    "SELECT count(DISTINCT informant), count(DISTINCT iif(valence IN ('barrier', 'both'), informant, NULL)), "
    "count(DISTINCT iif(valence IN ('facilitator', 'both'), informant, NULL)) FROM c GROUP BY code, role, coder"
)
SITES = PEOPLE.replace("role", "CAST(substr(informant, 2) AS INTEGER) % 6")


def people(frame: pandas.DataFrame) -> None:
    for valences in (("barrier", "facilitator", "both", "none"), ("barrier", "both"), ("facilitator", "both")):
        chosen = frame[frame["valence"].isin(valences)]
        chosen.groupby(["code", "role", "coder"])["informant"].nunique().unstack("role", fill_value=0)


def sites(frame: pandas.DataFrame) -> object:
    return frame.groupby(["code", "site", "coder"])["informant"].nunique()


def first(frame: pandas.DataFrame) -> object:
    return frame.groupby(["coder", "code"])["document_id"].min()


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    excerpts, documents, informants = rows(number)
    speech = {document.id: SPEECH for document in documents}
    frame = pandas.DataFrame([tuple(getattr(row, name) for name in SHOWN) for row in excerpts], columns=list(SHOWN))
    frame["valence"] = frame["valence"].astype(str)
    database = in_sqlite(excerpts)
    given = (excerpts, documents, informants, codebook())
    state = State("same", *given, speech)
    half = Condition("more-than", "patient", Fraction(1, 2))
    items = [item.id for item in scale().items]
    book = codebook()
    codes = [replace(code, links={LINK: items[n % len(items)]}) for n, code in enumerate(book.codes)]
    linked = (excerpts, documents, informants, replace(book, codes=tuple(codes)))
    scored = [Assessment(f"S{n}", "", dict.fromkeys(items, 3)) for n in range(6)]
    frame["site"] = [row.attributes["site"] for row in excerpts]
    question = Asked(side="facilitator", conditions=[half], quotes=2)
    cases: list[tuple[str, Callable[[], object], str, Callable[[pandas.DataFrame], object]]] = [
        ("saturation", lambda: saturation(*given, speech=speech), FIRST, first),
        ("saturation, no random orders", lambda: saturation(*given, Saturation(orders=0), speech=speech), FIRST, first),
        ("saturation by role", lambda: saturation(*given, Saturation(by=("role",)), speech=speech), FIRST, first),
        ("saturation, curve", lambda: saturation(*given, Saturation(part="curve"), speech=speech), FIRST, first),
        ("triangulation", lambda: triangulate(*given, speech=speech), PEOPLE, people),
        ("triangulation, with quotes", lambda: triangulate(*given, question, speech=speech), PEOPLE, people),
        ("fidelity beside codings", lambda: beside(*linked, scored, speech=speech), SITES, sites),
        ("comparing two states", lambda: compare(state, state), PEOPLE, people),
    ]
    print(f"{number} codings, {len(documents)} interviews, processor time in ms")
    print(f"{'':<36} {'here':>7} {'SQL':>7} {'pandas':>7}")
    for name, ours, sql, theirs in cases:
        taken = (
            seconds(ours),
            seconds(lambda sql=sql: database.execute(sql).fetchall()),  # type: ignore[misc]
            seconds(lambda theirs=theirs: theirs(frame)),  # type: ignore[misc]
        )
        print(f"{name:<36} " + " ".join(f"{one * 1000:7.0f}" for one in taken))


if __name__ == "__main__":
    main()
