"""Learning curves: how the figures grow with the phrase bank and with a team's own codings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from ipscoding.domain import Codebook
from ipscoding.suggest.engine import build
from ipscoding.suggest.evaluate import ByEngine, Row, rows, sheet
from ipscoding.suggest.examples import Coded
from ipscoding.suggest.one_core import one_core
from ipscoding.suggest.stop import Flag, Progress, check
from ipscoding.suggest.texts import Utterance

BANK_SIZES = (6, 25, 50, 150, 400)
"""Phrases for each code."""
CODING_COUNTS = (0, 50, 200, None)
"""Codings to learn from in all; None: every one there is."""

_SEED = 7


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a curve: the figures with so many phrases for each code, or so many codings (None: all)."""

    of: Literal["bank", "codings"]
    size: int | None
    rows: Sequence[Row]


def learning_curve(
    codebook: Codebook,
    phrases: Sequence[Utterance],
    interviews: Sequence[Coded],
    *,
    bank_sizes: Sequence[int] = BANK_SIZES,
    coding_counts: Sequence[int | None] = CODING_COUNTS,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> list[Point]:
    """Figures of the engine on `interviews` as it learns from more.

    First the bank: so many phrases for each code, spread over directions and norms, and no codings. Then the whole bank
    and so many codings of the *other* interviews. What is taken of a larger size holds what is taken of a smaller one;
    the same input gives the same curve.

    Raises:
        Cancelled: `cancel` was set.
    """
    points: list[Point] = []
    steps = len(bank_sizes) + len(coding_counts) * len(interviews)
    done = 0

    def tell(what: str) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done / steps, what)

    for size in bank_sizes:
        check(cancel)
        with one_core():
            engine = build(codebook, some_phrases(phrases, size), cancel=cancel)
        points.append(Point("bank", size, rows([sheet(ByEngine(engine), one) for one in interviews], "engine")))
        tell(f"bank {size}")
    cold = build(codebook, phrases, cancel=cancel)
    for count in coding_counts:
        sheets = []
        for interview in interviews:
            others = [one for one in interviews if one.transcript.text != interview.transcript.text]
            with one_core():
                engine = cold.learn(some_codings(others, count), cancel=cancel)
            sheets.append(sheet(ByEngine(engine), interview))
            tell(f"codings {count}")
        points.append(Point("codings", count, rows(sheets, "engine")))
    return points


def some_phrases(phrases: Sequence[Utterance], each: int) -> list[Utterance]:
    """Up to `each` phrases of every code, one of each direction and norm after the other, in the order of the bank."""
    kinds: dict[str, dict[tuple[str, str], list[int]]] = {}
    for number, phrase in enumerate(phrases):
        kinds.setdefault(phrase.code, {}).setdefault((str(phrase.valence), phrase.norm), []).append(number)
    taken: set[int] = set()
    for by_kind in kinds.values():
        # the commonest kind first, and of every kind as large a share as of the others
        ordered = sorted(
            ((place + 0.5) / len(numbers), -len(numbers), number)
            for numbers in by_kind.values()
            for place, number in enumerate(_spread(numbers))
        )
        taken |= {number for _share, _size, number in ordered[:each]}
    return [phrase for number, phrase in enumerate(phrases) if number in taken]


def _spread(numbers: Sequence[int]) -> list[int]:
    """The same numbers in an order of chance that is always the same: neighbours in a bank resemble each other."""
    mixed = list(numbers)
    Random(_SEED).shuffle(mixed)
    return mixed


def some_codings(interviews: Sequence[Coded], count: int | None) -> list[Coded]:
    """The same interviews with `count` of their codings (None: all) and, where some are left out, no rejections."""
    if count is None:
        return list(interviews)
    places = [(number, at) for number, one in enumerate(interviews) for at in range(len(one.codings))]
    Random(_SEED).shuffle(places)
    kept = set(places[:count])
    return [
        replace(
            one, codings=tuple(coding for at, coding in enumerate(one.codings) if (number, at) in kept), rejected=()
        )
        for number, one in enumerate(interviews)
    ]
