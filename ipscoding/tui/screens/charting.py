"""The dashboard as it is shown: counted in a thread, drawn as bars; what can be done on it is in `dashboard`."""

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from ipscoding.analysis.chart import Bar, Chart, Facet, Order
from ipscoding.analysis.names import role_group
from ipscoding.errors import IpscodingError
from ipscoding.exchange.terminal_chart import heading, line, measures
from ipscoding.i18n import _, ngettext
from ipscoding.tui.counting import Answer, Wish, count
from ipscoding.tui.desk import Desk
from ipscoding.tui.screens.beside import BesideScreen, KeyLine
from ipscoding.tui.widgets.line import Line, StatusLine
from ipscoding.tui.widgets.panels import SideList

_SLOW_SECONDS = 0.4
_LOOKS = {"barrier": "$text-warning", "facilitator": "$text-primary", "dim": "dim"}
_HINTS = ("passages", "by", "unit", "roles", "pictures", "save")


class BarList(SideList):
    """The rows of the chart."""

    DEFAULT_CSS = """
    BarList {
        border: none; background: $background; text-wrap: nowrap; text-overflow: clip;
        &:focus { border: none; background-tint: $foreground 0%; }
        & > .option-list--option-highlighted { background: $foreground 12%; color: $foreground; text-style: bold; }
        &:focus > .option-list--option-highlighted { background: $foreground 20%; color: $foreground;
            text-style: bold; }
        &:ansi > .option-list--option-highlighted { text-style: bold underline; }
    }
    """


class Charting(BesideScreen):
    """Bars of barriers and facilitators, one row for each code."""

    DEFAULT_CSS = """
    Charting {
        #heading { height: 2; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
        #bars { height: 1fr; }
        #nothing { display: none; height: 1fr; padding: 2 4; content-align: center middle; }
        #how { height: auto; max-height: 25%; padding: 0 1; border-top: solid $primary 40%; scrollbar-size-vertical: 1;
            border-title-color: $foreground 70%; }
        #how.-whole { max-height: 60%; }
        #how Static { color: $foreground 80%; }
    }
    """
    AUTO_FOCUS = "#bars"

    class Counted(Message):
        """The figures are there."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    class NotCounted(Message):
        """The figures could not be made."""

        def __init__(self, error: IpscodingError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.wish = Wish()
        self.unit = "segments"
        self.order = Order.CODEBOOK
        self.zeros = True
        self.answer: Answer | None = None
        self._first = 0
        self._counting = False

    def compose(self) -> ComposeResult:
        """What is counted, the bars under their headings, how it was counted, the keys."""
        yield StatusLine(id="status")
        yield Line(id="heading")
        yield BarList(id="bars")
        yield Static(id="nothing", markup=False)
        with VerticalScroll(id="how", can_focus=False) as how:
            how.border_title = _("How it was counted")
            yield Static(id="notes", markup=False)
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the keys; the figures come when they are counted."""
        super().on_mount()
        wanted = ("help", *(f"figures.{name}" for name in _HINTS))
        self.query_one(KeyLine).show([action for action in self.ACTIONS if action.id in wanted])

    def on_screen_resume(self) -> None:
        """Count again: passages may have been recoded meanwhile."""
        if self.answer is not None:
            self.reload()

    # Counting

    def reload(self) -> None:
        """Count the project as it is now."""
        self._counting = True
        self.set_timer(_SLOW_SECONDS, self._show_status)
        self._count(self.wish)

    @work(thread=True, exclusive=True, group="figures")
    def _count(self, wish: Wish) -> None:
        worker = get_current_worker()
        try:
            with self.desk.project.reopen() as own:
                answer = count(own, wish, lambda: not worker.is_cancelled)
        except IpscodingError as error:
            self.post_message(self.NotCounted(error))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Counted(answer))

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        if message.answer.wish == self.wish:
            self._counting = False
            self.answer = message.answer
            self.show()

    @on(NotCounted)
    def _not_counted(self, message: NotCounted) -> None:
        self._counting = False
        self.notify(message.error.hint, title=message.error.what, severity="error", markup=False)
        self._show_status()

    def ask(self, wish: Wish) -> None:
        """Count what is wished."""
        self.wish, self._first = wish, 0
        self.reload()

    # Showing

    @property
    def facets(self) -> list[Facet]:
        """The columns there are, those that have no room included."""
        return self.answer.chart.of_roles(self.answer.wish.roles) if self.answer else []

    @property
    def bars(self) -> list[Bar]:
        """The rows as they are sorted, without those that are hidden."""
        if self.answer is None or not self.facets:
            return []
        bars = self.answer.chart.sorted(self.order, self.unit, self._sorted_by())
        return bars if self.zeros else [bar for bar in bars if not bar.empty(self.facets)]

    def _sorted_by(self) -> Facet:
        """All roles together, of the coder who stands first."""
        facets = self.facets
        return Facet(None, facets[min(self._first, len(facets) - 1)].coder)

    def show(self) -> None:
        """Draw the figures that are there."""
        nothing = self._nothing()
        self.query_one("#nothing", Static).update(nothing)
        self.query_one("#nothing").display = bool(nothing)
        for name in ("#bars", "#heading", "#how"):
            self.query_one(name).display = not nothing
        if not nothing:
            self._show_bars()
            self.query_one("#notes", Static).update(" ".join(self._notes()))
        self._show_status()

    def _show_bars(self) -> None:
        if self.answer is None or not self.facets:
            return
        chart, listed, facets = self.answer.chart, self.query_one(BarList), self.facets
        width = max(self.app.size.width - 3, 40)
        self._first = min(self._first, len(facets) - 1)
        room = measures(width, chart, self.unit, facets)
        self._first = min(self._first, len(facets) - room.fits)
        shown = facets[self._first : self._first + room.fits]
        longest = chart.longest(self.unit, facets)
        titles = [self._title(chart, facet) for facet in shown]
        names, sides = heading(titles, room)
        self.query_one("#heading", Line).say(Content.assemble((names, "bold"), "\n", sides))
        options: list[Option] = []
        grouped = self.answer.wish.by == "code" and self.order is Order.CODEBOOK
        domain = ""
        for bar in self.bars:
            if grouped and bar.domain != domain:
                domain = bar.domain
                options.append(Option(Content(self.desk.name(domain)), disabled=True))
            parts = line(bar, shown, room, self.unit, longest, indent=2 if grouped else 0)
            drawn = Content.assemble(*((text, _LOOKS.get(look, "")) for text, look in parts))
            options.append(Option(drawn, id=bar.id))
        listed.fill(options)
        if listed.highlighted is None:
            listed.action_first()

    def _title(self, chart: Chart, facet: Facet) -> tuple[str, str]:
        of = next((bar.figure(facet).of for bar in chart.bars if facet in bar.figures), 0)
        name = _("All roles") if facet.role is None else role_group(facet.role)
        return name, f" n={of}" + (f" · {facet.coder}" if facet.coder else "")

    def _show_status(self) -> None:
        answer, order = self.answer, ""
        if answer is not None and self.facets:
            by = self._sorted_by().coder
            order = {
                Order.CODEBOOK: _("as in the codebook"),
                Order.TOTAL: _("most first") + (f" ({by})" if by else ""),
                Order.BALANCE: _("by balance, barriers first") + (f" ({by})" if by else ""),
            }[self.order]
        coders = answer.counted if answer else []
        who = coders[0] if len(coders) == 1 else _("each coder apart") if coders else ""
        hidden = sum(bar.empty(self.facets) for bar in answer.chart.bars) if answer and not self.zeros else 0
        parts = [
            _("Frequencies"),
            _("counting …") if self._counting else "",
            _("codes") if self.wish.by == "code" else _("domains"),
            _("segments") if self.unit == "segments" else _("informants"),
            self._which_roles(),
            who,
            f"= {self.wish.where}" if self.wish.where else "",
            order,
            ngettext("{n} without codings hidden", "{n} without codings hidden", hidden).format(n=hidden)
            if hidden
            else "",
        ]
        self.query_one(StatusLine).show(parts, strong=[_("counting …")])

    def _which_roles(self) -> str:
        facets = self.facets
        if len(facets) < 2 or self.answer is None:
            return _("all roles")
        fits = measures(max(self.app.size.width - 3, 40), self.answer.chart, self.unit, facets).fits
        if fits >= len(facets):
            return _("roles side by side") if self.answer.wish.roles else _("all roles")
        first, last = self._first + 1, self._first + fits
        return _("column {first}–{last} of {n} (← →)").format(first=first, last=last, n=len(facets))

    def _notes(self) -> list[str]:
        answer = self.answer
        notes = list(answer.table.notes) if answer else []
        if answer and answer.blind:
            notes.insert(0, _("Blind coding: only your own codings, until you have marked all interviews done."))
        if self.unit == "segments":
            notes.append(_("A bar's length is its number of segments, on one scale for all columns."))
        else:
            notes.append(_("A bar's length is the share of the informants interviewed; a whole bar is all of them."))
        return notes

    def _nothing(self) -> str:
        answer = self.answer
        if answer is None or answer.codings:
            return ""
        path = self.desk.project.path
        if not answer.documents:
            return _(
                "There are no interviews in this project yet, so there is nothing to count.\n\n"
                'Leave with Esc and q, then: ipscoding import "{path}" FOLDER'
            ).format(path=path)
        if not answer.codes:
            return _(
                "The project has no codebook yet, so nothing can be coded and counted.\n\n"
                'Leave with Esc and q, then: ipscoding codebook import "{path}" FILE'
            ).format(path=path)
        if answer.blind:
            return _(
                "Blind coding: others' codings are not counted for you until you have marked all interviews done.\n\n"
                "You have not coded anything yet. Go back with Esc and begin."
            )
        return _("Nothing is coded yet, so there is nothing to count.\n\nGo back with Esc and code a passage.")

    def on_resize(self, event: events.Resize) -> None:
        """Draw the bars for the new width."""
        if self.answer is not None:
            self.show()
