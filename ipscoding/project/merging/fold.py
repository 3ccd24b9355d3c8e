"""What a set of acts says: all entities of the project, whichever copy asks.

First each entity for itself (`registers`), then what holds between entities: what somebody works on is there, the
codebook is a tree, codings follow merged codes, the same coding made twice is one, names are different.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ipscoding.domain import Valence
from ipscoding.project.entities import ENTITIES, FOUND, Fields
from ipscoding.project.merging import sameness
from ipscoding.project.merging.ancestry import Ancestry
from ipscoding.project.merging.identity import CODER_NAME, Identities, references
from ipscoding.project.merging.log import Act, in_order, taken_back
from ipscoding.project.merging.registers import LIFE, Register, Side, Write, register
from ipscoding.project.placing import PLACED, has_place

Registers = dict[str, dict[str, Register]]


@dataclass
class Folded:
    """All entities by kind and id, who wrote each last, and what was noticed on the way."""

    entities: dict[str, dict[str, Fields]]
    latest: dict[tuple[str, str], Act]
    projects: frozenset[str]
    following: set[str] = field(default_factory=set)
    united: int = 0
    waiting: set[str] = field(default_factory=set)
    renamed: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    hidden: int = 0


def fold(acts: Mapping[str, Act], texts: Collection[str], viewer: str | None = None) -> Folded:
    """Replay `acts` in the one order.

    Args:
        acts: what counts, by id; of each, what it had seen is among them.
        texts: hashes of the texts that are at hand; interviews without theirs wait.
        viewer: a coder's id: what blind coding hides from them is left out.
    """
    ordered = in_order(acts.values())
    ancestry = Ancestry(ordered)
    identities = Identities((act, event) for act in ordered for event in act.events)
    registers = _registers(ordered, ancestry, identities)
    _complete(registers)
    conflicts: dict[tuple[str, str, str], list[Side]] = {}
    for kind, entities in registers.items():
        for entity_id, one in entities.items():
            if one.alive:
                conflicts.update({(kind, entity_id, name): sides for name, sides in one.conflicts.items()})
    _stay(registers)
    _revive(registers, ancestry, conflicts)
    made = Folded({kind: {} for kind in ENTITIES}, {}, identities.projects)
    _without_text(registers, texts, made)
    _untangle(registers, "parent", conflicts)
    _untangle(registers, "merged_into", conflicts)
    for kind, entities in registers.items():
        for entity_id, one in entities.items():
            if one.alive:
                made.entities[kind][entity_id] = one.fields
                made.latest[kind, entity_id] = one.latest
    _follow(registers, made)
    for coder, kept in identities.coders.items():
        made.entities["twin"][coder] = {"shown": kept}
    sameness.unite(registers, made, conflicts)
    _name(registers, made)
    if viewer is not None:
        _hide(made, identities.kept("coder", viewer))
    for (kind, entity_id, name), sides in conflicts.items():
        if entity_id in made.entities[kind]:
            sameness.tell_conflict(made, kind, entity_id, name, sides, identities.kept)
    return made


def _registers(ordered: list[Act], ancestry: Ancestry, identities: Identities) -> Registers:
    histories: dict[tuple[str, str], list[Write]] = {}
    value = identities.value
    at = 0
    for act in ordered:
        for event in act.events:
            kind = event.entity
            if kind in FOUND:
                continue
            changes = event.changes
            named = references(kind, changes)
            if named:
                changes = {
                    name: [value(kind, name, old), value(kind, name, new)] if name in named else [old, new]
                    for name, (old, new) in changes.items()
                }
            for entity_id in (event.entity_id, *event.also):
                kept = identities.kept(kind, entity_id)
                if kind == "coder" and kept != entity_id:
                    continue  # another name of somebody
                histories.setdefault((kind, kept), []).append(Write(at, act, event.action, changes))
                at += 1
    undone = taken_back(ordered)
    registers: Registers = {kind: {} for kind in ENTITIES}
    for (kind, entity_id), history in histories.items():
        registers[kind][entity_id] = register(kind, history, ancestry, undone)
    return registers


def _complete(registers: Registers) -> None:
    """Say in which text a place is meant where the act does not: it was done when the interview had its first one."""
    documents = registers["document"]
    for kind, placed in PLACED.items():
        for one in registers[kind].values():
            if "on_text" in one.fields or not has_place(kind, one.fields):
                continue
            document = documents.get(one.fields[placed.document])
            if document is not None:
                one.fields["on_text"] = document.first.changes["text"][1]


def _revive(registers: Registers, ancestry: Ancestry, conflicts: dict[tuple[str, str, str], list[Side]]) -> None:
    """What somebody took away while somebody else worked on it stays, until people have decided."""
    for one, kind, target in _uses(registers, ancestry):
        gone = registers[kind][target]
        removed = [act for act in gone.removals if not ancestry.before(one.first.act.id, act.id)]
        conflicts[kind, target, LIFE] = [
            *(Side(act, None) for act in (removed or gone.removals[-1:])),
            Side(one.latest, ""),
        ]
        gone.alive = True
        if kind == "document":
            _revive_with(registers, target, {act.id for act in gone.removals})


def _uses(registers: Registers, ancestry: Ancestry) -> Iterator[tuple[Register, str, str]]:
    """Each living entity with one that it names and that is gone, until there is none; the caller brings that back."""
    found = True
    while found:
        found = False
        for kind, entities in registers.items():
            for one in list(entities.values()):
                if not one.alive:
                    continue
                for name, target_kind in references(kind, one.fields).items():
                    if name == "coding":
                        continue  # a decision tells what became of a suggestion; it needs no coding
                    for candidate in (target_kind,) if target_kind else ("coding", "document", "code"):
                        gone = registers[candidate].get(one.fields[name])
                        # whoever takes a thing away may leave a memo on it that they had seen
                        if gone is None or gone.alive or (not target_kind and _was_left(one, gone, ancestry)):
                            continue
                        yield one, candidate, one.fields[name]
                        found = True


def _was_left(memo: Register, gone: Register, ancestry: Ancestry) -> bool:
    return all(ancestry.before(memo.first.act.id, act.id) for act in gone.removals)


def _stay(registers: Registers) -> None:
    """What went with an interview is there where somebody went on working on the interview after it had come back."""
    for document, one in registers["document"].items():
        anew = any(write.action == "create" and write.act.reverses for write in one.earlier.get("name", ()))
        if one.alive and one.removals and not anew:
            _revive_with(registers, document, {act.id for act in one.removals})


def _revive_with(registers: Registers, document: str, removals: set[str]) -> None:
    """What went with an interview comes back with it."""
    back = {document}
    for kind in ("coding", "status", "decision", "bookmark", "adjudication"):
        for entity_id, one in registers[kind].items():
            if not one.alive and one.fields.get("document") == document and _went(one, removals):
                one.alive = True
                back.add(entity_id)
    for one in registers["memo"].values():
        if not one.alive and one.fields.get("target") in back and _went(one, removals):
            one.alive = True


def _went(one: Register, removals: set[str]) -> bool:
    return any(act.id in removals for act in one.removals)


def _without_text(registers: Registers, texts: Collection[str], made: Folded) -> None:
    """Leave out interviews whose text is not at hand, and what hangs on them; they come when it does."""
    for entity_id, one in registers["document"].items():
        if one.alive and one.fields["text"] not in texts:
            one.alive = False
            made.waiting.add(entity_id)
    if made.waiting:
        for kind in ("coding", "status", "decision", "bookmark"):
            for one in registers[kind].values():
                if one.fields.get("document") in made.waiting:
                    one.alive = False


def _untangle(registers: Registers, name: str, conflicts: dict[tuple[str, str, str], list[Side]]) -> None:
    """Take back the latest of several moves (or merges) of codes that only together make a circle."""
    codes = registers["code"]
    while True:
        circle = _circle({code: one.fields.get(name) for code, one in codes.items()})
        if not circle:
            return
        latest = {code: _writes(codes[code], name)[-1] for code in circle}
        code = max(circle, key=lambda code: latest[code].at)
        one, last = codes[code], latest[code]
        before = [write for write in _writes(one, name) if write.act is not last.act]
        kept = before[-1] if before else None
        conflicts["code", code, name] = [
            Side((kept or one.first).act, kept.changes[name][1] if kept else None),
            Side(last.act, last.changes[name][1]),
        ]
        _write_back(one, name, last)
        if name == "merged_into":
            _write_back(one, "retired", last)


def _writes(one: Register, name: str) -> list[Write]:
    return one.earlier.get(name) or [one.first]


def _write_back(one: Register, name: str, last: Write) -> None:
    """Give a field the value that it had before the act of `last`."""
    before = [write for write in _writes(one, name) if write.act is not last.act and name in write.changes]
    value = before[-1].changes[name][1] if before else None
    one.earlier[name] = before
    if before:
        one.written[name] = before[-1].act
    if value is not None or name == "retired":
        one.fields[name] = value or 0
    else:
        one.fields.pop(name, None)


def _circle(upward: Mapping[str, str | None]) -> list[str]:
    """A circle in what leads upward from each code; empty where there is none."""
    free: set[str] = set()
    for start in sorted(upward):
        path: list[str] = []
        code: str | None = start
        while code is not None and code not in free and code not in path:
            path.append(code)
            code = upward.get(code)
        if code is not None and code in path:
            return path[path.index(code) :]
        free.update(path)
    return []


def _follow(registers: Registers, made: Folded) -> None:
    """Codings that somebody made with a code while somebody else merged it into another one get that one."""
    codes = made.entities["code"]
    merged = {code for code, fields in codes.items() if fields.get("merged_into") and fields.get("retired")}
    if not merged:
        return
    for coding, fields in made.entities["coding"].items():
        code, steps = fields["code"], []
        while code in merged:
            steps.append(code)
            code = codes[code]["merged_into"]
        if not steps:
            continue
        merge = registers["code"][steps[-1]]
        when = _when(merge, "merged_into")
        follower = {**fields, "code": code}
        if _when(registers["coding"][coding], "code_version") < when:
            follower["code_version"] = _version_at(registers["code"][code], when, int(codes[code]["version"]))
        allowed = Valence(codes[code]["valence"])
        if not _allows(allowed, Valence(fields["valence"])):
            follower["valence"] = str(Valence.NONE)
        made.entities["coding"][coding] = follower
        made.latest["coding", coding] = merge.written.get("merged_into", merge.latest)
        made.following.add(coding)


def _allows(allowed: Valence, valence: Valence) -> bool:
    return valence is Valence.NONE or allowed is Valence.BOTH or allowed is valence


def _when(one: Register, name: str) -> str:
    return one.written.get(name, one.first.act).time


def _version_at(code: Register, when: str, now: int) -> int:
    """The version that a code had when the act of the time `when` was done."""
    writes = [write for write in code.earlier.get("version", ()) if write.act.time <= when]
    return int(writes[-1].changes["version"][1]) if writes else now


_SUFFIX: dict[str, Callable[[str, int], str]] = {
    "coder": lambda name, n: f"{name} ({n})",
    "informant": lambda name, n: f"{name} ({n})",
    "document": lambda name, n: f"{name} ({n})",
    "code": lambda name, n: f"{name}-{n}",
}


def _name(registers: Registers, made: Folded) -> None:
    """Give different things different names; the one that was there first keeps its own."""
    called = {
        name.removeprefix(CODER_NAME): value
        for fields in made.entities["project"].values()
        for name, value in fields.items()
        if name.startswith(CODER_NAME)
    }
    for coder, name in called.items():
        if coder in made.entities["coder"]:
            made.entities["coder"][coder] = {**made.entities["coder"][coder], "name": name}
    for kind, suffixed in _SUFFIX.items():
        column = "code" if kind == "code" else "name"
        taken = {fields[column] for fields in made.entities[kind].values()}
        if len(taken) == len(made.entities[kind]):
            continue
        seen: set[str] = set()
        for entity_id in sorted(made.entities[kind], key=lambda e: (registers[kind][e].first.at, e)):
            name = made.entities[kind][entity_id][column]
            if name in seen:
                new = next(n for i in range(2, 100_000) if (n := suffixed(name, i)) not in taken)
                made.renamed[kind, entity_id] = (name, new)
                made.entities[kind][entity_id] = {**made.entities[kind][entity_id], column: new}
                taken.add(new)
                name = new
            seen.add(name)


def _hide(made: Folded, viewer: str) -> None:
    """Leave out what blind coding hides: others' work on an interview that not all who code it are done with."""
    if not any(fields.get("settings.blind") for fields in made.entities["project"].values()):
        return
    still: set[str] = set()
    mine: set[str] = set()
    for fields in made.entities["status"].values():
        if fields["status"] != "done":
            still.add(fields["document"])
        if fields["coder"] == viewer:
            mine.add(fields["document"])
    open_to_me = mine - still
    gone: set[str] = set()
    for kind in ("coding", "decision", "bookmark"):
        for entity_id, fields in list(made.entities[kind].items()):
            if fields["coder"] != viewer and fields["document"] not in open_to_me:
                gone.add(entity_id)
                del made.entities[kind][entity_id]
                made.hidden += kind == "coding"
    on_text = set(made.entities["document"])
    for entity_id, fields in list(made.entities["memo"].items()):
        if fields["coder"] != viewer and (
            fields["target"] in gone or (fields["target"] in on_text and fields["target"] not in open_to_me)
        ):
            del made.entities["memo"][entity_id]
    for entity_id, shown in list(made.entities["twin"].items()):
        if shown["shown"] in gone:
            del made.entities["twin"][entity_id]
