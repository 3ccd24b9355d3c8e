"""What saturation would have looked like had the interviews come in another order: a band over random orders."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ipscoding.analysis.saturation.method import Setting

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
"""The band: between them lie nine orders of ten."""


@dataclass(frozen=True, slots=True)
class Band:
    """Median, 5th and 95th percentile over orders; each is a value that some order has."""

    median: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Orders:
    """The interviews in random orders: `new` has a row for each order, the new codes of each interview in it."""

    new: Any

    def curve(self) -> list[Band]:
        """After each interview, how many codes were known."""
        import numpy as np

        known = np.cumsum(self.new, axis=1)
        found = np.quantile(known, (MIDDLE, LOW, HIGH), axis=0, method="inverted_cdf")
        return [Band(*(int(value) for value in column)) for column in found.T]

    def reached(self, setting: Setting) -> tuple[float, Band]:
        """The share of orders that reach saturation, and with which interview they do.

        An order that does not counts as later than all; where a percentile falls among those, it is None.
        """
        import numpy as np

        orders, interviews = self.new.shape
        runs = interviews - setting.base - setting.run + 1
        if runs < 1:
            return 0.0, Band(None, None, None)
        known = np.concatenate([np.zeros((orders, 1), dtype=np.int64), np.cumsum(self.new, axis=1)], axis=1)
        base = known[:, setting.base : setting.base + 1]
        starts = slice(setting.base, setting.base + runs)
        ends = slice(setting.base + setting.run, setting.base + setting.run + runs)
        fresh = known[:, ends] - known[:, starts]
        few = (fresh * setting.threshold.denominator <= base * setting.threshold.numerator) & (base > 0)
        there = few.any(axis=1)
        never = interviews + 1
        last = np.where(there, few.argmax(axis=1) + setting.base + setting.run, never)
        found = np.quantile(last, (MIDDLE, LOW, HIGH), method="inverted_cdf")
        return float(there.mean()), Band(*(None if value >= never else int(value) for value in found))


def draw(interviews: Sequence[Collection[str]], times: int, seed: int) -> Orders | None:
    """`times` random orders of `interviews` (the codes of each); None for fewer than two interviews, or none wanted.

    The same seed gives the same orders everywhere.
    """
    if times < 1 or len(interviews) < 2:
        return None
    import numpy as np

    said: dict[str, list[int]] = {}
    for interview, codes in enumerate(interviews):
        for code in codes:
            said.setdefault(code, []).append(interview)
    chance = np.random.default_rng(seed)
    # row by order, column by interview: the place of the interview in that order
    places = np.stack([chance.permutation(len(interviews)).astype(np.int32) for _ in range(times)])
    new = np.zeros(times * len(interviews), dtype=np.int64)
    begins = np.arange(times, dtype=np.int64) * len(interviews)
    for where in said.values():
        # a code is new in the first interview of the order that has it
        new[begins + places[:, where].min(axis=1)] += 1
    return Orders(new.reshape(times, len(interviews)))
