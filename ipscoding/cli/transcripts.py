"""Commands that list interviews and informants, and set what is known of these."""

from pathlib import Path

import click

from ipscoding.cli.main import WRONG
from ipscoding.cli.options import PATH, coder_option, output_options, project_argument
from ipscoding.i18n import _


@click.command(
    help=_(
        "List the informants of PROJECT, or set their roles and attributes from a table.\n\n"
        "The table is a CSV file with one row per informant: the first column is the informant, "
        "role (or rolle) the role, every other column an attribute."
    )
)
@project_argument
@click.argument("table", required=False, type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@output_options
@coder_option
def informants(
    project: Path,
    table: Path | None,
    dry_run: bool,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> int:
    from ipscoding.cli.output import show
    from ipscoding.exchange.project_tables import Chosen, informants_table
    from ipscoding.project import informants as people
    from ipscoding.project import open_project

    with open_project(project, coder=coder) as opened:
        if table is None:
            show(informants_table(opened, Chosen()), output, format_name)
            return 0
        from ipscoding.exchange.informants_in import read_informants

        rows, faults = read_informants(table)
        for fault in faults:
            click.echo(f"ipscoding: {table}, {fault}", err=True)
        if faults:
            return WRONG
        wanted = [people.InformantRow(row.name, row.role, row.attributes) for row in rows]
        done = people.set_all(opened, wanted, dry_run=dry_run)
    click.echo(
        _("{added} new, {changed} changed, {unchanged} unchanged.").format(
            added=len(done.added), changed=len(done.changed), unchanged=len(done.unchanged)
        )
    )
    for role in done.unknown_roles:
        click.echo(
            _("The role {role} is not in the codebook of informants; it is kept as it is written.").format(role=role)
        )
    return 0


@click.command(help=_("List the interviews of PROJECT with informant, role, words, codings and each coder's status."))
@project_argument
@output_options
def documents(project: Path, output: Path | None, format_name: str | None) -> None:
    from ipscoding.cli.lists import documents_table
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    with open_project(project) as opened:
        show(documents_table(opened), output, format_name)


COMMANDS = {"informants": informants, "documents": documents}
