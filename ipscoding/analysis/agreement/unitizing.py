"""Krippendorff's alphas for unitizing: coders draw the borders of what they code themselves.

`u_alpha` and its family follow Krippendorff, Mathet, Bouvry & Widlöcher 2016 (Krippendorff 2019, ch. 12.6): every
coder cuts the continuum into units with a value and gaps without one, and the lengths of what falls together are set
against what would fall together by chance. With units of length one, `u_alpha` is the nominal alpha of the characters.
`alpha_u` is the older coefficient (Krippendorff 1995; 2004, p. 251 ff.), which published values exist for.

A unit is `(start, end, value)`, the end exclusive; the units of one coder do not overlap.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.agreement.amounts import Amount, divided

Unit = tuple[int, int, Hashable]
GAP = None
"""The value of what a coder left without a value."""


@dataclass
class Coincidences:
    """Lengths of what coders gave values to, and of what falls together, summed over coders.

    `lengths` holds, by value, the length of it (each pair of coders counted once, as seen from both); `same` how much
    of that the other coders gave the same value; `own` what a unit shares with itself and chance must not count.
    """

    lengths: dict[Hashable, Amount] = field(default_factory=dict)
    same: dict[Hashable, Amount] = field(default_factory=dict)
    own: dict[Hashable, Amount] = field(default_factory=dict)

    @property
    def total(self) -> Amount:
        """The length of all values together."""
        return sum(self.lengths.values())

    def alpha(self) -> Amount | None:
        """One minus the share of what does not fall together in what would not by chance; undefined for one value."""
        total = self.total
        expected = total**2 - sum(length**2 for length in self.lengths.values())
        apart = total - sum(self.same.values())
        return divided(expected * total - apart * self._pairable(), expected * total)

    def alpha_of(self, value: Hashable) -> Amount | None:
        """The same for one value against all others: (k)uα where there are no gaps among the values."""
        length, total = self.lengths.get(value, 0), self.total
        pairs = total * length - self.own.get(value, 0)
        expected = length**2 * (total - length)
        return divided(expected - pairs * (length - self.same.get(value, 0)), expected)

    def _pairable(self) -> Amount:
        """All pairs but those of a unit with itself: `total` times the denominator of the expected coincidences."""
        return self.total**2 - sum(self.own.values())


@dataclass(frozen=True)
class Family:
    """The coefficients of Krippendorff et al. 2016.

    `u`: borders and values together. `binary`: only what has a value and what has none. `cu`: the values, where
    several coders gave one. `by_value`: (k)uα for each value. None is undefined.
    """

    u: float | None
    binary: float | None
    cu: float | None
    by_value: dict[Hashable, float | None]


def u_alpha(coders: Sequence[Iterable[Unit]], length: int) -> Family:
    """The family of coefficients for the units that each of `coders` drew on a continuum of `length`.

    Raises `ValueError` for units that overlap or lie outside.
    """
    cut = [partition(units, length) for units in coders]
    whole = coincidences(cut)
    valued = coincidences(cut, gaps=False)
    coded = [[(start, end, None if value is GAP else True) for start, end, value in parts] for parts in cut]
    by_value = {value: valued.alpha_of(value) for value in valued.lengths}
    return Family(whole.alpha(), coincidences(coded).alpha(), valued.alpha(), by_value)


def partition(units: Iterable[Unit], length: int) -> list[Unit]:
    """The whole continuum as units and gaps, in order. Raises `ValueError` for units that overlap or lie outside."""
    parts: list[Unit] = []
    at = 0
    for start, end, value in sorted(units, key=lambda unit: unit[:2]):
        if not at <= start < end <= length:
            raise ValueError(f"unit {start}-{end} overlaps another one or lies outside of {length}")
        if start > at:
            parts.append((at, start, GAP))
        parts.append((start, end, value))
        at = end
    if at < length:
        parts.append((at, length, GAP))
    return parts


def coincidences(cut: Sequence[Sequence[Unit]], *, gaps: bool = True) -> Coincidences:
    """What falls together in the partitions of at least two coders; without `gaps` only where there are values.

    Without gaps, a unit counts as far as at least one other coder gave a value there.
    """
    found = Coincidences()
    others = len(cut) - 1
    for one, parts in enumerate(cut):
        # how much of each part falls together with each coder's parts, and where somebody gave a value
        for start, end, value in parts:
            if value is GAP and not gaps:
                continue
            shared, alike, reached = 0, 0, []
            for other, theirs in enumerate(cut):
                if other == one:
                    continue
                for first, last, given in _within(theirs, start, end):
                    if given is GAP and not gaps:
                        continue
                    shared += last - first
                    alike += (last - first) * (given == value)
                    reached.append((first, last))
            found.lengths[value] = found.lengths.get(value, 0) + shared / others
            found.same[value] = found.same.get(value, 0) + alike / others
            counted = _covered(reached)
            found.own[value] = found.own.get(value, 0) + (counted if value is GAP else counted**2)
    if not gaps:
        found.lengths = {value: length for value, length in found.lengths.items() if length}
    return found


def _within(parts: Sequence[Unit], start: int, end: int) -> Iterable[Unit]:
    index = bisect_right(parts, start, key=lambda part: part[1])
    while index < len(parts) and parts[index][0] < end:
        first, last, value = parts[index]
        yield max(first, start), min(last, end), value
        index += 1


def _covered(stretches: list[tuple[int, int]]) -> int:
    covered, at = 0, -1
    for start, end in sorted(stretches):
        covered += max(0, end - max(start, at))
        at = max(at, end)
    return covered


@dataclass(frozen=True)
class Disagreement:
    """Observed and expected disagreement of the older alpha for unitizing, for one value."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """The coefficient; undefined where nothing was coded."""
        value: float | None = divided(self.expected - self.observed, self.expected)
        return value


def alpha_u(coders: Sequence[Iterable[tuple[int, int]]], length: int) -> Disagreement:
    """The older alpha for unitizing (1995, 2004) for the units `(start, end)` of one value on a continuum of `length`.

    Of several values, the sums of observed and of expected disagreement give the coefficient (Krippendorff 2004).
    """
    cut = [partition(((start, end, True) for start, end in units), length) for units in coders]
    m = len(cut)
    observed = sum(_distances(one, other) for i, one in enumerate(cut) for j, other in enumerate(cut) if i != j)
    units = [end - start for parts in cut for start, end, value in parts if value is not GAP]
    gaps = sorted(end - start for parts in cut for start, end, value in parts if value is GAP)
    expected = 0.0
    for size in units:
        pairs = (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        expected += pairs + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    possible = m * length * (m * length - 1) - sum(size * (size - 1) for size in units)
    return Disagreement(observed / (m * (m - 1) * length**2), 2 / length * expected / possible)


def _distances(ours: Sequence[Unit], theirs: Sequence[Unit]) -> int:
    """The squared differences between all parts of two coders: of borders, or of a unit that falls into a gap."""
    total = 0
    for start, end, value in ours:
        for first, last, given in theirs:
            if first >= end or last <= start:
                continue
            if value is not GAP and given is not GAP:
                total += (start - first) ** 2 + (end - last) ** 2
            elif value is not GAP and first <= start and end <= last:
                total += (end - start) ** 2
            elif given is not GAP and start <= first and last <= end:
                total += (last - first) ** 2
    return total
