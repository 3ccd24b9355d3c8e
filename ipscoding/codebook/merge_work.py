"""A merge of codebooks under way, which its passes share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipscoding.codebook.conflicts import Choice, Conflict, Decision, Key, Why
from ipscoding.codebook.flat import Flat

SIDES: tuple[Choice, ...] = ("ours", "theirs", "base", "text")
"""The choices on a field: a side's value, the base's, or one that is given."""


@dataclass
class Work:
    """A merge under way: the three books as flat fields by code, what was decided, and what has come of it so far."""

    base: Mapping[str, Flat]
    ours: Mapping[str, Flat]
    theirs: Mapping[str, Flat]
    decisions: Mapping[Key, Decision]
    codes: dict[str, Flat] = field(default_factory=dict)
    head: Flat = field(default_factory=dict)
    conflicts: dict[Key, Conflict] = field(default_factory=dict)

    def sides(self, code: str, name: str) -> tuple[Any, Any, Any]:
        """The values of a code's field in base, ours and theirs; None where it is not there."""
        return (
            self.base.get(code, {}).get(name),
            self.ours.get(code, {}).get(name),
            self.theirs.get(code, {}).get(name),
        )

    def raise_conflict(
        self, code: str, name: str, why: Why, *, other: str = "", choices: tuple[Choice, ...] = SIDES
    ) -> None:
        """Note a conflict on a field of a code, unless there is one on it already."""
        key = (code, name)
        decided = key in self.decisions or (code, "") in self.decisions
        if key not in self.conflicts:
            self.conflicts[key] = Conflict(code, name, why, *self.sides(code, name), other, choices, refused=decided)

    def deletion(self, code: str, why: Why, other: str = "") -> None:
        """Note that one side deleted a code and that this must be decided; until then the code stays."""
        base, ours, theirs = (side.get(code) for side in (self.base, self.ours, self.theirs))
        refused = (code, "") in self.decisions
        self.conflicts[code, ""] = Conflict(code, "", why, base, ours, theirs, other, ("ours", "theirs"), refused)
        self.codes[code] = self.kept(code)

    def kept(self, code: str) -> Flat:
        """The fields of a code that one side has deleted, as the other side has them."""
        return dict(self.ours.get(code) or self.theirs.get(code) or {})


def chosen(decision: Decision, base: Any, ours: Any, theirs: Any) -> Any:
    """The value that a decision on a field stands for; None: the field is not there."""
    return {"ours": ours, "theirs": theirs, "base": base, "text": decision.value}.get(decision.choice)
