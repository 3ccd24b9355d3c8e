"""The command `export`: a project in other forms."""

from pathlib import Path
from typing import Any

import click

from ipscoding.cli.options import PATH, check_coders, excel_option, many, project_argument, where_option
from ipscoding.i18n import _

FORMS = ("xlsx", "dataset", "matrix", "quotes", "qdpx", "qdc", "json", "spacy", "prodigy")

_FORM_OF_SUFFIX = {
    ".xlsx": "xlsx", ".json": "json", ".qdpx": "qdpx", ".qdc": "qdc", ".spacy": "spacy",
    ".docx": "quotes", ".html": "quotes", ".md": "quotes",
}  # fmt: skip
"""What a file is meant to be where nobody says; a matrix and JSON lines share their suffixes with tables."""

_OPTIONS = {
    "with_text": "--with-text",
    "binary": "--binary",
    "by_valence": "--by-valence",
    "pooled": "--pooled",
    "preset": "--excel-no",
    "case": "--case",
    "limit": "--per-code",
    "pseudonyms": "--pseudonyms",
    "target": "--target",
}
"""The options that only some forms take, as the function that exports calls them and as they are called here."""


@click.command(
    help=_(
        "Write PROJECT, or a part of it, in another form.\n\n"
        "xlsx: an Excel workbook of all tables. dataset: a folder of CSV files with a description of every column. "
        "matrix: codes by interview or informant, a column for each, for R and SPSS (.csv, .xlsx, .json, .parquet). "
        "quotes: quotes by code, role and informant, for a paper (.docx, .html, .md). json: the project as JSON. "
        "qdpx: a REFI-QDA project for other programs for qualitative analysis. qdc: only its codebook. "
        "spacy: a .spacy file with a document for each interview, the codings as overlapping spans in "
        'doc.spans["codes"]. prodigy: JSON lines with a span task for each interview.'
    )
)
@project_argument
@click.option("--to", "form", type=click.Choice(FORMS), help=_("Which form (default: what the suffix of FILE says)."))
@click.option("-o", "--output", type=PATH, metavar="FILE", required=True, help=_("Write to FILE (dataset: a folder)."))
@many("--coders", "--coder", "coders", help_text=_("Whose codings."))
@many("--code", "codes", help_text=_("Only these codes; * fits anything (org.*)."))
@many("--role", "roles", help_text=_("Only interviews of these roles."))
@many("--document", "names", help_text=_("Only these interviews."))
@where_option
@click.option("--with-text", is_flag=True, help=_("json: the words of the interviews as well."))
@click.option("--case", type=click.Choice(("document", "informant")), help=_("matrix: what a row is."))
@click.option("--binary", is_flag=True, help=_("matrix, dataset: 0 and 1 instead of counts."))
@click.option("--by-valence", is_flag=True, help=_("matrix, dataset: each code also by barrier and facilitator."))
@click.option("--pooled", is_flag=True, help=_("xlsx, matrix, dataset: unite the coders' codings."))
@excel_option
@click.option(
    "--per-code",
    "limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("quotes: at most N for each code, spread over roles and informants."),
)
@click.option(
    "--pseudonyms",
    type=click.Choice(("name", "role")),
    help=_("quotes: informants by their name in the project, or by role and number."),
)
@click.option(
    "--target",
    type=click.Choice(("nvivo", "atlasti", "maxqda", "qualcoder", "standard")),
    help=_("qdpx: the program that the file is for."),
)
def export(project: Path, form: str | None, output: Path, excel_no: bool, **options: Any) -> None:
    from ipscoding.cli.progress import progress
    from ipscoding.exchange.exports import EXPORTS, FILTERS
    from ipscoding.exchange.exports import export as write
    from ipscoding.project import open_project

    form = form or _FORM_OF_SUFFIX.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(
            _("Which form should {file} have? Say --to with one of {names}.").format(
                file=output, names=", ".join(FORMS)
            )
        )
    given = {name: value for name, value in options.items() if value} | ({"preset": "excel-no"} if excel_no else {})
    for name in given:
        if name not in FILTERS | EXPORTS[form].takes:
            raise click.UsageError(_("--to {form} takes no {option}.").format(form=form, option=_OPTIONS[name]))
    with open_project(project) as opened:
        check_coders(opened, options["coders"])
        with progress(_("Writing")) as advance:
            left_out = write(opened, form, output, advance=advance, **given)
    click.echo(_("{path}: written.").format(path=output), err=True)
    for sentence in left_out:
        click.echo(f"  {sentence}", err=True)


COMMANDS = {"export": export}
