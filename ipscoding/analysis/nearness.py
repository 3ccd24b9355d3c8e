"""How near two codings of one document stand: on the same passage, overlapping, in one turn, some sentences apart.

Every kind but the first puts a coding on a line of whole numbers (characters, turns, sentences), and two codings are
near where what they cover there has something in common.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ipscoding.analysis.differences import LEAST_SHARED
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _, ngettext

KINDS = ("passage", "overlap", "turn", "document")
"""What nearness can be asked for by name, from the nearest on; else a number of sentences."""

MOST_SENTENCES = 1000

Breaks = Mapping[str, tuple[Sequence[int], Sequence[int]]]
"""Where turns begin and where sentences begin, in order, by document id."""

Reach = tuple[int, int]
"""The first and the last unit of the line that a coding covers."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What counts as near: `kind` is one of `KINDS` or `sentences`, then with how many apart at most."""

    kind: str
    sentences: int = 0

    def __str__(self) -> str:
        return str(self.sentences) if self.kind == "sentences" else self.kind

    def told(self) -> str:
        """What it means, as a sentence for the reader of a table."""
        if self.kind == "sentences":
            text = ngettext(
                "Near: at most {n} sentence apart; 0 is the same sentence, 1 the next one.",
                "Near: at most {n} sentences apart; 0 is the same sentence, 1 the next one.",
                self.sentences,
            )
            return text.format(n=self.sentences)
        return {
            "passage": _("Near: on the same passage, that is, with at least half of the shorter one in common."),
            "overlap": _("Near: overlapping, that is, with at least one character in common."),
            "turn": _("Near: in the same turn; one that runs over several turns is in each of them."),
            "document": _("Near: in the same interview."),
        }[self.kind]

    @property
    def needs_breaks(self) -> bool:
        """Whether one must know where turns and sentences begin."""
        return self.kind in ("turn", "sentences")

    def reach(self, breaks: Breaks | None) -> Callable[[str, int, int], Reach]:
        """The function that gives what (document id, start, end) covers.

        Raises `NotAllowed` where turns or sentences are needed and `breaks` are not known.
        """
        if self.kind == "document":
            return lambda _document, _start, _end: (0, 0)
        if not self.needs_breaks:
            return lambda _document, start, end: (start, end - 1)
        if breaks is None:
            raise NotAllowed(_("It is not known where turns and sentences begin"), _("Ask for overlap instead"))
        which, known = (0 if self.kind == "turn" else 1), breaks
        nothing: tuple[Sequence[int], Sequence[int]] = ((), ())

        def of(document: str, start: int, end: int) -> Reach:
            starts = known.get(document, nothing)[which]
            return bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1

        return of

    def near(self, one: Reach, other: Reach) -> bool:
        """Whether two codings of one document that reach so far are near each other."""
        first, last = max(one[0], other[0]), min(one[1], other[1])
        if self.kind == "passage":
            shorter = min(one[1] - one[0], other[1] - other[0]) + 1
            return last >= first and last - first + 1 >= LEAST_SHARED * shorter
        return first - last <= self.sentences


def nearness(name: str) -> Nearness:
    """What `name` says: one of `KINDS`, or how many sentences apart. Raises `NotFound` for anything else."""
    if name in KINDS:
        return Nearness(name)
    if name.isdecimal() and int(name) <= MOST_SENTENCES:
        return Nearness("sentences", int(name))
    what = _("No such nearness: {name}").format(name=name)
    raise NotFound(what, _("Give a number of sentences, or one of {names}").format(names=", ".join(KINDS)))
