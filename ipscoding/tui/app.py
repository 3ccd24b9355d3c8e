"""The terminal program: opens a project in the coding screen."""

import gc
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
from textual.theme import ThemeProvider

from ipscoding.i18n import _
from ipscoding.project import Project
from ipscoding.tui.actions import ACTIONS, in_groups, use_keys
from ipscoding.tui.colours import HIGH_CONTRAST
from ipscoding.tui.desk import Desk
from ipscoding.tui.keymap import Keymap, read, written
from ipscoding.tui.keys_in_order import KeysInOrder
from ipscoding.tui.plain import PlainSigns
from ipscoding.tui.preferences import Preferences
from ipscoding.tui.screens.beside import BesideScreen
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets.assistant import MakeEngine, make_engine


class IpscodingApp(KeysInOrder):
    """One project, one coder."""

    TITLE = "ipscoding"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 4
    CSS = """
    ToastRack { margin: 0 0 2 0; }
    Toast { max-width: 60; padding: 0 1; }
    OptionList > .option-list--option-highlighted { background: $primary 15%; color: $foreground; }
    OptionList:focus > .option-list--option-highlighted, Picker OptionList > .option-list--option-highlighted {
        background: $primary 30%; color: $foreground; text-style: bold;
    }
    OptionList:light:focus > .option-list--option-highlighted,
    Picker OptionList:light > .option-list--option-highlighted { background: $primary 20%; }
    OptionList:ansi > .option-list--option-highlighted { background: ansi_default; text-style: underline; }
    OptionList:ansi:focus > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    """

    def __init__(
        self,
        project: Project,
        *,
        document_id: str | None = None,
        make: MakeEngine | None = make_engine,
        preferences: Preferences | None = None,
        keymap: Keymap | None = None,
    ) -> None:
        """`document_id`: the interview to begin with; `make` makes the suggestion engine; None leaves it out.

        `preferences` and `keymap` are the user's own; without them everything is as it comes.
        """
        super().__init__()
        self.preferences = preferences or Preferences()
        self._plain = PlainSigns(self.preferences)
        for theme in HIGH_CONTRAST:
            self.register_theme(theme)
        self._keymap_faults = keymap.faults if keymap is not None else []
        own = keymap.keys if keymap is not None else {}
        use_keys({id: (",".join(keys), " ".join(map(written, keys))) for id, keys in own.items()})
        if self.preferences.theme in self.available_themes:
            self.theme = self.preferences.theme
        self.desk = Desk(project)
        self._document_id = document_id
        self._make = make

    def get_default_screen(self) -> Screen[None]:
        """The coding screen."""
        return CodingScreen(self.desk, document_id=self._document_id, make=self._make, preferences=self.preferences)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done with everything that is painted: the reader may want plain signs."""
        filters = super().get_line_filters()
        return [*filters, self._plain] if self._plain.wanted else filters

    def on_mount(self) -> None:
        """Remember which colours are chosen, and say what is wrong in the user's keymap."""
        self.theme_changed_signal.subscribe(self, lambda theme: self.preferences.keep(theme=theme.name))
        if self._keymap_faults:
            self.notify(
                " · ".join(self._keymap_faults), title=_("Left out of keymap.toml"), severity="warning", markup=False
            )

    def on_ready(self) -> None:
        """Leave what was loaded out of the search for garbage, which would now and then hold up a key."""
        if not self.is_headless:
            self.call_after_refresh(gc.freeze)

    def _fatal_error(self) -> None:
        """Stop with words that a researcher can use; what Textual prints here would show what was on the screen."""
        error = sys.exception()
        place = traceback.extract_tb(error.__traceback__)[-1] if error is not None else None
        where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}" if place is not None else ""
        self.bell()
        self.panic(
            Text(
                _(
                    "ipscoding had to stop: a fault in the program ({where}).\n"
                    "Nothing is lost: every coding is in the project from the moment it is shown. "
                    "Open the project again, and please report the words in brackets."
                ).format(where=where)
            )
        )

    def action_command_palette(self) -> None:
        """Open the command palette, with its own words in the reader's language too."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…"), id="--command-palette"))

    def search_themes(self) -> None:
        """Let the user choose among the themes, in the reader's language."""
        self.push_screen(CommandPalette(providers=[ThemeProvider], placeholder=_("Search for themes…")))

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
    gc.freeze()
    # while the engine learns in its thread, a key waits this long for its turn, instead of ten times as long
    sys.setswitchinterval(0.0005)
    IpscodingApp(project, document_id=document_id, preferences=Preferences.load(), keymap=read(ACTIONS)).run()
