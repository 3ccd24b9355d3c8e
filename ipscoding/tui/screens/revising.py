"""From the coding screen to the codings whose text was changed, and another passage for one of them."""

from textual import work

from ipscoding.i18n import _
from ipscoding.project import versions
from ipscoding.tui.screens.going import Going
from ipscoding.tui.screens.revised import Anew, RevisedScreen
from ipscoding.tui.screens.viewing import Viewing


class Revising(Going, Viewing):
    """The part of the coding screen that has to do with texts that changed after coding."""

    anew: Anew | None = None
    """The coding for which another passage is being chosen."""

    @work(exclusive=True, group="ask")
    async def action_revised(self) -> None:
        """Give the coding at hand the passage that is selected; where there is none, show those that wait."""
        if self.anew is not None:
            with self.told():
                versions.move(self.desk.project, self.anew.coding_id, self.view.selected)
                self.notify(self.desk.name(self.anew.code), title=_("Passage chosen"), markup=False)
                self.anew = None
                self.reload()
            if self.anew is not None or not versions.to_review(self.desk.project, self.desk.project.coder):
                return
        place = await self.app.push_screen_wait(RevisedScreen(self.desk))
        with self.told():
            self.reload()
            here = self.desk.document
            if place is not None and (here is None or place.document_id != here.id):
                self.open_document(place.document_id, place.offset)
            elif place is not None and place.offset is not None:
                self.view.move_to(place.offset, centre=True)
            self.view.focus()
            if isinstance(place, Anew):
                self.anew = place
                self.notify(_("Select the passage, then press Z. Esc gives it up."), timeout=10)
                self.show_status()

    def action_collapse(self) -> None:
        """Give up choosing another passage; else what Esc does otherwise."""
        if self.anew is None:
            super().action_collapse()
            return
        self.anew = None
        self.show_status()

    def drawing_state(self) -> list[str]:
        """What is under way, and what is not drawn as usual."""
        if self.anew is None:
            return super().drawing_state()
        return [_("new passage for {code}: Z").format(code=self.desk.name(self.anew.code)), *super().drawing_state()]
