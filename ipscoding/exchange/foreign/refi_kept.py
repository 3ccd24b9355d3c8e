"""What a project holds that REFI-QDA has no place for, as flat fields by kind and id."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ipscoding.domain import Codebook, Coding, Document, Informant
from ipscoding.exchange.foreign.landing import uuid_of
from ipscoding.exchange.foreign.refi_own import TIME, guid, xml_safe
from ipscoding.project import Project, entities, memos

Fields = dict[str, Any]
_REFERENCES = ("document", "code", "coder", "coding")


def kept_fields(
    project: Project,
    book: Codebook,
    files: Iterable[Document],
    people: Iterable[Informant],
    codings: Iterable[Coding],
    notes: Iterable[memos.Memo],
    hidden: Mapping[str, frozenset[str]],
) -> dict[str, dict[str, Fields]]:
    """The fields of what is written, beyond those that the standard's own elements hold.

    Work of coders that is `hidden` (names by document id) is not in it. Of codings only what is not as with most is
    told; what is with most stands under the key `*`.
    """
    files = list(files)
    kept: dict[str, dict[str, Fields]] = {
        "project": {"project": _without(entities.read(project, "project", project.id), "name")},
        "coder": {
            _key(one): _odd_name(entities.read(project, "coder", one))
            for (one,) in project.tuples("SELECT id FROM coders ORDER BY id")
        },
        "code": {
            _key(code.uuid): _referring(entities.read(project, "code", code.uuid) or {}, ("parent", "merged_into"))
            for code in book.codes
        },
        "document": {
            _key(one.id): _without(_odd_name(entities.read(project, "document", one.id)), "text", "informant")
            for one in files
        },
        "informant": {_key(one.id): _odd_name(entities.read(project, "informant", one.id)) for one in people},
        "coding": _codings(book, list(codings)),
        "memo": {_key(memo.id): fields for memo in notes if (fields := _memo(memo))},
        "times": _times(project, files),
    }
    written = {document.id for document in files}
    names = dict(project.tuples("SELECT id, name FROM coders"))
    for kind, columns in _VIEWS.items():
        kept[kind] = {}
        for identity, *values in project.tuples(f"SELECT id, {', '.join(columns)} FROM {_TABLES[kind]} ORDER BY id"):
            fields = dict(zip((name.strip('"') for name in columns), values, strict=True))
            told = json.loads(fields.pop("codings", "{}"))
            fields |= {f"codings.{_key(coding)}": value for coding, value in told.items()}
            unseen = names.get(fields["coder"]) in hidden.get(fields["document"], ())
            if fields["document"] in written and not unseen:
                there = {name: value for name, value in fields.items() if value is not None}
                kept[kind][_key(identity)] = _referring(there, _REFERENCES)
    return kept


# where things stand now, not where they were put in an older text
_VIEWS = {
    "status": ("document", "coder", "status"),
    "bookmark": ("document", '"offset"', "coder", "note", "created_at"),
    "decision": ("document", '"start"', '"end"', "code", "coder", "decision", "score", "engine", "coding"),
    "adjudication": (
        *("document", '"start"', '"end"', "code", "marks", "outcome", "side", "reason", "coder", "decided_at"),
        "codings",
    ),
}
_TABLES = {"status": "statuses", "bookmark": "bookmarks", "decision": "decisions", "adjudication": "adjudications"}


def _key(identity: str) -> str:
    return uuid_of(identity) or guid(f"id/{identity}")


def _without(fields: Fields | None, *names: str) -> Fields:
    return {name: value for name, value in (fields or {}).items() if name not in names}


def _odd_name(fields: Fields | None) -> Fields:
    """The fields without the name, which stands in the file, unless XML cannot hold it."""
    fields = fields or {}
    return fields if xml_safe(fields.get("name", "")) != fields.get("name", "") else _without(fields, "name")


def _referring(fields: Fields, references: Collection[str]) -> Fields:
    """The fields with references as the file has them."""
    return {name: _key(str(value)) if name in references else value for name, value in fields.items()}


def _codings(book: Codebook, codings: list[Coding]) -> dict[str, Fields]:
    if not codings:
        return {}
    usual = Counter(coding.origin for coding in codings).most_common(1)[0][0]
    kept: dict[str, Fields] = {"*": {"origin": usual}}
    for coding in codings:
        fields: Fields = {}
        if coding.origin != usual:
            fields["origin"] = coding.origin
        if coding.code_version != book.by_id[coding.code].version:
            fields["code_version"] = coding.code_version
        if not TIME.fullmatch(coding.created_at):
            fields["created_at"] = coding.created_at
        if fields:
            kept[_key(coding.id)] = fields
    return kept


def _memo(memo: memos.Memo) -> Fields:
    fields: Fields = {}
    if memo.origin is not None:
        fields["origin"] = memo.origin
    if xml_safe(memo.text) != memo.text or memo.text != memo.text.strip():
        fields["text"] = memo.text
    if not TIME.fullmatch(memo.created_at):
        fields["created_at"] = memo.created_at
    return fields


def _times(project: Project, files: Iterable[Document]) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    for document in files:
        rows = project.tuples(
            'SELECT "offset", seconds FROM times WHERE text = ? ORDER BY "offset"', (document.text_sha256,)
        )
        if rows:
            found[_key(document.id)] = {"at": [list(row) for row in rows]}
    return found
