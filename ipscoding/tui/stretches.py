"""Things that lie on stretches of a text, found by place without looking at all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from operator import le
from typing import Generic, TypeVar

from ipscoding.domain import Span

T = TypeVar("T")


class Stretches(Generic[T]):
    """Things in the order in which their spans begin; an empty span counts as one character."""

    def __init__(self, items: Iterable[T], span_of: Callable[[T], Span]) -> None:
        self._span_of = span_of
        self.items: list[T] = list(items)
        spans = [span_of(item) for item in self.items]
        self.starts = [span.start for span in spans]
        if not all(map(le, self.starts, islice(self.starts, 1, None))):
            self.items = sorted(self.items, key=lambda item: span_of(item).start)
            spans = [span_of(item) for item in self.items]
            self.starts = [span.start for span in spans]
        self._ends = [max(span.end, span.start + 1) for span in spans]
        # The furthest end of this thing and all before it: where that is not beyond a place, nothing reaches it.
        self.reach = list(accumulate(self._ends, max))

    def change(self, gone: Iterable[T], new: Iterable[T]) -> None:
        """Take the very things in `gone` out and put `new` in, without going through all the others again."""
        first = len(self.items)
        for item in gone:
            at = bisect_left(self.starts, self._span_of(item).start)
            while self.items[at] is not item:
                at += 1
            del self.items[at], self.starts[at], self._ends[at]
            first = min(first, at)
        for item in new:
            span = self._span_of(item)
            at = bisect_right(self.starts, span.start)
            self.items.insert(at, item)
            self.starts.insert(at, span.start)
            self._ends.insert(at, max(span.end, span.start + 1))
            first = min(first, at)
        before = self.reach[:first]
        self.reach = before + list(accumulate(self._ends[first:], max, initial=before[-1] if before else 0))[1:]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def touching(self, start: int, end: int) -> list[T]:
        """The things that share a character with `start` to `end` (exclusive)."""
        found = []
        at = bisect_left(self.starts, end) - 1
        while at >= 0 and self.reach[at] > start:
            if self._ends[at] > start:
                found.append(self.items[at])
            at -= 1
        found.reverse()
        return found

    def group(self, start: int, end: int, joins: Callable[[int, int], bool]) -> Sequence[T]:
        """The run of things that hang together with what touches `start` to `end`; empty where nothing does.

        `joins(reached, begins)` tells whether a thing that begins at `begins` still hangs together with those
        before it, which reach up to `reached` (exclusive).
        """
        first = last = bisect_left(self.starts, end)
        if not first or not (self.reach[first - 1] > start or joins(self.reach[first - 1], start)):
            return ()
        first -= 1
        while first > 0 and joins(self.reach[first - 1], self.starts[first]):
            first -= 1
        while last < len(self.items) and joins(self.reach[last - 1], self.starts[last]):
            last += 1
        return self.items[first:last]
