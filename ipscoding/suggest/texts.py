"""What the engine learns from: a codebook's own texts, and a phrase bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ipscoding.domain import Code, Codebook, Valence
from ipscoding.domain.code import Text
from ipscoding.suggest.suggestion import Rule

_NORWEGIAN = ("nb", "nn")


class Utterance(Protocol):
    """A phrase of a bank, as `ipscoding.codebook.phrases.Phrase` is one."""

    @property
    def code(self) -> str:
        """The id of its code."""

    @property
    def valence(self) -> Valence:
        """Its direction."""

    @property
    def norm(self) -> str:
        """`nb`, `nn`, `dia` or another language."""

    @property
    def text(self) -> str:
        """What is said."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to learn from: the code it belongs to, its norm, and which text of the codebook it is (None: a phrase)."""

    code: str
    norm: str
    text: str
    rule: Rule | None = None
    valence: Valence = Valence.NONE


def _in_norwegian(text: Text) -> list[tuple[str, str]]:
    found = [(norm, text[norm]) for norm in _NORWEGIAN if text.get(norm)]
    return found or [(norm, value) for norm, value in sorted(text.items()) if value][:1]


def codebook_texts(code: Code) -> list[Source]:
    """The texts of one code: label, definition, include rule and examples, in Norwegian where there is Norwegian."""
    rules: list[tuple[Rule, Text]] = [
        ("label", code.label),
        ("definition", code.definition),
        ("include_when", code.include_when),
    ]
    texts = [Source(code.id, norm, text, rule) for rule, field in rules for norm, text in _in_norwegian(field)]
    return texts + [
        Source(code.id, example.language, example.text, "example", example.valence)
        for example in code.examples
        if example.text
    ]


def sources(codebook: Codebook, phrases: Sequence[Utterance]) -> tuple[list[Code], list[Source], list[Source]]:
    """The codes that can be suggested, their texts in the codebook, and the phrases that belong to one of them."""
    codes = codebook.active()
    known = {code.id for code in codes}
    bank = [Source(p.code, p.norm, p.text, None, Valence(p.valence)) for p in phrases if p.code in known]
    return codes, [text for code in codes for text in codebook_texts(code)], bank
