"""Times and comments of a source: where they are in the stored text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.transcripts.read import read, read_all, reading_of
from ipscoding.transcripts.reading import Reading
from ipscoding.transcripts.source import Comment, Source, TimeMark

HEADER = ["---", "id: P01", "date: 2026-03-01", "---"]


def stored(lines: list[str], **marks: object) -> Reading:
    return reading_of(Source(lines, **marks), "p01", "p01.docx", "0" * 64)  # type: ignore[arg-type]


def from_there(reading: Reading) -> list[tuple[str, float]]:
    return [(reading.transcript.text[offset:], seconds) for offset, seconds in reading.times]


WORDS = st.text("abæøåÅ \t\u200b\u0301a\u030a\u00ad😀", min_size=0, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, max_size=6), st.booleans())
def test_a_time_stands_before_the_words_that_followed_it(before: list[str], after: list[str], header: bool) -> None:
    # the sign is a letter of its own, so that nothing around it can join with it
    line = "".join(before) + "ж" + "".join(after)
    lines = [*(HEADER if header else []), "I: Hei?", "", " ", line, "", "P: Ja."]
    reading = stored(lines, times=[TimeMark(lines.index(line) + 1, line.index("ж"), 12.5)])
    (offset, seconds), *others = reading.times
    assert (reading.transcript.text[offset], seconds, others) == ("ж", 12.5, [])


@given(st.integers(1, 8), st.integers(0, 12))
def test_every_place_of_a_source_is_a_place_of_the_text(line: int, column: int) -> None:
    lines = [*HEADER, "I: Hei?\u200b ", "", "\t P: Ja.\vOg så?", " "]
    reading = stored(lines, times=[TimeMark(line, column, 1)], comments=[Comment(line, column, "Ja.", "note")])
    length = len(reading.transcript.text)
    assert all(0 <= offset <= length for offset, _seconds in reading.times)
    assert all(note.span.end <= length for note in reading.comments)


def test_places_in_lines_that_were_removed_are_where_the_next_one_begins() -> None:
    lines = [*HEADER, "I: Hei?", "  ", "P: Ja."]
    marks = [TimeMark(2, 3, 1), TimeMark(5, 0, 2), TimeMark(5, 7, 3), TimeMark(6, 1, 4), TimeMark(7, 6, 5)]
    assert from_there(stored(lines, times=marks)) == [("I: Hei?\nP: Ja.", 2), ("P: Ja.", 4), ("", 5)]


def test_a_comment_lies_on_its_quote_also_over_lines() -> None:
    lines = [*HEADER, "I: Hei?", "P: Ja,  altså.", "Og  så mer."]
    note = stored(lines, comments=[Comment(6, 8, "altså.\n Og  så", "Viktig", "Kari", "2026-03-02T10:00:00")]).comments
    assert [(comment.span.of(stored(lines).transcript.text), comment.author) for comment in note] == [
        ("altså.\nOg  så", "Kari")
    ]


def test_a_comment_whose_quote_is_not_there_lies_on_the_rest_of_the_line() -> None:
    reading = stored(["I: Hei?", "P: Ja, altså."], comments=[Comment(2, 3, "Nei", "?"), Comment(2, 7, "", "!")])
    assert [note.span.of(reading.transcript.text) for note in reading.comments] == ["Ja, altså.", "altså."]


def test_what_the_format_says_gives_way_to_the_header_in_the_text() -> None:
    assert stored([*HEADER, "I: Hei?"], header={"date": "2020", "title": "x"}).header == {
        "id": "P01",
        "date": "2026-03-01",
        "title": "x",
    }


def test_a_file_may_hold_several_transcripts(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("a;b", encoding="utf-8")
    several = {".csv": lambda data, _name: [(part, Source([part])) for part in data.decode().split(";")]}
    found = read_all(path, several)
    assert [(reading.name, reading.transcript.text, reading.source) for reading in found] == [
        ("a", "a", "svar.csv"),
        ("b", "b", "svar.csv"),
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_plain_text_has_no_times_and_no_comments(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("I: Hei?\nP: Ja.", encoding="utf-8")
    reading = read(path)
    assert (reading.times, reading.comments, reading.to_approve) == ([], [], False)


def test_a_thousand_times_in_one_long_paragraph_are_found_at_their_words() -> None:
    # to look at the whole paragraph for each of them would take minutes
    words = [f"ord{number}" for number in range(5000)]
    line = "P: " + "\t".join(words)
    reading = stored([line], times=[TimeMark(1, line.index(word), at) for at, word in enumerate(words)])
    assert [reading.transcript.text[offset:].split(" ", 1)[0] for offset, _at in reading.times[::50]] == words[::50]
