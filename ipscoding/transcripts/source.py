"""What a reader of one format gives: lines of text, and what the format knows about places in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipscoding.transcripts.reading import Remark


@dataclass(frozen=True, slots=True)
class TimeMark:
    """The recording stood at `seconds` when the speech at this place began.

    `line` counts the source's lines from 1, `column` the code points of that line from 0. The mark of a turn stands
    where its line begins, before the speaker's label. Readers of formats that hold stamps as text (`[00:01:23]`)
    leave them there: they are found, and taken out of the text, in the same way for all formats (see `stamps`).
    """

    line: int
    column: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Comment:
    """A note in the margin of the source, on `quote`, which begins at `line` and `column`; it becomes a memo.

    `author` and `time` (ISO 8601) are empty where the source does not say.
    """

    line: int
    column: int
    quote: str
    text: str
    author: str = ""
    time: str = ""


@dataclass(frozen=True)
class Source:
    """A file as its format is understood, before it is normalised: one paragraph a line, a speaker's label before it.

    `lines` are what a person would have typed (`I: ...`, `Kari: ...`); a header between lines of --- may come first.
    `header` holds what the format itself says (a date, say) and gives way to a header in the text. `to_approve` says
    that the order or the joining of the lines had to be guessed, so that a person has to look before coding.

    `speakers` are all the labels there are (without a colon in them) where the format itself says who speaks (none at
    all: nobody is named in the lines); None where they must be found in the text. `attributes` are those of the
    informant.
    """

    lines: list[str]
    encoding: str = "utf-8"
    times: list[TimeMark] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    header: Mapping[str, str] = field(default_factory=dict)
    to_approve: bool = False
    speakers: frozenset[str] | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
