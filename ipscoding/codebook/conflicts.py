"""What a merge of codebooks finds: conflicts to decide, things to check, codes that may be one, and the outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from ipscoding.domain import Codebook

Choice = Literal["ours", "theirs", "base", "text", "merge"]
Key = tuple[str, str]
"""What a decision is about: a code's id (empty: the codebook itself) and a field (empty: the code as a whole)."""

ORDER = "order"
"""The field of the codebook itself that holds the order of its codes."""


class Why(StrEnum):
    """Why something must be decided."""

    CHANGED = "changed"
    """Both sides changed the field, differently."""
    DELETED = "deleted"
    """One side deleted a code that the other one changed or uses."""
    RETIRED = "retired"
    """One side retired a code whose meaning the other one changed."""
    CIRCLE = "circle"
    """The moves (or merges) of both sides together run in a circle."""
    PARENT = "parent"
    """The code or domain that this one stands under is gone."""
    SUCCESSOR = "successor"
    """The code that this one was merged into is gone."""
    LABEL = "label"
    """Two codes in use under one parent have the same label."""
    NAMELESS = "nameless"
    """Each side took away another language of the label, and none is left."""
    EXAMPLES = "examples"
    """An example of one side has a direction that the other side no longer allows."""
    ROLE = "role"
    """A role that one side uses is no longer in the codebook of the other."""
    EMPTY = "empty"
    """Both sides' deletions together would leave nothing to code with."""


@dataclass(frozen=True)
class Conflict:
    """One thing to decide. Values are those of the sides (None: not there); for a code as a whole all its fields.

    `other` is a second code that is concerned. `choices` are what `Decision` may say; `refused` says that there was a
    decision, which cannot stand with the others.
    """

    code: str
    field: str
    why: Why
    base: Any = None
    ours: Any = None
    theirs: Any = None
    other: str = ""
    choices: tuple[Choice, ...] = ("ours", "theirs", "base", "text")
    refused: bool = False

    @property
    def key(self) -> Key:
        """What a decision on it is filed under."""
        return self.code, self.field


@dataclass(frozen=True)
class Decision:
    """What somebody decided: a side, the base, `text` (with `value`), or to merge into the code whose id is `value`."""

    choice: Choice
    value: Any = None


@dataclass(frozen=True)
class Check:
    """Something that merged without a conflict and still needs a look: which code, why, and what each side did.

    `why` is `drift` (renamed on one side, given another meaning on the other), `meaning` (both changed the meaning,
    in different fields), `languages` (both changed one text, each in another language), `used` (retired or merged on
    one side, coded with on the other), `successor` (merged into a code that is out of use) or `parent` (in use under
    a code that is not).
    """

    code: str
    why: str
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True)
class Proposal:
    """Two codes that may be one; nothing is done unless somebody decides it.

    Similarities run from 0 to 1. `shared` is the share of coded characters that both codes cover (Jaccard), None
    where no projects were given or no text is common to them.
    """

    code: str
    other: str
    label: float
    definition: float
    shared: float | None = None


@dataclass(frozen=True)
class Used:
    """How many codings each side made that the other does not have, by code; empty where no project was given."""

    ours: Mapping[str, int] = field(default_factory=dict)
    theirs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Merged:
    """The outcome: where `conflicts` is empty, `codebook` is whole and without faults.

    With conflicts it is a preview: a field to decide stands as in the base (or as on one side where there is none), a
    code whose deletion is to be decided is still there.
    """

    codebook: Codebook
    conflicts: tuple[Conflict, ...]
    checks: tuple[Check, ...]
