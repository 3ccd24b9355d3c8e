"""Codings as JSON lines in the form of Prodigy's span tasks: one line for each interview."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from ipscoding.exchange.spans_out import CodedInterview


def write_prodigy(interviews: Iterable[CodedInterview], file: BinaryIO) -> None:
    """Write `interviews` to `file`, one task a line (UTF-8)."""
    for interview in interviews:
        file.write(json.dumps(task_of(interview), ensure_ascii=False).encode("utf-8") + b"\n")


def task_of(interview: CodedInterview) -> dict[str, Any]:
    """One interview as a task: text, tokens, spans and meta.

    Offsets count code points, ends are exclusive; `token_start` and `token_end` are the first and the last token of a
    span, both inclusive, as Prodigy has them. A span also bears the coding's id, coder and valence.
    """
    text = interview.transcript.text
    first = {word.span.start: number for number, word in enumerate(interview.words)}
    last = {word.span.end: number for number, word in enumerate(interview.words)}
    return {
        "text": text,
        "tokens": [
            {
                "text": word.span.of(text),
                "start": word.span.start,
                "end": word.span.end,
                "id": number,
                "ws": word.space,
            }
            for number, word in enumerate(interview.words)
        ],
        "spans": [
            {
                "start": coding.start,
                "end": coding.end,
                "token_start": first[coding.start],
                "token_end": last[coding.end],
                "label": coding.code,
                "valence": str(coding.valence),
                "coder": coding.coder,
                "coding_id": coding.coding_id,
            }
            for coding in interview.codings
        ],
        "meta": interview.about(),
        "answer": "accept",
    }
