"""Settings that belong to the project and travel with it."""

import json
from typing import Any

from ipscoding.project import journal
from ipscoding.project.store import Project


def get(project: Project, key: str, default: Any = None) -> Any:
    """The value of a setting, or `default`."""
    return json.loads(project.value("SELECT settings FROM project") or "{}").get(key, default)


def set(project: Project, key: str, value: Any) -> None:
    """Give a setting a value (anything JSON can hold; None takes it away)."""
    known = json.loads(project.value("SELECT settings FROM project") or "{}")
    with journal.command(project, "settings", key=key) as act:
        act.update("project", project.id, {"settings": {**known, key: value}})
