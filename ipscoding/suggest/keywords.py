"""The floor that an engine is measured against: the words of a code's label and examples, as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipscoding.domain import Codebook
from ipscoding.language.keys import STOP_KEYS, tokens
from ipscoding.suggest.texts import codebook_texts


@dataclass(frozen=True)
class Keywords:
    """For each word of labels and examples (lower case, stop words left out) the codes that have it."""

    codes: Sequence[str]
    having: dict[str, list[int]]

    def rank(self, text: str) -> list[tuple[str, float]]:
        """The codes that share a word with `text`, best first, in the codebook's order where they are equal.

        A word counts once, and for the less the more codes have it; the sum is no probability.
        """
        found: dict[int, float] = {}
        for word in sorted({token.text.lower() for token in tokens(text)}):
            having = self.having.get(word, ())
            for code in having:
                found[code] = found.get(code, 0.0) + 1 / len(having)
        return [(self.codes[code], found[code]) for code in sorted(found, key=lambda code: (-found[code], code))]


def keywords(codebook: Codebook) -> Keywords:
    """The keywords of the codes that can be used."""
    codes = codebook.active()
    having: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        texts = [source.text for source in codebook_texts(code) if source.rule in ("label", "example")]
        for word in sorted({token.text.lower() for text in texts for token in tokens(text)} - STOP_KEYS):
            having.setdefault(word, []).append(number)
    return Keywords([code.id for code in codes], having)
