"""What agreement is counted along: the sentences, turns or characters of what informants say in one document."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from ipscoding.domain import Span, Transcript

UNITS = ("sentence", "turn", "character")
"""What an agreement can be counted in."""


class Axis:
    """Stretches of a text laid end to end; a place on it is a number of characters, or of stretches.

    Args:
        stretches: parts of the text that do not overlap; the rest (labels, what interviewers say) is left out.
        by_character: whether it is as long as its characters, or as the number of stretches.
    """

    def __init__(self, stretches: Iterable[Span], *, by_character: bool) -> None:
        spans = sorted(span for span in stretches if len(span))
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self._before = list(accumulate((len(span) if by_character else 1 for span in spans), initial=0))
        self._by_character = by_character
        self._placed: dict[tuple[int, int], tuple[int, int]] = {}

    @property
    def length(self) -> int:
        """How many characters or stretches there are."""
        return self._before[-1]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the text from `start` to `end` lies on the axis; an empty stretch where it touches nothing of it.

        Counted in stretches, one that is touched by a single character belongs to it.
        """
        known = self._placed.get((start, end))
        if known is None:
            known = self._placed[start, end] = self._find(start, end)
        return known

    def _find(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        if first >= last:
            return self._before[first], self._before[first]
        if not self._by_character:
            return first, last
        a = self._before[first] + max(start - self._starts[first], 0)
        b = self._before[last] - max(self._ends[last - 1] - end, 0)
        return a, b


def axis_of(transcript: Transcript, unit: str) -> Axis:
    """The axis of a transcript in `unit` (one of `UNITS`)."""
    if unit == "sentence":
        return Axis((sentence for _index, sentence in transcript.informant_sentences()), by_character=False)
    speech = (turn.speech for turn in transcript.informant_turns())
    return Axis(speech, by_character=unit == "character")
