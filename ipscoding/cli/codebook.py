"""Commands on codebooks: check, show, import, export; diff, merge and apply have modules of their own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.codebook_apply import apply_command, bank_of, import_merged
from ipscoding.cli.codebook_diff import diff
from ipscoding.cli.codebook_merge import git_merge, install_git_driver, merge
from ipscoding.cli.main import LOOK
from ipscoding.cli.options import PATH, UsualGroup, coder_option, excel_option, output_options, project_argument
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.domain import Codebook


@click.group(cls=UsualGroup, usual="show", help=_("Check, show, compare, merge, import and export codebooks."))
def codebook() -> None:
    pass


@codebook.command(
    help=_("Check codebook FILE (or a codebook that ships, by its id): all faults and advice with line and column.")
)
@click.argument("file")
def check(file: str) -> int:
    from ipscoding.codebook import catalogue
    from ipscoding.codebook import check as checking

    path = catalogue.find(file)
    found = checking.check(path)
    faults = [fault for fault in found if fault.severity == "fault"]
    for fault in found:
        kind = _("fault") if fault.severity == "fault" else _("advice")
        click.echo(
            _("{file}, line {line}, column {column}: {kind}: {what}").format(
                file=path, line=fault.line, column=fault.column, kind=kind, what=fault.message
            )
        )
    advice = len(found) - len(faults)
    click.echo(
        ngettext("{n} fault", "{n} faults", len(faults)).format(n=len(faults))
        + ", "
        + ngettext("{n} piece of advice", "{n} pieces of advice", advice).format(n=advice)
    )
    return LOOK if found else 0


@codebook.command(
    help=_("Show the codes of PROJECT, of a codebook file, or of one that ships (by its id); --code shows one whole.")
)
@click.argument("source")
@click.option("--code", "code_id", metavar="ID", help=_("One code with definition, rules and examples."))
@output_options
def show(source: str, code_id: str | None, output: Path | None, format_name: str | None) -> None:
    from ipscoding.cli.codes import codes_table, one_code
    from ipscoding.cli.output import show as write

    book, counts = _source(source)
    if code_id is not None:
        click.echo(one_code(book, code_id))
    else:
        write(codes_table(book, counts), output, format_name)


def _source(source: str) -> "tuple[Codebook, dict[str, int] | None]":
    """The codebook that `source` means, and how often its codes are used where it is a project."""
    from ipscoding.codebook import catalogue, read
    from ipscoding.project import codebooks, codings, open_project

    if source.endswith(".ipscoding"):
        with open_project(source) as opened:
            return codebooks.load(opened), codings.counts(opened)
    return read.read(catalogue.find(source)), None


@codebook.command(
    "import",
    help=_(
        "Take codebook FILE (or one that ships, by its id) into PROJECT: new codes are added, known ids are brought "
        "up to date, codes that only the project has stay. With --merge, what was changed in the project meanwhile "
        "stays too, and what both changed is asked (see codebook merge). One undo.\n\n"
        "FILE can also be a REFI-QDA codebook of another program (.qdc); codes that are there already stay as they are."
    ),
)
@project_argument
@click.argument("file")
@click.option("--merge", "merging", is_flag=True, help=_("Keep what was changed in the project meanwhile."))
@click.option("--base", metavar="FILE", help=_("With --merge: what both came from (default: as last taken in)."))
@click.option("--resolutions", type=PATH, metavar="FILE", help=_("With --merge: decisions on conflicts."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def import_command(
    project: Path,
    file: str,
    merging: bool,
    base: str | None,
    resolutions: Path | None,
    dry_run: bool,
    coder: str | None,
) -> int:
    from ipscoding.codebook import catalogue, read
    from ipscoding.project import codebooks, open_project

    if merging:
        return import_merged(project, file, base, resolutions, coder, dry_run=dry_run)
    if base is not None or resolutions is not None:
        raise click.UsageError(_("--base and --resolutions go with --merge."))
    path = catalogue.find(file)
    if path.suffix.lower() == ".qdc":
        return _import_qdc(project, path, coder, dry_run=dry_run)
    book = read.read(path)
    with open_project(project, coder=coder) as opened:
        done = codebooks.adopt(opened, book, bank_of(path, book), dry_run=dry_run)
    click.echo(
        _("{added} codes new, {changed} changed, {unchanged} unchanged, {kept} only in the project.").format(
            added=len(done.added), changed=len(done.changed), unchanged=len(done.unchanged), kept=len(done.kept)
        )
    )
    return 0


def _import_qdc(project: Path, path: Path, coder: str | None, *, dry_run: bool) -> int:
    """Take in the codebook of another program: codes that are there stay as they are."""
    from ipscoding.cli.foreign import tell
    from ipscoding.exchange.foreign.land import land
    from ipscoding.exchange.foreign.refi_in import read_codebook
    from ipscoding.project import open_project

    book = read_codebook(path)
    with open_project(project, coder=coder) as opened:
        return tell(land(opened, book, path.name, dry_run=dry_run), dry_run=dry_run)


@codebook.command(
    help=_(
        "Write the codebook of SOURCE (a project, a codebook file, or one that ships, by its id) to FILE. Its suffix "
        "says the form: .yaml to keep and exchange; .csv, .xlsx, .json as a table; .docx, .html, .md to read and print."
        "\n\nYAML holds all languages; the other forms the one of --lang, or all with --all-languages."
    )
)
@click.argument("source")
@click.option("-o", "--output", required=True, type=PATH, metavar="FILE", help=_("Where to."))
@click.option("--all-languages", is_flag=True, help=_("Texts in every language, side by side."))
@excel_option
def export(source: str, output: Path, all_languages: bool, excel_no: bool) -> None:
    from ipscoding.exchange.codebook_out import write_codebook
    from ipscoding.i18n import LANGUAGES

    if excel_no and output.suffix.lower() != ".csv":
        raise click.UsageError(_("--excel-no is a form of CSV; let the file's name end in .csv."))
    book, _counts = _source(source)
    write_codebook(book, output, LANGUAGES if all_languages else (), preset="excel-no" if excel_no else "plain")
    click.echo(_("{path}: {n} codes written.").format(path=output, n=len(book.codes)))


for _command in (diff, merge, apply_command, install_git_driver, git_merge):
    codebook.add_command(_command)

COMMANDS = {"codebook": codebook}
