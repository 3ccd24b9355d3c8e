"""Edit the codes of a project: add, change, move, retire, merge and split, each one act that can be undone.

What an edit means for codings is told before it is done (`Effect`) and follows the operation, not a guess: codings
of a merged code get the code it was merged into, codings of a split code stay with it until somebody decides.
"""

import json
import re
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import Code, Valence
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _
from ipscoding.project import codebooks, journal
from ipscoding.project.entities import dumps
from ipscoding.project.store import Project

_ID = re.compile(r"[a-zæøå0-9]+(?:[._-][a-zæøå0-9]+)*")
_TEXTS = ("label", "definition", "include_when", "exclude_when")


@dataclass(frozen=True)
class Effect:
    """What an edit of a code does to codings: how many there are, in how many documents, by how many coders.

    `becoming_one` counts codings that fall on one of the same coder and place and unite with it.
    """

    codings: int
    documents: int
    coders: int
    becoming_one: int = 0


@dataclass(frozen=True)
class Meaning:
    """What a code meant in one version: its texts by language, and the valence that codings could have."""

    label: Mapping[str, str]
    definition: Mapping[str, str]
    include_when: Mapping[str, str]
    exclude_when: Mapping[str, str]
    valence: Valence


def effect(project: Project, code_id: str, into: str | None = None) -> Effect:
    """What retiring or splitting `code_id` touches, or merging it `into` another code. Raises `NotFound`."""
    code = codebooks.find(project, code_id)
    row = project.row(
        "SELECT count(*) AS n, count(DISTINCT document) AS documents, count(DISTINCT coder) AS coders"
        " FROM codings WHERE code = ?",
        (code.uuid,),
    )
    same = 0
    if into is not None:
        same = len(_twins(project, code, codebooks.find(project, into)))
    return Effect(row["n"], row["documents"], row["coders"], same) if row else Effect(0, 0, 0)


def meaning(project: Project, code_id: str, version: int) -> Meaning | None:
    """What a code meant as its `version`, told by the journal; None where the project never had that version.

    Raises `NotFound`.
    """
    entity = codebooks.find(project, code_id).uuid
    fields: dict[str, Any] = {}
    found: dict[str, Any] | None = None
    for (changes,) in project.tuples("SELECT changes FROM events WHERE entity_id = ? ORDER BY seq", (entity,)):
        fields.update({name: new for name, (_old, new) in json.loads(changes).items()})
        if fields.get("version") == version:
            found = dict(fields)
    if found is None:
        return None
    texts: dict[str, dict[str, str]] = {name: {} for name in _TEXTS}
    for name, value in found.items():
        column, _dot, spoken = name.partition(".")
        if column in texts and value is not None:
            texts[column][spoken] = value
    return Meaning(valence=Valence(found["valence"]), **texts)


def new_id(project: Project, label: str, parent: str | None) -> str:
    """A readable id for a new code, from its label, under `parent`; unlike every id there is."""
    return readable_id(label, parent, {row["code"] for row in project.rows("SELECT code FROM codes")})


def readable_id(label: str, parent: str | None, known: Collection[str]) -> str:
    """A readable id from the first words of a label, under the id `parent`; unlike those that are `known`."""
    words = re.findall(r"[a-zæøå0-9]+", label.lower())
    stem = "-".join(words[:4]) or "kode"
    base = f"{parent}.{stem}" if parent else stem
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, len(known) + 3))) if name not in known)


def add(
    project: Project,
    label: Mapping[str, str],
    *,
    parent: str | None = None,
    code_id: str | None = None,
    valence: Valence = Valence.BOTH,
    codable: bool = True,
    **texts: Mapping[str, str],
) -> Code:
    """Make a new code under `parent`, last among its siblings. `texts`: definition, include_when, exclude_when.

    Raises `NotAllowed` for an id or a label that is taken or empty, `NotFound` for an unknown parent.
    """
    label = _clean(label)
    if not label:
        raise NotAllowed(_("A code needs a label"), _("Write what it is called"))
    code_id = code_id or new_id(project, next(iter(label.values())), parent)
    if not _ID.fullmatch(code_id):
        raise NotAllowed(
            _("{code} cannot be the id of a code").format(code=code_id),
            _("Use small letters, digits, full stops and hyphens"),
        )
    if project.value("SELECT 1 FROM codes WHERE code = ?", (code_id,)):
        raise NotAllowed(_("There is a code {code} already").format(code=code_id), _("Choose another id"))
    _check_label(project, label, parent, except_for="")
    values = {
        "code": code_id,
        "parent": codebooks.find(project, parent).uuid if parent else None,
        "position": int(project.value("SELECT coalesce(max(position), 0) + 1 FROM codes")),
        "valence": str(valence),
        "codable": int(codable),
        "label": label,
        **{name: _clean(text) for name, text in texts.items() if name in _TEXTS},
    }
    with journal.command(project, "code-new", code=code_id) as act:
        act.create("code", str(uuid.uuid4()), values)
    return codebooks.find(project, code_id)


def change(
    project: Project,
    code_id: str,
    *,
    valence: Valence | None = None,
    colour: str | None = None,
    **texts: Mapping[str, str],
) -> Code:
    """Change label, definition or rules (by language), allowed valence or colour of a code.

    A language that `texts` leave out stays; an empty text takes it away. What changes the meaning gives the code a
    new version. Raises `NotFound`, `NotAllowed`.
    """
    code = codebooks.find(project, code_id)
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in _TEXTS:
            raise TypeError(name)
        values[name] = _clean({**dict(getattr(code, name)), **text})
    if "label" in values:
        if not values["label"]:
            raise NotAllowed(_("A code needs a label"), _("Write what it is called"))
        _check_label(project, values["label"], code.parent, except_for=code.id)
    if valence is not None:
        values["valence"] = str(valence)
    if colour is not None:
        values["colour"] = colour
    with journal.command(project, "code-change", code=code.id) as act:
        codebooks.update_code(project, act, code.uuid, json.loads(dumps(values)), code.version)
    return codebooks.find(project, code_id)


def move(project: Project, code_id: str, parent: str | None) -> Code:
    """Put a code under another parent (None: the top). Raises `NotAllowed` where that would make a circle."""
    code = codebooks.find(project, code_id)
    target = codebooks.find(project, parent) if parent else None
    if target is not None and target.id in {below.id for below in codebooks.load(project).under(code.id)}:
        raise NotAllowed(
            _("{code} cannot be moved below itself").format(code=code.id), _("Choose another place in the codebook")
        )
    _check_label(project, code.label, parent, except_for=code.id)
    with journal.command(project, "code-move", code=code.id) as act:
        act.update("code", code.uuid, {"parent": target.uuid if target else None})
    return codebooks.find(project, code_id)


def retire(project: Project, code_id: str, *, retired: bool = True) -> Code:
    """Take a code out of use (or back into it); its codings stay as they are."""
    code = codebooks.find(project, code_id)
    with journal.command(project, "code-retire" if retired else "code-back", code=code.id) as act:
        act.update("code", code.uuid, {"retired": int(retired)})
    return codebooks.find(project, code_id)


def merge(project: Project, code_id: str, into: str) -> Effect:
    """Merge a code into another one: its codings get that code, it is retired and remembers where it went.

    Where the same coder coded the same place with both, the two become one with the memos of both; if their
    valences differ the one that is kept says both, where the code allows it. Raises `NotAllowed` for codes that
    cannot be merged.
    """
    code, target = codebooks.find(project, code_id), codebooks.find(project, into)
    if code.uuid == target.uuid or not (code.codable and target.codable) or target.retired:
        raise NotAllowed(
            _("{code} cannot be merged into {target}").format(code=code.id, target=target.id),
            _("Choose two different codes that are in use"),
        )
    told = effect(project, code_id, into)
    twins = _twins(project, code, target)
    with journal.command(project, "code-merge", code=code.id, target=target.id) as act:
        for row in list(project.rows("SELECT id, valence FROM made_codings WHERE code = ? ORDER BY id", (code.uuid,))):
            if row["id"] in twins:
                unite_codings(act, row, twins[row["id"]], target)
                continue
            valence = row["valence"] if target.allows(Valence(row["valence"])) else str(Valence.NONE)
            act.update("coding", row["id"], {"code": target.uuid, "code_version": target.version, "valence": valence})
        act.update("code", code.uuid, {"retired": 1, "merged_into": target.uuid})
    return told


def _twins(project: Project, code: Code, target: Code) -> dict[str, str]:
    """Codings of `code` whose coder coded the very same place with `target` too: id to that coding's id."""
    rows = project.tuples(
        "SELECT a.id, b.id FROM codings a JOIN codings b ON b.document = a.document AND b.start = a.start"
        " AND b.end = a.end AND b.coder = a.coder AND b.code = ? WHERE a.code = ?",
        (target.uuid, code.uuid),
    )
    return dict(rows)


def unite_codings(act: journal.Command, gone: Mapping[str, Any], kept: str, target: Code) -> None:
    """Take away a coding in favour of another one of the same coder, which inherits its memos and direction."""
    kept_valence = act.project.value("SELECT valence FROM made_codings WHERE id = ?", (kept,))
    if gone["valence"] != kept_valence:
        sides = {gone["valence"], kept_valence} - {str(Valence.NONE)}
        joined = sides.pop() if len(sides) == 1 else str(Valence.BOTH)
        if target.allows(Valence(joined)):
            act.update("coding", kept, {"valence": joined})
    for memo in list(act.project.rows("SELECT id, coder, text FROM memos WHERE target = ?", (gone["id"],))):
        other = act.project.row("SELECT id, text FROM memos WHERE target = ? AND coder = ?", (kept, memo["coder"]))
        if other is None:
            act.update("memo", memo["id"], {"target": kept})
        else:
            act.update("memo", other["id"], {"text": f"{other['text']}\n{memo['text']}"})
            act.delete("memo", memo["id"])
    act.delete("coding", gone["id"])


def split(project: Project, code_id: str, labels: list[Mapping[str, str]]) -> list[Code]:
    """Split a code: new codes beside it, which remember what they came from; it keeps its codings and is retired.

    Its codings are then the queue to decide on (`codings.to_recode`). Raises `NotAllowed`, `NotFound`.
    """
    code = codebooks.find(project, code_id)
    if len(labels) < 2:
        raise NotAllowed(_("A code is split into at least two"), _("Name two new codes"))
    with journal.command(project, "code-split", code=code.id, n=len(labels)) as act:
        made = []
        for label in labels:
            new = add(project, label, parent=code.parent, valence=code.valence, definition=code.definition)
            act.update("code", new.uuid, {"extra": {**dict(new.extra), "split_from": code.id}})
            made.append(codebooks.find(project, new.id))
        act.update("code", code.uuid, {"retired": 1, "extra": {**dict(code.extra), "split_into": [c.id for c in made]}})
    return made


def _clean(text: Mapping[str, str]) -> dict[str, str]:
    return {language: words.strip() for language, words in text.items() if words and words.strip()}


def _check_label(project: Project, label: Mapping[str, str], parent: str | None, *, except_for: str) -> None:
    for sibling in codebooks.load(project).children(parent):
        if sibling.id == except_for or sibling.retired:
            continue
        for language, words in label.items():
            if sibling.label.get(language, "").casefold() == words.casefold():
                raise NotAllowed(
                    _("{code} is called {label} already").format(code=sibling.id, label=words),
                    _("Choose another label, or use that code"),
                )
