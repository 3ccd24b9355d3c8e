"""The last line of a screen: the keys that help now and, in their place, a question that one key answers.

A question is no screen of its own, so that an answer repaints this line and nothing else.
"""

from asyncio import Future, get_running_loop

from textual import events
from textual.content import Content

from ipscoding.domain import Code, Valence
from ipscoding.i18n import _, language
from ipscoding.tui.widgets.line import Line
from ipscoding.tui.words import allowed, valence_name

VALENCE_KEYS = {Valence.BARRIER: "b", Valence.FACILITATOR: "f", Valence.BOTH: "g", Valence.NONE: "0"}
"""The keys that give a valence, in the question and on the screen alike."""


class BottomLine(Line):
    """One line of keys; a click does what they do."""

    DEFAULT_CSS = """
    BottomLine { height: 1; padding: 0 1; background: $footer-background; color: $footer-description-foreground;
        text-wrap: nowrap; text-overflow: clip; dock: bottom;
        link-style: none; link-color: $footer-description-foreground; link-style-hover: bold;
        link-background-hover: $primary; link-color-hover: $text; }
    """

    _hints = Content()
    _code: Code | None = None
    _place = ""
    _answer: "Future[Valence | None] | None" = None
    _at = -1

    def say(self, content: Content) -> None:
        """Show these hints, now or when the question is answered."""
        self._hints = content
        if self._answer is None:
            super().say(content)

    @property
    def asking(self) -> bool:
        """Whether a question stands here."""
        return self._answer is not None

    async def ask_valence(self, code: Code, place: str = "") -> Valence | None:
        """Ask for one of the valences that `code` allows; None where that was given up. A single one goes unasked.

        Args:
            code: what is being coded.
            place: which of several codes this is about, as "2/3".
        """
        choices = allowed(code)
        if len(choices) == 1:
            return choices[0]
        self.answer(None)
        self._answer, self._code, self._place, self._at = get_running_loop().create_future(), code, place, -1
        self._show_question()
        try:
            return await self._answer
        finally:
            if self._code is code:
                self._close(None)

    def take_key(self, event: events.Key) -> None:
        """Where a question stands here, let this key answer it; no other key does anything until then."""
        code = self._code
        if self._answer is None or code is None:
            return
        event.stop()
        event.prevent_default()
        choices = allowed(code)
        keys = {VALENCE_KEYS[valence]: valence for valence in choices}
        if event.key in keys:
            self.answer(keys[event.key])
        elif event.key == "escape":
            self.answer(None)
        elif event.key in ("left", "right"):
            by = 1 if event.key == "right" else -1
            # a second Enter by accident must not decide: nothing is chosen until an arrow does it
            self._at = (self._at + by) % len(choices) if self._at >= 0 else (0 if by > 0 else len(choices) - 1)
            self._show_question()
        elif event.key == "enter" and self._at >= 0:
            self.answer(choices[self._at])

    def answer(self, valence: Valence | None) -> None:
        """Answer the question; None gives it up."""
        if self._answer is not None:
            self._close(valence)

    def _close(self, valence: Valence | None) -> None:
        answer, self._answer, self._code = self._answer, None, None
        if answer is not None and not answer.done():
            answer.set_result(valence)
        super().say(self._hints)

    def _show_question(self) -> None:
        if self._code is None:
            return
        answers = []
        for at, valence in enumerate(allowed(self._code)):
            shown = Content.from_markup(
                f"[@click=screen.answer('{valence}')][bold $footer-key-foreground]$key[/] $sign $name[/]",
                key=VALENCE_KEYS[valence],
                sign=valence.sign,
                name=valence_name(valence),
            )
            answers.append(shown.stylize("reverse") if at == self._at else shown)
        cancel = Content.from_markup(
            "[@click=screen.answer('')][bold $footer-key-foreground]Esc[/] $name[/]", name=_("cancel")
        )
        rest = Content("   ").join([*answers, cancel])
        place = f" {self._place}" if self._place else ""
        room = max(self.content_size.width - rest.cell_length - len(place) - 3, 8)
        name = Content.styled(self._code.name(language()), "bold").truncate(room, ellipsis=True)
        super().say(Content.assemble(name, (place, "bold"), "   ", rest))
