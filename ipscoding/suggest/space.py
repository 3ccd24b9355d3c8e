"""From features to numbers: the vocabulary, how rare each feature is, and texts as sparse vectors."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ipscoding.language import Word
from ipscoding.suggest.features import letter_features, letters, word_features

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

# Letters count for less than words; chosen by cross-validation inside the phrase bank.
_LETTER_WEIGHT = 0.7
_MOST_WORDS = 36_000
_MOST_LETTERS = 32_000


@dataclass(frozen=True)
class Vector:
    """A sparse vector: positions and values; a position may stand several times and then means the sum."""

    indices: Indices
    values: Floats

    def dot(self, weights: Floats) -> Floats:
        """The product with a matrix (features × columns) or a column: one number per column."""
        product: Floats = self.values @ weights[self.indices]
        return product

    def times(self, factor: float) -> "Vector":
        """The vector made longer or shorter."""
        return Vector(self.indices, (self.values * np.float32(factor)).astype(np.float32))


def added(vectors: Sequence[Vector]) -> Vector:
    """The sum of vectors."""
    if not vectors:
        return Vector(np.zeros(0, np.int32), np.zeros(0, np.float32))
    return Vector(np.concatenate([v.indices for v in vectors]), np.concatenate([v.values for v in vectors]))


@dataclass(frozen=True)
class Heard:
    """A text as the engine takes it in: its words, their vector (words and letters of fixed length), and what is new.

    `unknown` are keys that are not in the vocabulary, each with the value that its word would have in the vector;
    `known` is how many different content words are in it.
    """

    said: Sequence[Word]
    vector: Vector
    unknown: Mapping[str, float]
    known: int


@dataclass
class Space:
    """A vocabulary: names of features (those of words first), and how rare each is."""

    names: list[str]
    idf: Floats
    _index: dict[str, int] = field(init=False, repr=False)
    _runs: dict[str, list[int]] = field(init=False, repr=False, default_factory=dict)
    first_letter: int = field(init=False)

    def __post_init__(self) -> None:
        self._index = {name: position for position, name in enumerate(self.names)}
        self.first_letter = next((i for i, name in enumerate(self.names) if name.startswith("c ")), len(self.names))

    @classmethod
    def of(cls, texts: Iterable[tuple[Sequence[Word], str]], always: Iterable[tuple[Sequence[Word], str]]) -> "Space":
        """The vocabulary of `texts`: what occurs in two of them at least, and every key that occurs in `always`."""
        word_counts: Counter[str] = Counter()
        letter_counts: Counter[str] = Counter()
        size = 0
        kept: set[str] = set()
        for wanted, group in ((False, texts), (True, always)):
            for said, text in group:
                size += 1
                present = {name for name, _ in word_features(list(said), text)}
                word_counts.update(present)
                letter_counts.update({run for word in said for run in letters(word.text.lower())})
                if wanted:
                    kept |= {name for name in present if name.startswith("w ")}
        named = _commonest(word_counts, _MOST_WORDS, kept)
        runs = _commonest(letter_counts, _MOST_LETTERS, set())
        counts = np.array([word_counts[name] for name in named] + [letter_counts[name] for name in runs], np.float64)
        idf = np.log((1 + size) / (1 + counts)) + 1
        return cls(named + runs, idf.astype(np.float32))

    def find(self, name: str) -> int | None:
        """The position of a feature, None if it is not in the vocabulary."""
        return self._index.get(name)

    def _runs_of(self, word: str) -> list[int]:
        found = self._runs.get(word)
        if found is None:
            found = [self._index[run] for run in letters(word) if run in self._index]
            self._runs[word] = found
        return found

    def hear(self, said: Sequence[Word], text: str) -> Heard:
        """A text taken in; `text` is what the offsets of `said` count in."""
        named, scale = self._part(self.word_positions(said, text), 1.0)
        runs = [run for word in said for run in self._runs_of(word.text.lower())]
        content = {word.key for word in said if not word.is_stop}
        new = Counter(word.key for word in said if f"w {word.key}" not in self._index and not word.is_stop)
        rarest = float(self.idf.max(initial=1.0))
        # Without a known word beside it a new one has the length that all words together would have.
        unknown = dict.fromkeys(sorted(new), rarest * scale if scale else 1.0)
        known = sum(f"w {key}" in self._index for key in content)
        return Heard(said, added([named, self._part(runs, _LETTER_WEIGHT)[0]]), unknown, known)

    def vector(self, said: Sequence[Word], text: str) -> Vector:
        """A text as a vector; `text` is what the offsets of `said` count in."""
        return self.hear(said, text).vector

    def word_positions(self, said: Sequence[Word], text: str) -> list[int]:
        """The positions of the features made of keys, one entry for each time; `text` as in `hear`."""
        index = self._index
        return [index[name] for name, _ in word_features(list(said), text) if name in index]

    def _part(self, positions: list[int], length: float) -> tuple[Vector, float]:
        """A vector of that length, and what its values were multiplied with."""
        indices, counts = np.unique(np.array(positions, np.int32), return_counts=True)
        values = (1 + np.log(counts)).astype(np.float32) * self.idf[indices] if positions else np.zeros(0, np.float32)
        norm = float(np.sqrt(values @ values))
        scale = length / norm if norm else 0.0
        return Vector(indices.astype(np.int32), (values * np.float32(scale)).astype(np.float32)), scale

    def owners(self, said: Sequence[Word], text: str) -> dict[int, list[int]]:
        """For each feature of a text, the indices of the words it comes from, one entry per occurrence and word."""
        owners: dict[int, list[int]] = {}
        said = list(said)
        for name, indices in word_features(said, text) + letter_features(said):
            position = self._index.get(name)
            if position is not None:
                owners.setdefault(position, []).extend(indices)
        return owners


def evidence(known: int) -> float:
    """How much a text gives to go by, from 0 (no word of its own) towards 1: n / (n + 1) for n known content words.

    A vector has the same length whatever its text; without this, three empty words would speak as loud as thirty.
    """
    return known / (known + 1)


def _commonest(counts: Counter[str], most: int, kept: set[str]) -> list[str]:
    names = [name for name, count in counts.items() if count > 1 or name in kept]
    return sorted(names, key=lambda name: (name not in kept, -counts[name], name))[:most]
