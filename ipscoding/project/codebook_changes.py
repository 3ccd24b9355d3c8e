"""A project's codebook as it once was, what two projects had in common, and what was coded: what a merge asks for."""

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time
from typing import Any

from ipscoding.codebook.conflicts import Used
from ipscoding.domain import Code, Codebook, Example, Span, Valence
from ipscoding.errors import NotFound
from ipscoding.i18n import _
from ipscoding.project.store import Project

_MAPS = ("label", "definition", "include_when", "exclude_when", "links", "extra")


def moment(text: str) -> str:
    """A date (its end) or a date and time, in local time, as a stamp of the journal; raises `NotFound` for others."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotFound(
            _("“{text}” is not a date").format(text=text), _("Write it as 2026-03-01 or 2026-03-01T14:30")
        ) from error
    if len(text) <= len("2026-03-01"):
        when = datetime.combine(when, time.max)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") + "/9999"


def as_of(project: Project, when: str) -> Codebook:
    """The codebook as it was at `when` (see `moment`). Raises `NotFound` where there was none yet."""
    events = project.tuples(
        "SELECT entity, entity_id, action, changes FROM events"
        " WHERE entity IN ('code', 'project') AND time <= ? ORDER BY seq",
        (moment(when),),
    )
    found = _told(events)
    if not found.codes:
        raise NotFound(
            _("{path} had no codebook yet at {when}").format(path=project.path, when=when),
            _("Choose a later date; history shows when it came"),
        )
    return found


def taken_in(project: Project) -> Codebook | None:
    """The codebook as it was when a codebook file was last taken in; None where that never happened."""
    last = project.value(
        "SELECT max(e.seq) FROM events e JOIN commands c ON c.id = e.command WHERE c.name = 'codebook'"
        " AND c.kind IN ('do', 'note') AND c.undone = 0 AND e.entity IN ('code', 'project')"
    )
    if last is None:
        return None
    events = project.tuples(
        "SELECT entity, entity_id, action, changes FROM events"
        " WHERE entity IN ('code', 'project') AND seq <= ? ORDER BY seq",
        (last,),
    )
    return _told(events)


def common(ours: Project, theirs: Project) -> Codebook | None:
    """The codebook as it was when two copies of a project parted; None where they have nothing in common.

    What both journals tell is what both began with, whatever each of them did later.
    """
    known = {identity for (identity,) in theirs.tuples("SELECT id FROM events WHERE entity IN ('code', 'project')")}
    events = ours.tuples(
        "SELECT entity, entity_id, action, changes, id FROM events WHERE entity IN ('code', 'project') ORDER BY seq"
    )
    found = _told([event[:4] for event in events if event[4] in known])
    return found if found.codes else None


def coded(project: Project) -> dict[str, dict[str, list[Span]]]:
    """What was coded with each code: code id to hash of the text to spans, all coders together."""
    found: dict[str, dict[str, list[Span]]] = {}
    for code, text, start, end in project.tuples(
        "SELECT k.code, d.text, g.start, g.end FROM codings g JOIN codes k ON k.id = g.code"
        " JOIN documents d ON d.id = g.document ORDER BY d.text, g.start"
    ):
        found.setdefault(code, {}).setdefault(text, []).append(Span(start, end))
    return found


def used(ours: Project | None, theirs: Project | None) -> Used:
    """How many codings each project has that the other has not, by code; all where there is only one project."""
    counts = []
    for one, other in ((ours, theirs), (theirs, ours)):
        counts.append(_counts(one, _ids(other)) if one is not None else {})
    return Used(*counts)


def _ids(project: Project | None) -> Collection[str]:
    return {identity for (identity,) in project.tuples("SELECT id FROM codings")} if project is not None else ()


def _counts(project: Project, known: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for identity, code in project.tuples("SELECT g.id, k.code FROM codings g JOIN codes k ON k.id = g.code"):
        if identity not in known:
            found[code] = found.get(code, 0) + 1
    return found


def _told(events: Iterable[tuple[Any, ...]]) -> Codebook:
    """The codebook that these events of the journal tell: entity, its id, action, changes."""
    codes: dict[str, dict[str, Any]] = {}
    about: dict[str, Any] = {}
    for entity, identity, action, changes in events:
        if action == "delete":
            codes.pop(identity, None)
            continue
        fields = codes.setdefault(identity, {}) if entity == "code" else {}
        for name, (_old, new) in json.loads(changes).items():
            if entity == "project" and name == "settings.codebook":
                about = new or {}
            elif new is None:
                fields.pop(name, None)
            else:
                fields[name] = new
    names = {identity: fields["code"] for identity, fields in codes.items()}
    ordered = sorted(codes.items(), key=lambda item: (item[1].get("position", 0), item[1]["code"]))
    return Codebook(
        id=about.get("id", ""),
        title=about.get("title", {}),
        version=about.get("version", ""),
        rules={language: tuple(rules) for language, rules in about.get("rules", {}).items()},
        extra=about.get("extra", {}),
        codes=tuple(_code(identity, fields, names) for identity, fields in ordered),
    )


def _code(identity: str, fields: dict[str, Any], names: dict[str, str]) -> Code:
    inner: dict[str, dict[str, Any]] = {name: {} for name in _MAPS}
    for name, value in fields.items():
        column, dot, key = name.partition(".")
        if dot and column in inner:
            inner[column][key] = value
    return Code(
        id=fields["code"],
        parent=names.get(fields.get("parent", "")),
        examples=tuple(Example(Valence(e["valence"]), e["language"], e["text"]) for e in fields.get("examples", ())),
        valence=Valence(fields.get("valence", Valence.BOTH)),
        roles=tuple(fields.get("roles", ())),
        codable=bool(fields.get("codable", True)),
        retired=bool(fields.get("retired", False)),
        merged_into=names.get(fields.get("merged_into", "")),
        colour=fields.get("colour", ""),
        version=fields.get("version", 1),
        uuid=identity,
        **inner,
    )
