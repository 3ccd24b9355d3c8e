"""The sources of a REFI-QDA project: texts, texts of PDFs and transcripts, with what was coded and noted in them."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipscoding.domain import Span, Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign import refi_own
from ipscoding.exchange.foreign.offsets import Counted, Found, Marked, Model, choose, models, says, scores
from ipscoding.exchange.foreign.project import ForeignCoding, ForeignDocument, ForeignMemo
from ipscoding.exchange.foreign.refi_in import (
    Reading,
    add_memo,
    annotate,
    author,
    child,
    children,
    described,
    key,
    memo_text,
    note_refs,
    target,
    values,
    when,
    words,
)
from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.decode import decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass
class _Selection:
    """A stretch of a text with what is said of it; `element` None stands for the whole text."""

    element: "Element | None"
    marked: Marked
    codings: "list[Element]" = field(default_factory=list)


@dataclass
class _Text:
    """A text of the file and all that is said of it, before its places are known."""

    key: str
    source: "Element"
    element: "Element"
    name: str
    counted: Counted
    selections: list[_Selection] = field(default_factory=list)


def read_sources(reading: Reading, sources: "Element | None") -> None:
    """Take in all sources that have text; the way in which each counts places is found out."""
    texts: list[_Text] = []
    by_path: dict[str, _Text] = {}
    for number, source in enumerate(sources if sources is not None else (), 1):
        identity = key(source.get("guid")) or f"source {number}"
        made = [_text(reading, source, element, by_path) for element in _texts_in(reading, source)]
        found = list({text.key: text for text in made if text is not None}.values())
        if not found and source.tag == "TextSource":
            reading.lost["no text"] += 1
        texts += [text for text in found if text not in texts]
        reading.documents[identity] = [text.key for text in found]
        if found:
            _of_whole(found[0], source)
    _place(reading, texts)


def _texts_in(reading: Reading, source: "Element") -> "list[Element]":
    """The elements of a source that hold text; what it has besides is counted as left out."""
    lost = reading.lost
    if source.tag == "TextSource":
        return [source]
    if source.tag == "PDFSource":
        lost["area"] += sum(bool(children(one, "Coding")) for one in children(source, "PDFSelection"))
        found = children(source, "Representation")
        lost["pdf"] += not found
        return found
    if source.tag in ("AudioSource", "VideoSource"):
        lost["recording"] += 1
        lost["clip"] += sum(
            bool(children(one, "Coding")) for one in children(source, "AudioSelection", "VideoSelection")
        )
        return children(source, "Transcript")
    lost["picture"] += 1
    return []


def _text(reading: Reading, source: "Element", element: "Element", by_path: dict[str, _Text]) -> _Text | None:
    """One text with its selections; a transcript that is a text of its own as well is that text."""
    path = element.get("plainTextPath") or ""
    if path and path in by_path and element.tag == "Transcript":
        text = by_path[path]
    else:
        counted = _counted(reading, element)
        if counted is None:
            return None
        identity = key(element.get("guid")) or f"text {len(by_path) + 1}"
        name = source.get("name") or element.get("name") or ""
        if element.tag == "Transcript" and element.get("name"):
            name = element.get("name") or ""
        text = _Text(identity, source, element, name, counted)
        by_path[path or identity] = text
    places = {key(point.get("guid")): point.get("position") for point in children(element, "SyncPoint")}
    for selection in children(element, "PlainTextSelection", "TranscriptSelection"):
        if selection.tag == "PlainTextSelection":
            ends = selection.get("startPosition"), selection.get("endPosition")
        else:
            ends = (
                places.get(key(selection.get("fromSyncPoint")), "0"),
                places.get(key(selection.get("toSyncPoint")), str(len(text.counted.text))),
            )
        try:
            start, end = int(ends[0] or ""), int(ends[1] or "")
        except ValueError:
            reading.lost["place"] += 1
            continue
        marked = Marked(start, end, (selection.get("name") or "").strip())
        text.selections.append(_Selection(selection, marked, children(selection, "Coding")))
    if element is not source:
        _of_whole(text, element)
    return text


def _of_whole(text: _Text, element: "Element") -> None:
    """Codings of a whole source."""
    codings = children(element, "Coding")
    if codings:
        text.selections.append(_Selection(None, Marked(0, 0), codings))


def _counted(reading: Reading, element: "Element") -> Counted | None:
    """The text that an element stands for, as the file has it; None, and a count, where there is none."""
    inside = child(element, "PlainTextContent")
    if inside is not None:
        return Counted(words(inside), inline=True)
    path = element.get("plainTextPath")
    if path:
        data = reading.package.text(path)
        if data is None:
            return None
        try:
            text, encoding = _decoded(data, path)
        except FileProblem:
            reading.lost["unreadable"] += 1
            return None
        return Counted(text, has_bom=encoding in ("utf-8-sig", "utf-16", "utf-32"))
    rich = element.get("richTextPath")
    data = reading.package.text(rich) if rich else None
    if data is None:
        return None
    paragraphs = _docx_text(data)
    if paragraphs is None:
        reading.lost["unreadable"] += 1
        return None
    reading.lost["rich"] += 1
    return Counted(paragraphs, inline=True)


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    """The text and its encoding; UTF-8, which the standard asks for, is not looked at for other kinds of files."""
    try:
        return data.decode("utf-8-sig"), "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    except UnicodeDecodeError:
        return decode(data, path)


def _docx_text(data: bytes) -> str | None:
    """The paragraphs of a Word document, one a line, those in tables too; None where it cannot be read."""
    from docx import Document
    from docx.table import Table

    try:
        lines: list[str] = []
        for block in Document(io.BytesIO(data)).iter_inner_content():
            if isinstance(block, Table):
                lines += [cell.text for row in block.rows for cell in row.cells]
            else:
                lines.append(block.text)
    except Exception:  # noqa: BLE001 - the library lets errors of the zip, of XML and of its own through
        return None
    return "\n".join(lines)


def _place(reading: Reading, texts: list[_Text]) -> None:
    """Find out in what the places are counted, for each text with the others as a second opinion, and take them in."""
    pooled: dict[Model, float] = {}
    for text in texts:
        marks = [one.marked for one in text.selections if one.element is not None]
        for model, score in scores(text.counted, marks, models(text.counted, reading.given)).items():
            pooled[model] = pooled.get(model, 0.0) + score
    told: dict[tuple[Model, frozenset[str]], list[Found]] = {}
    unsure = 0
    for text in texts:
        marks = [one.marked for one in text.selections if one.element is not None]
        found = choose(text.counted, marks, reading.given, reading.project.program, pooled)
        if marks and text.counted.axes:
            told.setdefault((found.model, text.counted.axes), []).append(found)
            unsure += not found.sure
        _take_in(reading, text, found.model)
    for (model, axes), founds in sorted(told.items(), key=lambda item: -len(item[1])):
        said = ngettext("Places are counted in {how}: {n} text", "Places are counted in {how}: {n} texts", len(founds))
        said = said.format(how=model.told(axes), n=len(founds))
        next_fit = max(found.next_fit for found in founds)
        if next_fit:
            fit = min(found.fit for found in founds)
            said += " " + _("(fits {fit:.2f}, the next way {next_fit:.2f})").format(fit=fit, next_fit=next_fit)
        reading.project.notes.append(said)
    if unsure:
        reading.project.doubts.append(
            ngettext(
                "in {n} text two ways of counting places fit about as well; if codings are shifted, use --offsets",
                "in {n} texts two ways of counting places fit about as well; if codings are shifted, use --offsets",
                unsure,
            ).format(n=unsure)
        )


def _take_in(reading: Reading, text: _Text, model: Model) -> None:
    source = text.source
    attributes = values(reading, source)
    memo = described(source) or (described(text.element) if text.element is not source else "")
    reading.project.documents.append(
        ForeignDocument(
            text.key,
            text.name,
            text.counted.text,
            memo=memo,
            attributes=attributes,
            times=tuple(_times(reading, text, model)),
        )
    )
    for element in (source, text.element) if text.element is not source else (source,):
        _notes_of(reading, text, element, model)
    quoted = _names_are_quotes(text, model)
    companions: list[tuple[ForeignCoding, Valence | int]] = []
    codings: list[ForeignCoding] = []
    spans = text.counted.spans([one.marked for one in text.selections], model)
    for selection, (span, _whole) in zip(text.selections, spans, strict=True):
        if selection.element is None:
            span = Span(0, len(text.counted.text))
            reading.lost["whole"] += len(selection.codings)
        if span is None:
            reading.lost["place"] += 1
            continue
        made = _codings(reading, text, selection, span, selection.marked.name if quoted else "")
        companions += [(one, refi_own.BY_CODE[one.code]) for one in made if one.code in refi_own.BY_CODE]
        plain = [one for one in made if one.code not in refi_own.BY_CODE]
        codings += plain
        if selection.element is not None:
            _notes_on(reading, text, selection.element, span, plain)
    reading.project.codings += _with_companions(reading, codings, companions)


def _times(reading: Reading, text: _Text, model: Model) -> Iterator[tuple[int, float]]:
    """Where the recording stood, in seconds, at places of the text."""
    for pair in reading.project.kept.get("times", {}).get(text.key, {}).get("at", ()):
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, int | float) for one in pair):
            yield int(pair[0]), pair[1]
    for point in children(text.element, "SyncPoint"):
        try:
            at, milliseconds = int(point.get("position") or ""), int(point.get("timeStamp") or "")
        except ValueError:
            continue  # a point without a place in the text only marks the recording
        span = text.counted.span(Marked(at, at), model)
        if span is not None and milliseconds >= 0:
            yield span.start, milliseconds / 1000


def _names_are_quotes(text: _Text, model: Model) -> bool:
    """Whether most selections are named after what stands in them, so that a name that differs means something."""
    named = [one for one in text.selections if one.element is not None and one.marked.name]
    spans = text.counted.spans([one.marked for one in named], model)
    right = sum(
        span is not None and says(one.marked.name, span.of(text.counted.text))
        for one, (span, _whole) in zip(named, spans, strict=True)
    )
    return bool(named) and right * 2 > len(named)


def _codings(reading: Reading, text: _Text, selection: _Selection, span: Span, name: str) -> list[ForeignCoding]:
    """The codings of one stretch; who made them falls back on the stretch, the source and the project."""
    above = [one for one in (selection.element, text.element, text.source) if one is not None]
    made = []
    for number, coding in enumerate(selection.codings, 1):
        code = target(child(coding, "CodeRef"))
        if not code:
            reading.lost["no code"] += 1
            continue
        place = key(above[0].get("guid")) or f"{text.key}/{span.start}-{span.end}"
        cut = name.endswith(("…", "..."))
        made.append(
            ForeignCoding(
                key(coding.get("guid")) or f"{place}/{number}",
                text.key,
                span,
                code,
                next((who for one in (coding, *above) if (who := author(reading, one))), reading.owner),
                next((time for one in (coding, *above[:1]) if (time := when(one.get("creationDateTime")))), ""),
                quote="" if cut else name,
            )
        )
        note_refs(reading, coding, "coding", made[-1].key)
    return made


def _notes_on(reading: Reading, text: _Text, element: "Element", span: Span, codings: list[ForeignCoding]) -> None:
    """What is noted on a stretch: its description (ATLAS.ti, MAXQDA) and its notes; a stretch without codes is kept."""
    coding = codings[0].key if codings else ""
    identity = key(element.get("guid"))
    reading.selections[identity] = (text.key, coding, (span.start, span.end))
    comment = _comment(reading, element)
    references = [ref for ref in children(element, "NoteRef") if target(ref) in reading.notes]
    reading.lost["several"] += len(codings) > 1 and bool(comment or references)
    who = author(reading, element) or author(reading, text.source) or reading.owner
    time = when(element.get("creationDateTime"))
    for reference in references:
        annotate(reading, reading.notes[target(reference)], target(reference), *reading.selections[identity])
    if coding and comment:
        reading.project.memos.append(ForeignMemo(f"{identity}/description", "coding", coding, comment, who, time))
    elif not coding and not (references and not comment) and not children(element, "Coding"):
        reading.project.memos.append(ForeignMemo(identity, "document", text.key, comment, who, time, span))


def _comment(reading: Reading, element: "Element") -> str:
    """The description of a stretch, unless it only says again what the notes on its first coding say."""
    comment = described(element)
    references = [target(ref) for coding in children(element, "Coding")[:1] for ref in children(coding, "NoteRef")]
    noted = "\n".join(memo_text(reading, reading.notes[one]) for one in references if one in reading.notes)
    return "" if comment and comment == noted.strip() else comment


def _notes_of(reading: Reading, text: _Text, element: "Element", model: Model) -> None:
    """Notes on a text; those of QualCoder say themselves which stretch they are on."""
    for reference in children(element, "NoteRef"):
        note = reading.notes.get(target(reference))
        place = child(note, "PlainTextSelection") if note is not None else None
        if note is None or place is None:
            continue
        try:
            marked = Marked(int(place.get("startPosition") or ""), int(place.get("endPosition") or ""))
        except ValueError:
            continue
        span = text.counted.span(marked, model)
        if span is not None:
            reading.used_notes.add(target(reference))
            note.remove(place)
            add_memo(reading, note, "document", text.key, target(reference), span)
            element.remove(reference)
    note_refs(reading, element, "document", text.key)


def _with_companions(
    reading: Reading, codings: list[ForeignCoding], companions: list[tuple[ForeignCoding, Valence | int]]
) -> list[ForeignCoding]:
    """The codings with the direction and strength that codes of ours say of them.

    Each is told by its id; where another program gave new ids, by passage and coder, if only one thing is said there.
    """
    if not companions:
        return codings
    by_id = {one.key: value for one, value in companions}
    by_place: dict[tuple[Span, str], set[Valence | int]] = {}
    for one, value in companions:
        by_place.setdefault((one.span, one.coder), set()).add(value)
    ids = {refi_own.companion(one.key, what) for one in codings for what in refi_own.FOLDERS}
    kept = bool(ids & by_id.keys())
    made = []
    for one in codings:
        valence: Valence = one.valence
        strength = one.strength
        for what, kind in (("valence", Valence), ("strength", int)):
            told = {by_id[found]} if (found := refi_own.companion(one.key, what)) in by_id else set()
            if not kept:
                told = {value for value in by_place.get((one.span, one.coder), ()) if isinstance(value, kind)}
            if len(told) > 1:
                reading.unsure += 1
                continue
            for value in told:
                if isinstance(value, Valence):
                    valence = value
                else:
                    strength = value
        made.append(
            ForeignCoding(
                one.key,
                one.document,
                one.span,
                one.code,
                one.coder,
                one.created_at,
                one.memo,
                one.quote,
                valence,
                strength,
            )
        )
    return made
