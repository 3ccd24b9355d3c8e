"""Second thoughts on codings: split one, unite two, and the queue of codings made under an older meaning of a code."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ipscoding.domain import Coding, Span, Valence
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _
from ipscoding.project import codebooks, codes, codings, documents, journal
from ipscoding.project.store import Project


def split(project: Project, coding_id: str, at: int) -> tuple[Coding, Coding]:
    """Cut a coding in two at offset `at`; both keep code, valence, strength and memo. One act.

    Raises `NotAllowed` where one part would hold no text, or for another coder's coding.
    """
    whole = codings.get(project, coding_id)
    if not whole.span.start < at < whole.span.end:
        raise NotAllowed(_("A coding is split inside it"), _("Put the cursor where the second part begins"))
    text = documents.text(project, whole.document_id)
    first = codings.trimmed(text, Span(whole.span.start, at))
    second = codings.trimmed(text, Span(at, whole.span.end))
    with journal.command(project, "split", document=whole.document_id, offset=at, **_about(project, whole)):
        kept = codings.change(project, whole.id, span=first)
        new = codings.add(
            project,
            whole.document_id,
            second,
            whole.code,
            whole.valence,
            strength=whole.strength,
            memo=whole.memo,
            origin=whole.origin,
        )
    return kept, new


def unite(project: Project, first_id: str, second_id: str) -> Coding:
    """Make one coding of two of the same code, from the start of the earlier to the end of the later. One act.

    Memos are kept; different valences become both. Raises `NotAllowed` for different codes, documents or coders.
    """
    one, other = codings.get(project, first_id), codings.get(project, second_id)
    if (one.code, one.document_id, one.coder) != (other.code, other.document_id, other.coder) or one.id == other.id:
        raise NotAllowed(
            _("Only two codings of one code by one coder can be united"), _("Choose two with the same code")
        )
    code = codebooks.find(project, one.code)
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    with journal.command(project, "unite", document=one.document_id, offset=span.start, **_about(project, one)) as act:
        codings.change(project, one.id)  # says no for another coder's
        codes.unite_codings(act, {"id": other.id, "valence": str(other.valence)}, one.id, code)
        act.update("coding", one.id, {"start": span.start, "end": span.end})
    return codings.get(project, one.id)


def _about(project: Project, coding: Coding) -> dict[str, Any]:
    turn = codings.turn_of(project, coding.document_id, coding.span)
    return {"code": coding.code, "valence": str(coding.valence), "turn": turn}


@dataclass(frozen=True)
class Stale:
    """A coding to look at again, and why: its code was redefined (`meaning`), or split into others (`split`).

    `now` is the version of the code in force; `choices` are the codes a split made.
    """

    coding: Coding
    why: str
    now: int
    choices: tuple[str, ...] = ()


def queue(project: Project, coder: str | None = None) -> list[Stale]:
    """Codings made under an older meaning of their code, or under a code that was split; of one coder or of all."""
    where = "WHERE (g.code_version < k.version OR json_extract(k.extra, '$.split_into') IS NOT NULL)"
    rows = project.tuples(
        "SELECT g.id, g.code_version, k.version, json_extract(k.extra, '$.split_into')"
        " FROM codings g JOIN codes k ON k.id = g.code JOIN documents d ON d.id = g.document"
        f" JOIN coders c ON c.id = g.coder {where} AND (:coder IS NULL OR c.name = :coder)"
        " ORDER BY k.position, d.name, g.start",
        {"coder": coder},
    )
    found = []
    for coding_id, _made, now, split_into in rows:
        choices = tuple(json.loads(split_into)) if split_into else ()
        found.append(Stale(codings.get(project, coding_id), "split" if choices else "meaning", now, choices))
    return found


def to_look_at(project: Project, coder: str) -> int:
    """How many codings of a coder stand in the queue."""
    return int(
        project.value(
            "SELECT coalesce(sum((SELECT count(*) FROM codings g WHERE g.code = k.id AND g.coder = :coder"
            " AND (g.code_version < k.version OR json_extract(k.extra, '$.split_into') IS NOT NULL))), 0)"
            " FROM codes k WHERE k.version > 1 OR json_extract(k.extra, '$.split_into') IS NOT NULL",
            {"coder": project.coder_id(coder)},
        )
    )


def confirm(project: Project, coding_ids: Iterable[str]) -> int:
    """Say that codings hold under the meaning in force; gives how many did not say so already. One act."""
    confirmed = 0
    with journal.command(project, "confirm", n=0) as act:
        for coding_id in coding_ids:
            coding = codings.get(project, coding_id)
            version = codebooks.find(project, coding.code).version
            confirmed += act.update("coding", coding.id, {"code_version": version})
        act.describe(n=confirmed)
    return confirmed


def change_many(
    project: Project,
    coding_ids: Iterable[str],
    *,
    code: str | None = None,
    valence: Valence | None = None,
    otherwise: Valence = Valence.NONE,
) -> list[Coding]:
    """Give several codings another code, another valence or both, as one act; gives them as they are now.

    A coding keeps its own valence where none is given and `code` allows it, else it gets `otherwise`. Where its
    coder has given the very same passage `code` already, the two become one: memos are kept, different valences
    become both. Raises what `codings.change` raises; then nothing was changed.
    """
    changed: dict[str, Coding | None] = {}
    with journal.command(project, "change-many", n=0) as act:
        for coding_id in dict.fromkeys(coding_ids):
            if coding_id in changed:
                continue  # it became one with an earlier one
            now = codings.get(project, coding_id)
            target = codebooks.find(project, code or now.code)
            wanted = valence or (now.valence if target.allows(now.valence) else otherwise)
            made = codings.change(project, now.id, code=code, valence=wanted)
            for twin_id, twin_valence in _twins(project, made, target.uuid):
                codes.unite_codings(act, {"id": twin_id, "valence": twin_valence}, made.id, target)
                changed[twin_id] = None
            changed[made.id] = codings.get(project, made.id)
        act.describe(n=sum(coding is not None for coding in changed.values()))
    return [coding for coding in changed.values() if coding is not None]


def _twins(project: Project, coding: Coding, code: str) -> list[tuple[str, str]]:
    return project.tuples(
        "SELECT id, valence FROM codings WHERE document = ? AND start = ? AND end = ? AND code = ? AND id <> ?"
        " AND coder = (SELECT coder FROM codings WHERE id = ?)",
        (coding.document_id, coding.span.start, coding.span.end, code, coding.id, coding.id),
    )


def add_several(
    project: Project,
    document_id: str,
    span: Span,
    chosen: Iterable[tuple[str, Valence]],
    *,
    strength: int | None = None,
    memo: str = "",
    origin: str = "manual",
    dry_run: bool = False,
) -> list[Coding]:
    """Code one span with several codes, as one act; a coding that is there already gets the valence.

    A `dry_run` only tells what would be made. Raises what `codings.add` raises; then nothing was made.
    """
    made = []
    span = codings.trimmed(documents.text(project, document_id), span)
    place: dict[str, Any] = {"document": document_id, "offset": span.start}
    with journal.command(project, "code-many", **place, dry_run=dry_run, n=0) as act:
        for code_id, valence in chosen:
            code = codebooks.find(project, code_id)
            known = project.value(
                "SELECT id FROM codings WHERE document = ? AND start = ? AND end = ? AND code = ? AND coder = ?",
                (document_id, span.start, span.end, code.uuid, act.coder),
            )
            if known is not None:
                changes: dict[str, Any] = {"strength": strength} if strength is not None else {}
                made.append(codings.change(project, known, valence=valence, memo=memo or None, **changes))
            else:
                new = codings.add(
                    project, document_id, span, code_id, valence, strength=strength, memo=memo, origin=origin
                )
                made.append(new)
        act.describe(n=len(made))
    return made
