"""Bring the message catalogues up to date with the words in the source: `python scripts/messages.py`.

Messages come from ipscoding itself and from click, whose usage lines and errors are read by users too.
"""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "ipscoding" / "locale"
NOISE = ('"Report-', '"POT-', '"PO-Rev', '"Last-', '"Language-Team', '"Generated')
"""Heads of lines that say nothing and change at every run."""

MARKS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a message, and how many of its arguments are texts."""

NOT_MARKED = {"core.py": ("required",)}
"""Texts that click looks up by another name than their own."""


def messages(folder: Path) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """File and message (or singular and plural) of every marked text below `folder`, also inside f-strings."""
    for path in sorted(folder.rglob("*.py")):
        place = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        if folder.name == "click":
            yield from ((place, text) for text in NOT_MARKED.get(path.name, ()))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS):
                continue
            given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            texts = tuple(text for text in given[: MARKS[node.func.id]] if isinstance(text, str) and text)
            if len(texts) == MARKS[node.func.id]:
                yield place, texts if len(texts) > 1 else texts[0]


def template() -> Catalog:
    """All messages of the source. Places name files only, so that a moved line changes nothing."""
    catalogue = Catalog(project="ipscoding", charset="utf-8")
    for folder in (ROOT / "ipscoding", Path(click.__file__).parent):
        for place, message in sorted(messages(folder), key=str):
            catalogue.add(message, locations=[(place, 0)])
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
