"""Commands on the Norwegian language model: status, install, remove."""

from pathlib import Path

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.progress import progress
from ipscoding.i18n import _


@click.group(
    help=_(
        "The Norwegian language model nb_core_news_sm for spaCy, which is optional.\n\n"
        "Everything works without it, by rules and dictionaries that are built in."
    )
)
def model() -> None:
    pass


@model.command(help=_("Say which language tools are on, and whether the model is installed and fits."))
def status() -> int:
    from ipscoding.language import model as models
    from ipscoding.language import pipelines

    found = models.status()
    click.echo(pipelines.describe())
    if not found.installed:
        click.echo(_("The model is not installed. With a network: ipscoding model install"))
        click.echo(_("Without one: fetch the file elsewhere, then: ipscoding model install FILE.whl"))
        click.echo(f"  {models.URL}")
        return 0
    click.echo(_("Folder: {path}").format(path=found.where))
    if not found.compatible:
        click.echo(_("It asks for spaCy {wants}; installed is {spacy}.").format(wants=found.wants, spacy=found.spacy))
        return LOOK
    return 0


@model.command(
    help=_(
        "Install the model from the wheel FILE, or, without a file, from the net (Explosion's release, checked by its "
        "SHA-256). This is the only command that ever uses the network."
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
def install(file: Path | None) -> int:
    from ipscoding.language import model as models

    with progress(_("Installing the model")) as advance:
        found = models.install(file, advance)
    click.echo(_("Model {version} installed in {path}.").format(version=found.version, path=found.where))
    return 0 if found.compatible else LOOK


@model.command(help=_("Remove the model that was installed with this command."))
def remove() -> None:
    from ipscoding.language import model as models

    click.echo(_("The model is removed.") if models.remove() else _("There was no model to remove."))


COMMANDS = {"model": model}
