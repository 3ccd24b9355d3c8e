"""How often codes occur, in how many people's interviews, and in how much of what was said.

The definitions stand in docs/figures.md; every share has its denominator in the column beside it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from ipscoding.analysis.counting import Counts, Place, Tally
from ipscoding.analysis.headings import about, columns, notes
from ipscoding.analysis.hiding import MARK, Hidden, hidden, total_of
from ipscoding.analysis.interviews import Denominators
from ipscoding.analysis.layout import Layout
from ipscoding.analysis.material import material
from ipscoding.analysis.nearness import Breaks
from ipscoding.analysis.query import Query
from ipscoding.analysis.question import UNITS, Question, ask
from ipscoding.analysis.table import Cell, Row, Table
from ipscoding.domain import CONSENSUS, Codebook, Document, Excerpt, Informant, Span

_NOTHING = Tally()


def frequencies(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    *,
    by: Sequence[str] = ("code",),
    units: Sequence[str] = UNITS,
    coders: Collection[str] | None = None,
    pooled: bool = False,
    consensus: str = CONSENSUS,
    where: str | Query = "",
    codes: Collection[str] = (),
    parents: bool = False,
    balance: bool = True,
    sides: bool = False,
    min_cell: int = 0,
    speech: Mapping[str, Sequence[Span]] | None = None,
    breaks: Breaks | None = None,
    words: Mapping[tuple[str, str], int] | None = None,
    language: str | None = None,
) -> Table:
    """The frequencies of codings: a row for every combination of what `by` names, zeros kept.

    Args:
        excerpts: the codings; those of documents that are not in `documents` are left out.
        documents: what was analysed: the denominators rest on it, and so does which groups there are.
        informants: the people on record, with roles and attributes.
        codebook: its active codes have rows even where they were never used.
        by: of `code`, `domain`, a framework of the codebook (`cfir`), `valence`, `strength`, `role`, `document`,
            `informant`, `language`, `date`, `coder`, or any attribute of informants; in the order of the columns.
        units: of `segments`, `informants`, `documents`, `words`; for each, columns `UNIT`, `UNIT_of`, `UNIT_share`.
        coders: whose codings; None: the coder named `consensus` where there is one, else each coder in rows apart.
        pooled: unite the codings of several coders instead of giving each rows of their own.
        where: what is asked for. What it says of interviews chooses who was analysed, denominators too; codes limit
            the rows, coders whose codings count; what else it says of codings chooses among them, and shares of
            segments stay out of all that were coded.
        codes: patterns (`org.*`) that limit the rows; the denominators stay those of all codes.
        parents: give codes that only group others a row too, beside the codes under them.
        balance: add `barrier` and `facilitator` (segments, `both` in each) and `balance`, unless by valence.
        sides: with `balance`, add `barrier_informants` and `facilitator_informants`: the people who have at least one
            segment on that side.
        min_cell: hide figures of rows that rest on fewer informants than this, but on someone, and those through which
            a hidden one could be worked out.
        speech: the informants' speech in each document, by document id. With it, only words inside are counted and
            a coding counts when an informant says something in it; without it, a coding that starts in the
            interviewer's turn is left out whole, and any other counts with its whole text.
        words: words spoken by (document id, informant's name), for focus groups whose people fall in several groups.
        breaks: where turns and sentences begin, for a query that asks what is near.
        language: of the labels; None: the one in use.

    Raises `NotFound` for a name in `by`, `units`, `coders` or `codes` that does not exist, `QueryProblem` for one in
    `where`.
    """
    given = material(
        excerpts, documents, informants, codebook, coders=coders, pooled=pooled, consensus=consensus, where=where,
        codes=codes, speech=speech, breaks=breaks, words=words, language=language,
    )  # fmt: skip
    question = ask(
        by, units, codebook, given.interviews, pooled=pooled, balance=balance, sides=sides, min_cell=min_cell
    )
    made = given.count(question, parents=parents)
    counts, layout = made.counts, made.layout
    places = layout.places()
    unseen = hidden(places, layout.groups, question, counts, made.scheme) if min_cell else Hidden()
    rows: list[Row] = [layout.keys(place) | _row(place, layout, counts, unseen) for place in places]
    said = notes(question, counts, given.coders, given.interviews, unseen, given.speech.known)
    return Table(columns(question, layout.dimensions), rows, [*about(given.query), *said])


def _row(place: Place, layout: Layout, counts: Counts, hidden: Hidden) -> dict[str, Cell]:
    key = total_of(place, layout.question)
    total = None if key in hidden.totals else counts.totals.get(key, 0)
    tally = counts.cells.get(place, _NOTHING)
    return _figures(layout.question, tally, layout.groups[place.group], total, place in hidden.places)


def _figures(question: Question, tally: Tally, group: Denominators, total: int | None, hide: bool) -> dict[str, Cell]:
    found: dict[str, tuple[int, int | None]] = {
        "segments": (tally.segments, total),
        "informants": (len(tally.informants), group.informants),
        "documents": (len(tally.documents), group.documents),
        "words": (tally.words, group.words),
    }
    figures: dict[str, Cell] = {}
    for unit in question.units:
        number, of = found[unit]
        figures[unit] = None if hide else number
        figures[f"{unit}_of"] = of
        figures[f"{unit}_share"] = number / of if of and not hide else None
    if question.balance:
        sides = tally.barrier + tally.facilitator
        figures["barrier"] = None if hide else tally.barrier
        figures["facilitator"] = None if hide else tally.facilitator
        figures["balance"] = (tally.facilitator - tally.barrier) / sides if sides and not hide else None
    if question.sides:
        figures["barrier_informants"] = None if hide else len(tally.barrier_informants)
        figures["facilitator_informants"] = None if hide else len(tally.facilitator_informants)
    if question.min_cell:
        figures["hidden"] = MARK if hide else ""
    return figures
