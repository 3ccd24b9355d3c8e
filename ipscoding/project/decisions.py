"""The ledger of suggestions: what a coder accepted, changed or rejected."""

import uuid
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import Coding, Span, Valence
from ipscoding.project import clock, codebooks, codings, journal, placing
from ipscoding.project.store import Project


@dataclass(frozen=True)
class Decision:
    """One coder's decision on one suggestion; `code` is the readable id that was suggested."""

    span: Span
    code: str
    decision: str
    coder: str


def decision_id(document: str, coder: str, code: str, start: int, end: int, on_text: str | None) -> str:
    """The id of a coder's decision on a suggestion, so that there is never a second one.

    `on_text` is the hash of the text that the place is in; None in a project from before texts had versions.
    """
    suffix = f"/{on_text}" if on_text else ""
    return str(uuid.uuid5(uuid.UUID(document), f"{coder}/{code}/{start}-{end}{suffix}"))


def of_document(project: Project, document_id: str) -> list[Decision]:
    """All decisions on suggestions for a document, by place."""
    rows = project.rows(
        "SELECT d.start, d.end, k.code, d.decision, c.name AS coder FROM decisions d"
        " JOIN codes k ON k.id = d.code JOIN coders c ON c.id = d.coder"
        " WHERE d.document = ? ORDER BY d.start, d.end, k.code",
        (document_id,),
    )
    return [Decision(Span(row["start"], row["end"]), row["code"], row["decision"], row["coder"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Dated:
    """A decision with what the ledger needs: when (ISO 8601, UTC), on a suggestion of which engine with which score."""

    document_id: str
    span: Span
    code: str
    decision: str
    coder: str
    engine: str
    score: float
    time: str


def all(project: Project) -> list[Dated]:
    """The decisions that stand, in the order in which they were made."""
    rows = project.tuples(
        "SELECT d.document, d.start, d.end, k.code, d.decision, c.name, d.engine, d.score, e.time"
        " FROM decisions d JOIN codes k ON k.id = d.code JOIN coders c ON c.id = d.coder"
        " JOIN events e ON e.seq = (SELECT max(seq) FROM events WHERE entity_id = d.id) ORDER BY e.seq"
    )
    return [
        Dated(document, Span(start, end), code, decision, coder, engine, score, clock.to_second(time))
        for document, start, end, code, decision, coder, engine, score, time in rows
    ]


def accept(
    project: Project,
    document_id: str,
    span: Span,
    code_id: str,
    valence: Valence,
    *,
    score: float,
    engine: str,
    suggested: str | None = None,
) -> Coding:
    """Make the suggested coding and note the decision, as one act.

    `suggested` is the code that was suggested where the coder chose another one (`changed` in the ledger).
    """
    turn = codings.turn_of(project, document_id, span)
    params: dict[str, Any] = {"code": code_id, "valence": str(valence), "turn": turn}
    with journal.command(project, "accept", document=document_id, offset=span.start, **params) as act:
        coding = codings.add(project, document_id, span, code_id, valence, origin="suggestion")
        decision = "accepted" if suggested in (None, code_id) else "changed"
        _note(act, document_id, span, suggested or code_id, decision, score, engine, coding.id)
    return coding


def reject(project: Project, document_id: str, span: Span, code_id: str, *, score: float, engine: str) -> None:
    """Note that this coder does not want this code here; it is not suggested to them again."""
    turn = codings.turn_of(project, document_id, span)
    with journal.command(project, "reject", document=document_id, offset=span.start, code=code_id, turn=turn) as act:
        _note(act, document_id, span, code_id, "rejected", score, engine, None)


def _note(
    act: journal.Command,
    document_id: str,
    span: Span,
    code_id: str,
    decision: str,
    score: float,
    engine: str,
    coding: str | None,
) -> None:
    code = codebooks.find(act.project, code_id).uuid
    known = act.project.value(
        "SELECT id FROM decisions WHERE document = ? AND start = ? AND end = ? AND code = ? AND coder = ?",
        (document_id, span.start, span.end, code, act.coder),
    )
    values = {
        "document": document_id,
        "start": span.start,
        "end": span.end,
        "code": code,
        "coder": act.coder,
        "decision": decision,
        "score": float(score),
        "engine": engine,
        "coding": coding,
    }
    if known is not None:
        act.update("decision", known, values)
        return
    text = placing.text_of(act.project, "decision", values)
    act.create("decision", decision_id(document_id, act.coder, code, span.start, span.end, text), values)
