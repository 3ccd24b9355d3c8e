"""The parts of a report on coders beside each other: agreement, and what the team decided."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipscoding.analysis.agreement import DEFAULT, Entering, Question, Standing, agreement, entering, read, standing
from ipscoding.analysis.table import Table
from ipscoding.domain import CONSENSUS
from ipscoding.errors import IpscodingError
from ipscoding.exchange.prose import Block, Grid, Heading, Items, Paragraph
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.words import counted, listed
from ipscoding.exchange.terminal import as_texts
from ipscoding.i18n import _, ngettext
from ipscoding.project import adjudications


@dataclass(frozen=True)
class Trust:
    """How coders agree: the table, who and what entered, where they stand; `why` there is no table."""

    table: Table | None = None
    entered: Entering | None = None
    stands: Standing | None = None
    why: str = ""


def trust(study: Study) -> Trust:
    """The agreement between the coders wanted, or all who marked interviews as done."""
    people = [name for name in study.wanted.coders if name != CONSENSUS]
    chosen = people if len(people) > 1 else None
    names = [document.name for document in study.documents] if study.wanted.where else ()
    if not study.documents:
        return Trust(why=_("There is no interview yet."))
    try:
        entered = entering(study.project, chosen, names=names)
        table = agreement(read(study.project, entered), entered.coders, study.book, Question(measures=DEFAULT))
        stands = standing(study.project, chosen, names=names)
    except IpscodingError as problem:
        return Trust(why=f"{problem.what}.")
    return Trust(table, entered, stands)


def agreement_part(study: Study, found: Trust) -> Iterator[Block]:
    """How far coders agree, and what was decided about the rest."""
    if found.table is None or found.entered is None:
        yield Paragraph(_("Agreement cannot be told: {why}").format(why=found.why))
    else:
        yield Paragraph(in_words(found))
        yield _table(study, found.table)
        yield Items(tuple(found.table.notes))
        if study.wanted.min_cell:
            said = _("Numbers of sentences, and codes of which a figure is hidden, are left out.")
            yield Paragraph(said, quiet=True)
    yield Heading(2, _("What was decided"), "decided")
    for sentence in decided_in_words(study, found):
        yield Paragraph(sentence)


def in_words(found: Trust) -> str:
    """The agreement in a sentence or two; empty where there is none."""
    if found.table is None or found.entered is None:
        return ""
    titles, rows, _numbers = as_texts(found.table)
    pooled = dict(zip(titles, rows[0], strict=True))
    shown = [column.title for column in found.table.columns if column.name.replace("_", "-") in DEFAULT]
    values = "; ".join(f"{title} {pooled[title]}" for title in shown)
    n = len(found.entered.documents)
    said = ngettext(
        "Agreement of {coders} on {n} interview that each of them coded to the end, all codes together, by sentence: "
        "{values}.",
        "Agreement of {coders} on {n} interviews that each of them coded to the end, all codes together, by sentence: "
        "{values}.",
        n,
    ).format(coders=listed(found.entered.coders), n=counted(n), values=values)
    left = len(found.entered.left_out)
    more = ngettext(
        "{n} interview that not all of them are done with does not enter.",
        "{n} interviews that not all of them are done with do not enter.",
        left,
    )
    return f"{said} {more.format(n=counted(left))}" if left else said


def decided_in_words(study: Study, found: Trust) -> list[str]:
    """What became of the disagreements, in sentences."""
    said = []
    if found.stands is not None:
        differing, still = len(found.stands.disagreements), len(found.stands.open)
        text = ngettext(
            "The coders coded {agreed} passages alike and differ on {n}; {decided} of these were decided, {still} are "
            "open.",
            "The coders coded {agreed} passages alike and differ on {n}; {decided} of these were decided, {still} are "
            "open.",
            differing,
        )
        said.append(
            text.format(
                agreed=counted(len(found.stands.agreed)),
                n=counted(differing),
                decided=counted(differing - still),
                still=counted(still),
            )
        )
    there = {document.id for document in study.documents}
    made = [one for one in adjudications.all(study.project) if one.document_id in there]
    if made:
        ways = {
            "one": _("one coder's version holds"),
            "both": _("both hold"),
            "neither": _("neither holds"),
            "other": _("something else"),
        }
        counts = Counter(one.outcome for one in made)
        told = ", ".join(f"{ways[outcome]} ({counted(counts[outcome])})" for outcome in ways if counts[outcome])
        who = listed(sorted({one.coder for one in made}))
        text = ngettext("{n} decision by {who}: {told}.", "{n} decisions by {who}: {told}.", len(made))
        said.append(text.format(n=counted(len(made)), who=who, told=told))
    consensus = sum(row.coder == CONSENSUS and row.document_id in there for row in study.material.rows)
    if consensus:
        text = ngettext(
            "The consensus layer holds {n} coding; figures are made from it where no coders were chosen.",
            "The consensus layer holds {n} codings; figures are made from it where no coders were chosen.",
            consensus,
        )
        said.append(text.format(n=counted(consensus)))
    else:
        said.append(_("There is no consensus layer."))
    return said


def _table(study: Study, table: Table) -> Grid:
    out = {"level", "code"}
    rows = list(table.rows)
    if study.wanted.min_cell:
        # how many sentences were coded, and what a code's coefficient says of them, would tell of hidden figures
        out |= {column.name for column in table.columns if column.name.startswith("coded_") or column.name == "units"}
        rows = [
            row
            for row in rows
            if row["level"] != "code" or all(figures.open(str(row["code"])) for figures in study.figures)
        ]
    kept = [column for column in table.columns if column.name not in out]
    titles, cells, numbers = as_texts(replace(table, columns=kept, rows=rows))
    return Grid(_("Agreement, by sentence"), tuple(titles), tuple(map(tuple, cells)), numbers)
