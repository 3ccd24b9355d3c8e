"""What is the same thing in several copies, though it was made more than once.

Copies of one project share the ids of what they had when they were copied. What was made later in two of them, or in
projects that were started apart, is the same where it is known to be: an interview by its text, a code by its readable
id, an informant by name, a coder where somebody has said so, a status by document and coder. The id that is kept
depends on the acts alone, so every copy keeps the same one.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from ipscoding.project.decisions import decision_id
from ipscoding.project.merging.log import Act, Event

REFERENCES = {
    "document": "document",
    "code": "code",
    "coder": "coder",
    "informant": "informant",
    "parent": "code",
    "merged_into": "code",
    "target": "",
    "coding": "coding",
}
"""Columns that name another entity, and its kind (empty: any kind)."""

ONE_CODER = "settings.coders/one/"
"""The project's field, followed by a name, that says that all coders of this name are one person."""

CODER_NAME = "settings.coders/called/"
"""The project's field, followed by a coder's id, that gives this coder another name."""


def references(kind: str, names: Iterable[str]) -> dict[str, str]:
    """The fields among `names` by which an entity of `kind` names others, and those others' kinds."""
    # a code's own `code` is its readable id
    return {name: REFERENCES[name] for name in names if name in REFERENCES and (kind, name) != ("code", "code")}


class Identities:
    """The ids under which entities are known, from the ids under which they were made."""

    def __init__(self, events: Iterable[tuple[Act, Event]]) -> None:
        """`events` in the order of replaying."""
        self._kept: dict[tuple[str, str], str] = {}
        self._any: dict[str, str] = {}
        made: dict[str, dict[str, dict[str, Any]]] = {}
        alive: dict[str, bool] = {}
        names: dict[str, str] = {}
        one_person: set[str] = set()
        known_as: dict[str, set[str]] = {}
        for _act, event in events:
            kind, entity_id = event.entity, event.entity_id
            if kind in _KNOWN_BY or kind in ("coder", "project", "status", "decision"):
                if event.action == "create":
                    made.setdefault(kind, {}).setdefault(entity_id, {n: new for n, (_o, new) in event.changes.items()})
                alive[entity_id] = event.action != "delete"
            if kind == "project":
                for name, (_old, new) in event.changes.items():
                    if name.startswith(ONE_CODER):
                        (one_person.add if new else one_person.discard)(name.removeprefix(ONE_CODER))
            elif kind == "coder":
                for name, (_old, new) in event.changes.items():
                    if name == "name" and new:
                        names[entity_id] = new
                    elif name.startswith("aliases."):
                        aliases = known_as.setdefault(entity_id, set())
                        (aliases.add if new else aliases.discard)(name.removeprefix("aliases."))
        projects = list(made.get("project", ()))
        self._keep_first("project", [projects], alive)
        for kind, field in _KNOWN_BY.items():
            groups: dict[str, list[str]] = {}
            for entity_id, fields in made.get(kind, {}).items():
                groups.setdefault(str(fields.get(field)), []).append(entity_id)
            self._keep_first(kind, groups.values(), alive)
        self._coders(list(made.get("coder", ())), names, one_person, known_as)
        for kind, entities in (("status", made.get("status", {})), ("decision", made.get("decision", {}))):
            for entity_id, fields in entities.items():
                self._kept[kind, entity_id] = self._derived(kind, entity_id, fields)
        self.projects = frozenset(projects)
        self.coders = {made_as: kept for (kind, made_as), kept in self._kept.items() if kind == "coder"}

    def _keep_first(self, kind: str, groups: Iterable[list[str]], alive: Mapping[str, bool]) -> None:
        for group in groups:
            if len(group) > 1:
                kept = next((entity_id for entity_id in group if alive[entity_id]), group[0])
                for entity_id in group:
                    self._know(kind, entity_id, kept)

    def _know(self, kind: str, entity_id: str, kept: str) -> None:
        if entity_id != kept:
            self._kept[kind, entity_id] = kept
            self._any[entity_id] = kept

    def _coders(
        self, made: list[str], names: Mapping[str, str], one_person: set[str], known_as: Mapping[str, set[str]]
    ) -> None:
        groups = {coder: {coder} for coder in made}

        def join(one: str, other: str) -> None:
            if groups[one] is not groups[other]:
                groups[one] |= groups[other]
                for member in groups[other]:
                    groups[member] = groups[one]

        other_names = set()
        for coder in made:
            for other in made:
                if coder == other:
                    continue
                if names[coder] == names[other] and names[coder] in one_person:
                    join(coder, other)
                elif names[other] in known_as.get(coder, ()):
                    join(coder, other)
                    other_names.add(other)
        for coder in made:
            members = [member for member in made if member in groups[coder]]
            kept = next((member for member in members if member not in other_names), members[0])
            self._know("coder", coder, kept)

    def _derived(self, kind: str, entity_id: str, fields: Mapping[str, Any]) -> str:
        # these ids are made from what they are about, so that there is never a second one
        document = uuid.UUID(self.kept("document", fields["document"]))
        coder = self.kept("coder", fields["coder"])
        if kind == "status":
            return str(uuid.uuid5(document, coder))
        code = self.kept("code", fields["code"])
        # one from before texts had versions keeps the id that it had, whatever has been noted of it since
        plain = decision_id(fields["document"], fields["coder"], fields["code"], fields["start"], fields["end"], None)
        on_text = None if entity_id == plain else fields.get("on_text")
        return decision_id(str(document), coder, code, fields["start"], fields["end"], on_text)

    def kept(self, kind: str, entity_id: str) -> str:
        """The id under which an entity is known (`kind` empty: of any kind)."""
        if not kind:
            return self._any.get(entity_id, entity_id)
        return self._kept.get((kind, entity_id), entity_id)

    def value(self, kind: str, name: str, value: Any) -> Any:
        """A field's value with the id under which what it names is known."""
        if isinstance(value, str) and name in REFERENCES and (kind, name) != ("code", "code"):
            return self.kept(REFERENCES[name], value)
        return value


_KNOWN_BY = {"informant": "name", "document": "text", "code": "code"}
