"""Entries of long lists: headings, hits in one row each, passages with what was said around them. Knows no widget."""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from rich.cells import cell_len, split_graphemes
from textual.content import Content

from ipscoding.domain import Excerpt, Span
from ipscoding.i18n import _
from ipscoding.project.search import Hit
from ipscoding.tui.layout import Layout
from ipscoding.tui.words import origin_name, quotable_name, valence_name

_AROUND = 120
_SPEAKER = 6


class Entry(Protocol):
    """One thing in the list; an empty `key` is a heading, which the cursor passes by."""

    @property
    def key(self) -> str:
        """What the entry is known by while the list is filled anew."""

    def height(self, width: int) -> int:
        """How many rows of `width` cells it takes."""

    def rows(self, width: int) -> list[Content]:
        """Those rows, none wider than `width`."""


class Heading:
    """A row that names what follows, with what there is of it."""

    key = ""

    def __init__(self, name: str, about: str = "", *, depth: int = 0) -> None:
        self.name = name
        self.about = about
        self.depth = depth

    def height(self, width: int) -> int:
        """One row."""
        return 1

    def rows(self, width: int) -> list[Content]:
        """The name, and the rest less loud."""
        name = self.name if self.depth == 0 else "  " * self.depth + self.name
        return [Content.assemble(start_of(name, width), (f"  {self.about}" if self.about else "", "not bold"))]


def hit_key(hit: Hit) -> str:
    """What a hit is known by."""
    return f"{hit.document.id}:{hit.span.start}-{hit.span.end}"


class HitEntry:
    """A hit in one row, all hits below each other in one column; or in more rows, wrapped."""

    def __init__(self, hit: Hit, *, coded: bool, wide: bool) -> None:
        """`coded`: this coder has coded something here; `wide`: more of what was said, in several rows."""
        self.hit = hit
        self.key = hit_key(hit)
        self.coded = coded
        self.wide = wide

    def height(self, width: int) -> int:
        """One row, or as many as the text around takes."""
        return len(self._wrapped(width)) + 1 if self.wide else 1

    def _place(self) -> str:
        speaker = set_width(self.hit.speaker, _SPEAKER)
        return f"{self.hit.turn:>4} {speaker} {'●' if self.coded else ' '} "

    def _wrapped(self, width: int) -> Layout:
        hit = self.hit
        return Layout(f"{hit.before}{hit.text}{hit.after}", width - cell_len(self._place()))

    def rows(self, width: int) -> list[Content]:
        """The rows, the hit standing out by weight and underline."""
        hit, place = self.hit, self._place()
        quiet = "dim" if hit.interviewer else ""
        if self.wide:
            said = Span(len(hit.before), len(hit.before) + len(hit.text))
            lines = [
                Content.assemble((place if n == 0 else " " * cell_len(place), "dim"), line)
                for n, line in enumerate(styled_rows(self._wrapped(width), said, "bold underline $text-warning", quiet))
            ]
            return [*lines, Content("")]
        room = max(width - cell_len(place), 10)
        left = room * 2 // 5
        before = _last_words(hit.before, left)
        text = start_of(hit.text, room - left)
        after = _first_words(hit.after, room - left - cell_len(text))
        return [
            Content.assemble(
                (place, "dim"),
                (" " * (left - cell_len(before)) + before, quiet),
                (text, "bold underline $text-warning"),
                (after, quiet),
            )
        ]


class PassageEntry:
    """A coded passage: what it is coded as, what was said around it, what was thought about it."""

    def __init__(
        self,
        excerpt: Excerpt,
        text: Callable[[str], str],
        *,
        context: int,
        colour: str,
        mine: bool,
        named: bool,
        quotable: str = "",
    ) -> None:
        """`text` gives a document's text; `context`: 0 none, 1 a little, 2 the turn and the one before it.

        `named`: whether the code is said, which goes without saying where there is only one. `quotable`: `yes`, `no`.
        """
        self.excerpt = excerpt
        self.key = excerpt.coding_id
        self._text = text
        self._context = context
        self._colour = colour
        self._mine = mine
        self._named = named
        self._quotable = quotable
        self._wrapped: tuple[int, Layout, Layout | None] | None = None

    @cached_property
    def _around(self) -> tuple[str, Span]:
        """The text to show, and where the passage lies in it."""
        one = self.excerpt
        return around(self._text(one.document_id), Span(one.start, one.end), self._context)

    def _layouts(self, width: int) -> tuple[int, Layout, Layout | None]:
        if self._wrapped is None or self._wrapped[0] != width:
            memo = Layout(f"✎ {self.excerpt.memo}", width - 2) if self.excerpt.memo else None
            self._wrapped = (width, Layout(self._around[0], width), memo)
        return self._wrapped

    def height(self, width: int) -> int:
        """A row on the coding, the text, the memo, an empty row."""
        _width, text, memo = self._layouts(width)
        return 1 + len(text) + (len(memo) if memo else 0) + 1

    def rows(self, width: int) -> list[Content]:
        """The passage as it is read: the passage itself full and bold, what was said around it dim."""
        _width, text, memo = self._layouts(width)
        memo_rows = styled_rows(memo, Span(0, 0), "", "italic $text-accent") if memo else []
        return [
            self._about(),
            *styled_rows(text, self._around[1], "bold", "dim"),
            *(Content.assemble("  ", row) for row in memo_rows),
            Content(""),
        ]

    def _about(self) -> Content:
        one = self.excerpt
        details = [
            one.document,
            _("turn {n}").format(n=one.turn),
            one.speaker + (f" ({_('interviewer')})" if one.interviewer else ""),
        ]
        return Content.assemble(
            ("■ ", self._colour),
            (f"{one.valence.sign} {valence_name(one.valence)}", "bold"),
            f"  {one.code_label}" if self._named else "",
            ("  " + " · ".join(detail for detail in details if detail), "dim"),
            (f" · {one.coder}", "dim" if self._mine else "bold"),
            (f" · {origin_name(one.origin)}" if one.origin != "manual" else "", "dim"),
            (f" · {quotable_name(self._quotable)}" if self._quotable else "", "bold"),
        )


def around(text: str, passage: Span, context: int) -> tuple[str, Span]:
    """A passage with what was said around it, and where it lies in that.

    Args:
        text: the whole interview.
        passage: where the passage stands in it.
        context: 0 nothing around, 1 a little, 2 the turn and the one before it.
    """
    first, last = passage.start, passage.end
    if context:
        first = text.rfind("\n", 0, passage.start) + 1
        last = text.find("\n", passage.end)
        last = len(text) if last < 0 else last
    if context == 1:
        first, last = _near(text, Span(first, last), passage)
    elif context > 1 and first:
        first = text.rfind("\n", 0, first - 1) + 1
    ahead = "… " if context == 1 and text[first - 1 : first] not in ("", "\n") else ""
    behind = " …" if context == 1 and text[last : last + 1] not in ("", "\n") else ""
    offset = first - len(ahead)
    return ahead + text[first:last] + behind, Span(passage.start - offset, passage.end - offset)


def _near(text: str, turn: Span, passage: Span) -> tuple[int, int]:
    """Where to begin and end a little before and after `passage`, between words and inside `turn`."""
    first, last = max(turn.start, passage.start - _AROUND), min(turn.end, passage.end + _AROUND)
    if first > turn.start:
        space = text.find(" ", first, passage.start)
        first = passage.start if space < 0 else space + 1
    if last < turn.end:
        space = text.rfind(" ", passage.end, last)
        last = passage.end if space < 0 else space
    return first, last


def styled_rows(
    layout: Layout, part: Span, inside: str, outside: str, *, within: Span | None = None, most: str = ""
) -> list[Content]:
    """The rows of `layout`, `part` of its text in the style `inside`, `within` in `most`, the rest in `outside`."""
    core = within or Span(0, 0)
    rows = []
    for line in range(len(layout)):
        cuts = layout.cuts(line, {part.start, part.end, core.start, core.end})
        rows.append(
            Content.assemble(
                *(
                    (layout.text[start:end], most if core.holds(start) else inside if part.holds(start) else outside)
                    for start, end in pairwise(cuts)
                )
            )
        )
    return rows


def start_of(text: str, width: int) -> str:
    """As much of the beginning of `text` as goes into `width` cells."""
    if len(text) <= width and text.isascii():
        return text
    shown, used = [], 0
    for start, end, cells in split_graphemes(text)[0]:
        if used + cells > width:
            break
        used += cells
        shown.append(text[start:end])
    return "".join(shown)


def end_of(text: str, width: int) -> str:
    """As much of the end of `text` as goes into `width` cells."""
    if len(text) <= width and text.isascii():
        return text
    shown, used = [], 0
    for start, end, cells in reversed(split_graphemes(text)[0]):
        if used + cells > width:
            break
        used += cells
        shown.append(text[start:end])
    return "".join(reversed(shown))


def _first_words(text: str, width: int) -> str:
    """As many whole words from the beginning of `text` as go into `width` cells."""
    cut = start_of(text, width)
    whole = cut == text or text[len(cut)].isspace() or " " not in cut
    return cut if whole else cut[: cut.rindex(" ")]


def _last_words(text: str, width: int) -> str:
    """As many whole words from the end of `text` as go into `width` cells."""
    cut = end_of(text, width)
    whole = cut == text or text[len(text) - len(cut) - 1].isspace() or " " not in cut
    return cut if whole else cut[cut.index(" ") + 1 :]


def shortened(text: str, width: int) -> str:
    """`text` in at most `width` cells: where it is longer, how it begins and how it ends."""
    if cell_len(text) <= width:
        return text
    first = _first_words(text, width * 2 // 3).rstrip()
    return f"{first} … {_last_words(text, width - cell_len(first) - 3).lstrip()}"


def set_width(text: str, width: int) -> str:
    """`text` cut or filled with spaces to exactly `width` cells."""
    cut = start_of(text, width)
    return cut + " " * (width - cell_len(cut))
