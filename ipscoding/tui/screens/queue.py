"""Codings that wait to be looked at, one by one: a list in groups, and everything about the one at the cursor."""

from abc import abstractmethod
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.i18n import N_, _
from ipscoding.tui.actions import CODE, FIND, Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.screens.beside import EVERYWHERE, BesideScreen, KeyLine, Place
from ipscoding.tui.widgets.line import StatusLine
from ipscoding.tui.widgets.panels import SideList

Waiting = TypeVar("Waiting")

FOR_EACH: tuple[Action, ...] = (
    Action("remove", "x,delete", "x", N_("Remove the coding"), CODE, "remove", N_("Remove")),
    Action("undo", "u", "u", N_("Undo"), CODE, "undo", N_("Undo")),
    Action("go", "g", "g", N_("Go there in the interview"), FIND, "go", N_("Go there")),
    *EVERYWHERE,
)
"""What can be done in every queue."""


class QueueScreen(BesideScreen, Generic[Waiting]):
    """What waits, one by one. A screen of this kind says what waits, how it is told, and what can be done to it."""

    DEFAULT_CSS = """
    QueueScreen {
        & > Horizontal { height: 1fr; }
        #queue { width: 2fr; max-width: 48; }
        VerticalScroll { width: 3fr; padding: 0 2; border-top: solid $primary 40%; scrollbar-size-vertical: 1; }
        #nothing { height: 1fr; padding: 2 4; content-align: center middle; display: none; }
        &.-empty #nothing { display: block; }
        &.-empty > Horizontal { display: none; }
        &.-narrow > Horizontal { layout: vertical; }
        &.-narrow #queue { width: 100%; max-width: 100%; height: 2fr; }
        &.-narrow VerticalScroll { width: 100%; height: 3fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - an instance variable upstream
    ACTIONS: ClassVar[tuple[Action, ...]]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._queue: list[Waiting] = []

    # What a screen of this kind says

    @abstractmethod
    def waiting(self) -> list[Waiting]:
        """What waits, in the order of the list; those of one group beside each other."""

    @abstractmethod
    def words(self, n: int) -> tuple[str, str, str]:
        """The title of the list, that `n` are left, and what is said where nothing waits."""

    @abstractmethod
    def coding_of(self, one: Waiting) -> str:
        """The id of its coding."""

    @abstractmethod
    def group_of(self, one: Waiting) -> tuple[str, str]:
        """The id and the name of the group it is listed in."""

    @abstractmethod
    def line_of(self, one: Waiting) -> Content:
        """Its line in the list."""

    @abstractmethod
    def about(self, one: Waiting) -> Content:
        """Everything that is known about it."""

    @abstractmethod
    def place_of(self, one: Waiting) -> Place:
        """Where it stands in its interview."""

    # The list

    def compose(self) -> ComposeResult:
        """The codings in groups, and everything about the one at the cursor."""
        with Horizontal():
            yield SideList(id="queue")
            with VerticalScroll():
                yield Static(id="about")
        yield Static(id="nothing")
        yield StatusLine()
        yield KeyLine()

    def reload(self) -> None:
        """Show what is left to look at."""
        self._queue = self.waiting()
        title, left, nothing = self.words(len(self._queue))
        self.set_class(not self._queue, "-empty")
        self.query_one("#nothing", Static).update(nothing)
        self.query_one("#queue", SideList).border_title = title
        self._fill()
        self.query_one(StatusLine).show([self.desk.project.name, left])
        self.query_one(KeyLine).show(self.ACTIONS)
        if self._queue:
            self.query_one("#queue").focus()
        self._explain()

    def _fill(self) -> None:
        options: list[Option] = []
        group = None
        for one in self._queue:
            if self.group_of(one) != group:
                group = self.group_of(one)
                options.append(Option(group[1], disabled=True))
            options.append(Option(self.line_of(one), id=self.coding_of(one)))
        panel = self.query_one("#queue", SideList)
        panel.fill(options)
        if options and (panel.highlighted is None or options[panel.highlighted].disabled):
            at = panel.highlighted or 0
            panel.highlighted = next(n for n in [*range(at, len(options)), *range(at)] if not options[n].disabled)

    @property
    def current(self) -> Waiting | None:
        """What is at the cursor."""
        panel = self.query_one("#queue", SideList)
        if panel.highlighted is None or panel.highlighted >= panel.option_count:
            return None
        chosen = panel.get_option_at_index(panel.highlighted).id
        return next((one for one in self._queue if self.coding_of(one) == chosen), None)

    @on(OptionList.OptionHighlighted, "#queue")
    def _explain(self) -> None:
        one = self.current
        if one is not None:
            self.query_one("#about", Static).update(self.about(one))

    @on(OptionList.OptionSelected, "#queue")
    def _opened(self) -> None:
        self.action_go()

    # What can be done everywhere

    def _done(self, title: str, text: str) -> None:
        self.desk.refresh()
        self.reload()
        self.notify(text, title=title, markup=False)

    def action_undo(self) -> None:
        """Take back this coder's last act."""
        with self.told():
            step = self.desk.undo()
            self.reload()
            if step is None:
                self.notify(_("There is nothing of yours to undo."))
            else:
                self.notify(step.text, title=_("Undone"), markup=False)

    def action_go(self) -> None:
        """Go to where it stands in its interview."""
        one = self.current
        if one is not None:
            self.dismiss(self.place_of(one))
