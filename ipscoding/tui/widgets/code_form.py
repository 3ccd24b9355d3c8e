"""Writing down what a code is: its names, what it means, what it allows, how it looks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Label, Select, TextArea

from ipscoding.domain import Code, Valence
from ipscoding.i18n import LANGUAGES, _, language
from ipscoding.tui.colours import HUES
from ipscoding.tui.ink import square
from ipscoding.tui.widgets.dialog import Dialog
from ipscoding.tui.widgets.dialogs import Confirm
from ipscoding.tui.words import hue_name, language_name, valence_allowed_name

_TEXTS = ("definition", "include_when", "exclude_when")
_NO_COLOUR = "-"
_HEX = re.compile(r"[0-9a-f]{3}|[0-9a-f]{6}")


@dataclass(frozen=True)
class CodeWish:
    """What a code is to be; texts by language, an empty `colour` is that of its domain."""

    label: Mapping[str, str] = field(default_factory=dict)
    definition: Mapping[str, str] = field(default_factory=dict)
    include_when: Mapping[str, str] = field(default_factory=dict)
    exclude_when: Mapping[str, str] = field(default_factory=dict)
    valence: Valence = Valence.BOTH
    colour: str = ""
    parent: str = ""

    @classmethod
    def of(cls, code: Code) -> "CodeWish":
        """What `code` is now."""
        return cls(
            dict(code.label),
            dict(code.definition),
            dict(code.include_when),
            dict(code.exclude_when),
            code.valence,
            _hex(code.colour),
            code.parent or "",
        )


def _hex(colour: str) -> str:
    value = colour.strip().removeprefix("#").lower()
    return f"#{value}" if _HEX.fullmatch(value) else ""


class CodeForm(Dialog[CodeWish | None]):
    """A form for a code; gives what was written, or None."""

    DEFAULT_CSS = """
    CodeForm {
        align: center middle;
        & > Vertical {
            width: 94%; max-width: 84; height: auto; max-height: 96%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        & VerticalScroll { height: auto; max-height: 80vh; scrollbar-size-vertical: 1; }
        Label { color: $foreground 80%; margin: 1 0 0 0; }
        Label.-first { margin: 0; }
        Input, TextArea, Select { background: $boost; }
        Input { padding: 0; }
        TextArea { height: 4; padding: 0; border: none; }
        SelectCurrent { padding: 0; border: none; }
        Horizontal { height: auto; }
        #buttons { margin: 1 0 0 0; height: auto; }
        Button { margin: 0 2 0 0; }
    }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(
        self, title: str, wish: CodeWish, *, parents: Sequence[tuple[str, str]] = (), full: bool = False
    ) -> None:
        """`parents`: names and readable ids of where it may belong (empty: not asked); `full`: ask for everything."""
        super().__init__()
        self._title = title
        self._before = wish
        self._parents = parents
        self._full = full
        self._spoken = language()
        self._texts = {name: dict(getattr(wish, name)) for name in _TEXTS}

    def compose(self) -> ComposeResult:
        """A field for everything that is asked."""
        wish = self._before
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = _("Tab next field · Ctrl+S keep · Esc cancel")
            with VerticalScroll(can_focus=False):
                for number, spoken in enumerate(self._languages()):
                    yield Label(_("Name in {language}").format(language=language_name(spoken)), classes=_first(number))
                    yield Input(wish.label.get(spoken, ""), id=f"label-{spoken}", compact=True)
                if self._parents:
                    yield Label(_("Belongs under"))
                    known = {code_id for _name, code_id in self._parents}
                    parent = wish.parent if wish.parent in known else self._parents[0][1]
                    yield Select(self._parents, value=parent, allow_blank=False, id="parent", compact=True)
                if self._full:
                    yield Label(_("Definition and rules in"))
                    spoken_names = [(language_name(one), one) for one in LANGUAGES]
                    yield Select(spoken_names, value=self._spoken, allow_blank=False, id="spoken", compact=True)
                yield Label(_("Definition"))
                yield self._area("definition")
                if self._full:
                    yield Label(_("Use when"))
                    yield self._area("include_when")
                    yield Label(_("Not when"))
                    yield self._area("exclude_when")
                    yield Label(_("Passages may be"))
                    allowed = [(valence_allowed_name(valence), str(valence)) for valence in _ALLOWED]
                    yield Select(allowed, value=str(wish.valence), allow_blank=False, id="valence", compact=True)
                    yield Label(_("Colour"))
                    yield Select(
                        self._colours(), value=wish.colour or _NO_COLOUR, allow_blank=False, id="colour", compact=True
                    )
            with Horizontal(id="buttons"):
                yield Button(_("Keep"), id="keep", variant="primary", compact=True)
                yield Button(_("Cancel"), id="leave", compact=True)

    def _languages(self) -> list[str]:
        others = [one for one in LANGUAGES if one != self._spoken]
        return [self._spoken, *others] if self._full else [self._spoken]

    def _area(self, name: str) -> TextArea:
        text = self._texts[name].get(self._spoken, "")
        area = TextArea(text, id=name, soft_wrap=True, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        area.cursor_blink = False
        return area

    def _colours(self) -> list[tuple[Content, str]]:
        shown = [(Content(_("as its domain")), _NO_COLOUR)]
        own = self._before.colour
        if own and own not in HUES:
            shown.append((Content.assemble(square(self, own), own), own))
        return shown + [(Content.assemble(square(self, hue), hue_name(hue)), hue) for hue in HUES]

    def on_mount(self) -> None:
        """Begin with the name."""
        for field_ in self.query(Input):
            field_.cursor_blink = False
        self.query_one(f"#label-{self._spoken}", Input).focus(scroll_visible=False)

    @on(Select.Changed, "#spoken")
    def _other_language(self, event: Select.Changed) -> None:
        self._remember()
        self._spoken = str(event.value)
        for name in _TEXTS:
            self.query_one(f"#{name}", TextArea).text = self._texts[name].get(self._spoken, "")

    def _remember(self) -> None:
        for name in _TEXTS:
            for area in self.query(f"#{name}").results(TextArea):
                self._texts[name][self._spoken] = area.text.strip()

    @property
    def wish(self) -> CodeWish:
        """What is written now."""
        self._remember()
        label = {**self._before.label}
        for field_ in self.query(Input):
            label[(field_.id or "").removeprefix("label-")] = field_.value.strip()
        wish = _with_texts(self._before, label, self._texts)
        if self._parents:
            wish = replace(wish, parent=self._chosen("parent"))
        if self._full:
            colour = self._chosen("colour")
            valence = Valence(self._chosen("valence"))
            wish = replace(wish, valence=valence, colour="" if colour == _NO_COLOUR else colour)
        return wish

    def _chosen(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Select).value)

    @property
    def changed(self) -> bool:
        """Whether anything was written that is not there already."""
        return _bare(self.wish) != _bare(self._before)

    @on(Input.Submitted)
    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Give back what was written."""
        wish = self.wish
        if any(wish.label.values()):
            self.dismiss(wish)
        else:
            self.notify(_("Write what the code is called."), severity="warning")
            self.query(Input).first().focus()

    @on(Button.Pressed, "#leave")
    @work(exclusive=True, group="ask")
    async def action_leave(self) -> None:
        """Leave, but not what was written without asking."""
        question = _("Leave without keeping what you wrote?")
        if not self.changed or await self.app.push_screen_wait(Confirm(question, _("Leave"))):
            self.dismiss(None)


_ALLOWED = (Valence.BOTH, Valence.BARRIER, Valence.FACILITATOR, Valence.NONE)


def _with_texts(wish: CodeWish, label: Mapping[str, str], texts: Mapping[str, Mapping[str, str]]) -> CodeWish:
    return replace(
        wish,
        label=label,
        definition=texts["definition"],
        include_when=texts["include_when"],
        exclude_when=texts["exclude_when"],
    )


def _bare(wish: CodeWish) -> CodeWish:
    """`wish` without empty texts and without the parent, which a click may have chosen."""

    def written(texts: Mapping[str, str]) -> dict[str, str]:
        return {spoken: text for spoken, text in texts.items() if text}

    texts = {name: written(getattr(wish, name)) for name in _TEXTS}
    return replace(_with_texts(wish, written(wish.label), texts), parent="")


def _first(number: int) -> str:
    return "" if number else "-first"
