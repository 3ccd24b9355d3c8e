"""Where stripes and names go in the margin beside wrapped rows.

Worked out where somebody looks, and only there: stripes that share no row with each other do not concern each other,
so that a margin with ten thousand codings costs no more than what can be seen of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from ipscoding.domain import Span
from ipscoding.tui.lanes import Lanes, Stripe
from ipscoding.tui.layout import Layout
from ipscoding.tui.marks import Ghost, Mark
from ipscoding.tui.stretches import Stretches

LANES = 4
_ONE_BY_ONE = 50
"""With more changes than this at once, all rows are laid out anew."""
_SEARCH_DOWN = 6


def rows_of(layout: Layout, span: Span) -> tuple[int, int]:
    """The first and last row (inclusive) that `span` touches."""
    first = layout.line_of(span.start)
    return first, max(first, layout.line_of(max(span.end - 1, span.start)))


class Margin:
    """Stripes, names and ghosts of one layout, by row."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.marks: Mapping[str, Mark] = {}
        self.ghosts: Mapping[str, Ghost] = {}
        self._marks_by_place: Stretches[Mark] = Stretches((), attrgetter("span"))
        self._ghosts_by_place: Stretches[Ghost] = Stretches((), attrgetter("span"))
        self._lane_of: dict[str, int] = {}
        self._stripes: dict[int, list[Stripe]] = {}
        self._names: dict[int, list[str]] = {}
        self._ghost_rows: dict[int, list[tuple[Ghost, int]]] = {}
        self._ghost_names: dict[int, Ghost] = {}

    def set_marks(self, marks: Iterable[Mark]) -> Collection[int]:
        """Draw `marks`; those that were there already keep their lanes. Gives the rows that look otherwise now."""
        wanted = {mark.key: mark for mark in marks}
        before = self.marks
        gone = [mark for key, mark in before.items() if wanted.get(key) is not mark]
        new = [mark for key, mark in wanted.items() if before.get(key) is not mark]
        if not gone and not new:
            return ()
        for mark in gone:
            if mark.key not in wanted or wanted[mark.key].span != mark.span:
                self._lane_of.pop(mark.key, None)
        everything = len(gone) + len(new) > _ONE_BY_ONE
        rows = set() if everything else self._rows_of_groups(self._marks_by_place, gone)
        self.marks = wanted
        if everything:
            self._marks_by_place = Stretches(wanted.values(), attrgetter("span"))
            self._stripes, self._names, self._ghost_rows, self._ghost_names = {}, {}, {}, {}
            return range(len(self._layout))
        self._marks_by_place.change(gone, new)
        rows |= self._rows_of_groups(self._marks_by_place, new)
        for row in rows:
            self._stripes.pop(row, None)
            self._names.pop(row, None)
        # a suggestion is named where no coding is
        beside = {ghost for row in rows for ghost, _first in self._ghost_rows.get(row, ())}
        rows |= self._forget_ghosts(self._rows_of_groups(self._ghosts_by_place, beside))
        return rows

    def set_ghosts(self, ghosts: Iterable[Ghost]) -> Collection[int]:
        """Draw `ghosts`; gives the rows that look otherwise now."""
        before, self.ghosts = self.ghosts, {ghost.key: ghost for ghost in ghosts}
        gone = [ghost for key, ghost in before.items() if self.ghosts.get(key) != ghost]
        new = [ghost for key, ghost in self.ghosts.items() if before.get(key) != ghost]
        if not gone and not new:
            return ()
        everything = len(gone) + len(new) > _ONE_BY_ONE
        rows = set() if everything else self._rows_of_groups(self._ghosts_by_place, gone)
        self._ghosts_by_place = Stretches(self.ghosts.values(), attrgetter("span"))
        if everything:
            self._ghost_rows, self._ghost_names = {}, {}
            return range(len(self._layout))
        return self._forget_ghosts(rows | self._rows_of_groups(self._ghosts_by_place, new))

    def _forget_ghosts(self, rows: set[int]) -> set[int]:
        for row in rows:
            self._ghost_rows.pop(row, None)
            self._ghost_names.pop(row, None)
        return rows

    def _rows_of_groups(self, things: Stretches[Mark] | Stretches[Ghost], among: Iterable[Mark | Ghost]) -> set[int]:
        """The rows of everything that hangs together with one of `among`, themselves included."""
        rows: set[int] = set()
        for one in among:
            group: Sequence[Mark | Ghost] = things.group(
                one.span.start, max(one.span.end, one.span.start + 1), self._joins
            )
            for other in (one, *group):
                first, last = rows_of(self._layout, other.span)
                rows.update(range(first, last + 1))
        return rows

    def stripes(self, line: int) -> list[Stripe]:
        """The stripes that cross row `line`, from the first lane on."""
        if line not in self._stripes:
            self._place_marks(line)
        return self._stripes[line]

    def stripe(self, key: str) -> Stripe | None:
        """The stripe of coding `key`."""
        mark = self.marks.get(key)
        if mark is None:
            return None
        return next(stripe for stripe in self.stripes(self._layout.line_of(mark.span.start)) if stripe.key == key)

    def marks_at(self, line: int) -> list[Mark]:
        """The codings that touch row `line`."""
        return [self.marks[stripe.key] for stripe in self.stripes(line)]

    def names(self, line: int) -> Sequence[str]:
        """Keys of the codings that are named beside row `line`."""
        self.stripes(line)
        return self._names.get(line, ())

    def ghost_name(self, line: int) -> Ghost | None:
        """The suggestion that is named beside row `line`."""
        self._place_ghosts(line)
        return self._ghost_names.get(line)

    def ghost_at(self, line: int) -> tuple[Ghost, bool] | None:
        """The suggestion whose mark crosses row `line`, and whether it begins there."""
        self._place_ghosts(line)
        rows = self._ghost_rows[line]
        if not rows:
            return None
        ghost, first = next((row for row in rows if row[1] == line), rows[0])
        return ghost, first == line

    def _joins(self, reached: int, begins: int) -> bool:
        return self._layout.line_of(reached - 1) >= self._layout.line_of(begins)

    def _place_marks(self, line: int) -> None:
        """Stripes and names of all codings that hang together with row `line`."""
        row = self._layout.span(line)
        self._stripes[line] = []
        group = self._marks_by_place.group(row.start, row.end, self._joins)
        items = [(mark.key, *rows_of(self._layout, mark.span)) for mark in group]
        lanes = Lanes()
        for key, first, last in items:
            if key in self._lane_of:
                lanes.place(key, first, last, self._lane_of[key])
        for key, first, last in sorted(items, key=lambda item: (item[1], -item[2])):
            if key not in self._lane_of:
                self._lane_of[key] = lanes.place(key, first, last).lane
        stripes = sorted(lanes.all(), key=lambda stripe: (stripe.first, stripe.lane))
        for stripe in stripes:
            for at in range(stripe.first, stripe.last + 1):
                self._stripes.setdefault(at, []).append(stripe)
        for at in range(stripes[0].first, max(stripe.last for stripe in stripes) + 1) if stripes else ():
            self._stripes[at].sort(key=attrgetter("lane"))
        self._place_names(stripes)

    def _place_names(self, stripes: Iterable[Stripe]) -> None:
        """Each name on its stripe's first row or, where that is taken, on one further down the same stripe."""
        for stripe in stripes:
            rows = range(stripe.first, min(stripe.last, stripe.first + _SEARCH_DOWN) + 1)
            free = next((row for row in rows if row not in self._names), stripe.first)
            self._names.setdefault(free, []).append(stripe.key)

    def _place_ghosts(self, line: int) -> None:
        """Marks and names of all suggestions that hang together with row `line`."""
        if line in self._ghost_rows:
            return
        row = self._layout.span(line)
        self._ghost_rows[line] = []
        for ghost in self._ghosts_by_place.group(row.start, row.end, self._joins):
            first, last = rows_of(self._layout, ghost.span)
            for at in range(first, last + 1):
                self._ghost_rows.setdefault(at, []).append((ghost, first))
            free = (at for at in range(first, last + 1) if at not in self._ghost_names and not self.names(at))
            name_row = next(free, None)
            if name_row is not None:
                self._ghost_names[name_row] = ghost
