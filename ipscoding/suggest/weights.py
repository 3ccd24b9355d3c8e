"""The weights that the engine reckons with: what codebook and bank taught, and what the team's codings add to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ipscoding.domain import Span
from ipscoding.suggest.calibrate import WITH_BANK, WITHOUT_BANK, Calibration
from ipscoding.suggest.place import Reading
from ipscoding.suggest.space import Floats, Heard, Vector, added, evidence
from ipscoding.suggest.training import Trained

Part = tuple[Vector, float]
"""A text that counts for a passage, and with what weight."""


@dataclass(frozen=True)
class Weights:
    """One sum per code, and one per code for its direction.

    `fresh` gives a position, after those of the bank, to each key that only the team's interviews have; `codes` and
    `directions` have a row per position and a column per code. `bias` belongs to every text, `prior` to the passage.
    """

    fresh: Mapping[str, int]
    codes: Floats
    bias: Floats
    prior: Floats
    directions: Floats
    leaning: Floats
    calibration: Calibration

    @classmethod
    def of(cls, trained: Trained, fresh: Mapping[str, int]) -> "Weights":
        """What codebook and bank taught, with rows of zeros for the words in `fresh`."""
        rows = np.zeros((len(fresh), len(trained.codes)), np.float32)
        return cls(
            fresh,
            np.concatenate([trained.weights, rows]) if fresh else trained.weights,
            trained.bias,
            np.zeros(len(trained.codes), np.float32),
            np.concatenate([trained.directions, rows]) if fresh else trained.directions,
            trained.leaning,
            WITH_BANK if trained.banked else WITHOUT_BANK,
        )

    def vector(self, heard: Heard) -> Part:
        """A text as a vector with the words that the team brought, and how much it gives to go by."""
        new = [(self.fresh[key], value) for key, value in heard.unknown.items() if key in self.fresh]
        if not new:
            return heard.vector, evidence(heard.known)
        extra = Vector(
            np.array([at for at, _value in new], np.int32), np.array([value for _at, value in new], np.float32)
        )
        return added([heard.vector, extra]), evidence(heard.known + len(new))

    def in_place(self, reading: Reading, span: Span) -> list[Part]:
        """All that counts for a passage: itself first, then what stands around it; empty: it gives nothing to go by."""
        own, sure = self.vector(reading.passage(span))
        if not sure:
            return []
        found = [(own, sure)]
        for index, weight in reading.around(span):
            vector, known = self.vector(reading.sentence(index))
            if known:
                found.append((vector, weight * known))
        return found

    def score(self, vector: Vector) -> Floats:
        """What a text alone says for each code."""
        found: Floats = vector.dot(self.codes) + self.bias
        return found

    def total(self, parts: Sequence[Part]) -> Floats:
        """What everything that counts for a passage says for each code."""
        total = self.prior.copy()
        for vector, weight in parts:
            total += np.float32(weight) * self.score(vector)
        return total

    def odds(self, vector: Vector, code: int) -> float:
        """The log odds of facilitator against barrier for a text under a code."""
        return float(vector.values @ self.directions[vector.indices, code]) + float(self.leaning[code])
