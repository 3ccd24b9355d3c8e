"""Codes and codebooks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ipscoding.domain.valence import Valence

Text = Mapping[str, str]
"""One text in several languages: `{"nb": ..., "nn": ..., "en": ...}`; any may be missing."""


def in_language(text: Text, language: str) -> str:
    """`text` in `language`, else in the nearest one it has (nb before en); empty if it has none."""
    for candidate in (language, "nb", "nn", "en"):
        if text.get(candidate):
            return text[candidate]
    return next((value for value in text.values() if value), "")


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a code: what somebody might say, in which language and direction."""

    valence: Valence
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code, or one domain that groups codes.

    `id` is the stable readable id (`org.colocation`), `uuid` the entity's id in a project (empty outside one).
    `valence` says which directions a coding may have: `both` any, `barrier`/`facilitator` that one or none,
    `none` only none. `links` maps a framework (`cfir`, `ips_principle`, `fidelity_item`) to an id in it.
    `extra` keeps fields of the file that the program has no use for, so that nothing is lost.
    """

    id: str
    label: Text
    parent: str | None = None
    definition: Text = field(default_factory=dict)
    include_when: Text = field(default_factory=dict)
    exclude_when: Text = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    valence: Valence = Valence.BOTH
    roles: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    codable: bool = True
    retired: bool = False
    merged_into: str | None = None
    colour: str = ""
    version: int = 1
    uuid: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def allows(self, valence: Valence) -> bool:
        """Whether a coding with this code may have `valence`."""
        return self.valence is Valence.BOTH or valence in (self.valence, Valence.NONE)

    def name(self, language: str) -> str:
        """The label in `language`, or the id where there is no label."""
        return in_language(self.label, language) or self.id


@dataclass(frozen=True)
class Codebook:
    """A scheme of codes in order; domains come before the codes under them."""

    id: str
    title: Text
    version: str = ""
    codes: tuple[Code, ...] = ()
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """The codes by their id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def _children(self) -> Mapping[str | None, list[Code]]:
        children: dict[str | None, list[Code]] = {}
        for code in self.codes:
            children.setdefault(code.parent, []).append(code)
        return children

    def children(self, parent: str | None) -> list[Code]:
        """The codes right under `parent` (None: the top), in order."""
        return list(self._children.get(parent, ()))

    def path(self, code_id: str) -> list[Code]:
        """The codes from the top down to `code_id`, itself last; empty for an id that is not in the codebook."""
        path: list[Code] = []
        current: str | None = code_id
        while current is not None and current in self.by_id and len(path) < len(self.codes):
            path.append(self.by_id[current])
            current = self.by_id[current].parent
        return path[::-1]

    def domain(self, code_id: str) -> Code | None:
        """The top of the tree that `code_id` stands in; None for an unknown id."""
        path = self.path(code_id)
        return path[0] if path else None

    def under(self, code_id: str) -> Iterator[Code]:
        """`code_id` itself and everything below it."""
        if code_id in self.by_id:
            yield self.by_id[code_id]
            for child in self.children(code_id):
                yield from self.under(child.id)

    def active(self) -> list[Code]:
        """The codes that can be used for coding: codable and not retired."""
        return [code for code in self.codes if code.codable and not code.retired]
