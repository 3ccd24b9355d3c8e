"""Subtitles and machine transcripts promise: every word once, under its speaker, and each time at its words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.errors import FileProblem
from ipscoding.transcripts.cues import NOBODY, Cue, source_of
from ipscoding.transcripts.machine import read_json
from ipscoding.transcripts.otranscribe import read_otr
from ipscoding.transcripts.read import read, reading_of
from ipscoding.transcripts.reading import Reading
from ipscoding.transcripts.subtitles import read_srt, read_vtt

SAMPLES = Path(__file__).parent / "samples"


def turns(reading: Reading) -> list[tuple[str, bool, str]]:
    text = reading.transcript.text
    return [(turn.speaker, turn.interviewer, turn.speech.of(text)) for turn in reading.transcript.turns]


def times(reading: Reading) -> list[tuple[float, str]]:
    """Each time and the word at its place, the label left out."""
    transcript, found = reading.transcript, []
    for offset, seconds in reading.times:
        turn = transcript.turn_at(offset)
        assert turn is not None
        found.append((seconds, transcript.text[max(offset, turn.speech.start) :].split()[0]))
    return found


def test_teams_names_the_speaker_of_each_piece() -> None:
    reading = read(SAMPLES / "teams.vtt")
    assert turns(reading) == [
        ("Kari Nordmann (Forsker)", True, "Takk for at du ville være med. Hvordan går det?"),
        (
            "Hansen, Ola",
            False,
            "Jo takk, det går bra & sånn. Jobbspesialisten sa: du <kan> begynne i morgen.",
        ),
        ("Kari Nordmann (Forsker)", True, "Ja?"),
        ("Hansen, Ola", False, "Ja."),
    ]
    assert times(reading) == [
        (3.12, "Takk"), (7.01, "Jo"), (11.9, "Jobbspesialisten"), (3735.5, "Ja?"), (3737.0, "Ja.")
    ]  # fmt: skip
    assert reading.remarks == []


def test_zoom_names_a_speaker_where_it_changes() -> None:
    reading = read(SAMPLES / "zoom.vtt")
    assert turns(reading) == [
        ("Intervjuer", True, "Kan du fortelle om den første tida?"),
        ("Siri Li", False, "Eg hugsar at eg var redd. Men så gjekk det seg til."),
        ("Intervjuer", True, "Hva hjalp?"),
        ("Siri Li", False, "At nokon ringte kvar veke."),
    ]
    assert times(reading) == [(1.0, "Kan"), (5.0, "Eg"), (8.4, "Men"), (12.5, "Hva"), (15.0, "At")]


def test_without_speakers_a_pause_begins_a_paragraph() -> None:
    reading = read(SAMPLES / "ffmpeg.vtt")
    assert reading.transcript.text == "Det begynte med et møte på kontoret.\nEtterpå var alt lettere."
    assert times(reading) == [(1.0, "Det"), (4.5, "et"), (11.25, "Etterpå")]


def test_subrip_of_whisper() -> None:
    reading = read(SAMPLES / "whisper.srt")
    assert turns(reading) == [
        ("SPEAKER_01", False, "Hva tenker du om samarbeidet med NAV?"),
        ("SPEAKER_00", False, "Det er bra, men det tar tid. I 2019 var det verre."),
        ("SPEAKER_01", False, "Ja."),
        ("SPEAKER_00", False, "Nå snakker vi sammen."),
    ]
    assert times(reading) == [(0.0, "Hva"), (4.9, "Det"), (9.12, "I"), (12.64, "Ja."), (3602.05, "Nå")]


def test_whisperx_divides_a_segment_where_the_speaker_changes() -> None:
    reading = read(SAMPLES / "whisperx.json")
    assert turns(reading) == [
        ("SPEAKER_00", False, "Hvordan kom du i kontakt med dem?"),
        ("SPEAKER_01", False, "Gjennom legen."),
        ("SPEAKER_00", False, "Å ja?"),
        ("SPEAKER_01", False, "Fastlegen ringte NAV. Så det gikk fort."),
    ]
    assert times(reading) == [(0.5, "Hvordan"), (3.4, "Gjennom"), (6.1, "Å"), (7.5, "Fastlegen"), (10.0, "Så")]
    assert "language" not in reading.header, "Whisper's `no` does not say which norm"


def test_whisper_keeps_the_time_of_each_segment() -> None:
    reading = read(SAMPLES / "whisper.json")
    assert turns(reading) == [("", False, "Det var en fin dag."), ("", False, "Vi møttes på jobben.")]
    assert times(reading) == [(0.0, "Det"), (6.02, "Vi")]
    assert reading.header["language"] == "nn"


def test_otranscribe_gives_text_without_stamps() -> None:
    reading = read(SAMPLES / "otranscribe.otr")
    assert turns(reading) == [
        ("I", True, "Hva var viktigst for deg?"),
        ("P", False, "Å få jobb. Og å beholde den, det var verre."),
        ("I", True, "Ja."),
        ("P", False, "Mm & sånn."),
    ]
    assert times(reading) == [(2.25, "Hva"), (7.5, "Å"), (3725.1, "det")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"transcription": [{"offsets": {"from": 1500, "to": 2000}, "text": " Hei."}]}, (1.5, "Hei.")),
        ({"text": "Hei.", "chunks": [{"timestamp": [2.5, None], "text": " Hei."}]}, (2.5, "Hei.")),
        ([{"start": 4, "end": 5, "text": "Hei."}], (4.0, "Hei.")),
    ],
    ids=["whisper.cpp", "transformers", "a bare list"],
)
def test_other_machine_transcripts(content: object, expected: tuple[float, str]) -> None:
    reading = reading_of(read_json(json.dumps(content).encode(), "x.json"), "x", "x.json", "")
    assert times(reading) == [expected]


def test_who_is_not_named_among_named_speakers_stands_apart() -> None:
    cues = [Cue(0, 1, "Hei.", "Kari"), Cue(1, 2, "Ja."), Cue(2, 3, "Nei.", "Ola")]
    reading = reading_of(source_of(cues), "x", "x.vtt", "")
    assert [(speaker, said) for speaker, _interviewer, said in turns(reading)] == [
        ("Kari", "Hei."), (NOBODY, "Ja."), ("Ola", "Nei.")
    ]  # fmt: skip
    assert any(remark.kind == "speakers" for remark in reading.remarks)


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (read_vtt, b"1\n00:00:01,000 --> 00:00:02,000\nHei\n"),
        (read_vtt, b"WEBVTT\n\nNOTE ingenting\n"),
        (read_srt, b"Bare tekst\n"),
        (read_json, b'{"segments": [{"text": "uten tid"}]}'),
        (read_json, b'{"codings": []}'),
        (read_json, b'{"segments": ['),
        (read_json, b"[" * 100_000),
        (read_otr, b'{"media": "lyd.mp3"}'),
        (read_otr, b"[]"),
    ],
)
def test_what_is_none_is_refused_by_name(reader: object, data: bytes) -> None:
    with pytest.raises(FileProblem, match=r"prøve\.fil"):
        reader(data, "prøve.fil")  # type: ignore[operator]


WORDS = st.lists(
    st.sampled_from(["ja", "nei", "jobben", "møtet", "NAV", "kanskje", "æsj", "3", "år"]), min_size=1, max_size=6
)
PIECES = st.lists(
    st.tuples(st.sampled_from(["Kari", "Ola Li", "I"]), WORDS, st.integers(0, 9)), min_size=1, max_size=25
)


def told(pieces: list[tuple[str, list[str], int]]) -> list[Cue]:
    cues, at = [], 0
    for number, (speaker, words, pause) in enumerate(pieces):
        at += pause
        cues.append(Cue(at, at + 1, f"x{number} " + " ".join(words), speaker))
        at += 1
    return cues


def clock(seconds: float, mark: str) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}{mark}000"


def holds(reading: Reading, cues: list[Cue]) -> None:
    """Every piece once, in order, under its speaker; the first word of a piece at its time."""
    transcript = reading.transcript
    said = " ".join(turn.speech.of(transcript.text) for turn in transcript.turns)
    assert said.split() == " ".join(cue.text for cue in cues).split()
    assert times(reading) == [(cue.start, f"x{number}") for number, cue in enumerate(cues)]
    assert all(0 <= offset < len(transcript.text) for offset, _seconds in reading.times)
    for (offset, _seconds), cue in zip(reading.times, cues, strict=True):
        turn = transcript.turn_at(offset)
        assert turn is not None
        assert turn.speaker == (cue.speaker or "")


@given(PIECES)
def test_times_point_at_the_words_of_their_piece(pieces: list[tuple[str, list[str], int]]) -> None:
    cues = told(pieces)
    vtt = "WEBVTT\n\n" + "\n\n".join(
        f"{clock(cue.start, '.')} --> {clock(cue.end, '.')}\n<v {cue.speaker}>{cue.text}</v>" for cue in cues
    )
    holds(reading_of(read_vtt(vtt.encode(), "a.vtt"), "a", "a.vtt", ""), cues)
    segments = [{"start": cue.start, "end": cue.end, "text": cue.text, "speaker": cue.speaker} for cue in cues]
    holds(reading_of(read_json(json.dumps(segments).encode(), "a.json"), "a", "a.json", ""), cues)


@given(PIECES, st.booleans())
def test_without_speakers_no_word_is_lost_either(pieces: list[tuple[str, list[str], int]], numbered: bool) -> None:
    cues = [Cue(cue.start, cue.end, cue.text) for cue in told(pieces)]
    srt = "\n\n".join(
        (f"{number}\n" if numbered else "") + f"{clock(cue.start, ',')} --> {clock(cue.end, ',')}\n{cue.text}"
        for number, cue in enumerate(cues, 1)
    )
    holds(reading_of(read_srt(srt.encode(), "a.srt"), "a", "a.srt", ""), cues)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_damaged_files_are_refused_or_read(data: bytes) -> None:
    for reader, head in ((read_vtt, b"WEBVTT\n\n"), (read_srt, b""), (read_json, b""), (read_otr, b"")):
        try:
            source = reader(head + data, "x")
            reading_of(source, "x", "x", "")
        except FileProblem:
            pass


@pytest.mark.parametrize("piece", ["<a ", "<", "<!--", "<span class='timestamp'", "&"])
def test_pages_of_damaged_tags_are_read_in_one_go(piece: str) -> None:
    """With a reader that looks for the end of every tag again, this would take hours."""
    read_otr(json.dumps({"text": "P: Hei. " + piece * 200_000}).encode(), "a.otr")
