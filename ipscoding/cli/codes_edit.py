"""Commands that edit the codes of a project: add, change, move, retire, merge, split, and the queue they lead to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipscoding.cli.coding import VALENCES
from ipscoding.cli.main import LOOK
from ipscoding.cli.options import coder_option, output_options, project_argument
from ipscoding.domain import Code, Valence
from ipscoding.i18n import LANGUAGES, _, language, ngettext

if TYPE_CHECKING:
    from ipscoding.analysis.table import Table
    from ipscoding.project import Project
    from ipscoding.project.codes import Effect
    from ipscoding.project.recoding import Stale

Function = TypeVar("Function", bound=Callable[..., Any])

_EXCERPT = 60


def _edit_options(function: Function) -> Function:
    function = click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))(function)
    return coder_option(function)


def _text_options(function: Function) -> Function:
    for option in (
        click.option("--in", "spoken", type=click.Choice(LANGUAGES), help=_("The language of the texts given.")),
        click.option("--valence", type=click.Choice(VALENCES), help=_("The directions a coding may have; both: any.")),
        click.option("--not-when", "exclude_when", metavar="TEXT", help=_("When not to use it.")),
        click.option("--use-when", "include_when", metavar="TEXT", help=_("When to use it.")),
        click.option("--definition", metavar="TEXT", help=_("What it means.")),
    ):
        function = option(function)
    return function


def _texts(spoken: str | None, **texts: str | None) -> dict[str, dict[str, str]]:
    return {name: {spoken or language(): text} for name, text in texts.items() if text is not None}


@contextmanager
def _editing(project: Path, coder: str | None, *, dry_run: bool) -> "Iterator[Project]":
    """The project; in a dry run, everything done to it inside is forgotten again."""
    from ipscoding.project import journal, open_project

    with open_project(project, coder=coder) as opened:
        if not dry_run:
            yield opened
            return
        with journal.command(opened, "dry-run", dry_run=True):
            yield opened


def _say(said: str, *, dry_run: bool) -> None:
    click.echo(_("Dry run, nothing was changed: {what}").format(what=said) if dry_run else said)


def _called(code: Code) -> str:
    return f"{code.id} ({code.name(language())})"


def _codings(found: "Effect") -> str:
    """What an edit touches: "12 codings in 3 interviews by 2 coders"."""
    return " ".join(
        (
            ngettext("{n} coding", "{n} codings", found.codings).format(n=found.codings),
            ngettext("in {n} interview", "in {n} interviews", found.documents).format(n=found.documents),
            ngettext("by {n} coder", "by {n} coders", found.coders).format(n=found.coders),
        )
    )


@click.command(help=_("Add a code called LABEL to the codebook of PROJECT. One undo."))
@project_argument
@click.argument("label")
@click.option("--id", "code_id", metavar="ID", help=_("Its readable id (default: made from the label)."))
@click.option("--parent", metavar="ID", help=_("The code or domain it stands under."))
@click.option("--domain", is_flag=True, help=_("It groups other codes and is not used for coding itself."))
@_text_options
@_edit_options
def add(
    project: Path,
    label: str,
    code_id: str | None,
    parent: str | None,
    domain: bool,
    valence: str | None,
    spoken: str | None,
    dry_run: bool,
    coder: str | None,
    **texts: str | None,
) -> None:
    from ipscoding.project import codes

    with _editing(project, coder, dry_run=dry_run) as opened:
        given = _texts(spoken, label=label, **texts)
        made = codes.add(
            opened,
            given.pop("label"),
            parent=parent,
            code_id=code_id,
            valence=Valence(valence or Valence.BOTH),
            codable=not domain,
            **given,
        )
    _say(_("new code {code}.").format(code=_called(made)), dry_run=dry_run)


@click.command(
    help=_(
        "Change label, definition, rules, directions or colour of CODE in PROJECT; what is not named stays, an empty "
        "text takes it away. One undo.\n\n"
        "Where the meaning changes, codings made before are put in the queue (codes queue)."
    )
)
@project_argument
@click.argument("code")
@click.option("--label", metavar="TEXT", help=_("What it is called."))
@click.option("--colour", metavar="COLOUR", help=_("Its colour, as #0072b2; empty: chosen by the program."))
@_text_options
@_edit_options
def change(
    project: Path,
    code: str,
    colour: str | None,
    valence: str | None,
    spoken: str | None,
    dry_run: bool,
    coder: str | None,
    **texts: str | None,
) -> None:
    from ipscoding.project import codebooks, codes

    given = _texts(spoken, **texts)
    if not given and valence is None and colour is None:
        raise click.UsageError(_("Say what to change: --label, --definition, --use-when, --not-when, ..."))
    with _editing(project, coder, dry_run=dry_run) as opened:
        before, touched = codebooks.find(opened, code), codes.effect(opened, code)
        after = codes.change(opened, code, valence=Valence(valence) if valence else None, colour=colour, **given)
    if before == after:
        click.echo(_("{code} says this already; nothing was changed.").format(code=_called(after)))
        return
    said = _("{code} changed.").format(code=_called(after))
    if after.version != before.version and touched.codings:
        said += " " + _("Made under the old meaning: {codings}, now in the queue.").format(codings=_codings(touched))
    _say(said, dry_run=dry_run)


@click.command(help=_("Put CODE of PROJECT under another code or domain PARENT, or at the top with --top. One undo."))
@project_argument
@click.argument("code")
@click.argument("parent", required=False)
@click.option("--top", is_flag=True, help=_("To the top of the codebook."))
@_edit_options
def move(project: Path, code: str, parent: str | None, top: bool, dry_run: bool, coder: str | None) -> None:
    from ipscoding.project import codes

    if top == (parent is not None):
        raise click.UsageError(_("Name the code it goes under, or give --top."))
    with _editing(project, coder, dry_run=dry_run) as opened:
        moved, touched = codes.move(opened, code, parent), codes.effect(opened, code)
    where = _("under {parent}").format(parent=parent) if parent else _("at the top")
    _say(
        _("{code} stands {where} now; its codings stay: {codings}.").format(
            code=_called(moved), where=where, codings=_codings(touched)
        ),
        dry_run=dry_run,
    )


@click.command(help=_("Take CODE of PROJECT out of use, or back with --back; its codings stay. One undo."))
@project_argument
@click.argument("code")
@click.option("--back", is_flag=True, help=_("Take it back into use."))
@_edit_options
def retire(project: Path, code: str, back: bool, dry_run: bool, coder: str | None) -> None:
    from ipscoding.project import codes

    with _editing(project, coder, dry_run=dry_run) as opened:
        done, touched = codes.retire(opened, code, retired=not back), codes.effect(opened, code)
    said = _("{code} is in use again; it has {codings}.") if back else _("{code} is retired; it keeps {codings}.")
    _say(said.format(code=_called(done), codings=_codings(touched)), dry_run=dry_run)


@click.command(
    help=_(
        "Merge CODE of PROJECT into another one, INTO: its codings get that code, and it is retired. Where a coder "
        "coded the very same passage with both, the two become one. One undo."
    )
)
@project_argument
@click.argument("code")
@click.argument("into")
@_edit_options
def merge(project: Path, code: str, into: str, dry_run: bool, coder: str | None) -> None:
    from ipscoding.project import codes

    with _editing(project, coder, dry_run=dry_run) as opened:
        done = codes.merge(opened, code, into)
    said = _("{code} is merged into {target}: {codings}.").format(code=code, target=into, codings=_codings(done))
    if done.becoming_one:
        said += " " + ngettext(
            "{n} falls on one of the same coder and becomes one with it.",
            "{n} fall on one of the same coder and become one with it.",
            done.becoming_one,
        ).format(n=done.becoming_one)
    _say(said, dry_run=dry_run)


@click.command(
    help=_(
        "Split CODE of PROJECT into new codes called LABEL: it is retired and keeps its codings, which go to the queue "
        "(codes queue) until somebody has recoded them. One undo."
    )
)
@project_argument
@click.argument("code")
@click.argument("labels", metavar="LABEL LABEL...", nargs=-1, required=True)
@click.option("--in", "spoken", type=click.Choice(LANGUAGES), help=_("The language of the texts given."))
@_edit_options
def split(
    project: Path, code: str, labels: tuple[str, ...], spoken: str | None, dry_run: bool, coder: str | None
) -> None:
    from ipscoding.project import codes

    with _editing(project, coder, dry_run=dry_run) as opened:
        made = codes.split(opened, code, [{spoken or language(): label} for label in labels])
        touched = codes.effect(opened, code)
    _say(
        _("{code} is split into {codes}; in the queue: {codings}.").format(
            code=code, codes=", ".join(map(_called, made)), codings=_codings(touched)
        ),
        dry_run=dry_run,
    )


@click.command(
    help=_(
        "Codings of PROJECT to look at again: made under an older meaning of their code, or under a code that was "
        "split. --confirm says of one that it holds; recode gives it another code."
    )
)
@project_argument
@click.option("--confirm", "confirmed", multiple=True, metavar="CODING", help=_("This coding holds. One undo for all."))
@click.option("--mine", is_flag=True, help=_("Only your own codings."))
@output_options
@coder_option
def queue(
    project: Path,
    confirmed: tuple[str, ...],
    mine: bool,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> int:
    from ipscoding.cli.output import show
    from ipscoding.project import open_project, recoding

    with open_project(project, coder=coder) as opened:
        if confirmed:
            n = recoding.confirm(opened, confirmed)
            click.echo(ngettext("{n} coding confirmed.", "{n} codings confirmed.", n).format(n=n))
            return 0
        waiting = recoding.queue(opened, opened.coder if mine else None)
        show(_queue_table(opened, waiting), output, format_name)
    return LOOK if waiting else 0


def _queue_table(opened: "Project", waiting: "list[Stale]") -> "Table":
    from ipscoding.analysis.table import Column, Row, Table
    from ipscoding.project import documents

    columns = [
        Column("coding", "text", _("Coding")),
        Column("document", "text", _("Interview")),
        Column("code", "text", _("Code")),
        Column("coder", "text", _("Coder")),
        Column("why", "text", _("Why")),
        Column("choices", "text", _("Choices")),
        Column("text", "text", _("Text")),
    ]
    reasons = {"meaning": _("the code means something else now"), "split": _("the code was split")}
    names = {document.id: document.name for document in documents.all(opened)}
    texts = {document: documents.text(opened, document) for document in {one.coding.document_id for one in waiting}}
    rows: list[Row] = []
    for one in waiting:
        text = " ".join(one.coding.span.of(texts[one.coding.document_id]).split())
        rows.append(
            {
                "coding": one.coding.id[:8],
                "document": names[one.coding.document_id],
                "code": one.coding.code,
                "coder": one.coding.coder,
                "why": reasons[one.why],
                "choices": ", ".join(one.choices),
                "text": text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…",
            }
        )
    return Table(columns, rows, [] if rows else [_("No coding waits for a second look.")])


@click.group(help=_("Edit the codes of a project: each edit tells what it does to codings and is one undo."))
def codes() -> None:
    pass


for _edit in (add, change, move, retire, merge, split, queue):
    codes.add_command(_edit)

COMMANDS = {"codes": codes}
