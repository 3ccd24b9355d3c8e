"""The screen on which a merge of codebooks is decided, as a program of its own: a merge needs no project."""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from rich.text import Text
from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.screen import Screen

from ipscoding.i18n import _
from ipscoding.tui.colours import HIGH_CONTRAST
from ipscoding.tui.keys_in_order import KeysInOrder
from ipscoding.tui.plain import PlainSigns
from ipscoding.tui.preferences import Preferences
from ipscoding.tui.reconciling import Reconciling
from ipscoding.tui.screens.reconcile import ReconcileScreen


class ReconcileApp(KeysInOrder):
    """One merge of codebooks."""

    TITLE = "ipscoding"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 4
    CSS = """
    ToastRack { margin: 0 0 2 0; }
    Toast { max-width: 60; }
    """

    def __init__(
        self,
        work: Reconciling,
        output: Path,
        write: Callable[[], None],
        keep: Callable[[], Path],
        preferences: Preferences | None = None,
    ) -> None:
        """What `ReconcileScreen` takes, and how the user likes the screen."""
        super().__init__()
        self.preferences = preferences or Preferences()
        self._plain = PlainSigns(self.preferences)
        for theme in HIGH_CONTRAST:
            self.register_theme(theme)
        if self.preferences.theme in self.available_themes:
            self.theme = self.preferences.theme
        self.walk = ReconcileScreen(work, output, write, keep)

    def on_mount(self) -> None:
        """Show the screen; the program ends with it."""
        self.push_screen(self.walk, lambda _left: self.exit())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done with everything that is painted: the reader may want plain signs."""
        filters = super().get_line_filters()
        return [*filters, self._plain] if self._plain.wanted else filters

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the actions of the screen by group."""
        for group, actions in self.walk.groups():
            for action in actions:
                if action.palette:
                    keys = _("Key: {keys}").format(keys=action.shown) if action.shown else ""
                    run = partial(self.call_later, self.walk.run_action, action.run)
                    yield SystemCommand(f"{group}: {_(action.name)}", keys, run)

    def action_command_palette(self) -> None:
        """Open the command palette, with its own words in the reader's language too."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…"), id="--command-palette"))

    async def action_quit(self) -> None:
        """Leave; where something was decided and not written, that is asked about first."""
        if self.walk.is_current:
            self.walk.action_back()

    def _fatal_error(self) -> None:
        """Stop with words that a researcher can use."""
        error = sys.exception()
        place = traceback.extract_tb(error.__traceback__)[-1] if error is not None else None
        where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}" if place is not None else ""
        self.bell()
        self.panic(
            Text(
                _(
                    "ipscoding had to stop: a fault in the program ({where}).\n"
                    "The codebooks are as they were. Please report the words in brackets."
                ).format(where=where)
            )
        )


def run(work: Reconciling, output: Path, write: Callable[[], None], keep: Callable[[], Path]) -> ReconcileScreen:
    """Decide a merge on the screen; gives the screen as it was left, which says what was written or kept."""
    app = ReconcileApp(work, output, write, keep, Preferences.load())
    app.run()
    return app.walk
