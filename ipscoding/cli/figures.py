"""Commands for figures and the table of codings: freq, excerpts."""

from pathlib import Path
from typing import Any

import click

from ipscoding.cli.options import excel_option, many, min_cell_option, output_options, project_argument, where_option
from ipscoding.i18n import _, ngettext


@click.command(
    help=_(
        "Frequencies of codings in PROJECT, every share with its denominator beside it.\n\n"
        "--by takes code, domain, valence, strength, role, document, informant, coder, language, date, a framework "
        "(cfir, ips_principle, fidelity_item) or any attribute of informants, with commas between them. Coders are "
        "counted apart unless you choose one with --coders or unite them with --pooled."
    )
)
@project_argument
@many("--by", help_text=_("What makes a row."), default=("code",))
@many(
    "--unit",
    "--units",
    "units",
    help_text=_("What is counted: segments, informants, documents, words."),
    default=("segments", "informants"),
)
@many("--coders", "--coder", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@many("--role", "roles", help_text=_("Only interviews of these roles."))
@many("--document", "names", help_text=_("Only these interviews."))
@where_option
@min_cell_option
@click.option("--parents", is_flag=True, help=_("Rows for codes that group others too: all below them, united."))
@click.option("--nonzero", is_flag=True, help=_("Leave out rows where nothing was found."))
@output_options
@excel_option
def freq(
    project: Path,
    by: tuple[str, ...],
    units: tuple[str, ...],
    coders: tuple[str, ...],
    pooled: bool,
    codes: tuple[str, ...],
    roles: tuple[str, ...],
    names: tuple[str, ...],
    where: str,
    min_cell: int,
    parents: bool,
    nonzero: bool,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis.of_project import frequencies_of
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    with open_project(project) as opened:
        table = frequencies_of(
            opened,
            by=by,
            units=units,
            coders=coders or None,
            pooled=pooled,
            codes=codes,
            roles=roles,
            names=names,
            where=where,
            min_cell=min_cell,
            parents=parents,
        )
    if nonzero:
        table.rows[:] = [row for row in table.rows if any(row.get(unit) != 0 for unit in units)]
    show(table, output, format_name, excel_no=excel_no)


@click.command(
    help=_(
        "The table of codings of PROJECT, one row for each, with text and context.\n\n"
        "The columns of the CSV file are described in docs/exports.md and never change their names."
    )
)
@project_argument
@many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@many("--domain", "domains", help_text=_("Only these domains."))
@many("--valence", "valences", help_text=_("Only barrier, facilitator, both or none."))
@many("--role", "roles", help_text=_("Only informants in these roles."))
@many("--document", "documents", help_text=_("Only these interviews."))
@many("--informant", "informants", help_text=_("Only these informants."))
@many("--coders", "--coder", "coders", help_text=_("Whose codings."))
@where_option
@output_options
@excel_option
def excerpts(
    project: Path,
    where: str,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
    **filters: Any,
) -> None:
    from ipscoding.cli.output import show
    from ipscoding.exchange.codings_out import codings_table_of, excerpts_of
    from ipscoding.exchange.terminal import show_excerpts
    from ipscoding.project import open_project
    from ipscoding.project.excerpts import about_kept_back

    with open_project(project) as opened:
        if output is None and format_name in (None, "table") and not excel_no:
            n = show_excerpts(excerpts_of(opened, where=where, **filters))
            click.echo(ngettext("{n} coding.", "{n} codings.", n).format(n=n))
            for note in about_kept_back(opened):
                click.echo(note)
        else:
            show(codings_table_of(opened, where=where, **filters), output, format_name, excel_no=excel_no)


COMMANDS = {"freq": freq, "excerpts": excerpts}
