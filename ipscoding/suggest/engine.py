"""The engine: from a codebook, its phrase bank and a team's codings to suggestions for the passages of an interview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ipscoding.domain import Code, Codebook, Span, Transcript, Valence
from ipscoding.suggest.examples import Coded
from ipscoding.suggest.runs import ALIKE, Shown, at_most, runs
from ipscoding.suggest.stop import Flag, Progress, check
from ipscoding.suggest.suggestion import THRESHOLD, Reasons, Suggestion, band_of
from ipscoding.suggest.texts import Source, Utterance

if TYPE_CHECKING:
    from ipscoding.suggest.explain import Near
    from ipscoding.suggest.place import Reading
    from ipscoding.suggest.space import Vector
    from ipscoding.suggest.taught import Excerpt
    from ipscoding.suggest.training import Trained
    from ipscoding.suggest.weights import Part, Weights

# So many interviews are kept as they were read; those that were learnt from are read once more when they are new.
_MOST_READINGS = 150
# Log odds of a direction to how often it is right; fitted on development interviews.
_DIRECTION_SLOPE = 0.39


@dataclass
class Engine:
    """Ranks the codes of one codebook for passages; made by `build`. The same input always gives the same output."""

    codebook: Codebook
    trained: "Trained"
    weights: "Weights"
    phrases: Sequence[Utterance] = ()
    learnt_from: int = 0
    """How many codings were taken into account; below 50 a score is shown as a band, from 50 as a percentage."""
    excerpts: "Mapping[str, Sequence[Excerpt]]" = field(default_factory=dict, repr=False)
    _readings: "dict[tuple[str, str | None], Reading]" = field(default_factory=dict, repr=False)
    _nearby: "dict[str, Near]" = field(default_factory=dict, repr=False)

    def rank(self, text: str, norm: str | None = None) -> list[tuple[str, float]]:
        """All codes for a stretch of text without a place, best first, each with its score from 0 to 1.

        Empty where nothing is known. What stands around a passage counts much: use `rank_at` where there is a place.

        Args:
            text: a sentence or passage, taken as one unit.
            norm: `nb` or `nn`; None: what the text looks like.
        """
        from ipscoding.suggest.features import read

        vector, sure = self.weights.vector(self.trained.space.hear(read(text, norm or ""), text))
        return self._ranked([(vector, sure)] if sure else [])

    def rank_at(
        self, transcript: Transcript, span: Span, *, norm: str | None = None, role: str = ""
    ) -> list[tuple[str, float]]:
        """All codes for a passage in its place, best first, each with its score from 0 to 1; empty: nothing is known.

        The interviewer's question and the sentences around it count as weaker evidence.

        Args:
            transcript: the interview.
            span: the passage in it, taken as one unit.
            norm: `nb` or `nn`; None: the norm of the speaker.
            role: the informant's role; codes are suggested to all roles alike (see docs/suggestions.md).
        """
        return self._ranked(self.weights.in_place(self._reading(transcript, norm), span))

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
        """Suggestions for what informants say, in the order of the text, the best of a place first.

        Neighbouring sentences of a turn with the same code are one suggestion for all of them.

        Args:
            transcript: the interview; the interviewer's turns get none.
            norm: `nb` or `nn` for the whole interview; None: found for each speaker.
            role: the informant's role; codes are suggested to all roles alike (see docs/suggestions.md).
            per_sentence: at most so many codes for a sentence.
            threshold: the least score, from 0 to 1.
            cancel: set it to stop.

        Raises:
            Cancelled: `cancel` was set.
        """
        import numpy as np

        from ipscoding.suggest.calibrate import scores

        reading = self._reading(transcript, norm)
        shown: list[Shown] = []
        for index, span in transcript.informant_sentences():
            check(cancel)
            parts = self.weights.in_place(reading, span)
            if not parts:
                continue
            score = scores(self.weights.calibration, self.weights.total(parts))
            turn = transcript.turn_at(span.start)
            near = np.flatnonzero(score >= ALIKE * threshold)
            best, number = int(np.argmax(score)), turn.number if turn else 0
            shown += [Shown(index, number, int(code), float(score[code]), int(code) == best) for code in near]
        found = []
        for run in at_most(per_sentence, runs(shown, threshold)):
            span = Span(transcript.sentences[run.first].start, transcript.sentences[run.last].end)
            code_id = self.trained.codes[run.code]
            direction, sure = self.valence_at(transcript, span, code_id, norm)
            found.append(Suggestion(span, run.first, code_id, direction, run.score, band_of(run.score), sure))
        return sorted(found, key=lambda one: (one.span.start, -one.score, one.span.end, one.code))

    def valence(self, text: str, code: str, norm: str | None = None) -> Valence:
        """The likelier direction of a text under a code, among those that the code allows."""
        from ipscoding.suggest.features import read

        vector, _sure = self.weights.vector(self.trained.space.hear(read(text, norm or ""), text))
        return self._direction(vector, self.codebook.by_id[code])[0]

    def valence_at(
        self, transcript: Transcript, span: Span, code: str, norm: str | None = None
    ) -> tuple[Valence, float]:
        """The likelier direction of a passage under a code, and from 0.5 to 1 how often such a hint is right."""
        vector, _sure = self.weights.vector(self._reading(transcript, norm).passage(span))
        return self._direction(vector, self.codebook.by_id[code])

    def explain(self, transcript: Transcript, suggestion: Suggestion, *, norm: str | None = None) -> Reasons:
        """Why a suggestion was made: words, a text of the codebook, the nearest phrases and coded passages."""
        from ipscoding.suggest.explain import reasons

        code = suggestion.code
        reading = self._reading(transcript, norm)
        return reasons(
            self.trained,
            self.weights,
            reading,
            suggestion,
            self._near(code),
            self.excerpts.get(code, ()),
            directed=self.codebook.by_id[code].valence is Valence.BOTH,
        )

    def learn(self, interviews: Sequence[Coded], *, cancel: Flag | None = None) -> "Engine":
        """An engine that has learnt from these interviews, and from no others, on top of codebook and bank.

        What was read for this engine is not read again, so that learning once more after some codings is quick.

        Raises:
            Cancelled: `cancel` was set.
        """
        from ipscoding.suggest.taught import learn

        decided = [interview for interview in interviews if interview.codings or interview.rejected]
        norms = {"nb": "nb", "nn": "nn"}
        read = [(one, self._reading(one.transcript, norms.get(one.language))) for one in decided]
        taught = learn(self.trained, read, cancel)
        return replace(self, weights=taught.weights, learnt_from=taught.codings, excerpts=taught.excerpts)

    def _ranked(self, parts: "Sequence[Part]") -> list[tuple[str, float]]:
        import numpy as np

        from ipscoding.suggest.calibrate import scores

        if not parts:
            return []
        total = self.weights.total(parts)
        score = scores(self.weights.calibration, total)
        return [(self.trained.codes[code], float(score[code])) for code in np.argsort(-total, kind="stable")]

    def _direction(self, vector: "Vector", code: Code) -> tuple[Valence, float]:
        """The likelier of barrier and facilitator where a code allows both, else what it allows."""
        from math import exp

        if code.valence is not Valence.BOTH:
            return code.valence, 1.0
        odds = self.weights.odds(vector, self.trained.codes.index(code.id)) if code.id in self.trained.codes else 0.0
        return (
            Valence.FACILITATOR if odds > 0 else Valence.BARRIER,
            1 / (1 + exp(-_DIRECTION_SLOPE * min(abs(odds), 50.0))),
        )

    def _near(self, code: str) -> "Near":
        """The texts that were learnt from for a code, in the order in which they were learnt, and their words."""
        if code not in self._nearby:
            from ipscoding.suggest.texts import codebook_texts

            texts = codebook_texts(self.codebook.by_id[code])
            texts += [Source(code, p.norm, p.text) for p in self.phrases if p.code == code]
            column = self.trained.codes.index(code)
            self._nearby[code] = texts, self.trained.sayings.of_code(column, self.trained.space.idf)
        return self._nearby[code]

    def _reading(self, transcript: Transcript, norm: str | None) -> "Reading":
        from ipscoding.suggest.place import Reading

        name = (transcript.text, norm)
        found = self._readings.pop(name, None)
        if found is None or not found.is_of(transcript):
            found = Reading(self.trained.space, transcript, norm)
        self._readings[name] = found
        while len(self._readings) > _MOST_READINGS:
            self._readings.pop(next(iter(self._readings)))
        return found


def build(
    codebook: Codebook,
    phrases: Sequence[Utterance] = (),
    interviews: Sequence[Coded] = (),
    *,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> Engine:
    """An engine for `codebook`: from what ships or the cache where the same was learnt before, else learnt now.

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
    engine = cold(codebook, trained, phrases)
    return engine.learn(interviews, cancel=cancel) if interviews else engine


def cold(codebook: Codebook, trained: "Trained", phrases: Sequence[Utterance]) -> Engine:
    """An engine that knows codebook and bank only; `phrases` are those that `trained` was learnt from."""
    from ipscoding.suggest.weights import Weights

    return Engine(codebook, trained, Weights.of(trained, {}), tuple(phrases))
