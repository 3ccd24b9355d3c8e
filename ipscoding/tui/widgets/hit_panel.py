"""Below the hits: the current one with all that was said around it, what a coding would cover, what is coded there."""

from collections.abc import Sequence

from textual.content import Content

from ipscoding.domain import Coding, Span, Transcript
from ipscoding.i18n import _
from ipscoding.project.search import Hit
from ipscoding.tui.desk import Desk
from ipscoding.tui.entries import styled_rows
from ipscoding.tui.ink import square
from ipscoding.tui.layout import Layout
from ipscoding.tui.widgets.line import Line
from ipscoding.tui.words import valence_name


class HitPanel(Line):
    """A hit in full."""

    DEFAULT_CSS = """
    HitPanel {
        height: 9; padding: 0 1; border-top: solid $primary 40%; background: $background; text-wrap: nowrap;
        text-overflow: ellipsis; border-title-color: $foreground 90%;
        &.-low { height: 6; }
    }
    """

    def show(self, desk: Desk, hit: Hit, transcript: Transcript, extent: Span, codings: Sequence[Coding]) -> None:
        """Show `hit`, underlining `extent`, over what is coded there."""
        room = max(self.content_size.height, 4)
        coded = [self._coding(desk, coding) for coding in codings]
        if not coded:
            coded = [Content.styled(_("Not coded yet."), "dim")]
        elif len(coded) > max(room - 3, 1):
            rest = len(coded) - max(room - 3, 1) + 1
            coded = [*coded[: len(coded) - rest], Content.styled(_("and {n} more").format(n=rest), "dim")]
        self.say(Content("\n").join([*self._text(hit, transcript, extent, room - len(coded)), *coded]))

    def _text(self, hit: Hit, transcript: Transcript, extent: Span, rows: int) -> list[Content]:
        """The turn of the hit in at most `rows` rows, the one with the hit near their middle."""
        turn = transcript.turn_at(hit.span.start)
        whole = turn.span if turn is not None else extent
        layout = Layout(whole.of(transcript.text), max(self.content_size.width, 20))
        inside = Span(max(extent.start - whole.start, 0), min(extent.end, whole.end) - whole.start)
        found = Span(hit.span.start - whole.start, min(hit.span.end, whole.end) - whole.start)
        lines = styled_rows(layout, inside, "underline", "dim", within=found, most="bold reverse")
        middle = layout.line_of(found.start)
        first = max(min(middle - rows // 2, len(lines) - rows), 0)
        return lines[first : first + rows]

    def _coding(self, desk: Desk, coding: Coding) -> Content:
        return Content.assemble(
            square(self, desk.colours.get(coding.code, "")),
            (f"{coding.valence.sign} {valence_name(coding.valence)}  ", "bold"),
            desk.name(coding.code),
            ("" if desk.mine(coding) else f"  {coding.coder}", "bold"),
            (f"  {desk.above(coding.code)}", "dim"),
        )
