"""What a team's own codings add to what codebook and bank have taught, and how sure that makes the engine.

The bank's weights are where learning starts, not what is learnt again: the codings of the interviews move them as far
as the evidence goes (the most probable weights under a normal prior round the bank's). A coded passage pulls its codes
up wherever something like it is said, a rejected suggestion pushes its code down. With few codings next to nothing
moves; as they grow they outweigh the bank. Nothing of this is ever written to disk.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ipscoding.domain import Span, Transcript, Valence
from ipscoding.suggest.calibrate import Calibration, calibrated, sigmoid
from ipscoding.suggest.examples import Coded, Judged
from ipscoding.suggest.place import Reading
from ipscoding.suggest.space import Floats, Vector, added
from ipscoding.suggest.stop import Flag, check
from ipscoding.suggest.training import Matrix, Trained, matrix_of
from ipscoding.suggest.weights import Weights

# Chosen on development interviews: how firmly weights and the codes' frequencies hold to what the bank taught.
_FIRMNESS = 1.0
_FREQUENCY_FIRMNESS = 30.0
_DIRECTION_FIRMNESS = 1.0
# A rejected code should have a total below this, in standard deviations of texts that are not its own.
_DOUBTFUL = 3.0
# How much more a coding tells of the direction under its own code than under others.
_SAME_CODE = 2.0
_STEPS = 20
_NEWTON_STEPS = 4
# Beyond so many passages the weights are spanned by an even choice of them.
_MOST_SPANNING = 2000
# From so many codings in two interviews or more, scores are measured on the team's own interviews.
_ENOUGH = 50
_FOLDS = 3
_MOST_COUNTED = 3
# So many sentences tell how sure scores are; more of them would only take longer.
_MOST_MEASURED = 3000


@dataclass(frozen=True)
class Excerpt:
    """A passage that the team has coded: where it stands, and its words as a vector."""

    document: str
    transcript: Transcript
    span: Span
    vector: Vector


@dataclass(frozen=True)
class Taught:
    """What the engine reckons with once it has learnt from the team, from how many codings, and these by code."""

    weights: Weights
    codings: int
    excerpts: Mapping[str, Sequence[Excerpt]]


@dataclass(frozen=True)
class _Row:
    """One passage to learn from: in which interview, what the engine sees of it, which codes are right, how heavy.

    A rejected suggestion has no right codes but one that is `wrong`.
    """

    interview: int
    vector: Vector
    total: Floats
    right: NDArray[np.bool_]
    weight: float
    wrong: int | None = None


def learn(trained: Trained, interviews: Sequence[tuple[Coded, Reading]], cancel: Flag | None = None) -> Taught:
    """What `trained` becomes by the codings and rejections of interviews, each with how the engine reads it.

    Raises:
        Cancelled: `cancel` was set.
    """
    place = {code: position for position, code in enumerate(trained.codes)}
    fresh = _fresh(len(trained.space.names), interviews, place, cancel)
    weights = Weights.of(trained, fresh)
    rows: list[_Row] = []
    for number, (coded, reading) in enumerate(interviews):
        rows += _rows(number, coded, reading, weights, place, cancel)
    products = _Products.of(rows, len(weights.codes))
    codings = sum(judged.code in place for coded, _reading in interviews for judged in coded.codings)
    calibration = weights.calibration
    if codings >= _ENOUGH:
        calibration = _measured(weights, interviews, rows, products, trained.codes, cancel)
    moved = replace(
        _moved(weights, rows, products, cancel),
        directions=_directions(weights, interviews, place, cancel),
        calibration=calibration,
    )
    return Taught(moved, codings, _excerpts(trained, interviews, place))


def right_codes(span: Span, codings: Iterable[Judged]) -> set[str]:
    """The codes that some coder gave to at least half of `span`."""
    covered: dict[tuple[str, str], int] = {}
    for judged in codings:
        shared = judged.span.shared(span)
        if shared:
            given = (judged.coder, judged.code)
            covered[given] = covered.get(given, 0) + shared
    return {code for (_coder, code), length in covered.items() if 2 * length >= len(span)}


def _fresh(
    first: int, interviews: Sequence[tuple[Coded, Reading]], place: Mapping[str, int], cancel: Flag | None
) -> dict[str, int]:
    """A position for every key of a coded passage that the bank does not have."""
    keys: set[str] = set()
    for coded, reading in interviews:
        check(cancel)
        spans = {judged.span for judged in coded.codings if judged.code in place}
        for span in spans:
            keys |= reading.passage(span).unknown.keys()
    return {key: first + number for number, key in enumerate(sorted(keys))}


def _rows(
    number: int,
    coded: Coded,
    reading: Reading,
    weights: Weights,
    place: Mapping[str, int],
    cancel: Flag | None,
) -> list[_Row]:
    coders: dict[Span, set[str]] = {}
    for judged in coded.codings:
        if judged.code in place:
            coders.setdefault(judged.span, set()).add(judged.coder)
    rows: list[_Row] = []

    def add(span: Span, right: NDArray[np.bool_], heavy: int, wrong: int | None = None) -> None:
        check(cancel)
        parts = weights.in_place(reading, span)
        if parts and (right.any() or wrong is not None):
            vector = added([vector.times(weight) for vector, weight in parts])
            rows.append(_Row(number, vector, weights.total(parts), right, float(heavy), wrong))

    for span in sorted(coders):
        right = np.zeros(len(place), bool)
        right[[place[code] for code in right_codes(span, coded.codings) if code in place]] = True
        add(span, right, len(coders[span]))
    for span, code in sorted({(rejected.span, rejected.code) for rejected in coded.rejected}):
        # What somebody coded so all the same is no example of what it is not.
        if code in place and code not in right_codes(span, coded.codings):
            add(span, np.zeros(len(place), bool), 1, place[code])
    return rows


def _moved(
    weights: Weights,
    rows: Sequence[_Row],
    products: "_Products",
    cancel: Flag | None,
    held: Collection[int] = (),
) -> Weights:
    """The weights as the rows move them: conditional logistic regression on top of the rows' totals.

    A coded passage says which codes go before all others, a rejection that its code's total is too high. The rows of
    the interviews `held` are left out.
    """
    kept = np.array([row.interview not in held for row in rows], bool)
    rows = [row for row in rows if row.interview not in held]
    if not rows:
        return weights
    codes = weights.codes.shape[1]
    spanning, basis, turn = products.basis(kept)
    basis = basis / np.float32(_FIRMNESS**0.5)
    loose = np.float32(_FREQUENCY_FIRMNESS**-0.5)
    start = np.stack([row.total for row in rows]).astype(np.float32)
    right = np.stack([row.right for row in rows]).astype(np.float32)
    accepted = np.array([row.wrong is None for row in rows])
    heavy = np.array([row.weight for row in rows], np.float32)[:, None] * accepted[:, None]
    right[~accepted] = 1
    refused = np.flatnonzero(~accepted)
    wrong = np.array([row.wrong for row in rows if row.wrong is not None], np.int64)
    size = basis.shape[1] * codes

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        check(cancel)
        now = point.astype(np.float32)
        total = start + basis @ now[:size].reshape(-1, codes) + now[size:] * loose
        over = total[refused, wrong] - np.float32(_DOUBTFUL)
        total -= total.max(axis=1, keepdims=True)
        share = np.exp(total)
        share /= share.sum(axis=1, keepdims=True)
        hit = (share * right).sum(axis=1, keepdims=True) + np.float32(1e-9)
        pull = (share - share * right / hit) * heavy
        np.add.at(pull, (refused, wrong), sigmoid(over))
        gradient = np.concatenate([(basis.T @ pull).ravel(), pull.sum(axis=0) * loose]) + now
        cost = -(heavy * np.log(hit)).sum() + np.logaddexp(0, over).sum()
        return float(cost) + 0.5 * float(now @ now), gradient.astype(np.float64)

    point = _lowest(loss, size + codes)
    ahead = turn @ point[:size].reshape(-1, codes) * _FIRMNESS**-0.5
    return replace(
        weights,
        codes=weights.codes + np.asarray(spanning.T @ ahead, np.float32),
        prior=(point[size:] * float(loose)).astype(np.float32),
    )


def _lowest(loss: object, size: int) -> NDArray[np.float64]:
    from scipy.optimize import minimize

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 6})
    return np.asarray(found.x, np.float64)


@dataclass(frozen=True)
class _Products:
    """The products of all rows with those that span the weights: worked out once, whichever rows are left out later.

    `chosen` are the spanning rows' places among all rows, `products` has a row for every row and a column for each.
    """

    matrix: Matrix
    chosen: NDArray[np.int64]
    products: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[_Row], width: int) -> "_Products":
        """The products of `rows`; vectors have `width` features."""
        matrix = matrix_of([row.vector for row in rows], width)
        chosen = np.unique(np.linspace(0, max(len(rows) - 1, 0), min(len(rows), _MOST_SPANNING)).astype(np.int64))
        products = (matrix @ matrix[chosen].T).toarray().astype(np.float64)
        return cls(matrix, chosen, products)

    def basis(self, kept: NDArray[np.bool_]) -> tuple[Matrix, Floats, NDArray[np.float64]]:
        """The rows that span the weights, the kept rows in coordinates of length-true axes, the way back to the rows.

        With K the products of the spanning rows and K = L Lᵀ, the coordinates are (products with them) L⁻ᵀ.
        """
        from scipy.linalg import cholesky, solve_triangular

        columns = np.flatnonzero(kept[self.chosen])
        spanning = self.chosen[columns]
        lower = cholesky(self.products[np.ix_(spanning, columns)] + 1e-4 * np.eye(len(columns)), lower=True)
        turn = solve_triangular(lower, np.eye(len(columns)), lower=True, trans="T")
        basis = lower if len(columns) == kept.sum() else self.products[np.ix_(np.flatnonzero(kept), columns)] @ turn
        return self.matrix[spanning], basis.astype(np.float32), turn


def _measured(
    weights: Weights,
    interviews: Sequence[tuple[Coded, Reading]],
    rows: Sequence[_Row],
    products: _Products,
    codes: Sequence[str],
    cancel: Flag | None,
) -> Calibration:
    """A calibration from interviews that each were kept out of the learning; only what was gone through counts."""
    with_codings = [number for number, (coded, _reading) in enumerate(interviews) if coded.codings]
    if len(with_codings) < 2:
        return weights.calibration
    totals: list[Floats] = []
    rights: list[NDArray[np.bool_]] = []
    folds = min(_FOLDS, len(with_codings))
    for fold in range(folds):
        held = set(with_codings[fold::folds])
        # Words that only the held-out interviews brought weigh nothing: no row has moved them.
        moved = _moved(weights, rows, products, cancel, held)
        gone_through = [(number, span) for number in sorted(held) for span in _gone_through(interviews[number][0])]
        every = max(len(gone_through) * folds // _MOST_MEASURED, 1)
        for number, span in gone_through[::every]:
            check(cancel)
            coded, reading = interviews[number]
            parts = moved.in_place(reading, span)
            if parts:
                right = right_codes(span, coded.codings)
                totals.append(moved.total(parts))
                rights.append(np.array([code in right for code in codes], bool))
    return calibrated(totals, rights, _MOST_COUNTED, weights.calibration)


def _gone_through(coded: Coded) -> list[Span]:
    """The informants' sentences between the first and the last coding."""
    first = min(judged.span.start for judged in coded.codings)
    last = max(judged.span.end for judged in coded.codings)
    sentences = coded.transcript.informant_sentences()
    return [span for _index, span in sentences if first <= span.start and span.end <= last]


def _directions(
    weights: Weights, interviews: Sequence[tuple[Coded, Reading]], place: Mapping[str, int], cancel: Flag | None
) -> Floats:
    """The directions' weights as the codings move them: logistic regression on top of the log odds they had."""
    vectors: list[Vector] = []
    codes: list[int] = []
    truth: list[bool] = []
    for coded, reading in interviews:
        for judged in sorted(set(coded.codings), key=lambda one: (one.span, one.code, one.coder)):
            if judged.code in place and judged.valence in (Valence.BARRIER, Valence.FACILITATOR):
                check(cancel)
                vectors.append(weights.vector(reading.passage(judged.span))[0])
                codes.append(place[judged.code])
                truth.append(judged.valence is Valence.FACILITATOR)
    if not vectors:
        return weights.directions
    chosen = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), _MOST_SPANNING)).astype(int))
    matrix = matrix_of([vectors[i] for i in chosen], len(weights.codes))
    label = np.array(codes)[chosen]
    same = 1 + _SAME_CODE * (label[:, None] == label[None, :])
    products = (matrix @ matrix.T).toarray().astype(np.float64) * same / _DIRECTION_FIRMNESS
    odds = np.array([weights.odds(vectors[i], codes[i]) for i in chosen])
    pull = _logistic(products, odds, np.array(truth, float)[chosen]) / _DIRECTION_FIRMNESS
    moved: Floats = weights.directions + np.asarray(matrix.T @ pull, np.float32)[:, None]
    for code in sorted(set(label.tolist())):
        rows = np.flatnonzero(label == code)
        moved[:, code] += np.float32(_SAME_CODE) * np.asarray(matrix[rows].T @ pull[rows], np.float32)
    return moved


def _logistic(
    products: NDArray[np.float64], start: NDArray[np.float64], truth: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weight of each example in logistic regression with a normal prior, by Newton's method."""
    from scipy.linalg import solve

    pull = np.zeros(len(truth), np.float64)
    for _step in range(_NEWTON_STEPS):
        share = sigmoid(start + products @ pull)
        spread = np.maximum(share * (1 - share), 1e-6)
        target: NDArray[np.float64] = products @ pull + (truth - share) / spread
        pull = np.asarray(solve(products + np.diag(1 / spread), target, assume_a="pos"), np.float64)
    return pull


def _excerpts(
    trained: Trained, interviews: Sequence[tuple[Coded, Reading]], place: Mapping[str, int]
) -> dict[str, list[Excerpt]]:
    found: dict[str, list[Excerpt]] = {}
    for coded, reading in interviews:
        for span, code in sorted({(judged.span, judged.code) for judged in coded.codings if judged.code in place}):
            vector = _words_only(reading.passage(span).vector, trained.space.first_letter)
            found.setdefault(code, []).append(Excerpt(coded.document, coded.transcript, span, vector))
    return found


def _words_only(vector: Vector, first_letter: int) -> Vector:
    words: NDArray[np.bool_] = vector.indices < first_letter
    return Vector(vector.indices[words], vector.values[words])
