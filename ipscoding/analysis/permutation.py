"""Whether groups of informants differ by more than chance: who is in which group is dealt out again, many times.

An informant's codings stay together, so that a talkative person is one person. The p value is (1 + how many
rearrangements give at least the statistic found) / (1 + rearrangements); Phipson & Smyth 2010.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial, prod

PERMUTATIONS = 2000
LEAST_ARRANGEMENTS = 20
"""Fewer ways to deal people out than this cannot give a p value below 0.05."""


@dataclass(frozen=True, slots=True)
class Permuted:
    """What came out: the statistic, p, and how many informants stood in how many groups."""

    statistic: float
    p: float
    informants: int
    groups: int


def arrangements(groups: Sequence[str]) -> int:
    """In how many ways people can be dealt out to groups of these sizes."""
    return factorial(len(groups)) // prod(map(factorial, Counter(groups).values()))


def permutation_test(
    group_of: Mapping[str, str],
    counts: Mapping[str, Sequence[float]],
    *,
    shares: bool,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> Permuted | None:
    """Deal the people of `group_of` out to groups of the same sizes, `permutations` times, beginning at `seed`.

    `counts` has a row of numbers for each person (0 where absent), one for each category. With `shares` they are 0 or 1
    and the statistic adds up, over categories, how far the shares of people in the groups lie from the share of all:
    sum of n(p_g - p)^2 / (p(1 - p)). Without, they are segments, and it is Pearson's chi square of groups by
    categories. None where nothing varies, so that there is no statistic.
    """
    import numpy as np

    people = sorted(group_of)
    names = sorted(set(group_of.values()))
    width = max((len(row) for row in counts.values()), default=0)
    if not width or len(names) < 2:
        return None
    values = np.array([counts.get(person, [0.0] * width) for person in people], dtype=float)
    labels = np.array([names.index(group_of[person]) for person in people])
    sizes = np.bincount(labels, minlength=len(names)).astype(float)
    each = np.arange(len(names))
    totals = values.sum(axis=0)
    if shares:
        part = totals / len(people)
        varies = (part > 0) & (part < 1)
    else:
        part, varies = totals, totals > 0
    values, part = values[:, varies], part[varies]
    if not values.size or (not shares and len(part) < 2):
        return None

    def statistic(order: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> float:
        table = (order[:, None] == each).T.astype(float) @ values
        if shares:
            expected = sizes[:, None] * part
            return float(((table - expected) ** 2 / (expected * (1 - part))).sum())
        rows = table.sum(axis=1)
        expected = rows[:, None] * part / part.sum()
        inside = expected > 0
        return float((((table - expected) ** 2)[inside] / expected[inside]).sum())

    found = statistic(labels)
    chance = np.random.default_rng(seed)
    at_least = sum(statistic(chance.permutation(labels)) >= found * (1 - 1e-12) for _turn in range(permutations))
    return Permuted(found, (1 + at_least) / (1 + permutations), len(people), len(names))
