"""Take a changed codebook into a project, and let the codings follow what was done to their codes."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.options import coder_option, project_argument
from ipscoding.errors import NotAllowed
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.codebook.phrases import Phrase
    from ipscoding.domain import Codebook
    from ipscoding.project import Project
    from ipscoding.project.codebook_apply import Applied, Moved


@click.command(
    "apply",
    help=_(
        "Bring the codebook of PROJECT to what FILE says, and let codings follow: those of merged codes get the code "
        "that took over, those of split codes wait in the queue, retired codes keep theirs. --dry-run says first what "
        "would be done. One undo."
    ),
)
@project_argument
@click.argument("file")
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@coder_option
def apply_command(project: Path, file: str, dry_run: bool, coder: str | None) -> None:
    from ipscoding.codebook import catalogue, read
    from ipscoding.project import codebook_apply, codebooks, open_project

    path = catalogue.find(file)
    book = read.read(path)
    with open_project(project, coder=coder) as opened:
        _same(book, codebooks.load(opened))
        tell(codebook_apply.apply(opened, book, bank_of(path, book), dry_run=dry_run), dry_run=dry_run)


def import_merged(
    project: Path, file: str, base: str | None, resolutions: Path | None, coder: str | None, *, dry_run: bool
) -> int:
    """Merge a codebook file with what has become of the project's own since, and apply the outcome.

    What both came from is `base`, else the codebook as it was last taken in.
    """
    from ipscoding.cli.codebook_merge import decisions_of
    from ipscoding.cli.codebook_merge import tell as tell_merge
    from ipscoding.cli.codebook_source import opened as source
    from ipscoding.codebook import catalogue, merge, read
    from ipscoding.project import codebook_apply, codebook_changes, codebooks, open_project

    path = catalogue.find(file)
    book = read.read(path)
    with ExitStack() as stack:
        opened: Project = stack.enter_context(open_project(project, coder=coder))
        before = stack.enter_context(source(base)).book if base else codebook_changes.taken_in(opened)
        ours = codebooks.load(opened)
        _same(book, ours)
        used = codebook_changes.used(opened, None)
        merged = merge.merge(before, ours, book, decisions_of(resolutions), used)
        tell_merge(merged)
        if merged.conflicts:
            n = len(merged.conflicts)
            click.echo(
                ngettext(
                    "{n} conflict; nothing was changed. Decide it with --resolutions.",
                    "{n} conflicts; nothing was changed. Decide them with --resolutions.",
                    n,
                ).format(n=n)
            )
            return LOOK
        tell(codebook_apply.apply(opened, merged.codebook, bank_of(path, book), dry_run=dry_run), dry_run=dry_run)
    return 0


def bank_of(path: Path, book: "Codebook") -> "list[Phrase] | None":
    """The codebook's own phrase bank; None for one that ships or none at all."""
    from ipscoding.codebook import catalogue, phrases

    bank = catalogue.phrase_bank_for(path)
    own = bank is not None and catalogue.shipped_phrase_bank(book) is None
    return phrases.read_phrases(bank) if own and bank else None


def _same(book: "Codebook", ours: "Codebook") -> None:
    if ours.codes and book.id != ours.id:
        raise NotAllowed(
            _("“{other}” is another codebook than the project's “{id}”").format(other=book.id, id=ours.id),
            _("Take its codes in with codebook import"),
        )


def tell(done: "Applied", *, dry_run: bool) -> None:
    """Print what was done to the codes, in words, and what it means for codings."""
    from ipscoding.codebook import diff_words

    if dry_run:
        click.echo(_("Dry run, nothing was changed."))
    for change in done.changes:
        click.echo(diff_words.told(change, done.before, done.after))
    for title, found in (
        (_("recoded: {codings}, {code} → {into}"), done.merged),
        (_("in the queue: {codings}, {code} was split into {into}"), done.split),
        (_("in the queue: {codings}, {code} means something else now"), done.redefined),
        (_("kept: {codings}, {code} is retired"), done.retired),
        (_("kept: {codings}, {code} was merged into {into}, which cannot take them"), done.stuck),
    ):
        for moved in found:
            click.echo(_moved(title, moved))
    if done.kept:
        click.echo(_("only in the project: {codes}").format(codes=", ".join(done.kept)))
    n = len(done.changes)
    click.echo(ngettext("{n} change", "{n} changes", n).format(n=n) + ".")


def _moved(title: str, moved: "Moved") -> str:
    n = moved.effect.codings
    said = title.format(
        codings=ngettext("{n} coding", "{n} codings", n).format(n=n), code=moved.code, into=", ".join(moved.into)
    )
    if moved.effect.becoming_one:
        one = moved.effect.becoming_one
        said += "; " + ngettext(
            "{n} falls on one of the same coder and becomes one with it",
            "{n} fall on one of the same coder and become one with it",
            one,
        ).format(n=one)
    return said
