"""What comparing two coders promises: nothing lost, nothing counted twice, the same from either side."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.analysis.differences import Comparison, Kind, compare, counted, same_passage
from ipscoding.domain import Coding, Span, Valence

B, F, BOTH, NONE = Valence.BARRIER, Valence.FACILITATOR, Valence.BOTH, Valence.NONE


def coding(start: int, end: int, valence: Valence = B, code: str = "org.near", **more: str) -> Coding:
    fields = {"id": f"{start}-{end}-{code}-{valence}", "document_id": "d1", "coder": "A"} | more
    return Coding(span=Span(start, end), code=code, valence=valence, **fields)  # type: ignore[arg-type]


def kinds(found: list[Comparison]) -> list[Kind]:
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((0, 10), (0, 10), True),
        ((0, 10), (5, 15), True),
        ((0, 10), (6, 16), False),
        ((0, 100), (40, 44), True),
        ((0, 100), (98, 102), True),
        ((0, 100), (99, 102), False),
        ((0, 10), (10, 20), False),
        ((5, 5), (0, 10), False),
        ((0, 3), (1, 20), True),
        ((0, 3), (2, 20), False),
    ],
)
def test_the_same_passage_shares_at_least_half_of_the_shorter_one(
    one: tuple[int, int], other: tuple[int, int], same: bool
) -> None:
    assert same_passage(Span(*one), Span(*other)) is same
    assert same_passage(Span(*other), Span(*one)) is same


def test_how_much_must_be_shared_can_be_chosen() -> None:
    assert kinds(compare([coding(0, 10)], [coding(8, 18)])) == [Kind.ONLY_A, Kind.ONLY_B]
    assert kinds(compare([coding(0, 10)], [coding(8, 18)], least=Fraction(1, 5))) == [Kind.AGREE]
    assert kinds(compare([coding(0, 10)], [coding(1, 10)], least=Fraction(1))) == [Kind.AGREE]
    assert kinds(compare([coding(0, 10)], [coding(1, 11)], least=Fraction(1))) == [Kind.ONLY_A, Kind.ONLY_B]


def test_the_same_code_on_the_same_passage_agrees_and_another_direction_is_told() -> None:
    assert kinds(compare([coding(0, 10)], [coding(2, 12)])) == [Kind.AGREE]
    assert kinds(compare([coding(0, 10, B)], [coding(2, 12, F)])) == [Kind.VALENCE]
    assert kinds(compare([coding(0, 10, B)], [coding(2, 12, BOTH)])) == [Kind.VALENCE]


def test_another_code_and_another_document_are_no_agreement() -> None:
    assert sorted(kinds(compare([coding(0, 10)], [coding(0, 10, code="org.team")]))) == [Kind.ONLY_A, Kind.ONLY_B]
    assert kinds(compare([coding(0, 10)], [coding(0, 10, document_id="d2")])) == [Kind.ONLY_A, Kind.ONLY_B]


def test_what_one_coder_cut_in_two_is_one_comparison() -> None:
    (one,) = compare([coding(0, 10), coding(11, 20)], [coding(0, 20)])
    assert (one.kind, len(one.a), len(one.b), one.span) == (Kind.AGREE, 2, 1, Span(0, 20))


def test_a_part_with_another_direction_makes_the_whole_differ() -> None:
    (one,) = compare([coding(0, 10, B), coding(11, 20, F)], [coding(0, 20, B)])
    assert one.kind is Kind.VALENCE


def test_two_codings_of_one_coder_are_not_brought_together_by_themselves() -> None:
    assert kinds(compare([coding(0, 10), coding(2, 12)], [])) == [Kind.ONLY_A, Kind.ONLY_A]


def test_a_short_coding_far_inside_a_long_one_is_found_though_others_lie_between() -> None:
    between = [coding(start, start + 2) for start in range(10, 80, 5)]
    found = compare([coding(0, 100)], [*between, coding(95, 99)])
    assert kinds(found) == [Kind.AGREE]
    assert len(found[0].b) == len(between) + 1


def test_differences_come_by_document_and_place() -> None:
    found = compare([coding(50, 60), coding(0, 5, document_id="d2")], [coding(7, 9)])
    assert [(one.document_id, one.span.start) for one in found] == [("d1", 7), ("d1", 50), ("d2", 0)]


def test_every_kind_is_counted_also_where_there_is_none() -> None:
    found = compare([coding(0, 10), coding(20, 30, F)], [coding(0, 10)])
    assert counted(found) == {Kind.AGREE: 1, Kind.VALENCE: 0, Kind.ONLY_A: 1, Kind.ONLY_B: 0}
    assert counted([]) == dict.fromkeys(Kind, 0)


@st.composite
def some_codings(draw: st.DrawFn, name: str) -> list[Coding]:
    places = st.tuples(
        st.integers(0, 40), st.integers(0, 20), st.sampled_from(Valence), st.sampled_from("xy"), st.sampled_from("12")
    )
    return [
        coding(start, start + length, valence, code, document_id=document, id=f"{name}{number}")
        for number, (start, length, valence, code, document) in enumerate(draw(st.lists(places, max_size=12)))
    ]


@given(some_codings("a"), some_codings("b"))
def test_every_coding_is_in_exactly_one_comparison(a: list[Coding], b: list[Coding]) -> None:
    found = compare(a, b)
    assert sorted(one.id for each in found for one in each.a) == sorted(one.id for one in a)
    assert sorted(one.id for each in found for one in each.b) == sorted(one.id for one in b)
    assert sum(counted(found).values()) == len(found)


@given(some_codings("a"), some_codings("b"), st.randoms())
def test_neither_the_side_nor_the_order_changes_what_is_found(a: list[Coding], b: list[Coding], chance: object) -> None:
    found = {(frozenset(one.a), frozenset(one.b)) for one in compare(a, b)}
    mixed = sorted(a, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert {(frozenset(one.b), frozenset(one.a)) for one in compare(b, mixed)} == found


@given(some_codings("a"), some_codings("b"))
def test_codings_of_one_passage_are_together_and_those_alone_have_no_match(a: list[Coding], b: list[Coding]) -> None:
    """Against the plainest way: every pair is looked at."""
    together = {one.id: number for number, each in enumerate(compare(a, b)) for one in each.codings}
    matched = set()
    for one in a:
        for other in b:
            alike = (one.code, one.document_id) == (other.code, other.document_id)
            if alike and same_passage(one.span, other.span):
                assert together[one.id] == together[other.id]
                matched |= {one.id, other.id}
    for each in compare(a, b):
        if each.kind in (Kind.ONLY_A, Kind.ONLY_B):
            assert len(each.codings) == 1
            assert each.codings[0].id not in matched
        else:
            assert {one.id for one in each.codings} <= matched


@given(some_codings("a"))
def test_a_coder_agrees_with_themselves(a: list[Coding]) -> None:
    found = [one for one in compare(a, a) if any(len(each.span) for each in one.codings)]
    assert all(one.kind is Kind.AGREE for one in found)
