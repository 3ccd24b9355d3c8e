"""Finding a code by a few letters of its name, its id or what it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.fuzzy import FuzzySearch

from ipscoding.domain import Code, Codebook

_ENOUGH_LETTERS = 3
_AT_MOST = 60
_NEAR_THE_BEST = 0.45


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits what was typed: where in its shown name, or `through` which other name of it."""

    code: Code
    score: float
    letters: frozenset[int] = frozenset()
    through: str = ""


class CodeSearch:
    """The codes of one codebook that can be used, ranked by how well they fit."""

    def __init__(self, codebook: Codebook, recent: Sequence[str], language: str) -> None:
        """`recent`: readable ids of the codes used last, latest first."""
        self._language = language
        by_id = {code.id: code for code in codebook.active()}
        used = [by_id[code_id] for code_id in dict.fromkeys(recent) if code_id in by_id]
        self._in_order = used + [code for code in by_id.values() if code not in used]
        self._recent = {code.id: len(used) - place for place, code in enumerate(used)}
        self._fuzzy = FuzzySearch()
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
        return sorted((match for match in found if match.score >= enough), key=lambda match: -match.score)

    def _match(self, code: Code, words: list[str]) -> Match | None:
        shown = code.name(self._language)
        total, letters, through = 0.0, set[int](), ""
        others = sorted({code.id, *code.label.values()} - {shown})
        for word in words:
            score, places = self._fuzzy.match(word, shown)
            best, other = max(((self._fuzzy.match(word, name)[0], name) for name in others), default=(0.0, ""))
            if best > score:
                through = other
            else:
                best = score
                letters.update(places)
            if not best and len(word) >= _ENOUGH_LETTERS and word in self._meaning[code.id]:
                # What only the definition says ranks below what a name says.
                best = 0.5
            if not best:
                return None
            total += best
        return Match(code, total + 0.1 * bool(self._recent.get(code.id)), frozenset(letters), through)
