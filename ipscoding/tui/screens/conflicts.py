"""What people said differently of one thing in copies of the project: who, when, what; decided one by one."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.domain import Valence
from ipscoding.i18n import N_, _, ngettext, quoted
from ipscoding.project import codings
from ipscoding.project.merging import conflicts
from ipscoding.project.merging.conflicts import Conflict, Side
from ipscoding.tui.actions import BY_ID, FIND, Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.screens.beside import EVERYWHERE, WALK, BesideScreen, KeyLine, Place
from ipscoding.tui.screens.undoing import undo_is_wanted
from ipscoding.tui.widgets.act_list import local
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.line import StatusLine
from ipscoding.tui.widgets.panels import SideList
from ipscoding.tui.widgets.text_edit import TextEdit
from ipscoding.tui.word_marks import marked
from ipscoding.tui.words import allowed, valence_allowed_name, valence_name

DECIDE = N_("Decide")


class ConflictsScreen(BesideScreen):
    """The conflicts that merging left, one by one: what each side says, and which stands meanwhile."""

    DEFAULT_CSS = """
    ConflictsScreen {
        & > Horizontal { height: 1fr; }
        #conflicts { width: 2fr; max-width: 48; }
        VerticalScroll { width: 3fr; padding: 0 2; border-top: solid $primary 40%; scrollbar-size-vertical: 1; }
        #nothing { height: 1fr; padding: 2 4; content-align: center middle; display: none; }
        &.-empty #nothing { display: block; }
        &.-empty > Horizontal { display: none; }
        &.-narrow > Horizontal { layout: vertical; }
        &.-narrow #conflicts { width: 100%; max-width: 100%; height: 1fr; }
        &.-narrow VerticalScroll { width: 100%; height: 2fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - an instance variable upstream
    AUTO_FOCUS = "#conflicts"
    ABOUT: ClassVar[str] = N_(
        "Several people changed the same thing in copies of the project, each without having seen what the others did. "
        "What was done last stands until somebody decides. Choose what it should be, by its number, or write it; words "
        "that differ are underlined. Every decision is an act that can be undone, and travels with the next merge."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("side", "1,2,3,4,5,6,7,8,9", "1–9", N_("It should be what this side says"), DECIDE, "side({key})",
               N_("Decide"), palette=False),
        Action("edit", "e", "e", N_("It should be something else"), DECIDE, "edit", N_("Something else")),
        Action("undo", "u", "u", N_("Undo"), DECIDE, "undo", N_("Undo")),
        Action("redo", "ctrl+r,U", "Ctrl+R", N_("Redo"), DECIDE, "redo"),
        Action("go", "g", "g", N_("Go there in the interview"), FIND, "go", N_("Go there")),
        *EVERYWHERE,
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[Conflict] = []
        self._hidden = 0

    def compose(self) -> ComposeResult:
        """The conflicts by thing, and what the sides of the one at the cursor say."""
        with Horizontal():
            yield SideList(id="conflicts")
            with VerticalScroll():
                yield Static(id="about")
        yield Static(id="nothing")
        yield StatusLine(id="status")
        yield KeyLine()

    def reload(self) -> None:
        """Show what is left to decide."""
        before = {one.id for one in self._found}
        every = conflicts.all(self.desk.project)
        found = [one for one in every if may_decide(self.desk, one)]
        self._found = sorted(found, key=lambda one: (one.kind, one.what, one.offset or 0, one.entity_id))
        self._hidden = len(every) - len(self._found)
        self.set_class(not self._found, "-empty")
        self.query_one("#nothing", Static).update(self._nothing())
        panel = self.query_one("#conflicts", SideList)
        panel.border_title = _("To decide")
        options: list[Option] = []
        for number, one in enumerate(self._found):
            if number == 0 or self._found[number - 1].entity_id != one.entity_id:
                options.append(Option(one.what, disabled=True))
            options.append(Option(Content.assemble("  ", one.field_name, (f"  {self._quote(one)}", "dim")), id=one.id))
        # what an undo brought back is gone to
        came = next((one.id for one in self._found if before and one.id not in before), None)
        panel.fill(options, highlight=came)
        if options and (panel.highlighted is None or options[panel.highlighted].disabled):
            at = panel.highlighted or 0
            panel.highlighted = next(n for n in [*range(at, len(options)), *range(at)] if not options[n].disabled)
        n = len(self._found)
        left = ngettext("{n} conflict to decide", "{n} conflicts to decide", n).format(n=n)
        self.query_one(StatusLine).show([self.desk.project.name, left, self._blind()])
        useless = () if self._found else ("side", "edit", "go")
        self.query_one(KeyLine).show([action for action in self.ACTIONS if action.id not in useless])
        self._explain()

    def _nothing(self) -> str:
        nothing = _("Nothing to decide: nobody said different things of one thing in merged copies of the project.")
        return "\n\n".join(part for part in (nothing, self._blind(), "Esc") if part)

    def _blind(self) -> str:
        if not self._hidden:
            return ""
        n = self._hidden
        return ngettext(
            "{n} on others' codings is hidden until you are done with the interview",
            "{n} on others' codings are hidden until you are done with the interview",
            n,
        ).format(n=n)

    @property
    def current(self) -> Conflict | None:
        """The conflict at the cursor."""
        panel = self.query_one("#conflicts", SideList)
        if panel.highlighted is None or panel.highlighted >= panel.option_count:
            return None
        chosen = panel.get_option_at_index(panel.highlighted).id
        return next((one for one in self._found if one.id == chosen), None)

    @on(OptionList.OptionHighlighted, "#conflicts")
    def _explain(self) -> None:
        one = self.current
        if one is not None:
            self.query_one("#about", Static).update(self._about(one))

    # What there is to know

    def _about(self, one: Conflict) -> Content:
        texts = [self._says(one, side) for side in one.sides]
        parts: list[Content | tuple[str, str] | str] = [(one.what, "bold"), f"\n{one.field_name}\n"]
        if quote := self._quote(one):
            parts.append((f"{quote}\n", "dim"))
        standing = next((at for at, side in enumerate(one.sides) if side.stands), 0)
        for at, (side, text) in enumerate(zip(one.sides, texts, strict=True)):
            against = texts[standing] if at != standing else next((t for t in texts if t != text), text)
            parts += [
                (f"\n{at + 1} ", "bold $text-accent"),
                (side.coder, "bold"),
                (f"  {local(side.time):%Y-%m-%d %H:%M}", "dim"),
                ("  " + _("stands now") if side.stands else "", "bold $text-success"),
                "\n",
                Content.styled(text, "italic dim") if side.gone else marked(text, against),
                "\n",
            ]
        return Content.assemble(*parts)

    def _quote(self, one: Conflict) -> str:
        """The words that a coding is about, on one line; empty where a conflict is about something else."""
        if one.kind != "coding" or one.offset is None:
            return ""
        coding = codings.get(self.desk.project, one.entity_id)
        return quoted(" ".join(coding.span.of(self.desk.text_of(coding.document_id)).split()))

    def _says(self, one: Conflict, side: Side) -> str:
        if side.gone:
            return side.told
        if one.kind == "coding" and one.field == "start" and one.document_id is not None:
            return quoted(conflicts.passage(self.desk.project, one, side))
        if one.field == "valence" and side.value in set(Valence):
            valence = Valence(side.value)
            return valence_allowed_name(valence) if one.kind == "code" else f"{valence.sign} {valence_name(valence)}"
        return side.told

    # What to do

    def action_side(self, number: int) -> None:
        """Let it be what a side says."""
        one = self.current
        if one is not None and 0 < number <= len(one.sides):
            self._decide(one, side=number)

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        """Let it be something else."""
        one = self.current
        if one is None:
            return
        title = f"{one.what}, {one.field_name}"
        if one.field == "valence":
            chosen = await self.app.push_screen_wait(Chooser(title, self._valences(one)))
            if chosen is not None:
                self._decide(one, text=chosen)
            return
        if not _is_text(one):
            self.notify(_("Only what one of the sides says is possible here: choose it by its number."))
            return
        beside = Content("\n").join(
            Content.assemble((f"{side.coder}: ", "bold"), self._says(one, side)) for side in one.sides
        )
        standing = next((side for side in one.sides if side.stands and not side.gone), one.sides[0])
        text = await self.app.push_screen_wait(TextEdit(title, str(standing.value or ""), beside))
        if text is not None:
            self._decide(one, text=text)

    def _valences(self, one: Conflict) -> list[tuple[str, Content]]:
        if one.kind == "code":
            return [(str(valence), Content(valence_allowed_name(valence))) for valence in Valence]
        code = self.desk.codebook.by_id[codings.get(self.desk.project, one.entity_id).code]
        return [(str(valence), Content(f"{valence.sign} {valence_name(valence)}")) for valence in allowed(code)]

    def _decide(self, one: Conflict, *, side: int | None = None, text: str = "") -> None:
        with self.told():
            conflicts.decide(self.desk.project, one.id, side=side, text=text)
            self.desk.refresh()
            self.reload()
            self.app.clear_notifications()
            self.notify(f"{one.what}: {one.field_name}", title=_("Decided"), markup=False)

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act."""
        if await undo_is_wanted(self, self.desk, placeless_is_bulk=False):
            self._stepped(redo=False)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._stepped(redo=True)

    def _stepped(self, *, redo: bool) -> None:
        with self.told():
            step = self.desk.redo() if redo else self.desk.undo()
            if step is None:
                self.notify(_("There is nothing to redo."))
                return
            self.reload()
            self.notify(step.text, title=_("Done again") if redo else _("Undone"), markup=False)

    @on(OptionList.OptionSelected, "#conflicts")
    def action_go(self) -> None:
        """Go to the place in the interview."""
        one = self.current
        if one is None:
            return
        if one.document_id is None:
            self.notify(_("This has no place in an interview."))
        else:
            self.dismiss(Place(one.document_id, one.offset))


def may_decide(desk: Desk, one: Conflict) -> bool:
    """Whether a conflict may be seen: one on others' codings not where this coder is blind and not done."""
    if one.kind not in ("coding", "memo") or one.document_id is None:
        return True
    if not desk.blind_project or desk.status(one.document_id) == "done":
        return True
    return any(side.coder == desk.project.coder for side in one.sides)


def notice(desk: Desk) -> str:
    """What to say at opening a project in which something is to be decided; empty where nothing is."""
    n = sum(may_decide(desk, one) for one in conflicts.all(desk.project))
    if not n:
        return ""
    return ngettext(
        "{n} conflict from a merge is to be decided: {key} shows it.",
        "{n} conflicts from a merge are to be decided: {key} shows them.",
        n,
    ).format(n=n, key=BY_ID["conflicts"].short)


_TEXTS = ("label", "definition", "include_when", "exclude_when", "text", "name", "attributes", "note")
"""Fields that people write as text."""


def _is_text(one: Conflict) -> bool:
    if (one.kind, one.field) == ("document", "text"):
        return False  # one of two whole texts
    return one.field.partition(".")[0] in _TEXTS and all(
        side.value is None or isinstance(side.value, str) for side in one.sides
    )
