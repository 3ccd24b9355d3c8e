"""Saturation: the worked example, a count by hand in pandas, and what holds for any interviews in any order."""

from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipscoding
from ipscoding.analysis.saturation import Asked, Setting, new_codes, reached, runs, saturation
from ipscoding.analysis.saturation.order import draw
from ipscoding.domain import Code, Codebook, Document, Excerpt, Informant, Valence
from ipscoding.errors import FileProblem, NotFound
from tests.cli_example import good, say

FIVE = Fraction(5, 100)
WORKED = [20, 7, 6, 4, 2, 1, 0, 1]
SAID = st.lists(st.sets(st.sampled_from("abcdefgh")), min_size=0, max_size=9)


def test_the_worked_example_of_the_method() -> None:
    found = runs(WORKED, 4, 2)
    assert [run.base_codes for run in found] == [37, 37, 37]
    assert [f"{run.share:.2%}" for run in found] == ["8.11%", "2.70%", "2.70%"]
    at = reached(WORKED, Setting(4, 2, FIVE))
    assert at is not None
    assert (at.told, at.last) == ("5+2", 7)
    assert reached(WORKED, Setting(4, 2, Fraction(0))) is None
    assert reached(WORKED, Setting(6, 2, Fraction(0))) is None
    assert runs(WORKED, 6, 3) == []


def test_a_threshold_counts_as_reached_when_it_is_met_exactly() -> None:
    assert reached([20, 1], Setting(1, 1, FIVE)) is not None
    assert reached([19, 1], Setting(1, 1, FIVE)) is None


@given(SAID)
def test_new_codes_are_those_that_no_earlier_interview_had(said: list[set[str]]) -> None:
    found = new_codes(said)
    for place, codes in enumerate(said):
        assert found[place] == len(codes - set().union(*said[:place]))
    assert sum(found) == len(set().union(*said))


@settings(max_examples=60, deadline=None)
@given(SAID, st.integers(1, 4), st.integers(1, 3), st.sampled_from([Fraction(0), FIVE, Fraction(1, 3)]))
def test_the_band_says_of_every_order_what_the_method_says(
    said: list[set[str]], base: int, run: int, threshold: Fraction
) -> None:
    orders = draw(said, 40, 3)
    if len(said) < 2:
        assert orders is None
        return
    assert orders is not None
    share, band = orders.reached(Setting(base, run, threshold))
    found = [reached([int(n) for n in new], Setting(base, run, threshold)) for new in orders.new]
    there = sorted(one.last for one in found if one)
    assert share == pytest.approx(len(there) / 40)
    # the smallest value that at least half of all orders are not above; an order that never gets there is above all
    assert band.median == (there[19] if len(there) >= 20 else None)
    assert band.low == (there[1] if len(there) >= 2 else None)
    assert band.high == (there[37] if len(there) >= 38 else None)
    assert [int(new.sum()) for new in orders.new] == [len(set().union(*said))] * 40


def test_orders_are_orders_of_the_interviews() -> None:
    said = [{"a"}, {"a", "b"}, {"c"}]
    orders = draw(said, 300, 1)
    assert orders is not None
    possible = {tuple(new_codes(one)) for one in permutations(said)}
    assert {tuple(int(n) for n in new) for new in orders.new} == possible
    again = draw(said, 300, 1)
    assert again is not None
    assert (orders.new == again.new).all()


BOOK = Codebook(
    "b", {}, codes=(Code("a", {}), Code("b", {}), Code("was", {}, retired=True, merged_into="a"),
                    Code("before", {}, retired=True, merged_into="was"), Code("gone", {}, retired=True)),
)  # fmt: skip


def coding(document: str, code: str, valence: Valence = Valence.NONE, coder: str = "A", **more: object) -> Excerpt:
    fields: dict[str, object] = {
        "coding_id": f"{document}/{code}/{coder}", "project": "", "document_id": document,
        "document": document, "informant": document,
        "role": "", "speaker": "", "turn": 1, "code": code, "code_label": "", "code_path": "", "domain": "",
        "valence": valence, "strength": None, "coder": coder, "coded_at": "", "origin": "",
        "codebook_version": 1, "start": 0, "end": 9, "text": "", "context_before": "", "context_after": "",
        "memo": "", "status": "",
    }  # fmt: skip
    return Excerpt(**(fields | more))  # type: ignore[arg-type]


def interviews(names: str) -> list[Document]:
    return [
        Document(name, name, "", informant=name, role="patient" if name < "d4" else "nav") for name in names.split()
    ]


def curve(rows: list[Excerpt], names: str, **options: object) -> list[int]:
    asked = Asked("curve", orders=0)
    table = saturation(rows, interviews(names), [], BOOK, asked, **options)  # type: ignore[arg-type]
    return [int(str(row["new"])) for row in table.rows]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["d1", "d2", "d3", "d4", "d5"]),
            st.sampled_from(["a", "b", "was", "before", "gone"]),
            st.sampled_from("AB"),
        )
    ),
    st.permutations(["d1", "d2", "d3", "d4", "d5"]),
)
def test_random_projects_are_counted_as_pandas_counts_them(said: list[tuple[str, str, str]], order: list[str]) -> None:
    table = saturation(
        [coding(document, code, coder=coder) for document, code, coder in said],
        interviews(" ".join(order)), [], BOOK, Asked("curve", orders=0),
    )  # fmt: skip
    frame = pandas.DataFrame(said, columns=["document", "code", "coder"])
    frame["code"] = frame["code"].replace({"was": "a", "before": "a"})
    frame["place"] = frame["document"].map(order.index)
    coders = sorted(frame["coder"].unique())
    for coder in coders:
        mine = frame[frame["coder"] == coder]
        first = mine.groupby("code")["place"].min().value_counts()
        expected = [(order[at], int(first.get(at, 0))) for at in sorted(mine["place"].unique())]
        made = [row for row in table.rows if row.get("coder", coder) == coder]
        assert [(row["document"], row["new"]) for row in made] == expected


def test_a_merged_code_is_no_news_beside_its_successor() -> None:
    rows = [coding("d1", "was"), coding("d2", "a"), coding("d3", "before"), coding("d3", "gone"), coding("d4", "b")]
    assert curve(rows, "d1 d2 d3 d4") == [1, 0, 1, 1]


def test_an_interview_not_coded_yet_is_left_out_and_one_that_is_done_counts() -> None:
    rows = [coding("d1", "a"), coding("d4", "b")]
    assert curve(rows, "d1 d2 d3 d4") == [1, 1]
    assert curve(rows, "d1 d2 d3 d4", done={"A": {"d2"}}) == [1, 0, 1]
    table = saturation(rows, interviews("d1 d2 d3 d4"), [], BOOK)
    assert any(
        "2 interviews that are neither coded nor marked as done by A are left out" in note for note in table.notes
    )


def test_coders_stand_apart_or_together_and_consensus_goes_first() -> None:
    rows = [coding("d1", "a"), coding("d2", "b"), coding("d1", "b", coder="B"), coding("d2", "b", coder="B")]
    assert curve(rows, "d1 d2") == [1, 1, 1, 0]
    assert curve(rows, "d1 d2", pooled=True) == [2, 0]
    assert curve([*rows, coding("d2", "a", coder="consensus")], "d1 d2") == [1]


def test_a_query_says_what_can_be_news_and_an_interview_without_it_still_counts() -> None:
    rows = [coding("d1", "a"), coding("d2", "b"), coding("d3", "a", Valence.BARRIER), coding("d4", "b")]
    assert curve(rows, "d1 d2 d3 d4", where="code:b") == [0, 1, 0, 0]
    assert curve(rows, "d1 d2 d3 d4", where="valence:barrier") == [0, 0, 1, 0]
    assert curve(rows, "d1 d2 d3 d4", where="document:d2,d3") == [1, 1]


def test_by_valence_a_code_is_new_on_each_side_once() -> None:
    rows = [coding("d1", "a", Valence.BARRIER), coding("d2", "a", Valence.BOTH), coding("d2", "b")]
    table = saturation(rows, interviews("d1 d2"), [], BOOK, Asked("curve", by=("valence",), orders=0))
    found = [(row["valence"], row["document"], row["new"]) for row in table.rows]
    assert found == [("barrier", "d1", 1), ("barrier", "d2", 0), ("facilitator", "d1", 0), ("facilitator", "d2", 1)]


def test_by_role_each_group_has_a_base_of_its_own() -> None:
    rows = [coding(name, "a") for name in ("d1", "d2", "d4", "d5")]
    asked = Asked(by=("role",), bases=(1,), runs=(1,), thresholds=(Fraction(0),))
    table = saturation(rows, interviews("d4 d1 d2 d5"), [], BOOK, asked)
    assert [(row["role"], row["interviews"], row["reached"]) for row in table.rows] == [
        ("nav", 2, "1+1"),
        ("patient", 2, "1+1"),
    ]


@pytest.mark.parametrize(
    ("rows", "names", "said"),
    [
        ([], "", []),
        ([], "d1 d2 d3", ["too few interviews"]),
        ([coding("d1", "a")], "d1", ["too few interviews"]),
        ([coding(name, "a", interviewer=True) for name in ("d1", "d2")], "d1 d2", ["undefined"]),
    ],
    ids=["nothing", "no codings", "one interview", "only the interviewer's words"],
)
def test_where_there_is_too_little_nothing_is_claimed(rows: list[Excerpt], names: str, said: list[str]) -> None:
    asked = Asked(bases=(1,), runs=(1,), thresholds=(FIVE,))
    table = saturation(rows, interviews(names), [], BOOK, asked)
    assert [row["reached"] for row in table.rows] == said
    done = {"A": ["d1", "d2"]}
    empty = saturation([coding("d3", "a")], interviews("d1 d2 d3"), [], BOOK, asked, done=done)
    assert [(row["reached"], row["new_share"]) for row in empty.rows] == [("undefined", None)]


@pytest.mark.parametrize("coder", ["A", "B"])
@pytest.mark.parametrize("valence", [None, "barrier", "facilitator"])
def test_the_curve_of_the_example_project_is_what_pandas_counts(
    built_demo: Path, coder: str, valence: str | None
) -> None:
    with ipscoding.open(built_demo) as study:
        codings = pandas.DataFrame(study.excerpts(coders=[coder]))
        dates = {document["name"]: document["date"] for document in study.documents()}
        rows = study.saturation(part="curve", coders=[coder], by=["valence"] if valence else [], orders=0)
    if valence:
        codings = codings[codings["valence"].isin([valence, "both"])]
        rows = [row for row in rows if row["valence"] == valence]
    first = codings.assign(date=codings["document"].map(dates)).groupby("code")["date"].min()
    expected = first.value_counts().reindex(sorted(dates.values()), fill_value=0)
    assert [row["date"] for row in rows] == list(expected.index)
    assert [row["new"] for row in rows] == list(expected)
    assert [row["codes"] for row in rows] == list(expected.cumsum())


def test_a_file_gives_the_order_and_its_faults_are_told_with_their_line(
    built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "order.txt"
    order.write_text("n01-nav\n\np01-jobbsoker\n", encoding="utf-8")
    out = good(
        capsys, "saturation", built_demo, "--show", "curve", "--order", order, "--coders", "A", "--format", "csv"
    )
    assert [line.split(",")[1] for line in out.splitlines()] == ["document", "n01-nav", "p01-jobbsoker"]
    order.write_text("n01-nav\np1\n", encoding="utf-8")
    said = say(capsys, "saturation", built_demo, "--order", order)
    assert (said.code, "line 2" in said.err) == (2, True), said
    order.write_text("n01-nav\nn01-nav\n", encoding="utf-8")
    assert "line 2: n01-nav stands there twice" in say(capsys, "saturation", built_demo, "--order", order).err
    with ipscoding.open(built_demo) as study:
        with pytest.raises(NotFound, match="no order dato"):
            study.saturation(order="dato")
        with pytest.raises(FileProblem):
            study.saturation(order=str(tmp_path / "absent.txt"))
        with pytest.raises(NotFound, match="grouped by rolle"):
            study.saturation(by=["rolle"])


def test_wrong_numbers_are_refused(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (("--base", "0"), ("--run", "x"), ("--threshold", "101"), ("--threshold", "-1")):
        assert say(capsys, "saturation", built_demo, *wrong).code == 2


def test_people_of_a_focus_group_are_in_their_own_groups() -> None:
    group = Document("d1", "d1", "", informant="P1", speakers={"N": "N1"})
    people = [Informant("1", "P1", "patient"), Informant("2", "N1", "nav")]
    rows = [coding("d1", "a", informant="P1"), coding("d1", "b", informant="N1"), coding("d1", "a", informant="N1")]
    table = saturation(rows, [group], people, BOOK, Asked("curve", by=("role",), orders=0))
    assert [(row["role"], row["new"]) for row in table.rows] == [("nav", 2), ("patient", 1)]
