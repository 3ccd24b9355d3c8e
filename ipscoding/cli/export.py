"""The command `export`: a project in other tools' forms."""

from collections.abc import Callable
from pathlib import Path

import click

from ipscoding.cli.options import PATH, Function, check_coders, project_argument
from ipscoding.i18n import _

FORMS = ("spacy", "prodigy")


def _many(*names: str, help_text: str) -> Callable[[Function], Function]:
    return click.option(*names, multiple=True, callback=_words, metavar="NAMES", help=help_text)


def _words(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`a,b` and `a` `b` are the same."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


@click.command(
    help=_(
        "Write the interviews of PROJECT with their codings in the form of another tool.\n\n"
        "spacy: a .spacy file with a document for each interview, the codings as overlapping spans in "
        'doc.spans["codes"]. prodigy: JSON lines with a span task for each interview.'
    )
)
@project_argument
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help=_("Which form."))
@click.option("-o", "--output", type=PATH, metavar="FILE", required=True, help=_("Write to FILE."))
@_many("--coders", "--coder", "coders", help_text=_("Whose codings."))
@_many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@_many("--role", "roles", help_text=_("Only interviews of these roles."))
@_many("--document", "names", help_text=_("Only these interviews."))
def export(
    project: Path,
    form: str,
    output: Path,
    coders: tuple[str, ...],
    codes: tuple[str, ...],
    roles: tuple[str, ...],
    names: tuple[str, ...],
) -> None:
    from ipscoding.exchange.exports import export as write
    from ipscoding.project import open_project

    with open_project(project) as opened:
        check_coders(opened, coders)
        write(opened, form, output, coders=coders, codes=codes, roles=roles, names=names)
    click.echo(_("{path}: written.").format(path=output), err=True)


COMMANDS = {"export": export}
