"""The command cooccur: which codes stand near each other."""

from pathlib import Path

import click

from ipscoding.cli.options import (
    PATH,
    excel_option,
    many,
    min_cell_option,
    output_options,
    project_argument,
    where_option,
)
from ipscoding.i18n import _


@click.command(
    help=_(
        "Which codes of PROJECT stand near each other: pairs of segments, Jaccard, in whose interviews.\n\n"
        "--within passage (at least half of the shorter one in common), overlap, turn, or a number of sentences. "
        "--matrix gives codes by codes; --graphml writes a network for Gephi, Cytoscape or igraph."
    )
)
@project_argument
@click.option(
    "--within", default="overlap", show_default=True, metavar="passage|overlap|turn|N", help=_("What counts as near.")
)
@click.option("--by-valence", is_flag=True, help=_("Barriers and facilitators apart."))
@click.option("--matrix", is_flag=True, help=_("Codes by codes instead of a row for each pair."))
@click.option("--jaccard", is_flag=True, help=_("With --matrix: Jaccard instead of pairs of segments."))
@click.option("--zeros", is_flag=True, help=_("Pairs that never meet too."))
@click.option("--graphml", type=PATH, metavar="FILE", help=_("Write the network to FILE."))
@many("--coders", "--coder", help_text=_("Whose codings."))
@click.option("--pooled", is_flag=True, help=_("Unite the coders' codings instead of counting each apart."))
@where_option
@min_cell_option
@output_options
@excel_option
def cooccur(
    project: Path,
    within: str,
    by_valence: bool,
    matrix: bool,
    jaccard: bool,
    zeros: bool,
    graphml: Path | None,
    coders: tuple[str, ...],
    pooled: bool,
    where: str,
    min_cell: int,
    output: Path | None,
    format_name: str | None,
    excel_no: bool,
) -> None:
    from ipscoding.analysis.cooccurrence import matrix_table, pairs_table
    from ipscoding.analysis.of_project import cooccurrence_of
    from ipscoding.cli.output import show
    from ipscoding.project import open_project

    if jaccard and not matrix:
        raise click.UsageError(_("--jaccard goes with --matrix; the list of pairs has it in a column."))
    if graphml is not None and graphml.suffix.lower() != ".graphml":
        raise click.UsageError(_("The name of the network must end in .graphml."))
    with open_project(project) as opened:
        found, kept_back = cooccurrence_of(
            opened,
            within=within,
            by_valence=by_valence,
            coders=coders or None,
            pooled=pooled,
            where=where,
            min_cell=min_cell,
        )
    if graphml is not None:
        from ipscoding.exchange.graphml_out import write_graphml

        write_graphml(found, graphml)
        click.echo(_("{path}: written.").format(path=graphml), err=True)
        if output is None and format_name is None:
            return
    table = matrix_table(found, jaccard=jaccard) if matrix else pairs_table(found, zeros=zeros)
    table.notes.extend(kept_back)
    show(table, output, format_name, excel_no=excel_no)


COMMANDS = {"cooccur": cooccur}
