"""From Nynorsk and dialect to Bokmål, so that one word has one key whatever it was written in.

Three layers: pairs written down (`bridge_pairs`), then rewrite rules for endings and stems, one or two of them, taken
only when what comes out is a word of Bokmål. The bridge serves matching: people are always shown the word as said.
"""

import re
from functools import lru_cache

from ipscoding.language.bridge_pairs import DIALECT, NYNORSK
from ipscoding.language.lemmas import known, lemma

# Endings first, since most words need only one of those; then what differs inside the word.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"legare$", "ligere"),
        (r"legast$", "ligst"),
        (r"leg$", "lig"),
        (r"lege$", "lige"),
        (r"leik$", "lighet"),
        (r"heit$", "het"),
        (r"heita$", "heten"),
        (r"semd$", "somhet"),
        (r"nad$", "ning"),
        (r"andi?s?$", "ende"),
        (r"ande$", "ende"),
        (r"ast$", "es"),
        (r"arar$", "erer"),
        (r"aren$", "eren"),
        (r"ar$", "er"),
        (r"ane$", "ene"),
        (r"inga$", "ingen"),
        (r"ingar$", "inger"),
        (r"kje$", "ke"),
        (r"kja$", "ke"),
        (r"gje$", "ge"),
        (r"gja$", "ge"),
        (r"lja$", "le"),
        (r"lje$", "le"),
        (r"ja$", "e"),
        (r"je$", "e"),
        (r"a$", "e"),
        (r"a$", "et"),
        (r"d$", "t"),
        (r"de$", "te"),
        (r"bod$", "bud"),
        (r"løyse$", "løse"),
        (r"^kvar", "hver"),
        (r"^kv", "hv"),
        (r"gjev", "giv"),
        (r"gjev", "gi"),
        (r"hjå", "hos"),
        (r"føre", "for"),
        (r"^før", "for"),
        (r"^fyre", "fore"),
        (r"^fram", "frem"),
        (r"^om", "an"),
        (r"øy", "ø"),
        (r"øy", "au"),
        (r"ei", "e"),
        (r"au", "ø"),
        (r"jø", "e"),
        (r"jo", "y"),
        (r"ju", "y"),
        (r"y", "ø"),
        (r"å", "o"),
        (r"o", "u"),
        (r"u", "o"),
        (r"e", "i"),
        (r"i", "e"),
        (r"kj", "k"),
        (r"gj", "g"),
        (r"ss", "s"),
        (r"mm", "m"),
    )
)
_SHORTEST = 4


def _rewritten(word: str) -> list[str]:
    """Every form one rule away from `word`, in the order of the rules."""
    forms = (rule.sub(replacement, word, count=1) for rule, replacement in _RULES if rule.search(word))
    return [form for form in dict.fromkeys(forms) if form != word]


def _by_rules(word: str) -> str | None:
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    once = _rewritten(word)
    for form in once:
        if known(form):
            return form
    for form in once:
        for again in _rewritten(form):
            if len(again) >= _SHORTEST and known(again):
                return again
    return None


@lru_cache(maxsize=1 << 16)
def key(word: str, norm: str = "nb") -> str:
    """The Bokmål key of `word`: the lemma that its Bokmål twin has, or the word's own lemma where there is no twin.

    Args:
        word: one word, any case.
        norm: the norm it was written in, `nb` or `nn`.
    """
    lowered = word.lower()
    if lowered in DIALECT:
        return lemma(DIALECT[lowered])
    if norm != "nn" and known(lowered):
        return lemma(lowered)
    if lowered in NYNORSK:
        return lemma(NYNORSK[lowered])
    own = lemma(lowered, "nn")
    if own in NYNORSK:
        return lemma(NYNORSK[own])
    if known(own):
        return lemma(own)
    if known(lowered):
        return lemma(lowered)
    twin = _by_rules(own) or (_by_rules(lowered) if own != lowered else None)
    return lemma(twin) if twin else own
