"""What must hold across the codes of a codebook, beyond the form of each."""

from collections.abc import Iterable, Iterator, Mapping

from ipscoding.codebook import frameworks
from ipscoding.codebook.build import Built, Entry
from ipscoding.codebook.faults import Faults
from ipscoding.i18n import _


def apply(built: Built, faults: Faults) -> None:
    """Note every breach of a rule in `built`."""
    entries = [entry for entry in built.entries if entry.code.id]
    _unique_ids(entries, faults)
    _parents(entries, faults)
    _successors(entries, faults)
    _splits(entries, faults)
    _out_of_use(entries, faults)
    _unique_labels(entries, faults)
    _examples(entries, faults)
    _definitions(entries, faults)
    _roles(entries, built.own_roles, faults)
    _links(entries, faults)


def _unique_ids(entries: Iterable[Entry], faults: Faults) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        place = entry.fields.place("id")
        if entry.code.id in first:
            faults.fault(
                place,
                _("the id “{id}” is taken (line {line})").format(id=entry.code.id, line=first[entry.code.id]),
            )
        first.setdefault(entry.code.id, place.line)


def _parents(entries: list[Entry], faults: Faults) -> None:
    parents = {entry.code.id: entry.code.parent for entry in entries}
    for entry in entries:
        parent = entry.code.parent
        if parent is not None and parent not in parents:
            faults.fault(entry.fields.place("parent"), _("unknown parent “{id}”").format(id=parent))
    for entry, ring in _circles(entries, parents):
        message = _("parents run in a circle: {ring}").format(ring=" → ".join(ring))
        faults.fault(entry.fields.place("parent"), message)


def _circles(entries: list[Entry], targets: Mapping[str, str | None]) -> Iterator[tuple[Entry, list[str]]]:
    """Each circle that `targets` (id to id) run in, once: an entry that leads into it, and its ids, the first again."""
    settled: set[str] = set()
    for entry in entries:
        trail: list[str] = []
        current: str | None = entry.code.id
        while current is not None and current in targets and current not in settled:
            if current in trail:
                yield entry, [*trail[trail.index(current) :], current]
                break
            trail.append(current)
            current = targets[current]
        settled.update(trail)


def _successors(entries: list[Entry], faults: Faults) -> None:
    known = {entry.code.id: entry.code.merged_into for entry in entries}
    for entry in entries:
        successor = entry.code.merged_into
        if successor is None:
            continue
        place = entry.fields.place("merged_into")
        if successor not in known:
            faults.fault(place, _("unknown code “{id}”").format(id=successor))
        elif successor == entry.code.id:
            faults.fault(place, _("a code cannot be merged into itself"))
    for entry, ring in _circles(entries, {code: heir for code, heir in known.items() if heir != code}):
        message = _("codes are merged in a circle: {ring}").format(ring=" → ".join(ring))
        faults.fault(entry.fields.place("merged_into"), message)


def _splits(entries: list[Entry], faults: Faults) -> None:
    known = {entry.code.id for entry in entries}
    for entry in entries:
        for name in ("split_from", "split_into"):
            if name not in entry.code.extra:
                continue
            found = entry.code.extra[name]
            ids = found if isinstance(found, list) and name == "split_into" else [found]
            for identity in ids:
                if identity not in known:
                    faults.fault(entry.fields.place(name), _("unknown code “{id}”").format(id=identity))
                elif identity == entry.code.id:
                    faults.fault(entry.fields.place(name), _("a code cannot be split from itself"))


def _out_of_use(entries: list[Entry], faults: Faults) -> None:
    codes = {entry.code.id: entry.code for entry in entries}
    for entry in entries:
        code = entry.code
        if code.retired:
            continue
        if code.merged_into in codes and code.merged_into != code.id:
            place = entry.fields.place("merged_into")
            faults.advice(place, _("“{id}” is merged into another code but not retired").format(id=code.id))
        if code.parent in codes and codes[code.parent].retired:
            place = entry.fields.place("parent")
            message = _("“{id}” is in use under “{parent}”, which is retired")
            faults.advice(place, message.format(id=code.id, parent=code.parent))


def _unique_labels(entries: list[Entry], faults: Faults) -> None:
    first: dict[tuple[str, str], Entry] = {}
    siblings: dict[tuple[str | None, str, str], Entry] = {}
    for entry in entries:
        if entry.code.retired:
            continue
        for language, label in entry.code.label.items():
            words = " ".join(label.casefold().split())
            if not words:
                continue
            elsewhere = first.setdefault((language, words), entry)
            sibling = siblings.setdefault((entry.code.parent, language, words), entry)
            other, note = (sibling, faults.fault) if sibling is not entry else (elsewhere, faults.advice)
            if other is entry:
                continue
            message = _("the {language} label of “{id}” is also that of “{other}” (line {line})").format(
                language=language, id=entry.code.id, other=other.code.id, line=other.fields.place("id").line
            )
            note(entry.fields.place("label"), message)


def _examples(entries: Iterable[Entry], faults: Faults) -> None:
    for entry in entries:
        for example, place in zip(entry.code.examples, entry.examples, strict=True):
            if not entry.code.allows(example.valence):
                faults.fault(
                    place,
                    _("an example as {direction}, but “{id}” allows {allowed} only").format(
                        direction=example.valence, id=entry.code.id, allowed=entry.code.valence
                    ),
                )


def _definitions(entries: Iterable[Entry], faults: Faults) -> None:
    for entry in entries:
        if entry.code.codable and not entry.code.retired and not any(entry.code.definition.values()):
            faults.advice(entry.fields.place("id"), _("“{id}” has no definition").format(id=entry.code.id))


def _roles(entries: Iterable[Entry], own: frozenset[str], faults: Faults) -> None:
    used = [(role, place) for entry in entries for role, place in entry.roles]
    if not used:
        return
    known = own | frameworks.known_roles()
    for role, place in used:
        if role not in known:
            faults.fault(
                place,
                _("unknown role “{role}”; known are {known}; a role of your own goes under “roles:”").format(
                    role=role, known=", ".join(sorted(known))
                ),
            )


def _links(entries: Iterable[Entry], faults: Faults) -> None:
    for entry in entries:
        for link, target in entry.code.links.items():
            if target not in frameworks.known_ids(link):
                faults.fault(
                    entry.fields.place(link),
                    _("“{target}” is not in {framework}").format(target=target, framework=frameworks.FRAMEWORKS[link]),
                )
