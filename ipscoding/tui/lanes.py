"""Margin lanes: which column of the margin each coding's stripe runs in.

Works on rows (first and last, both inclusive), so that two stripes never meet in one cell of the margin.
A stripe keeps its lane while others come and go.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_BUCKET = 32


@dataclass(frozen=True, slots=True)
class Stripe:
    """One stripe in the margin: rows `first` to `last`, both inclusive, in `lane` (from 0)."""

    key: str
    first: int
    last: int
    lane: int


class Lanes:
    """Stripes by key and, in buckets of rows, by row."""

    def __init__(self, items: Iterable[tuple[str, int, int]] = ()) -> None:
        """Place `items` (key, first row, last row): from the top, the longest of those that begin together first."""
        self._stripes: dict[str, Stripe] = {}
        self._buckets: dict[int, list[Stripe]] = {}
        for key, first, last in sorted(items, key=lambda item: (item[1], -item[2])):
            self.place(key, first, last)

    def __len__(self) -> int:
        return len(self._stripes)

    def place(self, key: str, first: int, last: int, lane: int | None = None) -> Stripe:
        """Put a stripe (again) on rows `first` to `last`; the others stay.

        It goes into the first lane that is free there, or into `lane`, which must be free.
        """
        self.remove(key)
        rows = range(first // _BUCKET, last // _BUCKET + 1)
        if lane is None:
            taken = {
                other.lane
                for row in rows
                for other in self._buckets.get(row, ())
                if other.first <= last and first <= other.last
            }
            lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        stripe = Stripe(key, first, last, lane)
        self._stripes[key] = stripe
        for row in rows:
            self._buckets.setdefault(row, []).append(stripe)
        return stripe

    def remove(self, key: str) -> Stripe | None:
        """Take a stripe away; gives it, or None for an unknown key."""
        stripe = self._stripes.pop(key, None)
        if stripe is not None:
            for row in range(stripe.first // _BUCKET, stripe.last // _BUCKET + 1):
                self._buckets[row].remove(stripe)
        return stripe

    def get(self, key: str) -> Stripe | None:
        """The stripe of `key`."""
        return self._stripes.get(key)

    def all(self) -> list[Stripe]:
        """All stripes."""
        return list(self._stripes.values())

    def at(self, line: int) -> list[Stripe]:
        """The stripes that cross row `line`, from the first lane on."""
        crossing = [stripe for stripe in self._buckets.get(line // _BUCKET, ()) if stripe.first <= line <= stripe.last]
        return sorted(crossing, key=lambda stripe: stripe.lane)
