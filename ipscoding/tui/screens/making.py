"""Codings made and changed by hand on the coding screen."""

from textual import work
from textual.content import Content

from ipscoding.domain import Coding, Valence
from ipscoding.i18n import _
from ipscoding.tui.screens.going import Going
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.dialogs import Chooser, ValenceQuestion
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from ipscoding.tui.words import allowed


class Making(Going):
    """The part of the coding screen that codes."""

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
