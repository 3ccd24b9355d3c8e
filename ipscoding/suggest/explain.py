"""Why a code was suggested, in things a researcher can check."""

from collections.abc import Sequence

import numpy as np

from ipscoding.domain import Span
from ipscoding.suggest.features import read
from ipscoding.suggest.space import Space, Vector
from ipscoding.suggest.suggestion import Reasons, WordReason
from ipscoding.suggest.texts import Source
from ipscoding.suggest.training import Trained

_MOST_WORDS = 5
_MOST_PHRASES = 2
# A phrase that shares less than this with the sentence is no reason.
_NEAR = 0.12


def reasons(
    trained: Trained, code: str, span: Span, text: str, norm: str, near: Sequence[tuple[Source, Vector]]
) -> Reasons:
    """The reasons for `code` at `span` of `text`; `near` are the code's texts and phrases as vectors.

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
    stop = {position for name, position in _stops(trained.space, [w.key for w in said if w.is_stop])}
    met: dict[str, float] = {}
    phrases: list[tuple[float, int, str]] = []
    for number, (source, other) in enumerate(near):
        likeness = _likeness(vector, other, trained.space.first_letter, stop)
        if source.rule is not None and likeness > met.get(source.rule, 0.0):
            met[source.rule] = likeness
        elif source.rule is None and likeness >= _NEAR:
            phrases.append((-likeness, number, source.text))
    rule = max(met, key=lambda name: met[name]) if met else None
    return Reasons(words, rule, tuple(text for _likeness_, _number, text in sorted(phrases)[:_MOST_PHRASES]))  # type: ignore[arg-type]


def _stops(space: Space, keys: Sequence[str]) -> list[tuple[str, int]]:
    return [(key, position) for key in keys if (position := space.find(f"w {key}")) is not None]


def _likeness(one: Vector, other: Vector, first_letter: int, stop: set[int]) -> float:
    """The cosine over features made of words, without those of stop words."""
    shared, mine, theirs = np.intersect1d(one.indices, other.indices, assume_unique=True, return_indices=True)
    keep = np.array([int(p) < first_letter and int(p) not in stop for p in shared], bool)
    return float(one.values[mine[keep]] @ other.values[theirs[keep]]) if keep.any() else 0.0
