"""Where a passage of an old text stands in a new one: after a correction, or after names were taken out.

Two things tell. A comparison of the texts (lines, then sentences, words and characters in what differs) leads each
place of the old text to one of the new. The passage's own words, with those around them, say whether that place is the
right one, and find it where the comparison does not. What is not certain is left to people.

All offsets count code points, ends are exclusive.
"""

import re
from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipscoding.domain import Span

CONTEXT = 32
"""Characters on each side of a passage that are looked at."""

ALIKE = 95.0
"""How alike (0 to 100) words must be to be taken for those of a passage that is not there word for word."""

_AROUND = 16
_WINDOW = 2_000
_LEAST = 12
_MOST = 0.5
_CHARACTERS = 4_000_000
_TOKENS = 100_000_000


class Anchored(StrEnum):
    """What became of a passage: same words in the same place, elsewhere, other words, or gone."""

    EXACT = "exact"
    SHIFTED = "shifted"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands in the new text (None: nowhere), and how sure that is."""

    span: Span | None
    status: Anchored


@dataclass(frozen=True, slots=True)
class _Block:
    """Old characters `start` to `end` became new ones `to` to `to_end`; `same`: character by character."""

    start: int
    end: int
    to: int
    to_end: int
    same: bool


class Comparison:
    """Two versions of a text, and how the places of the old one lead to places of the new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._blocks = _compared(old, new)
        self._starts = [block.start for block in self._blocks]

    def _block(self, offset: int) -> _Block:
        return self._blocks[bisect_right(self._starts, offset) - 1]

    def start_of(self, offset: int) -> int:
        """Where the old character at `offset` begins now; where it is gone, where what followed it begins."""
        if offset >= len(self.old):
            return len(self.new)
        block = self._block(offset)
        return block.to + (offset - block.start) if block.same else block.to

    def end_of(self, offset: int) -> int:
        """Where what ended at `offset` ends now; where its last character is gone, where what was put there ends."""
        if offset <= 0:
            return 0
        block = self._block(offset - 1)
        return block.to + (offset - block.start) if block.same else block.to_end

    def kept(self, span: Span) -> int:
        """How many characters of an old span that are neither space nor punctuation are in the new text as well."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        kept = 0
        for block in self._blocks[at:]:
            if block.start >= span.end:
                break
            if block.same:
                part = self.old[max(block.start, span.start) : min(block.end, span.end)]
                kept += sum(letter.isalnum() for letter in part)
        return kept

    def offset(self, offset: int) -> int:
        """The place in the new text that a place of the old one leads to."""
        return min(self.start_of(offset), len(self.new))

    def anchor(self, span: Span) -> Anchor:
        """Where a passage of the old text stands in the new one.

        `exact` and `shifted` are given only where its words are the same and nothing else in the new text could be
        meant; a place that is likely but not certain is `changed`.
        """
        old, new = self.old, self.new
        quote = span.of(old)
        start, end = self._ends(span)
        if start < end and new[start:end] == quote:
            if self._is_certain(span, start):
                return _found(span, start)
            return Anchor(Span(start, end), Anchored.CHANGED)
        # what stands elsewhere word for word was moved there; but where most of it is where it was, that is a copy
        gone = self.kept(span) < _MOST * sum(letter.isalnum() for letter in quote)
        elsewhere = self._once(quote) if gone and len(quote) >= _LEAST else -1
        if elsewhere >= 0:
            return _found(span, elsewhere)
        start, end = _trimmed(new, start, end)
        if start < end and (self.kept(span) or self._was_replaced(span, start, end)):
            return Anchor(Span(start, end), Anchored.CHANGED)
        alike = self._alike(quote, min(start, len(new)))
        return Anchor(alike, Anchored.LOST if alike is None else Anchored.CHANGED)

    def _ends(self, span: Span) -> tuple[int, int]:
        """`start_of` and `end_of` a passage, unless what stands around there can only be somewhere else."""
        plain = self.start_of(span.start), self.end_of(span.end)
        start, end = (
            self._by_surroundings(offset, found) for offset, found in zip((span.start, span.end), plain, strict=True)
        )
        # one end alone that is found far away is a copy of what stands around it
        return (start, end) if 0 < end - start <= 2 * len(span) + _AROUND or plain[1] <= plain[0] else plain

    def _by_surroundings(self, offset: int, found: int) -> int:
        left = max(offset - _AROUND, 0)
        around = self.old[left : offset + _AROUND]
        if self.new[max(found - (offset - left), 0) : found + _AROUND] == around:
            return found
        once = self._once(around) if len(around) > _AROUND else -1
        return found if once < 0 else once + (offset - left)

    def _once(self, words: str) -> int:
        """Where words stand in the new text that stand once in it, and once in the old one; -1 else."""
        at = self.new.find(words)
        if at < 0 or self.new.find(words, at + 1) >= 0:
            return -1
        first = self.old.find(words)
        return -1 if first < 0 or self.old.find(words, first + 1) >= 0 else at

    def _is_certain(self, span: Span, start: int) -> bool:
        old, new = self.old, self.new
        end = start + len(span)
        before, after = old[max(span.start - CONTEXT, 0) : span.start], old[span.end : span.end + CONTEXT]
        same_before = new[max(start - len(before), 0) : start] == before
        same_after = new[end : end + len(after)] == after
        if same_before and same_after:
            return True
        quote = span.of(old)
        if self._once(quote) == start:
            return True
        if same_before and self._once(before + quote) == start - len(before):
            return True
        return same_after and self._once(quote + after) == start

    def _was_replaced(self, span: Span, start: int, end: int) -> bool:
        """Whether other words stand in the place of a passage, with the same characters before and after."""
        before, after = self.old[max(span.start - _AROUND, 0) : span.start], self.old[span.end : span.end + _AROUND]
        return bool(before or after) and (
            self.new[max(start - len(before), 0) : start].rstrip() == before.rstrip()
            and self.new[end : end + len(after)].lstrip().startswith(after.lstrip())
        )

    def _alike(self, quote: str, near: int) -> Span | None:
        """The one stretch near a place of the new text that is as good as the words of a passage; None else."""
        if len(quote) < _LEAST or len(quote) > _WINDOW:
            return None
        from rapidfuzz import fuzz

        left = max(near - _WINDOW, 0)
        window = self.new[left : near + _WINDOW + len(quote)]
        if len(window) < len(quote):
            return None
        best = fuzz.partial_ratio_alignment(quote, window, score_cutoff=ALIKE)
        if best is None or best.dest_start >= best.dest_end:
            return None
        rest = window[: best.dest_start] + "\n" * len(quote) + window[best.dest_end :]
        if fuzz.partial_ratio(quote, rest, score_cutoff=ALIKE):
            return None
        start, end = _trimmed(self.new, left + best.dest_start, left + best.dest_end)
        return Span(start, end) if start < end else None


def _found(span: Span, start: int) -> Anchor:
    status = Anchored.EXACT if start == span.start else Anchored.SHIFTED
    return Anchor(Span(start, start + len(span)), status)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _compared(old: str, new: str) -> list[_Block]:
    """What became of each character of `old`, as blocks in order that cover both texts."""
    left = _shared_start(old, new)
    right = _shared_start(old[left:][::-1], new[left:][::-1])
    blocks = [_Block(0, left, 0, left, same=True)] if left else []
    _refine(blocks, (old, left, len(old) - right), (new, left, len(new) - right), _LEVELS)
    if right:
        blocks.append(_Block(len(old) - right, len(old), len(new) - right, len(new), same=True))
    return blocks or [_Block(0, 0, 0, 0, same=True)]


def _shared_start(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:  # a comparison of slices is fast, one character after the other is not
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


_Part = tuple[str, int, int]
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+ *|$)")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LEVELS = (_LINES, _SENTENCES, _WORDS)


def _refine(blocks: list[_Block], old: _Part, new: _Part, levels: Sequence[re.Pattern[str]]) -> None:
    """Add the blocks of two stretches that differ: by the first of `levels`, and within what differs by the next."""
    (old_text, start, end), (new_text, to, to_end) = old, new
    if start == end and to == to_end:
        return
    if start == end or to == to_end:
        _add(blocks, _Block(start, end, to, to_end, same=False))
        return
    if not levels:
        if (end - start) * (to_end - to) > _CHARACTERS:
            _add(blocks, _Block(start, end, to, to_end, same=False))
            return
        for same, a, b, c, d in _opcodes(old_text[start:end], new_text[to:to_end]):
            _add(blocks, _Block(start + a, start + b, to + c, to + d, same))
        return
    ones, one_ends = _tokens(levels[0], old_text, start, end)
    others, other_ends = _tokens(levels[0], new_text, to, to_end)
    if len(ones) * len(others) > _TOKENS:
        _add(blocks, _Block(start, end, to, to_end, same=False))
        return
    for same, a, b, c, d in _opcodes(ones, others):
        block = _Block(one_ends[a], one_ends[b], other_ends[c], other_ends[d], same)
        if same:
            _add(blocks, block)
        else:
            _refine(blocks, (old_text, block.start, block.end), (new_text, block.to, block.to_end), levels[1:])


def _add(blocks: list[_Block], block: _Block) -> None:
    last = blocks[-1] if blocks else None
    if last is not None and last.same == block.same:
        blocks[-1] = _Block(last.start, block.end, last.to, block.to_end, block.same)
    else:
        blocks.append(block)


def _tokens(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """The tokens of a stretch, and where each begins, with the end of the last."""
    found = [match for match in pattern.finditer(text, start, end) if match.end() > match.start()]
    return [match.group() for match in found], [*(match.start() for match in found), end]


def _opcodes(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[bool, int, int, int, int]]:
    """What is the same in two sequences and what is not, in turns: (same, start, end, start there, end there)."""
    from rapidfuzz.distance import Levenshtein

    made: list[tuple[bool, int, int, int, int]] = []
    for code in Levenshtein.opcodes(one, other):
        same = code.tag == "equal"
        a, b, c, d = code.src_start, code.src_end, code.dest_start, code.dest_end
        if made and made[-1][0] == same:
            made[-1] = (same, made[-1][1], b, made[-1][3], d)
        else:
            made.append((same, a, b, c, d))
    return made
