"""Sentences by another hand than the built-in rules."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ipscoding.domain import Span, Transcript


def with_sentences(transcript: Transcript, split: Callable[[str], Iterable[Span]]) -> Transcript:
    """`transcript` with the sentences that `split` finds in the speech of each turn (offsets within that speech)."""
    return replace(
        transcript,
        sentences=tuple(
            Span(turn.speech.start + sentence.start, turn.speech.start + sentence.end)
            for turn in transcript.turns
            for sentence in split(turn.speech.of(transcript.text))
        ),
    )
