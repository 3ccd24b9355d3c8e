"""Informants: who was interviewed, in which role, with which attributes."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import Informant
from ipscoding.errors import NotFound
from ipscoding.i18n import _
from ipscoding.project import journal
from ipscoding.project.store import Project


def all(project: Project) -> list[Informant]:
    """All informants, by name."""
    return [
        Informant(row["id"], row["name"], row["role"], json.loads(row["attributes"]))
        for row in project.rows("SELECT * FROM informants ORDER BY name")
    ]


def ensure(
    project: Project, act: journal.Command, name: str, *, role: str = "", attributes: Mapping[str, str] | None = None
) -> str:
    """The UUID of the informant called `name`, made where new; what is already known of them is not overwritten."""
    role = shipped_scheme().role(role) or role
    row = project.row("SELECT id, role, attributes FROM informants WHERE name = ?", (name,))
    if row is None:
        entity = str(uuid.uuid4())
        act.create("informant", entity, {"name": name, "role": role, "attributes": dict(attributes or {})})
        return entity
    known = json.loads(row["attributes"])
    act.update("informant", row["id"], {"role": row["role"] or role, "attributes": {**(attributes or {}), **known}})
    return str(row["id"])


def change(
    project: Project, name: str, *, role: str | None = None, attributes: Mapping[str, str] | None = None
) -> bool:
    """Set the role and attributes of one informant as one act; False where nothing differs.

    What is left out stays as it is; an attribute with an empty value is taken away. Raises `NotFound`.
    """
    known = project.row("SELECT id, role, attributes FROM informants WHERE name = ?", (name,))
    if known is None:
        raise NotFound(_("There is no informant called {name}").format(name=name))
    kept = {**json.loads(known["attributes"]), **(attributes or {})}
    values = {
        "role": known["role"] if role is None else shipped_scheme().role(role) or role,
        "attributes": {key: value for key, value in kept.items() if value},
    }
    with journal.command(project, "informant", informant=name) as act:
        return act.update("informant", known["id"], values)


@dataclass(frozen=True)
class InformantRow:
    """One row of a table of informants; an empty attribute says nothing and changes nothing."""

    name: str
    role: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Updated:
    """What setting attributes did, by informants' names; `unknown_roles` are roles outside the shipped scheme."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unknown_roles: list[str] = field(default_factory=list)


def set_all(project: Project, rows: Iterable[InformantRow], *, dry_run: bool = False) -> Updated:
    """Set roles and attributes of informants (made where new) as one act; what a row leaves out stays as it is."""
    done = Updated()
    scheme = shipped_scheme()
    with journal.command(project, "informants", dry_run=dry_run, n=0) as act:
        for row in rows:
            role = scheme.role(row.role) or row.role
            if role and scheme.role(role) is None and role not in done.unknown_roles:
                done.unknown_roles.append(role)
            given = {key: value for key, value in row.attributes.items() if value}
            known = project.row("SELECT id, role, attributes FROM informants WHERE name = ?", (row.name,))
            if known is None:
                values = {"name": row.name, "role": role, "attributes": given}
                act.create("informant", str(uuid.uuid4()), values)
                done.added.append(row.name)
                continue
            values = {"role": role or known["role"], "attributes": {**json.loads(known["attributes"]), **given}}
            changed = act.update("informant", known["id"], values)
            (done.changed if changed else done.unchanged).append(row.name)
        act.describe(n=len(done.added) + len(done.changed))
    return done
