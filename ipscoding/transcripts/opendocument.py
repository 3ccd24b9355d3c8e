"""LibreOffice's documents (.odt): paragraphs, tables, comments and footnotes."""

import re
from xml.etree.ElementTree import Element

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.archive import Archive, damage_told
from ipscoding.transcripts.layout import Page
from ipscoding.transcripts.source import Source

_PASSED = frozenset(
    (
        "tracked-changes",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "forms",
        "table-columns",
        "note-citation",
    )
)
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 50
"""Spaces, cells and rows that are said to be repeated, at most: real documents fill a margin with them."""


def read_odt(data: bytes, name: str) -> Source:
    """The text of a LibreOffice document: one paragraph or line a line, tables of speech as turns; its comments.

    Deleted text of tracked changes, page headers and pictures are left out, which the remarks say; a footnote becomes a
    comment on its place. Raises `FileProblem` for a file that is damaged, encrypted or no text document.
    """
    archive = Archive(data, name)
    manifest = archive.xml("META-INF/manifest.xml")
    if manifest is not None and any(_local(element) == "encryption-data" for element in manifest.iter()):
        raise FileProblem(
            _("{file} is protected by a password").format(file=name),
            _("Save it without the password, or as plain text, and import that"),
        )
    content = archive.xml("content.xml")
    body = content.find("{*}body/{*}text") if content is not None else None
    if body is None:
        raise FileProblem(
            _("{file} is no LibreOffice text document, whatever its name says").format(file=name),
            _("Open it in the program it was written with and save it as .odt"),
        )
    with damage_told(name):
        reader = _Reader(body)
        reader.walk(body, reader.page)
        styles = archive.xml("styles.xml")
        if styles is not None:
            reader.page.left_out["header"] += any(
                "".join(element.itertext()).strip()
                for element in styles.iter()
                if _local(element) in ("header", "footer")
            )
    return reader.page.source([])


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element, attribute: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == attribute), "")


def _times(element: Element, attribute: str) -> int:
    value = _value(element, attribute)
    return min(int(value), _MOST_REPEATED) if value.isdecimal() else 1


class _Reader:
    """Walks one document; `page` is what has been read."""

    def __init__(self, body: Element) -> None:
        self.page = Page()
        self._ends = {_value(element, "name") for element in body.iter() if _local(element) == "annotation-end"}
        self._open: dict[str, Element] = {}
        self._begun: dict[str, tuple[Page, tuple[int, int]]] = {}
        self._boxes: list[Page] = []

    def walk(self, element: Element, page: Page) -> None:
        """Read all elements that `element` holds, without words that stand between them."""
        for child in element:
            self._read(child, page)

    def _mixed(self, element: Element, page: Page) -> None:
        self._words(element.text, page)
        for child in element:
            self._read(child, page)
            self._words(child.tail, page)

    def _words(self, text: str | None, page: Page) -> None:
        if text:
            plain = _SPACE.sub(" ", text)
            page.write(plain if page.last else plain.lstrip(" "))

    def _read(self, element: Element, page: Page) -> None:
        match _local(element):
            case "p" | "h":
                self._mixed(element, page)
                page.break_line()
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    page.take_in(box)
                    page.end_paragraph()
            case "s":
                page.write(" " * _times(element, "c"))
            case "tab":
                page.write("\t")
            case "line-break":
                page.break_line()
            case "table":
                page.add_table(self._rows(element))
            case "annotation":
                self._comment(element, page)
            case "annotation-end":
                self._close(_value(element, "name"), page)
            case "note":
                body = element.find("{*}note-body")
                if body is not None and (text := _plain(body)):
                    page.note(text).end = page.place
                    page.left_out["note"] += 1
            case "text-box":
                box = Page()
                self.walk(element, box)
                self._boxes.append(box)
                page.left_out["box"] += 1
            case "image":
                page.left_out["picture"] += 1
            case "list" | "list-item" | "list-header" | "section" | "frame" | "index-body" | "text":
                self.walk(element, page)
            case "change-start":
                page.left_out["inserted"] += 1
            case "change":
                page.left_out["deleted"] += 1
            case tag if tag not in _PASSED:
                self._mixed(element, page)

    def _rows(self, table: Element) -> list[list[Page]]:
        rows: list[list[Page]] = []
        for row in _inside(table, "table-row"):
            cells: list[Page] = []
            for cell in _inside(row, "table-cell"):
                page = Page()
                self.walk(cell, page)
                # only empty cells are repeated on purpose, to fill a row
                repeated = _times(cell, "number-columns-repeated") if not page.text else 1
                cells += [page.trimmed(), *(Page() for _ in range(repeated - 1))]
            rows.append(cells)
        return rows

    def _comment(self, element: Element, page: Page) -> None:
        key = _value(element, "name")
        if key in self._ends:
            self._open[key] = element
            self._begun[key] = (page, page.place)
        else:
            self._write_note(element, page, page.place)

    def _close(self, key: str, page: Page) -> None:
        element = self._open.pop(key, None)
        if element is not None:
            begun_in, start = self._begun[key]
            self._write_note(element, page, start if begun_in is page else (0, 0))

    def _write_note(self, element: Element, page: Page, start: tuple[int, int]) -> None:
        author = element.findtext("{*}creator") or ""
        note = page.note(_plain(element), author, element.findtext("{*}date") or "", start)
        note.end = page.place


def _inside(element: Element, tag: str) -> list[Element]:
    """The rows of a table or the cells of a row, also those in header rows and groups."""
    found: list[Element] = []
    for child in element:
        local = _local(child)
        if local == tag:
            found.append(child)
        elif local in ("table-header-rows", "table-rows", "table-row-group"):
            found += _inside(child, tag)
    return found


def _plain(element: Element) -> str:
    """The text of the paragraphs of a comment or footnote."""
    paragraphs = (part for part in element.iter() if _local(part) in ("p", "h"))
    return "\n".join(_SPACE.sub(" ", "".join(paragraph.itertext())) for paragraph in paragraphs)
