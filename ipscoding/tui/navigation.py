"""Where the cursor would go: by character, word, sentence, turn, coding; what a selection covers.

Everything is an offset into the transcript's text (code points, ends exclusive). The interviewer's turns can be
walked through like any other; a turn's label never belongs to a unit.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rich.cells import split_graphemes

from ipscoding.domain import Span, Transcript, union

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|(?<!\S)[^\w\s]+(?!\S)")


class Unit(StrEnum):
    """What one step of the cursor, and one selection, is made of."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Selection:
    """Where the selection began and where the cursor is; both offsets lie in the unit they stand for."""

    anchor: int
    cursor: int


class _Spans:
    """Spans in order that do not overlap, as two arrays."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts = array("I")
        self.ends = array("I")
        for span in spans:
            self.starts.append(span.start)
            self.ends.append(span.end)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, index: int) -> Span:
        return Span(self.starts[index], self.ends[index])

    def index_at(self, offset: int) -> int:
        """The span that holds `offset`, else the last one before it, else the first."""
        return max(bisect_right(self.starts, offset) - 1, 0)


class Navigator:
    """Units of one transcript, found by bisection."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self._words: dict[int, _Spans] = {}

    @cached_property
    def _turns(self) -> _Spans:
        return _Spans(turn.speech for turn in self.transcript.turns if turn.speech.end > turn.speech.start)

    @cached_property
    def _sentences(self) -> _Spans:
        found = _Spans(span for span in self.transcript.sentences if span.end > span.start)
        return found if len(found) else self._turns

    def _words_of(self, turn: int) -> _Spans:
        """The words of one turn; the whole turn where there is none. Found when somebody goes there."""
        words = self._words.get(turn)
        if words is None:
            speech = self._turns.span(turn)
            matches = _WORD.finditer(self.transcript.text, speech.start, speech.end)
            words = _Spans(Span(match.start(), match.end()) for match in matches)
            self._words[turn] = words = words if len(words) else _Spans([speech])
        return words

    @property
    def empty(self) -> bool:
        """Whether nobody says anything in the transcript."""
        return not len(self._turns)

    def inside(self, offset: int) -> int:
        """`offset`, or the nearest place in somebody's speech: after a label, before a line break."""
        if self.empty:
            return 0
        speech = self._turns.span(self._turns.index_at(offset))
        following = bisect_right(self._turns.starts, offset)
        if offset >= speech.end and following < len(self._turns):
            # A label belongs to the turn that it opens.
            turn = self.transcript.turn_at(offset)
            if turn is not None and turn.span.holds(offset) and turn.speech == self._turns.span(following):
                return turn.speech.start
        return min(max(offset, speech.start), speech.end - 1)

    def unit_at(self, offset: int, unit: Unit) -> Span:
        """The unit that holds `offset`, or the last one before it; an empty span where nobody says anything."""
        if self.empty:
            return Span(0, 0)
        offset = self.inside(offset)
        if unit is Unit.CHARACTER:
            return self._character(offset)
        at = self._turns.index_at(offset)
        if unit is Unit.TURN:
            return self._turns.span(at)
        if unit is Unit.WORD:
            words = self._words_of(at)
            return words.span(words.index_at(offset))
        spans = self._sentences
        span = spans.span(spans.index_at(offset))
        # A remark before the first sentence of a turn must not send the cursor back into the turn before.
        turn = self._turns.span(at)
        if span.end <= turn.start:
            following = bisect_left(spans.starts, turn.start)
            if following < len(spans) and spans.starts[following] < turn.end:
                return spans.span(following)
            return turn
        return span

    def _character(self, offset: int) -> Span:
        turn = self._turns.span(self._turns.index_at(offset))
        text = self.transcript.text
        begin = max(text.rfind("\n", turn.start, offset) + 1, text.rfind(" ", turn.start, offset) + 1, turn.start)
        end = min(begin + (offset - begin) + 32, turn.end)
        for start, stop, _width in split_graphemes(text[begin:end])[0]:
            if begin + stop > offset:
                return Span(begin + start, begin + stop)
        return Span(offset, offset + 1)

    def step(self, offset: int, unit: Unit, by: int) -> int:
        """The start of the next (`by` 1) or previous (-1) unit; the same place at either end."""
        here = self.unit_at(offset, unit)
        if self.empty:
            return 0
        if unit is Unit.CHARACTER:
            there = self._after(here) if by > 0 else self._before(here.start)
            return self.unit_at(there, unit).start
        if unit is Unit.WORD:
            return self._word_step(here, by)
        starts = (self._sentences if unit is Unit.SENTENCE else self._turns).starts
        index = bisect_left(starts, here.end) if by > 0 else bisect_left(starts, here.start) - 1
        return starts[index] if 0 <= index < len(starts) else here.start

    def _word_step(self, here: Span, by: int) -> int:
        turn = self._turns.index_at(here.start)
        starts = self._words_of(turn).starts
        index = bisect_left(starts, here.end) if by > 0 else bisect_left(starts, here.start) - 1
        if 0 <= index < len(starts):
            return starts[index]
        if not 0 <= turn + by < len(self._turns):
            return here.start
        return self._words_of(turn + by).starts[0 if by > 0 else -1]

    def _after(self, here: Span) -> int:
        turn = self._turns.index_at(here.start)
        if here.end < self._turns.ends[turn]:
            return here.end
        return self._turns.starts[turn + 1] if turn + 1 < len(self._turns) else here.start

    def _before(self, offset: int) -> int:
        turn = self._turns.index_at(offset)
        if offset > self._turns.starts[turn]:
            return offset - 1
        return self._turns.ends[turn - 1] - 1 if turn else offset

    def covered(self, selection: Selection, unit: Unit) -> Span:
        """What `selection` covers when both its ends are widened to whole units."""
        first = self.unit_at(min(selection.anchor, selection.cursor), unit)
        last = self.unit_at(max(selection.anchor, selection.cursor), unit)
        return Span(min(first.start, last.start), max(first.end, last.end))

    def first(self) -> int:
        """Where the cursor begins: the first thing that an informant says, else that anybody says."""
        for turn in self.transcript.informant_turns():
            if turn.speech.end > turn.speech.start:
                return turn.speech.start
        return self.inside(0)

    def last(self) -> int:
        """The last place in the last turn."""
        return self._turns.ends[-1] - 1 if len(self._turns) else 0

    def uncoded(self, coded: Iterable[Span], offset: int, by: int = 1) -> Span | None:
        """The next (or, with -1, previous) stretch of informants' sentences without a coding, seen from `offset`.

        A stretch is a run of such sentences in one turn; the one that the cursor stands in does not count.
        """
        stretches = self._uncoded(union(coded))
        if by > 0:
            return next((span for span in stretches if span.start > offset), None)
        return next((span for span in reversed(stretches) if span.end <= offset), None)

    def _uncoded(self, coded: Sequence[Span]) -> list[Span]:
        ends = [span.end for span in coded]
        stretches: list[Span] = []
        joins = False
        turn_start = -1
        for _index, sentence in self.transcript.informant_sentences():
            turn = self._turns.starts[self._turns.index_at(sentence.start)] if len(self._turns) else 0
            at = bisect_right(ends, sentence.start)
            if at < len(coded) and coded[at].overlaps(sentence):
                joins = False
                continue
            if joins and turn == turn_start:
                stretches[-1] = Span(stretches[-1].start, sentence.end)
            else:
                stretches.append(sentence)
            joins, turn_start = True, turn
        return stretches


def following(spans: Iterable[Span], offset: int, by: int = 1) -> Span | None:
    """The first of `spans` that begins after `offset` (or, with -1, the last that begins before it)."""
    if by > 0:
        return min((span for span in spans if span.start > offset), default=None)
    return max((span for span in spans if span.start < offset), default=None)
