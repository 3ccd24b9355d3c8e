"""Rich text (.rtf), which f4, F5, WordPad and old programs write."""

import re
from collections.abc import Iterator

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.archive import damage_told
from ipscoding.transcripts.layout import Page, Place
from ipscoding.transcripts.source import Source

_LARGEST = 4 * 1024 * 1024
_HEX = re.compile(r"[0-9a-fA-F\r\n]{400,}")
_TOKEN = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|\\.|[{}]", re.IGNORECASE | re.DOTALL)
_OPENING = re.compile(r"\{\s*(?:\\\*\s*)?\\([a-z]+)(?![a-z])")
_NUMBER = re.compile(r"\s*(\d{1,9})")
_KINDS = {
    "annotation": "comment",
    "atrfstart": "start",
    "atnauthor": "author",
    "footnote": "note",
    "header": "header",
    "headerl": "header",
    "headerr": "header",
    "headerf": "header",
    "footer": "header",
    "footerl": "header",
    "footerr": "header",
    "footerf": "header",
    "deleted": "deleted",
    "v": "hidden",
    "pict": "picture",
}
# what the library makes of these would read as words or be lost: private letters carry them through it
_ANCHOR, _CELL, _ROW, _BEGIN = "\ue000", "\ue001", "\ue002", "\ue003"
_WORDS = {"cell": _CELL, "row": _ROW, "trowd": _BEGIN}
_MARKS = re.compile(rf"({_ANCHOR}\d+{_ANCHOR}|[{_CELL}{_ROW}{_BEGIN}])")
_LAYOUT_WORD = re.compile(r"(?<!\\)\\(cell|row|trowd)(?![a-z]) ?", re.IGNORECASE)
_FIELD = re.compile(r"\{\\field(?=\{)")


def read_rtf(data: bytes, name: str) -> Source:
    """The text of an RTF document: one paragraph or line a line, tables of speech as turns; its comments.

    Deleted text of tracked changes, page headers and pictures are left out, which the remarks say; a footnote becomes a
    comment on its place. Raises `FileProblem` for a file that is damaged or no RTF.
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise FileProblem(
            _("{file} is no RTF document, whatever its name says").format(file=name),
            _("Open it in the program it was written with and save it as .rtf or .docx"),
        )
    text = _HEX.sub("", _decoded(data))
    if len(text) > _LARGEST:
        raise FileProblem(
            _("{file} unpacks to far more than any interview holds").format(file=name),
            _("Check that it is a transcript; save it without pictures, or as plain text"),
        )
    with damage_told(name):
        return _Reader(text).page.source([])


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _plain(rtf: str) -> str:
    from striprtf.striprtf import rtf_to_text

    # a field of the form that the library looks for would make it write addresses into the text
    text = str(rtf_to_text(_FIELD.sub(r"{\\field ", rtf), errors="replace"))  # type: ignore[no-untyped-call]
    # it gives a letter beyond 65535 as the two halves that RTF writes
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _mark(letter: str, number: int | str = "") -> str:
    code = ord(letter) - 0x10000
    return f"{{\\uc1\\u{code}?{number}\\u{code}?}}" if number != "" else f"{{\\uc1\\u{code}?}}"


class _Reader:
    """Reads one document; `page` is what has been read."""

    def __init__(self, rtf: str) -> None:
        self.page = Page()
        self._cut: list[tuple[str, str]] = []
        kept = _LAYOUT_WORD.sub(lambda match: _mark(_WORDS[match[1].lower()]), "".join(self._kept(rtf)))
        self._fonts = rtf[: rtf.find("{\\stylesheet")] if "{\\stylesheet" in rtf[:20_000] else "{\\rtf1\\ansi "
        self._lay_out(_plain(kept))
        headers = (group for kind, group in self._cut if kind == "header")
        self.page.left_out["header"] += any(self._words(group, r"(?:header|footer)[lrf]?") for group in headers)

    def _kept(self, rtf: str) -> Iterator[str]:
        """The document without the groups that are no part of the running text; an anchor stands for each."""
        at = depth = 0
        cut_from: tuple[int, int, str] | None = None
        for token in _TOKEN.finditer(rtf):
            if token[0] == "{":
                depth += 1
                opening = _OPENING.match(rtf, token.start()) if cut_from is None else None
                kind = _KINDS.get(opening[1].lower()) if opening else None
                if kind:
                    yield rtf[at : token.start()]
                    cut_from = token.start(), depth, kind
            elif token[0] == "}":
                if cut_from and cut_from[1] == depth:
                    start, _depth, kind = cut_from
                    self._cut.append((kind, rtf[start : token.end()]))
                    yield _mark(_ANCHOR, len(self._cut) - 1)
                    at, cut_from = token.end(), None
                depth -= 1
        if cut_from is None:
            yield rtf[at:]

    def _lay_out(self, text: str) -> None:
        rows: list[list[Page]] = []
        row: list[Page] | None = None
        page = self.page
        starts: dict[str, tuple[Page, Place]] = {}
        author = ""
        for piece in _MARKS.split(text):
            if piece.startswith(_ANCHOR):
                kind, group = self._cut[int(piece.strip(_ANCHOR))]
                author = self._anchor(kind, group, page, starts, author)
            elif piece == _BEGIN:
                if row is None:
                    row, page = [], Page()
            elif piece == _CELL:
                if row is None:
                    row, page = [], self._line_taken_back()
                row.append(page.trimmed())
                page = Page()
            elif piece == _ROW:
                rows.append(row or [])
                row, page = None, self.page
            elif piece:
                if row is None and rows and piece.strip():
                    self.page.add_table(rows)
                    rows = []
                for number, line in enumerate(piece.replace("\r", "").split("\n")):
                    if number:
                        page.break_line()
                    page.write(line)
        if row:
            rows.append(row)
        if rows:
            self.page.add_table(rows)

    def _line_taken_back(self) -> Page:
        """The last line, which turned out to be the first cell of a row."""
        line = self.page.lines.pop()
        self.page.break_line()
        return Page([line])

    def _anchor(self, kind: str, group: str, page: Page, starts: dict[str, tuple[Page, Place]], author: str) -> str:
        """Note what stood here; gives the author of the comment that follows."""
        match kind:
            case "author":
                return self._words(group, "atnauthor")
            case "start":
                number = _NUMBER.search(group.partition("atrfstart")[2])
                starts[number[1] if number else ""] = page, page.place
            case "comment":
                number = _NUMBER.search(group.partition("atnref")[2])
                begun_in, start = starts.get(number[1] if number else "", (page, page.place))
                page.note(
                    self._words(group, "annotation"), author, "", start if begun_in is page else (0, 0)
                ).end = page.place
                return ""
            case "note":
                if words := self._words(group, "footnote"):
                    page.note(words).end = page.place
                    page.left_out["note"] += 1
            case "deleted" | "hidden" | "picture":
                page.left_out[kind] += 1
        return author

    def _words(self, group: str, word: str) -> str:
        """The words of a group that is no running text, for which the library would give none."""
        inner = re.sub(rf"\{{\s*(?:\\\*\s*)?\\{word}(?![a-z])", "{", group, count=1)
        return _plain(f"{self._fonts}{inner}}}").strip()
