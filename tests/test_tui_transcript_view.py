from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseMove
from textual.message import Message
from textual.pilot import Pilot

from ipscoding.domain import Moment, Span, Transcript, Valence
from ipscoding.tui.marks import ASCII, DRAWN, Ghost, Manner, Mark, Marking, signs_for
from ipscoding.tui.navigation import Unit
from ipscoding.tui.widgets.transcript_view import TranscriptView
from tests.tui_example import LINES, marks, passage, plain_terminal, transcript

__all__ = ["plain_terminal"]


class Bare(App[None]):
    def __init__(self, talk: Transcript) -> None:
        super().__init__()
        self.talk = talk
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield TranscriptView()

    def on_mount(self) -> None:
        self.view.show(self.talk)
        self.view.focus()

    @property
    def view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def on_transcript_view_coding_clicked(self, message: TranscriptView.CodingClicked) -> None:
        self.heard.append(message)

    def on_transcript_view_boundary_moved(self, message: TranscriptView.BoundaryMoved) -> None:
        self.heard.append(message)

    def on_transcript_view_selection_changed(self, message: TranscriptView.SelectionChanged) -> None:
        self.heard.append(message)

    def selected(self) -> str:
        return self.view.selected.of(self.talk.text)

    def screen_text(self) -> str:
        return "\n".join(self.view.render_line(y).text.rstrip() for y in range(self.view.size.height))


@asynccontextmanager
async def showing(talk: Transcript, size: tuple[int, int] = (110, 30)) -> AsyncIterator[tuple[Bare, Pilot[None]]]:
    app = Bare(talk)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def test_the_first_selection_is_the_informants_first_sentence() -> None:
    async with showing(transcript()) as (app, _pilot):
        assert app.selected() == "Ja, altså, det gikk ganske fort."


async def test_all_text_is_on_the_screen_whatever_the_width() -> None:
    for width in (40, 80, 200):
        async with showing(transcript(), (width, 60)) as (app, _pilot):
            view = app.view
            at = view._scene.columns.text_at
            seen = [view.render_line(y).text[at : at + view._scene.columns.text] for y in range(60)]
            assert " ".join(" ".join(seen).split()) == " ".join(app.talk.text.split())


async def test_a_step_paints_only_the_rows_that_changed() -> None:
    async with showing(transcript(times=20)) as (app, pilot):
        app.view.set_unit(Unit.WORD)
        app.view.set_marks(marks(app.talk))
        await pilot.pause()
        for _ in range(25):
            before = app.view.rows_built
            app.view.action_step(1)
            await pilot.pause()
            assert app.view.rows_built - before <= 3


async def test_extending_goes_by_whole_units_and_collapses_to_one() -> None:
    async with showing(transcript()) as (app, pilot):
        app.view.action_step(1, extend=True)
        assert app.selected().startswith("Ja, altså")
        assert app.selected().endswith("rett over gangen.")
        app.view.action_collapse()
        assert app.selected().startswith("Jeg snakket")
        app.view.action_extend()
        app.view.action_step(1)
        assert app.selected().startswith("Jeg snakket")
        assert app.selected().endswith("noe sånt.")
        await pilot.pause()


async def test_rows_down_and_up_change_the_selection_each_time() -> None:
    async with showing(transcript()) as (app, pilot):
        seen = [app.view.selected]
        for _ in range(5):
            app.view.action_row(1)
            seen.append(app.view.selected)
        assert len(set(seen)) == 6
        for _ in range(5):
            app.view.action_row(-1)
        assert app.view.selected.start <= seen[0].start
        await pilot.pause()


async def test_a_turn_taller_than_the_view_is_scrolled_through() -> None:
    long = transcript([("I", "Ja?"), ("P1", "Det var en lang historie. " * 60), ("I", "Takk.")])
    async with showing(long, (60, 12)) as (app, pilot):
        app.view.set_unit(Unit.TURN)
        await pilot.pause()
        seen = set()
        for _ in range(200):
            seen.update(range(app.view.scroll_offset.y, app.view.scroll_offset.y + 12))
            app.view.action_row(1)
            await pilot.pause()
            if app.selected() == "Takk.":
                break
        seen.add(app.view.layout_in_use.line_of(app.view.cursor))
        assert app.selected() == "Takk."
        assert set(range(len(app.view.layout_in_use))) <= seen


async def test_resizing_keeps_what_stood_at_the_top() -> None:
    async with showing(transcript(times=30), (110, 30)) as (app, pilot):
        app.view.scroll_to(y=60, animate=False)
        await pilot.pause()
        top = app.view.layout_in_use.span(60).start
        await pilot.resize_terminal(70, 30)
        await pilot.pause()
        row = app.view.layout_in_use.span(app.view.scroll_offset.y)
        assert row.holds(top)


async def test_stripes_names_and_valence_stand_beside_their_rows() -> None:
    async with showing(transcript()) as (app, _pilot):
        app.view.set_marks(marks(app.talk))
        rows = app.screen_text().splitlines()
        near = next(row for row in rows if "hun sa at de" in row)
        assert "┏" in near
        assert near.endswith("▲ Co-location")
        assert any("┃┏" in row and row.endswith("▼ Self-confidence") for row in rows)


async def test_a_narrow_view_has_no_names_but_shows_the_valence_in_the_stripe() -> None:
    async with showing(transcript(), (60, 40)) as (app, _pilot):
        app.view.set_marks(marks(app.talk))
        text = app.screen_text()
        assert "Co-location" not in text
        assert {"▲", "▼"} <= set(text)


async def test_more_codings_than_lanes_are_counted() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        span = passage(talk, "Jeg slapp å vente.")
        app.view.set_marks([Mark(str(n), span, f"Code {n}", "#e69f00", Valence.NONE) for n in range(6)])
        row = next(row for row in app.screen_text().splitlines() if "Jeg slapp" in row)
        assert "■■■■2" in row


async def test_a_suggestion_is_a_question_in_the_margin() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        span = passage(talk, "Hun ga seg ikke, for å si det sånn.")
        app.view.set_ghosts([Ghost("g", span, "Persistence", Valence.FACILITATOR, 2)])
        assert "? ▲ Persistence +2" in app.screen_text()


async def test_overlap_is_underlined_and_one_code_tints() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        app.view.set_marks(marks(talk))
        line = app.view.layout_in_use.line_of(talk.text.index("i den tida"))
        styles = {s.text: s.style for s in app.view.render_line(line) if s.style is not None}
        doubled = next(style for text, style in styles.items() if text.startswith("i den tida"))
        single = next(style for text, style in styles.items() if "det tok tre" in text)
        assert doubled.underline
        assert not single.underline
        assert single.bgcolor != doubled.bgcolor


async def test_a_click_puts_the_cursor_there_a_second_takes_the_sentence_a_third_the_turn() -> None:
    async with showing(transcript()) as (app, pilot):
        view = app.view
        view.set_unit(Unit.WORD)
        offset = app.talk.text.index("godkjenne")
        line, col = view.layout_in_use.line_of(offset), view.layout_in_use.col_of(offset)
        at = (view._scene.columns.text_at + col + 2, line)
        await pilot.click(TranscriptView, offset=at)
        assert app.selected() == "godkjenne"
        await pilot.click(TranscriptView, offset=at, times=2)
        assert app.selected().startswith("Men så måtte")
        assert app.selected().endswith("hele tatt.")
        await pilot.click(TranscriptView, offset=at, times=3)
        assert app.selected() == LINES[3][1]


async def test_dragging_selects_whole_words() -> None:
    async with showing(transcript()) as (app, pilot):
        view = app.view
        start, end = app.talk.text.index("godkjenne"), app.talk.text.index("måneder")
        cells = [
            (view._scene.columns.text_at + view.layout_in_use.col_of(o) + 2, view.layout_in_use.line_of(o))
            for o in (start, end)
        ]
        await pilot.mouse_down(TranscriptView, offset=cells[0])
        await pilot.hover(TranscriptView, offset=cells[1])
        await pilot.mouse_up(TranscriptView, offset=cells[1])
        assert app.selected() == "godkjenne, og det tok tre måneder"


async def test_dragging_past_the_edge_scrolls_until_the_button_is_let_go() -> None:
    async with showing(transcript(times=20), (80, 12)) as (app, pilot):
        view = app.view
        await pilot.mouse_down(TranscriptView, offset=(20, 4))
        view.on_mouse_move(MouseMove(view, 20, 14, 0, 0, 1, False, False, False))
        await pilot.pause(0.5)
        scrolled = view.scroll_offset.y
        assert scrolled > 0
        await pilot.mouse_up(TranscriptView, offset=(20, 11))
        after = view.scroll_offset.y
        await pilot.pause(0.2)
        assert view.scroll_offset.y == after
        assert view.layout_in_use.line_of(view.selected.end) > 12


async def test_a_click_on_a_stripe_or_a_name_chooses_the_coding() -> None:
    async with showing(transcript()) as (app, pilot):
        app.view.set_marks(marks(app.talk))
        await pilot.pause()
        columns = app.view._scene.columns
        line = app.view.layout_in_use.line_of(app.talk.text.index("i den tida"))
        for x in (columns.lanes_at, columns.lanes_at + 1, columns.lanes_at + 10):
            await pilot.click(TranscriptView, offset=(x, line))
        clicked = [message.key for message in app.heard if isinstance(message, TranscriptView.CodingClicked)]
        assert clicked == ["wait", "doubt", "doubt"]


async def test_selecting_a_coding_covers_exactly_its_span() -> None:
    talk = transcript()
    async with showing(talk) as (app, pilot):
        span = passage(talk, "måtte jo NAV")
        app.view.select(span)
        assert app.view.selected == span
        app.view.action_step(1)
        assert app.selected().startswith("Jobbspesialisten")
        await pilot.pause()
        assert [m.span for m in app.heard if isinstance(m, TranscriptView.SelectionChanged)][-1] == app.view.selected


async def test_no_control_character_reaches_the_terminal() -> None:
    talk = transcript([("P1", "Ja \x1b[31mrødt\x07 \u202enei.")])
    async with showing(talk) as (app, _pilot):
        text = app.screen_text()
        assert not any(character in text for character in "\x1b\x07\u202e")
        assert "rødt" in text


async def test_an_empty_transcript_is_an_empty_view() -> None:
    async with showing(Transcript("", (), ())) as (app, pilot):
        for act in (app.view.action_step, app.view.action_row, app.view.action_page, app.view.action_document_edge):
            act(1)
        await pilot.click(TranscriptView, offset=(5, 2))
        assert app.view.selected == Span(0, 0)
        assert app.screen_text().strip() == ""


def cell_of(view: TranscriptView, offset: int) -> tuple[int, int]:
    """Where the mouse points at the character at `offset`."""
    layout = view.layout_in_use
    return view._scene.columns.text_at + layout.col_of(offset), layout.line_of(offset) - view.scroll_offset.y


async def pull(app: Bare, pilot: Pilot[None], key: str, line: int, to: tuple[int, int]) -> list[tuple[str, str]]:
    """Pull the chosen coding by its stripe in row `line`; what was said of it: which coding, its text now."""
    stripe = app.view._scene.margin.stripe(key)
    assert stripe is not None
    await pilot.mouse_down(TranscriptView, offset=(app.view._scene.columns.lanes_at + stripe.lane, line))
    await pilot.hover(TranscriptView, offset=to)
    shown = app.selected()
    await pilot.mouse_up(TranscriptView, offset=to)
    await pilot.pause()
    moved = [message for message in app.heard if isinstance(message, TranscriptView.BoundaryMoved)]
    assert all(message.span.of(app.talk.text) == shown for message in moved)
    return [(message.key, message.span.of(app.talk.text)) for message in moved]


async def test_the_ends_of_the_chosen_coding_follow_the_mouse() -> None:
    talk = transcript()
    async with showing(talk) as (app, pilot):
        app.view.set_marks(marks(talk))
        app.view.focus_mark("wait")
        await pilot.pause()
        stripe = app.view._scene.margin.stripe("wait")
        assert stripe is not None
        assert stripe.last > stripe.first
        end = cell_of(app.view, talk.text.index("Jobbspesialisten ringte"))
        assert await pull(app, pilot, "wait", stripe.last, end) == [
            ("wait", talk.sentences[7].of(talk.text) + " Jobbspesialisten")
        ]
        assert app.view._scene.margin.marks["wait"].span.of(talk.text).endswith("Jobbspesialisten")
        app.heard.clear()
        start = cell_of(app.view, talk.text.index("slapp å vente"))
        ((_key, text),) = await pull(app, pilot, "wait", stripe.first, start)
        assert text.startswith("slapp å vente. Men så")


async def test_only_the_chosen_coding_of_ones_own_is_pulled() -> None:
    talk = transcript()
    async with showing(talk) as (app, pilot):
        theirs = Mark("theirs", talk.sentences[7], "Ola: Waiting", "#56b4e9", Valence.BARRIER, mine=False)
        app.view.set_marks([*marks(talk), theirs])
        await pilot.pause()
        stripe = app.view._scene.margin.stripe("wait")
        assert stripe is not None
        to = cell_of(app.view, talk.text.index("Jobbspesialisten ringte"))
        assert await pull(app, pilot, "wait", stripe.last, to) == []
        app.view.focus_mark("theirs")
        assert await pull(app, pilot, "theirs", stripe.last, to) == []


async def test_a_coding_in_one_row_is_pulled_by_the_end_that_is_meant() -> None:
    talk = transcript()
    async with showing(talk) as (app, pilot):
        app.view.set_marks([Mark("near", passage(talk, "rett over"), "Co-location", "#e69f00")])
        app.view.focus_mark("near")
        await pilot.pause()
        stripe = app.view._scene.margin.stripe("near")
        assert stripe is not None
        assert stripe.first == stripe.last
        to = cell_of(app.view, talk.text.index("bare inn"))
        assert await pull(app, pilot, "near", stripe.first, to) == [("near", "rett over gangen. Så vi gikk bare")]
        app.heard.clear()
        stripe = app.view._scene.margin.stripe("near")
        assert stripe is not None
        app.view.focus_mark("near")
        to = cell_of(app.view, talk.text.index("hun sa"))
        ((_key, text),) = await pull(app, pilot, "near", stripe.first, to)
        assert text.startswith("hun sa at de")


async def test_a_stripe_let_go_where_it_was_taken_moves_nothing() -> None:
    talk = transcript()
    async with showing(talk) as (app, pilot):
        app.view.set_marks(marks(talk))
        app.view.focus_mark("wait")
        await pilot.pause()
        stripe = app.view._scene.margin.stripe("wait")
        assert stripe is not None
        x = app.view._scene.columns.lanes_at + stripe.lane
        assert await pull(app, pilot, "wait", stripe.last, (x, stripe.last)) == []


async def test_marks_may_tint_stay_in_the_margin_or_go() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        view = app.view
        view.set_marks(marks(talk))
        line = view.layout_in_use.line_of(talk.text.index("i den tida"))

        def seen() -> tuple[bool, bool]:
            strip = view.render_line(line)
            tinted = any(s.style and s.style.underline for s in strip)
            return tinted, "┃" in strip.text

        looks = []
        for marking in Marking:
            view.draw(Manner(marking))
            looks.append(seen())
        assert looks == [(True, True), (False, True), (False, False)]
        assert Marking.PLAIN.next is Marking.TINT


async def test_density_tells_how_many_codes_lie_on_a_row() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        app.view.set_marks(marks(talk))
        app.view.draw(Manner(density=True))
        rows = app.screen_text().splitlines()
        assert next(row for row in rows if "i den" in row).endswith("▒▒▒▒2")
        assert next(row for row in rows if "hun sa at de" in row).endswith("░░░░")
        assert "Co-location" not in app.screen_text()


async def test_a_terminal_without_box_drawing_gets_plain_signs() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        app.view.set_marks(marks(talk))
        app.view.set_ghosts([Ghost("g", talk.sentences[9], "Persistence", Valence.FACILITATOR, 2)])
        app.view.draw(Manner(signs=ASCII))
        shown = app.screen_text().replace("å", "").replace("ø", "").replace("æ", "").replace("–", "")
        assert shown.isascii()
        assert {"[", "|", "]", "^", "v"} <= set(shown)


def test_the_signs_follow_the_setting_then_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    assert signs_for("auto") is ASCII
    assert signs_for("drawn") is DRAWN
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("locale.getpreferredencoding", lambda _do_setlocale=True: "UTF-8")
    assert signs_for("auto") is DRAWN
    assert signs_for("ascii") is ASCII


async def test_other_codes_fade_beside_the_one_that_stands_out() -> None:
    talk = transcript()
    async with showing(talk) as (app, _pilot):
        view = app.view
        view.set_marks([replace(mark, code=mark.key) for mark in marks(talk)])
        line = view.layout_in_use.line_of(talk.text.index("i den tida"))

        def stripes() -> dict[str, str]:
            found = [s for s in view.render_line(line) if s.text in "┃┏"]
            return {s.text: str(s.style.color.name) for s in found if s.style and s.style.color}

        before = stripes()
        view.draw(Manner(code="doubt"))
        after = stripes()
        assert before["┏"] == after["┏"]
        assert before["┃"] != after["┃"]


async def test_every_width_shows_wide_letters_whole() -> None:
    talk = transcript([("P1", "Jeg sa 漢字漢字 og 👩‍🔬 👍🏽 og café til dem, på 日本語 hele tida. " * 3)])
    for width in (40, 61, 84, 120):
        async with showing(talk, (width, 40)) as (app, _pilot):
            app.view.set_marks([Mark("m", talk.sentences[0], "Nøkkel 漢", "#e69f00", Valence.BARRIER)])
            for y in range(40):
                strip = app.view.render_line(y)
                assert strip.cell_length == app.view.scrollable_content_region.width
                assert sum(cell_len(segment.text) for segment in strip) == strip.cell_length


@pytest.mark.parametrize(("width", "shown"), [(120, True), (80, False)])
async def test_times_stand_beside_the_turns_where_there_is_room(width: int, shown: bool) -> None:
    plain = transcript()
    first, second = plain.turns[0].span.start, plain.turns[1].span.start
    talk = replace(plain, times=(Moment(first, 0.0), Moment(second, 3725.4)))
    async with showing(talk, (width, 30)) as (app, _pilot):
        rows = [app.view.render_line(y).text for y in range(30)]
        at = app.view._scene.columns.text_at
        assert any(row.startswith(" 1 0:00:00") for row in rows) == shown
        assert any(row.startswith(" 2 1:02:05") for row in rows) == shown
        assert [row[at:].split()[0] for row in rows if row.startswith(" 1")] == [talk.text.split()[0]]
        assert len({cell_len(row) for row in rows}) == 1
