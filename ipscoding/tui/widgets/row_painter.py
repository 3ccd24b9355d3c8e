"""One row of a transcript as one strip: turn number, text, stripes and names cannot drift apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from ipscoding.domain import Span, Transcript
from ipscoding.tui.colours import ANSI_HUES, HUES, readable, tint
from ipscoding.tui.lanes import Stripe
from ipscoding.tui.layout import Layout
from ipscoding.tui.margin import LANES, Margin
from ipscoding.tui.marks import Mark

NAMES_FROM = 84
"""From this width on there is room for codes' names beside the stripes."""

_TEXT_AT_MOST = 96
_FOCUSED = 0.36
# Control characters and marks that turn the direction of writing take no cell, and must not reach a terminal.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Look:
    """The colours of the theme in use; `flat` where only the terminal's own sixteen colours may be used."""

    background: Color
    text: Color
    quiet: Color
    speaker: Color
    selected: Color
    selected_text: Color
    hit: Color
    current_hit: Color
    flat: bool = False
    reverse: bool = False


@dataclass(frozen=True)
class Columns:
    """How a row of `width` cells is shared out between its parts."""

    width: int
    number: int
    text: int
    names: int

    @classmethod
    def of(cls, width: int, turns: int) -> "Columns":
        """The parts of a row of `width` cells in a transcript of so many turns."""
        number = max(2, len(str(turns)))
        fixed = number + 2 + LANES + 3
        names = min(max(20, (width - NAMES_FROM) // 2 + 20), 40) if width >= NAMES_FROM else 0
        return cls(width, number, max(min(width - fixed - names, _TEXT_AT_MOST), 2), names)

    @property
    def text_at(self) -> int:
        """The column where text begins."""
        return self.number + 2

    @property
    def lanes_at(self) -> int:
        """The column of the first margin lane; the suggestions' mark stands in the one before."""
        return self.text_at + self.text + 2


@dataclass
class Scene:
    """Everything a row is painted from."""

    transcript: Transcript
    layout: Layout
    margin: Margin
    columns: Columns
    selected: Span = field(default_factory=lambda: Span(0, 0))
    hits: Sequence[Span] = ()
    current_hit: Span | None = None
    focused: str = ""
    show_ghosts: bool = True


class RowPainter:
    """Paints rows of a scene in one look; styles are made once and kept."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._styles: dict[tuple[object, ...], Style] = {}
        self.blank = self._style(look.text, look.background)

    def paint(self, scene: Scene, line: int) -> Strip:
        """Row `line` of the scene, as wide as the scene's columns."""
        columns, span = scene.columns, scene.layout.shown(line)
        segments = self._gutter(scene, line, span)
        used = 0
        for segment in self._text(scene, line, span):
            segments.append(segment)
            used += cell_len(segment.text)
        segments.append(Segment(" " * (columns.text - used + 1), self.blank))
        segments += self._margin(scene, line)
        return Strip(segments).adjust_cell_length(columns.width, self.blank)

    def _style(
        self,
        colour: Color,
        background: Color | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        reverse: bool = False,
    ) -> Style:
        background = background or self.look.background
        key = (colour, background, bold, italic, underline, reverse)
        if key not in self._styles:
            self._styles[key] = Style(
                color=colour.rich_color,
                bgcolor=background.rich_color,
                bold=bold,
                italic=italic,
                underline=underline,
                reverse=reverse,
            )
        return self._styles[key]

    def _code(self, colour: str) -> Color:
        if self.look.flat:
            return Color.parse(ANSI_HUES[HUES.index(colour) % len(ANSI_HUES)] if colour in HUES else ANSI_HUES[0])
        return readable(colour, self.look.background)

    def _gutter(self, scene: Scene, line: int, span: Span) -> list[Segment]:
        look, turn = self.look, scene.transcript.turn_at(span.start)
        starts = turn is not None and turn.span.start >= span.start and turn.span.start <= span.end
        number = str(turn.number) if turn is not None and starts else ""
        row = scene.layout.span(line)
        touched = scene.selected.end > scene.selected.start and scene.selected.overlaps(row)
        return [
            Segment(number.rjust(scene.columns.number) + " ", self._style(look.quiet)),
            Segment("▌" if touched else " ", self._style(look.speaker)),
        ]

    def _text(self, scene: Scene, line: int, span: Span) -> list[Segment]:
        marks = [mark for mark in scene.margin.marks_at(line) if mark.span.overlaps(span)]
        hits = [hit for hit in scene.hits if hit.overlaps(span)]
        turn = scene.transcript.turn_at(span.start)
        stretches = [mark.span for mark in marks] + hits + [scene.selected]
        offsets = {edge for stretch in stretches for edge in (stretch.start, stretch.end)}
        speech = turn.speech.start if turn is not None else 0
        label = Span(min(turn.span.start, speech), speech) if turn is not None else Span(0, 0)
        segments = []
        for start, end in pairwise(scene.layout.cuts(line, {*offsets, label.end})):
            here = Span(start, end)
            covering = [mark for mark in marks if mark.span.overlaps(here)]
            style = self._text_style(
                covering,
                selected=scene.selected.overlaps(here),
                hit=next((hit for hit in hits if hit.overlaps(here)), None),
                current=scene.current_hit,
                focused=scene.focused,
                label=label.overlaps(here),
                quiet=turn is not None and turn.interviewer,
            )
            segments.append(Segment(_UNSAFE.sub("", here.of(scene.transcript.text)), style))
        return segments

    def _text_style(
        self,
        covering: list[Mark],
        *,
        selected: bool,
        hit: Span | None,
        current: Span | None,
        focused: str,
        label: bool,
        quiet: bool,
    ) -> Style:
        look = self.look
        colour = look.quiet if quiet else look.text
        background = look.background
        if label and not quiet:
            colour = look.speaker
        if covering and not look.flat:
            mark = min(covering, key=lambda mark: (mark.key != focused, len(mark.span), mark.key))
            strength = _FOCUSED if mark.key == focused else 0.2
            background = tint(mark.colour, look.background, strength)
        reverse = False
        if hit is not None:
            background = look.current_hit if hit == current else look.hit
            colour = look.text if not look.flat else look.background
        if selected:
            background, colour = look.selected, look.selected_text
            reverse = look.reverse
        # Two coders with one code agree; only different codes on one passage are marked as overlapping.
        codes = {mark.code or mark.key for mark in covering}
        underline = not selected and (len(codes) > 1 or (look.flat and bool(codes)))
        return self._style(colour, background, bold=label, underline=underline, reverse=reverse)

    def _margin(self, scene: Scene, line: int) -> list[Segment]:
        stripes = scene.margin.stripes(line)
        segments = [self._ghost_mark(scene, line)]
        by_lane = {stripe.lane: stripe for stripe in stripes}
        for lane in range(LANES):
            stripe = by_lane.get(lane)
            if stripe is None:
                segments.append(Segment(" ", self.blank))
                continue
            mark = scene.margin.marks[stripe.key]
            focused = mark.key == scene.focused
            style = self._style(self._code(mark.colour), bold=True, reverse=focused)
            segments.append(Segment(stripe_glyph(stripe, line, mark, named=scene.columns.names > 0), style))
        beyond = sum(stripe.lane >= LANES for stripe in stripes)
        segments.append(Segment(str(min(beyond, 9)) if beyond else " ", self._style(self.look.text, bold=True)))
        if scene.columns.names:
            segments += self._names(scene, line)
        return segments

    def _ghost_mark(self, scene: Scene, line: int) -> Segment:
        found = scene.margin.ghost_at(line) if scene.show_ghosts else None
        if found is None:
            return Segment(" ", self.blank)
        return Segment("?" if found[1] else "┊", self._style(self.look.speaker, bold=found[1]))

    def _names(self, scene: Scene, line: int) -> list[Segment]:
        room = scene.columns.names - 1
        keys = scene.margin.names(line)
        if keys:
            segments, each = [Segment(" ", self.blank)], max(room // len(keys), 6)
            for key in keys:
                mark = scene.margin.marks[key]
                style = self._style(self._code(mark.colour), bold=key == scene.focused)
                segments.append(
                    Segment(set_cell_size(_shortened(f"{mark.valence.sign} {mark.name}", each), each), style)
                )
            return segments
        ghost = scene.margin.ghost_name(line) if scene.show_ghosts else None
        if ghost is None:
            return []
        name = f"? {ghost.valence.sign} {ghost.name}" + (f" +{ghost.more}" if ghost.more else "")
        return [Segment(" " + _shortened(name, room), self._style(self.look.quiet, italic=True))]


def stripe_glyph(stripe: Stripe, line: int, mark: Mark, *, named: bool) -> str:
    """What stands in a stripe's lane in row `line`: without names beside it, its first row shows the valence."""
    if stripe.first == line:
        if not named:
            return mark.valence.sign
        return "■" if stripe.last == line else "┏"
    return "┗" if stripe.last == line else "┃"


def _shortened(text: str, cells: int) -> str:
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"
