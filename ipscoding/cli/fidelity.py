"""The command on services' fidelity scores."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK, WRONG
from ipscoding.cli.options import (
    PATH,
    coder_option,
    excel_option,
    many,
    min_cell_option,
    output_options,
    project_argument,
    where_option,
)
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.project import Project
    from ipscoding.project.fidelity import Assessment


@click.command(
    help=_(
        "Fidelity scores of services (the 25 items of the IPS scale, 1 to 5) in PROJECT, beside the barriers and "
        "facilitators that were coded for the same items at the same site.\n\n"
        "With FILE... the scores in them are kept: YAML with site, date and scores, or CSV with the columns site, "
        "date, item, score, or with a row for each site and a column for each item. docs/fidelity.md shows both. Codes "
        "are those linked to an item (fidelity_item), people those whose attribute site says so."
    )
)
@project_argument
@click.argument("files", metavar="[FILE]...", nargs=-1, type=PATH)
@many("--site", "sites", help_text=_("Only these sites; with FILE: the site, where the file does not name it."))
@click.option("--date", default="", metavar="DATE",
              help=_("With FILE or --remove: the date, where the file does not say it."))  # fmt: skip
@click.option("--remove", is_flag=True, help=_("Take the scores of --site away (of --date alone, if given)."))
@click.option("--totals", is_flag=True, help=_("Only each site's total and what it is called."))
@click.option("--all", "every", is_flag=True, help=_("All assessments, not only the last of each site."))
@many("--coders", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@where_option
@min_cell_option
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
@output_options
@excel_option
def fidelity(
    project: Path,
    files: tuple[Path, ...],
    sites: tuple[str, ...],
    date: str,
    remove: bool,
    totals: bool,
    every: bool,
    coders: tuple[str, ...],
    pooled: bool,
    where: str,
    min_cell: int,
    dry_run: bool,
    coder: str | None,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> int:
    from ipscoding.analysis.fidelity import fidelity_of
    from ipscoding.cli.output import show
    from ipscoding.project import fidelity as scores
    from ipscoding.project import open_project

    if (files or remove) and len(sites) > 1:
        raise click.UsageError(_("Name one site."))
    if remove and (files or not sites):
        raise click.UsageError(_("--remove takes --site, and no file."))
    if date and not (files or remove):
        raise click.UsageError(_("--date goes with files or --remove."))
    with open_project(project, coder=coder) as opened:
        if remove:
            gone = scores.remove(opened, sites[0], date or None)
            click.echo(_("Removed: {names}.").format(names=", ".join(map(_name, gone))))
            return 0
        if files:
            return _record(opened, files, sites[0] if sites else "", date, dry_run=dry_run)
        table = fidelity_of(
            opened,
            sites=sites,
            every=every,
            only_totals=totals,
            coders=coders or None,
            pooled=pooled,
            where=where,
            min_cell=min_cell,
        )
    show(table, output, format_name, excel_no=excel_no)
    return 0


def _name(one: "Assessment") -> str:
    return f"{one.site} ({one.date})" if one.date else one.site


def _record(opened: "Project", files: tuple[Path, ...], site: str, date: str, *, dry_run: bool) -> int:
    from ipscoding.analysis.fidelity import in_runs
    from ipscoding.codebook.fidelity import scale
    from ipscoding.exchange.fidelity_in import read_fidelity
    from ipscoding.project import fidelity as scores
    from ipscoding.project import informants

    wanted: dict[tuple[str, str], Assessment] = {}
    came_from: dict[tuple[str, str], Path] = {}
    wrong = False
    for file in files:
        reading = read_fidelity(file, site=site, date=date)
        for one in reading.assessments:
            key = (one.site, one.date)
            if key in wanted:
                reading.faults.append(_("{name} stands in {file} already").format(name=_name(one), file=came_from[key]))
            wanted[key], came_from[key] = one, file
        for fault in reading.faults:
            wrong = True
            click.echo(f"ipscoding: {file}, {fault}", err=True)
    if wrong:
        return WRONG
    done = scores.record(opened, wanted.values(), dry_run=dry_run)
    click.echo(
        _("{added} new, {changed} changed, {unchanged} unchanged.").format(
            added=len(done.added), changed=len(done.changed), unchanged=len(done.unchanged)
        )
    )
    look = False
    for one in wanted.values():
        missing = [item.number for item in scale().items if item.id not in one.scores]
        if missing:
            look = True
            click.echo(_("{name}: no score for items {numbers}; without them there is no total.").format(
                name=_name(one), numbers=in_runs(missing)))  # fmt: skip
    sites = {person.attributes.get("site", "") for person in informants.all(opened)} - {""}
    for name in sorted({one.site for one in wanted.values()} - sites):
        look = True
        click.echo(_("No informant has the site {name}. There is: {sites}").format(
            name=name, sites=", ".join(sorted(sites)) or "–"))  # fmt: skip
    return LOOK if look else 0


COMMANDS = {"fidelity": fidelity}
