"""Two coders side by side on one interview: where they agree, what only one saw, where the direction differs."""

from typing import ClassVar

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from ipscoding.analysis.differences import Comparison
from ipscoding.i18n import N_, _, ngettext
from ipscoding.tui.actions import Action
from ipscoding.tui.comparing import DIFFERENCES, VIEWS
from ipscoding.tui.ink import square
from ipscoding.tui.screens.beside import EVERYWHERE, FIND, LOOK, MOVE, WALK
from ipscoding.tui.screens.listing import Passage
from ipscoding.tui.screens.side_by_side import SideBySide
from ipscoding.tui.widgets.compared_lines import ComparedLines
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS

_ALL = "\0"


class CompareScreen(SideBySide):
    """What can be done where two coders are compared."""

    ABOUT: ClassVar[str] = N_(
        "One coder's codings stand left of the text, the other's right of it: = where they agree, ≠ where the "
        "direction differs, ◁ and ▷ where only one of them coded. Two codings are of the same passage when they have "
        "the same code and share at least half of the shorter one. In the text, what both coded is brighter than what "
        "one coded."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("compare.next", "n", "n", N_("Next difference"), MOVE, "next_difference(1)", hint=N_("Next difference")),
        Action("compare.previous", "N", "N", N_("Previous difference"), MOVE, "next_difference(-1)"),
        Action("compare.go", "", "Enter", N_("Go there in the interview"), MOVE, "go", hint=N_("Go")),
        Action("compare.interview", "d", "d", N_("Another interview"), FIND, "interview", hint=N_("Interview")),
        Action("compare.left", "a", "a", N_("Another coder at the left"), FIND, "coder('a')", hint=N_("Coders")),
        Action("compare.right", "b", "b", N_("Another coder at the right"), FIND, "coder('b')"),
        Action("compare.swap", "s", "s", N_("Let the coders change sides"), LOOK, "swap"),
        Action("compare.code", "k", "k", N_("Only one code, or all"), LOOK, "code", hint=N_("Code")),
        Action("compare.view", "v", "v", N_("All, differences only, or one kind"), LOOK, "view", hint=N_("Show")),
        *EVERYWHERE,
    )

    gone_to: Passage | None = None
    """The passage that the screen was left for."""

    # Going

    def action_next_difference(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place where the two differ."""
        shown, listed = self.compared.shown, self.differences
        at = -1 if listed.highlighted is None else listed.highlighted
        order = range(at + 1, len(shown)) if by > 0 else range(at - 1, -1, -1)
        target = next((index for index in order if shown[index].kind in DIFFERENCES), None)
        if target is None:
            self.notify(_("No difference further on.") if by > 0 else _("No difference further back."))
        else:
            listed.highlighted = target

    @on(ComparedLines.Clicked)
    def _clicked(self, message: ComparedLines.Clicked) -> None:
        here = [
            (len(one.span), index)
            for index, one in enumerate(self.compared.shown)
            if any(coding.span.holds(message.offset) for coding in one.codings)
        ]
        if here:
            self.differences.highlighted = min(here)[1]
        self.differences.focus()

    def action_go(self) -> None:
        """Go to the place in the interview, where it can be coded."""
        one = self.current
        if one is not None:
            mine = [coding for coding in one.codings if coding.coder == self.desk.project.coder]
            coding = (mine or list(one.codings))[0]
            self.gone_to = Passage(one.document_id, coding.span.start, coding.span.end, coding.id)
            self.dismiss(self.gone_to)

    @on(OptionList.OptionSelected, "#differences")
    def _chosen(self) -> None:
        self.action_go()

    # Choosing

    @work(exclusive=True, group="ask")
    async def action_interview(self) -> None:
        """Compare in another interview."""
        choices = [(document.id, self._about(document.id, document.name)) for document in self.desk.documents]
        if not choices:
            return
        chosen = await self.app.push_screen_wait(Chooser(_("Compare in which interview?"), choices))
        if chosen is not None:
            self.document_id = chosen
            self.kept = frozenset()
            with self.told():
                self.reload()

    def _about(self, document_id: str, name: str) -> Content:
        """An interview with who has coded how much in it; blind coders see nothing of others'."""
        made = {coder: n for (place, coder), n in self.made.items() if place == document_id}
        who = [
            f"{STATUS_SIGNS.get(self.desk.statuses.get((document_id, coder), ''), NOT_STARTED)} {coder} {n}"
            for coder, n in sorted(made.items())
            if self.desk.may_see(document_id, coder)
        ]
        blind = [_("blind")] if len(who) < len(made) else []
        return Content.assemble(name, ("  " + " · ".join([*who, *blind]), "dim"))

    @work(exclusive=True, group="ask")
    async def action_coder(self, side: str) -> None:
        """Choose the coder at the left (a) or at the right (b)."""
        compared = self.compared
        other = compared.b if side == "a" else compared.a
        names = [name for name in compared.coders if name != other]
        if compared.blind or len(names) < 2:
            self.notify(_("Nobody else has coded in this interview.") if not compared.blind else self.why_blind())
            return
        question = _("Whose codings at the left?") if side == "a" else _("Whose codings at the right?")
        chosen = await self.app.push_screen_wait(Chooser(question, [(name, Content(name)) for name in names]))
        if chosen is not None:
            compared.a, compared.b = (chosen, compared.b) if side == "a" else (compared.a, chosen)
            with self.told():
                self.reload()

    def action_swap(self) -> None:
        """Let the coders change sides."""
        self.compared.swap()
        with self.told():
            self.reload()

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Show the comparisons of one code only, or of all."""
        by_code: dict[str, list[Comparison]] = {}
        for one in self.compared.all:
            by_code.setdefault(one.code, []).append(one)
        if not by_code:
            return
        order = [code.id for code in self.desk.codebook.codes if code.id in by_code]
        order += sorted(set(by_code) - set(order))
        choices = [(_ALL, Content.assemble((_("All codes"), "bold")))]
        for code in order:
            differ = sum(one.kind in DIFFERENCES for one in by_code[code])
            text = ngettext("{n} of {all} differs", "{n} of {all} differ", differ)
            about = "  " + text.format(n=differ, all=len(by_code[code]))
            colour = self.desk.colours.get(code, "")
            choices.append((code, Content.assemble(square(self, colour), self.desk.name(code), (about, "dim"))))
        chosen = await self.app.push_screen_wait(Chooser(_("Compare which code?"), choices))
        if chosen is not None:
            self.keep()
            self.compared.code = "" if chosen == _ALL else chosen
            self.show()

    def action_view(self) -> None:
        """Show all, only differences, or only one kind."""
        compared = self.compared
        self.keep()
        compared.view = VIEWS[(VIEWS.index(compared.view) + 1) % len(VIEWS)]
        self.show()
