"""A tour in ten steps: a small box says what to press, and moves on when it was done. It never takes the keys."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ipscoding.i18n import N_, _
from ipscoding.tui.actions import BY_ID


@dataclass(frozen=True)
class Moment:
    """What the tour looks at to see whether a step was done."""

    cursor: int
    unit: str
    selected: int
    codings: int
    valences: tuple[str, ...]
    memos: int
    act: str
    current: str
    panel: str
    screen: str


@dataclass(frozen=True)
class Step:
    """What to do, with `{}` for the keys of `actions`, and how one sees that it was done."""

    text: str
    actions: tuple[str, ...]
    done: Callable[[Moment, Moment], bool]


STEPS = (
    Step(
        N_("{} goes on to the next sentence, {} back. Go a little."),
        ("step.next", "step.previous"),
        lambda before, now: now.cursor != before.cursor,
    ),
    Step(
        N_("{} goes by words, {} by sentences, {} by turns. Choose another one."),
        ("unit.word", "unit.sentence", "unit.turn"),
        lambda before, now: now.unit != before.unit,
    ),
    Step(
        N_("{} makes the selection longer; so do {} and then plain arrows. Take a little more in."),
        ("extend.right", "extend"),
        lambda before, now: now.selected > before.selected,
    ),
    Step(
        N_("{} codes what is selected: write a few letters of a code, Enter, and then b if it hinders, f if it helps."),
        ("code.enter",),
        lambda before, now: now.codings > before.codings,
    ),
    Step(
        N_("It is in the file already. {} {} {} {} change what it is: barrier, facilitator, both, neither. Try one."),
        ("barrier", "facilitator", "both", "none"),
        lambda before, now: now.valences != before.valences,
    ),
    Step(
        N_("{} writes a memo on the coding; Esc keeps it. Write a word."),
        ("memo",),
        lambda before, now: now.memos > before.memos,
    ),
    Step(
        N_("{} takes back the last step, as often as you like, tomorrow too. Take one back."),
        ("undo",),
        lambda before, now: now.act != before.act,
    ),
    Step(
        N_("{} goes to the next coding, {} to the one before."),
        ("coding.next", "coding.previous"),
        lambda before, now: bool(now.current) and (now.current, now.cursor) != (before.current, before.cursor),
    ),
    Step(
        N_("{} goes to the codebook, {} to the interviews, {} to suggestions; Esc comes back. Go to one of them."),
        ("codebook", "documents", "suggestions"),
        lambda before, now: now.panel not in ("", before.panel),
    ),
    Step(
        N_("{} shows all keys, {} finds every command by name. Open one of them, and you know the way."),
        ("help", "palette"),
        lambda before, now: now.screen != before.screen,
    ),
)


class Tour(Static):
    """The box; `Ended` says that the tour is over."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Tour {
        display: none; width: 100%; max-width: 90; height: auto; margin: 0 1; padding: 0 1;
        background: $surface; border: round $accent; color: $foreground;
        border-title-color: $foreground; border-title-style: bold; border-subtitle-color: $foreground 80%;
    }
    """

    class Ended(Message):
        """The last step was done, or the tour was left."""

    def __init__(self, look: Callable[[], Moment], *, id: str | None = None) -> None:
        """`look` gives how things stand now."""
        super().__init__(id=id)
        self._look = look
        self._step = -1
        self._before: Moment | None = None

    @property
    def step(self) -> int:
        """The step it stands at, from 0; -1 where it is not under way."""
        return self._step

    def begin(self) -> None:
        """Start with the first step."""
        self._show(0)

    def skip(self) -> None:
        """Go on without doing this step."""
        if self._step >= 0:
            self._show(self._step + 1)

    def end(self) -> None:
        """Leave the tour."""
        if self._step >= 0:
            self._step, self.display = -1, False
            self.post_message(self.Ended())

    def look(self) -> None:
        """Move on if the step was done."""
        if self._step < 0 or self._before is None:
            return
        if STEPS[self._step].done(self._before, self._look()):
            self._show(self._step + 1)

    def _show(self, number: int) -> None:
        if number >= len(STEPS):
            self.end()
            return
        self._step, self._before, self.display = number, self._look(), True
        step = STEPS[number]
        keys = [BY_ID[action_id].short or "–" for action_id in step.actions]
        parts: list[Content | tuple[str, str]] = []
        for number_of_key, part in enumerate(_(step.text).split("{}")):
            if number_of_key:
                parts.append((keys[number_of_key - 1], "bold $text-accent"))
            parts.append(Content(part))
        self.border_title = _("Tour {n}/{all}").format(n=number + 1, all=len(STEPS))
        self.border_subtitle = _("{skip} skip · {end} end").format(
            skip=BY_ID["tour.skip"].shown, end=BY_ID["tour.end"].shown
        )
        self.update(Content.assemble(*parts))
