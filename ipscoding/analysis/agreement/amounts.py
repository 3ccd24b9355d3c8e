"""Numbers that measures are made of: one number, or a numpy array with one for each resample.

Every formula is written once and works on both, so that intervals come from the very formula that gave the value.
"""

from collections.abc import Iterable
from typing import Any

Amount = Any
"""A number, or a numpy array of numbers, one for each resample."""


def divided(numerator: Amount, denominator: Amount) -> Amount | None:
    """`numerator / denominator`; undefined (None, in an array nan) where the denominator is 0."""
    if isinstance(denominator, int | float):
        return numerator / denominator if denominator else None
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator == 0, np.nan, numerator / denominator)


def mean(values: Iterable[Amount | None]) -> Amount | None:
    """The mean of those that are defined; undefined where none is. Numbers and arrays are not mixed."""
    defined = [value for value in values if value is not None]
    if not defined:
        return None
    if all(isinstance(value, int | float) for value in defined):
        return sum(defined) / len(defined)
    import numpy as np

    there = [~np.isnan(value) for value in defined]
    return divided(
        sum(np.where(here, value, 0.0) for here, value in zip(there, defined, strict=True)), sum(there) + 0.0
    )
