"""Whole projects in other tools' forms, by name: what the command `export` can write."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ipscoding.analysis.names import hint
from ipscoding.errors import NotFound
from ipscoding.exchange.atomic import whole_file
from ipscoding.exchange.prodigy_out import write_prodigy
from ipscoding.exchange.spacy_out import write_spacy
from ipscoding.exchange.spans_out import CodedInterview, coded_interviews
from ipscoding.i18n import N_, _
from ipscoding.project import Project


@dataclass(frozen=True, slots=True)
class Export:
    """One form: what it is (to be translated), the usual suffix, and how it is written to a binary file.

    `write` gets the project, the file and the filters of the command (`names`, `roles`, `coders`, `codes`).
    """

    about: str
    suffix: str
    write: Callable[[Project, BinaryIO, Mapping[str, Any]], None]


def _spans(write: Callable[[Iterable[CodedInterview], BinaryIO], None]) -> Callable[..., None]:
    def write_project(project: Project, file: BinaryIO, filters: Mapping[str, Any]) -> None:
        write(coded_interviews(project, **filters), file)

    return write_project


EXPORTS: Mapping[str, Export] = {
    "spacy": Export(N_("spaCy's binary form: a document for each interview"), ".spacy", _spans(write_spacy)),
    "prodigy": Export(N_("JSON lines as Prodigy has them: a task for each interview"), ".jsonl", _spans(write_prodigy)),
}


def export(project: Project, form: str, path: Path, **filters: Any) -> None:
    """Write `project` to the file `path` in one of the `EXPORTS`, whole or not at all, for its owner's eyes only.

    `filters`: `names` of interviews, `roles`, `coders` and `codes`; what is not given filters nothing.
    Raises `NotFound` for an unknown form or for what the project does not have, `FileProblem` where the file cannot be
    written.
    """
    if form not in EXPORTS:
        raise NotFound(_("No such format: {name}").format(name=form), hint([form], EXPORTS))
    with whole_file(path) as file:
        EXPORTS[form].write(project, file, filters)
