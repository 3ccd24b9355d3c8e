"""The command crosstab: one thing by another."""

from pathlib import Path

import click

from ipscoding.cli.options import excel_option, many, min_cell_option, output_options, project_argument, where_option
from ipscoding.i18n import _

UNITS = ("segments", "informants", "documents", "words")
SHARES = ("interviewed", "row", "column", "total")


@click.command(
    help=_(
        "ROWS by COLUMNS in PROJECT, with shares of rows, columns and all, each beside its denominator.\n\n"
        "ROWS and COLUMNS are two of code, domain, valence, strength, role, document, informant, coder, language, "
        "date, a framework (cfir, ips_principle, fidelity_item) and any attribute of informants. Codes by codes: who "
        "has both. On a terminal and in Excel columns stand side by side; in CSV and JSON each cell has a row."
    )
)
@project_argument
@click.argument("rows")
@click.argument("columns")
@click.option(
    "--unit",
    "--units",
    "unit",
    type=click.Choice(UNITS),
    default="informants",
    show_default=True,
    help=_("What is counted."),
)
@click.option(
    "--share", type=click.Choice(SHARES), help=_("Of what the share is that stands beside a number side by side.")
)
@click.option("--wide/--long", default=None, help=_("Columns side by side, or a row for each cell."))
@many("--coders", "--coder", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@where_option
@min_cell_option
@click.option("--test", is_flag=True, help=_("Test over informants whether groups differ by more than chance."))
@click.option(
    "--permutations",
    type=click.IntRange(99, 100_000),
    default=2000,
    show_default=True,
    metavar="N",
    help=_("With --test: how often people are dealt out anew."),
)
@click.option("--seed", type=int, default=1, show_default=True, help=_("With --test: where that begins."))
@output_options
@excel_option
def crosstab(
    project: Path,
    rows: str,
    columns: str,
    unit: str,
    share: str | None,
    wide: bool | None,
    coders: tuple[str, ...],
    pooled: bool,
    where: str,
    min_cell: int,
    test: bool,
    permutations: int,
    seed: int,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis.crosstab_table import Form
    from ipscoding.analysis.of_project import crosstab_of
    from ipscoding.cli.output import for_people, show
    from ipscoding.project import open_project

    beside = not excel_no and for_people(output, format_name) if wide is None else wide
    with open_project(project) as opened:
        table = crosstab_of(
            opened,
            rows,
            columns,
            unit=unit,
            form=Form(beside, share or ""),
            coders=coders or None,
            pooled=pooled,
            where=where,
            min_cell=min_cell,
            test=test,
            permutations=permutations,
            seed=seed,
        )
    show(table, output, format_name, excel_no=excel_no)


COMMANDS = {"crosstab": crosstab}
