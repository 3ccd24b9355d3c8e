"""ipscoding: qualitative coding of interviews about Individual Placement and Support (IPS).

`ipscoding.open(path)` gives a project's rows and figures to a notebook; see `ipscoding.notebook`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ipscoding.version import __version__

if TYPE_CHECKING:
    from ipscoding.notebook import Study

__all__ = ["__version__", "open"]


def open(path: "Path | str") -> "Study":
    """Open the project at `path` for reading rows and figures. Raises `ipscoding.errors.ProjectProblem`."""
    from ipscoding.notebook import open_study

    return open_study(path)
