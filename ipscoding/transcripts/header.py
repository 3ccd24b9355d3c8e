"""The optional header of a transcript: `key: value` lines between two lines of `---`."""

import re
from dataclasses import dataclass, field

from ipscoding.i18n import _
from ipscoding.transcripts.normalise import clean_line
from ipscoding.transcripts.reading import Remark

_FENCE = re.compile(r"-{3,}[ \t]*\Z")
_KEY = re.compile(r"\s*([^\W\d_][\w -]{0,40}?)\s*:\s*(.*)")
_QUOTES = (('"', '"'), ("'", "'"), ("«", "»"), ("“", "”"), ("”", "”"))
_MAX_LINES = 100
_SYNONYMS = {
    "rolle": "role",
    "språk": "language",
    "sprak": "language",
    "spraak": "language",
    "målform": "language",
    "dato": "date",
    "intervjudato": "date",
    "sted": "site",
    "stad": "site",
}
# a block between two rules is a header if it has one of these; else it is text between two horizontal lines
_KNOWN = frozenset(
    {"id", "role", "language", "date", "site", "title", "tittel", "name", "navn", "namn", "informant", "interviewer"}
)


@dataclass
class Header:
    """What a header says, the lines of text that follow it, and the number of the first of those."""

    values: dict[str, str]
    body: list[str]
    first_line: int
    remarks: list[Remark] = field(default_factory=list)


def split_header(lines: list[str]) -> Header:
    """Take the header off the lines of a source.

    A header that is not closed, or that holds none of the usual keys, is left in the text. Lines in a header that are
    no `key: value` are kept under the key `note`.
    """
    opening = next((index for index, line in enumerate(lines) if clean_line(line)), None)
    if opening is None or not _FENCE.match(clean_line(lines[opening])):
        return Header({}, lines, 1)
    block = lines[opening + 1 : opening + 1 + _MAX_LINES]
    length = next((index for index, line in enumerate(block) if _FENCE.match(clean_line(line))), None)
    if length is None:
        message = _("the header is not closed by a line of ---: it was read as text")
        return Header({}, lines, 1, [Remark("header", message, opening + 1)])
    values, remarks = _parse([clean_line(line) for line in block[:length]], opening + 2)
    if values.keys().isdisjoint(_KNOWN):
        message = _(
            "the lines between --- have none of the keys id, role, language, date, site: they were read as text"
        )
        return Header({}, lines, 1, [Remark("header", message, opening + 1)])
    after = opening + length + 2
    return Header(values, lines[after:], after + 1, remarks)


def _parse(lines: list[str], first_line: int) -> tuple[dict[str, str], list[Remark]]:
    values: dict[str, str] = {}
    notes: list[str] = []
    remarks: list[Remark] = []
    for number, line in enumerate(lines, first_line):
        match = _KEY.match(line)
        key = _SYNONYMS.get(match[1].lower(), match[1].lower()) if match else ""
        if not line or line.startswith("#"):
            continue
        if match and key not in values:
            values[key] = _unquote(match[2])
        else:
            notes.append(line)
            message = (
                _("this key stands in the header twice: the second was kept as a note")
                if match
                else _("this line of the header is not of the form key: value; it was kept as a note")
            )
            remarks.append(Remark("header", message, number))
    if notes:
        values["note"] = "\n".join(filter(None, [values.get("note", ""), *notes]))
    return values, remarks


def _unquote(value: str) -> str:
    for opening, closing in _QUOTES:
        if len(value) >= 2 and value.startswith(opening) and value.endswith(closing):
            return value[1:-1].strip()
    return value
