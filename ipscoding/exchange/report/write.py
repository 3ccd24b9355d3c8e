"""A report: its parts in their order as one page, and that page as a file."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from platform import python_version

from ipscoding.errors import FileProblem
from ipscoding.exchange.atomic import whole_file
from ipscoding.exchange.codebook_page import codebook_blocks
from ipscoding.exchange.prose import SUFFIXES, Block, Facts, Heading, Page, Paragraph, write_page
from ipscoding.exchange.report.about import informants_part, study_part
from ipscoding.exchange.report.checklists import coreq_part, srqr_part
from ipscoding.exchange.report.method import method_part, told
from ipscoding.exchange.report.quoted import chosen, quotes_part
from ipscoding.exchange.report.results import frequencies_part, saturation_part, triangulation_part
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.trust import agreement_part, trust
from ipscoding.exchange.report.wanted import PARTS, Wanted
from ipscoding.i18n import _, language
from ipscoding.project import Project
from ipscoding.version import __version__

Advance = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done."""


def write_report(
    project: Project, path: Path, wanted: Wanted | None = None, *, advance: Advance = lambda _part, _what: None
) -> None:
    """Write the report of `project` to `path` (.html, .docx, .md): the whole file, or none.

    The same project and the same wishes give the same bytes. Raises `FileProblem` for a file that cannot be written or
    whose suffix says nothing, `NotFound` for a coder who has no codings, `QueryProblem` for what a query says wrongly.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        what = _("The name {path} does not say which format to write").format(path=path)
        raise FileProblem(what, _("End it in one of {suffixes}").format(suffixes=", ".join(SUFFIXES)))
    page = report_page(project, wanted, advance=advance)
    with whole_file(path) as file:
        write_page(page, file, suffix)


def report_page(
    project: Project, wanted: Wanted | None = None, *, advance: Advance = lambda _part, _what: None
) -> Page:
    """The report of `project` as a page. Raises as `write_report` does, but for the file."""
    study = Study(project, wanted or Wanted())
    title = study.wanted.title or _("Report: {project}").format(project=project.name)
    blocks = list(_blocks(study, advance))
    return Page(title, language(), blocks, contents=True, depth=1, date=study.date, wide=True)


def _blocks(study: Study, advance: Advance) -> Iterator[Block]:
    wanted = study.wanted
    if study.date:
        yield Paragraph(
            _("As of {date}. Made with ipscoding {version} from the project {project}.").format(
                date=study.date, version=__version__, project=study.project.name
            ),
            quiet=True,
        )
    # several parts tell of these, and none of them may be wanted
    found = cache(lambda: trust(study))
    said = cache(lambda: told(study, found()))
    quotes = chosen(study) if wanted.has("quotes") else []
    quoted = len({row.informant or row.document_id for row in quotes})
    parts: dict[str, Callable[[], Iterator[Block]]] = {
        "study": lambda: study_part(study),
        "informants": lambda: informants_part(study),
        "method": lambda: method_part(said()),
        "frequencies": lambda: frequencies_part(study),
        "triangulation": lambda: triangulation_part(study),
        "saturation": lambda: saturation_part(study),
        "quotes": lambda: quotes_part(study, quotes),
        "agreement": lambda: agreement_part(study, found()),
        "coreq": lambda: coreq_part(study, said(), len(quotes), quoted),
        "srqr": lambda: srqr_part(study, said(), len(quotes), quoted),
        "codebook": lambda: _codebook(study),
        "settings": lambda: _settings(study),
    }
    shown = [part for part in PARTS if wanted.has(part)]
    for number, part in enumerate(shown):
        advance(number / len(shown), _(PARTS[part]))
        yield Heading(1, _(PARTS[part]), part)
        yield from parts[part]()


def _codebook(study: Study) -> Iterator[Block]:
    for block in codebook_blocks(study.book, language()):
        # the ids of codes are the anchors of a codebook's own page; here they would meet those of other parts
        yield replace(block, level=block.level + 1, anchor="") if isinstance(block, Heading) else block


def _settings(study: Study) -> Iterator[Block]:
    wanted = study.wanted
    parts = ", ".join(_(PARTS[part]) for part in PARTS if wanted.has(part))
    facts = [
        (_("Program"), f"ipscoding {__version__}, Python {python_version()}"),
        (_("Project"), study.project.name),
        (_("Date of the report"), study.date or "–"),
        (_("Codings counted"), study.coders.note),
        (_("Only what a query asks for"), wanted.where),
        (
            _("Figures hidden"),
            _("those that rest on fewer than {n} informants").format(n=wanted.min_cell)
            if wanted.min_cell
            else _("none"),
        ),
        (_("Quotes for each code"), str(wanted.quotes)),
        (
            _("Informants are called"),
            _("by role and number") if wanted.pseudonyms == "role" else _("as in the project"),
        ),
        (_("Parts"), parts),
        (_("Agreement"), _("by sentence; 1,000 draws of the interviews, seed 1")),
        (_("Saturation"), _("interviews by date; 1,000 random orders, seed 1")),
    ]
    yield Facts(tuple((name, text) for name, text in facts if text))
