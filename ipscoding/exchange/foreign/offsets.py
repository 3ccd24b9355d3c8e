"""In what a program counts places in a text: found out from where words begin and end, never assumed.

The standard says code points; programs count UTF-16 units, CRLF as one or two, and some the byte order mark.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ipscoding.domain import Span
from ipscoding.errors import NotFound
from ipscoding.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNITS = ("codepoint", "utf16")
_WORDS = {
    "codepoint": ("unit", "codepoint"),
    "utf16": ("unit", "utf16"),
    "crlf1": ("crlf", 1),
    "crlf2": ("crlf", 2),
    "bom": ("bom", True),
    "nobom": ("bom", False),
}
_SPACE_PENALTY = 0.05
_CLEAR = 0.02


@dataclass(frozen=True, slots=True)
class Model:
    """One way of counting: in `unit`s, a CRLF as `crlf`, the byte order mark as one where `bom` is true."""

    unit: str = "codepoint"
    crlf: int = 2
    bom: bool = False

    def told(self, axes: Collection[str]) -> str:
        """The way of counting in words, as far as texts with these `axes` can tell."""
        parts = [_("UTF-16 units") if self.unit == "utf16" else _("characters")]
        if "crlf" in axes:
            parts.append(_("a line break as two") if self.crlf == 2 else _("a line break as one"))
        if "bom" in axes:
            parts.append(_("the byte order mark too") if self.bom else _("the byte order mark not"))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch as the file gives it, and what it says stands there (empty: nothing)."""

    start: int
    end: int
    name: str = ""


@dataclass
class Counted:
    """A text as a file has it. `inline` text has lost its CR on the way, so that any line break may have been two."""

    raw: str
    has_bom: bool = False
    inline: bool = False
    _starts: dict[Model, "NDArray"] = field(default_factory=dict, repr=False)  # type: ignore[type-arg]

    @cached_property
    def text(self) -> str:
        """The text with LF line ends."""
        return self.raw.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def axes(self) -> frozenset[str]:
        """What this text can tell apart: `unit`, `crlf`, `bom`."""
        found = {
            "unit": any(letter > "\uffff" for letter in self.text),
            "crlf": "\r\n" in self.raw or (self.inline and "\n" in self.raw),
            "bom": self.has_bom,
        }
        return frozenset(axis for axis, there in found.items() if there)

    def span(self, marked: Marked, model: Model) -> Span | None:
        """The stretch in code points of `text`; None where it does not lie in the text. Half characters are whole."""
        return self.spans([marked], model)[0][0]

    def spans(self, marks: Sequence[Marked], model: Model) -> list[tuple[Span | None, bool]]:
        """`span` of each, and whether neither of its ends falls inside a character."""
        import numpy as np

        starts = self._places(model)
        first_place, length = int(starts[0]), int(starts[-1])
        lying = [0 <= mark.start <= mark.end <= length for mark in marks]
        ends = np.array(
            [(mark.start, mark.end) for mark, lies in zip(marks, lying, strict=True) if lies], dtype=np.int64
        )
        ends = np.maximum(ends.reshape(-1, 2), first_place)
        first = np.searchsorted(starts, ends[:, 0], side="right") - 1
        last = np.searchsorted(starts, ends[:, 1], side="left")
        whole = (starts[first] == ends[:, 0]) & (starts[last] == ends[:, 1])
        found = zip(first.tolist(), last.tolist(), whole.tolist(), strict=True)
        made: list[tuple[Span | None, bool]] = []
        for lies in lying:
            if lies:
                start, end, both = next(found)
                made.append((Span(start, max(start, end)), both))
            else:
                made.append((None, False))
        return made

    def _places(self, model: Model) -> "NDArray":  # type: ignore[type-arg]
        """Where each character of `text` begins as `model` counts, and after the last one where the text ends."""
        if model not in self._starts:
            import numpy as np

            raw = np.frombuffer(self.raw.encode("utf-32-le", "replace"), dtype=np.uint32)
            pair = np.zeros(len(raw), dtype=bool)
            pair[1:] = (raw[1:] == 10) & (raw[:-1] == 13)
            widths = np.ones(len(raw), dtype=np.int64)
            if model.unit == "utf16":
                widths[raw > 0xFFFF] = 2
            if model.crlf == 2:
                widths[pair | ((raw == 10) & self.inline)] = 2
            dropped = np.zeros(len(raw), dtype=bool)
            dropped[:-1] = pair[1:]
            widths = widths[~dropped]
            places = np.zeros(len(widths) + 1, dtype=np.int64)
            places[1:] = np.cumsum(widths)
            self._starts[model] = places + int(model.bom)
        return self._starts[model]


@dataclass(frozen=True, slots=True)
class Found:
    """The way of counting that was chosen for a text, how well it fits (1 is perfect), and the next best that differs.

    `sure` says that the text could tell it from all others, or that all come to the same.
    """

    model: Model
    fit: float
    next_fit: float
    sure: bool


def parse_model(words: str) -> dict[str, object]:
    """What the user says of the way of counting (`utf16,crlf2`), by axis. Raises `NotFound` for another word."""
    given: dict[str, object] = {}
    for word in (part.strip().lower() for part in words.split(",")):
        if word and word not in _WORDS:
            raise NotFound(
                _("No such way of counting: {word}").format(word=word),
                _("Give one or several of {words}").format(words=", ".join(_WORDS)),
            )
        if word:
            axis, value = _WORDS[word]
            given[axis] = value
    return given


def models(counted: Counted, given: dict[str, object]) -> list[Model]:
    """The ways of counting that `counted` can tell apart and `given` allows."""
    units = UNITS if "unit" in counted.axes else UNITS[:1]
    weights = (2, 1) if "crlf" in counted.axes else (2,)
    marks = (False, True) if "bom" in counted.axes else (False,)
    found = [Model(unit, crlf, bom) for unit in units for crlf in weights for bom in marks]
    return [
        model
        for model in found
        if all(axis not in counted.axes or getattr(model, axis) == value for axis, value in given.items())
    ]


def scores(counted: Counted, marks: Sequence[Marked], candidates: Iterable[Model]) -> dict[Model, float]:
    """How well each way of counting fits: the share of ends that lie between words, and of names that stand there.

    At most 2 (each share at most 1); less for stretches that begin or end with white space or leave the text.
    """
    return {model: _score(counted, marks, model) for model in candidates}


def _score(counted: Counted, marks: Sequence[Marked], model: Model) -> float:
    if not marks:
        return 0.0
    points = matched = 0.0
    named = 0
    text = counted.text
    for mark, (span, whole) in zip(marks, counted.spans(marks, model), strict=True):
        if span is None:
            points -= 2
            continue
        if whole:
            points += _between_words(text, span.start) + _between_words(text, span.end)
        if len(span):
            points -= _SPACE_PENALTY * (text[span.start].isspace() + text[span.end - 1].isspace())
        if mark.name:
            named += 1
            matched += says(mark.name, span.of(text))
    return points / (2 * len(marks)) + (matched / named if named else 0.0)


def _between_words(text: str, at: int) -> bool:
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def says(name: str, words: str) -> bool:
    """Whether `name` is what stands in `words`, but for white space and where it was cut."""
    wanted, stands = " ".join(name.split()), " ".join(words.split())
    cut = wanted.removesuffix("…").removesuffix("...")
    return wanted == stands or (cut != wanted and len(cut) > 8 and stands.startswith(cut.rstrip()))


def choose(
    counted: Counted, marks: Sequence[Marked], given: dict[str, object], origin: str, pooled: dict[Model, float]
) -> Found:
    """The way of counting that fits a text best.

    Where two fit about as well, what fits all texts of the file together (`pooled`, summed scores) decides, then what
    is known of the program.
    """
    candidates = models(counted, given) or models(counted, {})
    own = scores(counted, marks, candidates)
    usual = usual_model(origin, counted)
    ranked = sorted(candidates, key=lambda one: (own[one], pooled.get(one, 0.0), one == usual), reverse=True)
    best = ranked[0]
    near = [one for one in ranked if own[best] - own[one] < _CLEAR]
    if len(near) > 1:
        best = max(near, key=lambda one: (pooled.get(one, 0.0), one == usual, own[one]))
    others = [own[one] for one in candidates if one != best and _differs(counted, marks, best, one)]
    next_fit = max(others, default=0.0)
    # what fits best and is known of the program needs no wider margin
    sure = not others or own[best] - next_fit >= _CLEAR or (best == usual and own[best] > next_fit)
    return Found(best, own[best], next_fit, sure)


def _differs(counted: Counted, marks: Sequence[Marked], one: Model, other: Model) -> bool:
    here, there = counted.spans(marks, one), counted.spans(marks, other)
    return any(a[0] != b[0] for a, b in zip(here, there, strict=True))


def usual_model(origin: str, counted: Counted) -> Model:
    """How the program that wrote a file is known to count; the standard's way for others."""
    name = origin.lower()
    if "nvivo" in name:
        model = Model("utf16", 2)
    elif "atlas" in name or counted.inline:
        model = Model("codepoint", 1)
    elif "maxqda" in name:
        model = Model("utf16", 2)
    else:
        model = Model()
    return Model(
        model.unit if "unit" in counted.axes else UNITS[0],
        model.crlf if "crlf" in counted.axes else 2,
        model.bom and "bom" in counted.axes,
    )
