"""Write a project as REFI-QDA (.qdpx), a codebook as .qdc: strictly by the standard, the same work as the same bytes.

Places count from 0 with an exclusive end, line ends are LF, there is no byte order mark, ids are the project's own.
What the standard has no place for goes along in forms that `refi_own` describes, so that the way back loses nothing.
"""

import io
import json
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from ipscoding.domain import Code, Codebook, Coding, Document, Informant, Valence
from ipscoding.errors import NotAllowed
from ipscoding.exchange.foreign import refi_own
from ipscoding.exchange.foreign.landing import unlike, uuid_of
from ipscoding.exchange.foreign.refi_codes import description_of, main_language
from ipscoding.exchange.foreign.refi_kept import kept_fields
from ipscoding.exchange.foreign.refi_own import guid, xml_safe
from ipscoding.exchange.project_tables import Chosen, chosen_documents, codings_table
from ipscoding.i18n import _, ngettext
from ipscoding.project import Project, blind, codebooks, coders, codings, documents, entities, informants, memos
from ipscoding.version import __version__

UNITS = {"standard": 1, "atlasti": 1, "qualcoder": 1, "nvivo": 2, "maxqda": 2}
"""For each program what a character beyond the basic plane (an emoji) counts as: 1, or 2 in UTF-16 units."""
TARGETS = tuple(UNITS)
"""The programs that a file can be meant for; `standard` is every other one."""

ONE_NAME = ("atlasti", "qualcoder")
"""Programs in which no two codes may have one name."""

_NAME = 100
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass
class Writing:
    """A project being written."""

    project: Project
    target: str
    chosen: Chosen
    documents: list[Document]
    book: Codebook
    coders: dict[str, str]
    """The id of each coder by name."""
    hidden: Mapping[str, frozenset[str]]
    notes: list[Element] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    memos_on: dict[str, list[memos.Memo]] = field(default_factory=dict)
    written_memos: list[memos.Memo] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """Codes that are not called by their label, since the program meant wants every name once."""
    not_told: int = 0


def write_qdpx(project: Project, file: BinaryIO, chosen: Chosen | None = None, target: str = "standard") -> list[str]:
    """Write the chosen interviews (default: all) with codebook, codings, notes and informants as a .qdpx.

    Gives sentences about what was left out. Raises `NotFound` for what the project does not have.
    """
    chosen = chosen or Chosen()
    every = coders.all(project)
    writing = Writing(
        project,
        target,
        chosen,
        chosen_documents(project, chosen),
        codebooks.load(project),
        {one.name: as_guid(one.id) for one in every},
        blind.hidden(project),
    )
    for placed in memos.all(project):
        writing.memos_on.setdefault(placed.memo.target, []).append(placed.memo)
    root = _project(writing)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "project.qde", _bytes(root))
        for identity, text in sorted(writing.texts.items()):
            _put(archive, f"sources/{identity}.txt", text.encode("utf-8"))
    return _left_out(writing)


def write_qdc(project: Project, file: BinaryIO) -> None:
    """Write the codebook of a project as a .qdc. Raises `NotAllowed` where there are no codes."""
    book = codebooks.load(project)
    if not book.codes:
        raise NotAllowed(
            _("The project has no codes to write"), _("Take in a codebook first: ipscoding codebook import")
        )
    root = Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": f"{refi_own.ORIGIN} {__version__}"})
    _codes(project, SubElement(root, "Codes"), book, {}, {})
    groups = _groups(book, [])
    if groups:
        sets = SubElement(root, "Sets")
        for name, (codes, _documents) in groups.items():
            one = SubElement(sets, "Set", {"guid": guid(f"set/{name}"), "name": xml_safe(name)})
            for code in codes:
                SubElement(one, "MemberCode", {"guid": code})
    file.write(_bytes(root))


def as_guid(identity: str) -> str:
    """An id of ours as the standard wants it; an id that is no UUID gets one that is always the same."""
    return uuid_of(identity) or guid(f"id/{identity}")


def _bytes(root: Element) -> bytes:
    indent(root, " ")
    out = io.BytesIO()
    ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    archive.writestr(info, data)


def _attributes(**values: str) -> dict[str, str]:
    """Attributes as XML can hold them; empty ones are left out, but for a name."""
    return {name: xml_safe(value) for name, value in values.items() if value or name == "name"}


def exact(time: str) -> str:
    """A time as the standard wants it; empty where ours is not exact enough."""
    return time if refi_own.TIME.fullmatch(time) else ""


def _project(writing: Writing) -> Element:
    project = writing.project
    began, maker, ended = project.tuples(
        "SELECT min(time), (SELECT coder FROM commands ORDER BY seq LIMIT 1), max(time) FROM commands"
    )[0]
    maker = as_guid(maker) if as_guid(maker) in writing.coders.values() else ""
    root = Element(
        "Project",
        {
            "xmlns": "urn:QDA-XML:project:1.0",
            **_attributes(
                name=project.name,
                origin=f"{refi_own.ORIGIN} {__version__}",
                creatingUserGUID=maker,
                creationDateTime=exact(began.partition("/")[0]),
                modifiedDateTime=exact(ended.partition("/")[0]),
            ),
        },
    )
    if writing.coders:
        users = SubElement(root, "Users")
        for name, identity in writing.coders.items():
            SubElement(users, "User", _attributes(guid=identity, name=name))
    sources = _sources(writing)
    book = SubElement(root, "CodeBook")
    codes = SubElement(book, "Codes")
    notes = {code.uuid: _note_refs(writing, code.uuid) for code in writing.book.codes}
    if writing.target in ONE_NAME:
        writing.names = _one_name_each(project, writing.book)
    _codes(project, codes, writing.book, notes, writing.names)
    _companion_codes(writing, codes)
    if not len(codes):
        root.remove(book)
    people = [one for one in informants.all(project) if _is_chosen(writing, one.name)]
    variables = _variables(writing, people)
    if variables:
        listed = SubElement(root, "Variables")
        for identity, name in variables.items():
            SubElement(listed, "Variable", _attributes(guid=identity, name=name, typeOfVariable="Text"))
    if people:
        cases = SubElement(root, "Cases")
        for person in people:
            case = SubElement(cases, "Case", _attributes(guid=as_guid(person.id), name=person.name))
            values = {refi_own.ROLE: person.role} if person.role else {}
            values |= {_variable(name): str(value) for name, value in sorted(person.attributes.items())}
            _values(case, values)
            for document in writing.documents:
                if document.informant == person.name:
                    SubElement(case, "SourceRef", {"targetGUID": as_guid(document.id)})
    if len(sources):
        root.append(sources)
    on_project = _note_refs(writing, project.id)
    kept = kept_fields(
        project, writing.book, writing.documents, people, writing.codings, writing.written_memos, writing.hidden
    )
    kept["written"] = writing.names
    note = Element("Note", _attributes(guid=refi_own.NOTE, name=refi_own.NOTE_NAME))
    counts = "utf16" if UNITS[writing.target] == 2 else "codepoint"
    told = json.dumps(
        {"form": 1, "counts": counts, "fields": kept}, ensure_ascii=True, sort_keys=True, separators=(",", ":")
    )
    SubElement(note, "PlainTextContent").text = told
    SubElement(root, "Notes").extend([*writing.notes, note])
    _sets(root, _groups(writing.book, writing.documents))
    root.extend(on_project)
    return root


def _is_chosen(writing: Writing, informant: str) -> bool:
    """Whether an informant goes along: all do, but where interviews were chosen only theirs."""
    limited = writing.chosen.names or writing.chosen.roles
    return not limited or any(document.informant == informant for document in writing.documents)


def _label(project: Project, code: Code) -> str:
    fields = entities.read(project, "code", code.uuid) or {}
    return str(fields.get(f"label.{main_language(fields)}", "")) or code.id


def _one_name_each(project: Project, book: Codebook) -> dict[str, dict[str, str]]:
    """Other names for codes whose label an earlier one has: with that of their parent, or a number, behind it."""
    taken: set[str] = set()
    found: dict[str, dict[str, str]] = {}
    for code in book.codes:
        label = _label(project, code)
        name = label
        parent = book.by_id.get(code.parent or "")
        if label in taken and parent is not None:
            name = f"{label} ({_label(project, parent)})"
        name = unlike(name, taken)
        taken.add(name)
        if name != label:
            found[as_guid(code.uuid)] = {"name": name}
    return found


def _codes(
    project: Project,
    parent: Element,
    book: Codebook,
    notes: Mapping[str, list[Element]],
    names: Mapping[str, Mapping[str, str]],
) -> None:
    reached: set[str] = set()

    def add(to: Element, code: Code) -> None:
        if code.id in reached:
            return
        reached.add(code.id)
        fields = entities.read(project, "code", code.uuid) or {}
        identity = as_guid(code.uuid)
        element = SubElement(
            to,
            "Code",
            _attributes(
                guid=identity,
                name=names[identity]["name"] if identity in names else _label(project, code),
                isCodable="true" if code.codable else "false",
                color=code.colour if re.fullmatch("#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})", code.colour) else "",
            ),
        )
        description = xml_safe(description_of(fields))
        if description:
            SubElement(element, "Description").text = description
        element.extend(notes.get(code.uuid, []))
        for child in book.children(code.id):
            add(element, child)

    for code in [*book.children(None), *book.codes]:
        add(parent, code)


def _companion_codes(writing: Writing, codes: Element) -> None:
    """The codes that stand for directions and strengths, as far as they are used."""
    used: dict[str, list[tuple[str, str, str]]] = {
        "valence": [
            told
            for valence, told in refi_own.VALENCES.items()
            if any(one.valence is valence for one in writing.codings)
        ],
        "strength": [
            told
            for strength, told in refi_own.STRENGTHS.items()
            if any(one.strength == strength for one in writing.codings)
        ],
    }
    for what, told in used.items():
        if told:
            identity, name = refi_own.FOLDERS[what]
            folder = SubElement(codes, "Code", _attributes(guid=identity, name=name, isCodable="false"))
            for code, label, colour in told:
                SubElement(folder, "Code", _attributes(guid=code, name=label, isCodable="true", color=colour))


def _variable(name: str) -> str:
    return guid(f"attribute/{name}")


_OF_SOURCES = {"language": "Språk", "date": "Dato"}


def _source_values(document: Document) -> dict[str, str]:
    told = {"language": document.language, "date": document.date, **document.attributes}
    return {name: str(value) for name, value in told.items() if value and name != "sets"}


def _variables(writing: Writing, people: Iterable[Informant]) -> dict[str, str]:
    """The names of the variables that are used, by id."""
    names = {name for person in people for name in person.attributes}
    names |= {name for document in writing.documents for name in _source_values(document)}
    found = {_variable(name): _OF_SOURCES.get(name, name) for name in sorted(names)}
    return {refi_own.ROLE: "Rolle", **found} if any(person.role for person in people) else found


def _values(element: Element, values: Mapping[str, str]) -> None:
    for identity, value in values.items():
        said = SubElement(element, "VariableValue")
        SubElement(said, "VariableRef", {"targetGUID": identity})
        SubElement(said, "TextValue").text = xml_safe(value)


def _sources(writing: Writing) -> Element:
    sources = Element("Sources")
    wanted = _wanted(writing)
    for document in writing.documents:
        identity = as_guid(document.id)
        text = documents.text(writing.project, document.id)
        writing.texts[identity] = text
        source = SubElement(
            sources,
            "TextSource",
            _attributes(guid=identity, name=document.name, plainTextPath=f"internal://{identity}.txt"),
        )
        places = _Places(text, UNITS[writing.target])
        for coding in codings.of_document(writing.project, document.id):
            if coding.coder in writing.hidden.get(document.id, ()):
                writing.not_told += 1
            elif wanted is None or coding.id in wanted:
                writing.codings.append(coding)
                source.append(_selection(writing, coding, places))
        for memo in writing.memos_on.get(document.id, ()):
            if memo.start is not None and memo.end is not None:
                about = guid(f"passage/{memo.id}")
                place = _place(writing, about, memo.start, memo.end, places, memo.coder, memo.created_at)
                place.append(_note_ref(writing, memo))
                source.append(place)
        source.extend(_note_refs(writing, document.id))
        _values(source, {_variable(name): value for name, value in _source_values(document).items()})
    return sources


def _wanted(writing: Writing) -> set[str] | None:
    """The ids of the codings that are meant; None: all of the interviews that are meant."""
    chosen = writing.chosen
    if not (chosen.codes or chosen.coders or chosen.where):
        return None
    return {str(row["coding_id"]) for row in codings_table(writing.project, chosen).rows}


class _Places:
    """Places in one text, counted as the program wants that the file is meant for."""

    def __init__(self, text: str, wide: int) -> None:
        self.text = text
        self._wide = [at for at, letter in enumerate(text) if letter > "\uffff"] if wide == 2 else []

    def place(self, offset: int) -> str:
        """The place `offset` (code points) as it is written."""
        return str(offset + bisect_left(self._wide, offset))


def _place(writing: Writing, identity: str, start: int, end: int, places: _Places, coder: str, time: str) -> Element:
    quote = " ".join(places.text[start:end].split())
    return Element(
        "PlainTextSelection",
        _attributes(
            guid=identity,
            name=quote if len(quote) <= _NAME else quote[:_NAME].rstrip() + "…",
            startPosition=places.place(start),
            endPosition=places.place(end),
            creatingUser=writing.coders.get(coder, ""),
            creationDateTime=exact(time),
        ),
    )


def _selection(writing: Writing, coding: Coding, places: _Places) -> Element:
    """A coding as a stretch of its own, with direction and strength as further codings of the same stretch."""
    identity = as_guid(coding.id)
    time = exact(coding.created_at)
    element = _place(
        writing,
        guid(f"selection/{identity}"),
        coding.span.start,
        coding.span.end,
        places,
        coding.coder,
        coding.created_at,
    )
    if writing.target == "atlasti" and coding.memo:
        # ATLAS.ti reads comments of quotations only here
        SubElement(element, "Description").text = xml_safe(coding.memo)
    code = as_guid(writing.book.by_id[coding.code].uuid)
    told = [(identity, code)]
    if coding.valence is not Valence.NONE:
        told.append((refi_own.companion(identity, "valence"), refi_own.VALENCES[coding.valence][0]))
    if coding.strength is not None:
        told.append((refi_own.companion(identity, "strength"), refi_own.STRENGTHS[coding.strength][0]))
    for number, (own, refers) in enumerate(told):
        user = writing.coders.get(coding.coder, "")
        made = SubElement(element, "Coding", _attributes(guid=own, creatingUser=user, creationDateTime=time))
        SubElement(made, "CodeRef", {"targetGUID": refers})
        if not number:
            made.extend(_note_refs(writing, coding.id))
    return element


def _note_refs(writing: Writing, target: str) -> list[Element]:
    """References to the notes on something as a whole, which are written with the others."""
    return [_note_ref(writing, memo) for memo in writing.memos_on.get(target, ()) if memo.start is None]


def _note_ref(writing: Writing, memo: memos.Memo) -> Element:
    identity = as_guid(memo.id)
    title = " ".join(xml_safe(memo.text).split())
    note = Element(
        "Note",
        _attributes(
            guid=identity,
            name=title if len(title) <= 40 else title[:40].rstrip() + "…",
            creatingUser=writing.coders.get(memo.coder, ""),
            creationDateTime=exact(memo.created_at),
        ),
    )
    SubElement(note, "PlainTextContent").text = xml_safe(memo.text)
    writing.notes.append(note)
    writing.written_memos.append(memo)
    return Element("NoteRef", {"targetGUID": identity})


def _groups(book: Codebook, files: Iterable[Document]) -> dict[str, tuple[list[str], list[str]]]:
    """The sets that codes and documents are in, by name: ids of codes, ids of documents."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for code in book.codes:
        groups = code.extra.get("sets")
        for name in groups if isinstance(groups, list) else ():
            found.setdefault(str(name), ([], []))[0].append(as_guid(code.uuid))
    for document in files:
        for name in str(document.attributes.get("sets", "")).split("; "):
            if name:
                found.setdefault(name, ([], []))[1].append(as_guid(document.id))
    return dict(sorted(found.items()))


def _sets(root: Element, groups: Mapping[str, tuple[list[str], list[str]]]) -> None:
    if not groups:
        return
    sets = SubElement(root, "Sets")
    for name, (codes, files) in groups.items():
        one = SubElement(sets, "Set", {"guid": guid(f"set/{name}"), "name": xml_safe(name)})
        for code in codes:
            SubElement(one, "MemberCode", {"targetGUID": code})
        for document in files:
            SubElement(one, "MemberSource", {"targetGUID": document})


def _left_out(writing: Writing) -> list[str]:
    lost = int(writing.project.value("SELECT count(*) FROM made_codings WHERE now_start IS NULL"))
    said = []
    if lost:
        said.append(
            ngettext(
                "{n} coding was left out: its passage is gone from the text",
                "{n} codings were left out: their passages are gone from the texts",
                lost,
            ).format(n=lost)
        )
    if writing.not_told:
        said.append(
            ngettext(
                "{n} coding of others was left out (blind coding)",
                "{n} codings of others were left out (blind coding)",
                writing.not_told,
            ).format(n=writing.not_told)
        )
    return said
