"""Projects of qualitative-coding (`qc`): a folder with settings, texts, a tree of codes, and codes on whole lines.

Each coded line is one coding, from the first to the last character of the line, so that the figures stay the same. From
version 1.0 on the codes are in a database, before that in one file for each text and coder.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from ipscoding.domain import Span
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.folder import decoded, files_in, is_within, read_bytes, read_text
from ipscoding.exchange.foreign.project import ForeignCode, ForeignCoding, ForeignDocument, ForeignMemo, ForeignProject
from ipscoding.exchange.foreign.sqlite_in import Tables, number, text
from ipscoding.exchange.foreign.times import utc
from ipscoding.i18n import _, ngettext

PROGRAM = "qualitative-coding"
SETTINGS = "settings.yaml"
_DEEPEST = 100
LARGEST_TREE = 512 * 1024
"""The largest codebook or settings file, in bytes."""

_NEEDED = {
    "document": ("file_path",),
    "document_index": ("id", "name", "document_id"),
    "location": ("id", "document_index_id"),
    "coded_line": ("id", "line", "coder_id", "code_id"),
    "coded_line_location_association": ("coded_line_id", "location_id"),
}
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class _CodedLine:
    """One code on one line (from 0) of the text at a path in the corpus."""

    path: str
    line: int
    code: str
    coder: str


def is_qualitative_coding(path: Path, _head: bytes) -> bool:
    """Whether `path` is the folder of a qc project, or the settings in it."""
    settings = path / SETTINGS if path.is_dir() else path
    if settings.suffix.lower() not in (".yaml", ".yml") or not settings.is_file():
        return False
    try:
        return "corpus_dir" in _yaml(settings)
    except FileProblem:
        return False


def read_qualitative_coding(path: Path) -> ForeignProject:
    """Read the qc project in the folder at `path` (or by its settings file).

    Texts whose files are missing are listed as left out. Raises `FileProblem` where a part of the project is missing,
    damaged, or lies outside its folder.
    """
    settings_path = path / SETTINGS if path.is_dir() else path
    settings = _yaml(settings_path)
    if not isinstance(settings, dict) or "corpus_dir" not in settings:
        raise FileProblem(
            _("{path} is not the settings of a qc project").format(path=settings_path),
            _("Name the folder that holds {name}").format(name=SETTINGS),
        )
    root = settings_path.parent
    corpus = _inside(root, settings, "corpus_dir", "corpus")
    project = ForeignProject(root.resolve().name, PROGRAM)
    database = _inside(root, settings, "database", "qualitative_coding.sqlite3")
    hashes: dict[str, str] = {}
    if "database" in settings or database.exists():
        with Tables(database, PROGRAM) as tables:
            tables.need(_NEEDED)
            hashes = {
                text(row["file_path"]): text(row["file_hash"])
                for row in tables.rows("document", ("file_path", "file_hash"))
            }
            coded = list(_coded_lines(tables))
            used = [text(row["name"]) for row in tables.rows("code", ("name",))]
    else:
        hashes = dict.fromkeys((file.relative_to(corpus).as_posix() for file in files_in(corpus)), "")
        coded = list(_coded_infiles_in(_inside(root, settings, "codes_dir", "codes"), hashes))
        used = []
    _codes(_inside(root, settings, "codebook", "codebook.yaml"), project, [*used, *(one.code for one in coded)])
    lines = _documents(corpus, hashes, project)
    _codings(coded, lines, project)
    _memos(_inside(root, settings, "memos_dir", "memos"), project)
    people = [coding.coder for coding in project.codings] + [memo.coder for memo in project.memos]
    project.coders = {name: name for name in dict.fromkeys(people) if name}
    return project


def _coded_lines(tables: Tables) -> Iterator[_CodedLine]:
    paths = {
        number(row["id"]): text(row["document_id"])
        for row in tables.rows("document_index", ("id", "name", "document_id"))
        if row["name"] == "paragraphs"
    }
    places = {
        number(row["id"]): paths[number(row["document_index_id"])]
        for row in tables.rows("location", ("id", "document_index_id"))
        if number(row["document_index_id"]) in paths
    }
    of_line: dict[int | None, str] = {}
    for row in tables.rows("coded_line_location_association", ("coded_line_id", "location_id")):
        if number(row["location_id"]) in places:
            of_line.setdefault(number(row["coded_line_id"]), places[number(row["location_id"])])
    for row in tables.rows("coded_line", ("id", "line", "coder_id", "code_id"), "id"):
        line = number(row["line"])
        path = of_line.get(number(row["id"]), "")
        yield _CodedLine(path, -1 if line is None else line, text(row["code_id"]), text(row["coder_id"]))


def _coded_infiles_in(folder: Path, paths: Mapping[str, str]) -> Iterator[_CodedLine]:
    """Before version 1.0: `codes/interview.txt.kari.codes` has a line with codes for each line of the text."""
    for file in files_in(folder):
        name = file.relative_to(folder).as_posix()
        path, _dot, coder = name.removesuffix(".codes").rpartition(".")
        if name.endswith(".codes") and path in paths:
            for line, codes in enumerate(read_text(file).split("\n")):
                for code in filter(None, map(str.strip, codes.split(","))):
                    yield _CodedLine(path, line, code, coder)


def _documents(corpus: Path, hashes: Mapping[str, str], project: ForeignProject) -> dict[str, list[Span]]:
    """The places of the lines of each text, by its path."""
    lines: dict[str, list[Span]] = {}
    missing: list[str] = []
    changed: list[str] = []
    for path, sha1 in sorted(hashes.items()):
        file = corpus / path
        if not is_within(file, corpus) or not file.is_file():
            missing.append(path)
            continue
        data = read_bytes(file)
        if sha1 and hashlib.sha1(data, usedforsecurity=False).hexdigest() != sha1:
            changed.append(path)
        whole = decoded(data, file)
        places: list[Span] = []
        start = 0
        for line in whole.split("\n"):
            places.append(Span(start, start + len(line)))
            start += len(line) + 1
        lines[path] = places
        project.documents.append(ForeignDocument(path, path.removesuffix(".txt"), whole))
    if missing:
        what = ngettext(
            "{n} text whose file is not there: {names}", "{n} texts whose files are not there: {names}", len(missing)
        )
        project.left_out.append(what.format(n=len(missing), names=", ".join(missing[:10])))
    if changed:
        what = ngettext(
            "{n} text was changed after it was coded, so its codings may stand on other lines: {names}",
            "{n} texts were changed after they were coded, so their codings may stand on other lines: {names}",
            len(changed),
        )
        project.doubts.append(what.format(n=len(changed), names=", ".join(changed[:10])))
    return lines


def _codings(coded: list[_CodedLine], lines: Mapping[str, list[Span]], project: ForeignProject) -> None:
    beyond = 0
    for one in coded:
        places = lines.get(one.path)
        if places is None or not 0 <= one.line < len(places):
            beyond += 1
            continue
        key = f"{one.path}:{one.line}:{one.coder}:{one.code}"
        project.codings.append(ForeignCoding(key, one.path, places[one.line], one.code, one.coder))
    if beyond:
        what = ngettext("{n} coded line that no text has", "{n} coded lines that no text has", beyond)
        project.left_out.append(what.format(n=beyond))


def _codes(path: Path, project: ForeignProject, used: list[str]) -> None:
    """The tree of the codebook file, then codes that are only used. A name is one code, wherever it stands."""
    found: dict[str, ForeignCode] = {}
    again = 0
    stack: list[tuple[Any, str | None, int]] = [(_yaml(path) if path.exists() else None, None, 0)]
    while stack:
        node, parent, depth = stack.pop()
        if depth > _DEEPEST:
            raise FileProblem(
                _("{path}: codes are nested deeper than {n} levels").format(path=path, n=_DEEPEST),
                _("Check that it is the codebook of a qc project"),
            )
        if isinstance(node, list):
            stack += [(child, parent, depth) for child in reversed(node)]
        elif isinstance(node, dict):
            for name, children in reversed(node.items()):
                stack += [(children, str(name), depth + 1), (str(name), parent, depth)]
        elif node is not None and str(node) in found:
            again += 1
        elif node is not None:
            found[str(node)] = ForeignCode(str(node), str(node), parent)
    if again:
        what = ngettext(
            "{n} code stands in several places of the codebook; it is in the first of them now",
            "{n} codes stand in several places of the codebook; they are in the first of them now",
            again,
        )
        project.doubts.append(what.format(n=again))
    for name in used:
        found.setdefault(name, ForeignCode(name, name))
    project.codes += found.values()


def _memos(folder: Path, project: ForeignProject) -> None:
    """Memo files, called `2026-01-31-12-00_kari_about.md` by qc."""
    for file in files_in(folder):
        if file.suffix == ".md" and (written := read_text(file).strip()):
            parts = file.stem.split("_", 2)
            coder = parts[1] if len(parts) > 1 else ""
            date, time = file.stem[:10], file.stem[11:16].replace("-", ":")
            project.memos.append(
                ForeignMemo(file.name, "project", "", written, coder, utc(f"{date}T{time}", zone=None))
            )


def _inside(root: Path, settings: Mapping[str, Any], name: str, default: str) -> Path:
    path = root / str(settings.get(name) or default)
    if not is_within(path, root):
        raise FileProblem(
            _("{path}: “{name}” leads out of the project's folder").format(path=root / SETTINGS, name=name),
            _("Put everything into one folder and correct the settings"),
        )
    return path


def _yaml(path: Path) -> Any:
    written = read_text(path, LARGEST_TREE)
    reader = YAML(typ="safe", pure=True)
    try:
        depth = 0
        for event in reader.parse(io.StringIO(written)):
            # a file with aliases can be small and endless to walk; qc writes none
            if isinstance(event, AliasEvent):
                raise FileProblem(_("{path} holds YAML aliases").format(path=path), _("Write the names out"))
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > _DEEPEST:
                raise RecursionError  # known before the reader has spent seconds on it
        return reader.load(io.StringIO(written))
    except (YAMLError, ValueError, RecursionError) as error:
        raise FileProblem(
            _("{path} is not a YAML file that can be read").format(path=path), _("Check it in a text editor")
        ) from error
