"""What a row of the transcript is painted from: the text and what lies on it, the columns, the colours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from textual.color import Color

from ipscoding.domain import Span, Transcript, clock_time
from ipscoding.tui.layout import Layout
from ipscoding.tui.margin import LANES, Margin
from ipscoding.tui.marks import Manner
from ipscoding.tui.stretches import Stretches

NAMES_FROM = 84
"""From this width on there is room for codes' names beside the stripes."""

TIMES_FROM = 92
"""From this width on there is room for times beside the numbers of turns."""

_TEXT_AT_MOST = 96


@dataclass(frozen=True)
class Look:
    """The colours of the theme in use; `flat` where only the terminal's own sixteen colours may be used."""

    background: Color
    text: Color
    quiet: Color
    speaker: Color
    selected: Color
    selected_text: Color
    hit: Color
    current_hit: Color
    flat: bool = False
    reverse: bool = False


@dataclass(frozen=True)
class Columns:
    """How a row of `width` cells is shared out between its parts; `time` is 0 where no times are shown."""

    width: int
    number: int
    text: int
    names: int
    time: int = 0

    @classmethod
    def of(cls, width: int, transcript: Transcript) -> "Columns":
        """The parts of a row of `width` cells in `transcript`."""
        number = max(2, len(str(len(transcript.turns))))
        last = transcript.duration
        time = len(clock_time(last)) + 1 if last is not None and width >= TIMES_FROM else 0
        fixed = number + time + 2 + LANES + 3
        names = min(max(20, (width - NAMES_FROM) // 2 + 20), 40) if width >= NAMES_FROM else 0
        return cls(width, number, max(min(width - fixed - names, _TEXT_AT_MOST), 2), names, time)

    @property
    def text_at(self) -> int:
        """The column where text begins."""
        return self.number + self.time + 2

    @property
    def lanes_at(self) -> int:
        """The column of the first margin lane; the suggestions' mark stands in the one before."""
        return self.text_at + self.text + 2


def by_place(hits: Iterable[Span]) -> Stretches[Span]:
    """What a search found, so that the hits of one row are found without looking at all."""
    return Stretches(hits, lambda hit: hit)


@dataclass
class Scene:
    """Everything a row is painted from."""

    transcript: Transcript
    layout: Layout
    margin: Margin
    columns: Columns
    selected: Span = field(default_factory=lambda: Span(0, 0))
    hits: Stretches[Span] = field(default_factory=lambda: by_place(()))
    current_hit: Span | None = None
    reasons: Stretches[Span] = field(default_factory=lambda: by_place(()))
    bookmarks: Sequence[int] = ()
    """Their offsets, in order."""
    focused: str = ""
    manner: Manner = field(default_factory=Manner)
    notes: Sequence[int] = ()
    """The offsets at which memos on passages begin, in order."""

    def at_width(self, columns: Columns) -> "Scene":
        """The same, wrapped for other columns."""
        layout = Layout(self.transcript.text, columns.text)
        margin = Margin(layout)
        margin.set_marks(self.margin.marks.values())
        margin.set_ghosts(self.margin.ghosts.values())
        return Scene(
            self.transcript,
            layout,
            margin,
            columns,
            self.selected,
            self.hits,
            self.current_hit,
            self.reasons,
            self.bookmarks,
            self.focused,
            self.manner,
            self.notes,
        )
