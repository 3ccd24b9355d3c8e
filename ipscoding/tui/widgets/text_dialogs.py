"""Reading a longer text, and writing a few lines."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog


class ReadingDialog(Dialog[None]):
    """A text to scroll through."""

    BY_CLICK = True
    DEFAULT_CSS = """
    ReadingDialog {
        align: center middle;
        & > VerticalScroll {
            width: 90%; max-width: 84; height: auto; max-height: 90%; background: $surface; border: round $primary;
            padding: 0 2; border-title-color: $foreground; border-subtitle-color: $foreground 70%;
            scrollbar-size-vertical: 1;
        }
        Static { padding: 0 1 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", show=False)]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll() as box:
            box.border_title = self._title
            box.border_subtitle = _("↑↓ scroll · Esc close")
            yield Static(self._text)

    def on_mount(self) -> None:
        """Let arrows scroll at once."""
        self.query_one(VerticalScroll).focus()


class LinesDialog(Dialog[list[str] | None]):
    """Asks for a few names, one on a line."""

    DEFAULT_CSS = """
    LinesDialog {
        align: center middle;
        & > Vertical {
            width: 90%; max-width: 76; height: auto; max-height: 90%; background: $surface; border: round $primary;
            padding: 0 1; border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        TextArea { height: 6; margin: 1 0; padding: 0; border: none; background: $boost; }
        Horizontal { height: auto; }
        Button { margin: 0 2 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(self, title: str, about: str, go_on: str) -> None:
        """`about`: what to write; `go_on`: what the button says."""
        super().__init__()
        self._title = title
        self._about = about
        self._go_on = go_on

    def compose(self) -> ComposeResult:
        """The question, the lines, the answer."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = _("Ctrl+S goes on · Esc cancel")
            yield Static(self._about, markup=False)
            area = TextArea(tab_behavior="focus", compact=True, highlight_cursor_line=False)
            area.cursor_blink = False
            yield area
            with Horizontal():
                yield Button(self._go_on, id="keep", variant="primary", compact=True)
                yield Button(_("Cancel"), id="leave", compact=True)

    def on_mount(self) -> None:
        """Begin to write."""
        self.query_one(TextArea).focus()

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Give back the lines that say something."""
        lines = [line.strip() for line in self.query_one(TextArea).text.splitlines()]
        self.dismiss([line for line in lines if line])

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)
