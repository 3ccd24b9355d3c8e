"""What measures are made of, counted for each document and row, so that documents can be added up and drawn again.

Every measure of a row is a function of sums over documents. So a bootstrap counts once and then only adds.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, combinations, pairwise
from operator import itemgetter

from ipscoding.analysis.agreement.amounts import Amount
from ipscoding.analysis.agreement.axis import Axis
from ipscoding.analysis.agreement.passages import (
    SIDES,
    Overlap,
    Passage,
    Stretch,
    coded,
    directions,
    matched,
    patterns,
    united,
)
from ipscoding.analysis.agreement.unitizing import GAP, Coincidences, Unit, coincidences, partition
from ipscoding.domain import Coding

ANY = ""
"""The row of what was coded at all, with whatever code."""


class Kind(StrEnum):
    """What is counted.

    `UNIT`, `CHARACTER`: units and characters by whether each coder coded them. `DIRECTION`: units that at least two
    coded, by the directions they gave. `OWN`: squared lengths of passages. `MATCH`: segments that
    the other coder has too (True) or not. `LENGTH`, `SAME`, `PAIRED`: by value, what falls together where several
    coders gave a value (see `Coincidences`).
    """

    UNIT = "unit"
    DIRECTION = "direction"
    CHARACTER = "character"
    OWN = "own"
    MATCH = "match"
    LENGTH = "length"
    SAME = "same"
    PAIRED = "paired"


Counts = dict[Kind, dict[Hashable, Amount]]


@dataclass(frozen=True)
class Plan:
    """What has to be counted, and how: `rows` gives the rows that a code counts in (its own, its domain's)."""

    rows: Callable[[str], Iterable[str]]
    overlap: Overlap
    kinds: Collection[Kind]


Side = Sequence[Coding] | None
"""One coder's codings of a document; None for one who did not finish it, whose work is missing."""


@dataclass(frozen=True)
class Counted:
    """What was counted in one document: by row, and `blank` for a row that nobody used there.

    `outside` is how many codings touch nothing that an informant says; they are in no other figure.
    """

    rows: dict[str, Counts]
    blank: Counts
    outside: int

    def of(self, row: str) -> Counts:
        """The counts of a row, used or not."""
        return self.rows.get(row, self.blank)


def count(sides: Sequence[Side], units: Axis, characters: Axis, plan: Plan) -> Counted:
    """What `plan` asks for, by row, of one document."""
    placed = [_by_row(side, plan) for side in sides]
    outside = sum(
        _empty(characters.place(start, end)) for rows in placed for start, end, _sides in (rows or {}).get(ANY, ())
    )
    found: dict[str, Counts] = {}
    on_characters: dict[str, list[list[Stretch] | None]] = {}
    for row in dict.fromkeys(row for rows in placed for row in rows or ()):
        passages = [None if rows is None else rows.get(row, []) for rows in placed]
        found[row] = _of_row(passages, row, units, characters, plan, on_characters)
    nothing: list[list[Passage] | None] = [None if rows is None else [] for rows in placed]
    blank = _of_row(nothing, ANY, units, characters, plan, {})
    if Kind.LENGTH in plan.kinds:
        on_characters.setdefault(ANY, [None if rows is None else [] for rows in placed])
        blank.update(_together(found, on_characters, characters.length))
    return Counted(found, blank, outside)


def _empty(stretch: Stretch) -> bool:
    return stretch[0] == stretch[1]


def _by_row(side: Side, plan: Plan) -> dict[str, list[Passage]] | None:
    if side is None:
        return None
    rows: dict[str, list[Passage]] = {ANY: []}
    for coding in side:
        passage = (coding.span.start, coding.span.end, SIDES[coding.valence])
        targets = list(plan.rows(coding.code))
        for row in targets:
            rows.setdefault(row, []).append(passage)
        if targets:
            rows[ANY].append(passage)
    return rows


def _of_row(
    passages: list[list[Passage] | None],
    row: str,
    units: Axis,
    characters: Axis,
    plan: Plan,
    on_characters: dict[str, list[list[Stretch] | None]],
) -> Counts:
    in_units = patterns(_placed(passages, units), units.length)
    counts: Counts = {Kind.UNIT: coded(in_units)}
    if Kind.DIRECTION in plan.kinds and row != ANY:
        counts[Kind.DIRECTION] = directions(in_units)
    whole = [None if one is None else united(one) for one in passages]
    if Kind.MATCH in plan.kinds and row != ANY:
        counts[Kind.MATCH] = _matches(whole, characters, plan.overlap)
    if Kind.CHARACTER in plan.kinds:
        on_axis = in_units if units is characters else patterns(_placed(passages, characters), characters.length)
        counts[Kind.CHARACTER] = coded(on_axis)
        stretches = [None if one is None else _stretches(one, characters) for one in whole]
        on_characters[row] = stretches
        counts[Kind.OWN] = {True: sum((end - start) ** 2 for one in stretches for start, end in one or ())}
    return counts


def _placed(passages: list[list[Passage] | None], axis: Axis) -> list[list[Passage] | None]:
    place = axis.place
    return [None if one is None else [(*place(start, end), sides) for start, end, sides in one] for one in passages]


def _stretches(spans: Iterable[Stretch], axis: Axis) -> list[Stretch]:
    return [stretch for start, end in spans if not _empty(stretch := axis.place(start, end))]


def _matches(coders: Sequence[list[Stretch] | None], axis: Axis, overlap: Overlap) -> dict[Hashable, Amount]:
    """Segments with (True) and without (False) a match, of every pair of coders; borders are those of the codings."""
    there = [[span for span in one if not _empty(axis.place(*span))] for one in coders if one is not None]
    hits = every = 0
    for one, other in combinations(there, 2):
        hits += matched(one, other, overlap)
        every += len(one) + len(other)
    return {True: hits, False: every - hits}


def _together(found: dict[str, Counts], rows: Mapping[str, list[list[Stretch] | None]], length: int) -> Counts:
    """Count, into `found`, what falls together where at least two coders coded something; gives that of other rows.

    For the row `ANY`, the values are sets of rows. For every other row they are that row (True) and all else (False).
    """
    present = [index for index, one in enumerate(rows[ANY]) if one is not None]
    cut = [_sets({row: coders[index] or [] for row, coders in rows.items() if row != ANY}, length) for index in present]
    whole = coincidences(cut, gaps=False)
    if ANY in found:
        found[ANY].update(_kinds(whole))
    reach = [_Reach(cut, index) for index in range(len(present))]
    total, squares = whole.total, sum(own.total for own in reach)
    for row, coders in rows.items():
        if row == ANY:
            continue
        stretches = [coders[index] or [] for index in present]
        same = sum(
            weight * both * (both - 1) / (len(present) - 1)
            for pattern, weight in found[row][Kind.CHARACTER].items()
            if (both := _how_many(pattern)) > 1
        )
        long = sum(own.seen(*span) for own, spans in zip(reach, stretches, strict=True) for span in spans)
        paired = sum(own.reached(*span) ** 2 for own, spans in zip(reach, stretches, strict=True) for span in spans)
        inside = sum(own.squares(*span) for own, spans in zip(reach, stretches, strict=True) for span in spans)
        rest = squares - inside
        # what two coders gave other values than this one: all that falls together, less what either gave this one
        found[row][Kind.LENGTH] = {True: long, False: total - long}
        found[row][Kind.SAME] = {True: same, False: total - 2 * long + same}
        found[row][Kind.PAIRED] = {True: paired, False: rest}
    return {Kind.LENGTH: {False: total}, Kind.SAME: {False: total}, Kind.PAIRED: {False: squares}}


def _kinds(coincidence: Coincidences) -> Counts:
    return {
        Kind.LENGTH: dict(coincidence.lengths),
        Kind.SAME: dict(coincidence.same),
        Kind.PAIRED: dict(coincidence.own),
    }


def _how_many(pattern: Hashable) -> int:
    """How many coded, of a pattern that says who did."""
    values: tuple[bool | None, ...] = pattern  # type: ignore[assignment]
    return values.count(True)


def _sets(rows: Mapping[str, list[Stretch]], length: int) -> list[Unit]:
    """One coder's axis cut at every border, each part with the set of rows that it was given."""
    marks = sorted((place, sign, row) for row, spans in rows.items() for span in spans for place, sign in _ends(span))
    active: dict[str, int] = {}
    units: list[Unit] = []
    for (place, sign, row), following in pairwise([*marks, (length, 0, "")]):
        active[row] = active.get(row, 0) + sign
        if following[0] > place:
            value = tuple(sorted(name for name, number in active.items() if number))
            if value:
                units.append((place, following[0], value))
    return partition(units, length)


def _ends(span: Stretch) -> tuple[Stretch, Stretch]:
    return (span[0], 1), (span[1], -1)


class _Reach:
    """How far what one coder coded falls together with what others coded, by stretches of the axis."""

    def __init__(self, cut: Sequence[list[Unit]], index: int) -> None:
        others = [parts for number, parts in enumerate(cut) if number != index]
        changes = sorted(
            change
            for parts in others
            for start, end, value in parts
            if value is not GAP
            for change in _ends((start, end))
        )
        self._edges = [0]
        self._coders = [0]
        for place, sign in changes:
            if place > self._edges[-1]:
                self._edges.append(place)
                self._coders.append(self._coders[-1])
            self._coders[-1] += sign
        sizes = [after - before for before, after in pairwise(self._edges)]
        self._many = list(accumulate((size * n for size, n in zip(sizes, self._coders, strict=False)), initial=0))
        self._some = list(accumulate((size * (n > 0) for size, n in zip(sizes, self._coders, strict=False)), initial=0))
        self._others = len(others)
        self._parts = [(start, end) for start, end, value in cut[index] if value is not GAP]
        self._squares = list(accumulate((self.reached(*part) ** 2 for part in self._parts), initial=0))

    @property
    def total(self) -> int:
        """The squares of how far each part is reached, of all parts."""
        return self._squares[-1]

    def seen(self, start: int, end: int) -> float:
        """The length from `start` to `end`, each place by the share of other coders who coded there."""
        return (self._many_until(end) - self._many_until(start)) / self._others

    def reached(self, start: int, end: int) -> int:
        """How much from `start` to `end` at least one other coder coded."""
        return self._some_until(end) - self._some_until(start)

    def squares(self, start: int, end: int) -> int:
        """The squares of how far each part is reached, of this coder's parts from `start` to `end`."""
        first = bisect_right(self._parts, start, key=itemgetter(1))
        last = bisect_right(self._parts, end, key=itemgetter(1))
        return self._squares[last] - self._squares[first]

    def _many_until(self, place: int) -> int:
        index = bisect_right(self._edges, place) - 1
        return self._many[index] + (place - self._edges[index]) * self._coders[index]

    def _some_until(self, place: int) -> int:
        index = bisect_right(self._edges, place) - 1
        return self._some[index] + (place - self._edges[index]) * min(self._coders[index], 1)
