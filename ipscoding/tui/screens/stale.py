"""Codings to look at again: their code means something else now, or was split into others."""

from typing import ClassVar

from textual import work
from textual.content import Content

from ipscoding.domain import Coding, Span, Valence, in_language
from ipscoding.i18n import N_, _, language, ngettext, quoted
from ipscoding.project import codes, codings, recoding
from ipscoding.project.codes import Meaning
from ipscoding.project.recoding import Stale
from ipscoding.tui.actions import CODE, Action
from ipscoding.tui.desk import Desk
from ipscoding.tui.ink import square
from ipscoding.tui.screens.beside import WALK, Place
from ipscoding.tui.screens.queue import FOR_EACH, QueueScreen
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.dialogs import Confirm
from ipscoding.tui.words import valence_name, valences_allowed

_AROUND = 100
_TEXTS = ("definition", "include_when", "exclude_when")


class StaleScreen(QueueScreen[Stale]):
    """This coder's codings under an older meaning, one by one: why, what the code means now, what to do."""

    ABOUT: ClassVar[str] = N_(
        "These codings of yours were made when their code meant something else, or before it was split. "
        "Read the passage and what the code means now; keep the coding, or give it the code it should have."
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        WALK,
        Action("keep", "c,space", "c", N_("It holds: keep the coding under the new meaning"), CODE, "keep", N_("Keep")),
        Action("keep.all", "C", "C", N_("All with this code hold"), CODE, "keep_all"),
        Action("choose", "1,2,3,4,5,6,7,8,9", "1–9", N_("Give it this one of the new codes"), CODE, "choose({key})",
               palette=False),
        Action("recode", "e", "e", N_("Give it another code"), CODE, "recode", N_("Another code")),
        *FOR_EACH,
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._texts: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def waiting(self) -> list[Stale]:
        """This coder's codings under an older meaning, by code."""
        found = recoding.queue(self.desk.project, self.desk.project.coder)
        self._texts = {one.coding.document_id: "" for one in found}
        self._names = {document.id: document.name for document in self.desk.documents}
        return found

    def words(self, n: int) -> tuple[str, str, str]:
        """What is said of the list."""
        return (
            _("To look at again"),
            ngettext("{n} coding to look at again", "{n} codings to look at again", n).format(n=n),
            _("Nothing to look at again: all your codings were made under what their codes mean now.\n\nEsc"),
        )

    def coding_of(self, one: Stale) -> str:
        """The id of the coding."""
        return one.coding.id

    def group_of(self, one: Stale) -> tuple[str, str]:
        """Its code."""
        return one.coding.code, self.desk.name(one.coding.code)

    def line_of(self, one: Stale) -> Content:
        """Its direction, interview and first words."""
        return Content.assemble(
            f" {one.coding.valence.sign} ",
            self._names.get(one.coding.document_id, ""),
            ("  " + self._quote(one.coding)[:60].replace("\n", " "), "dim"),
        )

    def place_of(self, one: Stale) -> Place:
        """Where the passage begins."""
        return Place(one.coding.document_id, one.coding.span.start)

    def _text(self, document_id: str) -> str:
        if not self._texts.get(document_id):
            self._texts[document_id] = self.desk.text_of(document_id)
        return self._texts[document_id]

    def _quote(self, coding: Coding) -> str:
        return coding.span.of(self._text(coding.document_id))

    # What there is to know

    def about(self, one: Stale) -> Content:
        """The passage, and what its code means now."""
        coding, text = one.coding, self._text(one.coding.document_id)
        code = self.desk.codebook.by_id[coding.code]
        before, after = _around(text, coding.span)
        parts: list[Content | tuple[str, str] | str] = [
            square(self, self.desk.colours.get(coding.code, "")),
            (f"{coding.valence.sign} {valence_name(coding.valence)}  {self.desk.name(coding.code)}\n\n", "bold"),
            (before, "dim"),
            (coding.span.of(text), "bold"),
            (after, "dim"),
            "\n",
        ]
        if coding.memo:
            parts.append((f"\n{quoted(coding.memo)}\n", "italic"))
        if one.choices:
            parts.append(("\n" + _("The code was split. Which of the new ones is it?") + "\n", "bold $text-warning"))
            for number, choice in enumerate(one.choices, 1):
                new = self.desk.codebook.by_id.get(choice)
                meaning = in_language(new.definition, language()) if new is not None else ""
                parts += [(f"\n{number} ", "bold $text-accent"), (self.desk.name(choice), "bold"), f"\n  {meaning}\n"]
            return Content.assemble(*parts)
        parts.append(("\n" + _("The code means something else now than when you coded.") + "\n", "bold $text-warning"))
        then = codes.meaning(self.desk.project, coding.code, coding.code_version)
        now = Meaning(code.label, code.definition, code.include_when, code.exclude_when, code.valence)
        parts += _difference(then, now)
        if not code.allows(coding.valence):
            parts.append(("\n" + valences_allowed(code) + "\n", "bold"))
        return Content.assemble(*parts)

    # What to do

    def action_keep(self) -> None:
        """The coding holds."""
        one = self.current
        if one is None:
            return
        if one.choices:
            self.notify(_("The code is out of use: choose one of the new codes (1–9), or another one (e)."))
            return
        with self.told():
            recoding.confirm(self.desk.project, [one.coding.id])
            self._done(_("Kept"), self.desk.name(one.coding.code))

    @work(exclusive=True, group="ask")
    async def action_keep_all(self) -> None:
        """All codings with this code hold."""
        one = self.current
        if one is None or one.choices:
            self.action_keep()
            return
        ids = [other.coding.id for other in self._queue if other.coding.code == one.coding.code]
        question = ngettext(
            "Keep {n} coding with {code} under what it means now?",
            "Keep {n} codings with {code} under what it means now?",
            len(ids),
        ).format(n=len(ids), code=self.desk.name(one.coding.code))
        if await self.app.push_screen_wait(Confirm(question, _("Keep"))):
            with self.told():
                recoding.confirm(self.desk.project, ids)
                self._done(_("Kept"), self.desk.name(one.coding.code))

    @work(exclusive=True, group="ask")
    async def action_choose(self, number: int) -> None:
        """Give the coding one of the codes that its code was split into."""
        one = self.current
        if one is not None and 0 < number <= len(one.choices):
            await self._recode(one.coding, one.choices[number - 1])

    @work(exclusive=True, group="ask")
    async def action_recode(self) -> None:
        """Give the coding any other code."""
        one = self.current
        if one is None:
            return
        title = _("Another code instead of {code}").format(code=self.desk.name(one.coding.code))
        desk = self.desk
        code_id = await self.app.push_screen_wait(CodePicker(desk.codebook, desk.often, desk.colours, title=title))
        if code_id is not None and code_id != one.coding.code:
            await self._recode(one.coding, code_id)

    async def _recode(self, coding: Coding, code_id: str) -> None:
        code = self.desk.codebook.by_id.get(code_id)
        if code is None:
            return
        valence: Valence | None = coding.valence
        if not code.allows(coding.valence):
            valence = await self.ask_valence(code)
        if valence is not None:
            with self.told():
                codings.change(self.desk.project, coding.id, code=code_id, valence=valence)
                self._done(_("Another code given"), self.desk.name(code_id))

    def action_remove(self) -> None:
        """Remove the coding."""
        one = self.current
        if one is not None:
            with self.told():
                self.desk.remove(one.coding)
                self._done(_("Removed"), self.desk.name(one.coding.code))


def _around(text: str, span: Span) -> tuple[str, str]:
    """A little of the turns before and after a passage, between words."""
    begin, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before, after = text[begin : span.start], text[span.end : end if end >= 0 else len(text)]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return before, after


def _difference(before: Meaning | None, now: Meaning) -> list[Content | tuple[str, str] | str]:
    """What was said of a code then and is said now, where the two differ."""
    spoken = language()
    titles = {"definition": _("Definition"), "include_when": _("Use when"), "exclude_when": _("Not when")}
    parts: list[Content | tuple[str, str] | str] = []
    for name in _TEXTS:
        new = in_language(getattr(now, name), spoken)
        old = in_language(getattr(before, name), spoken) if before is not None else ""
        if not new and not old:
            continue
        parts.append((f"\n{titles[name]}\n", "bold"))
        if before is not None and old != new:
            parts += [(_("before:") + " ", "bold dim"), (f"{old or '–'}\n", "dim"), (_("now:") + " ", "bold")]
        parts.append(f"{new or '–'}\n")
    if before is not None and before.valence is not now.valence:
        parts.append(("\n" + _("Which directions it allows has changed.") + "\n", "bold"))
    return parts
