"""The small questions: which valence, which coding, is that meant."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.domain import Code, Valence
from ipscoding.i18n import _, language
from ipscoding.tui.words import allowed, valence_name

VALENCE_KEYS = {Valence.BARRIER: "b", Valence.FACILITATOR: "f", Valence.BOTH: "g", Valence.NONE: "0"}
"""The keys that give a valence, in the question and on the screen alike."""


class ValenceQuestion(ModalScreen[Valence | None]):
    """One line above the footer; one key answers."""

    DEFAULT_CSS = """
    ValenceQuestion {
        align: center bottom; background: $background 30%;
        & > Horizontal {
            height: 3; width: auto; max-width: 100%; margin: 0 0 1 0;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        Button {
            min-width: 0; width: auto; padding: 0 1; margin: 0 1 0 0; text-style: none;
        }
    }
    """
    # A second Enter by accident must not decide: nothing has the focus until an arrow gives it.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, code: Code, place: str = "") -> None:
        """`place`: which of several codes this is about, as "2/3"."""
        super().__init__()
        self._code = code
        self._place = place

    def compose(self) -> ComposeResult:
        """A button for every valence that the code allows."""
        with Horizontal() as box:
            box.border_title = f"{self._code.name(language())}  {self._place}".rstrip()
            box.border_subtitle = _("a letter answers · Esc cancel")
            for valence in allowed(self._code):
                label = Content.assemble(
                    (VALENCE_KEYS[valence], "bold $text-accent"), f" {valence.sign} {valence_name(valence)}"
                )
                yield Button(label, name=str(valence), compact=True)

    def on_key(self, event: events.Key) -> None:
        """A letter answers at once."""
        keys = {VALENCE_KEYS[valence]: valence for valence in allowed(self._code)}
        valence = keys.get(event.key)
        if valence is not None:
            event.stop()
            self.dismiss(valence)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(Valence(event.button.name or "none"))


class Chooser(ModalScreen[str | None]):
    """One of a few things, by arrows and Enter or by its number."""

    DEFAULT_CSS = """
    Chooser {
        align: center middle;
        & > OptionList {
            width: auto; max-width: 90%; min-width: 30; height: auto; max-height: 60%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%; scrollbar-size-vertical: 1;
            text-wrap: nowrap; text-overflow: ellipsis;
            &:focus { border: round $primary; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, choices: Sequence[tuple[str, Content]]) -> None:
        """`choices`: what is given back, and how it is shown."""
        super().__init__()
        self._title = title
        self._choices = choices

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
        yield options

    def on_key(self, event: events.Key) -> None:
        """A number answers at once."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._choices):
            event.stop()
            self.dismiss(self._choices[int(event.key) - 1][0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


class Confirm(ModalScreen[bool]):
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
