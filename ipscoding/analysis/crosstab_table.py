"""Cross tables as they are read: one row for each cell, or rows by columns with margins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipscoding.analysis.chance import compared, told
from ipscoding.analysis.crosstab import ALL, COLUMN, ROW, Crossed, Grid, crossed
from ipscoding.analysis.headings import about, title_of, title_of_valence
from ipscoding.analysis.hiding import MARK
from ipscoding.analysis.material import Material, material
from ipscoding.analysis.names import hint, role_group
from ipscoding.analysis.permutation import PERMUTATIONS
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.domain import Codebook, Document, Excerpt, Informant
from ipscoding.errors import NotFound
from ipscoding.i18n import _, ngettext

SHARES = ("interviewed", "row", "column", "total")
"""What the share beside a number in a wide table can be of."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a cross table is laid out: `wide` has a column for each value, with shares of `share`."""

    wide: bool = False
    share: str = ""

    def __post_init__(self) -> None:
        if self.share and self.share not in SHARES:
            raise NotFound(_("No such share: {name}").format(name=self.share), hint([self.share], SHARES))


def crosstab(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    rows: str,
    columns: str,
    *,
    unit: str = "informants",
    form: Form | None = None,
    min_cell: int = 0,
    test: bool = False,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    **options: object,
) -> Table:
    """One thing by another, with shares of rows, of columns and of all, each beside its denominator.

    Args:
        excerpts, documents, informants, codebook, options: as in `ipscoding.analysis.frequencies.frequencies`.
        rows, columns: `code`, `domain`, a framework, `valence`, `strength`, `coder`, `role`, `document`, `informant`,
            `language`, `date` or any attribute of informants. Codes by codes (domains, ...) are people who have both.
        unit: `segments`, `informants`, `documents` or `words`.
        form: a row for each cell (default), or wide.
        min_cell: hide cells and margins that rest on fewer informants, and what would give them away.
        test: add a permutation test over informants (`permutations` times, beginning at `seed`), or why there is none.

    Raises what `crossed` and `material` raise, and `NotFound` for an unknown share.
    """
    laid_out = form or Form()
    given = material(excerpts, documents, informants, codebook, **options)  # type: ignore[arg-type]
    found = crossed(given, rows, columns, unit, min_cell)
    table = _wide(found, laid_out.share or _usual(found)) if laid_out.wide else _long(found)
    notes = [*about(given.query), given.coders.note, *_notes(given, found, min_cell)]
    if test:
        notes += told(compared(given, found, permutations=permutations, seed=seed), unit, permutations, seed)
    if laid_out.wide:
        notes.append(_said_of(laid_out.share or _usual(found)))
    return Table(table.columns, table.rows, notes)


def _usual(found: Crossed) -> str:
    return "row" if found.unit == "segments" else "interviewed"


def _notes(given: Material, found: Crossed, min_cell: int) -> list[str]:
    whole = given.interviews.whole()
    said = []
    if found.unit != "segments":
        text = _("Interviewed in all: {informants} informants, {documents} documents, {words} words.")
        words = "–" if whole.words is None else whole.words
        said.append(text.format(informants=whole.informants, documents=whole.documents, words=words))
    if found.having_both:
        said.append(_("A cell counts who has both; a row or column, who has that one."))
    elif found.unit == "segments":
        said.append(_("Overlapping codings of one code count once, in a row or column as in a cell."))
    else:
        said.append(_("Who or what is in several cells counts once in the row, the column and in all."))
    if min_cell:
        few = sum(len(grid.few) for grid in found.grids)
        more = sum(len(grid.hidden) for grid in found.grids) - few
        text = ngettext(
            "{n} cell or margin is hidden (x) because it rests on fewer than {least} informants, {more} so that it "
            "cannot be worked out.",
            "{n} cells and margins are hidden (x) because they rest on fewer than {least} informants, {more} so that "
            "they cannot be worked out.",
            few,
        )
        said.append(text.format(n=few, least=min_cell, more=more))
    return said


def _said_of(share: str) -> str:
    return {
        "interviewed": _("Shares are of those interviewed in the group of the cell."),
        "row": _("Shares are of the row."),
        "column": _("Shares are of the column."),
        "total": _("Shares are of all in the table."),
    }[share]


def _key_columns(name: str) -> list[Column]:
    if name in ("code", "domain"):
        return [
            Column(name, "text", title_of(name), detail=True),
            Column(f"{name}_label", "text", title_of(f"{name}_label")),
        ]
    return [Column(name, "text", title_of(name))]


def _keys(found: Crossed, side: int, value: str) -> Mapping[str, Cell]:
    name = (found.rows, found.columns)[side]
    keys = found.layouts[side].key(name, value)
    if side and found.rows == found.columns:
        return {f"{key}_2": cell for key, cell in keys.items()}
    return keys


def _share(number: int | None, of: int | None) -> float | None:
    return number / of if number is not None and of else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of one cell or margin: its number, and what its shares are of; None is hidden or unknown."""

    n: int | None
    of: Mapping[str, int | None]

    def share(self, share: str) -> float | None:
        return _share(self.n, self.of.get(share))


def _cell(grid: Grid, row: str, column: str) -> _Shown:
    key = (row, column)
    return _Shown(
        None if key in grid.hidden else grid.cells[key].n,
        {"interviewed": grid.interviewed.get(key), **_totals(grid, row, column)},
    )


def _totals(grid: Grid, row: str | None, column: str | None) -> dict[str, int | None]:
    total = None if ALL in grid.hidden else grid.total.n
    of_row = total if row is None else None if (ROW, row) in grid.hidden else grid.rows[row].n
    of_column = total if column is None else None if (COLUMN, column) in grid.hidden else grid.columns[column].n
    return {"row": of_row, "column": of_column, "total": total}


def _long(found: Crossed) -> Table:
    unit = found.unit
    second = [
        Column(f"{one.name}_2" if found.rows == found.columns else one.name, one.kind, one.title, detail=one.detail)
        for one in _key_columns(found.columns)
    ]
    columns = [*_key_columns(found.rows), *second]
    apart = any(grid.coder for grid in found.grids)
    if apart:
        columns.append(Column("coder", "text", title_of("coder")))
    with_interviewed = unit != "segments"
    beside = unit if with_interviewed else "row"
    title = title_of(unit)
    columns.append(Column(unit, "int", title, of=f"{beside}_of", share=f"{beside}_share"))
    names = [("row", _("Row"), _("Row: share")), ("column", _("Column"), _("Column: share"))]
    names.append(("total", _("All"), _("All: share")))
    if with_interviewed:
        names.insert(0, (unit, _("{unit}: out of").format(unit=title), _("{unit}: share").format(unit=title)))
    for name, title, title_share in names:
        columns += [Column(f"{name}_of", "int", title), Column(f"{name}_share", "share", title_share)]
    hides = any(grid.hidden for grid in found.grids)
    if hides:
        columns.append(Column("hidden", "text", title_of("hidden")))
    rows: list[Row] = []
    for grid in found.grids:
        for row in grid.row_values:
            for column in grid.column_values:
                shown = _cell(grid, row, column)
                made: dict[str, Cell] = {**_keys(found, 0, row), **_keys(found, 1, column)}
                if apart:
                    made["coder"] = grid.coder
                made[unit] = shown.n
                for name, _title, _title_share in names:
                    key = "interviewed" if name == unit else name
                    made[f"{name}_of"], made[f"{name}_share"] = shown.of[key], shown.share(key)
                if hides:
                    made["hidden"] = MARK if shown.n is None else ""
                rows.append(made)
    return Table(columns, rows)


def _wide(found: Crossed, share: str) -> Table:
    label = [_text(found, 1, value) for value in found.grids[0].column_values] if found.grids else []
    apart = any(grid.coder for grid in found.grids)
    columns = _key_columns(found.rows)
    if apart:
        columns.append(Column("coder", "text", title_of("coder")))
    names = [f"c{number}" for number in range(1, len(label) + 1)]
    for name, title in [*zip(names, label, strict=True), ("all", _("All"))]:
        columns.append(Column(name, "int", title, of=f"{name}_of", share=f"{name}_share"))
        columns += [
            Column(f"{name}_of", "int", _("{unit}: out of").format(unit=title)),
            Column(f"{name}_share", "share", _("{unit}: share").format(unit=title)),
        ]
    hides = any(grid.hidden for grid in found.grids)
    if hides:
        columns.append(Column("hidden", "text", title_of("hidden")))
    rows: list[Row] = []
    for grid in found.grids:
        for row in [*grid.row_values, None]:
            made: dict[str, Cell] = dict(_keys(found, 0, row)) if row is not None else _all_keys(found)
            if apart:
                made["coder"] = grid.coder
            for name, column in zip([*names, "all"], [*grid.column_values, None], strict=True):
                shown = _at(grid, row, column)
                made[name], made[f"{name}_of"], made[f"{name}_share"] = shown.n, shown.of.get(share), shown.share(share)
            if hides:
                made["hidden"] = MARK if any(made[name] is None for name in (*names, "all")) else ""
            rows.append(made)
    return Table(columns, rows)


def _at(grid: Grid, row: str | None, column: str | None) -> _Shown:
    """What is shown of a cell, or of a margin where a side is None."""
    if row is not None and column is not None:
        return _cell(grid, row, column)
    totals = _totals(grid, row, column)
    if row is not None:
        return _Shown(totals["row"], {**totals, "interviewed": grid.interviewed.get((ROW, row))})
    if column is not None:
        return _Shown(totals["column"], {**totals, "interviewed": grid.interviewed.get((COLUMN, column))})
    return _Shown(totals["total"], {**totals, "interviewed": grid.interviewed.get(ALL)})


def _text(found: Crossed, side: int, value: str) -> str:
    name = (found.rows, found.columns)[side]
    if name == "role":
        return role_group(value)
    if name == "valence":
        return title_of_valence(value)
    cells: Sequence[Cell] = list(found.layouts[side].key(name, value).values())
    return str(cells[-1]) or "–"


def _all_keys(found: Crossed) -> dict[str, Cell]:
    columns = _key_columns(found.rows)
    return {column.name: "" if column.detail else _("All") for column in columns}
