"""Retrieval: all passages with a code, read side by side, and second thoughts on them."""

import asyncio
from collections.abc import Sequence

from textual import work

from ipscoding.domain import Excerpt, Valence
from ipscoding.i18n import _, language, ngettext
from ipscoding.project import codings, memos, quoting, recoding
from ipscoding.tui.entries import PassageEntry
from ipscoding.tui.screens.retrieving import Retrieving
from ipscoding.tui.widgets.dialogs import Confirm
from ipscoding.tui.widgets.file_dialog import FileDialog
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from ipscoding.tui.words import quotable_name, valence_name


class RetrievalScreen(Retrieving):
    """What can be done with passages."""

    def _mine(self) -> Sequence[Excerpt]:
        """The chosen passages that are this coder's; says so where others' are left out."""
        chosen = [entry.excerpt for entry in self.passages.chosen if isinstance(entry, PassageEntry)]
        mine = [row for row in chosen if row.coder == self.desk.project.coder]
        others = len(chosen) - len(mine)
        if others:
            text = ngettext(
                "{n} passage is another coder's and stays as it is.",
                "{n} passages are other coders' and stay as they are.",
                others,
            )
            self.notify(text.format(n=others), severity="warning")
        return mine

    @work(exclusive=True, group="ask")
    async def action_recode(self) -> None:
        """Give the marked passages, or the current one, another code, as one act."""
        mine = self._mine()
        if not mine:
            return
        title = ngettext("Another code for {n} passage", "Another code for {n} passages", len(mine))
        code_id = await self.pick(title.format(n=len(mine)), mine[0].code)
        code = self.desk.codebook.by_id.get(code_id or "")
        if code is None:
            return
        otherwise: Valence | None = Valence.NONE
        if not all(code.allows(row.valence) for row in mine):
            otherwise = await self.ask_valence(code)
        if otherwise is not None:
            self._change([row for row in mine if row.code != code.id], code=code.id, otherwise=otherwise)

    def action_valence(self, name: str) -> None:
        """Give the marked passages, or the current one, another valence, as one act."""
        self._change([row for row in self._mine() if row.valence != name], valence=Valence(name))

    def _change(
        self,
        rows: Sequence[Excerpt],
        *,
        code: str | None = None,
        valence: Valence | None = None,
        otherwise: Valence = Valence.NONE,
    ) -> None:
        if not rows:
            return
        with self.told():
            project, ids = self.desk.project, [row.coding_id for row in rows]
            if len(ids) == 1 and code is None:
                codings.change(project, ids[0], valence=valence)
            else:
                recoding.change_many(project, ids, code=code, valence=valence, otherwise=otherwise)
                what = self.desk.name(code) if code is not None else valence_name(valence or otherwise)
                text = ngettext("{n} passage: {what}", "{n} passages: {what}", len(ids))
                self.notify(_("u takes it back."), title=text.format(n=len(ids), what=what), markup=False)
            self.refreshed()

    @work(exclusive=True, group="ask")
    async def action_remove(self) -> None:
        """Remove the codings of the marked passages, or of the current one, as one act."""
        mine = self._mine()
        if not mine:
            return
        n = len(mine)
        if n > 1:
            question = ngettext(
                "Remove {n} coding? One undo brings it back.", "Remove {n} codings? One undo brings them back.", n
            )
            if not await self.app.push_screen_wait(Confirm(question.format(n=n), _("Remove"))):
                return
        with self.told():
            if n == 1:
                codings.remove(self.desk.project, mine[0].coding_id)
            else:
                codings.remove_many(self.desk.project, [row.coding_id for row in mine])
            text = ngettext("Removed: {n} coding. u brings it back.", "Removed: {n} codings. u brings them back.", n)
            self.notify(text.format(n=n))
            self.refreshed()

    @work(exclusive=True, group="ask")
    async def action_memo(self) -> None:
        """Write a memo on the current passage."""
        row = self.current
        if row is None:
            return
        project = self.desk.project
        mine = next((memo.text for memo in memos.of(project, row.coding_id) if memo.coder == project.coder), "")
        text = await self.app.push_screen_wait(MemoDialog(_("Memo: {code}").format(code=row.code_label), mine))
        if text.strip() != mine.strip():
            with self.told():
                codings.change(project, row.coding_id, memo=text)
                self.refreshed()

    def action_quote(self) -> None:
        """Mark the marked passages, or the current one, for quoting: worth it, never, no mark, one after the other."""
        chosen = [entry.key for entry in self.passages.chosen if isinstance(entry, PassageEntry)]
        if not chosen:
            return
        with self.told():
            project = self.desk.project
            now = quoting.marks(project).get(chosen[0], quoting.AUTO)
            after = {quoting.AUTO: quoting.YES, quoting.YES: quoting.NO, quoting.NO: quoting.AUTO}[now]
            quoting.mark(project, chosen, after)
            self.notify(quotable_name(after))
            self.refreshed()

    # Saving

    @work(exclusive=True, group="ask")
    async def action_save(self) -> None:
        """Write what is seen to a table."""
        if not self.seen or self.writing:
            return
        title = ngettext("Save {n} passage as a table", "Save {n} passages as a table", len(self.seen))
        name = f"{self.asked.code or _('passages')}.xlsx"
        folder = self.desk.project.path.resolve().parent
        about = _("The end of the name decides: .xlsx for Excel, .csv for other programs, .json.")
        path = await self.app.push_screen_wait(FileDialog(title.format(n=len(self.seen)), name, folder, about))
        if path is None:
            return
        if path.is_file() and not await self.app.push_screen_wait(
            Confirm(_("{path} is there already. Put the table in its place?").format(path=path), _("Replace"))
        ):
            return
        from ipscoding.exchange.columns import codings_table
        from ipscoding.exchange.write import write

        self.writing = _("writing …")
        self.show_here()
        try:
            with self.told():
                await asyncio.to_thread(write, codings_table(self.seen), path, language=language())
                self.notify(str(path), title=_("Saved: {counts}").format(counts=self.counts), markup=False)
        finally:
            self.writing = ""
            self.show_here()
