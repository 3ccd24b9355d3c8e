"""Copies of a project that people work on apart, and what their tables hold, byte for byte."""

import shutil
from pathlib import Path
from typing import Any

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, UndoBlocked
from ipscoding.project import (
    Project,
    bookmarks,
    codes,
    codings,
    decisions,
    documents,
    informants,
    journal,
    memos,
    open_project,
    recoding,
    versions,
)
from ipscoding.project.entities import ENTITIES
from tests.project_example import make, reading

Act = tuple[str, int, int, int]
"""A kind of act and three numbers from which it is made."""

KINDS = (
    *("code",) * 5,
    *("change", "valence", "span", "remove", "memo", "memo-on-others", "document-memo", "status", "bookmark"),
    *(
        "accept",
        "reject",
        "label",
        "define",
        "new-code",
        "move",
        "retire",
        "merge-codes",
        "split-code",
        "split",
        "unite",
    ),
    *("informant", "remove-document", "undo", "undo", "redo"),
    *("revise", "revise", "look-again", "look-again"),
)


def base(folder: Path) -> Path:
    """A project with the coders Kari, Ola and Siri, closed."""
    with make(folder) as project:
        for name in ("Ola", "Siri", "Per"):
            with open_project(project.path, coder=name) as other:
                documents.set_status(other, documents.find(other, "p01").id, "coding")
        work(project, [("code", 3, 4, 0), ("code", 9, 8, 1)])
    return project.path


def copy(path: Path, name: str) -> Path:
    """A copy of a closed project, as somebody would take it home."""
    target = path.with_name(f"{name}.ipscoding")
    shutil.copy(path, target)
    return target


Content = dict[str, list[tuple[Any, ...]]]


def content(project: Project) -> Content:
    """All rows of the tables that the journal is projected on, by id."""
    return {
        entity.table: sorted(project.tuples(f"SELECT * FROM {entity.table}"), key=repr) for entity in ENTITIES.values()
    }


def work(project: Project, acts: list[Act]) -> None:
    """Do what the acts say, as far as the project allows it."""
    for kind, a, b, c in acts:
        try:
            _do(project, kind, a, b, c)
        except (NotAllowed, UndoBlocked):
            continue


_CORRECTIONS = (
    lambda line: line.replace("e", "ø"),
    lambda line: f"{line} Og så videre.",
    lambda line: f"{line[:3]}[navn1] {line[10:]}",
    lambda line: f"I: Og?\n{line}",
    lambda line: "",
)


def _look_again(project: Project, waiting: list[versions.Review], a: int, span: Span) -> None:
    if waiting:
        one = waiting[a % len(waiting)]
        if a % 3 == 0:
            versions.remove(project, [one.id])
        elif a % 3 == 1:
            versions.move(project, one.id, span)
        else:
            versions.accept(project, [one.id])


_NAMES = ("org.nær", "org.leiing", "gen.forslag")


def _do(project: Project, kind: str, a: int, b: int, c: int) -> None:
    if kind == "undo":
        if (
            project.value(
                "SELECT count(*) FROM commands WHERE kind='do' AND undone=0 AND coder=?", (project.coder_id(),)
            )
            > 1
        ):
            journal.undo(project)
        return
    if kind == "redo":
        journal.redo(project)
        return
    places = documents.all(project)
    if not places:
        return
    document = places[a % len(places)].id
    known = [row["code"] for row in project.rows("SELECT code FROM codes WHERE codable = 1 ORDER BY code")]
    code, other = known[c % len(known)], known[b % len(known)]
    length = len(documents.text(project, document))
    span = Span(a % (length - 2), min(a % (length - 2) + 1 + b, length))
    valence = list(Valence)[b % 4]
    everyone = codings.of_document(project, document)
    own = [coding for coding in everyone if coding.coder == project.coder]
    mine = own[b % len(own)] if own else None
    any_one = everyone[b % len(everyone)] if everyone else None
    if kind == "code":
        codings.add(project, document, span, code, valence, memo="notat" * (a % 2))
    elif kind == "accept":
        decisions.accept(project, document, span, code, valence, score=0.5, engine="1")
    elif kind == "reject":
        decisions.reject(project, document, span, code, score=0.5, engine="1")
    elif kind == "status":
        documents.set_status(project, document, "done" if a % 2 else "coding")
    elif kind == "bookmark":
        bookmarks.toggle(project, document, a % 3)
    elif kind == "document-memo":
        memos.put(project, document, f"om intervjuet {a}" if a % 4 else "")
    elif kind == "informant":
        informants.change(project, "P01", attributes={"site": f"S{a % 3}"})
    elif kind == "revise":
        text = documents.text(project, document)
        lines = text.split("\n")
        coded = text.count("\n", 0, any_one.span.start) if any_one and a % 4 else a % len(lines)
        lines[coded] = _CORRECTIONS[b % len(_CORRECTIONS)](lines[coded])
        kept = "\n".join(filter(None, lines)) or "I: Ingenting."
        versions.revise(project, document, reading("ny", tuple(kept.split("\n"))), why=f"grunn {a}")
    elif kind == "look-again":
        _look_again(project, versions.queue(project, project.coder), a, span)
    elif kind == "remove-document":
        if a % 3 == 0:
            documents.remove(project, document)
    elif kind == "label":
        codes.change(project, code, label={"nb": f"Navn {a}"})
    elif kind == "define":
        codes.change(project, code, definition={"nb" if b % 2 else "en": f"Betydning {a}"})
    elif kind == "new-code":
        codes.add(project, {"nb": f"Ny {a % 3}"}, parent="org")
    elif kind == "move":
        codes.move(project, code, other if b % 3 else "gen")
    elif kind == "retire":
        codes.retire(project, code, retired=bool(a % 3))
    elif kind == "merge-codes":
        codes.merge(project, code, other)
    elif kind == "split-code":
        codes.split(project, code, [{"nb": f"Del {a}"}, {"nb": f"Rest {a}"}])
    elif kind == "memo-on-others" and any_one:
        memos.put(project, any_one.id, f"merk {a}")
    elif mine is None:
        return
    elif kind == "change":
        codings.change(project, mine.id, code=code, valence=valence)
    elif kind == "valence":
        codings.change(project, mine.id, valence=valence)
    elif kind == "span":
        codings.change(project, mine.id, span=span)
    elif kind == "remove":
        codings.remove(project, mine.id)
    elif kind == "memo":
        memos.put(project, mine.id, f"notat {a}" if a % 4 else "")
    elif kind == "split":
        recoding.split(project, mine.id, mine.span.start + 1 + a % 5)
    elif kind == "unite" and len(own) > 1:
        recoding.unite(project, mine.id, own[a % len(own)].id)
