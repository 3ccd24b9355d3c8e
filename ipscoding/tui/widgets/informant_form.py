"""Role and attributes of an informant, to be changed in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Label, Select, Static

from ipscoding.codebook.informants import Attribute, shipped_scheme
from ipscoding.domain import Informant, in_language
from ipscoding.i18n import _, language
from ipscoding.tui.progress import attribute_name
from ipscoding.tui.widgets.dialog import Dialog


@dataclass(frozen=True)
class Changed:
    """What differs after the form: the role (None: as it was), and attributes, an empty one to be taken away."""

    role: str | None
    attributes: dict[str, str]


class InformantForm(Dialog[Changed | None]):
    """One line for the role and for each attribute that the role can have; closing keeps what was changed."""

    DEFAULT_CSS = """
    InformantForm {
        align: center middle;
        & > VerticalScroll {
            width: 90%; max-width: 84; height: auto; max-height: 90%; background: $surface; border: round $primary;
            padding: 0 1; border-title-color: $foreground; border-subtitle-color: $foreground 70%;
            scrollbar-size-vertical: 1;
        }
        .line { height: auto; }
        .line > Label { width: 42%; padding: 0 1 0 0; }
        .line > Input, .line > Select { width: 1fr; }
        .line > .own { width: 42%; }
        #wrong { color: $text-error; height: auto; display: none; }
        #answers { height: 1; margin: 1 0 0 0; }
        Button { margin: 0 2 0 0; }
    }
    """
    AUTO_FOCUS = "#role"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "keep", show=False)]

    def __init__(self, person: Informant) -> None:
        super().__init__()
        self._person = person
        self._fields: dict[str, Input | Select[str]] = {}

    def compose(self) -> ComposeResult:
        """The lines."""
        scheme, person = shipped_scheme(), self._person
        with VerticalScroll(can_focus=False) as box:
            box.border_title = _("Informant {name}").format(name=person.name)
            box.border_subtitle = _("Tab next · Esc keeps it and closes · undo takes it back")
            roles = [(in_language(role.label, language()) or role.id, role.id) for role in scheme.roles]
            with Horizontal(classes="line"):
                yield Label(_("Role"))
                yield _select("role", roles, person.role)
            unknown = sorted(set(person.attributes) - {attribute.id for attribute in scheme.attributes})
            for attribute in (*scheme.attributes, *(Attribute(name, "text", {}) for name in unknown)):
                with Horizontal(classes="line", name=attribute.id):
                    yield Label(attribute_name(attribute.id), markup=False)
                    made = self._field(attribute, person.attributes.get(attribute.id, ""))
                    self._fields[attribute.id] = made
                    yield made
            with Horizontal(classes="line"):
                yield Input(id="new-name", compact=True, classes="own", placeholder=_("Another attribute"))
                yield Input(id="new-value", compact=True, placeholder=_("its value"))
            yield Static(id="wrong", markup=False)
            with Horizontal(id="answers"):
                yield Button(_("Keep"), id="keep", variant="primary", compact=True)
                yield Button(_("Leave as it was"), id="leave", compact=True)

    @staticmethod
    def _field(attribute: Attribute, value: str) -> Input | Select[str]:
        if attribute.type == "enum":
            names = [(in_language(one.label, language()) or one.id, one.id) for one in attribute.values]
            return _select(None, names, value)
        hints = {"date": _("YYYY-MM-DD"), "int": _("a number")}
        return Input(value, compact=True, placeholder=hints.get(attribute.type, ""))

    def on_mount(self) -> None:
        """Show the lines that belong to the role."""
        for field in self.query(Input):
            field.cursor_blink = field.select_on_focus = False  # a letter typed must not wipe what is there
        self._show_lines()

    @on(Select.Changed, "#role")
    def _show_lines(self) -> None:
        role = self._role()
        for line in self.query(".line"):
            known = shipped_scheme().attribute(line.name or "")
            applies = known is None or not known.roles or role in known.roles
            line.display = applies or bool(self._person.attributes.get(known.id if known else ""))

    def _role(self) -> str:
        value = self.query_one("#role", Select).value
        return value if isinstance(value, str) else ""

    def _values(self) -> Iterator[tuple[str, str]]:
        for name, field in self._fields.items():
            value = field.value.strip() if isinstance(field.value, str) else ""
            yield name, value
        name, value = (self.query_one(f"#new-{part}", Input).value.strip() for part in ("name", "value"))
        if name and value:
            yield name, value

    def _wrong(self) -> tuple[str, Input] | None:
        """What cannot be kept, and where."""
        for name, field in self._fields.items():
            kind = known.type if (known := shipped_scheme().attribute(name)) else "text"
            if not isinstance(field, Input) or not field.value.strip():
                continue
            if kind == "int" and not field.value.strip().isdecimal():
                return _("{name}: a whole number is wanted").format(name=attribute_name(name)), field
            if kind == "date" and not _is_date(field.value.strip()):
                return _("{name}: a date is wanted, as 2026-03-12").format(name=attribute_name(name)), field
        new, its = self.query_one("#new-name", Input), self.query_one("#new-value", Input)
        if bool(new.value.strip()) != bool(its.value.strip()):
            return _("An attribute needs both a name and a value"), its if new.value.strip() else new
        return None

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Give back what differs; where something cannot be kept, say so and stay."""
        wrong = self._wrong()
        if wrong is not None:
            said = self.query_one("#wrong", Static)
            said.update(wrong[0])
            said.display = True
            wrong[1].focus()
            return
        before = self._person.attributes
        attributes = {name: value for name, value in self._values() if value != before.get(name, "")}
        role = self._role() if self._role() != self._person.role else None
        self.dismiss(Changed(role, attributes) if attributes or role is not None else None)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)


def _select(id: str | None, options: list[tuple[str, str]], value: str) -> Select[str]:
    if value and value not in {known for _name, known in options}:
        options = [*options, (value, value)]
    return Select(options, id=id, prompt=_("not said"), compact=True, value=value or Select.NULL)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-03-12")
