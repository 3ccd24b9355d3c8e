"""The project file: one study in one SQLite file, with its journal.

An act on a project is one function here, called by the command line and the screens alike:
`documents.add_all(project, ...)`, `codings.add(project, ...)`, `journal.undo(project)`.
"""

from ipscoding.project.create import create
from ipscoding.project.store import Project, default_coder, open_project

__all__ = ["Project", "create", "default_coder", "open_project"]
