"""Changes of a codebook, conflicts and checks of a merge, in the words of those who read them."""

import json
from typing import Any

from ipscoding.codebook.conflicts import Check, Conflict, Proposal, Why
from ipscoding.codebook.diff import Change
from ipscoding.codebook.flat import stem
from ipscoding.domain import Codebook
from ipscoding.i18n import N_, _, language

_FIELDS = {
    "label": N_("label"),
    "definition": N_("definition"),
    "include_when": N_("use when"),
    "exclude_when": N_("not when"),
    "parent": N_("place"),
    "valence": N_("valence"),
    "examples": N_("examples"),
    "roles": N_("roles"),
    "codable": N_("codable"),
    "retired": N_("retired"),
    "merged_into": N_("successor"),
    "colour": N_("colour"),
    "comment": N_("comment"),
    "comments": N_("comment"),
    "title": N_("title"),
    "rules": N_("coding rules"),
    "version": N_("version"),
    "order": N_("order of the codes"),
}
_KINDS = {
    "added": N_("added"),
    "deleted": N_("deleted"),
    "merged": N_("merged into {others}"),
    "split": N_("split into {others}"),
    "retired": N_("retired"),
    "back": N_("back in use"),
    "renamed": N_("renamed"),
    "moved": N_("moved"),
    "redefined": N_("redefined"),
    "rules": N_("rules changed"),
    "valence": N_("allowed valence changed"),
    "examples": N_("examples changed"),
    "mapping": N_("mapping changed"),
    "roles": N_("roles changed"),
    "codable": N_("codable changed"),
    "colour": N_("colour changed"),
    "successor": N_("successor changed"),
    "comment": N_("comment changed"),
    "other": N_("changed"),
    "order": N_("the order of the codes changed"),
    "head": N_("the codebook itself changed"),
}
_WHY = {
    Why.CHANGED: N_("both sides changed it, differently"),
    Why.DELETED: N_("one side deleted the code, the other changed it or uses it"),
    Why.RETIRED: N_("one side retired the code, the other changed its meaning or label"),
    Why.CIRCLE: N_("the changes of both sides together run in a circle with {other}"),
    Why.PARENT: N_("{other}, under which it stands, is gone"),
    Why.SUCCESSOR: N_("{other}, into which it was merged, is gone or cannot take over"),
    Why.LABEL: N_("{other} has the same label under the same parent"),
    Why.NAMELESS: N_("no label would be left"),
    Why.EXAMPLES: N_("an example has a direction that is not allowed"),
    Why.ROLE: N_("a role is used that is no longer in the codebook"),
    Why.EMPTY: N_("nothing to code with would be left"),
}
_CHECKS = {
    "drift": N_("renamed on one side, given another meaning on the other"),
    "meaning": N_("both sides changed the meaning, in different fields"),
    "languages": N_("both sides changed one text, each in another language"),
    "used": N_("retired on one side, coded with on the other"),
    "successor": N_("merged into {other}, which is out of use"),
    "parent": N_("in use under {other}, which is out of use"),
}


def field_name(field: str) -> str:
    """A flat field in words: `definition (nb)`; a field of the file's own by its name."""
    column, _dot, key = field.partition(".")
    if column in ("links", "extra", "section"):
        return key
    name = _(_FIELDS[column]) if column in _FIELDS else column
    return f"{name} ({key})" if key else name


def kind(change: Change) -> str:
    """What was done, in a word or two: `renamed`, `merged into org.near`."""
    if change.kind == "added" and change.others:
        return _("added, split from {others}").format(others=", ".join(change.others))
    return _(_KINDS[change.kind]).format(others=", ".join(change.others))


def told(change: Change, before: Codebook, after: Codebook) -> str:
    """One change as a line: `org.near (Proximity): redefined, definition (nb): «…» → «…»`."""
    line = kind(change)
    if change.code:
        code = after.by_id.get(change.code) or before.by_id[change.code]
        line = f"{code.id} ({code.name(language())}): {line}"
    if change.field:
        line += f", {field_name(change.field)}: {value(change.before)} → {value(change.after)}"
    return line


def value(found: Any) -> str:
    """A field's value in one line; nothing there is a dash."""
    if found is None:
        return "–"
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, str):
        return f"«{found}»"
    if isinstance(found, list) and all(isinstance(item, str) for item in found):
        return ", ".join(found) or "–"
    if isinstance(found, list) and all(isinstance(item, dict) and "text" in item for item in found):
        return " | ".join(f"{item.get('valence', '')}/{item.get('language', '')} «{item['text']}»" for item in found)
    return json.dumps(found, ensure_ascii=False)


def why(conflict: Conflict) -> str:
    """Why a conflict must be decided."""
    reason = _(_WHY[conflict.why]).format(other=conflict.other)
    return _("{reason} (the decision given cannot stand)").format(reason=reason) if conflict.refused else reason


def place(code: str, field: str) -> str:
    """What a conflict is about: the code and the field, the code alone, or the field of the codebook itself."""
    if code and field:
        return f"{code}, {field_name(field)}"
    return code or field_name(field)


def check(found: Check) -> str:
    """A check as a line."""
    line = f"{found.code}: " + _(_CHECKS[found.why]).format(other=found.other)
    sides = [
        _("ours: {fields}").format(fields=", ".join(map(field_name, found.ours))) if found.ours else "",
        _("theirs: {fields}").format(fields=", ".join(map(field_name, found.theirs))) if found.theirs else "",
    ]
    told_of = "; ".join(side for side in sides if side)
    return f"{line} ({told_of})" if told_of else line


def proposal(found: Proposal) -> str:
    """A proposal as a line, with its evidence."""
    evidence = [
        _("labels {share:.0%} alike").format(share=found.label),
        _("definitions {share:.0%} alike").format(share=found.definition),
    ]
    if found.shared is not None:
        evidence.insert(0, _("{share:.0%} of the coded text in common").format(share=found.shared))
    return _("{code} and {other} may be one code: {evidence}").format(
        code=found.code, other=found.other, evidence=", ".join(evidence)
    )


def conflict_sides(conflict: Conflict) -> list[tuple[str, str]]:
    """The names of the sides with their values in one line each: ours, theirs, base."""
    sides = ((_("ours"), conflict.ours), (_("theirs"), conflict.theirs), (_("base"), conflict.base))
    if not conflict.field:
        return [(name, _("deleted") if found is None else _("kept, as it is there")) for name, found in sides]
    if stem(conflict.field) == "order":
        return [(name, ", ".join(found or ())) for name, found in sides]
    return [(name, value(found)) for name, found in sides]
