"""Which more cells must be hidden, so that no hidden one can be worked out from the sums that are shown.

Hidden cells and the sums they stand in make a network: a sum is a node, a cell an edge between the (at most two) sums
that it is part or total of, or to the ground where it is in one only. A hidden cell cannot be worked out where the
hidden cells could hold something else and all that is shown would be the same: where there is a cycle through its edge
along which one can be added here and taken away there, with no cell falling below what is known of it. For whole
numbers in sums of this form that is exactly when there is more than one solution.

Whoever reads the table knows that cells with nothing in them are shown. So one that holds something counts as at least
one here, which is stricter than "not negative". They may also know how much a cell can hold at most: where everybody
who was interviewed is in a sum, everybody is in each of its parts.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

Entry = Hashable
"""What names a cell."""

_Path = tuple[Entry, "_Path | None"]

_GROUND = -1


@dataclass(frozen=True, slots=True)
class Sum:
    """`parts` add up to `total`.

    Where they are not `exact`, since what is in several of them counts once in the total, the total still says much of
    a part that is hidden alone: then nothing may be hidden alone among them.
    """

    total: Entry
    parts: tuple[Entry, ...]
    exact: bool = True

    @property
    def members(self) -> tuple[Entry, ...]:
        """The parts and the total."""
        return (*self.parts, self.total)


def protected(
    values: Mapping[Entry, int],
    sums: Sequence[Sum],
    hidden: Iterable[Entry],
    never_shown: Collection[Entry] = (),
    most: Mapping[Entry, int] | None = None,
) -> set[Entry]:
    """The `hidden` cells, with as many more as are needed for none of them to be worked out.

    `values` are of all cells in `sums` (each in two exact sums at most); `never_shown` are cells that nobody sees
    anyway, such as the rest up to a total; `most` is what a cell can hold, where readers know it. What is hidden
    besides costs as little as can be found for each cell in turn: small numbers before large ones, zeros and then
    totals last.
    """
    network = _Network(values, sums, set(hidden), set(never_shown), most or {})
    waiting = deque(sorted((entry for entry in network.hidden if entry in network.sums_of), key=str))
    while waiting:
        more = network.needed_for(waiting.popleft())
        network.hidden |= more
        # those that are hidden for it must be free themselves; all others only became freer
        waiting.extend(sorted(more, key=str))
    return network.hidden


class _Network:
    """The cells as edges between exact sums, and which of them are hidden so far."""

    def __init__(
        self,
        values: Mapping[Entry, int],
        sums: Sequence[Sum],
        hidden: set[Entry],
        never_shown: set[Entry],
        most: Mapping[Entry, int],
    ) -> None:
        self._values = values
        self._most = most
        self._sums = sums
        self.hidden = hidden
        self._never_shown = never_shown
        self.sums_of: dict[Entry, list[int]] = {}
        for index, one in enumerate(sums):
            for entry in one.members:
                self.sums_of.setdefault(entry, []).append(index)
        self._ends = {entry: self._ends_of(entry) for entry in self.sums_of}
        self._totals = {one.total for one in sums}
        self._free: set[Entry] = set()
        self._grounded = [entry for entry, ends in self._ends.items() if ends[1] == _GROUND and ends[0] != _GROUND]

    def _ends_of(self, entry: Entry) -> tuple[int, int]:
        first, second, *_rest = *(index for index in self.sums_of[entry] if self._sums[index].exact), _GROUND, _GROUND
        return first, second

    def needed_for(self, entry: Entry) -> set[Entry]:
        """The cells that must be hidden too so that this one cannot be worked out; none where it cannot as it is."""
        more: set[Entry] = set()
        for index in self.sums_of[entry]:
            members = [other for other in self._sums[index].members if other != entry]
            if not self._sums[index].exact and not any(self._unseen(other) or other in more for other in members):
                more.add(min(members, key=self._cost))
        first, last = self._ends[entry]
        if first == _GROUND or entry in self._free:
            return more
        ways = [way for by in (1, -1) if self._can(entry, by) and (way := self._cycle(entry, by, first, last))]
        if ways:
            _cost, passed = min(ways, key=lambda way: way[0])
            # what is passed on changes every cell on its way, which is then as free as this one
            self._free |= passed | {entry}
            more |= {other for other in passed if not self._unseen(other)}
        elif self._most:
            # nothing can be passed on since cells are full: no sum may be shown that it is in
            sums = [self._sums[index] for index in self.sums_of[entry]]
            more |= {one.total for one in sums if one.total != entry and not self._unseen(one.total)}
            if not more:
                more |= {part for one in sums if one.total == entry for part in one.parts if not self._unseen(part)}
        return more

    def _unseen(self, entry: Entry) -> bool:
        return entry in self.hidden or entry in self._never_shown

    def _cost(self, entry: Entry) -> tuple[int, int, int, str]:
        """What it costs to hide a cell: whether it is a total, a zero, its number."""
        if self._unseen(entry):
            return 0, 0, 0, ""
        value = self._values[entry]
        return int(entry in self._totals), int(value == 0), value + 1, str(entry)

    def _sign(self, entry: Entry, end: int) -> int:
        return 1 if self._sums[end].total == entry else -1

    def _can(self, entry: Entry, by: int) -> bool:
        least = 0 if entry in self._never_shown else min(self._values[entry], 1)
        changed = self._values[entry] + by
        return least <= changed <= max(self._most.get(entry, changed), self._values[entry])

    def _cycle(self, entry: Entry, by: int, first: int, last: int) -> tuple[tuple[int, int, int], set[Entry]] | None:
        """The cheapest way to pass on what `by` puts out of balance at the end `first`, until it meets the end `last`.

        Gives what it costs and which cells it passes, shown ones among them; None where there is none.
        """
        goal = (last, 0 if last == _GROUND else -self._sign(entry, last) * by)
        start = (first, self._sign(entry, first) * by)
        done: set[tuple[int, int]] = set()
        count = 0  # keeps the heap from comparing what cannot be compared
        heap: list[tuple[tuple[int, int, int], int, tuple[int, int], _Path | None]] = [((0, 0, 0), count, start, None)]
        while heap:
            cost, _count, state, path = heappop(heap)
            if state == goal:
                return cost, set(_passed(path))
            if state in done:
                continue
            done.add(state)
            for other, step in self._ways(*state):
                if other == entry or not self._can(other, step):
                    continue
                one, two = self._ends[other]
                there = two if one == state[0] else one
                reached = (there, 0 if there == _GROUND else self._sign(other, there) * step)
                if reached in done:
                    continue
                count += 1
                totals, zeros, numbers, _name = self._cost(other)
                now = (cost[0] + totals, cost[1] + zeros, cost[2] + numbers)
                if reached == goal and now == cost:
                    return now, set(_passed((other, path)))
                heappush(heap, (now, count, reached, (other, path)))
        return None

    def _ways(self, node: int, too_much: int) -> Iterable[tuple[Entry, int]]:
        """The cells that could take over what is too much at a sum, and by how much each would change."""
        if node != _GROUND:
            return ((other, -too_much * self._sign(other, node)) for other in self._sums[node].members)
        return ((other, step) for other in self._grounded for step in (1, -1))


def _passed(path: "_Path | None") -> Iterable[Entry]:
    while path is not None:
        entry, path = path
        yield entry
