"""Why a code was suggested, in things a researcher can check."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ipscoding.domain import Span, Valence
from ipscoding.language import Word
from ipscoding.language.negation import CUES
from ipscoding.suggest.place import Reading
from ipscoding.suggest.sayings import Likenesses
from ipscoding.suggest.space import Floats, Heard, Space, Vector
from ipscoding.suggest.suggestion import CodedExcerpt, Reasons, Rule, Suggestion, WordReason
from ipscoding.suggest.taught import Excerpt
from ipscoding.suggest.texts import Source
from ipscoding.suggest.training import Trained
from ipscoding.suggest.weights import Weights

_MOST_WORDS = 5
_MOST_AROUND = 3
_MOST_CUES = 3
_MOST_PHRASES = 2
_MOST_EXCERPTS = 2
# A phrase or passage that shares less than this with the text is no reason.
_NEAR = 0.12
# What stands around a passage is told where it brings this share of all that speaks for the code.
_MUCH = 0.25

Near = tuple[Sequence[Source], Likenesses]
"""The texts that were learnt from for a code, and their words in the same order."""

_Said = tuple[Word, Span, float]
"""A word, where it stands in the interview, and what it adds."""


def reasons(
    trained: Trained,
    weights: Weights,
    reading: Reading,
    suggestion: Suggestion,
    near: Near,
    coded: Sequence[Excerpt],
    *,
    directed: bool,
) -> Reasons:
    """The reasons for a suggestion.

    What a feature adds is its value times how much more it weighs for this code than for the average code, shared
    equally among the words it occurs in. Stop words are not shown.

    Args:
        trained: what codebook and bank taught.
        weights: what the engine reckons with.
        reading: the interview.
        suggestion: what was suggested in it.
        near: the code's texts and phrases.
        coded: the passages that the team has coded so.
        directed: whether the direction was the engine's to find.
    """
    span, column = suggestion.span, trained.codes.index(suggestion.code)
    text = reading.transcript.text
    heard = reading.passage(span)
    vector, sure = weights.vector(heard)

    def speaks(part: Vector) -> Floats:
        rows = weights.codes[part.indices]
        found: Floats = part.values * (rows[:, column] - rows.mean(axis=1))
        return found

    inside = _shares(trained.space, weights, heard, span, text, speaks)
    own = [(word, at, sure * share) for word, at, share in inside if share > 0 and not word.is_stop]
    around: list[_Said] = []
    for index, weight in reading.around(span):
        sentence = reading.transcript.sentences[index]
        other = reading.sentence(index)
        known = weight * weights.vector(other)[1]
        found = _shares(trained.space, weights, other, sentence, text, speaks)
        around += [(word, at, known * share) for word, at, share in found if share > 0 and not word.is_stop]
    whole = sum(share for _word, _at, share in own + around) or 1.0
    counts = sum(share for _word, _at, share in around) >= _MUCH * whole
    mine = _meaningful(vector, trained.space, [word.key for word in heard.said if word.is_stop])
    rule, phrases = _written(near, mine)
    return Reasons(
        words=_heaviest(own, whole, _MOST_WORDS),
        rule=rule,
        phrases=phrases,
        excerpts=_coded(coded, mine, reading, span),
        context=_heaviest(around, whole, _MOST_AROUND) if counts else (),
        cues=_cues(trained.space, weights, heard, span, text, column, suggestion.valence) if directed else (),
    )


def _shares(
    space: Space,
    weights: Weights,
    heard: Heard,
    span: Span,
    text: str,
    speaks: Callable[[Vector], Floats],
) -> list[_Said]:
    """What each word of a text adds, by `speaks`, which tells what each entry of a vector adds."""
    vector = weights.vector(heard)[0]
    owners = space.owners(heard.said, span.of(text))
    for index, word in enumerate(heard.said):
        position = weights.fresh.get(word.key)
        if position is not None:
            owners.setdefault(position, []).append(index)
    total: NDArray[np.float64] = np.zeros(len(heard.said))
    for position, value in zip(vector.indices, speaks(vector), strict=True):
        holders = owners[int(position)]
        for holder in holders:
            total[holder] += value / len(holders)
    return [
        (word, Span(span.start + word.span.start, span.start + word.span.end), float(total[index]))
        for index, word in enumerate(heard.said)
    ]


def _heaviest(said: Sequence[_Said], whole: float, most: int) -> tuple[WordReason, ...]:
    best = sorted(said, key=lambda one: (-one[2], one[1]))[:most]
    return tuple(WordReason(at, share / whole) for _word, at, share in best)


def _cues(
    space: Space, weights: Weights, heard: Heard, span: Span, text: str, column: int, valence: Valence
) -> tuple[WordReason, ...]:
    """The words that speak for the direction, negations among them."""
    sign = np.float32(1 if valence is Valence.FACILITATOR else -1)

    def speaks(part: Vector) -> Floats:
        found: Floats = sign * part.values * weights.directions[part.indices, column]
        return found

    found = [
        one
        for one in _shares(space, weights, heard, span, text, speaks)
        if one[2] > 0 and (one[0].key in CUES or not one[0].is_stop)
    ]
    return _heaviest(found, sum(share for _word, _at, share in found) or 1.0, _MOST_CUES)


def _written(near: Near, mine: Floats) -> tuple[Rule | None, tuple[str, ...]]:
    """The text of the codebook that shares most with a passage, and the nearest phrases of the bank."""
    met: dict[Rule, float] = {}
    phrases: list[tuple[float, int, str]] = []
    texts, words = near
    for number, (source, likeness) in enumerate(zip(texts, words.to(mine).tolist(), strict=True)):
        if source.rule is None and likeness >= _NEAR:
            phrases.append((-likeness, number, source.text))
        if source.rule is not None:
            met[source.rule] = max(likeness, met.get(source.rule, 0.0))
    best = sorted(met, key=lambda name: -met[name])[:1]
    rule = best[0] if best and met[best[0]] > 0 else None
    return rule, tuple(text for _near, _number, text in sorted(phrases)[:_MOST_PHRASES])


def _coded(coded: Sequence[Excerpt], mine: Floats, reading: Reading, span: Span) -> tuple[CodedExcerpt, ...]:
    """The passages coded so that are nearest, the passage itself left out."""
    found = []
    for number, one in enumerate(coded):
        if one.transcript.text == reading.transcript.text and one.span.overlaps(span):
            continue
        likeness = float(one.vector.values @ mine[one.vector.indices])
        if likeness >= _NEAR:
            found.append((-likeness, number, one))
    found.sort(key=lambda entry: entry[:2])
    return tuple(
        CodedExcerpt(one.document, one.span, one.span.of(one.transcript.text))
        for _likeness, _number, one in found[:_MOST_EXCERPTS]
    )


def _meaningful(vector: Vector, space: Space, stop_keys: Sequence[str]) -> Floats:
    """A text as a full vector of what words make, without letters and stop words: its product is a likeness."""
    full = np.zeros(len(space.names), np.float32)
    words = vector.indices < space.first_letter
    full[vector.indices[words]] = vector.values[words]
    for key in stop_keys:
        position = space.find(f"w {key}")
        if position is not None:
            full[position] = 0
    return full
