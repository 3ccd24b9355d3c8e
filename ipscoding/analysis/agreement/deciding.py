"""Adjudication of a project's disagreements: what a decision means for the consensus layer, and how far it has come."""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import combinations

from ipscoding.analysis.agreement.disagreements import Compared, Standing
from ipscoding.analysis.agreement.entering import agreement_of
from ipscoding.analysis.agreement.report import Question
from ipscoding.analysis.table import Column, Row, Table
from ipscoding.domain import CONSENSUS, Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _
from ipscoding.project import Project, adjudications, journal
from ipscoding.project.adjudications import Adjudication, Settled, TakenOver


def decide(
    project: Project,
    stands: Standing,
    disagreements: Sequence[Compared],
    outcome: str,
    *,
    side: str = "",
    code: str | None = None,
    valence: Valence | None = None,
    span: Span | None = None,
    reason: str = "",
    rule: tuple[str, str] | None = None,
) -> list[Adjudication]:
    """Decide disagreements of `stands` alike, over earlier decisions on them; one act, whose author is who codes.

    Args:
        project: where it is written.
        stands: what the coders agree on and what not, as `standing` gave it; read it again afterwards.
        disagreements: those that are decided.
        outcome: `one`: the codings of the coder `side` hold as they are (none, where that coder has none). `both`: one
            coding over all that was coded, in all directions. `neither`: no coding. `other`: one coding as `code`,
            `valence` and `span` say, each as in `both` where it is not given.
        reason: why; it is kept with the decision and becomes the memo of the codings.
        rule: adds the reason to a rule of the code: `("include_when" or "exclude_when", language)`.

    Raises `NotFound` for a `side` that is not compared, or an unknown code; `NotAllowed` for what
    `adjudications.decide` does not allow. Then nothing was changed.
    """
    _check(stands)
    if outcome == "one" and side not in stands.entered.coders:
        raise NotFound(
            _("{coder} is not among the coders that are compared").format(coder=side or "–"),
            _("They are {names}").format(names=", ".join(stands.entered.coders)),
        )
    changed = any(value is not None for value in (code, valence, span))
    if changed and outcome != "other":
        raise NotAllowed(
            _("Another code, direction or passage is the outcome “other”"), _("Leave them out, or decide for other")
        )
    if rule is not None and len({one.code for one in disagreements}) > 1:
        raise NotAllowed(_("One reason cannot go into the rules of several codes"), _("Decide them one at a time"))
    still = {one.id for one in stands.open} - {one.id for one in disagreements}
    interviews = {one.document.id for one in disagreements}
    complete = {document: _complete(project, stands, document, still) for document in interviews}
    made = []
    many = len(disagreements) > 1
    with journal.command(project, "adjudicate-many", n=len(disagreements)) if many else nullcontext():
        for number, one in enumerate(disagreements):
            made.append(
                adjudications.decide(
                    project,
                    one.question,
                    outcome,
                    _settled(one, outcome, side, code, valence, span),
                    side=side if outcome == "one" else "",
                    reason=reason,
                    rule=rule if not number else None,
                    instead_of=one.earlier,
                    complete=complete[one.document.id],
                )
            )
    return made


def _check(stands: Standing) -> None:
    if CONSENSUS in stands.entered.coders:
        raise NotAllowed(
            _("The consensus layer is made from coders, and is none of them"), _("Choose two coders with --coders")
        )


def _settled(
    one: Compared, outcome: str, side: str, code: str | None, valence: Valence | None, span: Span | None
) -> list[Settled]:
    whole = Settled(code or one.code, span or one.question.span, valence or one.question.valence)
    if outcome == "one":
        held = one.sides[one.coders.index(side)]
        return [Settled(made.code, made.span, made.valence) for made in held]
    return [] if outcome == "neither" else [whole]


def _complete(project: Project, stands: Standing, document_id: str, still: Collection[str]) -> bool:
    """Whether nothing is left to do in an interview but for the disagreements `still` open elsewhere."""
    if any(one.id in still for one in stands.disagreements if one.document.id == document_id):
        return False
    agreed = [one.question for one in stands.agreed if one.document.id == document_id]
    return adjudications.is_taken_over(project, agreed)


def take_over(project: Project, stands: Standing, *, dry_run: bool = False) -> TakenOver:
    """Bring what coders agree on in `stands` into the consensus layer, as one act; again, it changes nothing.

    Decisions on passages that coders have since come to agree on go. A `dry_run` only tells what would be done.
    """
    _check(stands)
    open_in = {one.document.id for one in stands.open}
    hidden = {document.id for document in stands.hidden}
    documents = {one.id: one.id not in open_in for one in stands.entered.documents if one.id not in hidden}
    with journal.command(project, "take-over", dry_run=dry_run, n=0) as act:
        for past in dict.fromkeys(past for one in stands.agreed for past in one.earlier):
            adjudications.reopen(project, past)
        done = adjudications.take_over(project, [one.question for one in stands.agreed], documents)
        act.describe(n=done.made)
    return done


def before_and_after(project: Project, stands: Standing, question: Question | None = None) -> Table:
    """Agreement of the coders with each other, and of each of them with the consensus layer, in one table.

    Only interviews enter in which the consensus is complete. One row for each pair of coders and each coder with the
    consensus: all codes together. Raises `NotAllowed` where there is no such interview.
    """
    entered = stands.entered
    done = [one for one in entered.documents if (one.id, CONSENSUS) in entered.done]
    if not done:
        raise NotAllowed(
            _("The consensus is not complete in any interview"),
            _('Take over what coders agree on, and decide the rest ("ipscoding adjudicate")'),
        )
    asked = replace(question or Question(), bootstrap=0)
    names = [document.name for document in done]
    pairs = [(_("before"), pair) for pair in combinations(entered.coders, 2)]
    pairs += [(_("after"), (coder, CONSENSUS)) for coder in entered.coders]
    rows: list[Row] = []
    columns: list[Column] = []
    notes: list[str] = []
    for when, pair in pairs:
        table = agreement_of(project, asked, coders=pair, names=names)
        whole = table.rows[0]
        measured = [column for column in table.columns if column.kind in ("share", "coefficient")]
        both = {"when": when, "first": pair[0], "second": pair[1], "units": whole["units"]}
        rows.append({**both, **{column.name: whole[column.name] for column in measured}})
        columns = columns or measured
        notes = notes or table.notes
    heads = [
        Column("when", "text", _("When")),
        Column("first", "text", _("Coder")),
        Column("second", "text", _("With")),
        Column("units", "int", _("Units")),
    ]
    told = _(
        "All codes together. Before: coders with each other. After: each coder with the consensus layer; the coders' "
        "own codings are as they were."
    )
    return Table([*heads, *columns], rows, [told, *(note for note in notes[:1] + notes[2:])])
