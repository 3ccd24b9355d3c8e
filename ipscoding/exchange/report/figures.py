"""The figures of a report, code by code and group by group, and which of them are hidden.

All tables, pictures and highlights of a report are made from these, so that what one of them hides no other one tells.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipscoding.analysis.chart import Bar, Facet, Figure
from ipscoding.analysis.hiding import MARK, is_few
from ipscoding.analysis.suppression import Entry, Sum, protected
from ipscoding.analysis.table import Row
from ipscoding.domain import Codebook
from ipscoding.i18n import language

ALL, BARRIER, FACILITATOR = "informants", "barrier_informants", "facilitator_informants"
SIDES = (ALL, BARRIER, FACILITATOR)
"""Informants who name a code at all, as a barrier, as a facilitator: the columns of frequencies they come from."""

Place = tuple[str, str | None, str]
"""A code, a role (None: all informants together) and one of `SIDES`."""


@dataclass(frozen=True)
class Figures:
    """How many informants name each code, by role and side.

    `of` says how many were interviewed, by role; `roles` has the roles in order, and is empty where there is only one.
    `segments` and `balance` are of all informants together, and empty where figures may be hidden: what is left to a
    sum would tell of them. `hidden` are the places that are not to be shown.
    """

    coder: str
    codes: tuple[str, ...]
    roles: tuple[str, ...]
    of: Mapping[str | None, int]
    numbers: Mapping[Place, int]
    segments: Mapping[str, int]
    balance: Mapping[str, float | None]
    hidden: frozenset[Place] = frozenset()

    def number(self, code: str, role: str | None, side: str) -> int | None:
        """How many informants; None where that is hidden."""
        place = code, role, side
        return None if place in self.hidden else self.numbers.get(place, 0)

    def open(self, code: str) -> bool:
        """Whether nothing that is known of a code is hidden."""
        return not any((code, role, side) in self.hidden for role in (None, *self.roles) for side in SIDES)

    def used(self, code: str) -> bool:
        """Whether somebody names the code, or that is not to be told."""
        places = [(code, role, side) for role in (None, *self.roles) for side in SIDES]
        return any(self.numbers.get(place, 0) or place in self.hidden for place in places)

    def bars(self, book: Codebook, codes: Iterable[str], *, sides: bool) -> tuple[list[Bar], list[Facet]]:
        """The figures as bars for pictures: all informants and each role; `sides`: the picture shows the two sides."""
        facets = [Facet(role) for role in (None, *self.roles)]
        bars = []
        for code in codes:
            known = book.by_id.get(code)
            name = known.name(language()) if known else code
            domain = book.path(code)[0].id if known else code
            bars.append(Bar(code, name, domain, {facet: self._figure(code, facet.role, sides) for facet in facets}))
        return bars, facets

    def _figure(self, code: str, role: str | None, sides: bool) -> Figure:
        there = [self.number(code, role, side) for side in SIDES]
        shown = there[1:] if sides else there[:1]
        if None in shown:
            return Figure(of=self.of.get(role, 0), hidden=MARK)
        number, barrier, facilitator = (n or 0 for n in there)
        return Figure(
            informants=number, of=self.of.get(role, 0), barrier_informants=barrier, facilitator_informants=facilitator
        )


def figures_from(coder: str, whole: Sequence[Row], by_role: Sequence[Row], min_cell: int) -> Figures:
    """The figures in the rows of two tables of frequencies, `by` code and `by` code and role, both with sides.

    Figures that rest on fewer than `min_cell` informants are hidden, on someone or in a group as small, with as many
    more as are needed that none can be worked out from another one.
    """
    of: dict[str | None, int] = {}
    numbers: dict[Place, int] = {}
    for row in (*whole, *by_role):
        code, role = str(row["code"]), None if "role" not in row else str(row["role"])
        of[role] = _whole(row["informants_of"])
        for side in SIDES:
            numbers[code, role, side] = _whole(row[side])
    roles = tuple(role for role in of if role is not None)
    if len(roles) < 2:
        roles = ()
        numbers = {place: n for place, n in numbers.items() if place[1] is None}
    codes = tuple(dict.fromkeys(str(row["code"]) for row in whole))
    told = () if min_cell else whole
    return Figures(
        coder=coder,
        codes=codes,
        roles=roles,
        of=of,
        numbers=numbers,
        segments={str(row["code"]): _whole(row["segments"]) for row in told},
        balance={str(row["code"]): _part(row["balance"]) for row in told},
        hidden=frozenset(_hidden(codes, roles, of, numbers, min_cell)) if min_cell else frozenset(),
    )


def _hidden(
    codes: Sequence[str],
    roles: Sequence[str],
    of: Mapping[str | None, int],
    numbers: Mapping[Place, int],
    min_cell: int,
) -> set[Place]:
    few = {place for place, n in numbers.items() if is_few(n, of.get(place[1], 0), min_cell)}
    sums: list[Sum] = []
    for code in codes:
        for side in SIDES:
            parts = tuple((code, role, side) for role in roles)
            if parts:
                total = code, None, side
                sums.append(Sum(total, parts, exact=sum(numbers[part] for part in parts) == numbers[total]))
        # who names a code on either side names it: the one says something of the others
        sums += [
            Sum((code, role, ALL), ((code, role, BARRIER), (code, role, FACILITATOR)), exact=False)
            for role in (None, *roles)
        ]
    values: dict[Entry, int] = dict(numbers.items())
    while True:
        hidden = protected(values, sums, few)
        unseen = {place for place in numbers if place in hidden}
        # of a code of which nothing is shown, nothing follows
        closed = {code for code in codes if all(place in unseen for place in numbers if place[0] == code)}
        told = [place for code in codes if code not in closed for place in _told(code, roles, of, numbers, unseen)]
        if not told:
            return unseen
        for code, _role, side in told:
            total = code, None, side
            # where hiding the total is not enough, nothing of the code is shown
            more = {total} if total not in unseen else {place for place in numbers if place[0] == code}
            few = few | unseen | more


def _told(
    code: str,
    roles: Sequence[str],
    of: Mapping[str | None, int],
    numbers: Mapping[Place, int],
    unseen: Collection[Place],
) -> list[Place]:
    """The hidden figures of a code that can only be what they are, by what is shown of it.

    Whoever reads knows that no more can name a code than were interviewed, and that who names it on one side names it.
    """
    hidden = [place for place in unseen if place[0] == code]
    if not hidden:
        return []
    from scipy.optimize import Bounds, LinearConstraint, milp

    everybody = roles or (None,)
    parts = [(code, role, side) for role in everybody for side in SIDES]
    at = {place: number for number, place in enumerate(parts)}

    def row(place: Place, factor: int = 1) -> list[int]:
        """How a figure is made of the parts: itself, or all that add up to it."""
        return [factor * (place == part or (place[1] is None and place[2] == part[2])) for part in parts]

    on_a_side = [
        [one - two for one, two in zip(row((code, role, ALL)), row((code, role, side)), strict=True)]
        for role in everybody
        for side in SIDES
        if side != ALL
    ]
    sums = [(code, None, side) for side in SIDES if roles and (code, None, side) not in unseen]
    known = LinearConstraint(
        [*on_a_side, *map(row, sums)],
        [*(0 for _one in on_a_side), *(numbers[place] for place in sums)],
        [*(of.get(None, 0) for _one in on_a_side), *(numbers[place] for place in sums)],
    )
    low = [0 if part in unseen else numbers[part] for part in parts]
    high = [of.get(part[1], 0) if part in unseen else numbers[part] for part in parts]
    free: set[Place] = set()
    for place in hidden:
        for factor in (1, -1):
            if place in free:
                break
            found = milp(row(place, factor), constraints=known, bounds=Bounds(low, high), integrality=[1] * len(at))
            if found.x is not None:
                other = {one: round(sum(n * x for n, x in zip(row(one), found.x, strict=True))) for one in hidden}
                free |= {one for one in hidden if other[one] != numbers[one]}
    return [place for place in hidden if place not in free]


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def _part(cell: object) -> float | None:
    return cell if isinstance(cell, float) else None
