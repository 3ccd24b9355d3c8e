"""Texts beside each other: the words in which one differs from another stand out."""

import re
from difflib import SequenceMatcher

from textual.content import Content

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
DIFFERS = "bold underline $text-warning"
"""How a word looks that the other text does not have; underlined too, since colour alone tells not everybody."""


def marked(text: str, against: str, style: str = DIFFERS) -> Content:
    """`text` with the words in `style` that stand otherwise in `against`; white space at their ends is not marked."""
    new, old = text.splitlines(), against.splitlines()
    rows: list[Content] = []
    for kind, a, b, c, d in SequenceMatcher(None, new, old, autojunk=False).get_opcodes():
        for at in range(a, b):
            # a line is compared with the one in whose place it stands; one that has none is new as a whole
            before = new[at] if kind == "equal" else old[c + at - a] if c + at - a < d else ""
            rows.append(_line(new[at], before, style))
    return Content("\n").join(rows)


def _line(text: str, against: str, style: str) -> Content:
    new, old = _WORD.findall(text), _WORD.findall(against)
    parts: list[str | tuple[str, str]] = []
    for kind, a, b, _c, _d in SequenceMatcher(None, new, old, autojunk=False).get_opcodes():
        words = "".join(new[a:b])
        if kind == "equal" or not words.strip():
            parts.append(words)
            continue
        inner = words.strip()
        begin = words.index(inner)
        parts += [words[:begin], (inner, style), words[begin + len(inner) :]]
    return Content.assemble(*parts)
