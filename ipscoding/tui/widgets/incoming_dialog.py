"""What would be read from files, before they come into the project."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Static

from ipscoding.domain import clock_time
from ipscoding.exchange.incoming import Incoming, language_shown, remark_lines, speakers_in_short
from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.corrections import labels, with_interviewers
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.widgets.dialog import Dialog
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.key_table import Column, KeyTable, Row

_DOUBTS_SHOWN = 6


class IncomingDialog(Dialog[Sequence[Reading] | None]):
    """Gives the readings to import, as they were corrected here; None where it was left."""

    DEFAULT_CSS = """
    IncomingDialog {
        align: center middle;
        & > Vertical {
            width: 94%; height: 90%; background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 80%;
        }
        KeyTable { height: 2fr; }
        #about { height: 1fr; min-height: 6; border-top: solid $primary 40%; overflow-y: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter", "take", show=False, priority=True),
        Binding("i", "interviewer", show=False),
    ]

    def __init__(self, incoming: Incoming, results: Mapping[int, tuple[str, str]]) -> None:
        """`results`: of each reading, by its place, what would become of it in a word, and why."""
        super().__init__()
        self._incoming = incoming
        self._results = results

    def compose(self) -> ComposeResult:
        """The table, and below it what is known of the row under the cursor."""
        with Vertical() as box:
            n = len(self._incoming.readings)
            box.border_title = ngettext("{n} interview to read", "{n} interviews to read", n).format(n=n)
            box.border_subtitle = _("Enter import · i who is the interviewer · Esc cancel")
            yield KeyTable(id="incoming")
            yield Static(id="about")

    def on_mount(self) -> None:
        """Show what there is."""
        self._fill()
        self.query_one(KeyTable).focus()

    @property
    def _at(self) -> int:
        """The place of the reading under the cursor; -1 for a file that could not be read."""
        key = self.query_one(KeyTable).key
        return int(key) if key else -1

    def _fill(self) -> None:
        columns = [
            Column("file", _("File"), True),
            Column("result", _("Result")),
            Column("speakers", _("Speakers (interviewer)")),
            Column("words", _("Words")),
            Column("language", _("Language")),
            Column("times", _("Times until")),
        ]
        rows = [
            Row(
                str(at),
                {
                    "file": seen.source,
                    "speakers": speakers_in_short(seen),
                    "words": f"{seen.words:>6}",
                    "language": language_shown(seen),
                    "times": clock_time(seen.until) if seen.until is not None else "",
                    "result": self._results.get(at, ("", ""))[0],
                },
                {"words": seen.words},
            )
            for at, seen in enumerate(self._incoming.previews)
        ]
        rows += [
            Row(
                str(-1 - at),
                {**dict.fromkeys((column.key for column in columns), ""), "file": path.name, "result": _("left out")},
                {"words": -1},
            )
            for at, (path, _error) in enumerate(self._incoming.failures)
        ]
        self.query_one(KeyTable).show(columns, rows)
        self._tell()

    @on(DataTable.RowHighlighted)
    def _tell(self) -> None:
        at = self._at
        about = self.query_one("#about", Static)
        if at < 0:
            failures = self._incoming.failures
            about.update(Content(str(failures[-1 - at][1]) if failures else ""))
            return
        seen = self._incoming.previews[at]
        lines = [
            _("{speaker}: {turns}, {words}").format(
                speaker=(speaker.label or _("(nobody named)"))
                + (_(" (interviewer: left out of counts)") if speaker.interviewer else ""),
                turns=ngettext("{n} turn", "{n} turns", speaker.turns).format(n=speaker.turns),
                words=ngettext("{n} word", "{n} words", speaker.words).format(n=speaker.words),
            )
            for speaker in seen.speakers
        ]
        why = self._results.get(at, ("", ""))[1]
        lines += [why] if why else []
        if seen.to_approve:
            lines.append(_("Its layout was guessed: Enter says that it was looked at"))
        lines += remark_lines(seen.source, seen.doubts, _DOUBTS_SHOWN)
        about.update(Content("\n".join(lines)))

    @work(exclusive=True, group="ask")
    async def action_interviewer(self) -> None:
        """Ask who is the interviewer in the file under the cursor."""
        at = self._at
        if at < 0 or not labels(self._incoming.readings[at]):
            return
        readings = list(self._incoming.readings)
        names = labels(readings[at])
        choices = [(str(number), Content(name)) for number, name in enumerate(names)]
        chosen = await self.app.push_screen_wait(Chooser(_("Who is the interviewer?"), choices))
        if chosen is not None:
            readings[at] = with_interviewers(readings[at], [names[int(chosen)]])
            self._incoming = replace(self._incoming, readings=readings)
            self._fill()

    def action_take(self) -> None:
        """Import what is shown."""
        self.dismiss(self._incoming.readings)
