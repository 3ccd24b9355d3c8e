from hypothesis import given
from hypothesis import strategies as st

from ipscoding.tui.lanes import Lanes

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
