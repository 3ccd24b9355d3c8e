"""Asks for a few words in one line."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog


class LineQuestion(Dialog[str | None]):
    """Gives what was written, or None where it was left."""

    DEFAULT_CSS = """
    LineQuestion {
        align: center bottom; background: $background 30%;
        & > Vertical {
            width: 90%; max-width: 76; height: 3; margin: 0 0 2 0; background: $surface; border: round $primary;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        Input { border: none; height: 1; padding: 0 1; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, question: str, before: str = "") -> None:
        """`before`: what stands in the line to begin with."""
        super().__init__()
        self._question = question
        self._before = before

    def compose(self) -> ComposeResult:
        """The line."""
        with Vertical() as box:
            box.border_title = self._question
            box.border_subtitle = _("Enter keep · Esc cancel")
            yield Input(self._before)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        self.dismiss(" ".join(event.value.split()))
