"""Conflicts that a merge left in a project, on the screen: told at opening, seen with who and when, decided, undone."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import TextArea

from ipscoding.domain import Valence
from ipscoding.project import Project, clock, codebooks, codes, codings, documents, memos, open_project, settings
from ipscoding.project.merging import conflicts
from ipscoding.project.merging.merge import merge
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.conflicts import ConflictsScreen
from tests.test_tui_coding import Hands, at_work
from tests.tui_example import make, passage, plain_terminal, said, until
from tests.tui_hands import once_read

__all__ = ["plain_terminal"]


@pytest.fixture
def merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Kari and Ola defined one code differently; Kari changed a passage at two machines, and took away what Ola noted.

    A minute lies between any two acts.
    """
    minutes = iter(range(3600))
    monkeypatch.setattr(clock, "now", lambda: f"2026-03-02T{9 + (n := next(minutes)) // 60:02}:{n % 60:02}:00.000000Z")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    with make(tmp_path) as project:
        place = documents.find(project, "p01").id
        talk = documents.transcript(project, place)
        moved, removed = (
            codings.add(project, place, passage(talk, words), "nav.waiting", Valence.BARRIER)
            for words in ("Jeg slapp å vente.", "og det tok tre måneder")
        )
        path = project.path
    copy = path.with_name("copy.ipscoding")
    shutil.copy(path, copy)
    with open_project(copy, coder="Ola") as other:
        codes.change(other, "nav.waiting", definition={"en": "Waiting for decisions and money."})
        memos.put(other, removed.id, "Lenge!")
    with open_project(copy, coder="Kari") as other:
        codings.change(other, moved.id, span=passage(talk, "slapp å vente"))
    with open_project(path, coder="Kari") as project:
        codes.change(project, "nav.waiting", definition={"en": "Waiting for decisions at the office."})
        codings.change(project, moved.id, span=passage(talk, "Jeg slapp"))
        codings.remove(project, removed.id)
        merge(project, [copy])
        yield project


async def at_conflicts(hands: Hands) -> ConflictsScreen:
    await hands.press("V")
    screen = hands.app.screen
    assert isinstance(screen, ConflictsScreen)
    return screen


async def test_opening_a_project_says_that_something_is_to_be_decided(merged: Project) -> None:
    async with at_work(merged) as hands:
        await until(hands.pilot, lambda: "V shows" in hands.notices())
        assert "3 conflicts from a merge" in hands.notices()


async def test_who_said_what_when_stands_there_with_what_is_in_force(merged: Project) -> None:
    async with at_work(merged) as hands:
        screen = await at_conflicts(hands)
        about = said(screen, "#about")
        assert "nav.waiting" in about
        assert "Waiting for decisions and money." in about
        assert "Waiting for decisions at the office." in about
        assert "Kari  2026-03-02 09:" in about
        assert "Ola  2026-03-02 09:" in about
        assert about.count("stands now") == 1
        assert "3 conflicts to decide" in said(screen, "#status")


async def test_each_decision_is_an_act_that_can_be_undone(merged: Project) -> None:
    async with at_work(merged) as hands:
        screen = await at_conflicts(hands)
        one = screen.current
        assert one is not None
        number = next(n for n, side in enumerate(one.sides, 1) if not side.stands)
        await hands.press(str(number))
        assert "2 conflicts to decide" in said(screen, "#status")
        assert len(conflicts.all(merged)) == 2
        await hands.press("u")
        assert len(conflicts.all(merged)) == 3
        assert "3 conflicts to decide" in said(screen, "#status")
        await hands.press("ctrl+r")
        assert len(conflicts.all(merged)) == 2


async def test_something_else_can_be_written(merged: Project) -> None:
    async with at_work(merged) as hands:
        screen = await at_conflicts(hands)
        while screen.current is None or screen.current.kind != "code":
            await hands.press("down")
        await hands.press("e")
        hands.app.screen.query_one(TextArea).text = "Waiting for anybody's decision."
        await hands.press("ctrl+s")
        assert codebooks.find(merged, "nav.waiting").definition["en"] == "Waiting for anybody's decision."
        assert all(one.kind != "code" for one in conflicts.all(merged))


async def test_the_passage_is_gone_to_and_the_last_decision_leaves_an_empty_screen(merged: Project) -> None:
    async with at_work(merged) as hands:
        screen = await at_conflicts(hands)
        while screen.current is None or screen.current.field != "start":
            await hands.press("down")
        assert "“slapp å vente”" in said(screen, "#about")
        await hands.press("g")
        assert hands.app.screen is hands.screen
        screen = await at_conflicts(hands)
        await hands.press("1", "1", "1")
        assert conflicts.all(merged) == []
        assert "Nothing to decide" in said(screen, "#nothing")


async def test_blind_coders_do_not_see_what_others_coded(merged: Project) -> None:
    settings.set(merged, "blind", True)
    path = merged.path
    with open_project(path, coder="Siri") as blind:
        async with at_work(blind) as hands:
            screen = await at_conflicts(hands)
            assert "1 conflict to decide" in said(screen, "#status")
            assert "2 on others' codings are hidden" in said(screen, "#status")


def test_what_it_looks_like(merged: Project, snap_compare: Callable[..., bool]) -> None:
    app = IpscodingApp(merged, document_id=documents.find(merged, "p01").id, make=None)
    assert snap_compare(app, terminal_size=(110, 30), run_before=once_read("V"))
