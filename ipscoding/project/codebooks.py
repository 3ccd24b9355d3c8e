"""The codebook of a project: its codes, and the phrase bank that teaches suggestions."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ipscoding.codebook import catalogue
from ipscoding.codebook.phrases import Phrase, read_phrases
from ipscoding.domain import Code, Codebook, Example, Valence, in_language
from ipscoding.errors import NotFound, near_hint
from ipscoding.i18n import _, language
from ipscoding.project import journal, settings
from ipscoding.project.entities import dumps
from ipscoding.project.store import Project, Row

_NAMESPACE = uuid.UUID("6f6f1e9c-8d5b-5a55-9d0e-1b5c0d3a1f10")
_MEANING = ("definition", "include_when", "exclude_when", "valence")


_SELECT = """
    SELECT c.*, up.code AS parent_code, heir.code AS successor
    FROM codes c LEFT JOIN codes up ON up.id = c.parent LEFT JOIN codes heir ON heir.id = c.merged_into
"""


def load(project: Project) -> Codebook:
    """The project's codebook, codes in order; without codes where none was taken in yet."""
    about = settings.get(project, "codebook", {})
    return Codebook(
        id=about.get("id", ""),
        title=about.get("title", {}),
        version=about.get("version", ""),
        rules={language: tuple(rules) for language, rules in about.get("rules", {}).items()},
        extra=about.get("extra", {}),
        codes=tuple(_code(row) for row in project.rows(_SELECT + " ORDER BY c.position, c.code")),
    )


def _code(row: Row) -> Code:
    return Code(
        id=row["code"],
        label=json.loads(row["label"]),
        parent=row["parent_code"],
        definition=json.loads(row["definition"]),
        include_when=json.loads(row["include_when"]),
        exclude_when=json.loads(row["exclude_when"]),
        examples=tuple(
            Example(Valence(example["valence"]), example["language"], example["text"])
            for example in json.loads(row["examples"])
        ),
        valence=Valence(row["valence"]),
        roles=tuple(json.loads(row["roles"])),
        links=json.loads(row["links"]),
        codable=bool(row["codable"]),
        retired=bool(row["retired"]),
        merged_into=row["successor"],
        colour=row["colour"],
        version=row["version"],
        uuid=row["id"],
        extra=json.loads(row["extra"]),
    )


def find(project: Project, code_id: str) -> Code:
    """The code with this readable id. Raises `NotFound` that lists near ids."""
    row = project.row(_SELECT + " WHERE c.code = ?", (code_id,))
    if row is None:
        ids = [str(known["code"]) for known in project.rows("SELECT code FROM codes")]
        otherwise = _('See the codes with "ipscoding codebook show {path}"').format(path=project.path)
        raise unknown_code(code_id, ids, otherwise)
    return _code(row)


def unknown_code(code_id: str, known: Iterable[str], otherwise: str = "") -> NotFound:
    """The error for a code that is not among the `known` ids: it names near ones, or says `otherwise`."""
    return NotFound(
        _("There is no code {code} in the codebook").format(code=code_id), near_hint(code_id, known, otherwise)
    )


@dataclass
class Adopted:
    """What taking in a codebook did, by codes' ids; `kept` are codes of the project that the file does not have."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def adopt(
    project: Project, codebook: Codebook, bank: Sequence[Phrase] | None = None, *, dry_run: bool = False
) -> Adopted:
    """Take the codes of `codebook` into the project as one act: new ones are added, known ids are brought up to date.

    Codes that only the project has stay. A change of what a code means (definition, rules, valence) gives the code
    a new version, so that codings made under the older one can be found. `bank` is the codebook's own phrase bank;
    the default codebook's lies with the program.
    """
    done = Adopted()
    known = {row["code"]: row for row in project.rows("SELECT code, id, version, position FROM codes")}
    ids = {code.id: known[code.id]["id"] if code.id in known else _new_uuid(codebook, code) for code in codebook.codes}
    ids = {**{code: row["id"] for code, row in known.items()}, **ids}
    with journal.command(project, "codebook", dry_run=dry_run, title=_title(codebook)) as act:
        for position, code in enumerate(codebook.codes):
            values = _values(code, ids, position)
            if code.id not in known:
                act.create("code", ids[code.id], {**values, "version": code.version})
                done.added.append(code.id)
                continue
            changed = update_code(project, act, ids[code.id], values, known[code.id]["version"])
            (done.changed if changed else done.unchanged).append(code.id)
        done.kept = sorted(known.keys() - {code.id for code in codebook.codes})
        about = {
            "id": codebook.id,
            "title": dict(codebook.title),
            "version": codebook.version,
            "rules": {language: list(rules) for language, rules in codebook.rules.items()},
            "extra": dict(codebook.extra),
        }
        settings.set(project, "codebook", json.loads(dumps(about)))
        if bank is not None:
            _keep_bank(project, bank)
    return done


def _title(codebook: Codebook) -> str:
    return in_language(codebook.title, language()) or codebook.id


def _new_uuid(codebook: Codebook, code: Code) -> str:
    # the same code of the same codebook gets the same UUID everywhere, so projects that were started apart can merge
    return code.uuid or str(uuid.uuid5(_NAMESPACE, f"{codebook.id}/{code.id}"))


def _values(code: Code, ids: dict[str, str], position: int) -> dict[str, Any]:
    values: dict[str, Any] = {
        "code": code.id,
        "parent": ids.get(code.parent or ""),
        "position": position,
        "valence": str(code.valence),
        "codable": int(code.codable),
        "retired": int(code.retired),
        "merged_into": ids.get(code.merged_into or ""),
        "colour": code.colour,
        "examples": [{"valence": str(e.valence), "language": e.language, "text": e.text} for e in code.examples],
        "roles": list(code.roles),
        "label": dict(code.label),
        "definition": dict(code.definition),
        "include_when": dict(code.include_when),
        "exclude_when": dict(code.exclude_when),
        "links": dict(code.links),
        "extra": dict(code.extra),
    }
    return dict(json.loads(dumps(values)))


def update_code(project: Project, act: journal.Command, entity_id: str, values: dict[str, Any], version: int) -> bool:
    """Change fields of a code as part of an act; a change of meaning gives it a new version."""
    row = project.row(f"SELECT {', '.join(_MEANING)} FROM codes WHERE id = ?", (entity_id,)) or {}
    before = {name: row[name] if name == "valence" else json.loads(row[name]) for name in _MEANING}
    if any(name in values and before[name] != values[name] for name in _MEANING):
        values = {**values, "version": version + 1}
    return act.update("code", entity_id, values)


def _keep_bank(project: Project, bank: Sequence[Phrase]) -> None:
    project.execute("DELETE FROM phrases")
    project.db.conn.executemany(
        "INSERT INTO phrases (code, valence, norm, text) VALUES (?, ?, ?, ?)",
        ((phrase.code, str(phrase.valence), phrase.norm, phrase.text) for phrase in bank),
    )


def phrases(project: Project) -> list[Phrase]:
    """The phrase bank for the project's codes: its own where it brought one, else the one of the shipped codebook."""
    own = [
        Phrase(row["code"], Valence(row["valence"]), row["norm"], row["text"])
        for row in project.rows("SELECT * FROM phrases ORDER BY id")
    ]
    if own:
        return own
    bank = catalogue.shipped_phrase_bank(load(project))
    return read_phrases(bank) if bank else []
