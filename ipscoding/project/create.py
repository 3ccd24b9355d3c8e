"""A new project."""

import sqlite3
import uuid
from pathlib import Path

from ipscoding.errors import IpscodingError
from ipscoding.project import connect, journal
from ipscoding.project.store import Project, default_coder


def create(path: Path | str, *, name: str | None = None, coder: str | None = None) -> Project:
    """Make a new, empty project; `name` is what the study is called (default: the file's name).

    The suffix `.ipscoding` is added where it is missing. Raises `ProjectProblem` where the file exists or
    cannot be made.
    """
    path = Path(path)
    if path.suffix != connect.SUFFIX:
        path = path.with_name(path.name + connect.SUFFIX)
    project = Project(path=path, db=connect.create_file(path), coder=coder or default_coder())
    try:
        with journal.command(project, "new", undoable=False) as act:
            act.create("project", str(uuid.uuid4()), {"name": name or path.stem})
    except (IpscodingError, sqlite3.Error):
        project.close()
        connect.discard(path)
        raise
    return project
