"""Which quotes to show of a code: few, spread over roles, people and directions, neither scraps nor speeches."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import log
from types import MappingProxyType

from ipscoding.analysis.names import natural
from ipscoding.domain import Excerpt, count_words

_NO_MARKS: Mapping[str, str] = MappingProxyType({})


def distinct(excerpts: Iterable[Excerpt], marks: Mapping[str, str] = _NO_MARKS) -> list[Excerpt]:
    """The excerpts without those that show what an earlier one shows: same place, code and direction, another coder.

    `marks` are by coding id: of such a group one that is marked `yes` stands there, and none where one is marked `no`.
    """
    seen: dict[tuple[str, str, int, int, str], Excerpt] = {}
    never = set()
    for row in excerpts:
        place = row.document_id, row.code, row.start, row.end, row.valence.value
        mark = marks.get(row.coding_id)
        if mark == "no":
            never.add(place)
        if mark == "yes" and marks.get(seen.setdefault(place, row).coding_id) != "yes":
            seen[place] = row
        seen.setdefault(place, row)
    return [row for place, row in seen.items() if place not in never]


def per_code(excerpts: Iterable[Excerpt], n: int, first: Collection[str] = ()) -> list[Excerpt]:
    """At most `n` excerpts of each code, as `spread` chooses them, in the order in which they were given."""
    rows = list(excerpts)
    by_code: dict[str, list[Excerpt]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    chosen = {id(row) for found in by_code.values() for row in spread(found, n, first)}
    return [row for row in rows if id(row) in chosen]


def spread(excerpts: Sequence[Excerpt], n: int, first: Collection[str] = ()) -> list[Excerpt]:
    """At most `n` of the excerpts (of one code), the one to show first standing first.

    One after the other is taken from the role that has fewest so far, there from the informant who has fewest, then
    in the direction that has fewest; among what is left, the one whose number of words is nearest to the middle one
    (median, by ratio) of all given. Nothing is taken that overlaps what was taken already. The same excerpts give the
    same choice in whatever order they come. Those whose ids are in `first` go before all others, chosen among in the
    same way.
    """
    left = sorted(excerpts, key=_order)
    if n <= 0 or not left:
        return []
    lengths = sorted(_words(row) for row in left)
    middle = lengths[len(lengths) // 2]
    far = {id(row): abs(log(_words(row) / middle)) for row in left}
    roles: Counter[str] = Counter()
    people: Counter[str] = Counter()
    directions: Counter[str] = Counter()
    taken: list[Excerpt] = []
    while left and len(taken) < n:
        # the first of equals is taken, and they stand in an order of their own
        best = min(
            left,
            key=lambda row: (
                row.coding_id not in first,
                roles[row.role],
                people[_person(row)],
                directions[row.valence.value],
                far[id(row)],
            ),
        )
        taken.append(best)
        roles[best.role] += 1
        people[_person(best)] += 1
        directions[best.valence.value] += 1
        left = [row for row in left if not _overlap(row, best)]
    return taken


def for_reading(
    excerpts: Iterable[Excerpt], codes: Sequence[str], name: Callable[[Excerpt], str] = lambda row: row.informant
) -> list[Excerpt]:
    """The excerpts by code (in the order of `codes`), role, informant (by `name`) and place."""
    rank = {code: number for number, code in enumerate(codes)}
    return sorted(
        excerpts,
        key=lambda row: (rank.get(row.code, len(rank)), row.code, row.role, natural(name(row)), *_order(row)),
    )


def _order(row: Excerpt) -> tuple[object, ...]:
    return (natural(row.document), row.start, row.end, row.code, row.valence.value, row.coder, row.coding_id)


def _words(row: Excerpt) -> int:
    return count_words(row.text) or 1


def _person(row: Excerpt) -> str:
    return row.informant or row.document_id


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end
