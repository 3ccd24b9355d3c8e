"""Saturation of a project: its interviews, put in order."""

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ipscoding.analysis.answering import needs_breaks
from ipscoding.analysis.names import hint
from ipscoding.analysis.query import Query
from ipscoding.analysis.query import asked as query_of
from ipscoding.analysis.saturation.report import Asked, saturation
from ipscoding.analysis.table import Table
from ipscoding.domain import Document
from ipscoding.errors import FileProblem, NotFound
from ipscoding.files import unreadable
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, codebooks, documents, excerpts, informants

ORDERS = ("date", "name", "random")
"""How interviews can be ordered, besides by a file that lists their names."""


def saturation_of(
    project: Project,
    asked: Asked | None = None,
    *,
    order: str = "date",
    where: str | Query = "",
    roles: Collection[str] = (),
    names: Collection[str] = (),
    coders: Collection[str] | None = None,
    pooled: bool = False,
) -> Table:
    """The saturation of a project, as `ipscoding.analysis.saturation.saturation` gives it for its rows.

    `order` is one of `ORDERS` (`date`: of the interview, then as they were brought in) or the path of a file with the
    name of one interview on each line. `roles` and `names` (of interviews) limit what is looked at, as `where` can
    too. Raises `NotFound` for a role, a name or an order that does not exist, `QueryProblem` for what `where` says
    wrongly, `FileProblem` for a file that cannot be read.
    """
    asked = asked or Asked()
    query = query_of(where, roles=roles, documents=names)
    ordered, told = _ordered(project, documents.all(project), order, asked.seed)
    done: dict[str, set[str]] = {}
    for (document, coder), status in documents.statuses(project).items():
        if status == "done":
            done.setdefault(coder, set()).add(document)
    table = saturation(
        excerpts.rows(project),
        ordered,
        informants.all(project),
        codebooks.load(project),
        asked,
        done=done,
        coders=coders,
        pooled=pooled,
        where=query,
        speech=documents.speech(project),
        breaks=documents.breaks(project) if needs_breaks(query) else None,
        order=told,
    )
    return replace(table, notes=[*table.notes, *excerpts.about_kept_back(project)])


def _ordered(project: Project, chosen: Sequence[Document], order: str, seed: int) -> tuple[list[Document], str]:
    """The interviews in order, and a sentence that says which."""
    if order == "name":
        return list(chosen), _("Interviews in the order of their names.")
    if order == "random":
        mixed = list(chosen)
        random.Random(seed).shuffle(mixed)
        return mixed, _("Interviews in a random order (seed {seed}).").format(seed=seed)
    if order != "date":
        return _listed(Path(order), chosen)
    came = {document: place for place, document in enumerate(documents.in_order_of_arrival(project))}
    ordered = sorted(chosen, key=lambda document: (not document.date, document.date, came[document.id]))
    undated = sum(not document.date for document in chosen)
    told = _("Interviews in the order of their dates, those of one day as they were brought in.")
    if undated and undated == len(chosen):
        return ordered, _("No interview has a date: they stand in the order in which they were brought in.")
    if undated:
        text = ngettext(
            "{n} interview without a date stands last.", "{n} interviews without a date stand last.", undated
        )
        told = f"{told} {text.format(n=undated)}"
    return ordered, told


def _listed(path: Path, chosen: Sequence[Document]) -> tuple[list[Document], str]:
    if not path.is_file() and path.name == str(path) and not path.suffix:
        what = _("There is no order {order}, nor a file of that name").format(order=path)
        raise NotFound(what, hint([str(path)], ORDERS))
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise FileProblem(_("{path} is not a text file").format(path=path), _("Save it as UTF-8")) from error
    by_name = {document.name: document for document in chosen}
    ordered: dict[str, Document] = {}
    for number, line in enumerate(lines, start=1):
        name = line.strip()
        if not name:
            continue
        if name not in by_name:
            # without its words: the file could be an interview
            what = _("{path}, line {line}: this is not the name of an interview").format(path=path, line=number)
            raise NotFound(what, hint([name], by_name))
        if name in ordered:
            what = _("{path}, line {line}: {name} stands there twice").format(path=path, line=number, name=name)
            raise FileProblem(what, _("Name each interview once"))
        ordered[name] = by_name[name]
    told = _("Interviews in the order of {file}.").format(file=path.name)
    missing = len(chosen) - len(ordered)
    if missing:
        text = ngettext(
            "{n} interview that is not in it is left out.", "{n} interviews that are not in it are left out.", missing
        )
        told = f"{told} {text.format(n=missing)}"
    return list(ordered.values()), told
