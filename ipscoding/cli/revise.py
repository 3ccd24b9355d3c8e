"""The command for interviews whose text changes after coding: revise, and the codings to look at afterwards."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK, WRONG
from ipscoding.cli.options import coder_option, many, output_options, project_argument
from ipscoding.cli.place import passage, place_options
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.analysis.table import Table
    from ipscoding.project import Project
    from ipscoding.project.versions import Review, Revised, Version
    from ipscoding.transcripts.reading import Reading

EVERY = "all"


@click.command(
    help=_(
        "Give interviews of PROJECT a corrected or pseudonymised text; codings, notes and bookmarks move with it.\n\n"
        "Name the interview and the FILE with its new text, or files and folders: each file is the new text of the "
        "interview of its name. Codings whose words were changed, or that are gone, wait in a queue: --queue lists "
        "yours, and --accept, --move and --remove decide on them. Older texts stay in the project: --versions lists "
        "those of an interview, and with --number N prints one. One undo takes a revision back."
    )
)
@project_argument
@click.argument("what", metavar="[INTERVIEW FILE | FILES]", nargs=-1)
@click.option("--why", metavar="TEXT", default="", help=_("Why, for the history."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.option("--approve", is_flag=True, help=_("Take files whose layout had to be guessed."))
@click.option("--queue", "list_queue", is_flag=True, help=_("List the codings to look at; yours, or with --of."))
@click.option(
    "--of", "of_coder", metavar="NAME", help=_("With --queue or --accept all: those of NAME; all means everybody's.")
)
@many(
    "--accept", metavar="IDS", help_text=_("These codings hold where they stand now; all means all that have a place.")
)
@click.option("--move", metavar="ID", help=_("Give this coding another passage: with --quote, --sentence, --start."))
@many("--remove", metavar="IDS", help_text=_("Remove these codings."))
@place_options
@click.option("--versions", metavar="INTERVIEW", help=_("List the texts that an interview has had."))
@click.option("--number", type=int, metavar="N", help=_("With --versions: print text number N."))
@output_options
@coder_option
def revise(
    project: Path,
    what: tuple[str, ...],
    why: str,
    dry_run: bool,
    approve: bool,
    list_queue: bool,
    of_coder: str | None,
    accept: tuple[str, ...],
    move: str | None,
    remove: tuple[str, ...],
    quote: str | None,
    sentence: tuple[int, int] | None,
    start: int | None,
    end: int | None,
    versions: str | None,
    number: int | None,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> int:
    chosen = (bool(what), list_queue, bool(accept), move is not None, bool(remove), versions is not None)
    if sum(chosen) != 1:
        raise click.UsageError(
            _("Name an interview and its new file, or give one of --queue, --accept, --move, --remove, --versions.")
        )
    from ipscoding.project import documents, open_project
    from ipscoding.project import versions as revisions

    with open_project(project, coder=coder) as opened:
        if what:
            return _revise(opened, what, why, approve, dry_run, output, format_name)
        if versions is not None:
            return _versions(opened, versions, number, output, format_name)
        if list_queue:
            found = revisions.queue(opened, None if of_coder == EVERY else of_coder or opened.coder)
            return _list(found, output, format_name)
        if move is not None:
            one = revisions.find(opened, move)
            span = passage(documents.transcript(opened, one.document_id), quote, sentence, start, end)
            revisions.move(opened, one.id, span)
            click.echo(_("The coding has its new passage."))
        elif accept:
            _accept(opened, accept, None if of_coder == EVERY else of_coder or opened.coder)
        else:
            n = revisions.remove(opened, [revisions.find(opened, known).id for known in remove])
            click.echo(ngettext("{n} coding removed.", "{n} codings removed.", n).format(n=n))
        return _left(opened)


def _accept(opened: "Project", ids: Sequence[str], whose: str | None) -> None:
    from ipscoding.project import versions as revisions

    if EVERY in ids:
        wanted = [one.id for one in revisions.queue(opened, whose) if one.span is not None]
    else:
        wanted = [revisions.find(opened, known).id for known in ids]
    n = revisions.accept(opened, wanted)
    click.echo(ngettext("{n} coding accepted.", "{n} codings accepted.", n).format(n=n))


def _left(opened: "Project") -> int:
    from ipscoding.project import versions as revisions

    n = revisions.to_review(opened, opened.coder)
    if n:
        click.echo(
            ngettext("{n} coding of yours is left to look at.", "{n} codings of yours are left to look at.", n).format(
                n=n
            )
        )
    return LOOK if n else 0


# New texts


def _revise(
    opened: "Project",
    what: Sequence[str],
    why: str,
    approve: bool,
    dry_run: bool,
    output: Path | None,
    format_name: str | None,
) -> int:
    from ipscoding.cli.output import for_people, show
    from ipscoding.project import versions as revisions

    wanted, bad = _wanted(opened, what, approve)
    if not wanted:
        return WRONG
    done = revisions.revise_all(opened, wanted, why=why, dry_run=dry_run)
    if not (output is None and for_people(output, format_name)):
        show(_done_table(done), output, format_name)
    else:
        changed = [one for one in done if not one.unchanged]
        n = len(changed)
        said = (
            ngettext("{n} interview would get a new text.", "{n} interviews would get new texts.", n)
            if dry_run
            else ngettext("{n} interview has a new text.", "{n} interviews have new texts.", n)
        )
        click.echo(said.format(n=n))
        if len(done) > n:
            same = len(done) - n
            click.echo(ngettext("{n} has that text already.", "{n} have that text already.", same).format(n=same))
        if changed:
            show(_done_table(changed), None, None)
        waiting = sum(one.to_review for one in changed)
        if waiting:
            click.echo(
                ngettext(
                    'To look at: {n} coding ("ipscoding revise {path} --queue --of all").',
                    'To look at: {n} codings ("ipscoding revise {path} --queue --of all").',
                    waiting,
                ).format(n=waiting, path=opened.path)
            )
    return LOOK if bad or any(one.to_review for one in done) else 0


def _wanted(opened: "Project", what: Sequence[str], approve: bool) -> "tuple[list[tuple[str, Reading]], int]":
    """Which interview gets which reading; and how many files were left out, each said with its reason."""
    from ipscoding.errors import NotFound
    from ipscoding.project import documents
    from ipscoding.transcripts.read import read_many

    names = {known: document.id for document in documents.all(opened) for known in (document.name, document.id)}
    paths = [Path(one) for one in what]
    single = len(what) == 2 and (what[0] in names or not paths[0].exists())
    if single:
        documents.find(opened, what[0])  # says which names are near
        paths = paths[1:]
    with progress(_("Reading")) as advance:
        readings, failures = read_many(paths, lambda done, total: advance(done / total, f"{done}/{total}"))
    refused: list[str] = [str(error) for _path, error in failures]
    guessed = [reading for reading in readings if reading.to_approve and not approve]
    refused += [
        _("{source}: how its lines belong together had to be guessed; look at it, and give --approve").format(
            source=reading.source
        )
        for reading in guessed
    ]
    usable = [reading for reading in readings if reading not in guessed]
    if single and len(usable) > 1:
        raise NotFound(
            _("{file}: it holds several interviews").format(file=what[1]),
            _("Name the file alone, then each goes to the interview of its name"),
        )
    wanted: list[tuple[str, Reading]] = []
    for reading in usable:
        name = what[0] if single else reading.name
        if name in names and names[name] not in {document for document, _reading in wanted}:
            wanted.append((names[name], reading))
        else:
            refused.append(
                _("{source}: the project has no interview called {name}").format(source=reading.source, name=name)
                if name not in names
                else _("{source}: {name} has got a new text from another file").format(source=reading.source, name=name)
            )
    for why in refused:
        click.echo(f"ipscoding: {why}", err=True)
    return wanted, len(refused)


def _done_table(done: "Sequence[Revised]") -> "Table":
    from ipscoding.analysis.table import Column, Row, Table

    columns = [
        Column("document", "text", _("Interview")),
        Column("exact", "int", _("Same place")),
        Column("shifted", "int", _("Moved")),
        Column("changed", "int", _("Words changed")),
        Column("lost", "int", _("Lost")),
    ]
    names = [column.name for column in columns[1:]]
    rows: list[Row] = [{"document": one.document, **{name: one.codings.get(name, 0) for name in names}} for one in done]
    return Table(columns, rows)


# What waits, and what was


def _list(found: "list[Review]", output: Path | None, format_name: str | None) -> int:
    from ipscoding.analysis.table import Column, Row, Table
    from ipscoding.cli.output import for_people, show

    if not found and output is None and for_people(output, format_name):
        click.echo(_("Nothing to look at."))
        return 0
    people = for_people(output, format_name)
    columns = [
        Column("coding_id", "text", _("Id")),
        Column("document", "text", _("Interview")),
        Column("coder", "text", _("Coder")),
        Column("code", "text", _("Code")),
        Column("valence", "text", _("Direction"), detail=True),
        Column("status", "text", _("Is")),
        Column("was", "text", _("Was")),
        Column("start", "int", _("Start"), detail=True),
        Column("end", "int", _("End"), detail=True),
        Column("now", "text", _("Is now")),
        Column("memo", "text", _("Memo"), detail=True),
    ]
    said = {"changed": _("changed"), "lost": _("lost")}
    rows: list[Row] = [
        {
            "coding_id": one.id[:8] if people else one.id,
            "document": one.document,
            "coder": one.coder,
            "code": one.code,
            "valence": str(one.valence),
            "status": said[one.status] if people else str(one.status),
            "was": one.old.quote,
            "start": one.span.start if one.span is not None else None,
            "end": one.span.end if one.span is not None else None,
            "now": one.now.quote if one.now is not None else "",
            "memo": one.memo,
        }
        for one in found
    ]
    note = _("Decide with --accept ID, --move ID --quote WORDS, or --remove ID.")
    show(Table(columns, rows, [note]), output, format_name)
    return LOOK if found else 0


def _versions(opened: "Project", name: str, number: int | None, output: Path | None, format_name: str | None) -> int:
    from ipscoding.cli.output import show
    from ipscoding.errors import NotFound
    from ipscoding.exchange.atomic import whole_file
    from ipscoding.project import versions as revisions
    from ipscoding.project.texts import read_text

    found = revisions.history(opened, name)
    if number is None:
        show(_versions_table(found), output, format_name)
        return 0
    if not 1 <= number <= len(found) or found[number - 1].words is None:
        raise NotFound(
            _("There is no text number {n}").format(n=number), _("See them with --versions and the interview alone")
        )
    text = read_text(opened, found[number - 1].sha256).text
    if output is None:
        click.echo(text)
    else:
        with whole_file(output) as file:
            file.write(text.encode("utf-8"))
    return 0


def _versions_table(found: "Sequence[Version]") -> "Table":
    from ipscoding.analysis.table import Column, Row, Table

    columns = [
        Column("number", "int", _("No.")),
        Column("time", "text", _("Time (UTC)")),
        Column("coder", "text", _("Coder")),
        Column("act", "text", _("Act")),
        Column("why", "text", _("Why")),
        Column("words", "int", _("Words")),
        Column("exact", "int", _("Same place")),
        Column("shifted", "int", _("Moved")),
        Column("changed", "int", _("Words changed")),
        Column("lost", "int", _("Lost")),
        Column("in_force", "text", _("In force")),
        Column("sha256", "text", "SHA-256", detail=True),
    ]
    acts = {"undo": _("undo"), "redo": _("redo")}
    rows: list[Row] = [
        {
            "number": one.number,
            "time": one.time,
            "coder": one.coder,
            "act": acts.get(one.kind, _("revised") if one.number > 1 else _("imported")),
            "why": one.why,
            "words": one.words,
            **{name: one.codings.get(name) for name in ("exact", "shifted", "changed", "lost")},
            "in_force": _("yes") if one.in_force else "",
            "sha256": one.sha256,
        }
        for one in found
    ]
    return Table(columns, rows)


COMMANDS = {"revise": revise}
