"""Where a table goes: to the file or the form asked for, else to the person at the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.analysis.table import Tabular


def show(table: "Tabular", output: Path | None, format_name: str | None, *, excel_no: bool = False) -> None:
    """Write `table` to the file `output` or to standard output; `excel_no` is CSV for Norwegian Excel."""
    from ipscoding.exchange.formats import BY_SUFFIX
    from ipscoding.exchange.write import write

    if excel_no and format_name not in (None, "csv"):
        raise click.UsageError(_("--excel-no is a form of CSV; leave --format out."))
    if excel_no and output is not None and BY_SUFFIX.get(output.suffix.lower(), "csv") != "csv":
        raise click.UsageError(_("--excel-no is a form of CSV; let the file's name end in .csv."))
    write(table, output, format="csv" if excel_no else format_name, preset="excel-no" if excel_no else "plain")
    if output is not None:
        click.echo(_("{path}: written.").format(path=output), err=True)


def for_people(output: Path | None, format_name: str | None) -> bool:
    """Whether what `show` writes is for people to read (words in their language) and not for a program (ids)."""
    from ipscoding.exchange.write import format_for

    return format_for(output, format_name) in ("table", "xlsx")
