"""The painted half of the transcript view: rows, their cache, the theme's colours, resizing."""

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.cache import LRUCache
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ipscoding.domain import Span
from ipscoding.tui.layout import Layout
from ipscoding.tui.margin import Margin, rows_of
from ipscoding.tui.marks import EMPTY, Ghost, Manner, Mark
from ipscoding.tui.widgets.row_painter import RowPainter
from ipscoding.tui.widgets.scene import Columns, Look, Scene, by_place

_NARROWEST = 20
_ROWS_KEPT = 2048


class TranscriptLines(ScrollView):
    """A transcript with codings, suggestions and hits, painted row by row and only where something changed."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--quiet",
        "transcript--speaker",
        "transcript--selected",
        "transcript--selected-unfocused",
        "transcript--hit",
        "transcript--current-hit",
    }
    DEFAULT_CSS = """
    TranscriptLines {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
        & > .transcript--quiet { color: $foreground 62%; }
        & > .transcript--speaker { color: $text-primary; }
        & > .transcript--selected { background: $primary; }
        & > .transcript--selected-unfocused { background: $primary 45%; }
        & > .transcript--hit { background: $warning 35%; }
        & > .transcript--current-hit { background: $warning 75%; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.transcript = EMPTY
        self.rows_built = 0
        self._strips: LRUCache[int, Strip] = LRUCache(_ROWS_KEPT)
        self._painter: RowPainter | None = None
        self._manner = Manner()
        self._scene = self._new_scene(_NARROWEST)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Draw these codings."""
        self._forget(self._scene.margin.set_marks(marks))

    def set_ghosts(self, ghosts: Iterable[Ghost]) -> None:
        """Draw these suggestions."""
        self._forget(self._scene.margin.set_ghosts(ghosts))

    def set_hits(self, hits: Sequence[Span], current: Span | None = None) -> None:
        """Highlight what a search found, and the hit it stands at."""
        self._scene.hits, self._scene.current_hit = by_place(hits), current
        self._repaint()

    def set_bookmarks(self, offsets: Iterable[int]) -> None:
        """Draw bookmarks at these offsets."""
        before, now = self._scene.bookmarks, tuple(sorted(offsets))
        self._scene.bookmarks = now
        for offset in {*before} ^ {*now}:
            line = self._scene.layout.line_of(offset)
            self._forget_rows(line, line)

    def set_notes(self, offsets: Iterable[int]) -> None:
        """Draw that somebody has noted something at these offsets."""
        before, now = self._scene.notes, tuple(sorted(offsets))
        self._scene.notes = now
        for offset in {*before} ^ {*now}:
            line = self._scene.layout.line_of(offset)
            self._forget_rows(line, line)

    def set_reasons(self, words: Sequence[Span]) -> None:
        """Let the words stand out that a suggestion here was made for."""
        before = self._scene.reasons
        if words or len(before):
            self._scene.reasons = by_place(words)
            for word in (*before, *words):
                self._forget_rows(*rows_of(self._scene.layout, word))

    def focus_mark(self, key: str) -> None:
        """Let the coding `key` stand out; an empty key ends that."""
        if key != self._scene.focused:
            changed = [mark for mark in (self.mark(self._scene.focused), self.mark(key)) if mark is not None]
            self._scene.focused = key
            for mark in changed:
                self._forget_rows(*rows_of(self._scene.layout, mark.span))

    def draw(self, manner: Manner) -> None:
        """Draw codings in this manner from now on."""
        if manner != self._scene.manner:
            self._scene.manner = self._manner = manner
            self._repaint()

    @property
    def manner(self) -> Manner:
        """How codings are drawn."""
        return self._scene.manner

    def mark(self, key: str) -> Mark | None:
        """The coding that is drawn under `key`."""
        return self._scene.margin.marks.get(key)

    @property
    def layout_in_use(self) -> Layout:
        """How the text is wrapped now."""
        return self._scene.layout

    def render_line(self, y: int) -> Strip:
        """Row `y` of what can be seen."""
        if self._painter is None:
            self._painter = RowPainter(self._look())
        line = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if line >= len(self._scene.layout) or not self.transcript.text:
            return Strip.blank(width, self._painter.blank)
        strip = self._strips.get(line)
        if strip is None:
            self.rows_built += 1
            strip = self._painter.paint(self._scene, line)
            self._strips.set(line, strip)
        return strip.crop_extend(0, width, self._painter.blank)

    def _new_scene(self, width: int) -> Scene:
        columns = self._columns(width)
        # before the first layout of the screen nobody sees how the text is wrapped
        layout = Layout(self.transcript.text if width > 0 else "", columns.text)
        return Scene(self.transcript, layout, Margin(layout), columns, manner=self._manner)

    def _columns(self, width: int) -> Columns:
        return Columns.of(max(width, _NARROWEST), self.transcript)

    def _show_scene(self, scene: Scene) -> None:
        self._scene = scene
        self._strips.clear()
        self.virtual_size = Size(scene.columns.width, len(scene.layout))
        self.refresh()

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

    def _forget(self, rows: Collection[int]) -> None:
        """Paint these rows anew."""
        if len(rows) > _ROWS_KEPT:
            self._repaint()
        else:
            for line in rows:
                self._forget_rows(line, line)

    def _forget_rows(self, first: int, last: int) -> None:
        """Paint rows `first` to `last` (inclusive) anew."""
        top = self.scroll_offset.y
        for line in range(first, last + 1):
            self._strips.discard(line)
        first, last = max(first, top), min(last, top + self.size.height)
        if first <= last:
            self.refresh_lines(first, last - first + 1)

    def _forget_difference(self, before: Span, after: Span) -> None:
        """Paint anew the rows in which one of two selections differs from the other."""
        rows: set[int] = set()
        for span in (before, after):
            first, last = rows_of(self._scene.layout, span)
            rows.update(range(first, last + 1))
        for line in sorted(rows):
            row = self._scene.layout.span(line)
            if _part(before, row) != _part(after, row):
                # the margin stays as it was
                self._strips.discard(line)
                self.refresh(Region(0, line - self.scroll_offset.y, self._scene.columns.lanes_at - 1, 1))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew for the new width; what stood in the top row stays there."""
        old, width = self._scene, self.scrollable_content_region.width
        wrapped = old.layout.text is old.transcript.text
        if old.columns.width == width and old.transcript is self.transcript and wrapped:
            return
        top = old.layout.span(min(self.scroll_offset.y, len(old.layout) - 1)).start
        scene = old.at_width(self._columns(width))
        self._show_scene(scene)
        self.scroll_to(y=scene.layout.line_of(top), animate=False, force=True)
        if not wrapped:
            self.reveal()

    def reveal(self, *, centre: bool = False) -> None:
        """Scroll to what should be seen."""

    def _look(self) -> Look:
        _, _, background, foreground = self.colors
        ansi = self.app.native_ansi_color

        def colour(name: str) -> Color:
            return background + self.get_component_styles(f"transcript--{name}").color

        def fill(name: str) -> Color:
            return background + self.get_component_styles(f"transcript--{name}").background

        # Where the selection is reversed, it is plain text reversed: with a colour of its own it could vanish.
        reverse = ansi or self.app.no_color
        selected = background if reverse else fill("selected" if self.has_focus else "selected-unfocused")
        return Look(
            background=background,
            text=background + foreground,
            quiet=colour("quiet"),
            speaker=colour("speaker"),
            selected=selected,
            selected_text=background + foreground if reverse else selected + selected.get_contrast_text(0.95),
            hit=fill("hit"),
            current_hit=fill("current-hit"),
            flat=ansi,
            reverse=reverse,
        )

    def on_focus(self) -> None:
        """Show the selection as the one that keys act on."""
        self._forget_look()

    def on_blur(self) -> None:
        """Show the selection as one that keys do not act on just now."""
        self._forget_look()

    def notify_style_update(self) -> None:
        """Forget everything that was painted in the colours of before."""
        super().notify_style_update()
        self._forget_look()

    def _forget_look(self) -> None:
        self._painter = None
        self._strips.clear()
        self.refresh()


def _part(span: Span, row: Span) -> tuple[int, int] | None:
    start, end = max(span.start, row.start), min(span.end, row.end)
    return (start, end) if start < end else None
