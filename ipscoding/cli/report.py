"""The command `report`: figures, pictures, quotes, method and checklists as one file for reading."""

from pathlib import Path

import click

from ipscoding.cli.options import PATH, check_coders, many, min_cell_option, project_argument, where_option
from ipscoding.i18n import _


@click.command(
    help=_(
        "Write a report of PROJECT for co-authors: one file to read in a browser (.html), in Word (.docx) or as plain "
        "text (.md).\n\n"
        "It tells of the study and its informants, how the interviews were coded, how often codes were named and by "
        "whom, where groups differ, saturation, quotes, agreement between coders, the codebook, and it fills in what "
        "the project knows of the checklists COREQ and SRQR. The same project gives the same file. Informants are "
        "called by role and number, unless you say --pseudonyms name."
    )
)
@project_argument
@click.option("-o", "--output", type=PATH, metavar="FILE", required=True, help=_("Write to FILE: .html, .docx, .md."))
@many("--coders", "--coder", "coders", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@where_option
@min_cell_option
@click.option(
    "--quotes", type=click.IntRange(min=0), default=2, show_default=True, metavar="N", help=_("Quotes for each code.")
)
@click.option("--no-quotes", is_flag=True, help=_("No quotes at all."))
@click.option(
    "--pseudonyms",
    type=click.Choice(("role", "name")),
    default="role",
    show_default=True,
    help=_("What informants are called: by role and number, or as in the project."),
)
@many("--parts", metavar="PARTS", help_text=_("Only these parts: {names}.").format(
    names="study, informants, method, frequencies, triangulation, saturation, quotes, agreement, coreq, srqr, "
    "codebook, settings"))  # fmt: skip
@click.option("--date", metavar="DATE", default="", help=_("The day it is of (default: of the project's last act)."))
@click.option("--title", default="", metavar="TEXT", help=_("Its title."))
def report(
    project: Path,
    output: Path,
    coders: tuple[str, ...],
    pooled: bool,
    where: str,
    min_cell: int,
    quotes: int,
    no_quotes: bool,
    pseudonyms: str,
    parts: tuple[str, ...],
    date: str,
    title: str,
) -> None:
    from ipscoding.cli.progress import progress
    from ipscoding.exchange.report import Wanted, write_report
    from ipscoding.project import open_project

    wanted = Wanted(
        coders=coders,
        pooled=pooled,
        where=where,
        min_cell=min_cell,
        quotes=0 if no_quotes else quotes,
        pseudonyms="role" if pseudonyms == "role" else "name",
        parts=parts,
        date=date,
        title=title,
    )
    with open_project(project) as opened, progress(_("Report")) as advance:
        check_coders(opened, coders)
        write_report(opened, output, wanted, advance=advance)
    click.echo(_("{path}: written.").format(path=output), err=True)


COMMANDS = {"report": report}
