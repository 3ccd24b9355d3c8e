"""The acts of a project as a list to walk and to narrow down; what can be done from there is in `history`."""

from dataclasses import dataclass, replace

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList

from ipscoding.i18n import _, ngettext, quoted
from ipscoding.project import journal
from ipscoding.project.act_kinds import KINDS, kind_name
from ipscoding.project.blind import veiled
from ipscoding.project.journal import Entry
from ipscoding.tui.screens.beside import BesideScreen, KeyLine
from ipscoding.tui.widgets.act_list import ActList, local, said
from ipscoding.tui.widgets.line import Line, StatusLine

_PAGE = 300
_NEAR_THE_END = 10
_TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class Narrowed:
    """Which acts are looked at; empty means all."""

    text: str = ""
    coder: str = ""
    kind: str = ""
    document_id: str = ""


class ActsScreen(BesideScreen):
    """What was done in the project, latest first."""

    DEFAULT_CSS = """
    ActsScreen {
        #acts { height: 1fr; border: none; }
        #find { display: none; border: none; height: 1; padding: 0 1; background: $boost; }
        #about { height: 3; padding: 0 1; background: $background; border-top: solid $primary 40%; text-wrap: nowrap;
            text-overflow: ellipsis; }
    }
    """
    AUTO_FOCUS = "#acts"
    _narrowed = Narrowed()
    _limit = _PAGE
    _entries: tuple[Entry, ...] = ()
    _more = False
    stepping = ""

    def compose(self) -> ComposeResult:
        """What is looked at, the acts, what is known of the one under the cursor, and the keys."""
        yield StatusLine(id="status")
        yield Input(id="find", placeholder=_("Words of an act; Enter shows the list, Esc ends"))
        yield ActList(id="acts")
        yield Line(id="about")
        yield KeyLine(id="keys")

    @property
    def acts(self) -> ActList:
        """The list."""
        return self.query_one(ActList)

    # Showing

    def reload(self, newest: bool = False) -> None:
        """Show the acts as they are now; `newest` puts the cursor on the latest."""
        wanted = self._narrowed
        entries = journal.history(
            self.desk.project,
            limit=self._limit,
            coder=wanted.coder or None,
            document_id=wanted.document_id or None,
            names=KINDS[wanted.kind][1] if wanted.kind in KINDS else None,
            kinds={"undo", "redo"} if wanted.kind == _TAKEN_BACK else None,
            text=wanted.text,
        )
        self._more = len(entries) == self._limit
        if wanted.text:  # words of a hidden act must not be guessed by searching for them
            entries = [entry for entry in entries if not self._hidden(entry)]
        first = not self._entries
        self._entries = tuple(veiled(entry) if self._hidden(entry) else entry for entry in entries)
        highlight = self._entries[0].id if self._entries and (first or newest) else None
        self.acts.show(self._entries, self.interview, _("No act like that. a shows all."), highlight)
        self.show_about()
        self.query_one(KeyLine).show(self.ACTIONS)

    def _hidden(self, entry: Entry) -> bool:
        """Whether blind coding hides what somebody else did in an interview."""
        return entry.document_id is not None and not self.desk.may_see(entry.document_id, entry.coder)

    def interview(self, document_id: str) -> str:
        """An interview's name; empty where it is gone."""
        return next((document.name for document in self.desk.documents if document.id == document_id), "")

    def show_about(self) -> None:
        """Say what is looked at, and all that is known of the act under the cursor."""
        shown = len(self._entries)
        wanted = self._narrowed
        kinds = {_TAKEN_BACK: _("taken back and done again"), "": ""}
        parts = [
            _("History"),
            _("the latest {n} acts").format(n=shown)
            if self._more
            else ngettext("{n} act", "{n} acts", shown).format(n=shown),
            wanted.coder,
            kinds[wanted.kind] if wanted.kind in kinds else kind_name(wanted.kind),
            self.interview(wanted.document_id),
            quoted(wanted.text) if wanted.text else "",
            self.stepping,
        ]
        self.query_one(StatusLine).show(parts, strong=[*parts[2:6], self.stepping])
        entry = self.entry()
        self.query_one("#about", Line).say(self._about(entry) if entry else Content())

    def _about(self, entry: Entry) -> Content:
        where = self.interview(entry.document_id or "")
        changes = ngettext("{n} change", "{n} changes", entry.events).format(n=entry.events)
        parts = (f"{local(entry.time):%Y-%m-%d %H:%M:%S}", entry.coder, where or _("no place in an interview"), changes)
        return Content.assemble(
            (f"{said(entry)} " if said(entry) else "", "bold"), entry.text, "\n", (" · ".join(parts), "dim")
        )

    def entry(self) -> Entry | None:
        """The act under the cursor."""
        at = self.acts.highlighted
        key = self.acts.get_option_at_index(at).id if at is not None and at < self.acts.option_count else None
        return next((entry for entry in self._entries if entry.id == key), None)

    @on(OptionList.OptionHighlighted, "#acts")
    def _walked(self, event: OptionList.OptionHighlighted) -> None:
        if self._more and event.option_index >= self.acts.option_count - _NEAR_THE_END:
            self._limit += _PAGE
            self.reload()
        else:
            self.show_about()

    # Narrowing

    def _narrow(self, wanted: Narrowed) -> None:
        self._narrowed, self._limit = wanted, _PAGE
        with self.told():
            self.reload()

    def action_find(self) -> None:
        """Ask for words of an act."""
        field = self.query_one("#find", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        if event.value.strip() != self._narrowed.text:
            self._narrow(replace(self._narrowed, text=event.value.strip()))

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.query_one("#find").display = False
        self.acts.focus()

    def action_mine(self) -> None:
        """Turn between one's own acts and everybody's."""
        own = self.desk.project.coder
        self._narrow(replace(self._narrowed, coder="" if self._narrowed.coder == own else own))

    def action_all(self) -> None:
        """Look at all acts again."""
        self.query_one("#find", Input).value = ""
        self._narrow(Narrowed())

    @work(exclusive=True, group="ask")
    async def action_coder(self) -> None:
        """Ask whose acts to look at."""
        names = journal.coders(self.desk.project)
        chosen = await self.choose(_("Whose acts?"), [_("Everybody"), *names])
        if chosen is not None:
            self._narrow(replace(self._narrowed, coder=["", *names][chosen]))

    @work(exclusive=True, group="ask")
    async def action_kind(self) -> None:
        """Ask which kind of act to look at."""
        names = [_("All kinds"), *map(kind_name, KINDS), _("Taken back and done again")]
        chosen = await self.choose(_("Which acts?"), names)
        if chosen is not None:
            self._narrow(replace(self._narrowed, kind=["", *KINDS, _TAKEN_BACK][chosen]))

    @work(exclusive=True, group="ask")
    async def action_document(self) -> None:
        """Ask which interview's acts to look at."""
        found = self.desk.documents
        chosen = await self.choose(
            _("Acts on which interview?"), [_("All interviews"), *(document.name for document in found)]
        )
        if chosen is not None:
            self._narrow(replace(self._narrowed, document_id=["", *(document.id for document in found)][chosen]))
