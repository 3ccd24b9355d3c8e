"""Changes of a codebook as one HTML page that needs nothing else and looks nothing up."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from ipscoding.codebook import diff_words
from ipscoding.codebook.diff import Change
from ipscoding.domain import Codebook, in_language
from ipscoding.i18n import _, language, ngettext

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.6rem 0 .3rem}h2 code{font-weight:400;color:#555}
ul{margin:.2rem 0;padding-left:1.2rem}li{margin:.3rem 0}.text{display:block}
ins{background:#d7f0d7;text-decoration:underline}del{background:#f8d9d9}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}h2 code{color:#aaa}
ins{background:#1d4a24}del{background:#5a2327}}
"""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def page(changes: Iterable[Change], before: Codebook, after: Codebook, names: tuple[str, str]) -> str:
    """The page; `names` are what the two versions are called (a file's name, a project and a date)."""
    listed = list(changes)
    title = _("Changes in {title}").format(title=in_language(after.title, language()) or after.id)
    count = ngettext("{n} change", "{n} changes", len(listed)).format(n=len(listed))
    parts = [
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>",
        f"<p>{escape(names[0])} → {escape(names[1])}: {escape(count)}</p>",
    ]
    for code, found in groupby(listed, key=lambda change: change.code):
        parts.append(f"<h2>{_heading(code, before, after)}</h2>\n<ul>")
        parts += [f"<li>{_change(change)}</li>" for change in found]
        parts.append("</ul>")
    return "\n".join(parts) + "\n</body></html>\n"


def _heading(code: str, before: Codebook, after: Codebook) -> str:
    if not code:
        return escape(_("The codebook itself"))
    found = after.by_id.get(code) or before.by_id[code]
    return f"{escape(found.name(language()))} <code>{escape(code)}</code>"


def _change(change: Change) -> str:
    said = escape(diff_words.kind(change))
    if not change.field:
        return said
    said += f", {escape(diff_words.field_name(change.field))}"
    if isinstance(change.before, str) and isinstance(change.after, str):
        return f'{said}<span class="text">{_words(change.before, change.after)}</span>'
    old, new = (escape(diff_words.value(found)) for found in (change.before, change.after))
    gone = f"<del>{old}</del> " if change.before is not None else ""
    come = f"<ins>{new}</ins>" if change.after is not None else ""
    return f'{said}<span class="text">{gone}{come}</span>'


def _words(before: str, after: str) -> str:
    """Both texts in one, word by word: what went is struck out, what came is underlined."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        if kind == "equal":
            parts.append(gone)
            continue
        parts += [f"<del>{gone}</del>" if gone else "", f"<ins>{come}</ins>" if come else ""]
    return "".join(parts)
