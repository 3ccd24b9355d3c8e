"""What the codebook on the coding screen looks like."""

from textual.pilot import Pilot
from textual.widgets import Input

from ipscoding.project import Project, codes, shortcuts
from ipscoding.tui.widgets.codebook_panel import CodebookPanel
from tests.test_tui_snapshots import Compare, app, coded
from tests.tui_example import plain_terminal
from tests.tui_hands import once_read

__all__ = ["coded", "plain_terminal"]


async def on_a_code(pilot: Pilot[None]) -> None:
    await pilot.press("k")
    pilot.app.screen.query_one(CodebookPanel).go_to("org.colocation")
    await pilot.pause()


async def editing(pilot: Pilot[None]) -> None:
    await on_a_code(pilot)
    await pilot.press("e", "1")


async def several_marked(pilot: Pilot[None]) -> None:
    await pilot.press("right", "enter", "tab", "tab")
    pilot.app.screen.query_one(Input).cursor_blink = False
    await pilot.pause()


def test_codebook(coded: Project, snap_compare: Compare) -> None:
    shortcuts.bind(coded, 4, "org.colocation")
    codes.retire(coded, "gen.suggestion")
    assert snap_compare(app(coded), terminal_size=(120, 30), run_before=once_read(then=on_a_code))


def test_form(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(80, 24), run_before=once_read(then=editing))


def test_several_codes(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(110, 30), run_before=once_read(then=several_marked))


def test_codings_to_look_at_again(coded: Project, snap_compare: Compare) -> None:
    codes.change(coded, "nav.waiting", definition={"en": "Waiting for NAV to decide."})
    codes.split(coded, "org.colocation", [{"en": "Same corridor"}, {"en": "Same building"}])
    assert snap_compare(app(coded), terminal_size=(110, 30), run_before=once_read("Q"))
