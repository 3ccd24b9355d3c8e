"""The texts that were learnt from, packed as the positions of their words, so that the nearest to a passage are found
without reading them again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipscoding.suggest.space import Floats, Indices


@dataclass(frozen=True)
class Likenesses:
    """Some texts as vectors of their words, each of length one: value by value, with the text that each belongs to."""

    number: int
    rows: NDArray[np.int64]
    positions: NDArray[np.int64]
    values: NDArray[np.float64]

    def to(self, passage: Floats) -> NDArray[np.float64]:
        """The product of each text with a passage, which is a full vector with one value per feature."""
        products = self.values * passage[self.positions]
        return np.asarray(np.bincount(self.rows, weights=products, minlength=self.number), np.float64)


@dataclass(frozen=True)
class Sayings:
    """Texts in the order in which they were learnt: the codebook's, code by code, then the bank's.

    `codes` has for each text the column of its code, `starts` where its words begin in `positions` (one entry more than
    there are texts). A word that is said twice has two entries; a text's positions rise.
    """

    codes: NDArray[np.int16]
    starts: Indices
    positions: NDArray[np.uint16]

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]], codes: Sequence[int]) -> "Sayings":
        """Texts as positions of their words, each with the column of its code."""
        starts = np.cumsum([0, *(len(text) for text in texts)], dtype=np.int64)
        positions = [position for text in texts for position in sorted(text)]
        return cls(np.array(codes, np.int16), starts.astype(np.int32), np.array(positions, np.uint16))

    def fits(self, codes: int, features: int) -> bool:
        """Whether these are whole and say nothing of more codes or features than there are."""
        return (
            len(self.starts) == len(self.codes) + 1
            and self.starts[0] == 0
            and self.starts[-1] == len(self.positions)
            and bool((np.diff(self.starts) >= 0).all())
            and bool(((self.codes >= 0) & (self.codes < codes)).all())
            and int(self.positions.max(initial=0)) < max(features, 1)
        )

    def of_code(self, column: int, idf: Floats) -> Likenesses:
        """The texts of one code, in order, weighed as `Space` weighs words: rarer ones more, repeated ones a little."""
        texts = np.flatnonzero(self.codes == column)
        lengths = self.starts[texts + 1] - self.starts[texts]
        rows = np.repeat(np.arange(len(texts)), lengths)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        positions = self.positions[np.repeat(self.starts[texts], lengths) + within].astype(np.int64)
        cells, counts = np.unique(rows * len(idf) + positions, return_counts=True)
        rows, positions = cells // max(len(idf), 1), cells % max(len(idf), 1)
        values = (1 + np.log(counts)) * idf[positions]
        lengths_squared = np.bincount(rows, weights=values**2, minlength=len(texts))
        return Likenesses(len(texts), rows, positions, values / np.sqrt(lengths_squared[rows]))
