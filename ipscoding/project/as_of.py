"""The project as it was at a date: told by the journal, in memory, to be read as any project is."""

import json

from ipscoding.errors import NotFound
from ipscoding.i18n import _
from ipscoding.project import connect, entities, placing
from ipscoding.project.codebook_changes import moment
from ipscoding.project.entities import ENTITIES, Fields
from ipscoding.project.merging import difference, log, texts
from ipscoding.project.merging.fold import fold
from ipscoding.project.store import Project


def as_of(project: Project, when: str) -> Project:
    """The project at `when` (a date: its end; or a date and time), in memory and read-only. Close it as any project.

    What people did in other copies counts from when they did it, not from when it was merged. The text of an interview
    is that of the time. Raises `NotFound` where `when` is no date, or the project was not made yet.
    """
    until = moment(when)
    past = Project(path=project.path, db=connect.snapshot(project.path), coder=project.coder)
    try:
        with past.writing():
            if past.value("SELECT 1 FROM received_commands LIMIT 1") is None:
                _walk_back(past, until)
            else:
                _write_anew(past, until)
            placing.place_missing(past)
        if past.value("SELECT 1 FROM project") is None:
            raise NotFound(
                _("{path} was not made yet at {when}").format(path=project.path, when=when),
                _("Choose a later date; history shows when it was made"),
            )
    except BaseException:
        past.close()
        raise
    past.read_only = True
    return past


def _walk_back(past: Project, until: str) -> None:
    """Take back in the tables what the journal says was done after the stamp `until`, the last first."""
    touched: dict[str, dict[str, Fields | None]] = {}
    later = past.tuples(
        "SELECT entity, entity_id, action, changes FROM events WHERE time > ? ORDER BY seq DESC", (until,)
    )
    for kind, entity_id, action, changes in later:
        there = touched.setdefault(kind, {})
        if action == "create":
            there[entity_id] = None
            continue
        if entity_id not in there:
            there[entity_id] = entities.read(past, kind, entity_id) if action == "update" else {}
        fields = there[entity_id] if action == "update" else {}
        if fields is None:
            continue
        for name, (old, _new) in json.loads(changes).items():
            if old is None:
                fields.pop(name, None)
            else:
                fields[name] = old
        there[entity_id] = fields
    for kind, there in touched.items():
        sql = f"DELETE FROM {ENTITIES[kind].table} WHERE id = ?"
        past.db.conn.executemany(sql, ((entity_id,) for entity_id in there))
    for kind, there in touched.items():
        difference.insert(past, kind, {entity_id: fields for entity_id, fields in there.items() if fields is not None})
    for entity_id, fields in touched.get("document", {}).items():
        if fields is not None:
            placing.place_document(past, entity_id)


def _write_anew(past: Project, until: str) -> None:
    """Write the tables from the acts done by the stamp `until`, in this copy and in those merged into it.

    What was merged stands in the journal as it came out in the end; what it came from says how things were before.
    """
    acts = {identity: act for identity, act in log.read(past).items() if act.time <= until}
    told = fold(acts, texts.hashes(past)).entities
    for kind in ENTITIES:
        past.execute(f"DELETE FROM {ENTITIES[kind].table}")
    for kind in ENTITIES:
        difference.insert(past, kind, told[kind])
