"""Files and folders of every kind on their way into a project: read, corrected as people say, and told about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipscoding.analysis.table import Column, Row, Table
from ipscoding.domain import clock_time
from ipscoding.errors import FileProblem, IpscodingError, NotFound
from ipscoding.exchange.answers_in import is_table, read_answers
from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.corrections import labels, with_informants, with_interviewers
from ipscoding.transcripts.preview import Preview, preview
from ipscoding.transcripts.read import passed_over, read_many
from ipscoding.transcripts.reading import Reading, Remark

if TYPE_CHECKING:
    from ipscoding.project.imports import Imported

_LABELS_SHOWN = 4
_NAMES_SHOWN = 5


@dataclass(frozen=True)
class Choices:
    """What people say of the files that they bring in.

    Args:
        text_columns: the columns of tables that hold answers.
        id_column: the column that says who answered.
        role: the role of the informants of files that say none.
        interviewers: the labels of the interviewers, in files that have them.
        people: informants by the labels that they speak under, in files that have them.
    """

    text_columns: Sequence[str] = ()
    id_column: str | None = None
    role: str = ""
    interviewers: Sequence[str] = ()
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """What was read: readings, files that could not be read and why, files of other kinds, how many empty answers."""

    readings: list[Reading]
    failures: list[tuple[Path, IpscodingError]]
    passed_over: list[Path]
    empty_answers: int = 0

    @property
    def previews(self) -> list[Preview]:
        """What each reading holds."""
        return [preview(reading) for reading in self.readings]


def read_incoming(
    paths: Iterable[Path], choices: Choices | None = None, on_progress: Callable[[int, int], None] | None = None
) -> Incoming:
    """Read files, tables of answers and all transcripts in folders, and put right what `choices` say.

    Tables are read where they are named, not in folders, which hold many that are no answers. A file that cannot be
    read does not keep the others from being read. Raises `NotFound` where `choices` name a speaker that no file has.
    """
    choices = choices or Choices()
    given = list(paths)
    tables = [path for path in given if is_table(path) and not path.is_dir()]
    readings, failures = read_many([path for path in given if path not in tables], on_progress)
    empty = 0
    for path in dict.fromkeys(tables):
        try:
            answers = read_answers(path, choices.text_columns, choices.id_column, role=choices.role)
        except FileProblem as problem:
            failures.append((path, problem))
        else:
            readings += answers.readings
            empty += answers.empty
    return Incoming(_corrected(readings, choices), failures, passed_over(given), empty)


def _corrected(readings: list[Reading], choices: Choices) -> list[Reading]:
    corrected = []
    for reading in readings:
        found = with_informants(reading, choices.people) if choices.people else reading
        found = with_interviewers(found, choices.interviewers) if choices.interviewers else found
        if choices.role and not found.header.get("role"):
            found = replace(found, header={**found.header, "role": choices.role})
        corrected.append(found)
    there = {label.casefold() for reading in corrected for label in labels(reading)}
    missing = [name for name in (*choices.people, *choices.interviewers) if name.casefold() not in there]
    if missing and readings:
        known = list(dict.fromkeys(label for reading in corrected for label in labels(reading)))
        raise NotFound(
            _("No file has a speaker called {name}").format(name=missing[0]),
            _("Speakers that were found: {names}").format(names=", ".join(known) or "-"),
        )
    return corrected


def incoming_table(incoming: Incoming, imported: "Imported | None" = None) -> Table:
    """A row for each transcript and each file that could not be read: what it holds, and what became of it.

    Without `imported` nothing has become of it yet.
    """
    outcomes = {id(one.reading): one for one in imported.outcomes} if imported is not None else {}
    rows: list[Row] = []
    for reading, seen in zip(incoming.readings, incoming.previews, strict=True):
        outcome = outcomes.get(id(reading))
        refusal = outcome.refusal if outcome is not None else None
        rows.append(
            {
                "file": seen.source,
                "document": (outcome.document if outcome is not None else "") or seen.name,
                "format": seen.kind,
                "speakers": speakers_in_short(seen),
                "words": seen.words,
                "language": language_shown(seen),
                "date": seen.date,
                "times": clock_time(seen.until) if seen.until is not None else "",
                "comments": seen.comments,
                "encoding": seen.encoding,
                "remarks": len(seen.doubts),
                "result": _result(refused=refusal is not None, added=outcome.added) if outcome is not None else "",
                "why": refusal.what if refusal is not None else "",
            }
        )
    rows += [
        {
            **dict.fromkeys((column.name for column in _columns()), ""),
            "file": path.name,
            "format": path.suffix.lower().removeprefix("."),
            **dict.fromkeys(("words", "comments", "remarks"), None),
            "result": _result(refused=True),
            "why": error.what,
        }
        for path, error in incoming.failures
    ]
    used = {name for row in rows for name, cell in row.items() if cell not in ("", 0, None)}
    kept = [column for column in _columns() if column.name in used or column.name in ("words", "times")]
    return Table(kept, [{column.name: row[column.name] for column in kept} for row in rows], [])


def _columns() -> list[Column]:
    return [
        Column("file", "text", _("File")),
        Column("document", "text", _("Interview")),
        Column("format", "text", _("Kind"), detail=True),
        Column("speakers", "text", _("Speakers (interviewer)")),
        Column("words", "int", _("Words")),
        Column("language", "text", _("Language")),
        Column("date", "text", _("Date"), detail=True),
        Column("times", "text", _("Times until")),
        Column("comments", "int", _("Comments"), detail=True),
        Column("encoding", "text", _("Encoding"), detail=True),
        Column("remarks", "int", _("Remarks")),
        Column("result", "text", _("Result")),
        Column("why", "text", _("Why"), detail=True),
    ]


def _result(*, refused: bool, added: bool = False) -> str:
    return _("left out") if refused else _("new") if added else _("there already")


def speakers_in_short(seen: Preview) -> str:
    """The labels of a transcript, those of interviewers in brackets; long lists are cut."""
    named = [one for one in seen.speakers if one.label]
    people = [f"{one.label}={one.informant}" if one.informant else one.label for one in named if not one.interviewer]
    asking = [one.label for one in named if one.interviewer]
    shown = ", ".join(people[:_LABELS_SHOWN]) + (f" +{more}" if (more := len(people) - _LABELS_SHOWN) > 0 else "")
    return f"{shown} ({', '.join(asking[:_LABELS_SHOWN])})".strip() if asking else shown


def language_shown(seen: Preview) -> str:
    """The language of a transcript; one that was guessed with a question mark."""
    return f"{seen.language}?" if seen.guessed else seen.language


def speakers_table(previews: Iterable[Preview]) -> Table:
    """A row for each speaker of each transcript: turns, words, and who it is; answers of a survey have none."""
    rows: list[Row] = [
        {
            "file": seen.source,
            "speaker": speaker.label or _("(nobody named)"),
            "turns": speaker.turns,
            "words": speaker.words,
            "who": _("interviewer: left out of counts") if speaker.interviewer else speaker.informant,
        }
        for seen in previews
        if not is_table(Path(seen.source))
        for speaker in seen.speakers
    ]
    columns = [
        Column("file", "text", _("File")),
        Column("speaker", "text", _("Speaker")),
        Column("turns", "int", _("Turns")),
        Column("words", "int", _("Words")),
        Column("who", "text", _("Who")),
    ]
    return Table(columns, rows, [])


def answers_lines(readings: Iterable[Reading]) -> list[str]:
    """A sentence for each table of answers: how many, of how many people, and what else is kept of them."""
    tables: dict[str, list[Reading]] = {}
    for reading in readings:
        if is_table(Path(reading.source)):
            tables.setdefault(reading.source, []).append(reading)
    lines = []
    for source, answers in tables.items():
        people = len({answer.header["id"] for answer in answers})
        said = _("{file}: {answers} of {people}").format(
            file=source,
            answers=ngettext("{n} answer", "{n} answers", len(answers)).format(n=len(answers)),
            people=ngettext("{n} respondent", "{n} respondents", people).format(n=people),
        )
        roles = dict.fromkeys(answer.header["role"] or "-" for answer in answers)
        attributes = dict.fromkeys(name for answer in answers for name in answer.attributes)
        parts = [said]
        if any(role != "-" for role in roles):
            parts.append(_("roles: {names}").format(names=_some(roles)))
        if attributes:
            parts.append(_("kept of each respondent: {names}").format(names=_some(attributes)))
        lines.append("; ".join(parts))
    return lines


def passed_over_lines(incoming: Incoming) -> list[str]:
    """What of the folders named was not read, a sentence for tables, which must be named, and one for the rest."""
    tables = [path.name for path in incoming.passed_over if is_table(path)]
    others = [path.name for path in incoming.passed_over if not is_table(path)]
    lines = []
    if tables:
        said = ngettext(
            "{n} table was passed over. Are these answers? Name it, with --text-column",
            "{n} tables were passed over. Are these answers? Name them, with --text-column",
            len(tables),
        )
        lines.append(f"{said.format(n=len(tables))}: {_some(tables)}")
    if others:
        said = ngettext(
            "{n} file of another kind was passed over", "{n} files of other kinds were passed over", len(others)
        )
        lines.append(f"{said.format(n=len(others))}: {_some(others)}")
    return lines


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:_NAMES_SHOWN]) + (" …" if len(listed) > _NAMES_SHOWN else "")


def remark_lines(source: str, remarks: Sequence[Remark], limit: int | None = None) -> list[str]:
    """Remarks on a file as lines to read, at most `limit` of them (None: all), those with a line first."""
    shown = []
    for remark in remarks[:limit]:
        place = _("line {n}: ").format(n=remark.line) if remark.line else ""
        shown.append(f"{source}: {place}{remark.message}")
    more = len(remarks) - len(shown)
    if more:
        said = ngettext("{n} more remark", "{n} more remarks", more).format(n=more)
        shown.append(f"{source}: {said}")
    return shown
