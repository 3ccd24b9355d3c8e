"""How far groups lie apart in what they say of a code, and what they have in common.

*Contrast* is the greatest difference between two groups in the share of informants who name the code: at all, as a
barrier, or as a facilitator, whichever differs most. *Agreement* is the share that every group reaches on the side
where that is highest. Both go from 0 to 1 and need at least two groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ANY, BARRIER, FACILITATOR = "any", "barrier", "facilitator"
WAYS = (FACILITATOR, BARRIER, ANY)
"""The ways in which a code can be named; where two come out equal, the first tells more."""

OPPOSED, SAME, MIXED = "opposed", "same", "mixed"
"""Directions: some groups lean to barrier and others to facilitator; all to one side; neither."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one group says of a code: informants who name it, who name it on each side, those interviewed; the balance.

    `None` as a number: hidden. `balance` is None where there is neither barrier nor facilitator.
    """

    group: str
    number: int | None
    barrier: int | None
    facilitator: int | None
    of: int
    balance: float | None

    def share(self, way: str) -> float | None:
        """The share of informants who name it in this way; None where that is hidden or nobody was interviewed."""
        number = {ANY: self.number, BARRIER: self.barrier, FACILITATOR: self.facilitator}[way]
        return None if number is None or not self.of else number / self.of

    @property
    def silent(self) -> bool:
        """Whether people were interviewed and none of them names it."""
        return self.number == 0 and self.of > 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Groups beside each other; `way` and `agreed_way` are of `WAYS`, `most` and `least` the groups furthest apart."""

    contrast: float | None = None
    way: str = ""
    most: str = ""
    least: str = ""
    agreement: float | None = None
    agreed_way: str = ""
    directions: str = ""
    silent: tuple[str, ...] = ()


def compare(groups: Sequence[Saying]) -> Compared:
    """Set groups beside each other; those whose figures are hidden stay out of it."""
    seen = [group for group in groups if group.of and None not in (group.number, group.barrier, group.facilitator)]
    silent = tuple(group.group for group in seen if group.silent)
    if len(seen) < 2:
        return Compared(silent=silent)
    best: tuple[float, str, str, str] = (-1.0, "", "", "")
    common: tuple[float, str] = (-1.0, "")
    for way in WAYS:
        shares = [(group.share(way) or 0.0, group.group) for group in seen]
        high, low = max(shares, key=lambda one: one[0]), min(shares, key=lambda one: one[0])
        if high[0] - low[0] > best[0]:
            best = (high[0] - low[0], way, high[1], low[1])
        if low[0] > common[0]:
            common = (low[0], way)
    apart, way, most, least = best if best[0] > 0 else (0.0, "", "", "")
    agreed, agreed_way = common if common[0] > 0 else (0.0, "")
    return Compared(apart, way, most, least, agreed, agreed_way, _directions(seen), silent)


def _directions(groups: Sequence[Saying]) -> str:
    balances = [group.balance for group in groups if group.balance is not None]
    if len(balances) < 2:
        return ""
    if min(balances) < 0 < max(balances):
        return OPPOSED
    return SAME if min(balances) > 0 or max(balances) < 0 else MIXED
