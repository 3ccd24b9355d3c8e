"""What differs between two codebooks, in words, as JSON or as a page."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipscoding.cli.codebook_source import opened
from ipscoding.cli.main import LOOK
from ipscoding.cli.options import PATH
from ipscoding.i18n import _, ngettext

if TYPE_CHECKING:
    from ipscoding.codebook.diff import Change
    from ipscoding.domain import Codebook

FORMATS = ("text", "json", "html")


@click.command(
    help=_(
        "Say what differs between codebook A and codebook B: renamed, moved, redefined, split, merged, retired and so "
        "on. Each is a file, the id of a codebook that ships, a project, or a project at a date "
        "(STUDY.ipscoding@2026-03-01). Exit code 1 where they differ."
    )
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("-o", "--output", type=PATH, metavar="FILE", help=_("Write to FILE; its suffix gives the form."))
@click.option("--format", "format_name", type=click.Choice(FORMATS), help=_("Form of the output."))
def diff(before: str, after: str, output: Path | None, format_name: str | None) -> int:
    from ipscoding.codebook.diff import changes

    with opened(before) as a, opened(after) as b:
        found = changes(a.book, b.book)
        form = format_name or (output.suffix.lower().lstrip(".") if output else "text")
        text = _text(found, a.book, b.book, (a.name, b.name), form)
    if output is None:
        click.echo(text, nl=False)
    else:
        from ipscoding.exchange.atomic import whole_file

        with whole_file(output) as file:
            file.write(text.encode("utf-8"))
        click.echo(_("{path}: written.").format(path=output), err=True)
    return LOOK if found else 0


def _text(found: "tuple[Change, ...]", before: "Codebook", after: "Codebook", names: tuple[str, str], form: str) -> str:
    from ipscoding.codebook import diff_html, diff_words

    if form == "html":
        return diff_html.page(found, before, after, names)
    if form == "json":
        return as_json({"before": names[0], "after": names[1], "changes": [change_row(one) for one in found]})
    lines = [diff_words.told(change, before, after) for change in found]
    lines.append(ngettext("{n} change", "{n} changes", len(found)).format(n=len(found)) + ".")
    return "\n".join(lines) + "\n"


def change_row(change: "Change") -> dict[str, Any]:
    """A change as JSON has it."""
    return {
        "kind": change.kind,
        "code": change.code,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "others": list(change.others),
    }


def as_json(found: Any) -> str:
    """JSON for people and programs, with a line end behind it."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
