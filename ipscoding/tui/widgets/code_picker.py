"""Choosing one code or several by a few letters, with what they mean beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.domain import Code, Codebook
from ipscoding.i18n import _, language, quoted
from ipscoding.tui.code_search import CodeSearch, Match
from ipscoding.tui.code_text import about
from ipscoding.tui.ink import square
from ipscoding.tui.widgets.dialog import Dialog

Result = TypeVar("Result")
_NEW = "+"  # no code has this id


class Picker(Dialog[Result]):
    """A line to type in, the codes that fit, and what the highlighted one means."""

    BY_CLICK = True
    DEFAULT_CSS = """
    Picker {
        align: center middle;
        & > Vertical {
            width: 90%; max-width: 110; height: 80%; max-height: 34;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        Input { margin: 0 0 1 0; padding: 0 1; background: $boost; }
        #chosen { height: auto; max-height: 3; margin: 0 0 1 0; padding: 0 1; display: none; }
        Horizontal { height: 1fr; }
        OptionList { width: 1fr; height: 1fr; border: none; padding: 0; background: $surface; }
        OptionList { scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        OptionList:focus { border: none; }
        VerticalScroll { width: 1fr; padding: 0 0 0 2; scrollbar-size-vertical: 1; }
        &.-narrow Horizontal { layout: vertical; }
        &.-narrow VerticalScroll { height: 7; width: 100%; border-top: solid $primary 40%; padding: 0 1; }
        &.-narrow OptionList { width: 100%; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (96, "-wide")]  # noqa: RUF012 - an instance variable upstream
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
    ]

    def __init__(
        self,
        codebook: Codebook,
        recent: Sequence[str],
        colours: Mapping[str, str],
        *,
        title: str,
        current: str = "",
        digits: Mapping[str, int] | None = None,
        codes: Iterable[Code] | None = None,
    ) -> None:
        """What there is to choose from.

        `recent`: codes used last, latest first; `current`: the code to begin at; `digits`: each code's key;
        `codes`: which are offered (those in use).
        """
        super().__init__()
        self._codebook = codebook
        self._colours = colours
        self._search = CodeSearch(codebook, recent, language(), codes=codes)
        self._title = title
        self._current = current
        self._digits = digits or {}
        self._rows: list[str] = []
        self._matches: list[Match] = []

    def compose(self) -> ComposeResult:
        """A line to type in, the codes that fit, and what the highlighted one means."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = self._keys()
            yield Input(placeholder=_("Name, id or a word of the definition"), compact=True)
            yield Static(id="chosen")
            with Horizontal():
                yield OptionList()
                with VerticalScroll(can_focus=False):
                    yield Static(id="about")

    def on_mount(self) -> None:
        """Show all codes."""
        self._list("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, query: str) -> None:
        self._matches = self._search.find(query)
        self._rows = [match.code.id for match in self._matches]
        options = [Option(self._line(match), id=match.code.id) for match in self._matches]
        new = self._row_for_new(query.strip())
        if new is not None:
            self._rows.append(_NEW)
            options.append(Option(new, id=_NEW))
        self.query_one(OptionList).set_options(options)
        if not self._rows:
            self._tell(_("No code fits this. Fewer letters find more."))
            return
        begin = not query and self._current in self._rows
        self.query_one(OptionList).highlighted = self._rows.index(self._current) if begin else 0

    def _line(self, match: Match) -> Content:
        name = Content(match.code.name(language()))
        for place in match.letters:
            name = name.stylize("bold underline", place, place + 1)
        digit = str(self._digits.get(match.code.id, ""))
        return Content.assemble(
            self._tick(match.code.id),
            (f"{digit:1} " if self._digits else "", "bold $text-accent"),
            square(self.query_one(OptionList), self._colours.get(match.code.id, "")),
            name,
            (f"  {match.through}" if match.through else "", "dim italic"),
        )

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        code = self._codebook.by_id.get(event.option_id or "")
        self._tell(about(code, self._codebook) if code is not None else self._about_new())

    def _tell(self, text: str | Content) -> None:
        self.query_one("#about", Static).update(text)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_id or "")

    @on(Input.Submitted)
    def _entered(self) -> None:
        row = self.highlighted
        if row:
            self._take(row)

    @property
    def highlighted(self) -> str:
        """What the highlighted row stands for; empty where there is none."""
        at = self.query_one(OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else ""

    def action_move(self, by: int) -> None:
        """Highlight another row; the line to type in keeps the keys."""
        options = self.query_one(OptionList)
        if self._rows:
            at = options.highlighted or 0
            last = len(self._rows) - 1
            options.highlighted = (at + by) % (last + 1) if abs(by) == 1 else min(max(at + by, 0), last)

    # What kinds of pickers do in their own way

    def _keys(self) -> str:
        return _("↑↓ choose · Enter apply · Esc cancel")

    def _tick(self, code_id: str) -> str:
        return ""

    def _row_for_new(self, query: str) -> Content | None:
        return None

    def _about_new(self) -> str:
        return ""

    def _take(self, row: str) -> None:
        self.dismiss(None)


class CodePicker(Picker[str | None]):
    """Gives the readable id of the code that was chosen, or None."""

    def _take(self, row: str) -> None:
        self.dismiss(row)


@dataclass(frozen=True)
class Picked:
    """The codes that were chosen, by readable id, and the name of one to make (None: none)."""

    codes: tuple[str, ...]
    new: str | None = None


class CodesPicker(Picker[Picked | None]):
    """Gives the codes that were marked, or the highlighted one; the last row makes a new code."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "mark", show=False, priority=True)]

    def __init__(
        self,
        codebook: Codebook,
        recent: Sequence[str],
        colours: Mapping[str, str],
        *,
        title: str,
        current: str = "",
        digits: Mapping[str, int] | None = None,
        several: bool = True,
        empty: str = "",
    ) -> None:
        """`several`: more than one may be marked; `empty`: what to say where the codebook holds no code."""
        super().__init__(codebook, recent, colours, title=title, current=current, digits=digits)
        self._several = several
        self._empty = empty
        self._marked: dict[str, None] = {}

    def _keys(self) -> str:
        if not self._several:
            return super()._keys()
        return _("↑↓ choose · Tab mark several · Enter apply · Esc cancel")

    def _tick(self, code_id: str) -> str:
        return ("✓ " if code_id in self._marked else "  ") if self._several else ""

    def _row_for_new(self, query: str) -> Content | None:
        text = _("Create {label} …").format(label=quoted(query)) if query else _("Create a new code …")
        return Content.assemble("  " if self._several else "", ("+ ", "bold $text-accent"), (text, "italic"))

    def _about_new(self) -> str:
        if self._empty and not self._matches:
            return self._empty
        return _("A new code. You say what it is called and where it belongs, and the passage gets it.")

    def _take(self, row: str) -> None:
        if row == _NEW:
            self.dismiss(Picked(tuple(self._marked), self.query_one(Input).value.strip()))
        else:
            self.dismiss(Picked(tuple(self._marked) or (row,)))

    def action_mark(self) -> None:
        """Mark the highlighted code, or take its mark away, and go on to the next."""
        row = self.highlighted
        if not self._several or row in ("", _NEW):
            return
        if row in self._marked:
            del self._marked[row]
        else:
            self._marked[row] = None
        options = self.query_one(OptionList)
        match = next(match for match in self._matches if match.code.id == row)
        options.replace_option_prompt(row, self._line(match))
        names = [self._codebook.by_id[code].name(language()) for code in self._marked]
        chosen = self.query_one("#chosen", Static)
        chosen.display = bool(names)
        chosen.update(Content.assemble(("✓ ", "bold $text-accent"), " · ".join(names)))
        if self._rows.index(row) + 1 < len(self._matches):
            self.action_move(1)
