"""The table of triangulation: a row for each code, what each group says of it, and how far the groups lie apart."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.material import material
from ipscoding.analysis.names import hint, natural
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.analysis.triangulation.conditions import Condition
from ipscoding.analysis.triangulation.contrast import ANY, BARRIER, FACILITATOR, Compared, Saying, compare
from ipscoding.analysis.triangulation.periods import PERIOD, Period, in_periods, without_own
from ipscoding.analysis.triangulation.quoting import quote_cells, quote_columns, quotes
from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import Codebook, Document, Excerpt, Informant
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _, ngettext
from ipscoding.i18n import language as language_in_use

SORTS = ("contrast", "agreement", "code")
"""How rows can be ordered: groups furthest apart first, most in common first, or as the codebook has them."""

_BETWEEN = " · "
_FIGURES = ("number", "of", "share", "barrier", "facilitator", "balance")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of groups.

    Args:
        by: what makes the groups: `role`, any attribute of informants, or several of them; empty: `role`, or with
            `periods` those alone.
        periods: make groups of the interviews' dates (together with `by`, of both).
        rows: what a row is: `code`, `domain`, or a framework of the codebook.
        side: `barrier` or `facilitator`: count who names the code on that side (what is both counts on each); empty:
            who names it at all.
        conditions: only the rows in which all of them hold.
        sort: one of `SORTS`.
        long: a row for each code and group instead of one for each code.
        min_cell: hide figures that rest on fewer informants.
        quotes: how many quotes are chosen for each row, of the groups that conditions ask much of (else of all).
    """

    by: tuple[str, ...] = ()
    periods: Sequence[Period] = ()
    rows: str = "code"
    side: str = ""
    conditions: Sequence[Condition] = ()
    sort: str = "contrast"
    long: bool = False
    min_cell: int = 0
    quotes: int = 0

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What groups are made of, periods last."""
        return (*(self.by or (() if self.periods else ("role",))), *((PERIOD,) if self.periods else ()))


@dataclass(frozen=True)
class Found:
    """One row: the code (or domain) and the coder, what each group says, and how the groups compare."""

    keys: Row
    sayings: list[Saying]
    compared: Compared


@dataclass(frozen=True)
class Triangulated:
    """The table, the rows it was made of in the same order, and the quotes chosen for each of them.

    `bare` is the table without columns of quotes, for where those are shown another way.
    """

    table: Table
    bare: Table
    found: list[Found]
    quotes: list[list[Excerpt]]


def triangulate(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    asked: Asked | None = None,
    *,
    words: bool = False,
    language: str | None = None,
    **options: Any,
) -> Triangulated:
    """What each group says of each code.

    `words`: for people to read, so that groups have their names; else ids. `options` as in
    `ipscoding.analysis.frequencies.frequencies` (coders, where, speech ...), which counts everything here. Raises
    `NotFound` for a group, a dimension or an order that does not exist, `NotAllowed` for what makes no groups.
    """
    asked = asked or Asked()
    codings, every, people = list(excerpts), list(documents), list(informants)
    if asked.periods:
        every, people = in_periods(every, asked.periods), without_own(people)
    _check(asked)
    # where nobody was interviewed there are no periods to group by
    dimensions = [name for name in asked.dimensions if name != PERIOD or every]
    counted = frequencies(
        codings, every, people, codebook, by=(asked.rows, *dimensions), units=("informants",), sides=True,
        min_cell=asked.min_cell, language=language, **options,
    )  # fmt: skip
    naming = _Naming(asked, dimensions, language or language_in_use())
    keys, groups = _sort_out(counted.rows, asked, dimensions, naming)
    conditions = [_known(condition, groups, naming) for condition in asked.conditions]
    found = [
        Found(key, sayings, compare(sayings))
        for key, sayings in keys
        if all(_holds(condition, sayings, asked.side) for condition in conditions)
    ]
    _in_order(found, asked.sort)
    head = [column for column in counted.columns if column.name in (asked.rows, f"{asked.rows}_label", "coder")]
    make = _long if asked.long else _wide
    columns, rows = make(asked, found, groups, naming, words=words)
    notes = [*counted.notes, *_notes(asked, conditions, found, keys, naming)]
    bare = Table([*head, *columns], rows, notes)
    if not asked.quotes:
        return Triangulated(bare, bare, found, [])
    speaking = {condition.group for condition in conditions if condition.asks_for_many} or set(groups)
    chosen = _chosen(codings, every, people, codebook, asked, dimensions, found, naming, speaking, options)
    full: list[Row] = [{**row, **quote_cells(one, asked.quotes)} for row, one in zip(rows, chosen, strict=True)]
    table = Table([*bare.columns, *quote_columns(asked.quotes)], full, notes)
    return Triangulated(table, bare, found, chosen)


def _chosen(
    codings: Sequence[Excerpt],
    documents: Sequence[Document],
    informants: Sequence[Informant],
    codebook: Codebook,
    asked: Asked,
    dimensions: Sequence[str],
    found: Sequence[Found],
    naming: "_Naming",
    speaking: Collection[str],
    options: Mapping[str, Any],
) -> list[list[Excerpt]]:
    """The quotes for each row, of what the query leaves."""
    taken = {name: value for name, value in options.items() if name not in ("parents", "balance")}
    given = material(codings, documents, informants, codebook, **taken)
    who = given.coders
    scheme = Scheme(codebook, (asked.rows,), {row.code for row in codings}, among=given.left.codes)
    rows = [(str(row.keys[asked.rows]), str(row.keys.get("coder", ""))) for row in found]
    by_row = quotes(
        (row for row in given.left.keep(given.rows) if row.coder in who.names),
        set(rows),
        given.interviews,
        scheme,
        given.speech,
        dimensions=dimensions,
        groups={values for values, group in naming.groups.items() if group in speaking},
        side=asked.side,
        n=asked.quotes,
    )
    return [by_row[row] for row in rows]


def _check(asked: Asked) -> None:
    if asked.long and asked.quotes:
        what = _("Quotes go with one row for each code")
        raise NotAllowed(what, _("Leave out either the quotes or the rows for each group"))
    if asked.sort not in SORTS:
        raise NotFound(_("No such order: {names}").format(names=asked.sort), hint([asked.sort], SORTS))
    if asked.side not in ("", BARRIER, FACILITATOR):
        raise NotFound(
            _("No such direction: {names}").format(names=asked.side), hint([asked.side], (BARRIER, FACILITATOR))
        )
    wrong = [name for name in asked.dimensions if name in ("code", "domain", "valence", "coder", asked.rows)]
    if wrong:
        raise NotAllowed(
            _("{names} does not make groups of informants").format(names=", ".join(wrong)),
            _("Compare by role, by an attribute of informants, or by periods"),
        )


class _Naming:
    """What groups are called: for machines by their values, for readers by the names of roles."""

    def __init__(self, asked: Asked, dimensions: Sequence[str], language: str) -> None:
        self._dimensions = list(dimensions)
        self._roles = {role.id: role.name(language) for role in shipped_scheme().roles}
        self._periods = [period.name for period in asked.periods]
        self._shown: dict[str, str] = {}
        self.groups: dict[tuple[str, ...], str] = {}

    def of(self, row: Row) -> str:
        values = [str(row[name] or "") for name in self._dimensions]
        name = _BETWEEN.join(value or _("not recorded") for value in values) or _("all")
        self.groups[tuple(values)] = name
        if name not in self._shown:
            self._shown[name] = _BETWEEN.join(
                (self._roles.get(value, value) if dimension == "role" else value) or _("not recorded")
                for dimension, value in zip(self._dimensions, values, strict=True)
            ) or _("all")
        return name

    def shown(self, group: str, *, words: bool = True) -> str:
        return self._shown.get(group, group) if words else group

    def meant(self, text: str, groups: Collection[str]) -> str | None:
        """The group that somebody means by `text`: its value, its name for readers, or another word for the role."""
        folded = text.casefold()
        for group in groups:
            if folded in (group.casefold(), self._shown[group].casefold()):
                return group
        role = shipped_scheme().role(text) if self._dimensions == ["role"] else None
        return role if role in groups else None

    def rank(self, row: Row) -> list[Any]:
        found: list[Any] = []
        for name in self._dimensions:
            value = str(row[name] or "")
            if name == PERIOD:
                found.append((value not in self._periods, self._periods.index(value) if value in self._periods else 0))
            else:
                found.append((not value, natural(value)))
        return found


def _sort_out(
    rows: Sequence[Row], asked: Asked, dimensions: Sequence[str], naming: _Naming
) -> tuple[list[tuple[Row, list[Saying]]], list[str]]:
    """The rows of each code and coder together, and the groups in order."""
    sample = {naming.of(row): row for row in rows}
    groups = sorted(sample, key=lambda group: naming.rank(sample[group]))
    place = {group: index for index, group in enumerate(groups)}
    kept = (asked.rows, f"{asked.rows}_label", "coder")
    keys: dict[tuple[Cell, ...], tuple[Row, list[Saying]]] = {}
    for row in rows:
        identity = {name: row[name] for name in kept if name in row}
        _key, sayings = keys.setdefault(tuple(identity.values()), (identity, []))
        sayings.append(
            Saying(
                naming.of(row),
                _whole(row["informants"]),
                _whole(row["barrier_informants"]),
                _whole(row["facilitator_informants"]),
                _whole(row["informants_of"]) or 0,
                row["balance"] if isinstance(row["balance"], int | float) else None,
            )
        )
    for _key, sayings in keys.values():
        sayings.sort(key=lambda saying: place[saying.group])
    return list(keys.values()), groups


def _whole(cell: Cell) -> int | None:
    return int(cell) if isinstance(cell, int | float) else None


def _known(condition: Condition, groups: Collection[str], naming: _Naming) -> Condition:
    group = naming.meant(condition.group, groups)
    if group is None:
        raise NotFound(_("There is no group {name}").format(name=condition.group), hint([condition.group], groups))
    return Condition(condition.kind, group, condition.share)


def _number(saying: Saying, side: str) -> int | None:
    return {"": saying.number, BARRIER: saying.barrier, FACILITATOR: saying.facilitator}[side]


def _holds(condition: Condition, sayings: Iterable[Saying], side: str) -> bool:
    for saying in sayings:
        if saying.group == condition.group:
            number = _number(saying, side)
            return number is not None and condition.holds(number, saying.of)
    return False


def _in_order(found: list[Found], sort: str) -> None:
    if sort == "contrast":
        found.sort(key=lambda row: (-(row.compared.contrast or 0), row.compared.directions != "opposed"))
    elif sort == "agreement":
        found.sort(key=lambda row: (-(row.compared.agreement or 0), row.compared.contrast or 0))


def _figures(saying: Saying, side: str) -> dict[str, Cell]:
    number = _number(saying, side)
    return {
        "number": number,
        "of": saying.of,
        "share": number / saying.of if number is not None and saying.of else None,
        "barrier": saying.barrier,
        "facilitator": saying.facilitator,
        "balance": saying.balance,
    }


def _ways() -> dict[str, str]:
    return {
        "": "",
        ANY: _("at all"),
        BARRIER: _("as a barrier"),
        FACILITATOR: _("as a facilitator"),
        "opposed": _("opposed"),
        "same": _("the same"),
        "mixed": _("mixed"),
    }


def _comparison(row: Found, naming: _Naming, *, words: bool) -> dict[str, Cell]:
    said = row.compared
    ways = _ways() if words else {}
    return {
        "silent": ", ".join(naming.shown(group, words=words) for group in said.silent),
        "directions": ways.get(said.directions, said.directions),
        "contrast": said.contrast,
        "contrast_in": ways.get(said.way, said.way),
        "most": naming.shown(said.most, words=words),
        "least": naming.shown(said.least, words=words),
        "agreement": said.agreement,
        "agreement_in": ways.get(said.agreed_way, said.agreed_way),
    }


def _comparison_columns() -> list[Column]:
    return [
        Column("silent", "text", _("Silent"), detail=True),
        Column("directions", "text", _("Directions")),
        Column("contrast", "share", _("Contrast")),
        Column("contrast_in", "text", _("Contrast: named"), detail=True),
        Column("most", "text", _("Most"), detail=True),
        Column("least", "text", _("Least"), detail=True),
        Column("agreement", "share", _("In common")),
        Column("agreement_in", "text", _("In common: named"), detail=True),
    ]


def _wide(
    asked: Asked, found: Sequence[Found], groups: Sequence[str], naming: _Naming, *, words: bool
) -> tuple[list[Column], list[Row]]:
    columns: list[Column] = []
    for group in groups:
        name, title = naming.shown(group, words=words), naming.shown(group)
        columns += [
            Column(f"{name}_informants", "int", title, of=f"{name}_of", share=f"{name}_share"),
            Column(f"{name}_of", "int", _("{unit}: out of").format(unit=title)),
            Column(f"{name}_share", "share", _("{unit}: share").format(unit=title)),
            Column(f"{name}_barrier", "int", _("{group} ▼").format(group=title), detail=True),
            Column(f"{name}_facilitator", "int", _("{group} ▲").format(group=title), detail=True),
            Column(f"{name}_balance", "number", _("{group} ±").format(group=title)),
        ]
    rows: list[Row] = []
    for row in found:
        cells: dict[str, Cell] = dict(row.keys)
        there = {saying.group: saying for saying in row.sayings}
        for group in groups:
            name = naming.shown(group, words=words)
            figures = _figures(there[group], asked.side)
            cells |= {f"{name}_{'informants' if key == 'number' else key}": figures[key] for key in _FIGURES}
        rows.append(cells | _comparison(row, naming, words=words))
    return [*_comparison_columns(), *columns], rows


def _long(
    asked: Asked, found: Sequence[Found], groups: Sequence[str], naming: _Naming, *, words: bool
) -> tuple[list[Column], list[Row]]:
    columns = [
        Column("group", "text", _("Group")),
        Column("informants", "int", _("Informants"), of="informants_of", share="informants_share"),
        Column("informants_of", "int", _("{unit}: out of").format(unit=_("Informants"))),
        Column("informants_share", "share", _("{unit}: share").format(unit=_("Informants"))),
        Column("barrier", "int", _("▼ Informants")),
        Column("facilitator", "int", _("▲ Informants")),
        Column("balance", "number", _("Balance")),
        Column("silence", "text", _("Silence")),
        *[column for column in _comparison_columns() if column.name != "silent"],
    ]
    rows: list[Row] = []
    for row in found:
        compared = _comparison(row, naming, words=words)
        del compared["silent"]
        for saying in row.sayings:
            figures = _figures(saying, asked.side)
            rows.append(
                {
                    **row.keys,
                    "group": naming.shown(saying.group, words=words),
                    "informants": figures["number"],
                    "informants_of": figures["of"],
                    "informants_share": figures["share"],
                    **{name: figures[name] for name in ("barrier", "facilitator", "balance")},
                    "silence": (_("silent") if words else "silent") if saying.silent else "",
                    **compared,
                }
            )
    return columns, rows


def _notes(
    asked: Asked, conditions: Sequence[Condition], found: Sequence[Found], keys: Sequence[Any], naming: _Naming
) -> list[str]:
    said = []
    if asked.side:
        text = {
            BARRIER: _("Informants are those who name it as a barrier; what is both counts on each side."),
            FACILITATOR: _("Informants are those who name it as a facilitator; what is both counts on each side."),
        }
        said.append(text[asked.side])
    if conditions:
        told = {
            "more-than": _("more than {share} of {group}"),
            "at-least": _("at least {share} of {group}"),
            "less-than": _("fewer than {share} of {group}"),
            "at-most": _("at most {share} of {group}"),
        }
        listed = ", ".join(
            told[condition.kind].format(share=condition.share, group=naming.shown(condition.group))
            for condition in conditions
        )
        text_ = ngettext("{n} of {all} rows is named by {what}.", "{n} of {all} rows are named by {what}.", len(found))
        said.append(text_.format(n=len(found), all=len(keys), what=listed))
    said.append(
        _(
            "Contrast: the greatest difference between two groups in the share of informants who name it (at all, as "
            "a barrier or as a facilitator). In common: the share that every group reaches."
        )
    )
    said.append(
        _(
            "Directions: opposed where some groups lean to barriers and others to facilitators. 0 of n is silence: "
            "nobody there spoke of it, which is not the same as a balance of 0."
        )
    )
    return said
