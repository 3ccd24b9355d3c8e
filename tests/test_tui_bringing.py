"""Bringing interviews in from the overview: look first, say who the interviewer is, one act that undo takes back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipscoding.domain import Span
from ipscoding.project import Project, create, documents
from ipscoding.transcripts.reading import MarginNote, Reading
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets.file_dialog import FileDialog
from ipscoding.tui.widgets.incoming_dialog import IncomingDialog
from ipscoding.tui.widgets.key_table import KeyTable
from tests.test_tui_overview import Hands, in_overview
from tests.tui_example import make, plain_terminal, said, transcript, until

__all__ = ["plain_terminal"]

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path) as made:
        yield made


async def named(hands: Hands, path: Path) -> None:
    """Name a file or folder to bring in."""
    await hands.press("i")
    assert isinstance(hands.app.screen, FileDialog)
    await hands.write(str(path))
    await hands.press("enter")


async def reach(hands: Hands, wanted: Callable[[], bool]) -> None:
    await until(hands.pilot, wanted)


def shown(hands: Hands) -> list[list[str]]:
    table = hands.app.screen.query_one(KeyTable)
    return [[str(cell) for cell in table.get_row_at(at)] for at in range(table.row_count)]


async def test_a_folder_is_looked_at_and_then_imported(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "inn"
    folder.mkdir()
    for name in ("whisper.srt", "zoom.vtt"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "tom.txt").write_bytes(b"")
    before = [document.name for document in documents.all(project)]
    async with in_overview(project) as hands:
        await named(hands, folder)
        await reach(hands, lambda: isinstance(hands.app.screen, IncomingDialog))
        assert [[cell.strip() for cell in row] for row in shown(hands)] == [
            ["whisper.srt", "new", "SPEAKER_01, SPEAKER_00", "24", "nb?", "1:00:02"],
            ["zoom.vtt", "new", "Siri Li (Intervjuer)", "17", "", "0:00:15"],
            ["tom.txt", "left out", "", "", "", ""],
        ]
        assert [document.name for document in documents.all(project)] == before
        await hands.press("i", "1")
        assert shown(hands)[0][2] == "SPEAKER_00 (SPEAKER_01)"
        await hands.press("enter")
        await reach(hands, lambda: len(documents.all(project)) == len(before) + 2)
        await reach(hands, lambda: "whisper" in hands.names())
        assert documents.find(project, "whisper").words == 16
        assert "2 interviews imported." in hands.notices()
        await hands.press("u", "y")
        await reach(hands, lambda: [document.name for document in documents.all(project)] == before)


async def test_escape_leaves_without_a_change_and_a_bad_name_is_said(project: Project, tmp_path: Path) -> None:
    before = [document.name for document in documents.all(project)]
    async with in_overview(project) as hands:
        await named(hands, SAMPLES / "zoom.vtt")
        await reach(hands, lambda: isinstance(hands.app.screen, IncomingDialog))
        await hands.press("escape")
        await named(hands, tmp_path / "borte.txt")
        await reach(hands, lambda: "borte.txt does not exist" in hands.notices())
        assert [document.name for document in documents.all(project)] == before


async def test_an_empty_project_says_how(tmp_path: Path) -> None:
    with create(tmp_path / "tom.ipscoding", name="Tom", coder="Kari") as project:
        async with in_overview(project) as hands:
            assert "i brings some in" in hands.text("#nothing")
            await named(hands, SAMPLES / "zoom.vtt")
            await reach(hands, lambda: isinstance(hands.app.screen, IncomingDialog))
            await hands.press("enter")
            await reach(hands, lambda: hands.names() == ["zoom"])


async def test_a_comment_of_the_file_is_seen_at_its_words(project: Project) -> None:
    talk = transcript([("I", "Hva nå?"), ("P", "Jeg vet ikke helt.")])
    start = talk.text.index("Jeg vet")
    comments = [MarginNote(Span(start, start + 7), "Se side 2", "Siri")]
    read = Reading("k01", talk, {}, "k01.docx", "3" * 64, "utf-8", [], comments=comments)
    documents.add_all(project, [read])
    app = IpscodingApp(project, document_id=documents.find(project, "k01").id, make=None)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodingScreen)
        await until(pilot, lambda: screen.desk.is_read)
        assert "“Se side 2”" in said(screen, "#here")
        assert "Siri" in said(screen, "#here")
        assert "k01.docx" in said(screen, "#here")
        rows = [screen.view.render_line(y).text for y in range(6)]
        assert [row.split("✎")[0].strip() for row in rows if "✎" in row] == ["2"]


async def test_a_table_says_how_it_comes_in(project: Project, tmp_path: Path) -> None:
    table = tmp_path / "svar.csv"
    table.write_text("nr,Hva hjalp?\n1,At hun ringte\n", encoding="utf-8")
    async with in_overview(project) as hands:
        await named(hands, table)
        await reach(hands, lambda: f'"{table}" --text-column' in hands.notices())
