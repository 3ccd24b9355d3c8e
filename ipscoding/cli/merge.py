"""Commands that bring copies of a project together: merge, with its conflicts."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.options import PATH, coder_option, output_options, project_argument
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.analysis.table import Table
    from ipscoding.project.merging.conflicts import Conflict
    from ipscoding.project.merging.merge import Merged


@click.command(
    help=_(
        "Bring what was done in other files (copies of the project, coders' packages, projects of the same study that "
        "were started apart) into PROJECT. The others are only read, a backup is made first, and one undo takes it "
        "back. Merging again changes nothing, and the order does not matter.\n\n"
        "Where people have said different things of one field, the later one stands until somebody decides: "
        "--conflicts lists them, --decide ID with --side N or --value TEXT settles one."
    )
)
@project_argument
@click.argument("others", metavar="[OTHER]...", nargs=-1, type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.option("--conflicts", "list_conflicts", is_flag=True, help=_("List what is to be decided."))
@click.option("--decide", metavar="ID", help=_("Decide a conflict (its id, or the first characters of it)."))
@click.option("--side", type=int, metavar="N", help=_("With --decide: what side N says."))
@click.option("--value", metavar="TEXT", help=_("With --decide: something else."))
@click.option(
    "--one-coder",
    multiple=True,
    metavar="NAME",
    help=_("Two coders called NAME in different files are one person."),
)
@click.option(
    "--new-name",
    multiple=True,
    metavar="NAME=NEW",
    help=_("The coder called NAME in the other file is somebody else, who is called NEW from now on."),
)
@click.option("--apart", is_flag=True, help=_("Merge also a project that has nothing in common with this one."))
@coder_option
@output_options
def merge(
    project: Path,
    others: tuple[Path, ...],
    dry_run: bool,
    list_conflicts: bool,
    decide: str | None,
    side: int | None,
    value: str | None,
    one_coder: tuple[str, ...],
    new_name: tuple[str, ...],
    apart: bool,
    coder: str | None,
    output: Path | None,
    format_name: str | None,
) -> int:
    if sum((bool(others), list_conflicts, decide is not None)) != 1:
        raise click.UsageError(_("Name the files to merge, or give --conflicts, or --decide."))
    if list_conflicts:
        return _list(project, output, format_name)
    if decide is not None:
        if (side is None) == (value is None):
            raise click.UsageError(_("Say how with --side or --value."))
        return _decide(project, decide, side, value, coder)
    names = dict(_renaming(text) for text in new_name)
    from ipscoding.project import open_project
    from ipscoding.project.merging.merge import merge as bring_in

    with open_project(project, coder=coder) as opened:
        made = bring_in(opened, others, dry_run=dry_run, one_coder=one_coder, new_names=names, apart=apart)
    return tell(project, made, dry_run=dry_run)


def _renaming(text: str) -> tuple[str, str]:
    old, equals, new = (part.strip() for part in text.partition("="))
    if not (old and equals and new):
        raise click.UsageError(_("--new-name {text}: write it as NAME=NEW.").format(text=text))
    return old, new


def _list(path: Path, output: Path | None, format_name: str | None) -> int:
    from ipscoding.cli.output import for_people, show
    from ipscoding.project import open_project
    from ipscoding.project.merging import conflicts

    with open_project(path) as opened:
        found = conflicts.all(opened)
    if not found and output is None and for_people(output, format_name):
        click.echo(_("There is nothing to decide."))
        return 0
    show(_table(found), output, format_name)
    return LOOK if found else 0


def _table(found: "list[Conflict]") -> "Table":
    from ipscoding.analysis.table import Column, Row, Table

    columns = [
        Column("conflict", "text", _("Id")),
        Column("about", "text", _("About")),
        Column("field", "text", _("Field")),
        Column("side", "int", _("Side")),
        Column("coder", "text", _("Coder")),
        Column("time", "text", _("Time (UTC)"), detail=True),
        Column("value", "text", _("Says")),
        Column("stands", "text", _("Stands")),
    ]
    rows: list[Row] = [
        {
            "conflict": one.id[:8],
            "about": one.what,
            "field": one.field_name,
            "side": number,
            "coder": side.coder,
            "time": side.time,
            "value": side.told,
            "stands": _("yes") if side.stands else "",
        }
        for one in found
        for number, side in enumerate(one.sides, start=1)
    ]
    note = _("Decide one with --decide and its id, and --side N or --value TEXT.")
    return Table(columns, rows, [note])


def _decide(path: Path, conflict_id: str, side: int | None, value: str | None, coder: str | None) -> int:
    from ipscoding.project import open_project
    from ipscoding.project.merging import conflicts

    with open_project(path, coder=coder) as opened:
        one = conflicts.decide(opened, conflict_id, side=side, text=value or "")
        left = len(conflicts.all(opened))
    click.echo(_("Decided: {what}, {field}").format(what=one.what, field=one.field_name))
    if left:
        click.echo(ngettext("{n} conflict is left.", "{n} conflicts are left.", left).format(n=left))
    return 0


def tell(path: Path, made: "Merged", *, dry_run: bool) -> int:
    """Say what a merge did, or would do; gives the exit code."""
    if not made.anything:
        click.echo(_("Nothing is new; nothing was changed."))
        return _tell_conflicts(path, made, dry_run)
    said = (
        ngettext("{n} act would come in.", "{n} acts would come in.", made.acts)
        if dry_run
        else ngettext("{n} act came in.", "{n} acts came in.", made.acts)
    )
    click.echo(said.format(n=made.acts))
    for kind, count in made.counts.items():
        if kind in _KINDS:
            click.echo(
                _("{things}: {added} added, {changed} changed, {removed} taken away").format(
                    things=_KINDS[kind](), added=count.added, changed=count.changed, removed=count.removed
                )
            )
    for name, n in made.codings_by.items():
        click.echo(ngettext("  {n} coding by {coder}", "  {n} codings by {coder}", n).format(n=n, coder=name))
    for text, n in (
        (
            ngettext(
                "{n} coding was there twice and is shown once, with the memos of both.",
                "{n} codings were there twice and are shown once, with the memos of both.",
                made.united,
            ),
            made.united,
        ),
        (
            ngettext(
                "{n} coding follows a code that was merged into another one.",
                "{n} codings follow codes that were merged into others.",
                made.following,
            ),
            made.following,
        ),
        (
            ngettext("{n} interview waits for its text.", "{n} interviews wait for their texts.", made.waiting),
            made.waiting,
        ),
        (
            ngettext(
                "{n} coding of others is hidden (blind coding) until all who code the interview are done.",
                "{n} codings of others are hidden (blind coding) until all who code the interview are done.",
                made.hidden,
            ),
            made.hidden,
        ),
    ):
        if n:
            click.echo(text.format(n=n))
    for _kind, old, new in made.renamed:
        click.echo(_("Two different things are called {old}: one is shown as {new}.").format(old=old, new=new))
    if made.ahead:
        minutes = round(made.ahead.total_seconds() / 60)
        click.echo(
            ngettext(
                "Another machine's clock goes {n} minute ahead of this one: check both.",
                "Another machine's clock goes {n} minutes ahead of this one: check both.",
                minutes,
            ).format(n=minutes)
        )
    if made.backup is not None:
        click.echo(_("Backup from before: {path}").format(path=made.backup))
    return _tell_conflicts(path, made, dry_run)


def _tell_conflicts(path: Path, made: "Merged", dry_run: bool) -> int:
    if not made.conflicts:
        return 0
    said = ngettext("{n} conflict to decide", "{n} conflicts to decide", made.conflicts).format(n=made.conflicts)
    see = _('see "ipscoding merge --conflicts {path}"').format(path=path)
    click.echo(f"{said}." if dry_run else f"{said}: {see}.")
    return LOOK


_KINDS = {
    "project": lambda: _("The project itself"),
    "coder": lambda: _("Coders"),
    "informant": lambda: _("Informants"),
    "code": lambda: _("Codes"),
    "document": lambda: _("Interviews"),
    "coding": lambda: _("Codings"),
    "memo": lambda: _("Memos"),
    "bookmark": lambda: _("Bookmarks"),
    "status": lambda: _("Statuses"),
    "decision": lambda: _("Decisions on suggestions"),
    "adjudication": lambda: _("Decisions on disagreements"),
}

COMMANDS = {"merge": merge}
