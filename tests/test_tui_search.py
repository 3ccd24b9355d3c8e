"""Searching all interviews, and coding what was found as one act."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from ipscoding.domain import Document, Span, Transcript, Turn, Valence
from ipscoding.project import Project, codings, create, documents, journal, open_project
from ipscoding.project.search import Hit
from ipscoding.tui.actions import keys_of
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.entries import HitEntry, end_of, set_width, shortened, start_of
from ipscoding.tui.finding import Finding
from ipscoding.tui.list_actions import RETRIEVAL_ACTIONS, SEARCH_ACTIONS
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.screens.search import SearchScreen
from ipscoding.tui.widgets.code_picker import CodePicker
from tests.tui_example import make, passage, plain_terminal
from tests.tui_hands import AtScreen, once_read

__all__ = ["plain_terminal"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path) as made:
        yield made


class Hands(AtScreen[SearchScreen]):
    """A coder at the search screen."""

    KIND = SearchScreen

    async def found(self) -> None:
        """Wait until the search has ended."""
        for _ in range(500):
            if self.screen._timer is not None and self.screen.finding.searched[0] != self.screen.finding.query.strip():
                self.screen.start()
            await self.pilot.pause(0.01)
            if not self.screen.searching:
                return
        raise AssertionError("the search does not end")

    async def search(self, query: str) -> None:
        await self.write(query)
        await self.press("enter")
        await self.found()

    async def picks(self, code: str) -> None:
        assert isinstance(self.app.screen, CodePicker)
        await self.write(code)
        await self.press("enter")

    def said(self) -> list[str]:
        """What the codings in the file cover."""
        with open_project(self.app.desk.project.path, coder="Somebody") as other:
            return [coding.span.of(documents.text(other, coding.document_id)) for coding in self.made()]

    async def acts_end(self) -> None:
        for _ in range(300):
            await self.pilot.pause(0.01)
            if not self.screen.coding_now:
                return


async def threads_end(app: App[None]) -> None:
    """Wait for the searches only: the screen itself is waited for by a worker too."""
    searches = [worker for worker in app.workers if worker.group == "search"]
    if searches:
        await app.workers.wait_for_complete(searches)


@asynccontextmanager
async def at_work(project: Project, size: tuple[int, int] = (100, 36)) -> AsyncIterator[Hands]:
    found = [document.id for document in documents.all(project) if document.name == "p01"]
    app = IpscodingApp(project, document_id=found[0] if found else None, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("E")
        await pilot.pause()
        yield Hands(app, pilot)


async def test_hits_stand_by_interview_with_their_numbers(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("nav")
        rows = hands.rows()
        assert rows[0].strip() == "n01  NAV counsellors · 1 hit"
        assert "rettleiar i NAV. Vi ventar" in rows[1]
        assert rows[2].strip() == "p01  Jobseekers · 1 hit"
        assert hands.text("#status").startswith("2 hits · 2 interviews · 2 informants")


async def test_hits_come_as_one_types(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.write("vente")
        await hands.found()
        assert "1 hit " in hands.text("#status")
        assert isinstance(hands.app.screen.focused, Input)
        await hands.press("down", "escape")
        assert hands.screen.passages.has_focus


async def test_any_inflection_is_found_in_either_norm(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("f2")
        await hands.search("vente")
        assert [row for row in hands.rows() if "ventar" in row]
        assert [row for row in hands.rows() if "slapp å vente" in row]


async def test_a_regular_expression_is_looked_for_at_enter_and_a_wrong_one_is_explained(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("f2", "f2")
        await hands.write("tre m.neder|(")
        await hands.pilot.pause(0.4)
        assert not hands.screen.finding.searched[0]
        await hands.press("enter")
        await hands.found()
        assert "cannot be read" in hands.text("#nothing")
        assert isinstance(hands.app.screen.focused, Input)
        await hands.search("tre m.neder")
        assert "1 hit " in hands.text("#status")


async def test_what_the_interviewer_said_is_shown_when_asked_for(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("jobbstøtte")
        assert "Only the interviewer said this (1 time)" in hands.text("#nothing")
        await hands.press("f3")
        assert "1 hit " in hands.text("#status")
        await hands.press("f3")
        assert "0 hits" in hands.text("#status")


async def test_enter_goes_to_the_hit_and_coming_back_finds_the_search_as_it_was(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("det")
        await hands.press("end", "space", "enter")
        view = hands.coding.view
        assert view.selected.of(hands.coding.desk.transcript.text).lower() == "det"
        assert hands.coding.desk.document is not None
        assert hands.coding.desk.document.name == "p01"
        last = view.selected.start
        await hands.press("N")
        assert view.selected.start < last
        await hands.press("E")
        assert hands.screen.passages.current_key.endswith(f":{last}-{last + 3}")
        assert len(hands.screen.passages.marked) == 1
        assert hands.screen.passages.has_focus


async def test_all_marked_hits_are_coded_as_one_act(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("nav")
        await hands.press("a", "c")
        await hands.picks("waiting")
        await hands.press("b")
        await hands.acts_end()
        assert [(c.code, c.valence, c.origin, c.coder) for c in hands.made()] == [
            ("nav.waiting", Valence.BARRIER, "manual", "Kari")
        ] * 2
        assert "Eg er rettleiar i NAV." in hands.said()
        assert "2 codings" in hands.notices()
        assert [row for row in hands.rows() if "●" in row and "NAV" in row]
        assert not hands.screen.passages.marked
        assert journal.history(project, limit=1)[0].text == "2 codings added"
        await hands.press("u")
        await hands.pilot.pause()
        if hands.app.screen is not hands.screen:
            await hands.press("y")
        assert hands.made() == []
        await hands.press("ctrl+r")
        assert len(hands.made()) == 2


@pytest.mark.parametrize(
    ("key", "covered"),
    [("w", "NAV"), ("s", "Eg er rettleiar i NAV."), ("t", "Eg er rettleiar i NAV. Vi ventar på vedtak.")],
)
async def test_a_coding_covers_the_words_the_sentence_or_the_turn(project: Project, key: str, covered: str) -> None:
    async with at_work(project) as hands:
        await hands.search("rettleiar i nav" if key != "w" else "nav")
        await hands.press("home", key, "c")
        await hands.picks("forslag")
        await hands.acts_end()
        assert hands.said() == [covered]


async def test_hits_in_one_sentence_make_one_coding(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("veldig mye")
        await hands.press("c")
        await hands.picks("forslag")
        await hands.acts_end()
        await hands.press("slash")
        await hands.search("det")
        await hands.press("a", "c")
        await hands.picks("forslag")
        await hands.acts_end()
        assert len(set(hands.said())) == len(hands.said())
        assert "1 hit had this code already" in hands.notices()


async def test_hits_that_bear_the_code_are_said_and_left(project: Project) -> None:
    place = documents.find(project, "n01").id
    span = passage(documents.transcript(project, place), "rettleiar i NAV")
    codings.add(project, place, span, "nav.waiting", Valence.FACILITATOR)
    async with at_work(project) as hands:
        await hands.search("nav")
        await hands.press("a", "c")
        await hands.picks("waiting")
        await hands.press("b")
        await hands.acts_end()
        assert len(hands.made()) == 2
        assert "1 hit had this code already" in hands.notices()


async def test_the_panel_tells_what_is_coded_at_the_hit(project: Project) -> None:
    place = documents.find(project, "n01").id
    codings.add(
        project, place, passage(documents.transcript(project, place), "i NAV"), "nav.waiting", Valence.FACILITATOR
    )
    async with at_work(project) as hands:
        await hands.search("nav")
        assert "▲ facilitator  Waiting and decisions" in hands.text("#here")
        await hands.press("end")
        assert "Not coded yet." in hands.text("#here")


async def test_under_blind_coding_others_codings_are_not_told(project: Project) -> None:
    from ipscoding.project import settings

    settings.set(project, "blind", True)
    place = documents.find(project, "n01").id
    with open_project(project.path, coder="Ola") as other:
        span = passage(documents.transcript(other, place), "i NAV")
        codings.add(other, place, span, "nav.waiting", Valence.BARRIER)
    async with at_work(project) as hands:
        await hands.search("nav")
        assert "Not coded yet." in hands.text("#here")
        for coder, seen in (("Kari", False), ("Ola", True)):
            with open_project(project.path, coder=coder) as theirs:
                documents.set_status(theirs, place, "done")
            hands.screen.refreshed()
            assert ("Ola" in hands.text("#here")) is seen


async def test_a_stopped_search_shows_nothing_more(project: Project) -> None:
    async with at_work(project) as hands:
        screen = hands.screen
        screen.finding.query = "det"
        screen.start()
        assert screen.searching
        screen.action_back()
        await threads_end(hands.app)
        await hands.pilot.pause(0.05)
        assert not screen.searching
        assert hands.rows() == []
        screen.start()
        await hands.found()
        assert hands.rows()


async def test_only_the_last_of_two_searches_is_shown(project: Project) -> None:
    async with at_work(project) as hands:
        hands.screen.finding.query = "det"
        hands.screen.start()
        hands.screen.finding.query = "nav"
        hands.screen.start()
        await threads_end(hands.app)
        await hands.found()
        assert "2 hits" in hands.text("#status")
        assert not [row for row in hands.rows() if "fort" in row]


async def test_what_others_did_is_seen_without_a_key(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("nav")
        with open_project(project.path, coder="Ola") as other:
            place = documents.find(other, "n01").id
            span = passage(documents.transcript(other, place), "i NAV")
            codings.add(other, place, span, "nav.waiting", Valence.BARRIER)
        hands.screen._look_for_others()
        await hands.pilot.pause()
        assert "Ola" in hands.text("#here")


async def test_hits_of_an_interview_that_is_gone_go_too(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("nav")
        with open_project(project.path, coder="Ola") as other:
            documents.remove(other, documents.find(other, "n01").id)
        hands.screen._look_for_others()
        await hands.pilot.pause()
        assert [row for row in hands.rows() if "n01" in row] == []
        assert hands.text("#status").startswith("1 hit ")


async def test_marks_all_others_none(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("det")
        everything = len(hands.screen.passages.keys)
        await hands.press("space", "i")
        assert len(hands.screen.passages.marked) == everything - 1
        assert f"{everything - 1} marked" in hands.text("#status")
        await hands.press("A")
        assert hands.screen.passages.marked == set()


async def test_more_of_what_was_said_around(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("nav")
        narrow = len(hands.rows())
        await hands.press("plus")
        assert len(hands.rows()) > narrow
        await hands.press("minus")
        assert len(hands.rows()) == narrow


async def test_the_mouse_chooses_marks_and_opens(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.search("nav")
        await hands.pilot.click("#hits", offset=(40, 3))
        assert hands.screen.passages.current_key == hands.screen.passages.keys[1]
        await hands.pilot.click("#hits", offset=(1, 1))
        assert hands.screen.passages.marked == {hands.screen.passages.keys[0]}
        await hands.pilot.click("#hits", offset=(40, 1), times=2)
        await hands.pilot.pause()
        assert hands.app.screen is hands.coding


async def test_nothing_found_and_an_empty_project_say_what_to_do(project: Project, tmp_path: Path) -> None:
    async with at_work(project) as hands:
        assert "Type what you look for" in hands.text("#nothing")
        await hands.search("xyzzy")
        assert "Nobody says this" in hands.text("#nothing")
        await hands.write("")
        assert "Type what you look for" in hands.text("#nothing")
    with create(tmp_path / "empty", coder="Kari") as empty:
        async with at_work(empty) as hands:
            assert "no interviews" in hands.text("#nothing")
            await hands.search("nav")
            assert hands.rows() == []


async def test_help_lists_the_keys_and_every_action_leaves_the_screen_standing(project: Project) -> None:
    async with at_work(project, (80, 24)) as hands:
        await hands.search("nav")
        await hands.press("f1")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press("escape")
        for action in SEARCH_ACTIONS:
            if action.run and action.id not in ("quit", "palette", "theme", "back", "open"):
                await hands.screen.run_action(action.run)
                await hands.pilot.pause(0)
                while hands.app.screen is not hands.screen:
                    await hands.press("escape")
        assert hands.app.is_running
        assert len(hands.text("#hints").split("   ")) <= 7


@pytest.mark.parametrize("actions", [SEARCH_ACTIONS, RETRIEVAL_ACTIONS])
def test_no_two_actions_share_a_key_or_an_id(actions: tuple) -> None:
    ids = [action.id for action in actions]
    keys = [key for action in actions for key in keys_of(action)]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert not {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"} & set(keys)


# What a row is made of

letters = st.lists(st.sampled_from(["a", "b", " ", "å", "漢", "👩‍🔬", "e\u0301", "[", "]"]), max_size=60).map("".join)


@given(letters, st.integers(0, 30))
def test_a_text_is_cut_to_cells_from_either_end(text: str, width: int) -> None:
    assert text.startswith(start_of(text, width))
    assert text.endswith(end_of(text, width))
    assert cell_len(start_of(text, width)) <= width
    assert cell_len(end_of(text, width)) <= width
    assert cell_len(set_width(text, width)) == width


@given(letters, letters.filter(bool), letters, st.integers(30, 120), st.booleans())
def test_the_rows_of_a_hit_are_as_many_as_told_and_never_too_wide(
    before: str, text: str, after: str, width: int, wide: bool
) -> None:
    hit = Hit(Document("d", "d", "0"), 1, "P1", False, Span(0, len(text)), before, text, after)
    entry = HitEntry(hit, coded=False, wide=wide)
    rows = entry.rows(width)
    assert len(rows) == entry.height(width)
    assert all(row.cell_length <= width for row in rows)


def test_hits_stand_below_each_other() -> None:
    places = set()
    for before in ("", "kort", "en lang setning som går over hele bredden av skjermen og vel så det, ja"):
        hit = Hit(Document("d", "d", "0"), 1, "P1", False, Span(0, 3), before, "NAV", " sa ja")
        places.add(HitEntry(hit, coded=False, wide=False).rows(60)[0].plain.index("NAV"))
    assert len(places) == 1


async def test_only_rows_in_view_are_painted(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "P: " + "og det var det " * 1000
    turn = Turn(1, "P", Span(0, len(line)), Span(3, len(line)))
    from ipscoding.transcripts.reading import Reading

    talk = Transcript(line, (turn,), (turn.speech,))
    documents.add_all(project, [Reading("long", talk, {}, "long.txt", "2" * 64, "utf-8", [])])
    async with at_work(project) as hands:
        painted: list[str] = []
        rows = HitEntry.rows

        def counted(entry: HitEntry, width: int) -> list[Content]:
            painted.append(entry.key)
            return rows(entry, width)

        monkeypatch.setattr(HitEntry, "rows", counted)
        await hands.search("det")
        assert len(hands.screen.passages.keys) > 2000
        assert len(painted) < 300
        painted.clear()
        await hands.press("down")
        assert len(painted) <= 3


# What it looks like


def test_search_snapshot(project: Project, snap_compare: Callable[..., bool]) -> None:
    async def searched(pilot: Pilot[None]) -> None:
        await pilot.press("E")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        screen.query_one(Input).cursor_blink = False
        screen.query_one(Input).value = "det"
        await pilot.press("enter")
        await threads_end(pilot.app)
        await pilot.pause()
        await pilot.press("space", "down", "space")

    first = documents.find(project, "p01").id
    app = IpscodingApp(project, document_id=first, make=None)
    assert snap_compare(app, terminal_size=(100, 30), run_before=once_read(then=searched))


def test_a_search_begins_with_the_very_words() -> None:
    assert (Finding().mode, Finding().interviewer, Finding().extent) == ("words", False, "sentence")


@given(st.text(alphabet="abå,\U0001f469 ", max_size=60), st.integers(8, 40))
def test_what_is_shortened_goes_into_its_room_and_keeps_its_ends(text: str, width: int) -> None:
    said = " ".join(text.split())
    short = shortened(said, width)
    assert cell_len(short) <= width
    if cell_len(said) <= width:
        assert short == said
    else:
        first, _dots, last = short.partition(" … ")
        assert said.startswith(first)
        assert said.endswith(last)


async def test_words_beside_a_hit_are_whole(project: Project) -> None:
    async with at_work(project, (80, 24)) as hands:
        await hands.search("det")
        words = set(hands.screen.desk.transcript_of(documents.find(project, "p01").id).text.split())
        hits = [row for row in hands.rows() if "P1" in row]
        assert hits
        for row in hits:
            assert set(row.split("P1", 1)[1].split()) <= words, row
