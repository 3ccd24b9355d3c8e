"""The header of a transcript: read where it is one, never at the cost of text."""

from pathlib import Path

import pytest

from ipscoding.errors import FileProblem
from ipscoding.transcripts.read import read
from ipscoding.transcripts.reading import Reading


def reading(folder: Path, text: str) -> Reading:
    path = folder / "p01.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path)


def test_keys_are_read_in_both_languages_and_quotes_taken_off(tmp_path: Path) -> None:
    header = "ID: \"P01\"\nRolle: 'patient'\nspråk: nb\nDato: 2026-03-12\nsted:«S01»\nÅr i rollen: 4\n"
    found = reading(tmp_path, f"---\n{header}---\nI: Hei\nP: Ja\n")
    assert found.header == {
        "id": "P01",
        "role": "patient",
        "language": "nb",
        "date": "2026-03-12",
        "site": "S01",
        "år i rollen": "4",
    }
    assert found.transcript.text == "I: Hei\nP: Ja"
    assert found.remarks == []


def test_windows_line_ends_and_blank_lines_before_the_header_do_no_harm(tmp_path: Path) -> None:
    assert reading(tmp_path, "\r\n---\r\nid: P01\r\n---\r\nI: Hei\r\nP: Ja").header == {"id": "P01"}


def test_a_line_that_is_no_key_is_kept_as_a_note_and_told_with_its_line(tmp_path: Path) -> None:
    found = reading(tmp_path, "---\nid: P01\nhele greia\nid: P02\n# en kommentar\n\n---\nI: Hei\nP: Ja\n")
    assert found.header == {"id": "P01", "note": "hele greia\nid: P02"}
    assert [(remark.kind, remark.line) for remark in found.remarks] == [("header", 3), ("header", 4)]


def test_a_header_that_is_not_closed_is_text(tmp_path: Path) -> None:
    found = reading(tmp_path, "---\nid: P01\nI: Hei\nP: Ja\nI: Ja vel\nP: Nei\n")
    assert found.header == {}
    assert found.transcript.text.startswith("---\nid: P01\n")
    assert found.remarks[0].kind == "header"
    assert found.remarks[0].line == 1


def test_talk_between_two_rules_is_text(tmp_path: Path) -> None:
    found = reading(tmp_path, "---\nI: Hei\nP: Ja\n---\nI: Mer\nP: Nei\n")
    assert found.header == {}
    assert "P: Ja" in found.transcript.text
    assert found.remarks[0].kind == "header"


def test_a_header_without_text_after_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="holds no text"):
        reading(tmp_path, "---\nid: P01\n---\n\n")


def test_remarks_count_lines_of_the_file_with_its_header(tmp_path: Path) -> None:
    found = reading(tmp_path, "---\nid: P01\n---\n\nI: Hei\n\nP: S\ufffd\n")
    assert [(remark.kind, remark.line) for remark in found.remarks] == [("replacement", 7)]
