"""oTranscribe's files: JSON with the transcript as HTML, and time stamps in it as spans."""

import html
import math
import re
from collections.abc import Mapping

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.machine import load_json
from ipscoding.transcripts.source import Source, TimeMark

_BLOCKS = frozenset(("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_UNSEEN = frozenset(("script", "style", "head", "title"))
# The few tags that an editor writes are found by themselves: the standard library's parser takes quadratic time for
# damaged ones.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']*)["']""")
_SECONDS = re.compile(r"""\bdata-timestamp\s*=\s*["']([^"']*)["']""")


def read_otr(data: bytes, name: str) -> Source:
    """An oTranscribe file; its time stamps are taken out of the text and kept as times at their places.

    Raises `FileProblem` where the bytes are no JSON or hold no transcript.
    """
    content, encoding = load_json(data, name)
    text = content.get("text") if isinstance(content, Mapping) else None
    if not isinstance(text, str):
        raise FileProblem(
            _("{file} is not a file of oTranscribe: it has no text").format(file=name),
            _("Export the transcript again from oTranscribe (oTranscribe format, .otr)"),
        )
    page = _Page()
    at = 0
    for tag in _TAG.finditer(text):
        page.say(text[at : tag.start()])
        page.tag(tag[2].lower(), tag[3], ends=bool(tag[1]))
        at = tag.end()
    page.say(text[at:])
    return Source(["".join(line) for line in page.lines], encoding, times=page.times)


class _Page:
    """The lines of the page, in pieces, and the times in them; a stamp's own words are left out."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        self.times: list[TimeMark] = []
        self._length = 0
        self._in_stamp = 0
        self._unseen = 0

    def tag(self, name: str, attributes: str, *, ends: bool) -> None:
        """Begin or end a line, a stamp, or what is not seen."""
        if name in _BLOCKS:
            self._new_line()
        elif name in _UNSEEN:
            self._unseen = max(self._unseen + (-1 if ends else 1), 0)
        elif name == "span" and ends:
            self._in_stamp = max(self._in_stamp - 1, 0)
        elif name == "span" and self._in_stamp:
            self._in_stamp += 1
        elif name == "span":
            classes = _CLASS.search(attributes)
            if classes and "timestamp" in classes[1].split():
                self._in_stamp = 1
                seconds = _seconds(_SECONDS.search(attributes))
                if seconds is not None:
                    self.times.append(TimeMark(len(self.lines), self._length, seconds))

    def say(self, text: str) -> None:
        """Add what is seen to the line."""
        if self._in_stamp or self._unseen:
            return
        # a line break in the source of the page is a space on it
        said = html.unescape(text).replace("\n", " ").replace("\xa0", " ")
        said = said if self._length else said.lstrip(" ")
        self.lines[-1].append(said)
        self._length += len(said)

    def _new_line(self) -> None:
        if self._length or (self.times and self.times[-1].line == len(self.lines)):
            self.lines.append([])
            self._length = 0


def _seconds(found: re.Match[str] | None) -> float | None:
    try:
        seconds = float(found[1] if found else "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds < 1e7 else None
