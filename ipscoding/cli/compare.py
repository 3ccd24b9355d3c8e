"""The command that sets two projects, or one project at two dates, beside each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK
from ipscoding.cli.options import excel_option, many, min_cell_option, output_options
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.analysis.comparison import State

NOW = "now"


@click.command(
    help=_(
        "What differs between projects A and B, or in one project between two dates: what became of the codes, and for "
        "each code and role the figures before, after and their difference.\n\n"
        "A date stands behind a project (STUDY.ipscoding@2026-03-01), or in --at and --and; --and is now unless you "
        "give it. Exit code 1 where something differs. docs/compare.md tells more."
    )
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@click.option("--at", "first", metavar="DATE", help=_("A as it was at the end of DATE."))
@click.option("--and", "second", metavar="DATE", help=_("Beside A as it was then, or now (default)."))
@many("--by", help_text=_("What makes a row beside the code."), default=("role",))
@many("--unit", "--units", "units", help_text=_("What is counted: segments, informants, documents, words."),
      default=("segments", "informants"))  # fmt: skip
@many("--coders", "--coder", help_text=_("Whose codings."))
@many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@click.option("--all", "every", is_flag=True, help=_("Rows in which nothing changed too."))
@min_cell_option
@output_options
@excel_option
def compare(
    before: str,
    after: str | None,
    first: str | None,
    second: str | None,
    by: tuple[str, ...],
    units: tuple[str, ...],
    coders: tuple[str, ...],
    codes: tuple[str, ...],
    every: bool,
    min_cell: int,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> int:
    from ipscoding.analysis import comparison
    from ipscoding.cli.output import for_people, show
    from ipscoding.codebook import diff_words

    one, other = _two(before, after, first, second)
    with _state(*one) as a, _state(*other) as b:
        found = comparison.compare(
            a, b, by=by, units=units, coders=coders or None, codes=codes, every=every, min_cell=min_cell
        )
    if output is None and for_people(output, format_name) and not excel_no:
        for change in found.codebook:
            click.echo(diff_words.told(change, a.codebook, b.codebook))
        if found.codebook:
            click.echo()
    show(found.table, output, format_name, excel_no=excel_no)
    return LOOK if found.differs else 0


def _two(before: str, after: str | None, first: str | None, second: str | None) -> list[tuple[str, str]]:
    """The two projects and their dates (empty: as they are now)."""
    from ipscoding.cli.codebook_source import dated

    if after is not None:
        if first or second:
            raise click.UsageError(_("--at and --and are for one project; write dates as A.ipscoding@2026-03-01."))
        return [dated(before), dated(after)]
    path, when = dated(before)
    first = first or when
    if not first:
        raise click.UsageError(_("Give a second project, or --at DATE."))
    return [(path, "" if first == NOW else first), (path, "" if second in (None, NOW) else str(second))]


@contextmanager
def _state(path: str, when: str) -> "Iterator[State]":
    from ipscoding.analysis.comparison import state_at
    from ipscoding.project import open_project

    with open_project(path) as project:
        yield state_at(project, when)


COMMANDS = {"compare": compare}
