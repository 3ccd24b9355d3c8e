"""The arithmetic of saturation after Guest, Namey and Chen (2020), PLoS ONE 15(5): e0232076.

The *base* is what the first interviews found. A *run* is a few interviews in a row after it; what is new in them is
set in proportion to the base. Runs slide by one interview. Saturation is reached with the first run whose proportion
is not above the *threshold*.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

BASES = (4, 5, 6)
"""How many interviews the base has, as the article tries them."""
RUNS = (2, 3)
"""How many interviews a run has."""
THRESHOLDS = (Fraction(5, 100), Fraction(0))
"""How much of the base may be new in a run."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A size of the base, a length of the run (both in interviews) and a threshold (a part of one)."""

    base: int
    run: int
    threshold: Fraction


@dataclass(frozen=True, slots=True)
class Run:
    """The interviews `first` to `last` (from 1), the codes that are new in them, and the codes of the base."""

    first: int
    last: int
    new: int
    base_codes: int

    @property
    def share(self) -> float | None:
        """What is new in proportion to the base; None where the base has nothing."""
        return self.new / self.base_codes if self.base_codes else None

    @property
    def told(self) -> str:
        """`6+2`: six interviews, and the two of the run that show that they were enough."""
        return f"{self.first - 1}+{self.last - self.first + 1}"


def settings(
    bases: Iterable[int] = BASES, lengths: Iterable[int] = RUNS, thresholds: Iterable[Fraction] = THRESHOLDS
) -> list[Setting]:
    """Every combination, in the order given."""
    return [Setting(*parts) for parts in product(bases, lengths, thresholds)]


def new_codes(interviews: Iterable[Collection[str]]) -> list[int]:
    """How many codes each interview brings that no earlier one had."""
    known: set[str] = set()
    found = []
    for codes in interviews:
        fresh = set(codes) - known
        known |= fresh
        found.append(len(fresh))
    return found


def runs(new: Sequence[int], base: int, length: int) -> list[Run]:
    """All runs of `length` interviews after a base of `base`, from the numbers of new codes; none in too few."""
    in_base = sum(new[:base])
    return [
        Run(start + 1, start + length, sum(new[start : start + length]), in_base)
        for start in range(base, len(new) - length + 1)
    ]


def reached(new: Sequence[int], setting: Setting) -> Run | None:
    """The run with which saturation is reached; None where it is not, or where the base has nothing."""
    for run in runs(new, setting.base, setting.run):
        if run.base_codes and run.new <= setting.threshold * run.base_codes:
            return run
    return None
