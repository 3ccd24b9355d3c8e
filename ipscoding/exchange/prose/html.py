"""Pages as HTML in one file: nothing is fetched from anywhere, and it prints well."""

import html
import re
from collections.abc import Iterator

from ipscoding.exchange.prose.blocks import Block, Drawing, Facts, Grid, Heading, Items, Page, Paragraph, Quotation
from ipscoding.i18n import _

_ABOUT = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]*)"')
_LINKED = re.compile(r'(xlink:href="|url\()#')
# in HTML an svg element needs none
_NAMESPACE = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')
# What HTML cannot hold as text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --quiet: #595959; --line: #8c8c8c; --soft: #f2f4f6;
  --link: #0b4f8a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --ink: #ececec; --quiet: #b4b4b4; --line: #777; --soft: #23272c; --link: #8fc7ff; }
}
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; margin: 0 auto; padding: 0 1rem 3rem; max-width: 46rem;
  background: var(--paper); color: var(--ink); }
h1, h2, h3, h4, h5, h6, dt, nav, table, figcaption {
  font-family: "Segoe UI", Helvetica, Arial, sans-serif; line-height: 1.25; }
.wide { max-width: 76rem; }
.wide :is(p, dl, ul, blockquote) { max-width: 46rem; }
h1 { margin: 2rem 0 1rem; overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .2rem; margin-top: 2.5rem; }
h3 { margin-top: 2rem; }
p, dd, li, blockquote, h2, h3, h4, h5, h6 { overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: fixed; left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
.lines { white-space: pre-line; }
.quiet { color: var(--quiet); font-size: .9rem; }
dl { margin: .5rem 0 1rem; }
dt { font-weight: 600; font-size: .9rem; margin-top: .4rem; }
dd { margin: 0 0 0 1rem; white-space: pre-line; }
blockquote { margin: .8rem 0; padding: 0 0 0 1rem; border-left: 3px solid var(--line); }
blockquote p { margin: 0; }
cite { font-style: normal; font-size: .9rem; color: var(--quiet); }
nav ul { list-style: none; padding: 0; }
nav li { padding: .15rem 0; }
nav .level2 { padding-left: 1.2rem; }
nav .level3 { padding-left: 2.4rem; }
.scroll { overflow-x: auto; margin: 1rem 0 1.5rem; }
table { border-collapse: collapse; font-size: .85rem; min-width: 60%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 9rem; }
tbody th.over { font-weight: 600; background: var(--soft); }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .n { white-space: normal; }
figure { margin: 1rem 0 1.5rem; }
figure .scroll { margin: 0; background: #fff; border-radius: 4px; }
figure svg { display: block; height: auto; max-width: 100%; margin: 0 auto; }
figcaption { font-size: .9rem; margin-top: .4rem; }
@media (max-width: 40rem) {
  h1 { font-size: 1.6rem; }
  th, td { padding: .3rem .4rem; }
  tbody th { min-width: 7rem; }
  figure svg { max-width: none; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --line: #888; --soft: #f2f2f2; --link: #000; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; }
  .skip { display: none; }
  h1, h2, h3, h4, h5, h6, caption { break-after: avoid; }
  blockquote, dd, li, tr, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; width: 100%; }
  th, td { padding: .15rem .3rem; }
  tbody th { min-width: 0; }
  .n { white-space: normal; }
  figure svg { width: auto; max-width: 100%; max-height: 24cm; }
  a { color: inherit; text-decoration: none; }
}
"""
# Nothing may be loaded and nothing may run, whatever a text in the page says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def pieces(page: Page) -> Iterator[str]:
    """The HTML of `page`, piece by piece."""
    blocks = list(page.blocks) if page.contents else page.blocks
    # what is looked at may be broad; what is read may not
    wide = ' class="wide"' if page.wide else ""
    yield (
        f'<!DOCTYPE html>\n<html lang="{escaped(page.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body{wide}>\n"
        f'<a class="skip" href="#main">{escaped(_("Skip to the text"))}</a>\n'
        f"<header><h1>{escaped(page.title)}</h1></header>\n"
    )
    if isinstance(blocks, list):
        named = (block for block in blocks if isinstance(block, Heading) and block.anchor)
        yield _contents([block for block in named if block.level <= page.depth])
    yield '<main id="main">\n'
    for number, block in enumerate(blocks):
        yield _block(block, number) + "\n"
    yield "</main>\n</body>\n</html>\n"


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


def _block(block: Block, number: int) -> str:
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
        case Grid():
            return _grid(block)
        case Drawing():
            caption = f"<figcaption>{escaped(block.caption)}</figcaption>" if block.caption else ""
            return f"<figure>{_scrolling(inline(block, f'p{number}-'), block.caption)}{caption}</figure>"


def _grid(block: Grid) -> str:
    def cell(place: int, text: str, scope: str = "") -> str:
        name, beside = ("th", f' scope="{scope}"') if scope else ("td", "")
        beside += ' class="n"' if place in block.numbers else ""
        return f"<{name}{beside}>{escaped(text)}</{name}>"

    head = "".join(cell(place, text, "col") for place, text in enumerate(block.titles))
    lines = []
    for row in block.rows:
        if len(row) == 1:
            over = f'<th class="over" scope="colgroup" colspan="{len(block.titles)}">{escaped(row[0])}</th>'
            lines.append(f"<tr>{over}</tr>")
        else:
            cells = "".join(cell(place, text, "" if place else "row") for place, text in enumerate(row))
            lines.append(f"<tr>{cells}</tr>")
    table = (
        f"<table><caption>{escaped(block.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>"
        + "\n".join(lines)
        + "</tbody></table>"
    )
    return _scrolling(table, block.caption)


def _scrolling(inner: str, name: str) -> str:
    """What may be wider than the window: it can be scrolled by keyboard, and says what it is."""
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{escaped(name)}">{inner}</div>'


def inline(block: Drawing, prefix: str) -> str:
    """A picture as an `svg` element that stands in a page with others: its ids begin with `prefix`."""
    drawn = block.draw("svg").decode("utf-8")
    drawn = drawn[drawn.index("<svg") :]
    drawn = _ABOUT.sub("", drawn)
    drawn = _ID.sub(lambda found: f'id="{prefix}{found[1]}"', drawn)
    drawn = _LINKED.sub(lambda found: f"{found[1]}#{prefix}", drawn)
    drawn = _NAMESPACE.sub("", drawn).replace("xlink:href", "href")
    named = f'<svg role="img" aria-label="{escaped(block.alt)}"'
    return drawn.replace("<svg", named, 1).strip()


def _quotation(block: Quotation) -> str:
    lines = [
        f"<b>{escaped(speaker)}:</b> {escaped(words)}" if speaker else escaped(words) for speaker, words in block.lines
    ]
    said = "<br>\n".join(lines)
    sign = f"{escaped(block.sign)} " if block.sign else ""
    source = f"<cite>— {escaped(block.source)}</cite>" if block.source else ""
    return f'<blockquote><p class="lines">{sign}{said}</p>{source}</blockquote>'
