"""Two ways to take Norwegian text apart, behind one interface: built in, and the trained model where installed."""

from dataclasses import dataclass
from typing import Protocol

from ipscoding.domain import Span
from ipscoding.i18n import _
from ipscoding.language import model
from ipscoding.language.keys import tokens
from ipscoding.language.lemmas import lemma
from ipscoding.language.norm import norm_of
from ipscoding.language.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Analysed:
    """One word: as it stands, where, its lemma in lower case, and its part of speech (Universal Dependencies' names).

    `pos` is empty where the pipeline does not tell.
    """

    text: str
    span: Span
    lemma: str
    pos: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text taken apart: its words and its sentences, in order; offsets in code points."""

    words: tuple[Analysed, ...]
    sentences: tuple[Span, ...]


class Pipeline(Protocol):
    """Takes text apart."""

    @property
    def name(self) -> str:
        """`built-in` or the model's name and version."""

    def analyse(self, text: str, norm: str | None = None) -> Analysis:
        """The words and sentences of `text`, which is written in `norm` (`nb`, `nn`; None: what it looks like)."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Words, lemmas and sentences by rules and dictionary; needs nothing installed."""

    name: str = "built-in"

    def analyse(self, text: str, norm: str | None = None) -> Analysis:
        """The words and sentences of `text`; parts of speech are not told."""
        written = norm or norm_of(text)
        words = tuple(Analysed(token.text, token.span, lemma(token.text, written)) for token in tokens(text))
        return Analysis(words, tuple(split_sentences(text)))


@dataclass(frozen=True, slots=True)
class Model:
    """Words, parts of speech and sentences by the trained model, which knows Bokmål only.

    Lemmas in Nynorsk come from the dictionary, where a Bokmål model is right much less often.
    """

    name: str

    def analyse(self, text: str, norm: str | None = None) -> Analysis:
        """The words and sentences of `text`, each word with its part of speech."""
        written = norm or norm_of(text)
        document = model.load()(text)
        words = tuple(
            Analysed(
                token.text,
                Span(token.idx, token.idx + len(token.text)),
                lemma(token.text, "nn") if written == "nn" else (token.lemma_ or lemma(token.text)).lower(),
                token.pos_,
            )
            for token in document
            if any(letter.isalnum() for letter in token.text)
        )
        if not document.has_annotation("SENT_START"):
            return Analysis(words, tuple(split_sentences(text)))
        found = (_trimmed(text, sentence.start_char, sentence.end_char) for sentence in document.sents)
        return Analysis(words, tuple(span for span in found if len(span)))


def _trimmed(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip()))


def pipeline() -> Pipeline:
    """The best pipeline there is: the trained model where an installed one fits, else the built-in one."""
    found = model.status()
    return Model(f"{model.NAME} {found.version}") if found.compatible else BuiltIn()


def describe() -> str:
    """Which pipeline is on, in one line for people."""
    found = model.status()
    if found.compatible:
        return _("Norwegian by the model {name} {version}").format(name=model.NAME, version=found.version)
    if found.installed:
        return _("Norwegian by the built-in rules; the installed model {name} {version} is for spaCy {wants}").format(
            name=model.NAME, version=found.version, wants=found.wants
        )
    return _("Norwegian by the built-in rules and dictionary; the model {name} is not installed").format(
        name=model.NAME
    )
