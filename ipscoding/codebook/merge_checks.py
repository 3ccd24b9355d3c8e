"""What merged without a conflict and still needs a look."""

from ipscoding.codebook import flat
from ipscoding.codebook.conflicts import Check, Used
from ipscoding.codebook.flat import stem
from ipscoding.codebook.merge_fields import changed
from ipscoding.codebook.merge_work import Work


def checks(work: Work, used: Used) -> tuple[Check, ...]:
    """Everything to check, by code in the order of the merged codebook's entries."""
    found: list[Check] = []
    for code, fields in work.codes.items():
        base = work.base.get(code)
        if base is not None and code in work.ours and code in work.theirs:
            found += _both_changed(work, code, changed(base, work.ours[code]), changed(base, work.theirs[code]))
            found += _used(work, code, used)
        found += _places(work, code)
        if fields.get("merged_into") in work.codes and work.codes[fields["merged_into"]].get("retired"):
            found.append(Check(code, "successor", other=fields["merged_into"]))
    return tuple(found)


def _both_changed(work: Work, code: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[Check]:
    mine, yours = set(ours) - set(theirs), set(theirs) - set(ours)
    meant = [{name for name in side if stem(name) in flat.MEANING} for side in (mine, yours)]
    named = [{name for name in side if stem(name) == "label"} for side in (mine, yours)]
    if (named[0] and meant[1]) or (named[1] and meant[0]):
        return [Check(code, "drift", tuple(sorted(named[0] | meant[0])), tuple(sorted(named[1] | meant[1])))]
    stems = [{stem(name) for name in side if "." in name} for side in meant]
    if stems[0] & stems[1]:
        return [Check(code, "languages", tuple(sorted(meant[0])), tuple(sorted(meant[1])))]
    if meant[0] and meant[1]:
        return [Check(code, "meaning", tuple(sorted(meant[0])), tuple(sorted(meant[1])))]
    return []


def _used(work: Work, code: str, used: Used) -> list[Check]:
    if work.base[code].get("retired"):
        return []
    ours, theirs = work.ours[code].get("retired"), work.theirs[code].get("retired")
    if (ours and not theirs and used.theirs.get(code)) or (theirs and not ours and used.ours.get(code)):
        return [Check(code, "used", ("retired",) if ours else (), ("retired",) if theirs else ())]
    return []


def _places(work: Work, code: str) -> list[Check]:
    """In use under a code that is not, which no side had alone."""
    parent = work.codes[code].get("parent")
    if parent not in work.codes or work.codes[code].get("retired") or not work.codes[parent].get("retired"):
        return []
    for side in (work.ours, work.theirs):
        mine = side.get(code, {})
        if mine.get("parent") == parent and not mine.get("retired") and side.get(parent, {}).get("retired"):
            return []
    return [Check(code, "parent", other=parent)]
