"""Where stripes and names go in the margin beside wrapped rows."""

from collections.abc import Iterable, Sequence

from ipscoding.domain import Span
from ipscoding.tui.lanes import Lanes, Stripe
from ipscoding.tui.layout import Layout
from ipscoding.tui.marks import Ghost, Mark

LANES = 4
_SEARCH_DOWN = 6


def rows_of(layout: Layout, span: Span) -> tuple[int, int]:
    """The first and last row (inclusive) that `span` touches."""
    first = layout.line_of(span.start)
    return first, max(first, layout.line_of(max(span.end - 1, span.start)))


class Margin:
    """Stripes, names and ghosts of one layout, by row."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.lanes = Lanes()
        self.marks: dict[str, Mark] = {}
        self.ghosts: dict[str, Ghost] = {}
        self._ghost_rows: dict[int, list[tuple[Ghost, int, int]]] = {}
        self._names: dict[int, list[str]] = {}
        self._ghost_names: dict[int, Ghost] = {}

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Draw `marks`; those that were there already keep their lanes."""
        wanted = {mark.key: mark for mark in marks}
        for key in [key for key in self.marks if key not in wanted or wanted[key].span != self.marks[key].span]:
            self.lanes.remove(key)
        fresh = [
            (key, *rows_of(self._layout, mark.span)) for key, mark in wanted.items() if self.lanes.get(key) is None
        ]
        for key, first, last in sorted(fresh, key=lambda item: (item[1], -item[2], item[0])):
            self.lanes.place(key, first, last)
        self.marks = wanted
        self._place_names()

    def set_ghosts(self, ghosts: Iterable[Ghost]) -> None:
        """Draw `ghosts`."""
        self.ghosts = {ghost.key: ghost for ghost in ghosts}
        self._ghost_rows = {}
        for ghost in self.ghosts.values():
            first, last = rows_of(self._layout, ghost.span)
            for row in range(first, last + 1):
                self._ghost_rows.setdefault(row, []).append((ghost, first, last))
        self._place_names()

    def stripes(self, line: int) -> list[Stripe]:
        """The stripes that cross row `line`."""
        return self.lanes.at(line)

    def marks_at(self, line: int) -> list[Mark]:
        """The codings that touch row `line`."""
        return [self.marks[stripe.key] for stripe in self.lanes.at(line)]

    def names(self, line: int) -> Sequence[str]:
        """Keys of the codings that are named beside row `line`."""
        return self._names.get(line, ())

    def ghost_name(self, line: int) -> Ghost | None:
        """The suggestion that is named beside row `line`."""
        return self._ghost_names.get(line)

    def ghost_at(self, line: int) -> tuple[Ghost, bool] | None:
        """The suggestion whose mark crosses row `line`, and whether it begins there."""
        rows = self._ghost_rows.get(line)
        if not rows:
            return None
        ghost, first, _last = next((row for row in rows if row[1] == line), rows[0])
        return ghost, first == line

    def _place_names(self) -> None:
        """Each name on its stripe's first row or, where that is taken, on one further down the same stripe."""
        names: dict[int, list[str]] = {}
        stripes = sorted(filter(None, map(self.lanes.get, self.marks)), key=lambda stripe: (stripe.first, stripe.lane))
        for stripe in stripes:
            rows = range(stripe.first, min(stripe.last, stripe.first + _SEARCH_DOWN) + 1)
            free = next((row for row in rows if row not in names), stripe.first)
            names.setdefault(free, []).append(stripe.key)
        self._names = names
        ghost_names: dict[int, Ghost] = {}
        for row, here in sorted(self._ghost_rows.items()):
            for ghost, first, last in here:
                if row == first:
                    free_row = next(
                        (r for r in range(first, last + 1) if r not in names and r not in ghost_names), None
                    )
                    if free_row is not None:
                        ghost_names[free_row] = ghost
        self._ghost_names = ghost_names
