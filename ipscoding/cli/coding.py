"""Commands that code from a script: code, uncode, status."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import WRONG
from ipscoding.cli.options import PATH, coder_option, project_argument
from ipscoding.cli.place import passage, place_options, told
from ipscoding.cli.progress import progress
from ipscoding.domain import Valence
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.project import Project

VALENCES = [str(valence) for valence in Valence]


@click.command(
    help=_(
        "Make one coding in PROJECT, or many from a table.\n\n"
        "One: ipscoding code PROJECT DOCUMENT CODE with --quote, --sentence or --start and --end. Several codes for "
        "the same passage are one act with one undo; each may say its own direction: CODE=barrier.\n\n"
        "Many: ipscoding code PROJECT --from FILE.csv with the columns document, quote (or start and end), code, and "
        "if wanted valence, strength, coder, memo. All faults are named; then nothing is coded."
    )
)
@project_argument
@click.argument("document", required=False)
@click.argument("code_ids", metavar="[CODE[=VALENCE]]...", nargs=-1)
@place_options
@click.option("--valence", type=click.Choice(VALENCES), default="none", show_default=True, help=_("Its direction."))
@click.option("--strength", type=click.IntRange(1, 2), help=_("Its strength, 1 or 2."))
@click.option("--memo", default="", help=_("A note on the coding."))
@click.option("--from", "table", type=PATH, metavar="FILE", help=_("A table of codings (CSV)."))
@click.option("--done", is_flag=True, help=_("With --from: mark the interviews as done for their coders."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def code(
    project: Path,
    document: str | None,
    code_ids: tuple[str, ...],
    quote: str | None,
    sentence: tuple[int, int] | None,
    start: int | None,
    end: int | None,
    valence: str,
    strength: int | None,
    memo: str,
    table: Path | None,
    done: bool,
    dry_run: bool,
    coder: str | None,
) -> int:
    from ipscoding.project import codings, documents, open_project, recoding

    chosen = [_with_valence(code_id, valence) for code_id in code_ids]
    with open_project(project, coder=coder) as opened:
        if table is not None:
            return _code_table(opened, table, done=done, dry_run=dry_run)
        if document is None or not chosen:
            raise click.UsageError(_("Name a document and a code, or a table with --from."))
        found = documents.find(opened, document)
        span = passage(documents.transcript(opened, found.id), quote, sentence, start, end)
        if len(chosen) > 1:
            made = recoding.add_several(
                opened, found.id, span, chosen, strength=strength, memo=memo, origin="script", dry_run=dry_run
            )
        else:
            one = codings.add(
                opened, found.id, span, *chosen[0], strength=strength, memo=memo, origin="script", dry_run=dry_run
            )
            made = [one]
    for coding in made:
        click.echo(told(found.name, coding))
    return 0


def _with_valence(code: str, usual: str) -> tuple[str, Valence]:
    """`CODE=VALENCE`, or a bare code with the usual valence."""
    code_id, given, valence = code.partition("=")
    if given and valence not in VALENCES:
        raise click.UsageError(
            _("{code}: the direction is one of {names}.").format(code=code, names=", ".join(VALENCES))
        )
    return code_id, Valence(valence or usual)


def _code_table(opened: "Project", table: Path, *, done: bool, dry_run: bool) -> int:
    from ipscoding.exchange.into_project import codings_for
    from ipscoding.project import codings

    wanted, faults = codings_for(opened, table)
    for fault in faults:
        click.echo(f"ipscoding: {table}, {fault}", err=True)
    if faults:
        click.echo(
            ngettext("{n} fault; nothing was coded.", "{n} faults; nothing was coded.", len(faults)).format(
                n=len(faults)
            ),
            err=True,
        )
        return WRONG
    with progress(_("Coding")) as advance:
        count = iter(range(1, len(wanted) + 1))
        made, known = codings.add_many(
            opened,
            wanted,
            done=done,
            dry_run=dry_run,
            on_progress=lambda: advance(next(count) / len(wanted), ""),
        )
    said = (
        ngettext("{n} coding would be made", "{n} codings would be made", made)
        if dry_run
        else ngettext("{n} coding made", "{n} codings made", made)
    )
    click.echo(
        said.format(n=made) + ngettext(", {n} was there already.", ", {n} were there already.", known).format(n=known)
    )
    return 0


@click.command(help=_("Take codings (by their id, or its first characters) out of PROJECT. It can be undone."))
@project_argument
@click.argument("coding_ids", metavar="CODING...", nargs=-1, required=True)
@coder_option
def uncode(project: Path, coding_ids: tuple[str, ...], coder: str | None) -> None:
    from ipscoding.project import codings, open_project

    with open_project(project, coder=coder) as opened:
        removed = codings.remove_many(opened, coding_ids)
    click.echo(ngettext("{n} coding removed.", "{n} codings removed.", len(removed)).format(n=len(removed)))


@click.command(help=_("Say how far you have come with interview DOCUMENT of PROJECT: not-started, coding or done."))
@project_argument
@click.argument("document")
@click.argument("status", type=click.Choice(["not-started", "coding", "done"]))
@coder_option
def status(project: Path, document: str, status: str, coder: str | None) -> None:
    from ipscoding.project import acts, documents, open_project

    with open_project(project, coder=coder) as opened:
        found = documents.find(opened, document)
        documents.set_status(opened, found.id, status)
    click.echo(_("{document}: {status}").format(document=found.name, status=acts.status_name(status)))


COMMANDS = {"code": code, "uncode": uncode, "status": status}
