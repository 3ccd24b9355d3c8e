"""Learning the weights: one linear score per code from the codebook's texts and its phrase bank.

Three channels see the same vectors and are added as standard scores: a linear classifier (support vectors, one code
against the rest), complement naive Bayes, and the cosine to the code's texts in the codebook. All three are linear, so
that their sum is one matrix, and what a word adds to a score can be told exactly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipscoding.domain import Codebook, Valence
from ipscoding.i18n import _
from ipscoding.language import Word
from ipscoding.language.sentences import split_sentences
from ipscoding.suggest.features import read
from ipscoding.suggest.space import Floats, Space, Vector
from ipscoding.suggest.stop import Flag, Progress, check
from ipscoding.suggest.texts import Source, Utterance, sources

# Chosen by cross-validation inside the phrase bank; docs/suggestions.md has the figures.
_REGULARISATION = 0.06
_SMOOTHING = 1.0
_BAYES = 0.3
_COSINE = 0.1
_CODEBOOK_WEIGHT = 2.0
# A code counts as learnt by n / (n + this), where n is the number of its phrases; the rest rests on the codebook.
_PRIOR = 4.0
_COSINE_ALONE = 1.2
# Below so many phrases there is too little to hold any back for measuring.
_ENOUGH = 100
_HELD_BACK = 4
# Score to share of right suggestions, where there is no bank to measure it on: the shipped codebook alone on its bank.
_DEFAULT_CALIBRATION = (0.38, -3.7)

Labels = NDArray[np.int64]
Step = Callable[[float], None]


@dataclass(frozen=True)
class Trained:
    """What was learnt: `weights` has one row per feature, a column per code and a last one for valence.

    A code's score is `vector · column + bias`; times the text's evidence, `calibration` (slope, shift) turns it
    into an estimate of being right.
    The last column's score is the log odds of facilitator against barrier.
    """

    codes: tuple[str, ...]
    space: Space
    weights: Floats
    bias: Floats
    calibration: tuple[float, float]


@dataclass(frozen=True)
class _Text:
    source: Source
    said: list[Word]
    label: int


def _matrix(vectors: Sequence[Vector], width: int) -> "object":
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
    learnt = [counts / (counts + _PRIOR), _BAYES * counts / (counts + _PRIOR)]
    shares = [*learnt, _COSINE + _COSINE_ALONE * _PRIOR / (counts + _PRIOR)]

    calibration = _DEFAULT_CALIBRATION
    if len(said) >= _ENOUGH:
        back = _held_back([t.source for t in said])
        front = np.flatnonzero(~back)
        channels = _learn(
            [vectors[i] for i in front], labels[front], own_vectors, own_labels, len(codes), len(space.names),
            lambda share: tell(0.2 + 0.35 * share, _("Learning from the phrase bank")),
        )  # fmt: skip
        held = np.flatnonzero(back)
        weights, bias = _fuse([*channels, cosine], shares, [vectors[i] for i in held], labels[held])
        calibration = _calibrate(weights, bias, space, [said[i] for i in held])
        measured, measured_labels = [vectors[i] for i in held], labels[held]
        channels = _learn(
            vectors, labels, own_vectors, own_labels, len(codes), len(space.names),
            lambda share: tell(0.55 + 0.4 * share, _("Learning from the phrase bank")),
        )  # fmt: skip
        statistics = _statistics([*channels, cosine], measured, measured_labels)
        weights, bias = _add([*channels, cosine], shares, statistics)
    else:
        weights, bias = _fuse([cosine], [shares[2]], own_vectors, own_labels)
    tell(0.95, _("Learning the directions"))
    column, constant = _valence(own + said, own_vectors + vectors, len(space.names))
    weights = np.concatenate([weights, column[:, None]], axis=1)
    tell(1.0, _("Ready"))
    return Trained(
        tuple(code.id for code in codes),
        space,
        _rounded(weights),
        np.append(bias, constant).astype(np.float32),
        calibration,
    )


def _held_back(bank: Sequence[Source]) -> NDArray[np.bool_]:
    """One stretch in four of every run of phrases with one code, direction and norm.

    Neighbours in a bank resemble each other, so what is held back lies together.
    """
    back = np.zeros(len(bank), bool)
    start = run = 0
    while start < len(bank):
        end = start
        kind = (bank[start].code, bank[start].valence, bank[start].norm)
        while end < len(bank) and (bank[end].code, bank[end].valence, bank[end].norm) == kind:
            end += 1
        for offset in range(end - start):
            back[start + offset] = (offset * _HELD_BACK // (end - start) + run) % _HELD_BACK == 0
        start, run = end, run + 1
    return back


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

    everything = _matrix([*vectors, *own_vectors], width)
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
    """Per channel the mean score of each code over texts that are not its own, and the common standard deviation."""
    found = []
    for weights in channels:
        if not vectors:
            found.append((np.zeros(weights.shape[1], np.float32), 1.0))
            continue
        scores = np.stack([vector.dot(weights) for vector in vectors]).astype(np.float64)
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


def _calibrate(weights: Floats, bias: Floats, space: Space, held: Sequence[_Text]) -> tuple[float, float]:
    """How often a suggestion with a score is right: logistic, on whole utterances and their single sentences."""
    from sklearn.linear_model import LogisticRegression

    scores: list[float] = []
    right: list[bool] = []
    for text in held:
        pieces = [span.of(text.source.text) for span in split_sentences(text.source.text)]
        for piece in [text.source.text, *pieces] if len(pieces) > 1 else [text.source.text]:
            words = read(piece, text.source.norm)
            total = (space.vector(words, piece).dot(weights) + bias) * space.evidence(words)
            for code in np.argsort(-total, kind="stable")[:3]:
                scores.append(float(total[code]))
                right.append(int(code) == text.label)
    if len(set(right)) < 2:
        return _DEFAULT_CALIBRATION
    model = LogisticRegression(C=1e3).fit(np.array(scores)[:, None], right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _valence(texts: Sequence[_Text], vectors: Sequence[Vector], width: int) -> tuple[Floats, float]:
    """Log odds of facilitator against barrier, learnt from every text that has one of the two."""
    from sklearn.linear_model import LogisticRegression

    chosen = [i for i, t in enumerate(texts) if t.source.valence in (Valence.BARRIER, Valence.FACILITATOR)]
    truth = [texts[i].source.valence is Valence.FACILITATOR for i in chosen]
    if len(set(truth)) < 2:
        return np.zeros(width, np.float32), 0.0
    model = LogisticRegression(C=4.0, solver="liblinear", random_state=0)
    model.fit(_matrix([vectors[i] for i in chosen], width), truth)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


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
