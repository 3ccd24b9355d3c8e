"""One row of a transcript as one strip: turn number, time, text, stripes and names cannot drift apart."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from ipscoding.domain import Span, clock_time
from ipscoding.tui.colours import TINT, ansi_hue, readable, tint
from ipscoding.tui.lanes import Stripe
from ipscoding.tui.margin import LANES
from ipscoding.tui.marks import Mark, Marking, Signs
from ipscoding.tui.widgets.scene import Look, Scene

_FOCUSED = 0.36
_FADED = 0.4
# Control characters and marks that turn the direction of writing take no cell, and must not reach a terminal.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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
        return Strip(segments).adjust_cell_length(columns.width, self.blank).simplify()

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

    def _code_style(self, scene: Scene, mark: Mark, *, bold: bool = False, reverse: bool = False) -> Style:
        """A coding's own colour; faded where another code stands out."""
        look, faded = self.look, scene.manner.code not in ("", mark.code)
        if look.flat:
            hue = Color.parse(ansi_hue(mark.colour))
            return self._style(look.quiet if faded else hue, bold=bold and not faded, reverse=reverse)
        colour = readable(mark.colour, look.background)
        if faded:
            colour = look.background.blend(colour, _FADED)
        return self._style(colour, bold=bold and not faded, reverse=reverse)

    def _gutter(self, scene: Scene, line: int, span: Span) -> list[Segment]:
        look, turn = self.look, scene.transcript.turn_at(span.start)
        starts = turn is not None and turn.span.start >= span.start and turn.span.start <= span.end
        number = str(turn.number) if turn is not None and starts else ""
        row = scene.layout.span(line)
        touched = scene.selected.end > scene.selected.start and scene.selected.overlaps(row)
        # what has no ink has no colour of its own: every style less is bytes less over a slow line
        signs = scene.manner.signs
        mark = signs.bookmark if _any_in(scene.bookmarks, row) else signs.note if _any_in(scene.notes, row) else ""
        place = number.rjust(scene.columns.number)
        if scene.columns.time:
            seconds = scene.transcript.time_in(turn.span) if turn is not None and starts else None
            place += ("" if seconds is None else clock_time(seconds)).rjust(scene.columns.time)
        return [
            Segment(place if mark else place + " ", self._style(look.quiet) if number else self.blank),
            *([Segment(mark, self._style(look.speaker, bold=True))] if mark else ()),
            Segment(signs.touched if touched else " ", self._style(look.speaker) if touched else self.blank),
        ]

    def _text(self, scene: Scene, line: int, span: Span) -> list[Segment]:
        tinted = scene.manner.marking is Marking.TINT and not scene.manner.density
        marks = [mark for mark in scene.margin.marks_at(line) if mark.span.overlaps(span)] if tinted else []
        hits = scene.hits.touching(span.start, span.end)
        turn = scene.transcript.turn_at(span.start)
        reasons = scene.reasons.touching(span.start, span.end)
        stretches = [mark.span for mark in marks] + hits + reasons + [scene.selected]
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
                code=scene.manner.code,
                label=label.overlaps(here),
                bold=any(word.overlaps(here) for word in reasons),
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
        code: str,
        label: bool,
        bold: bool,
        quiet: bool,
    ) -> Style:
        look = self.look
        colour = look.quiet if quiet else look.text
        background = look.background
        if label and not quiet:
            colour = look.speaker
        if covering and not look.flat:
            mark = min(covering, key=lambda mark: (mark.key != focused, mark.code != code, len(mark.span)))
            if code in ("", mark.code):
                strength = _FOCUSED if mark.key == focused else TINT
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
        return self._style(colour, background, bold=label or bold, underline=underline, reverse=reverse)

    def _margin(self, scene: Scene, line: int) -> list[Segment]:
        if scene.manner.marking is Marking.PLAIN:
            return []
        if scene.manner.density:
            return self._density(scene, line)
        stripes = scene.margin.stripes(line)
        segments = [self._ghost_mark(scene, line)]
        by_lane = {stripe.lane: stripe for stripe in stripes}
        for lane in range(LANES):
            stripe = by_lane.get(lane)
            if stripe is None:
                segments.append(Segment(" ", self.blank))
                continue
            mark = scene.margin.marks[stripe.key]
            style = self._code_style(scene, mark, bold=True, reverse=mark.key == scene.focused)
            glyph = stripe_glyph(stripe, line, mark, scene.manner.signs, named=scene.columns.names > 0)
            segments.append(Segment(glyph, style))
        beyond = sum(stripe.lane >= LANES for stripe in stripes)
        segments.append(Segment(str(min(beyond, 9)) if beyond else " ", self._style(self.look.text, bold=True)))
        if scene.columns.names:
            segments += self._names(scene, line)
        return segments

    def _density(self, scene: Scene, line: int) -> list[Segment]:
        """How many different codes lie on a row, as a bar and, from two on, as a number."""
        count = len({mark.code or mark.key for mark in scene.margin.marks_at(line)})
        if not count:
            return []
        bars = scene.manner.signs.density
        bar = bars[min(count, len(bars)) - 1] * LANES
        number = str(min(count, 9)) if count > 1 else " "
        style = self._style(self.look.speaker)
        return [Segment(" ", self.blank), Segment(bar, style), Segment(number, self._style(self.look.text, bold=True))]

    def _ghost_mark(self, scene: Scene, line: int) -> Segment:
        found = scene.margin.ghost_at(line)
        if found is None:
            return Segment(" ", self.blank)
        glyph = "?" if found[1] else scene.manner.signs.suggestion
        return Segment(glyph, self._style(self.look.speaker, bold=found[1]))

    def _names(self, scene: Scene, line: int) -> list[Segment]:
        room, signs = scene.columns.names - 1, scene.manner.signs
        keys = scene.margin.names(line)
        if keys:
            segments, each = [Segment(" ", self.blank)], max(room // len(keys), 6)
            for key in keys:
                mark = scene.margin.marks[key]
                name = _shortened(f"{signs.valences[mark.valence]} {mark.name}", each, signs)
                segments.append(
                    Segment(set_cell_size(name, each), self._code_style(scene, mark, bold=key == scene.focused))
                )
            return segments
        ghost = scene.margin.ghost_name(line)
        if ghost is None:
            return []
        name = f"? {signs.valences[ghost.valence]} {ghost.name}" + (f" +{ghost.more}" if ghost.more else "")
        return [Segment(" " + _shortened(name, room, signs), self._style(self.look.quiet, italic=True))]


def _any_in(offsets: Sequence[int], row: Span) -> bool:
    """Whether one of `offsets`, which are in order, lies in the row."""
    at = bisect_left(offsets, row.start)
    return at < len(offsets) and offsets[at] < row.end


def stripe_glyph(stripe: Stripe, line: int, mark: Mark, signs: Signs, *, named: bool) -> str:
    """What stands in a stripe's lane in row `line`: without names beside it, its first row shows the valence."""
    if stripe.first == line:
        if not named:
            return signs.valences[mark.valence]
        return signs.alone if stripe.last == line else signs.begins
    return signs.ends if stripe.last == line else signs.goes_on


def _shortened(text: str, cells: int, signs: Signs) -> str:
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + signs.cut
