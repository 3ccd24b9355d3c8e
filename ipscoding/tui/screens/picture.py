"""Figures as pictures: heat map, saturation curve, contrast of groups and the others, to look at and to save."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from ipscoding.errors import IpscodingError
from ipscoding.exchange.atomic import whole_file
from ipscoding.exchange.pictures.of_project import KINDS, Picture, Wish, picture_of
from ipscoding.exchange.pictures.paper import FORMS
from ipscoding.exchange.pictures.terminal import lines_of_picture
from ipscoding.i18n import N_, _
from ipscoding.tui.actions import Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.screens.beside import EVERYWHERE, LOOK, MOVE, PROGRAM, BesideScreen, KeyLine
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.file_dialog import FileDialog
from ipscoding.tui.widgets.line import StatusLine

_ORDER = ("heat", "saturation", "contrast", "sides", "bars", "matrix", "network", "fidelity")
_MARGIN = 4


class PictureScreen(BesideScreen):
    """One picture at a time, drawn in cells; a file of it has paper quality."""

    DEFAULT_CSS = """
    PictureScreen {
        #scroll { height: 1fr; padding: 0 1; }
        #picture { width: auto; text-wrap: nowrap; }
        #notes { margin: 1 0 0 0; color: $foreground 80%; }
    }
    """
    AUTO_FOCUS = "#scroll"
    ABOUT: ClassVar[str] = N_(
        "The pictures of the command “picture”: what they show, and how it was counted, stands below each of them."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("picture.scroll", "", "↑↓ PgDn", N_("Walk through the picture"), MOVE, "", palette=False),
        Action("picture.next", "right,v", "→ v", N_("Next picture"), LOOK, "next(1)", hint=N_("Next")),
        Action("picture.previous", "left", "←", N_("Previous picture"), LOOK, "next(-1)"),
        Action("picture.kind", "k", "k", N_("Which picture"), LOOK, "kind", hint=N_("Picture")),
        Action("picture.by", "d", "d", N_("Codes or domains"), LOOK, "by", hint=N_("Domains")),
        Action("picture.coder", "c", "c", N_("Whose codings"), LOOK, "coder", hint=N_("Coder")),
        Action("picture.save", "ctrl+s", "Ctrl+S", N_("Save as SVG, PNG or PDF"), PROGRAM, "save", hint=N_("Save")),
        *EVERYWHERE,
    )

    class Drawn(Message):
        """The picture is there, or it cannot be made."""

        def __init__(self, wish: Wish, picture: Picture | None, error: IpscodingError | None = None) -> None:
            super().__init__()
            self.wish, self.picture, self.error = wish, picture, error

    def __init__(self, desk: Desk, coders: Sequence[str]) -> None:
        """`coders`: whose codings can be looked at, one at a time."""
        super().__init__(desk)
        self._coders = list(coders)
        self.wish = self._wish("heat", "code", self._coders[0] if self._coders else "")
        self.picture: Picture | None = None

    @staticmethod
    def _wish(kind: str, by: str, coder: str) -> Wish:
        return Wish(kind, by, roles=kind != "saturation", filters={"coders": [coder] if coder else None})

    @property
    def coder(self) -> str:
        """Whose codings are drawn; empty: those of all who count."""
        return "".join(self.wish.filters["coders"] or ())

    def compose(self) -> ComposeResult:
        """What it is, the picture with how it was counted, the keys."""
        yield StatusLine(id="status")
        with VerticalScroll(id="scroll"):
            yield Static(id="picture", markup=False)
            yield Static(id="notes", markup=False)
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the keys; drawing begins with that."""
        super().on_mount()
        self.query_one(KeyLine).show(self.ACTIONS)

    def reload(self) -> None:
        """Draw the project as it is now."""
        self._ask(self.wish)

    def _ask(self, wish: Wish) -> None:
        self.wish = wish
        parts = [_("Pictures"), _(KINDS[wish.kind]), self.coder]
        self.query_one(StatusLine).show([part for part in parts if part], strong=[_(KINDS[wish.kind])])
        self._make(wish)

    @work(thread=True, exclusive=True, group="picture")
    def _make(self, wish: Wish) -> None:
        worker = get_current_worker()
        try:
            with self.desk.project.reopen() as own:
                made = self.Drawn(wish, picture_of(own, wish))
        except IpscodingError as error:
            made = self.Drawn(wish, None, error)
        if not worker.is_cancelled:
            self.post_message(made)

    @on(Drawn)
    def _made(self, message: Drawn) -> None:
        if message.wish == self.wish:
            self.picture = message.picture
            if message.error is not None:
                self.query_one("#picture", Static).update(f"{message.error.what}\n\n{message.error.hint}")
                self.query_one("#notes", Static).update("")
            else:
                self.show()
                self.query_one("#scroll").scroll_home(animate=False)

    def show(self) -> None:
        """Draw the picture that is there as wide as the screen."""
        if self.picture is not None:
            width = max(self.app.size.width - _MARGIN, 40)
            self.query_one("#picture", Static).update(Text("\n").join(lines_of_picture(self.picture, width)))
            self.query_one("#notes", Static).update(" ".join(self.picture.notes))

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new width."""
        self.show()

    def action_next(self, by: int) -> None:
        """The next (1) or previous (-1) picture."""
        kind = _ORDER[(_ORDER.index(self.wish.kind) + by) % len(_ORDER)]
        self._ask(self._wish(kind, self.wish.by, self.coder))

    def action_by(self) -> None:
        """Rows are codes or domains."""
        self._ask(self._wish(self.wish.kind, "domain" if self.wish.by == "code" else "code", self.coder))

    @work(exclusive=True, group="ask")
    async def action_kind(self) -> None:
        """Choose the picture."""
        choices = [(kind, Content(_(KINDS[kind]))) for kind in _ORDER]
        chosen = await self.app.push_screen_wait(Chooser(_("Which picture?"), choices))
        if chosen is not None:
            self._ask(self._wish(chosen, self.wish.by, self.coder))

    @work(exclusive=True, group="ask")
    async def action_coder(self) -> None:
        """Choose whose codings are drawn."""
        if len(self._coders) < 2:
            self.notify(_("There are no other coders' codings to look at here."))
            return
        choices = [(name, Content(name)) for name in self._coders]
        chosen = await self.app.push_screen_wait(Chooser(_("Whose codings?"), choices))
        if chosen is not None:
            self._ask(self._wish(self.wish.kind, self.wish.by, chosen))

    @work(exclusive=True, group="ask")
    async def action_save(self) -> None:
        """Write the picture to a file."""
        picture = self.picture
        if picture is None:
            self.notify(_("There is nothing to save yet."))
            return
        about = _("The end of the name decides: .svg, .png or .pdf.")
        folder = self.desk.project.path.resolve().parent
        dialog = FileDialog(_("Save the picture"), f"{picture.wish.kind}.svg", folder, about)
        path = await self.app.push_screen_wait(dialog)
        if path is None:
            return
        form = path.suffix.lower().removeprefix(".")
        if form not in FORMS:
            self.notify(about, severity="warning")
            return
        question = _("{path} is there already. Put the picture in its place?").format(path=path)
        if path.is_file() and not await self.app.push_screen_wait(Confirm(question, _("Replace"))):
            return
        with self.told():
            data = await asyncio.to_thread(picture.file, form)
            with whole_file(path) as file:
                file.write(data)
            self.notify(str(path), title=_("Saved"), markup=False)
