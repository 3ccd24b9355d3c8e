"""Where the places of another program's text go when the text is stored as a transcript."""

from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Span
from ipscoding.transcripts.normalise import normalise
from ipscoding.transcripts.offsets import trace, transcript_of

ODD = "aæÅ \t\n\v\u0301\u0327\u0308\u1100\u1161\u11a8\u200b\u200d\u200c\ufeff\u00a0👩⚕\ufe0f\u0915\u093c\u0958'"


@given(st.one_of(st.text(max_size=60), st.text(ODD, max_size=60)))
def test_the_text_is_what_is_stored_and_places_never_go_back(source: str) -> None:
    source = source.replace("\r", "")
    traced = trace(source)
    assert traced.text == normalise(source.split("\n")).text
    assert len(traced.sources) == len(traced.text)
    assert list(traced.sources) == sorted(traced.sources)


@given(st.text("abc æø\n\u200b", max_size=40), st.data())
def test_what_is_left_of_a_stretch_is_what_was_in_it(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    traced = trace(source)
    left = traced.span(Span(start, end)).of(traced.text)
    assert left.split() == source[start:end].replace("\u200b", "").split()


def test_places_after_blank_lines_spaces_and_letters_in_two_parts() -> None:
    source = "I:\tHva?\n\n  P: Ga\u030ar det\u200b bra?  \n"
    traced = trace(source)
    assert traced.text == "I: Hva?\nP: Går det bra?"
    for word, stored in (("Hva", "Hva"), ("Ga\u030ar", "Går"), ("bra?", "bra?"), ("det\u200b bra", "det bra")):
        at = source.index(word)
        assert traced.span(Span(at, at + len(word))).of(traced.text) == stored


def test_turns_and_sentences_are_found() -> None:
    transcript = transcript_of("I: Hvordan går det?\nP: Bra. Takk.\nI: Ja?\nP: Ja.", "en")
    assert [turn.speaker for turn in transcript.turns] == ["I", "P", "I", "P"]
    assert len(transcript.sentences) == 5
