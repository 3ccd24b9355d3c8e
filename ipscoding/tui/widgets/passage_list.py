"""A long list of passages under headings: only the rows in view are painted, so ten thousand cost no more than ten."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from ipscoding.tui.entries import Entry

GUTTER = 3
_ENTRIES_KEPT = 512
_NARROWEST = 10


class PassageList(ScrollView, can_focus=True, inherit_bindings=False):
    """Entries with a cursor and marks; both stay with their entries when the list is filled anew."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"passages--heading", "passages--current"}
    DEFAULT_CSS = """
    PassageList {
        height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        background: $background; text-wrap: nowrap; text-overflow: ellipsis;
        & .passages--heading { background: $panel; color: $foreground; text-style: bold; }
        & .passages--current { background: $surface-lighten-1; }
        &:focus .passages--current { background: $primary 30%; }
        &:ansi .passages--current { text-style: bold; }
    }
    """

    class Moved(Message):
        """The cursor stands on another entry, or the entry says something else."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, PassageList.Moved)

    class Opened(Message):
        """Somebody wants to see the current entry where it stands."""

    class MarksChanged(Message):
        """Other entries than before are marked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.marked: set[str] = set()
        self._entries: list[Entry] = []
        self._keys: dict[str, int] = {}
        self._starts: list[int] = [0]
        self._at = -1
        self._width = _NARROWEST
        self._strips: LRUCache[tuple[int, bool, bool], list[Strip]] = LRUCache(_ENTRIES_KEPT)

    # What is in it

    def show(self, entries: Iterable[Entry]) -> None:
        """Show `entries`; where the current one is gone, the one in its place is current."""
        before, place = self.current_key, self._at
        row = self._starts[place] - self.scroll_offset.y if place >= 0 else 0
        self._entries = list(entries)
        self._keys = {entry.key: index for index, entry in enumerate(self._entries) if entry.key}
        self.marked &= self._keys.keys()
        self._measure()
        if before in self._keys:
            self._at = self._keys[before]
            self._scroll(self._starts[self._at] - row)
        else:
            self._at = self._nearest(max(place, 0))
        self.reveal()
        self.post_message(self.Moved())

    def append(self, entries: Sequence[Entry]) -> None:
        """Add `entries` at the end; nothing moves."""
        first = len(self._entries)
        self._entries += entries
        self._keys.update((entry.key, first + index) for index, entry in enumerate(entries) if entry.key)
        self._measure(first)
        if self._at < 0:
            self._at = self._nearest(0)
            self.post_message(self.Moved())

    @property
    def keys(self) -> list[str]:
        """The keys of all entries but headings, in order."""
        return list(self._keys)

    @property
    def current(self) -> Entry | None:
        """The entry that the cursor stands on."""
        return self._entries[self._at] if 0 <= self._at < len(self._entries) else None

    @property
    def current_key(self) -> str:
        """The key of the current entry; empty where there is none."""
        return self.current.key if self.current is not None else ""

    @property
    def chosen(self) -> list[Entry]:
        """The marked entries in order; where none is marked, the current one."""
        if self.marked:
            return [self._entries[index] for key, index in self._keys.items() if key in self.marked]
        return [self.current] if self.current is not None else []

    def go_to(self, key: str) -> None:
        """Put the cursor on the entry called `key`, if there is one."""
        if key in self._keys:
            self._go(self._keys[key])

    def _measure(self, first: int = 0) -> None:
        if not first:
            # the width may change before anybody says so: rows are painted for the width they were counted for
            self._width = max(self.scrollable_content_region.width - GUTTER, _NARROWEST)
        width = self._width
        del self._starts[first + 1 :]
        at = self._starts[first]
        for entry in self._entries[first:]:
            at += entry.height(width)
            self._starts.append(at)
        self.virtual_size = Size(self.scrollable_content_region.width, at)
        if not first:
            self._strips.clear()
        self.refresh()

    def _nearest(self, place: int) -> int:
        """The entry at `place`, else the next, else the one before that is no heading."""
        later = next((index for index in range(max(place, 0), len(self._entries)) if self._entries[index].key), -1)
        if later >= 0:
            return later
        last = min(place, len(self._entries) - 1)
        return next((index for index in range(last, -1, -1) if self._entries[index].key), -1)

    # The cursor

    def _go(self, index: int) -> None:
        if index != self._at and 0 <= index < len(self._entries):
            before, self._at = self._at, index
            self._repaint({before, index})
            self.post_message(self.Moved())
        self.reveal()

    def reveal(self) -> None:
        """Scroll as little as needed to see the current entry, with its heading where it is the first under one."""
        height = self.scrollable_content_region.height
        if self._at < 0 or height <= 0:
            return
        first = self._at
        while first > 0 and not self._entries[first - 1].key:
            first -= 1
        top, bottom = self._starts[first], self._starts[self._at + 1]
        if bottom - top > height:
            top = self._starts[self._at]
        if top < self.scroll_offset.y or bottom - top > height:
            self._scroll(top)
        elif bottom > self.scroll_offset.y + height:
            self._scroll(bottom - height)

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=max(row, 0), animate=False, force=True, immediate=True)

    def action_row(self, by: int) -> None:
        """Go to the next (1) or previous (-1) entry; through one that is taller than the view, row by row."""
        if self._at < 0:
            return
        height, top = self.scrollable_content_region.height, self.scroll_offset.y
        start, end = self._starts[self._at], self._starts[self._at + 1]
        if end - start > height and ((by > 0 and end > top + height) or (by < 0 and start < top)):
            self._scroll(top + by)
            return
        index = self._at + by
        while 0 <= index < len(self._entries) and not self._entries[index].key:
            index += by
        if 0 <= index < len(self._entries):
            self._go(index)
        elif by < 0:
            self._scroll(0)

    def action_page(self, by: int) -> None:
        """Go one view's height down (1) or up (-1)."""
        if self._at < 0:
            return
        height = max(self.scrollable_content_region.height - 1, 1)
        row = min(max(self._starts[self._at] + by * height, 0), self._starts[-1] - 1)
        index = self._nearest(bisect_right(self._starts, row) - 1)
        if index == self._at:
            self.action_row(by)
        else:
            self._go(index)

    def action_edge(self, by: int) -> None:
        """Go to the first (-1) or the last (1) entry."""
        self._go(self._nearest(0 if by < 0 else len(self._entries) - 1))
        if by < 0:
            self._scroll(0)

    def action_open(self) -> None:
        """Show the current entry where it stands."""
        if self._at >= 0:
            self.post_message(self.Opened())

    # Marks

    def action_mark(self) -> None:
        """Mark the current entry, or take its mark away, and go on."""
        if self._at >= 0:
            self.set_marks(self.marked ^ {self.current_key})
            self.action_row(1)

    def set_marks(self, keys: Iterable[str]) -> None:
        """Mark those entries and no others."""
        before, self.marked = self.marked, set(keys) & self._keys.keys()
        self._repaint({self._keys[key] for key in before ^ self.marked})
        self.post_message(self.MarksChanged())

    # Painting

    def _repaint(self, entries: set[int]) -> None:
        """Paint anew only the rows of some entries: over a slow line every byte counts."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for index in entries:
            first, last = max(self._starts[index], top), min(self._starts[index + 1], top + height)
            if index >= 0 and first < last:
                self.refresh_lines(first, last - first)

    def render_line(self, y: int) -> Strip:
        """One row of the view."""
        row = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if row >= self._starts[-1]:
            return Strip.blank(width, self.rich_style)
        index = bisect_right(self._starts, row) - 1
        return self._painted(index, width)[row - self._starts[index]]

    def _painted(self, index: int, width: int) -> list[Strip]:
        entry = self._entries[index]
        current, marked = index == self._at, entry.key in self.marked
        known = self._strips.get((index, current, marked))
        if known is not None:
            return known
        style = self.visual_style
        if not entry.key:
            style = self.get_visual_style("passages--heading")
            lines = [Content.assemble(" ", row) for row in entry.rows(self._width)]
        else:
            if current:
                style = self.get_visual_style("passages--current")
            rows = entry.rows(self._width)
            bar = ["▸" if current else " ", *["│" if current else " "] * (len(rows) - 1)]
            tick = ["✓" if marked else " ", *[" "] * (len(rows) - 1)]
            lines = [
                Content.assemble((bar[n], "bold $text-primary"), (tick[n], "bold $text-accent"), " ", row)
                for n, row in enumerate(rows)
            ]
        painted = [self._strip(line, width, style) for line in lines]
        self._strips[(index, current, marked)] = painted
        return painted

    def _strip(self, line: Content, width: int, style: Style) -> Strip:
        strips = Visual.to_strips(self, line, width, 1, style, pad=True)
        return strips[0] if strips else Strip.blank(width)

    def on_resize(self, event: events.Resize) -> None:
        """Measure anew for the new width; the current entry stays in view."""
        self._measure()
        self.reveal()

    def _forget_look(self) -> None:
        self._strips.clear()
        self.refresh()

    def on_focus(self) -> None:
        """Show that keys act here."""
        self._forget_look()

    def on_blur(self) -> None:
        """Show that keys do not act here."""
        self._forget_look()

    def notify_style_update(self) -> None:
        """Forget what was painted in the colours of before."""
        super().notify_style_update()
        self._forget_look()

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there, one on the edge marks, two open."""
        row = self.scroll_offset.y + int(event.y)
        if event.button != 1 or row >= self._starts[-1]:
            return
        index = bisect_right(self._starts, row) - 1
        key = self._entries[index].key
        if not key:
            return
        self._go(index)
        if event.x < GUTTER:
            self.set_marks(self.marked ^ {key})
        elif event.chain == 2:
            self.action_open()
