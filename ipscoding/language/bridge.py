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
        (r"kjer$", "ker"),
        (r"gjer$", "ger"),
        (r"kjar(?=e?n?$|ar|an)", "ker"),
        (r"gjar(?=e?n?$|ar|an)", "ger"),
        (r"jevar(?=e?n?$|ar|an)", "iver"),
        (r"aren$", "eren"),
        (r"arane$", "erne"),
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

_ONE, _TWO = 1, 2

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rewritten(word: str, rules: _Rules) -> list[str]:
    """Every form one rule away from `word`, in the order of the rules."""
    forms = (rule.sub(replacement, word, count=1) for rule, replacement in rules if rule.search(word))
    return [form for form in dict.fromkeys(forms) if form != word and len(form) >= _SHORTEST]


def _by_rules(word: str, steps: int) -> str | None:
    """A word of Bokmål that is exactly so many rules away; None where there is none."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    forms = [word]
    for _step in range(steps):
        forms = list(dict.fromkeys(again for form in forms for again in _rewritten(form, _RULES)))
    return next((form for form in forms if known(form)), None)


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
    """The key of a compound that no dictionary has: its last part by its key, the others as Bokmål writes them."""
    pieces = compounds.parts(word, norm) if "-" not in word else ()
    if not pieces:
        return None
    found, at = "", 0
    for piece in pieces[:-1]:
        start = word.index(piece, at)
        found += word[at:start] + _twin(piece)
        at = start + len(piece)
    last = word.index(pieces[-1], at)
    found += word[at:last]
    # The whole may be a word of Bokmål now, whose own lemma is surer than that of its last part.
    whole = found + _twin(pieces[-1])
    return lemma(whole) if known(whole) else found + key(pieces[-1], norm)


def _of_bokmal(word: str) -> str:
    """The key of a word of Bokmål; the dictionary guesses at words that it does not have, their parts are surer."""
    return lemma(word) if known(word) else _by_parts(word, "nb") or lemma(word)


def _twin(word: str) -> str:
    """A form of Nynorsk as Bokmål writes it; itself where that is not known."""
    if word in NYNORSK:
        return NYNORSK[word]
    return word if known(word) else _by_rules(word, _ONE) or word


def _written(lowered: str, norm: str) -> tuple[str, bool]:
    """The key of a word by pairs, dictionaries, parts and the rules of Nynorsk, and whether there was one."""
    if lowered in DIALECT:
        return _of_bokmal(DIALECT[lowered]), True
    if norm != "nn" and known(lowered):
        return lemma(lowered), True
    if lowered in NYNORSK:
        return _of_bokmal(NYNORSK[lowered]), True
    own = lemma(lowered, "nn")
    if own in NYNORSK:
        return _of_bokmal(NYNORSK[own]), True
    # What both norms write alike gets the lemma of Bokmål: that of Nynorsk may be the form of another word there.
    if known(lowered):
        return lemma(lowered), True
    if known(own):
        return lemma(own), True
    forms = (own, lowered) if own != lowered else (own,)
    twin = next(filter(None, (_by_rules(form, _ONE) for form in forms)), None)
    if twin:
        return lemma(twin), True
    whole = _by_parts(lowered, norm)
    if whole:
        return whole, True
    twin = next(filter(None, (_by_rules(form, _TWO) for form in forms)), None)
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
    head, hyphen, last = lowered.rpartition("-")
    # `nav-leiar` is in no dictionary; its last part is.
    if hyphen and head and len(last) >= _SHORTEST and last.isalpha():
        return f"{head}-{key(last, norm)}"
    found, sure = _written(lowered, norm)
    if sure:
        return found
    spoken = _by_dialect_rules(lowered)
    return _written(spoken, "nn")[0] if spoken else found
