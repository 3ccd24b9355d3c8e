"""A passage in its place: what the informant says around it, and the interviewer's question, as weaker evidence.

People stay with a subject for some sentences, and a question names it in plainer words than the answer does. Each
sentence around a passage counts with a weight of its own, so that all evidence together is still one sum.
"""

from ipscoding.domain import Span, Transcript
from ipscoding.language.norm import norm_of
from ipscoding.suggest.features import read
from ipscoding.suggest.space import Heard, Space

# Chosen by conditional logistic regression on development interviews; docs/suggestions.md has the figures.
_BEFORE = (0.5, 0.22, 0.22)
_AFTER = (0.33, 0.2, 0.2)
_QUESTION = 0.4
_MOST_OF_QUESTION = 3


class Reading:
    """One interview as the engine reads it, each sentence when it is first needed."""

    def __init__(self, space: Space, transcript: Transcript, norm: str | None = None) -> None:
        self.transcript = transcript
        self._space = space
        self._norm = norm
        self._norms: dict[str, str] | None = None
        self._sentences: dict[int, Heard] = {}
        self._passages: dict[Span, Heard] = {}

    def is_of(self, transcript: Transcript) -> bool:
        """Whether this is the reading of `transcript`, or of one just like it."""
        if self.transcript is not transcript and self.transcript == transcript:
            self.transcript = transcript
        return self.transcript is transcript

    def norm_at(self, offset: int) -> str:
        """The norm of who speaks at `offset`: the interview's where given, else found from all the speaker says."""
        if self._norm is not None:
            return self._norm
        if self._norms is None:
            speech: dict[str, list[str]] = {}
            for turn in self.transcript.turns:
                speech.setdefault(turn.speaker, []).append(turn.speech.of(self.transcript.text))
            self._norms = {speaker: norm_of("\n".join(said)) for speaker, said in speech.items()}
        at = self.transcript.turn_at(offset)
        return self._norms.get(at.speaker, "nb") if at is not None else "nb"

    def sentence(self, index: int) -> Heard:
        """The sentence with that index."""
        if index not in self._sentences:
            self._sentences[index] = self._hear(self.transcript.sentences[index])
        return self._sentences[index]

    def passage(self, span: Span) -> Heard:
        """Any stretch, taken as one unit."""
        inside = self.transcript.sentences_in(span)
        if len(inside) == 1 and self.transcript.sentences[inside[0]] == span:
            return self.sentence(inside[0])
        if span not in self._passages:
            self._passages[span] = self._hear(span)
        return self._passages[span]

    def _hear(self, span: Span) -> Heard:
        text = span.of(self.transcript.text)
        return self._space.hear(read(text, self.norm_at(span.start)), text)

    def around(self, span: Span) -> list[tuple[int, float]]:
        """The sentences that throw light on `span`, each with its weight: neighbours in the turn, and the question."""
        said = self.transcript
        inside = said.sentences_in(span)
        turn = said.turn_at(span.start)
        if not inside or turn is None:
            return []
        first, last = inside[0], inside[-1]
        here = set(said.sentences_in(turn.speech))
        found = [(first - away, weight) for away, weight in enumerate(_BEFORE, 1) if first - away in here]
        found += [(last + away, weight) for away, weight in enumerate(_AFTER, 1) if last + away in here]
        before = said.turns[turn.number - 2] if turn.number > 1 else None
        if before is not None and before.interviewer and not turn.interviewer:
            question = said.sentences_in(before.speech)
            found += [(index, _QUESTION) for index in question[-_MOST_OF_QUESTION:]]
        return found
