"""A small codebook, bank and transcript for the tests of suggestions."""

from dataclasses import dataclass

from ipscoding.codebook.catalogue import default_path
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.codebook.read import read
from ipscoding.domain import Code, Codebook, Span, Transcript, Turn, Valence
from ipscoding.language.sentences import split_sentences

CODES = ("org.colocation", "col.confidentiality", "spec.caseload", "sys.geography", "per.family", "gen.suggestion")


def whole_codebook() -> Codebook:
    return read(default_path())


def small_codebook(*more: Code) -> Codebook:
    whole = whole_codebook()
    return Codebook("small", {"nb": "Liten"}, codes=(*(whole.by_id[code] for code in CODES), *more))


def small_bank(each: int = 30) -> list[Phrase]:
    """The first `each` phrases of each code and direction of the small codebook."""
    taken: dict[tuple[str, Valence], int] = {}
    bank = []
    for phrase in read_phrases(default_path().with_name("ips-phrases.tsv")):
        kind = (phrase.code, phrase.valence)
        if phrase.code in CODES and taken.get(kind, 0) < each:
            taken[kind] = taken.get(kind, 0) + 1
            bank.append(phrase)
    return bank


def transcript(*turns: tuple[str, str]) -> Transcript:
    """A transcript of turns, each a speaker's label and what is said; `I` is the interviewer."""
    text, made, sentences = "", [], []
    for number, (speaker, said) in enumerate(turns, 1):
        if text:
            text += "\n"
        start = len(text)
        text += f"{speaker}: {said}"
        speech = Span(start + len(speaker) + 2, len(text))
        made.append(Turn(number, speaker, Span(start, len(text)), speech, speaker == "I"))
        sentences += split_sentences(text, speech.start, speech.end)
    return Transcript(text, tuple(made), tuple(sentences))


@dataclass
class Stop:
    """Says stop after it was asked so many times."""

    after: int

    def is_set(self) -> bool:
        self.after -= 1
        return self.after < 0
