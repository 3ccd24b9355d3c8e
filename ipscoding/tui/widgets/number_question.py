"""Asks for a number in one line."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from ipscoding.tui.widgets.dialog import Dialog


class NumberQuestion(Dialog[int | None]):
    """Gives a number from 1 to the greatest one allowed; a greater one counts as that."""

    BY_CLICK = True
    DEFAULT_CSS = """
    NumberQuestion {
        align: center bottom; background: $background 30%;
        & > Vertical {
            width: 40; height: 3; margin: 0 0 2 0; background: $surface; border: round $primary;
            border-title-color: $foreground;
        }
        Input { border: none; height: 1; padding: 0 1; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, question: str, greatest: int) -> None:
        super().__init__()
        self._question = question
        self._greatest = greatest

    def compose(self) -> ComposeResult:
        """A field for digits."""
        with Vertical() as box:
            box.border_title = self._question
            yield Input(type="integer", restrict=r"[0-9]*", max_length=len(str(self._greatest)))

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        number = int(event.value) if event.value.isdigit() else 0
        self.dismiss(min(number, self._greatest) or None)
