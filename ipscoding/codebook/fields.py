"""Typed access to the fields of one mapping, with a fault for each that is not what it should be."""

import re
from typing import Any

from ipscoding.codebook.faults import Faults
from ipscoding.codebook.tree import Mapping, Node, Place, Scalar, Sequence, value
from ipscoding.i18n import LANGUAGES, _

_ID = re.compile(r"[a-z0-9æøå][a-z0-9æøå._-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


class Fields:
    """The fields of `mapping`; each is taken once, and `rest` gives those that nobody took."""

    def __init__(self, mapping: Mapping, faults: Faults, language: str = "nb") -> None:
        self.mapping = mapping
        self._faults = faults
        self._language = language
        self._taken: set[str] = set()

    def node(self, name: str) -> Node | None:
        """The field's value; None where it is missing or empty."""
        self._taken.add(name)
        pair = self.mapping.pairs.get(name)
        if pair is None or (isinstance(pair[1], Scalar) and pair[1].empty):
            return None
        return pair[1]

    def place(self, name: str) -> Place:
        """Where the field's value stands, or where the mapping begins if there is none."""
        pair = self.mapping.pairs.get(name)
        at: Node = pair[1] if pair else self.mapping
        return Place(at.line, at.column)

    def word(self, name: str) -> str | None:
        """The field as one text, as written; None where it is missing."""
        node = self.node(name)
        if node is None:
            return None
        if isinstance(node, Scalar):
            return node.text
        self._faults.fault(node, _("“{name}” must be one text").format(name=name))
        return None

    def id(self, name: str = "id") -> str | None:
        """The field as an id; None, and a fault, where it is missing or oddly shaped."""
        if self.node(name) is None:
            self._faults.fault(self.place(name), _("“{name}” is missing").format(name=name))
            return None
        text = self.word(name)
        if text is not None and not _ID.fullmatch(text):
            self._faults.fault(
                self.place(name),
                _("the id “{id}” may hold lower-case letters, digits, full stop, hyphen and underscore only").format(
                    id=text
                ),
            )
        return text

    def flag(self, name: str, default: bool) -> bool:
        """The field as true or false."""
        node = self.node(name)
        if node is None:
            return default
        found = value(node)
        if isinstance(found, bool):
            return found
        self._faults.fault(node, _("“{name}” must be true or false").format(name=name))
        return default

    def number(self, name: str, default: int) -> int:
        """The field as a whole number of at least 1."""
        node = self.node(name)
        if node is None:
            return default
        found = value(node)
        if isinstance(found, int) and not isinstance(found, bool) and found >= 1:
            return found
        self._faults.fault(node, _("“{name}” must be a whole number from 1").format(name=name))
        return default

    def words(self, name: str) -> tuple[tuple[str, Place], ...]:
        """The field as a list of texts, each with its place; one text alone is a list of one."""
        return tuple(self._words(name, self.node(name)))

    def _words(self, name: str, node: Node | None) -> list[tuple[str, Place]]:
        if node is None:
            return []
        items = node.items if isinstance(node, Sequence) else [node]
        found = []
        for item in items:
            if isinstance(item, Scalar) and not item.empty:
                found.append((item.text, Place(item.line, item.column)))
            else:
                self._faults.fault(item, _("“{name}” must be a list of texts").format(name=name))
        return found

    def texts(self, name: str) -> dict[str, str]:
        """The field as one text per language; a text alone is in the codebook's own language."""
        return {
            language: node.text
            for language, node in self._by_language(name).items()
            if self._is_text(name, node) and isinstance(node, Scalar)
        }

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """The field as a list of texts per language."""
        return {
            language: tuple(text for text, _place in self._words(name, node))
            for language, node in self._by_language(name).items()
        }

    def by_language(self, name: str) -> dict[str, Node]:
        """The field's values per language."""
        return self._by_language(name)

    def _is_text(self, name: str, node: Node) -> bool:
        if isinstance(node, Scalar):
            return True
        self._faults.fault(node, _("“{name}” must be a text in each language").format(name=name))
        return False

    def _by_language(self, name: str) -> dict[str, Node]:
        node = self.node(name)
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            return {self._language: node}
        found = {}
        for language, (key, child) in node.pairs.items():
            if not _LANGUAGE.fullmatch(language):
                self._faults.fault(
                    key,
                    _("“{key}” is not a language; “{name}” has nb, nn and en under it").format(key=language, name=name),
                )
            elif not (isinstance(child, Scalar) and child.empty):
                if language not in LANGUAGES:
                    self._faults.advice(
                        key,
                        _("the program shows nb, nn and en; texts in “{language}” are kept only").format(
                            language=language
                        ),
                    )
                found[language] = child
        return found

    def rest(self) -> dict[str, Any]:
        """The fields that nobody took, as plain Python."""
        return {name: value(child) for name, (_key, child) in self.mapping.pairs.items() if name not in self._taken}
