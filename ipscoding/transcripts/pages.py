"""Pages of printed lines to paragraphs: running heads and page numbers off, lines and cut words joined.

All of it is guessing, so whoever uses it says so: what was done is counted in remarks, and a person has to look.
"""

import re
from collections import Counter

from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.labels import Kind, find_label
from ipscoding.transcripts.reading import Remark
from ipscoding.transcripts.source import Source
from ipscoding.transcripts.stamps import begins_with_stamp

_DEEP = 3
"""How many lines from the edge of a page a running head may reach."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:side|page|s\.|p\.)? *[-–—]? *#(?: *(?:av|of|/) *#)? *[-–—]?", re.IGNORECASE)
# bounded, since a search begins anew at every letter
_CUT = re.compile(r"([^\W\d_]{1,60})[-\u2010\xad]\Z")
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]++")
_BEGINS = re.compile(r"([^\W\d_]+)")
_ENDED = re.compile(r"[.?!:…][»”\"')\]]*\Z|[\])]\Z")
# "jobb- og" at the end of a line is no cut word
_AND = frozenset(("og", "eller", "samt", "til", "som", "and", "or"))


def joined(pages: list[list[str]]) -> Source:
    """The paragraphs of the lines on `pages`; what was done is said in the remarks, with the line where it began."""
    kept, removed = _without_running_heads([[line.strip() for line in page] for page in pages])
    lines = [line for page in kept for line in page]
    names = _names(lines)
    width = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    words = Counter(word.casefold() for line in lines for word in _HYPHENED.findall(line))
    paragraphs: list[str] = []
    joins, cuts = _Done(), _Done()
    before = ""
    for line in lines:
        if not line:
            before = ""
        elif not before or _begins(line, before, names, width):
            paragraphs.append(line)
            before = line
        else:
            cut = _CUT.search(before)
            begins = _BEGINS.match(line)
            if cut and begins and begins[1].casefold() not in _AND:
                paragraphs[-1] = _mended(paragraphs[-1], cut[1], line, begins[1], words)
                cuts.add(len(paragraphs))
            else:
                paragraphs[-1] += f" {line}"
            joins.add(len(paragraphs))
            before = line
    return Source(paragraphs, remarks=_remarks(removed, joins, cuts), to_approve=True)


class _Done:
    """How often something was done, and in which paragraph first."""

    def __init__(self) -> None:
        self.times = 0
        self.first: int | None = None

    def add(self, paragraph: int) -> None:
        self.times += 1
        self.first = self.first or paragraph


def _without_running_heads(pages: list[list[str]]) -> tuple[list[list[str]], int]:
    """The pages without what stands at the edge of most of them, digits aside, and how many lines that were."""
    edges = [_edges(page) for page in pages]
    met = Counter(key for edge in edges for key in {_key(page, index) for page, index in edge})
    filled = sum(bool(edge) for edge in edges)
    kept: list[list[str]] = []
    removed = 0
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), 1):
        gone: set[int] = set()
        for _page, index in edge:
            line = page[index]
            key = _key(page, index)
            often = filled > 1 and met[key] * 10 >= filled * 6 and met[key] > 1 and not _may_be_speech(line)
            counted = bool(_PAGE_NUMBER.fullmatch(key[1])) and str(number) in _DIGITS.findall(line)
            if often or counted:
                gone.add(index)
        removed += len(gone)
        kept.append([line for index, line in enumerate(page) if index not in gone])
    return kept, removed


def _edges(page: list[str]) -> list[tuple[list[str], int]]:
    filled = [index for index, line in enumerate(page) if line]
    return [(page, index) for index in dict.fromkeys([*filled[:_DEEP], *filled[-_DEEP:]])]


def _key(page: list[str], index: int) -> tuple[bool, str]:
    return index * 2 < len(page), " ".join(_DIGITS.sub("#", page[index]).casefold().split())


def _may_be_speech(line: str) -> bool:
    """Whether something is said after a speaker's label, or a short answer stands alone."""
    label = find_label(line)
    return label is not None and label.kind <= Kind.NAME


def _names(lines: list[str]) -> set[str]:
    labels = [label for line in lines if (label := find_label(line))]
    counts = Counter(label.key for label in labels)
    return {label.key for label in labels if label.kind <= Kind.CODE or counts[label.key] > 1}


def _begins(line: str, before: str, names: set[str], width: int) -> bool:
    """Whether a paragraph begins with `line`."""
    label = find_label(line)
    if (label and label.key in names) or begins_with_stamp(line):
        return True
    would_fit = len(before) + 1 + len(line.split(" ", 1)[0]) <= width * 0.9
    if _ENDED.search(before):
        return would_fit
    return would_fit and len(before) < width * 0.6 and line[0].isupper()


def _mended(paragraph: str, head: str, line: str, tail: str, words: Counter[str]) -> str:
    """The paragraph with the cut word whole: its hyphen stays where the word has one elsewhere, or must have one."""
    hyphen = words[f"{head}-{tail}".casefold()] > 0 or (len(head) > 1 and head.isupper()) or not tail[0].islower()
    return paragraph[:-1] + ("-" if hyphen else "") + line


def _remarks(removed: int, joins: _Done, cuts: _Done) -> list[Remark]:
    remarks = [Remark("layout", _("the text was put together from printed pages: look at it before you code it"))]
    if removed:
        message = ngettext(
            "{n} line at the edge of a page was left out (running head or page number)",
            "{n} lines at the edges of pages were left out (running heads, page numbers)",
            removed,
        )
        remarks.append(Remark("layout", message.format(n=removed)))
    if joins.times:
        message = ngettext(
            "{n} line was joined to the one before", "{n} lines were joined to those before", joins.times
        )
        remarks.append(Remark("layout", message.format(n=joins.times), joins.first))
    if cuts.times:
        message = ngettext(
            "{n} word cut at the end of a line was joined", "{n} words cut at the ends of lines were joined", cuts.times
        )
        remarks.append(Remark("layout", message.format(n=cuts.times), cuts.first))
    return remarks
