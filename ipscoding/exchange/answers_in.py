"""Open answers of a survey, from a table with one row for each respondent, as interviews of one question each."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ipscoding.errors import FileProblem, near_hint
from ipscoding.exchange.sheets_in import read_any_table
from ipscoding.exchange.table_in import Record, TableIn
from ipscoding.i18n import _
from ipscoding.transcripts.normalise import clean_line
from ipscoding.transcripts.read import reading_of
from ipscoding.transcripts.reading import Reading, Remark
from ipscoding.transcripts.source import Source

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
"""The file name suffixes of tables of answers, in small letters."""

QUESTION = "Spm"
"""The label under which the question stands above an answer: that of an interviewer, so that no figure counts it."""

_IDS = ("id", "nr", "respondent", "respondent_id", "respondentid", "responsid", "informant", "deltaker", "deltakar")
_ROLES = ("role", "rolle")
_LONGEST_NAME = 60
_WORDS_OF_FREE_TEXT = 4


@dataclass(frozen=True)
class Answers:
    """The answers of a table: a reading for each that is not empty, and how many are empty."""

    readings: list[Reading]
    empty: int


def is_table(path: Path) -> bool:
    """Whether a file's name says that it is a table."""
    return path.suffix.lower() in SUFFIXES


def read_answers(path: Path, text_columns: Sequence[str], id_column: str | None = None, *, role: str = "") -> Answers:
    """The answers in the columns `text_columns` of the CSV file or Excel workbook at `path`.

    Each answer is an interview of its own, called `ID – COLUMN`: the question (the column's name) as the
    interviewer's turn, then the answer. Who answered is the informant; every other column is an attribute of theirs.
    `id_column` says who answered (default: a column called `id`, `nr`, `respondent` or the like, else the row's
    number), `role` their role (default: a column `role` or `rolle`). Raises `FileProblem` where a column is missing,
    a respondent stands there twice, no column of answers was named, or none holds an answer.
    """
    table = read_any_table(path)
    if table.faults:
        raise FileProblem(f"{path}, {table.faults[0]}", _("Put it right in the table and import it again"))
    if not text_columns:
        raise _no_columns(path, table)
    chosen = [_column(path, table, name) for name in dict.fromkeys(text_columns)]
    ids = _id_column(path, table, id_column)
    roles = next((name for name in table.header if name.casefold() in _ROLES), None)
    others = [name for name in table.header if name not in (*chosen, ids, roles)]
    names = _short(chosen)
    people = _people(path, table, ids)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    readings = []
    empty = 0
    for person, record in zip(people, table.records, strict=True):
        for column in chosen:
            if not record.cells[column].strip():
                empty += 1
                continue
            source = Source(
                [f"{QUESTION}: {clean_line(column)}", *_answer(person, record.cells[column])],
                table.encoding,
                header={"id": person, "role": role or (record.cells[roles] if roles else "")},
                speakers=frozenset((QUESTION, _label(person))),
                attributes={name: text for name in others if (text := record.cells[name])},
                remarks=_about(record, ids),
            )
            readings.append(reading_of(source, f"{person} – {names[column]}", path.name, sha256))
    if not readings:
        raise FileProblem(
            _("{path}: there is no answer in {columns}").format(path=path, columns=", ".join(chosen)),
            _("Name the columns that hold the answers with --text-column"),
        )
    return Answers(readings, empty)


def _answer(person: str, text: str) -> list[str]:
    first, *rest = text.strip().split("\n")
    return [f"{_label(person)}: {first}", *rest]


def _label(person: str) -> str:
    return clean_line(person.replace(":", " ")) or "?"


def _about(record: Record, ids: str | None) -> list[Remark]:
    if ids is not None:
        return []
    return [Remark("informant", _("no column says who answered: the row's number stands for it"), record.line)]


def _people(path: Path, table: TableIn, ids: str | None) -> list[str]:
    people = [clean_line(record.cells[ids]) if ids else str(record.line) for record in table.records]
    lines: dict[str, int] = {}
    for person, record in zip(people, table.records, strict=True):
        if not person:
            what = _("{path}, line {line}: the column {column} is empty")
            raise FileProblem(
                what.format(path=path, line=record.line, column=ids),
                _("Say in every row who answered, or name another column with --id-column"),
            )
        if person in lines:
            what = _("{path}, line {line}: {name} stands on line {other} already")
            raise FileProblem(
                what.format(path=path, line=record.line, name=person, other=lines[person]),
                _("Each row must have a respondent of its own; name the column that says who with --id-column"),
            )
        lines[person] = record.line
    return people


def _column(path: Path, table: TableIn, name: str) -> str:
    """The column called `name`, in any case and with any blanks. Raises `FileProblem`."""
    wanted = " ".join(name.split()).casefold()
    found = [column for column in table.header if " ".join(column.split()).casefold() == wanted]
    if name in table.header or len(found) == 1:
        return name if name in table.header else found[0]
    raise FileProblem(
        _("{path} has no column called {name}").format(path=path, name=name),
        near_hint(
            name,
            table.header,
            _("Its columns are: {names}").format(names=", ".join(" ".join(one.split()) for one in table.header)),
        ),
    )


def _id_column(path: Path, table: TableIn, name: str | None) -> str | None:
    if name is not None:
        return _column(path, table, name)
    return next((column for wanted in _IDS for column in table.header if column.casefold() == wanted), None)


def _short(columns: Sequence[str]) -> dict[str, str]:
    """What a document is called by a column: its name, cut where it is long; numbered where that makes two alike."""
    cut = {name: _cut(" ".join(name.split())) for name in columns}
    alike = Counter(cut.values())
    return {
        name: f"{short} ({number})" if alike[short] > 1 else short
        for number, (name, short) in enumerate(cut.items(), 1)
    }


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _no_columns(path: Path, table: TableIn) -> FileProblem:
    """That columns must be named, with those there are and which of them look like free text."""
    shown = []
    for name in table.header:
        words = sorted(len(record.cells[name].split()) for record in table.records if record.cells[name])
        longest = words[len(words) * 3 // 4] if words else 0
        column = " ".join(name.split())
        is_free = longest >= _WORDS_OF_FREE_TEXT
        shown.append(_("{name} (looks like free text)").format(name=column) if is_free else column)
    return FileProblem(
        _("{path} is a table: say which columns hold answers, with --text-column").format(path=path),
        _("Its columns are: {names}").format(names="; ".join(shown)),
    )
