"""The table of agreement counts what it says: units, codes, directions, segments, and what is left out."""

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.analysis.agreement import MEASURES, Overlap, Question, Reading, agreement
from ipscoding.analysis.agreement.coefficients import ac1, alpha, cohen, percent
from ipscoding.analysis.agreement.unitizing import u_alpha
from ipscoding.analysis.table import Row
from ipscoding.domain import Coding, Document, Span, Transcript, Turn, Valence
from ipscoding.errors import NotFound
from tests.agreement_example import BOOK, TEXT, coding, quoted, reading

EVERY = tuple(MEASURES)


def ask(*readings: Reading, coders: str = "AB", **options: Any) -> dict[tuple[str, str], Row]:
    options = {"bootstrap": 0, **options}
    table = agreement(readings, list(coders), BOOK, Question(**options), language="en")
    by = options.get("by", "code")
    return {(str(row["level"]), str(row[by])): row for row in table.rows}


def test_a_sentence_counts_as_coded_where_a_coding_touches_it() -> None:
    row = ask(reading([quoted("En. To")], [quoted("To.")]))["code", "org.near"]
    assert (row["units"], row["coded_A"], row["coded_B"], row["coded_all"]) == (5, 2, 1, 1)
    assert row["percent"] == pytest.approx(4 / 5)


def test_the_unit_may_be_the_turn_or_the_character() -> None:
    sides = [quoted("En. To")], [quoted("To.")]
    row = ask(reading(*sides), unit="turn")["code", "org.near"]
    assert (row["units"], row["coded_A"], row["coded_B"], row["coded_all"]) == (2, 1, 1, 1)
    row = ask(reading(*sides), unit="character")["code", "org.near"]
    assert (row["units"], row["coded_A"], row["coded_B"], row["coded_all"]) == (22, 6, 3, 2)


def test_what_the_interviewer_says_is_left_out_and_told() -> None:
    table = agreement([reading([quoted("Hva da?"), quoted("En.")], [quoted("En.")])], "AB", BOOK, Question(bootstrap=0))
    row = next(row for row in table.rows if row["code"] == "org.near")
    assert (row["units"], row["coded_A"], row["coded_B"]) == (5, 1, 1)
    assert any("1 coding of nothing but the interviewer's words" in note for note in table.notes)


def test_overlapping_codings_of_one_code_by_one_coder_are_one() -> None:
    one = ask(reading([quoted("En. To."), quoted("To. Tre.")], [quoted("En. To. Tre.")]), measures=EVERY)
    other = ask(reading([quoted("En. To. Tre.")], [quoted("En. To. Tre.")]), measures=EVERY)
    assert one == other
    assert one["code", "org.near"]["match"] == 1


def test_codes_that_nobody_used_have_no_row_and_are_not_in_the_pool() -> None:
    table = ask(reading([quoted("En.")], [quoted("En.")]))
    assert [key for key in table if key[0] == "code"] == [("code", "org.near")]
    assert table["pooled", ""]["units"] == 5


def test_all_codes_together_are_one_heap_and_the_mean_is_over_codes() -> None:
    a = [quoted("En."), quoted("To.", "per.hope")]
    b = [quoted("En."), quoted("Tre.", "per.hope")]
    table = ask(reading(a, b))
    pooled, near, hope = table["pooled", ""], table["code", "org.near"], table["code", "per.hope"]
    assert (pooled["units"], pooled["coded_A"], pooled["coded_all"]) == (10, 2, 1)
    assert pooled["percent"] == pytest.approx(8 / 10)
    assert table["mean", ""]["alpha"] == pytest.approx((near["alpha"] + hope["alpha"]) / 2)  # type: ignore[operator]
    anything = table["any", ""]
    assert (anything["units"], anything["coded_A"], anything["coded_B"], anything["coded_all"]) == (5, 2, 2, 1)


def test_by_domain_one_code_stands_for_another() -> None:
    sides = [quoted("En.", "org.near")], [quoted("En.", "org.team")]
    assert ask(reading(*sides))["pooled", ""]["alpha"] < 0  # type: ignore[operator]
    table = ask(reading(*sides), by="domain")
    assert table["domain", "org"]["alpha"] == pytest.approx(1)
    assert table["domain", "org"]["label"] == "Organisation"


def test_rows_can_be_limited_to_codes() -> None:
    sides = [quoted("En."), quoted("To.", "per.hope")], [quoted("En.")]
    assert {key[1] for key in ask(reading(*sides), codes=["per*"]) if key[0] == "code"} == {"per.hope"}
    with pytest.raises(NotFound, match="nowhere"):
        ask(reading(*sides), codes=["nowhere"])


@pytest.mark.parametrize(
    "options", [{"unit": "word"}, {"measures": ["kappa"]}, {"by": "role"}, {"overlap": Overlap(of="area")}]
)
def test_what_does_not_exist_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        ask(reading([], []), **options)


def test_no_variation_is_undefined() -> None:
    everything = [quoted(quote) for quote in ("En. To. Tre.", "Fire. Fem.")]
    row = ask(reading(everything, everything), measures=EVERY)["code", "org.near"]
    assert row["percent"] == 1
    for name in ("alpha", "ac1", "cohen", "scott", "fleiss", "brennan_prediger", "direction_alpha"):
        assert row[name] is None
    nothing = ask(reading([], []), measures=EVERY)["any", ""]
    assert all(nothing[name] is None for name in ("alpha", "ac1", "u_alpha", "cu_alpha", "match", "direction"))


def test_directions_are_compared_where_both_gave_the_code() -> None:
    a = [quoted("En.", valence="barrier"), quoted("To.", valence="facilitator"), quoted("Tre.", valence="barrier")]
    b = [quoted("En.", valence="barrier"), quoted("To.", valence="barrier"), quoted("Fem.", valence="barrier")]
    row = ask(reading(a, b), measures=EVERY)["code", "org.near"]
    assert row["direction"] == pytest.approx(1 / 2)
    assert row["direction_alpha"] == pytest.approx(alpha({("barrier", "barrier"): 1, ("facilitator", "barrier"): 1}))


def test_directions_of_one_coder_in_one_unit_are_put_together() -> None:
    a = [quoted("En", valence="barrier"), quoted("n.", valence="facilitator")]
    assert ask(reading(a, [quoted("En.", valence="both")]))["code", "org.near"]["direction"] == 1
    assert ask(reading(a, [quoted("En.", valence="barrier")]))["code", "org.near"]["direction"] == 0


@pytest.mark.parametrize(
    ("least", "of", "matches"),
    [
        (0, "union", 1),
        (Fraction(1, 2), "union", 1),
        (Fraction(6, 10), "union", 0),
        (Fraction(9, 10), "shorter", 1),
        (Fraction(9, 10), "longer", 0),
    ],
)
def test_segments_match_by_the_rule_that_is_stated(least: Fraction, of: str, matches: int) -> None:
    start = TEXT.text.index("En. To. Tre.")
    long, half = [coding(start, start + 12)], [coding(start, start + 6)]
    overlap = Overlap(Fraction(least), of)
    table = agreement([reading(long, half)], "AB", BOOK, Question(overlap=overlap, bootstrap=0, measures=["match"]))
    row = next(row for row in table.rows if row["code"] == "org.near")
    assert row["match"] == matches
    said = " ".join(table.notes)
    assert ("share anything" in said) if not least else (f"{round(float(least) * 100)}%" in said)


def test_segments_beyond_chance_as_maxqda_has_it() -> None:
    codes = [f"c{number}" for number in range(10)]
    both = [quoted(quote, code) for code in codes for quote in ("En.",)]
    a = [*both, *(quoted("To.", code) for code in codes[:4]), quoted("Fem.", "c0")]
    b = [*both, *(quoted("To.", code) for code in codes[:4]), quoted("Fire.", "c0")]
    row = ask(reading(a, b), measures=["match", "match-kappa"])["pooled", ""]
    assert row["match"] == pytest.approx(28 / 30)
    assert row["match_kappa"] == pytest.approx(0.925926, abs=1e-6)


@pytest.mark.parametrize(("other", "share"), [((0, 10), 1), ((19, 30), 0), ((0, 5), Fraction(1, 2))])
def test_the_shared_part_is_measured_as_intersection_by_union(other: tuple[int, int], share: Fraction) -> None:
    assert Overlap(Fraction(share)).same((0, 10), other) == (share > 0)
    assert not Overlap(Fraction(share) + Fraction(1, 1000)).same((0, 10), other)


def test_more_than_two_coders_and_a_coder_who_is_missing() -> None:
    full = reading([quoted("En.")], [quoted("En.")], [quoted("To.")])
    part = reading([quoted("En.")], [quoted("En.")], None, name="d2")
    row = ask(full, part, coders="ABC")["code", "org.near"]
    pairs = {(True, True, False): 1, (False, False, True): 1, (False, False, False): 3}
    expected = alpha({**pairs, (True, True, None): 1, (False, False, None): 4})
    assert row["alpha"] == pytest.approx(expected)
    assert (row["units"], row["coded_A"], row["coded_C"], row["coded_all"]) == (10, 2, 1, 1)


# A text of one informant with sentences of two characters, so that every place is easy to see.
LENGTH = 12
FLAT = Transcript(
    "ab" * (LENGTH // 2),
    (Turn(1, "P", Span(0, LENGTH), Span(0, LENGTH)),),
    tuple(Span(start, start + 2) for start in range(0, LENGTH, 2)),
)
CODES = ("org.near", "org.team", "per.hope")


def flat_coding(document: str) -> st.SearchStrategy[Coding]:
    spans = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 4)).map(lambda pair: (pair[0], min(sum(pair), LENGTH)))
    return st.builds(
        lambda span, code, valence: coding(*span, code, valence, document),
        spans,
        st.sampled_from(CODES),
        st.sampled_from([valence.value for valence in Valence]),
    )


def readings(coders: int) -> st.SearchStrategy[list[Reading]]:
    def one(name: str) -> st.SearchStrategy[Reading]:
        sides = st.tuples(*[st.lists(flat_coding(name), max_size=6)] * coders)
        return sides.map(lambda made: Reading(Document(name, name, ""), FLAT, made))

    return st.tuples(*(one(f"d{number}") for number in range(3))).map(list)


def marked(side: list[Coding], code: str) -> list[bool]:
    marks = [False] * LENGTH
    for one in side:
        if one.code == code:
            marks[one.span.start : one.span.end] = [True] * len(one.span)
    return marks


def by_hand(given: list[Reading], code: str, size: int) -> Counter[tuple[bool, ...]]:
    """Character by character: who coded which unit of `size` characters."""
    found: Counter[tuple[bool, ...]] = Counter()
    for document in given:
        sides = [marked(list(side or ()), code) for side in document.sides]
        for place in range(0, LENGTH, size):
            found[tuple(any(side[place : place + size]) for side in sides)] += 1
    return found


def close(one: Any, other: Any) -> bool:
    return one is other if one is None or other is None else one == pytest.approx(other, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(readings(3))
def test_it_counts_what_counting_by_hand_gives(given_readings: list[Reading]) -> None:
    used = [code for code in CODES if any(one.code == code for r in given_readings for s in r.sides for one in s or ())]
    for unit, size in (("sentence", 2), ("character", 1)):
        table = ask(*given_readings, coders="ABC", unit=unit, measures=EVERY)
        heap: Counter[tuple[bool, ...]] = Counter()
        for code in used:
            hand = by_hand(given_readings, code, size)
            heap += hand
            row = table["code", code]
            assert row["units"] == hand.total()
            for name, measure in (("percent", percent), ("alpha", alpha), ("cohen", cohen)):
                assert close(row[name], measure(hand))
            assert close(row["ac1"], ac1(hand, 2))
        assert close(table["pooled", ""]["alpha"], alpha(heap))


@settings(deadline=None, max_examples=60)
@given(readings(3))
def test_unitizing_is_that_of_the_plain_formula(given_readings: list[Reading]) -> None:
    """The documents laid end to end, each coder's passages of a code as units; and what was coded at all as sets."""
    table = ask(*given_readings, coders="ABC", measures=EVERY)
    for code in {key[1] for key in table if key[0] == "code"}:
        coders = [
            [
                (start + number * LENGTH, end + number * LENGTH, code)
                for number, document in enumerate(given_readings)
                for start, end in joined([one for one in document.sides[coder] or () if one.code == code])
            ]
            for coder in range(3)
        ]
        # a gap that runs over the end of a document is one gap: of no weight, since gaps count by their length
        assert close(table["code", code]["u_alpha"], u_alpha(coders, 3 * LENGTH).u)
    sets = [
        [
            (place + number * LENGTH, end + number * LENGTH, value)
            for number, document in enumerate(given_readings)
            for place, end, value in cut(list(document.sides[coder] or ()))
        ]
        for coder in range(3)
    ]
    assert close(table["any", ""]["cu_alpha"], u_alpha(sets, 3 * LENGTH).cu)


def joined(side: list[Coding]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for one in sorted(side, key=lambda one: one.span):
        if found and one.span.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], one.span.end))
        else:
            found.append((one.span.start, one.span.end))
    return found


def cut(side: list[Coding]) -> list[tuple[int, int, tuple[str, ...]]]:
    stretches = {code: joined([one for one in side if one.code == code]) for code in CODES}
    borders = sorted({border for spans in stretches.values() for span in spans for border in span})
    parts = []
    for start, end in pairwise(borders):
        value = tuple(code for code in CODES if any(first <= start and end <= last for first, last in stretches[code]))
        if value:
            parts.append((start, end, value))
    return parts


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(["", *CODES]), min_size=LENGTH, max_size=LENGTH), min_size=3, max_size=3))
def test_where_nothing_overlaps_each_code_has_the_published_coefficient(coders: list[list[str]]) -> None:
    sides = [[coding(place, place + 1, code) for place, code in enumerate(values) if code] for values in coders]
    table = ask(Reading(Document("d1", "d1", ""), FLAT, tuple(sides)), coders="ABC", measures=EVERY)
    units = [[(one.span.start, one.span.end, one.code) for one in side] for side in sides]
    found = u_alpha(units, LENGTH)
    assert close(table["any", ""]["u_alpha"], found.binary)
    assert close(table["any", ""]["cu_alpha"], found.cu)
    for code in {key[1] for key in table if key[0] == "code"}:
        assert close(table["code", code]["ku_alpha"], found.by_value.get(code))


@settings(deadline=None, max_examples=30)
@given(readings(2))
def test_the_coders_may_change_places_and_codes_their_names(given_readings: list[Reading]) -> None:
    def of(document: Reading, codes: dict[str, str]) -> Reading:
        sides = [
            [coding(one.span.start, one.span.end, codes[one.code], one.valence.value) for one in side or ()]
            for side in reversed(document.sides)
        ]
        return Reading(document.document, document.transcript, tuple(sides))

    names = {"org.near": "x", "org.team": "y", "per.hope": "z"}
    ours = ask(*given_readings, measures=EVERY)
    theirs = ask(*(of(document, names) for document in given_readings), measures=EVERY)
    columns = [name.replace("-", "_") for name in EVERY]
    for (level, code), row in ours.items():
        other = theirs[level, names.get(code, "")]
        assert all(close(row[name], other[name]) for name in columns)


def made_up(documents: int, seed: int) -> list[Reading]:
    chance = random.Random(seed)
    found = []
    for number in range(documents):
        sides: tuple[list[Coding], list[Coding]] = ([], [])
        for place in range(0, LENGTH, 2):
            if chance.random() < 0.4:
                sides[0].append(coding(place, place + 2, valence="barrier"))
            if (place in {one.span.start for one in sides[0]}) == (chance.random() < 0.8):
                sides[1].append(coding(place, place + 2, valence="barrier"))
        found.append(Reading(Document(f"d{number}", f"d{number}", ""), FLAT, sides))
    return found


def test_intervals_come_from_drawing_interviews_and_the_seed_fixes_them() -> None:
    pytest.importorskip("numpy")
    given_readings = made_up(20, 5)
    one = ask(*given_readings, bootstrap=200)
    assert one == ask(*given_readings, bootstrap=200)
    assert one != ask(*given_readings, bootstrap=200, seed=2)
    row = one["code", "org.near"]
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]  # type: ignore[operator]
    plain = ask(*given_readings)["code", "org.near"]
    assert row["alpha"] == pytest.approx(plain["alpha"])
    assert "alpha_low" not in plain


def test_an_interval_is_that_of_drawing_and_counting_again() -> None:
    numpy = pytest.importorskip("numpy")
    given_readings = made_up(8, 7)
    chance = random.Random(3)
    drawn = []
    for _time in range(100):
        chosen = [given_readings[int(chance.random() * 8)] for _document in given_readings]
        drawn.append(ask(*chosen)["code", "org.near"]["alpha"])
    low, high = numpy.quantile(drawn, [0.025, 0.975])
    row = ask(*given_readings, bootstrap=100, seed=3)["code", "org.near"]
    assert (row["alpha_low"], row["alpha_high"]) == pytest.approx((low, high))


def test_one_interview_has_no_interval() -> None:
    assert "alpha_low" not in ask(*made_up(1, 5), bootstrap=100)["code", "org.near"]


def test_a_code_in_one_interview_of_many_has_no_interval() -> None:
    rare = reading([quoted("En.", "per.hope")], [quoted("En.", "per.hope")], name="rare")
    row = ask(rare, *made_up(5, 5), bootstrap=100)["code", "per.hope"]
    assert row["alpha"] == pytest.approx(1)
    assert (row["alpha_low"], row["alpha_high"]) == (None, None)


def test_agreement_of_more_coders_is_that_of_their_pairs_for_two_coder_measures() -> None:
    sides = [quoted("En."), quoted("To.")], [quoted("En.")], [quoted("To."), quoted("Tre.")]
    whole = ask(reading(*sides), coders="ABC", measures=["cohen", "percent"])["code", "org.near"]
    pairs = [
        ask(reading(one, other), measures=["cohen", "percent"])["code", "org.near"]
        for one, other in combinations(sides, 2)
    ]
    for name in ("cohen", "percent"):
        assert whole[name] == pytest.approx(sum(row[name] for row in pairs) / 3)  # type: ignore[misc]


def test_the_worked_example_of_the_documentation() -> None:
    row = ask(reading([quoted("En. To.")], [quoted("To.")]), measures=EVERY)["code", "org.near"]
    assert [round(float(str(row[name])), 3) for name in ("percent", "alpha", "ac1", "cohen")] == [
        0.8,
        0.571,
        0.655,
        0.545,
    ]
    assert row["match"] == 0
    overlap = Overlap(Fraction(40, 100))
    assert ask(reading([quoted("En. To.")], [quoted("To.")]), overlap=overlap)["code", "org.near"]["match"] == 1
