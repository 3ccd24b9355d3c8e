"""From what the tables say to what a set of acts says: the difference, and writing it as part of a merge."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipscoding.project import entities, journal, placing
from ipscoding.project.entities import ENTITIES, Fields, dumps
from ipscoding.project.journal import State
from ipscoding.project.merging.fold import Folded
from ipscoding.project.store import Project

HERE = "settings.coder"
"""The project's field that is for this copy alone: who codes when nobody says."""

Change = tuple[Any, Any]


@dataclass
class Difference:
    """What has to be taken out of the tables, changed and put in, by kind and id."""

    gone: dict[str, dict[str, Fields]]
    changed: dict[str, dict[str, dict[str, Change]]]
    new: dict[str, dict[str, Fields]]

    @property
    def events(self) -> int:
        """How many entities differ."""
        return sum(len(entities) for part in (self.gone, self.changed, self.new) for entities in part.values())


def tables(project: Project) -> State:
    """All entities as the tables have them: `journal.state`, read table by table."""
    return {kind: dict(_rows(project, kind)) for kind in ENTITIES}


def _rows(project: Project, kind: str) -> Iterator[tuple[str, Fields]]:
    entity = ENTITIES[kind]
    names = (*entity.columns, *entity.maps, *entity.lists)
    listed = ", ".join(f'"{name}"' for name in names)
    for entity_id, *values in project.tuples(f"SELECT id, {listed} FROM {entity.table}"):
        row = dict(zip(names, values, strict=True))
        for name in (*entity.maps, *entity.lists):
            row[name] = json.loads(row[name])
        yield entity_id, entities.flatten(kind, row)


def difference(project: Project, folded: Folded) -> Difference:
    """What is between the tables of `project` and what `folded` says."""
    now = tables(project)
    made = Difference({}, {}, {})
    for kind, wanted in folded.entities.items():
        here, defaults = now[kind], _defaults(project, kind)
        made.gone[kind] = {entity_id: fields for entity_id, fields in here.items() if entity_id not in wanted}
        new, changed = made.new.setdefault(kind, {}), made.changed.setdefault(kind, {})
        own = {name: value for fields in here.values() for name, value in fields.items() if name == HERE}
        for entity_id, fields in wanted.items():
            if kind == "project":
                fields = {**{name: value for name, value in fields.items() if name != HERE}, **own}
            fields = {**defaults, **fields}
            before = here.get(entity_id)
            if before is None:
                new[entity_id] = fields
            elif before != fields:
                changed[entity_id] = {
                    name: (before.get(name), fields.get(name))
                    for name in sorted(before.keys() | fields.keys())
                    if before.get(name) != fields.get(name)
                }
    return made


def _defaults(project: Project, kind: str) -> Fields:
    """What the table puts where an older act says nothing of a column."""
    columns = set(ENTITIES[kind].columns)
    rows = project.rows(f"SELECT name, dflt_value FROM pragma_table_info('{ENTITIES[kind].table}')")
    # as SQLite writes them: a number, or a text in quotes
    return {
        row["name"]: row["dflt_value"].strip("'") if row["dflt_value"].startswith("'") else int(row["dflt_value"])
        for row in rows
        if row["name"] in columns and row["dflt_value"] is not None
    }


def apply(act: journal.Command, made: Difference, folded: Folded) -> None:
    """Write a difference into tables and journal, as part of `act`.

    Its events carry the time and the coder of the acts that they come from, not of the merge.
    """
    project = act.project
    # names that must differ: first goes what goes, then changes what changes, then comes what is new
    # and a coding goes before its interview, so that an undo brings the interview back first
    for kind, gone in reversed(made.gone.items()):
        sql = f"DELETE FROM {ENTITIES[kind].table} WHERE id = ?"
        project.db.conn.executemany(sql, ((entity_id,) for entity_id in gone))
        _note(act, "delete", kind, {e: {n: (value, None) for n, value in f.items()} for e, f in gone.items()}, folded)
    for kind, changed in made.changed.items():
        for entity_id, changes in changed.items():
            entities.write(project, kind, entity_id, {n: new for n, (_old, new) in changes.items()}, new=False)
        _note(act, "update", kind, changed, folded)
    for kind, new in made.new.items():
        insert(project, kind, new)
        _note(act, "create", kind, {e: {n: (None, value) for n, value in f.items()} for e, f in new.items()}, folded)
    placing.place_missing(project)


def _note(
    act: journal.Command, action: str, kind: str, changes: Mapping[str, Mapping[str, Change]], folded: Folded
) -> None:
    if not changes:
        return
    act.note_many(
        (
            str(uuid.uuid4()),
            latest.time if (latest := folded.latest.get((kind, entity_id))) else act.stamp,
            latest.coder if latest else act.coder,
            action,
            kind,
            entity_id,
            dumps({name: list(pair) for name, pair in fields.items()}),
        )
        for entity_id, fields in changes.items()
    )


def insert(project: Project, kind: str, new: Mapping[str, Fields]) -> None:
    """Put many entities of one kind into their table."""
    if not new:
        return
    entity = ENTITIES[kind]
    rows: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for entity_id, fields in new.items():
        values: Fields = {"id": entity_id}
        inner: dict[str, Fields] = {}
        for name, value in fields.items():
            column, dot, key = name.partition(".")
            if dot and column in entity.maps:
                inner.setdefault(column, {})[key] = value
            else:
                values[name] = dumps(value) if name in entity.lists else value
        values.update({column: dumps(value) for column, value in inner.items()})
        rows.setdefault(tuple(values), []).append(tuple(values.values()))
    for names, several in rows.items():
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        project.db.conn.executemany(f"INSERT INTO {entity.table} ({listed}) VALUES ({marks})", several)
