"""Processor time of saturation, triangulation and comparing, beside pandas and one SQL statement on the same rows.

    python -m benchmarks.groups [CODINGS [INTERVIEWS]]

The rows are those of `benchmarks.figures`, spread over so many interviews (default: 100 000 codings in 500). Reading
rows from a project is in none of the times. pandas and SQL count only what stands in the table, without the union of
overlaps, the interviewer's words and the random orders.
"""

import sqlite3
import sys
from collections.abc import Callable
from fractions import Fraction

import pandas

from benchmarks.figures import bare, codebook, rows, seconds
from ipscoding.analysis.comparison import State, compare
from ipscoding.analysis.saturation import Asked as Saturation
from ipscoding.analysis.saturation import saturation
from ipscoding.analysis.triangulation import Asked, Condition, triangulate
from ipscoding.domain import Span

SPEECH = [Span(start, start + 180) for start in range(0, 50_000, 200)]
FIRST = "SELECT coder, code, min(document) FROM codings GROUP BY coder, code"
PEOPLE = """
    SELECT code, role, coder, count(DISTINCT informant),
           count(DISTINCT iif(valence IN ('barrier', 'both'), informant, NULL)),
           count(DISTINCT iif(valence IN ('facilitator', 'both'), informant, NULL))
    FROM codings GROUP BY code, role, coder
"""


def in_pandas(table: pandas.DataFrame) -> None:
    for valences in (("barrier", "facilitator", "both", "none"), ("barrier", "both"), ("facilitator", "both")):
        chosen = table[table["valence"].isin(valences)]
        chosen.groupby(["code", "role", "coder"])["informant"].nunique().unstack("role", fill_value=0)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    excerpts, every, people = rows(number)
    count = min(count, len(every))
    documents, informants = every[:count], people[:count]
    place = {document.id: documents[at % count] for at, document in enumerate(every)}
    excerpts = [
        row._replace(
            document_id=place[row.document_id].id,
            document=place[row.document_id].name,
            informant=place[row.document_id].informant,
            role=place[row.document_id].role,
        )
        for row in excerpts
    ]
    speech = {document.id: SPEECH for document in documents}
    given = (excerpts, documents, informants, codebook())
    state = State("same", *given, speech)
    half = Condition("more-than", "patient", Fraction(1, 2))
    question = Asked(side="facilitator", conditions=[half], quotes=2)
    floor = seconds(lambda: bare(excerpts))
    table = pandas.DataFrame(
        [(row.coder, row.code, row.document_id, row.role, row.informant, row.valence.value) for row in excerpts],
        columns=["coder", "code", "document", "role", "informant", "valence"],
    )
    memory = sqlite3.connect(":memory:")
    table.to_sql("codings", memory)
    cases: list[tuple[str, Callable[[], object]]] = [
        ("saturation", lambda: saturation(*given, speech=speech)),
        ("saturation, no random orders", lambda: saturation(*given, Saturation(orders=0), speech=speech)),
        ("  pandas", lambda: table.groupby(["coder", "code"])["document"].min()),
        ("  SQL", lambda: memory.execute(FIRST).fetchall()),
        ("saturation by role", lambda: saturation(*given, Saturation(by=("role",)), speech=speech)),
        ("saturation, curve", lambda: saturation(*given, Saturation(part="curve"), speech=speech)),
        ("triangulation", lambda: triangulate(*given, speech=speech)),
        ("  pandas", lambda: in_pandas(table)),
        ("  SQL", lambda: memory.execute(PEOPLE).fetchall()),
        ("triangulation, a question with quotes", lambda: triangulate(*given, question, speech=speech)),
        ("comparing two states", lambda: compare(state, state)),
    ]
    print(f"{number} codings, {count} interviews; bare loop {floor * 1000:.0f} ms")
    for name, act in cases:
        taken = seconds(act, 3)
        print(f"{name:<40} {taken * 1000:7.0f} ms  {taken / floor:5.1f} x")


if __name__ == "__main__":
    main()
