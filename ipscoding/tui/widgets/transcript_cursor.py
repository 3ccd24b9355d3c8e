"""The cursor in the transcript: where it stands, what is selected, and the keys that move it."""

from textual.message import Message

from ipscoding.domain import Span, Transcript
from ipscoding.tui.margin import rows_of
from ipscoding.tui.marks import EMPTY
from ipscoding.tui.navigation import Navigator, Selection, Unit
from ipscoding.tui.widgets.transcript_lines import TranscriptLines


class TranscriptCursor(TranscriptLines, can_focus=True, inherit_bindings=False):
    """One transcript with a cursor; offsets in messages and methods are offsets into its text."""

    class CursorMoved(Message, namespace="transcript_view"):
        """The cursor stands somewhere else."""

        def __init__(self, view: "TranscriptCursor") -> None:
            super().__init__()
            self.view = view

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, TranscriptCursor.CursorMoved)

        @property
        def control(self) -> "TranscriptCursor":
            """The view."""
            return self.view

    class SelectionChanged(Message, namespace="transcript_view"):
        """The selection now covers `span`."""

        def __init__(self, view: "TranscriptCursor", span: Span) -> None:
            super().__init__()
            self.view = view
            self.span = span

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, TranscriptCursor.SelectionChanged)

        @property
        def control(self) -> "TranscriptCursor":
            """The view."""
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.navigator = Navigator(EMPTY)
        self.unit = Unit.SENTENCE
        self.selection = Selection(0, 0)
        self.extending = False
        self._exact: Span | None = None
        self._goal: int | None = None

    def show(self, transcript: Transcript, offset: int | None = None) -> None:
        """Show `transcript` without marks, the cursor at `offset` (else where the informant begins)."""
        self.transcript = transcript
        self.navigator = Navigator(transcript)
        at = self.navigator.first() if offset is None else self.navigator.inside(offset)
        self.selection, self._exact, self._goal, self.extending = Selection(at, at), None, None, False
        scene = self._new_scene(self.scrollable_content_region.width)
        scene.selected = self.selected
        self._show_scene(scene)
        self.scroll_to(y=0, animate=False, force=True)
        self.reveal(centre=offset is not None)
        self._tell(changed=True)

    # Cursor and selection

    @property
    def cursor(self) -> int:
        """Where the cursor stands."""
        return self.selection.cursor

    @property
    def selected(self) -> Span:
        """What is selected: the cursor's unit, what was extended to, or the very stretch that was chosen."""
        return self._exact or self.navigator.covered(self.selection, self.unit)

    def set_unit(self, unit: Unit) -> None:
        """Let one step be one `unit`."""
        self.unit = unit
        self._move(self.cursor, extend=self.extending)

    def move_to(self, offset: int, *, extend: bool = False, centre: bool = False) -> None:
        """Put the cursor at `offset`; where `extend`, what was selected stays selected up to there."""
        self._goal = None
        self._move(self.navigator.inside(offset), extend=extend, centre=centre)

    def select(self, span: Span, *, centre: bool = False) -> None:
        """Select exactly `span`; the next step of the cursor goes by units again."""
        self._goal = None
        self._set(Selection(span.start, max(span.end - 1, span.start)), span, centre=centre)

    def _move(self, offset: int, *, extend: bool, centre: bool = False) -> None:
        self._set(Selection(self.selection.anchor if extend else offset, offset), None, centre=centre)

    def _set(self, selection: Selection, exact: Span | None, *, centre: bool = False, reveal: bool = True) -> None:
        before = self._scene.selected
        self.selection, self._exact = selection, exact
        after = self._scene.selected = self.selected
        self._forget_difference(before, after)
        if reveal:
            self.reveal(centre=centre)
        self._tell(changed=before != after)

    def _tell(self, *, changed: bool) -> None:
        self.post_message(self.CursorMoved(self))
        if changed:
            self.post_message(self.SelectionChanged(self, self._scene.selected))

    def reveal(self, *, centre: bool = False) -> None:
        """Scroll as little as needed to see what the cursor stands in, or its top where it is taller than the view."""
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        first, last = rows_of(self._scene.layout, self._here)
        top = self.scroll_offset.y
        if top <= first and last < top + height:
            return
        if centre:
            self._scroll(first - height // 3)
        elif last - first >= height:
            # What was asked stays in sight above a long answer.
            self._scroll(first - 2)
        elif first < top:
            self._scroll(first)
        else:
            self._scroll(last - height + 1)

    def show_offset(self, offset: int) -> None:
        """Scroll to `offset`, the cursor stays."""
        line, top = self._scene.layout.line_of(offset), self.scroll_offset.y
        height = self.scrollable_content_region.height
        if not top <= line < top + height:
            self._scroll(line - height // 3)

    @property
    def _here(self) -> Span:
        return self._exact or self.navigator.unit_at(self.cursor, self.unit)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(line, 0), animate=False, force=True)

    # Keys

    def action_step(self, by: int, extend: bool = False) -> None:
        """Go to the next (1) or previous (-1) unit."""
        extend = extend or self.extending
        here = self._exact
        if here is not None and not extend and by < 0:
            return self.move_to(self.navigator.step(here.start, self.unit, by))
        return self.move_to(self.navigator.step(self.cursor, self.unit, by), extend=extend)

    def action_row(self, by: int, extend: bool = False) -> None:
        """Go to the nearest unit that begins or ends further down (1) or up (-1), or scroll through a tall one."""
        extend = extend or self.extending
        height = self.scrollable_content_region.height
        layout, top = self._scene.layout, self.scroll_offset.y
        first, last = rows_of(layout, self._here)
        if by > 0 and last >= top + height:
            return self._scroll(top + 1)
        if by < 0 and first < top:
            return self._scroll(top - 1)
        if self._goal is None:
            self._goal = layout.col_of(self.cursor)
        line = layout.line_of(self.cursor) + by
        here = self.navigator.unit_at(self.cursor, self.unit)
        while 0 <= line < len(layout):
            offset = self.navigator.inside(layout.offset_at(line, self._goal))
            unit = self.navigator.unit_at(offset, self.unit)
            if unit != here and (unit.start > here.start) == (by > 0):
                return self._move(offset, extend=extend)
            line += by
        return None

    def action_page(self, by: int, extend: bool = False) -> None:
        """Go one view's height down (1) or up (-1)."""
        height = max(self.scrollable_content_region.height - 2, 1)
        layout = self._scene.layout
        line = min(max(layout.line_of(self.cursor) + by * height, 0), len(layout) - 1)
        if self._goal is None:
            self._goal = layout.col_of(self.cursor)
        self._scroll(self.scroll_offset.y + by * height)
        self._move(self.navigator.inside(layout.offset_at(line, self._goal)), extend=extend or self.extending)

    def action_turn_edge(self, by: int, extend: bool = False) -> None:
        """Go to the beginning (-1) or the end (1) of the turn."""
        turn = self.navigator.unit_at(self.cursor, Unit.TURN)
        self.move_to(turn.start if by < 0 else turn.end - 1, extend=extend or self.extending)

    def action_document_edge(self, by: int, extend: bool = False) -> None:
        """Go to the beginning (-1) or the end (1) of the transcript."""
        self.move_to(0 if by < 0 else self.navigator.last(), extend=extend or self.extending)

    def action_unit(self, unit: str) -> None:
        """Go by `unit` from now on."""
        self.set_unit(Unit(unit))

    def action_extend(self) -> None:
        """Begin to extend the selection from here with plain arrows, or stop that."""
        self.extending = not self.extending
        if self.extending and self._exact is not None:
            self.selection = Selection(self._exact.start, self.cursor)
        self._tell(changed=False)

    def action_collapse(self) -> None:
        """Select only what the cursor stands in."""
        self.extending = False
        self._move(self.cursor, extend=False)
