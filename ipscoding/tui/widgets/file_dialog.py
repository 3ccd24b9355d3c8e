"""Asking for the name of a file, to write it or to read it."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from ipscoding.i18n import _
from ipscoding.tui.widgets.dialog import Dialog


class FileDialog(Dialog[Path | None]):
    """Gives the file or folder that is named, in `folder` unless its name says otherwise."""

    DEFAULT_CSS = """
    FileDialog {
        align: center middle;
        & > Vertical {
            width: 80%; max-width: 84; height: auto; background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 80%;
        }
        Input { padding: 0 1; background: $boost; }
        Static { margin: 1 0 0 0; color: $foreground 80%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, name: str, folder: Path, about: str, *, does: str = "") -> None:
        """`name`: what is proposed; `about`: what the name decides; `does`: what keys do (default: write, cancel)."""
        super().__init__()
        self._title = title
        self._name = name
        self._folder = folder
        self._about = about
        self._does = does

    def compose(self) -> ComposeResult:
        """The line to type in, and where the file goes."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = self._does or _("Enter write · Esc cancel")
            yield Input(self._name, compact=True)
            yield Static(id="where", markup=False)
            yield Static(self._about, markup=False)

    @property
    def path(self) -> Path | None:
        """The file that is named; None where nothing is."""
        name = self.query_one(Input).value.strip()
        return self._folder / Path(name).expanduser() if name else None

    @on(Input.Changed)
    def _typed(self) -> None:
        where = self.query_one("#where", Static)
        where.update(str(self.path or ""))

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self.path is not None:
            self.dismiss(self.path)
