"""The command on saturation."""

from fractions import Fraction
from pathlib import Path

import click

from ipscoding.cli.options import excel_option, many, output_options, project_argument, where_option
from ipscoding.i18n import _

# Known here by name, so that help needs no figures to be loaded.
SHOW = ("reached", "runs", "curve")


def _numbers(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    parts = [part.strip() for value in values for part in value.split(",") if part.strip()]
    for part in parts:
        if not part.isdecimal() or not 1 <= int(part) <= 1000:
            raise click.BadParameter(_("{value}: give numbers of interviews, 1 or more").format(value=part))
    return tuple(dict.fromkeys(map(int, parts)))


def _shares(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Fraction, ...]:
    found = []
    for part in (part.strip() for value in values for part in value.split(",") if part.strip()):
        number = part.removesuffix("%").strip()
        if not number.isdecimal() or int(number) > 100:
            raise click.BadParameter(_("{value}: give a percentage from 0 to 100").format(value=part))
        found.append(Fraction(int(number), 100))
    return tuple(dict.fromkeys(found))


@click.command(
    help=_(
        "Saturation in PROJECT: with which interview hardly anything new came (Guest, Namey and Chen 2020).\n\n"
        "For each size of the base, length of the run and threshold, the interview with which saturation is reached, "
        "and with which it would have been in random orders. --show runs lists each run, --show curve the new codes "
        "of each interview. --by takes role, valence (codes as barriers, codes as facilitators) or any attribute of "
        "informants. docs/saturation.md says how it is counted."
    )
)
@project_argument
@click.option("--show", "part", type=click.Choice(SHOW), default="reached", show_default=True, help=_("Which table."))
@many("--by", help_text=_("Groups of interviews that are looked at apart."))
@click.option("--base", "bases", multiple=True, callback=_numbers, default=("4,5,6",), metavar="N,...",
              help=_("How many interviews the base has (default: 4,5,6)."))  # fmt: skip
@click.option("--run", "runs", multiple=True, callback=_numbers, default=("2,3",), metavar="N,...",
              help=_("How many interviews a run has (default: 2,3)."))  # fmt: skip
@click.option("--threshold", "thresholds", multiple=True, callback=_shares, default=("5,0",), metavar="PERCENT,...",
              help=_("How much may be new in a run, in per cent of the base (default: 5,0)."))  # fmt: skip
@click.option(
    "--order",
    default="date",
    show_default=True,
    metavar="ORDER",
    help=_("Order of the interviews: date, name, random, or a file with a name on each line."),
)
@click.option(
    "--orders",
    type=click.IntRange(0, 10_000),
    default=1000,
    show_default=True,
    metavar="N",
    help=_("How many random orders the band rests on; 0 for none."),
)
@click.option("--seed", type=int, default=1, show_default=True, help=_("Where the random orders begin."))
@many("--coders", "--coder", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@many("--role", "roles", help_text=_("Only interviews of these roles."))
@many("--document", "names", help_text=_("Only these interviews."))
@where_option
@output_options
@excel_option
def saturation(
    project: Path,
    part: str,
    by: tuple[str, ...],
    bases: tuple[int, ...],
    runs: tuple[int, ...],
    thresholds: tuple[Fraction, ...],
    order: str,
    orders: int,
    seed: int,
    coders: tuple[str, ...],
    pooled: bool,
    roles: tuple[str, ...],
    names: tuple[str, ...],
    where: str,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis.saturation import Asked, saturation_of
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    asked = Asked(part, by, bases, runs, thresholds, orders, seed)
    with open_project(project) as opened:
        table = saturation_of(
            opened,
            asked,
            order=order,
            where=where,
            roles=roles,
            names=names,
            coders=coders or None,
            pooled=pooled,
        )
    show(table, output, format_name, excel_no=excel_no)


COMMANDS = {"saturation": saturation}
