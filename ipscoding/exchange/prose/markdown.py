"""Pages as Markdown (CommonMark)."""

import re
from collections.abc import Iterable, Iterator

from ipscoding.exchange.prose.blocks import Block, Drawing, Facts, Grid, Heading, Items, Page, Paragraph, Quotation

# an underscore inside a word is only that
_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&]|(?<!\w)_|_(?!\w))")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|[-+=])")


def pieces(page: Page) -> Iterator[str]:
    """The Markdown of `page`, block by block."""
    yield f"# {escaped(page.title)}\n"
    for block in page.blocks:
        yield "\n" + _block(block) + "\n"


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is; line breaks become hard ones."""
    return "\\\n".join(
        _line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()
    )


def _line(line: str) -> str:
    plain = _SPECIAL.sub(r"\\\1", line.strip())
    # a dash or a number at the beginning would make a list
    return _AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", plain)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return "#" * min(block.level + 1, 6) + " " + escaped(" ".join(block.text.split()))
        case Paragraph():
            return escaped(block.text)
        case Items():
            return "\n".join(f"- {_inner(text)}" for text in block.texts)
        case Facts():
            return "\n".join(f"- **{escaped(name)}**: {_inner(text)}" for name, text in block.pairs)
        case Quotation():
            return _quotation(block)
        case Grid():
            return _grid(block)
        case Drawing():
            # a picture would be a second file: its caption and its words stand for it
            return f"*{_inner(block.caption)}*\n\n{escaped(block.alt)}"


def _grid(block: Grid) -> str:
    width = len(block.titles)
    rule = ("---:" if number in block.numbers else "---" for number in range(width))
    lines = [f"*{_cell(block.caption)}*", "", _row(block.titles), "|" + "|".join(rule) + "|"]
    for row in block.rows:
        named = (f"**{_cell(row[0])}**",) if len(row) == 1 else tuple(_cell(text) for text in row)
        lines.append("| " + " | ".join((*named, *[""] * (width - len(named)))) + " |")
    return "\n".join(lines)


def _row(texts: Iterable[str]) -> str:
    return "| " + " | ".join(map(_cell, texts)) + " |"


def _cell(text: str) -> str:
    return escaped(" ".join(text.split()))


def _inner(text: str) -> str:
    return escaped(text).replace("\n", "\n  ")


def _quotation(block: Quotation) -> str:
    lines = [
        f"**{escaped(speaker)}:** {escaped(words)}" if speaker else escaped(words) for speaker, words in block.lines
    ]
    if block.sign and lines:
        lines[0] = f"{block.sign} {lines[0]}"
    text = "\\\n".join(lines)
    if block.source:
        text += f"\n\n— {escaped(block.source)}"
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
