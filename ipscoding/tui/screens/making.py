"""Codings made by hand on the coding screen."""

from collections.abc import Iterable

from textual import work

from ipscoding.domain import Coding, Valence
from ipscoding.i18n import _, language, ngettext, quoted
from ipscoding.project import codes
from ipscoding.tui.entries import shortened
from ipscoding.tui.screens.going import Going
from ipscoding.tui.widgets.code_form import CodeForm, CodeWish
from ipscoding.tui.widgets.code_picker import CodesPicker, Picked
from ipscoding.tui.widgets.here import Hints
from ipscoding.tui.words import valence_name

_LONGEST_LABEL = 60
_SHOWN = 56


class Making(Going):
    """The part of the coding screen that codes."""

    _last: tuple[tuple[str, Valence], ...] = ()

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Ask which codes, then which valence each has, and code the selection."""
        if self.desk.document is None:
            return
        said = " ".join(self.view.selected.of(self.desk.transcript.text).split())
        picked = await self._pick(_("Code {passage}").format(passage=quoted(shortened(said, _SHOWN))))
        await self._code(await self._codes_of(picked))

    @work(exclusive=True, group="ask")
    async def action_digit(self, digit: int) -> None:
        """Code the selection with the code on a digit."""
        code_id = self.desk.digits.get(digit)
        if code_id is None:
            self.notify(
                _("No code is on {n} yet. Go to a code in the codebook (k) and press {n} there.").format(n=digit)
            )
            return
        await self._code([code_id])

    def action_repeat(self) -> None:
        """Code the selection as the last one, with the same valence and without a question."""
        chosen = self._last or self._last_coded()
        if not chosen:
            self.notify(_("Nothing to repeat yet. Enter codes the selection."))
            return
        self._apply(chosen)
        names = ", ".join(f"{valence.sign} {self.desk.name(code_id)}" for code_id, valence in chosen)
        self.notify(names, title=_("The same again"), markup=False)

    def _last_coded(self) -> tuple[tuple[str, Valence], ...]:
        mine = [coding for coding in self.desk.codings if self.desk.mine(coding)]
        last = max(mine, key=lambda coding: coding.created_at, default=None)
        return ((last.code, last.valence),) if last is not None else ()

    @work(exclusive=True, group="ask")
    async def action_in_vivo(self) -> None:
        """Make a code that is called what was said, and code the selection with it."""
        if self.desk.document is None:
            return
        said = " ".join(self.view.selected.of(self.desk.transcript.text).split())
        label = said if len(said) <= _LONGEST_LABEL else said[:_LONGEST_LABEL].rsplit(" ", 1)[0]
        code_id = await self._new_code(label.strip(" .,;:?!«»\"'"), title=_("A code in the informant's own words"))
        if code_id is not None:
            await self._code([code_id])

    # Asking

    async def _pick(self, title: str, current: str = "", *, several: bool = True) -> Picked | None:
        if self.desk.document is None:
            return None
        picker = CodesPicker(
            self.desk.codebook,
            self.desk.often,
            self.desk.colours,
            title=title,
            current=current,
            digits={code_id: digit for digit, code_id in self.desk.digits.items()},
            several=several,
            empty=self.no_codebook(),
        )
        return await self.app.push_screen_wait(picker)

    async def _codes_of(self, picked: Picked | None) -> list[str]:
        """The codes that were picked, the new one made; none where that was given up."""
        if picked is None:
            return []
        if picked.new is None:
            return list(picked.codes)
        made = await self._new_code(picked.new)
        return [*picked.codes, made] if made is not None else []

    async def _new_code(self, label: str, *, title: str = "", parent: str | None = None) -> str | None:
        """Ask what a new code is and make it; gives its readable id."""
        spoken = language()
        below = self.desk.codebook.by_id.get(parent if parent is not None else self._likely_parent())
        wish = CodeWish(label={spoken: label}, parent=below.id if below is not None else "")
        form = CodeForm(title or _("A new code"), wish, parents=self.places())
        wanted = await self.app.push_screen_wait(form)
        if wanted is None:
            return None
        with self.told():
            made = codes.add(
                self.desk.project, wanted.label, parent=wanted.parent or None, definition=wanted.definition
            )
            self.reload()
            return made.id
        return None

    def _likely_parent(self) -> str:
        """Where the code used last belongs."""
        code = self.desk.codebook.by_id.get(self.desk.recent[0]) if self.desk.recent else None
        return (code.parent or "") if code is not None else ""

    def places(self, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Where a code may belong, as names and readable ids: the domains, every code that has codes below, the top."""
        book, hidden = self.desk.codebook, set(without)
        found = [
            (" › ".join(step.name(language()) for step in book.path(code.id)), code.id)
            for code in book.codes
            if not code.retired and code.id not in hidden and (not code.codable or book.children(code.id))
        ]
        return [*found, (_("— the top of the codebook —"), "")]

    async def _ask_valence(self, code_id: str, place: str = "") -> Valence | None:
        code = self.desk.codebook.by_id.get(code_id)
        if code is None:
            return None
        return await self.query_one(Hints).ask_valence(code, place)

    # Doing

    async def _code(self, code_ids: list[str]) -> None:
        """Ask for each code's valence and code the selection; nothing is coded before all is answered."""
        chosen = []
        for number, code_id in enumerate(code_ids, 1):
            place = f"{number}/{len(code_ids)}" if len(code_ids) > 1 else ""
            valence = await self._ask_valence(code_id, place)
            if valence is None:
                return
            chosen.append((code_id, valence))
        if chosen:
            self._apply(tuple(chosen))

    def _apply(self, chosen: tuple[tuple[str, Valence], ...]) -> None:
        span = self.view.selected
        with self.told():
            if len(chosen) == 1:
                made = [self.desk.add(span, *chosen[0])]
            else:
                made = self.desk.add_several(span, chosen)
                names = ", ".join(f"{one.valence.sign} {self.desk.name(one.code)}" for one in made)
                title = ngettext("{n} coding, one undo", "{n} codings, one undo", len(made)).format(n=len(made))
                self.notify(names, title=title, markup=False)
            self._last = chosen
            self._made(made[0])

    def _made(self, coding: Coding) -> None:
        """Show a coding that was just made or changed as the one that the next key is about."""
        self.current = coding.id
        self.view.extending = False
        self.show_work()

    def _say(self, coding: Coding, title: str) -> None:
        """Tell what became of a coding."""
        text = f"{self.desk.name(coding.code)} {coding.valence.sign} {valence_name(coding.valence)}"
        self.notify(text, title=title, markup=False)
