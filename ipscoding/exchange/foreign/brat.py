"""Texts annotated with brat: a `.ann` file beside each `.txt`, one of them or a folder of them.

Entities are codings: their notes and attributes are the memo, an attribute that names a direction (`Valence hinders`,
say) is the valence. Places count code points, ends exclusive. brat does not write who annotated; where the same text
lies in several folders, each folder is a coder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ipscoding.domain import Span, Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.codings_in import valence_of
from ipscoding.exchange.foreign.folder import decoded, files_in, read_bytes, read_text
from ipscoding.exchange.foreign.project import ForeignCode, ForeignCoding, ForeignDocument, ForeignProject
from ipscoding.exchange.foreign.trees import without_circles
from ipscoding.i18n import _, ngettext

PROGRAM = "brat"
VALENCE_NAMES = ("valence", "valens", "retning", "direction")
"""What an attribute, a feature or a column that holds the direction may be called, in small letters."""

_ENTITY = re.compile(r"(T\S+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t(.*))?")
_ATTRIBUTE = re.compile(r"[AM]\S*\t(\S+) (\S+)(?: (.*))?")
_NOTE = re.compile(r"#\S*\t\S+ (\S+)\t(.*)")


@dataclass
class _Entity:
    """One text-bound annotation: its type, its stretches, and what is said about it."""

    id: str
    type: str
    spans: list[Span]
    text: str
    notes: list[str] = field(default_factory=list)
    valence: Valence = Valence.NONE


@dataclass
class _Told:
    """What is counted over all files, to be told in the end."""

    parted: int = 0
    unread: int = 0
    relations: int = 0


def is_brat(path: Path, _head: bytes) -> bool:
    """Whether `path` is a `.ann` file with its text beside it, or a folder that holds such."""
    if path.is_dir():
        return next((True for file in path.rglob("*.ann") if file.with_suffix(".txt").is_file()), False)
    return path.suffix.lower() == ".ann" and path.with_suffix(".txt").is_file()


def read_brat(path: Path, by: str = "") -> ForeignProject:
    """Read the `.ann` file at `path`, or all in a folder; `by` is who annotated.

    An annotation of several stretches becomes one coding from its first to its last character, and that is told, as are
    relations and events, which are left out. Raises `FileProblem` where a file cannot be read or its text is missing.
    """
    folder = path if path.is_dir() else path.parent
    files = [file for file in files_in(path) if file.suffix.lower() == ".ann"] if path.is_dir() else [path]
    if not files:
        raise FileProblem(_("{path} holds no .ann file").format(path=path), _("Check that it is the right folder"))
    project = ForeignProject(path.resolve().stem, PROGRAM)
    told = _Told()
    texts = {file: _text_beside(file) for file in files}
    twins: dict[tuple[str, str], list[Path]] = {}
    for file, raw in texts.items():
        twins.setdefault((file.stem, raw), []).append(file)
    names: set[str] = set()
    used: dict[str, None] = {}
    for (stem, raw), of_text in twins.items():
        name = stem if stem not in names else of_text[0].relative_to(folder).with_suffix("").as_posix()
        names.add(name)
        project.documents.append(ForeignDocument(name, name, _with_lf(raw)))
        for file in of_text:
            coder = by or (file.parent.name if len(of_text) > 1 else "")
            for entity in _entities(read_text(file), told):
                used[entity.type] = None
                project.codings.append(_coding(entity, raw, name, coder, told))
    _codes(files, project, used)
    project.coders = {c.coder: c.coder for c in project.codings if c.coder}
    _tell(project, told)
    return project


def _text_beside(file: Path) -> str:
    text = file.with_suffix(".txt")
    if not text.is_file():
        raise FileProblem(
            _("The text of {file} is missing: there is no {text}").format(file=file, text=text.name),
            _("Put the .txt file beside the .ann file"),
        )
    data = read_bytes(text)
    decoded(data, text)
    # brat counts every character of the file, also the two of a line end on Windows
    return data.decode("utf-8")


def _with_lf(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _entities(written: str, told: _Told) -> list[_Entity]:
    entities: dict[str, _Entity] = {}
    about: list[tuple[str, str, Valence | None]] = []
    for line in written.split("\n"):
        entity = _ENTITY.fullmatch(line)
        attribute = _ATTRIBUTE.fullmatch(line)
        note = _NOTE.fullmatch(line)
        if entity:
            pairs = (pair.split() for pair in entity[3].split(";"))
            spans = [Span(int(start), int(end)) for start, end in pairs if int(start) <= int(end)]
            if spans:
                entities[entity[1]] = _Entity(entity[1], entity[2], spans, entity[4] or "")
            told.unread += not spans
        elif attribute:
            name, value = attribute[1], attribute[3] or ""
            valence = valence_of(value) if value and name.casefold() in VALENCE_NAMES else None
            about.append((attribute[2], f"{name}: {value}" if value else name, valence))
        elif note:
            about.append((note[1], note[2], None))
        elif line[:1] in ("R", "E", "*", "N"):
            told.relations += 1
        else:
            told.unread += bool(line.strip())
    for target, said, valence in about:
        if target not in entities:
            continue
        if valence is None:
            entities[target].notes.append(said)
        else:
            entities[target].valence = valence
    return list(entities.values())


def _coding(entity: _Entity, raw: str, document: str, coder: str, told: _Told) -> ForeignCoding:
    first, last = min(span.start for span in entity.spans), max(span.end for span in entity.spans)
    told.parted += len(entity.spans) > 1
    # our texts have one character where a file from Windows has two
    span = Span(first - raw.count("\r\n", 0, first), last - raw.count("\r\n", 0, last))
    return ForeignCoding(
        f"{coder}/{document}/{entity.id}",
        document,
        span,
        entity.type,
        coder,
        memo="\n".join(entity.notes),
        quote=entity.text if len(entity.spans) == 1 else "",
        valence=entity.valence,
    )


def _codes(files: list[Path], project: ForeignProject, used: Mapping[str, None]) -> None:
    """The entity types of `annotation.conf`, by tabs below one another, with the labels of `visual.conf`."""
    parents: dict[str, str | None] = {}
    closed: set[str] = set()
    labels: dict[str, str] = {}
    for folder in dict.fromkeys(parent for file in files for parent in (file.parent, file.parent.parent)):
        above: list[str] = []
        for line in _section(folder / "annotation.conf", "entities"):
            name = line.split()[0].removeprefix("!")
            depth = min(len(line) - len(line.lstrip("\t")), len(above))
            above = [*above[:depth], name]
            parents.setdefault(name, above[depth - 1] if depth else None)
            if line.strip().startswith("!"):
                closed.add(name)
        for line in _section(folder / "visual.conf", "labels"):
            name, _bar, rest = line.partition("|")
            labels.setdefault(name.strip(), rest.partition("|")[0].strip())
    parents |= {name: None for name in used if name not in parents}
    sound, _circles = without_circles(parents)
    project.codes += [
        ForeignCode(name, labels.get(name) or name.replace("_", " "), parent, codable=name not in closed)
        for name, parent in sound.items()
    ]


def _section(path: Path, wanted: str) -> list[str]:
    """The lines of one section of a configuration file, without comments, macros and separators."""
    lines: list[str] = []
    section = ""
    for line in read_text(path).split("\n") if path.is_file() else ():
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]"):
            section = bare[1:-1].casefold()
        elif section == wanted and bare and not bare.startswith(("#", "<", "---")):
            lines.append(line.rstrip())
    return lines


def _tell(project: ForeignProject, told: _Told) -> None:
    if told.parted:
        what = ngettext(
            "{n} annotation of several stretches is one coding now, from its first to its last character",
            "{n} annotations of several stretches are one coding each now, from the first to the last character",
            told.parted,
        )
        project.doubts.append(what.format(n=told.parted))
    if told.relations:
        what = ngettext("{n} relation or event", "{n} relations or events", told.relations)
        project.left_out.append(what.format(n=told.relations))
    if told.unread:
        what = ngettext("{n} line that brat would not write", "{n} lines that brat would not write", told.unread)
        project.left_out.append(what.format(n=told.unread))
