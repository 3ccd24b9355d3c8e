"""What reading a file gives: the transcript, what its header says, and what was changed or is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipscoding.domain import Span, Transcript


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file that a person should know. `message` never holds transcript text.

    `kind` is a fixed word for programs (`encoding`, `header`, `speakers`, ...); `line` counts the lines of the source
    from 1, None where the remark is about the whole file.
    """

    kind: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A comment of the source on `span` of the stored text; `author` and `time` (ISO 8601) are empty where not said."""

    span: Span
    text: str
    author: str = ""
    time: str = ""


@dataclass(frozen=True)
class Reading:
    """One file, read.

    `name` is the file's name without suffix (NFC), `source` the file name without folder, `source_sha256` of the
    bytes as they lay on disk. Header keys are in lower case; those of a transcript's usual header are `id`, `role`,
    `language`, `date` and `site`, whatever language they were written in.

    `times` are pairs of an offset in the text and the seconds at which the recording stood when the speech there
    began, by offset, each offset once; the text's length is the offset of a mark after the last word. `comments` are
    the source's own, on the text. `to_approve`: the layout was guessed, a person has to look before coding.
    `attributes` are those of the informant that the source knows beside `site`. `informants` say who the speakers
    are, by label, where somebody has said it (see `corrections`).
    """

    name: str
    transcript: Transcript
    header: dict[str, str]
    source: str
    source_sha256: str
    encoding: str
    remarks: list[Remark]
    times: list[tuple[int, float]] = field(default_factory=list)
    comments: list[MarginNote] = field(default_factory=list)
    to_approve: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    informants: Mapping[str, str] = field(default_factory=dict)
