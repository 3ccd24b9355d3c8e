"""Learning the weights: one linear score per code from the codebook's texts and its phrase bank.

Three channels see the same vectors and are added as standard scores: a linear classifier (support vectors, one code
against the rest), complement naive Bayes, and the cosine to the code's texts in the codebook. All three are linear, so
that their sum is one matrix, and what a word adds to a score can be told exactly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipscoding.domain import Codebook, Valence
from ipscoding.i18n import _
from ipscoding.language import Word
from ipscoding.suggest.features import read
from ipscoding.suggest.sayings import Sayings
from ipscoding.suggest.space import Floats, Space, Vector
from ipscoding.suggest.stop import Flag, Progress, check
from ipscoding.suggest.texts import Source, Utterance, sources

# Chosen by cross-validation inside the phrase bank; docs/suggestions.md has the figures.
_REGULARISATION = 0.06
_SMOOTHING = 1.0
_BAYES = 0.5
_COSINE = 0.1
_CODEBOOK_WEIGHT = 2.0
# A code counts as learnt by n / (n + this), where n is the number of its phrases; the rest rests on the codebook.
_PRIOR = 4.0
_COSINE_ALONE = 1.2
# Below so many phrases only the codebook's texts are gone by.
_ENOUGH = 100
# The direction is learnt from all codes together and, with this weight, from the code's own phrases, if it has enough.
_OWN_DIRECTION = 1.5
_OWN_ENOUGH = 20
_DIRECTION_REGULARISATION = 1.0
# Beside logistic regression, how much oftener a feature is said of the one than of the other (naive Bayes).
_DIRECTION_BAYES = 0.8
_DIRECTION_SMOOTHING = 0.3

Labels = NDArray[np.int64]
Matrix = Any
"""A sparse matrix of scipy, which has no types."""
Step = Callable[[float], None]


@dataclass(frozen=True)
class Trained:
    """What was learnt from codebook and bank: `weights` and `directions` have a row per feature, a column per code.

    A code's score is `vector · weights + bias`, in standard deviations of the scores of texts that are not the code's
    own. `vector · directions + leaning` is the log odds of facilitator against barrier under that code.
    `banked` tells whether a phrase bank was learnt from or only the codebook; `sayings` are the words of all that was
    learnt from.
    """

    codes: tuple[str, ...]
    space: Space
    weights: Floats
    bias: Floats
    directions: Floats
    leaning: Floats
    banked: bool
    sayings: Sayings


@dataclass(frozen=True)
class _Text:
    source: Source
    said: list[Word]
    label: int


def matrix_of(vectors: Sequence[Vector], width: int) -> Matrix:
    """Vectors as the rows of a sparse matrix."""
    from scipy.sparse import csr_matrix

    starts = np.concatenate([[0], np.cumsum([len(v.indices) for v in vectors])]).astype(np.int32)
    indices = np.concatenate([v.indices for v in vectors]) if vectors else np.zeros(0, np.int32)
    values = np.concatenate([v.values for v in vectors]) if vectors else np.zeros(0, np.float32)
    return csr_matrix((values, indices, starts), shape=(len(vectors), width))


def train(
    codebook: Codebook,
    phrases: Sequence[Utterance],
    *,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> Trained:
    """Learn from a codebook and its phrase bank (which may be empty).

    Raises:
        Cancelled: `cancel` was set.
    """

    def tell(share: float, what: str) -> None:
        check(cancel)
        if progress is not None:
            progress(share, what)

    tell(0.0, _("Reading the phrase bank"))
    codes, texts, bank = sources(codebook, phrases)
    place = {code.id: position for position, code in enumerate(codes)}
    own: list[_Text] = []
    said: list[_Text] = []
    for into, group in ((own, texts), (said, bank)):
        for number, source in enumerate(group):
            if number % 200 == 0:
                check(cancel)
            into.append(_Text(source, read(source.text, source.norm), place[source.code]))
    space = Space.of(((t.said, t.source.text) for t in said), ((t.said, t.source.text) for t in own))
    tell(0.15, _("Reading the phrase bank"))

    own_vectors = [space.vector(t.said, t.source.text) for t in own]
    vectors = [space.vector(t.said, t.source.text) for t in said]
    own_labels = np.array([t.label for t in own], np.int64)
    labels = np.array([t.label for t in said], np.int64)
    counts = np.bincount(labels, minlength=len(codes)) if len(labels) else np.zeros(len(codes), np.int64)
    cosine = _cosine(own_vectors, own_labels, len(codes), len(space.names))
    banked = len(said) >= _ENOUGH
    if banked:
        learnt = [counts / (counts + _PRIOR), _BAYES * counts / (counts + _PRIOR)]
        shares = [*learnt, _COSINE + _COSINE_ALONE * _PRIOR / (counts + _PRIOR)]
        channels = _learn(
            vectors, labels, own_vectors, own_labels, len(codes), len(space.names),
            lambda share: tell(0.3 + 0.6 * share, _("Learning from the phrase bank")),
        )  # fmt: skip
        weights, bias = _fuse([*channels, cosine], shares, vectors, labels)
    else:
        weights, bias = _fuse([cosine], [np.full(len(codes), _COSINE + _COSINE_ALONE)], own_vectors, own_labels)
    tell(0.92, _("Learning the directions"))
    directions, leaning = _directions(own + said, own_vectors + vectors, len(codes), len(space.names))
    everything = own + said
    sayings = Sayings.of(
        [space.word_positions(t.said, t.source.text) for t in everything], [t.label for t in everything]
    )
    tell(1.0, _("Ready"))
    return Trained(
        tuple(code.id for code in codes), space, _rounded(weights), bias, _rounded(directions), leaning, banked, sayings
    )


def _cosine(vectors: Sequence[Vector], labels: Labels, codes: int, width: int) -> Floats:
    """Per code the sum of its texts' vectors, brought to length one."""
    weights = np.zeros((width, codes), np.float32)
    for vector, label in zip(vectors, labels, strict=True):
        weights[vector.indices, label] += vector.values
    lengths = np.sqrt((weights**2).sum(axis=0))
    return weights / np.maximum(lengths, 1e-9)  # type: ignore[no-any-return]


def _learn(
    vectors: Sequence[Vector],
    labels: Labels,
    own_vectors: Sequence[Vector],
    own_labels: Labels,
    codes: int,
    width: int,
    step: Step,
) -> list[Floats]:
    """The weights of the linear classifier and of complement naive Bayes."""
    from sklearn.svm import LinearSVC

    everything = matrix_of([*vectors, *own_vectors], width)
    truth = np.concatenate([labels, own_labels])
    importance = np.concatenate([np.ones(len(labels)), np.full(len(own_labels), _CODEBOOK_WEIGHT)])
    weights = np.zeros((width, codes), np.float32)
    for code in range(codes):
        step(code / codes)
        wanted = truth == code
        if wanted.any() and not wanted.all():
            # The bias belongs to the standard scores, which take it out again.
            model = LinearSVC(C=_REGULARISATION, random_state=0).fit(everything, wanted, sample_weight=importance)
            weights[:, code] = model.coef_[0]
    return [weights, _bayes(vectors, labels, codes, width)]


def _bayes(vectors: Sequence[Vector], labels: Labels, codes: int, width: int) -> Floats:
    """Complement naive Bayes (Rennie and others 2003): how much likelier a feature is in a code than in all others."""
    counts = np.zeros((width, codes), np.float64)
    for vector, label in zip(vectors, labels, strict=True):
        counts[vector.indices, label] += vector.values
    others = counts.sum(axis=1, keepdims=True) - counts + _SMOOTHING
    weights = -np.log(others / others.sum(axis=0))
    # What all codes have in common says only how long a text is.
    centred: Floats = (weights - weights.mean(axis=1, keepdims=True)).astype(np.float32)
    return centred


_Statistics = list[tuple[Floats, float]]


def _statistics(channels: Sequence[Floats], vectors: Sequence[Vector], labels: Labels) -> _Statistics:
    """Per channel the mean score of each code over texts that are not its own, and the common standard deviation.

    Over the texts learnt from: the same measured on texts held back ranks no better and costs a second learning.
    """
    found = []
    matrix = matrix_of(vectors, len(channels[0]))
    for weights in channels:
        if not vectors:
            found.append((np.zeros(weights.shape[1], np.float32), 1.0))
            continue
        scores = np.asarray(matrix @ weights, np.float64)
        foreign = labels[:, None] != np.arange(weights.shape[1])[None, :]
        number = np.maximum(foreign.sum(axis=0), 1)
        mean = (scores * foreign).sum(axis=0) / number
        spread = float(np.sqrt((((scores - mean) ** 2) * foreign).sum() / max(foreign.sum(), 1)))
        found.append((mean.astype(np.float32), max(spread, 1e-6)))
    return found


def _add(
    channels: Sequence[Floats], shares: Sequence[NDArray[np.float64]], statistics: _Statistics
) -> tuple[Floats, Floats]:
    """The channels as standard scores, weighted and added: one matrix and one bias."""
    weights = np.zeros_like(channels[0])
    bias = np.zeros(channels[0].shape[1], np.float32)
    for channel, share, (mean, spread) in zip(channels, shares, statistics, strict=True):
        scale = (share / spread).astype(np.float32)
        weights += channel * scale
        bias -= mean * scale
    return weights, bias


def _fuse(
    channels: Sequence[Floats], shares: Sequence[NDArray[np.float64]], vectors: Sequence[Vector], labels: Labels
) -> tuple[Floats, Floats]:
    return _add(channels, shares, _statistics(channels, vectors, labels))


def _directions(texts: Sequence[_Text], vectors: Sequence[Vector], codes: int, width: int) -> tuple[Floats, Floats]:
    """Log odds of facilitator against barrier under each code: what all codes have in common, and its own phrases."""
    chosen = [i for i, t in enumerate(texts) if t.source.valence in (Valence.BARRIER, Valence.FACILITATOR)]
    truth = np.array([texts[i].source.valence is Valence.FACILITATOR for i in chosen], bool)
    labels = np.array([texts[i].label for i in chosen], np.int64)
    everything = matrix_of([vectors[i] for i in chosen], width)
    shared, constant = _odds(everything, truth, width)
    weights = np.repeat(shared[:, None], codes, axis=1)
    leaning = np.full(codes, constant, np.float32)
    for code in range(codes):
        rows = np.flatnonzero(labels == code)
        if len(rows) >= _OWN_ENOUGH:
            weights[:, code] += _OWN_DIRECTION * _odds(everything[rows], truth[rows], width)[0]
    return weights, leaning


def _odds(matrix: Matrix, truth: NDArray[np.bool_], width: int) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return np.zeros(width, np.float32), 0.0
    model = LogisticRegression(C=_DIRECTION_REGULARISATION, solver="liblinear", random_state=0).fit(matrix, truth)
    said = [np.asarray(matrix[rows].sum(axis=0)).ravel() + _DIRECTION_SMOOTHING for rows in (truth, ~truth)]
    bayes = np.log(said[0] / said[0].sum()) - np.log(said[1] / said[1].sum())
    return (model.coef_[0] + _DIRECTION_BAYES * bayes).astype(np.float32), float(model.intercept_[0])


def _rounded(weights: Floats) -> Floats:
    """The weights as they come back from the cache, so that a fresh engine says the same as a cached one."""
    return unpacked(*packed(weights))


def packed(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights in one byte each, and the step of each column."""
    steps = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9).astype(np.float32) / np.float32(127)
    return np.rint(weights / steps).astype(np.int8), steps


def unpacked(numbers: NDArray[np.int8], steps: Floats) -> Floats:
    """The weights again."""
    return numbers.astype(np.float32) * steps
