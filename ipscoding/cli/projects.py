"""Commands on a project as a whole: new, open, backup, settings, doctor."""

import json
from pathlib import Path

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.options import PATH, coder_option, on_terminal, project_argument
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _


@click.command(
    help=_(
        "Make a new project PROJECT (one file, .ipscoding) with the default codebook.\n\n"
        "The codebook is the barrier/facilitator codebook for IPS unless --codebook says otherwise."
    )
)
@project_argument
@click.option("--name", help=_("What the study is called (default: the file's name)."))
@click.option("--codebook", "codebook_name", metavar="ID|FILE", help=_("A codebook that ships, or a file of your own."))
@click.option("--no-codebook", is_flag=True, help=_("Begin without codes."))
@coder_option
def new(project: Path, name: str | None, codebook_name: str | None, no_codebook: bool, coder: str | None) -> None:
    from ipscoding.codebook import catalogue, phrases, read
    from ipscoding.project import codebooks, connect, create

    # the codebook is read first: a fault in it must not leave an empty project behind
    book = bank = None
    if not no_codebook:
        path = catalogue.find(codebook_name) if codebook_name else catalogue.default_path()
        book = read.read(path)
        bank_path = catalogue.phrase_bank_for(path)
        if bank_path is not None and catalogue.shipped_phrase_bank(book) is None:
            bank = phrases.read_phrases(bank_path)
    made = create(project, name=name, coder=coder)
    try:
        if book is not None:
            codebooks.adopt(made, book, bank)
    except BaseException:
        made.close()
        connect.discard(made.path)
        raise
    with made:
        click.echo(_("{path}: project made.").format(path=made.path))
        click.echo(_('Next: ipscoding import "{path}" FOLDER').format(path=made.path))


@click.command(
    "open",
    help=_(
        "Open PROJECT in the coding screen. All work is in the file as soon as it is shown; nothing is saved by hand."
    ),
)
@project_argument
@coder_option
@click.option("--document", metavar="NAME", help=_("Begin with this interview."))
def open_command(project: Path, coder: str | None, document: str | None) -> None:
    from ipscoding.project import documents, open_project

    if not on_terminal():
        raise IpscodingError(
            _("The coding screen needs a terminal"), _('In a script, use the commands: see "ipscoding --help"')
        )
    with open_project(project, coder=coder) as opened:
        first = documents.find(opened, document).id if document else None
        from ipscoding.tui.app import run

        run(opened, document_id=first)


@click.command(
    help=_("Copy PROJECT to TARGET (default: beside it, with the time in the name) while people work in it.")
)
@project_argument
@click.argument("target", required=False, type=PATH)
def backup(project: Path, target: Path | None) -> None:
    from ipscoding.project import open_project
    from ipscoding.project.backup import backup as copy

    with open_project(project) as opened:
        click.echo(_("{path}: copy made and checked.").format(path=copy(opened, target)))


@click.command(
    help=_(
        "Show the settings of PROJECT, or give setting KEY a VALUE.\n\n"
        "Settings: coder (who codes when nobody says), blind (true: suggestions stay hidden until a document is done)."
    )
)
@project_argument
@click.argument("key", required=False)
@click.argument("value", required=False)
def settings(project: Path, key: str | None, value: str | None) -> None:
    from ipscoding.project import open_project
    from ipscoding.project import settings as stored

    if key is not None:
        stored.check_known(key)
    with open_project(project) as opened:
        if key is not None and value is not None:
            stored.change(opened, key, value)
        for name in (key,) if key else tuple(stored.KNOWN):
            click.echo(f"{name}: {json.dumps(stored.get(opened, name), ensure_ascii=False)}")


@click.command(
    help=_("Check that PROJECT is sound: the file, its indexes, and that its tables say what its journal says.")
)
@project_argument
def doctor(project: Path) -> int:
    from ipscoding.project import open_project
    from ipscoding.project.check import check

    with open_project(project) as opened:
        found = check(opened)
    for one in found:
        click.echo(f"{'✗' if one.found else '✓'} {one.name}{': ' + one.found if one.found else ''}")
    return LOOK if any(one.found for one in found) else 0


COMMANDS = {"new": new, "open": open_command, "backup": backup, "settings": settings, "doctor": doctor}
