"""A whole text as another program has it, stored as any transcript, and where its places have gone."""

from array import array
from bisect import bisect_left
from dataclasses import dataclass

from ipscoding.domain import Span, Transcript
from ipscoding.language.sentences import split_sentences
from ipscoding.transcripts.normalise import refuse_stacked_marks, traced_line
from ipscoding.transcripts.speakers import find_turns


@dataclass(frozen=True)
class Traced:
    """The text that is stored for a source's text, and from where in that each of its characters comes."""

    text: str
    sources: "array[int]"

    def place(self, offset: int) -> int:
        """Where the place `offset` of the source (code points) stands in the stored text."""
        return bisect_left(self.sources, offset)

    def span(self, span: Span) -> Span:
        """The stretch of the stored text that is left of a span of the source, without white space at its ends."""
        start, end = self.place(span.start), self.place(span.end)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)


def trace(text: str) -> Traced:
    """What is stored of `text` (LF), exactly as `normalise` makes it of its lines."""
    parts: list[str] = []
    sources = array("I")
    start = 0
    for line in text.split("\n"):
        for piece, places in traced_line(line):
            if parts:
                # the line break stands where what was before it ended
                sources.append(sources[-1] + 1)
            parts.append(piece)
            sources.extend(start + place for place in places)
        start += len(line) + 1
    return Traced("\n".join(parts), sources)


def transcript_of(text: str, name: str) -> Transcript:
    """A stored text with its turns and sentences, as any transcript that is read.

    Raises `FileProblem` (about the document `name`) for a text that is no writing.
    """
    refuse_stacked_marks(text, name)
    turns = find_turns(text).turns
    sentences = [span for turn in turns for span in split_sentences(text, turn.speech.start, turn.speech.end)]
    return Transcript(text, tuple(turns), tuple(sentences))
