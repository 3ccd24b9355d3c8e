"""Commands that bring interviews and informants in and list them."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK, WRONG
from ipscoding.cli.options import PATH, coder_option, output_options, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.transcripts.reading import Reading


@click.command(
    "import",
    help=_(
        "Bring interviews into PROJECT: files or whole folders of .txt and .md.\n\n"
        "Each file is one interview, with or without a head between lines of --- (id, role, language, date, site). "
        "Speakers are found (I:, Intervjuer:, [Kari], P1: ...). A text that is already there changes nothing."
    ),
)
@project_argument
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--sentences",
    "splitter",
    type=click.Choice(["rules", "model"]),
    default="rules",
    show_default=True,
    help=_("Find sentences by rules made for speech, or by the language model (see: ipscoding model)."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def import_command(project: Path, paths: tuple[Path, ...], splitter: str, dry_run: bool, coder: str | None) -> int:
    from ipscoding.project import documents, open_project
    from ipscoding.transcripts.read import passed_over, read_many

    with open_project(project, coder=coder) as opened:
        with progress(_("Reading")) as advance:
            readings, failures = read_many(paths, lambda done, total: advance(done / total, f"{done}/{total}"))
        times = Counter(path.name for path, _error in failures)
        for path, error in failures:
            # a message names the file; where that is not enough to find it, its folder comes first
            named = path.name in str(error)
            place = "" if named and times[path.name] == 1 else f"{path.parent if named else path}: "
            click.echo(f"ipscoding: {place}{error}", err=True)
        if splitter == "model":
            readings = _by_model(readings)
        result = documents.add_all(opened, readings, dry_run=dry_run)
    for _name, refusal in result.refused:
        click.echo(f"ipscoding: {refusal}", err=True)
    for reading in readings:
        for remark in reading.remarks:
            place = _("line {n}: ").format(n=remark.line) if remark.line else ""
            click.echo(f"  {reading.source}: {place}{remark.message}")
    bad = len(failures) + len(result.refused)
    if result.added or not bad or result.unchanged:
        n = len(result.added)
        said = (
            ngettext("{n} interview would be imported.", "{n} interviews would be imported.", n)
            if dry_run
            else ngettext("{n} interview imported.", "{n} interviews imported.", n)
        )
        click.echo(said.format(n=n))
    if result.unchanged:
        n = len(result.unchanged)
        click.echo(ngettext("{n} was there already, unchanged.", "{n} were there already, unchanged.", n).format(n=n))
    if bad and not result.added and not result.unchanged:
        return WRONG
    others = passed_over(paths)
    if others:
        names = ", ".join(path.name for path in others[:3]) + (" …" if len(others) > 3 else "")
        said = ngettext(
            "{n} file of another kind was passed over", "{n} files of other kinds were passed over", len(others)
        )
        click.echo(f"{said.format(n=len(others))}: {names}")
    if bad:
        click.echo(
            ngettext("{n} file was left out (named above).", "{n} files were left out (named above).", bad).format(
                n=bad
            )
        )
    return LOOK if bad else 0


def _by_model(readings: "list[Reading]") -> "list[Reading]":
    """The readings with sentences as the trained pipeline sees them."""
    from dataclasses import replace

    from ipscoding.language.model import load
    from ipscoding.language.pipelines import pipeline
    from ipscoding.transcripts.segments import with_sentences

    load()  # says what to do where the model is missing or does not fit
    trained = pipeline()
    segmented = []
    with progress(_("Finding sentences")) as advance:
        for number, reading in enumerate(readings, start=1):
            transcript = with_sentences(reading.transcript, lambda text: trained.analyse(text).sentences)
            segmented.append(replace(reading, transcript=transcript))
            advance(number / len(readings), reading.name)
    return segmented


@click.command(
    help=_(
        "List the informants of PROJECT, or set their roles and attributes from a table.\n\n"
        "The table is a CSV file with one row per informant: the first column is the informant, "
        "role (or rolle) the role, every other column an attribute."
    )
)
@project_argument
@click.argument("table", required=False, type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@output_options("table", "csv", "json", "xlsx")
@coder_option
def informants(
    project: Path,
    table: Path | None,
    dry_run: bool,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> int:
    from ipscoding.cli.lists import informants_table
    from ipscoding.cli.output import show
    from ipscoding.project import informants as people
    from ipscoding.project import open_project

    with open_project(project, coder=coder) as opened:
        if table is None:
            show(informants_table(people.all(opened)), output, format_name)
            return 0
        from ipscoding.exchange.informants_in import read_informants

        rows, faults = read_informants(table)
        for fault in faults:
            click.echo(f"ipscoding: {table}, {fault}", err=True)
        if faults:
            return WRONG
        wanted = [people.InformantRow(row.name, row.role, row.attributes) for row in rows]
        done = people.set_all(opened, wanted, dry_run=dry_run)
    click.echo(
        _("{added} new, {changed} changed, {unchanged} unchanged.").format(
            added=len(done.added), changed=len(done.changed), unchanged=len(done.unchanged)
        )
    )
    for role in done.unknown_roles:
        click.echo(
            _("The role {role} is not in the codebook of informants; it is kept as it is written.").format(role=role)
        )
    return 0


@click.command(help=_("List the interviews of PROJECT with informant, role, words, codings and each coder's status."))
@project_argument
@output_options("table", "csv", "json", "xlsx")
def documents(project: Path, output: Path | None, format_name: str | None) -> None:
    from ipscoding.cli.lists import documents_table
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    with open_project(project) as opened:
        show(documents_table(opened), output, format_name)


COMMANDS = {"import": import_command, "informants": informants, "documents": documents}
