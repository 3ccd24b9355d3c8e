"""The command keys: which code stands on which digit of the coding screen."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import coder_option, output_options, project_argument
from ipscoding.i18n import _, language

if TYPE_CHECKING:
    from ipscoding.analysis.table import Table
    from ipscoding.project import Project


@click.command(
    help=_(
        "List the digits that you have put codes on in PROJECT; with DIGIT and CODE put a code on a digit, with DIGIT "
        "and --free take it away. On the coding screen the digit codes at once."
    )
)
@project_argument
@click.argument("digit", type=click.IntRange(1, 9), required=False)
@click.argument("code_id", metavar="[CODE]", required=False)
@click.option("--free", is_flag=True, help=_("Free the digit."))
@output_options
@coder_option
def keys(
    project: Path,
    digit: int | None,
    code_id: str | None,
    free: bool,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> None:
    from ipscoding.cli.output import show
    from ipscoding.project import codebooks, open_project, shortcuts

    if digit is None and free:
        raise click.UsageError(_("Name the digit to free."))
    if digit is not None and free == (code_id is not None):
        raise click.UsageError(_("Name a code for the digit, or --free."))
    with open_project(project, coder=coder) as opened:
        if digit is None:
            show(_keys_table(opened), output, format_name)
            return
        shortcuts.bind(opened, digit, code_id)
        name = codebooks.find(opened, code_id).name(language()) if code_id else ""
    said = _("Key {n} codes {code} from now on.") if name else _("Key {n} is free.")
    click.echo(said.format(n=digit, code=name))


def _keys_table(project: "Project") -> "Table":
    """A row for each digit that this coder has bound."""
    from ipscoding.analysis.table import Column, Row, Table
    from ipscoding.project import codebooks, shortcuts

    book = codebooks.load(project)
    columns = [
        Column("digit", "int", _("Digit")),
        Column("code", "text", _("Code")),
        Column("label", "text", _("Label")),
    ]
    rows: list[Row] = [
        {"digit": digit, "code": code_id, "label": book.by_id[code_id].name(language())}
        for digit, code_id in shortcuts.of(project, book).items()
    ]
    return Table(columns, rows, [] if rows else [_("No code is on a digit yet.")])


COMMANDS = {"keys": keys}
