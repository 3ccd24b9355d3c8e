"""The command that gives out a study in packages."""

from pathlib import Path

import click

from ipscoding.cli.options import PATH, coder_option, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, ngettext


@click.command(
    help=_(
        "Make a package of PROJECT for each coder: a file with the codebook, their interviews and nobody else's "
        'codings. "ipscoding merge" takes it back. Blind coding is turned on; only the lead can turn it off.\n\n'
        "--by all: every coder gets every interview. --by random: each interview goes to one coder, --double per cent "
        "of them to two; --share per cent are given out."
    )
)
@project_argument
@click.option("--coders", "names", required=True, metavar="NAMES", help=_("The coders, with commas between them."))
@click.option("--by", "way", type=click.Choice(["all", "random"]), default="all", show_default=True, help=_("How."))
@click.option(
    "--share",
    type=click.IntRange(1, 100),
    default=100,
    show_default=True,
    help=_("With --by random: how many per cent of the interviews."),
)
@click.option(
    "--double",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    help=_("With --by random: how many per cent of these two coders get."),
)
@click.option("--seed", type=int, help=_("With --by random: the same number gives the same draw."))
@click.option("--role", "roles", multiple=True, metavar="ROLE", help=_("Only interviews with informants of this role."))
@click.option("-o", "--output", type=PATH, metavar="DIR", required=True, help=_("The folder for the packages."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def split(
    project: Path,
    names: str,
    way: str,
    share: int,
    double: int,
    seed: int | None,
    roles: tuple[str, ...],
    output: Path,
    dry_run: bool,
    coder: str | None,
) -> None:
    from ipscoding.project import open_project
    from ipscoding.project.merging import packages

    people = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    if not people:
        raise click.UsageError(_("Name the coders with --coders, with commas between them."))
    if way == "all" and (share != 100 or double or seed is not None):
        raise click.UsageError(_("--share, --double and --seed go with --by random."))
    with open_project(project, coder=coder) as opened:
        found = packages.chosen(opened, roles)
        if way == "all":
            shares = packages.to_all(found, people)
        else:
            seed = packages.new_seed() if seed is None else seed
            shares = packages.at_random(found, people, share=share, double=double, seed=seed)
        with progress(_("Packages")) as advance:
            made = packages.split(
                opened,
                shares,
                output,
                dry_run=dry_run,
                on_package=lambda name: advance(people.index(name) / len(people), name),
            )
    if way == "random":
        click.echo(_("Drawn with --seed {seed}.").format(seed=seed))
    for package in made:
        n = len(package.documents)
        said = ngettext("{coder}: {n} interview", "{coder}: {n} interviews", n).format(coder=package.coder, n=n)
        click.echo(f"{said} ({', '.join(package.documents)})" + (f" → {package.path}" if package.path else ""))
    for name in people:
        if not shares.get(name):
            click.echo(_("{coder}: no interview, no package").format(coder=name))


COMMANDS = {"split": split}
