"""The command that brings interviews in, and what it says of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.cli.main import LOOK, WRONG
from ipscoding.cli.options import PATH, coder_option, on_terminal, output_options, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.exchange.incoming import Incoming
    from ipscoding.project.imports import Imported
    from ipscoding.transcripts.reading import Reading

_DOUBTS_SHOWN = 5


@click.command(
    "import",
    help=_(
        "Bring interviews into PROJECT: files of any kind that transcripts come in, or whole folders of them.\n\n"
        "Word, LibreOffice, RTF, PDF, web pages and plain text; subtitles (.vtt, .srt) and machine transcripts "
        "(.json, .otr) with their times; tables of survey answers (.csv, .xlsx) with --text-column. Each file is one "
        "interview, with or without a head between lines of --- (id, role, language, date, site). Speakers are found "
        "(I:, Intervjuer:, [Kari], P1: ...); --preview shows them and changes nothing. A text that is already there "
        "changes nothing."
    ),
)
@project_argument
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--preview", is_flag=True, help=_("Show what would be read: speakers, language, times, doubtful places."))
@click.option(
    "--interviewer",
    "interviewers",
    multiple=True,
    metavar="LABEL",
    help=_("Who is the interviewer, by the label in the file; may be given again."),
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="LABEL=INFORMANT",
    help=_("Who speaks under a label; may be given again (a focus group)."),
)
@click.option("--role", default="", metavar="ROLE", help=_("The role of informants of whom the file says none."))
@click.option(
    "--text-column",
    "text_columns",
    multiple=True,
    metavar="COLUMN",
    help=_("Of a table: a column of answers, each of which becomes an interview; may be given again."),
)
@click.option("--id-column", metavar="COLUMN", help=_("Of a table: the column that says who answered."))
@click.option("--approve", is_flag=True, help=_("Import also what had to be guessed from the layout (PDF), unasked."))
@click.option(
    "--sentences",
    "splitter",
    type=click.Choice(["rules", "model"]),
    default="rules",
    show_default=True,
    help=_("Find sentences by rules made for speech, or by the language model (see: ipscoding model)."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@output_options
@coder_option
def import_command(
    project: Path,
    paths: tuple[Path, ...],
    preview: bool,
    interviewers: tuple[str, ...],
    speakers: tuple[str, ...],
    role: str,
    text_columns: tuple[str, ...],
    id_column: str | None,
    approve: bool,
    splitter: str,
    dry_run: bool,
    output: Path | None,
    format_name: str | None,
    coder: str | None,
) -> int:
    from ipscoding.exchange.answers_in import is_table
    from ipscoding.exchange.incoming import Choices, read_incoming
    from ipscoding.project import documents, open_project

    if (text_columns or id_column) and not any(is_table(path) for path in paths):
        raise click.UsageError(_("--text-column and --id-column are for tables (.csv, .xlsx)."))
    choices = Choices(text_columns, id_column, role, interviewers, _people(speakers))
    with open_project(project, coder=coder) as opened:
        with progress(_("Reading")) as advance:
            incoming = read_incoming(paths, choices, lambda done, total: advance(done / total, f"{done}/{total}"))
        _tell_failures(incoming)
        if splitter == "model":
            incoming = replace(incoming, readings=_by_model(incoming.readings))
        if preview:
            result = documents.add_all(opened, incoming.readings, dry_run=True, approved=True)
            _show_preview(incoming, result, output, format_name)
            return _code(incoming, result)
        if not approve and not dry_run:
            approve = _asked_to_approve(incoming)
        n = len(incoming.readings)
        with progress(_("Importing")) as advance:
            count = iter(range(n))
            result = documents.add_all(
                opened,
                incoming.readings,
                lambda name: advance(next(count) / n, name),
                approved=approve,
                dry_run=dry_run,
            )
    _tell(incoming, result, output, format_name, dry_run=dry_run)
    return _code(incoming, result)


def _people(speakers: tuple[str, ...]) -> dict[str, str]:
    people = {}
    for given in speakers:
        label, equals, name = given.rpartition("=")
        if not (equals and label.strip() and name.strip()):
            raise click.UsageError(_("--speaker {given}: write it as LABEL=INFORMANT.").format(given=given))
        people[label.strip()] = name.strip()
    return people


def _code(incoming: "Incoming", result: "Imported") -> int:
    if not incoming.failures and not result.refused:
        return 0
    return LOOK if result.added or result.unchanged else WRONG


def _tell_failures(incoming: "Incoming") -> None:
    times = Counter(path.name for path, _error in incoming.failures)
    for path, error in incoming.failures:
        # a message names the file; where that is not enough to find it, its folder comes first
        named = path.name in str(error)
        place = "" if named and times[path.name] == 1 else f"{path.parent if named else path}: "
        click.echo(f"ipscoding: {place}{error}", err=True)


def _asked_to_approve(incoming: "Incoming") -> bool:
    """Whether the person at the terminal says that what was guessed is right; False where nobody sits there."""
    from ipscoding.cli.output import show
    from ipscoding.exchange.incoming import remark_lines, speakers_table

    guessed = [seen for seen in incoming.previews if seen.to_approve]
    if not guessed or not on_terminal():
        return False
    show(speakers_table(guessed), None, None)
    for seen in guessed:
        for line in remark_lines(seen.source, seen.doubts, _DOUBTS_SHOWN):
            click.echo(f"  {line}")
    question = ngettext(
        "How the lines of {n} file belong together was guessed from the layout. Import it as shown?",
        "How the lines of {n} files belong together was guessed from the layout. Import them as shown?",
        len(guessed),
    )
    return click.confirm(question.format(n=len(guessed)), default=False)


def _show_preview(incoming: "Incoming", result: "Imported", output: Path | None, format_name: str | None) -> None:
    from ipscoding.cli.output import for_people, show
    from ipscoding.exchange.incoming import incoming_table, remark_lines, speakers_table

    show(incoming_table(incoming, result), output, format_name)
    for _name, refusal in result.refused:
        click.echo(f"ipscoding: {refusal}", err=True)
    if output is not None or not for_people(output, format_name):
        return
    speakers = speakers_table(incoming.previews)
    if speakers.rows:
        click.echo()
        show(speakers, None, None)
    lines = [line for seen in incoming.previews for line in remark_lines(seen.source, seen.doubts, _DOUBTS_SHOWN)]
    if lines:
        click.echo("\n" + _("To look at:"))
        click.echo("\n".join(f"  {line}" for line in lines))
    click.echo()
    _tell_the_rest(incoming, click.echo)
    click.echo(_("Nothing was changed. Without --preview the interviews are imported."))


def _tell(
    incoming: "Incoming", result: "Imported", output: Path | None, format_name: str | None, *, dry_run: bool
) -> None:
    """What was done: the table, then sentences; where a program reads the table, these go to standard error."""
    from ipscoding.cli.output import for_people, show
    from ipscoding.exchange.incoming import incoming_table, remark_lines

    def echo(text: str) -> None:
        click.echo(text, err=output is None and not for_people(output, format_name))

    for _name, refusal in result.refused:
        click.echo(f"ipscoding: {refusal}", err=True)
    asked = output is not None or format_name is not None
    if asked or result.added or (result.refused and result.unchanged):
        show(incoming_table(incoming, result), output, format_name)
    known = {id(one.reading) for one in result.outcomes if one.document and not one.added}
    for seen in (
        seen for seen, reading in zip(incoming.previews, incoming.readings, strict=True) if id(reading) not in known
    ):
        for line in remark_lines(seen.source, seen.doubts):
            echo(f"  {line}")
    bad = len(incoming.failures) + len(result.refused)
    if result.added or not bad or result.unchanged:
        n = len(result.added)
        said = (
            ngettext("{n} interview would be imported.", "{n} interviews would be imported.", n)
            if dry_run
            else ngettext("{n} interview imported.", "{n} interviews imported.", n)
        )
        echo(said.format(n=n))
    if result.unchanged:
        n = len(result.unchanged)
        echo(ngettext("{n} was there already, unchanged.", "{n} were there already, unchanged.", n).format(n=n))
    if _code(incoming, result) == WRONG:
        return
    _tell_the_rest(incoming, echo)
    if bad:
        left = ngettext("{n} file was left out (named above).", "{n} files were left out (named above).", bad)
        echo(left.format(n=bad))


def _tell_the_rest(incoming: "Incoming", echo: Callable[[str], None]) -> None:
    from ipscoding.exchange.incoming import answers_lines, passed_over_lines

    if incoming.empty_answers:
        n = incoming.empty_answers
        echo(
            ngettext(
                "{n} answer is empty and was passed over.", "{n} answers are empty and were passed over.", n
            ).format(n=n)
        )
    for line in (*answers_lines(incoming.readings), *passed_over_lines(incoming)):
        echo(line)


def _by_model(readings: "Sequence[Reading]") -> "list[Reading]":
    """The readings with sentences as the trained pipeline sees them."""
    from ipscoding.language.model import load
    from ipscoding.language.pipelines import pipeline
    from ipscoding.transcripts.segments import with_sentences

    load()  # says what to do where the model is missing or does not fit
    trained = pipeline()
    segmented = []
    with progress(_("Finding sentences")) as advance:
        for number, reading in enumerate(readings, start=1):
            transcript = with_sentences(reading.transcript, lambda text: trained.analyse(text).sentences)
            segmented.append(replace(reading, transcript=transcript))
            advance(number / len(readings), reading.name)
    return segmented


COMMANDS = {"import": import_command}
