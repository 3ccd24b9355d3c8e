"""A text wrapped to a width: which row an offset stands in, and in which column.

Offsets count code points of the whole text, ends are exclusive; rows and columns count from 0, columns in cells.
Rows break at spaces (a space at a break hangs past the right edge, as in any text editor) and never inside a grapheme.
"""

import re
from array import array
from bisect import bisect_right

from rich.cells import cell_len, split_graphemes

from ipscoding.domain import Span

_MINIMUM = 2
# Everything outside these ranges may be wide, combining or invisible and is measured grapheme by grapheme.
_NOT_NARROW = re.compile("[^ -~\xa0-\xac\xae-\u02ff\u0370-\u03ff\u0400-\u0482\u2010-\u2027\u2030-\u203b\n]")


def is_narrow(text: str) -> bool:
    """Whether every character of `text` certainly takes exactly one cell (line breaks aside)."""
    return _NOT_NARROW.search(text) is None


class Layout:
    """One text wrapped to `width` cells (at least 2)."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.width = max(width, _MINIMUM)
        self._starts = array("I", [0])
        self._narrow = is_narrow(text)
        self._wrap()

    def __len__(self) -> int:
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The row that holds the character at `offset`; the last row for the end of the text."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def span(self, line: int) -> Span:
        """The characters of row `line` with its hanging spaces and its line break: all rows together are the text."""
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return Span(self._starts[line], end)

    def shown(self, line: int) -> Span:
        """The characters of row `line` that take room: without hanging spaces and line break."""
        span = self.span(line)
        return Span(span.start, span.start + len(span.of(self.text).rstrip(" \n")))

    def offset_at(self, line: int, col: int) -> int:
        """The offset of the grapheme at column `col` of row `line`; past its end, the last one of the row."""
        span = self.span(line)
        last = max(span.end - 1, span.start)
        if self._row_is_narrow(span):
            return min(span.start + max(col, 0), last)
        at = span.start
        for start, _end, left, width in self._graphemes(span):
            at = start
            if col < left + width:
                break
        return min(at, last)

    def col_of(self, offset: int) -> int:
        """The column where the grapheme at `offset` begins."""
        span = self.span(self.line_of(offset))
        if self._row_is_narrow(span):
            return offset - span.start
        col = 0
        for _start, end, left, width in self._graphemes(span):
            if offset < end:
                return left
            col = left + width
        return col

    def cuts(self, line: int, offsets: set[int]) -> list[int]:
        """`offsets` inside row `line`, moved to where a grapheme begins, in order, with the row's own start and end."""
        span = self.shown(line)
        inside = [offset for offset in offsets if span.start < offset < span.end]
        if inside and not self._row_is_narrow(span):
            starts = [start for start, *_ in self._graphemes(span)]
            inside = [starts[bisect_right(starts, offset) - 1] for offset in inside]
        return sorted({span.start, *inside, span.end})

    def _row_is_narrow(self, span: Span) -> bool:
        return self._narrow or _NOT_NARROW.search(self.text, span.start, span.end) is None

    def _graphemes(self, span: Span) -> list[tuple[int, int, int, int]]:
        """Start, end, column and width of each grapheme in `span`."""
        found, left = [], 0
        for start, end, width in split_graphemes(span.of(self.text))[0]:
            found.append((span.start + start, span.start + end, left, width))
            left += width
        return found

    def _wrap(self) -> None:
        text, starts = self.text, self._starts
        begin = 0
        while True:
            newline = text.find("\n", begin)
            end = len(text) if newline < 0 else newline
            if end - begin > self.width or not self._narrow:
                if self._narrow or _NOT_NARROW.search(text, begin, end) is None:
                    self._wrap_narrow(begin, end)
                elif cell_len(text[begin:end]) > self.width:
                    self._wrap_wide(begin, end)
            if newline < 0:
                return
            begin = newline + 1
            starts.append(begin)

    def _wrap_narrow(self, begin: int, end: int) -> None:
        text, width, append = self.text, self.width, self._starts.append
        while end - begin > width:
            at = text.rfind(" ", begin, begin + width + 1)
            if at < begin:
                begin += width
            else:
                begin = at + 1
                while begin < end and text[begin] == " ":
                    begin += 1
                if begin == end:
                    return
            append(begin)

    def _wrap_wide(self, begin: int, end: int) -> None:
        text, limit = self.text, self.width
        used, row, after_space, used_after_space = 0, begin, -1, 0
        for start, stop, width in split_graphemes(text[begin:end])[0]:
            at = begin + start
            if text[at] == " ":
                # A space never breaks a row: it hangs.
                used += width
                after_space, used_after_space = begin + stop, used
                continue
            if used + width > limit and at > row:
                if row < after_space <= at and (after_space == at or used - used_after_space + width <= limit):
                    row, used = after_space, used - used_after_space
                else:
                    row, used = at, 0
                after_space, used_after_space = -1, 0
                self._starts.append(row)
            used += width
