from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color

from ipscoding.domain import Code, Codebook
from ipscoding.tui.colours import HUES, code_colours, contrast, readable, tint

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: Color(*rgb))


@given(COLOURS, COLOURS)
def test_every_stripe_can_be_seen_on_every_background(colour: Color, background: Color) -> None:
    assert contrast(readable(colour.hex6, background), background) >= 3.0


def test_text_stays_readable_on_every_tint() -> None:
    for background, text in (
        (Color.parse("#121212"), Color.parse("#e0e0e0")),
        (Color(255, 255, 255), Color(31, 31, 31)),
    ):
        assert all(contrast(text, tint(hue, background)) >= 4.5 for hue in HUES)


def test_contrast_is_21_between_black_and_white() -> None:
    assert round(contrast(Color(0, 0, 0), Color(255, 255, 255)), 2) == 21


def test_codes_of_one_domain_look_alike_and_a_codes_own_colour_wins() -> None:
    codes = (
        Code("org", {}),
        Code("nav", {}),
        Code("org.a", {}, parent="org"),
        Code("nav.b", {}, parent="nav"),
        Code("nav.c", {}, parent="nav", colour="#ABCDEF"),
        Code("nav.d", {}, parent="nav", colour="nearly red"),
    )
    colours = code_colours(Codebook("b", {}, codes=codes))
    assert colours["org.a"] == colours["org"] != colours["nav.b"]
    assert colours["nav.c"] == "#abcdef"
    assert colours["nav.d"] == colours["nav"]
