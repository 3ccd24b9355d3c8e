"""The consensus layer: what a team agreed on, as codings of a coder of its own, and the decisions it came from.

Codings of this coder come about in two ways, and say so by their origin. Where coders agree, their coding is taken
over (`agreed`). Where they do not, somebody decides (`adjudicated`); the decision is kept with its reason, as an act of
whoever decided. The coders' own codings stay as they are.

A decision is known by what was decided about (`Question.key`): document, code, and where and in which direction it was
coded. So it is found again after a restart or a merge, and no longer fits once one of these codings has changed.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import CONSENSUS, Code, Coding, Span, Valence
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _
from ipscoding.project import clock, codebooks, codes, codings, documents, entities, journal, memos
from ipscoding.project.store import Project

OUTCOMES = ("one", "both", "neither", "other")
"""What can be decided: one coder's version holds, both as one coding, no coding at all, or something else."""

RULES = ("include_when", "exclude_when")
"""The rules of a code to which a reason can be added."""


@dataclass(frozen=True)
class Question:
    """What coders made of one passage with one code; `codings` in order of place, at least one."""

    document_id: str
    code: str
    codings: tuple[Coding, ...]

    @property
    def span(self) -> Span:
        """From the first to the last character that anybody coded."""
        return Span(min(one.span.start for one in self.codings), max(one.span.end for one in self.codings))

    @property
    def valence(self) -> Valence:
        """The directions of all codings together."""
        return together(one.valence for one in self.codings)

    @property
    def marks(self) -> str:
        """Where and in which direction it was coded, whoever did: `12-40 barrier;14-40 none`."""
        return ";".join(sorted(f"{one.span.start}-{one.span.end} {one.valence}" for one in self.codings))

    @property
    def key(self) -> tuple[str, str, str]:
        """What a decision about this is known by."""
        return self.document_id, self.code, self.marks

    @property
    def id(self) -> str:
        """The same for the same question, in every copy of a project."""
        return str(uuid.uuid5(uuid.UUID(self.document_id), f"{self.code}/{self.marks}"))


@dataclass(frozen=True)
class Settled:
    """A coding that the team settled on."""

    code: str
    span: Span
    valence: Valence


@dataclass(frozen=True)
class Adjudication:
    """A decision: `outcome` (one of `OUTCOMES`), `side` the coder whose version holds, who decided when and why.

    `codings` are the ids of the consensus codings it made. `disputed`: two people decided it in different ways, each
    in a copy of their own, and nobody has decided between them.
    """

    id: str
    document_id: str
    code: str
    span: Span
    marks: str
    outcome: str
    side: str
    reason: str
    coder: str
    decided_at: str
    codings: tuple[str, ...]
    disputed: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it was decided about, as in `Question.key`."""
        return self.document_id, self.code, self.marks


def together(valences: Iterable[Valence]) -> Valence:
    """Several directions as one: both where they differ; those without direction do not count beside others."""
    sides = set(valences) - {Valence.NONE}
    if not sides:
        return Valence.NONE
    return sides.pop() if len(sides) == 1 else Valence.BOTH


def all(project: Project, document_id: str | None = None) -> list[Adjudication]:
    """The decisions that stand, of one document or of all, by document and place; of several on one question the
    latest last.
    """
    rows = project.tuples(
        "SELECT a.id, a.document, k.code, a.start, a.end, a.marks, a.outcome, a.side, a.reason, c.name, a.decided_at,"
        " a.codings, EXISTS (SELECT 1 FROM conflicts WHERE entity = 'adjudication' AND entity_id = a.id)"
        " FROM adjudications a JOIN codes k ON k.id = a.code JOIN coders c ON c.id = a.coder"
        " JOIN documents d ON d.id = a.document WHERE :document IS NULL OR a.document = :document"
        " ORDER BY d.name, a.start, a.end, k.position, a.decided_at, a.id",
        {"document": document_id},
    )
    return [
        Adjudication(
            *(id, document, code, Span(start, end), marks, outcome, side, reason, coder, decided_at),
            codings=tuple(sorted(json.loads(made))),
            disputed=bool(disputed),
        )
        for id, document, code, start, end, marks, outcome, side, reason, coder, decided_at, made, disputed in rows
    ]


def decide(
    project: Project,
    question: Question,
    outcome: str,
    settled: Collection[Settled],
    *,
    side: str = "",
    reason: str = "",
    rule: tuple[str, str] | None = None,
    instead_of: Collection[Adjudication] = (),
    complete: bool = False,
) -> Adjudication:
    """Decide what the consensus layer says of a question, over any earlier decision on it; one act.

    Args:
        project: the one who is coding in it decides.
        question: what is decided about.
        outcome: one of `OUTCOMES`; what it means for this question is for the caller, who gives the result.
        settled: the codings that the consensus layer shall have for it; none is an answer too.
        side: the name of the coder whose version holds.
        reason: why; it becomes the memo of the codings.
        rule: `("include_when" or "exclude_when", language)`: the reason is added to this rule of the question's code.
        instead_of: earlier decisions, on codings that have changed since, that this one replaces.
        complete: whether the consensus on the interview is complete with it.

    Raises `NotAllowed` for a code that is retired, a domain, a valence its code does not have, a passage without text,
    or a rule without a reason; `NotFound` for an unknown code. Then nothing was changed.
    """
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    reason = reason.strip()
    if rule is not None and not reason:
        raise NotAllowed(_("A rule needs a reason to be written from"), _("Say why it was decided so"))
    turn = codings.turn_of(project, question.document_id, question.span)
    document, offset = question.document_id, question.span.start
    with journal.command(project, "adjudicate", document=document, offset=offset, code=question.code, turn=turn) as act:
        identity = _identity(project, question)
        for earlier in all(project, question.document_id):
            if earlier.key == question.key or earlier in instead_of:
                _take_back(act, earlier, keep=earlier.id == identity)
        if rule is not None:
            _add_to_rule(project, question.code, *rule, reason)
        coder = consensus(act)
        text = documents.text(project, question.document_id)
        made: dict[str, int] = {}
        for one in settled:
            span = codings.trimmed(text, one.span)
            trimmed = Settled(one.code, span, one.valence)
            coding = _settle(act, coder, question, trimmed, codebooks.find(project, one.code), "adjudicated")
            if coding is None:
                continue
            made[coding] = 1
            if reason:
                memos.write(act, coding, reason)
        values = {
            "document": question.document_id,
            "start": question.span.start,
            "end": question.span.end,
            "on_text": documents.find(project, question.document_id).text_sha256,
            "code": codebooks.find(project, question.code).uuid,
            "marks": question.marks,
            "outcome": outcome,
            "side": side,
            "reason": reason,
            "coder": act.coder,
            "decided_at": clock.wall_time(act.stamp),
            "codings": made,
        }
        now = entities.read(project, "adjudication", identity)
        if now is not None:
            wanted = entities.flatten("adjudication", values)
            # also what stays as it is is written, since whoever decides has seen what others decided
            changes = {name: (now.get(name), wanted.get(name)) for name in sorted(now.keys() | wanted.keys())}
            act.change("adjudication", identity, changes)
        else:
            act.create("adjudication", identity, values)
        _set_done(act, question.document_id, complete)
    return next(one for one in all(project, question.document_id) if one.id == identity)


def _identity(project: Project, question: Question) -> str:
    """The id of a decision on a question: another one where the same places in an earlier text were other passages."""
    known = project.value("SELECT marks FROM adjudications WHERE id = ?", (question.id,))
    if known is None or known == question.marks:
        return question.id
    text = documents.find(project, question.document_id).text_sha256
    return str(uuid.uuid5(uuid.UUID(question.id), text))


def reopen(project: Project, adjudication: Adjudication) -> None:
    """Take back a decision with its codings, whoever decided; one act."""
    turn = codings.turn_of(project, adjudication.document_id, adjudication.span)
    document, offset = adjudication.document_id, adjudication.span.start
    with journal.command(project, "reopen", document=document, offset=offset, code=adjudication.code, turn=turn) as act:
        _take_back(act, adjudication)
        _set_done(act, adjudication.document_id, False)


@dataclass(frozen=True)
class TakenOver:
    """What taking over did: codings made, already there, taken away since coders no longer agree, and left out.

    Left out are codings with a code that is retired, or in a direction that it no longer has.
    """

    made: int
    known: int
    removed: int
    left_out: int


def take_over(
    project: Project, agreed: Iterable[Question], document_ids: Mapping[str, bool], *, dry_run: bool = False
) -> TakenOver:
    """Bring into the consensus layer what coders agree on in some interviews, as one act.

    `document_ids` are these interviews, and whether nothing is left open in each.

    Each question becomes one coding, from the first to the last character that anybody coded. What was taken over
    earlier and is no longer agreed on goes. Done again, it changes nothing.
    """
    book = codebooks.load(project).by_id
    made = known = left_out = removed = 0
    with journal.command(project, "take-over", dry_run=dry_run, n=0) as act:
        coder = consensus(act)
        wanted: set[str] = set()
        for question in agreed:
            if not _can_be_made(question, book):
                left_out += 1
                continue
            settled = _of(question)
            there = _taken_over(project, question, settled)
            coding_id = there or _settle(act, coder, question, settled, book[question.code], "agreed")
            if coding_id is not None:
                wanted.add(coding_id)
            if there or coding_id is None:
                known += 1
            else:
                made += 1
        for document_id in document_ids:
            for (coding_id,) in project.tuples(
                "SELECT id FROM made_codings WHERE document = ? AND coder = ? AND origin = 'agreed'",
                (document_id, coder),
            ):
                if coding_id not in wanted:
                    _remove(act, coding_id)
                    removed += 1
            _set_done(act, document_id, document_ids[document_id])
        act.describe(n=made)
    return TakenOver(made, known, removed, left_out)


def is_taken_over(project: Project, agreed: Collection[Question]) -> bool:
    """Whether the consensus layer has what coders agree on in these questions, but for what it cannot have."""
    book = codebooks.load(project).by_id
    wanted = [one for one in agreed if _can_be_made(one, book)]
    return None not in [_taken_over(project, one, _of(one)) for one in wanted]


def _taken_over(project: Project, question: Question, settled: Settled) -> str | None:
    """The id of the coding that what coders agree on became; None where it is not taken over.

    Its id was made from its place in the text that was in force then; in a text that came later its place tells.
    """
    found = project.value(
        "SELECT g.id FROM codings g JOIN codes k ON k.id = g.code WHERE g.document = :document AND g.start = :start"
        " AND g.end = :end AND k.code = :code AND (g.id = :id OR (g.valence = :valence AND g.origin = 'agreed'"
        " AND g.coder = (SELECT id FROM coders WHERE name = :consensus))) ORDER BY g.id = :id DESC, g.id LIMIT 1",
        {
            "document": question.document_id,
            "start": settled.span.start,
            "end": settled.span.end,
            "code": settled.code,
            "valence": str(settled.valence),
            "id": _coding_id(question, settled),
            "consensus": CONSENSUS,
        },
    )
    return None if found is None else str(found)


def _of(question: Question) -> Settled:
    return Settled(question.code, question.span, question.valence)


def _can_be_made(question: Question, book: Mapping[str, Code]) -> bool:
    code = book[question.code]
    return code.codable and not code.retired and code.allows(question.valence)


def _set_done(act: journal.Command, document_id: str, done: bool) -> None:
    # a status of "coding" would say that somebody is at work there, and keep others' work hidden where coding is blind
    if done:
        documents.write_status(act, document_id, "done", consensus(act))
    else:
        documents.clear_status(act, document_id, consensus(act))


def consensus(act: journal.Command) -> str:
    """The id of the coder that holds the consensus layer, made where there is none; the same in every copy."""
    known = act.project.coder_id(CONSENSUS)
    if known is None:
        known = str(uuid.uuid5(uuid.UUID(act.project.id), CONSENSUS))
        act.create("coder", known, {"name": CONSENSUS})
    return known


def _coding_id(question: Question, settled: Settled) -> str:
    # made from what it says, so that two copies of a project that decide alike make one coding
    return str(uuid.uuid5(uuid.UUID(question.id), f"{settled.code}/{settled.span.start}-{settled.span.end}"))


def _settle(
    act: journal.Command, coder: str, question: Question, settled: Settled, code: Code, origin: str
) -> str | None:
    """Make a coding of the consensus layer; None where it has that very coding already, for another question."""
    codings.check_allowed(code, settled.valence)
    twin = act.project.row(
        "SELECT id, valence FROM codings WHERE document = ? AND start = ? AND end = ? AND code = ? AND coder = ?",
        (question.document_id, settled.span.start, settled.span.end, code.uuid, coder),
    )
    if twin is not None:
        both = together((Valence(twin["valence"]), settled.valence))
        if both != twin["valence"] and code.allows(both):
            act.update("coding", twin["id"], {"valence": str(both)})
        return None
    coding_id = _coding_id(question, settled)
    if act.project.value("SELECT 1 FROM made_codings WHERE id = ?", (coding_id,)):
        # the same place in an earlier text was another passage
        text = documents.find(act.project, question.document_id).text_sha256
        coding_id = str(uuid.uuid5(uuid.UUID(coding_id), text))
    values: dict[str, Any] = {
        "document": question.document_id,
        "start": settled.span.start,
        "end": settled.span.end,
        "code": code.uuid,
        "coder": coder,
        "valence": str(settled.valence),
        "origin": origin,
        "code_version": code.version,
        "created_at": clock.wall_time(act.stamp),
    }
    act.create("coding", coding_id, values)
    return coding_id


def _take_back(act: journal.Command, adjudication: Adjudication, *, keep: bool = False) -> None:
    """Take away the codings of a decision, and the decision itself unless it is to be written over."""
    for coding_id in adjudication.codings:
        if act.project.value("SELECT 1 FROM made_codings WHERE id = ?", (coding_id,)):
            _remove(act, coding_id)
    if not keep:
        act.delete("adjudication", adjudication.id)


def _remove(act: journal.Command, coding_id: str) -> None:
    for memo in memos.of(act.project, coding_id):
        act.delete("memo", memo.id)
    act.delete("coding", coding_id)


def _add_to_rule(project: Project, code_id: str, rule: str, language: str, reason: str) -> None:
    if rule not in RULES:
        raise ValueError(rule)
    before = getattr(codebooks.find(project, code_id), rule).get(language, "").strip()
    text = f"{before}\n{reason}" if before else reason
    if rule == "include_when":
        codes.change(project, code_id, include_when={language: text})
    else:
        codes.change(project, code_id, exclude_when={language: text})
