"""Pages for reading: the same blocks written as Markdown, as HTML that stands alone, or as a Word document."""

from ipscoding.exchange.prose.blocks import Block, Facts, Heading, Items, Page, Paragraph, Quotation
from ipscoding.exchange.prose.write import SUFFIXES, write_page

__all__ = ["SUFFIXES", "Block", "Facts", "Heading", "Items", "Page", "Paragraph", "Quotation", "write_page"]
