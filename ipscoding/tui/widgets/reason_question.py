"""Asks for a reason in one line, and whether it goes into the rules of a code too."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ipscoding.domain import Code
from ipscoding.i18n import _, language
from ipscoding.tui.widgets.dialog import Dialog
from ipscoding.tui.words import language_name

RULES = ("", "include_when", "exclude_when")
"""Where the reason goes beside the decision: nowhere, or into one of the rules of the code."""


@dataclass(frozen=True)
class Reason:
    """Why, which may be empty, and the rule of the code that it is added to (one of `RULES`)."""

    text: str
    rule: str = ""


def rule_language(code: Code, rule: str) -> str:
    """The language in which a rule of `code` is read, and goes on being written: the one in use where it has that.

    A rule that stands in another language only would vanish from sight behind a first line in the one in use.
    """
    texts = getattr(code, rule)
    return next((one for one in (language(), "nb", "nn", "en") if texts.get(one)), language())


class ReasonQuestion(Dialog[Reason | None]):
    """Gives the reason, or None where it was left."""

    DEFAULT_CSS = """
    ReasonQuestion {
        align: center bottom; background: $background 30%;
        & > Vertical {
            width: 94%; max-width: 96; height: 4; background: $surface; border: round $primary;
            border-title-color: $foreground; border-subtitle-color: $foreground 70%;
        }
        Input { padding: 0 1; background: $surface; }
        Static { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; link-style: none;
            link-color: $foreground; link-color-hover: $text; link-background-hover: $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("tab", "turn_rule(1)", show=False, priority=True),
        Binding("shift+tab", "turn_rule(-1)", show=False, priority=True),
    ]

    def __init__(self, decided: str, code: Code, before: str = "", *, above: int = 2) -> None:
        """`decided`: what is decided, in words; `code`: the one with the rules; `before`: an earlier reason.

        `above`: how many rows at the bottom of the screen stay in sight.
        """
        super().__init__()
        self._decided = decided
        self._code = code
        self._before = before
        self._above = above
        self._rule = RULES[0]
        self._lacking = False

    def compose(self) -> ComposeResult:
        """The line, and the rules below it."""
        with Vertical() as box:
            box.border_title = self._decided
            box.border_subtitle = _("Enter decide · Esc cancel")
            yield Input(
                self._before, placeholder=_("Why? The reason is kept with the decision; it may be empty"), compact=True
            )
            yield Static(id="rule")

    def on_mount(self) -> None:
        """Show where the reason goes."""
        self.query_one(Vertical).styles.margin = (0, 0, self._above, 0)
        self._show_rule()

    def action_turn_rule(self, by: int) -> None:
        """Let the reason go somewhere else."""
        self.action_rule(RULES[(RULES.index(self._rule) + by) % len(RULES)])

    def action_rule(self, rule: str) -> None:
        """Let the reason go into `rule` too; empty for none."""
        self._rule, self._lacking = rule, False
        self._show_rule()

    def _show_rule(self) -> None:
        names = {
            "": _("nowhere else"),
            "include_when": _("Use when"),
            "exclude_when": _("Not when"),
        }
        parts = [Content.from_markup("[bold $text-accent]Tab[/]"), Content(_("into the rules too:"))]
        for rule, name in names.items():
            shown = Content.from_markup(f"[@click=screen.rule('{rule}')]$sign $name[/]", sign=_sign(rule == self._rule),
                                        name=name)  # fmt: skip
            parts.append(shown.stylize("bold") if rule == self._rule else shown)
        if self._lacking:
            parts.append(Content.styled(_("first write the reason"), "bold $text-warning"))
        elif self._rule:
            where = _("in {language}").format(language=language_name(rule_language(self._code, self._rule)))
            parts.append(Content.styled(where, "dim"))
        self.query_one("#rule", Static).update(Content("  ").join(parts))

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        text = " ".join(event.value.split())
        if self._rule and not text:
            self._lacking = True
            self._show_rule()
        else:
            self.dismiss(Reason(text, self._rule))


def _sign(chosen: bool) -> str:
    return "●" if chosen else "○"
