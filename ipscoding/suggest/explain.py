"""Why a code was suggested, in things a researcher can check."""

from collections.abc import Sequence

import numpy as np

from ipscoding.domain import Span
from ipscoding.suggest.features import read
from ipscoding.suggest.space import Floats, Space, Vector
from ipscoding.suggest.suggestion import Reasons, Rule, WordReason
from ipscoding.suggest.texts import Source
from ipscoding.suggest.training import Trained

_MOST_WORDS = 5
_MOST_PHRASES = 2
# A phrase that shares less than this with the sentence is no reason.
_NEAR = 0.12


def reasons(
    trained: Trained, code: str, span: Span, text: str, norm: str, near: Sequence[tuple[Source, Vector]]
) -> Reasons:
    """The reasons for `code` at `span` of `text`; `near` are the code's texts and phrases as vectors of
    their words.

    What a feature adds is its value times how much more it weighs for this code than for the average code, shared
    equally among the words it occurs in. Stop words are not shown.
    """
    sentence = span.of(text)
    said = read(sentence, norm)
    vector = trained.space.vector(said, sentence)
    column = trained.codes.index(code)
    weights = trained.weights[vector.indices, :-1]
    added = vector.values * (weights[:, column] - weights.mean(axis=1))
    total = np.zeros(len(said))
    owners = trained.space.owners(said, sentence)
    for position, value in zip(vector.indices, added, strict=True):
        holders = owners[int(position)]
        for holder in holders:
            total[holder] += value / len(holders)
    speaking = [i for i in range(len(said)) if total[i] > 0 and not said[i].is_stop]
    speaking.sort(key=lambda i: (-total[i], i))
    whole = float(sum(total[i] for i in speaking)) or 1.0
    words = tuple(
        WordReason(Span(span.start + said[i].span.start, span.start + said[i].span.end), float(total[i]) / whole)
        for i in speaking[:_MOST_WORDS]
    )
    mine = _meaningful(vector, trained.space, [word.key for word in said if word.is_stop])
    met: dict[Rule, float] = {}
    phrases: list[tuple[float, int, str]] = []
    for number, (source, other) in enumerate(near):
        likeness = float(other.values @ mine[other.indices])
        if source.rule is None and likeness >= _NEAR:
            phrases.append((-likeness, number, source.text))
        if source.rule is not None:
            met[source.rule] = max(likeness, met.get(source.rule, 0.0))
    best = sorted(met, key=lambda name: -met[name])[:1]
    rule = best[0] if best and met[best[0]] > 0 else None
    return Reasons(words, rule, tuple(text for _near, _number, text in sorted(phrases)[:_MOST_PHRASES]))


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
