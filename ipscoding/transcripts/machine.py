"""Machine transcripts as JSON: Whisper, WhisperX, faster-whisper, whisper.cpp and the Transformers pipeline."""

import json
import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.cues import Cue, source_of
from ipscoding.transcripts.decode import decode
from ipscoding.transcripts.source import Source

Piece = Mapping[str, Any]

_LONGEST = 1e9
"""No recording is as long, in seconds or milliseconds."""


def read_json(data: bytes, name: str) -> Source:
    """A machine transcript: pieces with start, end, text and maybe a speaker.

    Where the words of one piece have different speakers, it is divided. Raises `FileProblem` where the bytes are no
    JSON or hold no such pieces.
    """
    content, encoding = load_json(data, name)
    pieces = _pieces(content)
    if pieces is None:
        raise FileProblem(
            _("{file} is JSON, but not a transcript that can be read").format(file=name),
            _("Transcripts of Whisper and WhisperX can be read: they have segments with start, end and text"),
        )
    cues = [cue for piece in pieces for cue in _cues(piece)]
    if not any(cue.text.strip() for cue in cues):
        raise FileProblem(_("{file} holds no text").format(file=name), _("Check that it is the right file"))
    return source_of(cues, encoding, header=_language(content))


def load_json(data: bytes, name: str) -> tuple[Any, str]:
    """The content of a JSON file, and its encoding; raises `FileProblem` where it is none."""
    text, encoding = decode(data, name)
    try:
        return json.loads(text), encoding
    except json.JSONDecodeError as error:
        what = _("{file}, line {line}, column {column}: no JSON")
        raise FileProblem(
            what.format(file=name, line=error.lineno, column=error.colno),
            _("The file is damaged or of another kind; save it again from where it was made"),
        ) from error
    except (RecursionError, ValueError) as error:
        raise FileProblem(
            _("{file} is JSON, but not a transcript that can be read").format(file=name),
            _("Check that it is the right file"),
        ) from error


def _pieces(content: Any) -> list[Piece] | None:
    """The pieces of a transcript, whichever program wrote it; None where there are none."""
    if isinstance(content, Mapping):
        for key in ("segments", "transcription", "chunks"):
            if isinstance(content.get(key), list):
                content = content[key]
                break
    if not isinstance(content, list):
        return None
    pieces = [one for one in content if isinstance(one, Mapping) and isinstance(one.get("text"), str)]
    return pieces if pieces and all(_times(one) is not None for one in pieces) else None


def _times(piece: Piece) -> tuple[float, float] | None:
    """Start and end of a piece in seconds; None where it has none. An end that is not said is the start."""
    start, end = piece.get("start"), piece.get("end")
    offsets, stamps = piece.get("offsets"), piece.get("timestamp")
    if isinstance(offsets, Mapping):
        start, end = (_scaled(offsets.get(side)) for side in ("from", "to"))
    elif isinstance(stamps, list) and len(stamps) == 2:
        start, end = stamps
    begin, finish = _seconds(start), _seconds(end)
    return None if begin is None else (begin, begin if finish is None else finish)


def _scaled(milliseconds: Any) -> float | None:
    whole = _seconds(milliseconds)
    return None if whole is None else whole / 1000


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) and 0 <= value < _LONGEST else None


def _cues(piece: Piece) -> Iterator[Cue]:
    start, end = _times(piece) or (0.0, 0.0)
    speaker = _speaker(piece)
    words = [word for word in piece.get("words") or [] if isinstance(word, Mapping)] if _has_words(piece) else []
    speakers: list[str | None] = []
    for word in words:
        # a word that no speaker was found for belongs with the one before
        speakers.append(_speaker(word) or (speakers[-1] if speakers else speaker))
    if len(set(speakers)) < 2:
        yield Cue(start, end, piece["text"].strip(), speaker or next(iter(speakers), None))
        return
    for who, group in groupby(zip(words, speakers, strict=True), key=lambda pair: pair[1]):
        said = [word for word, _who in group]
        times = [found for word in said if (found := _times(word)) is not None]
        first = times[0][0] if times else start
        yield Cue(first, times[-1][1] if times else end, _joined(said), who)
        start = times[-1][1] if times else start


def _has_words(piece: Piece) -> bool:
    words = piece.get("words")
    return isinstance(words, list) and all(
        isinstance(word, Mapping) and isinstance(word.get("word"), str) for word in words
    )


def _joined(words: list[Piece]) -> str:
    # Whisper's words bring the space before them, WhisperX's do not
    between = "" if any(word["word"].startswith(" ") for word in words) else " "
    return between.join(word["word"] for word in words).strip()


def _speaker(piece: Piece) -> str | None:
    speaker = piece.get("speaker")
    if isinstance(speaker, int) and not isinstance(speaker, bool):
        return f"SPEAKER_{speaker:02}"
    return speaker.strip() or None if isinstance(speaker, str) else None


def _language(content: Any) -> dict[str, str]:
    """What the program took the language for; `no` says nothing of the two norms."""
    found = content.get("language") if isinstance(content, Mapping) else None
    return {"language": found} if isinstance(found, str) and len(found) == 2 and found != "no" else {}
