"""The command `search`."""

from pathlib import Path

import click

from ipscoding.cli.options import output_options, project_argument
from ipscoding.i18n import _


@click.command(
    help=_(
        "Search what was said in PROJECT for QUERY: words that stand one after the other (* for any ending).\n\n"
        "--lemma finds every inflection in both written norms; --regex takes a regular expression."
    )
)
@project_argument
@click.argument("query")
@click.option("--lemma", "mode", flag_value="lemmas", help=_("Any inflection, Bokmål and Nynorsk."))
@click.option("--regex", "mode", flag_value="regex", help=_("A regular expression."))
@click.option("--interviewer", is_flag=True, help=_("Also what the interviewer said."))
@output_options
def search(
    project: Path, query: str, mode: str | None, interviewer: bool, output: Path | None, format_name: str | None
) -> None:
    from ipscoding.cli.lists import hits_table
    from ipscoding.cli.output import show
    from ipscoding.project import open_project
    from ipscoding.project import search as searching

    find = {"lemmas": searching.lemmas, "regex": searching.regex}.get(mode or "", searching.words)
    with open_project(project) as opened:
        hits = [hit for hit in find(opened, query) if interviewer or not hit.interviewer]
        show(hits_table(hits), output, format_name)


COMMANDS = {"search": search}
