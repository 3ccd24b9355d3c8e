"""Commands that change codings there are: recode, split, unite."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipscoding.cli.coding import VALENCES
from ipscoding.cli.options import coder_option, project_argument
from ipscoding.cli.place import passage, place_options, sentences, told
from ipscoding.domain import Coding, Valence
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.project import Project


@click.command(
    help=_(
        "Change coding CODING (its id, or the first characters of it) of PROJECT: code, direction, strength, passage. "
        "What is not named stays. Only your own; one undo."
    )
)
@project_argument
@click.argument("coding")
@click.option("--code", "code_id", metavar="ID", help=_("Another code."))
@click.option("--valence", type=click.Choice(VALENCES), help=_("Another direction."))
@click.option("--strength", type=click.IntRange(0, 2), help=_("Its strength, 1 or 2; 0 takes it away."))
@place_options
@coder_option
def recode(
    project: Path,
    coding: str,
    code_id: str | None,
    valence: str | None,
    strength: int | None,
    quote: str | None,
    sentence: tuple[int, int] | None,
    start: int | None,
    end: int | None,
    coder: str | None,
) -> None:
    from ipscoding.project import codings, documents, open_project

    if all(value is None for value in (code_id, valence, strength, quote, sentence, start, end)):
        raise click.UsageError(_("Say what to change: --code, --valence, --strength, or another passage."))
    with open_project(project, coder=coder) as opened:
        now = codings.get(opened, coding)
        changes: dict[str, Any] = {"code": code_id, "valence": Valence(valence) if valence else None}
        if strength is not None:
            changes["strength"] = strength or None
        if any(value is not None for value in (quote, sentence, start, end)):
            if quote is None and sentence is None:
                # one edge alone is moved, the other stays where it is
                start, end = now.span.start if start is None else start, now.span.end if end is None else end
            changes["span"] = passage(documents.transcript(opened, now.document_id), quote, sentence, start, end)
        _tell(opened, codings.change(opened, now.id, **changes))


@click.command(
    help=_("Cut coding CODING of PROJECT in two; the second part begins at sentence N, or at character --at. One undo.")
)
@project_argument
@click.argument("coding")
@click.option("--sentence", type=int, metavar="N", help=_("The sentence the second part begins with."))
@click.option("--at", type=int, metavar="N", help=_("The character the second part begins with, counted from 0."))
@coder_option
def cut(project: Path, coding: str, sentence: int | None, at: int | None, coder: str | None) -> None:
    from ipscoding.project import codings, documents, open_project, recoding

    if (sentence is None) == (at is None):
        raise click.UsageError(_("Say where with --sentence or --at."))
    with open_project(project, coder=coder) as opened:
        now = codings.get(opened, coding)
        if sentence is not None:
            at = sentences(documents.transcript(opened, now.document_id), (sentence, sentence)).start
        for part in recoding.split(opened, now.id, at or 0):
            _tell(opened, part)


@click.command(
    help=_(
        "Make one coding of two codings of PROJECT that have the same code: from the start of the earlier to the end "
        "of the later. Memos are kept, different directions become both. One undo."
    )
)
@project_argument
@click.argument("first", metavar="CODING")
@click.argument("second", metavar="CODING")
@coder_option
def unite(project: Path, first: str, second: str, coder: str | None) -> None:
    from ipscoding.project import open_project, recoding

    with open_project(project, coder=coder) as opened:
        _tell(opened, recoding.unite(opened, first, second))


@click.command(
    help=_(
        "Say that coding CODING of PROJECT is worth quoting (yes), never to be quoted (no), or that the program may "
        "choose (auto). Reports and quotes follow it. Codings of others can be marked too. One undo."
    )
)
@project_argument
@click.argument("coding")
@click.argument("choice", type=click.Choice(["yes", "no", "auto"]))
@coder_option
def quote(project: Path, coding: str, choice: str, coder: str | None) -> None:
    from ipscoding.project import codings, open_project, quoting

    with open_project(project, coder=coder) as opened:
        quoting.mark(opened, [coding], choice)
        _tell(opened, codings.get(opened, coding))


def _tell(opened: "Project", coding: Coding) -> None:
    from ipscoding.project import documents

    click.echo(told(documents.find(opened, coding.document_id).name, coding))


COMMANDS = {"recode": recode, "cut": cut, "unite": unite, "quote": quote}
