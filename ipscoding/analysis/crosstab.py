"""One thing by another: codes by roles, directions by sites, codes by codes. docs/figures.md says what is counted.

Cells and margins are counted by the functions that count frequencies, so a cell here is a row there. A margin is
counted anew, not added up, wherever what is in several cells counts once in it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.counting import Place, Tally
from ipscoding.analysis.hiding import is_few
from ipscoding.analysis.interviews import Denominators
from ipscoding.analysis.layout import Layout
from ipscoding.analysis.material import Counted, Material
from ipscoding.analysis.names import hint
from ipscoding.analysis.question import UNITS, Question
from ipscoding.analysis.suppression import Entry, Sum, protected
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _

ROW, COLUMN, ALL = "row", "column", "all"
Key = tuple[str, str]


@dataclass
class Held:
    """What a cell or a margin holds: a number of the unit counted, and the people behind it."""

    n: int = 0
    people: set[str] = field(default_factory=set)


@dataclass
class Grid:
    """The cross table of one coder's codings (`coder` empty: of all counted, or coders are rows or columns).

    `cells` are by value of row and column, `rows`, `columns` and `total` their margins. In the others, keys are those
    of cells, and `(ROW, value)`, `(COLUMN, value)` and `ALL` for margins: `interviewed` says how many of the unit there
    were in the group (None: not known; no entry: not counted for this unit), `few` what rests on few people, `hidden`
    that and what would give it away.
    """

    coder: str
    row_values: Sequence[str]
    column_values: Sequence[str]
    cells: dict[Key, Held]
    rows: dict[str, Held]
    columns: dict[str, Held]
    total: Held
    interviewed: dict[Entry, int | None] = field(default_factory=dict)
    few: set[Entry] = field(default_factory=set)
    hidden: set[Entry] = field(default_factory=set)


@dataclass(frozen=True)
class Crossed:
    """The cross tables, one for each coder who is counted apart, with what readers see of rows and columns.

    `having_both`: both sides are of codes, and cells count who has both.
    """

    rows: str
    columns: str
    unit: str
    layouts: tuple[Layout, Layout]
    grids: Sequence[Grid]
    having_both: bool = False


def crossed(given: Material, rows: str, columns: str, unit: str, min_cell: int = 0) -> Crossed:
    """Count `rows` by `columns` (each a code, domain, framework, valence, strength, coder or what interviews have).

    `unit` is one of `UNITS`. Two things that are both of codes are crossed by who, or which interviews, have both.
    Raises `NotFound` for names that do not exist, `NotAllowed` for a thing by itself and for segments or words of two
    codes at once.
    """
    if unit not in UNITS:
        raise NotFound(_("No such unit: {names}").format(names=unit), hint([unit], UNITS))
    question = given.ask((rows, columns), (unit,), min_cell=min_cell)
    both_of_codes = len(question.of_codes) == len({rows, columns})
    if both_of_codes and unit not in ("informants", "documents"):
        what = _("Codes by codes are counted in informants or documents that have both, not in {unit}").format(
            unit=unit
        )
        raise NotAllowed(what, _("Passages with two codes are what the command cooccur counts"))
    if rows == columns and not both_of_codes:
        raise NotAllowed(_("{name} by itself is no table").format(name=rows), _("Cross two different things"))
    if both_of_codes:
        found = _having_both(given, rows, columns, unit)
    else:
        found = _counted(given, question, rows, columns, unit)
    if min_cell:
        for grid in found.grids:
            _hide(grid, found, given, min_cell)
    return found


def _size(tally: Tally, unit: str) -> int:
    if unit == "informants":
        return len(tally.informants)
    if unit == "documents":
        return len(tally.documents)
    return tally.segments if unit == "segments" else tally.words


def _counted(given: Material, question: Question, rows: str, columns: str, unit: str) -> Crossed:
    made = given.count(question, totals=False)
    layout = made.layout
    row_values, column_values = list(layout.ranks(rows)), list(layout.ranks(columns))
    whose = _whose(given, rows, columns)
    of_row, of_column = layout.reader(rows), layout.reader(columns)
    grids = {
        coder: Grid(
            coder,
            row_values,
            column_values,
            {(row, column): Held() for row in row_values for column in column_values},
            {row: Held() for row in row_values},
            {column: Held() for column in column_values},
            Held(),
        )
        for coder in whose
    }
    for place in layout.places():
        grid, key = grids[_coder(place, whose)], (of_row(place), of_column(place))
        tally = made.counts.cells.get(place)
        if tally is not None:
            grid.cells[key] = Held(_size(tally, unit), tally.informants)
        if unit != "segments":
            grid.interviewed[key] = _of_unit(layout.groups[place.group], unit)
    for grid in grids.values() if unit != "segments" else ():
        # a combination of attributes that nobody interviewed has
        grid.interviewed |= {key: 0 for key in grid.cells if key not in grid.interviewed}
        grid.interviewed |= {(ROW, row): n for row, n in _asked_of(given, question, rows, row_values, unit)}
        grid.interviewed |= {(COLUMN, one): n for one, n in _asked_of(given, question, columns, column_values, unit)}
        grid.interviewed[ALL] = _of_unit(given.interviews.whole(), unit)
    twice = {"valence", "strength"} if unit in ("segments", "words") else set()
    if unit == "words" or (twice and made.scheme.nests()):
        twice |= set(question.of_codes)
    known = {question.by: made}
    for keep in ((rows,), (columns,), ()):
        for coder, value, held in _margin(given, question, keep, twice, whose, known):
            grid = grids[coder]
            if not keep:
                grid.total = held
            elif keep[0] == rows:
                grid.rows[value] = held
            else:
                grid.columns[value] = held
    return Crossed(rows, columns, unit, (layout, layout), list(grids.values()))


def _of_unit(group: Denominators, unit: str) -> int | None:
    return {"informants": group.informants, "documents": group.documents}.get(unit, group.words)


def _asked_of(
    given: Material, question: Question, name: str, values: Iterable[str], unit: str
) -> Iterable[tuple[str, int | None]]:
    """How many of the unit there were among those with each value of `name`; in all, where that is not of people."""
    groups = given.interviews.groups((name,) if name in question.of_people else ())
    return ((value, _of_unit(groups[(value,) if name in question.of_people else ()], unit)) for value in values)


def _whose(given: Material, rows: str, columns: str) -> list[str]:
    return list(given.coders.names) if given.coders.apart and "coder" not in (rows, columns) else [""]


def _coder(place: Place, whose: Collection[str]) -> str:
    return place.coder if place.coder in whose else ""


def _margin(
    given: Material,
    question: Question,
    keep: tuple[str, ...],
    twice: Collection[str],
    whose: Collection[str],
    known: dict[tuple[str, ...], Counted],
) -> Iterable[tuple[str, str, Held]]:
    """What the rows, the columns (`keep` says which) or all cells together hold: coder, value and number.

    What can be in several cells at once, because of what is in `twice`, is counted anew: a passage in two directions,
    a word with two codes, a passage in the row of a code and of the one above it. `known` are the counts so far.
    """
    (unit,) = question.units
    apart = tuple(name for name in question.by if name in keep or name not in twice)
    made = known.get(apart) or given.count(given.ask(apart, (unit,)), totals=False)
    known[apart] = made
    read: Callable[[Place], str] = made.layout.reader(keep[0]) if keep else lambda _place: ""
    numbers: Counter[tuple[str, str]] = Counter()
    people: dict[tuple[str, str], set[str]] = {}
    documents: dict[tuple[str, str], set[str]] = {}
    for place, tally in made.counts.cells.items():
        key = _coder(place, whose), read(place)
        numbers[key] += _size(tally, unit)
        people.setdefault(key, set()).update(tally.informants)
        documents.setdefault(key, set()).update(tally.documents)
    for key, number in numbers.items():
        n = {"informants": len(people[key]), "documents": len(documents[key])}.get(unit, number)
        yield *key, Held(n, people[key])


def _having_both(given: Material, rows: str, columns: str, unit: str) -> Crossed:
    counted = {name: given.count(given.ask((name,), (unit,)), totals=False) for name in {rows, columns}}
    sides = [counted[rows], counted[columns]]
    values = [list(side.layout.ranks(name)) for side, name in zip(sides, (rows, columns), strict=True)]
    whole = given.interviews.whole()
    interviewed = whole.informants if unit == "informants" else whole.documents
    grids = []
    for coder in _whose(given, rows, columns):
        name = coder or next(iter(() if given.coders.pooled else given.coders.names), "")
        tallies = [
            {value: side.counts.cells.get(Place(name, (), (value,), ""), Tally()) for value in there}
            for side, there in zip(sides, values, strict=True)
        ]
        grid = Grid(
            coder,
            values[0],
            values[1],
            {
                (row, column): _both(one, two, unit)
                for row, one in tallies[0].items()
                for column, two in tallies[1].items()
            },
            {value: _both(tally, tally, unit) for value, tally in tallies[0].items()},
            {value: _both(tally, tally, unit) for value, tally in tallies[1].items()},
            _any(tallies[0].values(), unit),
        )
        keys = [*grid.cells, *((ROW, row) for row in values[0]), *((COLUMN, column) for column in values[1]), ALL]
        grid.interviewed = dict.fromkeys(keys, interviewed)
        grids.append(grid)
    return Crossed(rows, columns, unit, (sides[0].layout, sides[1].layout), grids, having_both=True)


def _both(one: Tally, two: Tally, unit: str) -> Held:
    people = one.informants & two.informants
    return Held(len(people if unit == "informants" else one.documents & two.documents), people)


def _any(tallies: Iterable[Tally], unit: str) -> Held:
    people: set[str] = set()
    documents: set[str] = set()
    for tally in tallies:
        people |= tally.informants
        documents |= tally.documents
    return Held(len(people if unit == "informants" else documents), people)


def _hide(grid: Grid, found: Crossed, given: Material, least: int) -> None:
    """Say what of a grid is hidden: few people, and what would give them away."""
    groups = found.layouts[0].groups
    everybody = given.interviews.whole().informants
    interviewed = dict.fromkeys(grid.cells, everybody)
    if not found.having_both:
        of_row, of_column = found.layouts[0].reader(found.rows), found.layouts[0].reader(found.columns)
        for place in found.layouts[0].places():
            interviewed[of_row(place), of_column(place)] = groups[place.group].informants
    values: dict[Entry, int] = {key: held.n for key, held in grid.cells.items()}
    values |= {(ROW, name): held.n for name, held in grid.rows.items()}
    values |= {(COLUMN, name): held.n for name, held in grid.columns.items()}
    values[ALL] = grid.total.n
    # where a whole row or column is empty, its margin says so of every cell in it
    grid.few = {
        key
        for key, held in grid.cells.items()
        if grid.rows[key[0]].n and grid.columns[key[1]].n and is_few(len(held.people), interviewed[key], least)
    }
    grid.few |= {
        (ROW, name) for name, held in grid.rows.items() if is_few(len(held.people), everybody, least) and held.n
    }
    grid.few |= {
        (COLUMN, name) for name, held in grid.columns.items() if is_few(len(held.people), everybody, least) and held.n
    }
    most = {entry: n for entry, n in grid.interviewed.items() if n is not None}
    margins = [
        _sum(ALL, [(ROW, row) for row in grid.row_values], values),
        _sum(ALL, [(COLUMN, column) for column in grid.column_values], values),
    ]
    if found.having_both:
        # who has both of two codes adds up to nothing; what stands twice in the table is hidden twice
        grid.hidden = _twice(protected(values, margins, grid.few, most=most), same=found.rows == found.columns)
        return
    sums = [
        *margins,
        *(_sum((ROW, row), [(row, column) for column in grid.column_values], values) for row in grid.row_values),
        *(_sum((COLUMN, column), [(row, column) for row in grid.row_values], values) for column in grid.column_values),
    ]
    grid.hidden = protected(values, sums, grid.few, most=most)


def _twice(hidden: Collection[Entry], *, same: bool) -> set[Entry]:
    """With each hidden cell of codes by the `same` codes its mirror image; a code by itself is the code's margin."""
    made = set(hidden)
    for entry in hidden if same else ():
        if isinstance(entry, tuple):
            one, other = entry
            if one in (ROW, COLUMN) or one == other:
                made |= {(other, other), (ROW, other), (COLUMN, other)}
            else:
                made.add((other, one))
    return made


def _sum(total: Entry, parts: Sequence[Entry], values: Mapping[Entry, int]) -> Sum:
    # a margin in which nothing counts twice is a sum to whoever reads the table, whatever it was made as
    return Sum(total, tuple(parts), exact=sum(values[part] for part in parts) == values[total])
