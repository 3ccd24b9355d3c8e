"""What coders differ on, as it is read and shown: the list, the passage between both margins, the code's rules.

What can be done there is in `adjudication`.
"""

from dataclasses import replace
from itertools import groupby
from threading import Event
from time import monotonic
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ipscoding.analysis.agreement import Compared, Standing
from ipscoding.analysis.differences import Comparison, Kind
from ipscoding.domain import Coding, Transcript
from ipscoding.errors import IpscodingError
from ipscoding.i18n import N_, _, ngettext, percent
from ipscoding.project import journal
from ipscoding.tui import comparing
from ipscoding.tui.actions import CODE, FIND, LOOK, MOVE, Action
from ipscoding.tui.adjudication import (
    Figures,
    Review,
    alpha,
    figures,
    finished,
    likely_coders,
    read_all,
)
from ipscoding.tui.colours import HUES
from ipscoding.tui.desk import Desk
from ipscoding.tui.disagreements import DisagreementEntry, halves, rules, sides
from ipscoding.tui.entries import Entry, Heading
from ipscoding.tui.ink import ink, square
from ipscoding.tui.list_actions import PROPOSAL_ACTIONS
from ipscoding.tui.marks import Mark
from ipscoding.tui.screens.beside import EVERYWHERE, KeyLine
from ipscoding.tui.screens.listing import ListScreen
from ipscoding.tui.widgets.compared_lines import ComparedLines
from ipscoding.tui.widgets.line import Line, StatusLine
from ipscoding.tui.widgets.passage_list import PassageList

_BESIDE_FROM = 150
_LOW = 30
_AT_ONCE = 0.2
_NAME = 14
_WALKING = ("row.", "page.", "edge.", "open", "undo", "redo")


class Adjudicating(ListScreen):
    """Every passage that the coders differ on, one at a time in its interview, with what is needed to decide."""

    ABOUT: ClassVar[str] = N_(
        "Every passage that coders differ on, in all interviews that each of them marked as done. Read it between the "
        "margins of the coders, with their memos and the code's rules, and say with one key whose version holds. Each "
        "decision asks for a reason, which may go into the code's rules in the same act (Tab). What coders agree on is "
        "taken over in one act (t). All of it stands in the consensus layer, which tables count from then on; the "
        "coders' own codings stay as they are."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("adjudicate.next", "n", "n", N_("Next open one"), MOVE, "next_open(1)", hint=N_("Next")),
        Action("adjudicate.previous", "N", "N", N_("Previous open one"), MOVE, "next_open(-1)"),
        Action("adjudicate.a", "a", "a", N_("The version of the coder at the left holds"), CODE, "side(1)",
               hint=N_("Left")),
        Action("adjudicate.b", "b", "b", N_("The version of the coder at the right holds"), CODE, "side(2)",
               hint=N_("Right")),
        Action("adjudicate.side", "1,2,3,4,5,6,7,8,9", "1–9", N_("The version of this one of the coders holds"), CODE,
               "side({key})", palette=False),
        Action("adjudicate.both", "g", "g", N_("Both: one coding over all of it, in all directions"), CODE, "both",
               hint=N_("Both")),
        Action("adjudicate.neither", "x", "x", N_("Neither: no coding"), CODE, "neither", hint=N_("Neither")),
        Action("adjudicate.other", "e", "e", N_("Something else: another code or direction"), CODE, "other",
               hint=N_("Other")),
        Action("adjudicate.reopen", "o", "o", N_("Open again: take the decision back"), CODE, "reopen"),
        Action("adjudicate.take_over", "t", "t", N_("Take over all that the coders agree on"), CODE, "take_over",
               hint=N_("Take over")),
        Action("adjudicate.coders", "c", "c", N_("Which coders are compared"), FIND, "coders"),
        Action("adjudicate.code", "k", "k", N_("Only one code, or all"), FIND, "code"),
        Action("adjudicate.interview", "d", "d", N_("Only one interview, or all"), FIND, "interview"),
        Action("adjudicate.view", "v", "v", N_("All, open ones only, or decided ones only"), LOOK, "view"),
        *(action for action in PROPOSAL_ACTIONS if action.id.startswith(_WALKING)),
        *EVERYWHERE,
    )  # fmt: skip
    DEFAULT_CSS = """
    Adjudicating {
        #asked { height: 1; padding: 0 1; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; }
        #both { height: 1fr; layout: vertical; }
        #compared { height: 1fr; width: 1fr; }
        #passages { height: 8; border-top: solid $primary 40%; }
        #passages:focus { border-top: solid $primary; }
        #below { height: 9; border-top: solid $primary 40%; }
        #below VerticalScroll { width: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #below VerticalScroll:focus { background: $boost; }
        #rules { color: $foreground; }
        &.-low #passages { height: 6; }
        &.-low #below { height: 7; }
        &.-wide {
            #both { layout: horizontal; }
            #passages { height: 1fr; width: 64; border-top: none; border-left: solid $primary 40%; }
        }
    }
    """

    class Advanced(Message):
        """This share of the interviews has been read, from 0 to 1."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, Adjudicating.Advanced)

    class Read(Message):
        """The interviews have been read; `problem` where they could not be."""

        def __init__(self, run: Event, stands: Standing | None, problem: IpscodingError | None = None) -> None:
            super().__init__()
            self.run = run
            self.stands = stands
            self.problem = problem

    class Measured(Message):
        """How far coders agree has been worked out, for what stood then."""

        def __init__(self, stands: Standing, figures: Figures | None) -> None:
            super().__init__()
            self.stands = stands
            self.figures = figures

    def __init__(self, desk: Desk, coders: tuple[str, ...] = ()) -> None:
        """`coders`: whose codings are compared; without them, those that there is most to compare of."""
        super().__init__(desk)
        self.coders = coders
        self.review = Review()
        self.figures: Figures | None = None
        self.taking_over = False
        self._problem: IpscodingError | None = None
        self._stop: Event | None = None
        self._read_again = False
        self._seen = 0
        self._began = 0.0
        self._share = 0.0
        self._laid: tuple[str, Standing] | None = None
        self._transcript: tuple[str, Transcript] | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom; the list stands beside the text where there is room."""
        yield Line(id="asked")
        with Container(id="both"):
            yield ComparedLines(id="compared")
            yield PassageList(id="passages")
        yield Static(id="nothing", markup=False)
        with Horizontal(id="below"):
            with VerticalScroll():
                yield Static(id="sides")
            with VerticalScroll():
                yield Static(id="rules")
        yield StatusLine(id="status")
        yield KeyLine(id="hints")

    def on_mount(self) -> None:
        """Show that it is being read; what every such screen does when it is there is done after this."""
        self._arrange()
        self.show()

    def on_unmount(self) -> None:
        """Stop reading."""
        if self._stop is not None:
            self._stop.set()

    # Reading

    @property
    def reading(self) -> bool:
        """Whether interviews are being read."""
        return self._stop is not None

    def reload(self) -> None:
        """Read everything anew, beside the screen; what was there stays in sight until then."""
        if self._stop is not None:
            # whoever codes at the same time would otherwise keep it from ever coming to an end
            self._read_again = True
            return
        self._stop, self._began, self._share, self._read_again = Event(), monotonic(), 0.0, False
        self._seen, _changed = journal.changed_since(self.desk.project, self._seen)
        self._read(self.coders, self._stop)

    def _look_for_others(self) -> None:
        # the screen below looks too, and may have brought the desk that both share up to date before
        version = self.desk.project.data_version()
        if version != self._version:
            self._version = version
            if journal.changed_since(self.desk.project, self._seen)[0] != self._seen:
                with self.told():
                    self.desk.refresh()
                    self.reload()

    @work(thread=True, group="read")
    def _read(self, coders: tuple[str, ...], stop: Event) -> None:
        try:
            with self.desk.project.reopen() as own:
                wanted = coders or likely_coders(own)
                found = read_all(own, wanted, lambda share: self._advance(share, stop), stop)
        except IpscodingError as error:
            self.post_message(self.Read(stop, None, error))
        else:
            self.post_message(self.Read(stop, found))

    def _advance(self, share: float, stop: Event) -> None:
        if not stop.is_set():
            self.post_message(self.Advanced(share))

    @on(Advanced)
    def _advanced(self, message: Advanced) -> None:
        if self._stop is not None:
            self._share = message.share
            self.show_here()

    @on(Read)
    def _was_read(self, message: Read) -> None:
        if message.run is not self._stop:
            return
        self._stop = None
        if self._read_again:
            self.reload()
            if self.review.stands is not None:
                # what is shown has come further than what was read
                return
        self._problem = message.problem
        self.review.take(message.stands)
        self.show()
        self.measure()

    def measure(self) -> None:
        """Work out beside the screen how far coders agree."""
        if self.review.stands is not None:
            self._measure(self.review.stands)

    @work(thread=True, exclusive=True, group="measure")
    def _measure(self, stands: Standing) -> None:
        try:
            with self.desk.project.reopen() as own:
                found = figures(own, stands)
        except IpscodingError:
            # an interview went out of it meanwhile: it is read anew in a moment, and measured then
            self.post_message(self.Measured(stands, None))
        else:
            self.post_message(self.Measured(stands, found))

    @on(Measured)
    def _was_measured(self, message: Measured) -> None:
        if message.stands is self.review.stands:
            self.figures = message.figures
            self.show_here()

    # Showing

    @property
    def current(self) -> Compared | None:
        """The disagreement that the list stands at."""
        entry = self.passages.current
        return entry.one if isinstance(entry, DisagreementEntry) else None

    def show(self) -> None:
        """Show what was read, the list where it stood."""
        nothing = self._nothing()
        self.query_one("#nothing", Static).update(nothing)
        self.query_one("#nothing").display = bool(nothing)
        for name in ("#both", "#below"):
            self.query_one(name).display = not nothing
        entries: list[Entry] = []
        for document, group in groupby(self.review.shown, key=lambda one: one.document):
            there = list(group)
            still = sum(one.decided is None for one in there)
            entries.append(Heading(document.name, _("{n} of {all} open").format(n=still, all=len(there))))
            entries += [
                DisagreementEntry(
                    one, name=self.desk.name(one.code), colour=ink(self, self.desk.colours.get(one.code, ""))
                )
                for one in there
            ]
        self.passages.show(entries)
        if not nothing and self.focused is None:
            self.passages.focus()
        self.show_here()

    def _nothing(self) -> str:
        stands = self.review.stands
        if stands is None:
            return self._why_not() if self._problem is not None else _("Comparing the coders …")
        coders = _listed(stands.entered.coders)
        if not stands.disagreements:
            text = _("{coders} agree on everything: nothing is to be decided.").format(coders=coders)
            return text + "\n\n" + _("t takes over what they agree on. c compares other coders.")
        if not self.review.limited or (not self.review.shown and self.review.view == "decided"):
            return _("Nothing of that kind. v shows all, k other codes, d other interviews.")
        if not self.review.shown:
            text = _("Nothing is open: all that was asked for is decided.")
            return text + "\n\n" + _("v shows what was decided, k other codes, d other interviews.")
        return ""

    def _why_not(self) -> str:
        """Why nothing can be compared, and what to do."""
        if not self.desk.documents:
            return _(
                "There are no interviews in this project yet, so there is nothing to compare.\n\n"
                'Leave with Esc and q, then: ipscoding import "{path}" FOLDER'
            ).format(path=self.desk.project.path)
        done = list(finished(self.desk.project))
        means = _(
            "Nothing coded is not the same as not coded yet. So only interviews enter that each coder has marked as "
            "done: o, on the coding screen."
        )
        if len(done) < 2:
            who = (
                _("Only {coder} has marked interviews as done.").format(coder=done[0])
                if done
                else _("Nobody has marked an interview as done yet.")
            )
            return f"{who}\n\n{means}\n\n" + _("It takes two coders to differ.")
        problem = self._problem
        assert problem is not None
        more = "\n\n" + _("c compares other coders.") if len(done) > 2 else ""
        if self.coders and not set.intersection(*(finished(self.desk.project).get(one, set()) for one in self.coders)):
            return f"{problem.what}.\n\n{means}{more}"
        return f"{problem.what}.\n\n{problem.hint}.{more}"

    def show_here(self) -> None:
        """Show what concerns the current disagreement, and how things stand."""
        one, stands = self.current, self.review.stands
        self._show_asked()
        self._show_status()
        self._show_keys()
        if one is None or stands is None or not self.query_one("#both").display:
            return
        self._lay_out(one, stands)
        left, right = halves(one)
        both, alone = comparing.halves(Comparison(left, right))
        view, sign = self.query_one(ComparedLines), square(self, self.desk.colours.get(one.code, ""))
        view.point_at(both, alone, [coding.id for coding in left + right])
        self.query_one("#sides", Static).update(sides(self.desk, one, view.transcript.text))
        self.query_one("#rules", Static).update(rules(self.desk, one.code, sign))

    def _show_asked(self) -> None:
        stands, review = self.review.stands, self.review
        parts: list[Content | str | tuple[str, str]] = [(_("Consensus"), "bold")]
        if stands is not None:
            n = len(stands.entered.documents)
            parts += ["  ", (_listed(stands.entered.coders), "bold")]
            parts.append((ngettext("  {n} interview", "  {n} interviews", n).format(n=n), "dim"))
        if review.view != "all":
            parts += ["  ", (_("only open ones") if review.view == "open" else _("only decided ones"), "$text-warning")]
        if review.document_id:
            names = {document.id: document.name for document in self.desk.documents}
            parts += ["  ", (_("only {name}").format(name=names.get(review.document_id, "")), "$text-warning")]
        if review.code:
            parts += ["  ", square(self, self.desk.colours.get(review.code, "")),
                      (_("only {name}").format(name=self.desk.name(review.code)), "$text-warning")]  # fmt: skip
        self.query_one("#asked", Line).say(Content.assemble(*parts))

    def _show_status(self) -> None:
        stands, late = self.review.stands, self.reading and monotonic() - self._began > _AT_ONCE
        parts = [_("comparing: {share}").format(share=percent(self._share, whole=True)) if late else ""]
        left = ""
        if stands is not None:
            left = _("{n} of {all} left").format(n=self.review.left, all=len(stands.disagreements))
            parts += [left, *self._agreement()]
            if stands.hidden:
                parts.append(
                    ngettext(
                        "{n} interview hidden (blind)", "{n} interviews hidden (blind)", len(stands.hidden)
                    ).format(n=len(stands.hidden))
                )
        if self.taking_over:
            parts.insert(0, _("taking over …"))
        self.query_one(StatusLine).show(parts, strong=[left])

    def _agreement(self) -> list[str]:
        stands, found = self.review.stands, self.figures
        if stands is None or found is None:
            return []
        if found.after:
            after = ", ".join(f"{coder} {alpha(value)}" for coder, value in found.after)
            text = _("alpha before {before}, after {after} ({n} of {all} complete)")
            parts = [text.format(n=found.complete, all=found.of, before=alpha(found.before), after=after)]
        else:
            parts = [_("alpha {value} (0 of {all} complete)").format(value=alpha(found.before), all=found.of)]
        if not found.taken_over:
            parts.append(_("{n} agreed, not taken over (t)").format(n=len(stands.agreed)))
        return parts

    def _show_keys(self) -> None:
        stands = self.review.stands
        names = stands.entered.coders if stands is not None else ()
        hints = dict(zip(("adjudicate.a", "adjudicate.b"), names, strict=False))
        shown = [
            replace(action, hint=_short(hints[action.id], _NAME)) if action.id in hints else action
            for action in self.ACTIONS
        ]
        # what decides comes first: in a narrow terminal the last ones give way
        self.query_one(KeyLine).show(sorted(shown, key=lambda action: action.group != CODE))

    def _lay_out(self, one: Compared, stands: Standing) -> None:
        """Lay the interview of the current disagreement between the margins, where it does not lie there yet."""
        if self._laid is not None and self._laid[0] == one.document.id and self._laid[1] is stands:
            return
        self._laid = (one.document.id, stands)
        text_id = f"{one.document.id}:{one.document.text_sha256}"
        if self._transcript is None or self._transcript[0] != text_id:
            self._transcript = (text_id, self.desk.transcript_of(one.document.id))
        view = self.query_one(ComparedLines)
        view.transcript = self._transcript[1]
        signs: dict[str, str] = {}
        tinted: list[str] = []
        margins: tuple[list[Mark], list[Mark]] = ([], [])
        named = len(stands.entered.coders) > 2
        for differ, group in ((False, stands.agreed), (True, stands.disagreements)):
            for other in (found for found in group if found.document.id == one.document.id):
                sides_of = halves(other)
                sign = comparing.SIGNS[Comparison(*sides_of).kind if differ else Kind.AGREE]
                for marks, made in zip(margins, sides_of, strict=True):
                    marks += [self._mark(coding, named=named) for coding in made]
                    signs.update((coding.id, sign) for coding in made)
                if differ and other.decided is None:
                    tinted += [coding.id for half in sides_of for coding in half]
        view.show(*margins, signs, tinted=tinted)

    def _mark(self, coding: Coding, *, named: bool) -> Mark:
        name = self.desk.name(coding.code)
        colour = self.desk.colours.get(coding.code, HUES[0])
        whole = f"{coding.coder}: {name}" if named else name
        return Mark(coding.id, coding.span, whole, colour, coding.valence, coding.code)

    @on(ComparedLines.Clicked)
    def _clicked(self, message: ComparedLines.Clicked) -> None:
        one = self.current
        here = [
            (len(other.question.span), other.id)
            for other in self.review.shown
            if one is not None
            and other.document.id == one.document.id
            and any(coding.span.holds(message.offset) for coding in other.question.codings)
        ]
        if here:
            self.passages.go_to(min(here)[1])
        self.passages.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Put the list beside the text where there is room, else below it."""
        self._arrange()

    def _arrange(self) -> None:
        self.set_class(self.app.size.width >= _BESIDE_FROM, "-wide")
        self.set_class(self.app.size.height < _LOW, "-low")


def _listed(names: tuple[str, ...]) -> str:
    return " · ".join(names)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
