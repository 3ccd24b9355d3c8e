"""The dashboard: how often every code hinders and helps, as bars, with the way to the passages behind each of them."""

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from ipscoding.analysis.chart import Order, as_shown
from ipscoding.exchange.write import write
from ipscoding.i18n import N_, _, language, ngettext
from ipscoding.tui.actions import Action
from ipscoding.tui.counting import EACH
from ipscoding.tui.passages import Asked, asked_for, counted, read
from ipscoding.tui.screens.beside import EVERYWHERE, LOOK, MOVE, PROGRAM, WALK
from ipscoding.tui.screens.charting import BarList, Charting
from ipscoding.tui.screens.listing import Passage
from ipscoding.tui.screens.retrieval import RetrievalScreen
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.file_dialog import FileDialog
from ipscoding.tui.widgets.query_dialog import QueryDialog


class DashboardScreen(Charting):
    """What can be done with the figures."""

    gone_to: Passage | None = None
    """The passage that the screen was left for."""

    ABOUT: ClassVar[str] = N_(
        "Barriers stand to the left, facilitators to the right; a passage that is both counts on both sides. "
        "Below the bars it says how they were counted."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("figures.passages", "", "Enter", N_("The passages behind a row"), MOVE, "passages", hint=N_("Passages")),
        Action("figures.column.next", "right", "→", N_("Next role or coder"), MOVE, "facet(1)"),
        Action("figures.column.previous", "left", "←", N_("Previous role or coder"), MOVE, "facet(-1)"),
        Action("figures.by", "d", "d", N_("Codes or domains"), LOOK, "by", hint=N_("Domains")),
        Action("figures.unit", "i", "i", N_("Count segments or informants"), LOOK, "unit", hint=N_("Informants")),
        Action("figures.roles", "r", "r", N_("Roles together or side by side"), LOOK, "roles", hint=N_("Roles")),
        Action("figures.order", "s", "s", N_("Sort by codebook, total or balance"), LOOK, "order", hint=N_("Sort")),
        Action("figures.coder", "c", "c", N_("Whose codings"), LOOK, "coder", hint=N_("Coder")),
        Action("figures.where", "equals_sign", "=", N_("Count only what a query asks for"), LOOK, "where"),
        Action("figures.zeros", "z", "z", N_("Codes without codings: show or hide"), LOOK, "zeros"),
        Action("figures.notes", "n", "n", N_("How it was counted: all of it, or less"), LOOK, "notes"),
        Action(
            "figures.pictures",
            "v",
            "v",
            N_("Heat map, saturation, contrast: pictures to look at and save"),
            LOOK,
            "pictures",
            hint=N_("Pictures"),
        ),
        Action("figures.save", "ctrl+s", "Ctrl+S", N_("Save as CSV or Excel"), PROGRAM, "save", hint=N_("Save")),
        *EVERYWHERE,
    )

    def action_by(self) -> None:
        """Count codes or domains."""
        self.ask(replace(self.wish, by="domain" if self.wish.by == "code" else "code"))

    def action_roles(self) -> None:
        """Show all roles together, or each in a column."""
        self.ask(replace(self.wish, roles=not self.wish.roles))

    def action_unit(self) -> None:
        """Count segments or informants."""
        self.unit = "informants" if self.unit == "segments" else "segments"
        self.show()

    def action_order(self) -> None:
        """Sort another way."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.show()

    def action_zeros(self) -> None:
        """Show or hide what was never coded."""
        self.zeros = not self.zeros
        self.show()

    def action_notes(self) -> None:
        """Show all of how it was counted, or leave more room for the bars."""
        self.query_one("#how").toggle_class("-whole")

    def action_facet(self, by: int) -> None:
        """Show the next (1) or previous (-1) column."""
        self._first = max(self._first + by, 0)
        self.show()

    @work(exclusive=True, group="ask")
    async def action_coder(self) -> None:
        """Choose whose codings count."""
        names = self.answer.coders if self.answer else []
        if self.answer is not None and self.answer.blind:
            self.notify(_("Blind coding: only your own codings, until you have marked all interviews done."))
        elif len(names) < 2:
            self.notify(_("There is only one coder in this project so far."))
        else:
            choices = [(name, Content(name)) for name in names] + [(EACH, Content(_("each coder apart")))]
            chosen = await self.app.push_screen_wait(Chooser(_("Whose codings?"), choices))
            if chosen is not None:
                self.ask(replace(self.wish, coder=chosen))

    @work(exclusive=True, group="ask")
    async def action_where(self) -> None:
        """Count only what a query asks for."""
        project = self.desk.project
        rows = read(project)
        where = await self.app.push_screen_wait(
            QueryDialog(self.wish.where, lambda text: counted(asked_for(project, rows, text)))
        )
        if where is not None:
            self.ask(replace(self.wish, where=where))

    @work(exclusive=True, group="ask")
    async def action_pictures(self) -> None:
        """Show the figures as pictures."""
        from ipscoding.tui.screens.picture import PictureScreen

        if self.answer is None or not self.answer.codings:
            self.notify(_("There is nothing to draw."))
        else:
            await self.app.push_screen_wait(PictureScreen(self.desk, self.answer.counted))

    def action_passages(self) -> None:
        """Open the passages behind the row."""
        self.query_one(BarList).action_select()

    @on(OptionList.OptionSelected, "#bars")
    def _row_chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id and self.answer is not None:
            asked = Asked(event.option_id, {"coder": frozenset(self.answer.counted)}, where=self.wish.where)
            self._read(RetrievalScreen(self.desk, asked))

    @work(exclusive=True, group="ask")
    async def _read(self, passages: RetrievalScreen) -> None:
        place = await self.app.push_screen_wait(passages)
        if passages.gone_to is not None:
            self.gone_to = passages.gone_to
            self.dismiss(place)

    @work(exclusive=True, group="ask")
    async def action_save(self) -> None:
        """Write the table as it is shown to a file."""
        answer = self.answer
        if answer is None or not self.bars:
            self.notify(_("There is nothing to save yet."))
            return
        table = as_shown(answer.table, answer.wish.by, self.bars)
        name = "frequencies-role.csv" if answer.wish.roles else "frequencies.csv"
        about = _("The end of the name decides: .csv for other programs, .xlsx for Excel, .json.")
        folder = self.desk.project.path.resolve().parent
        path = await self.app.push_screen_wait(FileDialog(_("Save the table"), name, folder, about))
        if path is None:
            return
        question = _("{path} is there already. Put the table in its place?").format(path=path)
        if path.is_file() and not await self.app.push_screen_wait(Confirm(question, _("Replace"))):
            return
        with self.told():
            await asyncio.to_thread(write, table, path, language=language())
            rows = ngettext("{n} row", "{n} rows", len(table.rows)).format(n=len(table.rows))
            self.notify(str(path), title=_("Saved: {counts}").format(counts=rows), markup=False)
