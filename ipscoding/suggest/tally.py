"""From counts to figures with intervals: every figure is made of sums over interviews, so that it can be drawn again.

The intervals are percentile bootstraps over interviews (Efron and Tibshirani 1993): as many interviews are drawn, with
replacement, as there are; each figure is worked out from the summed counts of each draw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

BINS = 10
DRAWS = 1000
_SEED = 20_26
_LOW, _HIGH = 2.5, 97.5

FIGURES = (
    "hit1", "hit3", "hit5", "micro_f1", "macro_f1", "ece", "valence_macro_f1", "false_per_100_uncoded",
)  # fmt: skip
"""The figures, in the order in which they are shown."""


@dataclass
class Tally:
    """The counts of one interview.

    `hits` has the number of units and how many had a right code among the first 1, 3 and 5. `codes` has for each code
    how often it was shown and right, shown and wrong, right and not shown. `bins` has for each tenth of the scores how
    many there were, their sum, and how many were right. `directions` has the pairs barrier-barrier,
    barrier-facilitator, facilitator-barrier, facilitator-facilitator (given, proposed). `silence` has how many
    sentences nobody coded, and how many suggestions stood on them.
    """

    codes: Numbers
    hits: Numbers = field(default_factory=lambda: np.zeros(4))
    bins: Numbers = field(default_factory=lambda: np.zeros((BINS, 3)))
    directions: Numbers = field(default_factory=lambda: np.zeros(4))
    silence: Numbers = field(default_factory=lambda: np.zeros(2))

    @classmethod
    def empty(cls, codes: int) -> "Tally":
        """Nothing counted yet, for so many codes."""
        return cls(np.zeros((codes, 3)))

    def row(self) -> Numbers:
        """All counts in one row."""
        return np.concatenate([self.hits, self.directions, self.silence, self.bins.ravel(), self.codes.ravel()])


@dataclass(frozen=True)
class Figures:
    """Figures by name (`FIGURES`), None where there is nothing to count, and their 95 % intervals over interviews.

    `n` units, `directions` codings with a direction, `uncoded` sentences stand behind them.
    """

    n: int
    directions: int
    uncoded: int
    values: Mapping[str, float | None]
    intervals: Mapping[str, tuple[float, float] | None]


def figures(tallies: Sequence[Tally]) -> Figures:
    """The figures of some interviews, with their intervals (None for a single interview)."""
    rows = np.stack([tally.row() for tally in tallies])
    values = _values(rows.sum(axis=0))
    drawn = _values(_drawn(len(rows)) @ rows) if len(rows) > 1 else {}
    n, directions, uncoded = (int(rows[:, part].sum()) for part in (slice(0, 1), slice(4, 8), slice(8, 9)))
    return Figures(
        n,
        directions,
        uncoded,
        {name: _number(values[name]) for name in FIGURES},
        {name: _interval(drawn.get(name)) if _number(values[name]) is not None else None for name in FIGURES},
    )


@lru_cache(maxsize=64)
def _drawn(interviews: int) -> Numbers:
    """How often each interview is in each draw; the same draws for the same number of interviews."""
    chance = np.random.default_rng(_SEED)
    return chance.multinomial(interviews, np.full(interviews, 1 / interviews), size=DRAWS).astype(np.float64)


def _values(sums: Numbers) -> dict[str, Numbers]:
    """Each figure for each row of sums; not a number where there is nothing to divide by."""
    hits, directions, silence = sums[..., 0:4], sums[..., 4:8], sums[..., 8:10]
    bins = sums[..., 10 : 10 + BINS * 3].reshape(*sums.shape[:-1], BINS, 3)
    codes = sums[..., 10 + BINS * 3 :].reshape(*sums.shape[:-1], -1, 3)
    with np.errstate(divide="ignore", invalid="ignore"):
        right, wrong, missed = codes[..., 0], codes[..., 1], codes[..., 2]
        each = np.where(right + missed > 0, 2 * right / (2 * right + wrong + missed), np.nan)
        whole = codes.sum(axis=-2)
        gaps = np.abs(bins[..., 1] - bins[..., 2]).sum(axis=-1) / bins[..., 0].sum(axis=-1)
        both, crossed = directions[..., [0, 3]], directions[..., 1:3].sum(axis=-1, keepdims=True)
        return {
            "hit1": hits[..., 1] / hits[..., 0],
            "hit3": hits[..., 2] / hits[..., 0],
            "hit5": hits[..., 3] / hits[..., 0],
            "micro_f1": np.where(
                whole[..., 0] + whole[..., 2] > 0,
                2 * whole[..., 0] / (2 * whole[..., 0] + whole[..., 1] + whole[..., 2]),
                np.nan,
            ),
            "macro_f1": _mean(each),
            "ece": gaps,
            "valence_macro_f1": _mean(2 * both / (2 * both + crossed)),
            "false_per_100_uncoded": np.where(silence[..., 0] > 0, 100 * silence[..., 1] / silence[..., 0], np.nan),
        }


def _mean(values: Numbers) -> Numbers:
    """The mean of the numbers in the last axis, leaving out what is none."""
    there = ~np.isnan(values)
    mean: Numbers = np.where(there, values, 0).sum(axis=-1) / there.sum(axis=-1)
    return mean


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def _interval(drawn: Numbers | None) -> tuple[float, float] | None:
    if drawn is None:
        return None
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return None
    low, high = np.percentile(known, [_LOW, _HIGH])
    return float(low), float(high)
