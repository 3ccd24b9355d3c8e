"""The coding screen; every act is in the project file when it is shown."""

from textual import on, work
from textual.widgets import OptionList

from ipscoding.i18n import _
from ipscoding.project import acts
from ipscoding.tui.screens.beside import BesideScreen
from ipscoding.tui.screens.codebook_acts import CodebookActs
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.screens.looking import Looking
from ipscoding.tui.screens.revising import Revising
from ipscoding.tui.screens.touring import Touring
from ipscoding.tui.screens.undoing import undo_is_wanted
from ipscoding.tui.widgets.status_chooser import StatusChooser


class CodingScreen(Revising, Looking, CodebookActs, Touring):
    """The coding screen."""

    # Undo

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act, and go to where it was."""
        if await undo_is_wanted(self, self.desk):
            self._stepped(_("Undone"), redo=False)

    def action_redo(self) -> None:
        """Do again what was taken back last, and go to where it was."""
        self._stepped(_("Done again"), redo=True)

    def _stepped(self, title: str, *, redo: bool) -> None:
        with self.told():
            before = self.desk.transcript
            step = self.desk.redo() if redo else self.desk.undo()
            if step is None:
                self.notify(_("There is nothing to redo.") if redo else _("There is nothing of yours to undo."))
                return
            text = step.text
            if step.kept:
                text += "\n" + _("What somebody else changed since was left as it is.")
            self.current = ""
            here = self.desk.document
            if step.document_id is not None and (here is None or step.document_id not in (here.id, here.name)):
                self.open_document(step.document_id, step.offset)
            else:
                self.show_again(before)
                if step.offset is not None:
                    self.view.move_to(step.offset, centre=True)
            self.notify(text, title=title, markup=False)

    # Screens beside

    @work(exclusive=True, group="ask")
    async def action_overview(self) -> None:
        """Show who has come how far, and who was interviewed."""
        from ipscoding.tui.screens.overview import OverviewScreen

        await self._visit(OverviewScreen(self.desk))

    @work(exclusive=True, group="ask")
    async def action_history(self) -> None:
        """Show all acts of the project."""
        from ipscoding.tui.screens.history import HistoryScreen

        await self._visit(HistoryScreen(self.desk))

    @work(exclusive=True, group="ask")
    async def action_stale(self) -> None:
        """Look again at codings whose code has changed."""
        from ipscoding.tui.screens.stale import StaleScreen

        await self._visit(StaleScreen(self.desk))

    @work(exclusive=True, group="ask")
    async def action_conflicts(self) -> None:
        """Decide what people said differently in copies that were merged."""
        from ipscoding.tui.screens.conflicts import ConflictsScreen

        self.app.clear_notifications()
        await self._visit(ConflictsScreen(self.desk))

    def on_mount(self) -> None:
        """Say that something is to be decided, once the screen is there."""
        self.call_after_refresh(self._tell_of_conflicts)

    def _tell_of_conflicts(self) -> None:
        from ipscoding.tui.screens import conflicts, revised

        with self.told():
            for text in (conflicts.notice(self.desk), revised.notice(self.desk)):
                if text:
                    self.notify(text, timeout=10, markup=False)

    async def _visit(self, screen: BesideScreen) -> None:
        """Go to a screen beside; back from there, show what has changed, and the place that was chosen."""
        place = await self.app.push_screen_wait(screen)
        with self.told():
            self.reload()
            here = self.desk.document
            if place is not None and (here is None or place.document_id != here.id):
                self.open_document(place.document_id, place.offset)
            elif place is not None and place.offset is not None:
                self.view.move_to(place.offset, centre=True)
            self.view.focus()

    # The rest

    @work(exclusive=True, group="ask")
    async def action_status(self) -> None:
        """Ask how far this coder has come with the interview."""
        document = self.desk.document
        if document is None:
            return
        status = await self.app.push_screen_wait(StatusChooser(document.name, self.desk.status(document.id)))
        if status is not None:
            with self.told():
                self.desk.set_status(status)
                self.show_work()
                self.notify(f"{document.name}: {acts.status_name(status)}", markup=False)

    def action_others(self) -> None:
        """Show or hide what others coded."""
        self.desk.show_others = not self.desk.show_others
        self.show_work()
        self.notify(_("All coders' codings are shown.") if self.desk.show_others else _("Only your codings are shown."))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen(first=self.group_in_hand()))

    @on(OptionList.OptionSelected, "#documents")
    def _document_chosen(self, event: OptionList.OptionSelected) -> None:
        with self.told():
            self.open_document(event.option_id or "")
            self.view.focus()
