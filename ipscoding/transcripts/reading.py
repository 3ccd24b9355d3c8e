"""What reading a file gives: the transcript, what its header says, and what was changed or is doubtful."""

from dataclasses import dataclass

from ipscoding.domain import Transcript


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file that a person should know. `message` never holds transcript text.

    `kind` is a fixed word for programs (`encoding`, `header`, `speakers`, ...); `line` counts the lines of the source
    from 1, None where the remark is about the whole file.
    """

    kind: str
    message: str
    line: int | None = None


@dataclass(frozen=True)
class Reading:
    """One file, read.

    `name` is the file's name without suffix (NFC), `source` the file name without folder, `source_sha256` of the
    bytes as they lay on disk. Header keys are in lower case; those of a transcript's usual header are `id`, `role`,
    `language`, `date` and `site`, whatever language they were written in.
    """

    name: str
    transcript: Transcript
    header: dict[str, str]
    source: str
    source_sha256: str
    encoding: str
    remarks: list[Remark]
