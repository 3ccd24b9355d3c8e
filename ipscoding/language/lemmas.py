"""Lemmas for Bokmål and Nynorsk, from simplemma's dictionaries (loaded on the first call, about half a second)."""

from functools import lru_cache

NORMS = ("nb", "nn")
"""The two written norms; dialect is written near one or the other."""

# Nynorsk falls back on Bokmål, whose dictionary is five times as large; the other way round costs accuracy.
_DICTIONARIES = {"nb": ("nb",), "nn": ("nn", "nb")}


def _dictionaries(norm: str) -> tuple[str, ...]:
    return _DICTIONARIES.get(norm, _DICTIONARIES["nb"])


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in table.split())


# Common words of working life whose form the dictionary takes for one of another, rarer word.
_MENDED = _pairs(
    """
    leder:leder ledere:leder vakt:vakt vakta:vakt vakter:vakt slapp:slippe buss:buss busser:buss bar:bære videre:videre
    bunn:bunn benk:benk benker:benk boks:boks bom:bom brød:brød vent:vente telefoner:telefon plasser:plass
    maskiner:maskin attester:attest punkter:punkt folka:folk galt:gal dum:dum døde:dø bråk:bråk avvik:avvik
    nav-ansatt:nav-ansatt foreldre:forelder bruk:bruk ansatt:ansatt ansatte:ansatt
    si:si skjønne:skjønne lest:lese leser:lese tør:tørre tørre:tørre turte:tørre turde:tørre hvitt:hvit
    forberedt:forberede sein:sen seint:sen seine:sen seinere:sen hater:hate pleier:pleie pleide:pleie brenner:brenne
    sjefer:sjef gangene:gang søkere:søker stilt:stille satt:sitte hete:hete motsatt:motsatt motsatte:motsatt
    banker:banke arbeidet:arbeid kjæreste:kjæreste kjæresten:kjæreste leke:leke utsette:utsette utsatt:utsette
    skygge:skygge hand:hånd handa:hånd
    """
)


@lru_cache(maxsize=1 << 16)
def lemma(word: str, norm: str = "nb") -> str:
    """The dictionary form of `word` in lower case; a word that is in no dictionary comes back as it is.

    Args:
        word: one word, any case.
        norm: `nb` or `nn`; anything else counts as `nb`.
    """
    import simplemma

    lowered = word.lower()
    if norm != "nn" and lowered in _MENDED:
        return _MENDED[lowered]
    return simplemma.lemmatize(lowered, lang=_dictionaries(norm)).lower() if lowered else ""


@lru_cache(maxsize=1 << 16)
def known(word: str, norm: str = "nb") -> bool:
    """Whether `word` is a form in the dictionary of exactly that norm."""
    import simplemma

    return bool(word) and simplemma.is_known(word, lang=norm if norm in NORMS else "nb")
