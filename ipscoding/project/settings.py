"""Settings that belong to the project and travel with it."""

import json
from typing import Any

from ipscoding.errors import NotAllowed
from ipscoding.i18n import _
from ipscoding.project import coders, journal
from ipscoding.project.store import Project


def get(project: Project, key: str, default: Any = None) -> Any:
    """The value of a setting, or `default`."""
    return json.loads(project.value("SELECT settings FROM project") or "{}").get(key, default)


def set(project: Project, key: str, value: Any) -> None:
    """Give a setting a value (anything JSON can hold; None takes it away).

    Raises `NotAllowed` where somebody else than a lead would turn blind coding off.
    """
    if key == "blind" and not value and get(project, key):
        coders.check_lead(project)
    known = json.loads(project.value("SELECT settings FROM project") or "{}")
    with journal.command(project, "settings", key=key) as act:
        act.update("project", project.id, {"settings": {**known, key: value}})


KNOWN = {"coder": str, "blind": bool}
"""The settings people can change, with their kinds."""


def check_known(key: str) -> None:
    """Raises `NotAllowed` where people have no setting of this name."""
    if key not in KNOWN:
        raise NotAllowed(
            _("There is no setting {key}").format(key=key), _("The settings are {keys}").format(keys=", ".join(KNOWN))
        )


def change(project: Project, key: str, text: str) -> None:
    """Give a setting the value that `text` means. Raises `NotAllowed` for an unknown setting or value."""
    check_known(key)
    if KNOWN[key] is bool:
        truth = _TRUTH.get(text.strip().lower())
        if truth is None:
            raise NotAllowed(_("{key} is either true or false").format(key=key), _("Give true or false"))
        set(project, key, truth)
    else:
        set(project, key, text.strip() or None)


_TRUTH = {
    **dict.fromkeys(("true", "yes", "on", "1", "ja", "på"), True),
    **dict.fromkeys(("false", "no", "off", "0", "nei", "av"), False),
}
