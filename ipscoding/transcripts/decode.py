"""Bytes to text: which encoding a plain text file was written in, or why it is no text."""

import codecs
import re
from collections import Counter
from typing import NoReturn

from ipscoding.errors import FileProblem
from ipscoding.i18n import N_, _

# the first bytes of files that people mistake for transcripts
_MAGIC = (
    (b"%PDF-", N_("a PDF")),
    (b"\xd0\xcf\x11\xe0", N_("an old Word or Excel document")),
    (b"{\\rtf", N_("an RTF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"RIFF", N_("a sound or video recording")),
    (b"ID3", N_("a sound or video recording")),
    (b"OggS", N_("a sound or video recording")),
    (b"fLaC", N_("a sound or video recording")),
    (b"\x1aE\xdf\xa3", N_("a sound or video recording")),
    (b"SQLite format 3\0", N_("a database or a project file")),
    (b"\x1f\x8b", N_("a compressed archive")),
    (b"7z\xbc\xaf", N_("a compressed archive")),
)
_ENDINGS = {b"%PDF-": ".pdf", b"{\\rtf": ".rtf"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_LETTERS = frozenset("æøåÆØÅéèêëóòôöáàâäüúñçíïÉÈÄÖÜšžŠŽ")
_SYMBOLS = frozenset("«»„“”‘’‚–—…•·°§€£´¨©®½¼¾²³±×\u00a0\u00ad")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])([«»„“”•°§€£©®½¼¾±×])(?=[^\W\d_])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UTF8_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_ASCII = bytes(range(128))
_SAMPLE = 65_536


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text in `data` and the encoding it was read as; `name` is the file's name, for messages.

    Raises `FileProblem` where the bytes are empty, not text, damaged, or in an encoding that cannot be told.
    """
    if not data:
        raise FileProblem(
            _("{file} is empty").format(file=name), _("Save the transcript again from where it was written")
        )
    _refuse_other_formats(data, name)
    text, encoding = _decode(data, name)
    controls = len(_CONTROL.findall(text))
    if controls * 20 > len(text):
        raise _no_text(name, _("a program's file"))
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for bom, label, codec in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], codec, name), label
    if b"\0" in data:
        utf16 = _utf16_without_bom(data)
        if utf16 is None:
            raise _no_text(name, _("a program's file"))
        return _strictly(data, utf16, name), utf16
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _UTF8_SURROGATE.match(data, error.start) or _is_broken_utf8(data):
            _damaged(data, error, "utf-8", name)
    encoding = _by_letters(data)
    if encoding is None:
        raise FileProblem(
            _("{file} is in an encoding that cannot be told").format(file=name),
            _("Open it in the program it was written with and save it as plain text in UTF-8"),
        )
    return _strictly(data, encoding, name), encoding


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        _damaged(data, error, codec, name)


def _damaged(data: bytes, error: UnicodeDecodeError, codec: str, name: str) -> NoReturn:
    before = data[: error.start].decode(codec, "replace")
    line, column = place(before, len(before))
    place_words = {"file": name, "line": line, "column": column, "encoding": codec.upper()}
    # the codecs give many reasons; in UTF-16 all but a missing last byte mean a lone surrogate
    if (
        _UTF8_SURROGATE.match(data, error.start)
        or "surrogate" in error.reason
        or (codec.startswith("utf-16") and "truncated" not in error.reason)
    ):
        what = _("{file}, line {line}, column {column}: half a character (a lone surrogate)")
    else:
        what = _("{file}, line {line}, column {column}: damaged {encoding} text")
    raise FileProblem(
        what.format(**place_words),
        _("Save it again as plain text in UTF-8 from the program it was written with"),
    )


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `offset`, as an editor counts them (CR, LF and CRLF end lines)."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _refuse_other_formats(data: bytes, name: str) -> None:
    if data.startswith(b"PK\x03\x04"):
        raise _no_text(name, *_zip_kind(data))
    if data[4:8] == b"ftyp":
        raise _no_text(name, _("a sound or video recording"))
    for magic, kind in _MAGIC:
        if data.startswith(magic) and (magic != b"RIFF" or b"\0" in data[:64]):
            raise _no_text(name, _(kind), _ENDINGS.get(magic, ""))


def _zip_kind(data: bytes) -> tuple[str, str]:
    """What a zip archive is, and the ending that its name should have."""
    if b"word/" in data:
        return _("a Word document"), ".docx"
    if b"xl/" in data:
        return _("an Excel workbook"), ".xlsx"
    if b"opendocument.text" in data[:200]:
        return _("a LibreOffice document"), ".odt"
    return _("a compressed archive"), ""


def _no_text(name: str, kind: str, ending: str = "") -> FileProblem:
    hint = (
        _("Give the file the ending {ending} and import it again").format(ending=ending)
        if ending
        else _("Save the transcript as plain text (.txt, UTF-8) and import that")
    )
    return FileProblem(_("{file} is not plain text: it looks like {kind}").format(file=name, kind=kind), hint)


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows in Latin text by a zero in nearly every second byte and hardly any in the others."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2], sample[1::2]
    zeros_even, zeros_odd = even.count(0), odd.count(0)
    if zeros_odd * 10 >= len(odd) * 6 and zeros_even * 20 <= len(even):
        return "utf-16-le"
    if zeros_even * 10 >= len(even) * 6 and zeros_odd * 20 <= len(odd):
        return "utf-16-be"
    return None


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most letters beyond ASCII are good UTF-8, so that the bad bytes are damage and not another encoding."""
    read = data.decode("utf-8", "replace")
    beyond = len(read) - len(read.encode("ascii", "ignore"))
    return read.count("\ufffd") * 2 < beyond


def _by_letters(data: bytes) -> str | None:
    """Windows, old Macintosh or DOS, whichever gives the letters and signs of Norwegian text; None where none does.

    For text in other alphabets nothing is guessed: statistical detectors take one Cyrillic, Baltic or DOS code page
    for another and are as sure of it when they are wrong.
    """
    shares = {codec: _plausible_share(data, codec) for codec in ("cp1252", "mac_roman", "cp850")}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] >= 0.9 else None


def _plausible_share(data: bytes, codec: str) -> float:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    beyond = Counter(data.translate(None, _ASCII).decode(codec))
    good = sum(count for letter, count in beyond.items() if letter in _LETTERS or letter in _SYMBOLS)
    return (good - len(_INSIDE_WORD.findall(text))) / max(beyond.total(), 1)
