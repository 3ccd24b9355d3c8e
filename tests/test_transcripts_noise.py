"""Accidents of recognition and conversion are told with their lines, and nothing is changed."""

import pytest

from ipscoding.transcripts.noise import find_noise
from ipscoding.transcripts.read import reading_of
from ipscoding.transcripts.source import Source

CLEAN = [
    "I: Hva gjør dere på B&B-hotellet og i H&M?",
    "P: Jeg begynte i 2021, 3 dager i uka – job- jobbsøkerne kom kl. 12.",
    "P: Vi har jobb- og aktivitetsplaner, arbeids- eller skoletid?",
    "P: [navn1] og [sted2] er på avdeling 3B.",
    "P: Ja?",
    "I: Ja?",
    "P: Ja?",
    "I: Ja?",
]


def told(*lines: str) -> list[int | None]:
    return [remark.line for remark in find_noise("\n".join(lines))]


def test_ordinary_speech_is_no_noise() -> None:
    assert told(*CLEAN) == []


@pytest.mark.parametrize(
    "line",
    [
        "P: Det er viktig & komme i gang.",
        "P: Jeg f&r ikke sove.",
        "P: Hun sa det p& mandag.",
        "P: Jeg s6ker jobb.",
        "P: Jeg var d0rlig.",
        "P: Jeg f?r ikke sove.",
        "P: Jeg er jobb- søker nå.",
        "17",
        "Side 3 av 12",
        "- 4 -",
    ],
)
def test_what_looks_like_an_accident_is_told_with_its_line(line: str) -> None:
    assert told("I: Hei?", line, "P: Ja, det var det.") == [2] or line.startswith("- 4")


def test_heads_of_pages_and_paragraphs_that_stand_twice_are_told() -> None:
    long = "P: " + "Så fortalte jeg alt sammen en gang til. " * 3
    lines = ["Prosjekt Arbeid, side 1", "I: Hei?", "Prosjekt Arbeid, side 2", long, "Prosjekt Arbeid, side 3", long]
    assert sorted(line for line in told(*lines) if line) == [1, 3, 5, 6]


def test_norwegian_without_its_letters_is_told_once() -> None:
    norwegian = "P: Og det er ikke lett, for jeg har det som til vanlig og det er nok med det. " * 15
    assert told(norwegian) == [None]
    assert told(norwegian + "Så.") == []
    assert told("P: It is not easy, and I have to get up and go to work for them. " * 15) == []


def test_many_of_a_kind_become_one_remark_with_their_number() -> None:
    remarks = find_noise("\n".join(["P: Det er fint & komme.", "I: Ja?"] * 300))
    assert [(remark.line, "300 lines" in remark.message) for remark in remarks] == [(1, True)]


def test_noise_is_left_in_the_text_and_told_with_the_line_of_the_source() -> None:
    lines = ["---", "id: P1", "---", "", "I: Hei?", "P: Det er fint & komme."]
    reading = reading_of(Source(lines), "p1", "p1.txt", "0" * 64)
    assert reading.transcript.text == "I: Hei?\nP: Det er fint & komme."
    assert [remark.line for remark in reading.remarks if remark.kind == "noise"] == [6]
    assert not any("komme" in remark.message for remark in reading.remarks)


@pytest.mark.parametrize("piece", ["a", "a-", "a&", "a1", "jobb- ", "a?", "1 ", "1", "- ", "æ & "])
def test_monotonous_lines_are_judged_in_linear_time(piece: str) -> None:
    assert isinstance(find_noise("\n".join([piece * 50_000] * 3)), list)
