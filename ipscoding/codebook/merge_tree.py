"""What only the whole of a merge can break: circles, codes in the air, one label twice, examples and roles."""

from collections.abc import Iterator

from ipscoding.codebook import frameworks
from ipscoding.codebook.conflicts import Why
from ipscoding.codebook.flat import stem
from ipscoding.codebook.merge_work import Work, chosen
from ipscoding.domain import Valence


def mend(work: Work) -> None:
    """Turn every breach that the sides made together into a conflict; the field concerned stands as in the base."""
    _missing(work)
    for name in ("parent", "merged_into"):
        _circles(work, name)
    _codable(work)
    _labels(work)
    _examples(work)
    _roles(work)


def _missing(work: Work) -> None:
    for code, fields in work.codes.items():
        for name, why in (("parent", Why.PARENT), ("merged_into", Why.SUCCESSOR)):
            target = fields.get(name)
            if target is None or target in work.codes:
                continue
            _settle(work, code, name)
            if fields.get(name) not in (None, *work.codes) or (code, name) not in work.decisions:
                fields.pop(name, None)
                work.raise_conflict(code, name, why, other=target)


def _settle(work: Work, code: str, name: str) -> None:
    """Put the value that was decided, on a field that both sides left alone or only one of them changed."""
    decision = work.decisions.get((code, name))
    if decision is None or decision.choice == "merge" or (code, name) in work.conflicts:
        return
    base, ours, theirs = work.sides(code, name)
    value = chosen(decision, base, ours, theirs)
    if value in (None, "", []):
        work.codes[code].pop(name, None)
    else:
        work.codes[code][name] = value


def _circles(work: Work, name: str) -> None:
    decided: set[str] = set()
    while ring := _ring(work, name):
        fresh = [code for code in ring if (code, name) in work.decisions and code not in decided]
        for code in fresh:
            before = work.codes[code].get(name)
            _settle(work, code, name)
            decided.add(code)
            if work.codes[code].get(name) != before:
                break
        else:
            # the base has no circle, so somewhere in the ring stands something else than in the base
            moved = [code for code in ring if work.codes[code].get(name) != _before(work, code, name)]
            open_ = [code for code in moved if (code, name) not in work.decisions] or moved
            for code in open_:
                work.raise_conflict(code, name, Why.CIRCLE, other=work.codes[code][name])
                before = _before(work, code, name)
                if before is None:
                    work.codes[code].pop(name, None)
                else:
                    work.codes[code][name] = before


def _before(work: Work, code: str, name: str) -> str | None:
    before = work.base.get(code, {}).get(name)
    return before if before in work.codes else None


def _ring(work: Work, name: str) -> list[str]:
    settled: set[str] = set()
    for start in work.codes:
        trail: list[str] = []
        current: str | None = start
        while current is not None and current in work.codes and current not in settled:
            if current in trail:
                return sorted(trail[trail.index(current) :])
            trail.append(current)
            current = work.codes[current].get(name)
        settled.update(trail)
    return []


def _codable(work: Work) -> None:
    headings = [code for code in work.codes if work.base.get(code, {}).get("codable")]
    for code in headings:
        if _nothing_to_code_with(work):
            _settle(work, code, "codable")
    if _nothing_to_code_with(work):
        for code in headings:
            work.codes[code]["codable"] = True
            work.raise_conflict(code, "codable", Why.EMPTY)


def _nothing_to_code_with(work: Work) -> bool:
    return not any(fields.get("codable") for fields in work.codes.values())


def _labels(work: Work) -> None:
    for code, fields in work.codes.items():
        if not any(str(text).strip() for name, text in fields.items() if stem(name) == "label"):
            names = sorted(
                {name for side in (work.ours, work.theirs) for name in side.get(code, {}) if stem(name) == "label"}
            )
            for name in names:
                _settle(work, code, name)
            if any(str(text).strip() for name, text in fields.items() if stem(name) == "label"):
                continue
            for name in names or ["label.nb"]:
                work.raise_conflict(code, name, Why.NAMELESS, choices=("ours", "theirs", "text"))
            fields |= {name: text for name, text in work.base.get(code, {}).items() if stem(name) == "label"}
    for first, second, name in _twins(work):
        _settle(work, second, name)
        if (first, second, name) in set(_twins(work)):
            mergeable = work.codes[first].get("codable") and work.codes[second].get("codable")
            work.raise_conflict(
                second, name, Why.LABEL, other=first, choices=("merge", "text") if mergeable else ("text",)
            )


def _twins(work: Work) -> Iterator[tuple[str, str, str]]:
    """Pairs of codes in use with one label under one parent; the older code first."""
    groups: dict[tuple[str | None, str, str], list[str]] = {}
    for code, fields in work.codes.items():
        if fields.get("retired"):
            continue
        for name, text in fields.items():
            if stem(name) == "label" and (words := " ".join(str(text).casefold().split())):
                groups.setdefault((fields.get("parent"), name, words), []).append(code)
    for (_parent, name, _words), codes in groups.items():
        first, *others = sorted(codes, key=lambda code: (code not in work.base, code))
        for other in others:
            yield first, other, name


def _examples(work: Work) -> None:
    for code, fields in work.codes.items():
        if _contradicts(work, code):
            _settle(work, code, "examples")
        if _contradicts(work, code):
            _settle(work, code, "valence")
        if not _contradicts(work, code):
            continue
        base, ours, theirs = work.sides(code, "valence")
        if ours != theirs and (code, "valence") not in work.decisions:
            work.raise_conflict(code, "valence", Why.EXAMPLES, choices=("ours", "theirs", "base", "text"))
            fields["valence"] = base or str(Valence.BOTH)
        else:
            work.raise_conflict(code, "examples", Why.EXAMPLES)


def _contradicts(work: Work, code: str) -> bool:
    fields = work.codes[code]
    allowed = str(fields.get("valence"))
    if allowed == Valence.BOTH:
        return False
    return any(str(example["valence"]) not in (allowed, Valence.NONE) for example in fields.get("examples", ()))


def _roles(work: Work) -> None:
    own = {name.partition("/")[2] for name in work.head if name.startswith("section.roles/")}
    before = {
        name.partition("/")[2]
        for name in (conflict.field for conflict in work.conflicts.values() if not conflict.code)
        if name.startswith("section.roles/")
    }
    known = own | before | frameworks.known_roles()
    for code, fields in work.codes.items():
        if not set(fields.get("roles", ())) <= known:
            _settle(work, code, "roles")
        if not set(fields.get("roles", ())) <= known:
            work.raise_conflict(code, "roles", Why.ROLE)
