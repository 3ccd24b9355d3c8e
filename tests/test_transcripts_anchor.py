"""Passages are found again in a text that was corrected: exactly where nothing around them changed, else for review."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ipscoding.domain import Span
from ipscoding.transcripts.anchor import CONTEXT, Anchored, Comparison

TEXT = (
    "I: Hva hjalp deg?\nP: Jobbspesialisten ringte sjefen min, Kari Nordmann. Det var godt.\n"
    "I: Og ellers?\nP: Ja.\nI: Mer?\nP: Ja.\n"
)
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(["", "x", "\n", "[navn1]", "så sa hun at "]))


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def story(seed: int, turns: int = 12) -> str:
    """Turns of words that hardly ever stand twice."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choice("abdefgijklmnoprstuvyæøå") for _ in range(chance.randint(2, 8)))

    return "".join(
        f"{chance.choice('IP')}: {' '.join(word() for _ in range(chance.randint(1, 30)))}.\n" for _ in range(turns)
    )


def edited(text: str, edits: list[tuple[float, int, str]]) -> tuple[str, list[int | None]]:
    """A text after edits, and where each of its places went (None: it was inside of what was edited)."""
    places: list[int | None] = list(range(len(text) + 1))
    for share, length, new in edits:
        start = int(share * len(text))
        end = min(start + length, len(text))
        text = text[:start] + new + text[end:]
        places = [
            place
            if place is None or place < start or (place == start == end and not new)
            else None
            if place <= end
            else place + len(new) - (end - start)
            for place in places
        ]
    return text, places


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10_000), edits=st.lists(EDIT, max_size=8), start=st.floats(0, 1), length=st.integers(1, 120))
def test_ends_whose_surroundings_did_not_change_land_exactly(
    seed: int, edits: list[tuple[float, int, str]], start: float, length: int
) -> None:
    old = story(seed)
    new, places = edited(old, edits)
    begin = int(start * (len(old) - 1))
    span = Span(begin, min(begin + length, len(old)))
    found = Comparison(old, new).anchor(span)
    for offset, landed in ((span.start, found.span and found.span.start), (span.end, found.span and found.span.end)):
        around = old[max(offset - CONTEXT, 0) : offset + CONTEXT]
        there = places[offset]
        kept = there is not None and new[max(there - min(offset, CONTEXT), 0) : there + CONTEXT] == around
        if kept and old.count(around) == new.count(around) == 1 and found.status is not Anchored.LOST:
            white = old[min(offset, there or 0) : offset].isspace()
            assert (
                landed == there or white or new[min(landed or 0, there or 0) : max(landed or 0, there or 0)].isspace()
            )
    if found.status in (Anchored.EXACT, Anchored.SHIFTED):
        assert found.span is not None
        assert found.span.of(new) == span.of(old)


@settings(max_examples=60, deadline=None)
@given(
    old=st.text("ab \n.", max_size=80),
    new=st.text("ab \n.", max_size=80),
    ends=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_whatever_the_texts_a_place_is_in_the_new_one(old: str, new: str, ends: tuple[float, float]) -> None:
    comparison = Comparison(old, new)
    start, end = sorted(int(share * len(old)) for share in ends)
    assert 0 <= comparison.offset(start) <= len(new)
    found = comparison.anchor(Span(start, end)).span
    assert found is None or 0 <= found.start < found.end <= len(new)


def test_an_unchanged_text_leaves_every_passage_where_it_was() -> None:
    comparison = Comparison(TEXT, TEXT)
    span = at(TEXT, "Det var godt")
    assert comparison.anchor(span) == comparison.anchor(span)
    assert comparison.anchor(span).span == span
    assert comparison.anchor(span).status is Anchored.EXACT


def test_a_correction_before_a_passage_shifts_it() -> None:
    new = TEXT.replace("Hva hjalp deg?", "Hva var det som hjalp?")
    found = Comparison(TEXT, new).anchor(at(TEXT, "Det var godt"))
    assert (found.status, found.span) == (Anchored.SHIFTED, at(new, "Det var godt"))


def test_a_name_taken_out_leaves_the_passage_around_it_for_review() -> None:
    new = TEXT.replace("Kari Nordmann", "[navn1]")
    comparison = Comparison(TEXT, new)
    whole = comparison.anchor(at(TEXT, "ringte sjefen min, Kari Nordmann"))
    assert (whole.status, whole.span) == (Anchored.CHANGED, at(new, "ringte sjefen min, [navn1]"))
    name = comparison.anchor(at(TEXT, "Kari Nordmann"))
    assert (name.status, name.span) == (Anchored.CHANGED, at(new, "[navn1]"))


def test_what_was_taken_out_is_lost() -> None:
    new = TEXT.replace("P: Jobbspesialisten ringte sjefen min, Kari Nordmann. Det var godt.\n", "")
    found = Comparison(TEXT, new).anchor(at(TEXT, "ringte sjefen min"))
    assert (found.status, found.span) == (Anchored.LOST, None)


def test_a_passage_that_was_moved_is_found_by_its_words() -> None:
    turn = "P: Jobbspesialisten ringte sjefen min, Kari Nordmann. Det var godt.\n"
    new = TEXT.replace(turn, "") + turn
    found = Comparison(TEXT, new).anchor(at(TEXT, "Jobbspesialisten ringte"))
    assert (found.status, found.span) == (Anchored.SHIFTED, at(new, "Jobbspesialisten ringte"))


def test_words_that_stand_several_times_are_not_guessed() -> None:
    new = TEXT.replace("I: Mer?\nP: Ja.\n", "I: Sier du det?\nP: Ja.\nP: Ja.\n")
    second = TEXT.index("P: Ja.", TEXT.index("Mer?")) + 3
    assert Comparison(TEXT, new).anchor(Span(second, second + 3)).status is Anchored.CHANGED


def test_a_copy_put_in_elsewhere_does_not_draw_a_passage_away() -> None:
    said = "Jobbspesialisten ringte sjefen min, Kari Nordmann."
    new = TEXT.replace("sjefen min", "sjæfen min") + f"P: {said}\n"
    found = Comparison(TEXT, new).anchor(at(TEXT, said))
    assert (found.status, found.span) == (Anchored.CHANGED, at(new, said.replace("sjefen", "sjæfen")))
