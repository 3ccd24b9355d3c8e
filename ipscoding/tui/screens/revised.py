"""Codings to look at after an interview got another text: their words are other ones now, or gone."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ipscoding.domain import CONSENSUS
from ipscoding.i18n import N_, _, ngettext, quoted
from ipscoding.project import coders, versions
from ipscoding.project.versions import Passage, Review
from ipscoding.tui.actions import BY_ID, CODE, FIND, Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.ink import square
from ipscoding.tui.screens.beside import EVERYWHERE, WALK, BesideScreen, KeyLine, Place
from ipscoding.tui.widgets.dialogs import Confirm
from ipscoding.tui.widgets.line import StatusLine
from ipscoding.tui.widgets.panels import SideList
from ipscoding.tui.word_marks import marked
from ipscoding.tui.words import valence_name


@dataclass(frozen=True)
class Anew(Place):
    """A place to go to, in order to choose another passage there for the coding `coding_id`."""

    coding_id: str = ""
    code: str = ""


def waiting(desk: Desk) -> list[Review]:
    """The codings that this coder decides on: their own, and for who leads those of the consensus layer."""
    mine = versions.queue(desk.project, desk.project.coder)
    if desk.project.coder != CONSENSUS and coders.is_lead(desk.project):
        mine += versions.queue(desk.project, CONSENSUS)
    return mine


def notice(desk: Desk) -> str:
    """What to say at opening a project in which codings wait to be looked at; empty where none do."""
    n = versions.to_review(desk.project, desk.project.coder)
    if not n:
        return ""
    return ngettext(
        "The text under {n} coding of yours has changed: {key} shows it.",
        "The text under {n} codings of yours has changed: {key} shows them.",
        n,
    ).format(n=n, key=BY_ID["revised"].short)


class RevisedScreen(BesideScreen):
    """Codings whose text was changed, one by one: what was coded, what stands there now, what to do."""

    DEFAULT_CSS = """
    RevisedScreen {
        & > Horizontal { height: 1fr; }
        #revised { width: 2fr; max-width: 48; }
        VerticalScroll { width: 3fr; padding: 0 2; border-top: solid $primary 40%; scrollbar-size-vertical: 1; }
        #nothing { height: 1fr; padding: 2 4; content-align: center middle; display: none; }
        &.-empty #nothing { display: block; }
        &.-empty > Horizontal { display: none; }
        &.-narrow > Horizontal { layout: vertical; }
        &.-narrow #revised { width: 100%; max-width: 100%; height: 2fr; }
        &.-narrow VerticalScroll { width: 100%; height: 3fr; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - an instance variable upstream
    ABOUT: ClassVar[str] = N_(
        "These interviews were corrected or pseudonymised after you coded them, and the words of these codings are "
        "other ones now, or gone. Read what you coded and what stands there now; keep the coding there, choose another "
        "passage for it, or remove it. All other codings have moved with the text."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("keep", "c,space", "c", N_("It holds where it stands now"), CODE, "keep", N_("Keep")),
        Action("keep.all", "C", "C", N_("All of this interview hold where they stand now"), CODE, "keep_all"),
        Action("anew", "s", "s", N_("Choose its passage anew in the interview"), CODE, "anew", N_("Choose anew")),
        Action("remove", "x,delete", "x", N_("Remove the coding"), CODE, "remove", N_("Remove")),
        Action("undo", "u", "u", N_("Undo"), CODE, "undo", N_("Undo")),
        Action("go", "g", "g", N_("Go there in the interview"), FIND, "go", N_("Go there")),
        *EVERYWHERE,
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._queue: list[Review] = []

    def compose(self) -> ComposeResult:
        """The codings by interview, and everything about the one at the cursor."""
        with Horizontal():
            yield SideList(id="revised")
            with VerticalScroll():
                yield Static(id="about")
        yield Static(id="nothing")
        yield StatusLine()
        yield KeyLine()

    def reload(self) -> None:
        """Show what is left to look at."""
        self._queue = waiting(self.desk)
        self.set_class(not self._queue, "-empty")
        nothing = _("Nothing to look at: the words of all your codings stand in the texts as you coded them.\n\nEsc")
        self.query_one("#nothing", Static).update(nothing)
        self.query_one("#revised", SideList).border_title = _("Texts that changed")
        self._fill()
        n = len(self._queue)
        left = ngettext("{n} coding to look at", "{n} codings to look at", n).format(n=n)
        self.query_one(StatusLine).show([self.desk.project.name, left])
        self.query_one(KeyLine).show(self.ACTIONS)
        if self._queue:
            self.query_one("#revised").focus()
        self._explain()

    def _fill(self) -> None:
        options: list[Option] = []
        for number, one in enumerate(self._queue):
            if number == 0 or self._queue[number - 1].document_id != one.document_id:
                options.append(Option(one.document, disabled=True))
            line = Content.assemble(
                f" {one.valence.sign} ",
                self.desk.name(one.code),
                ("  " + (_("gone") if one.span is None else _("changed")), "italic"),
                ("  " + one.old.quote[:60].replace("\n", " "), "dim"),
            )
            options.append(Option(line, id=one.id))
        panel = self.query_one("#revised", SideList)
        panel.fill(options)
        if options and (panel.highlighted is None or options[panel.highlighted].disabled):
            at = panel.highlighted or 0
            panel.highlighted = next(n for n in [*range(at, len(options)), *range(at)] if not options[n].disabled)

    @property
    def current(self) -> Review | None:
        """The coding at the cursor."""
        panel = self.query_one("#revised", SideList)
        if panel.highlighted is None or panel.highlighted >= panel.option_count:
            return None
        chosen = panel.get_option_at_index(panel.highlighted).id
        return next((one for one in self._queue if one.id == chosen), None)

    @on(OptionList.OptionHighlighted, "#revised")
    def _explain(self) -> None:
        one = self.current
        if one is not None:
            self.query_one("#about", Static).update(self._about(one))

    @on(OptionList.OptionSelected, "#revised")
    def _opened(self) -> None:
        self.action_go()

    # What there is to know

    def _about(self, one: Review) -> Content:
        parts: list[Content | tuple[str, str] | str] = [
            square(self, self.desk.colours.get(one.code, "")),
            (f"{one.valence.sign} {valence_name(one.valence)}  {self.desk.name(one.code)}", "bold"),
            (f"  {one.coder}\n" if one.coder != self.desk.project.coder else "\n", "dim"),
        ]
        if one.memo:
            parts.append((f"{quoted(one.memo)}\n", "italic"))
        parts += [("\n" + _("What was coded") + "\n", "bold"), *_shown(one.old, one.now), "\n"]
        if one.now is None:
            parts += [
                ("\n" + _("It is gone from the text.") + "\n", "bold $text-warning"),
                _("Choose another passage (s), or remove the coding (x)."),
            ]
        elif one.now.quote == one.old.quote:
            parts += [
                ("\n" + _("The same words, but what stands around them has changed. Is it here?") + "\n",
                 "bold $text-warning"),
                *_shown(one.now, one.old),
            ]  # fmt: skip
        else:
            parts += [("\n" + _("What stands there now") + "\n", "bold $text-warning"), *_shown(one.now, one.old)]
        told = [version for version in versions.history(self.desk.project, one.document_id) if version.kind != "undo"]
        if told and told[-1].number > 1:
            last = told[-1]
            who = _("Text changed by {coder}, {day}").format(coder=last.coder, day=last.time[:10])
            parts.append((f"\n\n{who}" + (f": {last.why}" if last.why else ""), "dim"))
        return Content.assemble(*parts)

    # What to do

    def _done(self, title: str, text: str) -> None:
        self.desk.refresh()
        self.reload()
        self.notify(text, title=title, markup=False)

    def action_keep(self) -> None:
        """The coding holds where it stands."""
        one = self.current
        if one is not None:
            with self.told():
                versions.accept(self.desk.project, [one.id])
                self._done(_("Kept"), self.desk.name(one.code))

    @work(exclusive=True, group="ask")
    async def action_keep_all(self) -> None:
        """All codings of this interview that stand somewhere hold."""
        one = self.current
        if one is None:
            return
        ids = [other.id for other in self._queue if other.document_id == one.document_id and other.span is not None]
        if not ids:
            self.notify(_("What was coded is gone: choose another passage (s), or remove the codings (x)."))
            return
        question = ngettext(
            "Keep {n} coding of {interview} where it stands now?",
            "Keep {n} codings of {interview} where they stand now?",
            len(ids),
        ).format(n=len(ids), interview=one.document)
        if await self.app.push_screen_wait(Confirm(question, _("Keep"))):
            with self.told():
                versions.accept(self.desk.project, ids)
                self._done(_("Kept"), one.document)

    def action_anew(self) -> None:
        """Go to the interview and choose the passage there."""
        one = self.current
        if one is not None:
            self.dismiss(Anew(one.document_id, self._offset(one), one.id, one.code))

    def action_remove(self) -> None:
        """Remove the coding."""
        one = self.current
        if one is not None:
            with self.told():
                versions.remove(self.desk.project, [one.id])
                self._done(_("Removed"), self.desk.name(one.code))

    def action_undo(self) -> None:
        """Take back this coder's last act."""
        with self.told():
            step = self.desk.undo()
            self.reload()
            if step is None:
                self.notify(_("There is nothing of yours to undo."))
            else:
                self.notify(step.text, title=_("Undone"), markup=False)

    def action_go(self) -> None:
        """Go to the passage in its interview, or to where it was."""
        one = self.current
        if one is not None:
            self.dismiss(Place(one.document_id, self._offset(one)))

    def _offset(self, one: Review) -> int:
        return one.span.start if one.span is not None else versions.was_at(self.desk.project, one.id)


def _shown(passage: Passage, against: Passage | None) -> list[Content | tuple[str, str] | str]:
    """A passage with what stands around it; the words that stand otherwise in the other one are marked."""
    quote: Content | tuple[str, str] = (passage.quote, "bold")
    if against is not None and against.quote != passage.quote:
        quote = marked(passage.quote, against.quote)
    return [(f"… {passage.before}", "dim"), quote, (f"{passage.after} …\n", "dim")]
