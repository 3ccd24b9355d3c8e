"""Merge two codebooks that came from one, and let git do it."""

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipscoding.cli.codebook_diff import as_json, change_row
from ipscoding.cli.codebook_interactive import check_possible, on_screen
from ipscoding.cli.codebook_source import Source, opened
from ipscoding.cli.main import LOOK
from ipscoding.cli.options import PATH
from ipscoding.errors import FileProblem
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.codebook.conflicts import Decision, Key, Merged, Proposal
    from ipscoding.domain import Codebook


@click.command(
    help=_(
        "Merge codebooks OURS and THEIRS, which both came from BASE, by code and field. Each is a file, the id of a "
        "codebook that ships, a project, or a project at a date (STUDY.ipscoding@2026-03-01). Without BASE, two "
        "copies of one project are merged from where they parted, and other codebooks as they are.\n\n"
        "Where both sides changed one field differently, that is a conflict: all are listed, nothing is written and "
        "the exit code is 1. Decide them in a file that --write-resolutions prepares, and give it to --resolutions."
    )
)
@click.argument("books", metavar="[BASE] OURS THEIRS", nargs=-1, required=True)
@click.option("-o", "--output", type=PATH, metavar="FILE", help=_("The merged codebook; in the form of OURS."))
@click.option("--resolutions", type=PATH, metavar="FILE", help=_("Decisions on conflicts."))
@click.option("--write-resolutions", type=PATH, metavar="FILE", help=_("Write what is to decide, to be filled in."))
@click.option("--mark", is_flag=True, help=_("Write the file in spite of conflicts, with marks where to decide."))
@click.option("--interactive", is_flag=True, help=_("Decide the conflicts one by one on a screen."))
@click.option("--format", "format_name", type=click.Choice(("text", "json")), help=_("Form of the report."))
def merge(
    books: tuple[str, ...],
    output: Path | None,
    resolutions: Path | None,
    write_resolutions: Path | None,
    mark: bool,
    interactive: bool,
    format_name: str | None,
) -> int:
    from ipscoding.codebook import alike
    from ipscoding.codebook import resolutions as decided
    from ipscoding.codebook.merge import merge as merged_of
    from ipscoding.codebook.write import write_text
    from ipscoding.project import codebook_changes

    if len(books) not in (2, 3):
        raise click.UsageError(_("Name two codebooks, or the one both came from and then the two."))
    if mark and output is None:
        raise click.UsageError(_("--mark writes a file: name it with -o."))
    if interactive:
        check_possible(output)
    with ExitStack() as stack:
        sources = [stack.enter_context(opened(book)) for book in books]
        base = sources[0].book if len(sources) == 3 else None
        ours, theirs = sources[-2:]
        if base is None and ours.project is not None and theirs.project is not None:
            base = codebook_changes.common(ours.project, theirs.project)
        decisions = decided.read(resolutions) if resolutions is not None else {}
        used = codebook_changes.used(ours.project, theirs.project)
        coded = [codebook_changes.coded(side.project) if side.project else None for side in (ours, theirs)]
        merged = merged_of(base, ours.book, theirs.book, decisions, used)
        proposed = alike.proposals(base, ours.book, theirs.book, *coded)
    if interactive and output is not None and (merged.conflicts or merged.checks or proposed):
        from ipscoding.tui.reconciling import Reconciling

        work = Reconciling(base, ours.book, theirs.book, used, proposed, decisions)
        finished = on_screen(
            work, output, write_resolutions, lambda whole: _write(whole, ours, theirs, output, mark=False)
        )
        _tell_written(work.merged, output, written=finished is not None)
        return 0 if finished is not None else LOOK
    proposed = tuple(one for one in proposed if merged.codebook.by_id[one.code].merged_into != one.other)
    written = _write(merged, ours, theirs, output, mark=mark)
    if write_resolutions is not None:
        write_text(decided.template(merged, proposed, decisions), write_resolutions)
    if format_name == "json":
        click.echo(as_json(_report(merged, proposed, base, ours, theirs, written)), nl=False)
    else:
        tell(merged, proposed)
        _tell_written(merged, output, written=written)
    return LOOK if merged.conflicts else 0


def _write(merged: "Merged", ours: Source, theirs: Source, output: Path | None, *, mark: bool) -> bool:
    """Write the merged file where there is nothing to decide, or with marks; gives whether it was."""
    from ipscoding.codebook import marks, patch
    from ipscoding.codebook.check import examine_text
    from ipscoding.codebook.read import problem
    from ipscoding.codebook.write import text_of, write_text

    if output is None or (merged.conflicts and not mark):
        return False
    text = patch.text_after(ours.text or text_of(ours.book), merged.codebook, (theirs.text or text_of(theirs.book),))
    if merged.conflicts:
        text = marks.marked(text, merged.conflicts)
    elif grave := examine_text(text, output.parent)[1].grave():
        raise problem(output, grave)
    write_text(text, output)
    return True


def _report(
    merged: "Merged",
    proposed: "tuple[Proposal, ...]",
    base: "Codebook | None",
    ours: Source,
    theirs: Source,
    written: bool,
) -> dict[str, Any]:
    from ipscoding.codebook.diff import changes

    told = {}
    if base is not None:
        sides = (("ours", ours.book), ("theirs", theirs.book))
        told = {name: [change_row(change) for change in changes(base, book)] for name, book in sides}
    return {
        "written": written,
        "conflicts": [asdict(conflict) for conflict in merged.conflicts],
        "checks": [asdict(check) for check in merged.checks],
        "proposals": [asdict(proposal) for proposal in proposed],
        "changes": told,
    }


def tell(merged: "Merged", proposed: "tuple[Proposal, ...]" = ()) -> None:
    """Print what is to decide, with both texts, what is to check, and what may be one code."""
    from ipscoding.codebook import diff_words

    for conflict in merged.conflicts:
        place = diff_words.place(conflict.code, conflict.field)
        click.echo(_("conflict: {place}: {why}").format(place=place, why=diff_words.why(conflict)))
        for name, told in diff_words.conflict_sides(conflict):
            click.echo(f"  {name}: {told}")
    for check in merged.checks:
        click.echo(_("check: {what}").format(what=diff_words.check(check)))
    for proposal in proposed:
        click.echo(_("proposal: {what}").format(what=diff_words.proposal(proposal)))


def _tell_written(merged: "Merged", output: Path | None, *, written: bool) -> None:
    n = len(merged.conflicts)
    said = ngettext("{n} conflict", "{n} conflicts", n).format(n=n)
    said += ", " + ngettext("{n} thing to check", "{n} things to check", len(merged.checks)).format(
        n=len(merged.checks)
    )
    if written and n:
        said += ". " + _("{path} is written with marks where to decide; codebook check names them").format(path=output)
    elif written:
        codes = len(merged.codebook.codes)
        said += ". " + ngettext("{path}: {n} code written", "{path}: {n} codes written", codes).format(
            path=output, n=codes
        )
    elif n:
        said += ". " + _("Nothing is written before they are decided")
    click.echo(f"{said}.")


def decisions_of(path: Path | None) -> "dict[Key, Decision]":
    """The decisions in a file of resolutions; none without a file."""
    from ipscoding.codebook import resolutions

    return resolutions.read(path) if path is not None else {}


@click.command(
    help=_(
        "Let git merge the codebooks of repository REPO (default: the folder you are in) by code and field. What is "
        "to decide stands between marks in the file, and codebook check names it."
    )
)
@click.argument("repository", metavar="[REPO]", type=PATH, default=".")
def install_git_driver(repository: Path) -> None:
    from ipscoding.codebook import git

    for path in git.install(repository):
        click.echo(_("{path}: changed.").format(path=path))
    click.echo(_("git merges *.yaml codebooks in this repository by code and field from now on."))


@click.command(hidden=True, help=_("What git calls to merge a codebook; see install-git-driver."))
@click.argument("base", type=PATH)
@click.argument("ours", type=PATH)
@click.argument("theirs", type=PATH)
@click.argument("path", required=False, default="")
def git_merge(base: Path, ours: Path, theirs: Path, path: str) -> int:
    from ipscoding.codebook import git

    try:
        outcome = git.drive(base, ours, theirs)
    except FileProblem as error:
        raise FileProblem(f"{path}: {error.what}", error.hint) from error
    if outcome.merged is not None:
        tell(outcome.merged)
    if not outcome.clean:
        click.echo(_("{path}: to decide; the places stand between marks.").format(path=path or ours))
    return 0 if outcome.clean else LOOK
