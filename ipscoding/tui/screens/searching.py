"""Searching all interviews: a thread that looks, hits shown as they come; what is done with them is in `search`."""

from threading import Event
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from ipscoding.errors import IpscodingError
from ipscoding.i18n import N_, _, ngettext, percent
from ipscoding.project.search import Hit
from ipscoding.tui.actions import Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.entries import HitEntry
from ipscoding.tui.finding import AT_MOST, CONTEXT, Finding, Shelf, covered, entries, extent_name, finder
from ipscoding.tui.list_actions import SEARCH_ACTIONS
from ipscoding.tui.screens.beside import KeyLine
from ipscoding.tui.screens.listing import ListScreen
from ipscoding.tui.widgets.hit_panel import HitPanel
from ipscoding.tui.widgets.line import StatusLine
from ipscoding.tui.widgets.mode_line import ModeLine
from ipscoding.tui.widgets.passage_list import PassageList

_TYPING_SECONDS = 0.3
_LIVE_FROM = 2
_LOW = 30


class _Stopped(Exception):
    """Somebody searches for something else, or not at all any more."""


class Searching(ListScreen):
    """A line to type in, the hits of all interviews, the current one in full."""

    ACTIONS: ClassVar[tuple[Action, ...]] = SEARCH_ACTIONS
    ABOUT: ClassVar[str] = N_(
        "Search what was said in all interviews. A * at the end of a word stands for any ending. Mark hits with the "
        "space bar, then c codes them all with one code, as one act that u takes back. ● stands at hits where you "
        "have coded something already."
    )
    DEFAULT_CSS = """
    Searching {
        #query { border: none; height: 1; padding: 0 1; background: $boost; }
    }
    """
    AUTO_FOCUS = "#query"

    class _Found(Message):
        def __init__(self, run: Event, hits: list[Hit], share: float) -> None:
            super().__init__()
            self.run = run
            self.hits = hits
            self.share = share

    class _Ended(Message):
        def __init__(self, run: Event, error: IpscodingError | None = None, *, full: bool = False) -> None:
            super().__init__()
            self.run = run
            self.error = error
            self.full = full

    def __init__(self, desk: Desk, finding: Finding | None = None) -> None:
        """`finding`: the search to go on with."""
        super().__init__(desk)
        self.finding = finding or Finding()
        self.shelf = Shelf(desk.project)
        self._run: Event | None = None
        self._share = 0.0
        self._problem = ""
        self.coding_now = ""
        self._counts = (0, 0, 0)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Input(self.finding.query, id="query", placeholder=_("Search all interviews"), compact=True)
        yield ModeLine(id="modes")
        yield PassageList(id="hits")
        yield Static(id="nothing")
        yield HitPanel(id="here")
        yield StatusLine(id="status")
        yield KeyLine(id="hints")

    def on_mount(self) -> None:
        """Show the search to go on with, if there is one."""
        finding = self.finding
        self.passages.marked = set(finding.marked)
        super().on_mount()
        self.passages.go_to(finding.current)
        if finding.hits:
            self.passages.focus()
        self.query_one(KeyLine).show(self.ACTIONS)

    def on_unmount(self) -> None:
        """Let no search go on."""
        self.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the list room in a low terminal."""
        self.query_one(HitPanel).set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self.show_here)

    @property
    def hit(self) -> Hit | None:
        """The hit that the cursor stands on."""
        current = self.passages.current
        return current.hit if isinstance(current, HitEntry) else None

    # Searching

    @property
    def searching(self) -> bool:
        """Whether a search goes on."""
        return self._run is not None

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.finding.query = event.value
        if (event.value.strip(), self.finding.mode) == self.finding.searched:
            return
        # an expression is half written most of the time: it is looked for at Enter
        if not event.value.strip():
            self.start()
        elif len(event.value.strip()) >= _LIVE_FROM and self.finding.mode != "regex":
            self._timer = self.set_timer(_TYPING_SECONDS, self.start)

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        if (self.finding.query.strip(), self.finding.mode) != self.finding.searched:
            self.start()
        if self.finding.query.strip():
            self.passages.focus()

    def start(self) -> None:
        """Search anew for what is written."""
        self.stop()
        if self._timer is not None:
            self._timer.stop()
        finding, query = self.finding, self.finding.query.strip()
        finding.searched, finding.hits, finding.full = (query, finding.mode), [], False
        self._problem, self._share, self._counts = "", 0.0, (0, 0, 0)
        self.shelf.forget()
        self.passages.marked = set()
        self.passages.show([])
        if query:
            self._run = Event()
            self._seek(self._run, query, finding.mode)
        self.show_here()

    def stop(self) -> None:
        """Search no further."""
        if self._run is not None:
            self._run.set()
            self._run = None

    @work(thread=True, group="search")
    def _seek(self, run: Event, query: str, mode: str) -> None:
        found: list[Hit] = []
        n = 0

        def tell(number: int, of: int) -> None:
            if run.is_set():
                raise _Stopped
            self.post_message(self._Found(run, found.copy(), number / of))
            found.clear()

        try:
            with self.desk.project.reopen() as own:
                for hit in finder(mode)(own, query, context=CONTEXT, on_document=tell):
                    found.append(hit)
                    n += not hit.interviewer
                    if n >= AT_MOST or len(found) >= AT_MOST:
                        break
                    if run.is_set():
                        return
            self.post_message(self._Found(run, found, 1.0))
            self.post_message(self._Ended(run, full=n >= AT_MOST))
        except _Stopped:
            return
        except IpscodingError as error:
            self.post_message(self._Ended(run, error))

    @on(_Found)
    def _found(self, message: _Found) -> None:
        message.stop()
        if message.run is not self._run:
            return
        self._share = message.share
        if message.hits:
            before = len(self.passages.keys)
            self.finding.hits += message.hits
            shown = [hit for hit in message.hits if self.finding.interviewer or not hit.interviewer]
            with self.told():
                self.passages.append(entries(shown, self.shelf, wide=self.finding.wide))
            self._count()
            if not before:
                self.show_here()
        self.show_status()

    @on(_Ended)
    def _ended(self, message: _Ended) -> None:
        message.stop()
        if message.run is not self._run:
            return
        self._run = None
        self.finding.full = message.full
        if message.error is not None:
            self._problem = f"{message.error.what}. {message.error.hint}"
        if not self.passages.keys:
            self.query_one("#query", Input).focus()
        self.show_here()

    # Showing

    def reload(self) -> None:
        """Show the hits anew, with what is coded at them now."""
        self.shelf.forget()
        there = {document.id for document in self.desk.documents}
        self.finding.hits = [hit for hit in self.finding.hits if hit.document.id in there]
        with self.told():
            self.passages.show(entries(self.finding.shown(), self.shelf, wide=self.finding.wide))
        self._count()
        self.show_here()

    def show_here(self) -> None:
        """Show the current hit in full, and how things stand."""
        hit = self.hit
        nothing = self.query_one("#nothing", Static)
        nothing.update(self._nothing())
        self.passages.display = bool(self.passages.keys) or self.searching
        nothing.display = not self.passages.display
        panel = self.query_one(HitPanel)
        panel.display = hit is not None
        if hit is not None:
            panel.border_title = _("c codes {what}  (w words found · s sentence · t turn)").format(
                what=extent_name(self.finding.extent)
            )
            with self.told():
                here = [c for c in self.shelf.codings(hit.document.id) if c.span.overlaps(hit.span)]
                seen = [coding for coding in here if self.desk.may_see(hit.document.id, coding.coder)]
                extent = covered(hit, self.finding.extent, self.shelf)
                panel.show(self.desk, hit, self.shelf.transcript(hit.document.id), extent, seen)
        self.show_modes()
        self.show_status()

    def _nothing(self) -> str:
        if self._problem:
            return self._problem
        hidden = len(self.finding.hits)
        if hidden and not self.finding.interviewer:
            said = ngettext(
                "Only the interviewer said this ({n} time).", "Only the interviewer said this ({n} times).", hidden
            )
            return said.format(n=hidden) + "\n\n" + _("F3 shows what the interviewer said too.")
        if self.finding.searched[0]:
            return _("Nobody says this.") + "\n\n" + _("F2 searches in another way; * stands for any ending: jobb*")
        if not self.desk.documents:
            return _("There are no interviews in this project yet.")
        return _(
            "Type what you look for; hits come as you type, Enter goes to them.\n\n"
            "F2: the very words, any inflection in Bokmål and Nynorsk, or a regular expression."
        )

    def show_modes(self) -> None:
        """Show how one searches."""
        self.query_one(ModeLine).show(self.finding)

    def _count(self) -> None:
        shown = self.finding.shown()
        people = {hit.document.informant for hit in shown if hit.document.informant}
        self._counts = len(shown), len({hit.document.id for hit in shown}), len(people)

    def show_status(self) -> None:
        """Show how many hits there are, where, and what goes on."""
        hits, places, people = self._counts
        going = (
            _("searching {share}, Esc stops").format(share=percent(self._share, whole=True)) if self.searching else ""
        )
        full = _("only the first hits are shown: search for something narrower") if self.finding.full else ""
        n = len(self.passages.marked)
        marked = ngettext("{n} marked", "{n} marked", n).format(n=n) if n else ""
        read_only = _("read-only") if self.desk.project.read_only else ""
        if not self.finding.searched[0]:
            n = len(self.desk.documents)
            hits_told = [ngettext("{n} interview to search", "{n} interviews to search", n).format(n=n)]
        else:
            hits_told = [
                ngettext("{n} hit", "{n} hits", hits).format(n=hits),
                ngettext("{n} interview", "{n} interviews", places).format(n=places),
                ngettext("{n} informant", "{n} informants", people).format(n=people),
            ]
        self.query_one(StatusLine).show(
            [
                self.coding_now,
                going,
                *hits_told,
                marked,
                full,
                read_only,
            ],
            strong=[marked, full, read_only, going, self.coding_now],
        )
