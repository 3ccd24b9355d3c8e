"""Coefficients of agreement give the published values, and what other libraries give."""

import json
import random
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.analysis.agreement import coefficients
from ipscoding.analysis.agreement.coefficients import ac1, alpha, brennan_prediger, cohen, fleiss, percent, scott

PUBLISHED: dict[str, Any] = json.loads((Path(__file__).parent / "agreement_published.json").read_text("utf-8"))
BY_NAME: dict[str, Callable[..., float | None]] = {
    "percent": percent,
    "cohen": cohen,
    "scott": scott,
    "fleiss": fleiss,
    "alpha_nominal": alpha,
    "gwet_ac1": ac1,
    "brennan_prediger": brennan_prediger,
}
MEASURES = list(BY_NAME.values())
CORRECTED = [measure for measure in MEASURES if measure is not percent]


def ratings(rows: list[Any]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row) for row in rows)


@pytest.mark.parametrize(
    ("example", "measure"),
    [(name, measure) for name, example in PUBLISHED["nominal"].items() for measure in example["expected"]],
)
def test_a_published_example_gives_its_published_value(example: str, measure: str) -> None:
    data = PUBLISHED["nominal"][example]
    assert BY_NAME[measure](ratings(data["rows"])) == pytest.approx(data["expected"][measure], abs=2e-6, rel=1e-5)


def test_characters_coded_or_not_are_a_table_with_weights() -> None:
    example = PUBLISHED["nvivo"]
    neither = example["L"] - example["both"] - example["a_only"] - example["b_only"]
    table = {
        (True, True): example["both"],
        (True, False): example["a_only"],
        (False, True): example["b_only"],
        (False, False): neither,
    }
    assert percent(table) == pytest.approx(example["agreement"])
    assert cohen(table) == pytest.approx(example["kappa"], abs=1e-6)


@pytest.mark.parametrize("measure", CORRECTED)
def test_no_variation_is_undefined_and_never_one(measure: Callable[..., float | None]) -> None:
    assert measure({(False, False): 100}) is None
    assert measure({("a", "a", "a"): 3}) is None
    assert measure({("a", None): 3, (None, "a"): 2}) is None


@pytest.mark.parametrize("measure", [ac1, brennan_prediger])
def test_no_variation_is_undefined_also_where_there_was_a_choice(measure: Callable[..., float | None]) -> None:
    assert measure({(False, False): 100}, 2) is None


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_rated_is_undefined(measure: Callable[..., float | None]) -> None:
    assert measure({}) is None
    assert measure({("a", None): 3, (None, "b"): 1}) is None


@pytest.mark.parametrize("measure", MEASURES)
def test_the_same_ratings_with_variation_are_one(measure: Callable[..., float | None]) -> None:
    assert measure({("a", "a"): 3, ("b", "b"): 2}) == pytest.approx(1)


values = st.sampled_from(["a", "b", "c"])
two = st.lists(st.tuples(values, values), min_size=1, max_size=30)
some = st.lists(st.tuples(*[st.none() | values] * 4), min_size=1, max_size=20)


def same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else one == pytest.approx(other, abs=1e-9)


@settings(deadline=None)
@given(some, st.permutations(range(4)))
def test_it_does_not_matter_which_coder_is_named_first(rows: list[Any], order: list[int]) -> None:
    swapped = [tuple(row[place] for place in order) for row in rows]
    assert all(same(measure(ratings(rows)), measure(ratings(swapped))) for measure in MEASURES)


@settings(deadline=None)
@given(some)
def test_it_does_not_matter_what_values_are_called(rows: list[Any]) -> None:
    names = {"a": "zz", "b": "0", "c": "a", None: None}
    renamed = [tuple(names[value] for value in row) for row in rows]
    assert all(same(measure(ratings(rows)), measure(ratings(renamed))) for measure in MEASURES)


@settings(deadline=None)
@given(two)
def test_two_coders_have_one_pi_whatever_it_is_called(rows: list[Any]) -> None:
    assert same(scott(ratings(rows)), fleiss(ratings(rows)))


@settings(deadline=None)
@given(two)
def test_cohens_kappa_is_that_of_scikit_learn(rows: list[Any]) -> None:
    from sklearn.metrics import cohen_kappa_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohen_kappa_score(*zip(*rows, strict=True))
    ours = cohen(ratings(rows))
    assert ours is None if theirs != theirs else ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_coefficients_are_those_of_nltk(seed: int) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    chance = random.Random(seed)
    rows = [tuple(chance.choice("abcc") for _coder in range(2 + seed % 3)) for _unit in range(12)]
    triples = [(str(coder), str(unit), value) for unit, row in enumerate(rows) for coder, value in enumerate(row)]
    task = agreement.AnnotationTask(data=triples)
    assert alpha(ratings(rows)) == pytest.approx(task.alpha())
    assert cohen(ratings(rows)) == pytest.approx(task.kappa())
    if len(rows[0]) == 2:
        assert scott(ratings(rows)) == pytest.approx(task.pi())
        assert brennan_prediger(ratings(rows)) == pytest.approx(task.S())
        assert percent(ratings(rows)) == pytest.approx(task.avg_Ao())


def test_alpha_with_missing_ratings_is_that_of_nltk() -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    rows = PUBLISHED["nominal"]["krippendorff2011_C_gwet4raters"]["rows"]
    triples = [
        (str(coder), str(unit), value)
        for unit, row in enumerate(rows)
        for coder, value in enumerate(row)
        if value is not None
    ]
    assert alpha(ratings(rows)) == pytest.approx(agreement.AnnotationTask(data=triples).alpha())


def test_a_formula_gives_the_same_on_arrays() -> None:
    numpy = pytest.importorskip("numpy")
    tables = [
        {(True, True): 3, (True, False): 2, (False, False): 5},
        {(True, True): 0, (True, False): 0, (False, False): 9},
    ]
    arrays = {key: numpy.array([float(table[key]) for table in tables]) for key in tables[0]}
    for measure in (percent, cohen, scott, fleiss, alpha, lambda table: ac1(table, 2)):
        together = measure(arrays)
        for number, table in enumerate(tables):
            alone = measure(table)
            assert numpy.isnan(together[number]) if alone is None else together[number] == pytest.approx(alone)


def test_every_coefficient_says_where_it_comes_from() -> None:
    for source in ("Cohen 1960", "Scott 1955", "Fleiss 1971", "Krippendorff 2011", "Gwet 2008", "Brennan & Prediger"):
        assert source in str(coefficients.__doc__)
