"""Wide tables of codes by case: the figures are those of the frequencies, the names those that SPSS and R take."""

import csv
import keyword
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.analysis import frequencies
from ipscoding.analysis.matrices import CASES, Case, matrix
from ipscoding.analysis.variables import variable_name
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence

BOOK = Codebook(
    "b", {}, codes=(Code("org", {}, codable=False), Code("org.nær", {"nb": "Nær"}, "org"), Code("org.team", {}, "org"))
)
FILES = [
    Document("1", "p1", "", informant="P1", role="patient", words=100),
    Document("2", "p1b", "", informant="P1", role="patient", words=50),
    Document("3", "c10", "", informant="C10", words=400),
    Document("4", "c2", "", informant="C2", words=10),
]
PEOPLE = [
    Informant("a", "P1", "patient", {"years-in-role": "", "site": "S1"}),
    Informant("b", "C10", "clinician", {"years-in-role": "3", "site": "S2"}),
    Informant("c", "C2", "clinician"),
    Informant("d", "Nobody", "clinician"),
]


def coding(number: int, document: str, informant: str, code: str, start: int, end: int, **fields: object) -> Excerpt:
    row: dict[str, object] = dict.fromkeys(Excerpt._fields, "") | {
        "coding_id": str(number), "document_id": document, "informant": informant, "code": code, "start": start,
        "end": end, "text": "x" * (end - start), "turn": 1, "valence": Valence.NONE, "coder": "A", "strength": None,
        "codebook_version": 1, "interviewer": False, "attributes": {},
    }  # fmt: skip
    return Excerpt(**(row | fields))  # type: ignore[arg-type]


ROWS = [
    coding(1, "1", "P1", "org.nær", 0, 10, valence=Valence.BARRIER),
    coding(2, "1", "P1", "org.nær", 5, 20, valence=Valence.BOTH),
    coding(3, "2", "P1", "org.nær", 0, 10, valence=Valence.FACILITATOR),
    coding(4, "3", "C10", "org.team", 0, 10),
    coding(5, "3", "C10", "org.team", 20, 30, interviewer=True),
    coding(6, "3", "C10", "org.team", 40, 50, coder="B"),
]


def test_a_document_is_a_row_and_overlapping_codings_count_once() -> None:
    made = matrix(ROWS, FILES, PEOPLE, BOOK, coders=["A"], statuses={("1", "A"): "done"})
    assert [column.name for column in made.columns] == [
        "document", "informant", "role", "language", "date", "words", "status", "coder", "site", "years_in_role",
        "org_naer", "org_team",
    ]  # fmt: skip
    assert [(r["document"], r["status"], r["org_naer"], r["org_team"]) for r in made.rows] == [
        ("c2", "not-started", 0, 0),
        ("c10", "not-started", 0, 1),
        ("p1", "done", 1, 0),
        ("p1b", "not-started", 1, 0),
    ]
    assert (made.rows[1]["years_in_role"], made.rows[1]["role"]) == ("3", "clinician")


def test_an_informant_is_a_row_whoever_was_not_interviewed_is_none() -> None:
    made = matrix(ROWS, FILES, PEOPLE, BOOK, case="informant", coders=["A"], statuses={("1", "A"): "done"})
    assert [(r["informant"], r["documents"], r["documents_done"], r["words"], r["org_naer"]) for r in made.rows] == [
        ("C2", 1, 0, 10, 0),
        ("C10", 1, 0, 400, 0),
        ("P1", 2, 1, 150, 2),
    ]


def test_by_valence_both_counts_on_each_side_and_binary_is_nought_or_one() -> None:
    made = matrix(ROWS, FILES, PEOPLE, BOOK, case="informant", by_valence=True, coders=["A"])
    assert [made.rows[2][f"org_naer{side}"] for side in ("", "_barrier", "_facilitator")] == [2, 1, 2]
    assert (made.codes["org_naer_barrier"].code, made.codes["org_naer_barrier"].side) == ("org.nær", "barrier")
    few = matrix(ROWS, FILES, PEOPLE, BOOK, case="informant", binary=True, coders=["A"])
    assert [row["org_naer"] for row in few.rows] == [0, 0, 1]


def test_coders_are_not_added_up_unless_they_are_taken_together() -> None:
    apart = matrix(ROWS, FILES, PEOPLE, BOOK)
    assert [row["coder"] for row in apart.rows] == ["A"] * 4 + ["B"] * 4
    together = matrix(ROWS, FILES, PEOPLE, BOOK, pooled=True)
    assert {row["coder"] for row in together.rows} == {"A, B"}
    assert [row["org_team"] for row in together.rows] == [0, 2, 0, 0]


def test_without_codings_every_case_is_there_with_noughts() -> None:
    made = matrix([], FILES, PEOPLE, BOOK)
    assert [row["org_naer"] for row in made.rows] == [0, 0, 0, 0]


@pytest.mark.parametrize("case", CASES)
def test_the_numbers_of_the_invented_interviews_are_those_of_the_frequencies(built_demo: Path, case: Case) -> None:
    from ipscoding.project import codebooks, documents, excerpts, informants, open_project

    with open_project(built_demo) as project:
        held = (
            list(excerpts.rows(project)), documents.all(project), informants.all(project), codebooks.load(project),
        )  # fmt: skip
        speech = documents.speech(project)
    made = matrix(*held, case=case, by_valence=True, coders=["A"], speech=speech)
    table = frequencies(*held, by=(case, "code"), units=("segments",), coders=["A"], speech=speech)
    rows = {row[case]: row for row in made.rows}
    names = {(variable.code, variable.side): name for name, variable in made.codes.items()}
    assert len(table.rows) == len(rows) * len(names) // 3
    for row in table.rows:
        for side in ("", "barrier", "facilitator"):
            assert rows[row[case]][names[str(row["code"]), side]] == row[side or "segments"]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_names_of_variables_are_what_spss_r_and_python_take(texts: list[str]) -> None:
    taken: set[str] = set()
    for text in texts:
        name = variable_name(text, taken)
        assert re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,63}", name)
        assert not name.endswith("_")
        assert not keyword.iskeyword(name.lower())
        assert name.lower() not in taken
        taken.add(name.lower())


@pytest.mark.parametrize(
    ("text", "name"),
    [("org.colocation", "org_colocation"), ("nærhet på jobb", "naerhet_paa_jobb"), ("3.a", "v_3_a"), ("not", "v_not"),
     ("", "v"), ("é", "e")],
)  # fmt: skip
def test_names_stay_readable(text: str, name: str) -> None:
    assert variable_name(text) == name


def test_the_table_is_csv_as_any_other(tmp_path: Path) -> None:
    from ipscoding.exchange.write import write

    write(matrix(ROWS, FILES, PEOPLE, BOOK, pooled=True), tmp_path / "m.csv")
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        assert [row["org_team"] for row in csv.DictReader(file)] == ["0", "2", "0", "0"]
