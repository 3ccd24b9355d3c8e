"""The suggestion engine beside the screen: started, taught, asked and explained in threads, speaking in messages only.

When enough has been coded since, a new engine is taught while the old one goes on answering. Nothing of it is
painted. Whatever goes wrong in it costs the suggestions, never the screen of somebody at work.
"""

from collections.abc import Callable, Sequence
from threading import Event

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from ipscoding.domain import Document, Span, Transcript
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _, percent
from ipscoding.project import Project, documents
from ipscoding.suggest import Cancelled, Engine, Suggestion
from ipscoding.suggest.of_project import (
    Lesson,
    engine_of,
    lesson,
    norm_of_document,
    note_shown,
    outgrown,
    suggest_for,
    taught_again,
)
from ipscoding.tui.suggesting import key_of, reasons_text

_EXPLAINED = 3
_LOOK_SECONDS = 3.0
_NOTE_SECONDS = 1.5

MakeEngine = Callable[[Project, Callable[[float, str], None], Event], Engine]
"""Makes the engine for a project, tells how far it is, stops when the event is set."""


def make_engine(project: Project, progress: Callable[[float, str], None], stop: Event) -> Engine:
    """The engine that comes with the program."""
    return engine_of(project, progress=progress, cancel=stop)


class Assistant(Widget):
    """Holds the engine; `state` says what it is doing, empty when it has nothing more to do."""

    DEFAULT_CSS = "Assistant { display: none; }"

    class StateChanged(Message):
        """`Assistant.state` says something new."""

    class Ready(Message):
        """The engine can be asked; again, where it has learnt something since."""

    class Failed(Message):
        """There will be no suggestions; `why` in a sentence."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Found(Message):
        """The engine went through a document."""

        def __init__(self, document_id: str, suggestions: list[Suggestion]) -> None:
            super().__init__()
            self.document_id = document_id
            self.suggestions = suggestions

    class Explained(Message):
        """Why codes were suggested, by their readable ids; `words` count for the first of them, by their offsets."""

        def __init__(self, reasons: dict[str, str], words: Sequence[Span] = ()) -> None:
            super().__init__()
            self.reasons = reasons
            self.words = words

    class _Advanced(Message):
        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Assistant._Advanced)

    class _Built(Message):
        def __init__(self, engine: Engine | None, learnt: Lesson) -> None:
            super().__init__()
            self.engine = engine
            self.learnt = learnt

    def __init__(self, make: MakeEngine = make_engine) -> None:
        super().__init__()
        self.engine: Engine | None = None
        self.state = ""
        self._make = make
        self._stop = Event()
        self._project: Project | None = None
        self._learnt: Lesson | None = None
        self._learning = False
        self._open: tuple[Document, Transcript] | None = None
        self._noted: set[tuple[str, str]] = set()
        self._to_note: dict[str, list[Suggestion]] = {}

    def on_mount(self) -> None:
        """Look now and then whether there is something to learn or to note."""
        self.set_interval(_LOOK_SECONDS, self._look)
        self.set_interval(_NOTE_SECONDS, self._write_down)

    def start(self, project: Project) -> None:
        """Build the engine for `project`, anew where there is one; `Ready` follows."""
        self.stop()
        self._stop, self.engine = Event(), None
        self._project, self._learnt, self._learning = project, None, False
        self._say(_("suggestions: loading"))
        self._build(project, self._stop)

    def ask(self, document_id: str, transcript: Transcript) -> None:
        """Go through a transcript, if the engine is there; `Found` follows."""
        if self.engine is None or self._project is None:
            return
        document = documents.find(self._project, document_id)
        self._open = document, transcript
        self._say(_("suggestions: reading"))
        self._read(self.engine, document, transcript, self._stop)

    def why(self, transcript: Transcript, suggestions: Sequence[Suggestion]) -> None:
        """Explain the first few `suggestions`, which the coder has before them now; `Explained` follows."""
        if self.engine is None or self._open is None or self._open[1] is not transcript or not suggestions:
            return
        document = self._open[0]
        self.saw(document.id, suggestions)
        self._explain(self.engine, transcript, list(suggestions[:_EXPLAINED]), norm_of_document(document))

    def saw(self, document_id: str, suggestions: Sequence[Suggestion]) -> None:
        """Note in the ledger, a moment later, that the coder was shown `suggestions`; any number of times."""
        for suggestion in suggestions:
            what = document_id, key_of(suggestion)
            if what not in self._noted:
                self._noted.add(what)
                self._to_note.setdefault(document_id, []).append(suggestion)

    def stop(self) -> None:
        """Let nothing go on that would keep the program from ending."""
        self._stop.set()

    def on_unmount(self) -> None:
        """The screen is left."""
        self.stop()
        if self._project is not None and self._to_note:
            _note(self._project, self._to_note)

    def _say(self, state: str) -> None:
        self.state = state
        self.post_message(self.StateChanged())

    def _rest(self) -> None:
        self._say(_("suggestions: learning") if self._learning else "")

    def _look(self) -> None:
        """Teach a new engine where enough was coded since; the one there is goes on meanwhile."""
        if self.engine is None or self._project is None or self._learnt is None or self._learning:
            return
        try:
            due = outgrown(self._project, self._learnt)
        except IpscodingError:
            return
        if due:
            self._learning = True
            self._rest()
            self._build(self._project, self._stop)

    def _write_down(self) -> None:
        if self._project is not None and self._to_note:
            pending, self._to_note = self._to_note, {}
            self._note(self._project, pending)

    @work(thread=True, group="ledger")
    def _note(self, project: Project, pending: dict[str, list[Suggestion]]) -> None:
        _note(project, pending)

    @work(thread=True, exclusive=True, group="engine")
    def _build(self, project: Project, stop: Event) -> None:
        def progress(share: float, _doing: str) -> None:
            self.post_message(self._Advanced(share))

        before = self.engine
        learnt = Lesson(0, 0)
        try:
            with project.reopen() as own:
                learnt = lesson(own)
                engine = taught_again(own, before, cancel=stop) if before is not None else None
                engine = engine or self._make(own, progress, stop)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - see the module's first words
            if before is not None:
                self.post_message(self._Built(None, learnt))
            else:
                why = str(error) if isinstance(error, IpscodingError) else type(error).__name__
                self.post_message(self.Failed(why))
        else:
            self.post_message(self._Built(engine, learnt))

    @work(thread=True, exclusive=True, group="read")
    def _read(self, engine: Engine, document: Document, transcript: Transcript, stop: Event) -> None:
        try:
            found = suggest_for(engine, document, transcript, cancel=stop)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - see the module's first words
            self.post_message(self.Failed(type(error).__name__))
        else:
            self.post_message(self.Found(document.id, list(found)))

    @work(thread=True, exclusive=True, group="explain")
    def _explain(self, engine: Engine, transcript: Transcript, suggestions: list[Suggestion], norm: str | None) -> None:
        try:
            why = [engine.explain(transcript, one, norm=norm) for one in suggestions]
        except Exception:  # noqa: BLE001 - see the module's first words
            return
        texts = {one.code: reasons_text(reasons, transcript) for one, reasons in zip(suggestions, why, strict=True)}
        self.post_message(self.Explained(texts, [word.span for word in why[0].words]))

    @on(_Advanced)
    def _advanced(self, message: _Advanced) -> None:
        message.stop()
        if self.engine is None:
            self._say(_("suggestions: loading {share}").format(share=percent(message.share, whole=True)))
        elif self._learning:
            self._say(_("suggestions: learning {share}").format(share=percent(message.share, whole=True)))

    @on(_Built)
    def _built(self, message: _Built) -> None:
        message.stop()
        self._learnt, self._learning = message.learnt, False
        self._rest()
        # where learning failed, the engine that there is stays, and is asked to learn again only after more work
        if message.engine is not None:
            self.engine = message.engine
            self.post_message(self.Ready())

    @on(Found)
    def _found(self) -> None:
        self._rest()

    @on(Failed)
    def _failed(self) -> None:
        self._say(_("no suggestions"))


def _note(project: Project, pending: dict[str, list[Suggestion]]) -> None:
    """Write what was shown into the project, by a connection of this thread's own; lost where that cannot be."""
    try:
        with project.reopen() as own:
            for document_id, suggestions in pending.items():
                note_shown(own, document_id, suggestions)
    except IpscodingError:
        return
