"""One entity, as all acts that touched it say: does it exist, what are its fields, and where do acts disagree.

Of two acts of which one had seen the other, the one that had stands. Of two that had not seen each other the later one
stands, and where they wrote different things into one field, both are told as a conflict. Changing something counts
for more than taking it away unseen. An act that was taken back counts as not done.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ipscoding.project.entities import Fields, dumps
from ipscoding.project.merging.ancestry import Ancestry
from ipscoding.project.merging.log import Act, Changes


@dataclass(frozen=True, slots=True)
class Write:
    """What one event did to an entity; `at` is its place in the order of all events."""

    at: int
    act: Act
    action: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Side:
    """What one of several acts that had not seen each other wrote (None: it took the field, or the entity, away)."""

    act: Act
    value: Any


@dataclass(slots=True)
class Register:
    """An entity as all acts together say. `fields` are there also where it does not exist, as they were last.

    `latest` is the act that wrote last; `removals` are the acts that took it away.
    """

    alive: bool
    fields: Fields
    first: Write
    latest: Act
    conflicts: dict[str, list[Side]] = field(default_factory=dict)
    removals: list[Act] = field(default_factory=list)
    written: dict[str, Act] = field(default_factory=dict)
    earlier: dict[str, list[Write]] = field(default_factory=dict)


LIFE = ""
"""The name of the field in which a conflict says that somebody took away what somebody else worked on."""

_QUIET = {
    "code": {"position", "version"},
    "coding": {"created_at", "origin", "code_version"},
    "memo": {"created_at", "target"},
    "informant": set(),
    "document": {"source", "source_sha256"},
    "status": {"status"},
    "bookmark": {"created_at"},
    "decision": {"decision", "score", "engine", "coding"},
    "adjudication": {"reason", "coder", "decided_at", "start", "end", "on_text", "marks"},
}
"""Fields of which the later one is right, whoever wrote it."""

_OWN = frozenset(("status", "decision", "bookmark"))
"""Kinds that concern only their coder; that one was taken away in one copy and used in another is no conflict."""

TOGETHER: dict[str, tuple[str, ...]] = {
    "coding": ("start", "end", "on_text"),
    "decision": ("start", "end", "on_text"),
    "memo": ("start", "end", "on_text"),
    "bookmark": ("offset", "on_text"),
    "adjudication": ("outcome", "side"),
}
"""Fields that make sense only together."""

_MEANING = ("definition", "include_when", "exclude_when", "valence")


def register(kind: str, history: Sequence[Write], ancestry: Ancestry, undone: Collection[str]) -> Register:
    """What the writes of one entity, in order, say together. `undone` are ids of acts that were taken back."""
    if len(history) == 1 and history[0].action == "create":
        only = history[0]
        fields = {name: new for name, (_old, new) in only.changes.items() if new is not None}
        return Register(True, fields, only, only.act)
    if _in_line(history, ancestry):
        return _linear(history)
    return _concurrent(kind, _without_undone(kind, history, ancestry, undone), ancestry)


def _in_line(history: Sequence[Write], ancestry: Ancestry) -> bool:
    return all(
        one.act is next_one.act or ancestry.before(one.act.id, next_one.act.id) for one, next_one in pairwise(history)
    )


def _replay(history: Iterable[Write]) -> tuple[bool, Fields]:
    alive, fields = False, dict[str, Any]()
    for write in history:
        if write.action == "delete":
            alive = False
            continue
        if write.action == "create":
            fields = {}
        alive = True
        for name, (_old, new) in write.changes.items():
            if new is None:
                fields.pop(name, None)
            else:
                fields[name] = new
    return alive, fields


def _linear(history: Sequence[Write]) -> Register:
    alive, fields = _replay(history)
    made = Register(alive, fields, history[0], history[-1].act)
    for write in history:
        if write.action == "delete":
            made.removals = [write.act]
        else:
            for name in write.changes:
                made.written[name] = write.act
                made.earlier.setdefault(name, []).append(write)
    return made


def _without_undone(
    kind: str, history: Sequence[Write], ancestry: Ancestry, undone: Collection[str]
) -> Sequence[Write]:
    """The writes without those that were taken back, where taking back gave what would have been without them."""
    reversals: dict[str, list[Write]] = {}
    for write in history:
        if write.act.reverses in undone:
            reversals.setdefault(str(write.act.reverses), []).append(write)
    left = list(history)
    for act_id, turns in sorted(reversals.items(), key=lambda pair: -pair[1][-1].at):
        last = turns[-1].act
        if last.kind != "undo":
            continue
        rest = [w for w in left if w.act.id != act_id and w.act.reverses != act_id]
        if rest and not any(write.action == "create" for write in rest):
            continue
        seen = [w for w in left if w.act is last or ancestry.before(w.act.id, last.id)]
        seen_rest = [w for w in seen if w.act.id != act_id and w.act.reverses != act_id]
        if not rest or not seen_rest:
            continue
        now, would_be = _concurrent(kind, seen, ancestry), _concurrent(kind, seen_rest, ancestry)
        if now.alive == would_be.alive and (not now.alive or now.fields == would_be.fields):
            left = rest
    return left


def _concurrent(kind: str, history: Sequence[Write], ancestry: Ancestry) -> Register:
    def seen(one: Write, by: Write) -> bool:
        return (one.act is by.act and one.at < by.at) or ancestry.before(one.act.id, by.act.id)

    removals = [write for write in history if write.action == "delete"]
    writes = [write for write in history if write.action != "delete"]
    standing = [write for write in writes if not any(seen(write, removal) for removal in removals)]
    made = Register(bool(standing), {}, history[0], history[-1].act, removals=[write.act for write in removals])
    open_removals = [removal for removal in removals if not any(seen(removal, write) for write in writes)]
    if made.alive and open_removals and kind not in _OWN:
        users = [w for w in standing if not any(w is not x and seen(w, x) for x in standing)]
        made.conflicts[LIFE] = [
            *(Side(removal.act, None) for removal in open_removals),
            *(Side(write.act, "") for write in users),
        ]
    names = sorted({name for write in writes for name in write.changes})
    for name in names:
        _resolve(kind, name, names, made, writes, removals, seen)
    if kind == "code":
        _count_version(made, writes, seen)
    return made


def _resolve(
    kind: str,
    name: str,
    names: Sequence[str],
    made: Register,
    writes: Sequence[Write],
    removals: Sequence[Write],
    seen: Any,
) -> None:
    together: tuple[str, ...] = TOGETHER[kind] if name in TOGETHER.get(kind, ()) else (name,)

    def touches(write: Write) -> bool:
        # a thing made anew after it was taken away has no fields but those it was made with
        return any(part in write.changes for part in together) or (
            write.action == "create" and any(seen(removal, write) for removal in removals)
        )

    def value(part: str, by: Write) -> Any:
        for write in reversed(writes):
            if (write is by or seen(write, by)) and (
                part in write.changes or (write.action == "create" and touches(write))
            ):
                return write.changes[part][1] if part in write.changes else None
        return None

    touching = [write for write in writes if touches(write)]
    values = {write.at: dumps([value(part, write) for part in together]) for write in touching}

    def overwritten(write: Write) -> bool:
        # made twice with the same value (projects that were started apart), it was written once
        same = [write]
        if write.action == "create":
            same += [w for w in touching if w.action == "create" and values[w.at] == values[write.at]]
        return any(seen(one, other) for one in same for other in touching if other not in same)

    heads = [write for write in touching if not overwritten(write)] or touching[-1:]
    last = max(heads, key=lambda write: write.at)
    if all(head.action == "create" for head in heads):
        last = heads[0]  # made twice: the one that was there first
    found = value(name, last)
    if found is not None:
        made.fields[name] = found
    made.written[name] = last.act
    made.earlier[name] = [write for write in writes if name in write.changes]
    if len({values[head.at] for head in heads}) > 1 and name == together[0] and not _is_quiet(kind, name):
        told = {values[head.at]: head for head in heads}
        made.conflicts[name] = [
            Side(head.act, value(name, head) if len(together) == 1 else [value(part, head) for part in together])
            for head in sorted(told.values(), key=lambda write: write.at)
        ]


def _is_quiet(kind: str, name: str) -> bool:
    return name in _QUIET.get(kind, ()) or name.startswith("settings.keys/")


def _count_version(made: Register, writes: Sequence[Write], seen: Any) -> None:
    """Two new meanings that had not seen each other are one newer still: codings under either are looked at again."""

    def meaning(write: Write) -> str:
        return dumps({n: new for n, (_old, new) in write.changes.items() if n.partition(".")[0] in _MEANING and new})

    touching = [write for write in writes if "version" in write.changes]
    meanings = {write.at: meaning(write) for write in touching}

    def overwritten(write: Write) -> bool:
        same = [write]
        if write.action == "create":
            same += [w for w in touching if w.action == "create" and meanings[w.at] == meanings[write.at]]
        return any(seen(one, other) for one in same for other in touching if other not in same)

    heads = [write for write in touching if not overwritten(write)]
    if len(heads) > 1:
        highest = max(int(head.changes["version"][1] or 1) for head in heads)
        made.fields["version"] = highest + (len({meanings[head.at] for head in heads}) > 1)
