"""Choosing a code by a few letters, with what it means beside it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.domain import Code, Codebook, Valence, in_language
from ipscoding.i18n import _, language
from ipscoding.tui.code_search import CodeSearch, Match
from ipscoding.tui.words import valences_allowed


class CodePicker(ModalScreen[str | None]):
    """Gives the readable id of the code that was chosen, or None."""

    DEFAULT_CSS = """
    CodePicker {
        align: center middle;
        & > Vertical {
            width: 90%; max-width: 110; height: 80%; max-height: 34;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        Input { margin: 0 0 1 0; padding: 0 1; background: $boost; }
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
        self, codebook: Codebook, recent: Sequence[str], colours: Mapping[str, str], *, title: str, current: str = ""
    ) -> None:
        """`recent`: codes used last, latest first; `current`: the code to begin at."""
        super().__init__()
        self._codebook = codebook
        self._colours = colours
        self._search = CodeSearch(codebook, recent, language())
        self._title = title
        self._current = current
        self._shown: list[Match] = []

    def compose(self) -> ComposeResult:
        """A line to type in, the codes that fit, and what the highlighted one means."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = _("↑↓ choose · Enter apply · Esc cancel")
            yield Input(placeholder=_("Name, id or a word of the definition"), compact=True)
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
        self._shown = self._search.find(query)
        options = self.query_one(OptionList)
        options.set_options(Option(self._line(match), id=match.code.id) for match in self._shown)
        if not self._shown:
            self.query_one("#about", Static).update(_("No code fits this. Fewer letters find more."))
            return
        ids = [match.code.id for match in self._shown]
        options.highlighted = ids.index(self._current) if not query and self._current in ids else 0

    def _line(self, match: Match) -> Content:
        name = Content(match.code.name(language()))
        for place in match.letters:
            name = name.stylize("bold underline", place, place + 1)
        colour = self._colours.get(match.code.id, "$foreground")
        return Content.assemble(("■ ", colour), name, (f"  {match.through}" if match.through else "", "dim italic"))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        code = self._codebook.by_id.get(event.option_id or "")
        if code is not None:
            self.query_one("#about", Static).update(about(code, self._codebook))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    @on(Input.Submitted)
    def _entered(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None and self._shown:
            self.dismiss(self._shown[options.highlighted].code.id)

    def action_move(self, by: int) -> None:
        """Highlight another code; the line to type in keeps the keys."""
        options = self.query_one(OptionList)
        if self._shown:
            at = options.highlighted or 0
            last = len(self._shown) - 1
            options.highlighted = (at + by) % (last + 1) if abs(by) == 1 else min(max(at + by, 0), last)


def about(code: Code, codebook: Codebook) -> Content:
    """What `code` means: where it stands, definition, rules, valences, examples."""
    spoken = language()
    path = " › ".join(step.name(spoken) for step in codebook.path(code.id)[:-1])
    parts: list[Content | tuple[str, str]] = []
    if path:
        parts.append((path + "\n", "dim"))
    parts += [(code.name(spoken), "bold"), ("  " + code.id + "\n", "dim")]
    for title, text in (
        ("", code.definition),
        (_("Use when"), code.include_when),
        (_("Not when"), code.exclude_when),
    ):
        words = in_language(text, spoken)
        if words:
            parts.append(("\n" + (title + "\n" if title else ""), "bold"))
            parts.append((words + "\n", ""))
    parts.append(("\n" + valences_allowed(code) + "\n", "dim"))
    for example in code.examples:
        sign = example.valence.sign if example.valence is not Valence.NONE else "·"
        parts.append((f"\n{sign} «{example.text}»\n", "italic"))
    return Content.assemble(*parts)
