"""Search over all interviews: hits with what was said around them, and one act that codes those that were chosen."""

import asyncio

from textual import on, work
from textual.widgets import Input

from ipscoding.i18n import _, ngettext
from ipscoding.project import codings
from ipscoding.project.codings import NewCoding
from ipscoding.tui.entries import HitEntry
from ipscoding.tui.finding import MODES, extent_name, plan
from ipscoding.tui.navigation import Unit
from ipscoding.tui.screens.listing import Passage
from ipscoding.tui.screens.searching import Searching
from ipscoding.tui.widgets.passage_list import PassageList
from ipscoding.tui.words import valence_name


class SearchScreen(Searching):
    """What can be done with a search."""

    def action_query(self) -> None:
        """Go to the line to type in."""
        field = self.query_one("#query", Input)
        field.focus()
        field.select_all()

    def action_mode(self, mode: str = "") -> None:
        """Search in another way: the one named, or the next."""
        modes = list(MODES)
        self.finding.mode = mode or modes[(modes.index(self.finding.mode) + 1) % len(modes)]
        if self.finding.mode == "regex" and self.query_one("#query").has_focus:
            self.stop()
            self.show_modes()
            self.show_status()
        else:
            self.start()

    def action_interviewer(self) -> None:
        """Show what the interviewer said too, or not."""
        self.finding.interviewer = not self.finding.interviewer
        self.reload()

    def action_context(self, by: int) -> None:
        """Show more (1) or less (-1) of what was said around."""
        self.finding.wide = by > 0
        self.reload()

    def action_extent(self, unit: str) -> None:
        """Let a coding cover the words found, the sentence or the turn."""
        self.finding.extent = Unit(unit)
        self.show_here()

    @on(PassageList.Opened)
    def _opened(self) -> None:
        hit = self.hit
        if hit is not None:
            self._keep()
            inside = tuple(one.span for one in self.finding.shown() if one.document.id == hit.document.id)
            query = self.finding.query.strip()
            self.gone_to = Passage(hit.document.id, hit.span.start, hit.span.end, query=query, hits=inside)
            self.dismiss(self.gone_to)

    def action_back(self) -> None:
        """Stop the search; from the line to type in, go to the hits; else go back."""
        if self.searching:
            self.stop()
            self.show_here()
        elif self.query_one("#query").has_focus and self.passages.keys:
            self.passages.focus()
        else:
            self._keep()
            self.dismiss(None)

    def _keep(self) -> None:
        """Remember where one was, for the next time."""
        self.finding.current, self.finding.marked = self.passages.current_key, set(self.passages.marked)

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Code the marked hits, or the current one, with one code, as one act."""
        hits = [entry.hit for entry in self.passages.chosen if isinstance(entry, HitEntry)]
        if not hits or self.coding_now:
            return
        what = extent_name(self.finding.extent)
        title = ngettext("Code {n} hit: {what}", "Code {n} hits: {what}", len(hits)).format(n=len(hits), what=what)
        code_id = await self.pick(title)
        code = self.desk.codebook.by_id.get(code_id or "")
        valence = await self.ask_valence(code) if code is not None else None
        if code_id is None or valence is None:
            return
        with self.told():
            self.desk.refresh()
            self.shelf.forget()
            wanted = plan(hits, code_id, self.finding.extent, self.shelf, self.desk.documents)
            made = await self._make(wanted.codings(code_id, valence)) if wanted.places else 0
            told = []
            if wanted.already:
                already = ngettext("{n} hit had this code already.", "{n} hits had this code already.", wanted.already)
                told.append(already.format(n=wanted.already))
            if wanted.changed:
                changed = ngettext(
                    "{n} hit lies in a text that has changed since; search again.",
                    "{n} hits lie in a text that has changed since; search again.",
                    wanted.changed,
                )
                told.append(changed.format(n=wanted.changed))
            if made:
                told.append(_("u takes them back."))
                self.passages.set_marks(())
            self.notify(
                " ".join(told),
                title=ngettext(
                    "{n} coding: {code} {sign} {valence}", "{n} codings: {code} {sign} {valence}", made
                ).format(n=made, code=self.desk.name(code_id), sign=valence.sign, valence=valence_name(valence)),
                markup=False,
            )
            self.refreshed()

    async def _make(self, wanted: list[NewCoding]) -> int:
        """Make codings beside, however many there are."""
        self.coding_now = ngettext("coding {n} passage …", "coding {n} passages …", len(wanted)).format(n=len(wanted))
        self.show_status()

        def make() -> int:
            with self.desk.project.reopen() as own:
                return codings.add_many(own, wanted, origin="manual")[0]

        try:
            return await asyncio.to_thread(make)
        finally:
            self.coding_now = ""
