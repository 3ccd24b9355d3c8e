"""The entry: choose the language, find the command, and turn every error into one line and an exit code."""

import os
import sys
from collections.abc import Sequence

import click

from ipscoding import i18n
from ipscoding.errors import IpscodingError, system_reason
from ipscoding.i18n import _

DONE, LOOK, WRONG = 0, 1, 2
"""Exit codes: done; done, and there is something to look at; wrong use or bad input."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit code. Never raises, never prints a traceback."""
    _utf8_streams()
    language, rest = _take_language(arguments)
    i18n.choose(language)
    from ipscoding.cli.commands import root

    try:
        if language not in (None, *i18n.LANGUAGES):
            raise click.UsageError(_("--lang {language}: choose nb, nn or en.").format(language=language))
        result = root().main(rest, prog_name="ipscoding", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return DONE
    except click.UsageError as error:
        _complain(_usage(error))
        return WRONG
    except click.ClickException as error:
        _complain(error.format_message())
        return WRONG
    except IpscodingError as error:
        _complain(str(error))
        return WRONG
    except (click.Abort, KeyboardInterrupt):
        _complain(_("Stopped; nothing is half done"))
        return 130
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as stopped:
        # click leaves this way when a pipe is broken, with 1, which means something else here; with 0 after it has
        # completed a word for the shell
        return _reader_left() if stopped.code else DONE
    except OSError as error:
        _complain(_("{reason}: {path}").format(reason=system_reason(error), path=error.filename or ""))
        return WRONG
    except Exception as error:  # the last line of defence: a researcher never sees a traceback
        if os.environ.get("IPSCODING_DEBUG"):
            raise
        # only the kind of error and its place: an error's own words could quote an interview
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else "?"  # noqa: PTH119
        _complain(
            _("This is a fault in ipscoding ({kind} at {place}). Please report it; the project is as it was.").format(
                kind=type(error).__name__, place=place
            )
        )
        return WRONG
    return result if isinstance(result, int) else DONE


def _reader_left() -> int:
    # the reader (head, less) has had enough; keep Python from complaining about it at exit
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _take_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The language asked for (`--lang`, which may stand anywhere, or `IPSCODING_LANG`) and the other arguments.

    It must be known before the commands are built, since their help is written in it.
    """
    language, rest = os.environ.get("IPSCODING_LANG") or None, list(arguments)
    for index, argument in enumerate(rest):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            language, rest[index : index + 1] = argument.partition("=")[2], []
            break
        if argument == "--lang":
            language, rest[index : index + 2] = "".join(rest[index + 1 : index + 2]), []
            break
    return language, rest


def _utf8_streams() -> None:
    # Norwegian must come out whole also where the locale says ASCII (env -i, old servers)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _usage(error: click.UsageError) -> str:
    message = " ".join(error.format_message().split())
    if not message.endswith((".", "?", "!")):
        message += "."
    where = error.ctx.command_path if error.ctx else "ipscoding"
    return _('{message} See "{command} --help".').format(message=message, command=where)


def _complain(message: str) -> None:
    click.echo(f"ipscoding: {message}", err=True)
