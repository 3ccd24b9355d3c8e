"""Codes' colours in lists and lines, as they can be seen on the theme in use."""

from textual.color import Color
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from ipscoding.tui.colours import ansi_hue, readable

_CURSOR = {True: 0.3, False: 0.2}
"""How much of the theme's first colour the row at the cursor of a list has, on dark and on light themes."""


def ink(on: Widget, colour: str) -> str:
    """The style of a sign in a code's `colour` on a widget: one that stands out there; empty for no colour."""
    if not colour:
        return ""
    if on.app.native_ansi_color:
        return ansi_hue(colour)
    _base, background = on.background_colors
    if isinstance(on, OptionList):
        # the row at the cursor is the one where a colour is seen least
        background = background.blend(
            Color.parse(on.app.theme_variables["primary"]), _CURSOR[on.app.current_theme.dark]
        )
    return readable(colour, background).hex


def square(on: Widget, colour: str) -> Content:
    """The sign of a code, and a space."""
    return Content.assemble(("■ ", ink(on, colour)))
