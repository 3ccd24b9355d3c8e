"""From totals to scores: how often a suggestion is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipscoding.suggest.space import Floats

Numbers = NDArray[np.float64]

# How much the figures found elsewhere count beside a project's own, per parameter.
_TRUST = np.array([40.0, 40.0, 10.0])
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Calibration:
    """The share of suggestions that are right is logistic in a code's total, how it stands to the others, and a shift.

    `height` weighs the total itself, `lead` the logarithm of the code's share among all codes (softmax).
    """

    height: float
    lead: float
    shift: float


# Fitted on the sentences of development interviews; docs/suggestions.md tells how well they hold elsewhere.
WITH_BANK = Calibration(0.292, 0.338, -2.32)
WITHOUT_BANK = Calibration(0.0, 1.31, 0.73)


def scores(calibration: Calibration, totals: Floats) -> Numbers:
    """The score from 0 to 1 of each code, for totals with one column per code; codes keep their order."""
    return sigmoid(_features(totals) @ np.array([calibration.height, calibration.lead, calibration.shift]))


def sigmoid(values: Numbers) -> Numbers:
    """1 / (1 + exp(-x))."""
    found: Numbers = 1 / (1 + np.exp(-np.clip(values, -50, 50)))
    return found


def calibrated(
    totals: Sequence[Floats],
    right: Sequence[NDArray[np.bool_]],
    most: int,
    start: Calibration,
    *,
    trust: float = 1.0,
) -> Calibration:
    """A calibration fitted on the best `most` codes of each text, drawn towards `start` where there are few.

    Args:
        totals: for each text the total of every code, by a model that was not taught this text.
        right: for each text, which codes are right.
        most: how many codes of a text count.
        start: what to start from and stay near to.
        trust: how firmly to stay near to it (1: as a project does).
    """
    mean = np.array([start.height, start.lead, start.shift])
    if not totals:
        return start
    stacked = np.asarray(totals)
    best = np.argsort(-stacked, axis=1, kind="stable")[:, :most]
    features = np.take_along_axis(_features(stacked), best[:, :, None], axis=1).reshape(-1, 3)
    truth = np.take_along_axis(np.asarray(right), best, axis=1).reshape(-1).astype(float)
    found = mean.copy()
    for _step in range(_STEPS):
        share = sigmoid(features @ found)
        gradient = features.T @ (share - truth) + trust * _TRUST * (found - mean)
        curvature = (features * (share * (1 - share))[:, None]).T @ features + np.diag(trust * _TRUST)
        found = found - np.linalg.solve(curvature, gradient)
    # A higher total must never mean a lower score.
    height, lead, shift = (float(value) for value in found)
    return Calibration(max(height, 0.0), max(lead, 1e-3), shift)


def _features(totals: Floats) -> Numbers:
    values = np.asarray(totals, np.float64)
    top = values.max(axis=-1, keepdims=True, initial=-np.inf)
    share = values - top - np.log(np.exp(values - top).sum(axis=-1, keepdims=True))
    return np.stack([values, share, np.ones_like(values)], axis=-1)
