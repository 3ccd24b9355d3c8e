"""Codings and notes of another program into a project, at the places where their words stand in the stored text."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ipscoding.domain import Span, Valence
from ipscoding.exchange.foreign.landing import LandedDocument, Landing, uuid_of
from ipscoding.exchange.foreign.project import ForeignCoding, ForeignMemo
from ipscoding.exchange.locate import plain
from ipscoding.i18n import _, ngettext
from ipscoding.project import clock, documents

_Place = tuple[str, int, int, str, str]


@dataclass
class _Known:
    """The codings that are in the project: by place, code and coder, and their valence."""

    places: dict[_Place, str] = field(default_factory=dict)
    valences: dict[str, Valence] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    versions: dict[str, int] = field(default_factory=dict)
    """The version of each code, by id."""


def land_codings(landing: Landing, on_coding: Callable[[], None]) -> None:
    """Take in all codings. One coder's coding of one passage with one code is one, however often it is in the file.

    White space at the ends of passages is left out. What is in the project is not changed.
    """
    known = _known(landing)
    misplaced = unsure = 0
    lost: dict[str, int] = {}
    begun: set[tuple[str, str]] = set()
    for coding in landing.foreign.codings:
        on_coding()
        document = landing.documents.get(coding.document)
        span = document.traced.span(coding.span) if document else Span(0, 0)
        if document is None or coding.code not in landing.codes or not len(span):
            why = "document" if document is None else "code" if coding.code not in landing.codes else "empty"
            lost[why] = lost.get(why, 0) + 1
            continue
        misplaced += bool(coding.quote) and plain(span.of(document.traced.text)) != plain(coding.quote)
        unsure += _land(landing, known, coding, document, span)
        begun.add((document.id, landing.coder(coding.coder)))
    if "status" not in landing.foreign.kept:
        for document_id, coder in sorted(begun):
            documents.start_coding(landing.act, document_id, coder)
    landing.done.of("coding").skipped += sum(lost.values())
    _tell(landing, lost, misplaced, unsure)


def _known(landing: Landing) -> _Known:
    known = _Known(versions=dict(landing.project.tuples("SELECT id, version FROM codes")))
    for identity, document, start, end, code, coder in landing.project.tuples(
        "SELECT id, document, start, end, code, coder FROM codings"
    ):
        known.places[(document, start, end, code, coder)] = identity
    # also those whose passage is gone from the text
    for identity, valence in landing.project.tuples("SELECT id, valence FROM made_codings"):
        known.valences[identity] = Valence(valence)
    return known


def _land(landing: Landing, known: _Known, coding: ForeignCoding, document: LandedDocument, span: Span) -> bool:
    """Take in one coding; gives whether the file holds it in two directions."""
    coder = landing.coder(coding.coder)
    code = landing.codes[coding.code]
    place = (document.id, span.start, span.end, code, coder)
    twin = known.places.get(place) or _same_id(known, coding.key)
    if twin is not None:
        landing.codings[coding.key] = twin
        before = known.valences[twin]
        other = twin in known.made and coding.valence not in (before, Valence.NONE)
        if other:
            known.valences[twin] = coding.valence if before is Valence.NONE else Valence.BOTH
            landing.act.update("coding", twin, {"valence": str(known.valences[twin])})
        landing.done.of("coding").matched += 1
        _memo(landing, twin, coding.memo, coder, coding.created_at)
        return other and before is not Valence.NONE
    wanted = uuid_of(coding.key)
    identity = wanted if wanted and wanted not in known.valences else str(uuid.uuid4())
    values: dict[str, Any] = {
        "origin": "import",
        "code_version": known.versions[code],
        "created_at": coding.created_at or clock.wall_time(landing.act.stamp),
        **(landing.kept("coding", "*") or {}),
        **(landing.kept("coding", coding.key) or {}),
        "document": document.id,
        "start": span.start,
        "end": span.end,
        "code": code,
        "coder": coder,
        "valence": str(coding.valence),
        "strength": coding.strength,
    }
    landing.act.create("coding", identity, values)
    known.places[place] = identity
    known.valences[identity] = coding.valence
    known.made.add(identity)
    landing.codings[coding.key] = identity
    landing.done.of("coding").new += 1
    _memo(landing, identity, coding.memo, coder, coding.created_at)
    return False


def _same_id(known: _Known, key: str) -> str | None:
    identity = uuid_of(key)
    return identity if identity in known.valences and identity not in known.made else None


def _memo(
    landing: Landing,
    target: str,
    text: str,
    coder: str | None,
    created_at: str,
    key: str = "",
    span: Span | None = None,
) -> None:
    """Keep a note on `target` or a passage of it, unless the very same is there; `coder` None: nobody is named."""
    text = text.strip()
    if not text:
        return
    rows = landing.project.tuples('SELECT "start", coder, text FROM memos WHERE target = ?', (target,))
    kept = landing.kept("memo", key) or {}
    place = kept.get("start", span.start if span else None)
    same = any((at, known) == (place, text) and coder in (None, by) for at, by, known in rows)
    if same or landing.known_id("made_memos", key):
        landing.done.of("memo").matched += 1
        return
    values = {
        "target": target,
        "coder": coder or landing.act.coder,
        "text": text,
        "created_at": created_at or clock.wall_time(landing.act.stamp),
        **({"start": span.start, "end": span.end} if span else {}),
        **kept,
    }
    landing.act.create("memo", landing.free_id("made_memos", key), values)
    landing.done.of("memo").new += 1


def land_memos(landing: Landing) -> None:
    """Take in notes on the project, documents and passages of them, codes and codings.

    A stretch of text on which there is neither a code nor a word becomes a bookmark.
    """
    homeless = 0
    for document in landing.foreign.documents:
        if document.key in landing.documents:
            _memo(landing, landing.documents[document.key].id, document.memo, None, "")
    for memo in landing.foreign.memos:
        target = _target(landing, memo)
        if target is None:
            homeless += 1
            continue
        coder = landing.coder(memo.coder) if memo.coder else None
        place = landing.documents.get(memo.target)
        span = place.traced.span(memo.span) if memo.span is not None and place is not None else None
        if memo.text.strip():
            _memo(landing, target, memo.text, coder, memo.created_at, memo.key, span if span and len(span) else None)
        elif place is not None and span is not None:
            _bookmark(landing, memo, place.id, min(span.start, len(place.traced.text) - 1))
    if homeless:
        landing.done.of("memo").skipped += homeless
        landing.done.left_out.append(
            ngettext(
                "{n} note on something that was left out", "{n} notes on things that were left out", homeless
            ).format(n=homeless)
        )


def _target(landing: Landing, memo: ForeignMemo) -> str | None:
    if memo.on == "project":
        return landing.project.id
    if memo.on == "document":
        return landing.documents[memo.target].id if memo.target in landing.documents else None
    return {"code": landing.codes, "coding": landing.codings}[memo.on].get(memo.target)


def _bookmark(landing: Landing, memo: ForeignMemo, document: str, offset: int) -> None:
    coder = landing.coder(memo.coder)
    known = landing.project.value(
        'SELECT 1 FROM bookmarks WHERE document = ? AND "offset" = ? AND coder = ?', (document, offset, coder)
    )
    if known or landing.known_id("made_bookmarks", memo.key):
        landing.done.of("bookmark").matched += 1
        return
    values = {
        "document": document,
        "offset": offset,
        "coder": coder,
        "created_at": memo.created_at or clock.wall_time(landing.act.stamp),
    }
    landing.act.create("bookmark", landing.free_id("made_bookmarks", memo.key), values)
    landing.done.of("bookmark").new += 1


def _tell(landing: Landing, lost: dict[str, int], misplaced: int, unsure: int) -> None:
    sentences = {
        "document": lambda n: ngettext(
            "{n} coding of a document that was left out", "{n} codings of documents that were left out", n
        ),
        "code": lambda n: ngettext(
            "{n} coding with a code that the file does not have",
            "{n} codings with codes that the file does not have",
            n,
        ),
        "empty": lambda n: ngettext("{n} coding of a passage without text", "{n} codings of passages without text", n),
    }
    landing.done.left_out += [sentences[why](n).format(n=n) for why, n in lost.items()]
    if misplaced:
        landing.done.doubts.append(
            ngettext(
                "{n} coding stands on other words than the file says; look at it",
                "{n} codings stand on other words than the file says; look at them",
                misplaced,
            ).format(n=misplaced)
        )
    if unsure:
        landing.done.doubts.append(
            _("{n} times one coder coded one passage in two directions; it is both now").format(n=unsure)
        )
