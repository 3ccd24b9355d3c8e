"""Passages that the engine points at: looking for them beside the screen, and showing them; acts are in `proposals`."""

from threading import Event
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ipscoding.errors import IpscodingError
from ipscoding.i18n import N_, _, ngettext
from ipscoding.suggest import Cancelled, Engine
from ipscoding.tui.actions import Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.ink import ink, square
from ipscoding.tui.list_actions import PROPOSAL_ACTIONS
from ipscoding.tui.proposals import NAMES, Kind, Proposal, ProposalEntry, Wish, look
from ipscoding.tui.screens.beside import KeyLine
from ipscoding.tui.screens.listing import ListScreen, Passage
from ipscoding.tui.widgets.line import Line, StatusLine
from ipscoding.tui.widgets.passage_list import PassageList

_MOST_CONTEXT = 2


class Proposing(ListScreen):
    """What is looked for, and the passages that were found."""

    ACTIONS: ClassVar[tuple[Action, ...]] = PROPOSAL_ACTIONS
    ABOUT: ClassVar[str] = N_(
        "Passages in all interviews that the engine points at: likely to get a code, like a passage, what it is least "
        "sure of, or what you may have missed. a codes the passage as proposed, r says that the code does not belong "
        "there; both teach the engine. Interviews in which you are blind are passed over."
    )
    DEFAULT_CSS = """
    Proposing {
        #asked { height: 1; padding: 0 1; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class Advanced(Message):
        """The engine has looked through this share of the interviews, from 0 to 1."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, Proposing.Advanced)

    class Looked(Message):
        """The engine has found what was wished for."""

        def __init__(self, wish: Wish, found: list[Proposal]) -> None:
            super().__init__()
            self.wish = wish
            self.found = found

    class NotLooked(Message):
        """The engine could not look."""

        def __init__(self, error: IpscodingError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, desk: Desk, engine: Engine | None, wish: Wish) -> None:
        """`engine`: None where there is none yet."""
        super().__init__(desk)
        self.engine = engine
        self.wish = wish
        self.found: list[Proposal] = []
        self.context = 1
        self._share: float | None = None
        self._stop = Event()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Line(id="asked")
        yield PassageList(id="passages")
        yield Static(id="nothing", markup=False)
        yield StatusLine(id="status")
        yield KeyLine(id="hints")

    def on_mount(self) -> None:
        """Look."""
        super().on_mount()
        self.query_one(KeyLine).show(self.ACTIONS)
        self.look()

    def on_unmount(self) -> None:
        """Stop looking."""
        self._stop.set()

    # Looking

    def look(self) -> None:
        """Let the engine look for what is wished for, beside the screen."""
        self._stop.set()
        self._stop = Event()
        self.found, self._share = [], None
        if self.engine is not None:
            self._share = 0.0
            self._look(self.engine, self.wish, self._stop)
        self.show()

    @work(thread=True, exclusive=True, group="look")
    def _look(self, engine: Engine, wish: Wish, stop: Event) -> None:
        try:
            with self.desk.project.reopen() as own:
                found = look(own, engine, wish, lambda share, _what: self._advance(share, stop), stop)
        except Cancelled:
            return
        except IpscodingError as error:
            self.post_message(self.NotLooked(error))
        else:
            self.post_message(self.Looked(wish, found))

    def _advance(self, share: float, stop: Event) -> None:
        if not stop.is_set():
            self.post_message(self.Advanced(share))

    @on(Advanced)
    def _advanced(self, message: Advanced) -> None:
        if self._share is not None:
            self._share = message.share
            self.show_here()

    @on(Looked)
    def _looked(self, message: Looked) -> None:
        if message.wish == self.wish:
            self.found, self._share = message.found, None
            self.show()

    @on(NotLooked)
    def _not_looked(self, message: NotLooked) -> None:
        self._share = None
        self.notify(message.error.hint, title=message.error.what, severity="error", markup=False)
        self.show()

    # Showing

    @property
    def current(self) -> Proposal | None:
        """The proposal that the list stands at."""
        entry = self.passages.current
        return entry.one if isinstance(entry, ProposalEntry) else None

    def show(self) -> None:
        """Show what was found."""
        desk = self.desk
        self.passages.show(
            ProposalEntry(
                one, name=desk.name, colour=ink(self, desk.colours.get(one.passage.code, "")), context=self.context
            )
            for one in self.found
        )
        nothing = self.query_one("#nothing", Static)
        nothing.update(self._nothing())
        nothing.display, self.passages.display = not self.found, bool(self.found)
        if self.found:
            self.passages.focus()
        self.query_one("#asked", Line).say(self._question())
        self.show_here()

    def _nothing(self) -> str:
        if self.engine is None:
            return _("The engine is still being loaded. Go back (Esc) and come again in a moment.")
        if self._share is not None:
            return _("Looking through the interviews …")
        if self.wish.kind is Kind.MISSED:
            return _("Nothing: in the interviews that you marked done, every strong suggestion is dealt with.")
        return _("Nothing found.")

    def _question(self) -> Content:
        name = Content.styled(_(NAMES[self.wish.kind]), "bold")
        code = self.wish.code
        if self.wish.kind not in (Kind.LIKE_CODE, Kind.LIKE_CODING) or not code:
            return name
        return Content.assemble(name, "  ", square(self, self.desk.colours.get(code, "")), self.desk.name(code))

    def show_here(self) -> None:
        """Show how things stand."""
        n = len(self.found)
        parts = [
            _("looking: {n} of 100").format(n=round(100 * self._share)) if self._share is not None else "",
            ngettext("{n} passage", "{n} passages", n).format(n=n) if self._share is None else "",
            self._why() if self.found else "",
        ]
        self.query_one(StatusLine).show(parts)

    def _why(self) -> str:
        if self.wish.kind is Kind.LIKE_CODING:
            return _("the number says how alike two passages are")
        return _("the number says how many such proposals of a hundred are right")

    def action_context(self, by: int) -> None:
        """Show more (1) or less (-1) of what was said around."""
        self.context = min(max(self.context + by, 0), _MOST_CONTEXT)
        self.show()

    def action_open(self) -> None:
        """Go to the current passage in its interview."""
        one = self.current
        if one is not None:
            span = one.passage.span
            self.gone_to = Passage(one.passage.document.id, span.start, span.end)
            self.dismiss(self.gone_to)

    @on(PassageList.Opened)
    def _opened(self) -> None:
        self.action_open()
