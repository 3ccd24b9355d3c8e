"""Codings into the cells of a table: one pass that sorts them, one that unites and counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ipscoding.analysis.coders import Coders
from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.question import Question
from ipscoding.analysis.scheme import Scheme, Unit
from ipscoding.analysis.unions import Piece, Speech, clusters, text_of
from ipscoding.domain import Excerpt, Valence

ANY = ""
"""In place of a direction: codings of all directions."""

_BARRIER, _FACILITATOR = 1, 2
_SIDES = {Valence.NONE: 0, Valence.BARRIER: _BARRIER, Valence.FACILITATOR: _FACILITATOR, Valence.BOTH: 3}

Group = tuple[str, ...]


class Place(NamedTuple):
    """A cell: whose codings (empty: of all who are counted), of which interviews, codes, direction and strength."""

    coder: str
    group: Group
    unit: Unit
    valence: str
    strength: str = ""


@dataclass(slots=True)
class Tally:
    """What was counted in a cell; `barrier` and `facilitator` count segments, those that are both in each.

    `barrier_informants` and `facilitator_informants` are the people who have such segments.
    """

    segments: int = 0
    words: int = 0
    barrier: int = 0
    facilitator: int = 0
    informants: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    barrier_informants: set[str] = field(default_factory=set)
    facilitator_informants: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Counts:
    """The cells that hold something, the segments that shares are taken of, and what was seen or left out on the way.

    `totals` are by coder and group; `coded_documents` are ids by coder; the others count codings.
    """

    cells: dict[Place, Tally] = field(default_factory=dict)
    totals: dict[tuple[str, Group], int] = field(default_factory=dict)
    coded_documents: dict[str, set[str]] = field(default_factory=dict)
    interviewer: int = 0
    elsewhere: int = 0
    several_turns: int = 0


@dataclass(slots=True)
class _Sorted:
    """The codings by the cells they count in, and by what shares of segments are taken of."""

    cells: dict[Place, list[Piece]] = field(default_factory=dict)
    totals: dict[tuple[str, Group], list[Piece]] = field(default_factory=dict)


class _Route(NamedTuple):
    """Where the codings of one coder, group, code and direction go; `label` is what they unite with in the total."""

    cells: list[list[Piece]]
    total: list[Piece] | None
    label: str


def count(
    excerpts: Iterable[Excerpt],
    interviews: Interviews,
    question: Question,
    scheme: Scheme,
    coders: Coders,
    speech: Speech,
    chosen: Collection[str] | None = None,
    *,
    totals: bool = True,
) -> Counts:
    """Count the codings of `coders` in the documents of `interviews`, cell by cell.

    `chosen` are the ids of the codings that enter cells (None: all); shares are of all others too. `totals`: whether
    what they are of is wanted.
    """
    counts = Counts(coded_documents={name: set() for name in coders.names})
    # Where every coding counts in one cell, the cells add up to the total; else that is counted apart.
    adds_up = scheme.plain and not (question.by_valence or question.by_strength) and chosen is None
    apart = totals and not adds_up and "segments" in question.units
    sorted_ = _sort(excerpts, interviews, question, scheme, coders, speech, counts, totals=apart, only=chosen)
    with_words = "words" in question.units
    for place, pieces in sorted_.cells.items():
        pieces.sort()
        tally = _tally(pieces, speech, balance=question.balance, words=with_words and bool(place.unit))
        if with_words and not place.unit:
            tally.words = _words(pieces, speech)
        counts.cells[place] = tally
        if adds_up:
            key = (place.coder, place.group if question.within_groups else ())
            counts.totals[key] = counts.totals.get(key, 0) + tally.segments
    for key, pieces in sorted_.totals.items():
        pieces.sort()
        counts.totals[key] = _tally(pieces, speech, balance=False, words=False).segments
    return counts


def _sort(
    excerpts: Iterable[Excerpt],
    interviews: Interviews,
    question: Question,
    scheme: Scheme,
    coders: Coders,
    speech: Speech,
    counts: Counts,
    totals: bool,
    only: Collection[str] | None,
) -> _Sorted:
    result = _Sorted()
    whole = not question.within_groups

    def route(coder: str, group: Group, code: str, valence: str, strength: str) -> _Route:
        places = [Place(coder, group, unit, valence, strength) for unit in scheme.targets(code)]
        cells = [result.cells.setdefault(place, []) for place in places]
        total = result.totals.setdefault((coder, () if whole else group), []) if totals else None
        return _Route(cells, total, "\0".join(scheme.unit(code)) or code)

    people: dict[tuple[str, str], tuple[str, Group] | None] = {}
    routes: dict[tuple[str, Group, str, str, str], _Route] = {}
    no_coder, by_valence, by_strength = coders.pooled, question.by_valence, question.by_strength
    chosen = set(coders.names)
    for row in excerpts:
        if row.coder not in chosen or row.end <= row.start:
            continue
        # where their speech is not known, a coding that starts in the interviewer's turn is taken for the interviewer's
        if row.interviewer and (not speech.known or not speech.heard(row.document_id, row.start, row.end)):
            counts.interviewer += 1
            continue
        document = row.document_id
        if (document, row.informant) not in people:
            interview = interviews.of(row)
            if interview is not None:
                group = tuple(interview.value(name) for name in question.of_people)
                people[document, row.informant] = interview.person, group
            else:
                people[document, row.informant] = None
        there = people[document, row.informant]
        if there is None:
            counts.elsewhere += 1
            continue
        person, group = there
        counts.coded_documents[row.coder].add(document)
        valence = row.valence.value if by_valence else ANY
        strength = str(row.strength or "") if by_strength else ""
        key = ("" if no_coder else row.coder, group, row.code, valence, strength)
        way = routes.get(key)
        if way is None:
            way = routes[key] = route(*key)
        text, sides = row.text, _SIDES[row.valence]
        if "\n" in text:
            counts.several_turns += 1
        piece = (document, "" if question.of_codes else row.code, row.start, row.end, text, person, sides)
        if only is None or row.coding_id in only:
            for cell in way.cells:
                cell.append(piece)
        if way.total is not None:
            way.total.append((document, way.label, row.start, row.end, text, person, sides))
    return result


def _tally(pieces: list[Piece], speech: Speech, *, balance: bool, words: bool) -> Tally:
    """Count what `pieces` (sorted) hold."""
    tally = Tally()
    for cluster in clusters(pieces):
        document, _code, start, end, text, person, sides = cluster[0]
        if len(cluster) > 1:
            start, end, text = text_of(cluster)
        if speech.known and not speech.heard(document, start, end):
            continue
        tally.segments += 1
        tally.documents.add(document)
        if words:
            tally.words += speech.words(document, start, end, text)
        if len(cluster) == 1:
            tally.informants.add(person)
            if sides & _BARRIER:
                tally.barrier += 1
                tally.barrier_informants.add(person)
            if sides & _FACILITATOR:
                tally.facilitator += 1
                tally.facilitator_informants.add(person)
        else:
            tally.informants.update(piece[5] for piece in cluster)
            if balance:
                tally.barrier += _side(cluster, _BARRIER, speech, tally.barrier_informants)
                tally.facilitator += _side(cluster, _FACILITATOR, speech, tally.facilitator_informants)
    return tally


def _words(pieces: list[Piece], speech: Speech) -> int:
    """The words in `pieces` whatever their codes: a word that has two codes was spoken once."""
    together = [(document, "", start, end, text, "", 0) for document, _c, start, end, text, _p, _s in pieces]
    together.sort()
    return sum(speech.words(cluster[0][0], *text_of(cluster)) for cluster in clusters(together))


def _side(cluster: list[Piece], side: int, speech: Speech, people: set[str]) -> int:
    """How many segments of one side there are in a cluster; whose they are is added to `people`."""
    parts = clusters([piece for piece in cluster if piece[6] & side])
    heard = [part for part in parts if speech.heard(part[0][0], *text_of(part)[:2])]
    people.update(piece[5] for part in heard for piece in part)
    return len(heard)
