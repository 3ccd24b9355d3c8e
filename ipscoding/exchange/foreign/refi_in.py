"""Read REFI-QDA projects (.qdpx) and codebooks (.qdc) of any program, as far as we can hold what is in them."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipscoding.exchange.foreign import refi_own
from ipscoding.exchange.foreign.landing import uuid_of
from ipscoding.exchange.foreign.offsets import parse_model
from ipscoding.exchange.foreign.project import (
    ForeignCase,
    ForeignCode,
    ForeignMemo,
    ForeignProject,
    ForeignSet,
)
from ipscoding.exchange.foreign.refi_package import Package, damaged, open_package, parse_xml, read_bytes
from ipscoding.exchange.foreign.times import utc
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_COLOUR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass
class Reading:
    """A project being read. Ids are in lower case without braces, as `key` makes them."""

    package: Package
    given: dict[str, object]
    project: ForeignProject
    owner: str = ""
    notes: dict[str, "Element"] = field(default_factory=dict)
    used_notes: set[str] = field(default_factory=set)
    documents: dict[str, list[str]] = field(default_factory=dict)
    """The documents that each source became, by the source's id."""
    selections: dict[str, tuple[str, str, tuple[int, int] | None]] = field(default_factory=dict)
    """By a selection's id: its document, its first coding (empty: none), and its place."""
    lost: Counter[str] = field(default_factory=Counter)
    unsure: int = 0


def key(text: str | None) -> str:
    """An id as it can be compared: a GUID in lower case without braces, anything else as it is."""
    return uuid_of(text or "") or (text or "").strip()


def when(text: str | None) -> str:
    """A time in UTC, as exact as it is given; empty where there is none."""
    return (text or "") if refi_own.TIME.fullmatch(text or "") else utc(text or "")


def colour(text: str | None) -> str:
    """A colour as `#rrggbb`; empty where there is none."""
    match = _COLOUR.fullmatch((text or "").strip())
    if match is None:
        return ""
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def child(element: "Element | None", *path: str) -> "Element | None":
    """The first child of that name, or further down; None where there is none."""
    for name in path:
        element = next((one for one in element if one.tag == name), None) if element is not None else None
    return element


def children(element: "Element | None", *names: str) -> list["Element"]:
    """All children of these names."""
    return [one for one in element if one.tag in names] if element is not None else []


def words(element: "Element | None") -> str:
    """All text in an element."""
    return "".join(element.itertext()) if element is not None else ""


def described(element: "Element") -> str:
    """An element's description."""
    return words(child(element, "Description")).strip()


def target(element: "Element | None") -> str:
    """The id that a reference refers to (the codebook schema calls it `guid`)."""
    return key(element.get("targetGUID") or element.get("guid")) if element is not None else ""


def read_codebook(path: Path) -> ForeignProject:
    """The codebook in a .qdc file. Raises `FileProblem`."""
    root = parse_xml(read_bytes(path), path.name)
    if root.tag != "CodeBook":
        raise damaged(path.name)
    project = ForeignProject(path.stem, root.get("origin") or "")
    reading = Reading(Package(root, lambda _name: None), {}, project)
    _codes(reading, root)
    _sets(reading, child(root, "Sets"))
    return project


def read_project(path: Path, offsets: str = "") -> ForeignProject:
    """The project in a .qdpx (or .qde) file; `offsets` says how places are counted where that is known.

    Raises `FileProblem` for a file that cannot be read, `NotFound` for an unknown way of counting.
    """
    from ipscoding.exchange.foreign.refi_sources import read_sources

    given = parse_model(offsets)
    package = open_package(path)
    root = package.root
    if root.tag != "Project":
        raise damaged(path.name)
    project = ForeignProject(root.get("name") or path.stem, root.get("origin") or "")
    reading = Reading(package, given, project, owner=key(root.get("creatingUserGUID")))
    project.coders = {
        key(user.get("guid")): user.get("name") or user.get("id") or ""
        for user in children(child(root, "Users"), "User")
        if key(user.get("guid"))
    }
    reading.notes = {key(note.get("guid")): note for note in children(child(root, "Notes"), "Note")}
    _kept(reading)
    _codes(reading, child(root, "CodeBook"))
    read_sources(reading, child(root, "Sources"))
    _cases(reading, root)
    _sets(reading, child(root, "Sets"))
    _links(reading, child(root, "Links"))
    _project_notes(reading, root)
    _tell(reading)
    return project


def _kept(reading: Reading) -> None:
    """What this program once wrote for itself, where it is there and whole."""
    note = reading.notes.pop(refi_own.NOTE, None)
    if note is None:
        return
    try:
        told = json.loads(note_text(reading, note))
        fields = {
            str(kind): {key(name): dict(values) for name, values in entities.items()}
            for kind, entities in told["fields"].items()
        }
        if not all(
            isinstance(one, dict) for code in fields.get("code", {}).values() for one in code.get("examples", ())
        ):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reading.project.doubts.append(_("the note of ipscoding in the file was changed and is not read"))
        return
    reading.project.kept = fields
    if reading.project.program.startswith(refi_own.ORIGIN):
        # what came out of another program since then counts as that one does
        reading.given = {**parse_model(str(told.get("counts", ""))), **reading.given}


def note_text(reading: Reading, note: "Element") -> str:
    """What a note says, whether it stands in the project or in a file of its own."""
    inside = child(note, "PlainTextContent")
    if inside is not None:
        return words(inside)
    path = note.get("plainTextPath")
    data = reading.package.text(path) if path else None
    return "" if data is None else data.decode("utf-8-sig", "replace")


def memo_text(reading: Reading, note: "Element") -> str:
    """A note with its title, where it does not begin with that; its description where it has no text."""
    text = note_text(reading, note).strip() or described(note)
    title = " ".join((note.get("name") or "").split())
    start = " ".join(text.split())
    if not title or start.startswith(title.removesuffix("…").rstrip()):
        return text
    return f"{title}\n{text}".strip()


def author(reading: Reading, element: "Element") -> str:
    """Who made an element, by id; empty where it does not say."""
    return key(element.get("creatingUser") or element.get("modifyingUser"))


def note_refs(reading: Reading, element: "Element", on: str, target_key: str) -> None:
    """Take in the notes that an element refers to, as memos on `target_key`."""
    for number, reference in enumerate(children(element, "NoteRef")):
        note = reading.notes.get(target(reference))
        if note is None:
            reading.lost["note"] += 1
            continue
        identity = target(reference)
        again = identity in reading.used_notes
        reading.used_notes.add(identity)
        add_memo(reading, note, on, target_key, f"{identity}/{target_key}/{number}" if again else identity)


def add_memo(reading: Reading, note: "Element", on: str, target_key: str, identity: str, span: Any = None) -> None:
    """Take in one note as a memo."""
    if children(note, "Coding") or children(note, "PlainTextSelection"):
        reading.lost["coded note"] += 1
    memo = ForeignMemo(
        identity,
        on,
        target_key,
        _kept_text(reading, identity) or memo_text(reading, note),
        author(reading, note) or reading.owner,
        when(note.get("creationDateTime")),
        span,
    )
    if memo.text or span is not None:
        reading.project.memos.append(memo)


def _kept_text(reading: Reading, identity: str) -> str:
    """A note of ours that XML cannot hold as it is."""
    return str(reading.project.kept.get("memo", {}).get(identity, {}).get("text", ""))


def _codes(reading: Reading, book: "Element | None") -> None:
    """Codes with their parents; the standard has folders and codes in one kind of element."""
    stack: list[tuple[Element, str | None]] = [
        (code, None) for code in reversed(children(child(book, "Codes"), "Code"))
    ]
    seen: set[str] = set()
    while stack:
        code, parent = stack.pop()
        identity = key(code.get("guid")) or f"code {len(seen) + 1}"
        if identity in refi_own.OUR_CODES:
            continue
        inner: str | None = identity
        if identity in seen:
            # a code that is there twice keeps its first place
            reading.lost["code twice"] += 1
        else:
            seen.add(identity)
            reading.project.codes.append(
                ForeignCode(
                    identity,
                    code.get("name") or "",
                    parent,
                    described(code),
                    colour(code.get("color")),
                    (code.get("isCodable") or "true").strip().lower() not in ("false", "0"),
                )
            )
            note_refs(reading, code, "code", identity)
            _reconcile(reading, reading.project.codes[-1])
        stack.extend((one, inner) for one in reversed(children(code, "Code")))


def _reconcile(reading: Reading, code: ForeignCode) -> None:
    """Where another program has changed what we wrote of a code, that stands; the rest is as it was here."""
    from ipscoding.exchange.foreign.refi_codes import description_of, main_language

    kept = reading.project.kept.get("code", {}).get(code.key)
    if kept is None:
        return
    language = main_language(kept)
    name = (
        reading.project.kept.get("written", {}).get(code.key, {}).get("name")
        or kept.get(f"label.{language}")
        or kept.get("code")
    )
    if refi_own.xml_safe(str(name)) != code.label and code.label:
        kept[f"label.{language}"] = code.label
    if refi_own.xml_safe(description_of(kept)).strip() != code.description:
        kept[f"definition.{language}"] = code.description
        reading.lost["description"] += 1
    if colour(str(kept.get("colour", ""))) != code.colour:
        kept["colour"] = code.colour
    kept["codable"] = int(code.codable)


def _variables(root: "Element") -> dict[str, str]:
    found = {key(one.get("guid")): one.get("name") or "" for one in children(child(root, "Variables"), "Variable")}
    return {**found, refi_own.ROLE: "role"} if refi_own.ROLE in found else found


def values(reading: Reading, element: "Element") -> dict[str, str]:
    """The values of variables on an element, by the variables' names; empty ones are left out."""
    names = _variables(reading.package.root)
    found: dict[str, str] = {}
    for value in children(element, "VariableValue"):
        name = names.get(target(child(value, "VariableRef")), "")
        said = next((words(one).strip() for one in value if one.tag.endswith("Value")), "")
        if name and said:
            found[name] = said
    return found


def _cases(reading: Reading, root: "Element") -> None:
    for number, case in enumerate(children(child(root, "Cases"), "Case"), 1):
        sources = [one for ref in children(case, "SourceRef") for one in reading.documents.get(target(ref), ())]
        for ref in children(case, "SelectionRef"):
            selection = reading.selections.get(target(ref))
            sources += [selection[0]] if selection else []
        reading.lost["case code"] += len(children(case, "CodeRef"))
        attributes = values(reading, case)
        if described(case):
            attributes.setdefault("description", described(case))
        identity = key(case.get("guid")) or f"case {number}"
        documents = tuple(dict.fromkeys(sources))
        if not (case.get("name") or documents):
            continue
        reading.project.cases.append(ForeignCase(identity, case.get("name") or "", documents, attributes))


def _sets(reading: Reading, sets: "Element | None") -> None:
    codes = {code.key for code in reading.project.codes}
    for number, one in enumerate(children(sets, "Set"), 1):
        members = tuple(target(ref) for ref in children(one, "MemberCode"))
        sources = [name for ref in children(one, "MemberSource") for name in reading.documents.get(target(ref), ())]
        reading.lost["set note"] += len(children(one, "MemberNote"))
        reading.project.sets.append(
            ForeignSet(
                key(one.get("guid")) or f"set {number}",
                one.get("name") or "",
                tuple(code for code in members if code in codes),
                tuple(sources),
            )
        )


def _links(reading: Reading, links: "Element | None") -> None:
    """A link between a stretch of text and a note is an annotation of NVivo; others are left out."""
    for link in children(links, "Link"):
        ends = key(link.get("originGUID")), key(link.get("targetGUID"))
        for one, other in (ends, ends[::-1]):
            if one in reading.selections and other in reading.notes:
                document, coding, place = reading.selections[one]
                annotate(reading, reading.notes[other], other, document, coding, place)
                break
            if one in reading.documents and other in reading.notes:
                reading.used_notes.add(other)
                add_memo(reading, reading.notes[other], "document", reading.documents[one][0], other)
                break
        else:
            reading.lost["link"] += 1


def annotate(
    reading: Reading,
    note: "Element",
    identity: str,
    document: str,
    coding: str,
    place: tuple[int, int] | None,
) -> None:
    """A note on a stretch of text: on its first coding, else on the place itself."""
    from ipscoding.domain import Span

    reading.used_notes.add(identity)
    if coding:
        add_memo(reading, note, "coding", coding, identity)
    elif place is not None:
        add_memo(reading, note, "document", document, identity, Span(*place))


def _project_notes(reading: Reading, root: "Element") -> None:
    note_refs(reading, root, "project", "")
    if described(root):
        memo = ForeignMemo("description", "project", "", described(root), reading.owner)
        reading.project.memos.append(memo)
    for identity, note in reading.notes.items():
        # nothing refers to it: it is a memo of its own
        if identity not in reading.used_notes:
            add_memo(reading, note, "project", "", identity)
    reading.lost["graph"] += len(children(child(root, "Graphs"), "Graph"))


def _tell(reading: Reading) -> None:
    """Put into sentences what was left out."""
    for what, n in sorted(reading.lost.items()):
        if n and what in _SENTENCES:
            sentence = _SENTENCES[what](n).format(n=n)
            (reading.project.doubts if what in _DOUBTS else reading.project.left_out).append(sentence)
    for n, sentence in (
        (reading.package.outside, _n_outside(reading.package.outside)),
        (reading.package.missing, _n_missing(reading.package.missing)),
    ):
        if n:
            reading.project.left_out.append(sentence.format(n=n))
    if reading.unsure:
        reading.project.doubts.append(
            ngettext(
                "{n} coding has codes for several directions, and it cannot be told which is meant",
                "{n} codings have codes for several directions, and it cannot be told which is meant",
                reading.unsure,
            ).format(n=reading.unsure)
        )


def _n_outside(n: int) -> str:
    return ngettext(
        "{n} text that lies outside the file (put it inside when you export)",
        "{n} texts that lie outside the file (put them inside when you export)",
        n,
    )


def _n_missing(n: int) -> str:
    return ngettext("{n} text that is named but not in the file", "{n} texts that are named but not in the file", n)


_DOUBTS = ("description", "rich", "whole", "several")
_SENTENCES = {
    "note": lambda n: ngettext("{n} reference to a missing note", "{n} references to missing notes", n),
    "coded note": lambda n: ngettext("codings in {n} note", "codings in {n} notes", n),
    "code twice": lambda n: ngettext("{n} code that is there twice", "{n} codes that are there twice", n),
    "case code": lambda n: ngettext("{n} code of a case", "{n} codes of cases", n),
    "set note": lambda n: ngettext("{n} note in a set", "{n} notes in sets", n),
    "link": lambda n: ngettext("{n} link", "{n} links", n),
    "graph": lambda n: ngettext("{n} diagram", "{n} diagrams", n),
    "picture": lambda n: ngettext("{n} picture with its codings", "{n} pictures with their codings", n),
    "area": lambda n: ngettext("codings of {n} area of a PDF page", "codings of {n} areas of PDF pages", n),
    "pdf": lambda n: ngettext("{n} PDF without its text", "{n} PDFs without their text", n),
    "recording": lambda n: ngettext(
        "{n} recording (its transcripts are taken in)", "{n} recordings (their transcripts are taken in)", n
    ),
    "clip": lambda n: ngettext("codings of {n} stretch of a recording", "codings of {n} stretches of recordings", n),
    "place": lambda n: ngettext(
        "{n} passage that does not lie in its text", "{n} passages that do not lie in their texts", n
    ),
    "unreadable": lambda n: ngettext("{n} text that cannot be read", "{n} texts that cannot be read", n),
    "no text": lambda n: ngettext("{n} source without text", "{n} sources without text", n),
    "no code": lambda n: ngettext("{n} coding that names no code", "{n} codings that name no code", n),
    "description": lambda n: ngettext(
        "the description of {n} code was changed in another program; it is the definition now",
        "the descriptions of {n} codes were changed in another program; they are the definitions now",
        n,
    ),
    "rich": lambda n: ngettext(
        "{n} text is only there as a Word document; check that its codings stand where they should",
        "{n} texts are only there as Word documents; check that their codings stand where they should",
        n,
    ),
    "whole": lambda n: ngettext(
        "{n} coding of a whole source covers its whole text now",
        "{n} codings of whole sources cover their whole texts now",
        n,
    ),
    "several": lambda n: ngettext(
        "{n} note on a passage with several codings stands at the first of them",
        "{n} notes on passages with several codings stand at the first of them",
        n,
    ),
}
