"""Which codes were heard in which interview, by coder and group: what saturation is counted from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.material import Material
from ipscoding.domain import Codebook, Document, Valence

Key = tuple[str, tuple[str, ...]]
"""A coder (empty: all together) and a group, one value for each dimension."""

SIDES = (Valence.BARRIER, Valence.FACILITATOR)
"""The groups that the dimension `valence` makes; a coding that is both is in each, one without direction in none."""

_SHOWS: Mapping[Valence, tuple[str, ...]] = {
    Valence.BARRIER: (Valence.BARRIER,),
    Valence.FACILITATOR: (Valence.FACILITATOR,),
    Valence.BOTH: SIDES,
    Valence.NONE: (),
}


@dataclass
class Heard:
    """The codes of each interview, by coder and group, the interviews in the order asked for.

    `uncoded` are interviews, by coder, that they have neither coded nor marked as done: those are left out, since
    nothing coded is not nothing said. `followed` counts codings of codes that were merged into another one.
    """

    codes: dict[Key, dict[str, set[str]]] = field(default_factory=dict)
    uncoded: dict[str, int] = field(default_factory=dict)
    followed: int = 0


def final_codes(codebook: Codebook) -> dict[str, str]:
    """What each merged code has become: its successor, or that one's, to the end."""
    heirs = {code.id: code.merged_into for code in codebook.codes if code.merged_into}
    final: dict[str, str] = {}
    for code in heirs:
        seen, at = {code}, code
        while (heir := heirs.get(at)) is not None and heir not in seen:
            seen.add(heir)
            at = heir
        final[code] = at
    return final


def hear(
    given: Material, documents: Sequence[Document], by: Sequence[str], done: Mapping[str, Collection[str]]
) -> Heard:
    """The codes of each of `documents` (in their order) for every coder and every group that `by` makes.

    `done` has the ids of documents that each coder marked as done, by name.
    """
    found = Heard()
    final = final_codes(given.codebook)
    coders, speech, among, chosen = given.coders, given.speech, given.left.codes, given.chosen
    names = [""] if coders.pooled or not coders.names else list(coders.names)
    counted = set(coders.names)
    worked: dict[str, set[str]] = {name: set() for name in names}
    for coder in coders.names:
        worked["" if coders.pooled else coder] |= set(done.get(coder, ()))
    by_side = "valence" in by
    # a code is heard in an interview once: what says it again need not be looked at
    known: set[tuple[str, str, str, str, str]] = set()
    groups: dict[tuple[str, str], tuple[str, ...] | None] = {}
    people = [name for name in by if name != "valence"]
    kept: list[tuple[str, tuple[str, ...], str, str, Valence]] = []
    for row in given.rows:
        if row.coder not in counted or row.end <= row.start:
            continue
        who = "" if coders.pooled else row.coder
        document = row.document_id
        # whatever they coded there, they have been there
        worked[who].add(document)
        if (among is not None and row.code not in among) or (chosen is not None and row.coding_id not in chosen):
            continue
        key = (who, document, row.informant, row.code, row.valence.value if by_side else "")
        if key in known:
            found.followed += row.code in final
            continue
        if not (speech.heard(document, row.start, row.end) if speech.known else not row.interviewer):
            continue
        person = (document, row.informant)
        if person not in groups:
            interview = given.interviews.of(row)
            groups[person] = None if interview is None else tuple(interview.value(name) for name in people)
        group = groups[person]
        if group is None:
            continue
        known.add(key)
        found.followed += row.code in final
        kept.append((who, group, document, final.get(row.code, row.code), row.valence))
    _lay_out(found, documents, given.interviews, by, names, worked)
    for who, group, document, code, valence in kept:
        for place in _places(by, group, valence):
            found.codes[who, place][document].add(code)
    return found


def _places(by: Sequence[str], group: tuple[str, ...], valence: Valence) -> list[tuple[str, ...]]:
    """The groups in which a coding counts: one, or one for each side that it shows."""
    if "valence" not in by:
        return [group]
    at = list(by).index("valence")
    return [(*group[:at], side, *group[at:]) for side in _SHOWS[valence]]


def _lay_out(
    found: Heard,
    documents: Sequence[Document],
    interviews: Interviews,
    by: Sequence[str],
    names: Sequence[str],
    worked: Mapping[str, Collection[str]],
) -> None:
    people = [name for name in by if name != "valence"]
    members: dict[str, set[tuple[str, ...]]] = {}
    for interview in interviews.all:
        group = tuple(interview.value(name) for name in people)
        members.setdefault(interview.document.id, set()).add(group)
    for who in names:
        missing = [document for document in documents if document.id not in worked[who]]
        if missing and len(missing) < len(documents):
            found.uncoded[who] = len(missing)
        for document in documents:
            for group in sorted(members.get(document.id, ())):
                for place in _places(by, group, Valence.BOTH):
                    there = found.codes.setdefault((who, place), {})
                    if document.id in worked[who]:
                        there[document.id] = set()
