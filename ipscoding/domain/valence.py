"""Whether a passage shows something that hinders or helps; belongs to the passage, never to the code."""

from enum import StrEnum


class Valence(StrEnum):
    """The direction of one coded passage."""

    BARRIER = "barrier"
    FACILITATOR = "facilitator"
    BOTH = "both"
    NONE = "none"

    @property
    def sign(self) -> str:
        """The mark shown beside colour, so that colour is never the only sign."""
        return _SIGNS[self]


_SIGNS = {Valence.BARRIER: "▼", Valence.FACILITATOR: "▲", Valence.BOTH: "◆", Valence.NONE: "·"}
