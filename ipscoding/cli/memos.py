"""Commands on notes and places: memo, bookmarks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import coder_option, output_options, project_argument
from ipscoding.errors import NotFound
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.domain import Turn
    from ipscoding.project import Project

PROJECT = "project"


@click.command(
    help=_(
        "Write your memo TEXT on TARGET of PROJECT, over your earlier one; without TEXT, show all memos on it.\n\n"
        'TARGET is an interview, the id of a code, the id of a coding (or its first characters), or "project". '
        "An empty TEXT takes your memo away."
    )
)
@project_argument
@click.argument("target")
@click.argument("text", required=False)
@coder_option
def memo(project: Path, target: str, text: str | None, coder: str | None) -> None:
    from ipscoding.project import memos, open_project

    with open_project(project, coder=coder) as opened:
        entity, name, place = _target(opened, target)
        if text is None:
            found = memos.of(opened, entity)
            for one in found:
                click.echo(_("{coder}, {time}: {text}").format(coder=one.coder, time=one.created_at, text=one.text))
            if not found:
                click.echo(_("{target}: there is no memo.").format(target=name))
            return
        document, offset = place
        memos.put(opened, entity, text, document=document, offset=offset)
    said = _("{target}: memo written.") if text.strip() else _("{target}: memo taken away.")
    click.echo(said.format(target=name))


def _target(opened: "Project", target: str) -> tuple[str, str, tuple[str | None, int | None]]:
    """The UUID of what a memo is about, what it is called, and where it stands. Raises `NotFound`."""
    from ipscoding.project import codebooks, codings, documents

    if target == PROJECT:
        return opened.id, opened.name, (None, None)
    for document in documents.all(opened):
        if target in (document.name, document.id):
            return document.id, document.name, (document.id, None)
    code = codebooks.load(opened).by_id.get(target)
    if code is not None:
        return code.uuid, code.id, (None, None)
    try:
        coding = codings.get(opened, target)
    except NotFound as error:
        raise NotFound(
            _("There is no interview, code or single coding {target}").format(target=target),
            _('Name one of these, or "project" for the project as a whole'),
        ) from error
    return coding.id, _("coding {id}").format(id=coding.id[:8]), (coding.document_id, coding.span.start)


@click.command(
    help=_(
        "List your bookmarks in PROJECT; with DOCUMENT and a place, set a bookmark there, or take away the one that is "
        "there. With --note the one that is there stays, and gets the note."
    )
)
@project_argument
@click.argument("document", required=False)
@click.option("--sentence", type=int, metavar="N", help=_("At the beginning of this sentence."))
@click.option("--turn", type=int, metavar="N", help=_("At the beginning of this turn."))
@click.option("--note", metavar="TEXT", help=_("What the bookmark is for; empty takes the note away."))
@output_options
@coder_option
def bookmarks(
    project: Path,
    document: str | None,
    sentence: int | None,
    turn: int | None,
    note: str | None,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> None:
    from ipscoding.cli.lists import bookmarks_table
    from ipscoding.cli.output import show
    from ipscoding.cli.place import sentences
    from ipscoding.project import bookmarks as places
    from ipscoding.project import documents, open_project

    with open_project(project, coder=coder) as opened:
        if document is None:
            if sentence is not None or turn is not None:
                raise click.UsageError(_("Name the interview the bookmark is in."))
            show(bookmarks_table(opened), output, format_name)
            return
        if (sentence is None) == (turn is None):
            raise click.UsageError(_("Say where with --sentence or --turn."))
        found = documents.find(opened, document)
        transcript = documents.transcript(opened, found.id)
        if sentence is not None:
            offset = sentences(transcript, (sentence, sentence)).start
        else:
            offset = turn_start(transcript.turns, turn or 0)
        is_set = note is not None or places.toggle(opened, found.id, offset)
        if note is not None:
            places.put(opened, found.id, offset, note)
    said = _("{document}: bookmark set.") if is_set else _("{document}: bookmark taken away.")
    click.echo(said.format(document=found.name))


def turn_start(turns: "tuple[Turn, ...]", number: int) -> int:
    """Where speech begins in the turn of this number. Raises `NotFound`."""
    if not 1 <= number <= len(turns):
        raise NotFound(
            _("There is no turn {n}").format(n=number),
            ngettext("The interview has {n} turn", "The interview has {n} turns", len(turns)).format(n=len(turns)),
        )
    return turns[number - 1].speech.start


COMMANDS = {"memo": memo, "bookmarks": bookmarks}
