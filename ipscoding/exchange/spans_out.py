"""Interviews with their codings as spans over words, for tools that learn from such spans (spaCy, Prodigy)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import Document, Excerpt, Span, Transcript
from ipscoding.exchange.codings_out import excerpts_of
from ipscoding.exchange.project_tables import Chosen, chosen_documents
from ipscoding.project import Project, documents


@dataclass(frozen=True, slots=True)
class Word:
    """A token: `span` in code points, and whether a space follows it."""

    span: Span
    space: bool


@dataclass(frozen=True)
class CodedInterview:
    """One interview with those of its codings that were chosen, by place."""

    project: str
    document: Document
    transcript: Transcript
    codings: tuple[Excerpt, ...]
    words: tuple[Word, ...]

    def about(self) -> dict[str, Any]:
        """What a reader of the file should know of the interview: plain values by name."""
        return {
            "project": self.project,
            "document": self.document.name,
            "document_id": self.document.id,
            "informant": self.document.informant,
            "role": self.document.role,
            "language": self.document.language,
            "date": self.document.date,
            "coders": sorted({coding.coder for coding in self.codings}),
        }

    def starts(self) -> set[int]:
        """Where sentences begin: those of the transcript, and the speaker's label before each turn."""
        return {sentence.start for sentence in self.transcript.sentences} | {
            turn.span.start for turn in self.transcript.turns
        }


def coded_interviews(
    project: Project,
    *,
    names: Iterable[str] = (),
    roles: Iterable[str] = (),
    coders: Iterable[str] = (),
    codes: Iterable[str] = (),
    where: str = "",
) -> Iterator[CodedInterview]:
    """The interviews of these names and roles (default: all), by name, with these coders' codings of these codes.

    `where` is a query that limits both.

    Interviews without such codings are there too. Words are those of spaCy for Bokmål, cut further where a coding or a
    sentence begins or ends inside one, so that every coding begins and ends with a word.
    Raises `NotFound` for what the project does not have.
    """
    found: dict[str, list[Excerpt]] = {}
    for excerpt in excerpts_of(project, where=where, coders=tuple(coders), codes=tuple(codes)):
        found.setdefault(excerpt.document_id, []).append(excerpt)
    for document in chosen_documents(project, Chosen(names=tuple(names), roles=tuple(roles), where=where)):
        transcript = documents.transcript(project, document.id)
        codings = tuple(found.get(document.id, ()))
        cuts = {offset for coding in codings for offset in (coding.start, coding.end)}
        cuts |= {offset for sentence in transcript.sentences for offset in (sentence.start, sentence.end)}
        words = tuple(words_of(transcript.text, cuts))
        yield CodedInterview(project.name, document, transcript, codings, words)


def words_of(text: str, cuts: Iterable[int] = ()) -> Iterator[Word]:
    """The words of `text` as spaCy cuts Bokmål, and further at `cuts`; with their spaces they make up all of it."""
    import spacy

    inside = sorted(cuts)
    at = 0
    for token in spacy.blank("nb").make_doc(text):
        start, end = token.idx, token.idx + len(token.text)
        while at < len(inside) and inside[at] <= start:
            at += 1
        while at < len(inside) and inside[at] < end:
            if inside[at] > start:
                yield Word(Span(start, inside[at]), False)
                start = inside[at]
            at += 1
        yield Word(Span(start, end), bool(token.whitespace_))
