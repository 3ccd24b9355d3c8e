"""How far one has come with an interview, as one of three."""

from textual.content import Content

from ipscoding.i18n import _
from ipscoding.project import acts, documents
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS


class StatusChooser(Chooser):
    """Gives `not-started`, `coding` or `done`, or None where it was left."""

    def __init__(self, interview: str, now: str) -> None:
        """`now` is the status until now; empty where the interview is not started."""
        choices = [
            (status, Content(f"{STATUS_SIGNS.get(status, NOT_STARTED)} {acts.status_name(status)}"))
            for status in documents.CHOICES
        ]
        title = _("How far are you with {interview}?").format(interview=interview)
        super().__init__(title, choices, current=now or documents.NOT_STARTED)
