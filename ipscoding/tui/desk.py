"""What lies on a coder's desk: one project, one open interview, its codings and suggestions. Knows no widget."""

from collections.abc import Sequence

from ipscoding.domain import Codebook, Coding, Document, Span, Transcript, Valence
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _, language
from ipscoding.project import Project, codebooks, codings, decisions, documents, journal, settings
from ipscoding.project.decisions import Decision
from ipscoding.suggest import Suggestion
from ipscoding.suggest.of_project import still_open
from ipscoding.tui.colours import HUES, code_colours
from ipscoding.tui.marks import EMPTY, Ghost, Mark
from ipscoding.tui.suggesting import engine_name, key_of

RECENT = 9


class Desk:
    """The state that the coding screen shows; every act goes to the project at once and is read back from it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.document: Document | None = None
        self.transcript: Transcript = EMPTY
        self.codings: list[Coding] = []
        self.decisions: list[Decision] = []
        self.show_others = True
        self.show_weak = False
        self._suggested: Sequence[Suggestion] = ()
        self._open: list[Suggestion] | None = None
        self.refresh_project()

    # What is there

    def refresh_project(self) -> None:
        """Read again what belongs to the project as a whole."""
        self.codebook: Codebook = codebooks.load(self.project)
        self.colours = code_colours(self.codebook)
        self.documents = documents.all(self.project)
        self.blind_project = bool(settings.get(self.project, "blind", False))
        self._refresh_work()

    def _refresh_work(self) -> None:
        """Read again what a coder's own acts change; cheap enough for every key."""
        self.statuses = documents.statuses(self.project)
        self.counts = codings.counts(self.project)
        self.recent = codings.recent_codes(self.project, RECENT)
        self._open = None
        if self.document is not None:
            self.codings = codings.of_document(self.project, self.document.id)
            self.decisions = decisions.of_document(self.project, self.document.id)

    def refresh(self) -> None:
        """Read again everything that other people, or the last act, may have changed."""
        self.refresh_project()
        if self.document is not None:
            now = next((document for document in self.documents if document.id == self.document.id), None)
            if now is None:
                self.close()
            elif now.text_sha256 != self.document.text_sha256:
                self.open(now.id)
            else:
                self.document = now

    def open(self, document_id: str) -> None:
        """Lay an interview on the desk. Raises `NotFound`."""
        document = documents.find(self.project, document_id)
        self.transcript = documents.transcript(self.project, document.id)
        self.document = document
        self._suggested = ()
        self._refresh_work()

    def close(self) -> None:
        """Leave the desk empty."""
        self.document, self.transcript = None, EMPTY
        self.codings, self.decisions, self._suggested, self._open = [], [], (), None

    def status(self, document_id: str) -> str:
        """This coder's status of a document; empty where it is not started."""
        return self.statuses.get((document_id, self.project.coder), "")

    @property
    def blind(self) -> bool:
        """Whether suggestions and others' codings are hidden because this coder is not done with the interview."""
        return self.blind_project and self.document is not None and self.status(self.document.id) != "done"

    def mine(self, coding: Coding) -> bool:
        """Whether the coding is this coder's."""
        return coding.coder == self.project.coder

    @property
    def shown(self) -> list[Coding]:
        """The codings that may be seen now."""
        everyone = self.show_others and not self.blind
        return [coding for coding in self.codings if everyone or self.mine(coding)]

    def at(self, span: Span) -> list[Coding]:
        """The codings that can be seen on `span`, the shortest first."""
        return sorted((c for c in self.shown if c.span.overlaps(span)), key=lambda c: (len(c.span), c.span, c.id))

    def name(self, code_id: str) -> str:
        """A code's name in the language in use."""
        code = self.codebook.by_id.get(code_id)
        return code.name(language()) if code else code_id

    def above(self, code_id: str) -> str:
        """The names of what stands above a code in the codebook."""
        return " › ".join(code.name(language()) for code in self.codebook.path(code_id)[:-1])

    def marks(self) -> list[Mark]:
        """The codings as the view draws them; another coder's bear that coder's name."""
        return [
            Mark(
                coding.id,
                coding.span,
                self.name(coding.code) if self.mine(coding) else f"{coding.coder}: {self.name(coding.code)}",
                self.colours.get(coding.code, HUES[0]),
                coding.valence,
                coding.code,
            )
            for coding in self.shown
        ]

    # Suggestions

    def take_suggestions(self, document_id: str, suggested: Sequence[Suggestion]) -> bool:
        """Keep what the engine found, if its document still lies here."""
        if self.document is None or self.document.id != document_id:
            return False
        self._suggested, self._open = suggested, None
        return True

    def suggestions(self) -> list[Suggestion]:
        """The open suggestions by place, the best of each place first; none where the coder is blind to them."""
        if self.blind:
            return []
        if self._open is None:
            found = still_open(self._suggested, self.codings, self.decisions, self.project.coder)
            self._open = [one for one in found if self.show_weak or one.band != "weak"]
        return self._open

    def turn_weak(self) -> bool:
        """Show or hide suggestions that are more often wrong than right; gives whether they are shown now."""
        self.show_weak, self._open = not self.show_weak, None
        return self.show_weak

    def suggestions_at(self, span: Span) -> list[Suggestion]:
        """The open suggestions on `span`, best first."""
        return sorted((s for s in self.suggestions() if s.span.overlaps(span)), key=lambda s: -s.score)

    def ghosts(self) -> list[Ghost]:
        """The suggestions as the view draws them: one for each place."""
        by_span: dict[Span, list[Suggestion]] = {}
        for suggestion in self.suggestions():
            by_span.setdefault(suggestion.span, []).append(suggestion)
        return [
            Ghost(key_of(found[0]), span, self.name(found[0].code), Valence(found[0].valence), len(found) - 1)
            for span, found in by_span.items()
        ]

    # Acts

    def _place(self) -> str:
        if self.document is None:
            raise IpscodingError(_("No interview is open"), _("Choose one in the list of interviews (d)"))
        return self.document.id

    def add(self, span: Span, code_id: str, valence: Valence) -> Coding:
        """Code `span`; where this coder has given it this code already, that coding gets the valence."""
        place = self._place()
        wanted = codings.trimmed(self.transcript.text, span)
        twin = next((c for c in self.codings if self.mine(c) and c.span == wanted and c.code == code_id), None)
        if twin is not None and twin.valence != valence:
            made = codings.change(self.project, twin.id, valence=valence)
        else:
            made = codings.add(self.project, place, span, code_id, valence)
        self._refresh_work()
        return made

    def change(
        self,
        coding: Coding,
        *,
        code: str | None = None,
        valence: Valence | None = None,
        span: Span | None = None,
        memo: str | None = None,
    ) -> Coding:
        """Change what is given of a coding."""
        changed = codings.change(self.project, coding.id, code=code, valence=valence, span=span, memo=memo)
        self._refresh_work()
        return changed

    def remove(self, coding: Coding) -> None:
        """Take a coding away."""
        codings.remove(self.project, coding.id)
        self._refresh_work()

    def accept(self, suggestion: Suggestion) -> Coding:
        """Make the suggested coding, with the valence the engine saw where the code allows it."""
        code = self.codebook.by_id.get(suggestion.code)
        valence = Valence(suggestion.valence)
        if code is not None and not code.allows(valence):
            valence = Valence.NONE
        made = decisions.accept(
            self.project,
            self._place(),
            suggestion.span,
            suggestion.code,
            valence,
            score=suggestion.score,
            engine=engine_name(),
        )
        self._refresh_work()
        return made

    def reject(self, suggestion: Suggestion) -> None:
        """Note that this code does not belong here."""
        decisions.reject(
            self.project,
            self._place(),
            suggestion.span,
            suggestion.code,
            score=suggestion.score,
            engine=engine_name(),
        )
        self._refresh_work()

    def turn_status(self) -> str:
        """Mark the interview done, or not done any more; gives the new status."""
        place = self._place()
        status = "coding" if self.status(place) == "done" else "done"
        documents.set_status(self.project, place, status)
        self._refresh_work()
        return status

    def turn_blind(self) -> bool:
        """Turn blind coding on or off for the whole project; gives what it is now."""
        settings.set(self.project, "blind", not self.blind_project)
        self.refresh()
        return self.blind_project

    def next_undo(self) -> journal.Entry | None:
        """The act that undo would take back."""
        for entry in journal.history(self.project, limit=None, coder=self.project.coder):
            if entry.kind == "do" and not entry.undone:
                return entry
        return None

    def undo(self) -> journal.Step | None:
        """Take back this coder's last act. Raises `UndoBlocked`."""
        step = journal.undo(self.project)
        self.refresh()
        return step

    def redo(self) -> journal.Step | None:
        """Do again what was taken back last."""
        step = journal.redo(self.project)
        self.refresh()
        return step
