"""`codebook merge --interactive`: the conflicts are decided on a screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.options import on_terminal
from ipscoding.errors import IpscodingError
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.codebook.conflicts import Merged
    from ipscoding.tui.reconciling import Reconciling


def check_possible(output: Path | None) -> None:
    """Raise where the screen could not be shown, or what comes of it could not be written."""
    if output is None:
        raise click.UsageError(_("--interactive writes a file: name it with -o."))
    if not on_terminal():
        raise IpscodingError(
            _("The screen for conflicts needs a terminal"),
            _("In a script, decide them in a file: see --write-resolutions and --resolutions"),
        )


def on_screen(
    work: "Reconciling", output: Path, resolutions: Path | None, write: "Callable[[Merged], object]"
) -> "Merged | None":
    """Let somebody decide `work` on the screen.

    Args:
        work: the merge.
        output: the file for the merged codebook.
        resolutions: the file for the decisions; without it, one beside the codebook.
        write: writes the merged codebook; may raise an `IpscodingError`, which the screen shows.

    Gives what was written, None where the screen was left before; then it says where the decisions are, if kept.
    """
    from ipscoding.codebook import resolutions as decided
    from ipscoding.codebook.write import write_text
    from ipscoding.tui.reconcile_app import run

    place = resolutions or output.with_suffix(".decisions.yaml")

    def keep() -> Path:
        write_text(decided.template(work.merged, work.open_proposals(), work.decisions), place)
        return place

    def finish() -> None:
        # the decisions first: without them, the codebook could not be made again
        keep()
        write(work.merged)

    left = run(work, output, finish, keep)
    if left.written:
        click.echo(_("{path}: the decisions; --resolutions takes them again.").format(path=place))
        return work.merged
    if left.kept is not None:
        click.echo(_("{path}: the decisions so far. Go on with --interactive --resolutions and this file.").format(
            path=place))  # fmt: skip
    return None
