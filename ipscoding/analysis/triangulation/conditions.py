"""What codes are asked for: said by more than, or less than, a part of a group."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import ge, gt, le, lt

from ipscoding.errors import NotAllowed
from ipscoding.i18n import _

KINDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "more-than": gt,
    "at-least": ge,
    "less-than": lt,
    "at-most": le,
}
"""The comparisons, by the name of their option."""

_FRACTION = re.compile(r"(\d{1,6})/(\d{1,6})")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?) ?%")
_DECIMAL = re.compile(r"([01](?:[.,]\d{1,6})?)")


@dataclass(frozen=True, slots=True)
class Condition:
    """The share of the informants of `group` must be `kind` (of `KINDS`) `share`."""

    kind: str
    group: str
    share: Fraction

    @property
    def asks_for_many(self) -> bool:
        """Whether it asks for a group that says something, and not for one that does not."""
        return self.kind in ("more-than", "at-least")

    def holds(self, number: int, of: int) -> bool:
        """Whether it holds where `number` of `of` informants say something; never in a group of nobody."""
        return of > 0 and KINDS[self.kind](Fraction(number, of), self.share)


def condition(kind: str, text: str) -> Condition:
    """The condition that `GROUP=SHARE` means; a share is 1/2, 50% or 0.5. Raises `NotAllowed` for other texts."""
    group, sign, share = text.rpartition("=")
    found = _share(share.strip())
    if not sign or not group.strip() or found is None:
        raise NotAllowed(
            _("{text} is not a group and a share").format(text=text), _("Write patient=1/2, patient=0.5 or patient=50%")
        )
    return Condition(kind, group.strip(), found)


def _share(text: str) -> Fraction | None:
    if match := _FRACTION.fullmatch(text):
        found = Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    elif match := _PERCENT.fullmatch(text):
        found = Fraction(match[1].replace(",", ".")) / 100
    elif match := _DECIMAL.fullmatch(text):
        found = Fraction(match[1].replace(",", "."))
    else:
        return None
    return found if found is not None and found <= 1 else None
