"""Files and folders of transcripts."""

import hashlib
import unicodedata
from pathlib import Path

import pytest

from ipscoding.errors import FileProblem
from ipscoding.transcripts.read import SUFFIXES, find_files, read, read_many

TEXT = "---\nid: P01\n---\nI: Hei? Går det bra?\n\nP: Ja. Det går [latter].\n\nOg så mer.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "c.TXT", "sub/d.markdown", "README.md", "sub/readme.txt", ".hidden.txt", "x.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "e.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_file_gives_turns_sentences_and_where_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "p01-jobbsøker.txt"
    path.write_text(TEXT, encoding="utf-8")
    reading = read(path)
    transcript = reading.transcript
    assert reading.name == "p01-jobbsøker"
    assert reading.source == "p01-jobbsøker.txt"
    assert reading.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert reading.header == {"id": "P01"}
    assert transcript.text == "I: Hei? Går det bra?\nP: Ja. Det går [latter].\nOg så mer."
    assert [span.of(transcript.text) for span in transcript.sentences] == [
        "Hei?",
        "Går det bra?",
        "Ja.",
        "Det går [latter].",
        "Og så mer.",
    ]
    assert [index for index, _sentence in transcript.informant_sentences()] == [2, 3, 4]
    assert transcript.informant_words == 6


def test_the_name_is_composed(tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "p01-småprat.txt")
    path.write_text(TEXT, encoding="utf-8")
    assert read(path).name == "p01-småprat"


def test_folders_give_their_transcripts_sorted_without_hidden_and_readme_files(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in find_files([folder])]
    assert found == ["a.md", "b.txt", "c.TXT", "sub/d.markdown"]


def test_a_file_named_twice_is_found_once(folder: Path) -> None:
    assert find_files([folder / "b.txt", folder, folder / "b.txt"]) == find_files([folder])


def test_a_readme_is_read_where_it_is_named(folder: Path) -> None:
    assert find_files([folder / "README.md"]) == [folder / "README.md"]


def test_a_file_of_another_kind_is_refused_with_the_kinds_that_can_be_read(folder: Path) -> None:
    for call in (lambda: find_files([folder / "x.jpg"]), lambda: read(folder / "x.jpg")):
        with pytest.raises(FileProblem, match=r"x\.jpg") as caught:
            call()
        assert all(suffix in caught.value.hint for suffix in SUFFIXES)


def test_what_is_not_there_or_holds_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "mappe.txt").mkdir()
    with pytest.raises(FileProblem, match="does not exist"):
        find_files([tmp_path / "borte.txt"])
    with pytest.raises(FileProblem, match="holds no transcripts"):
        find_files([tmp_path / "tom"])
    with pytest.raises(FileProblem, match="cannot be read"):
        read(tmp_path / "borte.txt")
    with pytest.raises(FileProblem, match="is not a file"):
        read(tmp_path / "mappe.txt")


def test_bad_files_are_named_and_the_good_ones_read(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"")
    (folder / "sub" / "d.markdown").write_bytes(b"PK\x03\x04word/")
    heard: list[tuple[int, int]] = []
    readings, failed = read_many(
        [folder, folder / "x.jpg", folder / "borte.txt"], lambda done, total: heard.append((done, total))
    )
    assert [reading.source for reading in readings] == ["a.md", "c.TXT"]
    assert {path.name for path, _error in failed} == {"b.txt", "d.markdown", "x.jpg", "borte.txt"}
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
