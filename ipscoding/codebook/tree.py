"""YAML 1.2 as a tree whose every node knows its line and column.

Scalars are kept as they stand in the file, so that `version: 1.10`, `id: no` and a label that looks like a date stay
text; `value` gives YAML's own meaning where that is wanted. Aliases and tags are refused: a codebook needs neither, and
they can make a small file enormous or run code.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ipscoding.codebook.faults import Faults
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.events import Event

_DEEPEST = 40
_LONGEST_NUMBER = 300

_HALVES = re.compile("[\ud800-\udfff]")
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(frozen=True, slots=True)
class Place:
    """A line and column, both from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """One value as written (NFC); `quoted` if it stands in quotation marks or in a block."""

    text: str
    quoted: bool
    line: int
    column: int

    @property
    def empty(self) -> bool:
        """Whether nothing was written (`null`, `~` or nothing at all)."""
        return not self.quoted and self.text in _NULLS


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Fields with their values, in order; each key occurs once."""

    line: int
    column: int
    pairs: dict[str, tuple[Scalar, "Node"]] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def value(node: Node) -> Any:
    """The node as plain Python: str, int, float, bool, None, list, dict (YAML 1.2 core schema)."""
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    if isinstance(node, Mapping):
        return {name: value(child) for name, (_key, child) in node.pairs.items()}
    return node.text if node.quoted else plain_value(node.text)


def plain_value(text: str) -> str | int | float | bool | None:
    """What an unquoted scalar means; numbers with leading zeros stay text, so that no zero is lost."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and not re.match(r"[-+]?0[0-9]", text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return text


def parse(text: str, faults: Faults, until: str | None = None) -> Node | None:
    """The tree of the one document in `text`; None where the YAML cannot be read or there is nothing in it.

    With `until`, reading stops after the field of that name at the top.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        return _Builder(faults, until).build(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        # An open quotation mark is only missed at the end of the file; where the text began says more.
        open_text = "quoted scalar" in str(error.context or "") and "end of stream" in str(error.problem or "")
        mark = error.context_mark if open_text else error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        faults.fault(place, _explained(error))
    except ReaderError as error:
        faults.fault(
            place_of(text, error.position),
            _("a control character (U+{code:04X}) cannot stand in the file").format(code=error.character),
        )
    except _TooDeep as error:
        faults.fault(error.place, _("nested too deeply"))
    return None


def place_of(text: str, offset: int) -> Place:
    """Line and column of the character at `offset`."""
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


class _TooDeep(Exception):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Builder:
    """Makes the tree from the parser's events; a stack instead of recursion, so that no file exhausts it."""

    def __init__(self, faults: Faults, until: str | None) -> None:
        self._faults = faults
        self._until = until
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._root: Node | None = None
        self._documents = 0

    def build(self, events: "Iterator[Event]") -> Node | None:
        from ruamel.yaml import events as kinds

        for event in events:
            place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, kinds.ScalarEvent):
                self._refuse_tag(event.tag, place)
                quoted = event.style is not None
                if _HALVES.search(event.value):
                    self._faults.fault(place, _("half a character (\\uD800 to \\uDFFF) cannot stand in a text"))
                self._add(Scalar(_nfc(event.value), quoted, place.line, place.column))
            elif isinstance(event, kinds.MappingStartEvent | kinds.SequenceStartEvent):
                self._refuse_tag(event.tag, place)
                if len(self._open) >= _DEEPEST:
                    raise _TooDeep(place)
                kind = Mapping if isinstance(event, kinds.MappingStartEvent) else Sequence
                node = kind(place.line, place.column)
                self._add(node)
                self._open.append(node)
                self._keys.append(None)
            elif isinstance(event, kinds.MappingEndEvent | kinds.SequenceEndEvent):
                self._open.pop()
                self._keys.pop()
                if self._until and len(self._open) == 1 and self._until in getattr(self._root, "pairs", ()):
                    break
            elif isinstance(event, kinds.AliasEvent):
                self._faults.fault(
                    place, _("aliases (*{name}) are not read; write the text out").format(name=event.anchor)
                )
                self._add(Scalar("", False, place.line, place.column))
            elif isinstance(event, kinds.DocumentStartEvent):
                self._documents += 1
                if self._documents == 2:
                    self._faults.fault(place, _("a second document begins here (---); a file holds one codebook"))
        return self._root

    def _refuse_tag(self, tag: object, place: Place) -> None:
        if tag is not None:
            self._faults.fault(place, _("tags ({tag}) are not read").format(tag=tag))

    def _add(self, node: Node) -> None:
        if not self._open:
            if self._documents <= 1:
                self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                self._faults.fault(node, _("a field's name must be one word, not a list or a group of fields"))
                node = Scalar(f"\0{node.line}:{node.column}", True, node.line, node.column)
            self._keys[-1] = node
            return
        self._keys[-1] = None
        if key.text in parent.pairs:
            first = parent.pairs[key.text][0].line
            self._faults.fault(
                key, _("the field “{name}” is given twice (first in line {line})").format(name=key.text, line=first)
            )
        else:
            parent.pairs[key.text] = (key, node)


def _nfc(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _explained(error: "MarkedYAMLError") -> str:
    """The parser's complaint in words of somebody who wrote a codebook."""
    problem, context = str(error.problem or ""), str(error.context or "")
    if "\\t" in problem:
        return _("a tab stands where spaces must; indent with spaces")
    if "quoted scalar" in context:
        if "escape" in problem:
            return _("a backslash in a text in double quotation marks; write two of them (\\\\)")
        return _("a quotation mark is missing at the end of this text")
    if "mapping values are not allowed" in problem:
        return _("a colon stands where none can be; put texts with a colon in quotation marks, or mend the indentation")
    if "expected ',' or" in problem:
        return _("a comma or a closing bracket is missing")
    if "could not find expected ':'" in problem:
        return _("a colon is missing after the field's name")
    if "expected <block end>" in problem:
        return _("the indentation does not fit the lines above")
    if "cannot start any token" in problem:
        return _("a character that must stand in quotation marks")
    return _("not valid YAML: {problem}").format(problem=" ".join(problem.split()) or context)
