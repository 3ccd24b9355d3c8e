"""The codings table: every coding with its text and everything a reader needs to know about it."""

import json
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from ipscoding.domain import Document, Excerpt, Valence, clock_time
from ipscoding.i18n import language, ngettext
from ipscoding.project import blind, clock, codebooks, codings, documents
from ipscoding.project.store import Project

_COLUMNS = (
    "id, start, end, code, coder, turn, quote, before, after, valence, strength, origin, code_version, created_at"
)


def rows(project: Project, language_code: str | None = None) -> Iterator[Excerpt]:
    """The codings of the project as excerpts, by document and place; labels in `language_code`.

    What blind coding keeps from whoever has the project open is not among them; `kept_back` counts it.
    """
    spoken = language_code or language()
    book = codebooks.load(project)
    study = project.name
    codes = {
        code.uuid: (
            code.id,
            code.name(spoken),
            " > ".join(step.name(spoken) for step in book.path(code.id)),
            book.path(code.id)[0].id,
            position,
        )
        for position, code in enumerate(book.codes)
    }
    coders = {row["id"]: row["name"] for row in project.rows("SELECT id, name FROM coders")}
    people = {
        row["name"]: (row["name"], row["role"], json.loads(row["attributes"]))
        for row in project.rows("SELECT name, role, attributes FROM informants")
    }
    statuses = documents.statuses(project)
    memos = _memos(project)
    unseen = blind.hidden(project)
    for document in documents.all(project):
        turns = _turns(project, document)
        # plain tuples, joined and sorted in Python: a project of 100 000 codings is read in well under a second
        found = project.tuples(f"SELECT {_COLUMNS} FROM codings WHERE document = ?", (document.id,))
        found.sort(key=lambda row: (row[1], row[2], codes[row[3]][4], coders[row[4]], row[0]))
        whole = people.get(document.informant, (document.informant, document.role, {}))
        by_label = {label: people.get(name, (name, "", {})) for label, name in document.speakers.items()}
        offsets, times = _times(project, document)
        kept = unseen.get(document.id)
        for row in found:
            if kept and coders[row[4]] in kept:
                continue
            code, label, path, domain, _position = codes[row[3]]
            speaker, interviewer = turns.get(row[5], ("", False))
            informant, role, attributes = by_label.get(speaker, whole)
            at = bisect_right(offsets, row[1]) - 1
            yield _excerpt(
                (
                    row[0],
                    study,
                    document.id,
                    document.name,
                    informant,
                    role,
                    speaker,
                    row[5] or 0,
                    code,
                    label,
                    path,
                    domain,
                    _VALENCES[row[9]],
                    row[10],
                    coders[row[4]],
                    clock.to_second(row[13]),
                    row[11],
                    row[12],
                    row[1],
                    row[2],
                    row[6],
                    row[7],
                    row[8],
                    memos.get(row[0], ""),
                    statuses.get((document.id, coders[row[4]]), ""),
                    times[at] if at >= 0 else "",
                    interviewer,
                    attributes,
                )
            )


_excerpt = Excerpt._make  # the fields in their order: naming each of them takes as long as everything else


def kept_back(project: Project) -> int:
    """How many codings `rows` leaves out because coding is blind."""
    unseen = blind.hidden(project)
    if not unseen:
        return 0
    return sum(n for (document, coder), n in codings.made_by(project).items() if coder in unseen.get(document, ()))


def about_kept_back(project: Project) -> list[str]:
    """A sentence for readers of a table where `rows` leaves codings out; none where it does not."""
    n = kept_back(project)
    said = ngettext(
        "Blind coding: {n} coding by others is hidden and not counted until you and they are done with the interview.",
        "Blind coding: {n} codings by others are hidden and not counted until you and they are done with them.",
        n,
    )
    return [said.format(n=n)] if n else []


_VALENCES = {valence.value: valence for valence in Valence}


def _turns(project: Project, document: Document) -> dict[int, tuple[str, bool]]:
    """Who speaks in each turn of a document, and whether that is the interviewer."""
    sql = "SELECT number, speaker, interviewer FROM turns WHERE text = ?"
    return {
        number: (speaker, bool(interviewer))
        for number, speaker, interviewer in project.tuples(sql, (document.text_sha256,))
    }


def _times(project: Project, document: Document) -> tuple[list[int], list[str]]:
    """The offsets in a document at which it is known where the recording stood, and where that was."""
    found = project.tuples("SELECT offset, seconds FROM times WHERE text = ? ORDER BY offset", (document.text_sha256,))
    return [offset for offset, _seconds in found], [clock_time(seconds) for _offset, seconds in found]


def _memos(project: Project) -> dict[str, str]:
    """The memos on each thing, one below the other, oldest first."""
    found: dict[str, str] = {}
    for target, text in sorted(
        project.tuples("SELECT target, text FROM memos ORDER BY created_at, id"), key=itemgetter(0)
    ):
        found[target] = f"{found[target]}\n{text}" if target in found else text
    return found
