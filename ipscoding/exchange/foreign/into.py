"""Another program's project into a project file, which is made where there is none."""

from pathlib import Path

from ipscoding.exchange.foreign.land import Advance, land
from ipscoding.exchange.foreign.landed import Landed
from ipscoding.exchange.foreign.landing import line_of
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.project import connect, create, open_project


def project_file(path: Path) -> Path:
    """The project file that `path` names, with or without its suffix; where there is none, the one to be made."""
    target = path if path.suffix == connect.SUFFIX else path.with_name(path.name + connect.SUFFIX)
    return target if target.exists() or not path.exists() else path


def land_file(
    path: Path,
    foreign: ForeignProject,
    source: str,
    *,
    coder: str | None = None,
    dry_run: bool = False,
    on_progress: Advance = lambda _part, _what: None,
) -> Landed:
    """`land` into the project at `path`. A project that is made for it is called as in `foreign`.

    Where anything fails, or with a `dry_run`, no new project is left behind. Raises what `land` raises, and
    `ProjectProblem` where the project cannot be opened or made.
    """
    target = project_file(path)
    if target.exists():
        with open_project(target, coder=coder) as project:
            return land(project, foreign, source, dry_run=dry_run, on_progress=on_progress)
    project = create(target, name=line_of(foreign.name) or None, coder=coder)
    try:
        done = land(project, foreign, source, dry_run=dry_run, on_progress=on_progress)
        failed = dry_run
    except BaseException:
        failed = True
        raise
    finally:
        project.close()
        if failed:
            connect.discard(project.path)
    return done
