"""Three-way merge of single fields and of the order of a list."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ipscoding.codebook.flat import MEANING, Flat, stem

COMPUTED = ("version", "uuid")
"""Fields of a code that the program sets itself and nobody needs to decide."""


def three_way(name: str, base: Any, ours: Any, theirs: Any) -> tuple[Any, bool]:
    """The merged value of a field (None: not there), and whether it is beyond doubt.

    Where both sides changed it differently there is doubt, and the base stands. Two kinds of lists unite instead: the
    roles, and lists to which both sides only added.
    """
    if ours == theirs or theirs == base:
        return ours, True
    if ours == base:
        return theirs, True
    united = _united(name, base or [], ours or [], theirs or [])
    if united is not None:
        return united, True
    return base, False


def _united(name: str, base: Any, ours: Any, theirs: Any) -> list[Any] | None:
    if stem(name) not in ("roles", "examples", "rules") or not all(isinstance(v, list) for v in (base, ours, theirs)):
        return None
    if name != "roles" and any(item not in side for item in base for side in (ours, theirs)):
        return None
    kept = [item for item in base if item in ours and item in theirs]
    added = {sortable(item): item for item in (*ours, *theirs) if item not in base}
    return kept + [added[key] for key in sorted(added)]


def sortable(item: Any) -> str:
    """A text by which any value can be put in an order that is the same everywhere."""
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def merge_fields(
    base: Flat, ours: Flat, theirs: Flat, decide: Callable[[str, Any, Any, Any], Any], skip: Collection[str] = ()
) -> Flat:
    """The fields but those in `skip`, merged one by one; in doubt `decide` is asked (name, base, ours, theirs)."""
    merged: Flat = {}
    for name in dict.fromkeys((*base, *ours, *theirs)):
        if name in skip:
            continue
        sides = base.get(name), ours.get(name), theirs.get(name)
        value, clean = three_way(name, *sides)
        if not clean:
            value = decide(name, *sides)
        if value is not None:
            merged[name] = value
    return merged


def computed(base: Flat, ours: Flat, theirs: Flat, merged: Flat) -> Flat:
    """`version` and `uuid` of a merged code: the higher version, and one more where the meaning is neither side's."""
    versions = [side["version"] for side in (ours, theirs) if "version" in side]
    found: Flat = {"version": max(versions, default=1)}
    if ours and theirs and all(meaning(merged) != meaning(side) for side in (ours, theirs)):
        found["version"] += 1
    known = [side["uuid"] for side in (ours, theirs) if side.get("uuid")]
    if known:
        found["uuid"] = base["uuid"] if base.get("uuid") in known else min(known)
    return found


def meaning(flat: Mapping[str, Any]) -> Flat:
    """The fields that say what a code means."""
    return {name: value for name, value in flat.items() if stem(name) in MEANING}


def changed(before: Flat, after: Flat) -> tuple[str, ...]:
    """The names of the fields that differ, computed ones left out."""
    names = dict.fromkeys((*before, *after))
    return tuple(name for name in names if name not in COMPUTED and before.get(name) != after.get(name))


def merge_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], kept: Iterable[str]
) -> tuple[list[str], bool]:
    """The order of the ids in `kept`, and whether it is beyond doubt.

    A side that changed the order of what was there is followed; if both did, differently, there is doubt and the base
    is. What only one side has stands behind what it stands behind there; two such runs stand in the order of their ids.
    """
    wanted = set(kept)
    common = [item for item in ours if item in set(theirs) and item in wanted]
    mine, yours = common, [item for item in theirs if item in set(common)]
    before = [item for item in base if item in set(common)]
    backbone, clean = min(mine, yours), True
    if mine != yours and before:
        known = set(before)
        moved = [[item for item in side if item in known] != before for side in (mine, yours)]
        if moved == [True, True]:
            same = [item for item in mine if item in known] == [item for item in yours if item in known]
            clean = same or not base
            if not clean:
                backbone = before + [item for item in backbone if item not in known]
        elif any(moved):
            backbone = mine if moved[0] else yours
    return _with_runs(backbone, ours, theirs, wanted), clean


def _with_runs(backbone: list[str], ours: Sequence[str], theirs: Sequence[str], wanted: set[str]) -> list[str]:
    spine = set(backbone)
    runs: dict[str | None, list[list[str]]] = {}
    for side in (ours, theirs):
        behind: str | None = None
        for item in side:
            if item in spine:
                behind = item
            elif item in wanted:
                mine = runs.setdefault(behind, [])
                if not mine or mine[-1][0] not in side:
                    mine.append([])
                mine[-1].append(item)
    placed: list[str] = []
    for anchor in (None, *backbone):
        if anchor is not None:
            placed.append(anchor)
        for run in sorted(runs.get(anchor, [])):
            placed += run
    return placed
