"""What there is in a project and how far each coder has come, in a few lines that flow with the width."""

from textual.content import Content
from textual.widgets import Static

from ipscoding.analysis.names import role_group
from ipscoding.i18n import _, ngettext
from ipscoding.tui.progress import BAR, Overview

_MOST_CODERS = 6
_ROLE_LINES = 2
_NAME = 12
_WIDE = 100


class Counters(Static):
    """Informants by role, and a bar for each coder."""

    DEFAULT_CSS = "Counters { height: auto; max-height: 8; padding: 0 1; }"
    ALLOW_SELECT = False

    _now = Overview()

    def show(self, now: Overview) -> None:
        """Show the project as it is `now`."""
        self._now = now
        self._lay_out()

    def on_resize(self) -> None:
        """Let the lines flow anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.app.size.width - 2
        roles = [f"{role_group(role)} {n}" for role, n in self._now.roles()]
        coders = self._now.coders
        shown = coders[:_MOST_CODERS] if self._now.documents else ()
        names = [coder if len(coder) <= _NAME else coder[: _NAME - 1] + "…" for coder in shown]
        cells = BAR if width >= _WIDE else BAR * 2 // 3
        bars = _aligned([(name, *self._work(coder, cells)) for name, coder in zip(names, shown, strict=True)])
        if len(coders) > _MOST_CODERS:
            more = len(coders) - _MOST_CODERS
            bars.append(ngettext("and {n} coder more", "and {n} coders more", more).format(n=more))
        self.update(Content("\n".join([*_flow(roles, width, " · ")[:_ROLE_LINES], *_flow(bars, width, "  ")])))

    def _work(self, coder: str, cells: int) -> tuple[str, str, str]:
        work = self._now.work(coder)
        made = ngettext("{n} coding", "{n} codings", work.codings).format(n=work.codings)
        return work.bar(cells), _("{done}/{of} done").format(done=work.done, of=work.of) + ",", made


def _aligned(rows: list[tuple[str, str, str, str]]) -> list[str]:
    """Rows of words as lines in which each word stands under the one above it."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [" ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in rows]


def _flow(parts: list[str], width: int, between: str) -> list[str]:
    """`parts` in as few lines of `width` as hold them."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(between) + len(part) <= width:
            lines[-1] += between + part
        else:
            lines.append(part)
    return lines
