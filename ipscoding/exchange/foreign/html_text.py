"""The text of an HTML document as a person reads it, and where each place of its bare text has gone.

Programs that code HTML count places over its text nodes, tags left out. There paragraphs stand without a break
between them, and line breaks of the file within them.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from html.parser import HTMLParser

from ipscoding.domain import Span

_BREAKS_AROUND = frozenset(
    (
        "p", "div", "section", "article", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
        "dl", "dt", "dd", "table", "caption", "tr", "hr", "body", "header", "footer", "main",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_PIECE = 1 << 15
# a single blank between two letters is what it is; other blanks depend on what stands around them
_RUNS = re.compile(r"([ \t\n\r\f]{2,}|[\t\n\r\f]|\A | \Z)|(?:[^ \t\n\r\f]+(?: (?=[^ \t\n\r\f]))?)+")


@dataclass(frozen=True)
class HtmlText:
    """`text` is what is read; `bare` the text nodes of the document, one after the other.

    `places` tells for each character of `text` where in `bare` it stands; a break that was put in has the place of
    what follows it.
    """

    text: str
    bare: str
    places: "array[int]"

    def span(self, start: int, end: int) -> Span:
        """The stretch of `text` that stands at `start` to `end` of `bare` (code points), no blanks at its ends."""
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        while first < last and self.text[first].isspace():
            first += 1
        while last > first and self.text[last - 1].isspace():
            last -= 1
        return Span(first, max(first, last))


def html_text(html: str) -> HtmlText:
    """Read `html`: a line for each block and at each `<br>`, cells of a row divided by a tab, blanks as one blank.

    Anything that is no tag is text. Raises `ValueError` for a tag or comment without an end, as damage makes it: the
    parser would look for the end of each again and again.
    """
    reader = _Reader()
    for start in range(0, len(html), _PIECE):
        reader.feed(html[start : start + _PIECE])
        if len(reader.rawdata) > 2 * _PIECE:
            raise ValueError("a tag without an end")
    reader.close()
    return HtmlText("".join(reader.text), "".join(reader.bare), reader.places)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.bare: list[str] = []
        self.places = array("I")
        self._at = 0
        self._kept = 0
        self._hidden = 0
        self._opened_pre = False
        # what stands between the last character written and the next one: "", a blank, a tab or a line break
        self._between = ""
        self._between_at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head", "title"):
            self._hidden += 1
        elif tag == "br" or tag in _BREAKS_AROUND:
            self._divide("\n")
        elif tag in _CELLS:
            self._divide("\t")
        self._opened_pre = tag == "pre"
        if tag == "pre":
            self._kept += 1

    def handle_endtag(self, tag: str) -> None:
        self._opened_pre = False
        if tag in ("script", "style", "head", "title"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BREAKS_AROUND:
            self._divide("\n")
        if tag == "pre":
            self._kept = max(0, self._kept - 1)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._opened_pre:
            # by the rules of HTML, a line break right behind the tag is none
            data = data.removeprefix("\n")
            self._opened_pre = False
        self.bare.append(data)
        for run in _RUNS.finditer(data):
            place = self._at + run.start()
            if run[1]:
                self._divide("\n" if self._kept and "\n" in run[1] else " ", place)
            else:
                if self._between and self.text:
                    self._write(self._between, self._between_at)
                self._between = ""
                self._write(run[0], place)
        self._at += len(data)

    def _divide(self, by: str, place: int | None = None) -> None:
        """Remember what divides what was written from what comes: a line break before a tab before a blank."""
        if not self._between:
            self._between_at = self._at if place is None else place
        if by == "\n" or self._between in ("", " "):
            self._between = by

    def _write(self, letters: str, place: int) -> None:
        self.text.append(letters)
        self.places.extend(range(place, place + len(letters)))
