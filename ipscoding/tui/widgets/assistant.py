"""The suggestion engine beside the screen: started, asked and explained in threads, speaking in messages only.

Nothing of it is painted. Whatever goes wrong in it costs the suggestions, never the screen of somebody at work.
"""

from collections.abc import Callable, Sequence
from threading import Event

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from ipscoding.domain import Transcript
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _
from ipscoding.project import Project
from ipscoding.suggest import Cancelled, Engine, Suggestion
from ipscoding.suggest.of_project import engine_of
from ipscoding.tui.suggesting import reasons_text

_EXPLAINED = 3

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
        """The engine can be asked."""

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
        """Why codes were suggested, by their readable ids."""

        def __init__(self, reasons: dict[str, str]) -> None:
            super().__init__()
            self.reasons = reasons

    class _Advanced(Message):
        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Assistant._Advanced)

    class _Built(Message):
        def __init__(self, engine: Engine) -> None:
            super().__init__()
            self.engine = engine

    def __init__(self, make: MakeEngine = make_engine) -> None:
        super().__init__()
        self.engine: Engine | None = None
        self.state = ""
        self._make = make
        self._stop = Event()

    def start(self, project: Project) -> None:
        """Build the engine for `project`, anew where there is one; `Ready` follows."""
        self.stop()
        self._stop, self.engine = Event(), None
        self._say(_("suggestions: loading"))
        self._build(project, self._stop)

    def ask(self, document_id: str, transcript: Transcript) -> None:
        """Go through a transcript, if the engine is there; `Found` follows."""
        if self.engine is not None:
            self._say(_("suggestions: reading"))
            self._read(self.engine, document_id, transcript, self._stop)

    def why(self, transcript: Transcript, suggestions: Sequence[Suggestion]) -> None:
        """Explain the first few `suggestions`; `Explained` follows."""
        if self.engine is not None and suggestions:
            self._explain(self.engine, transcript, list(suggestions[:_EXPLAINED]))

    def stop(self) -> None:
        """Let nothing go on that would keep the program from ending."""
        self._stop.set()

    def on_unmount(self) -> None:
        """The screen is left."""
        self.stop()

    def _say(self, state: str) -> None:
        self.state = state
        self.post_message(self.StateChanged())

    @work(thread=True, exclusive=True, group="engine")
    def _build(self, project: Project, stop: Event) -> None:
        def progress(share: float, _doing: str) -> None:
            self.post_message(self._Advanced(share))

        try:
            with project.reopen() as own:
                engine = self._make(own, progress, stop)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - see the module's first words
            self.post_message(self.Failed(str(error) if isinstance(error, IpscodingError) else type(error).__name__))
        else:
            self.post_message(self._Built(engine))

    @work(thread=True, exclusive=True, group="read")
    def _read(self, engine: Engine, document_id: str, transcript: Transcript, stop: Event) -> None:
        try:
            found = engine.suggest(transcript, cancel=stop)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - see the module's first words
            self.post_message(self.Failed(type(error).__name__))
        else:
            self.post_message(self.Found(document_id, list(found)))

    @work(thread=True, exclusive=True, group="explain")
    def _explain(self, engine: Engine, transcript: Transcript, suggestions: list[Suggestion]) -> None:
        try:
            reasons = {one.code: reasons_text(engine.explain(transcript, one), transcript) for one in suggestions}
        except Exception:  # noqa: BLE001 - see the module's first words
            return
        self.post_message(self.Explained(reasons))

    @on(_Advanced)
    def _advanced(self, message: _Advanced) -> None:
        message.stop()
        if self.engine is None:
            self._say(_("suggestions: loading {share:.0%}").format(share=message.share))

    @on(_Built)
    def _built(self, message: _Built) -> None:
        message.stop()
        self.engine = message.engine
        self._say("")
        self.post_message(self.Ready())

    @on(Found)
    def _found(self) -> None:
        self._say("")

    @on(Failed)
    def _failed(self) -> None:
        self._say(_("no suggestions"))
