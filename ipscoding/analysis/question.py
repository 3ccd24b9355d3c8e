"""What a table of figures is asked for, checked against what there is."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.names import hint
from ipscoding.analysis.scheme import OF_CODES, frameworks
from ipscoding.domain import Codebook
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _

UNITS = ("segments", "informants", "documents", "words")
"""What can be counted."""


OF_CODINGS = ("valence", "strength", "coder")
"""What codings can be grouped by, besides codes and what their interviews have."""

STRENGTHS = ("2", "1", "")
"""The strengths of codings, the strong ones first; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Question:
    """The dimensions of a table, in order, sorted into those of codes and those of people, and the units counted."""

    by: tuple[str, ...]
    of_codes: tuple[str, ...]
    of_people: tuple[str, ...]
    units: tuple[str, ...]
    balance: bool
    min_cell: int
    sides: bool = False

    @property
    def by_valence(self) -> bool:
        """Whether each direction has a row of its own."""
        return "valence" in self.by

    @property
    def by_strength(self) -> bool:
        """Whether each strength has a row of its own."""
        return "strength" in self.by

    @property
    def within_groups(self) -> bool:
        """Whether segments are compared inside a group of interviews (else with those of all interviews)."""
        return bool(self.of_codes) or self.by_valence or self.by_strength


def ask(
    by: Sequence[str],
    units: Sequence[str],
    codebook: Codebook,
    interviews: Interviews,
    *,
    pooled: bool = False,
    balance: bool = True,
    min_cell: int = 0,
    sides: bool = False,
) -> Question:
    """The question that `by` and `units` make; raises `NotFound` for names in them that do not exist."""
    dimensions = tuple(dict.fromkeys(by))
    counted = tuple(dict.fromkeys(units))
    of_codes = (*OF_CODES, *frameworks(codebook))
    interviews.check(dimensions, (*of_codes, *OF_CODINGS))
    unknown = [unit for unit in counted if unit not in UNITS]
    if unknown:
        raise NotFound(_("No such unit: {names}").format(names=", ".join(unknown)), hint(unknown, UNITS))
    if pooled and "coder" in dimensions:
        what = _("Coders cannot be taken together and have rows of their own at once")
        raise NotAllowed(what, _("Leave one of the two out"))
    return Question(
        by=dimensions,
        of_codes=tuple(name for name in dimensions if name in of_codes),
        of_people=tuple(name for name in dimensions if name not in (*of_codes, *OF_CODINGS)),
        units=counted,
        balance=balance and "valence" not in dimensions,
        min_cell=min_cell,
        sides=sides and balance and "valence" not in dimensions,
    )
