"""A project of another program, as far as we can hold it. Every reader gives this form; `land` takes it in.

Keys are the source's own ids (a GUID, a row number): unique within their kind, the same whenever the same file is
read. Where a key is a UUID it becomes our id, so that reading a file twice changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipscoding.domain import Span, Valence


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code or a folder of codes; `parent` is a key, `language` that of its texts (empty: not known)."""

    key: str
    label: str
    parent: str | None = None
    description: str = ""
    colour: str = ""
    codable: bool = True
    language: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """One text as the source has it (LF, nothing else changed): spans count its code points, end exclusive.

    `times` are places in it and the seconds at which the recording stood there.
    """

    key: str
    name: str
    text: str
    language: str = ""
    date: str = ""
    memo: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    times: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignCoding:
    """One code on one span by one coder; `quote` is what the source says stands there, empty where it does not say.

    `created_at` is ISO 8601 in UTC, empty where it is not known.
    """

    key: str
    document: str
    span: Span
    code: str
    coder: str = ""
    created_at: str = ""
    memo: str = ""
    quote: str = ""
    valence: Valence = Valence.NONE
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class ForeignMemo:
    """A note: `on` is `project`, `document`, `code` or `coding`, `target` its key (of the project: anything).

    A note on a stretch of a document has a `span`. A coding's only note can be its `memo` as well.
    """

    key: str
    on: str
    target: str
    text: str
    coder: str = ""
    created_at: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ForeignCase:
    """A person or unit that documents belong to: its variables and the keys of its documents."""

    key: str
    name: str
    documents: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignSet:
    """A named group of codes or documents, by key."""

    key: str
    name: str
    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass
class ForeignProject:
    """Everything that was understood, and in `left_out` a sentence for each kind of thing that was not (with counts).

    `program` is what wrote it, `coders` maps keys to names. `doubts` are things that were taken in but should be
    looked at, such as a quote that does not stand where it should. `notes` tell how it was read (the unit in which its
    places are counted, say). `kept` is only in what this program wrote: by kind of entity and key, the fields that
    the form above has no place for, flat as in the journal.
    """

    name: str
    program: str
    coders: dict[str, str] = field(default_factory=dict)
    codes: list[ForeignCode] = field(default_factory=list)
    documents: list[ForeignDocument] = field(default_factory=list)
    codings: list[ForeignCoding] = field(default_factory=list)
    memos: list[ForeignMemo] = field(default_factory=list)
    cases: list[ForeignCase] = field(default_factory=list)
    sets: list[ForeignSet] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
