"""The engine beside the screen learns from what is coded, and notes what it has shown."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from ipscoding.domain import Valence
from ipscoding.project import Project, codebooks, codes, codings, documents, journal, open_project, settings, shown
from ipscoding.suggest import Engine, build
from ipscoding.suggest.of_project import coded_interviews, engine_of, lesson, outgrown, taught_again, teachers
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets import assistant
from ipscoding.tui.widgets.assistant import MakeEngine
from tests.test_tui_coding import Hands, at_work, project, suggested
from tests.tui_example import plain_terminal

__all__ = ["plain_terminal", "project"]

CODES = ("nav.waiting", "spec.persistence", "org.colocation")


@pytest.fixture(autouse=True)
def _quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(assistant, "_LOOK_SECONDS", 0.05)
    monkeypatch.setattr(assistant, "_NOTE_SECONDS", 0.05)


def small(project: Project, progress: Callable[[float, str], None], stop: Event) -> Engine:
    """The engine of the codebook without its bank: quick to make."""
    return build(codebooks.load(project), (), coded_interviews(project, teachers(project)), cancel=stop)


def of_another_codebook(project: Project, stop: Event) -> Engine:
    """An engine that cannot be taught further, since the project's codebook is not the one it knows."""
    return build(replace(codebooks.load(project), title={"nb": "En annen"}), (), cancel=stop)


@asynccontextmanager
async def learning(project: Project, make: MakeEngine = small) -> AsyncIterator[Hands]:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=make)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        hands = Hands(app, pilot)
        await until(hands, lambda: hands.screen.assistant.engine is not None and not hands.screen.assistant.state)
        yield hands


async def until(hands: Hands, true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await hands.pilot.pause(0.01)
    raise AssertionError("it never came")


def code_some(project: Project, n: int, coder: str = "Ola") -> None:
    """So many codings by another connection."""
    with open_project(project.path, coder=coder) as other:
        place = documents.find(other, "p01").id
        sentences = documents.transcript(other, place).sentences
        free = [
            (span, code)
            for span in sentences
            for code in CODES
            if (span, code) not in {(c.span, c.code) for c in codings.of_document(other, place) if c.coder == coder}
        ]
        wanted = [codings.NewCoding(place, span, code, Valence.BARRIER) for span, code in free[:n]]
        codings.add_many(other, wanted)


def screen(hands: Hands) -> CodingScreen:
    return hands.screen


async def test_it_learns_after_ten_codings_and_keeps_the_place(project: Project) -> None:
    async with learning(project) as hands:
        first = screen(hands).assistant.engine
        assert first is not None
        assert first.learnt_from == 0
        await hands.press("right", "right")
        place = hands.screen.view.selected
        code_some(project, 9)
        await hands.pilot.pause(0.3)
        assert screen(hands).assistant.engine is first, "nine are too few"
        code_some(project, 1)
        await until(hands, lambda: screen(hands).assistant.engine is not first)
        learnt = screen(hands).assistant.engine
        assert learnt is not None
        assert learnt.learnt_from == 10
        assert hands.screen.view.selected == place
        await until(hands, lambda: not screen(hands).assistant.state)
        await hands.pilot.pause(0.3)
        assert screen(hands).assistant.engine is learnt, "once is enough"


async def test_keys_are_taken_and_the_old_engine_answers_while_it_learns(project: Project) -> None:
    go_on, made = Event(), []

    def slow(own: Project, progress: Callable[[float, str], None], stop: Event) -> Engine:
        if made:
            progress(0.5, "")
            assert go_on.wait(20)
        made.append(of_another_codebook(own, stop))
        return made[-1]

    async with learning(project, slow) as hands:
        code_some(project, 10)
        await until(hands, lambda: "suggestions: learning 50%" in hands.text("#status"))
        assert screen(hands).assistant.engine is made[0]
        before = hands.screen.view.selected
        await hands.press("right")
        assert hands.screen.view.selected != before
        await suggested(hands)
        await hands.press("full_stop", "a")
        assert [coding.origin for coding in hands.made()].count("suggestion") == 1
        go_on.set()
        await until(hands, lambda: len(made) == 2 and screen(hands).assistant.engine is made[1])


async def test_a_lesson_that_fails_leaves_the_engine_as_it_was(project: Project) -> None:
    made = []

    def once(own: Project, progress: Callable[[float, str], None], stop: Event) -> Engine:
        made.append(0)
        if len(made) > 1:
            raise OSError("disk")
        return of_another_codebook(own, stop)

    async with learning(project, once) as hands:
        first = screen(hands).assistant.engine
        code_some(project, 10)
        await until(hands, lambda: len(made) == 2)
        await hands.pilot.pause(0.3)
        assert screen(hands).assistant.engine is first
        assert len(made) == 2, "it is not tried over and over"
        assert "could not" not in hands.notices()


async def test_what_stands_before_the_coder_is_in_the_ledger(project: Project) -> None:
    async with learning(project) as hands:
        place = await suggested(hands)
        before = len(journal.history(project))
        await hands.press("full_stop")
        await until(hands, lambda: len(shown.all(project)) == 2)
        assert {showing.code for showing in shown.all(project)} == {"nav.waiting", "spec.persistence"}
        assert {(showing.document_id, showing.coder) for showing in shown.all(project)} == {(place, project.coder)}
        assert len(journal.history(project)) == before
        await hands.press("full_stop")
    assert len(shown.all(project)) == 3, "what was shown last is noted when the screen is left"


async def test_a_blind_coder_is_shown_nothing_and_nothing_is_noted(project: Project) -> None:
    settings.set(project, "blind", True)
    async with at_work(project) as hands:
        await suggested(hands)
        await hands.press("full_stop", "down", "down")
        await hands.pilot.pause(0.2)
    assert shown.all(project) == []


def test_enough_is_ten_and_later_a_tenth(project: Project) -> None:
    learnt = lesson(project)
    code_some(project, 9)
    assert not outgrown(project, learnt)
    place = documents.find(project, "p01").id
    mine = codings.add(project, place, documents.transcript(project, place).sentences[0], CODES[0], Valence.NONE)
    assert outgrown(project, learnt)
    learnt = lesson(project)
    assert learnt.size == 10
    for valence in (Valence.BARRIER, Valence.FACILITATOR) * 6:
        codings.change(project, mine.id, valence=valence)
    assert not outgrown(project, learnt), "one coding changed over and over is one"


def test_a_blind_coders_engine_learns_from_own_codings_only(project: Project) -> None:
    code_some(project, 12)
    place = documents.find(project, "p01").id
    codings.add(project, place, documents.transcript(project, place).sentences[0], CODES[0], Valence.NONE)
    assert lesson(project).size == 13
    assert engine_size(project) == 13
    settings.set(project, "blind", True)
    assert lesson(project).size == engine_size(project) == 1
    learnt = lesson(project)
    with open_project(project.path, coder="Ola") as other:
        own = [coding.id for coding in codings.of_document(other, place) if coding.coder == "Ola"]
        codings.remove_many(other, own)
    assert not outgrown(project, learnt), "others' work changes nothing for a blind coder"


def test_teaching_again_gives_what_a_fresh_start_gives(project: Project) -> None:
    before = engine_of(project)
    code_some(project, 12)
    fresh, again = engine_of(project), taught_again(project, before)
    assert again is not None
    said = documents.transcript(project, documents.find(project, "p01").id)
    assert fresh.learnt_from == again.learnt_from == 12
    assert [fresh.rank_at(said, span) for span in said.sentences] == [
        again.rank_at(said, span) for span in said.sentences
    ]
    assert [before.rank_at(said, span) for span in said.sentences] != [
        again.rank_at(said, span) for span in said.sentences
    ]
    codes.retire(project, CODES[0])
    assert taught_again(project, before) is None, "with another codebook it begins anew"


def engine_size(project: Project) -> int:
    return sum(len(one.codings) for one in coded_interviews(project, teachers(project)))


def test_the_engine_of_a_project_knows_its_codings(project: Project) -> None:
    code_some(project, 11)
    assert engine_of(project).learnt_from == 11
