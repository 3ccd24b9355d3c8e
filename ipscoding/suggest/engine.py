"""The engine: from a codebook and its phrase bank to suggestions for the sentences of an interview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from ipscoding.domain import Code, Codebook, Span, Transcript, Valence
from ipscoding.language.norm import norm_of
from ipscoding.suggest.examples import Coded
from ipscoding.suggest.stop import Flag, Progress, check
from ipscoding.suggest.suggestion import THRESHOLD, Reasons, Suggestion, band_of
from ipscoding.suggest.texts import Source, Utterance

if TYPE_CHECKING:
    from ipscoding.suggest.space import Floats, Vector
    from ipscoding.suggest.training import Trained


@dataclass
class Engine:
    """Ranks the codes of one codebook for sentences; made by `build`. The same input always gives the same output."""

    codebook: Codebook
    trained: "Trained"
    phrases: Sequence[Utterance] = ()
    learnt_from: int = 0
    """How many codings were taken into account; below 50 a score is shown as a band, from 50 as a percentage."""
    _spoken: tuple[Transcript, dict[str, str]] | None = field(default=None, repr=False)
    _nearby: dict[str, list[tuple[Source, "Vector"]]] = field(default_factory=dict, repr=False)

    def rank(self, text: str, norm: str | None = None) -> list[tuple[str, float]]:
        """All codes for a stretch of text, best first, each with its score from 0 to 1; empty where nothing is known.

        Args:
            text: a sentence or passage, taken as one unit.
            norm: `nb` or `nn`; None: what the text looks like.
        """
        import numpy as np

        from ipscoding.suggest.features import read

        said = read(text, norm or "")
        vector = self.trained.space.vector(said, text)
        if not len(vector.indices):
            return []
        evidence = self.trained.space.evidence(said)
        total = self._totals(vector)[:-1]
        order = np.argsort(-total, kind="stable")
        return [(self.trained.codes[code], self._share(float(total[code]) * evidence)) for code in order]

    def rank_at(
        self, transcript: Transcript, span: Span, *, norm: str | None = None, role: str = ""
    ) -> list[tuple[str, float]]:
        """All codes for a passage in its place, best first, each with its score from 0 to 1; empty: nothing is known.

        Args:
            transcript: the interview.
            span: the passage in it, taken as one unit.
            norm: `nb` or `nn`; None: the norm of the speaker.
            role: the informant's role, empty where unknown.
        """
        return self.rank(span.of(transcript.text), norm or self._norm_at(transcript, span.start))

    def suggest(
        self,
        transcript: Transcript,
        *,
        norm: str | None = None,
        role: str = "",
        per_sentence: int = 3,
        threshold: float = THRESHOLD,
        cancel: Flag | None = None,
    ) -> list[Suggestion]:
        """Suggestions for what informants say, in the order of the text, the best of a sentence first.

        Args:
            transcript: the interview; the interviewer's turns get none.
            norm: `nb` or `nn` for the whole interview; None: found for each speaker.
            role: the informant's role, empty where unknown.
            per_sentence: at most so many codes for a sentence.
            threshold: the least score, from 0 to 1.
            cancel: set it to stop.

        Raises:
            Cancelled: `cancel` was set.
        """
        import numpy as np

        from ipscoding.suggest.features import read

        by_id = self.codebook.by_id
        found: list[Suggestion] = []
        for index, span in transcript.informant_sentences():
            check(cancel)
            text = span.of(transcript.text)
            said = read(text, norm or self._norm_at(transcript, span.start))
            evidence = self.trained.space.evidence(said)
            if not evidence:
                continue
            totals = self._totals(self.trained.space.vector(said, text))
            for code in np.argsort(-totals[:-1], kind="stable")[:per_sentence]:
                score = self._share(float(totals[code]) * evidence)
                if score < threshold:
                    break
                name = self.trained.codes[code]
                direction = _direction(by_id[name], float(totals[-1]))
                found.append(Suggestion(span, index, name, direction, score, band_of(score)))
        return found

    def valence(self, text: str, code: str, norm: str | None = None) -> Valence:
        """The likelier direction of a text under a code, among those that the code allows."""
        from ipscoding.suggest.features import read

        vector = self.trained.space.vector(read(text, norm or ""), text)
        return _direction(self.codebook.by_id[code], float(self._totals(vector)[-1]))

    def valence_at(
        self, transcript: Transcript, span: Span, code: str, norm: str | None = None
    ) -> tuple[Valence, float]:
        """The likelier direction of a passage under a code, and from 0.5 to 1 how often such a hint is right."""
        from ipscoding.suggest.features import read

        allowed = self.codebook.by_id[code].valence
        if allowed is not Valence.BOTH:
            return allowed, 1.0
        text = span.of(transcript.text)
        vector = self.trained.space.vector(read(text, norm or self._norm_at(transcript, span.start)), text)
        odds = float(self._totals(vector)[-1])
        return (Valence.FACILITATOR if odds > 0 else Valence.BARRIER), 1 / (1 + exp(-min(abs(odds), 50.0)))

    def explain(self, transcript: Transcript, suggestion: Suggestion, *, norm: str | None = None) -> Reasons:
        """Why a suggestion was made: words of the sentence, a text of the codebook, the nearest phrases of the bank."""
        from ipscoding.suggest.explain import reasons

        code = suggestion.code
        spoken = norm or self._norm_at(transcript, suggestion.span.start)
        return reasons(self.trained, code, suggestion.span, transcript.text, spoken, self._near(code))

    def _near(self, code: str) -> "list[tuple[Source, Vector]]":
        if code not in self._nearby:
            from ipscoding.suggest.features import read
            from ipscoding.suggest.texts import codebook_texts

            texts = codebook_texts(self.codebook.by_id[code])
            texts += [Source(code, p.norm, p.text) for p in self.phrases if p.code == code]
            self._nearby[code] = [(s, self.trained.space.word_vector(read(s.text, s.norm), s.text)) for s in texts]
        return self._nearby[code]

    def _totals(self, vector: "Vector") -> "Floats":
        totals: Floats = vector.dot(self.trained.weights) + self.trained.bias
        return totals

    def _share(self, total: float) -> float:
        slope, shift = self.trained.calibration
        return 1 / (1 + exp(-max(min(slope * total + shift, 50.0), -50.0)))

    def _norms(self, transcript: Transcript) -> dict[str, str]:
        """The norm of each informant, by label, from everything that is said under it."""
        if self._spoken is None or self._spoken[0] is not transcript:
            speech: dict[str, list[str]] = {}
            for turn in transcript.informant_turns():
                speech.setdefault(turn.speaker, []).append(turn.speech.of(transcript.text))
            self._spoken = (transcript, {speaker: norm_of("\n".join(said)) for speaker, said in speech.items()})
        return self._spoken[1]

    def _norm_at(self, transcript: Transcript, offset: int) -> str:
        turn = transcript.turn_at(offset)
        return self._norms(transcript).get(turn.speaker, "nb") if turn is not None else "nb"


def _direction(code: Code, odds: float) -> Valence:
    """The likelier of barrier and facilitator where a code allows both, else what it allows."""
    if code.valence is not Valence.BOTH:
        return code.valence
    return Valence.FACILITATOR if odds > 0 else Valence.BARRIER


def build(
    codebook: Codebook,
    phrases: Sequence[Utterance] = (),
    interviews: Sequence[Coded] = (),
    *,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> Engine:
    """An engine for `codebook`: from the cache where the same was learnt before, else learnt now (some 20 seconds).

    Args:
        codebook: the codes; retired ones and those that group others are left out.
        phrases: the codebook's phrase bank; may be empty.
        interviews: what the team has coded and rejected; learnt on top, and kept nowhere but in the engine.
        progress: told the share done (0 to 1) and what is being done.
        cancel: set it to stop.

    Raises:
        Cancelled: `cancel` was set.
    """
    from ipscoding.suggest import cache
    from ipscoding.suggest.training import train

    check(cancel)
    name = cache.key(codebook, phrases)
    trained = cache.load(name)
    if trained is None:
        trained = train(codebook, phrases, progress=progress, cancel=cancel)
        cache.save(name, trained)
    return Engine(codebook, trained, tuple(phrases), sum(len(interview.codings) for interview in interviews))
