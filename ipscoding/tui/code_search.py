"""Finding a code by a few letters of its name, its id or what it means.

The time it takes grows with the length of the text only: Textual's own fuzzy search tries every combination of
letters, which freezes the screen for a key that is held down.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipscoding.domain import Code, Codebook

_ENOUGH_LETTERS = 3
_AT_MOST = 60
_NEAR_THE_BEST = 0.45
_WORD_START = re.compile(r"\w+")

# How much a letter that fits counts: in a row from the beginning of a word, in a row elsewhere, as initials.
_FROM_START, _IN_A_ROW, _INITIAL = 2.0, 1.5, 1.4


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits what was typed: where in its shown name, or `through` which other name of it."""

    code: Code
    score: float
    letters: frozenset[int] = frozenset()
    through: str = ""


def fit(word: str, name: str) -> tuple[float, tuple[int, ...]]:
    """How well `word` (lower case) fits `name`, and the places of the letters that fit; (0, ()) where it does not.

    Best are letters in a row, from the beginning of a word; then initials; then the letters in order anywhere,
    the closer together the better.
    """
    name = name.lower()
    starts = [match.start() for match in _WORD_START.finditer(name)]
    at = next((start for start in starts if name.startswith(word, start)), name.find(word))
    if at >= 0:
        worth = _FROM_START if at in starts else _IN_A_ROW
        return len(word) * worth * (1.5 if word == name else 1.0), tuple(range(at, at + len(word)))
    initials = _in_order(word, name, iter(starts))
    if initials:
        return len(word) * _INITIAL, initials
    places = _in_order(word, name, iter(range(len(name))))
    if not places:
        return 0.0, ()
    return len(word) * len(word) / (places[-1] - places[0] + 1), places


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
            return [Match(code, 0.0) for code in self._in_order]
        found = [match for code in self._in_order if (match := self._match(code, words)) is not None]
        # A few scattered letters fit half the codebook: beside a good match they are noise.
        enough = max((match.score for match in found), default=0.0) * _NEAR_THE_BEST
        # Equally good ones stay in order, so that the code used last comes first.
        return sorted((match for match in found if match.score >= enough), key=lambda match: -match.score)

    def _match(self, code: Code, words: list[str]) -> Match | None:
        shown = code.name(self._language)
        others = sorted({code.id, *code.label.values()} - {shown})
        total, letters, through = 0.0, set[int](), ""
        for word in words:
            score, places = fit(word, shown)
            best, other = max(((fit(word, name)[0], name) for name in others), default=(0.0, ""))
            if best > score:
                through = other
            else:
                best = score
                letters.update(places)
            if not best and len(word) >= _ENOUGH_LETTERS and word in self._meaning[code.id]:
                # What only the definition says ranks below what a name says, above scattered letters.
                best = float(len(word))
            if not best:
                return None
            total += best
        return Match(code, total, frozenset(letters), through)
