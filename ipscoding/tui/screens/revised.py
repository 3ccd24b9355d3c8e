"""Codings to look at after an interview got another text: their words are other ones now, or gone."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.content import Content

from ipscoding.domain import CONSENSUS
from ipscoding.i18n import N_, _, ngettext, quoted
from ipscoding.project import coders, versions
from ipscoding.project.versions import Passage, Review
from ipscoding.tui.actions import BY_ID, CODE, Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.ink import square
from ipscoding.tui.screens.beside import WALK, Place
from ipscoding.tui.screens.queue import FOR_EACH, QueueScreen
from ipscoding.tui.widgets.dialogs import Confirm
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


class RevisedScreen(QueueScreen[Review]):
    """Codings whose text was changed, one by one: what was coded, what stands there now, what to do."""

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
        *FOR_EACH,
    )  # fmt: skip

    def waiting(self) -> list[Review]:
        """The codings that this coder decides on, by interview."""
        return waiting(self.desk)

    def words(self, n: int) -> tuple[str, str, str]:
        """What is said of the list."""
        return (
            _("Texts that changed"),
            ngettext("{n} coding to look at", "{n} codings to look at", n).format(n=n),
            _("Nothing to look at: the words of all your codings stand in the texts as you coded them.\n\nEsc"),
        )

    def coding_of(self, one: Review) -> str:
        """The id of the coding."""
        return one.id

    def group_of(self, one: Review) -> tuple[str, str]:
        """Its interview."""
        return one.document_id, one.document

    def line_of(self, one: Review) -> Content:
        """Its direction, code and first words, and whether they are gone."""
        return Content.assemble(
            f" {one.valence.sign} ",
            self.desk.name(one.code),
            ("  " + (_("gone") if one.span is None else _("changed")), "italic"),
            ("  " + one.old.quote[:60].replace("\n", " "), "dim"),
        )

    def place_of(self, one: Review) -> Place:
        """Where the passage begins, or where it was."""
        return Place(one.document_id, self._offset(one))

    # What there is to know

    def about(self, one: Review) -> Content:
        """What was coded, and what stands there now."""
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

    def _offset(self, one: Review) -> int:
        return one.span.start if one.span is not None else versions.was_at(self.desk.project, one.id)


def _shown(passage: Passage, against: Passage | None) -> list[Content | tuple[str, str] | str]:
    """A passage with what stands around it; the words that stand otherwise in the other one are marked."""
    quote: Content | tuple[str, str] = (passage.quote, "bold")
    if against is not None and against.quote != passage.quote:
        quote = marked(passage.quote, against.quote)
    return [(f"… {passage.before}", "dim"), quote, (f"{passage.after} …\n", "dim")]
