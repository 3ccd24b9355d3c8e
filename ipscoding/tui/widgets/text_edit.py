"""Writing a text anew, with what others wrote in sight."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog


class TextEdit(Dialog[str | None]):
    """A text to change; None where it is left as it was."""

    DEFAULT_CSS = """
    TextEdit {
        align: center middle;
        & > Vertical {
            width: 90%; max-width: 100; height: auto; max-height: 90%; background: $surface; border: round $primary;
            padding: 0 1; border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        VerticalScroll { height: auto; max-height: 8; scrollbar-size-vertical: 1; }
        TextArea { height: 8; margin: 1 0; padding: 0; border: none; background: $boost; }
        Horizontal { height: auto; }
        Button { margin: 0 2 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str, beside: Content) -> None:
        """`text`: what to begin with; `beside`: what stands above it to be read."""
        super().__init__()
        self._title = title
        self._text = text
        self._beside = beside

    def compose(self) -> ComposeResult:
        """What others wrote, the text, the answer."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = _("Ctrl+S takes it · Esc cancel")
            with VerticalScroll(can_focus=False):
                yield Static(self._beside)
            area = TextArea(self._text, soft_wrap=True, tab_behavior="focus", compact=True, highlight_cursor_line=False)
            area.cursor_blink = False
            yield area
            with Horizontal():
                yield Button(_("Take this"), id="keep", variant="primary", compact=True)
                yield Button(_("Cancel"), id="leave", compact=True)

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Give back what is written."""
        self.dismiss(self.query_one(TextArea).text)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)
