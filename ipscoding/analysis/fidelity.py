"""Fidelity scores beside what was coded for the same items at the same site."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from ipscoding.analysis.frequencies import frequencies
from ipscoding.analysis.names import hint, natural
from ipscoding.analysis.of_project import read
from ipscoding.analysis.query import Query
from ipscoding.analysis.query import asked as query_of
from ipscoding.analysis.scheme import frameworks
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.codebook.fidelity import LINK, Item, scale
from ipscoding.domain import Codebook, Document, Excerpt, Informant
from ipscoding.errors import NotFound
from ipscoding.i18n import _, ngettext
from ipscoding.i18n import language as language_in_use
from ipscoding.project import Project, excerpts, fidelity
from ipscoding.project.fidelity import Assessment

SITE = "site"
"""The attribute of informants that says where they are."""

_FIGURES = (
    *("informants", "informants_of", "informants_share", "barrier_informants", "facilitator_informants"),
    *("barrier", "facilitator", "balance"),
)


def totals(assessments: Iterable[Assessment], *, language: str | None = None) -> Table:
    """A row for each assessment: the total, what it is called, and how many items have a score."""
    spoken = language or language_in_use()
    found = scale()
    columns = [
        Column("site", "text", _("Site")),
        Column("date", "text", _("Date")),
        Column("items", "int", _("Items scored"), of="items_of", share="items_share"),
        Column("items_of", "int", _("Items")),
        Column("items_share", "share", _("Items: share")),
        Column("total", "int", _("Total")),
        Column("band", "text", _("Band id"), detail=True),
        Column("band_label", "text", _("Band")),
    ]
    rows: list[Row] = []
    for one in assessments:
        total = found.total(one.scores)
        band = found.band(total)
        rows.append(
            {
                "site": one.site,
                "date": one.date,
                "items": len(one.scores),
                "items_of": len(found.items),
                "items_share": len(one.scores) / len(found.items),
                "total": total,
                "band": band.id if band else "",
                "band_label": band.name(spoken) if band else "",
            }
        )
    return Table(columns, rows, [_bands(spoken)])


def beside(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    assessments: Sequence[Assessment],
    *,
    sites: Collection[str] = (),
    attribute: str = SITE,
    min_cell: int = 0,
    language: str | None = None,
    **options: Any,
) -> Table:
    """A row for each site and item: its score, and how many of those interviewed there name the item.

    Sites are those that have scores or informants (by the `attribute`); `sites` limits them. Figures are undefined
    where no code is linked to the item, and where nobody was interviewed. `options` as in
    `ipscoding.analysis.frequencies.frequencies`. Raises `NotFound` for a site that does not exist.
    """
    spoken = language or language_in_use()
    every, people = list(documents), list(informants)
    there = {person.attributes.get(attribute, "") for person in people}
    there = (there | {document.attributes.get(attribute, "") for document in every}) - {""}
    linked = LINK in frameworks(codebook)
    counted = Table([], [])
    if linked and there:
        counted = frequencies(
            excerpts, every, people, codebook, by=(LINK, attribute), units=("informants",), sides=True,
            min_cell=min_cell, language=language, **options,
        )  # fmt: skip
    known = {one.site for one in assessments} | there
    wrong = [site for site in sites if site not in known]
    if wrong:
        raise NotFound(_("No such site: {names}").format(names=", ".join(wrong)), hint(wrong, known))
    apart = any(column.name == "coder" for column in counted.columns)
    coders = list(dict.fromkeys(str(row["coder"]) for row in counted.rows)) if apart else [""]
    figures = {(str(row[LINK]), str(row[attribute]), str(row["coder"]) if apart else ""): row for row in counted.rows}
    rows: list[Row] = []
    for site in sorted(sites or known, key=natural):
        mine = [one for one in assessments if one.site == site] or [Assessment(site, "", {})]
        for one in mine:
            rows.extend(
                _row(one, item, coder, figures.get((item.id, site, coder)), spoken, apart=apart, hidden=bool(min_cell))
                for item in scale().items
                for coder in coders
            )
    titles = {column.name: column for column in counted.columns}
    notes = [
        *counted.notes,
        *_notes(assessments, sites or known, codebook, spoken, linked=linked, sites_known=bool(there)),
    ]
    return Table(_columns(titles, apart=apart, hidden=bool(min_cell)), rows, notes)


def _row(
    one: Assessment, item: Item, coder: str, figures: Row | None, language: str, *, apart: bool, hidden: bool
) -> Row:
    cells: dict[str, Cell] = {"site": one.site}
    if apart:
        cells["coder"] = coder
    cells |= {
        "date": one.date,
        "item_number": item.number,
        "item": item.id,
        "item_label": item.name(language),
        "score": one.scores.get(item.id),
    }
    cells |= {name: figures.get(name) if figures else None for name in _FIGURES}
    return cells | ({"hidden": (figures or {}).get("hidden", "")} if hidden else {})


def _columns(counted: dict[str, Column], *, apart: bool, hidden: bool) -> list[Column]:
    made = [Column("site", "text", _("Site"))]
    if apart:
        made.append(Column("coder", "text", _("Coder")))
    made += [
        Column("date", "text", _("Date"), detail=True),
        Column("item_number", "int", _("No.")),
        Column("item", "text", _("Item id"), detail=True),
        Column("item_label", "text", _("Item")),
        Column("score", "int", _("Score")),
        Column("informants", "int", _("Informants"), of="informants_of", share="informants_share"),
        Column("informants_of", "int", _("{unit}: out of").format(unit=_("Informants"))),
        Column("informants_share", "share", _("{unit}: share").format(unit=_("Informants"))),
        Column("barrier_informants", "int", _("▼ Informants")),
        Column("facilitator_informants", "int", _("▲ Informants")),
        Column("barrier", "int", _("▼ Barrier"), detail=True),
        Column("facilitator", "int", _("▲ Facilitator"), detail=True),
        Column("balance", "number", _("Balance")),
    ]
    if hidden:
        made.append(counted.get("hidden") or Column("hidden", "text", _("Hidden")))
    return made


def _notes(
    assessments: Sequence[Assessment],
    sites: Collection[str],
    codebook: Codebook,
    language: str,
    *,
    linked: bool,
    sites_known: bool,
) -> list[str]:
    said = [_told(one, language) for one in assessments if one.site in sites]
    scored = {one.site for one in assessments}
    without = sorted(set(sites) - scored, key=natural)
    if without:
        said.append(_("No fidelity scores of: {sites}.").format(sites=", ".join(without)))
    if not linked:
        said.append(_("No code of the codebook is linked to an item of the fidelity scale."))
    else:
        items = {link for code in codebook.codes if (link := code.links.get(LINK))}
        missing = [item.number for item in scale().items if item.id not in items]
        if missing:
            said.append(_("No code is linked to the items {numbers}.").format(numbers=in_runs(missing)))
    if not sites_known:
        said.append(_("No informant has a site; it is the attribute “{name}”.").format(name=SITE))
    said.append(_bands(language))
    return said


def _told(one: Assessment, language: str) -> str:
    name = f"{one.site} ({one.date})" if one.date else one.site
    found = scale()
    total = found.total(one.scores)
    band = found.band(total)
    if total is None or band is None:
        text = ngettext(
            "{site}: {n} of {all} items has a score; there is no total.",
            "{site}: {n} of {all} items have a score; there is no total.",
            len(one.scores),
        )
        return text.format(site=name, n=len(one.scores), all=len(found.items))
    return _("{site}: {total} of {most}, {band}.").format(
        site=name, total=total, most=found.bands[0].most, band=band.name(language)
    )


def _bands(language: str) -> str:
    listed = ", ".join(f"{band.least}–{band.most} {band.name(language)}" for band in scale().bands)
    return _("Totals of the 25-item IPS fidelity scale (2008): {bands}.").format(bands=listed)


def fidelity_of(
    project: Project,
    *,
    sites: Collection[str] = (),
    every: bool = False,
    only_totals: bool = False,
    where: str | Query = "",
    language: str | None = None,
    **options: Any,
) -> Table:
    """The fidelity scores of a project beside what was coded, as `beside` gives them; `only_totals` as `totals`.

    The last assessment of each site, or with `every` all of them.
    """
    found = fidelity.all(project)
    chosen = found if every else fidelity.latest(found)
    if only_totals:
        wrong = [site for site in sites if site not in {one.site for one in found}]
        if wrong:
            what = _("No such site: {names}").format(names=", ".join(wrong))
            raise NotFound(what, hint(wrong, {one.site for one in found}))
        return totals([one for one in chosen if not sites or one.site in sites], language=language)
    table = beside(**read(project, query_of(where), language), assessments=chosen, sites=sites, **options)
    return Table(table.columns, table.rows, [*table.notes, *excerpts.about_kept_back(project)])


def in_runs(numbers: Sequence[int]) -> str:
    """Rising numbers as people write them: `2, 7, 18–20`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
