"""What this program writes into a REFI-QDA file beyond the standard's own, so that it can read it back.

Direction and strength are codes of their own, given to the same passage by the same coder: any program can search for
a passage that is both “Nearness” and “▲ Fremmer”. What has no such form stands in one note as JSON.
"""

import re
import uuid

from ipscoding.domain import Valence

ORIGIN = "ipscoding"
_NAMESPACE = uuid.UUID("3b0f7c52-5b0e-5d4e-9d55-7a1f2f6f7a10")


def guid(what: str) -> str:
    """The fixed id of something that this program adds to every file."""
    return str(uuid.uuid5(_NAMESPACE, what))


VALENCES = {
    Valence.FACILITATOR: (guid("valence/facilitator"), "▲ Fremmer", "#009e73"),
    Valence.BARRIER: (guid("valence/barrier"), "▼ Hemmer", "#d55e00"),
    Valence.BOTH: (guid("valence/both"), "◆ Både og", "#cc79a7"),
}
"""The code that stands for each direction: its id, its label and its colour."""
STRENGTHS = {1: (guid("strength/1"), "Styrke 1", ""), 2: (guid("strength/2"), "Styrke 2", "")}
"""The code that stands for each strength."""
FOLDERS = {"valence": (guid("valence"), "Retning"), "strength": (guid("strength"), "Styrke")}
"""The folders of those codes."""

BY_CODE: dict[str, Valence | int] = {
    **{identity: valence for valence, (identity, _label, _colour) in VALENCES.items()},
    **{identity: strength for strength, (identity, _label, _colour) in STRENGTHS.items()},
}
"""What each of those codes stands for, by its id."""
OUR_CODES = frozenset(BY_CODE) | {identity for identity, _label in FOLDERS.values()}

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
"""A time as it stands in the project and in the file alike."""

NOTE = guid("kept")
"""The id of the note that holds what the standard has no place for."""
NOTE_NAME = "ipscoding (do not change)"
ROLE = guid("variable/role")
"""The id of the variable that holds informants' roles."""


def companion(coding: str, what: str) -> str:
    """The id of the coding that says the `valence` or `strength` of another coding."""
    return guid(f"coding/{coding}/{what}")


def xml_safe(text: str) -> str:
    """`text` as it comes back from XML: without characters that XML cannot hold, line ends as LF."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter
        for letter in text
        if letter in "\t\n"
        or (letter >= "\x20" and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )
