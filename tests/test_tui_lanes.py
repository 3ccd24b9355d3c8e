from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Span
from ipscoding.tui.lanes import Lanes
from ipscoding.tui.layout import Layout
from ipscoding.tui.margin import Margin
from ipscoding.tui.marks import Ghost, Mark
from ipscoding.tui.stretches import Stretches

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


TEXT = "aaaa bbbb\ncc dddd\n" * 12
PLACES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(
    lambda pair: Span(pair[0], min(sum(pair), len(TEXT)))
)


def _margin_rows(margin: Margin, layout: Layout, order: list[int]) -> dict[int, list[tuple[str, int]]]:
    rows = {line: [(stripe.key, stripe.lane) for stripe in margin.stripes(line)] for line in order}
    assert set(rows) == set(range(len(layout)))
    return rows


@given(st.lists(PLACES, max_size=30), st.randoms())
def test_it_does_not_matter_which_row_is_looked_at_first(spans: list[Span], chance: Random) -> None:
    layout = Layout(TEXT, 5)
    order = list(range(len(layout)))
    marks = [Mark(str(n), span, str(n), "#fff") for n, span in enumerate(spans)]
    down, mixed = Margin(layout), Margin(layout)
    down.set_marks(marks)
    mixed.set_marks(marks)
    expected = _margin_rows(down, layout, order)
    chance.shuffle(order)
    assert _margin_rows(mixed, layout, order) == expected
    for line, stripes in expected.items():
        here = {mark.key for mark in marks if mark.span.overlaps(layout.span(line))}
        assert {key for key, _lane in stripes} == here
        assert len({lane for _key, lane in stripes}) == len(here)
    names = [key for line in range(len(layout)) for key in down.names(line)]
    assert sorted(names) == sorted(mark.key for mark in marks)


@given(st.lists(PLACES, max_size=30), st.lists(PLACES, max_size=5), st.sets(st.integers(0, 29)), st.data())
def test_stripes_never_collide_however_codings_come_and_go(
    spans: list[Span], more: list[Span], gone: set[int], data: st.DataObject
) -> None:
    layout = Layout(TEXT, 5)
    margin = Margin(layout)
    margin.set_marks(Mark(str(n), span, "", "#fff") for n, span in enumerate(spans))
    for line in data.draw(st.sets(st.integers(0, len(layout) - 1), max_size=8)):
        margin.stripes(line)
    left = {str(n): span for n, span in enumerate(spans) if n not in gone} | {
        str(n + 20): span for n, span in enumerate(more)
    }
    margin.set_marks(Mark(key, span, "", "#fff") for key, span in left.items())
    for line in range(len(layout)):
        stripes = margin.stripes(line)
        assert len({stripe.lane for stripe in stripes}) == len(stripes)
        assert {stripe.key for stripe in stripes} == {k for k, span in left.items() if span.overlaps(layout.span(line))}


@given(st.lists(PLACES, max_size=30), PLACES)
def test_what_touches_a_stretch_is_found(spans: list[Span], place: Span) -> None:
    found = Stretches(spans, lambda span: span).touching(place.start, place.end)
    assert sorted(found) == sorted(span for span in spans if span.overlaps(place))


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


def test_lanes_that_were_seen_stay_when_one_more_coding_comes() -> None:
    margin = Margin(Layout("aaaa bbbb cccc", 4))
    a, b, whole = (Mark(k, s, k, "#fff") for k, s in (("a", Span(0, 4)), ("b", Span(5, 9)), ("w", Span(0, 14))))
    margin.set_marks([a, b])
    assert [len(margin.stripes(line)) for line in range(3)] == [1, 1, 0]
    margin.set_marks([whole, a, b])
    assert [s.lane for key in "abw" if (s := margin.stripe(key))] == [0, 0, 1]


def _as_painted(margin: Margin, line: int) -> object:
    return margin.stripes(line), list(margin.names(line)), margin.ghost_at(line), margin.ghost_name(line)


@given(
    st.lists(PLACES, max_size=12),
    st.lists(PLACES, max_size=3),
    st.sets(st.integers(0, 11), max_size=3),
    st.lists(PLACES, max_size=6, unique=True),
    st.sets(st.integers(0, 5), max_size=2),
)
def test_rows_that_are_not_named_by_a_change_look_as_before_and_all_rows_as_if_looked_at_anew(
    spans: list[Span], more: list[Span], gone: set[int], ghosts: list[Span], taken: set[int]
) -> None:
    layout = Layout(TEXT, 5)
    margin = Margin(layout)
    marks = [Mark(str(n), span, str(n), "#fff") for n, span in enumerate(spans)]
    suggested = [Ghost(str(n), span, str(n)) for n, span in enumerate(ghosts)]
    margin.set_marks(marks)
    margin.set_ghosts(suggested)
    before = [_as_painted(margin, line) for line in range(len(layout))]
    marks = [mark for n, mark in enumerate(marks) if n not in gone]
    marks += [Mark(f"new {n}", span, str(n), "#fff") for n, span in enumerate(more)]
    changed = set(margin.set_marks(marks))
    changed |= set(margin.set_ghosts(ghost for n, ghost in enumerate(suggested) if n not in taken))
    for line in set(range(len(layout))) - changed:
        assert _as_painted(margin, line) == before[line]
    for line in range(len(layout)):
        stripes = margin.stripes(line)
        assert {stripe.key for stripe in stripes} == {m.key for m in marks if m.span.overlaps(layout.span(line))}
        assert len({stripe.lane for stripe in stripes}) == len(stripes)
    assert sorted(key for line in range(len(layout)) for key in margin.names(line)) == sorted(m.key for m in marks)


@given(st.lists(PLACES, max_size=30), st.lists(PLACES, max_size=4), st.sets(st.integers(0, 29), max_size=4), PLACES)
def test_things_are_found_by_place_after_a_change_as_if_placed_anew(
    spans: list[Span], more: list[Span], gone: set[int], place: Span
) -> None:
    things = [Ghost(str(n), span, "") for n, span in enumerate(spans)]
    new = [Ghost(f"new {n}", span, "") for n, span in enumerate(more)]
    changed = Stretches(things, lambda thing: thing.span)
    changed.change([thing for n, thing in enumerate(things) if n in gone], new)
    left = [thing for n, thing in enumerate(things) if n not in gone] + new
    anew = Stretches(left, lambda thing: thing.span)
    assert set(changed.touching(place.start, place.end)) == set(anew.touching(place.start, place.end))
    assert changed.reach == anew.reach
