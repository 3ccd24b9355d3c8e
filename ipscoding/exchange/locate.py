"""Where in a transcript a quote stands: letter for letter, or else but for blanks and the shape of quotation marks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipscoding.domain import Span, Transcript
from ipscoding.errors import near
from ipscoding.exchange.codings_in import CodingLine
from ipscoding.exchange.table_in import LineFault
from ipscoding.i18n import _, ngettext

_SAME = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "\u00ad": "",
    "\u200b": "",
    "\u2060": "",
    "\ufeff": "",
}
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Located:
    """A coding from a file and the stretch of its document that it means."""

    coding: CodingLine
    span: Span


def locate(
    codings: Iterable[CodingLine], transcripts: Mapping[str, Transcript]
) -> tuple[list[Located], list[LineFault]]:
    """Find every coding in its transcript; `transcripts` are by the names that documents go by.

    A quote must stand in the text exactly once, or once at the `start` given. First it is looked for as it is, then
    with runs of blanks taken as one and typographic marks as plain ones. `start` and `end` count by themselves, but
    a quote beside them must stand there. What cannot be found is listed as a fault with its line, never guessed.
    """
    located: list[Located] = []
    faults: list[LineFault] = []
    texts: dict[str, Searched] = {}
    for coding in codings:
        if coding.document not in transcripts:
            message = _("there is no document “{name}”").format(name=coding.document)
            close = near(coding.document, transcripts, 1)
            if close:
                message += _(" (is “{other}” meant?)").format(other=close[0])
            faults.append(LineFault(coding.line, "document", message))
            continue
        if coding.document not in texts:
            texts[coding.document] = Searched(transcripts[coding.document].text)
        found = _place(coding, texts[coding.document])
        if isinstance(found, Span):
            located.append(Located(coding, found))
        else:
            faults.append(LineFault(coding.line, "quote" if coding.quote else "start", found))
    return located, faults


def find(quote: str, text: str) -> list[Span]:
    """Where `quote` stands in `text`: exactly, or if nowhere so, but for blanks and the shape of marks."""
    return Searched(text).find(quote)


def _place(coding: CodingLine, text: "Searched") -> Span | str:
    if coding.start is not None and coding.end is not None:
        if coding.end > len(text.text):
            return _("the document ends at {end}").format(end=len(text.text))
        span = Span(coding.start, coding.end)
        if coding.quote and plain(span.of(text.text)) != plain(coding.quote):
            return _("the quote does not stand at {start}–{end}").format(start=coding.start, end=coding.end)
        return span
    spans = text.find(coding.quote)
    if not spans:
        return _("the quote is not in the document")
    if coding.start is not None:
        at = [span for span in spans if span.start == coding.start]
        return at[0] if at else _("the quote does not begin at {start}").format(start=coding.start)
    if len(spans) > 1:
        return ngettext(
            "the quote stands {n} time in the document; give “start” too",
            "the quote stands {n} times in the document; give “start” too",
            len(spans),
        ).format(n=len(spans))
    return spans[0]


def plain(text: str) -> str:
    """`text` with runs of blanks as one, none at the ends, and typographic marks as plain ones."""
    return "".join(letter for letter, _offset in _plain(text)).strip()


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """The letters of the plain form of `text`, each with the offset of the one it comes from."""
    after_blank = False
    for offset, letter in enumerate(text):
        if _BLANK.match(letter):
            if not after_blank:
                yield " ", offset
            after_blank = True
            continue
        for part in _SAME.get(letter, letter):
            after_blank = False
            yield part, offset


class Searched:
    """A text that quotes are looked for in; its plain form is made when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain = ""
        self._offsets: list[int] = []

    def find(self, quote: str) -> list[Span]:
        """Where `quote` stands: exactly, or if nowhere so, but for blanks and the shape of marks."""
        wanted = unicodedata.normalize("NFC", quote).strip()
        if not wanted:
            return []
        exact = [Span(start, start + len(wanted)) for start in _starts(wanted, self.text)]
        if exact:
            return exact
        if not self._offsets:
            pairs = list(_plain(self.text))
            self._plain = "".join(letter for letter, _offset in pairs)
            self._offsets = [offset for _letter, offset in pairs]
        wanted = plain(wanted)
        if not wanted:
            return []
        offsets = self._offsets
        spans = (Span(offsets[at], offsets[at + len(wanted) - 1] + 1) for at in _starts(wanted, self._plain))
        return list(dict.fromkeys(spans))


def _starts(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
