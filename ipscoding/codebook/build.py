"""A codebook from the tree of its file."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any

from ipscoding.codebook import frameworks
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.fields import Fields
from ipscoding.codebook.tree import Mapping, Node, Place, Scalar, Sequence, value
from ipscoding.domain import Code, Codebook, Example, Valence
from ipscoding.i18n import _

COMMENT = "#"
"""The key in `extra` under which comment lines are kept; no field of a file has this name unquoted."""
SECTIONS = "sections"
"""The key in a codebook's `extra` under which further sections of the file are kept."""

EXAMPLE_KEYS: Table[str, Valence] = {
    "barrier": Valence.BARRIER,
    "facilitator": Valence.FACILITATOR,
    "both": Valence.BOTH,
    "neutral": Valence.NONE,
    "none": Valence.NONE,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with the places of its fields in the file."""

    code: Code
    fields: Fields
    roles: tuple[tuple[str, Place], ...]
    examples: tuple[Place, ...]


@dataclass(slots=True)
class Built:
    """What a codebook file holds: the codebook, and its codes with their places."""

    codebook: Codebook
    entries: list[Entry] = field(default_factory=list)
    own_roles: frozenset[str] = frozenset()


def build(root: Node | None, lines: list[str], faults: Faults) -> Built | None:
    """The codebook in `root`; None where there is no head to begin with. `lines` are the file's, for its comments."""
    start = Place(1, 1)
    if not isinstance(root, Mapping):
        faults.fault(root or start, _("there is no codebook here; the file begins with “codebook:”"))
        return None
    head = _head(root, faults)
    if head is None:
        return None
    language = head.word("language") or "nb"
    head = Fields(head.mapping, faults, language)
    built = Built(_codebook(root, head, lines, faults), own_roles=_ids_of_section(root, "roles"))
    for section, codable in (("domains", False), ("codes", True)):
        for item in _items(root, section, faults):
            built.entries.append(_entry(item, codable, language, lines, faults))
    if not _items(root, "codes", Faults()):
        key = root.pairs.get("codes")
        faults.fault(key[0] if key else start, _("there are no codes; they stand under “codes:”"))
    return built


def _head(root: Mapping, faults: Faults) -> Fields | None:
    pair = root.pairs.get("codebook")
    if pair and isinstance(pair[1], Mapping):
        return Fields(pair[1], faults)
    at = pair[0] if pair else root
    faults.fault(at, _("“codebook:” with id, title and language is missing"))
    return None


def _items(root: Mapping, section: str, faults: Faults) -> list[Mapping]:
    pair = root.pairs.get(section)
    if pair is None or (isinstance(pair[1], Scalar) and pair[1].empty):
        return []
    if not isinstance(pair[1], Sequence):
        faults.fault(
            pair[1], _("under “{section}:” stands a list; each entry begins with “- id:”").format(section=section)
        )
        return []
    found = []
    for item in pair[1].items:
        if isinstance(item, Mapping):
            found.append(item)
        else:
            faults.fault(item, _("an entry of “{section}” must have fields (id, label …)").format(section=section))
    return found


def _ids_of_section(root: Mapping, section: str) -> frozenset[str]:
    return frozenset(
        pair[1].text
        for item in _items(root, section, Faults())
        if (pair := item.pairs.get("id")) and isinstance(pair[1], Scalar)
    )


def _codebook(root: Mapping, head: Fields, lines: list[str], faults: Faults) -> Codebook:
    identity = head.id() or ""
    title = head.texts("title")
    if not any(title.values()):
        faults.advice(head.mapping, _("the codebook has no title"))
    version = head.word("version") or ""
    rules = head.lists("coding_rules")
    extra = head.rest()
    sections = {
        name: value(node) for name, (_key, node) in root.pairs.items() if name not in ("codebook", "domains", "codes")
    }
    if sections:
        extra[SECTIONS] = sections
    comments = {name: comment for name, (key, _node) in root.pairs.items() if (comment := _comment(key, lines))}
    if comments:
        extra[COMMENT] = comments
    return Codebook(id=identity, title=title, version=version, rules=rules, extra=extra)


def _entry(item: Mapping, codable: bool, language: str, lines: list[str], faults: Faults) -> Entry:
    fields = Fields(item, faults, language)
    identity = fields.id() or ""
    label = fields.texts("label")
    if identity and not any(text.strip() for text in label.values()):
        faults.fault(fields.place("label"), _("“{id}” has no label").format(id=identity))
    roles = fields.words("roles")
    examples = _examples(fields, language, faults)
    code = Code(
        id=identity,
        label=label,
        parent=fields.word("parent"),
        definition=fields.texts("definition"),
        include_when=fields.texts("include_when"),
        exclude_when=fields.texts("exclude_when"),
        examples=tuple(example for example, _place in examples),
        valence=_valence(fields, faults),
        roles=tuple(role for role, _place in roles),
        links=_links(fields),
        codable=fields.flag("codable", codable),
        retired=fields.flag("retired", False),
        merged_into=fields.word("merged_into"),
        colour=fields.word("colour") or "",
        version=fields.number("version", 1),
        uuid=fields.word("uuid") or "",
        extra=_rest(fields, lines),
    )
    return Entry(code, fields, roles, tuple(place for _example, place in examples))


def _rest(fields: Fields, lines: list[str]) -> dict[str, Any]:
    extra = fields.rest()
    comment = _comment(fields.mapping, lines)
    if comment:
        extra[COMMENT] = comment
    return extra


def _comment(at: Mapping | Scalar, lines: list[str]) -> str:
    """The comment lines right above a code or section; deeper indented lines belong to something else."""
    found: list[str] = []
    for line in reversed(lines[: at.line - 1]):
        bare = line.strip()
        if bare.startswith("#") and len(line) - len(line.lstrip()) < at.column:
            found.append(bare)
        elif bare:
            break
    return "\n".join(reversed(found))


def _valence(fields: Fields, faults: Faults) -> Valence:
    text = fields.word("valence")
    if text is None:
        return Valence.BOTH
    if text not in set(Valence):
        faults.fault(
            fields.place("valence"),
            _("unknown valence “{valence}”; it is one of both, barrier, facilitator, none").format(valence=text),
        )
        return Valence.BOTH
    return Valence(text)


def _links(fields: Fields) -> dict[str, str]:
    links = {}
    for framework in frameworks.FRAMEWORKS:
        node = fields.node(framework)
        text = fields.word(framework)
        if text is not None:
            number = isinstance(node, Scalar) and not node.quoted and text.isdecimal()
            links[framework] = frameworks.numbered(framework, text) if number else text
    return links


def _examples(fields: Fields, language: str, faults: Faults) -> list[tuple[Example, Place]]:
    node = fields.node("example")
    if isinstance(node, Sequence):
        return [listed for item in node.items if (listed := _listed_example(item, language, faults))]
    found: list[tuple[Example, Place]] = []
    for spoken, texts in fields.by_language("example").items():
        if not isinstance(texts, Mapping):
            faults.fault(texts, _("an example stands under barrier, facilitator, both or neutral"))
            continue
        for name, (key, _child) in texts.pairs.items():
            if name not in EXAMPLE_KEYS:
                faults.fault(key, _unknown_direction(name))
                continue
            for text, place in Fields(texts, faults).words(name):
                found.append((Example(EXAMPLE_KEYS[name], spoken, text), place))
    return found


def _listed_example(item: Node, language: str, faults: Faults) -> tuple[Example, Place] | None:
    if not isinstance(item, Mapping):
        faults.fault(item, _("an example in a list has the fields valence, language and text"))
        return None
    fields = Fields(item, faults)
    name, text = fields.word("valence") or "neutral", fields.word("text")
    if name not in EXAMPLE_KEYS:
        faults.fault(fields.place("valence"), _unknown_direction(name))
        return None
    if text is None:
        faults.fault(item, _("an example in a list has the fields valence, language and text"))
        return None
    return Example(EXAMPLE_KEYS[name], fields.word("language") or language, text), fields.place("text")


def _unknown_direction(name: str) -> str:
    return _("unknown direction “{name}”; an example stands under barrier, facilitator, both or neutral").format(
        name=name
    )
