"""What is hidden stays hidden: small tables are solved by trying everything."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.analysis.suppression import Sum, protected


def solutions(
    values: Mapping[Hashable, int],
    sums: Sequence[Sum],
    hidden: set[Hashable],
    most: Mapping[Hashable, int] | None = None,
) -> Iterator[Mapping[Hashable, int]]:
    """Every way to fill the hidden cells with whole numbers, at most `most`, such that what is shown is as it is."""
    cells = [entry for entry in values if all(entry != one.total for one in sums)]
    unknown = [cell for cell in cells if cell in hidden]
    top = max(values[cell] for cell in cells) + 1
    for guess in product(range(top + 1), repeat=len(unknown)):
        filled = {cell: values[cell] for cell in cells} | dict(zip(unknown, guess, strict=True))
        for one in sums:
            filled[one.total] = sum(filled[part] for part in one.parts)
        if any(filled[entry] > n for entry, n in (most or {}).items()):
            continue
        if all(filled[entry] == value for entry, value in values.items() if entry not in hidden):
            yield filled


def grid(rows: int, columns: int, cells: Sequence[int]) -> tuple[dict[Hashable, int], list[Sum]]:
    """A table with the sums of its rows and columns and of everything."""
    values: dict[Hashable, int] = {divmod(index, columns): value for index, value in enumerate(cells)}
    sums = []
    for row in range(rows):
        parts = [(row, column) for column in range(columns)]
        values["row", row] = sum(values[part] for part in parts)
        sums.append(Sum(("row", row), tuple(parts)))
    for column in range(columns):
        parts = [(row, column) for row in range(rows)]
        values["column", column] = sum(values[part] for part in parts)
        sums.append(Sum(("column", column), tuple(parts)))
    values["all"] = sum(cells)
    sums.append(Sum("all", tuple(("row", row) for row in range(rows))))
    sums.append(Sum("all", tuple(("column", column) for column in range(columns))))
    return values, sums


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(1, 2), st.integers(1, 3)), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_no_hidden_cell_of_a_table_with_all_its_sums_has_one_solution_only(
    shape: tuple[int, int], cells: list[int]
) -> None:
    rows, columns = shape
    values, sums = grid(rows, columns, cells[: rows * columns])
    small = {entry for entry, value in values.items() if isinstance(entry, tuple) and 0 < value < 2}
    hidden = protected(values, sums, small)
    assert small <= hidden
    found = list(solutions(values, sums, hidden))
    for entry in hidden:
        assert len({one[entry] for one in found}) > 1, entry


@settings(max_examples=80, deadline=None)
@given(
    st.tuples(st.integers(1, 2), st.integers(1, 3)),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.lists(st.integers(0, 1), min_size=3, max_size=3),
)
def test_knowing_how_much_a_cell_can_hold_gives_nothing_away(
    shape: tuple[int, int], cells: list[int], more: list[int]
) -> None:
    rows, columns = shape
    values, sums = grid(rows, columns, cells[: rows * columns])
    # a column is a group of people: all of its cells can hold as many as there are in it
    people = [max(values[row, column] for row in range(rows)) + more[column] for column in range(columns)]
    most: dict[Hashable, int] = {(row, column): people[column] for row in range(rows) for column in range(columns)}
    most |= {("row", row): sum(people) for row in range(rows)}
    small = {entry for entry, value in values.items() if isinstance(entry, tuple) and 0 < value < 2}
    hidden = protected(values, sums, small, most=most)
    found = list(solutions(values, sums, hidden, most))
    for entry in small:
        assert len({one[entry] for one in found}) > 1, entry


def test_where_everybody_is_in_a_row_its_sum_is_hidden_with_a_small_cell() -> None:
    values, sums = grid(2, 3, [3, 2, 4, 1, 0, 3])
    most: dict[Hashable, int] = {(row, column): n for row in (0, 1) for column, n in enumerate((3, 2, 4))}
    assert protected(values, sums, {(0, 1)}) <= {(0, 0), (0, 1), (1, 0), (0, 2), (1, 2), (1, 1), ("row", 0)}
    assert ("row", 0) in protected(values, sums, {(0, 1)}, most=most | {("row", 0): 9, ("row", 1): 9})


def test_one_small_cell_takes_the_smallest_other_along_and_not_a_zero() -> None:
    values = {"a": 1, "b": 9, "c": 4, "d": 0, "all": 14}
    assert protected(values, [Sum("all", ("a", "b", "c", "d"))], {"a"}) == {"a", "c"}


def test_two_of_one_each_are_known_from_their_sum_and_need_a_third() -> None:
    values = {"a": 1, "b": 1, "c": 5, "all": 7}
    assert protected(values, [Sum("all", ("a", "b", "c"))], {"a", "b"}) == {"a", "b", "c"}
    values = {"a": 1, "b": 1, "all": 2}
    assert protected(values, [Sum("all", ("a", "b"))], {"a", "b"}) == {"a", "b", "all"}


def test_what_nobody_sees_anyway_protects_too() -> None:
    values = {"a": 1, "b": 9, "rest": 3, "all": 13}
    assert protected(values, [Sum("all", ("a", "b", "rest"))], {"a"}, {"rest"}) == {"a"}


def test_under_a_union_nothing_is_hidden_alone() -> None:
    values = {"a": 1, "b": 6, "c": 4, "all": 9}
    assert protected(values, [Sum("all", ("a", "b", "c"), exact=False)], {"a"}) == {"a", "c"}


@pytest.mark.parametrize("hidden", [set(), {"x"}])
def test_where_there_are_no_sums_nothing_more_is_hidden(hidden: set[Hashable]) -> None:
    assert protected({"x": 1}, [], hidden) == hidden


def test_in_a_table_four_corners_hide_each_other() -> None:
    values, sums = grid(3, 3, [1, 5, 6, 4, 8, 9, 7, 3, 5])
    hidden = protected(values, sums, {(0, 0)})
    assert len(hidden) == 4
    rows, columns = ({entry[axis] for entry in hidden if isinstance(entry, tuple)} for axis in (0, 1))
    assert len(rows) == len(columns) == 2
