"""What groups say of codes: counted by pandas as well, on the example project and on projects made at random."""

from fractions import Fraction
from pathlib import Path

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipscoding
from ipscoding.analysis.triangulation import Asked, Condition, Saying, compare, condition, split, triangulate
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence
from ipscoding.errors import FileProblem, NotAllowed, NotFound
from ipscoding.exchange.periods_in import read_periods
from tests.cli_example import good, say

BOOK = Codebook("b", {}, codes=(Code("x", {}, codable=False), Code("x.a", {}, "x"), Code("x.b", {}, "x")))
SIDES = {"barrier": ("barrier", "both"), "facilitator": ("facilitator", "both")}
CONTAINED = ("barrier", "facilitator", "both", "none")


def project(said: list[tuple[int, str, str]], people: int) -> tuple[list[Excerpt], list[Document], list[Informant]]:
    """Codings (person, code, direction) of `people`, the even ones patients and the odd ones clinicians."""
    informants = [Informant(str(n), f"P{n}", ("patient", "clinician")[n % 2]) for n in range(people)]
    documents = [
        Document(f"d{n}", f"d{n}", "", informant=f"P{n}", words=100, date=f"2026-0{n % 3 + 1}-15")
        for n in range(people)
    ]
    rows = [
        Excerpt(
            coding_id=str(at), project="", document_id=f"d{n}", document=f"d{n}", informant=f"P{n}",
            role=("patient", "clinician")[n % 2], speaker="", turn=1, code=code, code_label=code, code_path="",
            domain="x", valence=Valence(valence), strength=None, coder="A", coded_at="", origin="", codebook_version=1,
            start=at * 10, end=at * 10 + 9, text="ja og nei", context_before="", context_after="", memo="", status="",
        )
        for at, (n, code, valence) in enumerate(said)
    ]  # fmt: skip
    return rows, documents, informants


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 7).flatmap(
        lambda people: st.tuples(
            st.just(people),
            st.lists(
                st.tuples(st.integers(0, people - 1), st.sampled_from(("x.a", "x.b")), st.sampled_from(CONTAINED))
            ),
        )
    )
)
def test_random_projects_are_counted_as_pandas_counts_them(case: tuple[int, list[tuple[int, str, str]]]) -> None:
    people, said = case
    rows, documents, informants = project(said, people)
    made = triangulate(rows, documents, informants, BOOK, Asked(sort="code")).table.rows
    table = pandas.DataFrame(said, columns=["person", "code", "valence"])
    table["role"] = table["person"].map(lambda n: ("patient", "clinician")[n % 2])
    of = {"patient": (people + 1) // 2, "clinician": people // 2}
    assert [row["code"] for row in made] == ["x.a", "x.b"]
    for row in made:
        mine = table[table["code"] == row["code"]]
        shares: dict[str, list[float]] = {"any": [], "barrier": [], "facilitator": []}
        for role, n in of.items():
            there = mine[mine["role"] == role]
            assert (row[f"{role}_informants"], row[f"{role}_of"]) == (there["person"].nunique(), n)
            shares["any"].append(there["person"].nunique() / n)
            number = {}
            for side, valences in SIDES.items():
                on_side = there[there["valence"].isin(valences)]
                number[side] = len(on_side)
                assert row[f"{role}_{side}"] == on_side["person"].nunique()
                shares[side].append(on_side["person"].nunique() / n)
            both = sum(number.values())
            balance = (number["facilitator"] - number["barrier"]) / both if both else None
            assert row[f"{role}_balance"] == (pytest.approx(balance) if both else None)
            assert (role in str(row["silent"]).split(", ")) == (there.empty)
        assert row["contrast"] == pytest.approx(max(max(one) - min(one) for one in shares.values()))
        assert row["agreement"] == pytest.approx(max(min(one) for one in shares.values()))


@pytest.mark.parametrize("coder", ["A", "B"])
def test_the_question_of_a_researcher_is_answered_as_pandas_answers_it(built_demo: Path, coder: str) -> None:
    with ipscoding.open(built_demo) as study:
        rows = study.triangulate(
            side="facilitator", more_than={"patient": "1/2"}, less_than={"clinician": 0.25}, quotes=2, coders=[coder]
        )
        codings = pandas.DataFrame(study.excerpts(coders=[coder]))
        people = pandas.DataFrame(study.informants())
        same = study.triangulate(
            where="valence:facilitator,both",
            more_than={"patient": "50%"},
            less_than={"clinician": 0.25},
            coders=[coder],
        )
    interviewed = people["role"].value_counts()
    named = codings[codings["valence"].isin(["facilitator", "both"])]
    shares = named.groupby(["code", "role"])["informant"].nunique().unstack(fill_value=0) / interviewed
    expected = shares[(shares["patient"] > 0.5) & (shares["clinician"] < 0.25)].index
    assert {row["code"] for row in rows} == set(expected) != set()
    assert {row["code"] for row in same} == set(expected)
    quotes = codings.set_index(["text", "document"])
    for row in rows:
        for number in (1, 2):
            quoted = quotes.loc[(row[f"quote_{number}"], row[f"quote_{number}_document"])]
            quoted = quoted if isinstance(quoted, pandas.DataFrame) else quoted.to_frame().T
            quoted = quoted[quoted["code"] == row["code"]]
            assert set(quoted["role"]) == {"patient"}
            assert set(quoted["valence"]) <= {"facilitator", "both"}
        assert row["quote_1_informant"] != row["quote_2_informant"]


def test_the_command_shows_the_table_and_the_quotes_below(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = ("--valence", "facilitator", "--more-than", "patient=1/2", "--less-than", "clinician=1/4")
    out = good(capsys, "triangulate", built_demo, *question, "--quotes", 2, "--coders", "A")
    assert "4 of 60 rows are named by more than 1/2 of Jobseeker (patient), fewer than 1/4 of Clinician." in out
    assert out.count("turn ") == 8
    by_name = good(capsys, "triangulate", built_demo, *question[:2], "--more-than", "jobbsøker=50%",
                   "--less-than", "Clinician=0,25", "--quotes", 2, "--coders", "A")  # fmt: skip
    assert by_name == out


def test_contrast_is_taken_where_groups_lie_furthest_apart() -> None:
    patients, staff = Saying("p", 3, 0, 3, 4, 1.0), Saying("s", 3, 3, 1, 4, -0.5)
    found = compare([patients, staff])
    assert (found.contrast, found.way, found.most, found.least) == (0.75, "barrier", "s", "p")
    assert (found.agreement, found.agreed_way, found.directions) == (0.75, "any", "opposed")


def test_silence_is_not_balance() -> None:
    found = compare([Saying("p", 2, 1, 1, 4, 0.0), Saying("s", 0, 0, 0, 3, None)])
    assert (found.silent, found.directions, found.agreement) == (("s",), "", 0.0)
    assert compare([Saying("p", 0, 0, 0, 4, None), Saying("s", 0, 0, 0, 3, None)]).contrast == 0.0


@pytest.mark.parametrize(
    "groups",
    [[], [Saying("p", 1, 0, 1, 1, 1.0)], [Saying("p", 1, 0, 1, 1, 1.0), Saying("s", None, None, None, 2, None)]],
    ids=["nobody", "one group", "one group to be seen"],
)
def test_one_group_alone_is_compared_with_nothing(groups: list[Saying]) -> None:
    found = compare(groups)
    assert (found.contrast, found.agreement, found.directions) == (None, None, "")


@pytest.mark.parametrize(
    ("text", "share"),
    [("patient=1/2", Fraction(1, 2)), ("a=b=25%", Fraction(1, 4)), ("NAV=0,5", Fraction(1, 2)), ("x=0", Fraction(0)),
     ("x=1", Fraction(1)), ("x=12,5 %", Fraction(1, 8))],
)  # fmt: skip
def test_shares_are_written_as_people_write_them(text: str, share: Fraction) -> None:
    found = condition("more-than", text)
    assert (found.group, found.share) == (text.rpartition("=")[0], share)


@pytest.mark.parametrize("text", ["patient", "patient=", "=1/2", "p=1/0", "p=3/2", "p=150%", "p=2", "p=-1", "p=half"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(NotAllowed):
        condition("at-least", text)


def test_more_than_and_at_least_differ_at_the_limit() -> None:
    half = Fraction(1, 2)
    assert [Condition(kind, "p", half).holds(2, 4) for kind in ("more-than", "at-least", "less-than", "at-most")] == [
        False, True, False, True,
    ]  # fmt: skip
    assert not Condition("less-than", "p", half).holds(0, 0)


def test_before_and_after_a_date_are_groups_in_the_order_of_time() -> None:
    rows, documents, informants = project([(0, "x.a", "barrier"), (1, "x.a", "facilitator")], 4)
    asked = Asked(periods=split("2026-02-15"), long=True, sort="code")
    made = triangulate(rows, documents, informants, BOOK, asked).table.rows
    assert [(row["group"], row["informants"], row["informants_of"]) for row in made[:2]] == [
        ("before 2026-02-15", 1, 2),
        ("from 2026-02-15", 1, 2),
    ]
    assert made[0]["directions"] == "opposed"
    assert [row["silence"] for row in made] == ["", "", "silent", "silent"]


def test_an_interview_without_a_date_is_in_no_period() -> None:
    rows, documents, informants = project([(0, "x.a", "barrier")], 2)
    documents = [documents[0], Document("d1", "d1", "", informant="P1", words=10, date="våren 2026")]
    asked = Asked(periods=split("2026-02-15"), long=True, sort="code")
    made = triangulate(rows, documents, informants, BOOK, asked).table.rows
    assert [row["group"] for row in made[:2]] == ["before 2026-02-15", "not recorded"]


def test_roles_and_periods_make_groups_together(built_demo: Path) -> None:
    with ipscoding.open(built_demo) as study:
        rows = study.triangulate(
            by=["role"], split_date="2026-03-01", long=True, coders=["A"], codes=["org.leadership"]
        )
    groups = [(row["group"], row["informants_of"]) for row in rows]
    assert ("patient · before 2026-03-01", 2) in groups
    assert sum(int(n) for _group, n in groups) == 12


def test_periods_come_from_a_file_and_faults_name_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "periods.csv"
    path.write_text("periode;fra;til\nfør;;2025-12-31\nreform;2026-01-01;2026-06-30\netter;2026-07-01;\n", "utf-8")
    periods = read_periods(path)
    assert [period.name for period in periods] == ["før", "reform", "etter"]
    assert [period.first is None for period in periods] == [True, False, False]
    for text, told in (
        ("period,from,to\na,1.1.2026,\n", "line 2, from: “1.1.2026” is not a date"),
        ("period,from,to\na,2026-02-01,2026-01-01\n", "line 2, to: the period ends before it begins"),
        ("period,from,to\na,,2026-02-01\nb,2026-02-01,\n", "line 3, from: it overlaps with “a”"),
        ("period,from,to\na,,2026-01-01\na,2026-02-01,\n", "line 3, period: a stands on line 2 already"),
        ("period,from,to\n,,\n", "there is no period"),
        ("period,to\na,\n", "the column “from” is missing"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(FileProblem, match=told.replace("(", r"\(")):
            read_periods(path)


def test_what_cannot_be_compared_is_told(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ipscoding.open(built_demo) as study:
        with pytest.raises(NotFound, match="no group pasientene"):
            study.triangulate(more_than={"pasientene": 0.5})
        with pytest.raises(NotAllowed, match="valence does not make groups"):
            study.triangulate(by=["valence"])
        with pytest.raises(NotFound, match="No such order"):
            study.triangulate(sort="size")
        with pytest.raises(NotAllowed, match="Quotes go with"):
            study.triangulate(quotes=1, long=True)
    for wrong in (("--split-date", "i fjor"), ("--by", "rolle"), ("--more-than", "patient"), ("--where", "role:hvem"),
                  ("--split-date", "2026-01-01", "--periods", "x.csv")):  # fmt: skip
        assert say(capsys, "triangulate", built_demo, *wrong).code == 2, wrong


def test_hidden_figures_stay_out_of_the_comparison(built_demo: Path) -> None:
    with ipscoding.open(built_demo) as study:
        rows = study.triangulate(min_cell=3, coders=["A"])
    for row in rows:
        seen = [role for role in ("patient", "clinician", "employment-specialist", "nav-counsellor")
                if row[f"{role}_informants"] is not None]  # fmt: skip
        assert all(not 0 < row[f"{role}_informants"] < 3 for role in seen)
        assert {row["most"], row["least"]} - {""} <= set(seen)


@pytest.mark.parametrize("asked", [Asked(), Asked(long=True), Asked(periods=split("2026-01-01")), Asked(quotes=2)])
def test_small_and_large_projects_give_sensible_tables(asked: Asked) -> None:
    nothing = triangulate([], [], [], BOOK, asked).table
    assert all(row.get("contrast") is None for row in nothing.rows)
    one = triangulate(*project([(0, "x.a", "none")], 1), BOOK, asked).table
    assert len(one.rows) == 2
    bare = [Document("d", "d", "", words=9)]
    assert triangulate([], bare, [], BOOK, asked).table.rows
    many = Codebook("m", {}, codes=tuple(Code(f"c{n}", {}) for n in range(1000)))
    assert len({row["code"] for row in triangulate(*project([(0, "c7", "both")], 3), many, asked).table.rows}) == 1000
