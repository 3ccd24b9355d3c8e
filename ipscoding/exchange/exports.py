"""Whole projects in other forms, by name: what the command `export` can write."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ipscoding.analysis.names import hint
from ipscoding.errors import FileProblem, NotAllowed, NotFound
from ipscoding.exchange.atomic import whole_file
from ipscoding.exchange.codebook_out import TABLES
from ipscoding.exchange.csv_out import PLAIN, preset_named
from ipscoding.exchange.dataset_out import write_dataset
from ipscoding.exchange.foreign.refi_out import write_qdc, write_qdpx
from ipscoding.exchange.prodigy_out import write_prodigy
from ipscoding.exchange.project_json import write_project_json
from ipscoding.exchange.project_tables import Chosen, matrix_of
from ipscoding.exchange.prose import SUFFIXES, write_page
from ipscoding.exchange.quotes_out import quotes_page
from ipscoding.exchange.spacy_out import write_spacy
from ipscoding.exchange.spans_out import CodedInterview, coded_interviews
from ipscoding.exchange.workbook_out import Advance, write_workbook
from ipscoding.exchange.write import write
from ipscoding.i18n import N_, _
from ipscoding.project import Project

FILTERS = frozenset(("names", "roles", "coders", "codes", "where"))
"""What every form can be limited to: names and roles of interviews, coders, codes, a query."""
_MATRIX = frozenset(("binary", "by_valence", "pooled", "preset"))


@dataclass(frozen=True, slots=True)
class Export:
    """One form: what it is (to be translated), the usual suffix, and how it is written.

    `write` writes to a binary file that takes its place when all went well; `make` sees to that itself and is called
    with the path (a folder, or a file whose suffix says more), and with who is to be told how far it is. Both get the
    project and the options of the command: the `FILTERS`, and those that `takes` names. `write` can give sentences
    about what was left out.
    """

    about: str
    suffix: str
    write: Callable[[Project, BinaryIO, Mapping[str, Any]], list[str] | None] | None = None
    make: Callable[[Project, Path, Mapping[str, Any], Advance | None], None] | None = None
    takes: frozenset[str] = frozenset()


def _spans(write: Callable[[Iterable[CodedInterview], BinaryIO], None]) -> Callable[..., None]:
    def write_project(project: Project, file: BinaryIO, options: Mapping[str, Any]) -> None:
        write(coded_interviews(project, **options), file)

    return write_project


def _chosen(options: Mapping[str, Any]) -> tuple[Chosen, dict[str, Any]]:
    """The filters, and the other options."""
    filters = {name: value for name, value in options.items() if name in FILTERS}
    return Chosen(**filters), {name: value for name, value in options.items() if name not in FILTERS}


def _xlsx(project: Project, path: Path, options: Mapping[str, Any], advance: Advance | None) -> None:
    chosen, others = _chosen(options)
    with whole_file(path) as file:
        write_workbook(project, file, chosen, folder=path.resolve().parent, advance=advance, **others)


def _json(project: Project, file: BinaryIO, options: Mapping[str, Any]) -> None:
    chosen, others = _chosen(options)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    write_project_json(project, text, chosen, **others)
    text.flush()
    text.detach()


def _dataset(project: Project, path: Path, options: Mapping[str, Any], advance: Advance | None) -> None:
    chosen, others = _chosen(options)
    preset = preset_named(others.pop("preset", PLAIN.name))
    write_dataset(project, path, chosen, preset=preset, advance=advance, **others)


def _matrix(project: Project, path: Path, options: Mapping[str, Any], _advance: Advance | None) -> None:
    _check_suffix(path, TABLES)
    chosen, others = _chosen(options)
    preset = others.pop("preset", PLAIN.name)
    write(matrix_of(project, chosen, **others), path, preset=preset)


def _check_suffix(path: Path, suffixes: tuple[str, ...]) -> None:
    if path.suffix.lower() not in suffixes:
        what = _("The name {path} does not say which format to write").format(path=path)
        raise FileProblem(what, _("End it in one of {suffixes}").format(suffixes=", ".join(suffixes)))


def _quotes(project: Project, path: Path, options: Mapping[str, Any], _advance: Advance | None) -> None:
    _check_suffix(path, SUFFIXES)
    others = dict(options)
    page = quotes_page(project, documents=others.pop("names", ()), **others)
    with whole_file(path) as file:
        write_page(page, file, path.suffix.lower())


def _qdpx(project: Project, file: BinaryIO, options: Mapping[str, Any]) -> list[str]:
    chosen, others = _chosen(options)
    return write_qdpx(project, file, chosen, **others)


def _qdc(project: Project, file: BinaryIO, options: Mapping[str, Any]) -> None:
    if options:
        what = _("A codebook goes out as a whole")
        raise NotAllowed(what, _("Leave out what chooses interviews, coders or codes"))
    write_qdc(project, file)


EXPORTS: Mapping[str, Export] = {
    "spacy": Export(N_("spaCy's binary form: a document for each interview"), ".spacy", _spans(write_spacy)),
    "prodigy": Export(N_("JSON lines as Prodigy has them: a task for each interview"), ".jsonl", _spans(write_prodigy)),
    "xlsx": Export(N_("An Excel workbook of all tables"), ".xlsx", make=_xlsx, takes=frozenset(("pooled",))),
    "json": Export(N_("The project as JSON"), ".json", _json, takes=frozenset(("with_text",))),
    "dataset": Export(N_("A folder of CSV files that says what its columns are"), "", make=_dataset, takes=_MATRIX),
    "matrix": Export(
        N_("Codes by interview or informant, a column for each"), ".csv", make=_matrix, takes=_MATRIX | {"case"}
    ),
    "quotes": Export(
        N_("Quotes by code and role, for a paper"), ".docx", make=_quotes, takes=frozenset(("limit", "pseudonyms"))
    ),
    "qdpx": Export(
        N_("REFI-QDA project for NVivo, ATLAS.ti, MAXQDA, QualCoder"), ".qdpx", _qdpx, takes=frozenset(("target",))
    ),
    "qdc": Export(N_("REFI-QDA codebook"), ".qdc", _qdc),
}


def export(project: Project, form: str, path: Path, *, advance: Advance | None = None, **options: Any) -> list[str]:
    """Write `project` to `path` in one of the `EXPORTS`, whole or not at all, for its owner's eyes only.

    `options`: `names` of interviews, `roles`, `coders`, `codes` and a query `where` (what is not given filters
    nothing), and those that the form takes besides. `advance` is told how far it is. Gives sentences about what was
    left out. Raises `NotFound` for an unknown
    form or for what the project does not have, `NotAllowed` for an option that the form does not take, `FileProblem`
    where the file cannot be written.
    """
    if form not in EXPORTS:
        raise NotFound(_("No such format: {name}").format(name=form), hint([form], EXPORTS))
    made = EXPORTS[form]
    unknown = sorted(set(options) - FILTERS - made.takes)
    if unknown:
        raise NotAllowed(_("The format {form} has no such option: {names}").format(form=form, names=", ".join(unknown)))
    if made.make is not None:
        made.make(project, path, options, advance)
    elif made.write is not None:
        with whole_file(path) as file:
            return made.write(project, file, options) or []
    return []
