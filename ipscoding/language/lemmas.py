"""Lemmas for Bokmål and Nynorsk, from simplemma's dictionaries (loaded on the first call, about half a second)."""

from functools import lru_cache

NORMS = ("nb", "nn")
"""The two written norms; dialect is written near one or the other."""

# Nynorsk falls back on Bokmål, whose dictionary is five times as large; the other way round costs accuracy.
_DICTIONARIES = {"nb": ("nb",), "nn": ("nn", "nb")}


def _dictionaries(norm: str) -> tuple[str, ...]:
    return _DICTIONARIES.get(norm, _DICTIONARIES["nb"])


@lru_cache(maxsize=1 << 16)
def lemma(word: str, norm: str = "nb") -> str:
    """The dictionary form of `word` in lower case; a word that is in no dictionary comes back as it is.

    Args:
        word: one word, any case.
        norm: `nb` or `nn`; anything else counts as `nb`.
    """
    import simplemma

    lowered = word.lower()
    return simplemma.lemmatize(lowered, lang=_dictionaries(norm)).lower() if lowered else ""


@lru_cache(maxsize=1 << 16)
def known(word: str, norm: str = "nb") -> bool:
    """Whether `word` is a form in the dictionary of exactly that norm."""
    import simplemma

    return bool(word) and simplemma.is_known(word, lang=norm if norm in NORMS else "nb")
