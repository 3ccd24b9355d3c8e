"""The file around a REFI-QDA project: a zip with one .qde and a folder of texts, opened with care, never unpacked."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ipscoding.errors import FileProblem
from ipscoding.files import unreadable
from ipscoding.i18n import _

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_XML = 100 * 1024 * 1024
"""Bytes of XML that are read: some two hundred thousand codings."""
LARGEST_TEXT = 20 * 1024 * 1024
LARGEST_ALL = 1024 * 1024 * 1024
_MOST_ENTRIES = 50_000
_HIGHEST_RATIO = 500
_SMALL = 1024 * 1024
_DEEPEST = 200
_SCHEME = re.compile(r"([a-z]+):/*", re.IGNORECASE)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)


@dataclass
class Package:
    """An opened project: its XML tree without namespaces, and what gives the bytes of a text by its path.

    `text` gives None for a path that leads outside the file or to nothing; `outside` counts the former.
    """

    root: "Element"
    read: Callable[[str], bytes | None]
    outside: int = 0
    missing: int = 0
    cache: dict[str, bytes | None] = field(default_factory=dict)

    def text(self, path: str) -> bytes | None:
        """The bytes of what `path` names (`internal://NAME`, or a name alone)."""
        scheme = _SCHEME.match(path)
        if scheme and scheme[1].lower() != "internal":
            self.outside += 1
            return None
        name = path[scheme.end() :] if scheme else path
        if name not in self.cache:
            self.cache[name] = self.read(name)
        if self.cache[name] is None:
            self.missing += 1
        return self.cache[name]


def open_package(path: Path) -> Package:
    """The project in a .qdpx, or in a .qde whose texts lie in a folder `sources` beside it.

    Raises `FileProblem` for what is damaged, holds no or several projects, or could harm: paths that lead out of the
    file, far more bytes than there seem to be, document types and entities, elements too deep in each other.
    """
    data = _bytes(path, LARGEST_ALL)
    if data[:2] != b"PK":
        return Package(parse_xml(data, path.name), _beside(path))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = _entries(archive, path)
        projects = [name for name in entries if "/" not in name and name.endswith(".qde")]
        if "project.qde" in projects:
            projects = ["project.qde"]
        if len(projects) != 1:
            raise FileProblem(
                _("{file} holds {n} files that end in .qde; a project has one").format(file=path.name, n=len(projects)),
                _("Export the project again from the program it comes from"),
            )
        xml = _read(archive, entries[projects[0]], LARGEST_XML, path)
    except (*_DAMAGED, OSError) as error:
        raise damaged(path.name) from error

    def read(name: str) -> bytes | None:
        wanted = unquote(name).replace("\\", "/").lower().removeprefix("/")
        found = next(
            (entries[one] for one in (f"sources/{wanted}", wanted, f"source/{wanted}") if one in entries), None
        )
        try:
            return None if found is None else _read(archive, found, LARGEST_TEXT, path)
        except (*_DAMAGED, OSError) as error:
            raise damaged(path.name) from error

    return Package(parse_xml(xml, path.name), read)


def damaged(name: str) -> FileProblem:
    """The error for a file that is not whole."""
    return FileProblem(
        _("{file} is damaged or not a REFI-QDA file").format(file=name),
        _("Export it again from the program it comes from, or copy it again"),
    )


def read_bytes(path: Path) -> bytes:
    """The bytes of an XML file; raises `FileProblem` where it cannot be read or is too large."""
    return _bytes(path, LARGEST_XML)


def _bytes(path: Path, largest: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise FileProblem(_("{file} is not a file").format(file=path), _("Name a .qdpx, .qde or .qdc file"))
        if path.stat().st_size > largest:
            raise _too_large(path.name)
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def _too_large(name: str) -> FileProblem:
    return FileProblem(
        _("{file} holds more than can be read").format(file=name),
        _("Export it without recordings and pictures; interviews take little room"),
    )


def _entries(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """What is in the archive, by path in lower case; raises `FileProblem` where it could harm."""
    infos = archive.infolist()
    if len(infos) > _MOST_ENTRIES:
        raise _too_large(path.name)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.partition("/")[0]:
            raise FileProblem(
                _("{file} holds a path that leads out of it").format(file=path.name),
                _("It was not made by a program for research: ask where it comes from"),
            )
        if not info.is_dir():
            found.setdefault(name.lower(), info)
    return found


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int, path: Path) -> bytes:
    if info.file_size > largest:
        raise _too_large(path.name)
    if info.file_size > _SMALL and info.file_size > _HIGHEST_RATIO * max(info.compress_size, 1):
        raise FileProblem(
            _("{file} unpacks to far more than its size").format(file=path.name),
            _("It was not made by a program for research: ask where it comes from"),
        )
    with archive.open(info) as file:
        # what the directory says of the size may be a lie
        data = file.read(largest + 1)
    if len(data) > largest:
        raise _too_large(path.name)
    return data


def _beside(path: Path) -> Callable[[str], bytes | None]:
    """Texts of an unpacked project: only files right in the folder `sources` beside it."""
    folders = [one for one in path.parent.iterdir() if one.is_dir() and one.name.lower() in ("sources", "source")]

    def read(name: str) -> bytes | None:
        wanted = unquote(name)
        if "/" in wanted or "\\" in wanted or wanted in ("", ".", ".."):
            return None
        for folder in folders:
            file = folder / wanted
            if file.is_file() and not file.is_symlink():
                return _bytes(file, LARGEST_TEXT)
        return None

    return read


def parse_xml(data: bytes, name: str) -> "Element":
    """The tree in `data` with local names only (`{namespace}Code` is `Code`).

    Raises `FileProblem` where it is not XML, has a document type or entities, or is deeper than anything real.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileProblem(
            _("{file} has a document type or entities, which no such file needs").format(file=name),
            _("It was not made by a program for research: ask where it comes from"),
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise damaged(name) from error
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        if depth > _DEEPEST:
            raise FileProblem(
                _("{file} has elements in each other {n} deep").format(file=name, n=depth),
                _("Export it again from the program it comes from"),
            )
        element.tag = str(element.tag).rpartition("}")[2]
        stack.extend((child, depth + 1) for child in element)
    return root
