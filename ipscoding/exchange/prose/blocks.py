"""What a page for reading consists of. All texts are plain: what means something in a format is escaped in writing."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the first below the title. `anchor` is an id that stays the same, or empty."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quiet` for what stands beside the matter (counts, ids). Line breaks in it are kept."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what is to be said under it; line breaks in the latter are kept."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said: lines of (speaker or empty, words), a sign in front, and whose words they are."""

    lines: tuple[tuple[str, str], ...]
    sign: str = ""
    source: str = ""


Block = Heading | Paragraph | Items | Facts | Quotation


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, the language it is written in (`nb`, `nn`, `en`), and its blocks, made as they are written."""

    title: str
    language: str
    blocks: Iterable[Block]
    contents: bool = False
    """Whether a list of the headings stands first, where a format can have one."""
