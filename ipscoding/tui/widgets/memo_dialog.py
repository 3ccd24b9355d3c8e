"""Writing a memo."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog


class MemoDialog(Dialog[str]):
    """Several lines of text; closing keeps them, since a thought is lost more easily than a key is pressed."""

    DEFAULT_CSS = """
    MemoDialog {
        align: center middle;
        & > TextArea {
            width: 80%; max-width: 84; height: 50%; min-height: 8; max-height: 18;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
            &:focus { border: round $primary; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s,f2", "close", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The text."""
        area = TextArea(self._text, soft_wrap=True, placeholder=_("What did you think here?"))
        area.border_title = self._title
        area.border_subtitle = _("Esc keeps it and closes · undo takes it back")
        area.cursor_blink = False
        yield area

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_close(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(TextArea).text)
