"""How often codes occur, in how many people's interviews, and in how much of what was said.

The definitions stand in docs/figures.md; every share has its denominator in the column beside it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import product

from ipscoding.analysis.answering import answer, names_in
from ipscoding.analysis.coders import Coders, whose
from ipscoding.analysis.counting import ANY, Counts, Place, Tally, count
from ipscoding.analysis.headings import about, columns, notes
from ipscoding.analysis.hiding import MARK, Hidden, hidden, total_of
from ipscoding.analysis.interviews import Denominators, Interviews
from ipscoding.analysis.names import natural
from ipscoding.analysis.nearness import Breaks
from ipscoding.analysis.query import Query, asked
from ipscoding.analysis.question import STRENGTHS, UNITS, Question, ask
from ipscoding.analysis.scheme import Scheme
from ipscoding.analysis.table import Cell, Row, Table
from ipscoding.analysis.unions import Speech
from ipscoding.domain import CONSENSUS, Codebook, Document, Excerpt, Informant, Span, Valence
from ipscoding.i18n import language as language_in_use

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
    rows, people, every = list(excerpts), list(informants), list(documents)
    query = asked(where, codes=codes)
    left = answer(query, names_in(rows, every, people, codebook), breaks)
    interviews = Interviews(left.documents(every), people, words)
    question = ask(by, units, codebook, interviews, pooled=pooled, balance=balance, sides=sides, min_cell=min_cell)
    who = whose({row.coder for row in rows}, left.coders, coders, pooled=pooled, consensus=consensus)
    scheme = Scheme(codebook, question.of_codes, {row.code for row in rows}, (), parents, left.codes)
    spoken = Speech(speech)
    counts = count(rows, interviews, question, scheme, who, spoken, left.chosen(rows))

    dimensions = question.by if "coder" in question.by or not who.apart else (*question.by, "coder")
    names = {row.code: row.code_label for row in rows if row.code_label}
    names |= {code.id: code.name(language or language_in_use()) for code in codebook.codes}
    layout = _Layout(question, dimensions, interviews, scheme, who, names)
    places = layout.places()
    unseen = hidden(places, layout.groups, question, counts, scheme) if min_cell else Hidden()
    made = [layout.row(place, counts, unseen) for place in places]
    said = notes(question, counts, who, interviews, unseen, spoken.known)
    return Table(columns(question, dimensions), made, [*about(query), *said])


class _Layout:
    """Which rows there are, in which order, and what stands in them."""

    def __init__(
        self,
        question: Question,
        dimensions: tuple[str, ...],
        interviews: Interviews,
        scheme: Scheme,
        coders: Coders,
        names: Mapping[str, str],
    ) -> None:
        self._question = question
        self._dimensions = dimensions
        self._interviews = interviews
        self._names = names
        self.groups = interviews.groups(question.of_people)
        self._units = scheme.units
        self._coders = [""] if coders.pooled or not coders.names else list(coders.names)
        self._valences = [valence.value for valence in Valence] if question.by_valence else [ANY]
        self._strengths = STRENGTHS if question.by_strength else ("",)
        self._keys: dict[tuple[str, str], dict[str, Cell]] = {}
        self._values = [self._reader(name) for name in dimensions]

    def _reader(self, dimension: str) -> Callable[[Place], str]:
        if dimension == "coder":
            return lambda place: place.coder
        if dimension == "valence":
            return lambda place: place.valence
        if dimension == "strength":
            return lambda place: place.strength
        if dimension in self._question.of_codes:
            index = self._question.of_codes.index(dimension)
            return lambda place: place.unit[index]
        index = self._question.of_people.index(dimension)
        return lambda place: place.group[index]

    def places(self) -> list[Place]:
        """Every combination of coder, group, code and direction, sorted by the dimensions in their order."""
        everything = [
            Place(*parts) for parts in product(self._coders, self.groups, self._units, self._valences, self._strengths)
        ]
        ranks = [self._ranks(name) for name in self._dimensions]
        readers = self._values
        return sorted(
            everything, key=lambda place: [rank[read(place)] for rank, read in zip(ranks, readers, strict=True)]
        )

    def _ranks(self, dimension: str) -> dict[str, int]:
        values: Sequence[str]
        if dimension == "coder":
            values = self._coders
        elif dimension == "strength":
            values = self._strengths
        elif dimension == "valence":
            values = self._valences
        elif dimension in self._question.of_codes:
            index = self._question.of_codes.index(dimension)
            values = sorted((unit[index] for unit in self._units), key=lambda value: value == "")
        else:
            index = self._question.of_people.index(dimension)
            shown = self._interviews.shown
            values = sorted(
                {group[index] for group in self.groups}, key=lambda value: (natural(shown(dimension, value)), value)
            )
        return {value: rank for rank, value in enumerate(dict.fromkeys(values))}

    def row(self, place: Place, counts: Counts, hidden: Hidden) -> Row:
        """The row for `place`: what it is about, then its figures, but for those that are `hidden`."""
        row: dict[str, Cell] = {}
        for name, read in zip(self._dimensions, self._values, strict=True):
            value = read(place)
            if (name, value) not in self._keys:
                self._keys[name, value] = self._key(name, value)
            row |= self._keys[name, value]
        tally = counts.cells.get(place, _NOTHING)
        group = self.groups[place.group]
        key = total_of(place, self._question)
        total = None if key in hidden.totals else counts.totals.get(key, 0)
        row |= _figures(self._question, tally, group, total, place in hidden.places)
        return row

    def _key(self, dimension: str, value: str) -> dict[str, Cell]:
        if dimension in ("code", "domain"):
            return {dimension: value, f"{dimension}_label": self._names.get(value, value)}
        return {dimension: self._interviews.shown(dimension, value) if dimension in self._question.of_people else value}


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
