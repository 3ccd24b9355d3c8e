"""Documents (one interview each) and informants (who was interviewed)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Informant:
    """A person who was interviewed: a name (pseudonym), a role and free attributes."""

    id: str
    name: str
    role: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One interview in a project.

    `words` counts what informants said, `informant` is the informant's name, `speakers` maps the labels of
    further speakers to informants' names (a focus group), `text_sha256` identifies the text version in force.
    """

    id: str
    name: str
    text_sha256: str
    informant: str = ""
    role: str = ""
    language: str = ""
    date: str = ""
    words: int = 0
    turns: int = 0
    source: str = ""
    source_sha256: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
