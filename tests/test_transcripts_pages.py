"""Printed lines become paragraphs again, and what was done is told."""

import pytest

from ipscoding.transcripts.pages import joined


def test_words_cut_at_the_ends_of_lines_are_whole_again() -> None:
    source = joined(
        [
            [
                "I: Hva slags jobb-",
                "søking har du drevet med, og hvordan var arbeids-",
                "og skoletida? Hva med NAV-",
                "kontoret, e-post og NAV-kontoret?",
                "P: Ja, det er bra. Det går helt greit, synes jeg nå.",
            ]
        ]
    )
    assert source.lines == [
        "I: Hva slags jobbsøking har du drevet med, og hvordan var arbeids- og skoletida? Hva med NAV-kontoret, e-post "
        "og NAV-kontoret?",
        "P: Ja, det er bra. Det går helt greit, synes jeg nå.",
    ]
    assert source.to_approve


def test_heads_feet_and_page_numbers_go_and_a_sentence_goes_on_over_the_page() -> None:
    first = "I: Hvordan har du hatt det siden vi snakket sammen for"
    second = "P: Bra, men det var litt mye i starten og så"
    pages = [
        ["Studie 7", first, second, "1"],
        ["Studie 7", "ble det bedre etter hvert, da jeg fikk høre om det.", "I: Ja.", "2"],
        ["Studie 7", "P: Nei.", "3"],
    ]
    assert joined(pages).lines == [
        "I: Hvordan har du hatt det siden vi snakket sammen for",
        "P: Bra, men det var litt mye i starten og så ble det bedre etter hvert, da jeg fikk høre om det.",
        "I: Ja.",
        "P: Nei.",
    ]


@pytest.mark.parametrize("foot", ["{}", "- {} -", "Side {} av 2", "{}/2", "s. {}"])
def test_page_numbers_are_known_in_their_usual_forms(foot: str) -> None:
    pages = [["I: Hva?", "P: Det.", foot.format(number)] for number in (1, 2)]
    assert joined(pages).lines == ["I: Hva?", "P: Det.", "I: Hva?", "P: Det."]


def test_short_answers_at_the_top_of_every_page_stay() -> None:
    pages = [["P: Ja.", "I: Og så videre, fortell mer om det?"]] * 4
    assert joined(pages).lines == ["P: Ja.", "I: Og så videre, fortell mer om det?"] * 4


def test_what_was_done_is_told_with_numbers_and_places() -> None:
    source = joined([["I: Hei?", "P: Dette er en linje som er lang og som går over til", "neste linje.", "Side 1"]])
    assert [(remark.kind, remark.line) for remark in source.remarks] == [
        ("layout", None),
        ("layout", None),
        ("layout", 2),
    ]


def test_no_page_and_empty_pages_give_no_line() -> None:
    assert joined([]).lines == []
    assert joined([[""], []]).lines == []


@pytest.mark.parametrize("piece", ["a", "a-", "1", "- ", "a ", "I: ", "side "])
def test_monotonous_lines_are_joined_in_linear_time(piece: str) -> None:
    assert joined([[piece * 100_000, piece * 100_000, "b"]]).lines
