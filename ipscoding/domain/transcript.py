"""The text of one interview with its turns and sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ipscoding.domain.span import Span

# [latter], [uhørlig] are remarks of the transcriber, not words; [navn1] stands for a name that was said.
_REMARK = re.compile(r"\[[^\]\d]*\]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def count_words(text: str) -> int:
    """How many words were spoken in `text`; the transcriber's remarks in brackets are not counted."""
    return len(_WORD.findall(_REMARK.sub(" ", text)))


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of speech by one speaker.

    `number` counts from 1; `span` covers the whole turn with its label, `speech` what was said;
    `speaker` is the label as written without its colon (empty where the text names nobody).
    """

    number: int
    speaker: str
    span: Span
    speech: Span
    interviewer: bool = False


class Moment(NamedTuple):
    """The recording stood at `seconds` when the speech at `offset` (code points) began."""

    offset: int
    seconds: float


@dataclass(frozen=True)
class Transcript:
    """An immutable text (NFC, LF, no trailing newline) with turns and sentences in reading order.

    The turns do not overlap and cover all text but line breaks between them. Every sentence lies inside
    the speech of one turn. `times` are in the order of the text, at most one at an offset; there are none where the
    source of the text had none.
    """

    text: str
    turns: tuple[Turn, ...]
    sentences: tuple[Span, ...]
    times: tuple[Moment, ...] = ()

    @cached_property
    def _turn_starts(self) -> list[int]:
        return [turn.span.start for turn in self.turns]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _time_offsets(self) -> list[int]:
        return [moment.offset for moment in self.times]

    def time_at(self, offset: int) -> float | None:
        """Where the recording stood, in seconds, at the last moment at or before `offset`; None before the first."""
        index = bisect_right(self._time_offsets, offset) - 1
        return self.times[index].seconds if index >= 0 else None

    def time_in(self, span: Span) -> float | None:
        """Where the recording stood, in seconds, at the first moment within `span`; None where there is none."""
        index = bisect_left(self._time_offsets, span.start)
        there = index < len(self.times) and self.times[index].offset < span.end
        return self.times[index].seconds if there else None

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds the character at `offset`, or the one before it; None in an empty transcript."""
        index = bisect_right(self._turn_starts, offset) - 1
        return self.turns[max(index, 0)] if self.turns else None

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that holds `offset`, or the last one that starts before it; None before all."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return index if index >= 0 else None

    def sentences_in(self, span: Span) -> list[int]:
        """Indices of the sentences that share at least one character with `span`."""
        first = max(bisect_right(self._sentence_starts, span.start) - 1, 0)
        found = []
        for index in range(first, len(self.sentences)):
            if self.sentences[index].start >= span.end:
                break
            if self.sentences[index].overlaps(span):
                found.append(index)
        return found

    def informant_turns(self) -> Iterator[Turn]:
        """The turns that are not the interviewer's."""
        return (turn for turn in self.turns if not turn.interviewer)

    def informant_sentences(self) -> Iterator[tuple[int, Span]]:
        """Index and span of each sentence that an informant said."""
        for index, sentence in enumerate(self.sentences):
            turn = self.turn_at(sentence.start)
            if turn is not None and not turn.interviewer:
                yield index, sentence

    @cached_property
    def informant_words(self) -> int:
        """Words spoken by informants."""
        return sum(count_words(turn.speech.of(self.text)) for turn in self.informant_turns())

    @cached_property
    def duration(self) -> float | None:
        """How long the recording lasted at least: the latest of the times, in seconds; None without times."""
        return max((moment.seconds for moment in self.times), default=None)


def clock_time(seconds: float) -> str:
    """A place in a recording as `h:mm:ss`, whole seconds."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
