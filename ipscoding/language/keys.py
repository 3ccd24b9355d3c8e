"""Words of a text and their keys: what engine and search compare, whatever norm or dialect was spoken."""

import re
from dataclasses import dataclass

from ipscoding.domain import Span
from ipscoding.language import bridge, compounds

# A remark of the transcriber ([latter]) and a stand-in for a name ([navn1]) are not words of the speaker.
_TOKEN = re.compile(r"\[[^\]\n]*\]|(\w+(?:[-'’]\w+)*)")

# What dialect leans on the word before: `va'kje` (var ikke) and `sa'n` (sa han) are two words each.
_LEANING = re.compile(r"(\w+)['’](kje|kke|itj|itt|n|na)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it stands in the text, and where."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its key (Bokmål lemma, lower case) and, for a compound, the keys of its parts."""

    text: str
    span: Span
    key: str
    parts: tuple[str, ...] = ()

    @property
    def is_stop(self) -> bool:
        """Whether the word says too little on its own to be shown as a reason."""
        return self.key in STOP_KEYS


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_KEYS = _table(
    """
    jeg du han hun det den vi dere de meg deg seg ham henne oss dem min din sin vår sitt mitt ditt vårt hans hennes
    deres dens dets denne dette disse en ei et ett og eller men for så at som om hvis når da fordi enn mens i på til
    fra av med ved hos over under mellom gjennom etter før uten mot inn ut opp ned er være bli ha få gjøre gå komme
    si se ta kunne skulle ville måtte burde la ikke nei ja jo vel nok også bare litt mye mer mest veldig ganske helt
    sånn slik der her hit dit nå altså liksom egentlig kanskje noe noen alle all hver hva hvem hvor hvordan hvorfor
    hvilken selv samme annen to tre fire igjen alltid eh ehm hm mm sånt jaja heller enda ennå allerede akkurat
    iallfall fall måte greie ting vite tro mene synes tenke man å ok eg liten stor god først siden bort tilbake
    sammen derfor deretter ellers dessuten både verken enten dag gang år
    """
)
"""Keys of words that carry the sentence rather than its subject."""


def tokens(text: str) -> list[Token]:
    """The words of `text` in order; offsets in code points. Remarks in square brackets are left out."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if match[1]:
            leaning = _LEANING.fullmatch(match[1])
            pieces = (leaning.span(1), leaning.span(2)) if leaning else (match.span(1),)
            shift = match.start(1) if leaning else 0
            found += [Token(text[shift + a : shift + b], Span(shift + a, shift + b)) for a, b in pieces]
    return found


def words(text: str, norm: str = "nb") -> list[Word]:
    """The words of `text` with their keys and the keys of their compound parts.

    Args:
        text: any text.
        norm: `nb` or `nn`, the norm it is written in; see `ipscoding.language.norm.norm_of`.
    """
    return [word_of(token, norm) for token in tokens(text)]


def word_of(token: Token, norm: str = "nb") -> Word:
    """`token` with its key and the keys of its parts."""
    key = bridge.key(token.text, norm)
    # The key is a lemma, whose ending cannot pass for a word; without a twin in Bokmål it is still Nynorsk.
    pieces = compounds.parts(key, norm)
    return Word(token.text, token.span, key, tuple(dict.fromkeys(bridge.key(piece, norm) for piece in pieces)))


def keys(text: str, norm: str = "nb") -> list[str]:
    """The keys of the words of `text`, in order, stop words included."""
    return [bridge.key(token.text, norm) for token in tokens(text)]
