"""What looks like an accident of text recognition, conversion or copying. It is told, never mended: a machine that
changes an interview would change what somebody said.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.labels import find_label
from ipscoding.transcripts.reading import Remark

_MOST_LINES = 5
"""Of one kind so many lines are told one by one; more become one remark with their number."""

# within a word, at its end, or before what may be an infinitive: not as in "H&M" or "kaffe & kaker"
_AMPERSAND = re.compile(
    r"(?<=[a-zæøå])&(?![^\Wa-zæøå])"
    r"|(?<=[a-zæøå] )& ?(?=(?:[a-zæøå]+e|gå|få|se|bli|ta|ha|gi|bo|stå|si|ro|le|dra|la|slå)\b)"
)
_DIGIT_WITHIN = re.compile(r"(?<=[a-zæøå])[0-9](?=[a-zæøå])")
_MARK_WITHIN = re.compile(r"(?<=[a-zæøå])[?¿¢¥](?=[a-zæøå])")
_BROKEN = re.compile(
    r"\b([a-zæøå]{3,})- (?!og\b|eller\b|samt\b|men\b|til\b|som\b|and\b|or\b)([a-zæøå]{3,})", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"[\W_]*(?:(?:side|page|s\.|p\.) *)?\d{1,4}(?: *(?:av|of|/) *\d{1,4})?[\W_]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(("og", "det", "er", "som", "til", "jeg", "eg", "ikke", "ikkje", "har", "en", "ein", "av", "med"))
_RUNNING_HEAD = 10
_LONG_PARAGRAPH = 80
_ENOUGH_WORDS = 150


def find_noise(text: str) -> list[Remark]:
    """Remarks on a normalised text (one paragraph a line); their `line` counts its lines from 1."""
    lines = text.split("\n")
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        for kind in _in_line(line):
            found[kind].append(number)
    found |= _repeated(lines)
    remarks = [remark for kind, numbers in found.items() if numbers for remark in _told(kind, numbers)]
    if _lacks_letters(text):
        remarks.append(Remark("noise", _("there is no æ, ø or å in the whole text: they may have been lost")))
    return remarks


def _in_line(line: str) -> Iterator[str]:
    if "&" in line and _AMPERSAND.search(line):
        yield "ampersand"
    if _DIGIT_WITHIN.search(line):
        yield "digit"
    if _MARK_WITHIN.search(line):
        yield "mark"
    if "- " in line and any(not _is_false_start(*match.groups()) for match in _BROKEN.finditer(line)):
        yield "broken"
    if line[-1:].isdigit() or line[:1].isdigit():
        match = _NUMBER_ALONE.fullmatch(line)
        if match:
            yield "number"


def _is_false_start(begun: str, said: str) -> bool:
    """Whether somebody began a word and began anew ("job- jobbsøker")."""
    return said[:2].casefold() == begun[:2].casefold()


def _repeated(lines: list[str]) -> dict[str, list[int]]:
    """The lines that come back as running heads do, and the long paragraphs that stand there twice."""
    heads = Counter(_DIGITS.sub("#", line) for line in lines if _RUNNING_HEAD <= len(line) <= _LONG_PARAGRAPH)
    often = {head for head, times in heads.items() if times > 2 and len(_WORDS.findall(head)) > 1}
    met: set[str] = set()
    found: dict[str, list[int]] = {"head": [], "twice": []}
    for number, line in enumerate(lines, 1):
        if len(line) > _LONG_PARAGRAPH:
            if line in met:
                found["twice"].append(number)
            met.add(line)
        elif often and _DIGITS.sub("#", line) in often and find_label(line) is None:
            found["head"].append(number)
    return found


def _lacks_letters(text: str) -> bool:
    if re.search("[æøåÆØÅ]", text):
        return False
    words = [word.casefold() for word in _WORDS.findall(text)]
    common = sum(word in _COMMON for word in words)
    # English and German have few of these words, and not "og", "det" and "ikke" together
    return len(words) >= _ENOUGH_WORDS and common * 12 >= len(words) and {"og", "det"} <= set(words)


def _told(kind: str, numbers: list[int]) -> list[Remark]:
    if len(numbers) <= _MOST_LINES:
        return [Remark("noise", _message(kind, 1), number) for number in numbers]
    return [Remark("noise", _message(kind, len(numbers)), numbers[0])]


def _message(kind: str, n: int) -> str:
    match kind:
        case "ampersand":
            text = ngettext("an & may stand for an å here", "an & may stand for an å in {n} lines, first here", n)
        case "digit":
            text = ngettext(
                "a digit stands within a word here", "digits stand within words in {n} lines, first here", n
            )
        case "mark":
            text = ngettext(
                "a question mark or another sign stands within a word here",
                "question marks or other signs stand within words in {n} lines, first here",
                n,
            )
        case "broken":
            text = ngettext(
                "a word may have been cut by a line break here",
                "words may have been cut by line breaks in {n} lines, first here",
                n,
            )
        case "number":
            text = ngettext(
                "a number stands alone here: a page number?", "numbers stand alone in {n} lines, first here", n
            )
        case "head":
            text = ngettext(
                "this line comes again and again: the head of a page?",
                "{n} lines come again and again, first here: heads of pages?",
                n,
            )
        case _:
            text = ngettext(
                "this long paragraph stands in the text twice",
                "{n} long paragraphs stand in the text twice, first here",
                n,
            )
    return text.format(n=n)
