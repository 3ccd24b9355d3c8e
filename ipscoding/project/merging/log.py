"""The acts that count in a copy of a project: its own, and those that came by merges that stand."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipscoding.errors import ProjectProblem
from ipscoding.i18n import _, ngettext
from ipscoding.project.entities import dumps
from ipscoding.project.journal import MERGE
from ipscoding.project.store import Project

PACKAGE = "package"
"""The act with which a coder's package begins: its events are what the study looked like then."""

Changes = dict[str, list[Any]]
"""Field to [before, after]."""


@dataclass(frozen=True, slots=True)
class Event:
    """What an act did to one entity, and to its twins (`also`)."""

    action: str
    entity: str
    entity_id: str
    changes: Changes
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Act:
    """A command of some copy's journal.

    `parent` is the act before it in that copy (None: the first), `heads` the last acts of what a merge brought.
    A merge has no events: what it changed follows from what it brought.
    """

    id: str
    parent: str | None
    time: str
    coder: str
    kind: str
    reverses: str | None
    name: str
    params: str
    document: str | None
    offset: int | None
    program: str
    events: list[Event] = field(default_factory=list)

    @property
    def heads(self) -> tuple[str, ...]:
        """The last acts of what a merge brought; none for other acts."""
        brings = self.name == MERGE and self.kind != "undo"
        return tuple(json.loads(self.params).get("heads", ())) if brings else ()


_FIELDS = "c.id, {parent}, c.time, c.coder, c.kind, c.reverses, c.name, c.params, c.document, c.offset, c.program"
_STANDING = "c.id IN (SELECT a.command FROM arrivals a JOIN commands m ON m.id = a.merge WHERE m.undone = 0)"


def read(project: Project) -> dict[str, Act]:
    """All acts that count in this copy, by id. Raises `ProjectProblem` where some of its journal is gone.

    A coder's package begins with what the study looked like; when the study's own acts arrive, they take its place.
    """
    own = _own(project)
    acts = {act.id: act for act in own}
    came: set[str] = set()
    received = _FIELDS.format(parent="c.parent")
    for row in project.tuples(f"SELECT {received} FROM received_commands c WHERE {_STANDING}"):
        acts[row[0]] = Act(*row)
        came.add(row[0])
    for command, *rest in project.tuples(
        "SELECT command, action, entity, entity_id, changes, also FROM received_events ORDER BY command, number"
    ):
        if command in came:
            acts[command].events.append(_event(*rest))
    return acts


def exchanged(acts: Mapping[str, Act]) -> dict[str, Act]:
    """Those of `acts` that other copies need: all but the beginning of a package, which they know better."""
    return {act_id: act for act_id, act in acts.items() if act.name != PACKAGE}


def _own(project: Project) -> list[Act]:
    for table in ("commands", "events"):
        # nothing is ever taken out of a journal, so its numbers have no holes
        if project.value(f"SELECT coalesce(max(seq), 0) - count(*) FROM {table}"):
            raise gap(str(project.path))
    acts = [
        Act(*row)
        for row in project.tuples(
            f"SELECT {_FIELDS.format(parent='lag(c.id) OVER (ORDER BY c.seq)')} FROM commands c ORDER BY c.seq"
        )
    ]
    by_id = {act.id: act for act in acts}
    for command, *rest in project.tuples(
        "SELECT command, action, entity, entity_id, changes, also FROM events ORDER BY seq"
    ):
        act = by_id[command]
        if act.name != MERGE:
            act.events.append(_event(*rest))
    return acts


def _event(action: str, entity: str, entity_id: str, changes: str, also: str | None) -> Event:
    return Event(action, entity, entity_id, json.loads(changes), tuple(json.loads(also)) if also else ())


def gap(path: str, missing: int = 0) -> ProjectProblem:
    """Acts are missing in the journal of `path`."""
    what = _("{path}: the journal has a gap").format(path=path)
    if missing:
        what += " " + ngettext("({n} act is missing)", "({n} acts are missing)", missing).format(n=missing)
    return ProjectProblem(what, _("Use a backup of it, or the file it was copied from; nothing was changed"))


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Acts in the one order in which every copy replays them: by time, then by id."""
    return sorted(acts, key=lambda act: (act.time, act.id))


def taken_back(ordered: Iterable[Act]) -> set[str]:
    """Ids of the acts that were undone and not done again, among acts in order."""
    latest = {act.reverses: act.kind for act in ordered if act.reverses}
    return {str(act_id) for act_id, kind in latest.items() if kind == "undo"}


def complete(acts: dict[str, Act], known: dict[str, Act]) -> dict[str, Act]:
    """Those of `acts` of which everything that they had seen is there, in `known` or among them."""
    ordered, whole = in_order(acts.values()), dict[str, Act]()
    undone = taken_back(ordered)
    for act in ordered:
        before = [act.parent] if act.parent else []
        if (act.reverses or act.id) not in undone:  # what a merge brought that was taken back need not be anywhere
            before += act.heads
        if all(one in whole or one in known for one in before):
            whole[act.id] = act
    return whole


def heads(acts: Iterable[Act]) -> list[str]:
    """Those of `acts` after which none of them comes, sorted."""
    acts = list(acts)
    followed = {act.parent for act in acts}
    return sorted(act.id for act in acts if act.id not in followed)


def keep(project: Project, acts: Iterable[Act], merge: str) -> None:
    """Keep acts of other copies, as brought by the act `merge`; part of that act."""
    acts = list(acts)
    project.db.conn.executemany(
        "INSERT OR IGNORE INTO received_commands VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (a.id, a.parent, a.time, a.coder, a.kind, a.reverses, a.name, a.params, a.document, a.offset, a.program)
            for a in acts
        ),
    )
    project.db.conn.executemany(
        "INSERT OR IGNORE INTO received_events VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (a.id, n, e.action, e.entity, e.entity_id, dumps(e.changes), dumps(list(e.also)) if e.also else None)
            for a in acts
            for n, e in enumerate(a.events)
        ),
    )
    project.db.conn.executemany("INSERT OR IGNORE INTO arrivals VALUES (?, ?)", ((act.id, merge) for act in acts))


def packed(acts: Iterable[Act]) -> Iterator[list[Any]]:
    """Acts as plain JSON values, for a file of the shared folder."""
    for a in acts:
        head = [a.id, a.parent, a.time, a.coder, a.kind, a.reverses, a.name, a.params, a.document, a.offset, a.program]
        yield [*head, [[e.action, e.entity, e.entity_id, e.changes, list(e.also)] for e in a.events]]


def unpacked(values: list[Any]) -> Act:
    """An act from what `packed` gave."""
    *head, events = values
    act = Act(*head)
    act.events = [Event(action, kind, entity, changes, tuple(also)) for action, kind, entity, changes, also in events]
    return act
