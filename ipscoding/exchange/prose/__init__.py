"""Pages for reading: the same blocks written as Markdown, as HTML that stands alone, or as a Word document."""

from ipscoding.exchange.prose.blocks import Block, Drawing, Facts, Grid, Heading, Items, Page, Paragraph, Quotation
from ipscoding.exchange.prose.write import SUFFIXES, write_page

__all__ = [
    "SUFFIXES",
    "Block",
    "Drawing",
    "Facts",
    "Grid",
    "Heading",
    "Items",
    "Page",
    "Paragraph",
    "Quotation",
    "write_page",
]
