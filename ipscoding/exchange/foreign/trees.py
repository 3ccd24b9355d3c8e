"""Codes that other programs keep as paths (`person.feeling`), as a tree; and trees that turn back on themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DIVIDER = re.compile(r"(?<=\S)\.(?=\S)")


@dataclass(frozen=True, slots=True)
class Place:
    """One node: a code by its key, or a folder that is only in the paths (its key is `folder:` and the path)."""

    key: str
    label: str
    parent: str | None


def from_paths(paths: Mapping[str, str]) -> list[Place]:
    """The tree of codes whose path is known by their key; what is above stands before what is below.

    A dot between two characters that are no blanks divides a path. Two codes of one path are both kept.
    """
    keys: dict[tuple[str, ...], str] = {}
    for key, path in paths.items():
        keys.setdefault(_parts(path), key)
    places: list[Place] = []
    placed: set[str] = set()
    for key, path in paths.items():
        parts = _parts(path)
        parent: str | None = None
        for depth in range(1, len(parts)):
            above = parts[:depth]
            folder = keys.setdefault(above, "folder:" + ".".join(above))
            if folder not in placed:
                placed.add(folder)
                places.append(Place(folder, above[-1], parent))
            parent = folder
        if key not in placed:
            placed.add(key)
            places.append(Place(key, parts[-1], parent))
    return places


def without_circles(parents: Mapping[str, str | None]) -> tuple[dict[str, str | None], int]:
    """`parents` by key with what does not exist above left out, and circles opened; how many circles there were.

    A circle is opened at its first node in the order of the keys, which then stands at the top.
    """
    sound: dict[str, str | None] = {key: parent if parent in parents else None for key, parent in parents.items()}
    order = {key: place for place, key in enumerate(sound)}
    circles = 0
    safe: set[str] = set()
    for start in sound:
        walked: dict[str, None] = {}
        node: str | None = start
        while node is not None and node not in safe:
            if node in walked:
                circle = list(walked)
                sound[min(circle[circle.index(node) :], key=order.__getitem__)] = None
                circles += 1
                break
            walked[node] = None
            node = sound[node]
        safe.update(walked)
    return sound, circles


def _parts(path: str) -> tuple[str, ...]:
    return tuple(_DIVIDER.split(path.strip()))
