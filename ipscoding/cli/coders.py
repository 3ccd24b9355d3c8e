"""Commands on who takes part: list, role, alias, colour."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import UsualGroup, coder_option, output_options, project_argument
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.project.coders import Coder


@click.group(cls=UsualGroup, help=_("Who takes part in a project: roles, colours, other names."))
def coders() -> None:
    pass


@coders.command("list", help=_("The coders of PROJECT, with their roles and how much they have done."))
@project_argument
@output_options
def list_command(project: Path, output: Path | None, format_name: str | None) -> None:
    from ipscoding.analysis.table import Column, Row, Table
    from ipscoding.cli.output import for_people, show
    from ipscoding.project import coders as people
    from ipscoding.project import open_project

    columns = [
        Column("coder", "text", _("Coder")),
        Column("role", "text", _("Role")),
        Column("colour", "text", _("Colour")),
        Column("aliases", "text", _("Other names")),
        Column("codings", "int", _("Codings")),
        Column("done", "int", _("Interviews done")),
    ]
    spoken = for_people(output, format_name)
    with open_project(project) as opened:
        rows: list[Row] = [
            {
                "coder": one.name,
                "role": _(people.ROLES[one.role]) if spoken else one.role,
                "colour": one.colour,
                "aliases": ", ".join(one.aliases),
                "codings": one.codings,
                "done": one.done,
            }
            for one in people.all(opened)
        ]
    show(Table(columns, rows, []), output, format_name)


@coders.command(
    help=_(
        "Make NAME a lead (may do everything), a coder, or a reader (changes nothing) in PROJECT. Only a lead may; "
        "where nobody was made lead, that is who made the project."
    )
)
@project_argument
@click.argument("name")
@click.argument("role", type=click.Choice(["lead", "coder", "reader"]))
@coder_option
def role(project: Path, name: str, role: str, coder: str | None) -> None:
    from ipscoding.project import coders as people
    from ipscoding.project import open_project

    with open_project(project, coder=coder) as opened:
        _tell(people.set_role(opened, name, role))


@coders.command(help=_("Say that ALIAS in other files stands for coder NAME of PROJECT."))
@project_argument
@click.argument("name")
@click.argument("alias")
@click.option("--remove", is_flag=True, help=_("Say that it does not any more."))
@coder_option
def alias(project: Path, name: str, alias: str, remove: bool, coder: str | None) -> None:
    from ipscoding.project import coders as people
    from ipscoding.project import open_project

    with open_project(project, coder=coder) as opened:
        _tell(people.set_alias(opened, name, alias, remove=remove))


@coders.command(help=_("Give coder NAME of PROJECT a COLOUR (#rrggbb; an empty one takes it away)."))
@project_argument
@click.argument("name")
@click.argument("colour")
@coder_option
def colour(project: Path, name: str, colour: str, coder: str | None) -> None:
    from ipscoding.project import coders as people
    from ipscoding.project import open_project

    with open_project(project, coder=coder) as opened:
        _tell(people.set_colour(opened, name, colour))


def _tell(one: "Coder") -> None:
    from ipscoding.project.coders import ROLES

    parts = [_(ROLES[one.role]), one.colour, ", ".join(one.aliases)]
    click.echo(f"{one.name}: {' · '.join(part for part in parts if part)}")


COMMANDS = {"coders": coders}
