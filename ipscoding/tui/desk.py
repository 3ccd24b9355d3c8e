"""What a coder does at the desk; every act goes to the project at once and is read back from it. Knows no widget."""

from collections.abc import Sequence

from ipscoding.domain import Coding, Span, Valence
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _
from ipscoding.project import (
    bookmarks,
    codings,
    decisions,
    documents,
    journal,
    memos,
    recoding,
    settings,
    shortcuts,
)
from ipscoding.suggest import Suggestion
from ipscoding.suggest.of_project import engine_name
from ipscoding.tui.standing import Standing


class Desk(Standing):
    """The project as it stands, and a coder's acts on it."""

    def _place(self) -> str:
        if self.document is None:
            raise IpscodingError(_("No interview is open"), _("Choose one in the list of interviews (d)"))
        # a place in the text that lies here is another passage in a text that somebody has put in its stead just now
        if documents.find(self.project, self.document.id).text_sha256 != self.document.text_sha256:
            raise IpscodingError(
                _("{interview} has just got another text").format(interview=self.document.name),
                _("Nothing was changed; choose the passage again in the new text"),
            )
        return self.document.id

    def add(self, span: Span, code_id: str, valence: Valence) -> Coding:
        """Code `span`; where this coder has given it this code already, that coding gets the valence."""
        place = self._place()
        wanted = codings.trimmed(self.transcript.text, span)
        twin = next((c for c in self.at(wanted) if c.code == code_id and c.span == wanted and self.mine(c)), None)
        if twin is not None and twin.valence != valence:
            made = codings.change(self.project, twin.id, valence=valence)
        else:
            made = codings.add(self.project, place, span, code_id, valence)
        self._used(code_id)
        self.read_work()
        return made

    def add_several(self, span: Span, chosen: Sequence[tuple[str, Valence]]) -> list[Coding]:
        """Code `span` with several codes, each with its valence, as one act."""
        made = recoding.add_several(self.project, self._place(), span, chosen)
        self._used(*(code_id for code_id, _valence in chosen))
        self.read_work()
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
        if span is not None:
            self._place()
        changed = codings.change(self.project, coding.id, code=code, valence=valence, span=span, memo=memo)
        self.read_work()
        return changed

    def turn_strength(self, coding: Coding) -> Coding:
        """Give a coding the next strength: none, 1, 2, none."""
        strength = {None: 1, 1: 2}.get(coding.strength)
        changed = codings.change(self.project, coding.id, strength=strength)
        self.read_work()
        return changed

    def split(self, coding: Coding, at: int) -> tuple[Coding, Coding]:
        """Cut a coding in two at offset `at`."""
        self._place()
        parts = recoding.split(self.project, coding.id, at)
        self.read_work()
        return parts

    def unite(self, coding: Coding, other: Coding) -> Coding:
        """Make one coding of two."""
        whole = recoding.unite(self.project, coding.id, other.id)
        self.read_work()
        return whole

    def neighbour(self, coding: Coding) -> Coding | None:
        """The nearest coding of the same code and coder that overlaps `coding`, or has only white space between."""
        text, best = self.transcript.text, None
        for other in self.codings:
            if other.id == coding.id or (other.code, other.coder) != (coding.code, coding.coder):
                continue
            first, last = sorted((coding.span, other.span))
            if not text[first.end : last.start].strip():
                gap = last.start - first.end
                best = min(best or (gap, other), (gap, other), key=lambda found: found[0])
        return best[1] if best else None

    def memo(self, target: str) -> str:
        """This coder's memo on a document, a code or the project."""
        own = (memo.text for memo in memos.of(self.project, target) if memo.coder == self.project.coder)
        return next(own, "")

    def write_memo(self, target: str, text: str) -> None:
        """Write this coder's memo on a document, a code or the project."""
        document = target if self.document is not None and target == self.document.id else None
        memos.put(self.project, target, text, document=document)
        self.read_work()

    def bind(self, digit: int, code_id: str | None) -> None:
        """Put a code on a digit; None frees the digit."""
        shortcuts.bind(self.project, digit, code_id)
        self.read_work()

    def turn_bookmark(self, offset: int) -> bool:
        """Set a bookmark at `offset`, or take it away; whether there is one now."""
        there = bookmarks.toggle(self.project, self._place(), offset)
        self.read_work()
        return there

    def note_bookmark(self, offset: int, note: str) -> None:
        """Give the bookmark at `offset` a note; where there is none, set one."""
        bookmarks.put(self.project, self._place(), offset, note)
        self.read_work()

    def remove(self, coding: Coding) -> None:
        """Take a coding away."""
        codings.remove(self.project, coding.id)
        self.read_work()

    def accept(self, suggestion: Suggestion, *, code: str = "", valence: Valence | None = None) -> Coding:
        """Make the suggested coding, or one with another code or valence; both are noted.

        Without a `valence`, it is the one that the engine saw, where the code allows it.
        """
        chosen = code or suggestion.code
        if valence is None:
            known = self.codebook.by_id.get(chosen)
            valence = Valence(suggestion.valence)
            if known is not None and not known.allows(valence):
                valence = Valence.NONE
        made = decisions.accept(
            self.project,
            self._place(),
            suggestion.span,
            chosen,
            valence,
            score=suggestion.score,
            engine=engine_name(),
            suggested=suggestion.code,
        )
        self._used(chosen)
        self.read_work()
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
        self.read_work()

    def set_status(self, status: str) -> None:
        """Say how far this coder has come with the interview: one of `documents.CHOICES`."""
        documents.set_status(self.project, self._place(), status)
        self.read_work()

    def turn_blind(self) -> bool:
        """Turn blind coding on or off for the whole project; gives what it is now."""
        settings.set(self.project, "blind", not self.blind_project)
        self.refresh()
        return self.blind_project

    def next_undo(self) -> journal.Entry | None:
        """The act that undo would take back."""
        return journal.next_undo(self.project)

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
