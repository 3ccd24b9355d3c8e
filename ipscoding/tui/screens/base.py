"""What the coding screen is made of and how it is kept up to date; what can be done on it is in `coding`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from ipscoding.domain import Coding, Span, Transcript, Valence, count_words
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _, ngettext, percent, quoted
from ipscoding.project import recoding
from ipscoding.transcripts.anchor import Comparison
from ipscoding.tui.actions import ACTIONS, keys_of
from ipscoding.tui.desk import Desk
from ipscoding.tui.keys_in_order import UNDER_WAY
from ipscoding.tui.widgets.assistant import Assistant, MakeEngine, make_engine
from ipscoding.tui.widgets.codebook_panel import CodebookPanel, CodeList
from ipscoding.tui.widgets.here import HerePanel, Hints
from ipscoding.tui.widgets.line import StatusLine
from ipscoding.tui.widgets.panels import DocumentList, SuggestionList
from ipscoding.tui.widgets.transcript_view import TranscriptView
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS, unit_name

_POLL_SECONDS = 1.0
_DOCUMENTS_FROM = 118
_CODES_FROM = 150
_ONE_PANEL_BELOW = 140
_LOW = 30
_BOUND_BY_TEXTUAL = {"pane.next", "palette"}


class CodingBase(Screen[None]):
    """Interviews at the left, the transcript and what is coded here in the middle, codes or suggestions right."""

    DEFAULT_CSS = """
    CodingBase {
        & > Horizontal { height: 1fr; }
        #documents { width: 27; display: none; }
        #middle { width: 1fr; }
        #side { width: 36; display: none; }
        #nothing { display: none; height: 1fr; padding: 2 4; content-align: center middle; }
        #find { display: none; border: none; height: 1; padding: 0 1; background: $boost; }
    }
    """
    AUTO_FOCUS = "TranscriptView"

    def __init__(self, desk: Desk, *, document_id: str | None = None, make: MakeEngine | None = make_engine) -> None:
        """`make` makes the suggestion engine; None leaves suggestions out."""
        super().__init__()
        self.desk = desk
        self.current = ""
        self._first = document_id
        self._make = make
        self._reasons: dict[str, str] = {}
        self._hits: list[Span] = []
        self._query = ""
        self._version = desk.project.data_version()
        self._done = desk.done_so_far
        self._wanted: dict[str, bool] = {}
        self._side = "codes"
        for action in ACTIONS:
            if action.in_text or action.in_codes or action.id in _BOUND_BY_TEXTUAL:
                continue
            for key in keys_of(action):
                self._bindings.bind(key, action.run.format(key=key), show=False)

    def compose(self) -> ComposeResult:
        """Three columns over one line of keys."""
        with Horizontal():
            yield DocumentList(id="documents")
            with Vertical(id="middle"):
                yield TranscriptView(id="text")
                yield Static(id="nothing")
                yield Input(id="find", placeholder=_("Find in this interview; Enter goes there, Esc ends"))
                yield HerePanel(id="here")
                yield StatusLine(id="status")
            with Vertical(id="side"):
                yield CodebookPanel(id="codebook")
                yield SuggestionList(id="suggestions")
        yield Hints(id="hints")
        yield Assistant(self._make or make_engine)

    def on_key(self, event: events.Key) -> None:
        """While a question stands in the last line, keys answer it."""
        self.query_one(Hints).take_key(event)

    def action_answer(self, name: str) -> None:
        """Answer the question in the last line; an empty name gives it up."""
        self.query_one(Hints).answer(Valence(name) if name else None)

    @property
    def view(self) -> TranscriptView:
        """The transcript."""
        return self.query_one(TranscriptView)

    @property
    def assistant(self) -> Assistant:
        """The suggestion engine."""
        return self.query_one(Assistant)

    def on_mount(self) -> None:
        """Open the interview to begin with, and start what runs beside."""
        codes = self.query_one(CodeList)
        for action in ACTIONS:
            if action.in_text or action.in_codes:
                for key in keys_of(action):
                    run = action.run.format(key=key)
                    if action.in_text:
                        self.view._bindings.bind(key, run, show=False)
                    else:
                        codes._bindings.bind(key, f"screen.{run}", show=False)
        self._arrange()
        with self.told():
            first = self._first or self._begin_with()
            if first is not None:
                self._open_first(first)
            else:
                self._show_all()
        self.set_interval(_POLL_SECONDS, self._look_for_others)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show_work())
        if self._make is not None and self.desk.codebook.codes:
            self.assistant.start(self.desk.project)

    def _begin_with(self) -> str | None:
        """The interview that this coder is at work on, else the first that is not done."""
        by_status = {
            status: [d.id for d in self.desk.documents if self.desk.status(d.id) == status]
            for status in ("coding", "", "done")
        }
        return next((found[0] for found in by_status.values() if found), None)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn an error that people can put right into a notice."""
        try:
            yield
        except IpscodingError as error:
            self.notify(error.hint, title=error.what, severity="error", markup=False)

    # Showing

    def open_document(self, document_id: str, offset: int | None = None) -> None:
        """Open an interview, the cursor at `offset`."""
        self.query_one(Hints).answer(None)
        self.desk.open(document_id)
        self.current, self._hits, self._query = "", [], ""
        self.view.show(self.desk.transcript, offset)
        self._show_all()
        self._assistant_ready()

    def _open_first(self, document_id: str) -> None:
        """Open the first interview: its text at once, what was done in it when that can be read."""
        self.desk.lay(document_id)
        self.view.show(self.desk.transcript)
        self._read_first()

    @work(group=UNDER_WAY)
    async def _read_first(self) -> None:
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()
        with self.told():
            self.desk.read_work()
            self._show_all()
            self._assistant_ready()

    def show_work(self) -> None:
        """Show codings, suggestions and progress as they are on the desk now."""
        self.view.set_marks(self.desk.marks())
        self.view.set_ghosts(self.desk.ghosts())
        self.view.set_bookmarks(mark.offset for mark in self.desk.bookmarks_here)
        self.view.set_notes(memo.start or 0 for memo in self.desk.notes)
        self.view.focus_mark(self.current)
        self._show_documents()
        self._show_side()
        self.show_here()

    def _show_all(self) -> None:
        nothing = self._nothing_to_code()
        if nothing:
            self.query_one("#nothing", Static).update(nothing)
        self.query_one("#nothing").display = bool(nothing)
        self.view.display = not nothing
        self.query_one(HerePanel).display = not nothing
        self.show_work()

    def _nothing_to_code(self) -> str:
        path = self.desk.project.path
        if not self.desk.documents:
            return _(
                "There are no interviews in this project yet.\n\n"
                "O and then i brings some in: a file or a whole folder. Or leave with q and bring them in with\n\n"
                '  ipscoding import "{path}" FOLDER\n\n'
                "Files may be text, Word or subtitles; the interviewer's turns begin with I:"
            ).format(path=path)
        if self.desk.document is None:
            return _("The interview is no longer in the project.\n\nChoose another one: d")
        return ""

    def _show_documents(self) -> None:
        if self.query_one("#documents").display:
            statuses = {document.id: self.desk.status(document.id) for document in self.desk.documents}
            current = self.desk.document.id if self.desk.document else None
            self.query_one(DocumentList).show(self.desk.documents, statuses, current)

    def _show_side(self) -> None:
        if not self.query_one("#side").display:
            return
        if self._side == "codes":
            stale = recoding.to_look_at(self.desk.project, self.desk.project.coder)
            self.query_one(CodebookPanel).show(self.desk, stale)
        else:
            names = {code.id: self.desk.name(code.id) for code in self.desk.codebook.codes}
            listed = self.desk.suggestions()
            self.query_one(SuggestionList).show(listed, names, self.desk.transcript, self._why_no_suggestions())
            if self.desk.document is not None:
                self.assistant.saw(self.desk.document.id, listed)

    def _why_no_suggestions(self) -> str:
        if self.desk.blind:
            return _("Hidden: blind coding, until you mark the interview done (o)")
        return self.assistant.state or _("None left in this interview")

    def no_codebook(self) -> str:
        """How to get codes, where there are none."""
        if self.desk.codebook.active():
            return ""
        return _('No codebook yet: ipscoding codebook import "{path}" FILE; or make codes as you go.').format(
            path=self.desk.project.path
        )

    def here(self) -> list[Coding]:
        """The codings that touch the selection, the shortest first."""
        return self.desk.at(self.view.selected)

    def show_here(self) -> None:
        """Show what concerns the place of the cursor, as soon as that is known."""
        if not self.desk.is_read:
            return
        codings, suggestions = self.here(), self.desk.suggestions_at(self.view.selected)
        if self.current and self.current not in {coding.id for coding in codings}:
            self.current = ""
            self.view.focus_mark("")
        if self.current:
            codings.sort(key=lambda coding: coding.id != self.current)
        nothing = _("Nothing coded here. Enter chooses a code for the selection.")
        nothing = self.no_codebook() or nothing
        notes = self.desk.notes_at(self.view.selected)
        self.query_one(HerePanel).show(self.desk, codings, self.current, suggestions, self._reasons, nothing, notes)
        self.query_one(Hints).show(
            coding=any(self.desk.mine(coding) for coding in codings),
            suggestion=bool(suggestions),
            any_suggestion=bool(self.desk.suggestions()),
            searching=bool(self._hits),
            empty=self.desk.document is None,
            codebook=self.query_one(CodeList).has_focus,
        )
        self.show_status()

    def on_descendant_focus(self) -> None:
        """Other keys help in another pane."""
        self.show_here()

    def show_status(self) -> None:
        """Show where the cursor is and how things stand, as soon as that is known."""
        if not self.desk.is_read:
            return
        desk, document = self.desk, self.desk.document
        if document is None:
            self.query_one(StatusLine).show([desk.project.name])
            return
        selected = self.view.selected
        turn = desk.transcript.turn_at(selected.start)
        words = count_words(selected.of(desk.transcript.text))
        number, shown = (turn.number if turn else 0), len(desk.shown)
        sign = STATUS_SIGNS.get(desk.status(document.id), NOT_STARTED)
        extending = _("extending") if self.view.extending else ""
        read_only = _("read-only") if desk.project.read_only else ""
        engine = _("blind") if desk.blind else self.assistant.state or self._count_suggestions()
        parts = [
            f"{sign} {document.name}".strip(),
            read_only,
            _("turn {n}/{all}").format(n=number, all=len(desk.transcript.turns)),
            unit_name(self.view.unit),
            extending,
            ngettext("{n} word", "{n} words", words).format(n=words),
            ngettext("{n} coding", "{n} codings", shown).format(n=shown),
            self._search_state(),
            self._bookmarked(selected),
            engine,
            *self.drawing_state(),
        ]
        self.query_one(StatusLine).show(parts, strong=[extending, read_only])

    def _bookmarked(self, span: Span) -> str:
        """The bookmark in `span` in words, with its note; empty where there is none."""
        mark = next((mark for mark in self.desk.bookmarks_here if span.holds(mark.offset)), None)
        if mark is None:
            return ""
        return _("bookmark") + (f" {quoted(mark.note)}" if mark.note else "")

    def drawing_state(self) -> list[str]:
        """What is not drawn as usual."""
        return []

    def _count_suggestions(self) -> str:
        n = len({suggestion.span for suggestion in self.desk.suggestions()})
        if not n and self._make is None:
            return ""
        share = percent(self.desk.threshold)
        return ngettext("{n} suggestion from {share}", "{n} suggestions from {share}", n).format(n=n, share=share)

    def _search_state(self) -> str:
        if not self._query:
            return ""
        selected = self.view.selected
        at = next((number for number, hit in enumerate(self._hits, 1) if hit == selected), 0)
        return f"{quoted(self._query)} {at or '–'}/{len(self._hits)}"

    # Panels

    def on_resize(self, event: events.Resize) -> None:
        """Fold panels away where there is no room for them beside the text."""
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.app.size
        shown = {
            "documents": self._wanted.get("documents", width >= _DOCUMENTS_FROM),
            "side": self._wanted.get("side", width >= _CODES_FROM),
        }
        for name, visible in shown.items():
            self.query_one(f"#{name}").display = visible
        self.query_one(CodebookPanel).display = self._side == "codes"
        self.query_one(SuggestionList).display = self._side == "suggestions"
        self.query_one(HerePanel).set_class(height < _LOW, "-low")

    def action_panel(self, name: str) -> None:
        """Go to a panel; from inside it, hide it."""
        place = "documents" if name == "documents" else "side"
        panel = self.query_one(f"#{name}")
        if place == "side":
            self._side = name
        if panel.has_focus or (name == "codes" and self.query_one(CodebookPanel).has_focus_within):
            self._wanted[place] = False
            self.view.focus()
        else:
            self._wanted[place] = True
            if self.app.size.width < _ONE_PANEL_BELOW:
                self._wanted["side" if place == "documents" else "documents"] = False
        self._arrange()
        if self._wanted[place]:
            panel.focus()
        self._show_documents()
        self._show_side()

    # What goes on beside

    def _look_for_others(self) -> None:
        version = self.desk.project.data_version()
        if version != self._version:
            self._version = version
            # what was shown is noted in the file too, and concerns nobody's screen
            before, self._done = self._done, self.desk.done_so_far
            if self._done != before:
                with self.told():
                    self.reload()

    def reload(self) -> None:
        """Show what other people, or an undo, changed."""
        before = self.desk.transcript
        self.desk.refresh()
        self.show_again(before)

    def show_again(self, before: Transcript) -> None:
        """Show what the desk has read again; `before` is the transcript that is shown now."""
        now = self.desk.transcript
        if now.text != before.text and before.text and now.text:
            # somebody has put another text in its stead: the cursor stays with the words that it stood on
            self.current, self._hits, self._query = "", [], ""
            self.view.show(now, Comparison(before.text, now.text).offset(self.view.cursor))
            self._assistant_ready()
        elif now is not before:
            self.view.show(now)
        self._show_all()

    @on(Assistant.StateChanged)
    def _assistant_says(self) -> None:
        self.show_status()
        if self._side == "suggestions" and not self.desk.suggestions():
            self._show_side()

    @on(Assistant.Ready)
    def _assistant_ready(self) -> None:
        if self.desk.document is not None:
            self.assistant.ask(self.desk.document.id, self.desk.transcript)

    @on(Assistant.Failed)
    def _assistant_failed(self, message: Assistant.Failed) -> None:
        self.notify(
            _("Everything else works. {why}").format(why=message.why),
            title=_("Suggestions could not be started"),
            severity="warning",
            markup=False,
        )

    @on(Assistant.Found)
    def _suggestions_found(self, message: Assistant.Found) -> None:
        engine = self.assistant.engine
        learnt_from = engine.learnt_from if engine is not None else 0
        if self.desk.take_suggestions(message.document_id, message.suggestions, learnt_from):
            self.show_work()

    @on(Assistant.Explained)
    def _suggestions_explained(self, message: Assistant.Explained) -> None:
        self._reasons = message.reasons
        self.view.set_reasons(message.words)
        self.show_here()

    @on(TranscriptView.CursorMoved)
    def _cursor_moved(self) -> None:
        self.show_status()

    @on(TranscriptView.SelectionChanged)
    def _selection_changed(self) -> None:
        # what was asked concerned another passage
        self.query_one(Hints).answer(None)
        self._reasons = {}
        self.view.set_reasons(())
        self.show_here()
        self.assistant.why(self.desk.transcript, self.desk.suggestions_at(self.view.selected))
