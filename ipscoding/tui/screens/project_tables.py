"""The tables of the overview and the counters above them; what can be done there is in `overview`."""

from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from ipscoding.analysis.names import natural, role_group
from ipscoding.domain import Document, Informant
from ipscoding.i18n import _, ngettext, quoted
from ipscoding.project import documents
from ipscoding.tui.progress import (
    Overview,
    attribute_name,
    attribute_names,
    by_role,
    overview,
    value_name,
    work_sign,
)
from ipscoding.tui.screens.beside import BesideScreen, KeyLine
from ipscoding.tui.widgets.counters import Counters
from ipscoding.tui.widgets.key_table import Column, KeyTable, Row
from ipscoding.tui.widgets.line import Line, StatusLine
from ipscoding.tui.words import NOT_STARTED, STATUS_SIGNS

INTERVIEWS = "interviews"
INFORMANTS = "informants"
STATUSES = ("", "not-started", *documents.STATUSES, "open")
"""What interviews can be narrowed to: all, own status, not done by everybody who has begun or made codings."""
_ORDER = ("", *documents.STATUSES)


def status_name(status: str) -> str:
    """One of `STATUSES` in words."""
    return {
        "": _("All interviews"),
        "not-started": _("{sign} that you have not started").format(sign=NOT_STARTED),
        "coding": _("{sign} that you are coding").format(sign=STATUS_SIGNS["coding"]),
        "done": _("{sign} that you are done with").format(sign=STATUS_SIGNS["done"]),
        "open": _("not done by all coders"),
    }[status]


@dataclass(frozen=True)
class Narrowed:
    """What is looked at; None and empty mean all."""

    text: str = ""
    role: str | None = None
    status: str = ""


class ProjectTables(BesideScreen):
    """Counters over two tables, of interviews and of informants, one of them shown."""

    DEFAULT_CSS = """
    ProjectTables {
        #find { display: none; border: none; height: 1; padding: 0 1; background: $boost; }
        #nothing { display: none; height: 1fr; padding: 1 4; content-align: center middle; }
        #about { height: 4; padding: 0 1; background: $background; border-top: solid $primary 40%; }
    }
    """
    AUTO_FOCUS = "#interviews"

    now = Overview()
    shown = INTERVIEWS
    narrowed = Narrowed()

    def compose(self) -> ComposeResult:
        """Where one is, the counters, the tables, what is known of the row under the cursor, the keys."""
        yield StatusLine(id="status")
        yield Counters(id="counters")
        yield Input(id="find", placeholder=_("Names, attributes, memos; Enter shows the list, Esc ends"))
        yield KeyTable(id=INTERVIEWS)
        yield KeyTable(id=INFORMANTS)
        yield Static(id="nothing", markup=False)
        yield Line(id="about")
        yield KeyLine(id="keys")

    @property
    def table(self) -> KeyTable:
        """The table that is shown."""
        return self.query_one(f"#{self.shown}", KeyTable)

    def document(self) -> Document | None:
        """The interview under the cursor; of an informant, the first."""
        if self.shown == INTERVIEWS:
            return next((document for document in self.now.documents if document.id == self.table.key), None)
        person = self.person()
        return next(iter(self.now.interviews_of(person.name)), None) if person else None

    def person(self) -> Informant | None:
        """The informant under the cursor, or of the interview there."""
        name = self.table.key
        if self.shown == INTERVIEWS:
            document = self.document()
            name = document.informant if document else ""
        return next((person for person in self.now.informants if person.name == name), None)

    # Showing

    def reload(self) -> None:
        """Show the project as it is now."""
        self.now = overview(self.desk)
        self._fill()

    def turn_to(self, table: str) -> None:
        """Show the other table."""
        self.shown = table
        self._fill()
        self.table.focus()

    def narrow(self, *, text: str | None = None, role: str | None = None, status: str | None = None) -> None:
        """Look only at what has this text, at one role, at one status; what is left out stays as it is."""
        self.narrowed = Narrowed(
            self.narrowed.text if text is None else text,
            self.narrowed.role if role is None else role,
            self.narrowed.status if status is None else status,
        )
        self._fill()

    def all_roles(self) -> None:
        """Look at all roles again."""
        self.narrowed = replace(self.narrowed, role=None)
        self._fill()

    def _fill(self) -> None:
        nothing = self._nothing()
        for name in (INTERVIEWS, INFORMANTS):
            self.query_one(f"#{name}").display = name == self.shown and not nothing
        self.query_one("#nothing", Static).update(nothing)
        self.query_one("#nothing").display = bool(nothing)
        if self.shown == INTERVIEWS:
            self.table.show(self._interview_columns(), [self._interview(one) for one in self._interviews()])
        else:
            attributes = attribute_names(self.now.informants)
            columns = [Column("name", _("Informant"), True), Column("role", _("Role")), Column("n", _("Interviews"))]
            columns += [Column(f"attributes.{name}", attribute_name(name)) for name in attributes]
            self.table.show(columns, [self._informant(one, attributes) for one in self._people()])
        self.query_one(Counters).show(self.now)
        self._show_status()
        self.show_about()
        self.query_one(KeyLine).show(self.ACTIONS)

    def _nothing(self) -> str:
        if not self.now.documents:
            return _(
                "There are no interviews in this project yet.\n\n"
                "i brings some in: a file or a whole folder. Or leave with Ctrl+Q and bring them in with\n\n"
                '  ipscoding import "{path}" FOLDER'
            ).format(path=self.desk.project.path)
        if not (self._interviews() if self.shown == INTERVIEWS else self._people()):
            return _("Nothing like that. a shows all.")
        return ""

    def _interview_columns(self) -> list[Column]:
        own = self.desk.project.coder
        return [
            Column("name", _("Interview"), True),
            Column("role", _("Role")),
            *(Column(f"coder.{coder}", coder, coder == own) for coder in self.now.coders),
            Column("words", _("Words")),
            Column("date", _("Date")),
            Column("language", _("Language")),
        ]

    def _interview(self, document: Document) -> Row:
        cells = {
            "name": document.name + (" ✎" if document.id in self.now.memos else ""),
            "role": role_group(document.role),
            "words": f"{document.words:>6}",
            "date": document.date,
            "language": document.language,
        }
        order: dict[str, object] = {
            "name": natural(document.name),
            "role": by_role(document.role),
            "words": document.words,
        }
        for coder in self.now.coders:
            at = (document.id, coder)
            cells[f"coder.{coder}"] = work_sign(self.desk, self.now, document.id, coder)
            order[f"coder.{coder}"] = (_ORDER.index(self.now.statuses.get(at, "")), self.now.made.get(at, 0))
        return Row(document.id, cells, order)

    def _informant(self, person: Informant, attributes: list[str]) -> Row:
        n = len(self.now.interviews_of(person.name))
        cells = {"name": person.name, "role": role_group(person.role), "n": f"{n:>10}"}
        cells |= {f"attributes.{name}": value_name(name, person.attributes.get(name, "")) for name in attributes}
        return Row(person.name, cells, {"name": natural(person.name), "role": by_role(person.role), "n": n})

    def _interviews(self) -> list[Document]:
        wanted = self.narrowed
        return [
            document
            for document in self.now.documents
            if (wanted.role is None or document.role == wanted.role)
            and self._has_status(document.id, wanted.status)
            and wanted.text.casefold() in self._words_of(document).casefold()
        ]

    def _people(self) -> list[Informant]:
        wanted = self.narrowed
        return [
            person
            for person in self.now.informants
            if (wanted.role is None or person.role == wanted.role)
            and wanted.text.casefold() in self._words_about(person).casefold()
        ]

    def _has_status(self, document_id: str, wanted: str) -> bool:
        if wanted == "open":
            return any(self.now.statuses.get((document_id, coder)) != "done" for coder in self.now.coders)
        status = self.desk.status(document_id) or "not-started"
        return not wanted or status == wanted

    def _words_of(self, document: Document) -> str:
        person = next((one for one in self.now.informants if one.name == document.informant), None)
        notes = [memo.text for memo in self.now.memos.get(document.id, ())]
        return " ".join([document.name, *notes, self._words_about(person) if person else ""])

    @staticmethod
    def _words_about(person: Informant) -> str:
        values = [value_name(name, value) for name, value in person.attributes.items()]
        return " ".join([person.name, role_group(person.role), *values])

    def _show_status(self) -> None:
        n, people = len(self.now.documents), len(self.now.informants)
        words, made = sum(document.words for document in self.now.documents), sum(self.now.made.values())
        wanted = self.narrowed
        only = [
            role_group(wanted.role) if wanted.role is not None else "",
            status_name(wanted.status) if wanted.status and self.shown == INTERVIEWS else "",
            quoted(wanted.text) if wanted.text else "",
        ]
        shown = len(self._interviews() if self.shown == INTERVIEWS else self._people())
        narrowed = _("{n} shown").format(n=shown) if any(only) else ""
        parts = [
            ngettext("{n} interview", "{n} interviews", n).format(n=n),
            ngettext("{n} informant", "{n} informants", people).format(n=people),
            ngettext("{n} word", "{n} words", words).format(n=words),
            ngettext("{n} coding", "{n} codings", made).format(n=made),
            *only,
            narrowed,
            self.desk.project.name,
        ]
        self.query_one(StatusLine).show(parts, strong=only)

    def show_about(self) -> None:
        """Say all that is known of the row under the cursor."""
        document, person = self.document(), self.person()
        head = []
        if document is not None and self.shown == INTERVIEWS:
            head.append(document.name)
            head.append(ngettext("{n} turn", "{n} turns", document.turns).format(n=document.turns))
        if person is not None:
            head += [person.name, role_group(person.role)]
            if self.shown == INFORMANTS:
                head += [one.name for one in self.now.interviews_of(person.name)]
            head += [f"{attribute_name(name)}: {value_name(name, v)}" for name, v in sorted(person.attributes.items())]
        target = document.id if document is not None and self.shown == INTERVIEWS else self.desk.project.id
        whose = "" if target != self.desk.project.id else _("project") + ", "
        notes = [
            f"{whose}{memo.coder}: {quoted(' '.join(memo.text.split()))}" for memo in self.now.memos.get(target, ())
        ]
        content = Content.assemble(" · ".join(head), (f"\n{'  '.join(notes)}" if notes else "", "italic"))
        self.query_one("#about", Line).say(content)

    @on(DataTable.RowHighlighted)
    def _walked(self) -> None:
        self.show_about()
