"""Markdown: the words without the marks that mean nothing for speech."""

import re

from ipscoding.transcripts.header import split_header
from ipscoding.transcripts.plain import read_plain
from ipscoding.transcripts.source import Source

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\Z")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_RULE = re.compile(r" {0,3}([*_])(?:[ \t]*\1){2,}[ \t]*\Z|={3,}[ \t]*\Z")
_STRONG = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{0,300}?[^\s*_\\])\1(?![\w*_])")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\((?:https?:|mailto:|#|\.{0,2}/)[^()\s]{0,500}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"(?<!\\)\\\Z")


def read_markdown(data: bytes, name: str) -> Source:
    """The lines of a Markdown file without marks for headings, quotations, stress, links and rules.

    What stands in stress as a whole line's beginning (`**I:** ...`) stays a label. Raises `FileProblem` as
    `read_plain` does.
    """
    source = read_plain(data, name)
    body = split_header(source.lines).first_line - 1
    lines = source.lines[:body] + [_plain(line) for line in source.lines[body:]]
    return Source(lines, source.encoding)


def _plain(line: str) -> str:
    if _RULE.match(line):
        return ""
    line = _QUOTE.sub("", line, count=1)
    heading = _HEADING.match(line)
    if heading:
        line = heading[1]
    line = _BREAK.sub("", line)
    line = _LINK.sub(r"\1", line)
    line = _STRONG.sub(r"\2", line)
    return _ESCAPED.sub(r"\1", line)
