"""The query language: what it reads, what it answers, and that a slip of the pen is pointed at."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.analysis import frequencies, select
from ipscoding.analysis.answering import needs_breaks
from ipscoding.analysis.query import FIELDS, QueryProblem, Term, asked, parse
from ipscoding.domain import Document, Excerpt, Informant, Valence
from tests.test_analysis_select import BOOK, excerpt

DOCUMENTS = [
    Document("d1", "p01", "", informant="P1", role="patient", language="nb", date="2025-03-02", words=100),
    Document("d2", "b01", "", informant="B1", role="clinician", language="nn", date="2026-01-10", words=100),
]
PEOPLE = [
    Informant("1", "P1", "patient", {"site": "Oslo nord", "age": "30"}),
    Informant("2", "B1", "clinician", {"site": "Bergen"}),
    Informant("3", "N1", "nav-counsellor", {"site": "Tromsø"}),
]


def coding(number: int, document: str, start: int, end: int, **fields: Any) -> Excerpt:
    about = {"d1": {"informant": "P1", "document": "p01"}, "d2": {"informant": "B1", "document": "b01"}}[document]
    role = "patient" if document == "d1" else "clinician"
    given = {"document_id": document, "start": start, "end": end, "role": role, "coder": "A", **about, **fields}
    return excerpt(number, **given)


# two turns in d1 (0, 50); sentences begin at 0, 20, 50, 80
BREAKS = {"d1": ([0, 50], [0, 20, 50, 80]), "d2": ([0], [0])}
ROWS = [
    coding(1, "d1", 0, 10, text="Jeg fikk fast jobb", coded_at="2026-01-31T10:00:00Z", strength=2),
    coding(2, "d1", 5, 15, code="col.trust", domain="col", valence=Valence.FACILITATOR, memo="se på Ålesund"),
    coding(3, "d1", 22, 30, text="JOBBEN på Ålesund", coded_at="2025-06-01T10:00:00Z", origin="suggestion"),
    coding(4, "d1", 60, 70, valence=Valence.NONE, coder="B", text="jobbspesialisten", status="done"),
    coding(5, "d2", 5, 15, valence=Valence.BOTH, text="ei jobb, ikke noe"),
    coding(6, "d1", 85, 90, code="org", text="ja"),
]


def found(query: str, rows: list[Excerpt] | None = None) -> str:
    kept = select(
        rows or ROWS, parse(query), documents=DOCUMENTS, informants=PEOPLE, codebook=BOOK, coders="AB", breaks=BREAKS
    )
    return "".join(row.coding_id for row in kept)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "123456"),
        ("code:org", "13456"),
        ("code:org.near", "1345"),
        ("code:*.trust,org.n*", "12345"),
        ("-code:org", "2"),
        ("code:org -code:org.near", "6"),
        ("code=col.trust", "2"),
        ("domain:col", "2"),
        ("-domain:col", "13456"),
        ("valence:barrier,both", "1356"),
        ("-valence:barrier", "245"),
        ("-valence:hemmer", "245"),
        ("role:patient coder:A", "1236"),
        ("role:Jobbsøker coder:A", "1236"),
        ("role:clin*", "5"),
        ("role:nav-counsellor", ""),
        ("informant:P1 coder:B", "4"),
        ("document:b01", "5"),
        ("document:d2", "5"),
        ("-document:b01", "12346"),
        ('site:"Oslo nord"', "12346"),
        ("site:«Oslo nord»,Bergen", "123456"),
        ('"site":Bergen', "5"),
        ("age:*", "12346"),
        ("-age:*", "5"),
        ("language:nn", "5"),
        ("date:2025", "12346"),
        ("date:2025-06..", "5"),
        ("date:..2025-12-31", "12346"),
        ("-date:2025-01..2025-04", "5"),
        ("after:2026-01-31", "1"),
        ("before:2026-01-31 after:2025", "3"),
        ("strength:2", "1"),
        ("strength:*", "1"),
        ("-strength:*", "23456"),
        ("origin:suggestion", "3"),
        ("status:done", "4"),
        ("memo:ålesund", "2"),
        ("memo:*", "2"),
        ("-memo:*", "13456"),
        ("jobb", "15"),
        ("JOBB*", "1345"),
        ('"fast jobb"', "1"),
        ("fast jobb", "1"),
        ("ålesund", "3"),
        ("fast,ålesund", "13"),
        ("-jobb* -code:org", "2"),
        ("text:ei*", "5"),
        ('"jobb ikke"', "5"),
        # 2 overlaps 1; 3 is in their turn; 4 is another coder's; 6 is two sentences on and in the next turn
        ("near:col.*", "13"),
        ("near:col.* within:overlap", "1"),
        ("near:col.* within:passage", "1"),
        ("near:col.* within:0", "1"),
        ("near:col.* within:1", "13"),
        ("near:col.* within:3", "136"),
        ("near:col.* within:document", "136"),
        ("-near:col.*", "2456"),
        ("near:org.near coder:A", "123"),
        ("near:org.near near:col.*", "13"),
    ],
)
def test_a_query_keeps_what_fits_all_its_terms(query: str, expected: str) -> None:
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "pointed", "near"),
    [
        ("role:patient code:org.naer", "org.naer", "org.near"),
        ("code:org.near,ogr.near", "ogr.near", "org.near"),
        ("rol:patient", "rol", "role"),
        ("-rolle:patient", "rolle", "role"),
        ('"sitt":Bergen', "sitt", "site"),
        ("site:Berge", "Berge", "Bergen"),
        ("valence:barriers", "barriers", "barrier"),
        ("coder:C", "C", "A, B"),
        ("role:patien", "patien", "patient"),
        ("document:p1", "p1", "p01"),
        ("strength:3", "3", "1, 2"),
        ("near:col.* within:sentence", "sentence", "turn"),
        ("within:2 role:patient", "within:2", "near:CODE"),
        ("near:col.* -within:2", "-within:2", "minus"),
        ("near:col.* within:2 within:3", "within:2", "Keep one"),
        ("after:yesterday", "yesterday", "2026-01-31"),
        ("date:2026-02-30", "2026-02-30", "2026-01"),
        ("date:..", "..", "2026"),
        ('ja "fast jobb', '"fast jobb', "end of the words"),
        ("code:", "code:", "FIELD:VALUE"),
        ("code:org, role:patient", "code:org,", "FIELD:VALUE"),
        ("ja - nei", "-", "right before"),
        ('ja ""', '""', "looked for"),
    ],
)
def test_what_is_wrong_is_pointed_at_with_what_to_do(query: str, pointed: str, near: str) -> None:
    with pytest.raises(QueryProblem) as caught:
        found(query)
    error = caught.value
    assert error.query[error.start : error.end] == pointed
    assert near in error.hint
    line, carets = error.pointer.splitlines()
    assert line[carets.index("^") : carets.rindex("^") + 1] == pointed
    assert "\n" not in error.what + error.hint


def test_in_a_long_query_the_part_around_the_fault_is_shown() -> None:
    long = " ".join(["role:patient"] * 20) + " rol:x " + "ord " * 30
    with pytest.raises(QueryProblem) as caught:
        found(long)
    line, carets = caught.value.pointer.splitlines()
    assert len(line) <= 80
    assert line[carets.index("^") : carets.rindex("^") + 1] == "rol"


def test_options_say_the_same_in_other_words() -> None:
    both = asked("valence:barrier", codes=["org.near"], attributes={"site": ["Oslo nord"]}, coders=["A"])
    kept = select(ROWS, both, documents=DOCUMENTS, informants=PEOPLE, codebook=BOOK)
    assert [row.coding_id for row in kept] == list(found('valence:barrier code:org.near site:"Oslo nord" coder:A'))


def test_where_turns_begin_is_needed_only_for_some_questions() -> None:
    needed = ["near:col.*", "near:col.* within:turn", "near:col.* within:3"]
    assert [
        query for query in (*needed, "code:col", "near:col.* within:overlap") if needs_breaks(parse(query))
    ] == needed


def test_figures_take_denominators_from_interviews_and_rows_from_codes() -> None:
    def freq(where: str, **options: Any) -> list[dict[str, Any]]:
        table = frequencies(
            ROWS, DOCUMENTS, PEOPLE, BOOK, coders=["A", "B"], pooled=True, where=where, breaks=BREAKS, **options
        )
        return [dict(row) for row in table.rows]

    (row,) = freq("role:patient valence:barrier code:org.near")
    assert (row["code"], row["segments"], row["segments_of"]) == ("org.near", 2, 5)
    assert (row["informants"], row["informants_of"]) == (1, 1)
    (row,) = freq("near:col.* code:org.near", by=("code",))
    assert (row["segments"], row["segments_of"], row["informants_of"]) == (2, 6, 2)
    assert [row["role"] for row in freq("-role:patient", by=("role",))] == ["clinician"]
    assert freq("code:org -code:org*") == []
    assert {row["code"]: row["segments"] for row in freq("coder:B")} == {"org.near": 1, "col.trust": 0, "org": 1}


@given(st.text(alphabet='ab:,-"* =«»\n1.æ', max_size=30))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    terms, problem = read(text)
    for term in terms:
        assert 0 <= term.start < term.end <= len(text)
        assert all(value.text for value in term.values)
    if problem is not None:
        assert 0 <= problem.start < problem.end <= max(len(text), problem.start + 1)
        assert problem.pointer.count("\n") == 1


def read(text: str) -> tuple[tuple[Term, ...], QueryProblem | None]:
    try:
        return parse(text).terms, None
    except QueryProblem as problem:
        return (), problem


names = st.text(alphabet="abcæøå.* ", min_size=1, max_size=6).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from(FIELDS[:12]), st.lists(names, min_size=1, max_size=3), st.booleans())))
def test_what_is_written_with_quotation_marks_is_read_as_it_was(terms: list[tuple[str, list[str], bool]]) -> None:
    text = " ".join(
        ("-" if negated else "") + field + ":" + ",".join(f'"{value}"' for value in values)
        for field, values, negated in terms
    )
    assert [(term.field, list(term.names), term.negated) for term in parse(text).terms] == terms


def test_names_in_messages_are_those_of_the_query_never_of_the_text() -> None:
    with pytest.raises(QueryProblem) as caught:
        found("code:nei jobb")
    assert not re.search("fikk|Ålesund", str(caught.value))
