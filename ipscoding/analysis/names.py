"""Names that people give: patterns with `*`, near matches for what does not exist, natural order; groups of people."""

import re
from collections.abc import Collection, Iterable

from ipscoding.domain import Codebook
from ipscoding.errors import NotFound, near
from ipscoding.i18n import _

_DIGITS = re.compile(r"(\d+)")


def natural(name: str) -> list[tuple[bool, int, str]]:
    """A sort key that puts `P2` before `P10` and does not care about capitals."""
    parts = [part for part in _DIGITS.split(name) if part]
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part.casefold()) for part in parts]


def hint(names: Iterable[str], known: Collection[str]) -> str:
    """What to try instead of `names`: the near matches, or the first of what there is; empty if there is nothing."""
    close = list(dict.fromkeys(match for name in names for match in near(name, known)))
    if close:
        return _("Close to it: {names}").format(names=", ".join(close))
    some = sorted(known, key=natural)[:8]
    if not some:
        return ""
    more = ", …" if len(known) > len(some) else ""
    return _("There is: {names}").format(names=", ".join(some) + more)


def matching(patterns: Iterable[str], known: Collection[str], what: str) -> set[str]:
    """Those of the `known` names that one of `patterns` fits; `*` stands for any characters.

    Raises `NotFound` for a pattern that fits none; `what` says in it, in the reader's language and as it stands
    before a list of names, what was looked for ("No such code").
    """
    found: set[str] = set()
    missing: list[str] = []
    names = set(known)
    for pattern in patterns:
        if "*" in pattern:
            fits = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL).fullmatch
            hits = {name for name in names if fits(name)}
        else:
            hits = {pattern} & names
        found |= hits
        if not hits:
            missing.append(pattern)
    if missing:
        raise NotFound(f"{what}: {', '.join(missing)}", hint(missing, names))
    return found


def codes_matching(patterns: Iterable[str], codebook: Codebook | None, found: Iterable[str] = ()) -> set[str]:
    """The ids of the codes that `patterns` name, with everything below them.

    `found` are ids that occur in codings and count as known even where the codebook does not have them.
    """
    known = set(found) | (set(codebook.by_id) if codebook else set())
    named = matching(patterns, known, _("No such code"))
    if codebook is None:
        return named
    return named | {below.id for code in named for below in codebook.under(code)}


def role_group(role: str) -> str:
    """The people of a role, in the plural, in the language in use; an unknown role as it is written."""
    return {
        "patient": _("Jobseekers"),
        "clinician": _("Clinicians"),
        "employment-specialist": _("Employment specialists"),
        "nav-counsellor": _("NAV counsellors"),
        "team-leader": _("Team leaders"),
        "employer": _("Employers"),
        "peer": _("Peer support workers"),
        "relative": _("Relatives"),
        "": _("No role"),
    }.get(role, role)
