"""Bring the message catalogues up to date with the words in the source: `python scripts/messages.py`.

Messages come from ipscoding itself and from click, whose usage lines and errors are read by users too.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "ipscoding" / "locale"
NOISE = ('"Report-', '"POT-', '"PO-Rev', '"Last-', '"Language-Team', '"Generated')
"""Heads of lines that say nothing and change at every run."""

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "gettext": None}


def messages(folder: Path) -> Iterator[tuple[str, object, str]]:
    """File, message (or singular and plural) and context of every marked text below `folder`."""
    for name, _line, message, _comments, context in extract_from_dir(str(folder), keywords=KEYWORDS):
        if message:
            yield f"{folder.name}/{name}", message, context or ""


def template() -> Catalog:
    """All messages of the source. Places name files only, so that a moved line changes nothing."""
    catalogue = Catalog(project="ipscoding", charset="utf-8")
    for folder in (ROOT / "ipscoding", Path(click.__file__).parent):
        for place, message, context in sorted(messages(folder), key=str):
            catalogue.add(message, locations=[(place, 0)], context=context or None)  # type: ignore[arg-type]
    return catalogue


def catalogues() -> list[Path]:
    """The catalogues there are."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/ipscoding.po"))


def update(path: Path, source: Catalog) -> int:
    """Merge new messages into a catalogue; gives how many are still to be translated."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, sort_output=True, include_lineno=False, width=120)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(NOISE)), encoding="utf-8", newline="\n")
    return sum(not all(_strings(message.string)) for message in catalogue if message.id)


def _strings(string: object) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (str(string or ""),)


if __name__ == "__main__":
    found = template()
    for path in catalogues():
        print(f"{path.relative_to(ROOT)}: {update(path, found)} to translate")
