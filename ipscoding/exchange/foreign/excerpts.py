"""Tables of coded excerpts, as NVivo, MAXQDA, Dedoose and Taguette write them for Excel: one row for each excerpt.

Such a table holds no texts. They are in the project already, or in a folder beside; every excerpt is looked for in the
text of its row's document, and one that stands there several times or nowhere is listed and not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ipscoding.domain import Code, Span, Valence
from ipscoding.errors import FileProblem, near, near_hint
from ipscoding.exchange.codings_in import valence_of
from ipscoding.exchange.foreign.brat import VALENCE_NAMES
from ipscoding.exchange.foreign.project import ForeignCode, ForeignCoding, ForeignDocument, ForeignProject
from ipscoding.exchange.foreign.times import utc
from ipscoding.exchange.locate import Searched, plain
from ipscoding.exchange.sheets_in import read_any_table
from ipscoding.exchange.table_in import Record, TableIn
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, codebooks, documents, open_project
from ipscoding.transcripts.read import read_many

PROGRAM = "a spreadsheet"
SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "document": (
        "document", "document name", "dokument", "dokumentnavn", "dokumentnamn", "media title", "media", "file name",
        "file", "filnavn", "filnamn", "fil", "source name", "source", "kilde", "kjelde", "resource title",
    ),
    "code": (
        "code", "kode", "code name", "kodenavn", "kodenamn", "hierarchical name", "node", "tag", "codes",
        "codes applied combined", "codes applied",
    ),
    "text": (
        "segment", "text", "tekst", "excerpt", "excerpt copy", "utdrag", "quote", "sitat", "coded text", "kodet tekst",
        "koda tekst", "coded segment", "reference text", "reference", "content", "innhold", "innhald",
    ),
    "coder": (
        "coder", "koder", "kodar", "created by", "author", "excerpt creator", "coded by", "coded by initials",
        "opprettet av", "oppretta av", "kodet av", "koda av", "forfatter", "user",
    ),
    "memo": ("memo", "comment", "kommentar", "notat", "segment comment", "excerpt memo"),
    "date": ("date", "dato", "created", "opprettet", "oppretta", "created on", "excerpt date", "coded at"),
    "valence": VALENCE_NAMES,
}  # fmt: skip
"""What the columns are called, in small letters, the likeliest first: in English by the programs, and in Norwegian."""

NEEDED = ("document", "text")
SEPARATOR = "separator"
"""What the mark that divides several codes in one cell is named by, among the columns."""

_APPLIED = re.compile(r"code:\s*(.+?)\s+applied", re.IGNORECASE)
_TRUE = frozenset(("true", "1", "yes", "sann", "ja", "x"))
_STEPS = re.compile(r"\s*(?:\\+|(?<=\s)>(?=\s))\s*")
_ROOTS = frozenset(("nodes", "codes", "noder", "koder"))
_ENDING = re.compile(r"\.(docx?|odt|rtf|txt|md|pdf|html?|vtt|srt|json|csv)$", re.IGNORECASE)
_LISTED = 200


@dataclass
class _Texts:
    """The documents that rows may name: their text by key, their key by name, and what is looked for in them."""

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    searched: dict[str, Searched] = field(default_factory=dict)

    def add(self, key: str, name: str, text: str) -> None:
        """A document; the first of several of one name is meant by it."""
        self.texts[key] = (name, text)
        for called in (name, name.casefold(), _ENDING.sub("", name).casefold()):
            self.names.setdefault(called, key)

    def key(self, name: str) -> str | None:
        """The key of the document that a cell names."""
        asked = (name, name.casefold(), _ENDING.sub("", name).casefold())
        return next((self.names[one] for one in asked if one in self.names), None)

    def find(self, key: str, quote: str) -> list[Span]:
        """Where `quote` stands in the document of `key`."""
        if key not in self.searched:
            self.searched[key] = Searched(self.texts[key][1])
        return self.searched[key].find(quote)


@dataclass(frozen=True, slots=True)
class _Row:
    """One code on one excerpt, as a row has it."""

    line: int
    document: str
    quote: str
    code: str
    coder: str
    memo: str
    date: str
    valence: Valence


def is_excerpts(path: Path, _head: bytes) -> bool:
    """Whether the file at `path` is a table. What its columns are is asked when it is read, where it can be told."""
    return path.is_file() and path.suffix.lower() in SUFFIXES


def read_excerpts(
    path: Path,
    named: Mapping[str, str] | None = None,
    project: Path | None = None,
    folder: Path | None = None,
    by: str = "",
) -> ForeignProject:
    """Read the table at `path`; its texts are those of the project file `project`, and those in `folder`.

    `named` gives columns that are called otherwise than in `HEADINGS`, and the `separator` of several codes in a cell;
    `by` is who coded where the table does not say. Codes that the project knows by id or label are those, others are
    new. Raises `FileProblem` where the table cannot be read, a column is missing or there are no texts.
    """
    table = read_any_table(path)
    columns = _columns(table, named or {}, path)
    foreign = ForeignProject(path.stem, PROGRAM)
    foreign.left_out += [str(fault) for fault in table.faults[:_LISTED]]
    texts = _Texts()
    codes: dict[str, ForeignCode] = {}
    rows = list(_rows(table, columns, (named or {}).get(SEPARATOR, ""), by, foreign))
    if project is not None and project.exists():
        with open_project(project) as opened:
            for document in documents.all(opened):
                texts.add(document.id, document.name, documents.text(opened, document.id))
            codes = _known_codes(opened, rows)
    if folder is not None:
        readings, failed = read_many([folder])
        for reading in readings:
            texts.add(reading.name, reading.name, reading.transcript.text)
        foreign.left_out += [f"{file.name}: {problem.what}" for file, problem in failed]
    if not texts.texts:
        raise FileProblem(
            _("{path} holds excerpts, but there are no interviews to find them in").format(path=path),
            _("Import the interviews first, or name their folder with --documents"),
        )
    _locate(rows, texts, codes, foreign)
    used = dict.fromkeys(coding.document for coding in foreign.codings)
    foreign.documents = [ForeignDocument(key, *texts.texts[key]) for key in used]
    foreign.coders = {coding.coder: coding.coder for coding in foreign.codings if coding.coder}
    foreign.notes.append(
        _("Columns: {columns}").format(columns=", ".join(f"{what} = {heading}" for what, heading in columns.items()))
    )
    return foreign


def _columns(table: TableIn, named: Mapping[str, str], path: Path) -> dict[str, str]:
    """What is what among the headings of the table."""
    folded = {heading.casefold(): heading for heading in reversed(table.header)}
    columns: dict[str, str] = {}
    for what, heading in named.items():
        if what == SEPARATOR:
            continue
        if what not in HEADINGS:
            known = ", ".join((*HEADINGS, SEPARATOR))
            raise FileProblem(
                _("There is no “{name}” in a table of excerpts").format(name=what), near_hint(what, HEADINGS, known)
            )
        if heading.casefold() not in folded:
            raise FileProblem(
                _("The column “{name}” is missing in {path}").format(name=heading, path=path),
                near_hint(heading, table.header, _("Its columns are: {names}").format(names=", ".join(table.header))),
            )
        columns[what] = folded[heading.casefold()]
    for what, usual in HEADINGS.items():
        free = (folded[name] for name in usual if name in folded and folded[name] not in columns.values())
        heading = columns.get(what) or next(free, "")
        if heading:
            columns[what] = heading
    if "code" not in columns and any(map(_APPLIED.fullmatch, table.header)):
        columns["code"] = _("a column for each code")
    missing = [what for what in (*NEEDED, "code") if what not in columns]
    if missing:
        raise FileProblem(
            _("{path} has no column that is known for: {names}").format(path=path, names=", ".join(missing)),
            _("Say what it is called, for example --column {name}=HEADING").format(name=missing[0]),
        )
    return columns


def _rows(
    table: TableIn, columns: Mapping[str, str], separator: str, by: str, foreign: ForeignProject
) -> Iterator[_Row]:
    # one column for each code is surer than one with all codes, whose names may hold the mark between them
    applied = {heading: match[1] for heading in table.header if (match := _APPLIED.fullmatch(heading))}
    incomplete = unsure = 0

    def cell(record: Record, what: str) -> str:
        return record.cells.get(columns.get(what, ""), "")

    for record in table.records:
        written = cell(record, "code")
        if applied:
            codes = [code for heading, code in applied.items() if record.cells.get(heading, "").casefold() in _TRUE]
        else:
            codes = written.split(separator) if separator else [written]
        codes = [code.strip() for code in codes if code.strip()]
        document, quote = cell(record, "document"), cell(record, "text")
        if not (document and quote and codes):
            incomplete += 1
            continue
        valence = valence_of(cell(record, "valence"))
        unsure += valence is None
        coder, date = cell(record, "coder") or by, utc(cell(record, "date"), zone=None)
        for code in codes:
            yield _Row(record.line, document, quote, code, coder, cell(record, "memo"), date, valence or Valence.NONE)
    if incomplete:
        what = ngettext(
            "{n} row without a document, a code or a text",
            "{n} rows without a document, a code or a text",
            incomplete,
        )
        foreign.left_out.append(what.format(n=incomplete))
    if unsure:
        what = ngettext(
            "{n} row has a direction that is none of barrier, facilitator, both, none",
            "{n} rows have directions that are none of barrier, facilitator, both, none",
            unsure,
        )
        foreign.doubts.append(what.format(n=unsure))


def _known_codes(project: Project, rows: Iterable[_Row]) -> dict[str, ForeignCode]:
    """The codes of the project that the cells name, by cell; their keys are their ids there.

    A cell names a code by its id, by its path of labels, or by its label where only one code has it.
    """
    book = codebooks.load(project)
    called: dict[str, dict[str, Code]] = {}
    for code in book.codes:
        steps = book.path(code.id)
        for language in dict.fromkeys(("nb", "nn", "en", *code.label)):
            path = " > ".join(step.name(language) for step in steps)
            for name in (code.name(language), path):
                called.setdefault(name.casefold(), {})[code.id] = code
    known: dict[str, ForeignCode] = {}
    for name in dict.fromkeys(row.code for row in rows):
        found = book.by_id.get(name)
        if found is None:
            meant = called.get(" > ".join(_steps(name)).casefold(), {})
            found = next(iter(meant.values())) if len(meant) == 1 else None
        if found is not None:
            known[name] = ForeignCode(found.uuid, next(iter(found.label.values()), found.id), codable=found.codable)
    return known


def _locate(rows: list[_Row], texts: _Texts, codes: dict[str, ForeignCode], foreign: ForeignProject) -> None:
    tree = {code.key: code for code in codes.values()}
    faults: list[str] = []
    alike: dict[tuple[str, str, str, str], list[_Row]] = {}
    for row in rows:
        key = texts.key(row.document)
        if key is None:
            close = near(row.document, (name for name, _text in texts.texts.values()), 1)
            meant = _(" (is “{other}” meant?)").format(other=close[0]) if close else ""
            faults.append(_fault(row, _("there is no document “{name}”").format(name=row.document) + meant))
        else:
            alike.setdefault((key, plain(row.quote), row.code, row.coder), []).append(row)
    for (document, _quote, name, _coder), same in alike.items():
        spans = texts.find(document, same[0].quote)
        # as many rows as places: whichever belongs to which, each place has one
        if len(spans) != len(same) and len(spans) != 1:
            why = (
                _("the quote is not in the document") if not spans else _("the quote stands {n} times in the document")
            )
            faults += [_fault(row, why.format(n=len(spans))) for row in same]
            continue
        code = codes.get(name) or codes.setdefault(name, _new_code(name, tree))
        tree.setdefault(code.key, code)
        for place, row in enumerate(same):
            span = spans[place % len(spans)]
            foreign.codings.append(
                ForeignCoding(
                    f"line {row.line} {name}",
                    document,
                    span,
                    code.key,
                    row.coder,
                    row.date,
                    row.memo,
                    valence=row.valence,
                )
            )
    foreign.codes += tree.values()
    foreign.left_out += faults[:_LISTED]
    if len(faults) > _LISTED:
        foreign.left_out.append(
            ngettext("and {n} more row", "and {n} more rows", len(faults) - _LISTED).format(n=len(faults) - _LISTED)
        )


def _new_code(name: str, tree: dict[str, ForeignCode]) -> ForeignCode:
    """The code that a path such as `A > B` or `Nodes\\A\\B` ends in; the codes above it are put into `tree`."""
    steps = _steps(name)
    parent: str | None = None
    for depth in range(1, len(steps) + 1):
        key = " > ".join(steps[:depth])
        tree.setdefault(key, ForeignCode(key, steps[depth - 1], parent))
        parent = key
    return tree[" > ".join(steps)]


def _steps(name: str) -> list[str]:
    """The labels from the top down to the code that a path names."""
    steps = [step for step in _STEPS.split(name) if step] or [name]
    return steps[1:] if "\\" in name and len(steps) > 1 and steps[0].casefold() in _ROOTS else steps


def _fault(row: _Row, message: str) -> str:
    return _("line {line}").format(line=row.line) + ": " + message
