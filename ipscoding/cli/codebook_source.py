"""What a command on codebooks is given: a file, a codebook that ships, a project, or a project at a date."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipscoding.domain import Codebook
    from ipscoding.project import Project

SUFFIX = ".ipscoding"


@dataclass(frozen=True)
class Source:
    """A codebook and where it comes from: the text of its file, or the project that is open for it."""

    name: str
    book: "Codebook"
    text: str | None = None
    project: "Project | None" = None


def dated(given: str) -> tuple[str, str]:
    """A project's path and the date in `STUDY.ipscoding@2026-03-01`; no date (empty) in any other text."""
    path, at, when = given.rpartition("@")
    return (path, when) if at and _is_project(path) and not Path(given).exists() else (given, "")


def _is_project(given: str) -> bool:
    """Whether `given` names a project, with its ending or, where nothing else is called so, without it."""
    return given.endswith(SUFFIX) or (not Path(given).exists() and Path(given + SUFFIX).is_file())


@contextmanager
def opened(given: str) -> Iterator[Source]:
    """The codebook that `given` means; `STUDY.ipscoding@2026-03-01` is a project's at the end of that day.

    Raises `NotFound`, `FileProblem` (faults in a file), `ProjectProblem`.
    """
    from ipscoding.codebook import catalogue, read
    from ipscoding.codebook.faults import Faults
    from ipscoding.codebook.source import text_of
    from ipscoding.project import codebook_changes, codebooks, open_project

    path, when = dated(given)
    if when or _is_project(given):
        with open_project(path) as project:
            book = codebook_changes.as_of(project, when) if when else codebooks.load(project)
            yield Source(given, book, project=project)
        return
    file = catalogue.find(given)
    yield Source(given, read.read(file), text_of(file, Faults()))
