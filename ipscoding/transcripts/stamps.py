"""Time stamps that stand in the text: `#00:01:23-4#`, `[00:01:23]`, `(01:23) Kari:`, `Kari  0:03` ...

They leave the text and become times, alike for every format, so that no figure counts them as words, no quotation
holds them, and a transcript reads the same whether its times came as text or beside it. What may as well be a time of
day that somebody speaks of (`12:30`) is a stamp only where others of its form bear it out: they stand in the same place
of their lines and hardly ever go back.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.labels import find_label
from ipscoding.transcripts.reading import Remark

_LONG = r"\d{1,2}:[0-5]\d:[0-5]\d(?:[.,]\d{1,3}|-\d{1,2})?"
_SHORT = r"\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_CLOCK = rf"(?:{_LONG}|{_SHORT})"
_RANGE = rf"{_CLOCK}(?: ?(?:-->|–|-) ?{_CLOCK})?"
_STAMP = re.compile(
    rf"(?P<hash>\#{_CLOCK}\#)"
    rf"|(?P<boxed>\[ ?{_RANGE} ?\]|<{_RANGE}>|\{{{_RANGE}\}})"
    rf"|(?P<round>\({_RANGE}\))"
    rf"|(?<![\w:.,/-])(?P<bare>{_CLOCK}(?: ?--> ?{_CLOCK})?)(?![\w/-]|[:.,]\d)"
)
_PARTS = re.compile(r"(\d+):(\d\d)(?::(\d\d))?(?:[.,-](\d+))?")
_MAY_HOLD = re.compile(r"\d:[0-5]\d")
_SEPARATOR = re.compile(r" *(?:[-–—:] )? *")


@dataclass(frozen=True)
class Unstamped:
    """A text without its stamps.

    `lines` are the numbers, from 0, of the lines of the stamped text that each of its lines was; `times` are offsets
    in the new text with seconds. The `line` of its remarks counts the stamped text's lines from 1.
    """

    text: str
    lines: list[int]
    times: list[tuple[int, float]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _origins: "array[int] | None" = field(default=None, repr=False)

    def offset(self, stamped: int) -> int:
        """Where the place `stamped` of the text with stamps is now; a place in a stamp is where that was."""
        return stamped if self._origins is None else bisect_left(self._origins, stamped)


@dataclass(frozen=True, slots=True)
class _Stamp:
    line: int
    start: int
    end: int
    seconds: float
    form: str
    """Stamps of one form stand and fall together; empty where the form leaves no doubt."""
    at_label: bool


def take_stamps(text: str) -> Unstamped:
    """A normalised text (one paragraph a line) without its stamps, and the times that they said.

    A stamp at the end of a paragraph is the time at which the next one begins, as f4 and F5 set it; one beside a
    speaker's label is that of the turn. A name that only its stamp shows to be a speaker's label gets a colon.
    """
    lines = text.split("\n")
    if not _MAY_HOLD.search(text):
        return Unstamped(text, list(range(len(lines))))
    stamps = _believed([stamp for number, line in enumerate(lines) for stamp in _candidates(number, line)])
    if not stamps:
        return Unstamped(text, list(range(len(lines))))
    return _without(lines, stamps)


def clock_seconds(text: str) -> float | None:
    """The seconds that a stamp alone says (`0:03`, `[00:01:23]`, `#00:01:23-4#`); None where `text` is no stamp."""
    text = text.strip()
    return _seconds(text) if _STAMP.fullmatch(text) else None


def begins_with_stamp(line: str) -> bool:
    """Whether a line begins with a stamp of a form that leaves no doubt."""
    match = _STAMP.match(line)
    return match is not None and _form(match, line, at_label=False) == ""


def _candidates(number: int, line: str) -> list[_Stamp]:
    found: list[_Stamp] = []
    matches = list(_STAMP.finditer(line)) if _MAY_HOLD.search(line) else []
    label = find_label(line) if matches else None
    reach = label.end if label else 0
    name = line.find(label.name) if label else 0
    for match in matches:
        at_label = match.end() <= reach and not name <= match.start() < name + len(label.name if label else "")
        form = _form(match, line, at_label)
        if form is not None:
            found.append(_Stamp(number, match.start(), match.end(), _seconds(match[0]), form, at_label))
    return found


def _form(match: re.Match[str], line: str, at_label: bool) -> str | None:
    """What other stamps must look like to bear this one out; None for what is no stamp anywhere."""
    long = match[0].count(":") > 1
    ranged = "-->" in match[0]
    if match["hash"] or (long and not match["bare"]) or (ranged and not match["bare"]):
        return ""
    first, last = match.start() == 0, match.end() == len(line)
    place = "label" if at_label else "alone" if first and last else "first" if first else "last" if last else "within"
    if match["round"] and place == "within":
        return None
    if match["bare"] and not (at_label or place == "alone" or (first and (long or ranged))):
        return None
    if place in ("label", "alone"):
        return f"{match.lastgroup} {place}"
    return f"{match.lastgroup} {place} {long}"


def _believed(candidates: list[_Stamp]) -> list[_Stamp]:
    forms: dict[str, list[float]] = defaultdict(list)
    for stamp in candidates:
        forms[stamp.form].append(stamp.seconds)
    believed = {""}
    for form, seconds in forms.items():
        least = 2 if form.endswith(("label", "alone")) else 3
        back = sum(later < earlier for earlier, later in pairwise(seconds))
        if len(seconds) >= least and back * 10 <= len(seconds) and seconds[-1] > seconds[0]:
            believed.add(form)
    return [stamp for stamp in candidates if stamp.form in believed]


def _without(lines: list[str], stamps: list[_Stamp]) -> Unstamped:
    of_line: dict[int, list[_Stamp]] = defaultdict(list)
    for stamp in stamps:
        of_line[stamp.line].append(stamp)
    named = _names_alone(lines, of_line)
    kept: list[str] = []
    numbers: list[int] = []
    origins = array("I")
    marks: list[tuple[int, float]] = []
    start = 0
    for number, line in enumerate(lines):
        text, places = _cut(line, of_line[number]) if number in of_line else (line, list(range(len(line))))
        if number in named:
            text, places = text + ":", [*places, places[-1]]
        if text:
            if kept:
                origins.append(start - 1)
            kept.append(text)
            numbers.append(number)
            origins.extend(start + place for place in places)
        marks += [(start + (0 if stamp.at_label else stamp.end), stamp.seconds) for stamp in of_line.get(number, ())]
        start += len(line) + 1
    unstamped = Unstamped("\n".join(kept), numbers, [], _remarks(stamps), origins)
    times = {}
    for place, seconds in marks:
        now = unstamped.offset(place)
        times[now + (unstamped.text[now : now + 1] in ("\n", " "))] = seconds
    return replace(unstamped, times=sorted(times.items()))


def _cut(line: str, stamps: list[_Stamp]) -> tuple[str, list[int]]:
    """The line without stamps and the spaces that parted them from words, and the place of each character in it."""
    text: list[str] = []
    places: list[int] = []
    at = 0
    for stamp in stamps:
        until = stamp.start
        while until > at and line[until - 1] == " ":
            until -= 1
        text.append(line[at:until])
        places += range(at, until)
        at = stamp.end
        if not places and (separator := _SEPARATOR.match(line, at)):
            at = separator.end()
        elif places and line[at : at + 1].isalnum():
            text.append(" ")
            places.append(at)
    text.append(line[at:])
    places += range(at, len(line))
    whole = "".join(text)
    return whole.rstrip(" "), places[: len(whole.rstrip(" "))]


def _names_alone(lines: list[str], of_line: dict[int, list[_Stamp]]) -> set[int]:
    """The lines that hold a speaker's name, which only its stamp shows to be one, and nothing else.

    After a name a stamp leaves no doubt. A word after a stamp may also be all that somebody said ("[00:12] Greit"): it
    is a name where it comes back and what is said always follows in lines without a stamp.
    """
    alone: set[int] = set()
    after: dict[str, list[int]] = defaultdict(list)
    for number, stamps in of_line.items():
        beside = [stamp for stamp in stamps if stamp.at_label]
        label = find_label(lines[number]) if beside else None
        text, _places = _cut(lines[number], stamps)
        if label is None or not text or find_label(text):
            continue
        if any(stamp.start > lines[number].find(label.name) for stamp in beside):
            alone.add(number)
        else:
            after[label.key].append(number)
    for numbers in after.values():
        if len(numbers) > 2 and not any(number + 1 in of_line or number + 1 == len(lines) for number in numbers):
            alone.update(numbers)
    return alone


def _seconds(stamp: str) -> float:
    match = _PARTS.search(stamp)
    assert match is not None
    whole = int(match[1]) * 60 + int(match[2])
    if match[3]:
        whole = whole * 60 + int(match[3])
    return whole + (float(f"0.{match[4]}") if match[4] else 0.0)


def _remarks(stamps: list[_Stamp]) -> list[Remark]:
    message = ngettext(
        "{n} time stamp was taken out of the text and is kept as a time",
        "{n} time stamps were taken out of the text and are kept as times",
        len(stamps),
    )
    remarks = [Remark("times", message.format(n=len(stamps)), stamps[0].line + 1)]
    back = next((later for earlier, later in pairwise(stamps) if later.seconds < earlier.seconds), None)
    if back:
        remarks.append(Remark("times", _("the time stamps go back at this line"), back.line + 1))
    return remarks
