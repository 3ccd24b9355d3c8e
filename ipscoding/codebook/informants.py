"""Who was interviewed: the roles that informants have and the attributes that are recorded of them."""

import re
import unicodedata
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from ipscoding import shipped
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.fields import Fields
from ipscoding.codebook.frameworks import INFORMANTS
from ipscoding.codebook.tree import Mapping, Node, Place, Scalar, Sequence
from ipscoding.domain import in_language
from ipscoding.errors import FileProblem
from ipscoding.i18n import _

TYPES = ("text", "enum", "int", "date")
"""What an attribute holds: free text, one of its values, a whole number, a date (ISO 8601)."""
SENSITIVITY = ("low", "indirect", "special-category")
"""How an attribute can identify a person; `special-category` is health data (GDPR article 9)."""

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_BETWEEN_WORDS = re.compile(r"[\s_‐‑–-]+")


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of informant; `aliases` are further names for it, by language."""

    id: str
    label: Table[str, str]
    aliases: Table[str, tuple[str, ...]] = field(default_factory=dict)
    definition: Table[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The label in `language`, or the id."""
        return in_language(self.label, language) or self.id


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values an attribute can have."""

    id: str
    label: Table[str, str]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something recorded of each informant.

    `type` is one of `TYPES`, `core` says that a new project asks for it, `roles` whom it applies to (empty: all),
    `identifiability` is one of `SENSITIVITY`.
    """

    id: str
    type: str
    label: Table[str, str]
    values: tuple[Value, ...] = ()
    core: bool = False
    roles: tuple[str, ...] = ()
    identifiability: str = "low"
    note: Table[str, str] = field(default_factory=dict)

    def value(self, text: str) -> str | None:
        """The id of the value that `text` names (its id or a label in any language); None if it names none."""
        wanted = _folded(text)
        return next(
            (v.id for v in self.values if wanted == _folded(v.id) or wanted in map(_folded, v.label.values())), None
        )

    def name(self, language: str) -> str:
        """The label in `language`, or the id."""
        return in_language(self.label, language) or self.id


@dataclass(frozen=True)
class InformantScheme:
    """The roles and attributes of a study."""

    id: str
    version: str = ""
    roles: tuple[Role, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    @cached_property
    def _names(self) -> Table[str, str]:
        names: dict[str, str] = {}
        for role in self.roles:
            aliases = [alias for listed in role.aliases.values() for alias in listed]
            labels = [form for label in role.label.values() for form in (label, _PARENTHESIS.sub("", label))]
            for name in (role.id, *labels, *aliases):
                names.setdefault(_folded(name), role.id)
        return names

    def role(self, text: str) -> str | None:
        """The id of the role that `text` names: an id, a label or an alias in any language, in any case.

        Hyphens, spaces and underscores are alike. None if it names none.
        """
        return self._names.get(_folded(text))

    def attribute(self, attribute_id: str) -> Attribute | None:
        """The attribute with this id; None for an unknown one."""
        return next((attribute for attribute in self.attributes if attribute.id == attribute_id), None)


@cache
def shipped_scheme() -> InformantScheme:
    """The scheme that ships with the program."""
    return read_scheme(shipped.codebooks() / f"{INFORMANTS}.yaml")


def read_scheme(path: Path) -> InformantScheme:
    """The roles and attributes in `path`.

    Raises:
        FileProblem: the file cannot be opened or has faults; the first is named, the others are counted.
    """
    from ipscoding.codebook.read import problem
    from ipscoding.codebook.source import text_of
    from ipscoding.codebook.tree import parse

    faults = Faults()
    text = text_of(path, faults)
    root = parse(text, faults) if text is not None else None
    scheme = scheme_of(root, faults) if not faults.grave() else None
    if faults.grave():
        raise problem(path, faults.grave())
    if scheme is None:
        raise FileProblem(_("{file}: no roles of informants").format(file=path))
    return scheme


def scheme_of(root: Node | None, faults: Faults) -> InformantScheme | None:
    """The scheme in the tree of a file; what is wrong with it goes to `faults`."""
    if not isinstance(root, Mapping):
        faults.fault(root or Place(1, 1), _("there are no roles here; the file begins with “codebook:”"))
        return None
    pair = root.pairs.get("codebook")
    if pair is None or not isinstance(pair[1], Mapping):
        faults.fault(pair[0] if pair else root, _("“codebook:” with id, title and language is missing"))
        return None
    head = Fields(pair[1], faults)
    language = head.word("language") or "nb"
    roles = [_role(item, language, faults) for item in _items(root, "roles", faults)]
    if not roles:
        faults.fault(root, _("there are no roles; they stand under “roles:”"))
    names: dict[str, str] = {}
    for role, fields in roles:
        for alias, place in _said_names(role, fields):
            other = names.setdefault(_folded(alias), role.id)
            if other != role.id:
                faults.fault(
                    place, _("“{name}” names two roles, {one} and {other}").format(name=alias, one=other, other=role.id)
                )
    known = {role.id for role, _fields in roles}
    attributes = [_attribute(item, language, known, faults) for item in _items(root, "attributes", faults)]
    _distinct([(role.id, fields) for role, fields in roles], faults)
    _distinct([(attribute.id, fields) for attribute, fields in attributes], faults)
    return InformantScheme(
        id=head.id() or "",
        version=head.word("version") or "",
        roles=tuple(role for role, _fields in roles),
        attributes=tuple(attribute for attribute, _fields in attributes),
    )


def _folded(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()


def _items(root: Mapping, section: str, faults: Faults) -> list[Mapping]:
    pair = root.pairs.get(section)
    if pair is None:
        return []
    items = pair[1].items if isinstance(pair[1], Sequence) else [pair[1]]
    found = [item for item in items if isinstance(item, Mapping)]
    for item in items:
        if not isinstance(item, Mapping):
            faults.fault(item, _("an entry of “{section}” must have fields (id, label …)").format(section=section))
    return found


def _labelled(fields: Fields, faults: Faults) -> tuple[str, dict[str, str]]:
    identity, label = fields.id() or "", fields.texts("label")
    if identity and not any(label.values()):
        faults.fault(fields.place("label"), _("“{id}” has no label").format(id=identity))
    return identity, label


def _role(item: Mapping, language: str, faults: Faults) -> tuple[Role, Fields]:
    fields = Fields(item, faults, language)
    identity, label = _labelled(fields, faults)
    return Role(identity, label, fields.lists("aliases"), fields.texts("definition")), fields


def _said_names(role: Role, fields: Fields) -> list[tuple[str, Place]]:
    aliases = [(alias, fields.place("aliases")) for listed in role.aliases.values() for alias in listed]
    return [(label, fields.place("label")) for label in role.label.values()] + aliases


def _attribute(item: Mapping, language: str, roles: set[str], faults: Faults) -> tuple[Attribute, Fields]:
    fields = Fields(item, faults, language)
    identity, label = _labelled(fields, faults)
    applies = [(role, place) for role, place in fields.words("applies_to") if role != "all"]
    for role, place in applies:
        if role not in roles:
            faults.fault(place, _("unknown role “{role}”").format(role=role))
    values = _values(fields, language, faults)
    kind = _one_of(fields, "type", TYPES, faults)
    if kind == "enum" and not values:
        faults.fault(fields.place("values"), _("“{id}” has no values to choose from").format(id=identity))
    attribute = Attribute(
        id=identity,
        type=kind,
        label=label,
        values=tuple(values),
        core=fields.flag("core", False),
        roles=tuple(role for role, _place in applies),
        identifiability=_one_of(fields, "identifiability", SENSITIVITY, faults),
        note=fields.texts("note"),
    )
    return attribute, fields


def _values(fields: Fields, language: str, faults: Faults) -> list[Value]:
    node = fields.node("values")
    found = []
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            own = Fields(item, faults, language)
            identity, label = _labelled(own, faults)
            found.append((Value(identity, label), own))
        elif isinstance(item, Scalar) and not item.empty:
            found.append((Value(item.text, {language: item.text}), fields))
        else:
            faults.fault(item, _("a value is a text, or has id and label"))
    _distinct([(value.id, own) for value, own in found], faults)
    return [value for value, _own in found]


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...], faults: Faults) -> str:
    text = fields.word(name)
    if text is not None and text not in allowed:
        faults.fault(
            fields.place(name),
            _("unknown {name} “{value}”; it is one of {allowed}").format(
                name=name, value=text, allowed=", ".join(allowed)
            ),
        )
    return text if text in allowed else allowed[0]


def _distinct(ids: list[tuple[str, Fields]], faults: Faults) -> None:
    seen: set[str] = set()
    for identity, fields in ids:
        if identity and identity in seen:
            faults.fault(fields.place("id"), _("the id “{id}” is taken").format(id=identity))
        seen.add(identity)
