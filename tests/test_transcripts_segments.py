"""Sentences can come from elsewhere; they stay inside the speech of their turn."""

from ipscoding.domain import Span
from ipscoding.transcripts.segments import with_sentences
from tests.project_example import transcript


def halves(text: str) -> list[Span]:
    middle = len(text) // 2
    return [Span(0, middle), Span(middle, len(text))]


def test_sentences_of_another_pipeline_stand_in_their_turns() -> None:
    made = with_sentences(transcript(), halves)
    assert len(made.sentences) == 2 * len(made.turns)
    assert (made.text, made.turns) == (transcript().text, transcript().turns)
    for turn, (first, second) in zip(
        made.turns, zip(made.sentences[::2], made.sentences[1::2], strict=True), strict=True
    ):
        assert (first.start, second.end) == (turn.speech.start, turn.speech.end)
