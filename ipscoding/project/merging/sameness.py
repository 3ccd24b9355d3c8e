"""The same coding, memo or bookmark of one coder that was made in two copies: shown as one, and kept as two.

The other one (its *twin*) stays in the acts, so that nothing is lost where one of them is changed in a copy that has
not seen the other; an act on the one that is shown is done to both.
"""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ipscoding.domain import Valence
from ipscoding.project import clock
from ipscoding.project.entities import Fields
from ipscoding.project.merging.registers import Register, Side

if TYPE_CHECKING:
    from ipscoding.project.merging.fold import Folded

_NAMESPACE = uuid.UUID("0b6a3b62-5c0e-5d5d-8f5e-6d1b3a1f7c42")

_SAME = {
    "coding": ("document", "start", "end", "on_text", "code", "coder"),
    "memo": ("target", "coder", "start", "end", "on_text"),
    "bookmark": ("document", "offset", "on_text", "coder"),
}


def unite(
    registers: dict[str, dict[str, Register]], made: "Folded", conflicts: dict[tuple[str, str, str], list[Side]]
) -> None:
    """Show as one what is the same; memos follow the coding that is shown."""
    for kind in ("coding", "memo", "bookmark"):
        groups: dict[tuple[Any, ...], list[str]] = {}
        for entity_id, fields in made.entities[kind].items():
            groups.setdefault(tuple(fields.get(name) for name in _SAME[kind]), []).append(entity_id)
        for group in groups.values():
            if len(group) > 1:
                group.sort(key=lambda entity_id: registers[kind][entity_id].first.at)
                _unite(kind, group, registers, made, conflicts)
        if kind == "coding":
            _move_memos(made)


def _unite(
    kind: str,
    group: list[str],
    registers: dict[str, dict[str, Register]],
    made: "Folded",
    conflicts: dict[tuple[str, str, str], list[Side]],
) -> None:
    shown, *others = group
    entities = made.entities[kind]
    every = [entities[entity_id] for entity_id in group]
    fields = dict(every[0])
    if kind == "coding":
        code = made.entities["code"][fields["code"]]
        fields["valence"] = _joined([one["valence"] for one in every], Valence(code["valence"]))
        strengths = [one["strength"] for one in every if one.get("strength")]
        if strengths:
            fields["strength"] = max(strengths)
        quotable = [one["quotable"] for one in every if one.get("quotable")]
        if quotable:
            # somebody said that it is never to be quoted
            fields["quotable"] = min(quotable)
        valences = {one["valence"] for one in every} - {str(Valence.NONE)}
        if len(valences) > 1 and str(Valence.BOTH) not in valences:
            conflicts["coding", shown, "valence"] = [
                Side(
                    registers[kind][entity_id].written.get("valence", registers[kind][entity_id].latest), one["valence"]
                )
                for entity_id, one in zip(group, every, strict=True)
            ]
        made.united += len(others)
    elif kind == "memo":
        fields["text"] = "\n".join(dict.fromkeys(one["text"] for one in every))
    else:
        fields["note"] = "\n".join(dict.fromkeys(one["note"] for one in every if one.get("note")))
    entities[shown] = fields
    made.latest[kind, shown] = max((made.latest[kind, e] for e in group), key=lambda act: (act.time, act.id))
    for other in others:
        del entities[other]
        made.entities["twin"][other] = {"shown": shown}
        made.latest["twin", other] = made.latest[kind, shown]


def _joined(valences: list[str], allowed: Valence) -> str:
    sides = set(valences) - {str(Valence.NONE)}
    if len(sides) <= 1:
        return sides.pop() if sides else str(Valence.NONE)
    return str(Valence.BOTH) if allowed is Valence.BOTH else valences[-1]


def _move_memos(made: "Folded") -> None:
    twins = {twin: fields["shown"] for twin, fields in made.entities["twin"].items()}
    if not twins:
        return
    for kind, name in (("memo", "target"), ("decision", "coding")):
        for entity_id, fields in made.entities[kind].items():
            if fields.get(name) in twins:
                made.entities[kind][entity_id] = {**fields, name: twins[fields[name]]}


def tell_conflict(
    made: "Folded", kind: str, entity_id: str, name: str, sides: list[Side], kept: Callable[[str, str], str]
) -> None:
    """Put a conflict among the entities: what each side says, who says it and when."""
    told = [
        {
            "value": side.value,
            "coder": kept("coder", side.act.coder),
            "time": clock.wall_time(side.act.time),
            "act": side.act.id,
        }
        for side in sides
    ]
    acts = ",".join(sorted({side.act.id for side in sides}))
    conflict = str(uuid.uuid5(_NAMESPACE, f"{kind}/{entity_id}/{name}/{acts}"))
    fields: Fields = {"entity": kind, "entity_id": entity_id, "field": name, "sides": told}
    made.entities["conflict"][conflict] = fields
    made.latest["conflict", conflict] = max((side.act for side in sides), key=lambda act: (act.time, act.id))
