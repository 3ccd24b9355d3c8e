"""Conflicts that merging found: where people said different things without having seen each other, until one decides.

The project goes on with the later of the two meanwhile. Deciding is an act: it writes the field again by somebody who
has seen both sides, so it settles the conflict in every copy that the act reaches.
"""

import json
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import N_, _
from ipscoding.project import clock, codebooks, codes, codings, documents, entities, journal, placing
from ipscoding.project.merging.registers import LIFE, TOGETHER
from ipscoding.project.store import Project

Value = Any

_FIELDS = {
    LIFE: N_("taken away, and worked on"),
    "label": N_("label"),
    "definition": N_("definition"),
    "include_when": N_("include when"),
    "exclude_when": N_("exclude when"),
    "valence": N_("direction"),
    "quotable": N_("mark for quoting"),
    "strength": N_("strength"),
    "start": N_("passage"),
    "code": N_("code"),
    "text": N_("text"),
    "parent": N_("place in the codebook"),
    "merged_into": N_("merged into"),
    "retired": N_("retired"),
    "colour": N_("colour"),
    "name": N_("name"),
    "outcome": N_("decision"),
    "role": N_("role"),
    "attributes": N_("attribute"),
    "settings": N_("setting"),
    "examples": N_("examples"),
}


@dataclass(frozen=True)
class Side:
    """What one side of a conflict says. `gone`: it took the field, or the whole thing, away; `stands`: it is in force.

    `value` is as the journal has it (for a passage: start and end), `told` the same in words; `time` ISO 8601 in UTC.
    """

    value: Value
    told: str
    coder: str
    time: str
    gone: bool
    stands: bool


@dataclass(frozen=True)
class Conflict:
    """One field of one thing of which several people said different things.

    `what` names the thing, `field` the field as the journal has it (`label.nb`; empty: whether the thing is there at
    all), `field_name` in words; `document_id` and `offset` say where a screen should go, where there is a place.
    """

    id: str
    kind: str
    entity_id: str
    what: str
    field: str
    field_name: str
    sides: tuple[Side, ...]
    document_id: str | None = None
    offset: int | None = None


def all(project: Project) -> list[Conflict]:
    """The conflicts that nobody has decided yet, by thing and field."""
    found = [_conflict(project, row) for row in list(project.rows("SELECT * FROM conflicts ORDER BY id"))]
    return sorted(found, key=lambda one: (one.kind, one.what, one.field, one.id))


def find(project: Project, conflict_id: str) -> Conflict:
    """The conflict with this id, or with these first characters of it. Raises `NotFound`."""
    rows = list(
        project.rows("SELECT * FROM conflicts WHERE id >= :id AND id < :id || '~' LIMIT 2", {"id": conflict_id})
    )
    if len(rows) != 1 or not conflict_id:
        raise NotFound(
            _("There is no single conflict {id}").format(id=conflict_id),
            _('See them with "ipscoding merge --conflicts {path}"').format(path=project.path),
        )
    return _conflict(project, rows[0])


def _conflict(project: Project, row: dict[str, Any]) -> Conflict:
    kind, entity_id, name = row["entity"], row["entity_id"], row["field"]
    now = entities.read(project, kind, entity_id) or {}
    together = TOGETHER.get(kind, ())
    whole = [now.get(part) for part in together]
    names = dict(project.tuples("SELECT id, name FROM coders"))

    def stands(value: Value) -> bool:
        if name == LIFE:
            return value is not None
        return bool(value == (whole[: len(value)] if name in together and value else now.get(name)))

    sides = tuple(
        Side(
            side["value"],
            _told(project, kind, name, side["value"]),
            names.get(side["coder"], ""),
            clock.to_second(side["time"]),
            side["value"] is None,
            stands(side["value"]),
        )
        for side in json.loads(row["sides"])
    )
    column, _dot, key = name.partition(".")
    field_name = _(_FIELDS[column]) if column in _FIELDS else column
    what, document, offset = _what(project, kind, entity_id, now)
    return Conflict(row["id"], kind, entity_id, what, name, f"{field_name} {key}".strip(), sides, document, offset)


def passage(project: Project, conflict: Conflict, side: Side) -> str:
    """The words of the passage that one side of a conflict about a passage means, in the text that it was said of."""
    start, end, *on_text = side.value
    text = project.value(
        "SELECT text FROM texts WHERE sha256 = coalesce(?, (SELECT text FROM documents WHERE id = ?))",
        (on_text[0] if on_text else None, conflict.document_id),
    )
    return str(text or "")[start:end]


def _told(project: Project, kind: str, name: str, value: Value) -> str:
    if value is None:
        return _("taken away")
    if name == LIFE:
        return _("worked on")
    if (kind, name) == ("document", "text"):
        words = project.value("SELECT words FROM texts WHERE sha256 = ?", (value,)) or 0
        return _("the text {text} ({n} words)").format(text=value[:8], n=words)
    if name in ("parent", "merged_into", "code"):
        return str(project.value("SELECT code FROM codes WHERE id = ?", (value,)) or value)
    if name == "start":
        return f"{value[0]}-{value[1]}"
    if name in ("retired", "codable"):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _what(project: Project, kind: str, entity_id: str, now: entities.Fields) -> tuple[str, str | None, int | None]:
    if kind == "code":
        return str(now.get("code")), None, None
    if kind == "coding" and placing.now(project, kind, entity_id) is None:
        return _("coding without a place in the text"), now.get("document"), None
    if kind == "coding":
        coding = codings.get(project, entity_id)
        name = documents.find(project, coding.document_id).name
        turn = codings.turn_of(project, coding.document_id, coding.span)
        told = _("{code} {sign} by {coder}, {interview}, turn {turn}").format(
            code=coding.code, sign=coding.valence.sign, coder=coding.coder, interview=name, turn=turn
        )
        return told, coding.document_id, coding.span.start
    if kind == "memo":
        about = next((k for k in ("coding", "document", "code") if entities.read(project, k, now["target"])), None)
        if about is None:
            return _("memo"), None, None
        thing, document, offset = _what(
            project, about, now["target"], entities.read(project, about, now["target"]) or {}
        )
        return _("memo on {thing}").format(thing=thing), document, offset
    if kind == "document":
        return str(now.get("name")), entity_id, 0
    return str(now.get("name", kind)), None, None


def decide(project: Project, conflict_id: str, *, side: int | None = None, text: str = "") -> Conflict:
    """Settle a conflict, as one act: with what `side` says (counted from 1), or with `text` instead.

    Where it is about something that somebody took away, the side that took it away removes it, any other keeps it.
    Raises `NotFound`, and `NotAllowed` for a side there is not, or a text that the field cannot have.
    """
    conflict = find(project, conflict_id)
    if side is None:
        value = _from_text(project, conflict, text)
    elif 1 <= side <= len(conflict.sides):
        value = conflict.sides[side - 1].value
    else:
        raise NotAllowed(
            _("The conflict has no side {n}").format(n=side),
            _("Choose 1 to {n}").format(n=len(conflict.sides)),
        )
    with journal.command(
        project, "decide", document=conflict.document_id, offset=conflict.offset, what=conflict.what
    ) as act:
        if conflict.field == LIFE:
            if value is None:
                _take_away(project, act, conflict)
            else:
                _keep(project, act, conflict)
        else:
            _write(project, act, conflict, value)
    return conflict


def _write(project: Project, act: journal.Command, conflict: Conflict, value: Value) -> None:
    now = entities.read(project, conflict.kind, conflict.entity_id) or {}
    together = TOGETHER.get(conflict.kind, ())
    if conflict.field == "parent" and value != now.get("parent"):
        parent = None if value is None else project.value("SELECT code FROM codes WHERE id = ?", (value,))
        codes.move(project, now["code"], parent)  # says no to a circle
        return
    # a passage that was told before texts had versions has no text with it
    values = dict(zip(together, value, strict=False)) if conflict.field in together else {conflict.field: value}
    if conflict.kind == "code" and _is_meaning(conflict.field) and not any(s.value == value for s in conflict.sides):
        values["version"] = int(now["version"]) + 1
    # also what stays as it is is written: by somebody who has seen both sides
    act.change(conflict.kind, conflict.entity_id, {name: (now.get(name), new) for name, new in values.items()})


def _is_meaning(field: str) -> bool:
    return field.partition(".")[0] in ("definition", "include_when", "exclude_when", "valence")


def _from_text(project: Project, conflict: Conflict, text: str) -> Value:
    """What somebody has written instead of what the sides say, as the journal has it."""
    only_sides = (LIFE, *TOGETHER.get(conflict.kind, ()), *(("text",) if conflict.kind == "document" else ()))
    if conflict.field in only_sides:
        raise NotAllowed(
            _("{field}: only what one of the sides says is possible").format(field=conflict.field_name),
            _("Choose one of the sides"),
        )
    if conflict.field == "valence" and text not in set(Valence):
        raise NotAllowed(
            _("{value} is not a direction").format(value=text),
            _("Choose one of {names}").format(names=", ".join(Valence)),
        )
    if conflict.field in ("parent", "merged_into") or (conflict.kind, conflict.field) == ("coding", "code"):
        return codebooks.find(project, text).uuid
    example = next((side.value for side in conflict.sides if side.value is not None), "")
    if isinstance(example, str):
        return text.strip() or None
    raise NotAllowed(
        _("{field}: only what one of the sides says is possible").format(field=conflict.field_name),
        _("Choose one of the sides"),
    )


def _keep(project: Project, act: journal.Command, conflict: Conflict) -> None:
    touched = [(conflict.kind, conflict.entity_id)]
    if conflict.kind == "document":  # all that would have gone with it
        for kind in ("coding", "status", "decision", "bookmark"):
            table = entities.ENTITIES[kind].table
            touched += [
                (kind, one)
                for (one,) in project.tuples(f"SELECT id FROM {table} WHERE document = ?", (conflict.entity_id,))
            ]
    targets = json.dumps([entity_id for _kind, entity_id in touched])
    touched += [
        ("memo", one)
        for (one,) in project.tuples(
            "SELECT id FROM memos WHERE target IN (SELECT value FROM json_each(?))", (targets,)
        )
    ]
    for kind, entity_id in touched:
        name = _TOUCHED[kind]
        value = (entities.read(project, kind, entity_id) or {}).get(name)
        act.change(kind, entity_id, {name: (value, value)})


_TOUCHED = {
    "document": "source",
    "coding": "document",
    "status": "document",
    "decision": "document",
    "bookmark": "document",
    "memo": "created_at",
    "code": "code",
    "informant": "name",
    "coder": "name",
    "project": "name",
}
"""A field of each kind that never differs, written again to say that a thing stays."""


def _take_away(project: Project, act: journal.Command, conflict: Conflict) -> None:
    if conflict.kind == "document":
        documents.remove(project, conflict.entity_id)
    elif conflict.kind == "code":
        retired = project.value("SELECT retired FROM codes WHERE id = ?", (conflict.entity_id,))
        act.change("code", conflict.entity_id, {"retired": (retired, 1)})
    else:
        for memo in project.tuples("SELECT id FROM memos WHERE target = ?", (conflict.entity_id,)):
            act.delete("memo", memo[0])
        act.delete(conflict.kind, conflict.entity_id)
