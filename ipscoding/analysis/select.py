"""Choosing among codings: what a query asks of rows that are at hand."""

from collections.abc import Iterable, Iterator

from ipscoding.analysis.answering import answer, names_in
from ipscoding.analysis.nearness import Breaks
from ipscoding.analysis.query import Query
from ipscoding.domain import Codebook, Document, Excerpt, Informant


def select(
    excerpts: Iterable[Excerpt],
    query: Query,
    *,
    documents: Iterable[Document] = (),
    informants: Iterable[Informant] = (),
    codebook: Codebook | None = None,
    coders: Iterable[str] = (),
    breaks: Breaks | None = None,
) -> Iterator[Excerpt]:
    """The excerpts that `query` asks for, in their order.

    A code stands for itself and all below it in `codebook`; a document goes by name or id; `*` fits anything.
    `documents`, `informants` and `coders` are those that exist whether coded or not: to ask for one of them gives
    nothing, to ask for what does not exist raises `QueryProblem` or, from an option, `NotFound`, with near names.
    `breaks` says where turns and sentences begin, for `near` (see `answering.needs_breaks`).
    """
    rows = list(excerpts)
    return answer(query, names_in(rows, documents, informants, codebook, coders), breaks).keep(rows)
