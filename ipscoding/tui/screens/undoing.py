"""Before an undo: what it would take back, and a question where that is bulk work. One way for all screens."""

from typing import Any

from textual.app import App
from textual.screen import Screen

from ipscoding.i18n import _
from ipscoding.tui.desk import Desk
from ipscoding.tui.widgets.dialogs import Confirm

_BULK = 4
"""An act of more events than this is bulk work."""


async def undo_is_wanted(screen: Screen[Any], desk: Desk, *, placeless_is_bulk: bool = True) -> bool:
    """Whether this coder's last act is to be taken back; says so where there is none, and asks for bulk work.

    `placeless_is_bulk`: several events that belong to no one interview are bulk work however few they are.
    """
    entry = desk.next_undo()
    if entry is None:
        screen.notify(_("There is nothing of yours to undo."))
        return False
    placeless = entry.document_id is None and entry.events > 1
    if entry.events <= _BULK and not (placeless_is_bulk and placeless):
        return True
    app: App[Any] = screen.app
    return await app.push_screen_wait(Confirm(_("Undo {act}?").format(act=entry.text), _("Undo"))) is True
