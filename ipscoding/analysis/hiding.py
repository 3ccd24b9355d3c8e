"""Which rows of a frequency table are hidden: those that rest on few people, and those that would give them away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipscoding.analysis.counting import Counts, Group, Place, Tally
from ipscoding.analysis.interviews import Denominators
from ipscoding.analysis.question import Question
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.suppression import Entry, Sum, protected

MARK = "x"
"""What stands in place of a hidden figure. It does not tell who is few from who was hidden with them."""

Total = tuple[str, Group]
_NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows that are hidden (`few` of them since few people stand behind them), and the totals of segments."""

    places: frozenset[Place] = frozenset()
    totals: frozenset[Total] = frozenset()
    few: int = 0


def is_few(informants: int, interviewed: int, least: int) -> bool:
    """Whether a cell with so many `informants`, of so many `interviewed`, rests on fewer than `least`, but on someone.

    In a group of few people nothing is shown, not even that none of them said it.
    """
    return 0 < min(informants or interviewed, interviewed) < least


def total_of(place: Place, question: Question) -> Total:
    """The key of the total that the segments of a row are a share of."""
    return place.coder, place.group if question.within_groups else ()


def hidden(
    places: Sequence[Place], groups: Mapping[Group, Denominators], question: Question, counts: Counts, scheme: Scheme
) -> Hidden:
    """What is hidden of the rows `places`, so that nothing can be worked out from what is shown."""
    tallies = {place: counts.cells.get(place, _NOTHING) for place in places}
    few = {
        place
        for place, tally in tallies.items()
        if is_few(len(tally.informants), groups[place.group].informants, question.min_cell)
    }
    if not few:
        return Hidden()
    values: dict[Entry, int] = {place: tally.segments for place, tally in tallies.items()}
    sums: list[Sum] = []
    rest: set[Entry] = set()
    if "segments" in question.units:
        _add_totals(places, question, counts, scheme, values, sums, rest)
    sums += _unions(places, scheme)
    unseen = protected(values, sums, few, rest)
    return Hidden(
        frozenset(entry for entry in unseen if isinstance(entry, Place)),
        frozenset(entry for entry in unseen if isinstance(entry, tuple) and not isinstance(entry, Place)),
        len(few),
    )


def _add_totals(
    places: Iterable[Place],
    question: Question,
    counts: Counts,
    scheme: Scheme,
    values: dict[Entry, int],
    sums: list[Sum],
    rest: set[Entry],
) -> None:
    """The sums of segments, of which shares are printed."""
    parts: dict[Total, list[Place]] = {}
    for place in places:
        parts.setdefault(total_of(place, question), []).append(place)
    above = {unit for unit, _below in scheme.nests()}
    for key, within in parts.items():
        lowest: list[Entry] = [place for place in within if place.unit not in above]
        shown = sum(values[entry] for entry in lowest)
        left = counts.totals.get(key, 0) - shown
        if left > 0 or scheme.limited:
            lowest.append(("rest", key))
            values["rest", key] = max(left, 0)
            rest.add(("rest", key))
        # codings of one code in two directions that overlap count once in the total, which is then a little less than
        # the sum; who works it out will not know, so it is as if it were the sum
        values[key] = shown + max(left, 0)
        sums.append(Sum(key, tuple(lowest)))


def _unions(places: Iterable[Place], scheme: Scheme) -> list[Sum]:
    """The rows of codes above others: unions of those right below them."""
    if not scheme.nests():
        return []
    by_unit: dict[tuple[str, Group, str, str], dict[tuple[str, ...], Place]] = {}
    for place in places:
        by_unit.setdefault((place.coder, place.group, place.valence, place.strength), {})[place.unit] = place
    found = []
    for rows in by_unit.values():
        for above, below in scheme.nests():
            parts = tuple(rows[unit] for unit in below if unit in rows)
            if above in rows and parts:
                found.append(Sum(rows[above], parts, exact=False))
    return found
