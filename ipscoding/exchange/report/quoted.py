"""The part of a report with quotes: some of each code, chosen for spread, under pseudonyms."""

from collections.abc import Iterator

from ipscoding.analysis.quotes import distinct, for_reading, per_code
from ipscoding.domain import Excerpt, Valence
from ipscoding.exchange.codebook_table import in_order
from ipscoding.exchange.prose import Block, Heading, Paragraph
from ipscoding.exchange.pseudonyms import caller
from ipscoding.exchange.quotes_out import Quoting
from ipscoding.exchange.report.figures import ALL, BARRIER, FACILITATOR, Figures
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.words import counted
from ipscoding.i18n import _, ngettext
from ipscoding.project import documents, quoting

_SIDES = {Valence.BARRIER: (BARRIER,), Valence.FACILITATOR: (FACILITATOR,), Valence.BOTH: (BARRIER, FACILITATOR)}


def chosen(study: Study) -> list[Excerpt]:
    """The quotes of each code, for reading; none of what would tell of a hidden figure."""
    marks = quoting.marks(study.project)
    tellable = [row for row in distinct(study.rows, marks) if all(_may_be_told(row, one) for one in study.figures)]
    call = caller(study.project, study.wanted.pseudonyms)
    codes = [code.id for code in in_order(study.book)]
    return for_reading(
        per_code(tellable, study.wanted.quotes, quoting.wanted(marks)), codes, lambda row: call(row.informant)
    )


def quotes_part(study: Study, quotes: list[Excerpt]) -> Iterator[Block]:
    """The quotes by code."""
    if not quotes:
        yield Paragraph(_("There is nothing to quote."))
        return
    yield Paragraph(
        _(
            "At most {n} for each code, chosen by the program: spread over roles, informants and directions, neither "
            "the shortest nor the longest; those that somebody marked as worth quoting come first, and none that was "
            "marked not to be quoted. ▼ barrier, ▲ facilitator, ◆ both, · no direction. What stands in square brackets "
            "stands so in the transcript."
        ).format(n=study.wanted.quotes),
        quiet=True,
    )
    if study.wanted.min_cell:
        yield Paragraph(_("Nothing is quoted that would tell of a hidden figure."), quiet=True)
    files = {document.id: document for document in documents.all(study.project)}
    call = caller(study.project, study.wanted.pseudonyms)
    quotation = Quoting(study.project, files, study.wanted.pseudonyms, call)
    code = None
    for row in quotes:
        if row.code != code:
            code = row.code
            all_of_it = sum(one.code == code for one in study.rows)
            yield Heading(2, row.code_label)
            if not study.wanted.min_cell:
                text = ngettext("{path} · {n} coding", "{path} · {n} codings", all_of_it)
                yield Paragraph(text.format(path=row.code_path, n=counted(all_of_it)), quiet=True)
        yield quotation.of(row)


def _may_be_told(row: Excerpt, figures: Figures) -> bool:
    sides = (ALL, *_SIDES.get(row.valence, ()))
    roles = (None, row.role) if figures.roles else (None,)
    return not any((row.code, role, side) in figures.hidden for role in roles for side in sides)
