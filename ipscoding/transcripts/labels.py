"""What a speaker's label can look like at the start of a line: `I:`, `[Kari]:`, `**P1:**`, `Kari (NAV) [00:12]:` ...

Only the shape is judged here. Whether a label of doubtful shape is one depends on the whole text (see `speakers`).
"""

import re
from dataclasses import dataclass
from enum import IntEnum

_STAMP = r"[\[(<#]{0,2}(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:-\d{1,2})?[\])>#]{0,2}"
_NAME = r"[^\W_](?:[^\W_]|[.'’/&+\-]|[ _](?=[^\W_])){0,40}\??"
_LABEL = re.compile(
    rf"""
    (?: [-–—*•>]\ + )?
    (?P<before> {_STAMP} [ \-–—:]{{0,4}} )?
    (?P<marks> [*_]{{0,3}} )
    (?P<within> {_STAMP} [ ]{{0,3}} )?
    (?: \[ (?P<boxed>{_NAME}) \] | (?P<plain>{_NAME}) )
    (?P<aside> [ ]?\( [^()\n:]{{1,40}} \) )?
    (?P<stamp> (?: [ ]{{1,8}} | (?= [\[(<#] ) ) {_STAMP} )?
    (?P<closed> [*_]{{0,3}} )
    (?: (?P<colon> [ ]?: (?!\d|//) ) [*_]{{0,3}} | (?= [ ] | \Z ) )
    """,
    re.VERBOSE,
)
_STAMP_AFTER = re.compile(rf"\s*(?=[\[(<#]){_STAMP}")
_STAMP_OPENING = re.compile(
    rf"(?:(?=[\[(<#]){_STAMP}|\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?)(?: ?(?:-->|–|-) ?{_STAMP})?\s*"
)
# no label is longer; looking no further keeps every line cheap
_REACH = 160
_OPENINGS = ("[", "*", "_", "-", "–", "—", "•", ">")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INTERVIEWER = _words("""
    i int intv interv intervjuer interviewer intervjuar forsker forskar moderator q spm spørsmål question
""")
_ROLES = _words("""
    informant deltaker deltakar respondent speaker taler talar person svar answer participant interviewee
    pasient bruker brukar jobbsøker jobbsøkar jobbsøkjar jobbspesialist behandler behandlar psykolog psykiater
    lege fastlege sykepleier sjukepleiar terapeut veileder rettleiar nav-veileder rådgiver rådgjevar
    kontaktperson leder leiar teamleder teamleiar metodeveileder arbeidsgiver arbeidsgjevar kollega pårørende
    pårørande mor far patient client clinician therapist counsellor employer
""")
# words that stand before a colon in ordinary speech and notes, and headings of forms
_NOT_NAMES = _words("""
    og men så for fordi at som når da då hvis om eller altså ja nei jo nå no der her dette denne det den han hun
    ho hen vi dere de dei meg jeg eg æ du oss seg sin er var va vore vært ble blei blir vart har hadde hadd kan
    kunne skal skulle vil ville må måtte ikke ikkje aldri bare berre sa sier seier si seie spør spurte svarer
    svarte tenkte tenker tenkjer skrev skreiv skriver eksempel f.eks dvs bl.a nb obs ps ok p.s n.b tv merk
    viktig poeng poenget spørsmålet svaret problemet utfordringen utfordringa løsningen løysinga konklusjon
    oppsummering bakgrunn metode resultat resultater tema tittel dato sted stad tid tidspunkt klokka kl kl.
    klokken varighet varigheit lengde side kapittel del punkt notat notater kommentar merknad vedlegg kilde
    prosjekt prosjektnummer transkribert transkripsjon intervju intervjuet intervjudato lydfil fil alder kjønn
    stilling yrke telefon tlf epost e-post mobil fax adresse http https ftp www til fra frå emne hilsen hei
    hallo først fyrst sist videre vidare resten alt alle ingen ting noe noko mer meir en ei et eit én to tre
    fire fem the and but he she they it is was said so date place time note summary topic title
""")
_SMALL_WORDS = _words("""
    fra frå på i av ved hos og von van de der til
""")
_REMARKS = _words("""
    latter ler lett pause lang kort stille stillhet stillheit uhørlig uhøyrleg utydelig utydeleg uklart uklar
    sukk sukker sukkar hoste hoster hostar gråt gråter kremt kremter kremtar nikker nikkar rister overlapp
    overlappende avbrytelse avbrot telefon telefonen musikk støy banker banking opptak opptaket slutt start navn
    namn sted stad by bygd kommune sykehus sjukehus dato bedrift arbeidsplass laughter laughs inaudible
    crosstalk silence
""")
_CODE = re.compile(r"(?:[A-ZÆØÅ]{1,2}|[A-ZÆØÅ]{1,4}[ _.-]?\d{1,3}|[a-zæøå]\d{1,2})\??\Z")
_NUMBER = re.compile(r"[ _.\-]*\d{0,4}\??\Z")


class Kind(IntEnum):
    """How sure the shape of a label is, surest first."""

    INTERVIEWER = 0
    CODE = 1
    """A role or a short code: `Informant 2`, `P1`, `B`."""
    NAME = 2
    """A name or other words in capitals before a colon."""
    BARE = 3
    """A name in brackets, in bold or beside a time stamp, without a colon."""
    LOWER = 4
    """A word in small letters before a colon."""


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label: the speaker's name as written, and where in the line the speech begins."""

    name: str
    end: int
    kind: Kind

    @property
    def key(self) -> str:
        """What labels of one speaker have in common."""
        return self.name.casefold()


def find_label(line: str) -> Label | None:
    """The label that `line` may begin with; None where its beginning cannot be one."""
    if ":" not in line[:_REACH] and line[:1] not in _OPENINGS:
        return None
    match = _LABEL.match(line, 0, _REACH)
    if match is None or not _is_closed(match, line):
        return None
    name = (match["boxed"] or match["plain"]) + (match["aside"] or "")
    kind = _kind(name, match["boxed"] is not None)
    if kind is None:
        return None
    if match["colon"] is None:
        kind = Kind.BARE
    end = match.end() if match["marks"] else match.end("colon") if match["colon"] else match.end("closed")
    stamp = _STAMP_AFTER.match(line, end, _REACH)
    return Label(name, stamp.end() if stamp else end, kind)


def stamp_end(line: str) -> int:
    """Where the speech begins in a line that begins with a time stamp; 0 where it does not."""
    match = _STAMP_OPENING.match(line)
    return match.end() if match else 0


def is_interviewer(name: str, names: set[str]) -> bool:
    """Whether `name` is an interviewer's label among all labels (`names`) of a text.

    `I1` is an interviewer only where no plain interviewer's label stands beside it (else I1, I2 are informants) and
    somebody else speaks; `M` is the moderator only where all others have numbered codes (P1, P2).
    """
    if _says_interviewer(name):
        return True
    others = {other for other in names if other.casefold() != name.casefold()}
    if re.fullmatch(r"[Ii]\d", name):
        beside = {other for other in others if not re.fullmatch(r"[Ii]\d", other)}
        return bool(beside) and not any(_says_interviewer(other) or other.casefold() == "m" for other in beside)
    if name.casefold() in {"m", "m?"}:
        return bool(others) and all(re.search(r"\d", other) for other in others)
    return False


def _says_interviewer(name: str) -> bool:
    base, _opening, aside = name.casefold().partition("(")
    words = base.split()
    return (
        (_NUMBER.sub("", base.strip()) in _INTERVIEWER and not re.fullmatch(r"i[ _.-]?\d+\??", base.strip()))
        or (bool(words) and len(words[0]) > 3 and words[0] in _INTERVIEWER)
        or aside.rstrip(") ") in _INTERVIEWER - {"i"}
    )


def _is_closed(match: re.Match[str], line: str) -> bool:
    """Whether something marks the end of the label: a colon, brackets, bold, or a time stamp with nothing after it."""
    if match["colon"]:
        rest = line[match.end("colon") : match.end("colon") + 1]
        sure = _kind(match["boxed"] or match["plain"], False) in (Kind.INTERVIEWER, Kind.CODE)
        return not rest or rest in " *_[(" or sure
    if match["boxed"]:
        return line[match.end() : match.end() + 1] in ("", " ")
    if match["marks"]:
        return match["closed"] == match["marks"] and line[match.end() : match.end() + 1] in ("", " ")
    stamped = match["before"] or match["stamp"] or match["within"]
    return bool(stamped) and not line[match.end() :].strip()


def _kind(name: str, boxed: bool) -> Kind | None:
    if _says_interviewer(name):
        return Kind.INTERVIEWER
    base = name.partition("(")[0].strip()
    words = base.split()
    if any(word.casefold().rstrip(".?") in _NOT_NAMES and word not in _SMALL_WORDS for word in words):
        return None
    if boxed and words[0].casefold() in _REMARKS:
        return None
    if _NUMBER.sub("", base.casefold()) in _ROLES or _CODE.match(base):
        return Kind.CODE
    if len(words) > 5 or base.isdecimal() or base[0].isdigit():
        return None
    if all(word[0].isupper() or word[0].isdigit() or word in _SMALL_WORDS for word in words) and words[0][0].isupper():
        return Kind.NAME
    return Kind.LOWER if len(words) == 1 and len(base) < 20 else None
