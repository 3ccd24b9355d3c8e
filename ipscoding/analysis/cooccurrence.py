"""Which codes stand near each other: on the same passage, overlapping, in one turn, some sentences apart.

What is set beside each other are segments, as everywhere: a coder's overlapping codings of one code are one. Coders are
never mixed unless they are pooled, and a segment is never set beside one of its own code.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.headings import about, title_of
from ipscoding.analysis.hiding import MARK, is_few
from ipscoding.analysis.material import Material, material
from ipscoding.analysis.nearness import Breaks, Nearness, Reach, nearness
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.analysis.unions import Piece, clusters, text_of
from ipscoding.domain import Codebook, Document, Excerpt, Informant
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _, ngettext

WITHIN = ("passage", "overlap", "turn")
"""What nearness goes by name here; else a number of sentences."""

Label = tuple[str, str]
"""A code, and a direction where these are told apart (else empty)."""


@dataclass
class Pair:
    """Two codes that meet: how many pairs of segments, how many segments of each, in whose interviews."""

    pairs: int = 0
    first: int = 0
    second: int = 0
    people: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)


@dataclass
class Met:
    """What one coder's segments give (`coder` empty: all taken together); pairs are in the order of the codebook."""

    coder: str
    segments: dict[Label, int] = field(default_factory=dict)
    people: dict[Label, set[str]] = field(default_factory=dict)
    pairs: dict[tuple[Label, Label], Pair] = field(default_factory=dict)

    def jaccard(self, one: Label, other: Label) -> float | None:
        """Segments that meet, out of all of either: m / (A + B - m), m the smaller of the two numbers that do."""
        pair = self.pairs.get((one, other))
        met = min(pair.first, pair.second) if pair else 0
        either = self.segments.get(one, 0) + self.segments.get(other, 0) - met
        return met / either if either else None


@dataclass(frozen=True, slots=True)
class _Segment:
    reach: Reach
    label: Label
    people: frozenset[str]


def met(given: Material, near: Nearness, breaks: Breaks | None, *, by_valence: bool = False) -> list[Met]:
    """The pairs of codes that meet, for each coder who is counted apart.

    Raises `NotAllowed` where `near` needs `breaks` that are not known.
    """
    order = {code: place for place, code in enumerate(given.codebook.by_id)}
    reach = near.reach(breaks)
    whose = list(given.coders.names) if given.coders.apart else [""]
    found = {coder: Met(coder) for coder in whose}
    for (coder, document), pieces in _pieces(given, whose, by_valence).items():
        segments = []
        pieces.sort()
        for cluster in clusters(pieces):
            start, end, _text = text_of(cluster)
            if given.speech.heard(document, start, end):
                code, _sign, valence = cluster[0][1].partition("\0")
                people = frozenset(piece[5] for piece in cluster)
                segments.append(_Segment(reach(document, start, end), (code, valence), people))
        _count(found[coder], document, segments, near, order)
    return list(found.values())


def _pieces(given: Material, whose: Sequence[str], by_valence: bool) -> Mapping[tuple[str, str], list[Piece]]:
    """The codings that count, by coder and document; each with the code, and the direction, that it unites with."""
    made: dict[tuple[str, str], list[Piece]] = {}
    wanted, apart = set(given.coders.names), whose != [""]
    people: dict[tuple[str, str], str | None] = {}
    for row in given.rows:
        if row.coder not in wanted or row.end <= row.start:
            continue
        speech = given.speech
        if row.interviewer and not (speech.known and speech.heard(row.document_id, row.start, row.end)):
            continue
        if given.left.codes is not None and row.code not in given.left.codes:
            continue
        if given.chosen is not None and row.coding_id not in given.chosen:
            continue
        key = (row.document_id, row.informant)
        if key not in people:
            interview = given.interviews.of(row)
            people[key] = interview.person if interview else None
        person = people[key]
        if person is None:
            continue
        label = f"{row.code}\0{row.valence.value}" if by_valence else row.code
        piece = (row.document_id, label, row.start, row.end, row.text, person, 0)
        made.setdefault((row.coder if apart else "", row.document_id), []).append(piece)
    return made


def _count(found: Met, document: str, segments: Sequence[_Segment], near: Nearness, order: Mapping[str, int]) -> None:
    """Set the segments of one interview beside each other, in one walk from the first to the last."""
    ranked = sorted(segments, key=lambda segment: segment.reach)
    meets: dict[tuple[int, Label], int] = {}
    open_: list[tuple[int, int]] = []
    for place, segment in enumerate(ranked):
        found.segments[segment.label] = found.segments.get(segment.label, 0) + 1
        found.people.setdefault(segment.label, set()).update(segment.people)
        # those that ended too long ago are out of reach of all that follow
        del open_[: bisect_left(open_, (segment.reach[0] - near.sentences, -1))]
        for _end, other in open_:
            before = ranked[other]
            if before.label[0] != segment.label[0] and near.near(before.reach, segment.reach):
                _note(found, document, (other, before), (place, segment), meets, order)
        insort(open_, (segment.reach[1], place))


def _note(
    found: Met,
    document: str,
    one: tuple[int, _Segment],
    other: tuple[int, _Segment],
    meets: dict[tuple[int, Label], int],
    order: Mapping[str, int],
) -> None:
    if _rank(other[1].label, order) < _rank(one[1].label, order):
        one, other = other, one
    pair = found.pairs.setdefault((one[1].label, other[1].label), Pair())
    pair.pairs += 1
    pair.people |= one[1].people & other[1].people
    pair.documents.add(document)
    if meets.setdefault((one[0], other[1].label), 0) == 0:
        pair.first += 1
    if meets.setdefault((other[0], one[1].label), 0) == 0:
        pair.second += 1
    meets[one[0], other[1].label] += 1
    meets[other[0], one[1].label] += 1


def _rank(label: Label, order: Mapping[str, int]) -> tuple[int, str, str]:
    return order.get(label[0], len(order)), *label


def ranked(found: Met, given: Material) -> list[Label]:
    """The codes (and directions) that were used, in the order of the codebook."""
    order = {code: place for place, code in enumerate(given.codebook.by_id)}
    return sorted(found.segments, key=lambda label: _rank(label, order))


@dataclass(frozen=True)
class Cooccurrence:
    """What `cooccur` found, before it is laid out; `interviewed` is the number of informants."""

    given: Material
    interviewed: int
    near: Nearness
    by_valence: bool
    min_cell: int
    met: Sequence[Met]

    def few(self, people: Iterable[str]) -> bool:
        """Whether figures that rest on these people are hidden."""
        return self.min_cell > 0 and is_few(len(set(people)), self.interviewed, self.min_cell)


def cooccurrence(
    excerpts: Iterable[Excerpt],
    documents: Iterable[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    *,
    within: str = "overlap",
    by_valence: bool = False,
    min_cell: int = 0,
    breaks: Breaks | None = None,
    **options: object,
) -> Cooccurrence:
    """Which codes stand near each other; `within` is one of `WITHIN` or how many sentences apart.

    The other arguments are those of `ipscoding.analysis.frequencies.frequencies`. Raises what `material` raises,
    `NotFound` for an unknown nearness and `NotAllowed` where turns and sentences are needed and not known.
    """
    near = nearness(within)
    if near.kind == "document":
        what = _("Codes that stand in one interview are no co-occurrence of passages")
        raise NotAllowed(what, _("Ask “crosstab PROJECT code code --unit documents”"))
    given = material(excerpts, documents, informants, codebook, breaks=breaks, **options)  # type: ignore[arg-type]
    interviewed = given.interviews.whole().informants
    return Cooccurrence(given, interviewed, near, by_valence, min_cell, met(given, near, breaks, by_valence=by_valence))


def pairs_table(found: Cooccurrence, *, zeros: bool = False) -> Table:
    """A row for each pair of codes that meet (`zeros`: also for those that do not), the most frequent first."""
    columns = _label_columns(found, "1") + _label_columns(found, "2")
    apart = any(one.coder for one in found.met)
    if apart:
        columns.append(Column("coder", "text", title_of("coder")))
    columns += [
        Column("pairs", "int", _("Pairs")),
        Column("segments_1", "int", _("Near, 1"), of="segments_1_of", share="segments_1_share"),
        Column("segments_1_of", "int", _("Segments, 1")),
        Column("segments_1_share", "share", _("Share, 1")),
        Column("segments_2", "int", _("Near, 2"), of="segments_2_of", share="segments_2_share"),
        Column("segments_2_of", "int", _("Segments, 2")),
        Column("segments_2_share", "share", _("Share, 2")),
        Column("jaccard", "coefficient", _("Jaccard")),
        Column("informants", "int", title_of("informants"), of="informants_of", share="informants_share"),
        Column("informants_of", "int", _("{unit}: out of").format(unit=title_of("informants"))),
        Column("informants_share", "share", _("{unit}: share").format(unit=title_of("informants"))),
    ]
    if found.min_cell:
        columns.append(Column("hidden", "text", title_of("hidden")))
    rows: list[Row] = []
    for one in found.met:
        pairs = list(_all_pairs(one, found)) if zeros else list(one.pairs)
        place = {label: number for number, label in enumerate(ranked(one, found.given))}
        pairs.sort(key=lambda pair: (-one.pairs.get(pair, Pair()).pairs, place[pair[0]], place[pair[1]]))
        rows += [_pair_row(found, one, pair, apart) for pair in pairs]
    return Table(columns, rows, _notes(found))


def _all_pairs(one: Met, found: Cooccurrence) -> Iterator[tuple[Label, Label]]:
    labels = ranked(one, found.given)
    for place, label in enumerate(labels):
        for other in labels[place + 1 :]:
            if label[0] != other[0]:
                yield label, other


def _label_columns(found: Cooccurrence, number: str) -> list[Column]:
    columns = [
        Column(f"code_{number}", "text", f"{title_of('code')} {number}", detail=True),
        Column(f"code_label_{number}", "text", f"{title_of('code_label')} {number}"),
    ]
    if found.by_valence:
        columns.append(Column(f"valence_{number}", "text", f"{title_of('valence')} {number}"))
    return columns


def _label_cells(found: Cooccurrence, label: Label, number: str) -> dict[str, Cell]:
    code, valence = label
    cells: dict[str, Cell] = {f"code_{number}": code, f"code_label_{number}": found.given.labels.get(code, code)}
    if found.by_valence:
        cells[f"valence_{number}"] = valence
    return cells


def _pair_row(found: Cooccurrence, one: Met, labels: tuple[Label, Label], apart: bool) -> Row:
    pair = one.pairs.get(labels, Pair())
    row = _label_cells(found, labels[0], "1") | _label_cells(found, labels[1], "2")
    if apart:
        row["coder"] = one.coder
    hide = found.few(pair.people) and pair.pairs > 0
    unseen = [found.few(one.people.get(label, ())) for label in labels]
    row["pairs"] = None if hide else pair.pairs
    for number, label, near, hidden in zip("12", labels, (pair.first, pair.second), unseen, strict=True):
        of = one.segments.get(label, 0)
        row[f"segments_{number}"] = None if hide else near
        row[f"segments_{number}_of"] = None if hidden else of
        row[f"segments_{number}_share"] = near / of if of and not hide and not hidden else None
    row["jaccard"] = None if hide or any(unseen) else one.jaccard(*labels)
    interviewed = found.interviewed
    row["informants"] = None if hide else len(pair.people)
    row["informants_of"] = interviewed
    row["informants_share"] = len(pair.people) / interviewed if interviewed and not hide else None
    if found.min_cell:
        row["hidden"] = MARK if hide or any(unseen) else ""
    return row


def matrix_table(found: Cooccurrence, *, jaccard: bool = False) -> Table:
    """Codes by codes: how many pairs of segments stand near each other, or their Jaccard index; symmetric.

    Only codes that were used. A code by itself shows how many segments it has (Jaccard: nothing).
    """
    labels = list(dict.fromkeys(label for one in found.met for label in ranked(one, found.given)))
    apart = any(one.coder for one in found.met)
    columns = [
        Column("code", "text", title_of("code"), detail=True),
        Column("code_label", "text", title_of("code_label")),
    ]
    if found.by_valence:
        columns.append(Column("valence", "text", title_of("valence")))
    if apart:
        columns.append(Column("coder", "text", title_of("coder")))
    names = {label: ":".join(filter(None, label)) for label in labels}
    columns += [Column(f"near_{name}", "coefficient" if jaccard else "int", name) for name in names.values()]
    if found.min_cell:
        columns.append(Column("hidden", "text", title_of("hidden")))
    rows: list[Row] = []
    for one in found.met:
        for label in labels:
            row: dict[str, Cell] = {"code": label[0], "code_label": found.given.labels.get(label[0], label[0])}
            if found.by_valence:
                row["valence"] = label[1]
            if apart:
                row["coder"] = one.coder
            for other in labels:
                row[f"near_{names[other]}"] = _matrix_cell(found, one, label, other, jaccard)
            if found.min_cell:
                row["hidden"] = MARK if any(row[f"near_{name}"] is None for name in names.values()) else ""
            rows.append(row)
    return Table(columns, rows, _notes(found))


def _matrix_cell(found: Cooccurrence, one: Met, label: Label, other: Label, jaccard: bool) -> Cell:
    hide = found.few(one.people.get(label, ())) or found.few(one.people.get(other, ()))
    if label == other:
        return None if jaccard or hide else one.segments.get(label, 0)
    key = (label, other) if (label, other) in one.pairs else (other, label)
    pair = one.pairs.get(key)
    if pair is None:
        return None if jaccard and hide else 0
    if found.few(pair.people):
        return None
    if jaccard:
        return None if hide else one.jaccard(*key)
    return pair.pairs


def _notes(found: Cooccurrence) -> list[str]:
    said = [*about(found.given.query), found.given.coders.note, found.near.told()]
    said.append(
        _(
            "Overlapping codings of one code count once. Near: segments of the one code that stand near one of the "
            "other; Jaccard: of these the smaller number m, as m / (A + B − m)."
        )
    )
    for one in found.met:
        there = len(list(_all_pairs(one, found)))
        text = ngettext("{n} of {all} pair of codes in use meets.", "{n} of {all} pairs of codes in use meet.", there)
        said.append((f"{one.coder}: " if one.coder else "") + text.format(n=len(one.pairs), all=there))
    if found.min_cell:
        text = _("Hidden (x): what rests on fewer than {least} informants.")
        said.append(text.format(least=found.min_cell))
    return said
