"""The codebook at the side: a tree to search and fold, with counts and keys, and what the code at its cursor means."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.domain import Code, Codebook
from ipscoding.i18n import _, language, ngettext
from ipscoding.tui.code_search import CodeSearch
from ipscoding.tui.code_text import about
from ipscoding.tui.ink import square
from ipscoding.tui.standing import Standing
from ipscoding.tui.widgets.panels import SideList


class CodeList(SideList):
    """The codes; what can be done with the one at the cursor is bound by the screen."""


class SearchField(Input):
    """The line that narrows the tree; arrows and Enter lead on to the codes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "done(False)", show=False),
        Binding("escape", "done(True)", show=False),
    ]

    class Done(Message):
        """Enough typed; `clear`: show the whole tree again."""

        def __init__(self, clear: bool) -> None:
            super().__init__()
            self.clear = clear

    def action_done(self, clear: bool) -> None:
        """Lead on to the codes."""
        self.post_message(self.Done(clear))


class CodebookPanel(Vertical):
    """Search field, tree and meaning."""

    DEFAULT_CSS = """
    CodebookPanel {
        height: 1fr;
        SearchField { padding: 0 1; background: $boost; display: none; }
        SearchField.-shown { display: block; }
        CodeList { height: 3fr; }
        VerticalScroll {
            height: 2fr; padding: 0 1; border-top: solid $primary 40%; scrollbar-size-vertical: 1;
            background: $panel 40%;
        }
        &.-low VerticalScroll { height: 6; }
    }
    """

    class Chosen(Message):
        """Somebody chose the code `code_id` to code with."""

        def __init__(self, code_id: str) -> None:
            super().__init__()
            self.code_id = code_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._folded: set[str] = set()
        self._standing: Standing | None = None
        self._here: Mapping[str, int] = {}
        self._everywhere: Mapping[str, int] = {}
        self._digits: Mapping[str, int] = {}
        self._to_look_at = 0
        self._widest = 0

    def compose(self) -> ComposeResult:
        """The search field is there when it is asked for."""
        yield SearchField(placeholder=_("Name, id or a word of the definition"), compact=True, id="code-search")
        yield CodeList(id="codes")
        with VerticalScroll(can_focus=False):
            yield Static(id="about-code")

    @property
    def codes(self) -> CodeList:
        """The tree."""
        return self.query_one(CodeList)

    @property
    def current(self) -> Code | None:
        """The code at the cursor of the tree."""
        at = self.codes.highlighted
        if self._standing is None or at is None or at >= self.codes.option_count:
            return None
        return self._standing.codebook.by_id.get(self.codes.get_option_at_index(at).id or "")

    def show(self, standing: Standing, to_look_at: int) -> None:
        """Show the codebook as it stands; `to_look_at`: codings made under an older meaning of their code."""
        self._standing, self._to_look_at = standing, to_look_at
        here: dict[str, int] = {}
        for coding in standing.shown:
            here[coding.code] = here.get(coding.code, 0) + 1
        self._here, self._everywhere = here, here if standing.blind else standing.counts
        self.set_class(self.app.size.height < 30, "-low")
        self._fill()

    def go_to(self, code_id: str) -> None:
        """Put the cursor of the tree on a code, unfolded and not searched for."""
        if self._standing is None:
            return
        self.query_one(SearchField).remove_class("-shown").value = ""
        self._folded -= {step.id for step in self._standing.codebook.path(code_id)}
        self._fill(code_id)

    def search(self) -> None:
        """Let the coder narrow the tree."""
        field = self.query_one(SearchField)
        field.add_class("-shown")
        field.focus()

    # Filling

    def _fill(self, highlight: str | None = None) -> None:
        standing = self._standing
        if standing is None:
            return
        book, query = standing.codebook, self.query_one(SearchField).value.strip()
        self._digits = {code_id: digit for digit, code_id in standing.digits.items()}
        title = _("Codebook: used here/in all")
        if self._to_look_at:
            n = self._to_look_at
            title = ngettext("{n} coding to look at again: Q", "{n} codings to look at again: Q", n).format(n=n)
        self.codes.border_title = title
        self._widest = max((len(self._used([code.id])) for code in book.codes), default=0)
        if query:
            search = CodeSearch(book, standing.recent, language(), codes=book.codes)
            options = [Option(self._line(match.code, 0), id=match.code.id) for match in search.find(query)]
        else:
            options = self._tree(book)
        if not options:
            nothing = _("No code fits this") if query else _("No codes yet: n makes the first one")
            options = [Option(nothing, disabled=True)]
        self.codes.fill(options, highlight=highlight)
        if query and self.codes.highlighted is None and options[0].id is not None:
            self.codes.highlighted = 0
        self._explain()

    def _tree(self, book: Codebook, parent: str | None = None, depth: int = 0) -> list[Option]:
        options = []
        for code in book.children(parent):
            if code.retired:
                continue
            options.append(Option(self._line(code, depth), id=code.id))
            if code.id not in self._folded:
                options += self._tree(book, code.id, depth + 1)
        retired = [code for code in book.codes if code.retired]
        if parent is None and retired:
            options.append(Option(Content.styled(_("Retired"), "bold"), disabled=True))
            options += [Option(self._line(code, 1), id=code.id) for code in retired]
        return options

    def _line(self, code: Code, depth: int) -> Content:
        standing = self._standing
        if standing is None:
            return Content("")
        name = code.name(language())
        if not code.codable and not code.retired:
            folded = code.id in self._folded
            sign = "▸ " if folded else "▾ " if standing.codebook.children(code.id) else "  "
            used = self._used([below.id for below in standing.codebook.under(code.id)]) if folded else ""
            return Content.assemble("  " * depth, (sign, "dim"), (name, "bold"), (f"  {used}" if used else "", "dim"))
        digit = self._digits.get(code.id)
        return Content.assemble(
            (f"{digit or ' '} ", "bold $text-accent" if digit in standing.bound else "dim"),
            "  " * max(depth - 1, 0),
            (f"{self._used([code.id]):>{self._widest}} ", "dim"),
            square(self.codes, standing.colours.get(code.id, "")),
            (name, "dim" if code.retired else ""),
            (" " + _("(retired)") if code.retired and not depth else "", "dim italic"),
        )

    def _used(self, ids: list[str]) -> str:
        everywhere = sum(self._everywhere.get(code_id, 0) for code_id in ids)
        here = sum(self._here.get(code_id, 0) for code_id in ids)
        return f"{here}/{everywhere}" if everywhere else ""

    def _explain(self) -> None:
        code, standing = self.current, self._standing
        if standing is not None:
            text = about(code, standing.codebook) if code is not None else _empty(standing)
            self.query_one("#about-code", Static).update(text)

    # What happens in it

    @on(OptionList.OptionHighlighted, "#codes")
    def _highlighted(self) -> None:
        self._explain()

    @on(OptionList.OptionSelected, "#codes")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        code = self.current
        if code is None:
            return
        if code.codable:
            self.post_message(self.Chosen(code.id))
        else:
            self._folded ^= {code.id}
            self._fill(code.id)

    @on(Input.Changed, "#code-search")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.has_focus:
            self.codes.highlighted = None
            self._fill()
            if event.value.strip() and self.codes.option_count:
                self.codes.action_first()

    @on(SearchField.Done)
    def _searched(self, message: SearchField.Done) -> None:
        message.stop()
        field = self.query_one(SearchField)
        code = self.current
        if message.clear or not field.value.strip():
            self.codes.focus()
            if code is not None:
                self.go_to(code.id)
            else:
                field.remove_class("-shown").value = ""
                self._fill()
        else:
            self.codes.focus()


def _empty(standing: Standing) -> str:
    if standing.codebook.codes:
        return _("What the code at the cursor means stands here.")
    return _('Bring in a codebook with\n\nipscoding codebook import "{path}" FILE\n\nor make codes as you go.').format(
        path=standing.project.path
    )
