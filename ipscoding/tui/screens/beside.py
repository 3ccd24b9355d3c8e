"""What the screens beside the coding screen have in common: keys, hints, help, the way back, and staying up to date."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content

from ipscoding.domain import Code, Valence
from ipscoding.errors import IpscodingError
from ipscoding.i18n import N_, _
from ipscoding.tui.actions import FIND, LOOK, MOVE, PROGRAM, Action, keys_of
from ipscoding.tui.desk import Desk
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.widgets.bottom_line import BottomLine
from ipscoding.tui.widgets.dialog import LeftOnce
from ipscoding.tui.widgets.dialogs import Chooser

_POLL_SECONDS = 1.0
_AT_MOST = 7

CHANGE = N_("Change")
WALK = Action("walk", "", "↑↓ PgDn", N_("Walk through the list"), MOVE, "", palette=False)
BACK = Action("back", "escape,q", "Esc q", N_("Back"), PROGRAM, "back", hint=N_("Back"))
HELP = Action("help", "f1,question_mark", "F1 ?", N_("Help"), PROGRAM, "help", hint=N_("Help"))
PALETTE = Action("palette", "", "Ctrl+P", N_("All commands"), PROGRAM, "app.command_palette", palette=False)
THEME = Action("theme", "", "", N_("Colours"), LOOK, "app.change_theme")
QUIT = Action("quit", "", "Ctrl+Q", N_("Quit"), PROGRAM, "app.quit")
EVERYWHERE = (THEME, HELP, PALETTE, BACK, QUIT)
"""What can be done on every screen beside the coding screen."""
__all__ = ["BACK", "CHANGE", "EVERYWHERE", "FIND", "HELP", "LOOK", "MOVE", "PROGRAM", "WALK", "BesideScreen", "Place"]


@dataclass(frozen=True)
class Place:
    """Where in the project to go from a screen: an interview, and an offset in it (None: where one was)."""

    document_id: str
    offset: int | None = None


class KeyLine(BottomLine):
    """At most seven keys that help on this screen; a click does the same."""

    def show(self, actions: Sequence[Action]) -> None:
        """Show the hints of those `actions` that have one, as many as there is room for; help always."""
        self._actions = [action for action in actions if action.hint and action is not HELP]
        self._fill()

    def on_resize(self) -> None:
        """Show as many as there is room for now."""
        self._fill()

    def _fill(self) -> None:
        hints, help = [self._hint(action) for action in self._actions][: _AT_MOST - 1], self._hint(HELP)
        while hints and self._joined([*hints, help]).cell_length > self.content_size.width > 0:
            hints.pop()
        self.say(self._joined([*hints, help]))

    @staticmethod
    def _joined(hints: Sequence[Content]) -> Content:
        return Content("   ").join(hints)

    _actions: Sequence[Action] = ()

    @staticmethod
    def _hint(action: Action) -> Content:
        run = action.run if action.run.startswith(("app.", "screen.")) else f"screen.{action.run}"
        return Content.from_markup(
            f"[@click={run}][bold $footer-key-foreground]$keys[/] $name[/]",
            keys=action.short,
            name=_(action.hint),
        )


class BesideScreen(LeftOnce[Place | None]):
    """A screen that one opens from the coding screen and leaves with Esc, or to a place in an interview.

    A screen of this kind names its `ACTIONS` and `ABOUT` (a sentence or two for its help), and shows the project as
    it is now in `reload`.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = EVERYWHERE
    ABOUT: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._version = desk.project.data_version()
        self._acts_seen = desk.done_so_far
        for action in self.ACTIONS:
            for key in keys_of(action):
                self._bindings.key_to_bindings.pop(key, None)  # what Textual itself gives Tab, say
                self._bindings.bind(key, action.run.format(key=key), show=False)

    def on_mount(self) -> None:
        """Show what there is, and look every second whether others have changed it."""
        self.reload()
        self.set_interval(_POLL_SECONDS, self._look_for_others)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.reload())

    def reload(self) -> None:
        """Show the project as it is now."""

    async def ask_valence(self, code: Code) -> Valence | None:
        """Ask for one of the valences that a code allows; a single one goes without asking. Call it in a worker."""
        return await self.query_one(KeyLine).ask_valence(code)

    def on_key(self, event: events.Key) -> None:
        """While a question stands in the last line, keys answer it."""
        self.query_one(KeyLine).take_key(event)

    def action_answer(self, name: str) -> None:
        """Answer the question in the last line; an empty name gives it up."""
        self.query_one(KeyLine).answer(Valence(name) if name else None)

    def _look_for_others(self) -> None:
        version = self.desk.project.data_version()
        if version != self._version:
            self._version = version
            before, self._acts_seen = self._acts_seen, self.desk.done_so_far
            if self._acts_seen != before:
                with self.told():
                    self.desk.refresh()
                    self.reload()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn an error that people can put right into a notice."""
        try:
            yield
        except IpscodingError as error:
            self.notify(error.hint, title=error.what, severity="error", markup=False)

    async def choose(self, title: str, names: Sequence[str]) -> int | None:
        """Ask for one of `names`; gives its place in them, None where it was left. Call it in a worker."""
        choices = [(str(at), Content(name)) for at, name in enumerate(names)]
        chosen = await self.app.push_screen_wait(Chooser(title, choices))
        return None if chosen is None else int(chosen)

    def groups(self) -> list[tuple[str, list[Action]]]:
        """The actions by group, each group with its name in the language in use."""
        names = dict.fromkeys(action.group for action in self.ACTIONS)
        return [(_(name), [action for action in self.ACTIONS if action.group == name]) for name in names]

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(_(self.ABOUT), self.groups()))

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)
