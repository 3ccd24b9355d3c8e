"""Pages to a file, in the form that its suffix says."""

from collections.abc import Iterable
from typing import BinaryIO

from ipscoding.exchange.prose import html, markdown
from ipscoding.exchange.prose.blocks import Page
from ipscoding.exchange.prose.word import write_word

SUFFIXES = (".docx", ".md", ".html")
"""The forms of a page."""


def write_page(page: Page, stream: BinaryIO, suffix: str) -> None:
    """Write `page` to a binary `stream` in the form of `suffix`, one of `SUFFIXES` (UTF-8 where it is text)."""
    if suffix == ".docx":
        write_word(page, stream)
    else:
        _encoded(markdown.pieces(page) if suffix == ".md" else html.pieces(page), stream)


def _encoded(texts: Iterable[str], stream: BinaryIO) -> None:
    for text in texts:
        # a half of a character that no encoding can hold
        stream.write(text.encode("utf-8", errors="replace"))
