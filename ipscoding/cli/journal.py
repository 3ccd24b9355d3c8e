"""Commands on what was done: history, undo, redo."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import check_coders, coder_option, output_options, project_argument
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.project import Project
    from ipscoding.project.journal import Step


@click.command(help=_("What was done in PROJECT, latest first: when, by whom, what. --coder limits it to one person."))
@project_argument
@click.option("--coder", metavar="NAME", help=_("Only what this coder did."))
@click.option("--code", metavar="ID", help=_("Only what happened to this code itself (definition, label, place)."))
@click.option(
    "-n", "--limit", type=click.IntRange(min=0), default=30, show_default=True, help=_("How many acts; 0 for all.")
)
@output_options
def history(
    project: Path, coder: str | None, code: str | None, limit: int, output: Path | None, format_name: str | None
) -> None:
    from ipscoding.cli.lists import history_table
    from ipscoding.cli.output import show
    from ipscoding.project import blind, codebooks, journal, open_project

    with open_project(project) as opened:
        entity = codebooks.find(opened, code).uuid if code else None
        check_coders(opened, (coder,) if coder else ())
        acts = blind.seen(opened, journal.history(opened, limit=limit or None, coder=coder, entity_id=entity))
        show(history_table(acts), output, format_name)


_times = click.option(
    "-n", "--times", type=click.IntRange(min=1), default=1, show_default=True, help=_("How many acts.")
)


@click.command(help=_("Take back your last act in PROJECT that still stands; again for the one before it."))
@project_argument
@_times
@coder_option
def undo(project: Path, times: int, coder: str | None) -> None:
    from ipscoding.project import journal

    nothing = _("There is nothing (more) of {coder}'s to undo.")
    _repeat(project, times, coder, journal.undo, _("Undone: {act}"), nothing)


@click.command(help=_("Do again what you last took back in PROJECT."))
@project_argument
@_times
@coder_option
def redo(project: Path, times: int, coder: str | None) -> None:
    from ipscoding.project import journal

    nothing = _("There is nothing (more) of {coder}'s to redo.")
    _repeat(project, times, coder, journal.redo, _("Done again: {act}"), nothing)


def _repeat(
    path: Path, times: int, coder: str | None, act: "Callable[[Project], Step | None]", done: str, nothing: str
) -> None:
    from ipscoding.project import open_project

    with open_project(path, coder=coder) as opened:
        for _turn in range(times):
            step = act(opened)
            if step is None:
                click.echo(nothing.format(coder=opened.coder))
                return
            click.echo(done.format(act=step.text))
            _say_kept(step.kept)


def _say_kept(kept: int) -> None:
    if kept:
        click.echo(
            ngettext(
                "{n} detail was left as it is, since somebody has changed it meanwhile.",
                "{n} details were left as they are, since somebody has changed them meanwhile.",
                kept,
            ).format(n=kept)
        )


COMMANDS = {"history": history, "undo": undo, "redo": redo}
