"""Second thoughts on the coding screen: a coding gets another valence, strength, code, passage or memo, or goes."""

from textual import work
from textual.content import Content

from ipscoding.domain import Coding, Span, Valence
from ipscoding.i18n import _, quoted
from ipscoding.tui.ink import square
from ipscoding.tui.screens.making import Making
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from ipscoding.tui.words import strength_name


class Changing(Making):
    """The part of the coding screen that changes codings."""

    @work(exclusive=True, group="ask")
    async def action_valence(self, name: str) -> None:
        """Give the coding here another valence; where there is only a suggestion, accept it with that valence."""
        if self._takes_valence(Valence(name)):
            return
        coding = await self._the_coding(_("Which coding?"))
        if coding is not None:
            with self.told():
                self._made(self.desk.change(coding, valence=Valence(name)))

    def _takes_valence(self, valence: Valence) -> bool:
        """Whether a suggestion, rather than a coding, took this valence."""
        return False

    @work(exclusive=True, group="ask")
    async def action_strength(self) -> None:
        """Give the coding here the next strength."""
        coding = await self._the_coding(_("Which coding?"))
        if coding is not None:
            with self.told():
                changed = self.desk.turn_strength(coding)
                self._made(changed)
                self._say(changed, strength_name(changed.strength))

    @work(exclusive=True, group="ask")
    async def action_memo(self) -> None:
        """Write a memo on the coding here."""
        coding = await self._the_coding(_("A memo on which coding?"), own=False)
        if coding is None:
            return
        title = _("Memo: {code}").format(code=self.desk.name(coding.code))
        before = self.desk.memo(coding.id)
        text = await self.app.push_screen_wait(MemoDialog(title, before))
        if text.strip() != before.strip():
            with self.told():
                self._made(self.desk.change(coding, memo=text))

    @work(exclusive=True, group="ask")
    async def action_memo_on(self) -> None:
        """Write a memo on the interview, on a code or on the project."""
        things: list[tuple[str, str]] = []
        if self.desk.document is not None:
            things.append((self.desk.document.id, _("Interview {name}").format(name=self.desk.document.name)))
        for code_id in dict.fromkeys(coding.code for coding in self.here()):
            code = self.desk.codebook.by_id.get(code_id)
            if code is not None:
                things.append((code.uuid, _("Code {name}").format(name=self.desk.name(code_id))))
        things.append((self.desk.project.id, _("Project {name}").format(name=self.desk.project.name)))
        choices = [
            (target, Content.assemble(name, (f"  {quoted(_short(self.desk.memo(target)))}", "italic dim")))
            if self.desk.memo(target)
            else (target, Content(name))
            for target, name in things
        ]
        target = await self.app.push_screen_wait(Chooser(_("A memo on what?"), choices))
        if target is not None:
            await self.write_memo(target, dict(things)[target])

    async def write_memo(self, target: str, name: str) -> None:
        """Ask for a memo on `target`, which is called `name`, and keep it."""
        before = self.desk.memo(target)
        text = await self.app.push_screen_wait(MemoDialog(_("Memo: {code}").format(code=name), before))
        if text.strip() != before.strip():
            with self.told():
                self.desk.write_memo(target, text)
                self.show_work()

    @work(exclusive=True, group="ask")
    async def action_recode(self) -> None:
        """Give the coding here another code."""
        coding = await self._the_coding(_("Which coding?"))
        if coding is None:
            return
        title = _("Another code instead of {code}").format(code=self.desk.name(coding.code))
        chosen = await self._codes_of(await self._pick(title, coding.code, several=False))
        if not chosen or chosen[0] == coding.code:
            return
        code = self.desk.codebook.by_id[chosen[0]]
        valence = coding.valence if code.allows(coding.valence) else await self._ask_valence(code.id)
        if valence is not None:
            with self.told():
                self._made(self.desk.change(coding, code=code.id, valence=valence))

    # Passages

    @work(exclusive=True, group="ask")
    async def action_passage(self) -> None:
        """Let the coding here cover the selection, no more and no less."""
        span = self.view.selected
        coding = await self._the_coding(_("Which coding should cover the selection?"))
        if coding is not None:
            with self.told():
                self._made(self.desk.change(coding, span=span))

    @work(exclusive=True, group="ask")
    async def action_edge(self, edge: str, by: int) -> None:
        """Move the start or the end of the coding here one unit forward (1) or back (-1)."""
        coding = await self._the_coding(_("Which coding?"))
        if coding is None:
            return
        span = self._moved(coding.span, edge, by)
        if span is None:
            self.notify(_("It goes no further here. w, s, t and z choose how far one step is."))
            return
        with self.told():
            changed = self.desk.change(coding, span=span)
            self.current = changed.id
            self.view.select(changed.span)
            self._made(changed)

    def _moved(self, span: Span, edge: str, by: int) -> Span | None:
        """`span` with one edge a unit further, where it still holds text then."""
        step, unit_at, unit = self.view.navigator.step, self.view.navigator.unit_at, self.view.unit
        start, end = span.start, span.end
        if edge == "start":
            here = unit_at(start, unit)
            start = here.start if by < 0 and here.start < start else step(start, unit, by)
        else:
            here = unit_at(end - 1, unit)
            if (here.end > end) if by > 0 else (here.end < end):
                end = here.end
            else:
                there = step(here.start, unit, by)
                end = unit_at(there, unit).end if there != here.start else span.end
        return Span(start, end) if start < end and (start, end) != (span.start, span.end) else None

    @work(exclusive=True, group="ask")
    async def action_split(self) -> None:
        """Cut the coding here in two where the cursor is."""
        at = self.view.selected.start
        coding = await self._the_coding(_("Split which coding?"))
        if coding is not None:
            with self.told():
                _first, second = self.desk.split(coding, at)
                self.view.select(second.span)
                self._made(second)
                self._say(second, _("Split in two"))

    @work(exclusive=True, group="ask")
    async def action_unite(self) -> None:
        """Make one coding of the one here and its neighbour of the same code."""
        coding = await self._the_coding(_("Unite which coding with its neighbour?"))
        if coding is None:
            return
        other = self.desk.neighbour(coding)
        if other is None:
            self.notify(_("No other coding of yours with this code touches it."))
            return
        with self.told():
            whole = self.desk.unite(coding, other)
            self.view.select(whole.span)
            self._made(whole)
            self._say(whole, _("United"))

    @work(exclusive=True, group="ask")
    async def action_remove(self) -> None:
        """Remove the coding here."""
        coding = await self._the_coding(_("Remove which coding?"))
        if coding is not None:
            with self.told():
                self.desk.remove(coding)
                self.current = ""
                self.show_work()
                text = _("Removed: {code}. u brings it back.").format(code=self.desk.name(coding.code))
                self.notify(text, markup=False)

    # Which one

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
            square(self, self.desk.colours.get(coding.code, "")),
            f"{coding.valence.sign} {self.desk.name(coding.code)}  ",
            (f"{coding.coder}  " if not self.desk.mine(coding) else "", "dim"),
            (text if len(text) < 40 else text[:24].rstrip() + " … " + text[-12:].lstrip(), "italic dim"),
        )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"
