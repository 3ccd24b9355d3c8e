"""The project overview: who has come how far, who was interviewed, and what can be set from there."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Button, Input, Select, Static, TextArea

from ipscoding.domain import Valence
from ipscoding.project import Project, codings, create, documents, informants, journal, memos, open_project, settings
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.progress import Work
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.screens.overview import OverviewScreen
from ipscoding.tui.widgets.informant_form import InformantForm
from tests.tui_example import make, passage, plain_terminal, transcript
from tests.tui_hands import AtScreen, once_read

__all__ = ["plain_terminal"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three interviews; Kari codes one, Ola has finished it."""
    with make(tmp_path) as made:
        talk = transcript([("I", "Hallo?"), ("B", "Jeg er behandler.")])
        header = {"role": "clinician", "site": "S02", "language": "nn", "date": "2026-03-01"}
        documents.add_all(made, [Reading("b10", talk, header, "b10.txt", "2" * 64, "utf-8", [])])
        place = documents.find(made, "p01").id
        text = documents.transcript(made, place)
        codings.add(made, place, passage(text, "rett over gangen"), "org.colocation", Valence.FACILITATOR)
        with open_project(made.path, coder="Ola") as other:
            for words in ("Jeg slapp å vente", "det tok tre måneder"):
                codings.add(other, place, passage(text, words), "nav.waiting", Valence.BARRIER)
            documents.set_status(other, place, "done")
        yield made


class Hands(AtScreen[OverviewScreen]):
    KIND = OverviewScreen

    @property
    def form(self) -> InformantForm:
        assert isinstance(self.app.screen, InformantForm)
        return self.app.screen

    def rows(self) -> list[list[str]]:
        table = self.screen.table
        return [[str(cell) for cell in table.get_row_at(at)] for at in range(table.row_count)]

    def names(self) -> list[str]:
        return [row[0] for row in self.rows()]

    def head(self) -> list[str]:
        return [str(column.label) for column in self.screen.table.ordered_columns]


@asynccontextmanager
async def in_overview(project: Project, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Hands]:
    found = documents.all(project)
    app = IpscodingApp(project, document_id=found[0].id if found else None, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        hands = Hands(app, pilot)
        await hands.press("O")
        yield hands


def person(project: Project, name: str):
    return next(one for one in informants.all(project) if one.name == name)


async def test_every_coders_status_and_codings_stand_beside_every_interview(project: Project) -> None:
    async with in_overview(project) as hands:
        assert hands.head() == ["Interview", "Role", "Kari", "Ola", "Words", "Date", "Language"]
        assert [[cell.strip() for cell in row] for row in hands.rows()] == [
            ["b10", "Clinicians", "○", "○", "3", "2026-03-01", "nn"],
            ["p01", "Jobseekers", "◐ 1", "● 2", "112", "", ""],
            ["n01", "NAV counsellors", "○", "○", "9", "", ""],
        ]
        assert "3 interviews · 3 informants · 124 words · 3 codings" in hands.text("#status")
        counters = hands.text("#counters")
        assert "Clinicians 1 · Jobseekers 1 · NAV counsellors 1" in counters
        assert "Kari ▒▒▒░░░░░ 0/3 done, 1 coding" in counters
        assert "Ola  ██░░░░░░ 1/3 done, 2 codings" in counters


async def test_enter_opens_the_interview_f1_tells_the_keys_and_escape_goes_back(project: Project) -> None:
    async with in_overview(project) as hands:
        await hands.press("down", "enter")
        screen = hands.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.desk.document is not None
        assert screen.desk.document.name == "p01"
        await hands.press("O", "f1")
        assert isinstance(hands.app.screen, HelpScreen)
        text = str(hands.app.screen.query_one("Static").visual)
        assert all(action.name in text for action in OverviewScreen.ACTIONS)
        await hands.press("escape", "escape")
        assert hands.app.screen is screen
        assert screen.view.has_focus


async def test_a_click_chooses_and_a_second_click_opens(project: Project) -> None:
    async with in_overview(project) as hands:
        row = hands.screen.table.region.y - hands.screen.region.y + 2
        await hands.pilot.click(offset=(5, row))
        assert hands.screen.table.key == documents.find(project, "p01").id
        await hands.pilot.click(offset=(5, row))
        assert isinstance(hands.app.screen, CodingScreen)


async def test_own_status_is_set_here_and_can_be_undone(project: Project) -> None:
    async with in_overview(project) as hands:
        await hands.press("down", "o", "3")
        assert hands.rows()[1][2:4] == ["● 1", "● 2"]
        assert documents.statuses(project)[documents.find(project, "p01").id, "Kari"] == "done"
        assert "p01: done" in hands.notices()
        await hands.press("u")
        assert hands.rows()[1][2:4] == ["◐ 1", "● 2"]
        await hands.press("ctrl+r")
        assert hands.rows()[1][2:4] == ["● 1", "● 2"]


async def test_columns_sort_by_key_and_by_a_click_and_back(project: Project) -> None:
    async with in_overview(project) as hands:
        await hands.press("down", "s", "6")  # words
        assert hands.names() == ["b10", "n01", "p01"]
        assert hands.screen.table.cursor_row == 2, "the cursor stays on its row when rows move"
        assert "Words ↑" in hands.head()
        await hands.press("s", "6")
        assert hands.names() == ["p01", "n01", "b10"]
        assert "Words ↓" in hands.head()
        table = hands.screen.table
        await hands.pilot.click("#interviews", offset=(2, 0))
        assert hands.names() == ["b10", "n01", "p01"]
        assert "Interview ↑" in hands.head()
        await hands.press("s", "1")
        assert hands.names() == ["b10", "p01", "n01"]
        assert table.has_focus


async def test_interviews_are_narrowed_by_role_status_and_words(project: Project) -> None:
    async with in_overview(project) as hands:
        steps = [
            ("r 2", ["b10"]),  # all, clinicians, jobseekers, NAV
            ("r 1", ["b10", "p01", "n01"]),
            ("f 2", ["b10", "n01"]),  # not started
            ("f 3", ["p01"]),  # coding
            ("f 4", []),  # done
            ("a", ["b10", "p01", "n01"]),
            ("f 5", ["b10", "p01", "n01"]),  # not done by all
            ("slash S 0 2", ["b10"]),
        ]
        for keys, left in steps:
            await hands.press(*keys.split())
            assert hands.names() == left, keys
            if not left:
                assert "a shows all" in hands.text("#nothing")
        await hands.press("enter")
        assert hands.screen.table.has_focus
        assert "“S02” · 1 shown" in hands.text("#status")
        await hands.press("escape")
        assert hands.names() == ["b10", "p01", "n01"]


async def test_informants_stand_by_role_with_their_attributes(project: Project) -> None:
    informants.change(project, "p01", attributes={"gender": "woman"})
    async with in_overview(project) as hands:
        await hands.press("tab")
        assert hands.head() == ["Informant", "Role", "Interviews", "Site", "Gender"]
        assert [[cell.strip() for cell in row] for row in hands.rows()] == [
            ["b10", "Clinicians", "1", "S02", ""],
            ["p01", "Jobseekers", "1", "", "Woman"],
            ["n01", "NAV counsellors", "1", "", ""],
        ]
        await hands.press("tab")
        assert hands.head()[0] == "Interview"


async def test_role_and_attributes_are_changed_in_place_as_one_undo(project: Project) -> None:
    before = journal.state(project)
    async with in_overview(project) as hands:
        await hands.press("tab", "enter")
        form = hands.form
        form.query_one("#role", Select).value = "team-leader"
        form._fields["site"].value = ""
        form._fields["gender"].value = "man"
        form._fields["interview-date"].value = "2026-03-12"
        form.query_one("#new-name", Input).value = "pilot"
        form.query_one("#new-value", Input).value = "yes"
        await hands.press("escape")
        now = person(project, "b10")
        assert now.role == "team-leader"
        assert now.attributes == {"gender": "man", "interview-date": "2026-03-12", "pilot": "yes"}
        assert "b10 is changed" in hands.notices()
        await hands.press("u")
        assert journal.state(project) == before


async def test_a_form_that_is_only_closed_or_left_changes_nothing(project: Project) -> None:
    informants.change(project, "b10", attributes={"gender": "of old", "caseload": "many", "own": "1"})
    informants.change(project, "b10", attributes={"caseload": "12"})
    acts = len(journal.history(project, limit=None))
    async with in_overview(project) as hands:
        await hands.press("e", "tab", "tab", "escape")
        assert hands.screen
        assert len(journal.history(project, limit=None)) == acts
        assert person(project, "b10").attributes["gender"] == "of old"
        await hands.press("e")
        hands.form._fields["site"].value = "S99"
        hands.form.query_one("#leave", Button).press()
        await hands.press()
        assert hands.screen
        assert person(project, "b10").attributes["site"] == "S02"


async def test_what_cannot_be_kept_is_said_and_nothing_is_lost(project: Project) -> None:
    informants.change(project, "b10", role="employment-specialist")
    async with in_overview(project) as hands:
        await hands.press("e")
        for name, value, said in (
            ("interview-date", "12.3.2026", "a date is wanted"),
            ("caseload", "12-15", "a whole number is wanted"),
        ):
            field = hands.form._fields[name]
            field.value = value
            await hands.press("ctrl+s")
            assert said in str(hands.form.query_one("#wrong", Static).content)
            assert field.value == value
            assert field.has_focus
            field.value = ""
        await hands.press("ctrl+s")
        assert hands.screen


async def test_attributes_of_other_roles_are_out_of_the_way(project: Project) -> None:
    async with in_overview(project) as hands:
        await hands.press("e")

        def shown() -> set[str]:
            return {line.name for line in hands.form.query(".line") if line.display and line.name}

        assert "years-in-role" in shown()
        assert "diagnosis-group" not in shown()
        hands.form.query_one("#role", Select).value = "patient"
        await hands.press()
        assert "diagnosis-group" in shown()
        assert "years-in-role" not in shown()


async def test_memos_on_interview_and_project_are_kept_and_shown(project: Project) -> None:
    with open_project(project.path, coder="Ola") as other:
        memos.put(other, documents.find(other, "b10").id, "Bråk på linja.")
    async with in_overview(project) as hands:
        assert "Ola: “Bråk på linja.”" in hands.text("#about")
        await hands.press("m")
        hands.app.screen.query_one(TextArea).text = "Kom for seint."
        await hands.press("escape")
        assert "Kari: “Kom for seint.”" in hands.text("#about")
        assert hands.names()[0] == "b10 ✎"
        await hands.press("M")
        hands.app.screen.query_one(TextArea).text = "Ring Ola."
        await hands.press("escape", "tab")
        assert "project, Kari: “Ring Ola.”" in hands.text("#about")
        assert [memo.text for memo in memos.of(project, project.id)] == ["Ring Ola."]


async def test_what_others_do_appears_by_itself(project: Project) -> None:
    async with in_overview(project) as hands:
        await hands.press("down")
        with open_project(project.path, coder="Eva") as other:
            documents.set_status(other, documents.find(other, "b10").id, "done")
        hands.screen._look_for_others()
        await hands.press()
        assert "Eva" in hands.head()
        assert hands.screen.table.cursor_row == 1


async def test_blind_coding_hides_how_much_others_coded_until_done(project: Project) -> None:
    settings.set(project, "blind", True)
    async with in_overview(project) as hands:
        assert hands.rows()[1][2:4] == ["◐ 1", "●"]
        await hands.press("down", "o", "3")
        assert hands.rows()[1][2:4] == ["● 1", "● 2"]


async def test_a_project_without_interviews_says_what_to_do(tmp_path: Path) -> None:
    with create(tmp_path / "empty.ipscoding", name="Empty", coder="Kari") as empty:
        async with in_overview(empty, (80, 24)) as hands:
            assert "ipscoding import" in hands.text("#nothing")
            await hands.press("enter", "o", "m", "e", "s", "escape", "tab", "enter", "o", "escape")
            assert isinstance(hands.app.screen, CodingScreen)


def test_every_action_can_be_run_and_no_two_share_a_key() -> None:
    for action in OverviewScreen.ACTIONS:
        if action.run and not action.run.startswith("app."):
            assert hasattr(OverviewScreen, f"action_{action.run.partition('(')[0]}")
    keys = [key for action in OverviewScreen.ACTIONS for key in action.keys.split(",") if key]
    assert len(keys) == len(set(keys))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_a_bar_is_full_when_all_is_done_and_never_hides_what_was_begun(counts: tuple[int, int, int]) -> None:
    done, begun, n = counts[0], min(counts[1], counts[2] - counts[0]), counts[2]
    bar = Work("Kari", begun, done, 0, n).bar(12)
    assert len(bar) == 12
    assert (bar == "█" * 12) == (done == n)
    assert ("█" in bar) == bool(done)
    assert ("▒" in bar) == bool(begun)
    assert ("░" in bar) or done + begun == n or n > 12


def test_picture(project: Project, snap_compare: Callable[..., bool]) -> None:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    assert snap_compare(app, terminal_size=(80, 24), run_before=once_read("O", "down"))


def test_picture_of_the_form(project: Project, snap_compare: Callable[..., bool]) -> None:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    assert snap_compare(app, terminal_size=(100, 30), run_before=once_read("O", "tab", "enter"))
