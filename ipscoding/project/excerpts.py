"""The codings table: every coding with its text and everything a reader needs to know about it."""

import json
from collections.abc import Iterator

from ipscoding.domain import Excerpt, Valence
from ipscoding.i18n import language
from ipscoding.project import clock, codebooks
from ipscoding.project.store import Project

_SELECT = """
    SELECT g.id, d.id AS document_id, d.name AS document, g.start, g.end, g.quote, g.before, g.after, g.valence,
           g.strength, g.origin, g.code_version, g.created_at, k.code, c.name AS coder,
           coalesce(g.turn, 0) AS turn, coalesce(n.speaker, '') AS speaker, coalesce(n.interviewer, 0) AS interviewer,
           i.name AS informant, i.role AS role, i.attributes AS attributes, d.speakers AS speakers,
           coalesce(s.status, '') AS status,
           (SELECT group_concat(text, char(10)) FROM (
               SELECT text FROM memos WHERE target = g.id ORDER BY created_at, id)) AS memo
    FROM codings g
    JOIN documents d ON d.id = g.document
    JOIN codes k ON k.id = g.code
    JOIN coders c ON c.id = g.coder
    LEFT JOIN informants i ON i.id = d.informant
    LEFT JOIN turns n ON n.text = d.text AND n.number = g.turn
    LEFT JOIN statuses s ON s.document = g.document AND s.coder = g.coder
    ORDER BY d.name, g.start, g.end, k.position, c.name, g.id
"""


def rows(project: Project, language_code: str | None = None) -> Iterator[Excerpt]:
    """Every coding of the project as an excerpt, by document and place; labels in `language_code`."""
    spoken = language_code or language()
    book = codebooks.load(project)
    study = project.name
    names = {code.id: code.name(spoken) for code in book.codes}
    paths = {code.id: " > ".join(names[step.id] for step in book.path(code.id)) for code in book.codes}
    tops = {code.id: book.path(code.id)[0].id for code in book.codes}
    attributes: dict[str, dict[str, str]] = {}
    for row in project.rows(_SELECT):
        raw = row["attributes"] or "{}"
        if raw not in attributes:
            attributes[raw] = json.loads(raw)
        yield Excerpt(
            coding_id=row["id"],
            project=study,
            document_id=row["document_id"],
            document=row["document"],
            informant=row["informant"] or "",
            role=row["role"] or "",
            speaker=row["speaker"],
            turn=row["turn"],
            code=row["code"],
            code_label=names[row["code"]],
            code_path=paths[row["code"]],
            domain=tops[row["code"]],
            valence=Valence(row["valence"]),
            strength=row["strength"],
            coder=row["coder"],
            coded_at=clock.to_second(row["created_at"]),
            origin=row["origin"],
            codebook_version=row["code_version"],
            start=row["start"],
            end=row["end"],
            text=row["quote"],
            context_before=row["before"],
            context_after=row["after"],
            memo=row["memo"] or "",
            status=row["status"],
            interviewer=bool(row["interviewer"]),
            attributes=attributes[raw],
        )
