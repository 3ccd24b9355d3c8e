"""What the engine sees of a text: keys, parts of compounds, pairs of keys, what is negated, and runs of letters.

Every feature belongs to one or two words, so that what it weighs can be handed back to them.
"""

from functools import lru_cache

from ipscoding.language import Word, words
from ipscoding.language.negation import negated
from ipscoding.language.norm import norm_of

_LETTERS = (3, 4, 5)

WORD, LETTER = "word", "letter"


@lru_cache(maxsize=1 << 16)
def letters(word: str) -> tuple[str, ...]:
    """The runs of three to five letters in `word` (lower case), with its edges marked by a space."""
    padded = f" {word} "
    return tuple(f"c {padded[i : i + n]}" for n in _LETTERS for i in range(len(padded) - n + 1))


def norm_for(norm: str, text: str) -> str:
    """`norm` where it is a written norm, else what `text` looks like (dialect leans to one or the other)."""
    return norm if norm in ("nb", "nn") else norm_of(text)


def read(text: str, norm: str) -> list[Word]:
    """The words of `text` with their keys."""
    return words(text, norm_for(norm, text))


def word_features(said: list[Word], text: str) -> list[tuple[str, tuple[int, ...]]]:
    """The features made of keys, each with the indices of the words it belongs to.

    `text` is what the offsets of `said` count in.
    """
    found: list[tuple[str, tuple[int, ...]]] = []
    denied = negated(said, text)
    for index, word in enumerate(said):
        found.append((f"w {word.key}", (index,)))
        found += [(f"w {part}", (index,)) for part in word.parts]
        if index:
            found.append((f"p {said[index - 1].key} {word.key}", (index - 1, index)))
        if denied[index] and not word.is_stop:
            found.append((f"n {word.key}", (index,)))
    return found


def letter_features(said: list[Word]) -> list[tuple[str, tuple[int, ...]]]:
    """The features made of letters, each with the index of its word."""
    return [(run, (index,)) for index, word in enumerate(said) for run in letters(word.text.lower())]
