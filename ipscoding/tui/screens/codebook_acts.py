"""The codebook edited on the coding screen; what an edit does to codings is said before it is done."""

from collections.abc import Awaitable, Callable

from textual import on, work
from textual.content import Content

from ipscoding.domain import Code
from ipscoding.i18n import _, language, ngettext
from ipscoding.project import codes
from ipscoding.project.codes import Effect
from ipscoding.tui.code_text import about
from ipscoding.tui.screens.suggested import Suggested
from ipscoding.tui.widgets.code_form import CodeForm, CodeWish
from ipscoding.tui.widgets.code_picker import CodePicker
from ipscoding.tui.widgets.codebook_panel import CodebookPanel
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.text_dialogs import LinesDialog, ReadingDialog

Edit = Callable[[Code], Awaitable[None]]


class CodebookActs(Suggested):
    """The part of the coding screen that edits the codebook: always the code at the cursor of the tree."""

    @property
    def codebook_panel(self) -> CodebookPanel:
        """The codebook at the side."""
        return self.query_one(CodebookPanel)

    def _show_tree(self) -> None:
        if not (self.query_one("#side").display and self._side == "codes"):
            self.action_panel("codes")

    def _the_code(self) -> Code | None:
        self._show_tree()
        code = self.codebook_panel.current
        if code is None:
            self.notify(_("Choose a code in the codebook first."))
        return code

    @on(CodebookPanel.Chosen)
    def _code_from_tree(self, message: CodebookPanel.Chosen) -> None:
        self.codebook_panel.go_to(message.code_id)
        self.view.focus()
        self._code_one(message.code_id)

    @work(exclusive=True, group="ask")
    async def _code_one(self, code_id: str) -> None:
        await self._code([code_id])

    def action_code_this(self) -> None:
        """Code the selection with the code at the cursor of the tree."""
        code = self._the_code()
        if code is not None and code.codable:
            self._code_one(code.id)

    def action_find_code(self) -> None:
        """Let the coder narrow the tree."""
        self._show_tree()
        self.codebook_panel.search()

    @work(exclusive=True, group="ask")
    async def action_bind(self, digit: int = 0) -> None:
        """Put the code on a digit, or free the digit where the code is on it already."""
        code = self._the_code()
        if code is not None:
            await self._bind(code, digit or await self._ask_digit(code))

    async def _ask_digit(self, code: Code) -> int:
        choices = [
            (str(digit), Content(self.desk.name(self.desk.bound[digit])) if digit in self.desk.bound else Content("–"))
            for digit in range(1, 10)
        ]
        title = _("Which key codes {code}?").format(code=self.desk.name(code.id))
        return int(await self.app.push_screen_wait(Chooser(title, choices)) or 0)

    async def _bind(self, code: Code, digit: int) -> None:
        if not digit:
            return
        with self.told():
            free = self.desk.bound.get(digit) == code.id
            self.desk.bind(digit, None if free else code.id)
            self.show_work()
            text = _("Key {n} is free.") if free else _("Key {n} codes {code} from now on.")
            self.notify(text.format(n=digit, code=self.desk.name(code.id)), markup=False)

    # The menu

    @work(exclusive=True, group="ask")
    async def action_edit_code(self) -> None:
        """Ask what to do with the code, and do it."""
        code = self._the_code()
        if code is None:
            return
        acts = self._acts(code)
        choices = [(name, Content(name)) for name in acts]
        chosen = await self.app.push_screen_wait(Chooser(self.desk.name(code.id), choices))
        if chosen is not None:
            await acts[chosen](code)

    def _acts(self, code: Code) -> dict[str, Edit]:
        """What can be done with `code`, by what it is called."""
        acts: dict[str, Edit] = {
            _("Edit its names, definition, rules, colour"): self._edit,
            _("New code here"): self._new_here,
            _("Move it in the codebook"): self._move,
        }
        if code.codable and not code.retired:
            acts[_("Merge it into another code")] = self._merge
            acts[_("Split it into several codes")] = self._split
        if code.retired:
            acts[_("Bring it back into use")] = self._back
        elif not any(not child.retired for child in self.desk.codebook.children(code.id)):
            acts[_("Retire it")] = self._retire
        if code.codable and not code.retired:
            acts[_("Put it on a key")] = self._choose_key
        acts[_("Write a memo on it")] = self._memo
        acts[_("Read all about it")] = self._read
        return acts

    async def _choose_key(self, code: Code) -> None:
        await self._bind(code, await self._ask_digit(code))

    async def _memo(self, code: Code) -> None:
        await self.write_memo(code.uuid, self.desk.name(code.id))

    async def _read(self, code: Code) -> None:
        await self.app.push_screen_wait(ReadingDialog(self.desk.name(code.id), about(code, self.desk.codebook)))

    @work(exclusive=True, group="ask")
    async def action_new_code(self) -> None:
        """Make a new code beside or below the one at the cursor."""
        self._show_tree()
        await self._new_here(self.codebook_panel.current)

    async def _new_here(self, code: Code | None) -> None:
        parent = "" if code is None else (code.parent or "") if code.codable else code.id
        made = await self._new_code("", parent=parent)
        if made is not None:
            self.codebook_panel.go_to(made)

    async def _edit(self, code: Code) -> None:
        title = _("Edit {code}").format(code=self.desk.name(code.id))
        wish = await self.app.push_screen_wait(CodeForm(title, CodeWish.of(code), full=True))
        if wish is None:
            return
        told = codes.effect(self.desk.project, code.id)
        if told.codings and _means_something_else(code, wish):
            question = _(
                "This changes what {code} means. {codings} were made under the meaning until now; they stay as they "
                "are and come into the list of codings to look at again (Q)."
            ).format(code=self.desk.name(code.id), codings=codings_told(told))
            if not await self._sure(question, _("Change it")):
                return
        with self.told():
            codes.change(
                self.desk.project,
                code.id,
                valence=wish.valence,
                colour=wish.colour,
                label=wish.label,
                definition=wish.definition,
                include_when=wish.include_when,
                exclude_when=wish.exclude_when,
            )
            self._edited(_("Changed: {code}"), code.id)

    async def _move(self, code: Code) -> None:
        below = [step.id for step in self.desk.codebook.under(code.id)]
        places = [(place, name) for name, place in self.places(without=below) if place != (code.parent or "")]
        choices = [(place, Content(name)) for place, name in places]
        title = _("Where does {code} belong?").format(code=self.desk.name(code.id))
        place = await self.app.push_screen_wait(Chooser(title, choices))
        if place is not None:
            with self.told():
                codes.move(self.desk.project, code.id, place or None)
                self._edited(_("Moved: {code}"), code.id)

    async def _retire(self, code: Code) -> None:
        told = codes.effect(self.desk.project, code.id)
        name = self.desk.name(code.id)
        question = _("{code} is taken out of use: nobody can code with it any more.").format(code=name)
        question += "\n\n" + (
            _("{codings} keep it and stay as they are.").format(codings=codings_told(told))
            if told.codings
            else _("Nothing is coded with it.")
        )
        if await self._sure(question, _("Retire")):
            with self.told():
                codes.retire(self.desk.project, code.id)
                self._edited(_("Retired: {code}"), code.id)

    async def _back(self, code: Code) -> None:
        with self.told():
            codes.retire(self.desk.project, code.id, retired=False)
            self._edited(_("Back in use: {code}"), code.id)

    async def _merge(self, code: Code) -> None:
        name = self.desk.name(code.id)
        title = _("Merge {code} into which code?").format(code=name)
        others = [other for other in self.desk.codebook.active() if other.id != code.id]
        picker = CodePicker(self.desk.codebook, self.desk.often, self.desk.colours, title=title, codes=others)
        into = await self.app.push_screen_wait(picker)
        if into is None:
            return
        told = codes.effect(self.desk.project, code.id, into)
        target = self.desk.name(into)
        question = _("{codings} get {target} instead of {code}; {code} is taken out of use.").format(
            codings=codings_told(told), target=target, code=name
        )
        if told.becoming_one:
            n = told.becoming_one
            question += "\n\n" + ngettext(
                "{n} of them lies on a passage that has {target} already: the two become one.",
                "{n} of them lie on passages that have {target} already: the two become one.",
                n,
            ).format(n=n, target=target)
        if await self._sure(question, _("Merge")):
            with self.told():
                codes.merge(self.desk.project, code.id, into)
                self._edited(_("Merged into {code}"), into)

    async def _split(self, code: Code) -> None:
        name = self.desk.name(code.id)
        told = codes.effect(self.desk.project, code.id)
        what = _("Write the names of the new codes, each on a line of its own.")
        if told.codings:
            what += "\n\n" + _(
                "{codings} stay with {code} until somebody has looked at them (Q) and chosen one of the new codes for "
                "each. {code} itself is taken out of use."
            ).format(codings=codings_told(told), code=name)
        title = _("Split {code}").format(code=name)
        labels = await self.app.push_screen_wait(LinesDialog(title, what, _("Split")))
        if labels is not None:
            with self.told():
                made = codes.split(self.desk.project, code.id, [{language(): label} for label in labels])
                self._edited(_("Split: {code}"), code.id, made[0].id)

    async def _sure(self, question: str, yes: str) -> bool:
        question += "\n\n" + _("One undo (u) takes it back.")
        return await self.app.push_screen_wait(Confirm(question, yes))

    def _edited(self, text: str, code_id: str, go_to: str = "") -> None:
        """Show the codebook after an edit, the cursor where it happened."""
        self.reload()
        self.codebook_panel.go_to(go_to or code_id)
        self.notify(_("u takes it back."), title=text.format(code=self.desk.name(code_id)), markup=False)


def _means_something_else(code: Code, wish: CodeWish) -> bool:
    """Whether codings made until now were made under another meaning."""
    if wish.valence is not code.valence:
        return True
    return any(
        {spoken: text for spoken, text in getattr(wish, name).items() if text} != dict(getattr(code, name))
        for name in ("definition", "include_when", "exclude_when")
    )


def codings_told(told: Effect) -> str:
    """How many codings an edit touches, whose and where."""
    return _("{codings} in {documents} by {coders}").format(
        codings=ngettext("{n} coding", "{n} codings", told.codings).format(n=told.codings),
        documents=ngettext("{n} interview", "{n} interviews", told.documents).format(n=told.documents),
        coders=ngettext("{n} coder", "{n} coders", told.coders).format(n=told.coders),
    )
