"""Blind coding: whose work on which interview is kept from whoever has the project open."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ipscoding.i18n import _
from ipscoding.project.journal import Entry
from ipscoding.project.store import Project


def leads(project: Project) -> set[str]:
    """Ids of those who lead; where nobody was made lead, whoever made the project."""
    made = {coder for (coder,) in project.tuples("SELECT id FROM coders WHERE role = 'lead'")}
    return made or {str(project.value("SELECT coder FROM commands ORDER BY seq LIMIT 1"))}


def hidden(project: Project) -> Mapping[str, frozenset[str]]:
    """Names of the coders whose work on an interview must not be seen yet, by document id; empty without blind coding.

    Whoever codes an interview and is not done with it sees nobody else's work on it; whoever is done sees that of the
    others who are. A reader sees it like one who is done, and so does a lead who codes nothing: somebody has to compare
    and decide. A lead who codes may yet be the second coder of an interview; they see it once two others are done.
    """
    if not json.loads(project.value("SELECT settings FROM project") or "{}").get("blind"):
        return {}
    rows = project.tuples("SELECT id, name, role FROM coders")
    others = frozenset(name for _id, name, _role in rows) - {project.coder}
    me = project.coder_id()
    leading = me in leads(project)
    looks_on = any(role == "reader" for known, _name, role in rows if known == me)
    statuses: dict[str, dict[str, str]] = {}
    for document, coder, status in project.tuples("SELECT document, coder, status FROM statuses"):
        statuses.setdefault(document, {})[coder] = status
    looks_on |= leading and not any(me in begun for begun in statuses.values())
    kept: dict[str, frozenset[str]] = {}
    for (document,) in project.tuples("SELECT id FROM documents"):
        begun = statuses.get(document, {})
        done = sum(status == "done" for status in begun.values())
        if looks_on or (leading and me not in begun and done > 1) or begun.get(me or "") == "done":
            at_work = {known for known, status in begun.items() if status != "done"}
            kept[document] = frozenset(name for known, name, _role in rows if known in at_work)
        else:
            kept[document] = others
    return {document: names for document, names in kept.items() if names}


def hidden_from(project: Project, document_id: str) -> frozenset[str]:
    """`hidden` for one interview."""
    return hidden(project).get(document_id, frozenset())


def veiled(entry: Entry) -> Entry:
    """An act of the history without what it was."""
    return replace(entry, text=_("hidden: blind coding, until you and they mark the interview done"))


def seen(project: Project, entries: Iterable[Entry]) -> list[Entry]:
    """Acts of the history as whoever has the project open may see them."""
    kept = hidden(project)
    return [veiled(entry) if entry.coder in kept.get(entry.document_id or "", ()) else entry for entry in entries]
