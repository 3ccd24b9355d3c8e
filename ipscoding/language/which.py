"""Which language a text is in: one of the two Norwegian norms, English, or another one."""

import re

from ipscoding.language.norm import norm_of

OTHER = "other"
"""A language that is neither Norwegian nor English."""

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 20
_LEAST_SHARE = 0.08
_SAMPLE = 200_000


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# frequent small words; those that the Nordic languages share stand with each, so that the others decide
_NORDIC = _table("det er på som har men var om han skal kan med til for en så")
_COMMON = {
    "no": _NORDIC
    | _table(
        """
        og ikke ikkje jeg eg æ av å noe noko når da då blir blei ble vart mye mykje hva kva hvordan korleis meg deg seg
        dere også veldig bare berre litt kanskje etter fra frå skulle hadde være vere nå kunne jo altså ho hun mæ dæ
        """
    ),
    "da": _NORDIC
    | _table(
        """
        og ikke jeg af at hvad meget noget mig dig sig også bare efter fra være været blev bliver nu hun hvordan måske
        sådan nogen kunne skulle havde
        """
    ),
    "sv": _NORDIC
    | _table(
        "och är inte jag att mig dig sig bara något mycket från också när hur vad varit blev hon eller skulle kunde av"
    ),
    "en": _table(
        """
        the and of to is was that it you they we with this have not what there would about them were been because which
        when who how your my from at be are but just really she he i on in for
        """
    ),
    "de": _table("und ist nicht ich das der die mit ein eine auch auf für von wir sie es aber wenn war haben in so"),
}


def language_of(text: str) -> str:
    """`nb`, `nn`, `en` or `OTHER`, whichever `text` is mostly in; empty where it is too short to tell.

    Told by the share of small words; dialect counts as Norwegian, in the norm that it is nearer to.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _LEAST_WORDS:
        return ""
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    found = max(counts, key=lambda language: counts[language])
    if counts[found] < _LEAST_SHARE * len(words) or found not in ("no", "en"):
        return OTHER
    return "en" if found == "en" else norm_of(text)
