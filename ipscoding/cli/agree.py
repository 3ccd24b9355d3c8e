"""Commands on what coders make of the same interviews: agree, adjudicate."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import coder_option, excel_option, many, output_options, project_argument, where_option
from ipscoding.domain import Span, Valence
from ipscoding.i18n import _, language, ngettext

if TYPE_CHECKING:
    from ipscoding.analysis.agreement import Compared, Standing
    from ipscoding.analysis.table import Table
    from ipscoding.project import Project

# Known here by name, so that help needs no figures to be loaded; the names are checked where they are used.
UNITS = ("sentence", "turn", "character")
MEASURES = "percent,alpha,ac1,u-alpha,match,direction"
RULES = ("union", "longer", "shorter")


def _overlap(_context: click.Context, _parameter: click.Parameter, value: str) -> Fraction:
    if value == "any":
        return Fraction(0)
    number = value.removesuffix("%").strip()
    if not number.isdecimal() or not 1 <= int(number) <= 100:
        raise click.BadParameter(_("{value}: give a percentage from 1 to 100, or any").format(value=value))
    return Fraction(int(number), 100)


@click.command(
    help=_(
        "How far the coders of PROJECT agree, with every figure's unit, coders and interviews told below it.\n\n"
        "Interviews enter that all of the coders marked as done. --measure takes percent, alpha, ac1, cohen, scott, "
        "fleiss, brennan-prediger, u-alpha, cu-alpha, ku-alpha, match, match-kappa, direction, direction-alpha or all, "
        "with commas between them; docs/agreement.md says what they mean. --disagreements lists instead each passage "
        "on which they differ, with both codings and memos; adjudicate decides them."
    )
)
@project_argument
@many("--coders", help_text=_("Whose codings (default: all who marked interviews as done)."))
@click.option("--unit", type=click.Choice(UNITS), default="sentence", show_default=True, help=_("What is compared."))
@many("--measure", "--measures", "measures", help_text=_("Which measures."), default=(MEASURES,))
@click.option("--by", type=click.Choice(("code", "domain")), default="code", show_default=True, help=_("Rows."))
@many("--code", "--codes", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@many("--role", "roles", help_text=_("Only interviews of these roles."))
@many("--document", "names", help_text=_("Only these interviews."))
@where_option
@click.option(
    "--overlap",
    callback=_overlap,
    default="90",
    show_default=True,
    metavar="PERCENT",
    help=_("How much two segments must share to match, or any."),
)
@click.option(
    "--overlap-of", type=click.Choice(RULES), default="union", show_default=True, help=_("What that is a part of.")
)
@click.option(
    "--bootstrap",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    metavar="N",
    help=_("Draws of interviews for the intervals; 0 for none."),
)
@click.option("--seed", type=int, default=1, show_default=True, help=_("Where the draws begin."))
@click.option(
    "--missing",
    is_flag=True,
    help=_("Let interviews enter that only some of the coders (at least two) marked as done."),
)
@click.option("--disagreements", is_flag=True, help=_("List where they differ."))
@coder_option
@output_options
@excel_option
def agree(
    project: Path,
    coders: tuple[str, ...],
    unit: str,
    measures: tuple[str, ...],
    by: str,
    codes: tuple[str, ...],
    roles: tuple[str, ...],
    names: tuple[str, ...],
    where: str,
    overlap: Fraction,
    overlap_of: str,
    bootstrap: int,
    seed: int,
    missing: bool,
    disagreements: bool,
    coder: str | None,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis import agreement
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    with open_project(project, coder=coder) as opened:
        if where:
            from ipscoding.analysis.of_project import interviews_and_codes

            reason = _("Agreement compares all that coders did in an interview")
            names, codes = map(tuple, interviews_and_codes(opened, where, reason, names=names, codes=codes))
        if disagreements:
            stands = agreement.standing(opened, coders or None, roles=roles, names=names)
            table = agreement.disagreements_table(opened, stands, codes=codes)
            _list(stands, table, output, format_name, excel_no=excel_no)
            return
        question = agreement.Question(
            unit=unit,
            measures=tuple(agreement.MEASURES) if "all" in measures else measures,
            by=by,
            codes=codes,
            overlap=agreement.Overlap(overlap, overlap_of),
            bootstrap=bootstrap,
            seed=seed,
        )
        table = agreement.agreement_of(
            opened, question, coders=coders or None, roles=roles, names=names, missing=missing
        )
    show(table, output, format_name, excel_no=excel_no)


@click.command(
    help=_(
        "Decide what coders of PROJECT differ on; what is decided stands in the consensus layer, as codings of a coder "
        "called consensus, which freq counts by default. The coders' own codings stay as they are.\n\n"
        "Without a decision, list what is undecided. --take-over brings in what coders agree on. ID... (their first "
        "characters do) with --side CODER or --outcome decides: that coder's version holds, both as one coding, "
        "neither, or other with --code, --valence, --start and --end. Each call is one act and one undo."
    )
)
@project_argument
@click.argument("ids", metavar="[ID]...", nargs=-1)
@many("--coders", help_text=_("Whose codings (default: all who marked interviews as done)."))
@many("--role", "roles", help_text=_("Only interviews of these roles."))
@many("--document", "names", help_text=_("Only these interviews."))
@click.option("--take-over", is_flag=True, help=_("Bring into the consensus layer what the coders agree on."))
@click.option("--side", metavar="CODER", help=_("The version of this coder holds."))
@click.option("--outcome", type=click.Choice(("both", "neither", "other")), help=_("What holds instead."))
@click.option("--code", "code_id", metavar="ID", help=_("With --outcome other: the code."))
@click.option(
    "--valence", type=click.Choice([str(one) for one in Valence]), help=_("With --outcome other: the direction.")
)
@click.option("--start", type=int, metavar="N", help=_("With --outcome other: the first character, from 0."))
@click.option("--end", type=int, metavar="N", help=_("With --outcome other: the character after the last."))
@click.option("--reason", default="", help=_("Why; it is kept with the decision and its codings."))
@click.option(
    "--rule",
    type=click.Choice(("include", "exclude")),
    help=_("Add the reason to this rule of the code, in the language in use."),
)
@click.option("--reopen", is_flag=True, help=_("Take back the decisions on ID..."))
@click.option("--all", "everything", is_flag=True, help=_("List what is decided too."))
@click.option("--agreement", is_flag=True, help=_("Agreement before, and of each coder with the consensus after."))
@click.option("--dry-run", is_flag=True, help=_("With --take-over: only say what would be done."))
@coder_option
@output_options
@excel_option
def adjudicate(
    project: Path,
    ids: tuple[str, ...],
    coders: tuple[str, ...],
    roles: tuple[str, ...],
    names: tuple[str, ...],
    take_over: bool,
    side: str | None,
    outcome: str | None,
    code_id: str | None,
    valence: str | None,
    start: int | None,
    end: int | None,
    reason: str,
    rule: str | None,
    reopen: bool,
    everything: bool,
    agreement: bool,
    dry_run: bool,
    coder: str | None,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis import agreement as between
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    _check_one_thing(ids, take_over=take_over, decides=bool(side or outcome), reopen=reopen, agreement=agreement)
    with open_project(project, coder=coder) as opened:
        stands = between.standing(opened, coders or None, roles=roles, names=names)
        if take_over:
            _take_over(opened, stands, dry_run=dry_run)
        elif agreement:
            show(between.before_and_after(opened, stands), output, format_name, excel_no=excel_no)
        elif reopen:
            _reopen(opened, [stands.find(wanted) for wanted in ids])
        elif ids:
            chosen = [stands.find(wanted) for wanted in ids]
            between.decide(
                opened,
                stands,
                chosen,
                "one" if side else str(outcome),
                side=side or "",
                code=code_id,
                valence=Valence(valence) if valence else None,
                span=_span(chosen, start, end),
                reason=reason,
                rule=(f"{rule}_when", language()) if rule else None,
            )
            left = len(stands.open) - sum(one.decided is None for one in chosen)
            text = ngettext("{n} disagreement decided", "{n} disagreements decided", len(chosen)).format(n=len(chosen))
            click.echo(text + _("; {n} undecided.").format(n=left))
        else:
            table = between.disagreements_table(opened, stands, everything=everything)
            _list(stands, table, output, format_name, excel_no=excel_no)


def _check_one_thing(ids: tuple[str, ...], *, take_over: bool, decides: bool, reopen: bool, agreement: bool) -> None:
    if sum((take_over, decides, reopen, agreement)) > 1:
        raise click.UsageError(_("Do one thing at a time: --take-over, a decision, --reopen or --agreement."))
    if ids and not (decides or reopen):
        raise click.UsageError(_("Say what holds: --side CODER, or --outcome both, neither or other."))
    if (decides or reopen) and not ids:
        raise click.UsageError(_("Name the disagreements by their ids; without a decision they are listed."))


def _span(chosen: "list[Compared]", start: int | None, end: int | None) -> Span | None:
    if start is None and end is None:
        return None
    if len(chosen) > 1:
        raise click.UsageError(_("A passage is given for one disagreement at a time."))
    now = chosen[0].question.span
    start, end = now.start if start is None else start, now.end if end is None else end
    if not 0 <= start < end:
        raise click.UsageError(_("A passage begins before it ends."))
    return Span(start, end)


def _take_over(opened: "Project", stands: "Standing", *, dry_run: bool) -> None:
    from ipscoding.analysis import agreement as between

    done = between.take_over(opened, stands, dry_run=dry_run)
    said = (
        ngettext("{n} coding would be taken over", "{n} codings would be taken over", done.made)
        if dry_run
        else ngettext("{n} coding taken over", "{n} codings taken over", done.made)
    )
    parts = [said.format(n=done.made), _("{n} there already").format(n=done.known)]
    if done.removed:
        parts.append(_("{n} taken away that coders no longer agree on").format(n=done.removed))
    if done.left_out:
        parts.append(_("{n} left out (a retired code, or a direction it no longer has)").format(n=done.left_out))
    click.echo(", ".join(parts) + ".")


def _reopen(opened: "Project", chosen: "list[Compared]") -> None:
    from ipscoding.project import adjudications, journal

    decided = [one.decided for one in chosen if one.decided]
    with journal.command(opened, "adjudicate-many", n=len(decided)):
        for decision in decided:
            adjudications.reopen(opened, decision)
    text = ngettext("{n} decision taken back.", "{n} decisions taken back.", len(decided))
    click.echo(text.format(n=len(decided)))


def _list(stands: "Standing", table: "Table", output: Path | None, format_name: str | None, *, excel_no: bool) -> None:
    """The table, or for a person at a terminal one disagreement below the other."""
    from ipscoding.cli.output import show

    if output is not None or format_name not in (None, "table") or excel_no:
        show(table, output, format_name, excel_no=excel_no)
        return
    for row in table.rows:
        where = _("{document}, turn {turn}").format(document=row["document"], turn=row["turn"])
        click.secho(f"{str(row['id'])[:8]}  {row['code_label']} · {where} · {_state(str(row['state']))}", bold=True)
        for coder in stands.entered.coders:
            others = str(row[f"other_codes_{coder}"])
            said = str(row[f"coded_{coder}"]) or "–"
            beside = _(" (there: {codes})").format(codes=others) if others else ""
            memo = str(row[f"memo_{coder}"]).replace("\n", " / ")
            click.echo(f"    {coder}: {said}{beside}" + (f"  ✎ {memo}" if memo else ""))
        click.echo("    " + " ".join(str(row["text"]).split()))
        if row["outcome"]:
            reason = f": {row['reason']}" if row["reason"] else ""
            click.echo(f"    → {row['side'] or _outcome(str(row['outcome']))} ({row['decided_by']}){reason}")
    for note in table.notes:
        click.secho(note, dim=True)


def _state(state: str) -> str:
    return {
        "open": _("open"),
        "decided": _("decided"),
        "changed": _("open again: codings changed since"),
        "disputed": _("open: decided differently in two copies"),
    }[state]


def _outcome(outcome: str) -> str:
    return {"both": _("both"), "neither": _("neither"), "other": _("other")}.get(outcome, outcome)


COMMANDS = {"agree": agree, "adjudicate": adjudicate}
