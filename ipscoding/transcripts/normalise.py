"""Raw text to the text that is stored: NFC, one line break between paragraphs, nothing invisible."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from ipscoding.errors import FileProblem
from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.reading import Remark

# line breaks within a source line: vertical tab (Word's Shift+Enter), form feed, NEL, line and paragraph separator
_BREAKS = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
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
    source: list[str] = field(default_factory=list, repr=False)
    first_line: int = 1
    _line_traced: int = field(default=0, repr=False)
    _traced: list[tuple[str, list[int]]] = field(default_factory=list, repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the text."""
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))][:-1]

    def offset(self, line: int, column: int) -> int:
        """Where in the text the character stands that was at `line` and `column` of the source.

        Lines count from the number of the first line, columns count code points from 0. Where that character was
        removed, it is the place of what follows it in the line (the line's end where nothing does); a line that was
        removed is where the next one begins, after the last the text ends.
        """
        stored = bisect_left(self.lines, line)
        if stored == len(self.lines):
            return len(self.text)
        at = self._starts[stored]
        if self.lines[stored] != line:
            return at
        if line != self._line_traced:
            # many places may be asked for in one long line
            self._line_traced, self._traced = line, traced_line(self.source[line - self.first_line])
        for _piece, places in self._traced:
            at = self._starts[stored] + bisect_left(places, column)
            if places[-1] >= column:
                break
            stored += 1
        return at


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
    source = list(lines)
    for number, line in enumerate(source, first_line):
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
    return Normalised("\n".join(pieces), numbers, tally.remarks(), source, first_line)


def clean_line(line: str) -> str:
    """One line as it is stored."""
    if line.isascii() and line.isprintable():
        return line.strip(" ")
    line = unicodedata.normalize("NFC", line.translate(_TABLE))
    if "\u200c" in line or "\u200d" in line:
        line = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", line))
    return line.strip()


def traced_line(line: str) -> list[tuple[str, list[int]]]:
    """The pieces that a source line becomes, each with the place in `line` that each of its characters comes from.

    The texts are what `normalise` makes of the line; places count code points and never go back.
    """
    pieces: list[tuple[str, list[int]]] = []
    start = 0
    for piece in _BREAKS.split(line):
        if (clean := clean_line(piece)) and clean == piece:
            pieces.append((clean, list(range(start, start + len(piece)))))
        elif clean:
            pieces.append(_traced(piece, start))
        start += len(piece) + 1
    return pieces


def _traced(piece: str, start: int) -> tuple[str, list[int]]:
    found = [(new, at) for at, old in enumerate(piece, start) if (new := str(old.translate(_TABLE)))]
    letters, places = _composed([letter for letter, _at in found], [at for _letter, at in found])
    stray = {match.start() for match in _STRAY_JOINER.finditer("".join(letters))}
    if stray:
        kept = [number for number in range(len(letters)) if number not in stray]
        letters, places = _composed([letters[number] for number in kept], [places[number] for number in kept])
    text = "".join(letters)
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    return text[first:last], places[first:last]


def _composed(letters: list[str], places: list[int]) -> tuple[list[str], list[int]]:
    """The letters in NFC; each comes from where the first of those that it is made of stood."""
    made: list[str] = []
    origins: list[int] = []
    cluster, at = "", 0

    def close() -> None:
        composed = unicodedata.normalize("NFC", cluster)
        made.extend(composed)
        origins.extend([at] * len(composed))

    for letter, place in zip(letters, places, strict=True):
        if cluster and _joins(cluster, letter):
            cluster += letter
            continue
        close()
        cluster, at = letter, place
    close()
    return made, origins


def _joins(cluster: str, letter: str) -> bool:
    if letter < "\u0300":
        return False  # none of these is the second half of a letter
    if unicodedata.combining(letter):
        return True
    return unicodedata.normalize("NFC", cluster + letter) != (
        unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", letter)
    )


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
