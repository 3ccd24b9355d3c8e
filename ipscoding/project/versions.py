"""Interviews whose text is corrected or pseudonymised after coding: versions, and codings to look at after a change.

A revision is one act that changes which text an interview has; codings and notes follow by themselves (`placing`).
Codings whose words are other ones now, or gone, wait in a queue until somebody has looked at them. Older texts stay in
the file.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ipscoding.domain import Document, Moment, Span, Transcript, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _
from ipscoding.project import blind, clock, coders, codings, documents, imports, journal, memos
from ipscoding.project.store import Project, Row
from ipscoding.project.texts import fingerprint, keep_text
from ipscoding.transcripts.anchor import CONTEXT, Anchored, Comparison
from ipscoding.transcripts.reading import Reading

TO_REVIEW = (Anchored.CHANGED, Anchored.LOST)
"""What became of the codings that somebody has to look at."""


@dataclass(frozen=True)
class Revised:
    """What a revision did, or would do, to one interview: how many codings are in which case (keys: `Anchored`).

    `unchanged`: it has that very text already.
    """

    document: str
    codings: Mapping[str, int] = field(default_factory=dict)
    unchanged: bool = False

    @property
    def to_review(self) -> int:
        """How many codings somebody has to look at."""
        return sum(self.codings.get(status, 0) for status in TO_REVIEW)


def revise(project: Project, document_id: str, reading: Reading, *, why: str = "", dry_run: bool = False) -> Revised:
    """Give an interview the text of `reading` instead of the one it has, as one act. See `revise_all`."""
    return revise_all(project, [(document_id, reading)], why=why, dry_run=dry_run)[0]


def revise_all(
    project: Project, wanted: Sequence[tuple[str, Reading]], *, why: str = "", dry_run: bool = False
) -> list[Revised]:
    """Give interviews (by name or id) other texts, as one act that can be undone; codings and notes move with them.

    Where a new text has no times, the old one's are kept. What else a file says (head, comments) is left out. A
    `dry_run` only tells what would be done; `why` stands in the history.

    Raises `NotFound`, and `NotAllowed` for a text that another interview of the project has; then nothing was changed.
    """
    found = [(documents.find(project, name), reading) for name, reading in wanted]
    done: list[Revised] = []
    params: dict[str, Any] = {"interview": found[0][0].name} if len(found) == 1 else {"n": 0}
    name = "revise" if len(found) == 1 else "revise-many"
    place = found[0][0].id if len(found) == 1 else None
    with journal.command(project, name, document=place, dry_run=dry_run, why=why.strip(), **params) as act:
        told = {}
        for document, reading in found:
            made = _revise(act, document, reading)
            done.append(made)
            if not made.unchanged:
                told[document.id] = dict(made.codings)
        if told:
            act.describe(codings=told, **({"n": len(told)} if len(found) > 1 else {}))
    return done


def _revise(act: journal.Command, document: Document, reading: Reading) -> Revised:
    project = act.project
    sha256 = fingerprint(reading.transcript.text)
    if sha256 == document.text_sha256:
        return Revised(document.name, unchanged=True)
    other = project.value("SELECT name FROM documents WHERE text = ? AND id <> ?", (sha256, document.id))
    if other is not None:
        raise NotAllowed(
            _("{source}: this is the text of another interview, {name}").format(source=reading.source, name=other),
            _("Check which file belongs to {name}; nothing was changed").format(name=document.name),
        )
    keep_text(project, _timed(documents.transcript(project, document.id), imports.timed(reading)))
    values = {"text": sha256, "source": reading.source, "source_sha256": reading.source_sha256}
    act.update("document", document.id, values)
    rows = project.tuples(
        "SELECT anchored, count(*) FROM made_codings WHERE document = ? GROUP BY anchored", (document.id,)
    )
    counted = dict(rows)
    return Revised(document.name, {str(status): int(counted.get(status, 0)) for status in Anchored})


def _timed(old: Transcript, new: Transcript) -> Transcript:
    """The new transcript with the times of the old one where it has none of its own."""
    if new.times or not old.times:
        return new
    comparison = Comparison(old.text, new.text)
    moved = {comparison.offset(moment.offset): moment.seconds for moment in reversed(old.times)}
    times = tuple(Moment(offset, seconds) for offset, seconds in sorted(moved.items()) if offset < len(new.text))
    return Transcript(new.text, new.turns, new.sentences, times)


@dataclass(frozen=True)
class Version:
    """A text that an interview has had: since when, through whom and why, and what became of the codings then.

    `sha256` names the text, `time` is ISO 8601 in UTC, `kind` is that of the act (`do`, `undo`, ...), `codings` is as
    in `Revised`, empty where nothing was coded. `words` counts informants' words; None where the text is gone.
    """

    number: int
    sha256: str
    time: str
    coder: str
    kind: str
    why: str
    words: int | None
    in_force: bool
    codings: Mapping[str, int]


def history(project: Project, document_id: str) -> list[Version]:
    """The texts that an interview has had, the oldest first. Raises `NotFound`."""
    document = documents.find(project, document_id)
    rows = project.tuples(
        "SELECT c.time, coalesce(k.name, ''), c.kind, c.params, json_extract(e.changes, '$.text[1]'), t.words"
        " FROM told_events e JOIN told_commands c ON c.id = e.command"
        " LEFT JOIN coders k ON k.id = coalesce((SELECT shown FROM twins WHERE id = c.coder), c.coder)"
        " LEFT JOIN texts t ON t.sha256 = json_extract(e.changes, '$.text[1]')"
        " WHERE e.entity = 'document' AND e.entity_id = ? AND c.name <> ? AND json_extract(e.changes, '$.text[1]')"
        " IS NOT json_extract(e.changes, '$.text[0]') AND json_extract(e.changes, '$.text[1]') IS NOT NULL"
        " ORDER BY c.time, c.seq",
        (document.id, journal.MERGE),
    )
    found = []
    for number, (time, coder, kind, params, sha256, words) in enumerate(rows, start=1):
        told = json.loads(params)
        in_force = sha256 == document.text_sha256 and all(row[4] != sha256 for row in rows[number:])
        counted = told.get("codings", {}).get(document.id, {}) if kind != "undo" else {}
        why = str(told.get("why", ""))
        found.append(Version(number, sha256, clock.to_second(time), coder, kind, why, words, in_force, counted))
    return found


@dataclass(frozen=True)
class Passage:
    """Words with up to 32 characters before and after them."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class Review:
    """A coding to look at after a revision: what was coded (`old`), and where that seems to stand now (`now`, `span`).

    `status` is one of `TO_REVIEW`; a lost coding has neither `span` nor `now`. `code` is the readable id.
    """

    id: str
    document_id: str
    document: str
    code: str
    coder: str
    valence: Valence
    memo: str
    status: Anchored
    old: Passage
    span: Span | None
    now: Passage | None


_QUEUE = """
    SELECT g.id, g.document, d.name, k.code, c.name AS coder, g.valence, g.anchored, g.start, g.end, o.text AS old,
           g.now_start, g.now_end, g.quote, g.before, g.after,
           coalesce((SELECT group_concat(text, char(10)) FROM (
               SELECT text FROM memos WHERE target = g.id ORDER BY created_at, id)), '') AS memo
    FROM made_codings g JOIN documents d ON d.id = g.document JOIN codes k ON k.id = g.code
         JOIN coders c ON c.id = g.coder LEFT JOIN texts o ON o.sha256 = g.on_text
    WHERE g.anchored IN ('changed', 'lost', '')
"""


def queue(project: Project, coder: str | None = None, document_id: str | None = None) -> list[Review]:
    """The codings to look at, by interview and place in the old text; of one coder, or of all that may be seen."""
    unseen = blind.hidden(project)
    rows = project.rows(
        _QUEUE + " AND (:coder IS NULL OR c.name = :coder) AND (:document IS NULL OR g.document = :document)"
        " ORDER BY d.name, g.start, g.end, k.position, g.id",
        {"coder": coder, "document": document_id},
    )
    return [_review(row) for row in rows if row["coder"] not in unseen.get(row["document"], ())]


def to_review(project: Project, coder: str) -> int:
    """How many codings of a coder wait to be looked at."""
    return int(
        project.value(
            "SELECT count(*) FROM made_codings WHERE coder = ? AND anchored IN ('changed', 'lost', '')",
            (project.coder_id(coder),),
        )
    )


def _review(row: Row) -> Review:
    text, start, end = row["old"] or "", row["start"], row["end"]
    lost = row["now_start"] is None
    return Review(
        row["id"],
        row["document"],
        row["name"],
        row["code"],
        row["coder"],
        Valence(row["valence"]),
        row["memo"],
        Anchored.LOST if lost else Anchored.CHANGED,
        Passage(text[max(start - CONTEXT, 0) : start], text[start:end], text[end : end + CONTEXT]),
        None if lost else Span(row["now_start"], row["now_end"]),
        None if lost else Passage(row["before"], row["quote"], row["after"]),
    )


def find(project: Project, coding_id: str) -> Review:
    """The coding to look at with this id, or with these first characters of it. Raises `NotFound`."""
    rows = list(project.rows(_QUEUE + " AND g.id >= :id AND g.id < :id || '~' LIMIT 2", {"id": coding_id}))
    if len(rows) != 1 or not coding_id:
        raise NotFound(
            _("No single coding {id} waits to be looked at").format(id=coding_id),
            _('See them with "ipscoding revise {path} --queue"').format(path=project.path),
        )
    return _review(rows[0])


def was_at(project: Project, coding_id: str) -> int:
    """Where in the text in force the place is that a coding once had, whatever stands there now."""
    row = project.row(
        "SELECT g.start, o.text AS old, n.text AS new FROM made_codings g JOIN documents d ON d.id = g.document"
        " JOIN texts n ON n.sha256 = d.text JOIN texts o ON o.sha256 = g.on_text WHERE g.id = ?",
        (coding_id,),
    )
    return 0 if row is None else Comparison(row["old"], row["new"]).offset(row["start"])


def accept(project: Project, coding_ids: Iterable[str]) -> int:
    """Say that codings hold where they stand now; gives how many. One act.

    Raises `NotFound`, and `NotAllowed` for a coding that stands nowhere, or another coder's where this one does not
    lead the project; then nothing was changed.
    """
    accepted = 0
    with journal.command(project, "review", n=0) as act:
        for one in [find(project, coding_id) for coding_id in dict.fromkeys(coding_ids)]:
            _check(project, one)
            if one.span is None:
                raise NotAllowed(
                    _("{id}: what was coded is gone from the text").format(id=one.id[:8]),
                    _("Give it another passage, or remove it"),
                )
            act.update("coding", one.id, {"start": one.span.start, "end": one.span.end})
            accepted += 1
        act.describe(n=accepted)
    return accepted


def move(project: Project, coding_id: str, span: Span) -> None:
    """Give a coding that is to be looked at another passage of the text in force; one act. Raises as `accept` does."""
    one = find(project, coding_id)
    _check(project, one)
    span = codings.trimmed(documents.text(project, one.document_id), span)
    turn = codings.turn_of(project, one.document_id, span)
    params: dict[str, Any] = {"code": one.code, "valence": str(one.valence), "turn": turn}
    with journal.command(project, "change", document=one.document_id, offset=span.start, **params) as act:
        act.update("coding", one.id, {"start": span.start, "end": span.end})


def remove(project: Project, coding_ids: Collection[str]) -> int:
    """Take codings that are to be looked at away, with their memos; gives how many. One act. Raises as `accept`."""
    with journal.command(project, "remove-many", n=len(coding_ids)) as act:
        for one in [find(project, coding_id) for coding_id in dict.fromkeys(coding_ids)]:
            _check(project, one)
            for memo in memos.of(project, one.id):
                act.delete("memo", memo.id)
            act.delete("coding", one.id)
    return len(coding_ids)


def _check(project: Project, one: Review) -> None:
    if one.coder != project.coder and not coders.is_lead(project):
        raise NotAllowed(
            _("This coding is {coder}'s").format(coder=one.coder),
            _("{coder} or whoever leads the project decides on it").format(coder=one.coder),
        )
