"""What a page for reading consists of. All texts are plain: what means something in a format is escaped in writing."""

from collections.abc import Callable, Iterable
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


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what it shows, the titles of its columns, and its rows, the first cell of each naming the row.

    `numbers` are the places of the columns that hold figures. A row of one cell is a heading over those below it.
    """

    caption: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: what stands below it, what it shows in words for those who do not see it, and how it is drawn.

    `draw` gives it as a file of the form it is asked for: `svg` or `png`.
    """

    caption: str
    alt: str
    draw: Callable[[str], bytes]


Block = Heading | Paragraph | Items | Facts | Quotation | Grid | Drawing


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, the language it is written in (`nb`, `nn`, `en`), and its blocks, made as they are written."""

    title: str
    language: str
    blocks: Iterable[Block]
    contents: bool = False
    """Whether a list of the headings stands first, where a format can have one."""
    depth: int = 9
    """Down to which level of headings that list goes."""
    date: str = ""
    """The day it tells of (`2026-01-31`); where a format keeps a date, it is this one and never today's."""
    wide: bool = False
    """Whether tables and pictures may be broader than the text, where the window has room."""
