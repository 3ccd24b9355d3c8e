"""Looking over the whole project with the engine: more like this, what it is least sure of, what was missed.

Only what this coder may see is looked at: where blind mode hides suggestions, an interview is passed over.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log2, sqrt
from typing import TYPE_CHECKING

from ipscoding.domain import Coding, Document, Span, Transcript
from ipscoding.i18n import _
from ipscoding.project import Project, codebooks, codings, decisions, documents
from ipscoding.suggest.engine import Engine
from ipscoding.suggest.features import read
from ipscoding.suggest.of_project import is_blind, norm_of_document, still_open, suggest_for
from ipscoding.suggest.stop import Flag, Progress, check

if TYPE_CHECKING:
    from ipscoding.suggest.space import Vector

MOST = 20
"""So many passages are found unless more are asked for."""

_LOOKED_AT = 3
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found, with the code that it might get.

    `score` is from 0 to 1: how alike an excerpt is, or how often such a suggestion is right. `coded` are the codes that
    codings this coder may see give to some of it.
    """

    document: Document
    transcript: Transcript
    span: Span
    code: str
    score: float
    coded: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is said."""
        return self.span.of(self.transcript.text)


@dataclass(frozen=True)
class _Open:
    """An interview that this coder may see suggestions for, with the codings in it."""

    document: Document
    transcript: Transcript
    codings: Sequence[Coding]

    def sentences(self) -> Iterator[Span]:
        return (span for _index, span in self.transcript.informant_sentences())

    def found(self, span: Span, code: str, score: float) -> Passage:
        coded = tuple(dict.fromkeys(coding.code for coding in self.codings if coding.span.overlaps(span)))
        return Passage(self.document, self.transcript, span, code, score, coded)

    def has(self, span: Span, code: str) -> bool:
        """Whether somebody has given `code` to some of `span`."""
        return any(coding.code == code and coding.span.overlaps(span) for coding in self.codings)


def like_code(
    project: Project,
    engine: Engine,
    code_id: str,
    *,
    most: int = MOST,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> list[Passage]:
    """The informants' sentences that are likeliest to get a code and do not have it yet, the likeliest first.

    Raises:
        NotFound: there is no such code.
        NotAllowed: it is a domain, or retired.
        Cancelled: `cancel` was set.
    """
    codings.check_usable(codebooks.find(project, code_id))

    def look(one: _Open) -> Iterator[Passage]:
        for span in one.sentences():
            if not one.has(span, code_id):
                score = dict(_ranked(engine, one.document, one.transcript, span)).get(code_id, 0.0)
                if score > 0:
                    yield one.found(span, code_id, score)

    return _best(_look(project, look, progress, cancel), most)


def like_coding(
    project: Project,
    engine: Engine,
    coding_id: str,
    *,
    most: int = MOST,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> list[Passage]:
    """The passages without this coding's code that are most like its text, the most alike first.

    Passages are runs of as many sentences of a turn as the coding has (three at most); of those that overlap only the
    most alike is given. The score is the mean of two cosines: of words and letters, and of the scores for all codes.

    Raises:
        NotFound: there is no single such coding.
        Cancelled: `cancel` was set.
    """
    coding = codings.get(project, coding_id)
    document = documents.find(project, coding.document_id)
    transcript = documents.transcript(project, document.id)
    length = min(max(len(transcript.sentences_in(coding.span)), 1), _LONGEST)
    wanted = _Likeness.of(engine, document, transcript, coding.span)

    def look(one: _Open) -> Iterator[Passage]:
        for span in _runs(one.transcript, length):
            if not one.has(span, coding.code):
                score = wanted.to(_Likeness.of(engine, one.document, one.transcript, span))
                if score > 0:
                    yield one.found(span, coding.code, score)

    return _apart(_best(_look(project, look, progress, cancel), None), most)


def uncertain(
    project: Project,
    engine: Engine,
    *,
    most: int = MOST,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> list[Passage]:
    """The informants' sentences that would teach the engine most, that one first; `code` is its first suggestion.

    A sentence teaches as much as is not known of its first three suggestions: the sum of their entropies (in bits),
    each being right with its score. Sentences that this coder has coded, or decided on, are left out.

    Raises:
        Cancelled: `cancel` was set.
    """
    unsure: dict[tuple[str, Span], float] = {}

    def look(one: _Open) -> Iterator[Passage]:
        decided = {d.span for d in decisions.of_document(project, one.document.id) if d.coder == project.coder}
        own = [coding.span for coding in one.codings if coding.coder == project.coder]
        for span in one.sentences():
            if any(other.overlaps(span) for other in (*own, *decided)):
                continue
            ranked = _ranked(engine, one.document, one.transcript, span)[:_LOOKED_AT]
            if ranked:
                unsure[one.document.id, span] = sum(map(_entropy, (score for _code, score in ranked)))
                yield one.found(span, *ranked[0])

    found = _look(project, look, progress, cancel)
    return sorted(found, key=lambda one: -unsure[one.document.id, one.span])[:most]


def missed(
    project: Project,
    engine: Engine,
    *,
    most: int | None = None,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> list[Passage]:
    """Strong suggestions that this coder has not taken up in interviews that they marked done, the surest first.

    What the coder has coded so, or decided on, is left out.

    Raises:
        Cancelled: `cancel` was set.
    """
    statuses = documents.statuses(project)

    def look(one: _Open) -> Iterator[Passage]:
        if statuses.get((one.document.id, project.coder)) != "done":
            return
        strong = [s for s in suggest_for(engine, one.document, one.transcript, cancel=cancel) if s.band == "strong"]
        decided = decisions.of_document(project, one.document.id)
        for suggestion in still_open(strong, one.codings, decided, project.coder):
            yield one.found(suggestion.span, suggestion.code, suggestion.score)

    return _best(_look(project, look, progress, cancel), most)


def hidden(project: Project) -> int:
    """How many interviews are passed over since blind mode hides suggestions in them from this coder."""
    return sum(is_blind(project, document.id) for document in documents.all(project))


def _look(
    project: Project,
    look: Callable[[_Open], Iterator[Passage]],
    progress: Progress | None,
    cancel: Flag | None,
) -> list[Passage]:
    """What `look` finds in each interview that this coder may see suggestions for, by interview and place."""
    found: list[Passage] = []
    chosen = documents.all(project)
    for number, document in enumerate(chosen, start=1):
        check(cancel)
        if not is_blind(project, document.id):
            transcript = documents.transcript(project, document.id)
            found += look(_Open(document, transcript, codings.of_document(project, document.id)))
        if progress is not None:
            progress(number / len(chosen), _("Looking through interviews"))
    return found


def _best(found: Sequence[Passage], most: int | None) -> list[Passage]:
    return sorted(found, key=lambda passage: -passage.score)[:most]


def _apart(found: Sequence[Passage], most: int) -> list[Passage]:
    """The first `most` passages that do not overlap one before them."""
    kept: list[Passage] = []
    taken: dict[str, list[Span]] = {}
    for passage in found:
        spans = taken.setdefault(passage.document.id, [])
        if len(kept) < most and not any(span.overlaps(passage.span) for span in spans):
            spans.append(passage.span)
            kept.append(passage)
    return kept


def _runs(transcript: Transcript, length: int) -> Iterator[Span]:
    """Every run of so many sentences in a turn of an informant; whole turns that have fewer."""
    for turn in transcript.informant_turns():
        held = [transcript.sentences[index] for index in transcript.sentences_in(turn.speech)]
        for first in range(max(len(held) - length + 1, min(len(held), 1))):
            yield Span(held[first].start, held[min(first + length, len(held)) - 1].end)


def _ranked(engine: Engine, document: Document, transcript: Transcript, span: Span) -> list[tuple[str, float]]:
    return engine.rank_at(transcript, span, norm=norm_of_document(document), role=document.role)


def _entropy(score: float) -> float:
    """How much is not known of something that is true with probability `score`, in bits."""
    return 0.0 if not 0 < score < 1 else -score * log2(score) - (1 - score) * log2(1 - score)


@dataclass(frozen=True)
class _Likeness:
    """What is compared of a passage: the engine's vector of its words and letters, and the scores of all codes.

    People say one thing in many words: among development interviews the passage most like another one had a code of it
    in 8 % by words and letters alone, in 33 % by the scores, and by both.
    """

    vector: "Vector"
    scores: dict[str, float]

    @classmethod
    def of(cls, engine: Engine, document: Document, transcript: Transcript, span: Span) -> "_Likeness":
        text = span.of(transcript.text)
        vector = engine.trained.space.vector(read(text, norm_of_document(document) or ""), text)
        return cls(vector, dict(_ranked(engine, document, transcript, span)))

    def to(self, other: "_Likeness") -> float:
        """How alike the two are, from 0 to 1."""
        import numpy as np

        _shared, mine, theirs = np.intersect1d(
            self.vector.indices, other.vector.indices, assume_unique=True, return_indices=True
        )
        words = float(self.vector.values[mine] @ other.vector.values[theirs])
        codes = sum(score * other.scores.get(code, 0.0) for code, score in self.scores.items())
        return (_cosine(words, self.length, other.length) + _cosine(codes, self.size, other.size)) / 2

    @property
    def length(self) -> float:
        """The length of the vector."""
        return sqrt(float(self.vector.values @ self.vector.values))

    @property
    def size(self) -> float:
        """The length of the scores as a vector."""
        return sqrt(sum(score * score for score in self.scores.values()))


def _cosine(product: float, one: float, other: float) -> float:
    return product / (one * other) if one and other else 0.0
