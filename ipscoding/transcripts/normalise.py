"""Raw text to the text that is stored: NFC, one line break between paragraphs, nothing invisible."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from ipscoding.errors import FileProblem
from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.reading import Remark

# line breaks within a source line: vertical tab (Word's Shift+Enter), form feed, NEL, line and paragraph separator
_BREAKS = re.compile(r"[\v\f\x85\u2028\u2029]")
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# soft hyphen, zero-width space, direction marks, word joiner, invisible operators, byte order mark, annotation marks
_INVISIBLE = "\xad\u180e\u200b\u200e\u200f\ufeff\ufff9\ufffa\ufffb" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2060, 0x2070)))
)
_CONTROL = "".join(map(chr, (*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF)))
_TABLE = str.maketrans(dict.fromkeys(_SPACES + "\v\f\x85\u2028\u2029", " ") | dict.fromkeys(_INVISIBLE + _CONTROL, ""))
_HAS_CONTROL = re.compile(f"[{re.escape(_CONTROL)}]")
_HAS_INVISIBLE = re.compile(f"[{re.escape(_INVISIBLE)}]")
# joiners mean something between emoji and between letters of scripts from Arabic to Mongolian, nowhere else
_JOINING = "\u0600-\u1cff\u2190-\u2bff\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff\U000e0020-\U000e007f"
_STRAY_JOINER = re.compile(f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])")
# Latin-1 text that holds the two bytes of one UTF-8 letter: æ, ø, å, Æ, Ø, Å, é, «, »
_GARBLED = re.compile("Ã[¦¸¥†˜…©\x86\x98\x85]|Â[«»]")
_LONG_RUN = re.compile(r"(?<![^\w\s])[^\w\s]{200,}+")


@dataclass
class Normalised:
    """Text as it is stored, the source line each of its lines comes from, and what was changed or is doubtful."""

    text: str
    lines: list[int]
    remarks: list[Remark] = field(default_factory=list)


class _Tally:
    """How often each kind of thing was met, and in which line first."""

    def __init__(self) -> None:
        self.met: dict[str, tuple[int, int]] = {}

    def add(self, kind: str, times: int, line: int) -> None:
        if times:
            before, first = self.met.get(kind, (0, line))
            self.met[kind] = (before + times, first)

    def remarks(self) -> list[Remark]:
        return [Remark(kind, _message(kind, times), line) for kind, (times, line) in self.met.items()]


def unify_line_ends(text: str) -> str:
    """CRLF and CR as LF; the lines are the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def normalise(lines: Iterable[str], first_line: int = 1) -> Normalised:
    """The text that is stored for the lines of a source, of which the first has the number `first_line`.

    The result is NFC, has no empty lines, no white space at the ends of lines but spaces within them, and no invisible
    characters but joiners that emoji and other scripts need. Normalising it again changes nothing.
    """
    pieces: list[str] = []
    numbers: list[int] = []
    tally = _Tally()
    for number, line in enumerate(lines, first_line):
        if not (line.isprintable() and line.isascii()):
            tally.add("replacement", line.count("\ufffd"), number)
            tally.add("garbled", len(_GARBLED.findall(line)), number)
            tally.add("control", len(_HAS_CONTROL.findall(line)), number)
            tally.add("invisible", len(_HAS_INVISIBLE.findall(line)), number)
            tally.add("form-feed", line.count("\f"), number)
            tally.add("unicode-form", not unicodedata.is_normalized("NFC", line), number)
        for piece in _BREAKS.split(line):
            clean = clean_line(piece)
            if clean:
                pieces.append(clean)
                numbers.append(number)
    return Normalised("\n".join(pieces), numbers, tally.remarks())


def clean_line(line: str) -> str:
    """One line as it is stored."""
    if line.isascii() and line.isprintable():
        return line.strip(" ")
    line = unicodedata.normalize("NFC", line.translate(_TABLE))
    if "\u200c" in line or "\u200d" in line:
        line = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", line))
    return line.strip()


def refuse_stacked_marks(text: str, name: str) -> None:
    """Raise `FileProblem` for hundreds of accents on one letter: no writing, and NFC takes quadratic time for it."""
    if text.isascii():
        return
    bare = text.translate(_TABLE | {0x200C: None, 0x200D: None})
    for run in _LONG_RUN.finditer(bare):
        marks = 0
        for letter in run[0]:
            marks = marks + 1 if unicodedata.combining(letter) else 0
            if marks > 200:
                raise FileProblem(
                    _("{file}, line {line}: hundreds of accents on one letter").format(
                        file=name, line=bare.count("\n", 0, run.start()) + 1
                    ),
                    _("Check that the file is a transcript and was saved as plain text"),
                )


def _message(kind: str, n: int) -> str:
    match kind:
        case "replacement":
            text = ngettext(
                "{n} letter was lost before the file came here (it shows as �)",
                "{n} letters were lost before the file came here (they show as �)",
                n,
            )
        case "garbled":
            text = ngettext(
                "{n} letter looks garbled: the text was once saved in a wrong encoding",
                "{n} letters look garbled: the text was once saved in a wrong encoding",
                n,
            )
        case "control":
            text = ngettext("{n} control character removed", "{n} control characters removed", n)
        case "invisible":
            text = ngettext("{n} invisible character removed", "{n} invisible characters removed", n)
        case "form-feed":
            text = ngettext("{n} page break made a line break", "{n} page breaks made line breaks", n)
        case _:
            text = ngettext(
                "{n} line had letters with separate accents, which were joined",
                "{n} lines had letters with separate accents, which were joined",
                n,
            )
    return text.format(n=n)
