"""Codings: make, change and remove them, one act each, and read them."""

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from ipscoding.domain import ORIGINS, Code, Coding, Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _
from ipscoding.project import clock, codebooks, coders, documents, journal, memos
from ipscoding.project.store import Project, Row

_SELECT = """
    SELECT g.id, g.document, g.start, g.end, k.code, c.name AS coder, g.valence, g.strength, g.origin,
           g.code_version, g.created_at, coalesce(g.turn, 0) AS turn,
           coalesce((SELECT group_concat(text, char(10)) FROM (
               SELECT text FROM memos WHERE target = g.id ORDER BY created_at, id)), '') AS memo
    FROM codings g JOIN codes k ON k.id = g.code JOIN coders c ON c.id = g.coder
"""
_PLAIN = "SELECT id, start, end, code, coder, valence, strength, origin, code_version, created_at FROM codings"
_NOTES = """
    SELECT m.target, group_concat(m.text, char(10)) FROM (SELECT target, text FROM memos ORDER BY created_at, id) m
    CROSS JOIN codings g ON g.id = m.target
"""
_VALENCES = {str(valence): valence for valence in Valence}


def _coding(row: Row) -> Coding:
    return Coding(
        id=row["id"],
        document_id=row["document"],
        span=Span(row["start"], row["end"]),
        code=row["code"],
        coder=row["coder"],
        valence=Valence(row["valence"]),
        strength=row["strength"],
        memo=row["memo"],
        origin=row["origin"],
        code_version=row["code_version"],
        created_at=row["created_at"],
    )


def of_document(project: Project, document_id: str) -> list[Coding]:
    """All coders' codings of a document, by place."""
    rows = project.tuples(_PLAIN + " WHERE document = ? ORDER BY start, end, id", (document_id,))
    if not rows:
        return []
    # long interviews bear thousands of codings: names are looked up here, not once for every row
    codes = {id: (code, position) for id, code, position in project.tuples("SELECT id, code, position FROM codes")}
    coders = dict(project.tuples("SELECT id, name FROM coders"))
    notes = dict(project.tuples(_NOTES + " WHERE g.document = ? GROUP BY m.target", (document_id,)))
    found = [
        (
            start,
            end,
            codes[code][1],
            coders[coder],
            Coding(
                id,
                document_id,
                Span(start, end),
                codes[code][0],
                coders[coder],
                _VALENCES[valence],
                strength,
                notes.get(id, ""),
                origin,
                code_version,
                created_at,
            ),
        )
        for id, start, end, code, coder, valence, strength, origin, code_version, created_at in rows
    ]
    # ids are made at random: what tells two codings of one passage apart for a reader comes before them
    found.sort(key=itemgetter(0, 1, 2, 3))
    return [coding for *_place, coding in found]


def by_ids(project: Project, coding_ids: Iterable[str]) -> list[Coding]:
    """The codings with these ids, as far as they are there, in no order."""
    rows = project.rows(_SELECT + " WHERE g.id IN (SELECT value FROM json_each(?))", (json.dumps(list(coding_ids)),))
    return [_coding(row) for row in rows]


def get(project: Project, coding_id: str) -> Coding:
    """One coding by its id, or by the first characters of it where they name only one. Raises `NotFound`."""
    # a range, not LIKE, so that the primary key is used
    rows = list(project.rows(_SELECT + " WHERE g.id >= :id AND g.id < :id || '~' LIMIT 2", {"id": coding_id}))
    if len(rows) != 1 or not coding_id:
        raise NotFound(
            _("There is no single coding {id}").format(id=coding_id),
            _('The column coding_id of "ipscoding excerpts" names each coding'),
        )
    return _coding(rows[0])


def counts(project: Project, document_id: str | None = None) -> dict[str, int]:
    """How many codings each code has, by its readable id; in one document or in all."""
    where, params = ("WHERE g.document = ?", (document_id,)) if document_id else ("", ())
    sql = f"SELECT k.code, count(*) AS n FROM codings g JOIN codes k ON k.id = g.code {where} GROUP BY k.code"
    return {row["code"]: row["n"] for row in project.rows(sql, params)}


def made_by(project: Project) -> dict[tuple[str, str], int]:
    """How many codings each coder has in each document, by (document id, coder's name); zeros are left out."""
    sql = "SELECT g.document, c.name, count(*) FROM codings g JOIN coders c ON c.id = g.coder GROUP BY g.document, c.id"
    return {(document, coder): n for document, coder, n in project.tuples(sql)}


_LATELY = 400


def recent_codes(project: Project, limit: int = 9) -> list[str]:
    """The codes this coder used last, latest first, by readable id."""
    coder = project.coder_id()
    # a screen asks after every act: the latest codings tell, unless they were all made at once
    lately = project.tuples(
        "SELECT code, created_at FROM codings WHERE coder = ? ORDER BY created_at DESC LIMIT ?", (coder, _LATELY)
    )
    if len(lately) == _LATELY and lately[0][1] != lately[-1][1]:
        in_use = dict(project.tuples("SELECT id, code FROM codes WHERE retired = 0"))
        found = [in_use[code] for code in dict.fromkeys(code for code, _time in lately) if code in in_use]
        if len(found) >= limit:
            return found[:limit]
    rows = project.rows(
        "SELECT k.code, max(g.created_at) AS latest FROM codings g JOIN codes k ON k.id = g.code"
        " WHERE g.coder = ? AND k.retired = 0 GROUP BY k.code ORDER BY latest DESC, count(*) DESC, k.code LIMIT ?",
        (coder, limit),
    )
    return [row["code"] for row in rows]


@dataclass(frozen=True)
class NewCoding:
    """A coding to be made; `coder` None means the one who is coding."""

    document_id: str
    span: Span
    code: str
    valence: Valence = Valence.NONE
    strength: int | None = None
    memo: str = ""
    coder: str | None = None


def add(
    project: Project,
    document_id: str,
    span: Span,
    code_id: str,
    valence: Valence,
    *,
    strength: int | None = None,
    memo: str = "",
    origin: str = "manual",
    dry_run: bool = False,
) -> Coding:
    """Code a span; white space at its ends is left out. The very same coding twice is one.

    A `dry_run` only tells what would be made.

    Raises `NotFound` for an unknown code or document, `NotAllowed` for a span without text or outside the text, a
    retired code, a domain, or a valence the code does not have.
    """
    wanted = NewCoding(document_id, span, code_id, valence, strength, memo)
    code = codebooks.find(project, code_id)
    span = trimmed(documents.text(project, document_id), span)
    params: dict[str, Any] = {"code": code_id, "valence": str(valence), "turn": turn_of(project, document_id, span)}
    with journal.command(project, "code", document=document_id, offset=span.start, dry_run=dry_run, **params) as act:
        coding_id, _new = _add(act, wanted, span, code, origin)
        documents.start_coding(act, document_id)
        return get(project, coding_id)


def add_many(
    project: Project,
    wanted: Iterable[NewCoding],
    *,
    origin: str = "script",
    done: bool = False,
    dry_run: bool = False,
    on_progress: Callable[[], None] | None = None,
) -> tuple[int, int]:
    """Make many codings as one act; gives how many were new and how many were there already.

    `done` marks the documents as done for their coders; a `dry_run` only tells what would be made.
    Raises what `add` raises; then nothing was made.
    """
    wanted = list(wanted)
    codes = {code_id: codebooks.find(project, code_id) for code_id in {one.code for one in wanted}}
    texts: dict[str, str] = {}
    made = 0
    with journal.command(project, "code-many", dry_run=dry_run, n=0) as act:
        names: dict[str | None, str] = {None: act.coder}
        for one in wanted:
            if one.document_id not in texts:
                texts[one.document_id] = documents.text(project, one.document_id)
            if one.coder not in names:
                names[one.coder] = coders.who_codes(act, str(one.coder))
            span = trimmed(texts[one.document_id], one.span)
            _id, new = _add(act, one, span, codes[one.code], origin, names[one.coder])
            made += new
            if on_progress is not None:
                on_progress()
        for document_id, coder in sorted({(one.document_id, names[one.coder]) for one in wanted}):
            if done:
                documents.write_status(act, document_id, "done", coder)
            else:
                documents.start_coding(act, document_id, coder)
        act.describe(n=made)
    return made, len(wanted) - made


def _add(
    act: journal.Command, wanted: NewCoding, span: Span, code: Code, origin: str, coder: str | None = None
) -> tuple[str, bool]:
    if origin not in ORIGINS:
        raise ValueError(origin)
    check_allowed(code, wanted.valence)
    coder = coder or act.coder
    twin = act.project.row(
        "SELECT id, valence FROM codings WHERE document = ? AND start = ? AND end = ? AND code = ? AND coder = ?",
        (wanted.document_id, span.start, span.end, code.uuid, coder),
    )
    if twin is not None:
        if twin["valence"] != wanted.valence:
            raise NotAllowed(
                _("{code}: this passage already has this code with another valence").format(code=code.id),
                _("Change the valence of that coding (both is one of them)"),
            )
        return str(twin["id"]), False
    coding_id = str(uuid.uuid4())
    values = {
        "document": wanted.document_id,
        "start": span.start,
        "end": span.end,
        "code": code.uuid,
        "coder": coder,
        "valence": str(wanted.valence),
        "strength": wanted.strength,
        "origin": origin,
        "code_version": code.version,
        "created_at": clock.wall_time(act.stamp),
    }
    act.create("coding", coding_id, values)
    if wanted.memo:
        memos.write(act, coding_id, wanted.memo)
    return coding_id, True


def check_usable(code: Code) -> None:
    """Raises `NotAllowed` for a domain and for a code that is retired."""
    if not code.codable:
        raise NotAllowed(
            _("{code} is a domain, not a code").format(code=code.id), _("Choose one of the codes under it")
        )
    if code.retired:
        successor = _("Use {code} instead").format(code=code.merged_into) if code.merged_into else ""
        raise NotAllowed(_("{code} is retired").format(code=code.id), successor)


def check_allowed(code: Code, valence: Valence) -> None:
    """Raises `NotAllowed` where a coding with this code and valence may not be made."""
    check_usable(code)
    if not code.allows(valence):
        raise NotAllowed(
            _("{code} cannot be coded as {valence}").format(code=code.id, valence=valence),
            _("The codebook allows {valence}").format(valence=code.valence),
        )


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its ends. Raises `NotAllowed` where it holds no text or leaves the text."""
    if span.end > len(text):
        raise NotAllowed(
            _("The passage {start}-{end} goes beyond the text, which has {n} characters").format(
                start=span.start, end=span.end, n=len(text)
            ),
            _("Offsets count characters from 0, the end is exclusive"),
        )
    quote = span.of(text)
    if not quote.strip():
        raise NotAllowed(
            _("The passage {start}-{end} holds no text").format(start=span.start, end=span.end),
            _("Select some words first"),
        )
    start = span.start + len(quote) - len(quote.lstrip())
    return Span(start, start + len(quote.strip()))


def turn_of(project: Project, document_id: str, span: Span) -> int:
    """The number of the turn that a span starts in; 0 where the document has no turns."""
    turn = project.value(
        "SELECT number FROM turns WHERE text = (SELECT text FROM documents WHERE id = ?) AND start <= ?"
        " ORDER BY start DESC LIMIT 1",
        (document_id, span.start),
    )
    return int(turn or 0)


_UNSET: Any = object()


def change(
    project: Project,
    coding_id: str,
    *,
    code: str | None = None,
    valence: Valence | None = None,
    strength: int | None = _UNSET,
    span: Span | None = None,
    memo: str | None = None,
) -> Coding:
    """Change what is given of a coding, as one act. Only its own coder may, except for the memo.

    Raises what `add` raises, and `NotAllowed` for another coder's coding.
    """
    now = get(project, coding_id)
    target = codebooks.find(project, code or now.code)
    values: dict[str, Any] = {}
    if code is not None and code != now.code:
        values.update(code=target.uuid, code_version=target.version)
    if valence is not None or code is not None:
        check_allowed(target, valence or now.valence)
        values["valence"] = str(valence or now.valence)
    if strength is not _UNSET:
        values["strength"] = strength
    if span is not None:
        span = trimmed(documents.text(project, now.document_id), span)
        values.update(start=span.start, end=span.end)
    if values:
        _own(project, now)
    place = span or now.span
    params: dict[str, Any] = {
        "code": target.id,
        "valence": str(valence or now.valence),
        "turn": turn_of(project, now.document_id, place),
    }
    with journal.command(project, "change", document=now.document_id, offset=place.start, **params) as act:
        if values:
            act.update("coding", now.id, values)
        if memo is not None:
            memos.write(act, now.id, memo)
    return get(project, now.id)


def remove(project: Project, coding_id: str) -> Coding:
    """Take a coding away with its memos, as one act; gives what it was. Raises `NotAllowed` for another coder's."""
    now = get(project, coding_id)
    _own(project, now)
    turn = turn_of(project, now.document_id, now.span)
    params: dict[str, Any] = {"code": now.code, "valence": str(now.valence), "turn": turn}
    with journal.command(project, "remove", document=now.document_id, offset=now.span.start, **params) as act:
        for memo in memos.of(project, now.id):
            act.delete("memo", memo.id)
        act.delete("coding", now.id)
    return now


def remove_many(project: Project, coding_ids: Iterable[str]) -> list[Coding]:
    """`remove` for several codings, as one act."""
    with journal.command(project, "remove-many", n=0) as act:
        removed = [remove(project, coding_id) for coding_id in coding_ids]
        act.describe(n=len(removed))
    return removed


def _own(project: Project, coding: Coding) -> None:
    if coding.coder != project.coder:
        raise NotAllowed(
            _("This coding is {coder}'s").format(coder=coding.coder),
            _("Make one of your own, or open the project as {coder}").format(coder=coding.coder),
        )
