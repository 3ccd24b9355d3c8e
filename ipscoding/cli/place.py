"""Which passage of an interview is meant: options for words, sentences by number, or offsets; and the line back."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ipscoding.domain import Coding, Span, Transcript
from ipscoding.errors import NotFound
from ipscoding.i18n import _, ngettext

Function = TypeVar("Function", bound=Callable[..., Any])


def _numbers(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """`41`, or `41-43` for sentences that follow one another, as first and last."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d+)(?:-(\d+))?", value.strip())
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise click.BadParameter(_("{value} is neither a sentence (41) nor several (41-43).").format(value=value))
    return int(found[1]), int(found[2] or found[1])


def place_options(function: Function) -> Function:
    """`--quote`, `--sentence`, or `--start` and `--end`; `passage` makes a span of them."""
    for option in (
        click.option("--end", type=int, metavar="N", help=_("The character after the last one.")),
        click.option("--start", type=int, metavar="N", help=_("First character, counted from 0.")),
        click.option(
            "--sentence",
            callback=_numbers,
            metavar="N[-N]",
            help=_("The sentence, counted from 1 as show does; 41-43 for several."),
        ),
        click.option("--quote", help=_("The words; they must stand only once in the interview.")),
    ):
        function = option(function)
    return function


def passage(
    transcript: Transcript, quote: str | None, sentence: tuple[int, int] | None, start: int | None, end: int | None
) -> Span:
    """The span that is meant by exactly one of quote, sentence, and start with end. Raises `NotFound`."""
    if sum((quote is not None, sentence is not None, start is not None or end is not None)) != 1:
        raise click.UsageError(_("Say where with one of --quote, --sentence, or --start and --end."))
    if quote is not None:
        from ipscoding.exchange.locate import find

        places = find(quote, transcript.text)
        if len(places) != 1:
            raise NotFound(
                ngettext(
                    "The quote stands {n} time in the interview",
                    "The quote stands {n} times in the interview",
                    len(places),
                ).format(n=len(places)),
                _("Give words that stand there exactly once, or --start and --end"),
            )
        return places[0]
    if sentence is not None:
        return sentences(transcript, sentence)
    if start is None or end is None or not 0 <= start < end:
        raise click.UsageError(_("--start and --end go together, the end after the start."))
    return Span(start, end)


def sentences(transcript: Transcript, numbers: tuple[int, int]) -> Span:
    """From the first of two sentences to the end of the last, by their numbers. Raises `NotFound`."""
    for number in numbers:
        if not 1 <= number <= len(transcript.sentences):
            raise NotFound(
                _("There is no sentence {n}").format(n=number),
                _("The interview has {n} sentences").format(n=len(transcript.sentences)),
            )
    first, last = (transcript.sentences[number - 1] for number in numbers)
    return Span(first.start, last.end)


def told(document: str, coding: Coding) -> str:
    """A coding in one line, as every command that makes or changes one says it back."""
    from ipscoding.tui.words import valence_name

    return _("{document} {start}-{end}: {code} {sign} {valence} (coding {id})").format(
        document=document,
        start=coding.span.start,
        end=coding.span.end,
        code=coding.code,
        sign=coding.valence.sign,
        valence=valence_name(coding.valence),
        id=coding.id[:8],
    )
