"""A line of text that every key passes by: painted only where it says something new."""

from collections.abc import Sequence
from itertools import zip_longest

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


class Line(Widget):
    """Text of fixed height, which is not wrapped: a row for each of its lines."""

    ALLOW_SELECT = False
    content = Content()
    """What it says."""

    def say(self, content: Content) -> None:
        """Show `content`."""
        if not content.is_same(self.content):
            before, self.content = self.content, content
            self.refresh(*changed_rows(before, content, self.content_size.width))

    def render(self) -> Content:
        """What it says."""
        return self.content


class StatusLine(Line):
    """One line: where the cursor is, and how things stand."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; background: $panel; color: $foreground; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def show(self, parts: Sequence[str], *, strong: Sequence[str] = ()) -> None:
        """Show `parts`; those in `strong` stand out."""
        pieces = [Content.styled(part, "bold $text-warning" if part in strong else "") for part in parts if part]
        self.say(Content(" · ").join(pieces))


def changed_rows(before: Content, after: Content, width: int) -> list[Region]:
    """Where a widget `width` cells wide looks otherwise with `after` than with `before`; rows and columns from 0."""
    regions = []
    for row, (old, new) in enumerate(zip_longest(before.split("\n"), after.split("\n"))):
        if old is None or new is None or not old.is_same(new):
            cells = max(line.cell_length if line is not None else 0 for line in (old, new))
            regions.append(Region(0, row, max(min(cells, width), 1), 1))
    return regions
