"""What can be done with passages that the engine points at: coded so, coded otherwise, refused, looked for anew."""

from textual import work
from textual.content import Content

from ipscoding.domain import Valence
from ipscoding.i18n import _
from ipscoding.project import decisions
from ipscoding.suggest.of_project import engine_name
from ipscoding.tui.proposals import NAMES, Kind, Proposal, Wish, with_code, without
from ipscoding.tui.screens.proposing import Proposing
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.words import valence_name


class ProposalsScreen(Proposing):
    """Passages that the engine points at."""

    def reload(self) -> None:
        """Leave what was found as it is: it is looked for again when it is asked for again."""

    # Coding

    def action_accept(self, name: str = "") -> None:
        """Code the passage as proposed, or with another valence."""
        one = self.current
        if one is None:
            return
        code = self.desk.codebook.by_id.get(one.passage.code)
        valence = Valence(name) if name else one.valence
        if code is not None and not code.allows(valence):
            valence = code.valence if code.valence is not Valence.BOTH else Valence.NONE
        self._take(one, with_code(one, one.passage.code, valence))

    @work(exclusive=True, group="ask")
    async def action_accept_as(self) -> None:
        """Code the passage with another code."""
        one = self.current
        if one is None:
            return
        title = _("Instead of {code}").format(code=self.desk.name(one.passage.code))
        chosen = await self.pick(title, one.passage.code)
        code = self.desk.codebook.by_id.get(chosen or "")
        valence = await self.ask_valence(code) if code is not None else None
        if code is not None and valence is not None:
            self._take(one, with_code(one, code.id, valence))

    def _take(self, one: Proposal, wanted: Proposal) -> None:
        passage = wanted.passage
        with self.told():
            decisions.accept(
                self.desk.project,
                passage.document.id,
                passage.span,
                passage.code,
                wanted.valence,
                score=passage.score,
                engine=engine_name(),
                suggested=one.passage.code,
            )
            said = f"{self.desk.name(passage.code)} {wanted.valence.sign} {valence_name(wanted.valence)}"
            self.notify(said, title=_("Coded"), markup=False)
            self._done_with(one)

    def action_reject(self) -> None:
        """Note that the code does not belong to the passage."""
        one = self.current
        if one is None:
            return
        passage = one.passage
        with self.told():
            decisions.reject(
                self.desk.project,
                passage.document.id,
                passage.span,
                passage.code,
                score=passage.score,
                engine=engine_name(),
            )
            self.notify(_("Rejected: {code}").format(code=self.desk.name(passage.code)), markup=False)
            self._done_with(one)

    def _done_with(self, one: Proposal) -> None:
        self.desk.refresh()
        self.found = without(self.found, one)
        self.show()

    # Looking for something else

    def action_like(self) -> None:
        """Look for passages likely to get the code of this one."""
        one = self.current
        if one is not None:
            self._wish(Wish(Kind.LIKE_CODE, one.passage.code))

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Choose the code that passages are looked for."""
        desk = self.desk
        title = _("Passages likely to get which code?")
        picker = CodePicker(desk.codebook, desk.often, desk.colours, title=title, current=self.wish.code)
        code_id = await self.app.push_screen_wait(picker)
        if code_id is not None:
            self._wish(Wish(Kind.LIKE_CODE, code_id))

    @work(exclusive=True, group="ask")
    async def action_kind(self) -> None:
        """Choose what is looked for."""
        kinds = [Kind.UNCERTAIN, Kind.MISSED, *([self.wish.kind] if self.wish.code else [])]
        choices = [(str(kind), Content(_(NAMES[kind]))) for kind in dict.fromkeys(kinds)]
        chosen = await self.app.push_screen_wait(Chooser(_("Look for what?"), choices))
        if chosen is not None:
            kept = self.wish if chosen in (Kind.LIKE_CODE, Kind.LIKE_CODING) else Wish(Kind(chosen))
            self._wish(kept)

    def _wish(self, wish: Wish) -> None:
        self.wish = wish
        self.look()
