"""The project overview: who has come how far with which interview, and who was interviewed."""

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.widgets import DataTable, Input

from ipscoding.analysis.names import role_group
from ipscoding.i18n import N_, _
from ipscoding.project import acts, documents, informants
from ipscoding.project.journal import Step
from ipscoding.tui.actions import FIND, LOOK, MOVE, Action
from ipscoding.tui.screens.beside import CHANGE, EVERYWHERE, WALK, Place
from ipscoding.tui.screens.bringing import Bringing
from ipscoding.tui.screens.project_tables import INFORMANTS, INTERVIEWS, STATUSES, status_name
from ipscoding.tui.screens.undoing import undo_is_wanted
from ipscoding.tui.widgets.informant_form import InformantForm
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from ipscoding.tui.widgets.status_chooser import StatusChooser


class OverviewScreen(Bringing):
    """Interviews by coders, and informants."""

    ABOUT = N_(
        "The whole project: each coder's progress on each interview with the number of codings "
        "(○ not started, ◐ coding, ● done; ✎ has a memo), and in the second table who was interviewed. "
        "A bar shows interviews done (█), begun (▒) and not begun (░)."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("sideways", "", "← →", N_("Columns further left or right"), MOVE, "", palette=False),
        Action("go", "", "Enter", N_("Open the interview; of an informant: change it"), MOVE, "go", hint=N_("Open")),
        Action("turn", "tab,shift+tab", "Tab", N_("Interviews or informants"), LOOK, "turn", hint=N_("Other table")),
        Action("status", "o", "o", N_("How far you are: not started, coding, done"), CHANGE, "status",
               hint=N_("Status")),
        Action("edit", "e", "e", N_("Change role and attributes of the informant"), CHANGE, "edit", hint=N_("Change")),
        Action("memo", "m", "m", N_("Write a memo on the interview"), CHANGE, "memo", hint=N_("Memo")),
        Action("memo_project", "M", "M", N_("Write a memo on the project"), CHANGE, "memo_project"),
        Action("bring", "i", "i", N_("Bring interviews in: a file or a folder"), CHANGE, "bring"),
        Action("undo", "u", "u", N_("Undo"), CHANGE, "undo"),
        Action("redo", "ctrl+r,U", "Ctrl+R", N_("Redo"), CHANGE, "redo"),
        Action("sort", "s", "s", N_("Sort by a column; by the same again: the other way round"), LOOK, "sort",
               hint=N_("Sort")),
        Action("role", "r", "r", N_("Only one role"), FIND, "role"),
        Action("filter", "f", "f", N_("Only interviews of one status"), FIND, "filter"),
        Action("find", "slash,ctrl+f", "/ Ctrl+F", N_("Only what has these words"), FIND, "find"),
        Action("all", "a", "a", N_("All again"), FIND, "all"),
        *EVERYWHERE,
    )  # fmt: skip

    # Looking

    def action_turn(self) -> None:
        """Turn between interviews and informants."""
        self.turn_to(INFORMANTS if self.shown == INTERVIEWS else INTERVIEWS)

    @work(exclusive=True, group="ask")
    async def action_sort(self) -> None:
        """Ask which column to sort by."""
        columns = self.table.columns_shown
        first = _("As in the beginning: by role and name")
        chosen = await self.choose(_("Sort by what?"), [first, *(column.name for column in columns)])
        if chosen is not None:
            self.table.sort_by(["", *(column.key for column in columns)][chosen])

    @work(exclusive=True, group="ask")
    async def action_role(self) -> None:
        """Ask which role to look at."""
        roles = self.now.roles()
        names = [_("All roles"), *(f"{role_group(role)} {n}" for role, n in roles)]
        chosen = await self.choose(_("Which role?"), names)
        if chosen:
            self.narrow(role=roles[chosen - 1][0])
        elif chosen == 0:
            self.all_roles()

    @work(exclusive=True, group="ask")
    async def action_filter(self) -> None:
        """Ask which status to look at."""
        chosen = await self.choose(_("Which interviews?"), [status_name(status) for status in STATUSES])
        if chosen is not None:
            self.shown = INTERVIEWS
            self.narrow(status=STATUSES[chosen])

    def action_find(self) -> None:
        """Ask for words."""
        field = self.query_one("#find", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        self.narrow(text=event.value.strip())

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.query_one("#find").display = False
        self.table.focus()

    def action_all(self) -> None:
        """Look at everything again."""
        self.query_one("#find", Input).value = ""
        self.narrow(text="", status="")
        self.all_roles()

    # Going and changing

    @on(DataTable.RowSelected)
    def action_go(self) -> None:
        """Open the interview under the cursor; of an informant, change it."""
        document = self.document()
        if self.shown == INFORMANTS:
            self.action_edit()
        elif document is not None:
            self.dismiss(Place(document.id))

    @work(exclusive=True, group="ask")
    async def action_status(self) -> None:
        """Ask how far the one who is coding has come with the interview under the cursor."""
        document = self.document()
        if document is None or self.shown == INFORMANTS:
            self.notify(_("Choose an interview first: Tab shows them."))
            return
        status = await self.app.push_screen_wait(StatusChooser(document.name, self.desk.status(document.id)))
        if status is not None:
            with self.told():
                documents.set_status(self.desk.project, document.id, status)
                self._changed()
                self.notify(f"{document.name}: {acts.status_name(status)}", markup=False)

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        """Change role and attributes of the informant under the cursor."""
        person = self.person()
        if person is None:
            self.notify(_("This interview has no informant."))
            return
        changed = await self.app.push_screen_wait(InformantForm(person))
        if changed is None:
            return
        with self.told():
            informants.change(self.desk.project, person.name, role=changed.role, attributes=changed.attributes)
            self._changed()
            self.notify(_("{name} is changed. u takes it back.").format(name=person.name), markup=False)

    @work(exclusive=True, group="ask")
    async def action_memo(self) -> None:
        """Write this coder's memo on the interview under the cursor."""
        document = self.document()
        if document is None or self.shown == INFORMANTS:
            self.notify(_("Choose an interview first: Tab shows them."))
        else:
            await self._memo(document.id, document.name)

    @work(exclusive=True, group="ask")
    async def action_memo_project(self) -> None:
        """Write this coder's memo on the project."""
        await self._memo(self.desk.project.id, self.desk.project.name)

    async def _memo(self, target: str, name: str) -> None:
        before = self.desk.memo(target)
        text = await self.app.push_screen_wait(MemoDialog(_("Memo: {code}").format(code=name), before))
        if text.strip() != before.strip():
            with self.told():
                self.desk.write_memo(target, text)
                self._changed()

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act, whatever it was."""
        if await undo_is_wanted(self, self.desk):
            self._step(self.desk.undo, _("Undone"))

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.desk.redo, _("Done again"))

    def _step(self, act: Callable[[], Step | None], title: str) -> None:
        with self.told():
            step = act()
            if step is None:
                self.notify(_("There is nothing to redo."))
                return
            self.reload()
            kept = "\n" + _("What somebody else changed since was left as it is.") if step.kept else ""
            self.notify(step.text + kept, title=title, markup=False)

    def _changed(self) -> None:
        self.desk.refresh()
        self.reload()

    def action_back(self) -> None:
        """End the search; else go back."""
        field = self.query_one("#find", Input)
        if field.has_focus or field.value:
            field.value = ""
            field.display = False
            self.table.focus()
        else:
            super().action_back()
