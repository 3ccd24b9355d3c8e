"""A project of another program on its way into ours: what its keys have become so far."""

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipscoding.exchange.foreign.landed import Landed
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.project import Project, coders, entities, journal
from ipscoding.transcripts.offsets import Traced

UNKNOWN = "unknown"
"""Who made what a file names nobody for."""

_UUID = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?", re.IGNORECASE)
_LONGEST_NAME = 200


@dataclass(frozen=True)
class LandedDocument:
    """A document in our project, and where the places of the foreign text went."""

    id: str
    traced: Traced
    new: bool


@dataclass
class Landing:
    """Ids in our project by the foreign keys; `fresh` says that there were neither codes nor documents before."""

    project: Project
    foreign: ForeignProject
    act: journal.Command
    done: Landed
    fresh: bool
    coders: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    documents: dict[str, LandedDocument] = field(default_factory=dict)
    informants: dict[str, str] = field(default_factory=dict)
    codings: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Traced] = field(default_factory=dict)

    def kept(self, kind: str, key: str) -> dict[str, Any] | None:
        """What this program once wrote of the entity, as values (JSON columns as dicts); None for others' files."""
        fields = self.foreign.kept.get(kind, {}).get(key)
        return None if fields is None else journal.unflatten(kind, _known_fields(kind, fields))

    def free_id(self, table: str, key: str) -> str:
        """`key` where it is a UUID that no entity in `table` has, else a new one."""
        found = uuid_of(key)
        if found and not self.project.value(f"SELECT 1 FROM {table} WHERE id = ?", (found,)):
            return found
        return str(uuid.uuid4())

    def known_id(self, table: str, key: str) -> str | None:
        """The id that `key` is where an entity in `table` has it."""
        found = uuid_of(key)
        known = found and self.project.value(f"SELECT id FROM {table} WHERE id = ?", (found,))
        return str(known) if known else None

    def coder(self, key: str) -> str:
        """The id of whom `key` names, made where nobody here has that id, name or alias."""
        if key not in self.coders:
            self.coders[key] = self._coder(key)
        return self.coders[key]

    def _coder(self, key: str) -> str:
        count = self.done.of("coder")
        known = self.known_id("coders", key)
        name = line_of(self.foreign.coders.get(key, "" if uuid_of(key) else key)) or UNKNOWN
        if known is None:
            known = next((one.id for one in coders.all(self.project) if name == one.name or name in one.aliases), None)
        told = self.kept("coder", key)
        if known is not None:
            count.matched += 1
            if told is not None and self.fresh:
                self.act.update("coder", known, {field: told[field] for field in ("role", "colour") if field in told})
                self.act.update("coder", known, {"aliases": told.get("aliases", {})})
            return known
        made = self.free_id("coders", key)
        self.act.create("coder", made, {"name": name, **(told or {})})
        count.new += 1
        return made


def _known_fields(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that entities of this kind have: names become SQL, so nothing else of a file may pass."""
    entity = entities.ENTITIES[kind]
    return {
        name: value
        for name, value in fields.items()
        if (name in entity.columns and isinstance(value, str | int | float))
        or (name in entity.lists and isinstance(value, list))
        or (name.partition(".")[0] in entity.maps and "." in name)
    }


def uuid_of(key: str) -> str | None:
    """The UUID that a key is, in lower case and without braces; None where it is none."""
    match = _UUID.fullmatch(key.strip())
    return match[1].lower() if match else None


def line_of(text: str) -> str:
    """A name as it can be stored and shown: one line, NFC, nothing invisible, not longer than a line."""
    clean = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    clean = "".join(letter for letter in clean if letter == " " or unicodedata.category(letter)[0] != "C")
    return " ".join(clean.split())[:_LONGEST_NAME].strip()


def unlike(name: str, taken: Mapping[str, Any] | set[str]) -> str:
    """`name`, with a number behind it where it is taken."""
    if name not in taken:
        return name
    return next(other for n in range(2, len(taken) + 3) if (other := f"{name} ({n})") not in taken)
