"""Limiting passages to some roles, directions, coders, interviews or attributes of informants."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ipscoding.i18n import _
from ipscoding.tui.passages import limit_name, value_name
from ipscoding.tui.widgets.dialog import Dialog

Limits = dict[str, frozenset[str]]
Count = Callable[[Limits], tuple[Mapping[str, Counter[str]], str]]
"""What the values of each limit leave when some are chosen, and how many passages there are then, in words."""


class LimitsDialog(Dialog[Limits | None]):
    """One list with a box for every value, and how many passages each leaves."""

    DEFAULT_CSS = """
    LimitsDialog {
        align: center middle;
        & > OptionList {
            width: 80%; max-width: 76; height: 85%; background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 80%; scrollbar-size-vertical: 1;
            text-wrap: nowrap; text-overflow: ellipsis;
            &:focus { border: round $primary; }
            & > .option-list--option-disabled { color: $foreground; text-style: bold; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("space", "turn", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
        Binding("x", "clear", show=False),
    ]

    def __init__(self, limits: Limits, count: Count) -> None:
        super().__init__()
        self._limits = dict(limits)
        self._count = count

    def compose(self) -> ComposeResult:
        """The list."""
        box = OptionList()
        box.border_subtitle = _("Space choose · Enter show · x none · Esc cancel")
        yield box

    def on_mount(self) -> None:
        """Show what can be chosen."""
        self._fill()
        box = self.query_one(OptionList)
        box.action_first()
        box.focus()

    def _fill(self) -> None:
        box = self.query_one(OptionList)
        at, top = box.highlighted, box.scroll_offset.y
        choices, told = self._count(self._limits)
        options = []
        for limit, values in choices.items():
            options.append(Option(limit_name(limit), disabled=True))
            chosen = self._limits.get(limit, frozenset())
            for value in sorted(values, key=lambda value, limit=limit: value_name(limit, value)):  # type: ignore[misc]
                line = Content.assemble(
                    (" ☑ " if value in chosen else " ☐ ", "bold" if value in chosen else ""),
                    value_name(limit, value),
                    (f"  {values[value]}", "dim"),
                )
                options.append(Option(line, id=f"{limit}={value}"))
        box.set_options(options)
        box.border_title = told
        if at is not None:
            box.highlighted = at
            box.scroll_to(y=top, animate=False)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._turn(event.option_id or "")

    def action_turn(self) -> None:
        """Choose the highlighted value, or no more."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None:
            self._turn(option.id or "")

    def _turn(self, key: str) -> None:
        limit, _equals, value = key.partition("=")
        values = self._limits.get(limit, frozenset()) ^ {value}
        self._limits = {**self._limits, limit: values}
        if not values:
            del self._limits[limit]
        self._fill()

    def action_clear(self) -> None:
        """Choose nothing: everything is shown."""
        self._limits = {}
        self._fill()

    def action_take(self) -> None:
        """Show what keeps the limits."""
        self.dismiss(self._limits)
