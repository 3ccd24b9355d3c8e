from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Span
from ipscoding.tui.lanes import Lanes
from ipscoding.tui.layout import Layout
from ipscoding.tui.margin import Margin
from ipscoding.tui.marks import Ghost, Mark

STRETCHES = st.tuples(st.integers(0, 150), st.integers(0, 90)).map(lambda pair: (pair[0], pair[0] + pair[1]))
MANY = st.lists(STRETCHES, max_size=40)


def _named(stretches: list[tuple[int, int]]) -> list[tuple[str, int, int]]:
    return [(str(number), first, last) for number, (first, last) in enumerate(stretches)]


def _collisions(lanes: Lanes) -> list[int]:
    return [line for line in range(260) if len({s.lane for s in lanes.at(line)}) < len(lanes.at(line))]


@given(MANY)
def test_stripes_never_collide(stretches: list[tuple[int, int]]) -> None:
    assert _collisions(Lanes(_named(stretches))) == []


@given(MANY)
def test_every_row_finds_exactly_the_stripes_that_cross_it(stretches: list[tuple[int, int]]) -> None:
    lanes = Lanes(_named(stretches))
    for line in range(0, 260, 7):
        assert {s.key for s in lanes.at(line)} == {k for k, a, b in _named(stretches) if a <= line <= b}


@given(MANY, st.data())
def test_the_others_keep_their_lanes_when_one_goes_and_one_comes(
    stretches: list[tuple[int, int]], data: st.DataObject
) -> None:
    lanes = Lanes(_named(stretches))
    before = {key: lanes.get(key) for key, _, _ in _named(stretches)}
    if stretches:
        gone = str(data.draw(st.integers(0, len(stretches) - 1)))
        lanes.remove(gone)
        before.pop(gone)
    first, last = data.draw(STRETCHES)
    lanes.place("new", first, last)
    assert all(lanes.get(key) == stripe for key, stripe in before.items())
    assert _collisions(lanes) == []


@given(MANY)
def test_the_first_lane_is_used_before_any_other(stretches: list[tuple[int, int]]) -> None:
    lanes = Lanes(_named(stretches))
    if stretches:
        assert min(stripe.lane for line in range(260) for stripe in lanes.at(line)) == 0


def test_placing_again_moves_a_stripe() -> None:
    lanes = Lanes([("a", 0, 5)])
    lanes.place("a", 40, 41)
    assert (lanes.at(3), [s.key for s in lanes.at(40)], len(lanes)) == ([], ["a"], 1)
    assert lanes.remove("nobody") is None


def test_names_of_codings_that_begin_together_stand_below_each_other() -> None:
    margin = Margin(Layout("aaaa bbbb cccc dddd", 4))
    margin.set_marks([Mark("long", Span(0, 19), "L", "#fff"), Mark("short", Span(0, 9), "S", "#fff")])
    assert [list(margin.names(line)) for line in range(3)] == [["long"], ["short"], []]


def test_two_names_share_a_row_where_there_is_no_other() -> None:
    margin = Margin(Layout("aaaa bbbb", 4))
    margin.set_marks([Mark("a", Span(0, 2), "A", "#fff"), Mark("b", Span(2, 4), "B", "#fff")])
    assert sorted(margin.names(0)) == ["a", "b"]


def test_a_suggestion_is_named_only_where_no_coding_is() -> None:
    margin = Margin(Layout("aaaa bbbb cccc", 4))
    margin.set_marks([Mark("a", Span(0, 4), "A", "#fff")])
    margin.set_ghosts([Ghost("g", Span(0, 9), "G"), Ghost("h", Span(0, 4), "H")])
    assert [ghost and ghost.key for ghost in map(margin.ghost_name, range(3))] == [None, "g", None]
    assert margin.ghost_at(0) is not None
    assert margin.ghost_at(2) is None


def test_lanes_stay_when_codings_are_set_again_with_one_more() -> None:
    margin = Margin(Layout("aaaa bbbb cccc", 4))
    a, b, whole = (Mark(k, s, k, "#fff") for k, s in (("a", Span(0, 4)), ("b", Span(5, 9)), ("w", Span(0, 14))))
    margin.set_marks([a, b])
    margin.set_marks([whole, a, b])
    assert [s.lane for key in "abw" if (s := margin.lanes.get(key))] == [0, 0, 1]
