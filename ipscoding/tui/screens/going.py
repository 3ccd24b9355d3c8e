"""Going places on the coding screen: to codings, gaps and what is searched for."""

import re

from textual import on, work
from textual.content import Content
from textual.widgets import Input

from ipscoding.domain import Coding, Span, Transcript
from ipscoding.i18n import _, quoted
from ipscoding.project.bookmarks import Bookmark
from ipscoding.tui.navigation import Unit, following
from ipscoding.tui.screens.base import CodingBase
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.line_question import LineQuestion
from ipscoding.tui.widgets.transcript_view import TranscriptView

_SHOWN = 60


class Going(CodingBase):
    """The part of the coding screen that moves about."""

    def _go(self, span: Span | None, by: int, none_on: str, none_back: str) -> None:
        if span is None:
            self.notify(none_on if by > 0 else none_back)
        else:
            self.view.select(span, centre=True)

    def action_next_coding(self, by: int) -> None:
        """Go to the next (1) or previous (-1) coding."""
        order = self.desk.shown
        ids = [coding.id for coding in order]
        if self.current in ids:
            at = ids.index(self.current) + by
            target = order[at] if 0 <= at < len(order) else None
        else:
            span = following((coding.span for coding in order), self.view.selected.start, by)
            target = next((coding for coding in order if coding.span == span), None)
        if target is None:
            self.notify(_("No coding further on.") if by > 0 else _("No coding further back."))
        else:
            self._go_to_coding(target)

    def _go_to_coding(self, coding: Coding) -> None:
        self.current = coding.id
        self.view.select(coding.span, centre=True)
        self.view.focus_mark(coding.id)
        self.show_here()

    def action_next_gap(self, by: int) -> None:
        """Go to the next (1) or previous (-1) stretch of informants' speech without a coding of this coder."""
        mine = [coding.span for coding in self.desk.codings if self.desk.mine(coding)]
        span = self.view.navigator.uncoded(mine, self.view.selected.start, by)
        self._go(span, by, _("Everything further on is coded."), _("Everything further back is coded."))

    def action_unit(self, name: str) -> None:
        """Let arrows go by words, sentences or turns."""
        self.view.set_unit(Unit(name))
        self.show_status()

    def action_extend(self) -> None:
        """Let plain arrows extend the selection, or stop that."""
        self.view.action_extend()
        self.view.focus()

    def action_collapse(self) -> None:
        """Go back to the text; there, end the search and select one unit again."""
        self.query_one("#find").display = False
        if not self.view.has_focus:
            self.view.focus()
        elif self._hits or self._query:
            self._hits, self._query = [], ""
            self.view.set_hits([])
            self.show_here()
        else:
            self.view.action_collapse()

    def action_copy(self) -> None:
        """Copy the selected text to the clipboard of the terminal."""
        self.app.copy_to_clipboard(self.view.selected.of(self.desk.transcript.text))
        self.notify(_("Copied."))

    @on(TranscriptView.CodingClicked)
    def _coding_clicked(self, message: TranscriptView.CodingClicked) -> None:
        coding = next((coding for coding in self.desk.shown if coding.id == message.key), None)
        if coding is not None:
            self._go_to_coding(coding)

    # Bookmarks

    def _bookmark_place(self) -> int:
        """Where the selection's bookmark is, or would be."""
        span = self.view.selected
        return next((mark.offset for mark in self.desk.bookmarks_here if span.holds(mark.offset)), span.start)

    def action_bookmark(self) -> None:
        """Set a bookmark where the selection begins, or take away the one in it."""
        with self.told():
            there = self.desk.turn_bookmark(self._bookmark_place())
            self._show_bookmarks()
            if there:
                self.notify(_("Bookmark set. W writes a note on it, F2 goes to the next, F3 shows all."))
            else:
                self.notify(_("Bookmark taken away."))

    @work(exclusive=True, group="ask")
    async def action_note_bookmark(self) -> None:
        """Ask for a note on the bookmark here; where there is none, set one."""
        if self.desk.document is None:
            return
        place, here = self._bookmark_place(), self.desk.document.id
        before = next((mark.note for mark in self.desk.bookmarks_here if mark.offset == place), "")
        note = await self.app.push_screen_wait(LineQuestion(_("What is this bookmark for?"), before))
        if note is not None and self.desk.document is not None and self.desk.document.id == here:
            with self.told():
                self.desk.note_bookmark(place, note)
                self._show_bookmarks()

    def _show_bookmarks(self) -> None:
        self.view.set_bookmarks(mark.offset for mark in self.desk.bookmarks_here)
        self.show_status()

    def action_next_bookmark(self) -> None:
        """Go to the next bookmark in the interview, round its end."""
        cursor, here = self.view.selected.start, [mark.offset for mark in self.desk.bookmarks_here]
        if not here:
            self.notify(_("No bookmark in this interview yet. B sets one."))
            return
        self.view.move_to(next((offset for offset in here if offset > cursor), here[0]), centre=True)

    @work(exclusive=True, group="ask")
    async def action_bookmarks(self) -> None:
        """Show the bookmarks of all interviews, and go to one."""
        if not self.desk.bookmarks:
            self.notify(_("No bookmark yet. B sets one."))
            return
        talks = {place: self.desk.transcript_of(place) for place in {mark.document_id for mark in self.desk.bookmarks}}
        names = {document.id: document.name for document in self.desk.documents}
        choices = [
            (mark.id, _described(mark, names.get(mark.document_id, ""), talks[mark.document_id]))
            for mark in self.desk.bookmarks
        ]
        at = self._bookmark_place()
        current = next((mark.id for mark in self.desk.bookmarks_here if mark.offset == at), "")
        chosen = await self.app.push_screen_wait(Chooser(_("Bookmarks"), choices, current=current))
        mark = next((mark for mark in self.desk.bookmarks if mark.id == chosen), None)
        if mark is not None:
            with self.told():
                if self.desk.document is None or mark.document_id != self.desk.document.id:
                    self.open_document(mark.document_id, mark.offset)
                else:
                    self.view.move_to(mark.offset, centre=True)
                self.view.focus()

    # Finding

    def action_find(self) -> None:
        """Open the line to search in."""
        if self.desk.document is None:
            return
        field = self.query_one("#find", Input)
        field.display = True
        field.value = self._query
        field.focus()

    @on(Input.Changed, "#find")
    def _search(self, event: Input.Changed) -> None:
        self._query = event.value.strip()
        text = self.desk.transcript.text
        found = re.finditer(re.escape(self._query), text, re.IGNORECASE) if self._query else ()
        self._hits = [Span(match.start(), match.end()) for match in found]
        start = self.view.selected.start
        first = next((hit for hit in self._hits if hit.start >= start), self._hits[0] if self._hits else None)
        self.view.set_hits(self._hits, first)
        if first is not None:
            self.view.show_offset(first.start)
        self.show_status()

    @on(Input.Submitted, "#find")
    def _searched(self) -> None:
        self.query_one("#find").display = False
        self.view.focus()
        if not self._hits:
            self.notify(_("Not found in this interview: {query}").format(query=self._query), markup=False)
            self._query = ""
            self.show_status()
            return
        start = self.view.selected.start
        self._go_to_hit(next((hit for hit in self._hits if hit.start >= start), self._hits[0]))

    def action_next_hit(self, by: int) -> None:
        """Go to the next (1) or previous (-1) hit, round the end of the text."""
        if not self._hits:
            self.action_find()
            return
        around = self._hits[0] if by > 0 else self._hits[-1]
        self._go_to_hit(following(self._hits, self.view.selected.start, by) or around)

    def _go_to_hit(self, hit: Span) -> None:
        self.view.set_hits(self._hits, hit)
        self.view.select(hit, centre=True)
        self.show_here()


def _described(mark: Bookmark, interview: str, talk: Transcript) -> Content:
    """A bookmark in a row: where it is, what it is for, what is said there."""
    turn = talk.turn_at(mark.offset)
    return Content.assemble(
        (interview, "bold"),
        f" {turn.number}  " if turn is not None else "  ",
        (f"{quoted(mark.note)}  " if mark.note else "", "italic"),
        (" ".join(talk.text[mark.offset : mark.offset + _SHOWN].split()), "dim"),
    )
