"""What figures are made of: the rows with who was interviewed, whose codings count, and what a query leaves of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipscoding.analysis.answering import Answer, answer, names_in
from ipscoding.analysis.coders import Coders, whose
from ipscoding.analysis.counting import Counts, count
from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.layout import Layout
from ipscoding.analysis.nearness import Breaks
from ipscoding.analysis.query import Query, asked
from ipscoding.analysis.question import Question, ask
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.unions import Speech
from ipscoding.domain import CONSENSUS, Codebook, Document, Excerpt, Informant, Span
from ipscoding.i18n import language as language_in_use


@dataclass(frozen=True)
class Counted:
    """The answer to one question: the counts, and which rows they make."""

    question: Question
    scheme: Scheme
    counts: Counts
    layout: Layout


@dataclass(frozen=True)
class Material:
    """All that the functions that make figures are given, looked through once.

    `chosen` are the ids of the codings that a query leaves (None: all); `labels` are by code.
    """

    rows: Sequence[Excerpt]
    interviews: Interviews
    codebook: Codebook
    query: Query
    left: Answer
    coders: Coders
    chosen: Collection[str] | None
    speech: Speech
    labels: Mapping[str, str]

    def count(self, question: Question, *, parents: bool = False, totals: bool = True) -> Counted:
        """Count what `question` asks for; `parents`: codes above others have rows too; `totals`: as `count`."""
        codes = {row.code for row in self.rows}
        scheme = Scheme(self.codebook, question.of_codes, codes, (), parents, self.left.codes)
        counts = count(
            self.rows, self.interviews, question, scheme, self.coders, self.speech, self.chosen, totals=totals
        )
        alone = "coder" in question.by or not self.coders.apart
        dimensions = question.by if alone else (*question.by, "coder")
        layout = Layout(question, dimensions, self.interviews, scheme, self.coders, self.labels)
        return Counted(question, scheme, counts, layout)

    def ask(self, by: Sequence[str], units: Sequence[str], *, min_cell: int = 0) -> Question:
        """The question that `by` and `units` make, without balance; raises `NotFound` for names that do not exist."""
        return ask(
            by, units, self.codebook, self.interviews, pooled=self.coders.pooled, balance=False, min_cell=min_cell
        )


def material(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    *,
    coders: Collection[str] | None = None,
    pooled: bool = False,
    consensus: str = CONSENSUS,
    where: str | Query = "",
    codes: Collection[str] = (),
    speech: Mapping[str, Sequence[Span]] | None = None,
    breaks: Breaks | None = None,
    words: Mapping[tuple[str, str], int] | None = None,
    language: str | None = None,
) -> Material:
    """The material of a table; for the arguments see `ipscoding.analysis.frequencies.frequencies`.

    Raises `NotFound` for coders or codes that do not exist, `QueryProblem` for what `where` says wrongly.
    """
    rows, people, every = list(excerpts), list(informants), list(documents)
    query = asked(where, codes=codes)
    left = answer(query, names_in(rows, every, people, codebook), breaks)
    labels = {row.code: row.code_label for row in rows if row.code_label}
    labels |= {code.id: code.name(language or language_in_use()) for code in codebook.codes}
    return Material(
        rows=rows,
        interviews=Interviews(left.documents(every), people, words),
        codebook=codebook,
        query=query,
        left=left,
        coders=whose({row.coder for row in rows}, left.coders, coders, pooled=pooled, consensus=consensus),
        chosen=left.chosen(rows),
        speech=Speech(speech),
        labels=labels,
    )
