"""Finding a code by a few letters of its name, its id or what it means: names first, and far below what it means.

The time it takes grows with the length of the text only: Textual's own fuzzy search tries every combination of
letters, which freezes the screen for a key that is held down.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipscoding.domain import Code, Codebook

_ENOUGH_LETTERS = 3
_AT_MOST = 60
_WIDEST = 3
_WORD = re.compile(r"\w+")

# How well a word fits, from the best on. What only a definition says comes below everything that a name says.
_WHOLE_NAME, _WHOLE_WORD, _WORD_START, _IN_A_ROW, _INITIALS, _SCATTERED, _DEFINITION = 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0
_SHOWN = 0.2
"""What it is worth that the name that fits is the one in sight."""


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits what was typed: where in its shown name, or `through` which other name of it.

    `score` says how well all words fit together, `worst` how well the one that fits least.
    """

    code: Code
    score: float = 0.0
    worst: float = 0.0
    letters: frozenset[int] = frozenset()
    through: str = ""


def fit(word: str, name: str) -> tuple[float, tuple[int, ...]]:
    """How well `word` (lower case) fits `name`, and the places of the letters that fit; (0, ()) where it does not.

    Best are letters in a row: the whole name, a whole word, the beginning of one, elsewhere; then initials of words
    side by side; then the letters in order from the beginning of a word on, the closer together the better.
    """
    name = name.lower()
    words = [match.span() for match in _WORD.finditer(name)]
    starts = [start for start, _end in words]
    whole = next((start for start, end in words if name[start:end] == word), -1)
    begins = next((start for start in starts if name.startswith(word, start)), -1)
    at = next((place for place in (whole, begins, name.find(word)) if place >= 0), -1)
    if at >= 0:
        worth = _WHOLE_WORD if at == whole else _WORD_START if at == begins else _IN_A_ROW
        return _WHOLE_NAME if word == name else worth, tuple(range(at, at + len(word)))
    first = "".join(name[start] for start in starts).find(word)
    if first >= 0:
        return _INITIALS, tuple(starts[first : first + len(word)])
    scattered = (_in_order(word, name, iter(range(start, len(name)))) for start in starts if name[start] == word[:1])
    best = min(filter(None, scattered), key=lambda places: places[-1] - places[0], default=())
    spread = best[-1] - best[0] + 1 if best else 0
    if not best or spread > _WIDEST * len(word):
        return 0.0, ()
    return _SCATTERED + len(word) / (spread + 1), best


def _in_order(word: str, name: str, places: Iterator[int]) -> tuple[int, ...]:
    found = []
    for letter in word:
        place = next((place for place in places if name[place] == letter), None)
        if place is None:
            return ()
        found.append(place)
    return tuple(found)


class CodeSearch:
    """The codes of one codebook, ranked by how well they fit what is typed."""

    def __init__(
        self, codebook: Codebook, recent: Sequence[str], language: str, *, codes: Iterable[Code] | None = None
    ) -> None:
        """`recent`: readable ids of the codes used last, latest first; `codes`: which to find (those in use)."""
        self._language = language
        by_id = {code.id: code for code in (codebook.active() if codes is None else codes)}
        used = [by_id[code_id] for code_id in dict.fromkeys(recent) if code_id in by_id]
        self._in_order = used + [code for code in by_id.values() if code not in used]
        self._meaning = {
            code.id: " ".join(
                value.lower()
                for text in (code.definition, code.include_when, codebook.path(code.id)[0].label)
                for value in text.values()
            )
            for code in by_id.values()
        }

    def find(self, query: str) -> list[Match]:
        """The codes that fit every word of `query`, best first; all, last used first, where nothing was typed."""
        words = query.lower()[:_AT_MOST].split()
        if not words:
            return [Match(code) for code in self._in_order]
        found = [match for code in self._in_order if (match := self._match(code, words)) is not None]
        # A few scattered letters fit half the codebook: beside letters in a row they are noise.
        if any(match.worst >= _IN_A_ROW for match in found):
            found = [match for match in found if int(match.worst) != _SCATTERED]
        # Equally good ones stay in order, so that the code used last comes first.
        return sorted(found, key=lambda match: (-int(match.worst), -match.score))

    def _match(self, code: Code, words: list[str]) -> Match | None:
        shown = code.name(self._language)
        others = sorted({code.id, *code.label.values()} - {shown})
        total, worst, letters, through = 0.0, _WHOLE_NAME, set[int](), ""
        for word in words:
            score, places = fit(word, shown)
            best, other = max(((fit(word, name)[0], name) for name in others), default=(0.0, ""))
            if best > score:
                through = other
            elif score:
                best = score + _SHOWN
                letters.update(places)
            if not best and len(word) >= _ENOUGH_LETTERS and word in self._meaning[code.id]:
                best = _DEFINITION
            if not best:
                return None
            total, worst = total + best, min(worst, best)
        return Match(code, total, worst, frozenset(letters), through)
