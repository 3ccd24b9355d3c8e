"""The command `show`: an interview line by line with its codings, for reading without a screen."""

from pathlib import Path

import click

from ipscoding.cli.options import PATH, check_coders, coder_option, project_argument
from ipscoding.i18n import _


@click.command(
    help=_(
        "Show interview DOCUMENT of PROJECT line by line: turns, numbered sentences, and after each turn what is coded "
        "in it.\n\n"
        'The numbers are those that "ipscoding code --sentence" takes; the ids of codings are those that recode, memo '
        "and uncode take. With --plain every line is a sentence of its own without signs, for a screen reader."
    )
)
@project_argument
@click.argument("document")
@click.option("--plain", is_flag=True, help=_("Words only: no signs, no indents."))
@click.option("--from-turn", type=click.IntRange(min=1), metavar="N", help=_("Begin with this turn."))
@click.option("--to-turn", type=click.IntRange(min=1), metavar="N", help=_("End with this turn."))
@click.option("--codings-only", is_flag=True, help=_("Only the codings, with their words."))
@click.option("--coders", multiple=True, metavar="NAMES", help=_("Only the codings of these coders."))
@click.option("-o", "--output", type=PATH, metavar="FILE", help=_("Write to FILE."))
@coder_option
def show(
    project: Path,
    document: str,
    plain: bool,
    from_turn: int | None,
    to_turn: int | None,
    codings_only: bool,
    coders: tuple[str, ...],
    output: Path | None,
    coder: str | None,
) -> None:
    from ipscoding.cli import linear
    from ipscoding.exchange.atomic import whole_file
    from ipscoding.project import open_project

    names = {name.strip() for value in coders for name in value.split(",") if name.strip()}
    with open_project(project, coder=coder) as opened:
        check_coders(opened, names)
        page = linear.page_of(opened, document, coders=names, from_turn=from_turn, to_turn=to_turn)
        lines = linear.lines(page, plain=plain, codings_only=codings_only)
        if output is None:
            for line in lines:
                click.echo(line)
            return
        with whole_file(output) as file:
            file.writelines(f"{line}\n".encode() for line in lines)
    click.echo(_("{path}: written.").format(path=output), err=True)


COMMANDS = {"show": show}
