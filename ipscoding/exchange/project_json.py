"""A whole project as one JSON object, made as it is written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from ipscoding.analysis import Tabular
from ipscoding.codebook.write import code_fields
from ipscoding.domain import Document
from ipscoding.exchange import project_tables
from ipscoding.exchange.project_tables import Chosen
from ipscoding.project import Project, codebooks, documents
from ipscoding.version import __version__

_TEXTS = ("text", "context_before", "context_after")


def write_project_json(project: Project, stream: TextIO, chosen: Chosen, *, with_text: bool = False) -> None:
    """Write the chosen part of `project` to a text `stream` that encodes as UTF-8.

    An object with `project`, `codebook`, `informants`, `documents`, `coders`, `statuses`, `codings` and `memos`. Only
    with `with_text` are there words of the interviews in it: `text`, `turn_spans` and `sentence_spans` of documents,
    and the `text` and context of codings. Raises `NotFound` for what the project does not have.
    """
    files = project_tables.chosen_documents(project, chosen)
    rows = project_tables.codings_table(project, chosen)
    parts: list[tuple[str, Iterable[Any]]] = [
        ("informants", _rows(project_tables.informants_table(project, chosen))),
        ("documents", (_document(project, document, with_text=with_text) for document in files)),
        ("coders", _rows(project_tables.coders_table(project, chosen))),
        ("statuses", _rows(project_tables.statuses_table(project, chosen))),
        ("codings", _rows(rows, without=() if with_text else _TEXTS)),
        ("memos", _rows(project_tables.memos_table(project, chosen))),
    ]
    about = {
        "id": project.id,
        "name": project.name,
        "program": f"ipscoding {__version__}",
        "with_text": with_text,
        "notes": list(rows.notes),
    }
    stream.write('{\n"project": ' + _json(about) + ',\n"codebook": ' + _json(_codebook(project)))
    for name, things in parts:
        stream.write(f',\n"{name}": [')
        before = "\n"
        for thing in things:
            stream.write(before + _json(thing))
            before = ",\n"
        stream.write("\n]")
    stream.write("\n}\n")


def _codebook(project: Project) -> dict[str, Any]:
    book = codebooks.load(project)
    return {
        "id": book.id,
        "title": dict(book.title),
        "version": book.version,
        "rules": {language: list(rules) for language, rules in book.rules.items()},
        "codes": [code_fields(code, code.codable) for code in book.codes],
    }


def _document(project: Project, document: Document, *, with_text: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "document_id": document.id,
        "document": document.name,
        "informant": document.informant,
        "role": document.role,
        "language": document.language,
        "date": document.date,
        "words": document.words,
        "turns": document.turns,
        "source": document.source,
        "text_sha256": document.text_sha256,
        "speakers": dict(document.speakers),
        "attributes": dict(document.attributes),
    }
    if with_text:
        transcript = documents.transcript(project, document.id)
        told["text"] = transcript.text
        told["turn_spans"] = [
            {
                "turn": turn.number,
                "speaker": turn.speaker,
                "interviewer": turn.interviewer,
                "start": turn.span.start,
                "speech_start": turn.speech.start,
                "end": turn.span.end,
            }
            for turn in transcript.turns
        ]
        told["sentence_spans"] = [[sentence.start, sentence.end] for sentence in transcript.sentences]
    return told


def _rows(table: Tabular, without: tuple[str, ...] = ()) -> Iterator[Mapping[str, Any]]:
    names = [column.name for column in table.columns if column.name not in without]
    return ({name: row[name] for name in names} for row in table.rows)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
