"""What a key costs, counted and not timed: rows painted and lines of the program run, in short and long interviews."""

import random
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from textual.pilot import Pilot

import ipscoding
from ipscoding.domain import Span, Transcript, Valence
from ipscoding.project import Project, codebooks, codings, create, documents
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.margin import rows_of
from ipscoding.tui.navigation import Unit
from ipscoding.tui.widgets.transcript_view import TranscriptView
from tests.tui_example import codebook, plain_terminal, transcript

__all__ = ["plain_terminal"]

SIZE = (110, 32)
SHORT, LONG = 75, 750
"""So many times the invented interview is 10 000 and 100 000 words."""
OURS = str(Path(ipscoding.__file__).parent)


def words(talk: Transcript) -> int:
    return len(talk.text.split())


def project_of(path: Path, times: int) -> Project:
    """An interview with 200 codings for every 10 000 words, at the same places in every stretch of the text."""
    talk = transcript(times=times)
    made = create(path, name="Study", coder="Kari")
    codebooks.adopt(made, codebook())
    documents.add_all(made, [Reading("p01", talk, {}, "p01.txt", "0" * 64, "utf-8", [])])
    document = documents.all(made)[0].id
    chance = random.Random(1)
    codes = codebook().active()
    each = len(talk.sentences) // times
    wanted = []
    for block in range(times):
        for number in range(3 if block % 3 else 2):
            first = block * each + 2 + 3 * number
            code = codes[chance.randrange(len(codes) - 1)]
            span = Span(talk.sentences[first].start, talk.sentences[first + number % 2].end)
            wanted.append(codings.NewCoding(document, span, code.id, Valence.BARRIER))
    codings.add_many(made, wanted)
    return made


@dataclass
class Work:
    """What was done: rows painted, lines of our program run."""

    rows: int = 0
    lines: int = 0


@contextmanager
def counted(view: TranscriptView, work: Work) -> Iterator[None]:
    """Add what happens inside to `work`."""

    def line(_frame: FrameType, event: str, _value: Any) -> Any:
        work.lines += event == "line"
        return line

    def call(frame: FrameType, _event: str, _value: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(OURS) else None

    before, built = sys.gettrace(), view.rows_built
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)
        work.rows += view.rows_built - built


@asynccontextmanager
async def coding_screen(project: Project, at: float = 0.5) -> AsyncIterator[tuple[TranscriptView, Pilot[None]]]:
    """The coding screen with the cursor in the part `at` of the interview, some rows above the middle of the view."""
    app = IpscodingApp(project, make=None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        view = app.screen.query_one(TranscriptView)
        talk = view.transcript
        # the same place in the text that repeats itself, so that short and long interviews are compared fairly
        block = len(talk.sentences) // 19
        sentence = int(at * block) * 19 + 3
        view.move_to(talk.sentences[sentence].start, centre=True)
        await pilot.pause()
        yield view, pilot


async def cost(view: TranscriptView, pilot: Pilot[None], *keys: str) -> Work:
    """What `keys` cost together."""
    work = Work()
    with counted(view, work):
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
    return work


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with project_of(tmp_path_factory.mktemp("short") / "study", SHORT) as project:
        yield project


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with project_of(tmp_path_factory.mktemp("long") / "study", LONG) as project:
        yield project


def test_the_interviews_are_as_long_as_they_are_said_to_be(short: Project, long: Project) -> None:
    for project, wanted in ((short, 10_000), (long, 100_000)):
        document = documents.all(project)[0]
        assert abs(words(documents.transcript(project, document.id)) - wanted) < wanted / 10
        assert abs(len(codings.of_document(project, document.id)) - wanted / 50) < wanted / 250


@pytest.mark.parametrize("unit", [Unit.CHARACTER, Unit.WORD])
async def test_a_step_of_the_cursor_paints_three_rows_at_most(long: Project, unit: Unit) -> None:
    async with coding_screen(long) as (view, pilot):
        view.set_unit(unit)
        await pilot.pause()
        for key in ("right", "left", "down", "up", "shift+right", "shift+down"):
            top = view.scroll_offset.y
            work = await cost(view, pilot, key)
            assert view.scroll_offset.y == top
            assert work.rows <= 3, key


async def test_a_step_by_sentences_paints_the_rows_of_both_sentences_and_no_other(long: Project) -> None:
    async with coding_screen(long) as (view, pilot):
        for _turn in range(5):
            before, top = view.selected, view.scroll_offset.y
            work = await cost(view, pilot, "right")
            if view.scroll_offset.y != top:
                continue
            rows = set()
            for span in (before, view.selected):
                first, last = rows_of(view.layout_in_use, span)
                rows.update(range(first, last + 1))
            assert 0 < work.rows <= len(rows)


async def test_a_page_paints_no_more_rows_than_can_be_seen(long: Project) -> None:
    async with coding_screen(long) as (view, pilot):
        for key in ("pagedown", "pagedown", "pageup"):
            assert (await cost(view, pilot, key)).rows <= view.size.height


async def test_a_key_that_changes_nothing_paints_nothing(long: Project) -> None:
    async with coding_screen(long) as (view, pilot):
        await cost(view, pilot, "ctrl+home")
        assert (await cost(view, pilot, "left")).rows == 0


async def test_ten_times_the_interview_is_not_more_work_for_a_key(short: Project, long: Project) -> None:
    found = []
    for project in (short, long):
        async with coding_screen(project) as (view, pilot):
            costs = {}
            for key in ("right", "down", "shift+right", "pagedown"):
                await cost(view, pilot, key)  # what is worked out once
                costs[key] = await cost(view, pilot, key, key)
            found.append(costs)
    for key, small in found[0].items():
        big = found[1][key]
        assert big.rows <= small.rows + 2, key
        # a look at every coding or every turn would be thousands of lines; finding a place by halves is a few
        assert big.lines <= small.lines * 1.25 + 100, key


async def test_the_place_in_a_long_interview_does_not_matter(long: Project) -> None:
    found = []
    for at in (0.02, 0.97):
        async with coding_screen(long, at) as (view, pilot):
            await cost(view, pilot, "right", "right")
            found.append(await cost(view, pilot, "right", "right", "down"))
    early, late = found
    assert late.rows <= early.rows + 2
    assert late.lines <= early.lines * 1.25 + 100


async def test_a_coding_made_paints_no_more_rows_than_can_be_seen(long: Project) -> None:
    async with coding_screen(long) as (view, pilot):
        await pilot.press("right", "c")
        await pilot.pause()
        await pilot.press(*"persist", "enter")
        await pilot.pause()
        work = await cost(view, pilot, "f")
        assert len(view.app.screen_stack) == 1
        assert 0 < work.rows <= 2 * view.size.height
        assert (await cost(view, pilot, "u")).rows <= 2 * view.size.height
