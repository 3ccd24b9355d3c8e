"""Two states of a study beside each other: what became of the codes, and of the figures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.names import matching, natural
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.codebook.diff import Change, changes
from ipscoding.domain import CONSENSUS, Codebook, Document, Excerpt, Informant, Span
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _, ngettext
from ipscoding.i18n import language as language_in_use
from ipscoding.project import Project, blind, codebooks, documents, excerpts, informants
from ipscoding.project.as_of import as_of

UNITS = ("segments", "informants")
"""What is counted where nothing else is asked for."""


@dataclass(frozen=True)
class State:
    """All that figures rest on at one time; `name` is what it is called."""

    name: str
    excerpts: Sequence[Excerpt]
    documents: Sequence[Document]
    informants: Sequence[Informant]
    codebook: Codebook
    speech: Mapping[str, Sequence[Span]] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """What differs between two states: changes of the codebook, and the table of figures.

    `differs` says whether there is anything, in the codebook or in the figures.
    """

    codebook: tuple[Change, ...]
    table: Table
    differs: bool


def state_at(project: Project, when: str = "", *, language: str | None = None) -> State:
    """What figures of a project rest on now, or as it was `when` (see `ipscoding.project.as_of`).

    What blind coding keeps from whoever has the project open today is not in an earlier state either.
    """
    name = project.path.name
    if not when:
        return _state(project, name, {}, language)
    with as_of(project, when) as past:
        return _state(past, f"{name} ({when})", blind.hidden(project), language)


def _state(project: Project, name: str, kept: Mapping[str, Collection[str]], language: str | None) -> State:
    return State(
        name,
        [row for row in excerpts.rows(project, language) if row.coder not in kept.get(row.document_id, ())],
        documents.all(project),
        informants.all(project),
        codebooks.load(project),
        documents.speech(project),
        tuple(excerpts.about_kept_back(project)),
    )


def compare(
    before: State,
    after: State,
    *,
    by: Sequence[str] = ("role",),
    units: Sequence[str] = UNITS,
    coders: Collection[str] | None = None,
    codes: Collection[str] = (),
    every: bool = False,
    min_cell: int = 0,
    language: str | None = None,
) -> Compared:
    """What differs between two states, with a row for each code, group and coder whose figures or code changed.

    Each state is counted as `ipscoding.analysis.frequencies.frequencies` does it, under its own codebook. A coder who
    has no codings in a state has no figures there (not 0: nothing coded is not nothing said). Without `coders`: the
    consensus layer where both have one, else each coder apart. `every` keeps rows in which nothing changed. Raises
    `NotFound` for a name that does not exist.
    """
    spoken = language or language_in_use()
    wrong = [name for name in by if name in ("code", "coder")]
    if wrong:
        what = _("{names} is among the rows as it is").format(names=", ".join(wrong))
        raise NotAllowed(what, _("Group by role, valence or an attribute of informants"))
    who = _coders(before, after, coders)
    keys = ("code", *by, "coder")
    attributes = _attributes(before) | _attributes(after)
    before, after = (_with_attributes(state, attributes.intersection(by)) for state in (before, after))
    sides = [
        _counted(state, who, by, units, codes, keys, min_cell=min_cell, language=language) for state in (before, after)
    ]
    found = changes(before.codebook, after.codebook)
    of_code: dict[str, list[str]] = {}
    for change in found:
        if change.code and change.kind not in of_code.setdefault(change.code, []):
            of_code[change.code].append(change.kind)
    names = {code.id: code.name(spoken) for state in (before, after) for code in state.codebook.codes}
    figures = [*units, *(() if "valence" in by else ("balance",))]
    rows: list[Row] = []
    differs = bool(found)
    for key in _in_order(sides, before, after):
        old, new = (side.get(key) for side in sides)
        row = _row(key, keys, names, of_code, old, new, units, balance="valence" not in by)
        changed = any(_differ(old, new, name) for name in figures)
        differs |= changed
        if changed or every or key[0] in of_code:
            rows.append(row)
    notes = _notes(before, after, who, rows, every=every)
    return Compared(found, Table(_columns(by, units, balance="valence" not in by), rows, notes), differs)


def _attributes(state: State) -> set[str]:
    people = {name for person in state.informants for name in person.attributes}
    return people | {name for document in state.documents for name in document.attributes}


def _with_attributes(state: State, names: Collection[str]) -> State:
    """The state with attributes that only the other one has: not recorded, so that both can be grouped by them."""
    missing = dict.fromkeys(set(names) - _attributes(state), "")
    if not missing:
        return state
    recorded = [replace(document, attributes={**missing, **document.attributes}) for document in state.documents]
    return replace(state, documents=recorded)


def _coders(before: State, after: State, chosen: Collection[str] | None) -> list[str]:
    there = [{row.coder for row in state.excerpts} for state in (before, after)]
    every = there[0] | there[1]
    if chosen:
        return sorted(matching(chosen, every, _("No codings by")), key=natural)
    if all(CONSENSUS in coders for coders in there):
        return [CONSENSUS]
    return sorted(every - {CONSENSUS} or every, key=natural)


_Key = tuple[str, ...]


def _counted(
    state: State,
    who: Sequence[str],
    by: Sequence[str],
    units: Sequence[str],
    codes: Collection[str],
    keys: Sequence[str],
    *,
    min_cell: int,
    language: str | None,
) -> dict[_Key, Row]:
    """The figures of a state by code, group and coder; those of codes that it does not have are not among them."""
    present = {row.coder for row in state.excerpts} & set(who)
    if not present:
        return {}
    known = set(state.codebook.by_id) | {row.code for row in state.excerpts}
    wanted = [pattern for pattern in codes if "*" in pattern or pattern in known]
    if codes and not wanted:
        return {}
    table = frequencies(
        state.excerpts, state.documents, state.informants, state.codebook, by=keys, units=units, coders=present,
        codes=wanted, min_cell=min_cell, speech=state.speech, language=language,
    )  # fmt: skip
    return {tuple(str(row[name]) for name in keys): row for row in table.rows}


def _in_order(sides: Sequence[Mapping[_Key, Row]], before: State, after: State) -> list[_Key]:
    """All rows: codes as the later codebook has them, those that are gone last."""
    place = {code.id: number for number, code in enumerate(after.codebook.codes)}
    for code in before.codebook.codes:
        place.setdefault(code.id, len(place))
    return sorted(
        dict.fromkeys(key for side in sides for key in side),
        key=lambda key: (place.get(key[0], len(place)), key[0], [natural(part) for part in key[1:]]),
    )


def _differ(old: Row | None, new: Row | None, name: str) -> bool:
    first, second = (row.get(name) if row else None for row in (old, new))
    # who has not coded yet has not changed anything; nor has a code that nobody used
    return (first or 0) != (second or 0)


def _row(
    key: _Key,
    keys: Sequence[str],
    names: Mapping[str, str],
    of_code: Mapping[str, Sequence[str]],
    old: Row | None,
    new: Row | None,
    units: Sequence[str],
    *,
    balance: bool,
) -> Row:
    code = key[0]
    row: dict[str, Cell] = {"code": code, "code_label": names.get(code, code)}
    row |= dict(zip(keys[1:], key[1:], strict=True))
    row["codebook"] = ", ".join(of_code.get(code, ()))
    for unit in units:
        for part in ("", "_of", "_share"):
            row[f"{unit}_before{part}"] = old.get(f"{unit}{part}") if old else None
            row[f"{unit}_after{part}"] = new.get(f"{unit}{part}") if new else None
        row[f"{unit}_difference"] = _minus(row[f"{unit}_after"], row[f"{unit}_before"])
        row[f"{unit}_share_difference"] = _minus(row[f"{unit}_after_share"], row[f"{unit}_before_share"])
    if balance:
        row["balance_before"] = old.get("balance") if old else None
        row["balance_after"] = new.get("balance") if new else None
        row["balance_difference"] = _minus(row["balance_after"], row["balance_before"])
    return row


def _minus(one: Cell, other: Cell) -> Cell:
    return one - other if isinstance(one, int | float) and isinstance(other, int | float) else None


def _columns(by: Sequence[str], units: Sequence[str], *, balance: bool) -> list[Column]:
    titles = {
        "role": _("Role"), "valence": _("Direction"), "document": _("Document"), "informant": _("Informant"),
        "segments": _("Segments"), "informants": _("Informants"), "documents": _("Documents"), "words": _("Words"),
    }  # fmt: skip
    made = [Column("code", "text", _("Code"), detail=True), Column("code_label", "text", _("Label"))]
    made += [Column(name, "text", titles.get(name, name)) for name in by]
    made += [Column("coder", "text", _("Coder")), Column("codebook", "text", _("In the codebook"), detail=True)]
    for unit in units:
        title = titles.get(unit, unit)
        for when, told in (("before", _("{unit} before")), ("after", _("{unit} after"))):
            name, shown = f"{unit}_{when}", told.format(unit=title)
            made += [
                Column(name, "int", shown, of=f"{name}_of", share=f"{name}_share"),
                Column(f"{name}_of", "int", _("{unit}: out of").format(unit=shown)),
                Column(f"{name}_share", "share", _("{unit}: share").format(unit=shown)),
            ]
        made += [
            Column(f"{unit}_difference", "int", _("{unit}: difference").format(unit=title)),
            Column(
                f"{unit}_share_difference", "number", _("{unit}: difference of shares").format(unit=title), detail=True
            ),
        ]
    if balance:
        made += [
            Column("balance_before", "number", _("Balance before"), detail=True),
            Column("balance_after", "number", _("Balance after"), detail=True),
            Column("balance_difference", "number", _("Balance: difference")),
        ]
    return made


def _notes(before: State, after: State, who: Sequence[str], rows: Sequence[Row], *, every: bool) -> list[str]:
    said = [_("Before: {before}. After: {after}.").format(before=before.name, after=after.name)]
    told = _("{interviews}: {documents} interviews, {informants} informants, {codings} codings, {codes} codes in use.")
    said += [
        told.format(
            interviews=when,
            documents=len(state.documents),
            informants=len({one.informant or one.id for one in state.documents}),
            codings=sum(row.coder in who for row in state.excerpts),
            codes=len(state.codebook.active()),
        )
        for when, state in ((_("Before"), before), (_("After"), after))
    ]
    if who:
        said.append(_("Codings by {coders}, each counted apart.").format(coders=", ".join(who)))
    for coder in who:
        missing = [state.name for state in (before, after) if all(row.coder != coder for row in state.excerpts)]
        said += [_("{coder} has no codings in {name}: no figures there, not 0.").format(coder=coder, name=name)
                 for name in missing]  # fmt: skip
    said += dict.fromkeys((*before.notes, *after.notes))
    if not every:
        text = ngettext("{n} row in which something changed.", "{n} rows in which something changed.", len(rows))
        said.append(text.format(n=len(rows)))
    return said
