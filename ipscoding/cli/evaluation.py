"""The command `suggest evaluate`: how good the suggestions are, on codings that people made."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipscoding.analysis.table import Column, Kind, Row, Table
from ipscoding.cli.options import PATH, check_coders, output_options, project_argument
from ipscoding.cli.progress import progress
from ipscoding.i18n import _, with_decimal_sign

if TYPE_CHECKING:
    from ipscoding.project import Project
    from ipscoding.suggest.evaluate import Row as Score
    from ipscoding.suggest.examples import Coded

_SHARES = ("hit1", "hit3", "hit5", "micro_f1", "macro_f1", "ece", "valence_macro_f1")


@click.command(
    help=_(
        "Score the engine against the codings that people made in PROJECT, by passage and by sentence, beside surface "
        "keywords (the floor) and a second coder (the ceiling), with 95 % intervals over interviews.\n\n"
        "Each interview is scored by an engine that has learnt from all others and never from itself. --train learns "
        "from another project instead, --cold from no codings at all. CSV and JSON hold everything."
    )
)
@project_argument
@click.option(
    "--coders", "--coder", "coders", multiple=True, metavar="NAMES", help=_("Score against these coders only.")
)
@click.option("--cold", is_flag=True, help=_("Learn from codebook and phrase bank only."))
@click.option("--train", type=PATH, metavar="PROJECT", help=_("Learn from the codings of this project."))
@click.option(
    "--sentences",
    type=click.Choice(("project", "model")),
    default="project",
    show_default=True,
    help=_("Sentences as they were found at import, or as the installed language model finds them."),
)
@output_options
def evaluate(
    project: Path,
    coders: tuple[str, ...],
    cold: bool,
    train: Path | None,
    sentences: str,
    output: Path | None,
    format_name: str | None,
) -> None:
    from ipscoding.cli.output import show
    from ipscoding.exchange.write import format_for
    from ipscoding.project import codebooks, open_project
    from ipscoding.suggest.held_out import Training, evaluate_held_out

    if cold and train is not None:
        raise click.UsageError(_("--cold learns from no codings; leave --train out."))
    form = format_for(output, format_name)
    names = {name.strip() for value in coders for name in value.split(",") if name.strip()}
    training: Training = "cold" if cold else "others"
    if train is not None:
        with open_project(train) as other:
            training = _interviews(other, set(), sentences)
    with open_project(project) as opened:
        check_coders(opened, names)
        with progress(_("Scoring the engine")) as advance:
            scores = evaluate_held_out(
                codebooks.load(opened),
                codebooks.phrases(opened),
                _interviews(opened, names, sentences),
                training,
                progress=advance,
            )
    show(page(scores) if form == "table" else evaluation_table(scores), output, format_name)


def _interviews(project: "Project", coders: set[str], sentences: str) -> "list[Coded]":
    from ipscoding.suggest.of_project import coded_interviews

    return coded_interviews(project, coders, with_model=sentences == "model")


def evaluation_table(scores: "Sequence[Score]") -> Table:
    """Everything: a row for each unit, group and who answered, with every figure and the ends of its interval."""
    from ipscoding.suggest.tally import FIGURES

    titles = _titles()
    columns = [
        Column("unit", "text", _("Unit")),
        Column("by", "text", _("By")),
        Column("value", "text", _("Which")),
        Column("source", "text", _("Who answers")),
        Column("n", "int", _("Number")),
    ]
    for name in FIGURES:
        kind: Kind = "share" if name in _SHARES else "number"
        columns += [
            Column(name, kind, titles[name]),
            Column(f"{name}_low", kind, _("{figure}, from").format(figure=titles[name])),
            Column(f"{name}_high", kind, _("{figure}, to").format(figure=titles[name])),
        ]
    columns += [
        Column("directions", "int", _("Codings with a direction")),
        Column("uncoded", "int", _("Sentences that nobody coded")),
    ]
    rows: list[Row] = []
    for score in scores:
        row: dict[str, str | int | float | None] = {
            "unit": score.unit, "by": score.by, "value": score.value, "source": score.source, "n": score.n,
        }  # fmt: skip
        for name in FIGURES:
            low, high = score.intervals[name] or (None, None)
            row |= {name: _round(score.values[name]), f"{name}_low": _round(low), f"{name}_high": _round(high)}
        rows.append(row | {"directions": score.directions, "uncoded": score.uncoded})
    return Table(columns, rows, _notes(scores))


def page(scores: "Sequence[Score]") -> Table:
    """What can be read: every figure with its interval in words; single codes by passage and by the engine only."""
    from ipscoding.suggest.tally import FIGURES

    units = {"passage": _("passage"), "sentence": _("sentence")}
    groups = {"all": _("all"), "code": _("code"), "role": _("role"), "language": _("language")}
    sources = {"engine": _("engine"), "keywords": _("keywords"), "second coder": _("second coder")}
    titles = _titles()
    columns = [
        Column("unit", "text", _("Unit")),
        Column("which", "text", _("Which")),
        Column("source", "text", _("Who answers")),
        Column("n", "int", _("Number")),
        *(Column(name, "text", titles[name]) for name in FIGURES),
    ]
    chosen = [score for score in scores if score.by != "code"]
    chosen += [score for score in scores if (score.by, score.unit, score.source) == ("code", "passage", "engine")]
    rows: list[Row] = [
        {
            "unit": units[score.unit],
            "which": score.value or groups[score.by],
            "source": sources[score.source],
            "n": score.n,
            **{name: _told(score, name) for name in FIGURES},
        }
        for score in chosen
    ]
    return Table(columns, rows, _notes(scores))


def _told(score: "Score", name: str) -> str:
    value, interval = score.values[name], score.intervals[name]
    if value is None:
        return "–"
    write = "{:.2f}".format if name in _SHARES else "{:.0f}".format
    told = write(value) if interval is None else f"{write(value)} ({write(interval[0])}–{write(interval[1])})"
    return with_decimal_sign(told)


def _titles() -> dict[str, str]:
    return {
        "hit1": "hit@1",
        "hit3": "hit@3",
        "hit5": "hit@5",
        "micro_f1": _("F1"),
        "macro_f1": _("F1 by code"),
        "ece": _("Calibration error"),
        "valence_macro_f1": _("F1 of direction"),
        "false_per_100_uncoded": _("False per 100"),
    }


def _notes(scores: "Sequence[Score]") -> list[str]:
    if not any(score.n for score in scores):
        return [_("There are no codings to score against.")]
    return [
        _("A passage is a stretch that a coder coded; right is a code that some coder gave to at least half of it."),
        _("hit@k: a right code is among the first k. F1: the codes shown by default against all right ones."),
        _(
            "Calibration error: how far the first three scores lie from the share that is right (ten bins); by "
            "sentence also on those that nobody coded."
        ),
        _("F1 of direction: barrier or facilitator for a right code, where its coders agree on one."),
        _("False per 100: suggestions for each 100 informants' sentences that nobody coded."),
        _("Keywords are the words of labels and examples; a second coder is scored where both coded something."),
        _("In brackets: where 95 in 100 of 1 000 draws of interviews lie."),
        _("Who is scored on few interviews learns little from this."),
    ]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


COMMANDS = {"evaluate": evaluate}
