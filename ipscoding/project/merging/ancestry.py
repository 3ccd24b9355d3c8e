"""Which act had seen which: the acts of several copies as lines that fork and join.

Each copy's journal is a line of acts. A copied file forks its line; a merge joins lines. An act has seen what comes
before it on its own line, and what merges that stood then had brought.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ipscoding.project.journal import MERGE
from ipscoding.project.merging.log import Act

Seen = dict[int, int]
"""How far each line has been seen: line to place on it."""


@dataclass
class _Context:
    """What all acts of a stretch of a line have seen besides their own line."""

    base: Seen
    merges: dict[str, Seen] = field(default_factory=dict)
    _seen: Seen | None = None

    @property
    def seen(self) -> Seen:
        if self._seen is None:
            self._seen = _join(self.base, *self.merges.values())
        return self._seen


def _join(*several: Seen) -> Seen:
    joined: Seen = {}
    for one in several:
        for line, place in one.items():
            joined[line] = max(place, joined.get(line, -1))
    return joined


class Ancestry:
    """Answers whether an act had seen another one."""

    def __init__(self, acts: Iterable[Act]) -> None:
        """`acts` come in an order in which nothing comes before what it had seen."""
        self._places: dict[str, tuple[int, int, _Context]] = {}
        self._ends: list[int] = []
        for act in acts:
            self._place(act)

    def _place(self, act: Act) -> None:
        before = self._places.get(act.parent or "")
        if before is None:
            line, place, context = len(self._ends), 0, _Context({})
            self._ends.append(0)
        else:
            line, place, context = before[0], before[1] + 1, before[2]
            if self._ends[line] >= place:  # another copy went on from the same act
                context = _Context(_join(context.base, {line: place - 1}), context.merges)
                line, place = len(self._ends), 0
                self._ends.append(0)
            self._ends[line] = place
        if act.name == MERGE:
            merge = act.reverses or act.id
            others = {known: seen for known, seen in context.merges.items() if known != merge}
            if act.kind != "undo":
                others[merge] = _join(*(self._upto(head) for head in act.heads if head in self._places))
            context = _Context(context.base, others)
        self._places[act.id] = line, place, context

    def _upto(self, act_id: str) -> Seen:
        line, place, context = self._places[act_id]
        return _join(context.seen, {line: place})

    def before(self, one: str, other: str) -> bool:
        """Whether the act `other` had seen the act `one`."""
        line, place, _context = self._places[one]
        its_line, its_place, context = self._places[other]
        if line == its_line:
            return place < its_place
        return context.seen.get(line, -1) >= place
