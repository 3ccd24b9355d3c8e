"""Neighbouring sentences that show the same code nearly as clearly, taken together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# A sentence joins the one beside it if no other code fits it better and its score is at least this share of that one's.
ALIKE = 0.75
# A coded passage is seldom longer.
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A code that a sentence shows: the sentence's index, its turn's number, the code's position, the score.

    `best`: the sentence shows no other code more clearly.
    """

    sentence: int
    turn: int
    code: int
    score: float
    best: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The sentences from `first` to `last` that show `code`; `score` is that of the clearest."""

    first: int
    last: int
    code: int
    score: float


def runs(shown: Iterable[Shown], threshold: float) -> list[Run]:
    """Every sentence that shows a code with `threshold` or more, with those round it that show it nearly as clearly.

    The clearest sentence is taken first, and no sentence is in two runs of one code; so a run stays what it is when
    the threshold moves. Runs lie inside one turn.
    """
    by_code: dict[int, dict[int, Shown]] = {}
    for one in shown:
        by_code.setdefault(one.code, {})[one.sentence] = one
    return [run for code in sorted(by_code) for run in _of_code(by_code[code], threshold)]


def at_most(number: int, found: Iterable[Run]) -> list[Run]:
    """The best runs such that no sentence is in more than `number` of them."""
    kept: list[Run] = []
    taken: Counter[int] = Counter()
    for run in sorted(found, key=lambda run: (-run.score, run.first, run.code)):
        inside = range(run.first, run.last + 1)
        if all(taken[index] < number for index in inside):
            taken.update(inside)
            kept.append(run)
    return kept


def _of_code(left: dict[int, Shown], threshold: float) -> list[Run]:
    found = []
    for peak in sorted(left.values(), key=lambda one: (-one.score, one.sentence)):
        if peak.score < threshold:
            break
        if peak.sentence not in left:
            continue
        first, last = _round(left, peak)
        for index in range(first, last + 1):
            del left[index]
        found.append(Run(first, last, peak.code, peak.score))
    return found


def _round(left: Mapping[int, Shown], peak: Shown) -> tuple[int, int]:
    """The first and last sentence of the run that `peak` is the clearest of, the clearer neighbour joining first."""
    first = last = peak.sentence
    while last - first + 1 < _LONGEST:
        beside = [left[index] for index in (first - 1, last + 1) if index in left]
        beside = [one for one in beside if one.best and one.turn == peak.turn and one.score >= ALIKE * peak.score]
        if not beside:
            break
        best = max(beside, key=lambda one: (one.score, one.sentence < first))
        first, last = min(first, best.sentence), max(last, best.sentence)
    return first, last
