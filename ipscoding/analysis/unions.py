"""Stretches of one document that belong together: united where they overlap, and the informants' words in them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from ipscoding.domain import Span, count_words

Piece = tuple[str, str, int, int, str, str, int]
"""One coding: document id, the code it unites with (or empty: with any), start, end, the text there, who was
speaking, which sides it is on (1 barrier, 2 facilitator, 3 both). Plain tuples of plain values, since there may be a
hundred thousand: sorting them puts neighbours together."""


def clusters(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The `pieces` (sorted) in lists of those that overlap, directly or through others, in one document and code.

    Pieces that only touch stay apart, as in `domain.union`.
    """
    document, code, end = "", "", -1
    cluster: list[Piece] = []
    for piece in pieces:
        if cluster and piece[2] < end and piece[0] == document and piece[1] == code:
            cluster.append(piece)
            if piece[3] > end:
                end = piece[3]
            continue
        if cluster:
            yield cluster
        cluster = [piece]
        document, code, _start, end, *_rest = piece
    if cluster:
        yield cluster


def text_of(cluster: Sequence[Piece]) -> tuple[int, int, str]:
    """Start, end and text of the stretch that a cluster covers."""
    _document, _code, start, end, text, *_rest = cluster[0]
    if len(cluster) == 1:
        return start, end, text
    texts = [text]
    for piece in cluster[1:]:
        if piece[3] > end:
            texts.append(piece[4][end - piece[2] :])
            end = piece[3]
    return start, end, "".join(texts)


class _WordsIn(dict[str, int]):
    """How many words stand in what is written between two blanks: counted once, since people repeat their words."""

    def __missing__(self, written: str) -> int:
        words = self[written] = count_words(written)
        return words

    def count(self, text: str) -> int:
        """As `count_words`, whose words never reach across a blank, though remarks in brackets may."""
        return count_words(text) if "[" in text else sum(map(self.__getitem__, text.split()))


class Speech:
    """What informants said in each document, so that other words can be left out.

    Args:
        spoken: the stretches of informants' speech (without labels) by document id; None where they are not known:
            then the whole text of a coding counts as theirs.
    """

    def __init__(self, spoken: Mapping[str, Sequence[Span]] | None) -> None:
        self.known = spoken is not None
        self._spoken = spoken or {}
        self._bounds: dict[str, tuple[list[int], list[int]]] = {}
        self._counted: dict[tuple[str, int, int], int] = {}
        self._words = _WordsIn()

    def heard(self, document: str, start: int, end: int) -> bool:
        """Whether an informant says anything between `start` and `end`."""
        if not self.known:
            return True
        starts, ends = self._bounds.get(document) or self._find_bounds(document)
        index = bisect_right(ends, start)
        return index < len(starts) and starts[index] < end and start < end

    def words(self, document: str, start: int, end: int, text: str) -> int:
        """How many words informants speak in `text`, which stands between `start` and `end`."""
        key = (document, start, end)
        words = self._counted.get(key)
        if words is None:
            texts = [text]
            if self.known:
                texts = [text[first - start : last - start] for first, last in self._stretches(document, start, end)]
            words = self._counted[key] = sum(map(self._words.count, texts))
        return words

    def _find_bounds(self, document: str) -> tuple[list[int], list[int]]:
        spans = sorted(self._spoken.get(document, ()))
        bounds = self._bounds[document] = ([span.start for span in spans], [span.end for span in spans])
        return bounds

    def _stretches(self, document: str, start: int, end: int) -> list[tuple[int, int]]:
        starts, ends = self._bounds.get(document) or self._find_bounds(document)
        found = []
        for index in range(bisect_right(ends, start), len(starts)):
            if starts[index] >= end:
                break
            found.append((max(start, starts[index]), min(end, ends[index])))
        return found
