"""The text of a codebook file with only what changed written anew: comments, order and form of the rest stay."""

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from typing import Any

from ipscoding.codebook import write
from ipscoding.codebook.build import COMMENT
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.layout import Entry, Layout, field_ranges, layout
from ipscoding.codebook.tree import Mapping, Node, parse, value
from ipscoding.domain import Code, Codebook


def text_after(text: str, after: Codebook, donors: Sequence[str] = ()) -> str:
    """The file `text` as it must be to hold `after`.

    Entries that stayed as they were are not touched, of a changed one only the fields that changed. An entry that is
    new is taken as it stands in one of `donors`, the texts of other files, where it is the same there. A file that is
    laid out in an unusual way is written anew as a whole.
    """
    before = layout(text)
    if before is not None and before.book == after:
        return text
    made = _spliced(before, after, [found for donor in donors if (found := layout(donor))]) if before else None
    check = layout(made) if made is not None else None
    return made if made is not None and check is not None and check.book == after else write.text_of(after)


def _spliced(old: Layout, after: Codebook, donors: list[Layout]) -> str | None:
    if "codes" not in old.sections or old.book.id != after.id:
        return None
    in_domains = 0
    for code in after.codes:
        known = old.entries.get(code.id)
        if code.codable or (known is not None and known.section == "codes"):
            break
        in_domains += 1
    if in_domains and "domains" not in old.sections:
        return None
    made: list[str] = []
    for name, (start, end) in old.sections.items():
        section = old.lines[start:end]
        if name == "codebook":
            section = _head(old, after, start, end)
        made += section
        codes = {"domains": after.codes[:in_domains], "codes": after.codes[in_domains:]}.get(name, ())
        if name in ("domains", "codes") and codes and not any(e.section == name for e in old.entries.values()):
            return None
        for code in codes:
            lines = _entry(old, code, name, donors)
            if code.id not in old.entries:
                made = _ended(made)
            made += lines
    tail = old.lines[old.tail :]
    return old.newline.join(_ended(made) + (tail if any(map(str.strip, tail)) else [""]))


def _head(old: Layout, after: Codebook, start: int, end: int) -> list[str]:
    node = old.root.pairs["codebook"][1]
    lines = old.lines[start:end]
    if not isinstance(node, Mapping):
        return lines
    return _patched(lines, start, node, write.head_fields(old.book), write.head_fields(after)) or lines


def _entry(old: Layout, code: Code, section: str, donors: list[Layout]) -> list[str]:
    known = old.entries.get(code.id)
    if known is not None and known.section == section:
        before = old.book.by_id[code.id]
        lines = old.lines[known.start : known.end]
        return lines if before == code else _changed(lines, known, before, code, section)
    for donor in donors:
        theirs = donor.entries.get(code.id)
        if theirs is not None and theirs.section == section and donor.book.by_id[code.id] == code:
            return _spaced(old, section, _ended(donor.lines[theirs.start : theirs.end]))
    return _spaced(old, section, write.entry_lines(code, codable=section == "codes"))


def _ended(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _spaced(old: Layout, section: str, lines: list[str]) -> list[str]:
    """New entry's lines, with a blank line above them where the file has one between its entries."""
    starts = [entry.start for entry in old.entries.values() if entry.section == section]
    blank = len(starts) > 1 and not old.lines[starts[-1]].strip()
    while lines and not lines[0].strip():
        lines = lines[1:]
    return ["", *lines] if blank else lines


def _changed(lines: list[str], known: Entry, before: Code, after: Code, section: str) -> list[str]:
    codable = section == "codes"
    old, new = write.code_fields(before, codable), write.code_fields(after, codable)
    patched = _patched(lines, known.start, known.node, old, new) if old != new else list(lines)
    if patched is None:
        above = [line for line in lines if not line.strip()][:1]
        return above + write.entry_lines(after, codable=codable)
    if before.extra.get(COMMENT) != after.extra.get(COMMENT):
        first = known.node.line - 1 - known.start
        dash = " " * (len(lines[first]) - len(lines[first].lstrip()))
        comment = [f"{dash}{line}" for line in str(after.extra.get(COMMENT, "")).splitlines()]
        blank = [line for line in patched[:first] if not line.strip()][:1]
        patched = blank + comment + patched[first:]
    return patched


def _patched(
    lines: list[str], offset: int, node: Mapping, old: Table[str, Any], new: Table[str, Any]
) -> list[str] | None:
    """`lines` (the first is line `offset` of the file) with the fields of `node` changed; None where they cannot be."""
    ranges = field_ranges(_padded(lines, offset), node, offset + len(lines))
    if ranges is None or not ranges:
        return None
    made = list(lines)
    column = next(iter(node.pairs.values()))[0].column - 1
    edits: list[tuple[int, int, list[str]]] = []
    behind = min(start for start, _stop in ranges.values())
    for name, wanted in new.items():
        place = ranges.get(name)
        if place is not None and old.get(name) == wanted:
            behind = place[1]
        elif place is not None:
            behind = place[1]
            inner = _inner(lines, offset, node.pairs[name], place, old.get(name), wanted)
            edits.append((*place, inner or _rendered(lines, offset, place, name, wanted, column)))
        elif old.get(name) != wanted:
            edits.append((behind, behind, write.field_lines(name, wanted, column)))
    edits += [(*ranges[name], []) for name in old if name not in new and name in ranges]
    for start, stop, text in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        made[start - offset : stop - offset] = text
    return made


def _padded(lines: list[str], offset: int) -> list[str]:
    return [""] * offset + lines


def _inner(
    lines: list[str], offset: int, pair: tuple[Any, Node], place: tuple[int, int], old: Any, new: Any
) -> list[str] | None:
    """A field that holds fields in lines of their own, with only those changed that differ."""
    key, node = pair
    if not (isinstance(node, Mapping) and isinstance(old, Table) and isinstance(new, Table) and node.line > key.line):
        return None
    start, stop = place
    part = lines[start - offset : stop - offset]
    return _patched(part, start, node, old, new)


def _rendered(lines: list[str], offset: int, place: tuple[int, int], name: str, wanted: Any, column: int) -> list[str]:
    first = lines[place[0] - offset]
    made = write.field_lines(name, wanted, column)
    made[0] = first[:column] + made[0][column:]
    if place[1] - place[0] == 1 and len(made) == 1 and first[:column].isspace():
        made[0] += _tail(first)
    return made


def _tail(line: str) -> str:
    """The comment behind the value in a line, with the space before it."""
    whole = parse(line.strip(), Faults())
    for found in re.finditer(r"\s+#", line):
        faults = Faults()
        part = parse(line[: found.start()].strip(), faults)
        if part is not None and whole is not None and not faults.all() and value(part) == value(whole):
            return line[found.start() :]
    return ""
