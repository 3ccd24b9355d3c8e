"""How one searches: the ways there are, the chosen one marked, and whether the interviewer counts."""

from textual.content import Content

from ipscoding.i18n import _
from ipscoding.tui.finding import MODES, Finding
from ipscoding.tui.widgets.line import Line


class ModeLine(Line):
    """One line; a click chooses."""

    DEFAULT_CSS = """
    ModeLine { height: 1; padding: 0 1; background: $panel; link-style: none; link-color: $foreground;
        link-style-hover: bold; link-background-hover: $primary; link-color-hover: $text; text-wrap: nowrap; }
    """

    def show(self, finding: Finding) -> None:
        """Show the ways to search, and the one of `finding`."""
        parts = [Content.styled("F2 ", "bold $text-accent")]
        for mode, name in MODES.items():
            mark, style = ("●", "bold") if mode == finding.mode else ("○", "")
            parts.append(
                Content.from_markup(
                    f"[@click=screen.mode('{mode}')][{style or 'not bold'}]$text[/][/]  ", text=f"{mark} {_(name)}"
                )
            )
        box = "☑" if finding.interviewer else "☐"
        parts.append(
            Content.from_markup(
                "  [@click=screen.interviewer][bold $text-accent]F3[/] $text[/]", text=f"{box} {_('interviewer too')}"
            )
        )
        self.say(Content("").join(parts))
