"""The command `suggest ledger`: what became of suggestions."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ipscoding.cli.options import check_coders, output_options, project_argument
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.suggest.ledger import By

GROUPS = ("code", "week", "decisions", "engine", "coder")


@click.command(
    help=_(
        "What became of the suggestions in PROJECT: accepted, exchanged for another code, rejected, or shown and left "
        "alone; with the precision of those decided on, in all, by code and over time."
    )
)
@project_argument
@click.option(
    "--by",
    "groups",
    multiple=True,
    type=click.Choice(GROUPS),
    help=_("What makes a row (default: code and week); decisions takes --every of them together."),
)
@click.option(
    "--every",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help=_("How many decisions make a row of --by decisions."),
)
@click.option("--coders", "--coder", "coders", multiple=True, metavar="NAMES", help=_("Only these coders'."))
@output_options
def ledger(
    project: Path,
    groups: tuple[str, ...],
    every: int,
    coders: tuple[str, ...],
    output: Path | None,
    format_name: str | None,
) -> None:
    from ipscoding.cli.output import for_people, show
    from ipscoding.cli.suggested import ledger_table
    from ipscoding.project import open_project
    from ipscoding.suggest.ledger import ledger as lines_of

    names = {name.strip() for value in coders for name in value.split(",") if name.strip()}
    by = cast("tuple[By, ...]", ("all", *(groups or ("code", "week"))))
    with open_project(project) as opened:
        check_coders(opened, names)
        lines = lines_of(opened, by, coders=names, every=every)
    show(ledger_table(lines, words=for_people(output, format_name)), output, format_name)


COMMANDS = {"ledger": ledger}
