"""Codes' colours in lists and lines, as they can be seen on the theme in use."""

from textual.content import Content
from textual.widget import Widget

from ipscoding.tui.colours import ansi_hue, readable


def ink(on: Widget, colour: str) -> str:
    """The style of a sign in a code's `colour` on a widget: one that stands out there; empty for no colour."""
    if not colour:
        return ""
    if on.app.native_ansi_color:
        return ansi_hue(colour)
    _base, background = on.background_colors
    return readable(colour, background).hex


def square(on: Widget, colour: str) -> Content:
    """The sign of a code, and a space."""
    return Content.assemble(("■ ", ink(on, colour)))
