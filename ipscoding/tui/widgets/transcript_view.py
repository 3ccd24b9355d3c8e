"""The transcript in the middle of the coding screen: what the mouse does in it, beside the keys."""

from dataclasses import dataclass, replace

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from ipscoding.domain import Span
from ipscoding.tui.margin import LANES
from ipscoding.tui.marks import Mark
from ipscoding.tui.navigation import Selection, Unit
from ipscoding.tui.widgets.transcript_cursor import TranscriptCursor

_AUTO_SCROLL_SECONDS = 0.03


@dataclass
class _Pull:
    """A boundary of a coding under way: the coding as it was, the row it was taken at, which end, where it is now."""

    mark: Mark
    line: int
    ends: tuple[bool, bool]
    span: Span


class TranscriptView(TranscriptCursor):
    """One transcript with a cursor; offsets in messages and methods are offsets into its text."""

    class CodingClicked(Message):
        """Somebody clicked the stripe or the name of coding `key`."""

        def __init__(self, view: "TranscriptView", key: str) -> None:
            super().__init__()
            self.view = view
            self.key = key

        @property
        def control(self) -> "TranscriptView":
            """The view."""
            return self.view

    class BoundaryMoved(Message):
        """Somebody pulled coding `key` over `span`."""

        def __init__(self, view: "TranscriptView", key: str, span: Span) -> None:
            super().__init__()
            self.view = view
            self.key = key
            self.span = span

        @property
        def control(self) -> "TranscriptView":
            """The view."""
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drag_from: int | None = None
        self._drag_at = Offset(0, 0)
        self._drag_timer: Timer | None = None
        self._pull: _Pull | None = None

    def offset_at(self, x: int, y: int) -> int:
        """The offset under cell (`x`, `y`) of the view."""
        layout = self._scene.layout
        line = min(max(self.scroll_offset.y + y, 0), len(layout) - 1)
        return self.navigator.inside(layout.offset_at(line, x - self._scene.columns.text_at))

    def coding_at(self, x: int, y: int) -> str | None:
        """The coding whose stripe or name stands in cell (`x`, `y`) of the view."""
        columns, line = self._scene.columns, self.scroll_offset.y + y
        margin = self._scene.margin
        lane = x - columns.lanes_at
        if lane < 0:
            return None
        if lane < LANES:
            return next((stripe.key for stripe in margin.stripes(line) if stripe.lane == lane), None)
        names = margin.names(line) if columns.names else ()
        if not names:
            return None
        each = max((columns.names - 1) // len(names), 1)
        return names[min((lane - LANES - 2) // each, len(names) - 1)] if lane >= LANES + 2 else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor under the mouse, or choose the coding there."""
        if event.button != 1 or not self.transcript.text:
            return
        x, y = int(event.x), int(event.y)
        key = self.coding_at(x, y)
        if key is not None:
            self._take_boundary(key, x, y)
            self.post_message(self.CodingClicked(self, key))
            return
        if x >= self._scene.columns.lanes_at:
            return
        self.extending = False
        self.move_to(self.offset_at(x, y), extend=event.shift)
        self._drag_from = self.selection.anchor
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection, by words, to the mouse."""
        if self._drag_from is None and self._pull is None:
            return
        self._drag_at = Offset(int(event.x), int(event.y))
        self._drag()
        outside = not 0 <= self._drag_at.y < self.scrollable_content_region.height
        if outside and self._drag_timer is None:
            self._drag_timer = self.set_interval(_AUTO_SCROLL_SECONDS, self._drag_scroll)
        elif not outside:
            self._stop_drag_scroll()

    def _drag(self) -> None:
        if self._pull is not None:
            self._pull_to(self._drag_at.x, self._drag_at.y)
        if self._drag_from is None:
            return
        height = self.scrollable_content_region.height
        offset = self.offset_at(self._drag_at.x, min(max(self._drag_at.y, 0), height - 1))
        unit = self.navigator.unit_at
        a, b = unit(min(offset, self._drag_from), Unit.WORD), unit(max(offset, self._drag_from), Unit.WORD)
        if a != b or self._exact is not None:
            selection = Selection(self._drag_from, offset)
            self._set(selection, Span(min(a.start, b.start), max(a.end, b.end)), reveal=False)

    def _drag_scroll(self) -> None:
        beyond = self._drag_at.y if self._drag_at.y < 0 else self._drag_at.y - self.scrollable_content_region.height + 1
        self._scroll(self.scroll_offset.y + max(min(beyond, 3), -3))
        self._drag()

    def _stop_drag_scroll(self) -> None:
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag."""
        self._drag_from = None
        pull, self._pull = self._pull, None
        if pull is not None and pull.span != pull.mark.span:
            self.post_message(self.BoundaryMoved(self, pull.mark.key, pull.span))
        self._stop_drag_scroll()
        self.release_mouse()

    # The ends of a coding

    def _take_boundary(self, key: str, x: int, y: int) -> None:
        """Take hold of an end of the chosen coding by the first or last row of its stripe."""
        mark, stripe = self.mark(key), self._scene.margin.stripe(key)
        line = self.scroll_offset.y + y
        if mark is None or stripe is None or key != self._scene.focused or not mark.mine:
            return
        ends = (line == stripe.first, line == stripe.last)
        if any(ends) and x < self._scene.columns.lanes_at + LANES:
            self._pull = _Pull(mark, line, ends, mark.span)
            self.capture_mouse()

    def _pull_to(self, x: int, y: int) -> None:
        """Show the coding as it would be if it were let go here: to the word, or beside the text to the row's edge."""
        pull = self._pull
        if pull is None:
            return
        layout = self._scene.layout
        height = self.scrollable_content_region.height
        line = min(max(self.scroll_offset.y + min(max(y, 0), height - 1), 0), len(layout) - 1)
        row, beside = layout.span(line), x >= self._scene.columns.lanes_at
        if beside and line == pull.line:
            self._show_pulled(pull.mark.span)
            return
        first = self.navigator.unit_at(row.start if beside else self.offset_at(x, y), Unit.WORD)
        last = self.navigator.unit_at(max(row.end - 1, row.start), Unit.WORD) if beside else first
        old = pull.mark.span
        begin, end = pull.ends
        if begin and end:
            # a coding in one row: what it is pulled towards says which end is meant
            begin = line < pull.line or (line == pull.line and first.start < (old.start + old.end) // 2)
        span = Span(min(first.start, old.end - 1), old.end) if begin else Span(old.start, max(last.end, old.start + 1))
        if span.of(self.transcript.text).strip():
            self._show_pulled(span)

    def _show_pulled(self, span: Span) -> None:
        pull = self._pull
        if pull is None or span == pull.span:
            return
        pull.span = span
        moved = replace(pull.mark, span=span)
        marks = self._scene.margin.marks.values()
        self.set_marks(moved if mark.key == moved.key else mark for mark in marks)
        self._set(Selection(span.start, span.end - 1), span, reveal=False)

    def on_click(self, event: events.Click) -> None:
        """Two clicks select the sentence, three the turn."""
        x, y = int(event.x), int(event.y)
        if event.chain in (2, 3) and self.transcript.text and x < self._scene.columns.lanes_at:
            unit = Unit.SENTENCE if event.chain == 2 else Unit.TURN
            self.select(self.navigator.unit_at(self.offset_at(x, y), unit))
