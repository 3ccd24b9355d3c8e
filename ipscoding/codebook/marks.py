"""A merged codebook file in which what is still to decide stands between markers, as git writes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ipscoding.codebook import flat, write
from ipscoding.codebook.conflicts import ORDER, Conflict
from ipscoding.codebook.diff_words import place, why
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.flat import Flat
from ipscoding.codebook.layout import Layout, field_ranges, layout
from ipscoding.codebook.tree import Mapping, Place
from ipscoding.domain import Codebook
from ipscoding.i18n import _

OURS, BASE, BETWEEN, THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_BEGIN = re.compile(rf"{OURS}(?: (.*))?")
_FIELD_OF = {"examples": "example", "rules": "coding_rules"}


@dataclass(frozen=True)
class _Block:
    """Lines to put in the place of others: `start` to `end` (exclusive) of the file."""

    start: int
    end: int
    lines: list[str]


def find(text: str, faults: Faults) -> bool:
    """Whether there are markers of a merge in the text; each place to decide becomes a fault."""
    found = False
    for number, line in enumerate(text.splitlines(), start=1):
        begin = _BEGIN.fullmatch(line)
        if begin is None:
            continue
        found = True
        what = (begin[1] or "").partition(": ")[2] or begin[1] or "?"
        faults.fault(
            Place(number, 1),
            _("still to decide after a merge: {what}; keep one side and take the lines with {marks} away").format(
                what=what, marks=f"{OURS} {BASE} {BETWEEN} {THEIRS}"
            ),
        )
    return found


def marked(text: str, conflicts: Iterable[Conflict]) -> str:
    """The text of a merged file with each conflict between markers: ours, the base, theirs.

    Args:
        text: the file as merged, in which a field to decide stands in some form or is left out.
        conflicts: what is to decide.
    """
    found = layout(text)
    if found is None:
        return text
    grouped: dict[tuple[str, str], list[Conflict]] = {}
    for conflict in conflicts:
        grouped.setdefault((conflict.code, _name(conflict)), []).append(conflict)
    blocks = [_block(found, code, name, group) for (code, name), group in grouped.items()]
    lines = list(found.lines)
    for block in sorted(blocks, key=lambda block: (block.start, block.end), reverse=True):
        lines[block.start : block.end] = block.lines
    return found.newline.join(lines)


def _name(conflict: Conflict) -> str:
    """The field of the file that holds the flat field; empty for a code as a whole."""
    column, _dot, key = conflict.field.partition(".")
    if column in ("links", "extra"):
        return key
    if column in ("comment", "comments", "section"):
        return ""
    return _FIELD_OF.get(column, column)


def _block(found: Layout, code: str, name: str, group: list[Conflict]) -> _Block:
    first = group[0]
    what = "; ".join(f"{place(c.code, c.field)}: {why(c)}" for c in group)
    if not code:
        return _in_head(found, name, group, what)
    entry = found.entries[code]
    if name == "":
        lines = [found.lines[entry.start : entry.end] if side is not None else [] for side in _sides(first)]
        return _Block(entry.start, entry.end, _between(what, *lines))
    fields = flat.of_code(found.book.by_id[code])
    codable = entry.section == "codes"
    column = next(iter(entry.node.pairs.values()))[0].column - 1
    rendered = []
    for side in range(3):
        wanted = write.code_fields(flat.to_code(code, _with(fields, group, side)), codable)
        rendered.append(write.field_lines(name, wanted[name], column) if name in wanted else [])
    start, end = _where(found, entry.node, entry.end, name)
    return _Block(start, end, _between(what, *rendered))


def _in_head(found: Layout, name: str, group: list[Conflict], what: str) -> _Block:
    head = found.root.pairs["codebook"][1]
    if name == ORDER:
        start = found.sections["codes"][0]
        lines = [[f"# {code}" for code in side] if isinstance(side, list) else [] for side in _sides(group[0])]
        return _Block(start, start, _between(what, *lines))
    if name == "" or not isinstance(head, Mapping):
        start = found.sections["codes"][0]
        lines = [[f"# {line}" for line in str(side).splitlines()] for side in _sides(group[0])]
        return _Block(start, start, _between(what, *lines))
    fields = flat.of_head(found.book)
    rendered = []
    for side in range(3):
        book: Codebook = flat.to_book(found.book.id, _with(fields, group, side), ())
        wanted = write.head_fields(book)
        rendered.append(write.field_lines(name, wanted[name], 2) if name in wanted else [])
    start, end = _where(found, head, found.sections["codebook"][1], name)
    return _Block(start, end, _between(what, *rendered))


def _sides(conflict: Conflict) -> tuple[object, object, object]:
    return conflict.ours, conflict.base, conflict.theirs


def _with(fields: Flat, group: list[Conflict], side: int) -> Flat:
    """The fields with those in conflict as one side has them."""
    values = {conflict.field: _sides(conflict)[side] for conflict in group}
    return {name: value for name, value in {**fields, **values}.items() if value is not None}


def _where(found: Layout, node: Mapping, end: int, name: str) -> tuple[int, int]:
    """The lines of a field; where it is not there, the place behind the last field."""
    ranges = field_ranges(found.lines, node, end) or {}
    if name in ranges:
        return ranges[name]
    last = max((stop for _start, stop in ranges.values()), default=node.line)
    return last, last


def _between(what: str, ours: list[str], base: list[str], theirs: list[str]) -> list[str]:
    return [
        f"{OURS} {_('ours')}: {what}",
        *ours,
        *([f"{BASE} {_('base')}", *base] if base else []),
        BETWEEN,
        *theirs,
        f"{THEIRS} {_('theirs')}",
    ]
