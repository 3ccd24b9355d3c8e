"""From Nynorsk and dialect to Bokmål, so that one word has one key whatever it was written in.

Four layers: pairs written down (`bridge_pairs`); a compound by its parts; then rewrite rules for endings and stems of
Nynorsk, and last of dialect, one or two of them, taken only when what comes out is a word. The bridge serves matching:
people are always shown the word as said.
"""

import re
from functools import lru_cache

from ipscoding.language import compounds
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
# How dialect is written down: endings of the north (-an, -n), the west (-å, -o), cut endings, broad and soft sounds.
_DIALECT_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"æ", "e"),
        (r"ai(?=nn|ll|n)", "a"),
        (r"oi(?=ll|nn)", "o"),
        (r"ui(?=ll|nn)", "u"),
        (r"(?<=nn|ll)j", ""),
        (r"ii+", "i"),
        (r"an$", "ene"),
        (r"an$", "en"),
        (r"å$", "a"),
        (r"o$", "a"),
        (r"or$", "er"),
        (r"'?n$", "en"),
        (r"ern$", "eren"),
        (r"li$", "lig"),
        (r"lit?t$", "lig"),
        (r"at$", "et"),
        (r"anes?$", "ende"),
        (r"a$", "ene"),
        (r"a$", "er"),
        (r"$", "e"),
        (r"$", "t"),
        (r"(?<=[aeiouyæøå])b", "p"),
        (r"(?<=[aeiouyæøå])d", "t"),
        (r"(?<=[aeiouyæøå])g", "k"),
        (r"ø", "y"),
        (r"ø", "o"),
        (r"å", "u"),
        (r"rr", "r"),
        (r"tt", "t"),
    )
)
_SHORTEST = 4
# An ending after a hyphen belongs to an abbreviation: `NAV-et`, `DPS-en`.
_ENDING = re.compile(r"[-'’](?:en|et|a|er|ene|ane|ar|s|n)$")

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rewritten(word: str, rules: _Rules) -> list[str]:
    """Every form one rule away from `word`, in the order of the rules."""
    forms = (rule.sub(replacement, word, count=1) for rule, replacement in rules if rule.search(word))
    return [form for form in dict.fromkeys(forms) if form != word and len(form) >= _SHORTEST]


def _by_rules(word: str) -> str | None:
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    once = _rewritten(word, _RULES)
    for form in once:
        if known(form):
            return form
    for form in once:
        for again in _rewritten(form, _RULES):
            if known(again):
                return again
    return None


def _is_word(form: str) -> bool:
    return form in DIALECT or form in NYNORSK or known(form) or known(form, "nn")


def _by_dialect_rules(word: str) -> str | None:
    """A word of either norm that `word` may be a dialect form of."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    once = _rewritten(word, _DIALECT_RULES)
    twice = [again for form in once for again in _rewritten(form, _DIALECT_RULES)]
    return next((form for form in once + twice if _is_word(form)), None)


def _by_parts(word: str, norm: str) -> str | None:
    """The key of a compound that no dictionary has: its parts by their keys, the letters between them as they are."""
    pieces = compounds.parts(word, norm) if "-" not in word else ()
    if not pieces:
        return None
    found, at = "", 0
    for piece in pieces:
        start = word.index(piece, at)
        found += word[at:start] + key(piece, norm)
        at = start + len(piece)
    return found + word[at:]


def _written(lowered: str, norm: str) -> tuple[str, bool]:
    """The key of a word by pairs, dictionaries, parts and the rules of Nynorsk, and whether there was one."""
    if lowered in DIALECT:
        return lemma(DIALECT[lowered]), True
    if norm != "nn" and known(lowered):
        return lemma(lowered), True
    if lowered in NYNORSK:
        return lemma(NYNORSK[lowered]), True
    own = lemma(lowered, "nn")
    if own in NYNORSK:
        return lemma(NYNORSK[own]), True
    if known(own):
        return lemma(own), True
    if known(lowered):
        return lemma(lowered), True
    whole = _by_parts(lowered, norm)
    if whole:
        return whole, True
    twin = _by_rules(own) or (_by_rules(lowered) if own != lowered else None)
    return (lemma(twin), True) if twin else (own, False)


@lru_cache(maxsize=1 << 16)
def key(word: str, norm: str = "nb") -> str:
    """The Bokmål key of `word`: the lemma that its Bokmål twin has, or the word's own lemma where there is no twin.

    Args:
        word: one word, any case.
        norm: the norm it was written in, `nb` or `nn`.
    """
    lowered = word.lower()
    ending = _ENDING.search(lowered)
    if ending and ending.start() > 1:
        lowered = lowered[: ending.start()]
    found, sure = _written(lowered, norm)
    if sure:
        return found
    spoken = _by_dialect_rules(lowered)
    return _written(spoken, "nn")[0] if spoken else found
