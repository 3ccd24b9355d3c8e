"""Texts annotated in INCEpTION or another UIMA tool: CAS as JSON or XMI, in files, zips or the folders of a project.

Every annotation of a layer of the team's own is a coding; its code is the value of a feature. UIMA counts UTF-16 units,
which the library that reads the files makes code points of. That library is an extra: `ipscoding[uima]`.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipscoding.domain import Span, Valence
from ipscoding.errors import FileProblem, near_hint
from ipscoding.exchange.codings_in import valence_of
from ipscoding.exchange.foreign.brat import VALENCE_NAMES
from ipscoding.exchange.foreign.folder import LARGEST, files_in, read_bytes
from ipscoding.exchange.foreign.project import ForeignCode, ForeignCoding, ForeignDocument, ForeignProject
from ipscoding.i18n import _, ngettext

PROGRAM = "UIMA CAS"

NAMED = ("layer", "code", "valence", "memo")
"""What the user can say the name of."""

_SUFFIXES = (".xmi", ".json", ".zip")
_NOBODY = ("INITIAL_CAS",)
"""File names in a project of INCEpTION that are nobody's."""

_CODE_NAMES = ("code", "kode", "value", "verdi", "label", "identifier", "tag")
_MEMO_NAMES = ("memo", "notat", "comment", "note", "kommentar")
_TOOLS = ("uima.", "de.tudarmstadt.", "org.dkpro.", "webanno.internal.")
_NAMED_ENTITY = ".NamedEntity"
_META = ".DocumentMetaData"
_JSON_MARKS = (b'"%TYPES"', b'"%FEATURE_STRUCTURES"', b'"%VIEWS"')
_LAYER = "layer:"


@dataclass(frozen=True, slots=True)
class _File:
    """One CAS: where it was found, what it holds, and the type system beside it."""

    path: Path
    name: str
    data: bytes
    types: bytes | None


@dataclass
class _Told:
    relations: int = 0
    empty: int = 0
    unsure: int = 0


def is_cas(path: Path, head: bytes) -> bool:
    """Whether `path` is a CAS, a zip with one, or a folder that holds such."""
    if path.is_dir():
        return any(_is_cas_file(file, _head(file)) for file in _candidates(path)[:20])
    return _is_cas_file(path, head)


def read_cas(path: Path, named: Mapping[str, str] | None = None, by: str = "") -> ForeignProject:
    """Read the CAS at `path`, or all in a folder; `by` is who annotated where the file does not say.

    `named` tells what is what: `layer` (a type's full or last name; default: all of the team's own), `code`, `valence`
    and `memo` (features). In a project of INCEpTION a file is called after who annotated, its folder after the text.
    Raises `FileProblem` where a file cannot be read, and where the library is not installed.
    """
    named = named or {}
    project = ForeignProject(path.resolve().stem, PROGRAM)
    told = _Told()
    texts: dict[tuple[str, str], str] = {}
    layers: dict[str, None] = {}
    known: set[str] = set()
    paths = _candidates(path) if path.is_dir() else [path]
    found = [one for file in paths for one in _files(file)]
    if not found:
        raise FileProblem(
            _("{path} holds no CAS as JSON or XMI").format(path=path), _("Export it from INCEpTION as UIMA CAS JSON")
        )
    for one in found:
        cas = _load(one)
        whole = cas.sofa_string if isinstance(cas.sofa_string, str) else ""
        coder = by or _coder(one, found)
        name = one.path.parent.name if _coder(one, found) else _title(cas) or one.path.stem
        raw = whole.replace("\r\n", "\n").replace("\r", "\n")
        key = texts.get((name, raw))
        if key is None:
            key = texts[(name, raw)] = f"{len(texts) + 1} {name}"
            project.documents.append(ForeignDocument(key, name, raw))
        known |= _known(cas)
        for annotation in _annotations(cas, named.get("layer", ""), told, layers):
            project.codings += _codings(annotation, whole, key, coder, named, told)
    _refuse_unknown(named, known, path)
    used = dict.fromkeys(coding.code for coding in project.codings)
    project.codes += [ForeignCode(key, key.removeprefix(_LAYER)) for key in used]
    project.coders = {coding.coder: coding.coder for coding in project.codings if coding.coder}
    _tell(project, told, layers)
    return project


def _known(cas: Any) -> set[str]:
    """The names of all types (in full and their last part) and features, in small letters."""
    names: set[str] = set()
    for kind in cas.typesystem.get_types():
        names |= {kind.name, kind.name.rpartition(".")[2], *(feature.name for feature in kind.all_features)}
    return {name.casefold() for name in names}


def _refuse_unknown(named: Mapping[str, str], known: set[str], path: Path) -> None:
    for what, name in named.items():
        if what not in NAMED:
            raise FileProblem(
                _("There is no “{name}” in a CAS").format(name=what), near_hint(what, NAMED, ", ".join(NAMED))
            )
        if name.casefold() not in known:
            raise FileProblem(
                _("{path} has no layer or feature “{name}”").format(path=path, name=name), near_hint(name, known)
            )


def _candidates(folder: Path) -> list[Path]:
    return [file for file in files_in(folder) if file.suffix.lower() in _SUFFIXES and file.stem not in _NOBODY]


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return b""


def _is_cas_file(path: Path, head: bytes) -> bool:
    suffix = path.suffix.lower()
    if suffix == ".zip" and head.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as zipped:
                return any(name.endswith(".xmi") or name == "TypeSystem.xml" for name in zipped.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
    return (suffix == ".xmi" and b"<" in head) or (suffix == ".json" and any(mark in head for mark in _JSON_MARKS))


def _files(path: Path) -> Iterator[_File]:
    data = read_bytes(path)
    if path.suffix.lower() == ".zip":
        yield from _in_zip(path, data)
    elif path.suffix.lower() == ".xmi":
        beside = next(
            (file for name in ("TypeSystem.xml", "typesystem.xml") if (file := path.with_name(name)).is_file()), None
        )
        yield _File(path, path.name, data, read_bytes(beside) if beside else None)
    elif any(mark in data for mark in _JSON_MARKS):
        yield _File(path, path.name, data, None)


def _in_zip(path: Path, data: bytes) -> Iterator[_File]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            held = {info.filename: info for info in zipped.infolist()[:100]}
            types = _unzipped(zipped, held["TypeSystem.xml"]) if "TypeSystem.xml" in held else None
            for name, info in held.items():
                if name.endswith((".xmi", ".json")):
                    yield _File(path, name, _unzipped(zipped, info), types)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        raise FileProblem(_("{path} is damaged").format(path=path), _("Export it anew")) from error


def _unzipped(zipped: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with zipped.open(info) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileProblem(
            _("{name} in the zip is larger than {size} MB").format(name=info.filename, size=LARGEST // 1024**2),
            _("Check that it is the right file"),
        )
    return data


def _load(one: _File) -> Any:
    try:
        import cassis
    except ImportError as error:
        raise FileProblem(
            _("UIMA CAS cannot be read: the library for it is not installed"),
            _("Install it with: pip install 'ipscoding[uima]'"),
        ) from error
    for data in (one.data, one.types or b""):
        if one.name.endswith(".xmi") and (b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data):
            raise FileProblem(
                _("{path} has a document type, which no CAS has").format(path=one.path), _("Export it anew")
            )
    if one.name.endswith(".xmi") and one.types is None:
        raise FileProblem(
            _("The type system of {path} is missing").format(path=one.path),
            _("Put TypeSystem.xml, which was exported with it, beside it"),
        )
    try:
        with warnings.catch_warnings():
            # of types that the file uses and does not describe; they are no layers of the team's own
            warnings.simplefilter("ignore")
            if one.name.endswith(".json"):
                return cassis.load_cas_from_json(io.StringIO(one.data.decode("utf-8-sig")))
            types = cassis.load_typesystem(io.BytesIO(one.types or b""))
            return cassis.load_cas_from_xmi(io.BytesIO(one.data), typesystem=types, lenient=True)
    except Exception as error:  # of a damaged file the library raises whatever it stumbles over
        raise FileProblem(
            _("{path} is damaged, or is no UIMA CAS").format(path=one.path), _("Export it anew as UIMA CAS JSON")
        ) from error


def _coder(one: _File, found: list[_File]) -> str:
    """Who annotated, in the folders of a project: there a text's folder holds a file for each person."""
    in_project = any(part in ("annotation", "annotation_ser", "curation") for part in one.path.parts[:-2])
    twins = sum(other.path.parent == one.path.parent for other in found)
    together = twins > 1 and len({other.path.parent for other in found}) > 1
    return one.path.stem if in_project or together else ""


def _title(cas: Any) -> str:
    for kind in cas.typesystem.get_types():
        if kind.name.endswith(_META):
            for meta in cas.select(kind.name):
                return str(_feature(meta, "documentTitle") or "").strip()
    return ""


def _annotations(cas: Any, layer: str, told: _Told, layers: dict[str, None]) -> Iterator[Any]:
    for kind in cas.typesystem.get_types():
        name = kind.name
        if layer:
            wanted = layer.casefold() in (name.casefold(), name.rpartition(".")[2].casefold())
        else:
            wanted = not name.startswith(_TOOLS) or name.endswith(_NAMED_ENTITY)
        if not wanted:
            continue
        for annotation in cas.select(name):
            if annotation.type.name != name:
                continue  # a type below this one, which has its own turn
            if not isinstance(_feature(annotation, "begin"), int) or not isinstance(_feature(annotation, "end"), int):
                continue
            if _feature(annotation, "Dependent") is not None or _feature(annotation, "Governor") is not None:
                told.relations += 1
                continue
            layers[name] = None
            yield annotation


def _codings(
    annotation: Any, whole: str, document: str, coder: str, named: Mapping[str, str], told: _Told
) -> Iterator[ForeignCoding]:
    begin, end = annotation.begin, annotation.end
    if not 0 <= begin < end <= len(whole):
        told.empty += 1
        return
    # a CAS may hold line ends of two characters
    before = whole[:begin].count("\r\n")
    span = Span(begin - before, end - before - whole[begin:end].count("\r\n"))
    features = {feature.name: _feature(annotation, feature.name) for feature in annotation.type.all_features}
    said = {name: values for name, value in features.items() if (values := _values(value))}
    code = _first(said, named.get("code", ""), _CODE_NAMES)
    direction = _first(said, named.get("valence", ""), VALENCE_NAMES)
    memo = _first(said, named.get("memo", ""), _MEMO_NAMES)
    valence = valence_of(direction[0]) if direction else Valence.NONE
    told.unsure += valence is None
    for label in code or [_LAYER + annotation.type.name.rpartition(".")[2]]:
        yield ForeignCoding(
            f"{coder}/{document}/{begin}-{end}/{label}",
            document,
            span,
            label,
            coder,
            memo="\n".join(memo),
            quote=whole[begin:end],
            valence=valence or Valence.NONE,
        )


def _first(said: Mapping[str, list[str]], wanted: str, usual: tuple[str, ...]) -> list[str]:
    """The values of the feature `wanted`, or of the first of the usual names that has any."""
    folded = {name.casefold(): values for name, values in said.items()}
    if wanted:
        return folded.get(wanted.casefold(), [])
    return next((folded[name] for name in usual if name in folded), [])


def _values(value: Any) -> list[str]:
    elements = getattr(value, "elements", None)
    several = elements if isinstance(elements, list) else [value]
    return [one.strip() for one in several if isinstance(one, str) and one.strip()]


def _feature(annotation: Any, name: str) -> Any:
    return getattr(annotation, name, None)


def _tell(project: ForeignProject, told: _Told, layers: Mapping[str, None]) -> None:
    if layers:
        project.notes.append(_("Layers that were read: {names}").format(names=", ".join(layers)))
    if told.relations:
        what = ngettext("{n} relation", "{n} relations", told.relations)
        project.left_out.append(what.format(n=told.relations))
    if told.empty:
        what = ngettext("{n} annotation without text", "{n} annotations without text", told.empty)
        project.left_out.append(what.format(n=told.empty))
    if told.unsure:
        what = ngettext(
            "{n} annotation has a direction that is none of barrier, facilitator, both, none",
            "{n} annotations have directions that are none of barrier, facilitator, both, none",
            told.unsure,
        )
        project.doubts.append(what.format(n=told.unsure))
