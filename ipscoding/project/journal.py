"""The journal: every act as a command of events, the tables written with it, and undo, redo and history from it.

A *command* is one act of one coder (one coding, a whole import). Its *events* say which entity changed, field by
field, from what to what. An undo is itself a command whose events are the mirror of what it takes back, so the
journal only ever grows.
"""

import json
import sqlite3
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ipscoding.domain import in_language
from ipscoding.errors import IpscodingError, NotAllowed, UndoBlocked
from ipscoding.i18n import _, language
from ipscoding.project import acts, clock, entities, placing
from ipscoding.project.entities import Fields
from ipscoding.project.store import Project, Row
from ipscoding.version import __version__

Change = tuple[Any, Any]

WITH_TWINS = frozenset(("coding", "memo", "bookmark"))
"""Kinds of which two copies of a project can hold the very same twice."""

MERGE = "merge"
"""The act that brings in other copies' acts. Its own events are what that changed here; no other copy needs them."""


@dataclass
class Command:
    """An act under way: collects events and writes them to the tables as they come."""

    project: Project
    name: str
    params: dict[str, Any]
    coder: str
    stamp: str
    kind: str = "do"
    reverses: str | None = None
    document: str | None = None
    offset: int | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    events: int = 0
    opened: bool = field(default=False, repr=False)

    def create(self, kind: str, entity_id: str, values: Mapping[str, Any]) -> None:
        """Make a new entity with `values` (JSON columns as dicts); its place is one in the text in force."""
        if placing.has_place(kind, values) and values.get("on_text") is None:
            values = {**values, "on_text": placing.text_of(self.project, kind, values)}
        entities.write(self.project, kind, entity_id, entities.flatten(kind, values), new=True)
        # what the table made of it, defaults included, so that a replay needs no knowledge of the schema
        fields = entities.read(self.project, kind, entity_id) or {}
        self._record("create", kind, entity_id, {name: (None, value) for name, value in fields.items()})

    def update(self, kind: str, entity_id: str, values: Mapping[str, Any]) -> bool:
        """Change fields of an entity; a JSON column replaces all its keys. False where nothing differs.

        A place is given whole, as one in the text in force.
        """
        now = entities.read(self.project, kind, entity_id)
        if now is None:
            raise KeyError(entity_id)
        if placing.has_place(kind, values):
            values = {**values, "on_text": placing.text_of(self.project, kind, {**now, **values})}
        wanted = entities.flatten(kind, values)
        named = {name for name in now if name.partition(".")[0] in values}
        changes = {
            name: (now.get(name), wanted.get(name))
            for name in sorted(named | wanted.keys())
            if now.get(name) != wanted.get(name)
        }
        if placing.has_place(kind, changes) or "on_text" in changes:
            # a place is said whole: in another copy its other end may have been meant in another text
            whole = (*placing.PLACED[kind].place, "on_text")
            changes = {**{name: (now.get(name), wanted.get(name, now.get(name))) for name in whole}, **changes}
        return self.change(kind, entity_id, changes)

    def change(self, kind: str, entity_id: str, changes: Mapping[str, Change]) -> bool:
        """Write field changes `{field: (before, after)}` to an entity; False where there are none."""
        if not changes:
            return False
        after = {name: new for name, (_old, new) in changes.items()}
        entities.write(self.project, kind, entity_id, after, new=False)
        self._record("update", kind, entity_id, changes)
        return True

    def delete(self, kind: str, entity_id: str) -> None:
        """Take an entity away; its fields stay in the journal."""
        now = entities.read(self.project, kind, entity_id)
        if now is None:
            raise KeyError(entity_id)
        entities.remove(self.project, kind, entity_id)
        self._record("delete", kind, entity_id, {name: (value, None) for name, value in now.items()})

    def _record(self, action: str, kind: str, entity_id: str, changes: Mapping[str, Change]) -> None:
        self.open()
        self.events += 1
        self.project.execute(
            "INSERT INTO events (id, command, time, coder, action, entity, entity_id, changes, also)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid.uuid4()),
                self.id,
                self.stamp,
                self.coder,
                action,
                kind,
                entity_id,
                entities.dumps({name: list(pair) for name, pair in changes.items()}),
                self._twins(kind, entity_id),
            ),
        )

        if kind not in entities.FOUND and self.name != MERGE:
            self._settle(action, entity_id, changes)

    def _settle(self, action: str, entity_id: str, changes: Mapping[str, Change]) -> None:
        # whoever writes a field has seen what stood against it, so there is nothing left to decide
        for conflict, name in self.project.tuples(
            "SELECT id, field FROM conflicts WHERE entity_id = ? ORDER BY id", (entity_id,)
        ):
            parts = {"start": ("start", "end", "on_text"), "outcome": ("outcome", "side")}.get(name, (name,))
            if action == "delete" or not name or any(part in changes for part in parts):
                self.delete("conflict", conflict)

    def note_many(self, rows: Iterable[tuple[str, str, str, str, str, str, str]]) -> None:
        """Record events that were written to the tables already: (id, time, coder, action, kind, entity's id, changes).

        They may carry another act's time and coder: those that a merge took over.
        """
        self.open()
        done = self.project.db.conn.executemany(
            "INSERT INTO events (command, id, time, coder, action, entity, entity_id, changes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((self.id, *row) for row in rows),
        )
        self.events += done.rowcount

    def _twins(self, kind: str, entity_id: str) -> str | None:
        # what merging shows as one is changed as one: else its twin would come back with the next merge
        if kind not in WITH_TWINS:
            return None
        twins = self.project.tuples("SELECT id FROM twins WHERE shown = ? ORDER BY id", (entity_id,))
        return entities.dumps([twin for (twin,) in twins]) if twins else None

    def come_after(self, stamp: str) -> None:
        """Be later than `stamp`, an act that came from elsewhere; before anything is recorded."""
        self.stamp = max(self.stamp, clock.after(stamp, clock.now())) if stamp else self.stamp

    def open(self) -> None:
        """Write the act itself into the journal, once, though nothing may be recorded of it."""
        if self.opened:
            return
        self.opened = True
        self.project.execute(
            "INSERT INTO commands (id, time, coder, kind, reverses, name, params, document, offset, program)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.id,
                self.stamp,
                self.coder,
                self.kind,
                self.reverses,
                self.name,
                entities.dumps(self.params),
                self.document,
                self.offset,
                __version__,
            ),
        )

    def describe(self, **params: Any) -> None:
        """Add to what history says of this act, once it is known (how many documents, say)."""
        self.params.update(params)
        if self.opened:
            self.project.execute("UPDATE commands SET params = ? WHERE id = ?", (entities.dumps(self.params), self.id))


def _next_stamp(project: Project) -> str:
    last = project.value("SELECT time FROM commands ORDER BY time DESC LIMIT 1") or ""
    return clock.after(last, clock.now())


def _ensure_coder(project: Project) -> str:
    known = project.coder_id()
    if known is not None:
        return known
    new = str(uuid.uuid4())
    arrival = Command(project, "coder", {"coder": project.coder}, new, _next_stamp(project), kind="note")
    arrival.create("coder", new, {"name": project.coder})
    return new


def check_may_write(project: Project, coder: str) -> None:
    """Raises `NotAllowed` where the coder with this id only reads in this project."""
    known = project.row("SELECT name, role FROM coders WHERE id = ?", (coder,))
    if known is not None and known["role"] == "reader":
        raise NotAllowed(
            _("{coder} is a reader in this project and changes nothing").format(coder=known["name"]),
            _('The lead can change that: ipscoding coders role "{path}" NAME coder').format(path=project.path),
        )


@contextmanager
def command(
    project: Project,
    name: str,
    *,
    document: str | None = None,
    offset: int | None = None,
    undoable: bool = True,
    dry_run: bool = False,
    **params: Any,
) -> Iterator[Command]:
    """One act: everything recorded inside is one transaction and one undo.

    `name` is a key of `acts.ACTS`, `params` fill its sentence; `document` and `offset` say where a screen
    should go to show it. Inside another command it joins that one. An act without events, or a `dry_run`, leaves
    no trace.
    """
    if project.open_command is not None:
        yield project.open_command
        return
    with project.writing():
        coder = _ensure_coder(project)
        if name != MERGE:
            check_may_write(project, coder)
        kind = "do" if undoable else "note"
        act = Command(project, name, params, coder, _next_stamp(project), kind, document=document, offset=offset)
        project.open_command = act
        try:
            yield act
            if dry_run or not act.opened:
                project.db.conn.rollback()
        finally:
            project.open_command = None


@dataclass(frozen=True)
class Step:
    """What an undo or redo did: a sentence, where to look, and what others' later work kept from changing."""

    text: str
    document_id: str | None
    offset: int | None
    kept: int = 0


def undo(project: Project) -> Step | None:
    """Take back this coder's last act that still stands; None where there is none.

    Fields that somebody else has changed since are left as they are (`Step.kept` counts them).
    Raises `UndoBlocked` where other work rests on what would vanish.
    """
    mine, ids = _mine(project)
    last = project.row(
        f"SELECT * FROM commands WHERE {mine} AND kind = 'do' AND undone = 0 ORDER BY seq DESC LIMIT 1", ids
    )
    return _reverse(project, last, "undo") if last else None


def redo(project: Project) -> Step | None:
    """Do again what this coder last took back; None where there is nothing, or something new was done since."""
    mine, ids = _mine(project, "c.")
    first = project.row(
        f"SELECT c.* FROM commands c WHERE {mine} AND {_can_be_redone(project)} ORDER BY c.seq LIMIT 1", ids
    )
    return _reverse(project, first, "redo") if first else None


def _can_be_redone(project: Project) -> str:
    """The condition that the act `c` was taken back after the last act that this coder did, whatever became of that."""
    mine, _ids = _mine(project)
    return (
        "c.kind = 'do' AND c.undone = 1"
        " AND (SELECT max(seq) FROM commands WHERE reverses = c.id AND kind = 'undo')"
        f" > (SELECT max(seq) FROM commands WHERE {mine} AND kind = 'do')"
    )


def _mine(project: Project, table: str = "") -> tuple[str, dict[str, str | None]]:
    """The condition that an act is this coder's, and its parameters."""
    me = project.coder_id()
    # under another id where copies made the same person twice
    ids = [me, *(twin for (twin,) in project.tuples("SELECT id FROM twins WHERE shown = ? ORDER BY id", (me,)))]
    params = {f"me{n}": coder for n, coder in enumerate(ids)}
    return f"{table}coder IN ({', '.join(f':{name}' for name in params)})", params


def _reverse(project: Project, target: Row, kind: str) -> Step:
    sentence = acts.sentence(target["name"], json.loads(target["params"]), _code_names(project))
    try:
        with project.writing():
            check_may_write(project, target["coder"])
            # what stands now is what the act, or its last undo or redo, wrote
            latest = project.value(
                "SELECT id FROM commands WHERE id = :id OR reverses = :id ORDER BY seq DESC LIMIT 1",
                {"id": target["id"]},
            )
            act = Command(
                project,
                target["name"],
                json.loads(target["params"]),
                target["coder"],
                _next_stamp(project),
                kind,
                reverses=target["id"],
                document=target["document"],
                offset=target["offset"],
            )
            kept = 0
            events = list(project.rows("SELECT * FROM events WHERE command = ? ORDER BY seq DESC", (latest,)))
            # conflicts come back when what decided them is taken back, not before
            for event in sorted(events, key=lambda event: event["entity"] in entities.FOUND):
                kept += _mirror(act, event)
            if target["name"] == MERGE:
                placing.place_missing(project)
            if target["name"] == MERGE and (kept or _merged_since(project, target)):
                raise UndoBlocked(
                    _("Cannot be undone: {act}").format(act=sentence),
                    _("What came with it has been changed since, or was merged with more"),
                )
            act.open()
            project.execute("UPDATE commands SET undone = ? WHERE id = ?", (int(kind == "undo"), target["id"]))
    except IpscodingError as error:
        if isinstance(error.__cause__, sqlite3.IntegrityError):
            raise UndoBlocked(
                _("Cannot be undone: {act}").format(act=sentence),
                _("Other work rests on it (codings or documents of this or another coder)"),
            ) from error
        raise
    return Step(sentence, target["document"], target["offset"], kept)


def _merged_since(project: Project, merge: Row) -> bool:
    """Whether a merge that stands came after another one: what it brought may rest on what that one brought."""
    sql = "SELECT 1 FROM commands WHERE name = ? AND kind = 'do' AND undone = 0 AND seq > ?"
    return merge["undone"] == 0 and project.value(sql, (MERGE, merge["seq"])) is not None


def _mirror(act: Command, event: Row) -> int:
    """Write the opposite of one event; gives how many fields were left because somebody changed them since."""
    kind, entity_id = event["entity"], event["entity_id"]
    changes = {name: (old, new) for name, (old, new) in json.loads(event["changes"]).items()}
    now = entities.read(act.project, kind, entity_id)
    if event["action"] == "delete":
        if now is not None:
            return len(changes)
        fields = {name: old for name, (old, _new) in changes.items()}
        if placing.has_place(kind, fields) and "on_text" not in fields:  # taken away before texts had versions
            fields["on_text"] = placing.first_text(act.project, kind, fields)
        act.create(kind, entity_id, unflatten(kind, fields))
        return 0
    if now is None:
        return 0 if kind in entities.FOUND else len(changes)
    mine = {name: (new, old) for name, (old, new) in changes.items() if now.get(name) == new}
    kept = len(changes) - len(mine)
    if event["action"] == "update":
        act.change(kind, entity_id, mine)
    elif not kept:
        act.delete(kind, entity_id)
    return kept


def unflatten(kind: str, fields: Fields) -> Fields:
    """The values of an entity from its flat fields: the opposite of `entities.flatten`."""
    values: Fields = {}
    for name, value in fields.items():
        column, dot, key = name.partition(".")
        if dot and column in entities.ENTITIES[kind].maps:
            values.setdefault(column, {})[key] = value
        else:
            values[name] = value
    return values


@dataclass(frozen=True)
class Entry:
    """One act: `kind` is `do`, `undo`, `redo` or `note`, `time` wall time in UTC, `name` a key of `acts.ACTS`."""

    id: str
    time: str
    coder: str
    kind: str
    text: str
    undone: bool
    document_id: str | None
    offset: int | None
    events: int
    name: str = ""


_ACTS = (
    "SELECT c.*, coders.name AS coder_name, (SELECT count(*) FROM {events} WHERE command = c.id) AS events"
    " FROM {commands} c LEFT JOIN coders ON coders.id = coalesce((SELECT shown FROM twins WHERE id = c.coder), c.coder)"
)
_HERE = _ACTS.format(commands="commands", events="events")

# The journal itself is asked, not the tables, so that acts on a coding that is gone are found as well.
_ON_DOCUMENT = """
    (c.document = :document OR c.id IN (
        WITH things (id) AS (
            SELECT :document UNION
            SELECT entity_id FROM {events} WHERE entity = 'coding'
            AND :document IN (json_extract(changes, '$.document[0]'), json_extract(changes, '$.document[1]'))
        )
        SELECT command FROM {events}
        WHERE entity IN ('document', 'coding', 'status', 'decision', 'bookmark', 'memo', 'adjudication') AND (
            entity_id IN things
            OR json_extract(changes, '$.document[0]') IN things OR json_extract(changes, '$.document[1]') IN things
            OR json_extract(changes, '$.target[0]') IN things OR json_extract(changes, '$.target[1]') IN things
        )))
"""


def history(
    project: Project,
    *,
    limit: int | None = 50,
    coder: str | None = None,
    entity_id: str | None = None,
    document_id: str | None = None,
    names: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
    text: str = "",
) -> list[Entry]:
    """What was done, latest first; at most `limit` acts (None: all), all of these where they are given.

    Args:
        coder: acts of the coder with this name.
        entity_id: acts that touched this entity itself.
        document_id: acts that touched this document, or a coding, status, memo or bookmark on it.
        names: acts of these names (keys of `acts.ACTS`), their undo and redo included.
        kinds: acts of these kinds (`Entry.kind`).
        text: acts whose sentence holds these letters, in any case, in the language in use.
    """
    where = ["1"]
    params: dict[str, Any] = {"coder": coder, "entity": entity_id, "document": document_id}
    if coder is not None:
        where.append("coders.name = :coder")
    if entity_id is not None:
        where.append("c.id IN (SELECT command FROM {events} WHERE entity_id = :entity)")
    if document_id is not None:
        where.append(_ON_DOCUMENT)
    if names is not None:
        where.append("c.name IN (SELECT value FROM json_each(:names))")
        params["names"] = json.dumps(sorted(names))
    if kinds is not None:
        where.append("c.kind IN (SELECT value FROM json_each(:kinds))")
        params["kinds"] = json.dumps(sorted(kinds))
    sql = f"{_ACTS} WHERE {' AND '.join(where)}"
    if project.value("SELECT 1 FROM received_commands LIMIT 1"):
        # what came from other copies stands among the acts of this one, by the time at which it was done
        sql = f"{sql} ORDER BY c.time DESC, c.seq DESC".format(commands="told_commands", events="told_events")
    else:
        sql = f"{sql} ORDER BY c.seq DESC".format(commands="commands", events="events")
    rows = project.rows(sql, params)
    wanted = text.casefold()
    # the sentences are made here, in the reader's language, so the text and the limit are applied as rows come
    code_name = _code_names(project)
    entries = (entry for entry in (_entry(row, code_name) for row in rows) if wanted in entry.text.casefold())
    return list(islice(entries, limit))


def _code_names(project: Project) -> Callable[[str], str]:
    """Gives the names of codes by their readable ids, in the language in use; of those that are gone, the last."""
    known: dict[str, str] = {}

    def name(code_id: str) -> str:
        if not known:
            labels = project.tuples("SELECT code, label FROM codes")
            known.update((code, in_language(json.loads(label), language())) for code, label in labels)
        if code_id not in known:
            known[code_id] = _last_name(project, code_id)
        return known[code_id] or code_id

    return name


def _last_name(project: Project, code_id: str) -> str:
    """What a code was called when it was taken away (an undo of its making, say)."""
    changes = project.value(
        "SELECT changes FROM events WHERE entity = 'code' AND action = 'delete'"
        " AND json_extract(changes, '$.code[0]') = ? ORDER BY seq DESC LIMIT 1",
        (code_id,),
    )
    fields = json.loads(changes or "{}")
    label = {name.removeprefix("label."): old for name, (old, _new) in fields.items() if name.startswith("label.")}
    return in_language(label, language())


def _entry(row: Row, code_name: Callable[[str], str]) -> Entry:
    return Entry(
        row["id"],
        clock.to_second(row["time"]),
        row["coder_name"] or "",
        row["kind"],
        acts.sentence(row["name"], json.loads(row["params"]), code_name),
        bool(row["undone"]),
        row["document"],
        row["offset"],
        row["events"],
        row["name"],
    )


def next_undo(project: Project) -> Entry | None:
    """The act that `undo` would take back; None where there is none."""
    mine, ids = _mine(project, "c.")
    row = project.row(f"{_HERE} WHERE {mine} AND c.kind = 'do' AND c.undone = 0 ORDER BY c.seq DESC LIMIT 1", ids)
    return _entry(row, _code_names(project)) if row else None


def standing_after(project: Project, entry_id: str) -> int:
    """How many undos it takes until nothing that this coder did after the act `entry_id` stands."""
    mine, ids = _mine(project)
    return int(
        project.value(
            f"SELECT count(*) FROM commands WHERE {mine} AND kind = 'do' AND undone = 0"
            " AND seq > (SELECT seq FROM commands WHERE id = :entry)",
            {**ids, "entry": entry_id},
        )
    )


def undone_until(project: Project, entry_id: str) -> int:
    """How many redos it takes until the act `entry_id`, which this coder took back, stands again; 0 where none can."""
    mine, ids = _mine(project, "c.")
    can = _can_be_redone(project)
    return int(
        project.value(
            f"SELECT count(*) FROM commands c WHERE {mine} AND {can}"
            f" AND c.seq <= (SELECT c.seq FROM commands c WHERE c.id = :entry AND {mine} AND {can})",
            {**ids, "entry": entry_id},
        )
    )


def changed_since(project: Project, seen: int) -> tuple[int, set[str]]:
    """How far the journal has come, and the kinds of entities that it changed after the place `seen` (0: ever)."""
    rows = project.tuples("SELECT entity, max(seq) FROM events WHERE seq > ? GROUP BY entity", (seen,))
    return max((seq for _entity, seq in rows), default=seen), {entity for entity, _seq in rows}


def coders(project: Project) -> list[str]:
    """The names of all who ever did something in the project."""
    return [str(row["name"]) for row in project.rows("SELECT name FROM coders ORDER BY name")]


State = dict[str, dict[str, Fields]]


def state(project: Project) -> State:
    """All entities as the tables have them: `{kind: {id: fields}}`."""
    return {
        kind: {
            row["id"]: entities.read(project, kind, row["id"]) or {}
            for row in list(project.rows(f"SELECT id FROM {entity.table}"))
        }
        for kind, entity in entities.ENTITIES.items()
    }


def replay(project: Project, until: str | None = None) -> State:
    """All entities as the journal tells them, from the first event to wall time `until` (ISO 8601; default: all)."""
    told: State = {kind: {} for kind in entities.ENTITIES}
    first_texts: dict[str, str] = {}
    for row in project.rows("SELECT * FROM events ORDER BY seq"):
        if until is not None and row["time"] > until:
            continue
        living = told[row["entity"]]
        if row["action"] == "delete":
            living.pop(row["entity_id"], None)
            continue
        fields = living.setdefault(row["entity_id"], {})
        for name, (_old, new) in json.loads(row["changes"]).items():
            if new is None:
                fields.pop(name, None)
            else:
                fields[name] = new
        if row["action"] == "create":
            _complete(row["entity"], row["entity_id"], fields, first_texts)
    return told


def _complete(kind: str, entity_id: str, fields: Fields, first_texts: dict[str, str]) -> None:
    """Give a new thing the text that its place is in, where the act was done before texts had versions."""
    if kind == "document":
        first_texts.setdefault(entity_id, fields["text"])
    elif placing.has_place(kind, fields) and "on_text" not in fields:
        text = first_texts.get(fields[placing.PLACED[kind].document])
        if text is not None:
            fields["on_text"] = text
