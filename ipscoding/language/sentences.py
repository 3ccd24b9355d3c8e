"""Sentences of transcribed Norwegian speech, found by rules alone.

What was decided, beyond full stops, question and exclamation marks:

- A line break always ends a sentence.
- A hesitation (`…`, `...`) ends one only before a capital letter; before a word all in capitals (NAV, IPS) it does not.
- The transcriber's remarks, `[latter]` or `(ler)`, and emoji belong to the sentence before them; those that open a line
  belong to the sentence after them. `[navn1]` and `[sted]` stand for words and can open a sentence.
- A quotation or parenthesis of up to 160 characters is never cut in two: `«Ja. Det går.» sa hun` is one sentence. A
  longer one is cut like all other speech.
- After a closing quotation mark or bracket a small letter goes on with the sentence.
- Text without capital letters (from a speech recogniser) is cut too: a full stop after a word that is no abbreviation
  ends the sentence even before a small letter.
"""

import re

from ipscoding.domain import Span

_CLOSERS = "\"”“’'»)\\]*_"
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# possessive runs and the lookbehind keep a million dots linear
_END = re.compile(rf"(?<![.!?…])([.!?…]++)([{_CLOSERS}]*+)(?=\s|\Z)")
_SPACE = re.compile(r"\s*")
_WHOLE = re.compile(
    r"«[^«»]{0,160}»|“[^“”]{0,160}”|”[^”]{0,160}”|(?<!\S)\"(?=\S)[^\"]{0,160}\"|\([^()]{0,160}\)|\[[^\[\]]{0,160}\]"
)
_REMARK = re.compile(r"(?:\[([^\[\]\d]{1,60})\]|\(([^\W\dA-ZÆØÅ][^()\d]{0,40})\))[.…]*(?=\s|\Z)")
_SYMBOLS = re.compile(r"[^\w\s«»“”„\"‘'(\[–—\-*]+(?=\s|\Z)")
_START = re.compile(r"[\[(«“”„\"‘'*_–—\-\s]*")
_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# what a pseudonymised transcript writes in place of a word
_STAND_INS = _words("""
    navn namn sted stad by bygd bydel kommune fylke sykehus sjukehus sykehuset sjukehuset bedrift arbeidsplass
    arbeidsgiver arbeidsgjevar avdeling klinikk skole skule gate firma dato alder person tittel land
""")
_REPORTING = _words("""
    sa sier seier spør spurte spurde svarte svarer svara tenkte tenker tenkjer ropte roper skrev skriver skriv
    skreiv lurte lurer undret undra mente meinte
""")
# abbreviations that something must follow
_LEADING = _words("""
    adm ang avd bl bl.a bla ca cirka d d.e dir div dr dvs d.v.s ekskl eks e.g ev evt f f.eks f.o.m fig fork forts
    fr frk gj.sn hhv hr i.e if ifb ifbm ifm ift iflg iht ing inkl innb i.f.m i.f.t i.h.t jf jfr jmf kap kl m.a
    m.a.o m.h.t m.t.p maks mao mht mtp nr p.g.a pga pkt pr prof ref resp s sml st str t.d t.o.m tab td tidl tlf
    tom ts u.a utg v vedr vha
""")
# those of them that are words or parts of words too, and may end a sentence as such
_ALSO_WORDS = _words("bla cirka d div eks f if ing maks ref s st str tab td tom ts v")
# abbreviations that may also be the last word
_CLOSING = _words("""
    a.d apr aug d.d d.m d.å des e.kr e.l ekv el etc etg f.kr feb febr hl jan jr jul jun kr lign m.fl m.m m.v mar
    mfl mill min mm mnd mrd mv nov o.a o.l o.s.b o.s.fr o.s.v oa okt ol osb osfr osv p.t sek sen sep sept sr stk
    tils
""")
_MONTHS = _words("""
    januar februar mars april mai juni juli august september oktober november desember
""")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences between `start` and `end` of `text`, in order, offsets counted in all of `text`.

    Every character that is not white space lies in exactly one of them; none begins or ends with white space.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        _split_line(text, line.start(), line.end(), found)
    return found


def _split_line(text: str, start: int, end: int, found: list[Span]) -> None:
    """Add the sentences of one line to `found`."""
    whole: list[tuple[int, int]] | None = None
    begin = _skip_space(text, start, end)
    position = begin
    while mark := _END.search(text, position, end):
        if whole is None:
            whole = [match.span() for match in _WHOLE.finditer(text, begin, end)]
            next_whole = 0
        stop = _with_tail(text, mark.end(), end)
        after = _skip_space(text, stop, end)
        while next_whole < len(whole) and whole[next_whole][1] <= mark.end():
            next_whole += 1
        inside = next_whole < len(whole) and whole[next_whole][0] < mark.end()
        if after < end and not inside and _ends(text, begin, mark, after, end):
            found.append(Span(begin, stop))
            begin = after
        position = max(stop, mark.end()) if not inside else mark.end()
    if begin < end:
        stop = end
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        if stop > begin:
            found.append(Span(begin, stop))


def _skip_space(text: str, position: int, end: int) -> int:
    match = _SPACE.match(text, position, end)
    return match.end() if match else position


def _with_tail(text: str, position: int, end: int) -> int:
    """Where a sentence that ends at `position` ends with the remarks and symbols that belong to it."""
    while True:
        after = _skip_space(text, position, end)
        if after == position or after >= end:
            return position
        tail = _SYMBOLS.match(text, after, end)
        if tail is None:
            tail = _REMARK.match(text, after, end)
            if tail is None or not _is_remark(text, tail, end):
                return position
        position = tail.end()


def _is_remark(text: str, match: re.Match[str], end: int) -> bool:
    """Whether brackets hold a remark about the speech, not a stand-in for a word that opens the next sentence."""
    content = match[1] or match[2]
    words = _WORD.findall(content)
    if match[1] and words and words[0].lower() in _STAND_INS:
        return False
    after = _skip_space(text, match.end(), end)
    return after >= end or not text[after].islower()


def _ends(text: str, begin: int, mark: re.Match[str], after: int, end: int) -> bool:
    """Whether the sentence from `begin` ends at `mark`; the next word, or what opens it, stands at `after`."""
    run, closers = mark[1], mark[2]
    opening = _START.match(text, after, end)
    first = opening.end() if opening else after
    letter = text[first] if first < end else ""
    if run[-1] == "…" or run.endswith(".."):
        if not letter.isupper() or text[after] in "[–—-":
            return False
        word = _WORD.match(text, first, end)
        return word is None or len(word[0]) == 1 or not word[0].isupper()
    if closers.strip("*_") and letter.islower() and first == after:
        return False
    if run == "." and not closers:
        return _full_stop_ends(text, begin, mark.start(), first, after, end)
    if letter.islower() and first == after:
        word = _WORD.match(text, first, end)
        return word is None or word[0] not in _REPORTING
    return True


def _full_stop_ends(text: str, begin: int, dot: int, first: int, after: int, end: int) -> bool:
    """Whether the single full stop at `dot` ends a sentence and is not part of an abbreviation or a number."""
    before = text[max(begin, dot - 40) : dot].split()
    token = before[-1].lstrip("«“”„\"‘'([*_–—-/") if before else ""
    previous = before[-2] if len(before) > 1 else ""
    letter = text[first] if first < end else ""
    lower = token.lower()
    goes_on = first == after and (letter.islower() or letter.isdigit())
    if token.isdecimal():
        return not goes_on and not _is_ordinal(text, token, previous, first, end)
    if previous.lower() + lower in _LEADING:
        return False
    if lower in _LEADING and not (lower in _ALSO_WORDS and token.islower() and letter.isupper()):
        return False
    if goes_on:
        return _is_plain_word(lower)
    if len(token) == 1 and token.isupper() and letter.isupper():
        return bool(previous) and not _is_name(previous)
    return True


def _is_ordinal(text: str, token: str, previous: str, first: int, end: int) -> bool:
    """Whether a number with a full stop goes on: `3. Mars`, or `1.` before the first item of a list."""
    word = _WORD.match(text, first, end)
    if word and word[0].lower() in _MONTHS:
        return len(token) <= 2
    return not previous and len(token) <= 2


def _is_plain_word(lower: str) -> bool:
    """Whether a full stop after this word, before a small letter or a figure, can be the end of a sentence."""
    return (
        len(lower) > 2
        and "." not in lower
        and lower not in _CLOSING
        and any(vowel in lower for vowel in "aeiouyæøåéèêôòóäöü")
    )


def _is_name(word: str) -> bool:
    """Whether the word before an initial is a name or another initial."""
    return (word[:1].isupper() and not word.endswith((".", "!", "?", "…"))) or (len(word) == 2 and word[0].isupper())
