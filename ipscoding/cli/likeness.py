"""Commands that look over the whole project with the engine: more like this, least sure of, missed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.analysis.table import Column, Row, Table
from ipscoding.cli.options import Function, coder_option, output_options, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, language, ngettext

if TYPE_CHECKING:
    from ipscoding.domain import Codebook
    from ipscoding.project import Project
    from ipscoding.suggest.likeness import Passage


def _most(function: Function) -> Function:
    return click.option(
        "--most", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help=_("So many at most.")
    )(function)


@click.command(
    help=_(
        "More like this: passages in all interviews of PROJECT that do not have CODE yet and are likeliest to get "
        "it.\n\n"
        "--coding names an excerpt instead (the column coding_id of excerpts): the passages most like its text."
    )
)
@project_argument
@click.argument("code", required=False)
@click.option("--coding", "coding_id", metavar="ID", help=_("An excerpt instead of a code; its first characters do."))
@_most
@output_options
@coder_option
def like(
    project: Path,
    code: str | None,
    coding_id: str | None,
    most: int,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> None:
    from ipscoding.project import codebooks, codings, open_project
    from ipscoding.suggest.likeness import like_code, like_coding
    from ipscoding.suggest.of_project import engine_of

    if (code is None) == (coding_id is None):
        raise click.UsageError(_("Name either a code or, with --coding, an excerpt."))
    with open_project(project, coder=coder) as opened:
        if code is not None:
            codings.check_usable(codebooks.find(opened, code))
        if coding_id is not None:
            codings.get(opened, coding_id)
        with progress(_("Getting the engine ready")) as advance:
            engine = engine_of(opened, progress=advance)
        with progress(_("Looking through interviews")) as advance:
            if coding_id is not None:
                found = like_coding(opened, engine, coding_id, most=most, progress=advance)
            else:
                found = like_code(opened, engine, code or "", most=most, progress=advance)
        _show(opened, found, engine.codebook, output, format_name)


@click.command(
    help=_(
        "Where to teach the engine: the sentences of PROJECT that it is least sure of, that one first.\n\n"
        "What you have coded or decided on is left out."
    )
)
@project_argument
@_most
@output_options
@coder_option
def uncertain(project: Path, most: int, output: Path | None, format_name: str | None, coder: str | None) -> None:
    from ipscoding.project import open_project
    from ipscoding.suggest.likeness import uncertain as least_sure
    from ipscoding.suggest.of_project import engine_of

    with open_project(project, coder=coder) as opened:
        with progress(_("Getting the engine ready")) as advance:
            engine = engine_of(opened, progress=advance)
        with progress(_("Looking through interviews")) as advance:
            found = least_sure(opened, engine, most=most, progress=advance)
        _show(opened, found, engine.codebook, output, format_name)


@click.command(
    help=_(
        "What you may have missed: strong suggestions that you have not taken up, in interviews of PROJECT that you "
        "marked as done."
    )
)
@project_argument
@_most
@output_options
@coder_option
def missed(project: Path, most: int, output: Path | None, format_name: str | None, coder: str | None) -> None:
    from ipscoding.project import open_project
    from ipscoding.suggest.likeness import missed as not_taken_up
    from ipscoding.suggest.of_project import engine_of

    with open_project(project, coder=coder) as opened:
        with progress(_("Getting the engine ready")) as advance:
            engine = engine_of(opened, progress=advance)
        with progress(_("Looking through interviews")) as advance:
            found = not_taken_up(opened, engine, most=most, progress=advance)
        _show(opened, found, engine.codebook, output, format_name)


def _show(
    opened: "Project",
    found: "Sequence[Passage]",
    codebook: "Codebook",
    output: Path | None,
    format_name: str | None,
) -> None:
    from ipscoding.cli.output import show
    from ipscoding.suggest.likeness import hidden

    table = passages_table(found, codebook)
    n = hidden(opened)
    if n:
        table.notes.append(
            ngettext(
                "Blind mode: {n} interview that you have not marked as done is left out.",
                "Blind mode: {n} interviews that you have not marked as done are left out.",
                n,
            ).format(n=n)
        )
    show(table, output, format_name)


def passages_table(found: "Sequence[Passage]", codebook: "Codebook") -> Table:
    """A row for each passage: where, which code, the score, what is coded there, and what is said."""
    columns = [
        Column("document", "text", _("Interview")),
        Column("turn", "int", _("Turn")),
        Column("sentence", "int", _("No.")),
        Column("start", "int", _("Start"), detail=True),
        Column("end", "int", _("End"), detail=True),
        Column("code", "text", _("Code")),
        Column("code_label", "text", _("Label"), detail=True),
        Column("score", "share", _("Score")),
        Column("coded", "text", _("Coded there")),
        Column("text", "text", _("Text")),
    ]
    rows: list[Row] = []
    for passage in found:
        turn = passage.transcript.turn_at(passage.span.start)
        sentence = passage.transcript.sentence_at(passage.span.start)
        code = codebook.by_id.get(passage.code)
        rows.append(
            {
                "document": passage.document.name,
                "turn": turn.number if turn else 0,
                "sentence": (sentence or 0) + 1,
                "start": passage.span.start,
                "end": passage.span.end,
                "code": passage.code,
                "code_label": code.name(language()) if code else passage.code,
                "score": round(passage.score, 4),
                "coded": ", ".join(passage.coded),
                "text": passage.text,
            }
        )
    return Table(columns, rows, [] if rows else [_("Nothing found.")])


COMMANDS = {"like": like, "uncertain": uncertain, "missed": missed}
