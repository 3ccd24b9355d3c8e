"""Commands that decide on suggestions: accept, reject."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.coding import VALENCES
from ipscoding.cli.options import coder_option, project_argument
from ipscoding.cli.place import told
from ipscoding.cli.progress import progress
from ipscoding.domain import Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.i18n import _

if TYPE_CHECKING:
    from ipscoding.domain import Codebook, Document
    from ipscoding.project import Project
    from ipscoding.suggest import Suggestion

_CODES_OF_A_SENTENCE = 20


@click.command(
    help=_(
        "Make the coding that is suggested for sentence N of interview DOCUMENT in PROJECT.\n\n"
        "--code names the suggestion where there are several (default: the best one); --as another code to give "
        "instead."
    )
)
@project_argument
@click.argument("document")
@click.option("--sentence", type=int, required=True, metavar="N", help=_("The sentence, counted from 1."))
@click.option("--code", "code_id", metavar="ID", help=_("The code that was suggested."))
@click.option("--as", "instead", metavar="ID", help=_("Another code instead."))
@click.option("--valence", type=click.Choice(VALENCES), help=_("Its direction (default: as it was suggested)."))
@coder_option
def accept(
    project: Path,
    document: str,
    sentence: int,
    code_id: str | None,
    instead: str | None,
    valence: str | None,
    coder: str | None,
) -> None:
    from ipscoding.project import decisions, documents, open_project
    from ipscoding.suggest.of_project import engine_name

    with open_project(project, coder=coder) as opened:
        found = documents.find(opened, document)
        suggestion, codebook = _suggestion(opened, found, sentence, code_id)
        code = codebook.by_id.get(instead or suggestion.code)
        direction = Valence(valence or suggestion.valence)
        if valence is None and code is not None and not code.allows(direction):
            direction = Valence.NONE
        made = decisions.accept(
            opened,
            found.id,
            suggestion.span,
            instead or suggestion.code,
            direction,
            score=suggestion.score,
            engine=engine_name(),
            suggested=suggestion.code,
        )
    click.echo(told(found.name, made))


@click.command(
    help=_(
        "Say that the code suggested for sentence N of interview DOCUMENT in PROJECT does not belong there; it is not "
        "suggested to you again."
    )
)
@project_argument
@click.argument("document")
@click.option("--sentence", type=int, required=True, metavar="N", help=_("The sentence, counted from 1."))
@click.option("--code", "code_id", metavar="ID", help=_("The code that was suggested (default: the best one)."))
@coder_option
def reject(project: Path, document: str, sentence: int, code_id: str | None, coder: str | None) -> None:
    from ipscoding.project import decisions, documents, open_project
    from ipscoding.suggest.of_project import engine_name

    with open_project(project, coder=coder) as opened:
        found = documents.find(opened, document)
        suggestion, _codebook = _suggestion(opened, found, sentence, code_id)
        decisions.reject(
            opened, found.id, suggestion.span, suggestion.code, score=suggestion.score, engine=engine_name()
        )
    click.echo(
        _("{document}, sentence {n}: {code} rejected.").format(document=found.name, n=sentence, code=suggestion.code)
    )


def _suggestion(
    opened: "Project", document: "Document", sentence: int, code_id: str | None
) -> "tuple[Suggestion, Codebook]":
    """The open suggestion that is meant. Raises `NotFound`, and `NotAllowed` where the coder is blind to it."""
    from ipscoding.project import documents
    from ipscoding.suggest.of_project import engine_of, is_blind, open_suggestions, suggest_for

    if is_blind(opened, document.id):
        raise NotAllowed(
            _("{document}: suggestions are hidden in blind mode").format(document=document.name),
            _("They come when you have marked the interview as done"),
        )
    transcript = documents.transcript(opened, document.id)
    with progress(_("Getting the engine ready")) as advance:
        engine = engine_of(opened, progress=advance)
    # also the weak ones, which "suggest --threshold 0" lists
    made = suggest_for(engine, document, transcript, per_sentence=_CODES_OF_A_SENTENCE, threshold=0.0)
    here = [one for one in open_suggestions(opened, made, document.id) if one.sentence == sentence - 1]
    chosen = next((one for one in here if code_id in (None, one.code)), None)
    if chosen is None:
        raise NotFound(
            _("{document}: no open suggestion of {code} for sentence {n}").format(
                document=document.name, code=code_id, n=sentence
            )
            if code_id
            else _("{document}: no open suggestion for sentence {n}").format(document=document.name, n=sentence),
            _('See them with "ipscoding suggest"; any code can be given with "ipscoding code"'),
        )
    return chosen, engine.codebook


COMMANDS = {"accept": accept, "reject": reject}
