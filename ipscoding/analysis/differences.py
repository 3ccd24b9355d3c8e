"""Where two coders agree and where they differ, passage by passage.

Two codings are of *the same passage* when they have the same code, stand in the same document and share at least half
of the shorter one: coders seldom draw the edges of a passage alike, and one of them may take a sentence more.

One coder may have cut into two codings what the other took as one. So codings are brought together, not paired off:
whatever hangs together through same passages is one `Comparison`, and each coding is in exactly one of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ipscoding.domain import Coding, Span

LEAST_SHARED = Fraction(1, 2)
"""How much of the shorter of two codings must be shared for both to be of the same passage."""


class Kind(StrEnum):
    """What a comparison shows; `VALENCE`: the same code on the same passage in another direction."""

    AGREE = "agree"
    VALENCE = "valence"
    ONLY_A = "only-a"
    ONLY_B = "only-b"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two coders made of one passage with one code; `a` and `b` in order of place, one of them may be empty."""

    a: tuple[Coding, ...]
    b: tuple[Coding, ...]

    @property
    def kind(self) -> Kind:
        """Whether they agree; several codings of one coder agree when they show the same directions in all."""
        if not self.b:
            return Kind.ONLY_A
        if not self.a:
            return Kind.ONLY_B
        same = {coding.valence for coding in self.a} == {coding.valence for coding in self.b}
        return Kind.AGREE if same else Kind.VALENCE

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings of both, those of A first."""
        return self.a + self.b

    @property
    def code(self) -> str:
        """The code's readable id."""
        return self.codings[0].code

    @property
    def document_id(self) -> str:
        """The document in which the passage stands."""
        return self.codings[0].document_id

    @property
    def span(self) -> Span:
        """From the first to the last character that either of them coded."""
        return Span(min(coding.span.start for coding in self.codings), max(coding.span.end for coding in self.codings))


def same_passage(one: Span, other: Span, least: Fraction = LEAST_SHARED) -> bool:
    """Whether the two share something, and at least the share `least` (0 to 1) of the shorter one."""
    shared = one.shared(other)
    return shared > 0 and shared >= least * min(len(one), len(other))


def compare(a: Iterable[Coding], b: Iterable[Coding], *, least: Fraction = LEAST_SHARED) -> list[Comparison]:
    """The codings of two coders, brought together where they are of the same passage; by document and place.

    `least` is how much of the shorter coding must be shared (see `same_passage`). Who made a coding is told by which
    of the two it is given in, not by its `coder`.
    """
    found = [Comparison(ours, theirs) for ours, theirs in brought_together((a, b), least=least)]
    return sorted(found, key=lambda one: (one.document_id, one.span, one.code))


def brought_together(
    sides: Sequence[Iterable[Coding]], *, least: Fraction = LEAST_SHARED
) -> list[tuple[tuple[Coding, ...], ...]]:
    """The codings of any number of coders as groups of the same passage and code, in no order.

    Each group has as many parts as there are `sides`: what that coder coded there, by place, or nothing.
    """
    by_code: dict[tuple[str, str], list[list[Coding]]] = {}
    for side, codings in enumerate(sides):
        for coding in codings:
            by_code.setdefault((coding.document_id, coding.code), [[] for _side in sides])[side].append(coding)
    return [group for there in by_code.values() for group in _of_one_code(there, least)]


def counted(comparisons: Iterable[Comparison]) -> Mapping[Kind, int]:
    """How many comparisons there are of each kind, zeros included."""
    numbers = Counter(one.kind for one in comparisons)
    return {kind: numbers[kind] for kind in Kind}


def _of_one_code(sides: list[list[Coding]], least: Fraction) -> list[tuple[tuple[Coding, ...], ...]]:
    """The groups that hang together through same passages; codings of one code in one document."""
    order = sorted(
        [(coding.span, side, coding.id, coding) for side, codings in enumerate(sides) for coding in codings],
        key=lambda item: item[:3],
    )
    leader = list(range(len(order)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    # Only what has not ended yet can share anything with what begins here.
    running: list[int] = []
    for index, (span, side, _id, _coding) in enumerate(order):
        running = [other for other in running if order[other][0].end > span.start]
        for other in running:
            if order[other][1] != side and same_passage(order[other][0], span, least):
                leader[lead(index)] = lead(other)
        running.append(index)
    groups: dict[int, list[list[Coding]]] = {}
    for index, (_span, side, _id, coding) in enumerate(order):
        groups.setdefault(lead(index), [[] for _side in sides])[side].append(coding)
    return [tuple(map(tuple, group)) for group in groups.values()]
