"""The whole program in plain characters, for terminals that have no others: what every widget painted, translated."""

from dataclasses import fields

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from ipscoding.domain import Valence
from ipscoding.tui.marks import ASCII, DRAWN, signs_for
from ipscoding.tui.preferences import Preferences

_OTHERS = {
    "▸": ">", "▾": "v", "◂": "<", "▷": ">", "◁": "<", "›": ">", "←": "<", "↑": "^", "→": ">", "↓": "v",
    "○": "-", "◐": "/", "●": "x", "☐": "-", "☑": "x", "✓": "x", "✗": "x", "✎": '"', "≠": "!",
    "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"',
}  # fmt: skip


def _table() -> dict[int, str]:
    found = dict.fromkeys(map(chr, range(0x2500, 0x2580)), "+")  # frames: corners and crossings
    found.update(dict.fromkeys("─━┄┅┈┉╌╍═╴╶╸╺▔", "-"))
    found.update(dict.fromkeys("│┆┇╎╏║╵╷╹╻", "|"))
    found.update(dict.fromkeys("▁▂▃▄▅▆▇", " "))  # the rounded ends of scroll bars
    for one in fields(DRAWN):
        drawn, plain = getattr(DRAWN, one.name), getattr(ASCII, one.name)
        if isinstance(drawn, str):
            found.update(zip(drawn, plain, strict=True))
    found.update((DRAWN.valences[valence], ASCII.valences[valence]) for valence in Valence)
    found.update(dict.fromkeys("▉▊▋▌▍▎▏▐▕", "|"))
    found.update(_OTHERS)
    return {ord(drawn): plain for drawn, plain in found.items()}


_PLAIN = _table()


class PlainSigns(LineFilter):
    """Puts a character that every terminal has in the place of each sign; what is said keeps its letters."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences

    @property
    def wanted(self) -> bool:
        """Whether the reader, or the terminal, asks for plain signs."""
        return signs_for(self._preferences.signs) is ASCII

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in plain characters, each as wide as before."""
        return [Segment(text.translate(_PLAIN), style, control) for text, style, control in segments]
