"""The command that exchanges work through a shared folder."""

from pathlib import Path

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.merge import tell
from ipscoding.cli.options import PATH, coder_option, project_argument
from ipscoding.i18n import _, ngettext


@click.command(
    help=_(
        "Exchange work with the other copies of PROJECT through FOLDER (a network share, a stick, a git repository): "
        "take in what they put there, and put there what they lack. In any order, as often as you like; files that "
        "were copied only in part are skipped until they are whole.\n\n"
        "The files hold the interviews' texts too, unless --without-texts: keep the folder where transcripts may be."
    )
)
@project_argument
@click.argument("folder", type=PATH)
@click.option("--without-texts", is_flag=True, help=_("Do not put texts of interviews there."))
@click.option("--group", is_flag=True, help=_("The folder's group may read the files (else only you)."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def sync(project: Path, folder: Path, without_texts: bool, group: bool, dry_run: bool, coder: str | None) -> int:
    from ipscoding.project import open_project
    from ipscoding.project.merging.sync import sync as exchange

    with open_project(project, coder=coder) as opened:
        done = exchange(opened, folder, with_texts=not without_texts, group=group, dry_run=dry_run)
    code = tell(project, done.merged, dry_run=dry_run)
    for name in done.broken:
        click.echo(_("{file}: not whole yet, skipped; it is taken in when the rest of it has come.").format(file=name))
    for name in done.foreign:
        click.echo(_("{file}: belongs to another study, skipped.").format(file=name))
    if done.early:
        click.echo(
            ngettext(
                "{n} act waits for others that have not arrived.",
                "{n} acts wait for others that have not arrived.",
                done.early,
            ).format(n=done.early)
        )
    said = (
        ngettext("{n} act would go out", "{n} acts would go out", done.sent)
        if dry_run
        else ngettext("{n} act went out", "{n} acts went out", done.sent)
    )
    with_them = ngettext("with {n} text", "with {n} texts", done.texts_sent)
    click.echo(f"{said.format(n=done.sent)}, {with_them.format(n=done.texts_sent)}.")
    return LOOK if done.broken or done.early else code


COMMANDS = {"sync": sync}
