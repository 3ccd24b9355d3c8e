"""The parts of a report with figures: barriers and facilitators, groups beside each other, saturation."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from ipscoding.analysis.hiding import MARK
from ipscoding.analysis.names import role_group
from ipscoding.analysis.query import QueryProblem
from ipscoding.analysis.triangulation import Asked as Triangulation
from ipscoding.analysis.triangulation import triangulation_of
from ipscoding.analysis.triangulation.contrast import BARRIER as BY_BARRIER
from ipscoding.analysis.triangulation.contrast import FACILITATOR as BY_FACILITATOR
from ipscoding.analysis.triangulation.contrast import Saying
from ipscoding.domain import Valence
from ipscoding.exchange.pictures.curve import lines_of
from ipscoding.exchange.prose import Block, Drawing, Grid, Heading, Items, Paragraph
from ipscoding.exchange.report.figures import ALL, BARRIER, FACILITATOR, Figures
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.words import counted, decimal, out_of
from ipscoding.exchange.terminal import as_texts
from ipscoding.i18n import _, language, ngettext, percent
from ipscoding.project import excerpts

_MOST_BARS = 60
_HIGHLIGHTS = 10


def frequencies_part(study: Study) -> Iterator[Block]:
    """How many informants name each code, by role and direction, as tables and pictures."""
    if not study.documents:
        yield Paragraph(_("There is no interview yet."))
        return
    if not study.rows:
        yield Paragraph(_("Nothing has been coded yet."))
        return
    for note in _how(study):
        yield Paragraph(note, quiet=True)
    for figures in study.figures:
        beside = _beside(study, figures)
        if beside:
            yield Heading(2, beside, f"frequencies-{len(beside)}-{figures.coder}")
        yield _table(study, figures)
        yield from _by_role(study, figures)
        yield from _pictures(study, figures)


def _how(study: Study) -> Iterator[str]:
    yield study.coders.note
    yield _(
        "Informants who name a code, out of those interviewed. ▼ as a barrier, ▲ as a facilitator; who does both "
        "counts in both, and passages without a direction only under “named”. The interviewer's words are left out."
    )
    if study.wanted.min_cell:
        yield _(
            "{mark}: hidden, since it rests on fewer than {n} informants or would tell of a figure that does. Segments "
            "and balance are left out for the same reason."
        ).format(mark=MARK, n=study.wanted.min_cell)
    else:
        yield _(
            "Segments: passages, those of one code that overlap counted once. Balance: (▲ − ▼) / (▲ + ▼) of segments, "
            "from −1 (only barriers) to +1 (only facilitators); – where there is neither."
        )
    unused = sum(not any(figures.used(code) for figures in study.figures) for code in study.figures[0].codes)
    if unused:
        said = ngettext("{n} code was named by nobody.", "{n} codes were named by nobody.", unused)
        if len(study.figures[0].codes) > _FEW_CODES:
            said += " " + _("The tables leave such codes out.")
        yield said.format(n=counted(unused))
    yield from excerpts.about_kept_back(study.project)


_FEW_CODES = 100
"""Up to so many codes, tables have a row for each; beyond it only for those that were used."""


def _shown(figures: Figures) -> list[str]:
    few = len(figures.codes) <= _FEW_CODES
    return [code for code in figures.codes if few or figures.used(code)]


def _beside(study: Study, figures: Figures) -> str:
    return _("Codings by {coder}").format(coder=figures.coder) if len(study.figures) > 1 else ""


def _of(study: Study, figures: Figures, caption: str) -> str:
    beside = _beside(study, figures)
    return f"{caption} · {beside}" if beside else caption


def _rows(study: Study, figures: Figures, cells: Any) -> tuple[tuple[str, ...], ...]:
    """Rows by code, the names of domains over them."""
    found: list[tuple[str, ...]] = []
    domain = ""
    for code in _shown(figures):
        known = study.book.by_id.get(code)
        top = study.book.path(code)[0] if known else None
        if top is not None and top.id != domain and top.id != code:
            domain = top.id
            found.append((top.name(language()),))
        found.append((known.name(language()) if known else code, *cells(code)))
    return tuple(found)


def _table(study: Study, figures: Figures) -> Grid:
    def cells(code: str) -> Iterator[str]:
        for side in (ALL, BARRIER, FACILITATOR):
            yield out_of(figures.number(code, None, side), figures.of.get(None, 0), MARK)
        if not study.wanted.min_cell:
            yield counted(figures.segments.get(code, 0))
            balance = figures.balance.get(code)
            yield "–" if balance is None else decimal(balance, signed=True)

    titles = [_("Code"), _("Named"), _("▼ Barrier"), _("▲ Facilitator")]
    if not study.wanted.min_cell:
        titles += [_("Segments"), _("Balance")]
    caption = _of(study, figures, _("Codes, all informants"))
    return Grid(caption, tuple(titles), _rows(study, figures, cells), frozenset(range(1, len(titles))))


def _by_role(study: Study, figures: Figures) -> Iterator[Grid]:
    if not figures.roles:
        return

    def named(code: str) -> Iterator[str]:
        for role in figures.roles:
            yield out_of(figures.number(code, role, ALL), figures.of.get(role, 0), MARK)

    def sides(code: str) -> Iterator[str]:
        for role in figures.roles:
            both = (figures.number(code, role, side) for side in (BARRIER, FACILITATOR))
            down, up = (MARK if n is None else counted(n) for n in both)
            yield f"▼ {down} ▲ {up}"

    groups = [f"{role_group(role)}, n\u00a0=\u00a0{counted(figures.of.get(role, 0))}" for role in figures.roles]
    numbers = frozenset(range(1, len(groups) + 1))
    for caption, cells in (
        (_("Codes by role: informants who name them"), named),
        (_("Codes by role and direction: informants"), sides),
    ):
        titles = (_("Code"), *groups)
        yield Grid(_of(study, figures, caption), titles, _rows(study, figures, cells), numbers)


def _pictures(study: Study, figures: Figures) -> Iterator[Drawing]:
    from ipscoding.exchange.pictures import bars, heat

    used = [code for code in figures.codes if figures.used(code)]
    left = len(used) - _MOST_BARS
    if left > 0:
        most = sorted(used, key=lambda code: -(figures.number(code, None, ALL) or 0))[:_MOST_BARS]
        used = [code for code in used if code in set(most)]
    domains = {top.id: top.name(language()) for top in study.book.children(None)}
    two_sided, facets = figures.bars(study.book, used, sides=True)
    one_sided, _facets = figures.bars(study.book, used, sides=False)
    more = _("Only the {n} codes that most informants name.").format(n=_MOST_BARS) if left > 0 else ""
    there = _("The table above holds the same figures.")
    groups = ", ".join(_("All informants") if facet.role is None else role_group(facet.role) for facet in facets)
    alt = _("Bars for {n} codes in {groups}: informants who name a code as a barrier to the left, as a facilitator to "
            "the right.")  # fmt: skip
    caption = _of(study, figures, _("Barriers (left) and facilitators (right): informants who name each code"))
    yield Drawing(
        " ".join(filter(None, (f"{caption}.", more))),
        f"{alt.format(n=len(used), groups=groups)} {there}",
        lambda form: bars.sides(two_sided, facets, "informants", form, domains),
    )
    if figures.roles:
        alt = _("A grid of {n} codes by {groups}: the darker a cell, the larger the share of the informants.")
        caption = _of(study, figures, _("Share of the informants of each group who name each code"))
        yield Drawing(
            " ".join(filter(None, (f"{caption}.", more))),
            f"{alt.format(n=len(used), groups=groups)} {there}",
            lambda form: heat.heat(one_sided, facets, form, domains),
        )


# Groups beside each other


def triangulation_part(study: Study) -> Iterator[Block]:
    """The codes in which groups lie furthest apart, and those that all of them name."""
    if not any(figures.roles for figures in study.figures):
        yield Paragraph(_("Groups are compared by role, and there are not two roles among the informants."))
        return
    yield Paragraph(
        _(
            "Contrast: the greatest difference between two groups in the share of informants who name a code at all, "
            "as a barrier or as a facilitator. In common: the share that every group reaches. With few informants in a "
            "group these are pointers for reading, not findings."
        ),
        quiet=True,
    )
    for figures in study.figures:
        beside = _beside(study, figures)
        if beside:
            yield Heading(2, beside, "")
        yield from _compared(study, figures)


def _compared(study: Study, figures: Figures) -> Iterator[Block]:
    coders = [name.strip() for name in figures.coder.split(",")] if study.coders.names else None
    made = triangulation_of(
        study.project, Triangulation(by=("role",)), where=study.wanted.where,
        coders=study.coders.names if study.coders.pooled else coders, pooled=study.coders.pooled,
    )  # fmt: skip
    seen = [row for row in made.found if figures.open(str(row.keys["code"])) and figures.used(str(row.keys["code"]))]
    contrasts, common, silent = [], [], []
    for row in seen:
        name, compared = str(row.keys["code_label"]), row.compared
        by_group = {saying.group: saying for saying in row.sayings}
        if compared.contrast:
            sides = (_one_side(by_group[group], compared.way) for group in (compared.most, compared.least))
            contrasts.append((compared.contrast, (name, percent(compared.contrast), _way(compared.way), *sides)))
        if compared.agreement:
            common.append((compared.agreement, (name, percent(compared.agreement), _way(compared.agreed_way))))
        if compared.silent and sum(saying.number or 0 for saying in row.sayings) > 1:
            silent.append(f"{name}: {', '.join(role_group(group) for group in compared.silent)}")
    if not contrasts and not common:
        yield Paragraph(_("There is no code of which enough can be told."))
        return
    if contrasts:
        contrasts.sort(key=lambda one: -one[0])
        titles = (_("Code"), _("Contrast"), _("Named"), _("Most"), _("Least"))
        rows = tuple(row for _n, row in contrasts[:_HIGHLIGHTS])
        yield Grid(_of(study, figures, _("Where groups lie furthest apart")), titles, rows, frozenset((1,)))
    if common:
        common.sort(key=lambda one: -one[0])
        yield Grid(
            _of(study, figures, _("What every group names")),
            (_("Code"), _("In common"), _("Named")),
            tuple(row for _n, row in common[:_HIGHLIGHTS]),
            frozenset((1,)),
        )
    if silent:
        yield Paragraph(_("Named by two informants or more, and by nobody in these groups:"))
        yield Items(tuple(silent[:_HIGHLIGHTS]))


def _one_side(saying: Saying, way: str) -> str:
    number = {BY_BARRIER: saying.barrier, BY_FACILITATOR: saying.facilitator}.get(way, saying.number)
    return f"{role_group(saying.group)} {out_of(number, saying.of, MARK)}"


def _way(way: str) -> str:
    return {BY_BARRIER: f"{Valence.BARRIER.sign} {_('barrier')}", BY_FACILITATOR: f"▲ {_('facilitator')}"}.get(
        way, _("at all")
    )


# Saturation


def saturation_part(study: Study) -> Iterator[Block]:
    """With which interview hardly anything new came."""
    enough = max(2, study.wanted.min_cell)
    if len(study.people) < enough or not study.rows:
        yield Paragraph(_("Saturation needs more interviews that are coded than there are."))
        return
    try:
        table = study.saturation("reached")
    except QueryProblem as problem:
        yield Paragraph(problem.what)
        return
    kept = [column for column in table.columns if column.name != "document"]
    titles, rows, numbers = as_texts(replace(table, columns=kept))
    yield Grid(_("Saturation (Guest, Namey and Chen 2020)"), tuple(titles), tuple(map(tuple, rows)), numbers)
    yield Items(tuple(table.notes))
    from ipscoding.exchange.pictures import curve

    lines = lines_of(study.saturation("curve"))
    if any(line.known for line in lines):
        ends = "; ".join(
            " ".join(filter(None, (line.name, _("{codes} codes after {n} interviews").format(
                codes=line.known[-1], n=len(line.known)))))
            for line in lines if line.known
        )  # fmt: skip
        alt = _("A curve of how many different codes are known after each interview: {ends}.").format(ends=ends)
        yield Drawing(_("Codes known after each interview."), alt, partial(curve.curve, lines))
