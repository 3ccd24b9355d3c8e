"""Signs and colours beside the transcript: plain characters where they are asked for, codes' colours on any theme."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color

from ipscoding.domain import Valence
from ipscoding.project import Project, codings, documents
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.colours import HUES, contrast
from ipscoding.tui.ink import ink
from ipscoding.tui.preferences import Preferences
from ipscoding.tui.widgets.codebook_panel import CodeList
from ipscoding.tui.widgets.here import HerePanel
from tests.tui_example import make, passage, plain_terminal
from tests.tui_hands import Hands, once_read

__all__ = ["plain_terminal"]
LETTERS = re.compile(r"[\x20-\xff]*")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path) as made:
        place = documents.find(made, "p01").id
        words = passage(documents.transcript(made, place), "rett over gangen")
        codings.add(made, place, words, "org.colocation", Valence.FACILITATOR)
        yield made


def painted(app: IpscodingApp) -> str:
    """All that stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_every_screen_can_do_with_the_letters_of_any_terminal(project: Project) -> None:
    app = IpscodingApp(project, preferences=Preferences(signs="ascii"), make=None)
    async with app.run_test(size=(160, 40)) as pilot:
        await once_read()(pilot)
        keys = ["plus", "enter", "escape", "o", "escape", "E", "escape", "R", "escape", "O", "escape", "J", "escape"]
        for key in [*keys, "T", "escape", "C", "escape", "Q", "escape", "f1", "escape", "k", "e", "1", "escape"]:
            await pilot.press(key)
            await pilot.pause(0.05)
            strange = set(LETTERS.sub("", painted(app))) - {"\n"}
            assert not strange, (key, strange)


async def test_plain_signs_say_what_the_drawn_ones_say(project: Project) -> None:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    async with app.run_test(size=(160, 40)) as pilot:
        hands = Hands(app, pilot)
        await once_read("plus")(pilot)
        drawn = painted(app)
        assert "▸ ■ ▲ facilitator" in drawn
        await hands.screen.run_action("signs")
        await pilot.pause()
        plain = painted(app)
        assert "> # ^ facilitator" in plain
        assert "/ p01" in plain
        assert [len(row) for row in plain.splitlines()] == [len(row) for row in drawn.splitlines()]
        await hands.screen.run_action("signs")
        await pilot.pause()
        assert painted(app) == drawn


async def test_codes_are_seen_in_lists_on_every_theme(project: Project) -> None:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    async with app.run_test(size=(160, 40)) as pilot:
        await once_read("plus")(pilot)
        for theme in ("textual-dark", "textual-light", "high-contrast-dark", "high-contrast-light", "ansi-dark"):
            app.theme = theme
            await pilot.pause()
            for widget in (app.screen.query_one(CodeList), app.screen.query_one(HerePanel)):
                for hue in HUES:
                    style = ink(widget, hue)
                    if theme.startswith("ansi"):
                        assert style.startswith("ansi_")
                    else:
                        assert contrast(Color.parse(style), widget.background_colors[1]) >= 3
            shown = str(app.screen.query_one(HerePanel).content.spans)
            assert ink(app.screen.query_one(HerePanel), HUES[0]) in shown, theme
