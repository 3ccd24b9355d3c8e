"""How the coding screen is looked at: marks, stripes, panes and their sizes; and a few ways through the turns."""

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from ipscoding.i18n import _
from ipscoding.tui.actions import CODEBOOK, LOOK, SUGGEST
from ipscoding.tui.desk import Desk
from ipscoding.tui.marks import Manner, Marking, signs_for
from ipscoding.tui.preferences import Preferences
from ipscoding.tui.screens.base import CodingBase
from ipscoding.tui.stripes import StripeFilter, Stripes, choices
from ipscoding.tui.widgets.assistant import MakeEngine, make_engine
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.here import HerePanel
from ipscoding.tui.widgets.number_question import NumberQuestion
from ipscoding.tui.widgets.transcript_view import TranscriptView

_SIZES = {"documents": (27, 16, 60), "side": (36, 24, 80), "here": (6, 3, 16)}
_REMEMBERED_FROM = 118
_TEXT_AT_LEAST = 40


class Viewing(CodingBase):
    """The part of the coding screen that changes what is seen, and nothing in the project."""

    def __init__(
        self,
        desk: Desk,
        *,
        document_id: str | None = None,
        make: MakeEngine | None = make_engine,
        preferences: Preferences | None = None,
    ) -> None:
        """`preferences`: how this coder likes the screen; without them, as it comes, and nothing is remembered."""
        super().__init__(desk, document_id=document_id, make=make)
        self.preferences = preferences or Preferences()
        self._stands_out = ""

    def on_mount(self) -> None:
        """Open the panels that were open the last time, where there is room for them."""
        if self.app.size.width >= _REMEMBERED_FROM:
            self._wanted = {place: wanted for place, wanted in self.preferences.panels.items() if place in _SIZES}
        for place in self.preferences.sizes:
            if place in _SIZES:
                self._give_size(place)
        self._draw()

    # Marks and stripes

    def _draw(self) -> None:
        likes = self.preferences
        marking = Marking(likes.marking) if likes.marking in set(Marking) else Marking.TINT
        density = self.desk.stripes.kind is Stripes.DENSITY
        self.view.draw(Manner(marking, signs_for(likes.signs), density, self._stands_out))

    def drawing_state(self) -> list[str]:
        """What is not drawn as usual, for the line of status."""
        marking = {
            Marking.TINT: "",
            Marking.MARGIN: _("marks in the margin"),
            Marking.PLAIN: _("no marks"),
        }[self.view.manner.marking]
        out = _("{code} stands out").format(code=self.desk.name(self._stands_out)) if self._stands_out else ""
        return [marking, self.desk.stripes.name(self.desk.codebook), out]

    def action_marks(self) -> None:
        """Let codings tint the text, stay in the margin, or not be seen at all."""
        self.preferences.keep(marking=str(self.view.manner.marking.next))
        self._draw()
        self.show_status()

    def action_signs(self) -> None:
        """Draw everything with plain signs, or with drawn ones."""
        plain = self.view.manner.signs is signs_for("ascii")
        self.preferences.keep(signs="drawn" if plain else "ascii")
        self._draw()
        for widget in self.walk_children(Widget):
            widget.refresh()

    @work(exclusive=True, group="ask")
    async def action_stripes(self) -> None:
        """Choose which codings are drawn."""
        desk = self.desk
        here = [coding.code for coding in self.here()]
        offered = choices(desk.shown, desk.codebook, desk.project.coder, here)
        if desk.stripes not in offered:
            offered.append(desk.stripes)
        names = [
            Content.assemble(
                one.name(desk.codebook) or _("all codings"), (" ◂" if one == desk.stripes else "", "bold $text-accent")
            )
            for one in offered
        ]
        question = [(str(number), name) for number, name in enumerate(names)]
        chosen = await self.app.push_screen_wait(Chooser(_("Which codings are drawn?"), question))
        if chosen is not None:
            self._choose_stripes(offered[int(chosen)])

    def _choose_stripes(self, stripes: StripeFilter) -> None:
        self.desk.stripes = stripes
        self._draw()
        self.show_work()

    def action_stand_out(self) -> None:
        """Let the code of the coding here stand out and the others fade; again ends that."""
        codes = [coding.code for coding in sorted(self.here(), key=lambda coding: coding.id != self.current)]
        if not codes and not self._stands_out:
            self.notify(_("Nothing is coded here yet."))
            return
        self._stands_out = codes[0] if codes and codes[0] != self._stands_out else ""
        self._draw()
        self.show_status()

    @on(TranscriptView.BoundaryMoved)
    def _boundary_moved(self, message: TranscriptView.BoundaryMoved) -> None:
        coding = next((coding for coding in self.desk.shown if coding.id == message.key), None)
        with self.told():
            if coding is not None:
                changed = self.desk.change(coding, span=message.span)
                self.current = changed.id
                self.view.select(changed.span)
        self.show_work()

    # Through the turns

    def action_other_speaker(self, by: int) -> None:
        """Go to the next (1) or previous (-1) turn of somebody else."""
        turns = self.desk.transcript.turns
        here = self.desk.transcript.turn_at(self.view.cursor)
        if here is None:
            return
        at = turns.index(here) + by
        while 0 <= at < len(turns):
            if turns[at].speaker != here.speaker and turns[at].speech.end > turns[at].speech.start:
                self.view.move_to(turns[at].speech.start, extend=self.view.extending)
                return
            at += by
        self.notify(_("Nobody else speaks further on.") if by > 0 else _("Nobody else speaks further back."))

    @work(exclusive=True, group="ask")
    async def action_turn_number(self) -> None:
        """Ask for the number of a turn, and go there."""
        turns = self.desk.transcript.turns
        if not turns:
            return
        last = turns[-1].number
        number = await self.app.push_screen_wait(NumberQuestion(_("Go to turn (1–{n})").format(n=last), last))
        turn = next((turn for turn in turns if turn.number == number), None)
        if turn is not None:
            self.view.move_to(turn.speech.start, centre=True)
            self.view.focus()

    # Panes

    def action_panel(self, name: str) -> None:
        """Go to a panel; from inside it, hide it. Which are open is remembered."""
        super().action_panel(name)
        place = "documents" if name == "documents" else "side"
        self.preferences.keep(panels=self.preferences.panels | {place: self._wanted.get(place, False)})

    def _arrange(self) -> None:
        """Panels give way where the text would have too little room; the one with the keys comes last."""
        super()._arrange()
        panels = [self.query_one("#documents"), self.query_one("#side")]
        for panel in sorted(panels, key=lambda panel: panel.has_focus or panel.has_focus_within):
            shown = [other for other in panels if other.display]
            room = self.app.size.width - sum(self._wished(other.id or "") for other in shown)
            if room < _TEXT_AT_LEAST and len(shown) > 1:
                panel.display = False

    def _wished(self, place: str) -> int:
        usual, least, most = _SIZES[place]
        return min(max(self.preferences.sizes.get(place, usual), least), most)

    def _give_size(self, place: str) -> None:
        if place == "here":
            self.query_one(HerePanel).styles.height = self._wished(place)
        else:
            self.query_one(f"#{place}").styles.width = self._wished(place)

    def group_in_hand(self) -> str:
        """The group of actions that concerns the pane with the keys, for the top of the help."""
        if self.query_one("#suggestions").has_focus:
            return SUGGEST
        if self.query_one("#side").has_focus_within:
            return CODEBOOK
        return LOOK if self.query_one("#documents").has_focus else ""

    def action_resize(self, by: int) -> None:
        """Make the pane with the keys smaller (-1) or larger (1); in the text, the one below it."""
        place = "here"
        if self.query_one("#documents").has_focus:
            place = "documents"
        elif self.query_one("#side", Vertical).has_focus_within:
            place = "side"
        _usual, least, most = _SIZES[place]
        now = self.query_one(HerePanel).outer_size.height if place == "here" else self._wished(place)
        step = by if place == "here" else by * 3
        self.preferences.keep(sizes=self.preferences.sizes | {place: min(max(now + step, least), most)})
        self._give_size(place)
        self._arrange()
