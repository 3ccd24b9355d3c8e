"""Compounds taken apart with the dictionary: `taushetsplikt` is `taushet` and `plikt`.

Parts are hints beside the word, never in its place: about one split in twenty of simple long words is wrong.
"""

from functools import lru_cache

from ipscoding.language.lemmas import known, lemma

_SHORTEST_WORD = 7
_SHORTEST_PART = 3
_LONGEST_WORD = 60


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Endings that the dictionary also knows as words, and prefixes of verbs: no part of a compound.
_NOT_LAST = _table(
    """
    ane ande ans aste bare basere ber del den dere det dom domme ede eier else elsen elser ende ene ens ent ere eren
    erer erne erte est este ete eter heit het heten heter hets ing inga ingen ingene inger ingers isk iske isme ist
    ister lege leg lig lige ling linger nad ner ning ningen ninger rer sel selen sen sene ser set sett sjon sjonen
    sjoner skap skapen som somme ste sten ster tar tas tast te ten tene ter tere tes tet tett ting var vare vis vise
    """
)
_NOT_FIRST = _table(
    """
    ali and ans forsk hen kol kontr tele ant ati att ave avi bed beg beh ben bes bet beta dis dit eks ele ene ent
    eri ett for fore forn fors fort fra frem gjen her het hos igjen ikke imo ind ink inn inne inter kom kon kons
    kont med meg men mis mot ned når ons opp ove over pre pro reg rep ret sam samt sel som sta sub suk til tra trans
    uav ube ufo ukl ulo umu under uni ute utv ven ved ver vet vur
    """
)
# A linking -s- follows these endings even where the part would do without it; after a vowel it is never one.
_S_AFTER = ("ing", "sjon", "het", "heit", "skap", "dom", "tet", "tid", "else", "leik", "nad")
# ... and after these, in a word of six letters or more, it never lacks.
_S_ALWAYS = ("ing", "sjon", "het", "heit", "skap", "tet")
_VOWELS = frozenset("aeiouyæøå")


def _is_part(word: str, norm: str) -> bool:
    return len(word) >= _SHORTEST_PART and (known(word) or (norm == "nn" and known(word, "nn")))


def _is_first(word: str, norm: str) -> bool:
    """Whether `word` can open a compound; an imperative (`forsk`) cannot."""
    return word not in _NOT_FIRST and _is_part(word, norm) and lemma(word, norm) != word + "e"


def _first_parts(left: str, norm: str) -> tuple[tuple[str, ...], int]:
    """The parts in the first half of a split, and what its linking letter costs; no parts: not a first half."""
    stem = left[:-1]
    if left.endswith("s") and stem.endswith(_S_AFTER) and _is_first(stem, norm):
        return (stem,), 0
    if len(left) >= 6 and left.endswith(_S_ALWAYS):
        return (), 0
    if _is_first(left, norm):
        return (left,), 0
    if left[-1] == "s" and stem[-1] not in _VOWELS | {"s"} and _is_first(stem, norm):
        return (stem,), 1
    if left[-1] == "e" and stem[-1] not in _VOWELS and _is_first(stem, norm):
        return (stem,), 3
    return _best(stem if left[-1] == "s" and stem[-1] not in _VOWELS else left, norm), 2


@lru_cache(maxsize=1 << 15)
def _best(word: str, norm: str) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    best_score = 0.0
    if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD:
        return best
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        right = word[cut:]
        if right in _NOT_LAST or not _is_part(right, norm):
            continue
        parts, cost = _first_parts(word[:cut], norm)
        if not parts:
            continue
        # Long parts on both sides are seldom chance.
        score = min(len(parts[0]), len(right)) + 0.1 * max(len(parts[0]), len(right)) - 0.6 * cost - 0.5 * len(parts)
        if score > best_score:
            best, best_score = (*parts, right), score
    return best


@lru_cache(maxsize=1 << 15)
def parts(word: str, norm: str = "nb") -> tuple[str, ...]:
    """The parts of a compound in order, in lower case and as they stand (not lemmas); empty for a simple word.

    A hyphen always parts (`NAV-veileder`); letters that only link (`arbeid-s-giver`, `barn-e-hage`) belong to no part.
    """
    lowered = word.lower()
    if "-" in lowered:
        pieces = [piece for piece in lowered.split("-") if len(piece) > 1]
        return tuple(pieces) if len(pieces) > 1 else ()
    return _best(lowered, norm) if lowered.isalpha() else ()
