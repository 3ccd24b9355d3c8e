"""Pages as Word documents (.docx), with Word's own styles for headings, lists and quotations."""

import re
from typing import Any, BinaryIO

from ipscoding.exchange.prose.blocks import Block, Facts, Heading, Items, Page, Paragraph, Quotation

# What XML cannot hold; tab and line feed stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def write_word(page: Page, stream: BinaryIO) -> None:
    """Write `page` as a Word document. The file names no author, and its proofing language is that of the page."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    # the template's own paper is American
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    about = document.core_properties
    about.title, about.author, about.comments = clean(page.title), "", ""
    about.language = _LANGUAGES.get(page.language, page.language)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), about.language)
    document.add_heading(clean(page.title), level=0)
    for block in page.blocks:
        _add(document, block)
    document.save(stream)


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
