"""How things stand for a coder: one project, one open interview, its codings and suggestions. Knows no widget."""

from collections.abc import Mapping, Sequence

from ipscoding.domain import Codebook, Coding, Document, Span, Transcript, Valence
from ipscoding.i18n import language
from ipscoding.project import (
    Project,
    blind,
    bookmarks,
    codebooks,
    codings,
    decisions,
    documents,
    journal,
    memos,
    settings,
    shortcuts,
)
from ipscoding.project.bookmarks import Bookmark
from ipscoding.project.decisions import Decision
from ipscoding.project.live import LiveCodings
from ipscoding.project.memos import Memo
from ipscoding.suggest import Suggestion
from ipscoding.suggest.of_project import is_blind, still_open
from ipscoding.suggest.suggestion import THRESHOLD
from ipscoding.tui.colours import code_colours
from ipscoding.tui.drawn import Drawn
from ipscoding.tui.marks import EMPTY, Ghost, Mark
from ipscoding.tui.stripes import StripeFilter
from ipscoding.tui.suggesting import key_of

RECENT = 9

LEVELS = tuple(sorted({0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, THRESHOLD}))
"""The scores from which suggestions can be shown; a score says how often such a suggestion is right."""
_FIRST_LEVEL = LEVELS.index(THRESHOLD)


class Standing:
    """What the coding screen shows, as it was last read from the project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._seen, _ever = journal.changed_since(project, 0)
        self.codebook: Codebook = codebooks.load(project)
        self.colours = code_colours(self.codebook)
        self.documents = documents.all(project)
        self.document: Document | None = None
        self.is_read = True
        """Whether what was done in the interview is known, and not only its text."""
        self.blind = False
        self._hidden: Mapping[str, frozenset[str]] = {}
        self.transcript: Transcript = EMPTY
        self.codings: list[Coding] = []
        self.decisions: list[Decision] = []
        self._notes: list[Memo] = []
        self.show_others = True
        self.level = _FIRST_LEVEL
        self.stripes = StripeFilter()
        self._drawn = Drawn()
        self._suggested: Sequence[Suggestion] = ()
        self.learnt_from = 0
        """How many codings the engine that suggests has learnt from."""
        self._open: list[Suggestion] | None = None
        self._recent: list[str] | None = None
        self.refresh_project()

    # What is there

    def refresh_project(self) -> None:
        """Read again what belongs to the project as a whole."""
        self._seen, changed = journal.changed_since(self.project, self._seen)
        if changed & {"code", "project"}:
            self.codebook = codebooks.load(self.project)
            self.colours = code_colours(self.codebook)
        if changed & {"document", "informant"}:
            self.documents = documents.all(self.project)
        self._recent = None
        self.blind_project = bool(settings.get(self.project, "blind", False))
        self.read_work()

    def read_work(self) -> None:
        """Read again what a coder's own acts change; cheap enough for every key."""
        self.statuses = documents.statuses(self.project)
        self.counts = codings.counts(self.project)
        self.bound = shortcuts.of(self.project, self.codebook)
        self.bookmarks = bookmarks.all(self.project)
        self._hidden = blind.hidden(self.project) if self.blind_project else {}
        self._open = None
        if self.document is not None:
            self.blind = is_blind(self.project, self.document.id)
            self.codings = self._live.read()
            self.decisions = decisions.of_document(self.project, self.document.id)
            self.is_read = True

    @property
    def done_so_far(self) -> int:
        """How far the project's journal has come: the same number as long as nobody has done anything."""
        return journal.changed_since(self.project, self._seen)[0]

    def _used(self, *code_ids: str) -> None:
        """Remember that these codes were used just now, the first of them last."""
        self._recent = list(dict.fromkeys([*code_ids, *self.recent]))[:RECENT]

    @property
    def recent(self) -> list[str]:
        """The codes this coder used last, latest first."""
        if self._recent is None:
            self._recent = codings.recent_codes(self.project, RECENT)
        return self._recent

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
                self._notes = memos.on_passages(self.project, now.id)

    def open(self, document_id: str) -> None:
        """Lay an interview on the desk, with what was done in it. Raises `NotFound`."""
        self.lay(document_id)
        self.read_work()

    def lay(self, document_id: str) -> None:
        """Lay the bare text of an interview on the desk. Raises `NotFound`."""
        document = documents.find(self.project, document_id)
        self.transcript = documents.transcript(self.project, document.id)
        self.document = document
        self._live = LiveCodings(self.project, document.id)
        self._notes = memos.on_passages(self.project, document.id)
        self.codings, self.decisions, self._suggested, self._open = [], [], (), None
        self.is_read = False

    def text_of(self, document_id: str) -> str:
        """The text of any interview. Raises `NotFound`."""
        return documents.text(self.project, document_id)

    def transcript_of(self, document_id: str) -> Transcript:
        """Any interview. Raises `NotFound`."""
        return documents.transcript(self.project, document_id)

    def close(self) -> None:
        """Leave the desk empty."""
        self.document, self.transcript, self.blind = None, EMPTY, False
        self.codings, self.decisions, self._suggested, self._open = [], [], (), None

    def status(self, document_id: str) -> str:
        """This coder's status of a document; empty where it is not started."""
        return self.statuses.get((document_id, self.project.coder), "")

    @property
    def digits(self) -> dict[int, str]:
        """The code behind each digit: those the coder bound, and on the free ones the codes used last."""
        unbound = iter([code_id for code_id in self.recent if code_id not in self.bound.values()])
        found = {digit: self.bound.get(digit) or next(unbound, "") for digit in shortcuts.DIGITS}
        return {digit: code_id for digit, code_id in found.items() if code_id}

    @property
    def often(self) -> list[str]:
        """The codes used last, latest first, then the others from the most used on."""
        used = sorted(self.counts, key=lambda code_id: -self.counts[code_id])
        return list(dict.fromkeys([*self.recent, *used]))

    @property
    def bookmarks_here(self) -> list[Bookmark]:
        """This coder's bookmarks in the open interview, by place."""
        here = self.document.id if self.document is not None else ""
        return [mark for mark in self.bookmarks if mark.document_id == here]

    @property
    def notes(self) -> list[Memo]:
        """The memos on passages of the open interview that may be seen, by place."""
        here = self.document.id if self.document is not None else ""
        return [memo for memo in self._notes if self.may_see(here, memo.coder)] if here else []

    def notes_at(self, span: Span) -> list[Memo]:
        """The memos on passages that share something with `span`."""
        return [memo for memo in self.notes if (memo.start or 0) < span.end and span.start < (memo.end or 0)]

    def may_see(self, document_id: str, coder: str) -> bool:
        """Whether what a coder did in an interview may be seen, or is kept back by blind coding."""
        return coder not in self._hidden.get(document_id, ())

    def mine(self, coding: Coding) -> bool:
        """Whether the coding is this coder's."""
        return coding.coder == self.project.coder

    @property
    def shown(self) -> list[Coding]:
        """The codings that may be seen now."""
        seen = self.codings
        if kept := self._hidden.get(self.document.id if self.document else ""):
            seen = [coding for coding in seen if coding.coder not in kept]
        return self._drawn.take(seen, self.project.coder, everyone=self.show_others)

    def at(self, span: Span) -> list[Coding]:
        """The codings that can be seen on `span`, the shortest first."""
        return self._drawn.at(span) if self.shown else []

    def name(self, code_id: str) -> str:
        """A code's name in the language in use."""
        code = self.codebook.by_id.get(code_id)
        return code.name(language()) if code else code_id

    def above(self, code_id: str) -> str:
        """The names of what stands above a code in the codebook."""
        return " › ".join(code.name(language()) for code in self.codebook.path(code_id)[:-1])

    def marks(self) -> list[Mark]:
        """The codings as the view draws them; another coder's bear that coder's name."""
        return self._drawn.marks(self.codebook, self.colours, self.project.coder, self.stripes) if self.shown else []

    # Suggestions

    def take_suggestions(self, document_id: str, suggested: Sequence[Suggestion], learnt_from: int = 0) -> bool:
        """Keep what the engine found, if its document still lies here; it has learnt from so many codings."""
        if self.document is None or self.document.id != document_id:
            return False
        self._suggested, self._open, self.learnt_from = suggested, None, learnt_from
        return True

    def suggestions(self) -> list[Suggestion]:
        """The open suggestions by place, the best of each place first; none where the coder is blind to them."""
        if self.blind or not self._suggested:
            return []
        if self._open is None:
            found = still_open(self._suggested, self.codings, self.decisions, self.project.coder)
            usable = {code.id for code in self.codebook.active()}
            self._open = [one for one in found if one.score >= self.threshold and one.code in usable]
        return self._open

    @property
    def threshold(self) -> float:
        """The score from which suggestions are shown."""
        return LEVELS[self.level]

    def move_threshold(self, by: int) -> float:
        """Show fewer and surer suggestions (1) or more of them (-1); gives the new threshold."""
        self.level = min(max(self.level + by, 0), len(LEVELS) - 1)
        self._open = None
        return self.threshold

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
