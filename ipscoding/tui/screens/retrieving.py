"""Retrieving passages: what is asked for and what answers; what is done with it is in `retrieval`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ipscoding.domain import Codebook, Excerpt
from ipscoding.i18n import N_, _, ngettext
from ipscoding.project import quoting
from ipscoding.project.excerpts import kept_back
from ipscoding.tui.actions import Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.entries import PassageEntry
from ipscoding.tui.ink import ink, square
from ipscoding.tui.list_actions import RETRIEVAL_ACTIONS
from ipscoding.tui.passages import Asked, Rows, Texts, asked_for, choices, counted, limit_name, read, value_name
from ipscoding.tui.screens.beside import KeyLine
from ipscoding.tui.screens.listing import ListScreen, Passage
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.limits_dialog import Limits, LimitsDialog
from ipscoding.tui.widgets.line import Line, StatusLine
from ipscoding.tui.widgets.passage_list import PassageList
from ipscoding.tui.widgets.query_dialog import QueryDialog

_MOST_CONTEXT = 2


class Retrieving(ListScreen):
    """What is asked for, and the passages that answer."""

    ACTIONS: ClassVar[tuple[Action, ...]] = RETRIEVAL_ACTIONS
    ABOUT: ClassVar[str] = N_(
        "All passages with a code, by role and interview. k chooses the code, / limits to some roles, directions, "
        "coders, interviews or attributes. What a key changes is in the project at once, and u takes it back."
    )
    DEFAULT_CSS = """
    Retrieving {
        #asked { height: 1; padding: 0 1; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, desk: Desk, asked: Asked | None = None) -> None:
        """`asked`: what was asked before, or is to be asked first."""
        super().__init__(desk)
        self.asked = asked or Asked()
        self._texts = Texts(desk.project)
        self._rows = Rows(self._texts, desk.project.coder)
        self._known: dict[str, str] = {}
        self._of_code: list[Excerpt] = []
        self.seen: list[Excerpt] = []
        self._hidden = 0
        self.counts = ""
        self.writing = ""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Line(id="asked")
        yield PassageList(id="passages")
        yield Static(id="nothing", markup=False)
        yield StatusLine(id="status")
        yield KeyLine(id="hints")

    def on_mount(self) -> None:
        """Show what is asked."""
        self.passages.marked = set(self.asked.marked)
        super().on_mount()
        self.passages.go_to(self.asked.current)

    # Showing

    def reload(self) -> None:
        """Read all passages again, and show those that are asked for."""
        texts = {document.id: document.text_sha256 for document in self.desk.documents}
        if texts != self._known:
            self._known = texts
            self._texts.forget()
            self._rows.forget()
        self._hidden = kept_back(self.desk.project)
        every = read(self.desk.project)
        if self.asked.where:
            every = asked_for(self.desk.project, every, self.asked.where)
        self._of_code = self.asked.of_code(every, self.desk.codebook)
        self._show()

    def _show(self) -> None:
        self.seen = self.asked.within(self._of_code)
        self.counts = counted(self.seen)
        code = self.desk.codebook.by_id.get(self.asked.code)
        named = code is None or not code.codable or bool(self.desk.codebook.children(code.id))
        with self.told():
            colours = {code: ink(self.passages, colour) for code, colour in self.desk.colours.items()}
            self._rows.marks = quoting.marks(self.desk.project)
            self.passages.show(self._rows.of(self.seen, colours, context=self.asked.context, named=named))
        nothing = self.query_one("#nothing", Static)
        nothing.update(self._nothing())
        nothing.display, self.passages.display = not self.seen, bool(self.seen)
        if self.seen:
            self.passages.focus()
        self.query_one("#asked", Line).say(self._question())
        self.query_one(KeyLine).show(self.ACTIONS)
        self.show_here()

    def _question(self) -> Content:
        code = self.asked.code
        parts = [
            Content.assemble(square(self, self.desk.colours.get(code, "")), (self.desk.name(code), "bold"))
            if code
            else Content.styled(_("All codes"), "bold")
        ]
        for limit, values in self.asked.limits.items():
            names = ", ".join(sorted(value_name(limit, value) for value in values))
            parts.append(Content.assemble((f"{limit_name(limit)}: ", "dim"), names))
        if self.asked.where:
            parts.append(Content.assemble(("= ", "dim"), self.asked.where))
        return Content("  ·  ").join(parts)

    def _nothing(self) -> str:
        if self._of_code:
            return _("No passage keeps these limits.") + "\n\n" + _("l takes them away, / changes them.")
        if self.asked.where:
            return _("No passage is what was asked for.") + "\n\n" + _("l takes that away, = asks for something else.")
        if self._hidden:
            return _("Blind coding: others' passages come when you and they have marked the interviews done.")
        if self.asked.code:
            name = self.desk.name(self.asked.code)
            return _("Nothing is coded as {code} yet.").format(code=name) + "\n\n" + _("k chooses another code.")
        return _("Nothing is coded in this project yet.\n\nEsc goes back to the interview: Enter codes a passage.")

    def show_here(self) -> None:
        """Show how things stand."""
        n = len(self.passages.marked)
        marked = ngettext("{n} marked", "{n} marked", n).format(n=n) if n else ""
        blind = _("blind: some of others' passages are hidden") if self._hidden else ""
        read_only = _("read-only") if self.desk.project.read_only else ""
        self.query_one(StatusLine).show(
            [self.writing, self.counts, marked, blind, read_only], strong=[self.writing, marked, blind, read_only]
        )

    # Asking

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Choose the code or the domain whose passages are shown."""
        book = self.desk.codebook
        every = Codebook(book.id, book.title, codes=tuple(replace(c, codable=True, retired=False) for c in book.codes))
        if not book.codes:
            await self.pick("")
            return
        title = _("Passages with which code or domain?")
        picker = CodePicker(every, self.desk.recent, self.desk.colours, title=title, current=self.asked.code)
        code_id = await self.app.push_screen_wait(picker)
        if code_id is not None:
            self.asked.code = code_id
            self._again()

    def _again(self) -> None:
        self.passages.marked = set()
        with self.told():
            self.reload()
        self.passages.action_edge(-1)

    @work(exclusive=True, group="ask")
    async def action_filter(self) -> None:
        """Limit the passages to some roles, directions, coders, interviews or attributes."""
        if not self._of_code:
            return

        def count(limits: Limits) -> tuple[Mapping[str, Counter[str]], str]:
            asked = replace(self.asked, limits=limits)
            return choices(self._of_code, asked), counted(asked.within(self._of_code))

        limits = await self.app.push_screen_wait(LimitsDialog(self.asked.limits, count))
        if limits is not None:
            self.asked.limits = limits
            self._again()

    @work(exclusive=True, group="ask")
    async def action_where(self) -> None:
        """Ask for passages in the query language."""
        project = self.desk.project
        rows = read(project)

        def count(where: str) -> str:
            found = self.asked.of_code(asked_for(project, rows, where), self.desk.codebook)
            return counted(self.asked.within(found))

        where = await self.app.push_screen_wait(QueryDialog(self.asked.where, count))
        if where is not None:
            self.asked.where = where
            self._again()

    def action_everything(self) -> None:
        """Take all limits away; where there are none, show the passages of all codes."""
        if not self.asked.limits and not self.asked.where:
            self.asked.code = ""
        self.asked.limits, self.asked.where = {}, ""
        self._again()

    def action_context(self, by: int) -> None:
        """Show more (1) or less (-1) of what was said around."""
        self.asked.context = min(max(self.asked.context + by, 0), _MOST_CONTEXT)
        self._show()

    # Going

    @on(PassageList.Opened)
    def _opened(self) -> None:
        row = self.current
        if row is not None:
            self._keep()
            self.gone_to = Passage(row.document_id, row.start, row.end, row.coding_id)
            self.dismiss(self.gone_to)

    def action_back(self) -> None:
        """Go back to where one came from."""
        self._keep()
        self.dismiss(None)

    def _keep(self) -> None:
        self.asked.current, self.asked.marked = self.passages.current_key, set(self.passages.marked)

    @property
    def current(self) -> Excerpt | None:
        """The passage that the cursor stands on."""
        entry = self.passages.current
        return entry.excerpt if isinstance(entry, PassageEntry) else None
