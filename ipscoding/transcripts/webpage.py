"""Web pages (.html): paragraphs and tables; scripts, styles and what is hidden are left out."""

import re
from html.parser import HTMLParser

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.archive import damage_told
from ipscoding.transcripts.decode import decode
from ipscoding.transcripts.layout import Page
from ipscoding.transcripts.source import Source

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary ul
"""
_UNSEEN_TAGS = """
    script style head title template noscript object svg math select textarea iframe audio video canvas
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 20
_LARGEST = 8 * 1024 * 1024
_MOST_TAGS = 200_000
_EMBEDDED = re.compile(r"data:[\w/+.;=-]*base64,[A-Za-z0-9+/=\s]+")


def read_html(data: bytes, name: str) -> Source:
    """The text that a browser would show, one paragraph or line a line; a table with a column of speakers as turns.

    Raises `FileProblem` where the bytes are no text.
    """
    text, encoding = decode(data, name)
    text = _EMBEDDED.sub("", text)
    if len(text) > _LARGEST or text.count("<") > _MOST_TAGS:
        raise FileProblem(
            _("{file} unpacks to far more than any interview holds").format(file=name),
            _("Check that it is a transcript; save it without pictures, or as plain text"),
        )
    reader = _Reader()
    with damage_told(name):
        reader.feed(text)
        reader.close()
        reader.finish()
    return reader.page.source([], encoding)


class _Reader(HTMLParser):
    """Walks one page; `page` is what has been read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._tables: list[list[list[Page]]] = []
        self._unseen: list[str] = []
        self._preserved = 0

    @property
    def _here(self) -> Page:
        """The cell that is being read, or the page."""
        for rows in reversed(self._tables):
            if rows and rows[-1]:
                return rows[-1][-1]
        return self.page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a table, a row or a cell."""
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.append(tag)
            return
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "br":
            self._here.break_line()
        elif tag == "table" and len(self._tables) < _DEEPEST:
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables:
            rows = self._tables[-1]
            if not rows:
                rows.append([])
            rows[-1].append(Page())
        elif tag in _BLOCKS:
            self._here.end_paragraph()
            self._preserved += tag == "pre"
        elif tag == "img":
            self._here.left_out["picture"] += 1

    def handle_endtag(self, tag: str) -> None:
        """End a line or a table."""
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
            return
        if tag == "table" and self._tables:
            self._end_table()
        elif tag in _BLOCKS:
            self._here.end_paragraph()
            self._preserved -= tag == "pre" and self._preserved > 0

    def handle_data(self, data: str) -> None:
        """Go on with the line."""
        if self._unseen:
            return
        here = self._here
        if self._preserved:
            for number, line in enumerate(data.split("\n")):
                if number:
                    here.break_line()
                here.write(line)
            return
        said = _SPACE.sub(" ", data)
        here.write(said.lstrip(" ") if here.last in ("", " ") else said)

    def finish(self) -> None:
        """End the tables that the page did not end."""
        while self._tables:
            self._end_table()

    def _end_table(self) -> None:
        rows = self._tables.pop()
        self._here.add_table([[cell.trimmed() for cell in row] for row in rows])
