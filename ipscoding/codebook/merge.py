"""Three-way merge of codebooks by stable id and by field; pure, so that a screen can call it after every decision.

What one side changed is taken; what both changed differently is a `Conflict`, unless it is among the decisions given.
Operations are never guessed: a merge or split of codes is what the fields `merged_into`, `split_from` and `split_into`
say. After the fields the whole is looked at (circles, codes that hang in the air, one label twice), and what only
the two sides together break becomes a conflict too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ipscoding.codebook import flat, merge_tree
from ipscoding.codebook.conflicts import ORDER, Check, Conflict, Decision, Key, Merged, Proposal, Used, Why
from ipscoding.codebook.flat import Flat, stem
from ipscoding.codebook.merge_checks import checks
from ipscoding.codebook.merge_fields import COMPUTED, changed, computed, merge_fields, merge_order, sortable
from ipscoding.codebook.merge_work import SIDES, Work, chosen
from ipscoding.domain import Codebook
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _

__all__ = ["Check", "Conflict", "Decision", "Merged", "Proposal", "Used", "Why", "merge"]

_TOLD = ("label", "examples")
"""Fields beside the meaning whose change on one side speaks against retiring the code on the other."""


def merge(
    base: Codebook | None,
    ours: Codebook,
    theirs: Codebook,
    decisions: Mapping[Key, Decision] | None = None,
    used: Used | None = None,
) -> Merged:
    """Merge two codebooks that came from `base` (None: not known; then nothing counts as deleted).

    Args:
        base: the codebook both sides began with.
        ours: one side; must be without faults, as the other one.
        theirs: the other side.
        decisions: what was decided on conflicts (`Conflict.key`) and proposals (key `(code, "")`, choice `merge`).
        used: codings that only one side made, which speak against the other's deleting a code.

    Raises:
        NotAllowed: the books are of different codebooks.
        NotFound: a decision is about a code that none of them has.
    """
    _same(base, ours, theirs)
    work = Work(_flat(base), _flat(ours), _flat(theirs), decisions or {})
    _known(work)
    used = used or Used()
    _codes(work, used)
    _deletions(work)
    _joined(work)
    work.head = _fields(work, "", *(flat.of_head(book) if book else {} for book in (base, ours, theirs)))
    merge_tree.mend(work)
    order = _order(work)
    codes = [flat.to_code(code, _whole(work, code)) for code in order]
    place = {code: at for at, code in enumerate(order)}
    found = sorted(work.conflicts.values(), key=lambda one: (place.get(one.code, -1), one.field))
    return Merged(flat.to_book(ours.id, work.head, codes), tuple(found), checks(work, used))


def _same(base: Codebook | None, ours: Codebook, theirs: Codebook) -> None:
    for book in (theirs, base or ours):
        if book.id != ours.id:
            raise NotAllowed(
                _("“{other}” is another codebook than “{id}”").format(other=book.id, id=ours.id),
                _("Merge versions of one codebook; the id in the head says which it is"),
            )


def _known(work: Work) -> None:
    for code, name in work.decisions:
        if code and not any(code in side for side in (work.base, work.ours, work.theirs)):
            raise NotFound(
                _("There is a decision on {place}, but no such code").format(place=f"{code} {name}".strip()),
                _("Mend or take away that decision"),
            )


def _flat(book: Codebook | None) -> dict[str, Flat]:
    return {code.id: flat.of_code(code) for code in book.codes} if book else {}


def _codes(work: Work, used: Used) -> None:
    for code in dict.fromkeys((*work.ours, *work.theirs)):
        if code in work.ours and code in work.theirs:
            sides = work.base.get(code, {}), work.ours[code], work.theirs[code]
            work.codes[code] = _fields(work, code, *sides)
            _retired(work, code)
        elif code not in work.base:
            work.codes[code] = work.kept(code)
        else:
            _half_deleted(work, code, used)


def _fields(work: Work, code: str, base: Flat, ours: Flat, theirs: Flat) -> Flat:
    known = bool(base)

    def decide(name: str, base: Any, ours: Any, theirs: Any) -> Any:
        decision = work.decisions.get((code, name))
        if decision is not None and decision.choice in SIDES:
            return chosen(decision, base, ours, theirs)
        work.conflicts[code, name] = Conflict(code, name, Why.CHANGED, base, ours, theirs)
        # which side stands in must not depend on who is called ours
        return base if known else min((side for side in (ours, theirs) if side is not None), key=sortable)

    return merge_fields(base, ours, theirs, decide, COMPUTED if code else ())


def _retired(work: Work, code: str) -> None:
    """Retired by one side while the other changed what it means, or how it is called."""
    base, ours, theirs = work.base.get(code), work.ours[code], work.theirs[code]
    if base is None or bool(ours.get("retired")) == bool(theirs.get("retired")) or base.get("retired"):
        return
    retiring, other = (ours, theirs) if ours.get("retired") else (theirs, ours)
    if not any(stem(name) in (*flat.MEANING, *_TOLD) for name in changed(base, other)):
        return
    decision = work.decisions.get((code, "retired"))
    if decision is None or decision.choice not in ("ours", "theirs"):
        work.conflicts[code, "retired"] = Conflict(
            code,
            "retired",
            Why.RETIRED,
            False,
            bool(ours.get("retired")),
            bool(theirs.get("retired")),
            choices=("ours", "theirs"),
        )
    elif (ours if decision.choice == "ours" else theirs) is not retiring:
        # it stays in use, so what the retiring side said of where it went does not hold
        for name in ("retired", "merged_into", "extra.split_into"):
            work.codes[code].pop(name, None)
            if name in other:
                work.codes[code][name] = other[name]


def _half_deleted(work: Work, code: str, used: Used) -> None:
    keeper = "ours" if code in work.ours else "theirs"
    decision = work.decisions.get((code, ""))
    if decision is not None and decision.choice in ("ours", "theirs"):
        if decision.choice == keeper:
            work.codes[code] = work.kept(code)
        return
    codings = used.ours if keeper == "ours" else used.theirs
    if changed(work.base[code], work.kept(code)) or codings.get(code):
        work.deletion(code, Why.DELETED)


def _deletions(work: Work) -> None:
    """Deletions that nobody decided and that something else still refers to, or that would leave nothing."""
    undecided = [
        code
        for code in work.base
        if (code in work.ours) != (code in work.theirs) and code not in work.codes and (code, "") not in work.decisions
    ]
    while True:
        needed = {
            target: code for code, target in _references(work) if target in undecided and target not in work.codes
        }
        if not needed:
            break
        for code, referrer in needed.items():
            work.deletion(code, Why.DELETED, referrer)
    if not any(fields.get("codable") for fields in work.codes.values()):
        for code in undecided:
            if code not in work.codes:
                work.deletion(code, Why.EMPTY)


def _references(work: Work) -> Iterator[tuple[str, str]]:
    """Codes with each code they stand under or were merged into, or may yet, in the order of their ids."""
    for code, fields in sorted(work.codes.items()):
        for name in ("parent", "merged_into"):
            conflict = work.conflicts.get((code, name))
            values = (conflict.ours, conflict.theirs) if conflict else (fields.get(name),)
            yield from ((code, value) for value in values if value is not None)


def _joined(work: Work) -> None:
    """Codes that somebody decided to merge into another one."""
    for (code, name), decision in work.decisions.items():
        if decision.choice != "merge" or code not in work.codes:
            continue
        target = work.codes.get(str(decision.value), {})
        if decision.value == code or not target.get("codable") or not work.codes[code].get("codable"):
            work.conflicts[code, name] = Conflict(
                code,
                name,
                Why.SUCCESSOR,
                other=str(decision.value),
                choices=("text",) if name else ("merge",),
                refused=True,
            )
            continue
        work.codes[code] |= {"retired": True, "merged_into": str(decision.value)}


def _order(work: Work) -> list[str]:
    base, ours, theirs = list(work.base), list(work.ours), list(work.theirs)
    order, clean = merge_order(base, ours, theirs, work.codes)
    if clean:
        return order
    decision = work.decisions.get(("", ORDER))
    if decision is None or decision.choice not in ("ours", "theirs"):
        work.conflicts["", ORDER] = Conflict("", ORDER, Why.CHANGED, base, ours, theirs, choices=("ours", "theirs"))
        return order
    # the side that is followed is the one that moved away from the other
    return merge_order(theirs if decision.choice == "ours" else ours, ours, theirs, work.codes)[0]


def _whole(work: Work, code: str) -> Flat:
    fields = work.codes[code]
    sides = [side.get(code, {}) for side in (work.base, work.ours, work.theirs)]
    return {**fields, **computed(sides[0], sides[1], sides[2], fields)}
