"""PDF with a text layer: the lines of its pages, put together as paragraphs."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ipscoding.errors import FileProblem
from ipscoding.i18n import _
from ipscoding.transcripts.archive import damage_told
from ipscoding.transcripts.pages import joined
from ipscoding.transcripts.reading import Remark
from ipscoding.transcripts.source import Source

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# letters that were set as one, which nobody would find when searching for the word
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬆ": "st"})
_MOST_PAGES = 1500
_LARGEST_PAGE = 3 * 1024 * 1024
_LARGEST_STREAM = 20_000_000
_LONGEST = 8.0
"""Seconds after which reading is given up: an interview of two hours takes less than one."""


def read_pdf(data: bytes, name: str) -> Source:
    """The text of a PDF, to be approved by a person: what was joined and left out is said in the remarks.

    Raises `FileProblem` for a file that is damaged, protected, a picture of text, or takes too long.
    """
    with _bounded(), damage_told(name):
        pages = _pages(data, name)
    letters = sum(letter.isalpha() for page in pages for line in page for letter in line)
    if letters < 3 * len(pages) or not letters:
        raise FileProblem(
            _("{file} has no text that can be read: its pages are pictures, or their letters have no meaning").format(
                file=name
            ),
            _("Save it as .docx from where it was written, or let a program for text recognition (OCR) read it"),
        )
    source = joined(pages)
    odd = sum(
        letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for page in pages for line in page for letter in line
    )
    if odd:
        message = _("{n} letters of the PDF have no meaning that can be read")
        source.remarks.append(Remark("layout", message.format(n=odd)))
    return source


def _pages(data: bytes, name: str) -> list[list[str]]:
    from pypdf import PdfReader

    ends = time.monotonic() + _LONGEST
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise FileProblem(
            _("{file} is protected by a password").format(file=name),
            _("Save it without the password, or as plain text, and import that"),
        )
    if len(reader.pages) > _MOST_PAGES:
        raise _too_much(name)
    return [_text(page, ends, name).split("\n") for page in reader.pages]


def _text(page: "PageObject", ends: float, name: str) -> str:
    def watch(*_operation: object) -> None:
        if time.monotonic() > ends:
            raise _too_much(name)

    watch()
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _LARGEST_PAGE:
        raise _too_much(name)
    return page.extract_text(visitor_operand_before=watch).translate(_LIGATURES)


def _opens(reader: "PdfReader") -> bool:
    """Whether the empty password opens it: then only printing or changing is protected."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


@contextmanager
def _bounded() -> Iterator[None]:
    """Without what pypdf logs about odd files, which may hold their text, and with little unpacked at a time."""
    from pypdf import apply_configuration

    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with apply_configuration(
            zlib_maximum_output_length=_LARGEST_STREAM,
            lzw_maximum_output_length=_LARGEST_STREAM,
            run_length_maximum_output_length=_LARGEST_STREAM,
            array_based_stream_maximum_output_length=_LARGEST_STREAM,
        ):
            yield
    finally:
        logger.setLevel(before)


def _too_much(name: str) -> FileProblem:
    return FileProblem(
        _("{file} takes too long to read: it holds far more than an interview").format(file=name),
        _("Save it as .docx or plain text from where it was written"),
    )
