"""Decisions on the conflicts of a merge, in a file that people and scripts write."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ipscoding.codebook import diff_words, flat, write
from ipscoding.codebook.conflicts import Choice, Conflict, Decision, Key, Merged, Proposal
from ipscoding.codebook.faults import Faults
from ipscoding.codebook.fields import Fields
from ipscoding.codebook.flat import stem
from ipscoding.codebook.read import problem
from ipscoding.codebook.source import text_of
from ipscoding.codebook.tree import Mapping as Group
from ipscoding.codebook.tree import Node, Scalar, Sequence, parse, value
from ipscoding.domain import Valence
from ipscoding.i18n import _

_CHOICES: dict[str, Choice] = {
    "ours": "ours",
    "theirs": "theirs",
    "base": "base",
    "text": "text",
    "merge": "merge",
}


def read(path: Path) -> dict[Key, Decision]:
    """The decisions in a file; one that is still open (`choice:` empty) is left out.

    Raises:
        FileProblem: the file cannot be read, or holds something else; the first fault is named with line and column.
    """
    faults = Faults()
    text = text_of(path, faults)
    root = parse(text, faults) if text is not None else None
    decisions: dict[Key, Decision] = {}
    pair = root.pairs.get("decisions") if isinstance(root, Group) else None
    if pair is None or not isinstance(pair[1], Sequence):
        if not faults.grave() and not (pair is not None and isinstance(pair[1], Scalar) and pair[1].empty):
            faults.fault(pair[0] if pair else Scalar("", False, 1, 1), _("there is no list of “decisions:” here"))
    else:
        for item in pair[1].items:
            _decision(item, decisions, faults)
    if grave := faults.grave():
        raise problem(path, grave)
    return decisions


def _decision(item: Node, decisions: dict[Key, Decision], faults: Faults) -> None:
    if not isinstance(item, Group):
        faults.fault(item, _("a decision has the fields code, field and choice"))
        return
    fields = Fields(item, faults)
    code, name, choice = fields.word("code") or "", fields.word("field") or "", fields.word("choice")
    if choice is None:
        return
    if choice not in _CHOICES:
        faults.fault(fields.place("choice"), _("“choice” is one of {choices}").format(choices=", ".join(_CHOICES)))
        return
    given = fields.node("text" if choice == "text" else "into") if choice in ("text", "merge") else None
    if choice == "merge" and given is None:
        faults.fault(fields.place("choice"), _("“merge” needs “into:” with the id of the code that takes over"))
        return
    found = value(given) if given is not None else None
    if isinstance(given, Scalar) and not (name in ("codable", "retired") or stem(name) == "extra"):
        found = given.text
    if not _fits(name, choice, found):
        faults.fault(fields.place("text"), _("“{value}” cannot be the {field}").format(value=found, field=name))
        return
    decisions[code, name] = Decision(_CHOICES[choice], found)


def _fits(name: str, choice: str, found: Any) -> bool:
    """Whether a text that is given has the form of the field."""
    if choice != "text":
        return True
    if name == "":
        return False
    if name == "valence":
        return found in set(Valence)
    if name in ("codable", "retired"):
        return isinstance(found, bool)
    if name == "examples":
        return isinstance(found, list) and all(
            isinstance(one, dict) and {"valence", "language", "text"} <= one.keys() and one["valence"] in set(Valence)
            for one in found
        )
    if name == "roles" or stem(name) == "rules":
        return isinstance(found, list) and all(isinstance(one, str) for one in found)
    if stem(name) in (*flat.TEXTS, "title", "links"):
        return isinstance(found, str)
    return True


def template(merged: Merged, proposals: Iterable[Proposal], decisions: Mapping[Key, Decision]) -> str:
    """The text of a file with each conflict, both sides beside it, to be decided; decisions made stand in it.

    Proposals stand in it as comments: they need no decision.
    """
    lines = [
        "# " + _("Write behind each “choice:” one of the words named, and “text:” below it where you choose text."),
        "# " + _("Then give this file to the merge with --resolutions."),
        "",
        "decisions:",
    ]
    open_keys = {conflict.key for conflict in merged.conflicts}
    for key, decision in decisions.items():
        if key not in open_keys:
            lines += _entry(key, decision.choice, decision)
    for conflict in merged.conflicts:
        lines += ["", f"  # {diff_words.place(conflict.code, conflict.field)}: {diff_words.why(conflict)}"]
        lines += [f"  # {name}: {told}" for name, told in _told(conflict)]
        lines.append("  # " + _("choose: {choices}").format(choices=", ".join(conflict.choices)))
        lines += _entry(conflict.key, "", None)
        if "merge" in conflict.choices:
            lines.append(f"    # into: {conflict.other}")
    for found in proposals:
        lines += [
            "",
            f"  # {diff_words.proposal(found)}",
            f'  # - {{code: {found.code}, field: "", choice: merge, into: {found.other}}}',
        ]
    return "\n".join(lines) + "\n"


def _told(conflict: Conflict) -> list[tuple[str, str]]:
    return [(name, " ".join(told.split())) for name, told in diff_words.conflict_sides(conflict)]


def _entry(key: Key, choice: str, decision: Decision | None) -> list[str]:
    lines = (
        write.field_lines("code", key[0], 4)
        + write.field_lines("field", key[1], 4)
        + [f"    choice: {choice}".rstrip()]
    )
    if decision is not None and decision.choice in ("text", "merge"):
        lines += write.field_lines("text" if decision.choice == "text" else "into", decision.value, 4)
    return [f"  - {lines[0].strip()}", *lines[1:]]
