"""Suggestions on the coding screen: visited, accepted, rejected."""

from textual import on, work
from textual.widgets import OptionList

from ipscoding.domain import Valence
from ipscoding.i18n import _, ngettext, percent
from ipscoding.suggest import Suggestion
from ipscoding.tui.navigation import following
from ipscoding.tui.screens.changing import Changing
from ipscoding.tui.suggesting import key_of
from ipscoding.tui.widgets.dialogs import Confirm


class Suggested(Changing):
    """The part of the coding screen that deals with suggestions."""

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
            self._accept(suggestion)

    @work(exclusive=True, group="ask")
    async def action_accept_as(self) -> None:
        """Code what is suggested here with another code, another valence or both."""
        suggestion = self._the_suggestion()
        if suggestion is None:
            return
        title = _("Instead of {code}").format(code=self.desk.name(suggestion.code))
        chosen = await self._codes_of(await self._pick(title, suggestion.code, several=False))
        valence = await self._ask_valence(chosen[0]) if chosen else None
        if valence is not None:
            self._accept(suggestion, chosen[0], valence)

    def _accept(self, suggestion: Suggestion, code: str = "", valence: Valence | None = None) -> None:
        with self.told():
            made = self.desk.accept(suggestion, code=code, valence=valence)
            self.view.select(made.span)
            self._made(made)
            self._say(made, _("Accepted") if made.code == suggestion.code else _("Another code accepted"))

    def _takes_valence(self, valence: Valence) -> bool:
        in_list = self.query_one("#suggestions", OptionList).has_focus
        if self.desk.blind or (not in_list and any(self.desk.mine(coding) for coding in self.here())):
            return False
        found = self.desk.suggestions_at(self.view.selected)
        if not found:
            return False
        chosen = self._highlighted_suggestion()
        self._accept(next((one for one in found if key_of(one) == chosen), found[0]), valence=valence)
        return True

    def action_reject(self) -> None:
        """Note that the suggested code does not belong here."""
        suggestion = self._the_suggestion()
        if suggestion is not None:
            with self.told():
                self.desk.reject(suggestion)
                self.show_work()
                self.notify(_("Rejected: {code}").format(code=self.desk.name(suggestion.code)), markup=False)

    def action_threshold(self, by: int) -> None:
        """Show fewer and surer suggestions (1) or more of them (-1)."""
        before = self.desk.threshold
        share = self.desk.move_threshold(by)
        self.show_work()
        n = len({suggestion.span for suggestion in self.desk.suggestions()})
        count = ngettext("{n} place", "{n} places", n).format(n=n)
        text = _("Shown from {share} sure: {places}").format(share=percent(share), places=count)
        self.notify(text if share != before else _("It goes no further: {share}").format(share=percent(share)))

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
