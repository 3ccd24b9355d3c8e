"""The command that takes another program's project over."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.options import PATH, coder_option, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.exchange.foreign.landed import Landed


@click.command(
    "import-project",
    help=_(
        "Take the project of another program in SOURCE (a .qdpx from NVivo, ATLAS.ti or MAXQDA; Taguette, QualCoder, "
        "qualitative-coding, brat, INCEpTION; a table of coded excerpts) into PROJECT, which is made where there is "
        "none: coders, codes, texts, codings with their dates, notes, cases, sets. One undo takes it back, and doing "
        "it again changes nothing. What could not be taken in is listed."
    ),
)
@project_argument
@click.argument("source", type=PATH)
@click.option("--from", "form", metavar="FORM", help=_("In which form SOURCE is (default: told from the file)."))
@click.option(
    "--offsets",
    default="",
    metavar="MODEL",
    help=_("How a .qdpx counts places, where it is not found out rightly: codepoint or utf16, crlf1 or crlf2, bom."),
)
@click.option("--name", default="", help=_("Which project of SOURCE, where it holds several."))
@click.option("--made-by", "by", default="", metavar="NAME", help=_("Who coded, where SOURCE does not say."))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="WHAT=HEADING",
    help=_(
        "What a column of a table is called, or a feature of a CAS: code, text, document, coder, valence, memo, date; "
        "separator for several codes in one cell, layer for a CAS."
    ),
)
@click.option(
    "--documents", type=PATH, help=_("The folder with the interviews of a table of excerpts, if not in PROJECT.")
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def import_project(
    project: Path,
    source: Path,
    form: str | None,
    offsets: str,
    name: str,
    by: str,
    columns: tuple[str, ...],
    documents: Path | None,
    dry_run: bool,
    coder: str | None,
) -> int:
    from ipscoding.exchange.foreign.formats import read_foreign
    from ipscoding.exchange.foreign.into import land_file, project_file

    options = {"offsets": offsets, "name": name, "by": by, "documents": str(documents or "")}
    options["project"] = str(project_file(project))
    for column in columns:
        what, equals, heading = column.partition("=")
        if not (what and equals and heading):
            raise click.BadParameter(_("write it as WHAT=HEADING, for example code=Kode"), param_hint="--column")
        options[f"column:{what.strip()}"] = heading.strip() or heading
    with progress(_("Taking over")) as advance:
        advance(0.0, source.name)
        foreign = read_foreign(source, form, options)
        done = land_file(project, foreign, source.name, coder=coder, dry_run=dry_run, on_progress=advance)
    return tell(done, dry_run=dry_run)


def tell(done: "Landed", *, dry_run: bool) -> int:
    """Say what came in and what did not; gives the exit code."""
    click.echo(
        _("{file}, written by {program}").format(file=done.name, program=done.program or _("an unknown program"))
    )
    for note in done.notes:
        click.echo(f"  {note}")
    heading = _("Would come in:") if dry_run else _("Came in:")
    click.echo(heading)
    for kind, count in done.counts.items():
        if count.new or count.matched or count.skipped:
            numbers = _("{new} new, {matched} there already, {skipped} left out")
            said = numbers.format(new=count.new, matched=count.matched, skipped=count.skipped)
            click.echo(f"  {_KINDS[kind]()}: {said}")
    for heading, sentences in ((_("Left out:"), done.left_out), (_("Look at:"), done.doubts)):
        if sentences:
            click.echo(heading)
            for sentence in sentences:
                click.echo(f"  {sentence}")
    if not done.new:
        click.echo(_("Nothing is new; nothing was added."))
    n = done.of("document").new
    if n and not dry_run:
        click.echo(ngettext("{n} interview was taken over.", "{n} interviews were taken over.", n).format(n=n))
    return LOOK if done.left_out or done.doubts else 0


_KINDS = {
    "coder": lambda: _("Coders"),
    "code": lambda: _("Codes"),
    "document": lambda: _("Interviews"),
    "informant": lambda: _("Informants"),
    "coding": lambda: _("Codings"),
    "memo": lambda: _("Memos"),
    "bookmark": lambda: _("Bookmarks"),
    "status": lambda: _("Statuses"),
    "decision": lambda: _("Decisions on suggestions"),
    "adjudication": lambda: _("Decisions on disagreements"),
}

COMMANDS = {"import-project": import_project}
