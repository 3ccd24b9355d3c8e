"""The small questions: which valence, which coding, is that meant."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog

_FRAME = 6
_LEAST = 30


class Chooser(Dialog[str | None]):
    """One of a few things, by arrows and Enter or by its number."""

    BY_CLICK = True
    DEFAULT_CSS = """
    Chooser {
        align: center middle;
        & > OptionList {
            width: auto; max-width: 90%; height: auto; max-height: 60%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%; scrollbar-size-vertical: 1;
            text-wrap: nowrap; text-overflow: ellipsis;
            &:focus { border: round $primary; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, choices: Sequence[tuple[str, Content]], *, current: str = "") -> None:
        """`choices`: what is given back, and how it is shown; `current`: the one to begin at (the first)."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """The choices, numbered."""
        options = OptionList(
            *(
                Option(Content.assemble((f"{number} ", "bold $text-accent"), shown), id=key)
                for number, (key, shown) in enumerate(self._choices, 1)
            )
        )
        options.border_title = self._title
        options.border_subtitle = _("Enter or a number · Esc cancel")
        # a title is cut off where the choices are shorter
        said = max(cell_len(options.border_title), cell_len(options.border_subtitle))
        options.styles.min_width = max(said + _FRAME, _LEAST)
        options.highlighted = next((at for at, (key, _shown) in enumerate(self._choices) if key == self._current), 0)
        yield options

    def on_key(self, event: events.Key) -> None:
        """A number answers at once."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._choices):
            event.stop()
            self.dismiss(self._choices[int(event.key) - 1][0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


class Confirm(Dialog[bool]):
    """Asks before something that is not an ordinary step."""

    DEFAULT_CSS = """
    Confirm {
        align: center middle;
        & > Vertical {
            width: auto; max-width: 76; height: auto; background: $surface; border: round $warning; padding: 1 2;
        }
        Static { width: auto; max-width: 70; }
        Horizontal { height: auto; width: auto; margin: 1 0 0 0; }
        Button { margin: 0 2 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "dismiss(False)", show=False),
        Binding("y,j", "dismiss(True)", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The question, and two answers; the harmless one has the focus."""
        with Vertical():
            yield Static(self._question, markup=False)
            with Horizontal():
                yield Button(_("Cancel"), id="no")
                yield Button(self._yes, id="yes", variant="warning")

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
