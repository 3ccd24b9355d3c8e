"""The terminal program: opens a project in the coding screen."""

from collections.abc import Callable, Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen

from ipscoding.i18n import _
from ipscoding.project import Project
from ipscoding.tui.actions import in_groups
from ipscoding.tui.desk import Desk
from ipscoding.tui.screens.beside import BesideScreen
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets.assistant import MakeEngine, make_engine


class IpscodingApp(App[None]):
    """One project, one coder."""

    TITLE = "ipscoding"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 4
    CSS = """
    ToastRack { margin: 0 0 2 0; }
    Toast { max-width: 60; }
    """

    def __init__(
        self, project: Project, *, document_id: str | None = None, make: MakeEngine | None = make_engine
    ) -> None:
        """`document_id`: the interview to begin with; `make` makes the suggestion engine; None leaves it out."""
        super().__init__()
        self.desk = Desk(project)
        self._document_id = document_id
        self._make = make

    def get_default_screen(self) -> Screen[None]:
        """The coding screen."""
        return CodingScreen(self.desk, document_id=self._document_id, make=self._make)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the actions of the screen by group."""
        for group, actions in screen.groups() if isinstance(screen, BesideScreen) else in_groups():
            for action in actions:
                if action.palette:
                    keys = _("Key: {keys}").format(keys=action.shown) if action.shown else ""
                    yield SystemCommand(f"{group}: {_(action.name)}", keys, self._runner(screen, action.run))

    def _runner(self, screen: Screen[object], run: str) -> Callable[[], object]:
        return partial(self.call_later, screen.run_action, run)


def run(project: Project, *, document_id: str | None = None) -> None:
    """Open the coding screen on `project` and stay until it is left."""
    IpscodingApp(project, document_id=document_id).run()
