"""Colours of codes that most colour-blind people can tell apart, and that can be seen on the theme in use.

The hues are those of Okabe and Ito (2008), "Color Universal Design". There are seven; further codes share them:
the name in the margin says which code it is, the hue only helps the eye.
"""

from collections.abc import Mapping
from functools import lru_cache

from textual.color import Color
from textual.theme import Theme

from ipscoding.domain import Codebook

HUES = ("#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#0072b2", "#d55e00", "#f0e442")
"""Orange, sky blue, green, pink, blue, vermilion, yellow."""

ANSI_HUES = ("ansi_yellow", "ansi_cyan", "ansi_green", "ansi_magenta", "ansi_blue", "ansi_red")
"""What stands in for the hues where the terminal's own sixteen colours are used."""

TINT = 0.2
CONTRAST = 3.0


HIGH_CONTRAST = (
    Theme(
        name="high-contrast-dark",
        primary="#ffd700",
        secondary="#00d7ff",
        accent="#00ffff",
        warning="#ff9f1a",
        error="#ff7070",
        success="#5fff87",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        boost="#262626",
        dark=True,
        luminosity_spread=0.1,
        text_alpha=1.0,
    ),
    Theme(
        name="high-contrast-light",
        primary="#0b1f8f",
        secondary="#005f5f",
        accent="#7a0060",
        warning="#8a4b00",
        error="#a40000",
        success="#005f1f",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#e6e6e6",
        boost="#f0f0f0",
        dark=False,
        luminosity_spread=0.1,
        text_alpha=1.0,
    ),
)
"""Black and white, and colours that stand out from them at least seven to one."""


def ansi_hue(colour: str) -> str:
    """What stands in for a code's colour where the terminal's own sixteen colours are used."""
    return ANSI_HUES[HUES.index(colour) % len(ANSI_HUES)] if colour in HUES else ANSI_HUES[0]


def code_hues(codebook: Codebook) -> Mapping[str, int]:
    """The number of the hue of every code: one for each top of the tree, so that what belongs together looks alike."""
    tops = {code.id: number % len(HUES) for number, code in enumerate(codebook.children(None))}
    return {code.id: tops.get(codebook.path(code.id)[0].id, 0) for code in codebook.codes}


def code_colours(codebook: Codebook) -> Mapping[str, str]:
    """The colour of every code: its own where the codebook gives one that can be read, else its hue."""
    hues = code_hues(codebook)
    return {code.id: _own(code.colour) or HUES[hues[code.id]] for code in codebook.codes}


def _own(colour: str) -> str:
    value = colour.strip().removeprefix("#")
    if len(value) in (3, 6) and all(digit in "0123456789abcdefABCDEF" for digit in value):
        return f"#{value.lower()}"
    return ""


def _luminance(colour: Color) -> float:
    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.rgb
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=512)
def readable(colour: str, background: Color, ratio: float = CONTRAST) -> Color:
    """`colour`, moved towards white or black until it stands out from `background` by at least `ratio`."""
    own = Color.parse(colour)
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    towards = white if contrast(white, background) > contrast(black, background) else black
    for step in range(20):
        mixed = own.blend(towards, step / 20)
        if contrast(mixed, background) >= ratio:
            return mixed
    return towards


@lru_cache(maxsize=512)
def tint(colour: str, background: Color, strength: float = TINT) -> Color:
    """`background` with `strength` (0 to 1) of `colour` in it."""
    return background.blend(Color.parse(colour), strength)
