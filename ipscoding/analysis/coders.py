"""Whose codings a figure counts: the coders chosen, else the consensus layer, else each coder apart."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ipscoding.analysis.names import matching, natural
from ipscoding.domain import CONSENSUS
from ipscoding.i18n import _


@dataclass(frozen=True, slots=True)
class Coders:
    """The coders that are counted, in order, and a sentence for the reader that says so.

    `pooled`: their codings are united, so that what two of them coded counts once.
    """

    names: tuple[str, ...]
    pooled: bool
    note: str

    @property
    def apart(self) -> bool:
        """Whether there are several, each with figures of their own."""
        return len(self.names) > 1 and not self.pooled


def choose(
    present: Iterable[str], chosen: Collection[str] | None = None, *, pooled: bool = False, consensus: str = CONSENSUS
) -> Coders:
    """Whose codings to count, of the coders `present` in the rows.

    `chosen` coders, else the one called `consensus`, else all of them; apart from each other unless `pooled`.
    Raises `NotFound` for a chosen coder who has no codings.
    """
    there = set(present)
    if chosen:
        names = tuple(sorted(matching(chosen, there, _("No codings by")), key=natural))
    elif consensus in there:
        return Coders((consensus,), False, _("The consensus layer is counted (coder {name}).").format(name=consensus))
    else:
        names = tuple(sorted(there, key=natural))
    if not names:
        return Coders((), False, _("There are no codings to count."))
    listed = ", ".join(names)
    if len(names) == 1:
        return Coders(names, False, _("Codings by {coder}.").format(coder=listed))
    if pooled:
        note = _("Codings by {coders} taken together: what several of them coded counts once.")
    else:
        note = _("Codings by {coders}, each counted apart: rows of different coders are not to be added up.")
    return Coders(names, pooled, note.format(coders=listed))


def whose(
    present: Iterable[str],
    asked: Collection[str] | None,
    chosen: Collection[str] | None = None,
    *,
    pooled: bool = False,
    consensus: str = CONSENSUS,
) -> Coders:
    """As `choose`, where a query also asks for some coders (`asked`; None: it does not say)."""
    if asked is None:
        return choose(present, chosen, pooled=pooled, consensus=consensus)
    there = set(present)
    left = set(asked) & (matching(chosen, there, _("No codings by")) if chosen else there)
    return choose(left, left, pooled=pooled, consensus=consensus)
