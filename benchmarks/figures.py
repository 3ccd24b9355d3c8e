"""How long the figures take beside one plain SQL statement that touches the same rows, and beside pandas on them.

    python -m benchmarks.figures [CODINGS]

The rows are made up here: 2 coders, 60 codes in 8 domains, one interview for every 200 codings (100 000 codings in 500
interviews). Time is processor time after reading the rows, best of three. SQL counts the same groups without uniting
what overlaps and without zeros; pandas unites too. Neither looks at whose words they are.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable

import pandas

from ipscoding.analysis import frequencies, select
from ipscoding.analysis.cooccurrence import cooccurrence, pairs_table
from ipscoding.analysis.crosstab_table import crosstab
from ipscoding.analysis.query import parse
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence

ROLES = ("patient", "clinician", "employment-specialist", "nav-counsellor")
VALENCES = (Valence.BARRIER, Valence.FACILITATOR, Valence.BOTH, Valence.NONE)
SENTENCE = (
    "ja så det var jo egentlig veldig fint at hun satt rett borti gangen for da kunne jeg bare gå og spørre om det "
)
LENGTH = len(SENTENCE) * 400
PER_INTERVIEW = 200
SHOWN = ("document_id", "informant", "role", "code", "domain", "valence", "coder", "start", "end", "text")


def codebook() -> Codebook:
    domains = [Code(id=f"d{number}", label={"en": f"Domain {number}"}, codable=False) for number in range(8)]
    codes = [Code(id=f"d{n % 8}.c{n}", label={"en": f"Code {n}"}, parent=f"d{n % 8}") for n in range(60)]
    return Codebook(id="b", title={}, codes=(*domains, *codes))


def rows(number: int) -> tuple[list[Excerpt], list[Document], list[Informant]]:
    chance = random.Random(7)
    text = SENTENCE * 400
    count = max(number // PER_INTERVIEW, 1)
    informants = [
        Informant(id=str(n), name=f"P{n}", role=ROLES[n % 4], attributes={"site": f"S{n % 6}"}) for n in range(count)
    ]
    documents = [
        Document(id=f"d{n}", name=f"interview {n}", text_sha256="", informant=f"P{n}", role=ROLES[n % 4], words=6000)
        for n in range(count)
    ]
    excerpts = []
    for index in range(number):
        n = chance.randrange(count)
        code = chance.randrange(60)
        start = chance.randrange(LENGTH - 600)
        end = start + chance.randrange(40, 240)
        excerpts.append(
            Excerpt(
                coding_id=str(index), project="p", document_id=f"d{n}", document=f"interview {n}", informant=f"P{n}",
                role=ROLES[n % 4], speaker="P", turn=1, code=f"d{code % 8}.c{code}", code_label=f"Code {code}",
                code_path="", domain=f"d{code % 8}", valence=chance.choice(VALENCES), strength=None,
                coder="AB"[index % 2], coded_at="", origin="manual", codebook_version=1, start=start, end=end,
                text=text[start:end], context_before="", context_after="", memo="", status="done",
                attributes={"site": f"S{n % 6}"},
            )
        )  # fmt: skip
    return excerpts, documents, informants


def seconds(act: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _turn in range(times):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return min(taken)


def in_sqlite(excerpts: list[Excerpt]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE c ({', '.join(SHOWN)})")
    made = [tuple(str(getattr(row, n)) if n == "valence" else getattr(row, n) for n in SHOWN) for row in excerpts]
    database.executemany(f"INSERT INTO c VALUES ({', '.join('?' * len(SHOWN))})", made)
    return database


def united(frame: pandas.DataFrame, by: list[str]) -> pandas.DataFrame:
    """Segments as pandas would make them: a new one where a coding begins after all before it have ended."""
    keys = ["coder", "document_id", *by]
    ordered = frame.sort_values([*keys, "start"])
    ends = ordered.groupby(keys)["end"].cummax().groupby([ordered[key] for key in keys]).shift(fill_value=-1)
    return ordered.assign(new=ordered["start"] >= ends)


def grouped(frame: pandas.DataFrame, by: list[str]) -> object:
    segments = united(frame, [name for name in by if name not in ("role",)])
    groups = segments.groupby(["coder", *by])
    return groups["new"].sum(), groups["informant"].nunique()


def paired(frame: pandas.DataFrame) -> object:
    segments = frame[["coder", "document_id", "code", "start", "end"]]
    found = []
    for _key, part in segments.groupby(["coder", "document_id"]):
        both = part.merge(part, how="cross")
        both = both[(both["start_x"] < both["end_y"]) & (both["start_y"] < both["end_x"])]
        found.append(both[both["code_x"] < both["code_y"]])
    return pandas.concat(found).groupby(["code_x", "code_y"]).size()


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    excerpts, documents, informants = rows(number)
    book = codebook()
    frame = pandas.DataFrame([tuple(getattr(row, name) for name in SHOWN) for row in excerpts], columns=list(SHOWN))
    frame["valence"] = frame["valence"].astype(str)
    database = in_sqlite(excerpts)
    given = (excerpts, documents, informants, book)
    breaks = {one.id: (list(range(0, LENGTH, 600)), list(range(0, LENGTH, len(SENTENCE)))) for one in documents}
    count = "SELECT count(*), count(DISTINCT informant) FROM c GROUP BY coder, "
    joined = (
        "SELECT a.code, b.code, count(*) FROM c a JOIN c b ON a.document_id = b.document_id AND a.coder = b.coder "
        "AND a.start < b.end AND b.start < a.end AND a.code < b.code GROUP BY a.code, b.code"
    )
    words = "SELECT sum(length(text) - length(replace(text, ' ', '')) + 1) FROM c GROUP BY coder, code"
    database.execute("CREATE INDEX by_document ON c (document_id, coder, start)")
    counted = ("segments", "informants")
    cases: list[tuple[str, Callable[[], object], str, Callable[[], object] | None]] = [
        ("freq: code", lambda: frequencies(*given, units=counted), count + "code", lambda: grouped(frame, ["code"])),
        ("freq: code, role", lambda: frequencies(*given, by=("code", "role"), units=counted), count + "code, role",
         lambda: grouped(frame, ["code", "role"])),
        ("freq: domain, role, valence", lambda: frequencies(*given, by=("domain", "role", "valence"), units=counted),
         count + "domain, role, valence", lambda: grouped(frame, ["domain", "role", "valence"])),
        ("freq: code, words", lambda: frequencies(*given, units=("words",)), words,
         lambda: frame.assign(n=frame["text"].str.count(" ") + 1).groupby(["coder", "code"])["n"].sum()),
        ("freq: code, role, cells under 3", lambda: frequencies(*given, by=("code", "role"), min_cell=3, units=counted),
         count + "code, role", None),
        ("freq: code, site, cells under 30",
         lambda: frequencies(*given, by=("code", "site", "valence"), min_cell=30, units=counted),
         count + "code, role", None),
        ("freq: a query", lambda: frequencies(*given, where="role:patient valence:barrier jobb*", units=counted),
         "SELECT count(*), count(DISTINCT informant) FROM c WHERE role = 'patient' AND valence = 'barrier' AND "
         "text LIKE '%jobb%' GROUP BY coder, code", None),
        ("query: near, within 2 sentences", lambda: list(select(excerpts, parse("near:d1 within:2"), codebook=book,
                                                               breaks=breaks)), "SELECT count(*) FROM c", None),
        ("crosstab: code by role", lambda: crosstab(*given, "code", "role"), count + "code, role",
         lambda: frame.groupby(["coder", "code", "role"])["informant"].nunique().unstack()),
        ("crosstab: code by code", lambda: crosstab(*given, "code", "code", pooled=True), count + "code", None),
        ("crosstab: role by valence, tested",
         lambda: crosstab(*given, "role", "valence", unit="segments", pooled=True, test=True),
         count + "role, valence", lambda: grouped(frame, ["code", "role", "valence"])),
        ("cooccur: overlap", lambda: pairs_table(cooccurrence(*given, coders=["A"])), joined, lambda: paired(frame)),
        ("cooccur: within 1 sentence",
         lambda: pairs_table(cooccurrence(*given, within="1", coders=["A"], breaks=breaks)),
         joined, None),
    ]  # fmt: skip
    print(f"{number} codings, {len(documents)} interviews, processor time in ms")
    print(f"{'':<36} {'here':>7} {'SQL':>7} {'pandas':>7}")
    for name, ours, sql, theirs in cases:
        taken = [seconds(ours), seconds(lambda sql=sql: database.execute(sql).fetchall())]  # type: ignore[misc]
        if theirs is not None:
            taken.append(seconds(theirs))
        print(f"{name:<36} " + " ".join(f"{one * 1000:7.0f}" for one in taken))


if __name__ == "__main__":
    main()
