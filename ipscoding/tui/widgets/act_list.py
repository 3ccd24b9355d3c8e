"""The acts of a project as a list: by day, latest first, what was taken back struck out and said so."""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events
from textual.content import Content
from textual.widgets.option_list import Option

from ipscoding.i18n import _
from ipscoding.project.journal import Entry
from ipscoding.tui.widgets.panels import SideList

_NAME = 12


class ActList(SideList):
    """The acts; days are headings between them."""

    DEFAULT_CSS = "ActList { background: $background; }"

    def show(
        self, entries: Sequence[Entry], interview: Callable[[str], str], nothing: str, highlight: str | None = None
    ) -> None:
        """Fill the list; `interview` gives a document's name by its id (empty: gone), `nothing` is said of no acts."""
        if not entries:
            self.set_options([Option(nothing, disabled=True)])
            return
        widest = min(max(len(entry.coder) for entry in entries), _NAME)
        options: list[Option] = []
        day = ""
        for entry in entries:
            when = local(entry.time)
            if f"{when:%Y-%m-%d}" != day:
                day = f"{when:%Y-%m-%d}"
                options.append(Option(day, disabled=True))
            options.append(Option(self._line(entry, when, widest, interview(entry.document_id or "")), id=entry.id))
        self.fill(options, highlight=highlight)

    async def _on_click(self, event: events.Click) -> None:
        # one click looks at an act, two go to its place: a click alone must not leave the list
        event.prevent_default()
        at = event.style.meta.get("option")
        if at is not None and at >= 0 and not self.get_option_at_index(at).disabled:
            self.highlighted = at
            if event.chain == 2:
                self.action_select()

    @staticmethod
    def _line(entry: Entry, when: datetime, widest: int, interview: str) -> Content:
        coder = entry.coder if len(entry.coder) <= widest else entry.coder[: widest - 1] + "…"
        return Content.assemble(
            (f" {when:%H:%M}  ", "dim"),
            f"{coder:<{widest}}  ",
            (f"{said(entry)} " if said(entry) else "", "bold"),
            (entry.text, "strike dim" if entry.undone else ""),
            (f"  {interview}" if interview and interview not in entry.text else "", "dim"),
        )


def said(entry: Entry) -> str:
    """The word before an act that was taken back, takes something back, or does it again; empty for any other."""
    if entry.undone:
        return _("taken back:")
    return {"undo": _("undone:"), "redo": _("done again:")}.get(entry.kind, "")


def local(time: str) -> datetime:
    """A time of the journal (UTC) on the clock of whoever reads it."""
    return datetime.fromisoformat(time).astimezone()
