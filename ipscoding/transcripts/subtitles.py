"""Subtitle files: WebVTT as Teams, Zoom and Stream write it, SubRip as Whisper and others do."""

import html
import io
import re
from collections.abc import Iterator

from ipscoding.errors import FileProblem
from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.cues import Cue, source_of
from ipscoding.transcripts.decode import decode
from ipscoding.transcripts.normalise import unify_line_ends
from ipscoding.transcripts.reading import Remark
from ipscoding.transcripts.source import Source

# <v Kari Nordmann>, <v.loud Kari>: who speaks from here to the next one
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>|</v>")
_TAG = re.compile(r"</?(?:[biucv]|ruby|rt|lang|font|span|p)(?:[ .][^<>]*)?>|<(?:\d+:)?\d+:\d\d[.,]\d+>", re.IGNORECASE)
_STYLE = re.compile(r"\{\\[^{}]*\}")
_TIMING = re.compile(
    r"\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*--?>\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
)


def read_vtt(data: bytes, name: str) -> Source:
    """A WebVTT file. `<v Kari>` says who speaks; else a `Kari: ` at the beginning of a cue does, until the next one.

    Raises `FileProblem` where the bytes are no text or hold no subtitles.
    """
    import webvtt
    from webvtt.errors import MalformedFileError

    text, encoding = decode(data, name)
    text = unify_line_ends(text)
    try:
        captions = webvtt.from_buffer(io.StringIO(text)).captions
    except MalformedFileError as error:
        raise FileProblem(
            _("{file} is not a WebVTT file: it does not begin with WEBVTT").format(file=name),
            _("Save the transcript again from where it was made; a file of numbered subtitles is called .srt"),
        ) from error
    cues = [
        cue
        for caption in captions
        for cue in _voices(
            caption.raw_text,
            caption.start_time.in_milliseconds() / 1000,
            caption.end_time.in_milliseconds() / 1000,
        )
    ]
    if not cues:
        raise _no_cues(name)
    lost = sum("-->" in line for line in text.split("\n")) - len(captions)
    return source_of(cues, encoding, remarks=_about_lost(lost))


def _voices(text: str, start: float, end: float) -> Iterator[Cue]:
    """The pieces of one cue by speaker; only where it names none, the speaker is not known."""
    speaker: str | None = None
    at = 0
    for tag in _VOICE.finditer(text):
        yield from _piece(text[at : tag.start()], start, end, speaker)
        speaker = html.unescape(tag[1]).strip() if tag[1] else None
        at = tag.end()
    yield from _piece(text[at:], start, end, speaker)


def _piece(text: str, start: float, end: float, speaker: str | None) -> Iterator[Cue]:
    said = _without_tags(text)
    if said.strip():
        yield Cue(start, end, said, speaker)


def read_srt(data: bytes, name: str) -> Source:
    """A SubRip file. A `SPEAKER_00: ` or `Kari: ` at the beginning of a line says who speaks, until the next one.

    Raises `FileProblem` where the bytes are no text or hold no subtitles.
    """
    text, encoding = decode(data, name)
    lines = unify_line_ends(text).split("\n")
    timings = [(number, match) for number, line in enumerate(lines) if (match := _TIMING.match(line))]
    cues = []
    for place, (number, match) in enumerate(timings):
        last = timings[place + 1][0] if place + 1 < len(timings) else len(lines)
        body = lines[number + 1 : last]
        while body and not body[-1].strip():
            body.pop()
        if last < len(lines) and _ends_with_a_number(body, place + 2):
            body.pop()
        said = _without_tags("\n".join(body))
        if said.strip():
            cues.append(Cue(_seconds(match, 1), _seconds(match, 5), said))
    if not cues:
        raise _no_cues(name)
    return source_of(cues, encoding, remarks=_about_lost(sum("-->" in line for line in lines) - len(timings)))


def _ends_with_a_number(body: list[str], following: int) -> bool:
    """Whether the last line is the number of the next subtitle: after an empty line, or the one that is due."""
    if not body or not body[-1].strip().isdecimal():
        return False
    return body[-1].strip() == str(following) or (len(body) > 1 and not body[-2].strip())


def _seconds(match: re.Match[str], first: int) -> float:
    hours, minutes, seconds, fraction = (match[first + index] or "0" for index in range(4))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _without_tags(text: str) -> str:
    return html.unescape(_STYLE.sub("", _TAG.sub("", text)))


def _no_cues(name: str) -> FileProblem:
    return FileProblem(
        _("{file} holds no subtitles").format(file=name),
        _("Check that it is the right file and save it again from where it was made"),
    )


def _about_lost(n: int) -> list[Remark]:
    if n <= 0:
        return []
    message = ngettext(
        "{n} piece has a time that cannot be read and may be missing or joined with the one before",
        "{n} pieces have a time that cannot be read and may be missing or joined with the one before",
        n,
    )
    return [Remark("times", message.format(n=n))]
