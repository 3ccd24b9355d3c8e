"""Bringing interviews in from the overview: a file or a folder is named, what would be read is shown, then it comes."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import work

from ipscoding.errors import FileProblem
from ipscoding.exchange.answers_in import is_table
from ipscoding.exchange.incoming import Incoming, passed_over_lines, read_incoming
from ipscoding.i18n import _, ngettext
from ipscoding.project import documents
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.screens.project_tables import ProjectTables
from ipscoding.tui.widgets.file_dialog import FileDialog
from ipscoding.tui.widgets.incoming_dialog import IncomingDialog


class Bringing(ProjectTables):
    """The part of the overview through which interviews come in."""

    @work(exclusive=True, group="bring")
    async def action_bring(self) -> None:
        """Ask for a file or a folder, show what would be read there, and import it."""
        about = _(
            "A file, or a folder with all its files: Word, LibreOffice, PDF, text, subtitles, machine transcripts. "
            "Nothing is changed yet: first you see what would be read."
        )
        dialog = FileDialog(_("Bring interviews in"), "", Path.cwd(), about, does=_("Enter look at it · Esc cancel"))
        path = await self.app.push_screen_wait(dialog)
        if path is None:
            return
        with self.told():
            if is_table(path) and path.is_file():
                raise FileProblem(
                    _("{file} is a table: which columns hold answers is said on the command line").format(
                        file=path.name
                    ),
                    f'ipscoding import "{self.desk.project.path}" "{path}" --text-column …',
                )
            # it must be gone before the keys of what comes are looked for below it
            self.notify(_("Reading {file} …").format(file=path.name), timeout=2, markup=False)
            incoming, results = await asyncio.to_thread(self._look, path)
            if not incoming.readings:
                raise incoming.failures[0][1] if incoming.failures else FileProblem(_("There is nothing to read"))
            readings = await self.app.push_screen_wait(IncomingDialog(incoming, results))
            if readings is None:
                return
            done = await asyncio.to_thread(self._import, readings)
            self.desk.refresh()
            self.reload()
            self._tell(done, passed_over_lines(incoming))

    def _look(self, path: Path) -> tuple[Incoming, dict[int, tuple[str, str]]]:
        """What is there, and what would become of each reading; on another thread."""
        incoming = read_incoming([path])
        with self.desk.project.reopen() as own:
            done = documents.add_all(own, incoming.readings, approved=True, dry_run=True)
        results = {
            at: (_("left out"), str(one.refusal))
            if one.refusal is not None
            else (_("new") if one.added else _("there already"), "")
            for at, one in enumerate(done.outcomes)
        }
        return incoming, results

    def _import(self, readings: Sequence[Reading]) -> documents.Imported:
        with self.desk.project.reopen() as own:
            # whoever pressed Enter has seen what was guessed
            return documents.add_all(own, readings, approved=True)

    def _tell(self, done: documents.Imported, passed_over: Sequence[str]) -> None:
        n, same, refused = len(done.added), len(done.unchanged), len(done.refused)
        said = [ngettext("{n} interview imported.", "{n} interviews imported.", n).format(n=n)]
        if same:
            text = ngettext("{n} was there already, unchanged.", "{n} were there already, unchanged.", same)
            said.append(text.format(n=same))
        if refused:
            said.append(ngettext("{n} was left out.", "{n} were left out.", refused).format(n=refused))
        if n:
            said.append(_("u takes it back."))
        self.notify("\n".join((" ".join(said), *passed_over)), markup=False)
