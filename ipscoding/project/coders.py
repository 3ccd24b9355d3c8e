"""Coders: who takes part, in which role, in which colour, and under which other names they are known."""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import N_, _
from ipscoding.project import journal
from ipscoding.project.blind import leads
from ipscoding.project.store import Project

ROLES = {"lead": N_("lead"), "coder": N_("coder"), "reader": N_("reader")}
"""What a coder may do: everything; code; only look. With the word for it."""


@dataclass(frozen=True)
class Coder:
    """Somebody who takes part. `aliases` are other names that stand for them in files and other copies."""

    id: str
    name: str
    role: str = "coder"
    colour: str = ""
    aliases: tuple[str, ...] = ()
    codings: int = 0
    done: int = 0


def all(project: Project) -> list[Coder]:
    """Everybody who takes part, by name, with the number of their codings and of interviews they are done with."""
    leading = leads(project)
    return [
        Coder(
            row["id"],
            row["name"],
            "lead" if row["id"] in leading else row["role"],
            row["colour"] or "",
            tuple(sorted(json.loads(row["aliases"]))),
            row["codings"],
            row["done"],
        )
        for row in project.rows(
            "SELECT c.*, (SELECT count(*) FROM codings WHERE coder = c.id) AS codings,"
            " (SELECT count(*) FROM statuses WHERE coder = c.id AND status = 'done') AS done"
            " FROM coders c ORDER BY name"
        )
    ]


def find(project: Project, name: str) -> Coder:
    """The coder with this name or alias. Raises `NotFound` that names those there are."""
    everybody = all(project)
    for one in everybody:
        if name == one.name or name in one.aliases:
            return one
    raise NotFound(
        _("There is no coder called {name}").format(name=name),
        _("There are: {names}").format(names=", ".join(one.name for one in everybody)),
    )


def is_lead(project: Project) -> bool:
    """Whether the one who is coding leads this project."""
    return project.coder_id() in leads(project)


def check_lead(project: Project) -> None:
    """Raises `NotAllowed` where somebody else leads this project."""
    if not is_lead(project):
        names = ", ".join(one.name for one in all(project) if one.role == "lead")
        raise NotAllowed(
            _("Only the lead of the project may do that ({names})").format(names=names),
            _("Ask them, or open the project as one of them with --coder"),
        )


def set_role(project: Project, name: str, role: str) -> Coder:
    """Make a coder (made where new) a lead, a coder or a reader. Only a lead may, and one lead stays."""
    if role not in ROLES:
        raise ValueError(role)
    check_lead(project)
    leading = leads(project)
    known = project.coder_id(name)
    if role != "lead" and leading == {known}:
        raise NotAllowed(
            _("{name} is the only lead of the project").format(name=name), _("Make somebody else a lead first")
        )
    with journal.command(project, "coder-change", coder=name) as act:
        # who led without having been named lead goes on leading when somebody else is named
        for lead in leading - {known}:
            act.update("coder", lead, {"role": "lead"})
        coder = ensure(act, name)
        act.update("coder", coder, {"role": role})
    return find(project, name)


def ensure(act: journal.Command, name: str) -> str:
    """The id of the coder called `name` (or so known), made where new; part of the act under way."""
    for one in all(act.project):
        if name == one.name or name in one.aliases:
            return one.id
    new = str(uuid.uuid4())
    act.create("coder", new, {"name": name})
    return new


def who_codes(act: journal.Command, name: str) -> str:
    """`ensure` for somebody whose codings are to be made. Raises `NotAllowed` for a reader."""
    coder = ensure(act, name)
    journal.check_may_write(act.project, coder)
    return coder


def set_colour(project: Project, name: str, colour: str) -> Coder:
    """Give a coder a colour (`#rrggbb`; empty takes it away). Raises `NotAllowed` for anything else, `NotFound`."""
    known = find(project, name)
    colour = colour.strip().lower()
    if colour and not re.fullmatch("#[0-9a-f]{6}", colour):
        raise NotAllowed(_("{colour} is not a colour").format(colour=colour), _("Write it as #rrggbb, as in #0072b2"))
    with journal.command(project, "coder-change", coder=known.name) as act:
        act.update("coder", known.id, {"colour": colour or None})
    return find(project, known.name)


def set_alias(project: Project, name: str, alias: str, *, remove: bool = False) -> Coder:
    """Say that `alias` in other files stands for this coder, or that it does not any more.

    Raises `NotAllowed` where somebody in this project is called or known so, `NotFound`.
    """
    known = find(project, name)
    alias = alias.strip()
    taken = next((one for one in all(project) if alias == one.name or alias in one.aliases), None)
    if not remove and (not alias or (taken is not None and taken.id != known.id)):
        raise NotAllowed(
            _("{alias} is the name of another coder of this project").format(alias=alias),
            _("Codings of one coder cannot be given to another one"),
        )
    kept: Mapping[str, int] = {**dict.fromkeys(known.aliases, 1), alias: 1}
    if remove:
        kept = {one: 1 for one in known.aliases if one != alias}
    with journal.command(project, "coder-change", coder=known.name) as act:
        act.update("coder", known.id, {"aliases": dict(kept)})
    return find(project, known.name)
