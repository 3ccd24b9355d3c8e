"""Sums over documents, and over documents drawn again at random (bootstrap): percentile intervals."""

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from ipscoding.analysis.agreement.amounts import Amount
from ipscoding.analysis.agreement.counts import Counts, Kind

Interval = tuple[float, float]

LEAST_DEFINED = 0.9
"""The share of resamples that must have a value for an interval to be given."""


def total(counts: Sequence[Counts]) -> Counts:
    """The sum of counts, of several documents or of several rows."""
    found: Counts = {}
    for one in counts:
        for kind, amounts in one.items():
            sums = found.setdefault(kind, {})
            for key, amount in amounts.items():
                sums[key] = sums.get(key, 0) + amount
    return found


@dataclass(frozen=True)
class Draws:
    """How often each document was drawn in each resample: `weights` is a numpy array, resamples by documents."""

    weights: Any

    def totals(self, counts: Sequence[Counts]) -> Counts:
        """The sums of counts, one for each document, in every resample: arrays in place of numbers."""
        import numpy as np

        columns: dict[tuple[Kind, Hashable], int] = {}
        cells = [
            (document, columns.setdefault((kind, key), len(columns)), amount)
            for document, one in enumerate(counts)
            for kind, amounts in one.items()
            for key, amount in amounts.items()
        ]
        if not columns:
            return {}
        matrix = np.zeros((len(counts), len(columns)))
        for document, column, amount in cells:
            matrix[document, column] = amount
        sums = self.weights @ matrix
        found: dict[Kind, dict[Hashable, Amount]] = {}
        for (kind, key), number in columns.items():
            found.setdefault(kind, {})[key] = sums[:, number]
        return found


def draw(documents: int, times: int, seed: int) -> Draws | None:
    """Draw as many documents as there are, `times` over, with replacement; None for one document or no resample.

    The same seed gives the same draws everywhere.
    """
    if documents < 2 or times < 1:
        return None
    import numpy as np

    chance = random.Random(seed)
    weights = np.zeros((times, documents))
    for row in weights:
        for _document in range(documents):
            row[int(chance.random() * documents)] += 1
    return Draws(weights)


def interval(values: Amount | None, level: float = 0.95) -> Interval | None:
    """The middle `level` of the resampled values; None where too few resamples have a value."""
    if values is None:
        return None
    import numpy as np

    defined = values[~np.isnan(values)]
    if len(defined) < LEAST_DEFINED * len(values):
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
