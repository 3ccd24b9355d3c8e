"""The history panel: every act is there, can be found, led to, taken back and done again."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from ipscoding.domain import Span, Valence
from ipscoding.project import Project, clock, codings, documents, journal, memos, open_project, settings
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.screens.history import HistoryScreen
from ipscoding.tui.widgets.dialogs import Confirm
from tests.tui_example import make, passage, plain_terminal
from tests.tui_hands import AtScreen, once_read

__all__ = ["plain_terminal"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Five acts of Kari's and one of Ola's after the codebook and the import, a second between any two."""
    seconds = iter(range(3600))

    def tick() -> str:
        second = next(seconds)
        return f"2026-03-0{2 + second // 10}T09:{second // 60:02}:{second % 60:02}.000000Z"

    monkeypatch.setattr(clock, "now", tick)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    with make(tmp_path) as made:
        place = documents.find(made, "p01").id
        talk = documents.transcript(made, place)
        for words, code, valence in (
            ("rett over gangen", "org.colocation", Valence.FACILITATOR),
            ("det tok tre måneder", "nav.waiting", Valence.BARRIER),
            ("Hun ga seg ikke", "spec.persistence", Valence.BOTH),
        ):
            codings.add(made, place, passage(talk, words), code, valence)
        with open_project(made.path, coder="Ola") as other:
            codings.add(other, place, passage(talk, "Jeg slapp å vente"), "nav.waiting", Valence.FACILITATOR)
        documents.set_status(made, documents.find(made, "n01").id, "coding")
        memos.put(made, made.id, "Ring Ola.")
        yield made
    monkeypatch.undo()
    time.tzset()


class Hands(AtScreen[HistoryScreen]):
    KIND = HistoryScreen

    def lines(self) -> list[str]:
        """The acts as they are listed, without day headings."""
        options = self.screen.acts.options
        return [str(option.prompt) for option in options if option.id is not None]

    def acts(self) -> list[str]:
        return [line.split("  ", 2)[2].strip() for line in self.lines()]

    def status(self) -> str:
        return str(self.screen.query_one("#status").content)

    def standing(self) -> list[str]:
        with open_project(self.app.desk.project.path, coder="Kari") as other:
            return [coding.code for coding in codings.of_document(other, documents.find(other, "p01").id)]


@asynccontextmanager
async def in_history(project: Project, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Hands]:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        hands = Hands(app, pilot)
        await hands.press("J")
        yield hands


async def test_the_acts_are_listed_latest_first(project: Project) -> None:
    async with in_history(project) as hands:
        assert hands.acts() == [
            "memo",
            "status: n01, coding",
            "coding: Waiting and decisions ▲, turn 4  p01",
            "new coder: Ola",
            "coding: Persistence ◆, turn 4  p01",
            "coding: Waiting and decisions ▼, turn 4  p01",
            "coding: Co-location ▲, turn 2  p01",
            "import: 2 interviews",
            "codebook: Small codebook",
            "project made",
            "new coder: Kari",
        ]
        assert "11 acts" in hands.status()


async def test_a_line_says_when_and_by_whom_and_days_are_headings(project: Project) -> None:
    async with in_history(project) as hands:
        assert hands.lines()[2].startswith(" 09:00  Ola   coding")
        headings = [str(option.prompt) for option in hands.screen.acts.options if option.disabled]
        assert headings == sorted(headings, reverse=True)
        assert headings[0].startswith("2026-03-0")


async def test_enter_goes_to_the_place_in_the_interview(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("down", "down", "down", "down", "enter")
        screen = hands.app.screen
        assert isinstance(screen, CodingScreen)
        span = passage(screen.desk.transcript, "Hun ga seg ikke")
        assert screen.view.selected.start <= span.start < screen.view.selected.end


async def test_an_act_in_another_interview_opens_it(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("down", "enter")
        screen = hands.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.desk.document is not None
        assert screen.desk.document.name == "n01"


async def test_an_act_without_a_place_and_the_latest_act_say_so(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("enter", "b")
        assert "no place in an interview" in hands.notices()
        assert "Nothing of yours after this act" in hands.notices()
        assert hands.screen


async def test_a_click_looks_at_an_act_and_two_clicks_go_there(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.pilot.click("#acts", offset=(20, 6))
        assert "Persistence" in str(hands.screen.query_one("#about").content)
        await hands.pilot.click("#acts", offset=(20, 6), times=2)
        assert isinstance(hands.app.screen, CodingScreen)


async def test_undo_and_redo_go_step_by_step_and_stay_in_the_list(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("u")
        assert hands.acts()[:2] == ["undone: memo", "taken back: memo"]
        await hands.press("u", "u")
        assert hands.acts()[0] == "undone: coding: Persistence ◆, turn 4  p01"
        assert "taken back: coding: Persistence ◆, turn 4  p01" in hands.acts()
        assert "spec.persistence" not in hands.standing()
        await hands.press("ctrl+r")
        assert hands.acts()[0] == "done again: coding: Persistence ◆, turn 4  p01"
        assert "coding: Persistence ◆, turn 4  p01" in hands.acts()
        assert "spec.persistence" in hands.standing()


async def test_what_was_undone_here_is_gone_on_the_coding_screen(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("u", "u", "u", "escape")
        assert isinstance(hands.app.screen, CodingScreen)
        assert hands.app.screen.view.has_focus
        shown = [mark.code for mark in hands.app.screen.desk.marks()]
        assert shown == ["org.colocation", "nav.waiting", "nav.waiting"]


async def test_undo_back_to_here_tells_how_many_first_and_leaves_others_acts(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("down", "down", "down", "down", "down", "down", "b")
        assert isinstance(hands.app.screen, Confirm)
        assert "Undo 4 acts of yours" in hands.app.screen._question
        assert "Co-location" in hands.app.screen._question
        await hands.press("y")
        assert hands.standing() == ["org.colocation", "nav.waiting"]
        assert "4 acts undone." in hands.notices()
        assert hands.acts()[0] == "undone: coding: Waiting and decisions ▼, turn 4  p01"


async def test_undo_back_to_here_can_be_refused_and_taken_back(project: Project) -> None:
    before = journal.state(project)
    async with in_history(project) as hands:
        await hands.press("down", "down", "down", "down", "down", "down", "b", "escape")
        assert journal.state(project) == before
        await hands.press("home")
        await hands.press("down", "down", "down", "down", "down", "down", "b", "y")
        place = next(at for at, line in enumerate(hands.acts()) if line == "taken back: memo")
        hands.screen.acts.highlighted = [option.id is not None for option in hands.screen.acts.options].index(True)
        await hands.press(*["down"] * place, "b")
        assert isinstance(hands.app.screen, Confirm)
        assert "Do 4 acts of yours again" in hands.app.screen._question
        await hands.press("y")
        assert journal.state(project) == before


async def test_undo_back_to_here_stops_where_others_work_rests_on_an_act_and_says_why(project: Project) -> None:
    with open_project(project.path, coder="Ola") as other:
        codings.add(other, documents.find(other, "n01").id, Span(9, 12), "nav.waiting", Valence.BARRIER)
    async with in_history(project) as hands:
        await hands.press("end", "up", "up", "b")  # right after the codebook came: before the import of the interviews
        assert isinstance(hands.app.screen, Confirm)
        assert "Undo 6 acts of yours" in hands.app.screen._question
        await hands.press("y")
        assert "Cannot be undone: import: 2 interviews" in hands.notices()
        assert "Other work rests on it" in hands.notices()
        assert "5 acts undone." in hands.notices()
        assert hands.standing() == ["nav.waiting"]


async def test_the_list_is_narrowed_by_keys_and_all_acts_come_again(project: Project) -> None:
    steps = [
        ("m", 9),
        ("m", 11),
        ("c 3", 2),  # Everybody, Kari, Ola
        ("k 2", 1),  # All kinds, Codings
        ("a", 11),
        ("k 2", 4),
        ("d 2", 0),  # All interviews, n01
        ("k 1", 2),
    ]
    async with in_history(project) as hands:
        for keys, left in steps:
            await hands.press(*keys.split())
            assert len(hands.acts()) == left, keys
            assert f"{left} act" in hands.status()


async def test_the_list_is_narrowed_by_words_while_they_are_typed(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("slash", "W", "a", "i", "t")
        assert hands.acts() == [
            "coding: Waiting and decisions ▲, turn 4  p01",
            "coding: Waiting and decisions ▼, turn 4  p01",
        ]
        assert "“Wait”" in hands.status()
        await hands.press("enter", "down")
        entry = hands.screen.entry()
        assert entry is not None
        assert entry.coder == "Kari"
        await hands.press("escape")
        assert len(hands.acts()) == 11
        assert hands.screen.acts.has_focus


async def test_words_that_no_act_has_leave_a_list_that_says_what_to_do(project: Project) -> None:
    async with in_history(project) as hands:
        await hands.press("slash")
        hands.screen.query_one(Input).value = "no such act"
        await hands.press("enter")
        assert hands.lines() == []
        assert "a shows all" in str(hands.screen.acts.options[0].prompt)
        await hands.press("a")
        assert len(hands.acts()) == 11


async def test_what_others_do_appears_by_itself(project: Project) -> None:
    async with in_history(project) as hands:
        with open_project(project.path, coder="Ola") as other:
            documents.set_status(other, documents.find(other, "p01").id, "done")
        hands.screen._look_for_others()
        await hands.press()
        assert hands.acts()[0] == "status: p01, done"
        entry = hands.screen.entry()
        assert entry is not None
        assert entry.name == "memo", "the cursor stays on the act it was on"


async def test_blind_coding_hides_what_others_coded_and_finds_it_by_no_word(project: Project) -> None:
    settings.set(project, "blind", True)
    async with in_history(project) as hands:
        assert hands.acts()[3] == "hidden: blind coding, until you and they mark the interview done  p01"
        await hands.press("slash", "w", "a", "i", "t")
        assert hands.acts() == ["coding: Waiting and decisions ▼, turn 4  p01"]
    for coder in ("Kari", "Ola"):
        with open_project(project.path, coder=coder) as theirs:
            documents.set_status(theirs, documents.find(project, "p01").id, "done")
    async with in_history(project) as hands:
        assert "coding: Waiting and decisions ▲, turn 4  p01" in hands.acts()


async def test_more_acts_come_as_one_walks_down(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipscoding.tui.screens import acts

    monkeypatch.setattr(acts, "_PAGE", 12)
    monkeypatch.setattr(acts, "_NEAR_THE_END", 2)
    monkeypatch.setattr(HistoryScreen, "_limit", 12)
    for times in range(20):
        documents.set_status(project, documents.find(project, "n01").id, "coding" if times % 2 else "done")
    async with in_history(project) as hands:
        assert len(hands.acts()) == 12
        assert "the latest 12 acts" in hands.status()
        await hands.press("end", "end", "end")
        assert len(hands.acts()) == 31
        assert "31 acts" in hands.status()


async def test_help_and_palette_list_the_keys_of_this_screen(project: Project) -> None:
    async with in_history(project) as hands:
        names = [command.title for command in hands.app.get_system_commands(hands.screen)]
        assert "Change: Undo your last act" in names
        assert not any("Code the selection" in name for name in names)
        await hands.press("f1")
        assert isinstance(hands.app.screen, HelpScreen)
        text = str(hands.app.screen.query_one("Static").visual)
        for action in HistoryScreen.ACTIONS:
            assert action.name in text
        await hands.press("escape")
        assert hands.screen


def test_every_action_can_be_run() -> None:
    for action in HistoryScreen.ACTIONS:
        if action.run and not action.run.startswith("app."):
            assert hasattr(HistoryScreen, f"action_{action.run.partition('(')[0]}")


def test_no_two_actions_share_a_key() -> None:
    keys = [key for action in HistoryScreen.ACTIONS for key in action.keys.split(",") if key]
    assert len(keys) == len(set(keys))


def test_picture(project: Project, snap_compare: Callable[..., bool]) -> None:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    assert snap_compare(app, terminal_size=(100, 24), run_before=once_read("J", "u", "u", "u", "down", "down"))
