"""Pages as Word documents (.docx), with Word's own styles for headings, lists and quotations."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from ipscoding.exchange.prose.blocks import Block, Drawing, Facts, Grid, Heading, Items, Page, Paragraph, Quotation

# What XML cannot hold; tab and line feed stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def write_word(page: Page, stream: BinaryIO) -> None:
    """Write `page` as a Word document. The file names no author, and its proofing language is that of the page.

    The same page gives the same bytes: the only date in the file is that of the page.
    """
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    # the template's own paper is American
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    if page.wide:
        document.sections[0].left_margin = document.sections[0].right_margin = Mm(20)
    about = document.core_properties
    about.title, about.author, about.comments = clean(page.title), "", ""
    about.created = about.modified = datetime.fromisoformat(page.date or "2000-01-01")
    about.last_modified_by, about.revision = "", 1
    about.language = _LANGUAGES.get(page.language, page.language)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), about.language)
    document.add_heading(clean(page.title), level=0)
    for block in page.blocks:
        _add(document, block)
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(stream, "w") as packed:
        for name, part in _with_fixed_times(made.getvalue()):
            packed.writestr(name, part)


def clean(text: str) -> str:
    """`text` as a document can hold it: no control characters, LF line ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(clean(" ".join(block.text.split())), level=min(block.level, 9))
        case Paragraph():
            run = document.add_paragraph().add_run(clean(block.text))
            if block.quiet:
                _make_quiet(run)
        case Items():
            for text in block.texts:
                document.add_paragraph(clean(text), style="List Bullet")
        case Facts():
            for name, text in block.pairs:
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.keep_together = True
                paragraph.add_run(f"{clean(name)}: ").bold = True
                paragraph.add_run(clean(text))
        case Quotation():
            _quotation(document, block)
        case Grid():
            _grid(document, block)
        case Drawing():
            _drawing(document, block)


def _caption(document: Any, text: str) -> Any:
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(clean(text)).font.color.rgb = None
    return paragraph


def _grid(document: Any, block: Grid) -> None:
    from docx.oxml import OxmlElement

    _caption(document, block.caption).paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(block.titles))
    table.autofit = False
    small, widths = _widths(document, block)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate((block.titles, *block.rows)):
        row = table.add_row()
        about = row._tr.get_or_add_trPr()
        about.append(OxmlElement("w:cantSplit"))
        if not number:
            about.append(OxmlElement("w:tblHeader"))
        cells = row.cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        if len(texts) == 1 and len(cells) > 1:
            cells = [cells[0].merge(cells[-1])]
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            _rule(cell, strong=not number)
            _fill(cell, text, small, right=place in block.numbers, bold=not number or len(texts) == 1)
    document.add_paragraph()


def _widths(document: Any, block: Grid) -> tuple[int, list[int]]:
    """The size of letters (points), and the widths of columns, together as wide as the text of the page.

    The largest size at which no word has to be broken; what room is left goes to the columns with most to say.
    """
    from docx.shared import Pt

    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    least, wanted = [], []
    for place, title in enumerate(block.titles):
        texts = [row[place] for row in block.rows if len(row) > 1]
        parts = [max(map(len, re.split(r"[ \n-]", text))) for text in (title, *texts)]
        # a figure stays on one line
        longest = max(map(len, texts), default=1)
        least.append(max(max(parts), longest if place in block.numbers else 0) + _MARGIN)
        wanted.append(max(least[-1], min(longest, _LONGEST) + _MARGIN))
    size = next((size for size in _SIZES if sum(least) * Pt(size) * _LETTER <= room), _SIZES[-1])
    left = max(room / (Pt(size) * _LETTER) - sum(least), 0)
    more = [full - narrow for narrow, full in zip(least, wanted, strict=True)]
    share = min(left / sum(more), 1) if sum(more) else 0
    asked = [narrow + one * share for narrow, one in zip(least, more, strict=True)]
    return size, [int(room * one / sum(asked)) for one in asked]


_SIZES = (9, 8, 7, 6, 5)
_LETTER = 0.6
"""How wide a letter is on average, as a part of its size."""
_MARGIN = 3
"""The room on both sides of a cell, in letters."""
_LONGEST = 44
"""A column that holds more letters than this is broken into lines."""


def _rule(cell: Any, *, strong: bool) -> None:
    """A line below a cell: rows are told apart without a grid."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, line = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8" if strong else "4"), ("space", "0"), ("color", "808080")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _fill(cell: Any, text: str, points: int, *, right: bool, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(clean(text))
    run.font.size = Pt(points)
    run.bold = bold


def _drawing(document: Any, block: Drawing) -> None:
    from docx.oxml.ns import qn

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    picture = paragraph.add_run().add_picture(io.BytesIO(block.draw("png")))
    smaller = min(1, width / picture.width, height * 0.85 / picture.height)
    picture.width, picture.height = int(picture.width * smaller), int(picture.height * smaller)
    picture._inline.find(qn("wp:docPr")).set("descr", clean(block.alt))
    _caption(document, block.caption)


def _with_fixed_times(data: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """The parts of a document, none of which tells when it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            yield about, packed.read(name)


def _quotation(document: Any, block: Quotation) -> None:
    from docx.shared import Cm

    paragraph = document.add_paragraph(style="Quote")
    paragraph.paragraph_format.left_indent = Cm(0.75)
    paragraph.paragraph_format.keep_together = True
    if block.sign:
        paragraph.add_run(f"{block.sign} ").italic = False
    for number, (speaker, words) in enumerate(block.lines):
        if number:
            paragraph.add_run().add_break()
        if speaker:
            label = paragraph.add_run(f"{clean(speaker)}: ")
            label.bold, label.italic = True, False
        paragraph.add_run(clean(words))
    if block.source:
        paragraph.paragraph_format.keep_with_next = True
        source = document.add_paragraph()
        source.paragraph_format.left_indent = Cm(0.75)
        _make_quiet(source.add_run(f"— {clean(block.source)}"))


def _make_quiet(run: Any) -> None:
    from docx.shared import Pt, RGBColor

    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)
