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

_WORDS = {
    "": Valence.NONE, "-": Valence.NONE, "·": Valence.NONE, "none": Valence.NONE, "ingen": Valence.NONE,
    "uten retning": Valence.NONE, "utan retning": Valence.NONE, "nøytral": Valence.NONE, "neutral": Valence.NONE,
    "▼": Valence.BARRIER, "barrier": Valence.BARRIER, "barriere": Valence.BARRIER, "hemmer": Valence.BARRIER,
    "hemmar": Valence.BARRIER, "▲": Valence.FACILITATOR, "facilitator": Valence.FACILITATOR,
    "fasilitator": Valence.FACILITATOR, "fremmer": Valence.FACILITATOR, "fremjar": Valence.FACILITATOR,
    "◆": Valence.BOTH, "both": Valence.BOTH, "begge": Valence.BOTH, "begge deler": Valence.BOTH,
    "både og": Valence.BOTH,
}  # fmt: skip


def valence_meant(text: str) -> Valence | None:
    """The direction that somebody means by a word or a sign, Norwegian or English, in any case; None for other words.

    Nothing at all means no direction.
    """
    return _WORDS.get(text.strip().casefold())
