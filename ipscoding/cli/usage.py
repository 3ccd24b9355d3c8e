"""Words in usage lines that stand for what people fill in (PROJECT, FILE), in the language in use."""

import re

import click

from ipscoding.i18n import N_, _

WORDS = frozenset(
    (
        N_("ALIAS"), N_("ARGS"), N_("ATTRIBUTE"), N_("CODE"), N_("CODER"), N_("CODING"), N_("COLOUR"), N_("COLUMN"),
        N_("COLUMNS"), N_("COMMAND"), N_("DATE"), N_("DIGIT"), N_("DIR"), N_("DOCUMENT"), N_("FILE"), N_("FILES"),
        N_("FLOAT RANGE"), N_("FOLDER"), N_("FORM"), N_("GROUP"), N_("HEADING"), N_("INFORMANT"), N_("INTEGER"),
        N_("INTEGER RANGE"), N_("INTERVIEW"), N_("INTO"), N_("KEY"), N_("LABEL"), N_("NAME"), N_("NAMES"), N_("NEW"),
        N_("OPTIONS"), N_("ORDER"), N_("OTHER"), N_("PARENT"), N_("PARTS"), N_("PATHS"), N_("PERCENT"), N_("PROJECT"),
        N_("QUERY"), N_("ROLE"), N_("ROWS"), N_("SHARE"), N_("SOURCE"), N_("TABLE"), N_("TARGET"), N_("TEXT"),
        N_("VALENCE"), N_("VALUE"), N_("WHAT"),
    )
)  # fmt: skip
"""The words that click and our commands write in capitals."""

_CAPITALS = re.compile(r"[A-Z]+(?: RANGE)?")
_english: dict[click.Parameter, str] = {}


def spoken(command: click.Command) -> click.Command:
    """`command`, and all below it, with its usage line in the language in use."""
    context = click.Context(command)
    command.options_metavar = _words("[OPTIONS]")
    for parameter in command.params:
        english = _english.setdefault(parameter, parameter.make_metavar(context))
        parameter.metavar = _words(english)
    if isinstance(command, click.Group):
        command.subcommand_metavar = _words("COMMAND [ARGS]...")
        for below in command.commands.values():
            spoken(below)
    return command


def _words(usage: str) -> str:
    return _CAPITALS.sub(lambda word: _(word[0]) if word[0] in WORDS else word[0], usage)
