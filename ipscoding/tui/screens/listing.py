"""What the screens that list passages have in common: the list, marks, undo, questions."""

from dataclasses import dataclass

from textual import on, work

from ipscoding.domain import Span
from ipscoding.i18n import _
from ipscoding.tui.screens.beside import BesideScreen, Place
from ipscoding.tui.screens.undoing import undo_is_wanted
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.passage_list import PassageList


@dataclass(frozen=True)
class Passage(Place):
    """A place that is a whole passage: where it ends, its coding where it is about one, all hits of its interview."""

    end: int = 0
    coding_id: str = ""
    query: str = ""
    hits: tuple[Span, ...] = ()


class ListScreen(BesideScreen):
    """A list of passages; whoever leaves it for a passage gets a `Passage`."""

    DEFAULT_CSS = """
    ListScreen {
        #nothing { display: none; height: 1fr; padding: 1 4; content-align: center middle; color: $foreground 80%; }
    }
    """
    AUTO_FOCUS = "PassageList"

    gone_to: Passage | None = None
    """The passage that the screen was left for."""

    @property
    def passages(self) -> PassageList:
        """The passages."""
        return self.query_one(PassageList)

    def show_here(self) -> None:
        """Show what concerns the current passage, and how things stand."""

    def refreshed(self) -> None:
        """Read the project again and show it, after an act."""
        with self.told():
            self.desk.refresh()
            self.reload()

    @on(PassageList.Moved)
    @on(PassageList.MarksChanged)
    def _moved(self) -> None:
        self.show_here()

    # Keys of the list, which work from the line to type in too

    def action_row(self, by: int) -> None:
        """Go to the next (1) or previous (-1) passage."""
        self.passages.action_row(by)

    def action_page(self, by: int) -> None:
        """Go one screen down (1) or up (-1)."""
        self.passages.action_page(by)

    def action_edge(self, by: int) -> None:
        """Go to the first (-1) or last (1) passage."""
        self.passages.action_edge(by)

    def action_open(self) -> None:
        """Go to the current passage in its interview."""
        self.passages.action_open()

    def action_mark(self) -> None:
        """Mark the current passage, or take its mark away."""
        self.passages.action_mark()

    # Marks

    def action_mark_all(self) -> None:
        """Mark all."""
        self.passages.set_marks(self.passages.keys)

    def action_mark_none(self) -> None:
        """Mark none."""
        self.passages.set_marks(())

    def action_mark_others(self) -> None:
        """Mark what is not marked, and nothing else."""
        self.passages.set_marks(set(self.passages.keys) - self.passages.marked)

    # Undo

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act."""
        if await undo_is_wanted(self, self.desk, placeless_is_bulk=False):
            self._stepped(redo=False)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._stepped(redo=True)

    def _stepped(self, *, redo: bool) -> None:
        with self.told():
            step = self.desk.redo() if redo else self.desk.undo()
            if step is None:
                self.notify(_("There is nothing to redo.") if redo else _("There is nothing of yours to undo."))
                return
            text = step.text
            if step.kept:
                text += "\n" + _("What somebody else changed since was left as it is.")
            self.reload()
            self.notify(text, title=_("Done again") if redo else _("Undone"), markup=False)

    # Questions

    async def pick(self, title: str, current: str = "") -> str | None:
        """Ask for one of the codes that can be used."""
        if not self.desk.codebook.active():
            hint = _('Leave with q, then: ipscoding codebook import "{path}" FILE').format(path=self.desk.project.path)
            self.notify(hint, title=_("The project has no codebook"), severity="warning", markup=False)
            return None
        picker = CodePicker(self.desk.codebook, self.desk.recent, self.desk.colours, title=title, current=current)
        return await self.app.push_screen_wait(picker)
