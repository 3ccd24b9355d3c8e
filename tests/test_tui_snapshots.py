"""What the screens look like. Few, of fixed size, with fixed data; see them with `--snapshot-report`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ipscoding.domain import Valence
from ipscoding.project import Project, bookmarks, codings, create, documents
from ipscoding.suggest import Suggestion, band_of
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets.assistant import Assistant
from tests.tui_example import make, passage, plain_terminal, said, until
from tests.tui_hands import once_read

__all__ = ["plain_terminal"]
Compare = Callable[..., bool]


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[Project]:
    """The example with four codings, two of which overlap."""
    with make(tmp_path) as project:
        place = documents.find(project, "p01").id
        talk = documents.transcript(project, place)
        for words, code, valence in (
            ("hun sa at de hadde en som satt rett over gangen", "org.colocation", Valence.FACILITATOR),
            ("Men så måtte jo NAV godkjenne, og det tok tre måneder", "nav.waiting", Valence.BARRIER),
            ("og det tok tre måneder, og i den tida ble jeg ganske usikker", "gen.suggestion", Valence.NONE),
            ("Hun ga seg ikke, for å si det sånn.", "spec.persistence", Valence.BOTH),
        ):
            codings.add(project, place, passage(talk, words), code, valence)
        yield project


ON_THE_SECOND_CODING = once_read("plus", "plus")


def app(project: Project, theme: str = "textual-dark") -> IpscodingApp:
    made = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    made.theme = theme
    return made


async def in_the_tour(pilot: Pilot[None]) -> None:
    await pilot.press("w")
    await pilot.app.screen.run_action("tour")
    await pilot.pause()


async def in_the_picker(pilot: Pilot[None]) -> None:
    await pilot.press("right", "enter")
    field = pilot.app.screen.query_one(Input)
    field.cursor_blink = False
    field.value = "wait"
    await pilot.pause()


def test_dark(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(120, 30), run_before=ON_THE_SECOND_CODING)


def test_light_with_all_panels(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded, "textual-light"), terminal_size=(160, 36), run_before=ON_THE_SECOND_CODING)


def test_eighty_columns(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(80, 24), run_before=ON_THE_SECOND_CODING)


def test_sixteen_colours(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded, "ansi-dark"), terminal_size=(100, 24), run_before=ON_THE_SECOND_CODING)


def test_high_contrast(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded, "high-contrast-dark"), terminal_size=(120, 30), run_before=ON_THE_SECOND_CODING)


def test_high_contrast_on_white(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(
        app(coded, "high-contrast-light"), terminal_size=(120, 30), run_before=once_read("plus", "plus")
    )


def test_without_colours(coded: Project, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(coded), terminal_size=(100, 24), run_before=ON_THE_SECOND_CODING)


def test_plain_signs_in_the_margin(coded: Project, snap_compare: Compare) -> None:
    made = app(coded, "ansi-dark")
    made.preferences.signs = "ascii"
    assert snap_compare(made, terminal_size=(100, 24), run_before=ON_THE_SECOND_CODING)


def test_first_step_of_the_tour(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(110, 30), run_before=once_read(then=in_the_tour))


def test_picker(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(110, 30), run_before=once_read(then=in_the_picker))


async def with_suggestions(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, CodingScreen)
    assert screen.desk.document is not None
    found = [
        Suggestion(screen.desk.transcript.sentences[at], at, code, valence, score, band_of(score))
        for at, code, valence, score in (
            (3, "org.colocation", Valence.FACILITATOR, 0.72),
            (6, "nav.waiting", Valence.BARRIER, 0.91),
            (12, "org.colocation", Valence.FACILITATOR, 0.64),
        )
    ]
    screen.assistant.post_message(Assistant.Found(screen.desk.document.id, found))
    await until(pilot, lambda: bool(screen.desk.suggestions()))
    await pilot.press("i", "escape")
    screen.view.select(screen.desk.transcript.sentences[6])
    await pilot.pause()
    screen.assistant.post_message(
        Assistant.Explained({"nav.waiting": "for vente, måneder · like “Det tok tre måneder før NAV svarte.”"})
    )
    await until(pilot, lambda: "for vente" in said(screen, "#here"))


def test_picker_in_sixteen_colours(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded, "ansi-dark"), terminal_size=(80, 24), run_before=once_read(then=in_the_picker))


def test_suggestions(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(120, 30), run_before=once_read(then=with_suggestions))


def test_bookmarks(coded: Project, snap_compare: Compare) -> None:
    place = documents.find(coded, "p01").id
    talk = documents.transcript(coded, place)
    bookmarks.put(coded, place, talk.turns[1].speech.start, "how it began")
    bookmarks.put(coded, place, passage(talk, "Jobbspesialisten ringte").start)
    assert snap_compare(app(coded), terminal_size=(110, 30), run_before=once_read("f3"))


def test_how_far(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded, "textual-light"), terminal_size=(80, 24), run_before=once_read("o"))


def test_empty_project(tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with create(Path("empty.ipscoding"), name="Empty", coder="Kari") as empty:
        assert snap_compare(IpscodingApp(empty, make=None), terminal_size=(80, 24), run_before=once_read())


def test_help(coded: Project, snap_compare: Compare) -> None:
    assert snap_compare(app(coded), terminal_size=(80, 24), run_before=once_read("f1"))
