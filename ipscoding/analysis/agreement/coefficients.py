"""Coefficients of agreement on units that are fixed in advance, for nominal values.

The ratings are given as a table: a tuple with each coder's value (None where a coder did not rate the unit) and how
many units were rated so. Weights may be lengths (characters), or numpy arrays with one number for each resample.

A coefficient that corrects for chance is undefined (None) where all ratings are the same: nothing was there to be told
apart. Without any unit that two coders rated, everything is undefined.

Sources: Cohen 1960; Scott 1955; Fleiss 1971, with missing ratings as in Gwet 2014, ch. 2; Krippendorff 2011;
Gwet 2008 (AC1); Brennan & Prediger 1981.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from itertools import combinations

from ipscoding.analysis.agreement.amounts import Amount, divided, mean

Value = Hashable | None
Ratings = Mapping[tuple[Value, ...], Amount]
"""How many units the coders rated so: one value for each coder, None where there is none."""


def percent(ratings: Ratings) -> Amount | None:
    """The share (0 to 1) of pairs of ratings of one unit that are the same, each unit counting alike."""
    return divided(*_agreed(ratings))


def cohen(ratings: Ratings) -> Amount | None:
    """Cohen's kappa of two coders on the units both rated; of more coders the mean over pairs (Light 1971)."""
    return _of_pairs(ratings, _cohen)


def scott(ratings: Ratings) -> Amount | None:
    """Scott's pi of two coders on the units both rated; of more coders the mean over pairs."""
    return _of_pairs(ratings, _scott)


def fleiss(ratings: Ratings) -> Amount | None:
    """Fleiss' kappa for any number of coders, who may have left units out."""
    shares = _shares(ratings)
    return _corrected(ratings, sum(share**2 for share in shares.values()), len(shares))


def ac1(ratings: Ratings, categories: int | None = None) -> Amount | None:
    """Gwet's AC1; `categories` is how many values there are to choose from (default: those that occur)."""
    shares = _shares(ratings)
    number = categories or len(shares)
    expected = sum(share * (1 - share) for share in shares.values()) / (number - 1) if number > 1 else 0
    return _corrected(ratings, expected, number)


def brennan_prediger(ratings: Ratings, categories: int | None = None) -> Amount | None:
    """Brennan and Prediger's coefficient (Bennett's S); `categories` as in `ac1`."""
    number = categories or len(_shares(ratings))
    return _corrected(ratings, 1 / number if number else 0, number)


def alpha(ratings: Ratings) -> Amount | None:
    """Krippendorff's alpha for nominal values, any number of coders and missing ratings."""
    pairable, apart = 0, 0
    values: dict[Value, Amount] = {}
    for row, weight in ratings.items():
        counts = _counts(row)
        number = counts.total()
        if number < 2:
            continue
        pairable = pairable + weight * number
        differing = number**2 - sum(count**2 for count in counts.values())
        if differing:
            apart = apart + weight * differing / (number - 1)
        for value, count in counts.items():
            values[value] = values.get(value, 0) + weight * count
    expected = pairable**2 - sum(count**2 for count in values.values())
    return divided(expected - apart * (pairable - 1), expected)


def _counts(row: tuple[Value, ...]) -> Counter[Value]:
    return Counter(value for value in row if value is not None)


def _agreed(ratings: Ratings) -> tuple[Amount, Amount]:
    """How many units agree (a unit of several coders by the share of its pairs), of how many with two ratings."""
    same, units = 0, 0
    for row, weight in ratings.items():
        counts = _counts(row)
        number = counts.total()
        if number < 2:
            continue
        units = units + weight
        alike = sum(count * (count - 1) for count in counts.values())
        if alike:
            same = same + weight * (alike / (number * (number - 1)))
    return same, units


def _shares(ratings: Ratings) -> dict[Value, Amount]:
    """The share of each value: the mean over units of the share it has of a unit's ratings."""
    units: Amount = 0
    found: dict[Value, Amount] = {}
    for row, weight in ratings.items():
        counts = _counts(row)
        if not counts:
            continue
        units = units + weight
        for value, count in counts.items():
            found[value] = found.get(value, 0) + weight * (count / counts.total())
    return {value: share for value, weight in found.items() if (share := divided(weight, units)) is not None}


def _corrected(ratings: Ratings, expected: Amount, categories: int) -> Amount | None:
    """Agreement beyond what is expected by chance; undefined where only one value occurs."""
    observed = percent(ratings)
    if observed is None or categories < 2:
        return None
    # a value with a weight of 0 does not occur: it may in the whole and not in a resample
    totals: dict[Value, Amount] = {}
    for row, weight in ratings.items():
        for value in _counts(row):
            totals[value] = totals.get(value, 0) + weight
    varied = (sum((total > 0) * 1 for total in totals.values()) > 1) * 1
    return divided((observed - expected) * varied, (1 - expected) * varied)


def _of_pairs(ratings: Ratings, measure: Callable[[Ratings], Amount | None]) -> Amount | None:
    coders = max(map(len, ratings), default=0)
    return mean(measure(_pair(ratings, one, other)) for one, other in combinations(range(coders), 2))


def _pair(ratings: Ratings, one: int, other: int) -> Ratings:
    """The ratings of two of the coders, on the units that both rated."""
    found: dict[tuple[Value, ...], Amount] = {}
    for row, weight in ratings.items():
        pair = (row[one], row[other])
        if None not in pair:
            found[pair] = found.get(pair, 0) + weight
    return found


def _margins(ratings: Ratings) -> tuple[Amount, Amount, dict[Value, Amount], dict[Value, Amount]]:
    """Of two coders: units, units rated alike, and how often each of them gave each value."""
    units, same = 0, 0
    first: dict[Value, Amount] = {}
    second: dict[Value, Amount] = {}
    for (one, other), weight in ratings.items():
        units = units + weight
        if one == other:
            same = same + weight
        first[one] = first.get(one, 0) + weight
        second[other] = second.get(other, 0) + weight
    return units, same, first, second


def _cohen(ratings: Ratings) -> Amount | None:
    units, same, first, second = _margins(ratings)
    expected = sum(count * second[value] for value, count in first.items() if value in second)
    return divided(units * same - expected, units**2 - expected)


def _scott(ratings: Ratings) -> Amount | None:
    units, same, first, second = _margins(ratings)
    expected = sum((first.get(value, 0) + second.get(value, 0)) ** 2 for value in {*first, *second})
    return divided(4 * units * same - expected, 4 * units**2 - expected)
