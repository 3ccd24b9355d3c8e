"""Texts and cases of another program into a project, as interviews and informants."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ipscoding.codebook.informants import shipped_scheme
from ipscoding.domain import Moment
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.landing import LandedDocument, Landing, line_of, unlike
from ipscoding.exchange.foreign.project import ForeignCase, ForeignDocument
from ipscoding.i18n import _, ngettext
from ipscoding.project import informants
from ipscoding.project.texts import fingerprint, keep_text
from ipscoding.transcripts.offsets import trace, transcript_of

_ROLE = ("role", "rolle")


def land_documents(landing: Landing, on_document: Callable[[str], None]) -> None:
    """Take in all texts and cases. A text that is there already, letter for letter as it is stored, is matched.

    Cases become informants; a text that belongs to no case is its own informant, as with any import. What is known of
    documents and informants that are there is not changed, but for attributes that they do not have yet.
    """
    found = _match(landing)
    owners = _land_cases(landing, found)
    names = {name for (name,) in landing.project.tuples("SELECT name FROM documents")}
    for document in landing.foreign.documents:
        on_document(document.name)
        if document.key in found:
            landing.documents[document.key] = LandedDocument(found[document.key], landing.texts[document.key], False)
            landing.done.of("document").matched += 1
        elif document.key in landing.texts:
            name = unlike(line_of(document.name) or _("document"), names)
            names.add(name)
            _make(landing, document, name, owners.get(document.key))
            landing.done.of("document").new += 1


def _match(landing: Landing) -> dict[str, str]:
    """The documents of the project that texts of the file are, by key; the texts as they would be stored are kept."""
    by_text: dict[str, list[str]] = {}
    for identity, text in landing.project.tuples("SELECT id, text FROM documents ORDER BY name"):
        by_text.setdefault(text, []).append(identity)
    empty = changed = 0
    found: dict[str, str] = {}
    wanted: list[tuple[str, str]] = []
    for document in landing.foreign.documents:
        traced = trace(document.text)
        if not traced.text:
            empty += 1
            continue
        landing.texts[document.key] = traced
        sha256 = fingerprint(traced.text)
        known = landing.known_id("documents", document.key)
        if known in by_text.get(sha256, ()):
            found[document.key] = str(known)
        else:
            changed += known is not None
            wanted.append((document.key, sha256))
    for key, sha256 in wanted:
        free = [identity for identity in by_text.get(sha256, ()) if identity not in found.values()]
        if free:
            found[key] = free[0]
    if empty:
        landing.done.of("document").skipped += empty
        landing.done.left_out.append(
            ngettext("{n} document without text", "{n} documents without text", empty).format(n=empty)
        )
    if changed:
        landing.done.doubts.append(
            ngettext(
                "{n} document has another text than in the project and was taken in beside it",
                "{n} documents have other texts than in the project and were taken in beside them",
                changed,
            ).format(n=changed)
        )
    return found


def _make(landing: Landing, document: ForeignDocument, name: str, owner: str | None) -> None:
    try:
        transcript = transcript_of(landing.texts[document.key].text, name)
    except FileProblem as problem:
        landing.done.of("document").skipped += 1
        landing.done.left_out.append(problem.what)
        return
    kept = landing.kept("document", document.key)
    told = document.attributes if kept is None else {}
    attributes = {line_of(key): value for key, value in told.items() if line_of(key) and value}
    transcript = replace(transcript, times=tuple(_times(landing, document)))
    if kept is None and owner is None:
        owner = _own_informant(landing, name, attributes)
        attributes = {}
    values: dict[str, Any] = {
        "language": document.language,
        "date": document.date,
        "source": landing.done.name,
        "attributes": attributes,
        "name": name,
        **(kept or {}),
        "text": keep_text(landing.project, transcript),
        "informant": owner,
    }
    groups = [line_of(group.name) for group in landing.foreign.sets if document.key in group.documents]
    if groups:
        known = [group for group in values["attributes"].get("sets", "").split("; ") if group]
        joined = "; ".join([*known, *(group for group in groups if group and group not in known)])
        values["attributes"] = {**values["attributes"], "sets": joined}
    identity = landing.free_id("documents", document.key)
    landing.act.create("document", identity, values)
    landing.documents[document.key] = LandedDocument(identity, landing.texts[document.key], True)


def _times(landing: Landing, document: ForeignDocument) -> Iterator[Moment]:
    """Where the recording stood, at the places of the stored text; at most one time at a place."""
    traced = landing.texts[document.key]
    at = -1
    for offset, seconds in sorted(document.times):
        place = traced.place(offset)
        if at < place < len(traced.text):
            at = place
            yield Moment(place, seconds)


def _own_informant(landing: Landing, name: str, attributes: Mapping[str, str]) -> str:
    role, others = _role_of(attributes)
    known = landing.project.value("SELECT 1 FROM informants WHERE name = ?", (name,))
    landing.done.of("informant").new += not known
    return informants.ensure(landing.project, landing.act, name, role=role, attributes=others)


def _role_of(attributes: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The role among attributes, and the others."""
    role = next((value for key, value in attributes.items() if key.casefold() in _ROLE), "")
    return role, {key: value for key, value in attributes.items() if key.casefold() not in _ROLE}


def _land_cases(landing: Landing, found: Mapping[str, str]) -> dict[str, str]:
    """Make informants of cases; gives the informant of each document that belongs to a case, by the document's key."""
    owners: dict[str, str] = {}
    shared = 0
    names = {document.key: document.name for document in landing.foreign.documents}
    for case in landing.foreign.cases:
        informant = _land_case(landing, case, found, names)
        for key in case.documents:
            shared += owners.setdefault(key, informant) != informant
    if shared:
        landing.done.doubts.append(
            ngettext(
                "{n} document belongs to several cases; it was given to the first of them",
                "{n} documents belong to several cases; they were given to the first of them",
                shared,
            ).format(n=shared)
        )
    return owners


def _land_case(landing: Landing, case: ForeignCase, found: Mapping[str, str], names: Mapping[str, str]) -> str:
    project, act = landing.project, landing.act
    only = names.get(case.documents[0], "") if case.documents else ""
    name = line_of(case.name) or line_of(only) or _("case")
    attributes = {
        line_of(key): value.strip() for key, value in case.attributes.items() if line_of(key) and value.strip()
    }
    role, attributes = _role_of(attributes)
    kept = landing.kept("informant", case.key)
    identity = (
        landing.known_id("informants", case.key)
        or project.value("SELECT id FROM informants WHERE name = ?", (name,))
        or _of_documents(landing, case, found)
    )
    if identity is None:
        identity = landing.free_id("informants", case.key)
        values = {"role": shipped_scheme().role(role) or role, "attributes": attributes} if kept is None else kept
        act.create("informant", identity, {"name": name, **values})
        landing.done.of("informant").new += 1
    else:
        row = project.row("SELECT role, attributes FROM informants WHERE id = ?", (identity,)) or {}
        known = json.loads(row["attributes"])
        role = shipped_scheme().role(role) or role
        act.update("informant", identity, {"role": row["role"] or role, "attributes": {**attributes, **known}})
        landing.done.of("informant").matched += 1
    landing.informants[case.key] = str(identity)
    return str(identity)


def _of_documents(landing: Landing, case: ForeignCase, found: Mapping[str, str]) -> str | None:
    """The one informant whom the documents of a case have in the project already."""
    owners = {
        landing.project.value("SELECT informant FROM documents WHERE id = ?", (found[key],))
        for key in case.documents
        if key in found
    }
    return str(owners.pop()) if len(owners) == 1 and None not in owners else None
