"""The list of commands. Each lives in a module of its group, imported only when it is used."""

import importlib
from difflib import get_close_matches
from pathlib import Path

import click

from ipscoding.cli.usage import spoken
from ipscoding.i18n import LANGUAGES, N_, _
from ipscoding.version import __version__

Entry = tuple[str, str]

COMMANDS: dict[str, Entry] = {
    "demo": ("demo", N_("Build the example project and open it")),
    "new": ("projects", N_("Make a new project")),
    "import": ("importing", N_("Bring interviews into a project")),
    "import-project": ("foreign", N_("Take over a project of another program")),
    "informants": ("transcripts", N_("List informants, or set their roles and attributes")),
    "documents": ("transcripts", N_("List the interviews of a project")),
    "revise": ("revise", N_("Give interviews a corrected text; codings follow")),
    "open": ("projects", N_("Code interviews in the coding screen")),
    "show": ("show", N_("Read an interview with its codings, line by line")),
    "code": ("coding", N_("Make codings from a script")),
    "recode": ("second_thoughts", N_("Change a coding")),
    "cut": ("second_thoughts", N_("Cut a coding in two")),
    "unite": ("second_thoughts", N_("Make one coding of two")),
    "quote": ("second_thoughts", N_("Mark a coding as worth quoting, or never to be quoted")),
    "uncode": ("coding", N_("Take codings away")),
    "memo": ("memos", N_("Write or show memos")),
    "bookmarks": ("memos", N_("List, set and remove bookmarks")),
    "status": ("coding", N_("Say how far you have come with an interview")),
    "keys": ("shortcuts", N_("Put codes on the digits of the coding screen")),
    "search": ("search", N_("Search the interviews")),
    "suggest": ("suggestions", N_("Suggest codes, or measure the suggestions")),
    "freq": ("figures", N_("Frequencies by code, role, valence and more")),
    "saturation": ("saturation", N_("With which interview hardly anything new came")),
    "triangulate": ("triangulate", N_("What each group of informants says, and where groups differ")),
    "fidelity": ("fidelity", N_("Fidelity scores of services, beside what was coded")),
    "compare": ("compare", N_("Two projects, or one at two dates, beside each other")),
    "picture": ("pictures", N_("Draw figures, in the terminal or for a paper")),
    "crosstab": ("crosstab", N_("One thing by another: codes by roles, codes by codes")),
    "cooccur": ("cooccur", N_("Codes that stand near each other, as a table or a network")),
    "agree": ("agree", N_("Agreement between coders, and where they differ")),
    "adjudicate": ("agree", N_("Decide what coders differ on: the consensus layer")),
    "excerpts": ("figures", N_("The table of codings with their text")),
    "export": ("export", N_("Take a project out in other forms")),
    "report": ("report", N_("A report for co-authors: figures, quotes, method, checklists")),
    "codebook": ("codebook", N_("Check, compare, merge, show, import and export codebooks")),
    "codes": ("codes_edit", N_("Edit the codes of a project")),
    "merge": ("merge", N_("Bring other copies of a project into it")),
    "sync": ("sync", N_("Exchange work through a shared folder")),
    "split": ("split", N_("Give out a study in packages for coders")),
    "coders": ("coders", N_("Who takes part, in which role")),
    "history": ("journal", N_("What was done, when and by whom")),
    "undo": ("journal", N_("Take back your last act")),
    "redo": ("journal", N_("Do again what you took back")),
    "backup": ("projects", N_("Copy a project while people work in it")),
    "settings": ("projects", N_("Show or change a project's settings")),
    "doctor": ("projects", N_("Check that a project is sound")),
    "model": ("model", N_("The Norwegian language model: status, install, remove")),
}


class Commands(click.Group):
    """A group that finds its commands by name, and a project by its path."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, its module imported now; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, short_help = COMMANDS[cmd_name]
        command: click.Command = importlib.import_module(f"ipscoding.cli.{module}").COMMANDS[cmd_name]
        command.short_help = _(short_help)
        return spoken(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table above, so that `--help` imports no room."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(short_help)) for name, (_module, short_help) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; a path of a project means `open`."""
        name = args[0]
        if name not in COMMANDS and (name.endswith(".ipscoding") or _is_there(name)):
            args = ["open", *args]
        elif name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=2)
            hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else ""
            raise click.UsageError(
                _("There is no command {name}.").format(name=name) + (f" {hint}" if hint else ""), ctx
            )
        return super().resolve_command(ctx, args)


def _is_there(name: str) -> bool:
    return Path(name).exists() or Path(f"{name}.ipscoding").exists()


def root() -> click.Group:
    """The command `ipscoding` in the language chosen."""

    @click.group(
        "ipscoding",
        cls=Commands,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help=_(
            "Code interviews about individual job support (IPS) in the terminal, offline.\n\n"
            'Start with "ipscoding demo"; "ipscoding PROJECT" opens a project.'
        ),
    )
    @click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=_("Language of the program, with any command (default: the locale)."),
    )
    @click.version_option(
        __version__, "--version", message="ipscoding %(version)s", help=_("Show the version and exit.")
    )
    def ipscoding() -> None:
        pass

    spoken(ipscoding)
    return ipscoding
