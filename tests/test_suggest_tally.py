"""Figures from counts, checked against other ways to work them out, and their intervals."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from ipscoding.domain import Span, Valence
from ipscoding.suggest.evaluate import Case, Coded, Judged, Row, Sheet, coder_sheet, rows
from ipscoding.suggest.tally import FIGURES
from tests.suggest_example import transcript

CODES = "pqrs"
B, F = Valence.BARRIER, Valence.FACILITATOR

cases = st.builds(
    Case,
    right=st.frozensets(st.sampled_from(CODES), min_size=1),
    ranked=st.just(()),
    shown=st.lists(st.sampled_from(CODES), unique=True, max_size=3).map(tuple),
    scored=st.lists(st.tuples(st.sampled_from(CODES), st.floats(0, 1)), max_size=3).map(tuple),
    directions=st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from([B, F]), st.sampled_from([B, F]))).map(tuple),
)
sheets = st.lists(
    st.builds(
        Sheet,
        language=st.sampled_from(["nb", "nn"]),
        role=st.sampled_from(["patient", "clinician"]),
        cases=st.lists(cases, max_size=6).map(lambda made: {"passage": made, "sentence": []}),
        uncoded=st.integers(0, 9),
        false=st.lists(st.sampled_from(CODES), max_size=4),
    ),
    min_size=1,
    max_size=5,
)


def whole(found: list[Row]) -> Row:
    return next(row for row in found if (row.unit, row.by) == ("passage", "all"))


@settings(max_examples=20, deadline=None)
@given(sheets)
def test_f1_is_what_scikit_learn_says(made: list[Sheet]) -> None:
    found = [case for sheet in made for case in sheet.cases["passage"]]
    row = whole(rows(made, "engine"))
    if not found:
        assert row.values["micro_f1"] is None
        return
    truth = np.array([[code in case.right for code in CODES] for case in found])
    said = np.array([[code in case.shown for code in CODES] for case in found])
    given_codes = truth.any(axis=0)
    each = f1_score(truth, said, average=None, zero_division=0)
    assert row.values["micro_f1"] == pytest.approx(f1_score(truth, said, average="micro", zero_division=0))
    assert row.values["macro_f1"] == pytest.approx(each[given_codes].mean())


@settings(max_examples=20, deadline=None)
@given(sheets)
def test_the_calibration_error_by_hand(made: list[Sheet]) -> None:
    scored = [(score, code in case.right) for s in made for case in s.cases["passage"] for code, score in case.scored]
    row = whole(rows(made, "engine"))
    if not scored:
        assert row.values["ece"] is None
        return
    error = 0.0
    for tenth in range(10):
        inside = [pair for pair in scored if min(int(pair[0] * 10), 9) == tenth]
        error += abs(sum(score - right for score, right in inside)) / len(scored)
    assert row.values["ece"] == pytest.approx(error, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(sheets)
def test_the_f1_of_directions_is_what_scikit_learn_says(made: list[Sheet]) -> None:
    pairs = [(a, b) for s in made for case in s.cases["passage"] for _code, a, b in case.directions]
    row = whole(rows(made, "engine"))
    assert row.directions == len(pairs)
    if not pairs:
        assert row.values["valence_macro_f1"] is None
        return
    truth, said = ([str(pair[i]) for pair in pairs] for i in (0, 1))
    assert row.values["valence_macro_f1"] == pytest.approx(f1_score(truth, said, average="macro"))


@settings(max_examples=20, deadline=None)
@given(sheets)
def test_every_interval_is_an_interval_and_holds_for_a_good_part_of_what_can_be_drawn(made: list[Sheet]) -> None:
    for row in rows(made, "engine"):
        for name in FIGURES:
            interval = row.intervals[name]
            if len(made) == 1 or row.values[name] is None:
                assert interval is None or row.by in ("role", "language")
            elif interval is not None:
                assert interval[0] <= interval[1]
                assert not math.isnan(interval[0] + interval[1])


def hits(right: int, of: int) -> Sheet:
    said = [Case(frozenset("p"), ("p",) if number < right else ("q",), ()) for number in range(of)]
    return Sheet("nb", "patient", {"passage": said, "sentence": []})


def test_an_interval_is_that_of_draws_of_interviews() -> None:
    chance = random.Random(3)
    made = [hits(chance.randrange(11), 10) for _ in range(12)]
    shares = [sum(case.ranked == ("p",) for case in sheet.cases["passage"]) / 10 for sheet in made]
    drawn = sorted(sum(chance.choices(shares, k=12)) / 12 for _ in range(20_000))
    interval = whole(rows(made, "engine")).intervals["hit1"]
    assert interval is not None
    assert interval[0] == pytest.approx(drawn[500], abs=0.04)
    assert interval[1] == pytest.approx(drawn[19_500], abs=0.04)
    assert whole(rows(made, "engine")).intervals == whole(rows(made, "engine")).intervals


def test_interviews_that_are_all_alike_leave_no_doubt() -> None:
    assert whole(rows([hits(3, 10)] * 5, "engine")).intervals["hit1"] == pytest.approx((0.3, 0.3))


def test_false_suggestions_are_counted_for_each_hundred_uncoded_sentences() -> None:
    case = Case(frozenset("p"), ("p",), ("p",))
    made = [
        Sheet("nb", "patient", {"passage": [case], "sentence": []}, 30, ["p", "q"]),
        Sheet("nb", "patient", {"passage": [], "sentence": []}, 20, ["p"]),
    ]
    found = rows(made, "engine")
    assert whole(found).values["false_per_100_uncoded"] == pytest.approx(6.0)
    [of_code] = [row for row in found if (row.by, row.value) == ("code", "p")]
    assert of_code.values["false_per_100_uncoded"] == pytest.approx(4.0)


def test_by_sentence_scores_on_uncoded_sentences_are_never_right() -> None:
    case = Case(frozenset("p"), ("p",), ("p",), (("p", 0.9),))
    cases = {"passage": [case], "sentence": [case]}
    sheet = Sheet("nb", "patient", cases, 2, [], [("p", 0.3), ("q", 0.1)])  # type: ignore[arg-type]
    found = {row.unit: row.values["ece"] for row in rows([sheet], "engine") if row.by == "all"}
    assert found["passage"] == pytest.approx(0.1)
    assert found["sentence"] == pytest.approx((0.1 + 0.3 + 0.1) / 3)


SAID = transcript(("P", "Aaa aaa aaa. Bbb bbb. Ccc."), ("I", "Aaa?"))
FIRST, SECOND, THIRD = Span(3, 15), Span(16, 24), Span(25, 29)


def test_a_second_coder_is_scored_where_both_coded_something() -> None:
    coded = Coded(
        "p01",
        "nb",
        "patient",
        SAID,
        (
            Judged(FIRST, "p", "A", B),
            Judged(FIRST, "p", "B", B),
            Judged(SECOND, "q", "A", B),
            Judged(SECOND, "r", "B", F),
            Judged(THIRD, "s", "B", F),
        ),
    )
    sheet = coder_sheet(coded)
    assert sheet is not None
    row = whole(rows([sheet], "second coder"))
    assert row.n == 4, "two passages, seen by each of the two; the third was coded by one only"
    assert row.values["hit1"] == pytest.approx(0.5)
    assert row.values["micro_f1"] == pytest.approx(0.5)
    assert row.values["valence_macro_f1"] == pytest.approx(1.0)
    assert row.values["ece"] is None
    assert row.uncoded == 1, "A left one sentence uncoded, B none"
    assert row.values["false_per_100_uncoded"] == pytest.approx(100.0)


def test_one_coder_alone_has_no_ceiling() -> None:
    assert coder_sheet(Coded("p01", "nb", "", SAID, (Judged(FIRST, "p", "A", B),))) is None
