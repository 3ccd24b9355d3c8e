"""The command `demo`: a whole example project, to look at and to try things on."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import PATH, coder_option, on_terminal
from ipscoding.cli.progress import progress
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.project import Project

FOLDER = "ipscoding-demo"
FILE = "demo.ipscoding"


@click.command(
    help=_(
        "Build the example project in DIR (default: ./ipscoding-demo) from the invented interviews that ship, with "
        "example codings by two coders, and open it. A project that is there already is opened as it is."
    )
)
@click.argument("folder", metavar="[DIR]", default=FOLDER, type=PATH)
@click.option("--no-open", is_flag=True, help=_("Only build it; print figures and what to try next."))
@coder_option
def demo(folder: Path, no_open: bool, coder: str | None) -> None:
    from ipscoding.project import open_project

    path = folder / FILE
    known = path.exists()
    if not known:
        build(path, coder)
    with open_project(path, coder=coder) as opened:
        if known:
            click.echo(
                _("{path}: the example project is there already; it is opened as it is.").format(path=path), err=True
            )
        if on_terminal() and not no_open:
            from ipscoding.tui.app import run

            run(opened)
        _report(opened, figures=not on_terminal() or no_open)


def build(path: Path, coder: str | None = None) -> None:
    """Build the example project at `path`; nothing is left behind where that fails."""
    from ipscoding import shipped
    from ipscoding.codebook import catalogue, read
    from ipscoding.errors import FileProblem, system_reason
    from ipscoding.exchange.informants_in import read_informants
    from ipscoding.exchange.into_project import codings_for
    from ipscoding.project import codebooks, codings, connect, create, documents, informants, journal
    from ipscoding.transcripts.read import read_many

    corpus = shipped.corpus()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            _("{path}: the folder cannot be made ({reason})").format(path=path.parent, reason=system_reason(error)),
            _("Name a folder where you may write: ipscoding demo FOLDER"),
        ) from error
    project = create(path, name=_("Example: barriers and facilitators of IPS"), coder=coder)
    try:
        # one act that cannot be undone: what is undone in the example is what its user did
        making = journal.command(project, "demo", undoable=False)
        with progress(_("Building the example project")) as advance, making:
            codebooks.adopt(project, read.read(catalogue.default_path()))
            advance(0.1, _("interviews"))
            readings, _failed = read_many([corpus], lambda done, total: advance(0.1 + 0.3 * done / total, ""))
            documents.add_all(project, readings)
            rows, _faults = read_informants(corpus / "informants.csv")
            informants.set_all(project, [informants.InformantRow(row.name, row.role, row.attributes) for row in rows])
            for part, name in ((0.5, "A"), (0.75, "B")):
                advance(part, _("codings of {coder}").format(coder=name))
                wanted, _none = codings_for(project, corpus / f"codings-{name}.csv")
                codings.add_many(project, wanted, origin="import", done=True)
    except BaseException:
        project.close()
        connect.discard(path)
        raise
    project.close()


def _report(project: "Project", *, figures: bool) -> None:
    from ipscoding.analysis.of_project import frequencies_of
    from ipscoding.cli.output import show

    if figures:
        show(frequencies_of(project, by=("domain",), units=("segments", "informants"), coders=("A",)), None, None)
        click.echo()
    path = project.path
    click.echo(_("The example project is {path}. Interviews and codings are invented.").format(path=path))
    click.echo(_("Try next:"))
    started = Path(sys.argv[0])
    by_module = f"{Path(sys.executable).name} -m ipscoding" if started.name == "__main__.py" else sys.argv[0]
    program = "ipscoding" if shutil.which("ipscoding") else by_module
    for arguments, does in (
        (f"{path}", _("code in it")),
        (f"freq {path} --by role,valence --coders A", _("frequencies")),
        (
            f"triangulate {path} --coders A --valence facilitator --more-than patient=1/2 --less-than clinician=1/4 "
            "--quotes 2",
            _("what helps as patients see it and clinicians do not, with quotes"),
        ),
        (f'excerpts {path} --code "org.*" --coders A -o excerpts.csv', _("coded excerpts as CSV")),
        (f"suggest {path} p01-jobbsoker", _("suggestions")),
        (f"history {path}", _("what was done")),
    ):
        click.echo(f"  {program} {arguments}  # {does}")


COMMANDS = {"demo": demo}
