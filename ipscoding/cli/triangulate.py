"""The command that sets groups of informants beside each other."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import (
    PATH,
    excel_option,
    many,
    min_cell_option,
    output_options,
    project_argument,
    where_option,
)
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.analysis.triangulation import Condition, Period

# Known here by name, so that help needs no figures to be loaded; the names are checked where they are used.
SORTS = ("contrast", "agreement", "code")
SIDES = ("barrier", "facilitator")


@click.command(
    help=_(
        "What each group of informants in PROJECT says of each code: how many of those interviewed name it, as a "
        "barrier or a facilitator, where groups agree and where they differ most.\n\n"
        "--by takes role, any attribute of informants, or several with commas between them; --split-date and --periods "
        "make groups of the interviews' dates. --more-than GROUP=SHARE, --at-least, --less-than and --at-most leave "
        "the codes that fit: --valence facilitator --more-than patient=1/2 --less-than clinician=1/4 --quotes 2. "
        "docs/triangulation.md says what the figures mean."
    )
)
@project_argument
@many("--by", help_text=_("What makes the groups (default: role)."))
@click.option("--split-date", metavar="DATE", help=_("Groups: interviews before DATE, and from DATE on."))
@click.option(
    "--periods",
    "periods_file",
    type=PATH,
    metavar="FILE",
    help=_("Groups: the periods in a CSV file with the columns period, from, to."),
)
@click.option("--rows", default="code", show_default=True, metavar="NAME",
              help=_("What a row is: code, domain, cfir, ips_principle or fidelity_item."))  # fmt: skip
@click.option("--valence", "side", type=click.Choice(SIDES), default=None,
              help=_("Count who names it on this side; what is both is on each."))  # fmt: skip
@click.option("--more-than", multiple=True, metavar="GROUP=SHARE", help=_("Only what more than SHARE of GROUP name."))
@click.option("--at-least", multiple=True, metavar="GROUP=SHARE", help=_("Only what at least SHARE of GROUP name."))
@click.option("--less-than", multiple=True, metavar="GROUP=SHARE", help=_("Only what fewer than SHARE of GROUP name."))
@click.option("--at-most", multiple=True, metavar="GROUP=SHARE", help=_("Only what at most SHARE of GROUP name."))
@click.option("--sort", type=click.Choice(SORTS), default="contrast", show_default=True, help=_("Order of the rows."))
@click.option("--long", is_flag=True, help=_("A row for each code and group, for R and pandas."))
@click.option("--quotes", type=click.IntRange(0, 20), default=0, metavar="N",
              help=_("Add N quotes for each code, spread over people."))  # fmt: skip
@many("--coders", "--coder", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@where_option
@min_cell_option
@output_options
@excel_option
def triangulate(
    project: Path,
    by: tuple[str, ...],
    split_date: str | None,
    periods_file: Path | None,
    rows: str,
    side: str | None,
    more_than: tuple[str, ...],
    at_least: tuple[str, ...],
    less_than: tuple[str, ...],
    at_most: tuple[str, ...],
    sort: str,
    long: bool,
    quotes: int,
    coders: tuple[str, ...],
    pooled: bool,
    codes: tuple[str, ...],
    where: str,
    min_cell: int,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis.triangulation import Asked, triangulation_of
    from ipscoding.cli.output import for_people, show
    from ipscoding.project import open_project

    asked = Asked(
        by=by,
        periods=_periods(split_date, periods_file),
        rows=rows,
        side=side or "",
        conditions=_conditions(
            {"more-than": more_than, "at-least": at_least, "less-than": less_than, "at-most": at_most}
        ),
        sort=sort,
        long=long,
        min_cell=min_cell,
        quotes=quotes,
    )
    words = not excel_no and for_people(output, format_name)
    with open_project(project) as opened:
        made = triangulation_of(
            opened, asked, where=where, words=words, coders=coders or None, pooled=pooled, codes=codes
        )
    if quotes and output is None and format_name in (None, "table") and not excel_no:
        from ipscoding.exchange.terminal import show_excerpts

        show(made.bare, None, format_name)
        click.echo()
        show_excerpts(quote for chosen in made.quotes for quote in chosen)
        return
    show(made.table, output, format_name, excel_no=excel_no)


def _periods(split_date: str | None, file: Path | None) -> "tuple[Period, ...]":
    if split_date is not None and file is not None:
        raise click.UsageError(_("Give --split-date or --periods, not both."))
    if split_date is not None:
        from ipscoding.analysis.triangulation import split

        return split(split_date)
    if file is not None:
        from ipscoding.exchange.periods_in import read_periods

        return tuple(read_periods(file))
    return ()


def _conditions(given: dict[str, tuple[str, ...]]) -> "tuple[Condition, ...]":
    from ipscoding.analysis.triangulation import condition

    return tuple(condition(kind, text) for kind, texts in given.items() for text in texts)


COMMANDS = {"triangulate": triangulate}
