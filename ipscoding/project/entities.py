"""What the journal can change, and how a change is written into the tables.

Every entity has a UUID and flat fields. A field `label.nb` lives under the key `nb` of the JSON column `label`,
so two people who change two languages of one label do not meet. Columns in `lists` hold a JSON list as one value.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipscoding.project import placing
from ipscoding.project.store import Project

Fields = dict[str, Any]


@dataclass(frozen=True)
class Entity:
    """One kind of entity: its table, plain columns, JSON object columns and JSON list columns."""

    table: str
    columns: tuple[str, ...]
    maps: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


ENTITIES = {
    "project": Entity("project", ("name",), maps=("settings",)),
    "coder": Entity("coders", ("name", "role", "colour"), maps=("aliases",)),
    "informant": Entity("informants", ("name", "role"), maps=("attributes",)),
    "code": Entity(
        "codes",
        ("code", "parent", "position", "valence", "codable", "retired", "merged_into", "colour", "version"),
        maps=("label", "definition", "include_when", "exclude_when", "links", "extra"),
        lists=("examples", "roles"),
    ),
    "document": Entity(
        "documents",
        ("name", "text", "informant", "language", "date", "source", "source_sha256"),
        maps=("speakers", "attributes"),
    ),
    "coding": Entity(
        "made_codings",
        (
            *("document", "start", "end", "on_text", "code", "coder", "valence", "strength", "origin"),
            *("code_version", "created_at", "quotable"),
        ),
    ),
    "memo": Entity("made_memos", ("target", "coder", "text", "created_at", "start", "end", "on_text", "origin")),
    "bookmark": Entity("made_bookmarks", ("document", "offset", "on_text", "coder", "note", "created_at")),
    "status": Entity("statuses", ("document", "coder", "status")),
    "decision": Entity(
        "made_decisions",
        ("document", "start", "end", "on_text", "code", "coder", "decision", "score", "engine", "coding"),
    ),
    "adjudication": Entity(
        "made_adjudications",
        ("document", "start", "end", "on_text", "code", "marks", "outcome", "side", "reason", "coder", "decided_at"),
        maps=("codings",),
    ),
    "twin": Entity("twins", ("shown",)),
    "conflict": Entity("conflicts", ("entity", "entity_id", "field"), lists=("sides",)),
}

FOUND = frozenset(("twin", "conflict"))
"""Kinds that nobody makes: they are what merging finds, and are found again in every copy."""


def dumps(value: Any) -> str:
    """JSON with a fixed order of keys, so that equal content is equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def flatten(kind: str, values: Mapping[str, Any]) -> Fields:
    """Fields as the journal keeps them: `{"label": {"nb": "x"}}` becomes `{"label.nb": "x"}`; None is left out."""
    maps = ENTITIES[kind].maps
    flat: Fields = {}
    for name, value in values.items():
        if name in maps:
            flat.update({f"{name}.{key}": inner for key, inner in (value or {}).items() if inner is not None})
        elif value is not None:
            flat[name] = value
    return flat


def read(project: Project, kind: str, entity_id: str) -> Fields | None:
    """The flat fields of an entity as the tables have it now, or None where it does not exist."""
    entity = ENTITIES[kind]
    names = ", ".join(f'"{name}"' for name in (*entity.columns, *entity.maps, *entity.lists))
    row = project.row(f"SELECT {names} FROM {entity.table} WHERE id = ?", (entity_id,))
    if row is None:
        return None
    for name in (*entity.maps, *entity.lists):
        row[name] = json.loads(row[name])
    return flatten(kind, row)


def write(project: Project, kind: str, entity_id: str, fields: Mapping[str, Any], *, new: bool) -> None:
    """Write `fields` (flat; None takes a field away) of a new or an existing entity into its table."""
    entity = ENTITIES[kind]
    values: Fields = {}
    inner: dict[str, Fields] = {}
    for name, value in fields.items():
        column, dot, key = name.partition(".")
        if dot:
            inner.setdefault(column, {})[key] = value
        else:
            values[name] = dumps(value if value is not None else []) if name in entity.lists else value
    if inner:
        now = {} if new else project.row(f"SELECT * FROM {entity.table} WHERE id = ?", (entity_id,)) or {}
        for column, changed in inner.items():
            merged = {**json.loads(now.get(column, "{}")), **changed}
            values[column] = dumps({key: value for key, value in merged.items() if value is not None})
    if new:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * (len(values) + 1))
        project.execute(
            f"INSERT INTO {entity.table} (id, {names}) VALUES ({marks})",
            (entity_id, *values.values()),
        )
    elif values:
        assignments = ", ".join(f'"{name}" = ?' for name in values)
        project.execute(
            f"UPDATE {entity.table} SET {assignments} WHERE id = ?",
            (*values.values(), entity_id),
        )
    if kind == "document" and "text" in values and not new:
        placing.place_document(project, entity_id)
    elif kind in placing.PLACED and (new or _PLACE & values.keys()):
        placing.place_one(project, kind, entity_id)


_PLACE = frozenset(("document", "target", "start", "end", "offset", "marks", "on_text"))
"""Fields on which it depends where a thing stands."""


def remove(project: Project, kind: str, entity_id: str) -> None:
    """Take an entity out of its table."""
    project.execute(f"DELETE FROM {ENTITIES[kind].table} WHERE id = ?", (entity_id,))
