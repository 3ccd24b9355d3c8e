"""Projects of QualCoder, from the `data.qda` in their folder: all forms of its tables since version 1.0.

Places count code points of a source's full text, ends exclusive. Where the words that QualCoder kept with a coding do
not stand there (older versions counted a byte order mark, or two characters for a line end), they are looked for near
by.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipscoding.domain import Span
from ipscoding.exchange.foreign.project import (
    ForeignCase,
    ForeignCode,
    ForeignCoding,
    ForeignDocument,
    ForeignMemo,
    ForeignProject,
)
from ipscoding.exchange.foreign.sqlite_in import Tables, Value, number, text
from ipscoding.exchange.foreign.times import utc
from ipscoding.exchange.foreign.trees import without_circles
from ipscoding.exchange.locate import plain
from ipscoding.i18n import ngettext

PROGRAM = "QualCoder"
DATABASE = "data.qda"

_NEEDED = {
    "source": ("id", "name", "fulltext"),
    "code_name": ("cid", "name"),
    "code_text": ("cid", "fid", "pos0", "pos1"),
}
_MARK = "\ufeff"
_NEAR = 2000
"""How many characters away from its place the text of a coding is looked for."""

_OTHERS: dict[str, Callable[[int], str]] = {
    "code_image": lambda n: ngettext("{n} coding of a picture", "{n} codings of pictures", n),
    "code_av": lambda n: ngettext("{n} coding of sound or video", "{n} codings of sound or video", n),
    "graph": lambda n: ngettext("{n} graph", "{n} graphs", n),
    "stored_sql": lambda n: ngettext("{n} stored query", "{n} stored queries", n),
}


def database_in(path: Path) -> Path:
    """The database of the QualCoder project at `path`: its folder, or the database itself."""
    return path / DATABASE if path.is_dir() else path


def is_qualcoder(path: Path, _head: bytes) -> bool:
    """Whether `path` is the folder of a QualCoder project, or the database in it."""
    return (path / DATABASE).is_file() if path.is_dir() else path.suffix.lower() == ".qda"


def read_qualcoder(path: Path) -> ForeignProject:
    """Read the QualCoder project in the folder at `path` (or its `data.qda`).

    Times are taken to be in this computer's time zone, since QualCoder does not write which they are in. Raises
    `FileProblem` for a file that is none of QualCoder's or is damaged.
    """
    database = database_in(path)
    folder = path if path.is_dir() else path.parent
    with Tables(database, PROGRAM) as tables:
        tables.need(_NEEDED)
        about = next(tables.rows("project", ("about", "date", "memo")), {})
        project = ForeignProject(folder.resolve().name.removesuffix(".qda"), PROGRAM)
        # every project has a code 1: when a project was made tells its codes from others
        born = text(about.get("date"))
        _memo(project, "project", "project", "", about.get("memo"))
        sources = _documents(tables, project)
        codes = _codes(tables, project, born)
        _codings(tables, sources, codes, project)
        _notes(tables, sources, project)
        _cases(tables, sources, project)
        for table, say in _OTHERS.items():
            n = sum(1 for _row in tables.rows(table, sorted(tables.columns.get(table, ()))[:1]))
            if n:
                project.left_out.append(say(n).format(n=n))
    people = [coding.coder for coding in project.codings] + [memo.coder for memo in project.memos]
    project.coders = {name: name for name in dict.fromkeys(people) if name}
    return project


@dataclass(frozen=True)
class _Source:
    """A source's key, its text as we have it, and the full text that QualCoder stored."""

    key: str
    text: str
    stored: str

    def counts(self) -> list[Callable[[int], int]]:
        """The ways in which places may have been counted: each gives where a place stands in our text.

        Which version counted how is not written down. Line ends of two characters were counted as two or, by the
        window that showed the text, as one; a byte order mark was counted or not.
        """
        if self.stored == self.text:
            return [lambda offset: offset]
        mark = self.stored.startswith(_MARK)
        return [
            lambda offset: len(_clean(self.stored[:offset])),
            lambda offset: len(_clean(self.stored[: offset + mark])),
            lambda offset: offset,
            lambda offset: max(0, offset - mark),
        ]


def _clean(stored: str) -> str:
    return stored.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _documents(tables: Tables, project: ForeignProject) -> dict[int, _Source]:
    attributes = _attributes(tables, "file")
    sources: dict[int, _Source] = {}
    without: list[str] = []
    columns = ("id", "name", "fulltext", "memo", "date")
    for row in tables.rows("source", columns, "id"):
        key = number(row["id"])
        if key is None:
            continue
        name, stored = text(row["name"]) or str(key), row["fulltext"]
        if not isinstance(stored, str) or not stored.strip():
            without.append(name)
            continue
        source = _Source(str(key), _clean(stored), stored)
        sources[key] = source
        project.documents.append(
            ForeignDocument(source.key, name, source.text, memo=text(row["memo"]), attributes=attributes.get(key, {}))
        )
    if without:
        what = ngettext(
            "{n} source without text (a picture, sound or video): {names}",
            "{n} sources without text (pictures, sound or video): {names}",
            len(without),
        )
        project.left_out.append(what.format(n=len(without), names=", ".join(without[:10])))
    return sources


def _codes(tables: Tables, project: ForeignProject, born: str) -> dict[int, str]:
    """The keys of the codes by their number; categories and codes are put among the codes of the project."""
    found: dict[str, ForeignCode] = {}
    codes: dict[int, str] = {}
    for row in tables.rows("code_cat", ("catid", "name", "memo", "supercatid"), "catid"):
        category = number(row["catid"])
        if category is not None:
            key = f"{born} category {category}"
            above = number(row["supercatid"])
            parent = None if above is None else f"{born} category {above}"
            found[key] = ForeignCode(key, text(row["name"]), parent, text(row["memo"]), codable=False)
    for row in tables.rows("code_name", ("cid", "name", "memo", "catid", "supercid", "color"), "cid"):
        code = number(row["cid"])
        if code is None:
            continue
        codes[code] = key = f"{born} code {code}"
        category, above = number(row["catid"]), number(row["supercid"])
        parent = (
            f"{born} code {above}" if above is not None else None if category is None else f"{born} category {category}"
        )
        found[key] = ForeignCode(key, text(row["name"]), parent, text(row["memo"]), text(row["color"]))
    parents, circles = without_circles({key: code.parent for key, code in found.items()})
    if circles:
        what = ngettext(
            "{n} category lies within itself; it stands at the top now",
            "{n} categories lie within themselves; they stand at the top now",
            circles,
        )
        project.doubts.append(what.format(n=circles))
    project.codes += [
        ForeignCode(key, code.label, parents[key], code.description, code.colour, code.codable)
        for key, code in found.items()
    ]
    return codes


def _codings(tables: Tables, sources: Mapping[int, _Source], codes: Mapping[int, str], project: ForeignProject) -> None:
    columns = ("cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important")
    rows: dict[int, list[dict[str, Value]]] = {}
    lost = moved = important = 0
    for row in tables.rows("code_text", columns):
        file = number(row["fid"])
        if file is None or file not in sources or number(row["cid"]) not in codes or _places(row) is None:
            lost += 1
        else:
            rows.setdefault(file, []).append(row)
    for file, of_source in rows.items():
        source = sources[file]
        count = _best_count(source, of_source)
        for row in of_source:
            quote, owner = text(row["seltext"]), text(row["owner"])
            span = _span(row, count, len(source.text))
            found = _found(source.text, span, quote)
            moved += found != span
            important += number(row["important"]) == 1
            key = f"{source.key} {row['pos0']} {row['pos1']} {row['cid']} {owner}"
            code = codes[number(row["cid"]) or 0]
            project.codings.append(
                ForeignCoding(key, source.key, found, code, owner, _time(row["date"]), text(row["memo"]), quote)
            )
    if lost:
        what = ngettext(
            "{n} coding whose code, source or place is not in the project any more",
            "{n} codings whose code, source or place is not in the project any more",
            lost,
        )
        project.left_out.append(what.format(n=lost))
    if important:
        what = ngettext("the mark “important” on {n} coding", "the mark “important” on {n} codings", important)
        project.left_out.append(what.format(n=important))
    if moved:
        what = ngettext(
            "{n} coding stood beside its words and was put on them; look at it",
            "{n} codings stood beside their words and were put on them; look at them",
            moved,
        )
        project.doubts.append(what.format(n=moved))


def _places(row: Mapping[str, Value]) -> tuple[int, int] | None:
    start, end = number(row["pos0"]), number(row["pos1"])
    return (start, end) if start is not None and end is not None and 0 <= start < end else None


def _span(row: Mapping[str, Value], count: Callable[[int], int], length: int) -> Span:
    start, end = _places(row) or (0, 0)
    return Span(min(count(start), length), min(count(end), length))


def _best_count(source: _Source, rows: list[dict[str, Value]]) -> Callable[[int], int]:
    """The way of counting by which most codings stand on the words that QualCoder kept with them."""
    counts = source.counts()
    if len(counts) == 1:
        return counts[0]
    quotes = [(row, plain(text(row["seltext"]))) for row in rows[:200]]
    length = len(source.text)
    return max(
        counts,
        key=lambda count: sum(plain(_span(row, count, length).of(source.text)) == quote for row, quote in quotes),
    )


def _found(whole: str, span: Span, quote: str) -> Span:
    """`span`, or the nearest place where `quote` stands letter for letter if it does not stand there."""
    if not quote or plain(span.of(whole)) == plain(quote):
        return span
    first = max(0, span.start - _NEAR)
    window = whole[first : span.start + _NEAR + len(quote)]
    starts = sorted(_starts(quote, window), key=lambda at: abs(first + at - span.start))
    return Span(first + starts[0], first + starts[0] + len(quote)) if starts else span


def _starts(quote: str, window: str) -> Iterator[int]:
    at = window.find(quote)
    while at >= 0:
        yield at
        at = window.find(quote, at + 1)


def _notes(tables: Tables, sources: Mapping[int, _Source], project: ForeignProject) -> None:
    """Memos on codes are their descriptions already: here are notes on passages, and the journal."""
    for row in tables.rows("annotation", ("anid", "fid", "pos0", "pos1", "memo", "owner", "date"), "anid"):
        source = sources.get(number(row["fid"]) or 0)
        if source is not None:
            span = _span(row, source.counts()[0], len(source.text)) if _places(row) else None
            _memo(project, f"annotation {row['anid']}", "document", source.key, row["memo"], row, span)
    for row in tables.rows("journal", ("jid", "name", "jentry", "owner", "date"), "jid"):
        parts = (text(row["name"]), text(row["jentry"]))
        _memo(project, f"journal {row['jid']}", "project", "", "\n".join(filter(None, parts)), row)


def _memo(
    project: ForeignProject,
    key: str,
    on: str,
    target: str,
    written: Value,
    row: Mapping[str, Value] | None = None,
    span: Span | None = None,
) -> None:
    if text(written).strip():
        owner, date = (text(row["owner"]), _time(row["date"])) if row else ("", "")
        project.memos.append(ForeignMemo(key, on, target, text(written), owner, date, span))


def _cases(tables: Tables, sources: Mapping[int, _Source], project: ForeignProject) -> None:
    attributes = _attributes(tables, "case")
    texts: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for row in tables.rows("case_text", ("caseid", "fid", "pos0", "pos1")):
        case, source = number(row["caseid"]), number(row["fid"])
        if case is not None and source is not None and source in sources:
            place = (number(row["pos0"]) or 0, number(row["pos1"]) or 0)
            texts.setdefault(case, {}).setdefault(source, []).append(place)
    parts = 0
    for row in tables.rows("cases", ("caseid", "name", "memo", "owner", "date"), "caseid"):
        case = number(row["caseid"])
        if case is None:
            continue
        documents = []
        for source, places in texts.get(case, {}).items():
            documents.append(sources[source].key)
            # QualCoder gives a case a whole file from 0 to its length, or to one less
            whole = any(start == 0 and end >= len(sources[source].stored) - 1 for start, end in places)
            parts += not whole
        known = attributes.get(case, {})
        if text(row["memo"]).strip():
            known = {**known, "memo": text(row["memo"])}
        project.cases.append(ForeignCase(f"case {case}", text(row["name"]), tuple(documents), known))
    if parts:
        what = ngettext(
            "{n} time a case holds only a part of a text; the informant has the whole text now",
            "{n} times a case holds only a part of a text; the informants have the whole texts now",
            parts,
        )
        project.doubts.append(what.format(n=parts))


def _attributes(tables: Tables, of: str) -> dict[int, dict[str, str]]:
    """The attributes of files or cases, by the number of what they belong to."""
    found: dict[int, dict[str, str]] = {}
    for row in tables.rows("attribute", ("name", "attr_type", "value", "id"), "attrid"):
        key, value = number(row["id"]), text(row["value"]).strip()
        if key is not None and text(row["attr_type"]).casefold() == of and value:
            found.setdefault(key, {})[text(row["name"])] = value
    return found


def _time(written: Value) -> str:
    return utc(text(written), zone=None)
