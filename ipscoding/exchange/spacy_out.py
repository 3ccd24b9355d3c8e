"""Codings as a `.spacy` file: one document for each interview, the codings in `doc.spans["codes"]`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from ipscoding.exchange.spans_out import CodedInterview

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

KEY = "codes"
"""The key of the spans, which spaCy's span categorizer is pointed at."""


def write_spacy(interviews: Iterable[CodedInterview], file: BinaryIO) -> None:
    """Write `interviews` to `file` as spaCy's binary form (`DocBin`), which `spacy train` reads.

    A span's label is the code's id; overlapping ones are kept. The group's attributes `ids`, `coders` and `valences`
    have one entry for each span; `user_data` says which interview it is.
    """
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("nb").vocab
    docs = [doc_of(interview, vocab) for interview in interviews]
    file.write(DocBin(attrs=["ORTH", "SPACY", "SENT_START"], store_user_data=True, docs=docs).to_bytes())


def doc_of(interview: CodedInterview, vocab: "Vocab") -> "Doc":
    """One interview as a spaCy document: its words, sentences and codings."""
    from spacy.tokens import Doc, Span, SpanGroup

    text = interview.transcript.text
    starts = interview.starts()
    doc = Doc(
        vocab,
        words=[word.span.of(text) for word in interview.words],
        spaces=[word.space for word in interview.words],
        sent_starts=[word.span.start in starts for word in interview.words],
        user_data=interview.about(),
    )
    first = {word.span.start: number for number, word in enumerate(interview.words)}
    last = {word.span.end: number for number, word in enumerate(interview.words, start=1)}
    group = SpanGroup(
        doc,
        name=KEY,
        spans=[Span(doc, first[coding.start], last[coding.end], coding.code) for coding in interview.codings],
        attrs={
            "ids": [coding.coding_id for coding in interview.codings],
            "coders": [coding.coder for coding in interview.codings],
            "valences": [str(coding.valence) for coding in interview.codings],
        },
    )
    doc.spans[KEY] = group
    return doc
