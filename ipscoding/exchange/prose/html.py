"""Pages as HTML in one file: nothing is fetched from anywhere, and it prints well."""

import html
import re
from collections.abc import Iterator

from ipscoding.exchange.prose.blocks import Block, Facts, Heading, Items, Page, Paragraph, Quotation
from ipscoding.i18n import _

# What HTML cannot hold as text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, h4, h5, h6, dt, nav { font-family: "Segoe UI", Helvetica, Arial, sans-serif; line-height: 1.25; }
h2 { border-bottom: 1px solid #888; padding-bottom: .2rem; margin-top: 2.5rem; }
h3 { margin-top: 2rem; }
p, dd, li, blockquote { overflow-wrap: anywhere; }
.lines { white-space: pre-line; }
.quiet { color: #666; font-size: .9rem; }
dl { margin: .5rem 0 1rem; }
dt { font-weight: 600; font-size: .9rem; margin-top: .4rem; }
dd { margin: 0 0 0 1rem; white-space: pre-line; }
blockquote { margin: .8rem 0; padding: 0 0 0 1rem; border-left: 3px solid #888; }
blockquote p { margin: 0; }
cite { font-style: normal; font-size: .9rem; color: #666; }
nav ul { list-style: none; padding: 0; }
nav .level2 { padding-left: 1.2rem; }
nav .level3 { padding-left: 2.4rem; }
@media (prefers-color-scheme: dark) { .quiet, cite { color: #aaa; } }
@media print {
  body { margin: 0; max-width: none; font-size: 10.5pt; }
  h1, h2, h3, h4 { break-after: avoid; }
  blockquote, dd, li { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
# Nothing may be loaded and nothing may run, whatever a text in the page says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def pieces(page: Page) -> Iterator[str]:
    """The HTML of `page`, piece by piece."""
    blocks = list(page.blocks) if page.contents else page.blocks
    yield (
        f'<!DOCTYPE html>\n<html lang="{escaped(page.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escaped(page.title)}</h1>\n"
    )
    if isinstance(blocks, list):
        yield _contents([block for block in blocks if isinstance(block, Heading) and block.anchor])
    for block in blocks:
        yield _block(block) + "\n"
    yield "</body>\n</html>\n"


def escaped(text: str) -> str:
    """`text` so that HTML shows it as it is."""
    return html.escape(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _contents(headings: list[Heading]) -> str:
    if not headings:
        return ""
    lines = (
        f'<li class="level{heading.level}"><a href="#{escaped(heading.anchor)}">{escaped(heading.text)}</a></li>'
        for heading in headings
    )
    return f'<nav aria-label="{escaped(_("Contents"))}"><ul>{"".join(lines)}</ul></nav>\n'


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = min(block.level + 1, 6)
            anchor = f' id="{escaped(block.anchor)}"' if block.anchor else ""
            return f"<h{level}{anchor}>{escaped(block.text)}</h{level}>"
        case Paragraph():
            return f'<p class="{"lines quiet" if block.quiet else "lines"}">{escaped(block.text)}</p>'
        case Items():
            return "<ul>" + "".join(f"<li>{escaped(text)}</li>" for text in block.texts) + "</ul>"
        case Facts():
            pairs = (f"<dt>{escaped(name)}</dt><dd>{escaped(text)}</dd>" for name, text in block.pairs)
            return f"<dl>{''.join(pairs)}</dl>"
        case Quotation():
            return _quotation(block)


def _quotation(block: Quotation) -> str:
    lines = [
        f"<b>{escaped(speaker)}:</b> {escaped(words)}" if speaker else escaped(words) for speaker, words in block.lines
    ]
    said = "<br>\n".join(lines)
    sign = f"{escaped(block.sign)} " if block.sign else ""
    source = f"<cite>— {escaped(block.source)}</cite>" if block.source else ""
    return f'<blockquote><p class="lines">{sign}{said}</p>{source}</blockquote>'
