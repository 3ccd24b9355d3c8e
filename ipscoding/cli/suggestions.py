"""Commands on suggestions: list them, measure them."""

from pathlib import Path

import click

from ipscoding.cli import decisions, evaluation, ledger, likeness
from ipscoding.cli.options import UsualGroup, coder_option, output_options, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _


@click.group(
    cls=UsualGroup,
    help=_("Suggest codes for what informants say (suggest PROJECT), decide on suggestions, or measure them."),
)
def suggest() -> None:
    pass


@suggest.command(
    "list",
    help=_(
        "Suggested codes for interviews of PROJECT, sentence by sentence, with the words that counted.\n\n"
        "A suggestion becomes a coding only when a person accepts it. What you have coded or rejected is left out, "
        "and in blind mode everything until you have marked the interview as done."
    ),
)
@project_argument
@click.argument("document_names", metavar="[DOCUMENT]...", nargs=-1)
@click.option(
    "--per-sentence",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help=_("At most so many codes for a sentence."),
)
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help=_("The least score, 0 to 1 (default: chosen with care).")
)
@click.option("--reasons", is_flag=True, help=_("Also the text of the codebook it meets and the nearest phrases."))
@output_options
@coder_option
def list_command(
    project: Path,
    document_names: tuple[str, ...],
    per_sentence: int,
    threshold: float | None,
    reasons: bool,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> None:
    from ipscoding.cli.output import show
    from ipscoding.cli.suggested import suggestions_table
    from ipscoding.project import documents, open_project
    from ipscoding.suggest.of_project import engine_of, norm_of_document, note_shown, open_suggestions, suggest_for
    from ipscoding.suggest.suggestion import THRESHOLD

    with open_project(project, coder=coder) as opened:
        chosen = [documents.find(opened, name) for name in document_names] or documents.all(opened)
        with progress(_("Getting the engine ready")) as advance:
            engine = engine_of(opened, progress=advance)
        found = []
        with progress(_("Suggesting")) as advance:
            for number, document in enumerate(chosen, start=1):
                transcript = documents.transcript(opened, document.id)
                limit = THRESHOLD if threshold is None else threshold
                made = suggest_for(engine, document, transcript, per_sentence=per_sentence, threshold=limit)
                left = open_suggestions(opened, made, document.id)
                norm = norm_of_document(document)
                found += [(document, transcript, one, engine.explain(transcript, one, norm=norm)) for one in left]
                note_shown(opened, document.id, left)
                advance(number / len(chosen), document.name)
        show(suggestions_table(found, engine.codebook, reasons=reasons), output, format_name)


for _module in (decisions, evaluation, ledger, likeness):
    for _command in _module.COMMANDS.values():
        suggest.add_command(_command)

COMMANDS = {"suggest": suggest}
