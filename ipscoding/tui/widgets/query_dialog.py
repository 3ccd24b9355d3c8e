"""Asking for passages in the query language, with what is wrong shown under the line."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from ipscoding.analysis.query import QueryProblem
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog


class QueryDialog(Dialog[str | None]):
    """Gives a query that can be answered; an empty one asks for everything."""

    DEFAULT_CSS = """
    QueryDialog {
        align: center middle;
        & > Vertical {
            width: 90%; max-width: 92; height: auto; background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 80%;
        }
        Input { padding: 0 1; background: $boost; }
        Static { margin: 1 0 0 0; color: $foreground 80%; }
        #found { padding: 0 1; color: $foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, where: str, count: Callable[[str], str]) -> None:
        """`where`: what is asked for now; `count`: says what a query finds, or raises `IpscodingError`."""
        super().__init__()
        self._where = where
        self._count = count

    def compose(self) -> ComposeResult:
        """The line to type in, what it finds or what is wrong with it, and how it is written."""
        with Vertical() as box:
            box.border_title = _("Ask for passages")
            box.border_subtitle = _("Enter show · Esc cancel")
            yield Input(self._where, compact=True)
            yield Static(id="found", markup=False)
            yield Static(
                _(
                    "code:org.* valence:barrier role:patient,clinician -coder:A near:per.hope within:2 jobb*\n"
                    "All terms must hold; commas: any of these; a minus: all but these; without a field: words that "
                    "were said."
                ),
                markup=False,
            )

    def on_mount(self) -> None:
        """Say what is found now."""
        self.query_one(Input).cursor_blink = False
        self._look(self._where)

    def _look(self, where: str) -> bool:
        try:
            said, good = self._count(where), True
        except QueryProblem as problem:
            said, good = f"{problem.pointer}\n{problem.what}. {problem.hint}", False
        except IpscodingError as error:
            said, good = str(error), False
        self.query_one("#found", Static).update(said)
        return good

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        # names are half written while somebody types: what is wrong is told when they have done
        if event.value != self._where:
            self.query_one("#found", Static).update("")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self._look(event.value):
            self.dismiss(event.value.strip())
