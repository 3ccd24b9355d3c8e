"""Where things stand in the text of a codebook file: its sections, and its entries with the comments above them."""

import re
from dataclasses import dataclass, field, replace

from ipscoding.codebook.build import build
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.tree import Mapping, Scalar, Sequence, parse
from ipscoding.domain import Codebook

LISTS = ("domains", "codes")


@dataclass(frozen=True)
class Entry:
    """A code in the file: its lines with the comments and blank lines above it, from 0, end exclusive."""

    start: int
    end: int
    node: Mapping
    section: str


@dataclass
class Layout:
    """A file's lines (without line ends), the first line of each section with what stands above it, and its entries."""

    lines: list[str]
    newline: str
    root: Mapping
    book: Codebook
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    tail: int = 0
    """The first line of the comments at the very end, which belong to nothing."""


def lines_of(text: str) -> tuple[list[str], str]:
    """The lines of a text, and what stands at their end."""
    return re.split(r"\r?\n", text), "\r\n" if "\r\n" in text else "\n"


def layout(text: str) -> Layout | None:
    """How the file is laid out; None where it is not written as codebooks usually are (a list on one line, say)."""
    faults = Faults()
    root = parse(text, faults)
    if not isinstance(root, Mapping):
        return None
    built = build(root, text.splitlines(), faults)
    if built is None or faults.grave():
        return None
    lines, newline = lines_of(text)
    found = Layout(lines, newline, root, replace(built.codebook, codes=tuple(e.code for e in built.entries)))
    starts: list[tuple[int, str, Mapping | None, str]] = []
    for name, (key, node) in root.pairs.items():
        if key.column != 1:
            return None
        starts.append((_above(lines, key.line - 1, 0), name, None, ""))
        for item in node.items if name in LISTS and isinstance(node, Sequence) else ():
            identity = item.pairs.get("id") if isinstance(item, Mapping) else None
            if not isinstance(item, Mapping) or identity is None or not isinstance(identity[1], Scalar):
                return None
            if not re.fullmatch(r" *- +", lines[item.line - 1][: item.column - 1]):
                return None
            starts.append((_above(lines, item.line - 1, item.column - 1), name, item, identity[1].text))
    found.tail = _above(lines, len(lines), 0)
    ends = [start for start, *_rest in starts[1:]] + [found.tail]
    for (start, name, entry, code), end in zip(starts, ends, strict=True):
        if entry is None:
            found.sections[name] = (start, end)
        else:
            found.entries[code] = Entry(start, end, entry, name)
    return found


def _above(lines: list[str], at: int, indent: int) -> int:
    """The first of the blank and comment lines above line `at` that belong to it; deeper comments do not."""
    while at > 0:
        line = lines[at - 1]
        bare = line.strip()
        if bare and not (bare.startswith("#") and len(line) - len(line.lstrip()) <= indent):
            break
        at -= 1
    return at


def field_ranges(lines: list[str], node: Mapping, end: int) -> dict[str, tuple[int, int]] | None:
    """The lines of each field of a block mapping that ends before line `end`; what stands behind it is left out.

    None where its fields do not stand in lines of their own.
    """
    keys = [key for key, _value in node.pairs.values()]
    numbers = [key.line - 1 for key in keys]
    if len(set(numbers)) < len(numbers) or len({key.column for key in keys}) > 1:
        return None
    ranges = {}
    for name, start, stop in zip(node.pairs, numbers, [*numbers[1:], end], strict=True):
        last = stop
        while last > start + 1 and (not (bare := lines[last - 1].strip()) or bare.startswith("#")):
            last -= 1
        ranges[name] = (start, last)
    return ranges
