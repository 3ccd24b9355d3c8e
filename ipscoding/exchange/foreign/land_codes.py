"""Codes and folders of another program into the codebook of a project."""

import json
from typing import Any

from ipscoding.exchange.foreign.landing import Landing, line_of, uuid_of
from ipscoding.exchange.foreign.project import ForeignCode
from ipscoding.i18n import _, ngettext
from ipscoding.project import settings
from ipscoding.project.codes import readable_id

LANGUAGE = "nb"
"""The language that texts are taken to be in where the file does not say."""


def land_codes(landing: Landing) -> None:
    """Take in all codes: those that are there already are left as they are, new ones come under their parents.

    A code is there already where its key is a code's UUID, where it came from the same program under the same key, or
    where a code of that label stands in the same place. Nothing about codes that are there is changed.
    """
    project = landing.project
    ordered = _in_order(landing)
    _match(landing, ordered)
    known = {code for (code,) in project.tuples("SELECT code FROM codes")}
    position = int(project.value("SELECT coalesce(max(position), -1) + 1 FROM codes"))
    told = landing.foreign.kept.get("code", {})
    used = {coding.code for coding in landing.foreign.codings if coding.code not in told}
    names: dict[str, str] = dict(project.tuples("SELECT id, code FROM codes"))
    new = [code for code in ordered if code.key not in landing.codes]
    landing.codes.update({code.key: landing.free_id("codes", code.key) for code in new})
    for code in new:
        parent = landing.codes.get(code.parent or "")
        values = _values(landing, code, parent, used)
        if values.get("code") in known or not values.get("code"):
            label = next(iter(values["label"].values()), "")
            values["code"] = readable_id(label, names.get(parent or ""), known)
        values.setdefault("position", position)
        position = max(position, values["position"]) + 1
        landing.act.create("code", landing.codes[code.key], values)
        known.add(values["code"])
        names[landing.codes[code.key]] = values["code"]
    landing.done.of("code").new += len(new)
    landing.done.of("code").matched += len(ordered) - len(new)
    _open_folders(landing, used)
    _name_codebook(landing)


def _in_order(landing: Landing) -> list[ForeignCode]:
    """Parents before children, in the order of the file; a code whose parent is not there stands at the top."""
    codes = {code.key: code for code in landing.foreign.codes}
    children: dict[str | None, list[ForeignCode]] = {}
    for code in codes.values():
        children.setdefault(code.parent if code.parent in codes else None, []).append(code)
    ordered: list[ForeignCode] = []
    seen: set[str] = set()
    # those that only a ring of parents holds are reached from the first of them in the file
    for start in [*children.get(None, ()), *codes.values()]:
        stack = [start]
        while stack:
            code = stack.pop()
            if code.key not in seen:
                seen.add(code.key)
                ordered.append(code)
                stack.extend(reversed(children.get(code.key, [])))
    return ordered


def _match(landing: Landing, ordered: list[ForeignCode]) -> None:
    rows = landing.project.tuples("SELECT id, parent, label, extra FROM codes")
    imported = {_origin(json.loads(extra)): identity for identity, _parent, _label, extra in rows}
    claimed: set[str] = set()
    for code in ordered:
        known = landing.known_id("codes", code.key) or imported.get((landing.foreign.program, code.key))
        if known:
            landing.codes[code.key] = known
            claimed.add(known)
    by_place: dict[tuple[str | None, str], str] = {}
    for identity, parent, label, _extra in rows:
        for text in json.loads(label).values():
            by_place.setdefault((parent, text.strip().casefold()), identity)
    renamed = 0
    labels = {identity: json.loads(label) for identity, _parent, label, _extra in rows}
    for code in ordered:
        if code.key in landing.codes:
            renamed += line_of(code.label) not in labels[landing.codes[code.key]].values()
            continue
        if code.parent is not None and code.parent not in landing.codes:
            continue  # under a new code there is nothing yet
        found = by_place.get((landing.codes.get(code.parent or ""), line_of(code.label).casefold()))
        if found and found not in claimed:
            landing.codes[code.key] = found
            claimed.add(found)
    if renamed:
        landing.done.doubts.append(
            ngettext(
                "{n} code has another label in the file; the project's stays",
                "{n} codes have other labels in the file; the project's stay",
                renamed,
            ).format(n=renamed)
        )


def _origin(extra: dict[str, Any]) -> tuple[Any, Any]:
    return extra.get("imported_from"), extra.get("imported_key")


def _values(landing: Landing, code: ForeignCode, parent: str | None, used: set[str]) -> dict[str, Any]:
    values = _kept_values(landing, code.key) or _told_values(landing, code, used)
    groups = [group.name for group in landing.foreign.sets if code.key in group.codes]
    known = values["extra"].get("sets", []) if groups else []
    more = [group for group in groups if group not in known] if isinstance(known, list) else []
    if more:
        values["extra"] = {**values["extra"], "sets": [*known, *more]}
    return {**values, "parent": parent}


def _kept_values(landing: Landing, key: str) -> dict[str, Any] | None:
    kept = landing.kept("code", key)
    if kept is None:
        return None
    return {"extra": {}, **kept, "merged_into": landing.codes.get(kept.get("merged_into") or "")}


def _told_values(landing: Landing, code: ForeignCode, used: set[str]) -> dict[str, Any]:
    language = code.language or LANGUAGE
    extra = dict(code.extra)
    if uuid_of(code.key) is None:
        extra |= {"imported_from": landing.foreign.program, "imported_key": code.key}
    return {
        "valence": "both",
        "codable": int(code.codable or code.key in used),
        "colour": code.colour,
        "label": {language: line_of(code.label) or _("code without a name")},
        "definition": {language: code.description.strip()} if code.description.strip() else {},
        "extra": extra,
    }


def _open_folders(landing: Landing, used: set[str]) -> None:
    """Make codes that were there and took no codings take them, where the file has codings with them."""
    wanted = {landing.codes[key] for key in used if key in landing.codes}
    closed = [
        identity
        for (identity,) in landing.project.tuples("SELECT id FROM codes WHERE codable = 0")
        if identity in wanted
    ]
    for identity in closed:
        landing.act.update("code", identity, {"codable": 1})
    if closed:
        landing.done.doubts.append(
            ngettext(
                "{n} domain of the project has codings in the file and can be coded with from now on",
                "{n} domains of the project have codings in the file and can be coded with from now on",
                len(closed),
            ).format(n=len(closed))
        )


def _name_codebook(landing: Landing) -> None:
    """Give a project that had no codebook what the file says about its own."""
    if settings.get(landing.project, "codebook") is not None or not landing.codes:
        return
    kept = (landing.kept("project", "project") or {}).get("settings", {}).get("codebook")
    name = line_of(landing.foreign.name) or landing.done.name
    about = {"id": readable_id(name, None, set()), "title": {LANGUAGE: name}, "version": "", "rules": {}, "extra": {}}
    settings.set(landing.project, "codebook", about if kept is None else kept)
