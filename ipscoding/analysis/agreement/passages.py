"""Passages of several coders set against each other: united, matched as segments, and swept into patterns of ratings.

A passage is `(start, end, sides)`, the end exclusive; `sides` is a sum of 1 (coded), 2 (barrier) and 4 (facilitator).
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ipscoding.domain import Valence

Passage = tuple[int, int, int]
Stretch = tuple[int, int]
Pattern = tuple[str | None, ...]
"""By coder: the direction of what they coded, empty where they coded nothing, None where they did not finish."""

SIDES = {Valence.NONE: 1, Valence.BARRIER: 3, Valence.FACILITATOR: 5, Valence.BOTH: 7}
_DIRECTIONS = {0: "", 1: "none", 3: "barrier", 5: "facilitator", 7: "both"}


def united(passages: Iterable[Passage]) -> list[Stretch]:
    """The stretches that `passages` cover, in order: those that overlap become one, those that only touch do not."""
    found: list[Stretch] = []
    for start, end, _sides in sorted(passages):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def patterns(coders: Sequence[Sequence[Passage] | None], length: int) -> dict[Pattern, int]:
    """How much of an axis of `length` was coded so by the coders; None stands for a coder who did not read it.

    Where passages of one coder overlap, their directions are put together.
    """
    events = sorted(
        (place, sign, coder, sides)
        for coder, passages in enumerate(coders)
        for start, end, sides in passages or ()
        if start < end
        for place, sign in ((start, 1), (end, -1))
    )
    active = [[0] * 3 for _coder in coders]
    values: list[str | None] = [None if passages is None else "" for passages in coders]
    found: dict[Pattern, int] = {}
    at = 0
    for place, sign, coder, sides in events:
        if place > at:
            pattern = tuple(values)
            found[pattern] = found.get(pattern, 0) + place - at
            at = place
        counts = active[coder]
        together = 0
        for bit in range(3):
            if sides >> bit & 1:
                counts[bit] += sign
            if counts[bit]:
                together |= 1 << bit
        values[coder] = _DIRECTIONS[together]
    if length > at:
        pattern = tuple(values)
        found[pattern] = found.get(pattern, 0) + length - at
    return found


def coded(found: Mapping[Pattern, int]) -> dict[Hashable, int]:
    """The patterns without directions: by coder whether they coded, None where they did not finish."""
    plain: dict[Hashable, int] = {}
    for pattern, weight in found.items():
        key = tuple([None if value is None else value != "" for value in pattern])
        plain[key] = plain.get(key, 0) + weight
    return plain


def directions(found: Mapping[Pattern, int]) -> dict[Hashable, int]:
    """The directions that were given where at least two coders coded, None where one did not."""
    given: dict[Hashable, int] = {}
    for pattern, weight in found.items():
        key = tuple([value or None for value in pattern])
        if len(key) - key.count(None) > 1:
            given[key] = given.get(key, 0) + weight
    return given


RULES = ("union", "longer", "shorter")
"""What the part that two segments share can be measured by: all that they cover, the longer or the shorter one."""


@dataclass(frozen=True)
class Overlap:
    """When two segments count as the same: they share at least `least` (0 to 1) of what `of` says; 0: anything."""

    least: Fraction = Fraction(9, 10)
    of: str = "union"

    def same(self, one: Stretch, other: Stretch) -> bool:
        """Whether the two segments count as the same."""
        shared = min(one[1], other[1]) - max(one[0], other[0])
        if shared <= 0:
            return False
        sizes = (one[1] - one[0], other[1] - other[0])
        if self.of == "union":
            whole = sizes[0] + sizes[1] - shared
        else:
            whole = max(sizes) if self.of == "longer" else min(sizes)
        return shared * self.least.denominator >= whole * self.least.numerator


def matched(one: Sequence[Stretch], other: Sequence[Stretch], overlap: Overlap) -> int:
    """How many segments of both coders have a segment of the other coder that counts as the same.

    The segments of each coder are in order and do not overlap, as `united` gives them.
    """
    theirs: set[int] = set()
    ours = 0
    ends = [end for _start, end in other]
    for segment in one:
        index = bisect_right(ends, segment[0])
        found = False
        while index < len(other) and other[index][0] < segment[1]:
            if overlap.same(segment, other[index]):
                found = True
                theirs.add(index)
            index += 1
        ours += found
    return ours + len(theirs)
