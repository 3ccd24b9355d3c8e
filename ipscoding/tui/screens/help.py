"""Help: every action with its keys, made from the one list of actions."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ipscoding.domain import Valence
from ipscoding.i18n import _
from ipscoding.tui.actions import Action, in_groups
from ipscoding.tui.marks import DRAWN
from ipscoding.tui.widgets.dialog import Dialog
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS, valence_name


class HelpScreen(Dialog[None]):
    """All keys by group, and what the signs mean; of the coding screen, or of the screen whose groups are given."""

    BY_CLICK = True
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > VerticalScroll {
            width: 90%; max-width: 78; height: 90%; background: $surface; border: round $primary; padding: 0 2;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%; scrollbar-size-vertical: 1;
        }
        Static { padding: 0 1 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark,enter", "dismiss", show=False)]

    def __init__(
        self, about: str = "", groups: Sequence[tuple[str, Sequence[Action]]] = (), *, first: str = ""
    ) -> None:
        """`about`: what the screen is for, in a sentence or two; `groups`: its actions by group.

        Without `groups` it is the help of the coding screen, with the group called `first` at its top.
        """
        super().__init__()
        self._about = about
        self._groups = groups
        self._first = first

    def compose(self) -> ComposeResult:
        """One long list to scroll through."""
        with VerticalScroll() as box:
            box.border_title = _("Help")
            box.border_subtitle = _("↑↓ scroll · Esc close")
            yield Static(keys_text(self._about, self._groups) if self._groups else help_text(self._first))

    def on_mount(self) -> None:
        """Let arrows scroll at once."""
        self.query_one(VerticalScroll).focus()


def help_text(first: str = "") -> Content:
    """The whole help; the group called `first` (in English) before the others."""
    groups = sorted(in_groups(), key=lambda group: group[0] != (_(first) if first else ""))
    lines = [
        Content(
            _(
                "Choose a passage with the arrows, press Enter, type a few letters of the code, Enter, "
                "and say whether it hinders or helps. It is in the file as soon as you see it; "
                "there is nothing to save, and u takes back any step."
            )
        ),
        Content(""),
        *_key_lines(groups),
    ]
    lines.append(Content.styled(_("Signs"), "bold $text-primary"))
    signs = [(valence.sign, valence_name(valence)) for valence in Valence]
    signs += [
        ("┏ ┃ ┗ ■", _("where a coding begins, goes on, ends; a whole one in one row")),
        ("?", _("a suggestion")),
        (DRAWN.bookmark, _("a bookmark, beside the number of the turn")),
        (NOT_STARTED, _("interview not started")),
        (STATUS_SIGNS["coding"], _("interview being coded")),
        (STATUS_SIGNS["done"], _("interview done")),
    ]
    lines += [Content.assemble((f"  {sign:<12} ", "bold"), meaning) for sign, meaning in signs]
    lines += [
        Content(""),
        Content(
            _(
                "The mouse does it too: click, drag over a passage, two clicks for the sentence, three for the turn, "
                "a click on a stripe or a name for that coding. The first or the last row of its stripe can then be "
                "pulled, to move where the coding begins or ends."
            )
        ),
    ]
    return Content("\n").join(lines)


def keys_text(about: str, groups: Sequence[tuple[str, Sequence[Action]]]) -> Content:
    """What a screen is for, and its keys."""
    return Content("\n").join([Content(about), Content(""), *_key_lines(groups)])


def _key_lines(groups: Sequence[tuple[str, Sequence[Action]]]) -> list[Content]:
    lines = []
    for name, actions in groups:
        lines.append(Content.styled(name, "bold $text-primary"))
        for action in actions:
            keys = action.shown or _("by command")
            lines.append(Content.assemble((f"  {keys:<12} ", "bold $text-accent"), _(action.name)))
        lines.append(Content(""))
    return lines
