"""What has become of a codebook: from two versions of it to what was done to which code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipscoding.codebook import flat
from ipscoding.codebook.flat import Flat, stem
from ipscoding.domain import Codebook

KINDS: Mapping[str, str] = {
    "label": "renamed",
    "parent": "moved",
    "definition": "redefined",
    "include_when": "rules",
    "exclude_when": "rules",
    "valence": "valence",
    "examples": "examples",
    "links": "mapping",
    "roles": "roles",
    "codable": "codable",
    "colour": "colour",
    "merged_into": "successor",
    "comment": "comment",
}
"""What a change of a code's field is called; fields of a file's own are `other`."""

OPERATIONS = ("added", "deleted", "merged", "split", "retired", "back")
"""The kinds of changes that concern a code as a whole."""

_TOLD_BY_OPERATION = ("retired", "merged_into", "extra.split_into", "extra.split_from")
# raised by the program where a meaning changes, or made by it: no news beside what was changed
_COMPUTED = ("version", "uuid")


@dataclass(frozen=True)
class Change:
    """One thing that was done: `kind` is of `OPERATIONS` or `KINDS`, `other`, `order`, or `head` (no code).

    `field` is flat (`definition.nb`); `before` and `after` are its values, None where it was not there. `others` are
    the codes it was merged into, split into, or came from.
    """

    kind: str
    code: str
    field: str = ""
    before: Any = None
    after: Any = None
    others: tuple[str, ...] = ()


def changes(before: Codebook, after: Codebook) -> tuple[Change, ...]:
    """All that differs, by code in the order of `after`, codes that are gone and the codebook itself last.

    A merge or a split is told where the file or project says so (`merged_into`, `split_into`, `split_from`), and is
    otherwise what it looks like: codes added and retired.
    """
    old = {code.id: flat.of_code(code) for code in before.codes}
    new = {code.id: flat.of_code(code) for code in after.codes}
    parts: dict[str, list[str]] = {}
    for code, fields in new.items():
        if origin := fields.get("extra.split_from"):
            parts.setdefault(str(origin), []).append(code)
    found: list[Change] = []
    for code, fields in new.items():
        if code not in old:
            origin = fields.get("extra.split_from")
            found.append(Change("added", code, others=(str(origin),) if origin else ()))
        elif fields != old[code]:
            found += _operations(code, old[code], fields, [part for part in parts.get(code, []) if part not in old])
            found += _fields(code, old[code], fields)
    found += [Change("deleted", code) for code in old if code not in new]
    common = [code for code in new if code in old]
    if common != [code for code in old if code in new]:
        found.append(Change("order", ""))
    head = flat.of_head(before), flat.of_head(after)
    names = dict.fromkeys((*head[0], *head[1]))
    found += [
        Change("head", "", name, head[0].get(name), head[1].get(name))
        for name in names
        if head[0].get(name) != head[1].get(name)
    ]
    if before.id != after.id:
        found.append(Change("head", "", "id", before.id, after.id))
    return tuple(found)


def _operations(code: str, old: Flat, new: Flat, parts: list[str]) -> Iterator[Change]:
    heir = new.get("merged_into")
    split = tuple(new.get("extra.split_into") or parts)
    retired = bool(new.get("retired")), bool(old.get("retired"))
    if heir and heir != old.get("merged_into"):
        yield Change("merged", code, others=(heir,))
    elif split and list(split) != list(old.get("extra.split_into") or ()):
        yield Change("split", code, others=split)
    elif retired == (True, False):
        yield Change("retired", code)
    if retired == (False, True):
        yield Change("back", code)


def _fields(code: str, old: Flat, new: Flat) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        if name in _TOLD_BY_OPERATION or name in _COMPUTED or old.get(name) == new.get(name):
            continue
        yield Change(KINDS.get(stem(name), "other"), code, name, old.get(name), new.get(name))
