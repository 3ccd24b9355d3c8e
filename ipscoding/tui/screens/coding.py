"""What can be done on the coding screen; every act is in the project file when it is shown."""

import re

from textual import on, work
from textual.content import Content
from textual.widgets import Input, OptionList

from ipscoding.domain import Coding, Span, Valence
from ipscoding.i18n import _
from ipscoding.suggest import Suggestion
from ipscoding.tui.navigation import Unit, following
from ipscoding.tui.screens.base import CodingBase
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.suggesting import key_of
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.dialogs import Chooser, Confirm, ValenceQuestion
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from ipscoding.tui.widgets.transcript_view import TranscriptView
from ipscoding.tui.words import allowed, valence_name

_BULK = 4


class CodingScreen(CodingBase):
    """The coding screen."""

    # Coding

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Ask which code, then which valence, and code the selection."""
        code_id = await self._pick(_("Code the selection"))
        if code_id is not None:
            await self._code(code_id)

    @work(exclusive=True, group="ask")
    async def action_recent(self, number: int) -> None:
        """Code the selection with the code used last but `number` - 1."""
        if number > len(self.desk.recent):
            self.notify(_("There is no code under {n} yet; Enter shows all.").format(n=number))
            return
        await self._code(self.desk.recent[number - 1])

    async def _pick(self, title: str, current: str = "") -> str | None:
        if not self.desk.codebook.active():
            hint = _('Leave with q, then: ipscoding codebook import "{path}" FILE').format(path=self.desk.project.path)
            self.notify(hint, title=_("The project has no codebook"), severity="warning", markup=False)
            return None
        if self.desk.document is None:
            return None
        picker = CodePicker(self.desk.codebook, self.desk.recent, self.desk.colours, title=title, current=current)
        return await self.app.push_screen_wait(picker)

    async def _ask_valence(self, code_id: str) -> Valence | None:
        code = self.desk.codebook.by_id.get(code_id)
        if code is None:
            return None
        choices = allowed(code)
        return choices[0] if len(choices) == 1 else await self.app.push_screen_wait(ValenceQuestion(code))

    async def _code(self, code_id: str) -> None:
        span = self.view.selected
        valence = await self._ask_valence(code_id)
        if valence is not None:
            with self.told():
                self._made(self.desk.add(span, code_id, valence))

    def _made(self, coding: Coding) -> None:
        """Show a coding that was just made or changed as the one that the next key is about."""
        self.current = coding.id
        self.view.extending = False
        self.show_work()

    @work(exclusive=True, group="ask")
    async def action_valence(self, name: str) -> None:
        """Give the coding here another valence."""
        coding = await self._the_coding(_("Which coding?"))
        if coding is not None:
            with self.told():
                self._made(self.desk.change(coding, valence=Valence(name)))

    @work(exclusive=True, group="ask")
    async def action_memo(self) -> None:
        """Write a memo on the coding here."""
        coding = await self._the_coding(_("A memo on which coding?"), own=False)
        if coding is None:
            return
        title = _("Memo: {code}").format(code=self.desk.name(coding.code))
        text = await self.app.push_screen_wait(MemoDialog(title, coding.memo))
        if text.strip() != coding.memo.strip():
            with self.told():
                self._made(self.desk.change(coding, memo=text))

    @work(exclusive=True, group="ask")
    async def action_recode(self) -> None:
        """Give the coding here another code."""
        coding = await self._the_coding(_("Which coding?"))
        if coding is None:
            return
        title = _("Another code instead of {code}").format(code=self.desk.name(coding.code))
        code_id = await self._pick(title, coding.code)
        if code_id is None or code_id == coding.code:
            return
        code = self.desk.codebook.by_id[code_id]
        valence = coding.valence if code.allows(coding.valence) else await self._ask_valence(code_id)
        if valence is not None:
            with self.told():
                self._made(self.desk.change(coding, code=code_id, valence=valence))

    @work(exclusive=True, group="ask")
    async def action_passage(self) -> None:
        """Let the coding here cover the selection, no more and no less."""
        span = self.view.selected
        coding = await self._the_coding(_("Which coding should cover the selection?"))
        if coding is not None:
            with self.told():
                self._made(self.desk.change(coding, span=span))

    @work(exclusive=True, group="ask")
    async def action_remove(self) -> None:
        """Remove the coding here."""
        coding = await self._the_coding(_("Remove which coding?"))
        if coding is not None:
            with self.told():
                self.desk.remove(coding)
                self.current = ""
                self.show_work()
                self.notify(_("Removed: {code}. u brings it back.").format(code=self.desk.name(coding.code)))

    async def _the_coding(self, question: str, *, own: bool = True) -> Coding | None:
        """The coding that a key is about: the current one, the only one here, or the one that is chosen."""
        here = [coding for coding in self.here() if not own or self.desk.mine(coding)]
        for coding in here:
            if coding.id == self.current or len(here) == 1:
                return coding
        if not here:
            others = bool(self.here())
            text = _("Only others' codings are here.") if others else _("Nothing is coded here yet.")
            self.notify(text + " " + _("Enter codes the selection."))
            return None
        choices = [(coding.id, self._described(coding)) for coding in here]
        chosen = await self.app.push_screen_wait(Chooser(question, choices))
        return next((coding for coding in here if coding.id == chosen), None)

    def _described(self, coding: Coding) -> Content:
        text = coding.span.of(self.desk.transcript.text)
        return Content.assemble(
            ("■ ", self.desk.colours.get(coding.code, "")),
            f"{coding.valence.sign} {self.desk.name(coding.code)}  ",
            (f"{coding.coder}  " if not self.desk.mine(coding) else "", "dim"),
            (text if len(text) < 40 else text[:24].rstrip() + " … " + text[-12:].lstrip(), "italic dim"),
        )

    # Undo

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act, and go to where it was."""
        entry = self.desk.next_undo()
        if entry is None:
            self.notify(_("There is nothing of yours to undo."))
            return
        bulk = entry.events > _BULK or (entry.document_id is None and entry.events > 1)
        if bulk and not await self.app.push_screen_wait(Confirm(_("Undo {act}?").format(act=entry.text), _("Undo"))):
            return
        self._stepped(_("Undone"), redo=False)

    def action_redo(self) -> None:
        """Do again what was taken back last, and go to where it was."""
        self._stepped(_("Done again"), redo=True)

    def _stepped(self, title: str, *, redo: bool) -> None:
        with self.told():
            step = self.desk.redo() if redo else self.desk.undo()
            if step is None:
                self.notify(_("There is nothing to redo.") if redo else _("There is nothing of yours to undo."))
                return
            text = step.text
            if step.kept:
                text += "\n" + _("What somebody else changed since was left as it is.")
            self.current = ""
            here = self.desk.document
            if step.document_id is not None and (here is None or step.document_id not in (here.id, here.name)):
                self.open_document(step.document_id, step.offset)
            else:
                self.reload()
                if step.offset is not None:
                    self.view.move_to(step.offset, centre=True)
            self.notify(text, title=title, markup=False)

    # Suggestions

    def _the_suggestion(self) -> Suggestion | None:
        if self.desk.blind:
            self.notify(_("Blind coding: suggestions come when the interview is marked done (o)."))
            return None
        found = self.desk.suggestions_at(self.view.selected)
        if not found:
            self.notify(self.assistant.state or _("No suggestion here. Full stop goes to the next one."))
            return None
        chosen = self._highlighted_suggestion()
        return next((suggestion for suggestion in found if key_of(suggestion) == chosen), found[0])

    def _highlighted_suggestion(self) -> str:
        panel = self.query_one("#suggestions", OptionList)
        if panel.has_focus and panel.highlighted is not None:
            return panel.get_option_at_index(panel.highlighted).id or ""
        return ""

    def action_next_suggestion(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place with a suggestion."""
        if self.desk.blind:
            self._the_suggestion()
            return
        spans = sorted({suggestion.span for suggestion in self.desk.suggestions()})
        if not spans and self.assistant.state:
            self.notify(self.assistant.state)
            return
        self._go(
            following(spans, self.view.selected.start, by),
            by,
            _("No suggestion further on."),
            _("No suggestion further back."),
        )

    def action_accept(self) -> None:
        """Make the suggested coding; a letter changes its valence afterwards."""
        suggestion = self._the_suggestion()
        if suggestion is not None:
            with self.told():
                made = self.desk.accept(suggestion)
                self.view.select(made.span)
                self._made(made)
                self.notify(
                    _("{code} {sign} {valence}").format(
                        code=self.desk.name(made.code), sign=made.valence.sign, valence=valence_name(made.valence)
                    ),
                    title=_("Accepted"),
                    markup=False,
                )

    def action_reject(self) -> None:
        """Note that the suggested code does not belong here."""
        suggestion = self._the_suggestion()
        if suggestion is not None:
            with self.told():
                self.desk.reject(suggestion)
                self.show_work()
                self.notify(_("Rejected: {code}").format(code=self.desk.name(suggestion.code)), markup=False)

    def action_weak(self) -> None:
        """Show or hide weak suggestions."""
        shown = self.desk.turn_weak()
        self.show_work()
        self.notify(_("Weak suggestions are shown.") if shown else _("Weak suggestions are hidden."))

    def action_suggest_again(self) -> None:
        """Build the engine anew, as after a change of the codebook."""
        self.assistant.start(self.desk.project)

    @work(exclusive=True, group="ask")
    async def action_blind(self) -> None:
        """Turn blind coding on or off, for everybody in the project."""
        on = not self.desk.blind_project
        question = (
            _("Blind coding on? Nobody sees suggestions or others' codings in an interview before marking it done.")
            if on
            else _("Blind coding off? Everybody in the project sees suggestions and others' codings.")
        )
        if await self.app.push_screen_wait(Confirm(question, _("Turn on") if on else _("Turn off"))):
            with self.told():
                self.desk.turn_blind()
                self.show_work()

    # Going places

    def _go(self, span: Span | None, by: int, none_on: str, none_back: str) -> None:
        if span is None:
            self.notify(none_on if by > 0 else none_back)
        else:
            self.view.select(span, centre=True)

    def action_next_coding(self, by: int) -> None:
        """Go to the next (1) or previous (-1) coding."""
        order = sorted(self.desk.shown, key=lambda coding: (coding.span, not self.desk.mine(coding), coding.id))
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

    # The rest

    def action_status(self) -> None:
        """Mark the interview done, or not done."""
        with self.told():
            done = self.desk.turn_status() == "done"
            self.show_work()
            name = self.desk.document.name if self.desk.document else ""
            text = _("{name} is done.") if done else _("{name} is not done yet.")
            self.notify(text.format(name=name), markup=False)

    def action_others(self) -> None:
        """Show or hide what others coded."""
        self.desk.show_others = not self.desk.show_others
        self.show_work()
        self.notify(_("All coders' codings are shown.") if self.desk.show_others else _("Only your codings are shown."))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen())

    @on(TranscriptView.CodingClicked)
    def _coding_clicked(self, message: TranscriptView.CodingClicked) -> None:
        coding = next((coding for coding in self.desk.shown if coding.id == message.key), None)
        if coding is not None:
            self._go_to_coding(coding)

    @on(OptionList.OptionSelected, "#documents")
    def _document_chosen(self, event: OptionList.OptionSelected) -> None:
        with self.told():
            self.open_document(event.option_id or "")
            self.view.focus()

    @on(OptionList.OptionSelected, "#codes")
    def _code_chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self._code_from_list(event.option_id)

    @work(exclusive=True, group="ask")
    async def _code_from_list(self, code_id: str) -> None:
        await self._code(code_id)

    @on(OptionList.OptionSelected, "#suggestions")
    @on(OptionList.OptionHighlighted, "#suggestions")
    def _suggestion_chosen(self, event: OptionList.OptionMessage) -> None:
        if not event.option_list.has_focus:
            return
        found = next((one for one in self.desk.suggestions() if key_of(one) == event.option_id), None)
        if found is not None and found.span != self.view.selected:
            self.view.select(found.span, centre=True)
        if isinstance(event, OptionList.OptionSelected):
            self.view.focus()
