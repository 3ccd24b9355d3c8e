"""What taking in another program's project did, or would do."""

from dataclasses import dataclass, field

KINDS = ("coder", "code", "document", "informant", "coding", "memo")
"""The kinds of things that are counted, in the order in which they are told."""


@dataclass
class Count:
    """How many things of one kind came in, were there already, and could not be taken in."""

    new: int = 0
    matched: int = 0
    skipped: int = 0


@dataclass
class Landed:
    """What came of a `ForeignProject`: counts by kind (`KINDS`, and kinds of our own), and sentences for people.

    `left_out` tells what was not taken in, `doubts` what was and should be looked at.
    """

    name: str
    program: str
    counts: dict[str, Count] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, kind: str) -> Count:
        """The count of one kind."""
        return self.counts.setdefault(kind, Count())

    @property
    def new(self) -> int:
        """How many things came in, of all kinds."""
        return sum(count.new for count in self.counts.values())
