"""Backups: whole copies of a project, made while people work."""

from datetime import datetime
from pathlib import Path

from ipscoding.project import connect
from ipscoding.project.store import Project


def backup(project: Project, target: Path | None = None) -> Path:
    """Copy the project to `target` (default: beside it, with the time in its name) and give the copy's path.

    The copy is checked and readable by its owner only. Raises `ProjectProblem`.
    """
    if target is None:
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        target = project.path.with_name(f"{project.path.stem}.{stamp}.backup{project.path.suffix}")
    elif target.is_dir():
        target = target / project.path.name
    connect.copy_to(project.db, target)
    return target
