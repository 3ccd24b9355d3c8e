"""Codes that look alike: by label, by definition, and by the text that was coded with both. It proposes, never merges.

Labels are compared by the keys of their words, so that Bokmål and Nynorsk meet and small words do not count. Two
labels that say opposite things (`Tillit`, `Manglende tillit`) are as like as can be to any measure of letters; a veto
on words of opposite polarity keeps them apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import combinations

from ipscoding.codebook.conflicts import Proposal
from ipscoding.domain import Code, Codebook, Span

Coded = Mapping[str, Mapping[str, Sequence[Span]]]
"""What was coded in a project: code id to text hash to spans."""

_LABELS_ALIKE = 0.75
_LABELS_NEAR = 0.5
_DEFINITIONS_NEAR = 0.5
_DEFINITIONS_ALIKE = 0.8
_LEAST_WORDS = 3
_TEXT_SHARED = 0.5
_LETTERS_ALIKE = 0.85
_STEM = 0.6
_STEM_ALIKE = 0.75
_PREFIX = 5
_PART = 4


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEGATIVE = _table(
    """
    mangel mangle manglende manglande manglar mangler lite liten lav låg lavt lågt dårlig dårleg svak svakt svekket
    ikke ikkje uten utan ingen fravær fråvær barriere barrierer hinder hindring hindringer hindringar negativ negative
    motstand mistillit mistro utrygg utrygghet utryggleik utilstrekkelig utilstrekkeleg manglet
    lack lacking lacks poor low no not without absence absent insufficient inadequate weak limited little barrier
    barriers negative resistance distrust mistrust unsafe missing
    """
)
"""Words that turn a label round: on one side only, they say that two labels are opposites."""
_OPPOSITES = tuple(
    (_table(one), _table(other))
    for one, other in (
        ("høy høg høyt høgt high", "lav låg lavt lågt low"),
        ("god godt gode good", "dårlig dårleg dårlige dårlege bad poor"),
        ("indre intern interne internal inner inside", "ytre ekstern eksterne external outer outside"),
        ("positiv positive", "negativ negative"),
        ("før before", "etter after"),
        ("tidlig tidleg early", "sen sein sent seint late"),
        ("formell formelle formal", "uformell uformelle informal"),
        ("økt auka increased more", "redusert minsket reduced less"),
        ("frivillig voluntary", "ufrivillig involuntary"),
        ("for pro", "imot mot against"),
    )
)
_ENGLISH_STOPS = _table("the a an of and or to in on at for with by from as is are be between among that this it its")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class _Text:
    """A text as it is compared: keys of its words, keys of the parts of its compounds, its words and numbers."""

    keys: tuple[str, ...]
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The keys, each compound as its parts: `arbeidsgiverkontakt` is `arbeidsgiver` and `kontakt`."""
        found = [piece for key in self.keys for piece in sorted(self.parts.get(key) or key.split("-"))]
        return tuple(dict.fromkeys(found))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Keys and parts of compounds together."""
        return frozenset(self.keys).union(*self.parts.values())


@cache
def _text(text: str, language: str) -> _Text:
    from ipscoding.language.keys import words as words_of

    lower = text.lower()
    words, numbers = frozenset(_WORD.findall(lower)), frozenset(_NUMBER.findall(text))
    if language == "en":
        return _Text(tuple(w for w in _WORD.findall(lower) if w not in _ENGLISH_STOPS), {}, words, numbers)
    found = [word for word in words_of(text, "nn" if language == "nn" else "nb") if not word.is_stop]
    return _Text(
        tuple(word.key for word in found),
        {word.key: frozenset(word.parts) for word in found if word.parts},
        words,
        numbers,
    )


def opposite(one: str, other: str, language: str) -> bool:
    """Whether two labels speak of opposites, or of two things that only a number tells apart."""
    a, b = _text(one, language), _text(other, language)
    if a.numbers != b.numbers or bool(a.words & _NEGATIVE) != bool(b.words & _NEGATIVE):
        return True
    return any(
        (a.words & left and b.words & right and not a.words & right and not b.words & left)
        or (a.words & right and b.words & left and not a.words & left and not b.words & right)
        for left, right in _OPPOSITES
    )


def label_likeness(one: Code, other: Code) -> float:
    """How alike two codes are called, 0 to 1, in the best language; 0 where one language says they are opposites."""
    best = 0.0
    for language in one.label.keys() & other.label.keys():
        mine, yours = one.label[language], other.label[language]
        if opposite(mine, yours, language):
            return 0.0
        a, b = _text(mine, language), _text(yours, language)
        best = max(best, _dice(a.keys, b.keys), _dice(_split(a.pieces, b.pieces), _split(b.pieces, a.pieces)))
    return 1.0 if same_label(one, other) else best


def same_label(one: Code, other: Code) -> bool:
    """Whether two codes are called the same in a language, letter for letter but for capitals and spaces."""
    return any(
        _plain(one.label[language]) == _plain(other.label[language]) != ""
        for language in one.label.keys() & other.label.keys()
    )


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())


def definition_likeness(one: Code, other: Code) -> float:
    """How alike two definitions are, 0 to 1: the share of words in common (Dice), in the best language.

    Definitions of fewer than three words say too little.
    """
    best = 0.0
    for language in one.definition.keys() & other.definition.keys():
        a, b = (_text(code.definition[language], language).terms for code in (one, other))
        if min(len(a), len(b)) >= _LEAST_WORDS:
            best = max(best, 2 * len(a & b) / (len(a) + len(b)))
    return best


def _split(words: Sequence[str], by: Sequence[str]) -> list[str]:
    """The words; a compound that begins or ends with a word of `by` as its two parts (`nav-samarbeid`)."""
    found: list[str] = []
    for word in words:
        part = next((p for p in by if _PART <= len(p) < len(word) and word.startswith(p)), None)
        tail = next((p for p in by if _PART <= len(p) < len(word) and word.endswith(p)), None)
        if tail is not None:
            found += [word.removesuffix(tail).rstrip("-"), tail]
        elif part is not None:
            # the letter s that binds a compound belongs to neither part
            found += [part, word.removeprefix(part).removeprefix("s").lstrip("-")]
        else:
            found.append(word)
    return [word for word in found if word]


def _dice(one: Sequence[str], other: Sequence[str]) -> float:
    """Dice's coefficient of two lists of words, of which two count as one as far as they are alike."""
    if not one or not other:
        return 0.0
    found = sum(max(_word(a, b) for b in other) for a in one) + sum(max(_word(a, b) for a in one) for b in other)
    return found / (len(one) + len(other))


def _word(a: str, b: str) -> float:
    if a == b:
        return 1.0
    ratio = _ratio(a, b)
    if ratio >= _LETTERS_ALIKE:
        return ratio
    common = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return _STEM_ALIKE if common >= max(_PREFIX, _STEM * max(len(a), len(b))) else 0.0


@cache
def _ratio(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LETTERS_ALIKE else 0.0


def shared_text(one: Mapping[str, Sequence[Span]], other: Mapping[str, Sequence[Span]]) -> float | None:
    """The share of coded characters that both cover (Jaccard), in the texts both have; None where there are none."""
    both = either = 0
    for text in one.keys() & other.keys():
        mine = {at for span in one[text] for at in range(span.start, span.end)}
        yours = {at for span in other[text] for at in range(span.start, span.end)}
        both += len(mine & yours)
        either += len(mine | yours)
    return both / either if either else None


def look_alikes(codes: Iterable[Code]) -> Iterator[tuple[Code, Code, float, float]]:
    """Pairs of codes in use that look alike, with the likeness of their labels and of their definitions."""
    used = [code for code in codes if code.codable and not code.retired]
    for one, other in _candidates(used):
        if one.id == other.parent or other.id == one.parent:
            continue  # a code and one of its own parts are alike by nature
        label, definition = label_likeness(one, other), definition_likeness(one, other)
        if _alike(one, other, label, definition):
            yield one, other, label, definition


def _alike(one: Code, other: Code, label: float, definition: float) -> bool:
    if label >= _LABELS_ALIKE or (label >= _LABELS_NEAR and definition >= _DEFINITIONS_NEAR):
        return True
    languages = one.label.keys() & other.label.keys()
    vetoed = any(opposite(one.label[language], other.label[language], language) for language in languages)
    return definition >= _DEFINITIONS_ALIKE and not vetoed


def _candidates(codes: Sequence[Code]) -> Iterator[tuple[Code, Code]]:
    """Pairs that have a word, a part or a beginning of a word of their labels in common, or most of a definition."""
    index: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        terms: set[str] = set()
        for language, label in code.label.items():
            text = _text(label, language)
            terms |= text.terms | {piece[:_PREFIX] for piece in (*text.keys, *text.pieces)}
        for text_ in code.definition.values():
            terms.add("=" + " ".join(sorted(_WORD.findall(text_.lower()))[:4]))
        for term in terms:
            index.setdefault(term, []).append(number)
    pairs = sorted({pair for found in index.values() for pair in combinations(found, 2)})
    return ((codes[a], codes[b]) for a, b in pairs)


def proposals(
    base: Codebook | None,
    ours: Codebook,
    theirs: Codebook,
    coded_ours: Coded | None = None,
    coded_theirs: Coded | None = None,
) -> tuple[Proposal, ...]:
    """Codes that only one side has and that may be one of the other side's; the strongest evidence first.

    `code` is the one that would go: the newer of the two, or theirs. `coded_*` are what was coded in the two projects,
    where there are projects.
    """
    known = set(base.by_id) if base else set()
    mine = [code for code in ours.active() if code.id not in theirs.by_id]
    yours = [code for code in theirs.active() if code.id not in ours.by_id]
    found: list[Proposal] = []
    pairs = [(a, b) for a in mine for b in theirs.active()] + [(a, b) for b in yours for a in ours.active()]
    for one, other in dict.fromkeys((a.id, b.id) for a, b in pairs):
        if one == other or (one in known and other in known):
            continue
        a, b = ours.by_id[one], theirs.by_id[other]
        label, definition = label_likeness(a, b), definition_likeness(a, b)
        texts = (coded_ours or {}).get(one), (coded_theirs or {}).get(other)
        shared = shared_text(texts[0], texts[1]) if texts[0] and texts[1] else None
        if not _alike(a, b, label, definition) and (shared or 0.0) < _TEXT_SHARED:
            continue
        gone, kept = (one, other) if other in known else (other, one)
        found.append(Proposal(gone, kept, label, definition, shared))
    return tuple(sorted(found, key=lambda one: (-(one.shared or 0.0), -one.label, -one.definition, one.code)))
