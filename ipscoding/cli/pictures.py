"""The command `picture`: figures drawn in the terminal, or as a file for a paper."""

import sys
from pathlib import Path

import click
from click.core import ParameterSource

from ipscoding.cli.options import PATH, many, min_cell_option, project_argument, where_option
from ipscoding.i18n import _

KINDS = ("sides", "bars", "heat", "saturation", "contrast", "matrix", "network", "fidelity")
_OF_GROUPS = ("sides", "bars", "heat")
_OF_NEAR = ("matrix", "network")
_GO_WITH = {
    "by": (*_OF_GROUPS, "contrast"),
    "unit": ("sides", "bars"),
    "each_role": (*_OF_GROUPS, "saturation"),
    "sort": _OF_GROUPS,
    "top": (*_OF_GROUPS, *_OF_NEAR, "contrast"),
    "nonzero": (*_OF_GROUPS, "contrast"),
    "groups": ("contrast",),
    "side": ("contrast",),
    "within": _OF_NEAR,
    "jaccard": _OF_NEAR,
    "least": ("network",),
    "codes": (*_OF_GROUPS, *_OF_NEAR, "contrast"),
    "where": tuple(kind for kind in KINDS if kind != "saturation"),
    "min_cell": tuple(kind for kind in KINDS if kind != "saturation"),
}
"""The options that are of use for some pictures only."""
_FORMS = (".svg", ".png", ".pdf")


@click.command(
    help=_(
        "Draw figures of PROJECT: in the terminal, or with -o into a file for a paper (.svg, .png, .pdf).\n\n"
        "sides: barriers and facilitators on two sides, a panel for each role. bars: how many in all. heat: codes by "
        "roles, the darker the larger the share of the informants. saturation: codes known after each interview. "
        "contrast: the share of each group that names a code, those furthest apart first. matrix, network: codes that "
        "stand near each other. fidelity: scores beside what was coded for the same items. docs/pictures.md shows them."
    )
)
@click.pass_context
@project_argument
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--by", type=click.Choice(["code", "domain"]), default="code", show_default=True, help=_("Rows."))
@click.option(
    "--unit",
    type=click.Choice(["informants", "segments"]),
    default="informants",
    show_default=True,
    help=_("What is counted."),
)
@click.option(
    "--each-role/--all-roles",
    default=None,
    help=_("Each role apart (usual but for saturation), or all informants together."),
)
@click.option(
    "--sort",
    type=click.Choice(["codebook", "total", "balance"]),
    default="codebook",
    show_default=True,
    help=_("Order of the rows."),
)
@click.option("--top", type=click.IntRange(min=0), default=0, metavar="N", help=_("Only the N rows with most."))
@click.option("--nonzero", is_flag=True, help=_("Leave out rows where nothing was found."))
@many("--groups", help_text=_("contrast: what makes the groups (default: role)."))
@click.option("--valence", "side", type=click.Choice(["barrier", "facilitator"]), default=None,
              help=_("contrast: only who names it on this side."))  # fmt: skip
@click.option("--within", default="overlap", show_default=True, metavar="passage|overlap|turn|N",
              help=_("matrix, network: what counts as near."))  # fmt: skip
@click.option("--jaccard", is_flag=True, help=_("matrix, network: Jaccard instead of pairs of segments."))
@click.option("--least", type=click.IntRange(min=1), default=None, metavar="N",
              help=_("network: only codes that meet at least N times (default: what can be read)."))  # fmt: skip
@many("--coders", "--coder", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@many("--role", "roles", help_text=_("Only interviews of these roles."))
@where_option
@min_cell_option
@click.option("-o", "--output", type=PATH, metavar="FILE", help=_("Write to FILE; its suffix gives the form."))
def picture(
    context: click.Context,
    project: Path,
    kind: str,
    by: str,
    unit: str,
    each_role: bool | None,
    sort: str,
    top: int,
    nonzero: bool,
    groups: tuple[str, ...],
    side: str | None,
    within: str,
    jaccard: bool,
    least: int | None,
    coders: tuple[str, ...],
    pooled: bool,
    codes: tuple[str, ...],
    roles: tuple[str, ...],
    where: str,
    min_cell: int,
    output: Path | None,
) -> None:
    from ipscoding.analysis.chart import Order
    from ipscoding.exchange.atomic import whole_file
    from ipscoding.exchange.pictures.of_project import Wish, picture_of
    from ipscoding.exchange.pictures.terminal import show
    from ipscoding.project import open_project

    if output is not None and output.suffix.lower() not in _FORMS:
        raise click.UsageError(_("The name of the file must end in .svg, .png or .pdf."))
    for parameter in context.command.params:
        name = parameter.name or ""
        asked_for = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if asked_for and kind not in _GO_WITH.get(name, KINDS):
            raise click.UsageError(_("{option} does not go with {kind}.").format(option=parameter.opts[0], kind=kind))
    filters = {
        "coders": coders or None, "pooled": pooled, "codes": codes, "roles": roles, "where": where,
        "min_cell": min_cell,
    }  # fmt: skip
    apart = kind != "saturation" if each_role is None else each_role
    wish = Wish(
        kind, by, unit, apart, Order(sort), top, nonzero, groups, side or "", within,
        "jaccard" if jaccard else "pairs", least or 0, filters,
    )  # fmt: skip
    with open_project(project) as opened:
        made = picture_of(opened, wish)
    if output is None:
        show(made, sys.stdout)
        return
    data = made.file(output.suffix.lower().removeprefix("."))
    with whole_file(output) as file:
        file.write(data)
    for note in made.notes:
        click.echo(note, err=True)
    click.echo(_("{path}: written.").format(path=output), err=True)


COMMANDS = {"picture": picture}
