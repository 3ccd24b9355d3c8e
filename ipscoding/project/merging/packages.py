"""Give out a study in packages: a project file for each coder, with their interviews and nobody else's codings.

A package goes on from the study's act of giving it out, so merging it back brings exactly what its coder did.
"""

import json
import random
import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ipscoding.domain import Document, Transcript
from ipscoding.errors import FileProblem, NotAllowed, system_reason
from ipscoding.i18n import _
from ipscoding.project import coders, connect, documents, entities, journal, placing, settings
from ipscoding.project.entities import Fields
from ipscoding.project.merging import texts
from ipscoding.project.merging.log import PACKAGE
from ipscoding.project.store import Project

Shares = dict[str, list[Document]]
"""The interviews for each coder, by name."""


@dataclass(frozen=True)
class Package:
    """A package: whose it is, with which interviews; `path` is None where it was not made (a dry run)."""

    coder: str
    documents: tuple[str, ...]
    path: Path | None = None


def chosen(project: Project, roles: Collection[str] = ()) -> list[Document]:
    """The interviews to be given out, by name: all, or those with informants of these roles.

    Raises `NotAllowed` where there is none.
    """
    found = [document for document in documents.all(project) if not roles or document.role in roles]
    if not found:
        raise NotAllowed(
            _("There is no interview to give out"),
            _("Roles in this project: {roles}").format(
                roles=", ".join(sorted({document.role for document in documents.all(project)} - {""})) or "-"
            ),
        )
    return found


def to_all(found: Sequence[Document], names: Sequence[str]) -> Shares:
    """Every interview for every coder."""
    return {name: list(found) for name in names}


def at_random(found: Sequence[Document], names: Sequence[str], *, share: int, double: int, seed: int) -> Shares:
    """Interviews drawn at random, each for one coder, some of them for two.

    Args:
        found: the interviews to draw from.
        names: the coders; everybody gets as many as the others, give or take one.
        share: how many per cent of the interviews are given out (1 to 100, at least one interview).
        double: how many per cent of those two coders get (0 to 100).
        seed: the same seed gives the same draw.
    """
    if double and len(names) < 2:
        raise NotAllowed(_("Double coding needs two coders"), _("Name at least two with --coders"))
    chance = random.Random(seed)
    drawn = sorted(found, key=lambda document: document.name)
    chance.shuffle(drawn)
    drawn = drawn[: max(1, round(len(drawn) * share / 100))]
    twice = round(len(drawn) * double / 100)
    made: Shares = {name: [] for name in names}
    for number, document in enumerate(drawn):
        order = list(names)
        chance.shuffle(order)
        order.sort(key=lambda name: len(made[name]))
        for name in order[: 2 if number < twice else 1]:
            made[name].append(document)
    return {name: sorted(several, key=lambda document: document.name) for name, several in made.items()}


def split(
    project: Project,
    shares: Mapping[str, Sequence[Document]],
    folder: Path,
    *,
    dry_run: bool = False,
    on_package: Callable[[str], None] | None = None,
) -> list[Package]:
    """Make a package for each coder of `shares` in `folder` (made where it is not there), and turn blind coding on.

    Coders without interviews get none. Raises `NotAllowed` where somebody else leads the study, `FileProblem` or
    `ProjectProblem` where a file cannot be made or is there already; then none is left.
    """
    coders.check_lead(project)
    shares = {name: several for name, several in shares.items() if several}
    if dry_run:
        return [Package(name, tuple(one.name for one in several)) for name, several in shares.items()]
    paths = {name: folder / f"{project.path.stem}-{_slug(name)}{connect.SUFFIX}" for name in shares}
    if len(set(paths.values())) < len(paths):
        raise NotAllowed(_("Two coders' packages would have one name"), _("Give one of them another name"))
    made = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise FileProblem(
            _("{path}: the folder cannot be made ({reason})").format(path=folder, reason=system_reason(error)),
            _("Name a folder where you may write"),
        ) from error
    done: list[Path] = []
    try:
        with journal.command(project, "split-project", undoable=False, n=len(shares)) as act:
            ids = {name: coders.who_codes(act, name) for name in shares}
            act.describe(documents={ids[name]: [one.id for one in several] for name, several in shares.items()})
            if not settings.get(project, "blind", False):
                settings.set(project, "blind", True)
            act.open()
            for name, several in shares.items():
                if on_package is not None:
                    on_package(name)
                _make(project, act, paths[name], ids[name], name, [one.id for one in several])
                done.append(paths[name])
    except BaseException:
        for path in done:
            connect.discard(path)
        if made:
            with suppress(OSError):  # somebody may have put something there meanwhile
                folder.rmdir()
        raise
    return [Package(name, tuple(one.name for one in several), paths[name]) for name, several in shares.items()]


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.").lower() or "coder"


def _make(study: Project, act: journal.Command, path: Path, coder: str, name: str, chosen: Sequence[str]) -> None:
    with Project(path=path, db=connect.create_file(path), coder=name) as package:
        try:
            with package.writing():
                begin = journal.Command(package, PACKAGE, {"coder": name}, act.coder, act.stamp, "note", id=act.id)
                texts.keep(package, _transcripts(study, chosen))
                for kind, entity_id, fields in _content(study, act.coder, coder, chosen):
                    begin.create(kind, entity_id, journal.unflatten(kind, fields))
                begin.update("project", study.id, {"settings": _settings(package, name)})
                package.db.conn.executemany(
                    "INSERT INTO phrases (code, valence, norm, text) VALUES (?, ?, ?, ?)",
                    study.tuples("SELECT code, valence, norm, text FROM phrases ORDER BY id"),
                )
                package.execute("INSERT INTO package (study, coder) VALUES (?, ?)", (study.id, coder))
        except BaseException:
            connect.discard(path)
            raise


def _settings(package: Project, name: str) -> Fields:
    return {**json.loads(package.value("SELECT settings FROM project")), "coder": name}


def _transcripts(study: Project, chosen: Sequence[str]) -> Iterable[Transcript]:
    wanted = study.tuples("SELECT text FROM documents WHERE id IN (SELECT value FROM json_each(?))", (_ids(chosen),))
    return texts.read(study, {sha256 for (sha256,) in wanted}).values()


def _ids(several: Iterable[str]) -> str:
    return json.dumps(sorted(several))


def _content(study: Project, lead: str, coder: str, chosen: Sequence[str]) -> Iterable[tuple[str, str, Fields]]:
    """What a package holds: the codebook, the interviews, and what this coder has done with them already."""
    params = {"coder": coder, "lead": lead, "documents": _ids(chosen)}
    mine = "coder = :coder AND document IN (SELECT value FROM json_each(:documents))"
    within = "IN (SELECT value FROM json_each(:documents))"
    memos = (
        f"coder = :coder AND (target {within} OR target IN (SELECT id FROM codings WHERE {mine}))"
        " OR target IN (SELECT id FROM codes)"
    )
    wanted = {
        "project": "1",
        "coder": "id IN (:coder, :lead) OR role = 'lead'"
        " OR id IN (SELECT coder FROM memos WHERE target IN (SELECT id FROM codes))",
        "informant": f"id IN (SELECT informant FROM documents WHERE id {within})",
        "code": "1",
        "document": f"id {within}",
        **dict.fromkeys(("coding", "status", "decision", "bookmark"), mine),
        "memo": memos,
    }
    for kind, where in wanted.items():
        table = entities.ENTITIES[kind].table
        for (entity_id,) in study.tuples(f"SELECT id FROM {table} WHERE {where} ORDER BY id", params):
            fields = entities.read(study, kind, entity_id) or {}
            if placing.has_place(kind, fields):
                now = placing.now(study, kind, entity_id)
                if now is None:
                    continue  # its passage is gone from the text, and an older text is not for everybody
                fields = {**fields, **now}
            yield kind, entity_id, {name: value for name, value in fields.items() if name != "settings.coder"}


def new_seed() -> int:
    """A seed where nobody chose one; it is told, so that the draw can be made again."""
    return uuid.uuid4().int % 100_000
