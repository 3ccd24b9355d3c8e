"""Which words stand under a negation: from the cue to the end of its clause, at most six words on."""

import re
from collections.abc import Sequence

from ipscoding.language.keys import Word

CUES = frozenset(
    ["ikke", "aldri", "ingen", "ingenting", "uten", "verken", "mangle", "unngå", "slippe", "knapt", "neppe"]
)
"""Keys of words that deny what follows."""

_REACH = 6
# A new clause: a stop, or a word that opens one.
_STOP = re.compile(r"[.,;:!?…–—«»\n]")
_OPENERS = frozenset(
    ["men", "fordi", "som", "hvis", "når", "at", "så", "for", "siden", "selv", "før", "mens", "da", "og"]
)
# "ikke bare", "ikke minst", "ikke sant" deny nothing.
_EMPTY_AFTER = frozenset(["bare", "minst", "sant"])


def negated(said: Sequence[Word], text: str) -> list[bool]:
    """For each of `said`, whether it stands under a negation; `text` is what their offsets count in."""
    denied = [False] * len(said)
    left = 0
    for index, word in enumerate(said):
        if index and (word.key in _OPENERS or _STOP.search(text, said[index - 1].span.end, word.span.start)):
            left = 0
        if left:
            denied[index] = True
            left -= 1
        follows = said[index + 1].key if index + 1 < len(said) else ""
        if word.key in CUES and follows not in _EMPTY_AFTER:
            left = _REACH
    return denied
