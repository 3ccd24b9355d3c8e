"""The history panel: every act of the project, to walk, narrow down, jump from, take back and do again."""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.widgets import Input, OptionList

from ipscoding.i18n import N_, _, ngettext
from ipscoding.project import Project, journal
from ipscoding.project.journal import Step
from ipscoding.tui.actions import FIND, LOOK, MOVE, Action
from ipscoding.tui.screens.acts import ActsScreen
from ipscoding.tui.screens.beside import CHANGE, EVERYWHERE, WALK, Place
from ipscoding.tui.screens.undoing import undo_is_wanted
from ipscoding.tui.widgets.dialogs import Confirm


class HistoryScreen(ActsScreen):
    """What was done in the project, latest first."""

    ABOUT = N_(
        "Every act of the project, the latest first. Nothing is ever lost here: what is taken back stays in the list, "
        "and can be done again until something new is done. You take back your own acts; others' stay."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("go", "", "Enter", N_("Go to the place in the interview"), MOVE, "go", hint=N_("Go there")),
        Action("undo", "u", "u", N_("Undo your last act"), CHANGE, "undo", hint=N_("Undo")),
        Action("redo", "ctrl+r,U", "Ctrl+R", N_("Redo"), CHANGE, "redo", hint=N_("Redo")),
        Action("to_here", "b", "b", N_("Undo back to here, or redo up to here"), CHANGE, "to_here", hint=N_("To here")),
        Action("find", "slash,ctrl+f", "/ Ctrl+F", N_("Only acts with these words"), FIND, "find", hint=N_("Find")),
        Action("mine", "m", "m", N_("Only yours, or everybody's"), LOOK, "mine", hint=N_("Mine/all")),
        Action("coder", "c", "c", N_("Only one coder's"), LOOK, "coder"),
        Action("kind", "k", "k", N_("Only one kind of act"), LOOK, "kind"),
        Action("document", "d", "d", N_("Only one interview"), LOOK, "document"),
        Action("all", "a", "a", N_("All acts again"), LOOK, "all"),
        *EVERYWHERE,
    )

    _stop = False

    @on(OptionList.OptionSelected, "#acts")
    def action_go(self) -> None:
        """Go to the place of the act in its interview."""
        entry = self.entry()
        if entry is None:
            return
        if entry.document_id is None or not self.interview(entry.document_id):
            self.notify(_("This act has no place in an interview."))
        else:
            self.dismiss(Place(entry.document_id, entry.offset))

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act."""
        if not self.stepping and await undo_is_wanted(self, self.desk):
            self._step(self.desk.undo)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        if not self.stepping:
            self._step(self.desk.redo)

    def _step(self, act: Callable[[], Step | None]) -> None:
        with self.told():
            step = act()
            if step is None:
                self.notify(_("There is nothing to redo."))
                return
            self.reload(newest=True)
            if step.kept:  # what was done is to be seen in the list; what was not is not
                self.notify(_("What somebody else changed since was left as it is."), title=step.text, markup=False)

    @work(exclusive=True, group="ask")
    async def action_to_here(self) -> None:
        """Take back all that this coder did after the act under the cursor, or do again all up to it."""
        entry, project = self.entry(), self.desk.project
        if entry is None or self.stepping:
            return
        back = journal.standing_after(project, entry.id)
        on = journal.undone_until(project, entry.id) if not back else 0
        if not back and not on:
            self.notify(_("Nothing of yours after this act is left to undo. u takes back your last act."))
            return
        question = (
            ngettext(
                "Undo {n} act of yours, the one after this? Others' acts stay, and so does",
                "Undo {n} acts of yours, all after this one? Others' acts stay, and so does",
                back,
            ).format(n=back)
            if back
            else ngettext("Do {n} act of yours again, up to", "Do {n} acts of yours again, up to", on).format(n=on)
        )
        button = _("Undo {n}").format(n=back) if back else _("Redo {n}").format(n=on)
        if not await self.app.push_screen_wait(Confirm(f"{question}\n\n{entry.text}", button)):
            return
        if back:
            await self._steps(journal.undo, lambda: journal.standing_after(project, entry.id), back)
        else:
            await self._steps(journal.redo, lambda: journal.undone_until(project, entry.id), on)

    async def _steps(self, act: Callable[[Project], Step | None], left: Callable[[], int], n: int) -> None:
        """Undo or redo step by step while anything is left, with progress; Esc stops between two steps."""
        done = kept = 0
        self._stop = False
        try:
            with self.told():
                while left() and not self._stop:
                    step = act(self.desk.project)
                    if step is None:
                        break
                    done += 1
                    kept += step.kept
                    self.stepping = _("{done} of {n}; Esc stops").format(done=done, n=n)
                    self.show_about()
                    await asyncio.sleep(0)
        finally:
            self.stepping = ""
            self.desk.refresh()
            self.reload(newest=True)
        undone = act is journal.undo
        text = (
            ngettext("{n} act undone.", "{n} acts undone.", done)
            if undone
            else ngettext("{n} act done again.", "{n} acts done again.", done)
        ).format(n=done)
        if kept:
            text += "\n" + _("What somebody else changed since was left as it is.")
        self.notify(text)

    def action_back(self) -> None:
        """Stop what is under way; end the search; else go back."""
        field = self.query_one("#find", Input)
        if self.stepping:
            self._stop = True
        elif field.has_focus or field.value:
            field.value = ""
            field.display = False
            self.acts.focus()
        else:
            super().action_back()
