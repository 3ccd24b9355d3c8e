"""Word documents (.docx): paragraphs, tables, comments and footnotes, as the text stands when all changes are accepted.

The document is walked as XML: the usual libraries give neither what stands in tracked insertions, content controls and
text boxes nor where a comment begins and ends.
"""

import posixpath
from xml.etree.ElementTree import Element

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.archive import Archive, damage_told
from ipscoding.transcripts.layout import Page
from ipscoding.transcripts.source import Source

_PASSED = frozenset(
    ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText")
)
_PICTURES = frozenset(("pic", "imagedata", "OLEObject", "chart"))


def read_word(data: bytes, name: str) -> Source:
    """The text of a Word document: one paragraph or line a line, tables of speech as turns; its comments.

    Deleted text of tracked changes, page headers, numbering and pictures are left out, which the remarks say; a
    footnote becomes a comment on its place. Raises `FileProblem` for a file that is damaged, encrypted or no document.
    """
    archive = Archive(data, name)
    main = _related(archive, "", "officeDocument")
    if not main:
        raise FileProblem(
            _("{file} is no Word document, whatever its name says").format(file=name),
            _("Open it in the program it was written with and save it as .docx"),
        )
    document = archive.xml(main[0])
    with damage_told(name):
        reader = _Reader(archive, main[0])
        if document is not None:
            reader.walk(document, reader.page)
        for kind in ("header", "footer"):
            for part in _related(archive, main[0], kind):
                root = archive.xml(part)
                reader.page.left_out["header"] += root is not None and bool("".join(root.itertext()).strip())
    return reader.page.source([])


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element, attribute: str) -> str:
    """The attribute of any name space: transitional and strict documents have different ones."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == attribute), "")


def _related(archive: Archive, part: str, kind: str) -> list[str]:
    """The parts that `part` ("" is the whole document) names as of a kind."""
    folder, file = posixpath.split(part)
    relations = archive.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    if relations is None:
        return []
    return [
        posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        for relation in relations
        if _value(relation, "Type").rpartition("/")[2] == kind
        and _value(relation, "TargetMode") != "External"
        and (target := _value(relation, "Target"))
    ]


class _Reader:
    """Walks one document; `page` is what has been read."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.page = Page()
        self._comments = self._notes_of(archive, main, "comments")
        self._footnotes = self._notes_of(archive, main, "footnotes")
        self._endnotes = self._notes_of(archive, main, "endnotes")
        self._boxes: list[Page] = []
        self._open: dict[str, tuple[Page, tuple[int, int]]] = {}
        self._noted: set[str] = set()

    def _notes_of(self, archive: Archive, main: str, kind: str) -> dict[str, Element]:
        roots = [archive.xml(part) for part in _related(archive, main, kind)]
        return {_value(note, "id"): note for root in roots if root is not None for note in root}

    def walk(self, element: Element, page: Page) -> None:
        """Read all that an element holds."""
        for child in element:
            self._read(child, page)

    def _read(self, element: Element, page: Page) -> None:
        match _local(element):
            case "t":
                page.write(element.text or "")
            case "tab":
                page.write("\t")
            case "br" | "cr":
                page.break_line()
            case "noBreakHyphen":
                page.write("-")
            case "p":
                self._paragraph(element, page)
            case "r":
                self._run(element, page)
            case "tbl":
                page.add_table(self._rows(element))
            case "del" | "moveFrom":
                page.left_out["deleted"] += any(_local(part) == "delText" for part in element.iter())
            case "ins" | "moveTo":
                page.left_out["inserted"] += any(_local(part) == "t" for part in element.iter())
                self.walk(element, page)
            case "AlternateContent":
                # the same thing twice, for programs that know it and for those that do not
                self.walk(element[0], page) if len(element) else None
            case "txbxContent":
                box = Page()
                self.walk(element, box)
                self._boxes.append(box)
                page.left_out["box"] += 1
            case "commentRangeStart":
                self._open[_value(element, "id")] = (page, page.place)
            case "commentRangeEnd" | "commentReference":
                self._comment(_value(element, "id"), page)
            case "footnoteReference":
                self._footnote(self._footnotes.get(_value(element, "id")), page)
            case "endnoteReference":
                self._footnote(self._endnotes.get(_value(element, "id")), page)
            case tag if tag not in _PASSED:
                page.left_out["picture"] += tag in _PICTURES
                self.walk(element, page)

    def _paragraph(self, element: Element, page: Page) -> None:
        properties = element.find("{*}pPr")
        if properties is not None:
            number = properties.find("{*}numPr/{*}numId")
            page.left_out["number"] += number is not None and _value(number, "val") not in ("", "0")
        self.walk(element, page)
        merged = properties is not None and properties.find("{*}rPr/{*}del") is not None
        if not merged:
            page.break_line()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            page.take_in(box)
            page.end_paragraph()

    def _run(self, element: Element, page: Page) -> None:
        vanish = element.find("{*}rPr/{*}vanish")
        if vanish is not None and _value(vanish, "val") not in ("0", "false", "off"):
            page.left_out["hidden"] += any(_local(part) == "t" for part in element)
            return
        self.walk(element, page)

    def _rows(self, table: Element) -> list[list[Page]]:
        rows: list[list[Page]] = []
        for row in _inside(table, "tr"):
            cells: list[Page] = []
            for cell in _inside(row, "tc"):
                page = Page()
                self.walk(cell, page)
                cells.append(page.trimmed())
            rows.append(cells)
        return rows

    def _comment(self, key: str, page: Page) -> None:
        """A comment when its stretch ends; what refers to it once more, or has no text, is passed over."""
        if key in self._noted or key not in self._comments:
            return
        self._noted.add(key)
        begun_in, start = self._open.get(key, (page, page.place))
        comment = self._comments[key]
        # a stretch from one cell of a table to another is marked in the last
        note = page.note(
            _plain(comment),
            _value(comment, "author"),
            _value(comment, "date"),
            start if begun_in is page else (0, 0),
        )
        note.end = page.place

    def _footnote(self, footnote: Element | None, page: Page) -> None:
        if footnote is not None and (text := _plain(footnote)):
            page.note(text).end = page.place
            page.left_out["note"] += 1


def _inside(element: Element, tag: str) -> list[Element]:
    """The rows of a table or the cells of a row, also those in content controls and tracked insertions."""
    found: list[Element] = []
    for child in element:
        local = _local(child)
        if local == tag:
            found.append(child)
        elif local in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            found += _inside(child, tag)
    return found


def _plain(element: Element) -> str:
    """The text of a comment or footnote."""
    page = Page()
    for part in element.iter():
        match _local(part):
            case "t":
                page.write(part.text or "")
            case "p" | "br" | "cr":
                page.end_paragraph()
    return page.text
