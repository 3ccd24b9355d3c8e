"""Deciding what coders differ on: whose version holds and why, taking over what agrees, which of it is gone through."""

from textual import on, work
from textual.content import Content
from textual.message import Message

from ipscoding.analysis import agreement
from ipscoding.analysis.agreement import Compared, Standing
from ipscoding.domain import Valence
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _, ngettext
from ipscoding.project import adjudications, journal
from ipscoding.project.adjudications import TakenOver
from ipscoding.tui.adjudication import VIEWS, choices_of_coders, read_again, with_sign
from ipscoding.tui.ink import square
from ipscoding.tui.screens.adjudicating import Adjudicating
from ipscoding.tui.screens.listing import Passage
from ipscoding.tui.screens.undoing import undo_is_wanted
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.passage_list import PassageList
from ipscoding.tui.widgets.reason_question import ReasonQuestion, rule_language

_ALL = "\0"


class AdjudicationScreen(Adjudicating):
    """What can be done with passages that coders differ on."""

    class Taken(Message):
        """What coders agree on was taken over; `problem` where it could not be."""

        def __init__(self, done: TakenOver | None, problem: IpscodingError | None = None) -> None:
            super().__init__()
            self.done = done
            self.problem = problem

    # Deciding

    @work(exclusive=True, group="ask")
    async def action_side(self, number: int) -> None:
        """The version of the coder with this number, from 1, holds."""
        one = self._to_decide()
        if one is None or number > len(one.coders):
            return
        coder, made = one.coders[number - 1], one.sides[number - 1]
        has = ", ".join(dict.fromkeys(with_sign(coding.valence) for coding in made)) or _("no coding")
        await self._decide(one, "one", _("As {coder}: {what}").format(coder=coder, what=has), side=coder)

    @work(exclusive=True, group="ask")
    async def action_both(self) -> None:
        """One coding over all of it, in all directions."""
        one = self._to_decide()
        if one is not None:
            await self._decide(one, "both", _("Both: {what}").format(what=with_sign(one.question.valence)))

    @work(exclusive=True, group="ask")
    async def action_neither(self) -> None:
        """No coding."""
        one = self._to_decide()
        if one is not None:
            await self._decide(one, "neither", _("Neither: no coding"))

    @work(exclusive=True, group="ask")
    async def action_other(self) -> None:
        """Another code, or another direction."""
        one = self._to_decide()
        if one is None:
            return
        chosen = await self.pick(_("Which code instead?"), one.code)
        code = self.desk.codebook.by_id.get(chosen or "")
        valence = await self.ask_valence(code) if code is not None else None
        if code is not None and valence is not None:
            what = _("Other: {code} {what}").format(code=self.desk.name(code.id), what=with_sign(valence))
            await self._decide(one, "other", what, code=code.id, valence=valence)

    def _to_decide(self) -> Compared | None:
        """The current disagreement, where this coder may decide it now; says why not."""
        one, own = self.current, self.desk.project.coder_id()
        if one is None or not self.query_one("#both").display:
            return None
        if self.taking_over:
            self.notify(_("Wait until what coders agree on is taken over."))
            return None
        with self.told():
            if own is not None:
                journal.check_may_write(self.desk.project, own)
            return one
        return None

    async def _decide(
        self,
        one: Compared,
        outcome: str,
        what: str,
        *,
        side: str = "",
        code: str | None = None,
        valence: Valence | None = None,
    ) -> None:
        before = one.decided.reason if one.decided is not None else ""
        book = self.desk.codebook.by_id[one.code]
        # the marks, the memos and the rules stay in sight below the question
        above = self.query_one("#below").outer_size.height + 2
        answer = await self.app.push_screen_wait(ReasonQuestion(what, book, before, above=above))
        stands = self.review.stands
        if answer is None or stands is None:
            return
        now = next((other for other in stands.disagreements if other.id == one.id), None)
        if now is None:
            self.notify(_("Somebody changed these codings meanwhile. Look at the passage again."), severity="warning")
            return
        with self.told():
            agreement.decide(
                *(self.desk.project, stands, [now], outcome),
                side=side,
                code=code,
                valence=valence,
                reason=answer.text,
                rule=(answer.rule, rule_language(book, answer.rule)) if answer.rule else None,
            )
            following = self.review.next_open(one.id)
            self._show_again(one.document.id)
            if following is not None and following.id != one.id:
                self.passages.go_to(following.id)
            if answer.rule:
                self.notify(self.desk.name(one.code), title=_("The reason is in the code's rules now"), markup=False)
            if not self.review.left:
                self._say_that_all_is_decided()

    def _say_that_all_is_decided(self) -> None:
        taken_over = self.figures is not None and self.figures.taken_over
        more = "" if taken_over else _("t takes over what coders agree on: then the consensus is complete.")
        self.notify(more, title=_("Everything is decided"))

    def action_reopen(self) -> None:
        """Take back the decision on the current disagreement, whoever decided it."""
        one = self._to_decide()
        if one is None:
            return
        if one.decided is None:
            self.notify(_("It is not decided."))
            return
        with self.told():
            adjudications.reopen(self.desk.project, one.decided)
            self._show_again(one.document.id)
            self.notify(self.desk.name(one.code), title=_("Open again"), markup=False)

    def _show_again(self, document_id: str) -> None:
        """Show one interview as it is now, after an act on it."""
        stands = self.review.stands
        if stands is None or all(document.id != document_id for document in stands.entered.documents):
            self.reload()
            return
        self.desk.refresh()
        if self.reading:
            # what is being read may be from before the act
            self.reload()
        before = stands.entered.done
        self.review.take(read_again(self.desk.project, stands, document_id))
        self.show()
        now = self.review.stands
        if now is not None and (before != now.entered.done or self._is_complete(now, document_id)):
            self.measure()

    @staticmethod
    def _is_complete(stands: Standing, document_id: str) -> bool:
        return all(one.decided is not None for one in stands.disagreements if one.document.id == document_id)

    # Taking over

    @work(exclusive=True, group="ask")
    async def action_take_over(self) -> None:
        """Bring what coders agree on into the consensus layer."""
        stands = self.review.stands
        if stands is None or self.taking_over:
            return
        n, interviews = len(stands.agreed), len(stands.entered.documents) - len(stands.hidden)
        if not n:
            self.notify(_("There is nothing that the coders agree on."))
            return
        question = ngettext(
            "Take over {n} passage that {coders} agree on, in {interviews} interviews?",
            "Take over {n} passages that {coders} agree on, in {interviews} interviews?",
            n,
        ).format(n=n, coders=", ".join(stands.entered.coders), interviews=interviews)
        more = _("They become codings of the consensus layer. Decisions stay. It is one act: u takes it back.")
        if await self.app.push_screen_wait(Confirm(f"{question}\n\n{more}", _("Take over"))):
            self.taking_over = True
            self.show_here()
            self._take_over(stands)

    @work(thread=True, group="take-over")
    def _take_over(self, stands: Standing) -> None:
        try:
            with self.desk.project.reopen() as own:
                done = agreement.take_over(own, stands)
        except IpscodingError as error:
            self.post_message(self.Taken(None, error))
        else:
            self.post_message(self.Taken(done))

    @on(Taken)
    def _was_taken(self, message: Taken) -> None:
        self.taking_over = False
        if message.problem is not None:
            self.notify(message.problem.hint, title=message.problem.what, severity="error", markup=False)
        done = message.done
        if done is not None:
            parts = [
                ngettext("{n} coding taken over", "{n} codings taken over", done.made).format(n=done.made),
                _("{n} there already").format(n=done.known) if done.known else "",
                _("{n} taken away that coders no longer agree on").format(n=done.removed) if done.removed else "",
                _("{n} left out (a retired code, or a direction it no longer has)").format(n=done.left_out)
                if done.left_out
                else "",
            ]
            self.notify(", ".join(part for part in parts if part) + ".", title=_("Consensus"), markup=False)
        self._version = self.desk.project.data_version()
        with self.told():
            self.desk.refresh()
            self.reload()
        self.show_here()

    # Undo

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back this coder's last act; only bulk work is asked about."""
        entry = self.desk.next_undo()
        in_one_place = entry is not None and entry.document_id is not None
        if in_one_place or await undo_is_wanted(self, self.desk):
            self._stepped(redo=False)

    def _stepped(self, *, redo: bool) -> None:
        if self.taking_over:
            return
        with self.told():
            step = self.desk.redo() if redo else self.desk.undo()
            if step is None:
                self.notify(_("There is nothing to redo.") if redo else _("There is nothing of yours to undo."))
                return
            text = step.text
            if step.kept:
                text += "\n" + _("What somebody else changed since was left as it is.")
            there = next((one for one in self.desk.documents if step.document_id in (one.id, one.name)), None)
            if there is None:
                self.reload()
            else:
                self._show_again(there.id)
                place = (there.id, step.offset)
                found = (one for one in self.review.shown if (one.document.id, one.question.span.start) == place)
                self.passages.go_to(next((one.id for one in found), ""))
            self.notify(text, title=_("Done again") if redo else _("Undone"), markup=False)

    # Going

    def action_next_open(self, by: int) -> None:
        """Go to the next (1) or previous (-1) one that is open."""
        target = self.review.next_open(self.passages.current_key, by)
        if target is None:
            self.notify(_("Nothing else is open."))
        else:
            self.passages.go_to(target.id)

    def action_open(self) -> None:
        """Go to the passage in its interview."""
        one = self.current
        if one is not None and self.query_one("#both").display:
            made = one.question.codings
            mine = next((coding for coding in made if coding.coder == self.desk.project.coder), made[0])
            self.gone_to = Passage(one.document.id, mine.span.start, mine.span.end, mine.id)
            self.dismiss(self.gone_to)

    @on(PassageList.Opened)
    def _opened(self) -> None:
        self.action_open()

    # Which of it

    def action_view(self) -> None:
        """Show all, only open ones, or only decided ones."""
        self.review.limit(view=VIEWS[(VIEWS.index(self.review.view) + 1) % len(VIEWS)])
        self.show()

    @work(exclusive=True, group="ask")
    async def action_code(self) -> None:
        """Show what coders differ on with one code only, or with all."""
        order = {code.id: number for number, code in enumerate(self.desk.codebook.codes)}
        found = sorted(self.review.per_code(), key=lambda part: order.get(part[0], len(order)))
        choices = [
            (code, Content.assemble(square(self, self.desk.colours.get(code, "")), self.desk.name(code), _about(*n)))
            for code, *n in found
        ]
        chosen = await self._choose(_("Decide about which code?"), _("All codes"), choices, self.review.code)
        if chosen is not None:
            self.review.limit(code=chosen)
            self.show()

    @work(exclusive=True, group="ask")
    async def action_interview(self) -> None:
        """Show what coders differ on in one interview only, or in all."""
        names = {document.id: document.name for document in self.desk.documents}
        choices = [
            (document_id, Content.assemble(names.get(document_id, ""), _about(*n)))
            for document_id, *n in self.review.per_interview()
        ]
        title, now = _("Decide about which interview?"), self.review.document_id
        chosen = await self._choose(title, _("All interviews"), choices, now)
        if chosen is not None:
            self.review.limit(document_id=chosen)
            self.show()

    async def _choose(self, title: str, everything: str, choices: list[tuple[str, Content]], now: str) -> str | None:
        """One of `choices` by its key; empty for all of them, None where it was left."""
        if not choices:
            return None
        offered = [(_ALL, Content.styled(everything, "bold")), *choices]
        chosen = await self.app.push_screen_wait(Chooser(title, offered, current=now or _ALL))
        return "" if chosen == _ALL else chosen

    @work(exclusive=True, group="ask")
    async def action_coders(self) -> None:
        """Choose whose codings are compared."""
        found = choices_of_coders(self.desk.project)
        if len(found) < 2:
            self.notify(_("There are no other coders who marked interviews as done."))
            return
        names = [
            ngettext("{coders}: {n} interview in common", "{coders}: {n} interviews in common", n).format(
                coders=" · ".join(group), n=n
            )
            for group, n in found
        ]
        chosen = await self.choose(_("Compare which coders?"), names)
        if chosen is not None:
            self.coders, self.figures = found[chosen][0], None
            self.review.take(None)
            self.reload()
            self.show()


def _about(still: int, n: int) -> tuple[str, str]:
    return "  " + _("{n} of {all} open").format(n=still, all=n), "dim"
