"""Time stamps in the text become times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.transcripts.read import reading_of
from ipscoding.transcripts.source import Comment, Source, TimeMark
from ipscoding.transcripts.stamps import take_stamps


def found(*lines: str) -> tuple[str, list[tuple[str, float]]]:
    """The text without stamps, and the words after each time."""
    bare = take_stamps("\n".join(lines))
    return bare.text, [(bare.text[offset : offset + 8], seconds) for offset, seconds in bare.times]


CLEAN = "I: Hvordan går det?\nKari: Bra, takk.\nI: Og så?\nKari: Nei."
IN_LABELS = {
    "f4 at the end": "I: Hvordan går det? #00:00:05-2#\nKari: Bra, takk. #00:00:09-0#\n"
    "I: Og så? #00:00:11-7#\nKari: Nei.",
    "f4 before": "#00:00:01-0# I: Hvordan går det?\n#00:00:05-2# Kari: Bra, takk.\n#00:00:09-0# I: Og så?\n"
    "#00:00:11-7# Kari: Nei.",
    "brackets before": "[00:00:01] I: Hvordan går det?\n[00:00:05.2] Kari: Bra, takk.\n[00:00:09] I: Og så?\n"
    "[00:00:11,7] Kari: Nei.",
    "short before": "(00:01) I: Hvordan går det?\n(00:05) Kari: Bra, takk.\n(00:09) I: Og så?\n(00:11) Kari: Nei.",
    "bare before": "00:01 - I: Hvordan går det?\n00:05 - Kari: Bra, takk.\n00:09 - I: Og så?\n00:11 - Kari: Nei.",
    "in the label": "I (00:01): Hvordan går det?\nKari (00:05): Bra, takk.\nI (00:09): Og så?\nKari (00:11): Nei.",
    "after the label": "I: [00:01] Hvordan går det?\nKari: [00:05] Bra, takk.\nI: [00:09] Og så?\nKari: [00:11] Nei.",
    "bare in the label": "I 0:01: Hvordan går det?\nKari 0:05: Bra, takk.\nI 0:09: Og så?\nKari 0:11: Nei.",
    "on a line of its own": "[00:00:01]\nI: Hvordan går det?\n[00:00:05]\nKari: Bra, takk.\n[00:00:09]\nI: Og så?\n"
    "[00:00:11]\nKari: Nei.",
}


@pytest.mark.parametrize("text", IN_LABELS.values(), ids=IN_LABELS)
def test_stamps_of_turns_leave_the_text_and_are_the_turns_times(text: str) -> None:
    bare, times = found(*text.split("\n"))
    assert bare == CLEAN
    assert times[-1][0] == "Kari: Ne"
    assert {int(seconds) for _words, seconds in times} >= {5, 9, 11}
    assert ("Kari: Br", 5) in [(words, int(seconds)) for words, seconds in times]


def test_a_name_that_only_its_stamp_made_a_label_gets_a_colon() -> None:
    bare, times = found("Kari Nordmann   0:03", "Hei du.", "Ola Li 0:07", "Hei.", "Kari Nordmann   0:10", "Ja.")
    assert bare == "Kari Nordmann:\nHei du.\nOla Li:\nHei.\nKari Nordmann:\nJa."
    assert times == [("Kari Nor", 3.0), ("Ola Li:\n", 7.0), ("Kari Nor", 10.0)]


def test_a_word_after_a_stamp_is_a_name_only_where_it_always_leads_to_speech() -> None:
    text = "[00:00:01] Kari\nHei.\n[00:00:03] Ola\nJa.\n" * 3
    assert found(*text.split("\n"))[0].split("\n")[:4] == ["Kari:", "Hei.", "Ola:", "Ja."]
    said = "[00:00:01] Hva?\n[00:00:03] Greit\n" * 3
    assert found(*said.split("\n"))[0].split("\n")[:2] == ["Hva?", "Greit"]


def test_a_stamp_within_speech_parts_no_words_and_joins_none() -> None:
    assert found("P: Så gikk [00:01:02] jeg hjem.[00:01:05]Da kom [00:01:09]hun. [00:01:10.250] ") == (
        "P: Så gikk jeg hjem. Da kom hun.",
        [("jeg hjem", 62.0), ("Da kom h", 65.0), ("hun.", 69.0), ("", 70.25)],
    )


def test_segments_from_and_to_have_the_time_they_begin() -> None:
    assert found("[00:00.000 --> 00:05.000]  Hei du.", "[00:05.000 --> 01:07.500]  Ja.") == (
        "Hei du.\nJa.",
        [("Hei du.\n", 0.0), ("Ja.", 5.0)],
    )


@pytest.mark.parametrize(
    "text",
    [
        "I: Når?\nP: Klokka 12:30 kom bussen.\nI: Ja?\nP: 12:30 kom bussen, og 13:40 gikk den.",
        "I: Når?\nP: Møtet (12:30) var kort.\nP: Det neste (13:30) var langt.\nP: Og (14:30) var jeg hjemme.",
        "P: Fra 08:30-14:30 er jeg på jobb.\nP: Fra 09:30-15:30 er jeg hjemme.",
        "Møtet 12:30",
        "P: Det sto 3:15 og 4:20 i Salme 5:25.",
        "P: [12:30]\nI: Ja.",
        "Kari 14:30\nHei.\nOla 12:30\nHei.",
    ],
)
def test_times_of_day_in_speech_stay(text: str) -> None:
    bare = take_stamps(text)
    assert (bare.text, bare.times) == (text, [])


def test_what_was_done_is_told_with_numbers_and_lines() -> None:
    told = take_stamps("Tittel\n[00:01:00] I: Hei?\n[00:02:00] P: Ja.\n[00:01:30] I: Nei.").remarks
    assert [(remark.kind, remark.line) for remark in told] == [("times", 2), ("times", 4)]
    assert "3 time stamps" in told[0].message


@given(
    st.lists(st.tuples(st.sampled_from(["", "[00:00:07]", "#00:00:08-1#"]), st.text("aæ b.", max_size=6)), min_size=1)
)
def test_no_letter_is_lost_and_places_follow_their_letters(pieces: list[tuple[str, str]]) -> None:
    text = "\n".join(line for line in (f"{stamp}ж{words}".strip() for stamp, words in pieces) if line)
    bare = take_stamps(text)
    assert [letter for letter in bare.text if letter.isalpha()] == [letter for letter in text if letter.isalpha()]
    for offset, letter in enumerate(text):
        if letter.isalpha():
            assert bare.text[bare.offset(offset)] == letter
    assert [text.split("\n")[number][-1:] for number in bare.lines] == [
        line.rstrip(":")[-1:] for line in bare.text.split("\n")
    ]
    assert take_stamps(bare.text).text == bare.text


def test_times_and_comments_of_the_format_move_with_the_text() -> None:
    lines = ["---", "id: P1", "---", "[00:00:01] I: Hei?", "[00:00:03] P: Ja, altså."]
    source = Source(lines, times=[TimeMark(5, 18, 4.5)], comments=[Comment(5, 18, "altså", "Viktig")])
    reading = reading_of(source, "p1", "p1.docx", "0" * 64)
    text = reading.transcript.text
    assert text == "I: Hei?\nP: Ja, altså."
    assert [(text[offset:], seconds) for offset, seconds in reading.times] == [
        (text, 1),
        ("P: Ja, altså.", 3),
        ("altså.", 4.5),
    ]
    assert [note.span.of(text) for note in reading.comments] == ["altså"]


@pytest.mark.parametrize("piece", ["0:00", "[00:00:00", "(00:00)", "#00:00:00-0", "[0:00 --> ", "00:", "I 0:00 "])
def test_monotonous_lines_are_read_in_linear_time(piece: str) -> None:
    assert take_stamps("\n".join([piece * 20_000] * 3)).text
