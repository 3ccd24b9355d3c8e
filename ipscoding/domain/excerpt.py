"""An excerpt: a coding with its text and everything a reader of a table needs to know about it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ipscoding.domain.valence import Valence

_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Excerpt(NamedTuple):
    """One row of the codings table, in the order of its columns; offsets in code points, end exclusive.

    `code_path` and `domain` hold labels (` > ` between them) and the domain's id; `attributes` the informant's
    attributes; `turn` counts from 1; `status` is the coder's status of the document; `time` is where the recording
    stood at the beginning (`h:mm:ss`, empty where no recording is known). A named tuple, since figures are made from
    a hundred thousand of them.
    """

    coding_id: str
    project: str
    document_id: str
    document: str
    informant: str
    role: str
    speaker: str
    turn: int
    code: str
    code_label: str
    code_path: str
    domain: str
    valence: Valence
    strength: int | None
    coder: str
    coded_at: str
    origin: str
    codebook_version: int
    start: int
    end: int
    text: str
    context_before: str
    context_after: str
    memo: str
    status: str
    time: str = ""
    interviewer: bool = False
    attributes: Mapping[str, str] = _NO_ATTRIBUTES
