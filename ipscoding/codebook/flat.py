"""Codes and heads of codebooks as flat fields, one per language and link, so that they can be compared and merged.

`label.nb`, `links.cfir` and `extra.level` are fields of their own; `examples` and `roles` are lists; `comment` holds
the comment lines above a code. A field that is empty, or says `null`, is not there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ipscoding.codebook.build import COMMENT, SECTIONS
from ipscoding.domain import Code, Codebook, Example, Valence

Flat = dict[str, Any]

TEXTS = ("label", "definition", "include_when", "exclude_when")
"""The fields of a code that are texts in several languages."""
MEANING = ("definition", "include_when", "exclude_when", "valence")
"""The fields of a code that say what it means; a change of one of them gives the code a new version."""


def stem(field: str) -> str:
    """The field without its language or key: `label` for `label.nb`."""
    return field.partition(".")[0]


def of_code(code: Code) -> Flat:
    """The fields of a code, its id left out."""
    flat: Flat = {f"{name}.{key}": text for name in (*TEXTS, "links") for key, text in getattr(code, name).items()}
    flat |= {
        "parent": code.parent,
        "examples": [{"valence": str(e.valence), "language": e.language, "text": e.text} for e in code.examples],
        "valence": str(code.valence),
        "roles": list(code.roles),
        "codable": code.codable,
        "retired": code.retired,
        "merged_into": code.merged_into,
        "colour": code.colour,
        "version": code.version,
        "uuid": code.uuid,
        "comment": code.extra.get(COMMENT),
    }
    flat |= {f"extra.{name}": value for name, value in code.extra.items() if name != COMMENT}
    return {name: value for name, value in flat.items() if value is not None and ("." in name or value not in ("", []))}


def to_code(identity: str, flat: Mapping[str, Any]) -> Code:
    """The code with these fields; what is not among them is as usual."""
    inner: dict[str, dict[str, Any]] = {}
    for name, value in flat.items():
        column, dot, key = name.partition(".")
        if dot:
            inner.setdefault(column, {})[key] = value
    extra = inner.get("extra", {})
    if flat.get("comment"):
        extra = {**extra, COMMENT: flat["comment"]}
    return Code(
        id=identity,
        label=inner.get("label", {}),
        parent=flat.get("parent"),
        definition=inner.get("definition", {}),
        include_when=inner.get("include_when", {}),
        exclude_when=inner.get("exclude_when", {}),
        examples=tuple(
            Example(Valence(e["valence"]), str(e["language"]), str(e["text"])) for e in flat.get("examples", ())
        ),
        valence=Valence(flat.get("valence", Valence.BOTH)),
        roles=tuple(flat.get("roles", ())),
        links=inner.get("links", {}),
        codable=bool(flat.get("codable", True)),
        retired=bool(flat.get("retired", False)),
        merged_into=flat.get("merged_into"),
        colour=flat.get("colour", ""),
        version=int(flat.get("version", 1)),
        uuid=flat.get("uuid", ""),
        extra=extra,
    )


def of_head(book: Codebook) -> Flat:
    """The fields of the codebook itself; a section that lists things with ids gives one field per thing."""
    flat: Flat = {f"title.{language}": text for language, text in book.title.items()}
    flat |= {f"rules.{language}": list(rules) for language, rules in book.rules.items()}
    if book.version:
        flat["version"] = book.version
    for name, value in book.extra.items():
        if name == SECTIONS:
            for section, content in value.items():
                flat |= _section(section, content)
        elif name == COMMENT:
            flat |= {f"comments.{section}": lines for section, lines in value.items()}
        elif value is not None:
            flat[f"extra.{name}"] = value
    return flat


def to_book(identity: str, head: Mapping[str, Any], codes: Iterable[Code]) -> Codebook:
    """The codebook with this head and these codes."""
    inner: dict[str, dict[str, Any]] = {}
    sections: dict[str, Any] = {}
    for name, value in head.items():
        column, dot, key = name.partition(".")
        if column == "section":
            section, slash, _id = key.partition("/")
            if slash:
                sections.setdefault(section, []).append(value)
            else:
                sections[section] = value
        elif dot:
            inner.setdefault(column, {})[key] = value
    extra = inner.get("extra", {})
    if sections:
        extra[SECTIONS] = sections
    if inner.get("comments"):
        extra[COMMENT] = inner["comments"]
    return Codebook(
        id=identity,
        title=inner.get("title", {}),
        version=head.get("version", ""),
        codes=tuple(codes),
        rules={language: tuple(rules) for language, rules in inner.get("rules", {}).items()},
        extra=extra,
    )


def _section(name: str, content: Any) -> Flat:
    ids = [item.get("id") if isinstance(item, dict) else None for item in content] if isinstance(content, list) else []
    if ids and all(isinstance(identity, str) for identity in ids) and len(set(ids)) == len(ids):
        return {f"section.{name}/{identity}": item for identity, item in zip(ids, content, strict=True)}
    return {f"section.{name}": content}
