"""Arguments and options that several commands share, so that they are called the same everywhere."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ipscoding.i18n import _

Function = TypeVar("Function", bound=Callable[..., Any])


def project_argument(function: Function) -> Function:
    """The project the command works on."""
    return click.argument("project", type=click.Path(path_type=Path))(function)


def coder_option(function: Function) -> Function:
    """Who is coding."""
    help_text = _("Who is coding (default: IPSCODING_CODER, the project's setting, the login name).")
    return click.option("--coder", metavar="NAME", help=help_text)(function)


def output_options(*formats: str) -> Callable[[Function], Function]:
    """`-o FILE` and `--format` among `formats`, the first being what a terminal gets."""

    def add(function: Function) -> Function:
        function = click.option("--format", "format_name", type=click.Choice(formats), help=_("Form of the output."))(
            function
        )
        return click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=_("Write to FILE; its suffix gives the form."),
        )(function)

    return add


def on_terminal() -> bool:
    """Whether a person is reading the output."""
    return sys.stdout.isatty()
