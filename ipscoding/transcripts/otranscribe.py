"""oTranscribe's files: JSON with the transcript as HTML, and time stamps in it as spans."""

import math
from collections.abc import Mapping
from html.parser import HTMLParser

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.machine import load_json
from ipscoding.transcripts.source import Source, TimeMark

_BLOCKS = frozenset(("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_UNSEEN = frozenset(("script", "style", "head", "title"))


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
    page.feed(text)
    page.close()
    return Source(page.lines, encoding, times=page.times)


class _Page(HTMLParser):
    """The lines of the page and the times in them; a stamp's own words are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.times: list[TimeMark] = []
        self._in_stamp = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or note a time."""
        if tag in _BLOCKS:
            self._new_line()
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "span":
            values = dict(attrs)
            if self._in_stamp:
                self._in_stamp += 1
            elif "timestamp" in (values.get("class") or "").split():
                self._in_stamp = 1
                seconds = _seconds(values.get("data-timestamp"))
                if seconds is not None:
                    self.times.append(TimeMark(len(self.lines), len(self.lines[-1]), seconds))

    def handle_endtag(self, tag: str) -> None:
        """End a line or a stamp."""
        if tag in _BLOCKS and tag != "br":
            self._new_line()
        elif tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag == "span" and self._in_stamp:
            self._in_stamp -= 1

    def handle_data(self, data: str) -> None:
        """Add to the line."""
        if self._in_stamp or self._unseen:
            return
        # a line break in the source of the page is a space on it
        said = data.replace("\n", " ").replace("\xa0", " ")
        self.lines[-1] += said if self.lines[-1] else said.lstrip(" ")

    def _new_line(self) -> None:
        if self.lines[-1].strip() or (self.times and self.times[-1].line == len(self.lines)):
            self.lines.append("")


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds < 1e7 else None
