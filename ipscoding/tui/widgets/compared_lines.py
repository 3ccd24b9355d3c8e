"""A transcript between two margins: one coder's codings at its left, the other's at its right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from ipscoding.domain import Span
from ipscoding.tui.margin import LANES, Margin, rows_of
from ipscoding.tui.marks import Mark
from ipscoding.tui.widgets.row_painter import RowPainter
from ipscoding.tui.widgets.scene import Columns, Scene, by_place
from ipscoding.tui.widgets.transcript_lines import TranscriptLines

_NARROWEST, _TEXT_AT_MOST, _NAMES_FROM, _NAME_AT_MOST = 40, 96, 100, 30


class ComparedLines(TranscriptLines, can_focus=True):
    """The text with the stripes of two coders; a click tells where in the text it was."""

    class Clicked(Message):
        """Somebody clicked at `offset` of the text."""

        def __init__(self, view: "ComparedLines", offset: int) -> None:
            super().__init__()
            self.view = view
            self.offset = offset

        @property
        def control(self) -> "ComparedLines":
            """The view."""
            return self.view

    def __init__(self, *, id: str | None = None) -> None:
        self._of_sides: tuple[list[Mark], list[Mark]] = ([], [])
        self._sides: tuple[Margin, Margin] | None = None
        self._signs: Mapping[str, str] = {}
        self._current: frozenset[str] = frozenset()
        super().__init__(id=id)

    def show(
        self, left: Iterable[Mark], right: Iterable[Mark], signs: Mapping[str, str], *, tinted: Iterable[str]
    ) -> None:
        """Draw the codings of both; `signs` by key stand where a stripe begins, `tinted` ones colour the text."""
        self._of_sides, self._signs = (list(left), list(right)), signs
        wanted = set(tinted)
        scene = self._new_scene(self.scrollable_content_region.width)
        scene.margin.set_marks(mark for side in self._of_sides for mark in side if mark.key in wanted)
        top = self._scene.layout.span(min(self.scroll_offset.y, len(self._scene.layout) - 1)).start
        same = self._scene.transcript is self.transcript
        self._show_scene(scene)
        self.scroll_to(y=scene.layout.line_of(top) if same else 0, animate=False, force=True)

    def point_at(self, both: Sequence[Span], one: Sequence[Span], keys: Iterable[str]) -> None:
        """Let the codings `keys` stand out: what both coded, what one coded; and show where that is."""
        self._current = frozenset(keys)
        spans = sorted([*both, *one])
        # What both coded stands out most; several stretches of it are shown as one where nothing lies between.
        strongest = max(both, key=len) if both else None
        self._scene.hits, self._scene.current_hit = by_place(spans), strongest
        self._repaint()
        if spans:
            first, _last = rows_of(self._scene.layout, spans[0])
            _first, last = rows_of(self._scene.layout, spans[-1])
            top, height = self.scroll_offset.y, max(self.scrollable_content_region.height, 1)
            if first < top or last >= top + height:
                self.scroll_to(y=max(first - height // 3, 0), animate=False, force=True)

    def _columns(self, width: int) -> Columns:
        width = max(width, _NARROWEST)
        number = max(2, len(str(len(self.transcript.turns))))
        fixed = number + 2 + 2 * (LANES + 2)
        names = min((width - fixed - 56) // 2, _NAME_AT_MOST) if width >= _NAMES_FROM else 0
        return Columns(width, number, max(min(width - fixed - 2 * names, _TEXT_AT_MOST), 2), names)

    def _show_scene(self, scene: Scene) -> None:
        left, right = Margin(scene.layout), Margin(scene.layout)
        left.set_marks(self._of_sides[0])
        right.set_marks(self._of_sides[1])
        self._sides = (left, right)
        super()._show_scene(scene)

    def render_line(self, y: int) -> Strip:
        """Row `y` of what can be seen."""
        if self._painter is None:
            self._painter = Between(self._look())
        line, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        painter = self._painter
        if line >= len(self._scene.layout) or self._sides is None or not isinstance(painter, Between):
            return Strip.blank(width, painter.blank)
        strip = self._strips.get(line)
        if strip is None:
            self.rows_built += 1
            strip = painter.between(self._scene, self._sides, self._signs, self._current, line)
            self._strips.set(line, strip)
        return strip.crop_extend(0, width, painter.blank)

    def on_click(self, event: events.Click) -> None:
        """Tell where in the text."""
        layout, columns = self._scene.layout, self._scene.columns
        line = self.scroll_offset.y + int(event.y)
        if self.transcript.text and line < len(layout):
            text_at = columns.names + LANES + 2 + columns.number + 2
            column = min(max(int(event.x) - text_at, 0), columns.text)
            self.post_message(self.Clicked(self, layout.offset_at(line, column)))


class Between(RowPainter):
    """Paints rows with a margin on each side."""

    def between(
        self,
        scene: Scene,
        sides: tuple[Margin, Margin],
        signs: Mapping[str, str],
        current: frozenset[str],
        line: int,
    ) -> Strip:
        """Row `line`: names and stripes of the left coder, the text, stripes and names of the right one."""
        columns, span = scene.columns, scene.layout.shown(line)
        left, right = (replace(scene, margin=margin) for margin in sides)
        text = self._text(scene, line, span)
        used = sum(cell_len(segment.text) for segment in text)
        segments = [
            *self._name(left, line, current, right=True),
            *reversed(self._lanes(left, signs, current, line)),
            Segment(" ", self.blank),
            *self._gutter(scene, line, span),
            *text,
            Segment(" " * (columns.text - used + 1), self.blank),
            *self._lanes(right, signs, current, line),
            *self._name(right, line, current, right=False),
        ]
        return Strip(segments).adjust_cell_length(columns.width, self.blank).simplify()

    def _lanes(self, scene: Scene, signs: Mapping[str, str], current: frozenset[str], line: int) -> list[Segment]:
        """The stripes from the text outwards, and how many more there are."""
        stripes = scene.margin.stripes(line)
        by_lane = {stripe.lane: stripe for stripe in stripes}
        segments = []
        for lane in range(LANES):
            stripe = by_lane.get(lane)
            if stripe is None:
                segments.append(Segment(" ", self.blank))
                continue
            mark, drawn = scene.margin.marks[stripe.key], scene.manner.signs
            glyph = drawn.ends if stripe.last == line else drawn.goes_on
            glyph = signs.get(mark.key, drawn.begins) if stripe.first == line else glyph
            style = self._code_style(scene, mark, bold=True, reverse=mark.key in current)
            segments.append(Segment(glyph, style))
        beyond = sum(stripe.lane >= LANES for stripe in stripes)
        segments.append(Segment(str(min(beyond, 9)) if beyond else " ", self._style(self.look.text, bold=True)))
        return segments

    def _name(self, scene: Scene, line: int, current: frozenset[str], *, right: bool) -> list[Segment]:
        room = scene.columns.names
        keys = scene.margin.names(line)[: max(room // 8, 1)] if room else ()
        if not keys:
            return [Segment(" " * room, self.blank)]
        each, segments = room // len(keys), []
        # The stripes run outwards from the text, and so do their names.
        for key in reversed(keys) if right else keys:
            mark = scene.margin.marks[key]
            name = f"{scene.manner.signs.valences[mark.valence]} {mark.name}"
            if cell_len(name) > each - 1:
                name = set_cell_size(name, max(each - 2, 1)).rstrip() + scene.manner.signs.cut
            space = " " * (each - cell_len(name))
            style = self._code_style(scene, mark, bold=key in current)
            pieces = [Segment(space, self.blank), Segment(name, style)]
            segments += pieces if right else pieces[::-1]
        segments.append(Segment(" " * (room - each * len(keys)), self.blank))
        return segments
