"""Arguments and options that several commands share, so that they are called the same everywhere."""

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipscoding.exchange.formats import FORMATS
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])

PATH: click.Path = click.Path(path_type=Path, readable=False)
"""A path as it is; what is wrong with it is told by those who open it, with what to do."""


class UsualGroup(click.Group):
    """A group whose command `usual` may go without its name: `coders PROJECT` is `coders list PROJECT`."""

    def __init__(self, *args: Any, usual: str = "list", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.usual = usual

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first, else the usual one where that is a file, a project or the path of one."""
        first = Path(args[0])
        is_path = bool(first.suffix) or len(first.parts) > 1 or first.exists() or Path(f"{first}.ipscoding").exists()
        return super().resolve_command(ctx, [self.usual, *args] if args[0] not in self.commands and is_path else args)


def project_argument(function: Function) -> Function:
    """The project the command works on."""
    return click.argument("project", type=PATH)(function)


def coder_option(function: Function) -> Function:
    """Who is coding."""
    help_text = _("Who is coding (default: IPSCODING_CODER, the project's setting, the login name).")
    return click.option("--coder", metavar="NAME", help=help_text)(function)


def output_options(function: Function) -> Function:
    """`-o FILE` and `--format`: every table goes out in the same forms."""
    help_text = _("Write to FILE; its suffix gives the form.")
    function = click.option("--format", "format_name", type=click.Choice(FORMATS), help=_("Form of the output."))(
        function
    )
    return click.option("-o", "--output", type=PATH, metavar="FILE", help=help_text)(function)


def min_cell_option(function: Function) -> Function:
    """`--min-cell N`."""
    text = _("Hide figures that rest on fewer than N informants, and those that would give them away.")
    return click.option("--min-cell", type=click.IntRange(min=0), default=0, metavar="N", help=text)(function)


def words(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`a,b` and `a` `b` are the same."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def many(
    *names: str, help_text: str, metavar: str = "NAMES", default: tuple[str, ...] = ()
) -> Callable[[Function], Function]:
    """An option that takes several names, with commas between them or given again."""
    return click.option(*names, multiple=True, callback=words, metavar=metavar, help=help_text, default=default)


def where_option(function: Function) -> Function:
    """`--where QUERY`, which may be given again: then all of them must hold."""
    text = _("Only what a query asks for: 'code:org.* valence:barrier role:clinician near:per.hope' (docs/queries.md).")
    return click.option("-q", "--where", multiple=True, callback=_one_query, metavar="QUERY", help=text)(function)


def _one_query(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> str:
    return " ".join(values)


def excel_option(function: Function) -> Function:
    """`--excel-no`."""
    text = _("CSV for Norwegian Excel: semicolons, decimal comma, byte order mark, no formulas.")
    return click.option("--excel-no", is_flag=True, help=text)(function)


def check_coders(project: "Project", names: Collection[str]) -> None:
    """Raises `NotFound` where somebody of `names` has never done anything in `project`."""
    from ipscoding.analysis.names import matching
    from ipscoding.project import journal

    matching(names, journal.coders(project), _("No such coder"))


def on_terminal() -> bool:
    """Whether a person sits at a terminal that can show a full screen."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
