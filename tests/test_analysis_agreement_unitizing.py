"""Alpha for unitizing gives the published values, and on units of length one the nominal alpha."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.analysis.agreement.coefficients import alpha
from ipscoding.analysis.agreement.unitizing import alpha_u, u_alpha

PUBLISHED: dict[str, Any] = json.loads((Path(__file__).parent / "agreement_published.json").read_text("utf-8"))
LENGTH = 24
STRETCH = 50_000


@pytest.mark.parametrize("name", PUBLISHED["unitizing_krippendorff1995"])
def test_krippendorff_1995(name: str) -> None:
    example = PUBLISHED["unitizing_krippendorff1995"][name]
    coders = [[tuple(unit) for unit in example[coder]] for coder in ("coder1", "coder2")]
    found = alpha_u(coders, LENGTH)
    assert found.observed == pytest.approx(example["observed"])
    assert found.alpha == pytest.approx(example["alphaU_L24"])
    stretched = [[(start * STRETCH, end * STRETCH) for start, end in units] for units in coders]
    assert alpha_u(stretched, LENGTH * STRETCH).alpha == pytest.approx(example["alphaU_L1200000"])


def test_krippendorff_2004() -> None:
    example = PUBLISHED["unitizing_krippendorff2004"]
    first = example["begin"]
    found = {
        value: alpha_u(
            [[(start - first, end - first) for start, end in example[coder][value]] for coder in ("coder1", "coder2")],
            example["L"],
        )
        for value in "ck"
    }
    for value, one in found.items():
        expected = example["expected"][value]
        assert (one.observed, one.expected) == pytest.approx((expected["Do"], expected["De"]), abs=1e-6)
        assert one.alpha == pytest.approx(expected["alpha"], abs=1e-6)
    observed, expected = (sum(getattr(one, name) for one in found.values()) for name in ("observed", "expected"))
    assert 1 - observed / expected == pytest.approx(example["expected"]["overall"], abs=1e-6)


def test_krippendorff_and_others_2016() -> None:
    example = PUBLISHED["u_alpha_2016"]
    found = u_alpha([[tuple(unit) for unit in units] for units in example["coders"]], example["L"])
    assert found.u == pytest.approx(example["expected"]["u"])
    assert found.binary == pytest.approx(found.u)
    assert (found.cu, found.by_value) == (None, {"k": None})


def test_of_the_parts_two_coders_gave_a_value_only_the_values_count() -> None:
    found = u_alpha([[(0, 10, "a"), (20, 30, "b")], [(5, 15, "a"), (20, 30, "b")]], 40)
    assert found.cu == pytest.approx(1)
    assert found.by_value == {"a": pytest.approx(1), "b": pytest.approx(1)}
    assert found.u is not None
    assert found.u < 1


def test_nothing_coded_is_undefined() -> None:
    found = u_alpha([[], []], 10)
    assert (found.u, found.binary, found.cu, found.by_value) == (None, None, None, {})
    assert alpha_u([[], []], 10).alpha is None


@pytest.mark.parametrize("units", [[(0, 5, "a"), (4, 6, "b")], [(5, 12, "a")], [(3, 3, "a")]])
def test_units_that_overlap_or_lie_outside_are_refused(units: list[Any]) -> None:
    with pytest.raises(ValueError, match="unit"):
        u_alpha([units, []], 10)


letters = st.text("ab.", min_size=1, max_size=30)


def units_of_one(text: str) -> list[tuple[int, int, str]]:
    return [(place, place + 1, letter) for place, letter in enumerate(text) if letter != "."]


@settings(deadline=None)
@given(st.lists(st.text("ab.", min_size=12, max_size=12), min_size=2, max_size=4))
def test_with_units_of_length_one_it_is_the_nominal_alpha(coders: list[str]) -> None:
    found = u_alpha([units_of_one(text) for text in coders], 12).u
    nominal = alpha(Counter(zip(*coders, strict=True)))
    assert found == nominal if nominal is None else found == pytest.approx(nominal, abs=1e-9)


def drawn(text: str) -> list[tuple[int, int, str]]:
    """Runs of one letter as units."""
    units: list[tuple[int, int, str]] = []
    for place, letter in enumerate(text):
        if units and units[-1][1:] == (place, letter):
            units[-1] = (units[-1][0], place + 1, letter)
        elif letter != ".":
            units.append((place, place + 1, letter))
    return units


@settings(deadline=None)
@given(st.lists(st.text("ab.", min_size=10, max_size=10), min_size=2, max_size=4))
def test_it_does_not_matter_who_is_first_nor_what_values_are_called(coders: list[str]) -> None:
    found = u_alpha([drawn(text) for text in coders], 10)
    turned = u_alpha([drawn(text.translate(str.maketrans("ab", "yx"))) for text in reversed(coders)], 10)
    for one, other in (
        (found.u, turned.u),
        (found.binary, turned.binary),
        (found.cu, turned.cu),
        (found.by_value.get("a"), turned.by_value.get("y")),
    ):
        assert one == other if one is None or other is None else one == pytest.approx(other, abs=1e-9)
