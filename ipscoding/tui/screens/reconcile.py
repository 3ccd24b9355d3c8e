"""Walking through what is to decide when two versions of a codebook are put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.codebook import diff_words
from ipscoding.codebook.conflicts import Check, Conflict, Decision, Proposal
from ipscoding.domain import Valence
from ipscoding.errors import IpscodingError
from ipscoding.i18n import N_, _, language, ngettext
from ipscoding.tui.actions import LOOK, MOVE, PROGRAM, Action, keys_of
from ipscoding.tui.reconciling import Item, Reconciling, Side, State, from_text, text_to_edit
from ipscoding.tui.screens.beside import EVERYWHERE, WALK, KeyLine
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.widgets.dialog import LeftOnce
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.line import StatusLine
from ipscoding.tui.widgets.panels import SideList
from ipscoding.tui.widgets.text_edit import TextEdit
from ipscoding.tui.word_marks import marked
from ipscoding.tui.words import valence_allowed_name

DECIDE = N_("Decide")
_SIGNS = {State.OPEN: "○", State.REFUSED: "✗", State.DONE: "✓"}


class ReconcileScreen(LeftOnce[None]):
    """What is to decide, one by one: both sides and the base beside each other, and what comes of it."""

    DEFAULT_CSS = """
    ReconcileScreen {
        #items { height: 25%; min-height: 5; }
        #about { height: auto; max-height: 3; padding: 0 1; background: $boost; }
        #sides { height: auto; max-height: 45%; layout: horizontal; scrollbar-size-vertical: 1; }
        #sides > Static, #preview { border-top: solid $primary 40%; border-title-color: $foreground;
            border-title-style: bold; }
        #sides > Static { width: 1fr; height: auto; min-height: 2; padding: 0 1; }
        #preview { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #nothing { display: none; height: 1fr; padding: 2 4; content-align: center middle; }
        &.-empty #nothing { display: block; }
        &.-empty #items, &.-empty #about, &.-empty #sides, &.-empty #preview { display: none; }
        &.-narrow #sides { layout: vertical; }
        &.-narrow #sides > Static { width: 100%; }
        #sides:focus > Static, #preview:focus { border-top: solid $primary; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - an instance variable upstream
    AUTO_FOCUS = "#items"
    ABOUT: ClassVar[str] = N_(
        "Both versions changed something differently, or together they break something. Take ours, theirs or the "
        "base, or write what it should be; words that differ are underlined, and below stands what becomes of the "
        "code. Codes that may be one, and things to check, need no decision. The file is written when every conflict "
        "is decided, and the decisions beside it, so that the merge can be repeated."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("next", "full_stop,n", ".", N_("Next one to decide"), MOVE, "next_open", N_("Next")),
        Action("read.on", "ctrl+down", "Ctrl+↓", N_("Read on in the texts"), MOVE, "read(1)", palette=False),
        Action("read.back", "ctrl+up", "Ctrl+↑", N_("Read back in the texts"), MOVE, "read(-1)", palette=False),
        Action("pane.next", "", "Tab", N_("Next pane"), LOOK, "app.focus_next", palette=False),
        Action("ours", "o", "o", N_("Take ours"), DECIDE, "choose('ours')", N_("Ours")),
        Action("theirs", "t", "t", N_("Take theirs"), DECIDE, "choose('theirs')", N_("Theirs")),
        Action("base", "b", "b", N_("Leave it as in the base"), DECIDE, "choose('base')", N_("Base")),
        Action("edit", "e", "e", N_("Write what it should be"), DECIDE, "edit", N_("Edit")),
        Action("merge", "m", "m", N_("Make one code of the two"), DECIDE, "join", N_("One code")),
        Action("seen", "space", N_("Space"), N_("Seen: it is right as it is, or two codes stay two"), DECIDE, "seen",
               N_("Seen")),
        Action("undo", "u", "u", N_("Take the last decision back"), DECIDE, "undo", N_("Undo")),
        Action("write", "w,ctrl+s", "w", N_("Write the merged codebook, when all is decided"), PROGRAM, "write",
               N_("Write")),
        *EVERYWHERE,
    )  # fmt: skip
    _FOR = {"ours": "ours", "theirs": "theirs", "base": "base", "text": "edit", "merge": "merge", "seen": "seen"}  # noqa: RUF012

    def __init__(self, work: Reconciling, output: Path, write: Callable[[], None], keep: Callable[[], Path]) -> None:
        """Walk through `work`.

        Args:
            work: the merge to decide.
            output: the file that is written in the end, for people to read.
            write: writes it, and the decisions.
            keep: writes only the decisions, to go on another time; gives the file.
        """
        super().__init__()
        self.work = work
        self.written = False
        self.kept: Path | None = None
        self._output = output
        self._write = write
        self._keep = keep
        self._items: list[Item] = []
        for action in self.ACTIONS:
            for key in keys_of(action):
                self._bindings.bind(key, action.run, show=False)

    def compose(self) -> ComposeResult:
        """The list, why, the sides, what becomes of it."""
        yield SideList(id="items")
        yield Static(id="about")
        with VerticalScroll(id="sides"):
            for name in ("one", "two", "three"):
                yield Static(id=name)
        with VerticalScroll(id="preview"):
            yield Static(id="result")
        yield Static(id="nothing")
        yield StatusLine(id="status")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first that is open."""
        self.show()
        self._go_to_open(0)

    # Showing

    def show(self, highlight: str | None = None) -> None:
        """Show how things stand; `highlight`: the id of an item to go to."""
        self._items = self.work.items()
        self.set_class(not self._items, "-empty")
        self.query_one("#nothing", Static).update(_("Nothing is to decide: the two versions fit together.\n\nw writes"))
        options: list[Option] = []
        heading = ""
        for item in self._items:
            said = _heading(item)
            if said != heading:
                heading = said
                options.append(Option(said, disabled=True))
            options.append(Option(_line(item), id=item.id))
        panel = self.query_one("#items", SideList)
        panel.border_title = _("Two versions of {codebook}").format(codebook=self.work.ours.id)
        panel.fill(options, highlight=highlight)
        if panel.highlighted is None or options[panel.highlighted].disabled:
            panel.highlighted = 1 if options else None
        self._show_item()

    def _show_item(self) -> None:
        item = self.current
        self._show_status()
        if item is None:
            return
        self.query_one("#about", Static).update(self._about(item))
        sides = self.work.sides(item)
        for name, side in zip(("one", "two", "three"), [*sides, None, None][:3], strict=True):
            column = self.query_one(f"#{name}", Static)
            column.display = side is not None
            if side is not None:
                column.border_title = self._title(side, item)
                column.update(_compared(side))
        if len(sides) == 3:
            self.query_one("#three", Static).update(_base(sides))
        self.query_one("#sides").scroll_home(animate=False)
        self._show_preview(item)

    def _show_preview(self, item: Item) -> None:
        preview = self.work.preview(item)
        title, left = _("Becomes: {what}").format(what=preview.name), self.work.undecided(item.about.code)
        if left:
            title += " · " + ngettext(
                "{n} field of it still to decide", "{n} fields of it still to decide", left
            ).format(n=left)
        box = self.query_one("#preview", VerticalScroll)
        box.border_title = title
        self.query_one("#result", Static).update(_compared(preview))
        width = max(box.scrollable_content_region.width, 1)
        above = preview.text.splitlines()[: self.work.line_of(item)]
        row = sum(max(-(-cell_len(line) // width), 1) for line in above)
        box.scroll_to(y=max(row - 1, 0), animate=False)

    def _title(self, side: Side, item: Item) -> str:
        taken = item.state is State.DONE and item.said == side.name
        return f"✓ {side.name}" if taken else side.name

    def _about(self, item: Item) -> Content:
        about = item.about
        if isinstance(about, Proposal):
            return Content(diff_words.proposal(about))
        if isinstance(about, Check):
            return Content(diff_words.check(about))
        code = self.work.merged.codebook.by_id.get(about.code)
        name = f" ({code.name(language())})" if code is not None else ""
        style = "bold $text-error" if item.state is State.REFUSED else ""
        said = f"  → {item.said}" if item.said else ""
        return Content.assemble(
            (diff_words.place(about.code, about.field), "bold"), name, ": ", (diff_words.why(about), style), said
        )

    def _show_status(self) -> None:
        conflicts = [item for item in self._items if isinstance(item.about, Conflict)]
        left = sum(item.state is not State.DONE for item in conflicts)
        others = {
            kind: sum(isinstance(item.about, kind) and item.state is State.OPEN for item in self._items)
            for kind in (Proposal, Check)
        }
        n = len(conflicts)
        to_decide = ngettext("{left} of {n} conflict to decide", "{left} of {n} conflicts to decide", n)
        parts = [
            to_decide.format(left=left, n=n)
            if left
            else _("all decided: w writes {file}").format(file=self._output.name),
            ngettext("{n} thing to check", "{n} things to check", others[Check]).format(n=others[Check])
            if others[Check]
            else "",
            ngettext("{n} pair that may be one", "{n} pairs that may be one", others[Proposal]).format(
                n=others[Proposal]
            )
            if others[Proposal]
            else "",
        ]
        self.query_one(StatusLine).show(parts, strong=[parts[0]] if not left else [])
        item = self.current
        possible = {self._FOR[choice] for choice in self.work.choices(item)} if item is not None else set()
        decisions = set(self._FOR.values())
        shown = [action for action in self.ACTIONS if action.id not in decisions or action.id in possible]
        first = [action for action in shown if action.id in (*possible, "undo") or (action.id == "write" and not left)]
        self.query_one(KeyLine).show([*first, *(action for action in shown if action not in first)])

    @property
    def current(self) -> Item | None:
        """What the cursor is at."""
        panel = self.query_one("#items", SideList)
        if panel.highlighted is None or panel.highlighted >= panel.option_count:
            return None
        chosen = panel.get_option_at_index(panel.highlighted).id
        return next((item for item in self._items if item.id == chosen), None)

    @on(OptionList.OptionHighlighted, "#items")
    def _moved(self) -> None:
        self._show_item()

    # Walking

    def action_next_open(self) -> None:
        """Go to the next conflict to decide, else to the next thing that nobody has looked at."""
        item = self.current
        at = self._items.index(item) + 1 if item is not None else 0
        if not self._go_to_open(at):
            self.notify(_("Nothing is left. w writes the codebook."))

    def _go_to_open(self, at: int) -> bool:
        around = [*self._items[at:], *self._items[:at]]
        open_ = [item for item in around if item.state is not State.DONE]
        # what must be decided comes before what may be looked at
        wanted = next((item for item in open_ if isinstance(item.about, Conflict)), next(iter(open_), None))
        if wanted is None:
            return False
        panel = self.query_one("#items", SideList)
        panel.highlighted = panel.get_option_index(wanted.id)
        return True

    def action_read(self, by: int) -> None:
        """Scroll the texts down (1) or up (-1)."""
        self.query_one("#sides", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    # Deciding

    def _may(self, choice: str) -> Item | None:
        """The item at the cursor, where `choice` is possible there; says what is, where it is not."""
        item = self.current
        if item is None:
            return None
        possible = self.work.choices(item)
        if choice in possible:
            return item
        keys = {self._FOR[one] for one in possible}
        names = ", ".join(f"{action.short} {_(action.hint)}" for action in self.ACTIONS if action.id in keys)
        self.notify(_("Here you can choose: {choices}").format(choices=names), markup=False)
        return None

    def _decide(self, item: Item, decision: Decision) -> None:
        with self.told():
            self.work.decide(item, decision)
            self._settled(item)

    def _settled(self, item: Item) -> None:
        """Show what came of a decision, and go on to the next one that is open."""
        before = [one.id for one in self._items]
        self.show(item.id)
        now = next((one for one in self._items if one.id == item.id), None)
        if now is not None and now.state is State.REFUSED and isinstance(now.about, Conflict):
            self.notify(diff_words.why(now.about), title=_("That cannot stand"), severity="warning", markup=False)
            return
        at = self._items.index(now) if now is not None else min(before.index(item.id), len(self._items))
        self._go_to_open(at)

    def action_choose(self, side: str) -> None:
        """Take a side, or the base."""
        item = self._may(side)
        if item is not None:
            choices = {"ours": Decision("ours"), "theirs": Decision("theirs"), "base": Decision("base")}
            self._decide(item, choices[side])

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        """Write what it should be."""
        item = self._may("text")
        if item is None or not isinstance(item.about, Conflict):
            return
        conflict = item.about
        title = diff_words.place(conflict.code, conflict.field)
        if conflict.field in ("valence", "parent"):
            chosen = await self.app.push_screen_wait(Chooser(title, self._values(conflict)))
            if chosen is not None:
                self._decide(item, Decision("text", chosen))
            return
        text = text_to_edit(conflict, self.work.decisions.get(conflict.key)) or ""
        beside = Content("\n").join(
            Content.assemble((f"{side.name}: ", "bold"), _compared(side)) for side in self.work.sides(item)
        )
        written = await self.app.push_screen_wait(TextEdit(title, text, beside))
        while written is not None:
            try:
                value = from_text(conflict.field, written)
            except IpscodingError as error:
                self.notify(error.hint, title=error.what, severity="error", markup=False)
                written = await self.app.push_screen_wait(TextEdit(title, written, beside))
                continue
            self._decide(item, Decision("text", value))
            return

    def _values(self, conflict: Conflict) -> list[tuple[str, Content]]:
        if conflict.field == "valence":
            return [(str(valence), Content(valence_allowed_name(valence))) for valence in Valence]
        codes = [code for code in self.work.merged.codebook.codes if code.id != conflict.code and not code.retired]
        return [(code.id, Content.assemble(code.name(language()), (f"  {code.id}", "dim"))) for code in codes]

    @work(exclusive=True, group="ask")
    async def action_join(self) -> None:
        """Make one code of two."""
        item = self._may("merge")
        if item is None or isinstance(item.about, Check):
            return
        other: str | None = item.about.other
        if item.state is State.REFUSED:
            codes = [c for c in self.work.merged.codebook.active() if c.codable and c.id != item.about.code]
            choices = [(c.id, Content.assemble(c.name(language()), (f"  {c.id}", "dim"))) for c in codes]
            title = _("Which code takes over {code}?").format(code=item.about.code)
            other = await self.app.push_screen_wait(Chooser(title, choices))
        if other is not None:
            self._decide(item, Decision("merge", other))

    def action_seen(self) -> None:
        """Note that this is right as it is."""
        item = self._may("seen")
        if item is not None:
            with self.told():
                self.work.look(item)
                self._settled(item)

    def action_undo(self) -> None:
        """Take the last decision back, and go to what it was about."""
        about = self.work.undo()
        if about is None:
            self.notify(_("There is no decision to take back."))
        else:
            self.show(about)

    # Leaving

    def action_write(self) -> None:
        """Write the merged codebook and the decisions, and leave; not before all is decided."""
        left = len(self.work.merged.conflicts)
        if left:
            self._go_to_open(0)
            text = ngettext("{n} conflict is still to decide.", "{n} conflicts are still to decide.", left)
            self.notify(text.format(n=left), severity="warning")
            return
        with self.told():
            self._write()
            self.written = True
            self.dismiss(None)

    @work(exclusive=True, group="ask")
    async def action_back(self) -> None:
        """Leave; what was decided and not written can be kept."""
        if not self.work.changed:
            self.dismiss(None)
            return
        choices = [
            ("keep", Content(_("Keep the decisions, to go on another time"))),
            ("drop", Content(_("Leave without them"))),
        ]
        if not self.work.merged.conflicts:
            choices.insert(0, ("write", Content(_("Write the merged codebook"))))
        chosen = await self.app.push_screen_wait(Chooser(_("The decisions are not written yet"), choices))
        if chosen == "write":
            self.action_write()
        elif chosen is not None:
            with self.told():
                self.kept = self._keep() if chosen == "keep" else None
                self.dismiss(None)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn an error that people can put right into a notice."""
        try:
            yield
        except IpscodingError as error:
            self.notify(error.hint, title=error.what, severity="error", markup=False)

    def groups(self) -> list[tuple[str, list[Action]]]:
        """The actions by group, each group with its name in the language in use."""
        names = dict.fromkeys(action.group for action in self.ACTIONS)
        return [(_(name), [action for action in self.ACTIONS if action.group == name]) for name in names]

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(HelpScreen(_(self.ABOUT), self.groups()))


def _heading(item: Item) -> str:
    if isinstance(item.about, Conflict):
        return _("Conflicts")
    return _("May be one code") if isinstance(item.about, Proposal) else _("To check")


def _line(item: Item) -> Content:
    about = item.about
    if isinstance(about, Conflict):
        what = diff_words.place(about.code, about.field)
    else:
        what = f"{about.code} · {about.other}" if isinstance(about, Proposal) else diff_words.check(about)
    style = {State.OPEN: "bold", State.REFUSED: "bold $text-error", State.DONE: "dim"}[item.state]
    return Content.assemble(f" {_SIGNS[item.state]} ", (what, style), (f"  {item.said}" if item.said else "", ""))


def _compared(side: Side) -> Content:
    return marked(side.text, side.against) if side.text else Content("–")


def _base(sides: list[Side]) -> Content:
    """The base: a word that one of the sides no longer has stands out."""
    ours, theirs, base = sides
    content = marked(base.text, ours.text)
    return content.add_spans(list(marked(base.text, theirs.text).spans))
