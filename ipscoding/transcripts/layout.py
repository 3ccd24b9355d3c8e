"""Documents with a layout as lines: paragraphs, tables with a speaker's column, comments on stretches of text."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ipscoding.i18n import _, ngettext
from ipscoding.transcripts.labels import find_label
from ipscoding.transcripts.reading import Remark
from ipscoding.transcripts.source import Comment, Source, TimeMark
from ipscoding.transcripts.stamps import clock_seconds

Place = tuple[int, int]
"""The line, from 0, and the column in it."""

_HEADINGS = """
    taler talar talende speaker hvem kven who person deltaker deltakar participant navn namn name rolle role id
    informant tid time tidspunkt tidskode timecode timestamp start begin nr nr. no no. # linje line tur turn
    tekst text utsagn ytring ytringer transkripsjon transcript innhold innhald content sagt speech replikk
    kommentar kommentarer comment comments merknad merknader notat notater note notes koder kode code codes tema
"""
_HEADING_WORDS = frozenset(_HEADINGS.split())
_LONGEST_LABEL = 40


@dataclass
class _Note:
    text: str
    author: str
    time: str
    start: Place
    end: Place | None = None


class Page:
    """A document, or a cell of a table, as it is written: lines, times and comments at places in them.

    `left_out` says how often each kind of thing stood in the document that is not in the lines as it was.
    """

    def __init__(self, lines: list[str] | None = None) -> None:
        self._lines = lines or [""]
        # pieces of the last line that are not in it yet: to lengthen a text a million times takes very long
        self._pieces: list[str] = []
        self._column = len(self._lines[-1])
        self.last = self._lines[-1][-1:]
        """The last character of the last line; nothing where that is empty."""
        self.times: list[tuple[Place, float]] = []
        self.notes: list[_Note] = []
        self.left_out: Counter[str] = Counter()

    @property
    def lines(self) -> list[str]:
        """All lines that were written."""
        if self._pieces:
            self._lines[-1] += "".join(self._pieces)
            self._pieces = []
        return self._lines

    @property
    def place(self) -> Place:
        """Where the next character comes."""
        return len(self._lines) - 1, self._column

    def write(self, text: str) -> None:
        """Go on with the line."""
        if text:
            self._pieces.append(text)
            self._column += len(text)
            self.last = text[-1]

    def break_line(self) -> None:
        """Begin a line."""
        self.lines.append("")
        self._column, self.last = 0, ""

    def end_paragraph(self) -> None:
        """Begin a line, unless the last one is empty."""
        if self.last:
            self.break_line()

    def trimmed(self) -> "Page":
        """This page, without empty lines at its end."""
        while len(self.lines) > 1 and not self.lines[-1].strip():
            self.lines.pop()
        self._column, self.last = len(self.lines[-1]), self.lines[-1][-1:]
        return self

    def note(self, text: str, author: str = "", time: str = "", start: Place | None = None) -> _Note:
        """A comment from `start` (now, where it is not given) on; whoever sets its `end` says how far."""
        note = _Note(text.strip(), author.strip(), time.strip(), start or self.place)
        self.notes.append(note)
        return note

    def take_in(self, other: "Page") -> None:
        """Go on with all that `other` holds."""
        line, column = self.place
        for number, text in enumerate(other.lines):
            if number:
                self.break_line()
            self.write(text)

        def moved(place: Place) -> Place:
            return line + place[0], place[1] + (column if place[0] == 0 else 0)

        self.times += [(moved(place), seconds) for place, seconds in other.times]
        for note in other.notes:
            note.start = moved(note.start)
            note.end = moved(note.end) if note.end else None
            self.notes.append(note)
        self.left_out += other.left_out

    def add_table(self, rows: list[list["Page"]]) -> None:
        """Go on with a table: where it has a column of speakers, one turn a row, else row by row."""
        self.end_paragraph()
        rows = [row for row in rows if any(cell.text for cell in row)]
        columns = _columns(rows)
        if columns is None:
            self.left_out["table"] += bool(rows) and max(map(len, rows)) > 1
            for row in rows:
                self._add_row(row)
            return
        heading = _is_heading(rows[0])
        names = [cell.text for cell in rows[0]] if heading else []
        self.left_out["heading"] += heading
        for row in rows[heading:]:
            if len(row) != columns.width:
                self._add_row(row)
                continue
            if columns.time is not None and (seconds := clock_seconds(row[columns.time].text)) is not None:
                self.times.append((self.place, seconds))
            label = row[columns.speaker].text.rstrip(": ")
            start = self.place
            self.write(f"{label}: " if label else "")
            self.take_in(row[columns.speech])
            end = self.place
            for index in columns.others:
                if row[index].text:
                    title = names[index] if index < len(names) else ""
                    self.note(f"{title}: {row[index].text}" if title else row[index].text, start=start).end = end
            for index, cell in enumerate(row):
                if index != columns.speech:
                    self._only_notes(cell, start, end)
            self.end_paragraph()

    @property
    def text(self) -> str:
        """All the lines, without white space around them."""
        return "\n".join(self.lines).strip()

    def source(self, remarks: list[Remark], encoding: str = "utf-8") -> Source:
        """All that was written, as a source, with what was left out or changed said after `remarks`."""
        return Source(
            self.lines,
            encoding,
            times=[TimeMark(line + 1, column, seconds) for (line, column), seconds in self.times],
            comments=[self._comment(note) for note in self.notes if note.text],
            remarks=[*remarks, *(Remark("layout", _left_out(kind, n)) for kind, n in self.left_out.items() if n)],
        )

    def _add_row(self, row: list["Page"]) -> None:
        for index, cell in enumerate(row):
            if index:
                one_line = len(cell.text.split("\n")) == 1 and cell.text
                self.write("\t") if one_line and self.last else self.end_paragraph()
            self.take_in(cell)
        self.end_paragraph()

    def _only_notes(self, cell: "Page", start: Place, end: Place) -> None:
        for note in cell.notes:
            note.start, note.end = start, end
            self.notes.append(note)
        self.left_out += cell.left_out

    def _comment(self, note: _Note) -> Comment:
        (line, column), (last, until) = note.start, note.end or note.start
        last = min(last, len(self.lines) - 1)
        if last == line:
            quote = self.lines[line][column:until]
        else:
            quote = "\n".join([self.lines[line][column:], *self.lines[line + 1 : last], self.lines[last][:until]])
        column += len(quote) - len(quote.lstrip())
        return Comment(line + 1, column, quote.strip(), note.text, note.author, note.time)


@dataclass(frozen=True)
class _Columns:
    width: int
    speaker: int
    speech: int
    time: int | None
    others: list[int]


def _columns(rows: list[list[Page]]) -> _Columns | None:
    """Which column holds what, in a table of speech; None where no column holds speakers."""
    if not rows:
        return None
    width = Counter(map(len, rows)).most_common(1)[0][0]
    body = [row for row in rows[_is_heading(rows[0]) :] if len(row) == width]
    if width < 2 or not body:
        return None
    texts = [[row[index].text for row in body] for index in range(width)]
    time = next((index for index, column in enumerate(texts) if _mostly(column, _is_clock)), None)
    rest = [index for index, column in enumerate(texts) if index != time and not _mostly(column, str.isdecimal)]
    speaker = next((index for index in rest[:-1] if _mostly(texts[index], _is_name)), None)
    if speaker is None:
        return None
    others = [index for index in rest if index != speaker and any(texts[index])]
    if not others:
        return None
    speech = max(others, key=lambda index: sum(map(len, texts[index])))
    return _Columns(width, speaker, speech, time, [index for index in others if index != speech])


def _mostly(column: list[str], is_it: Callable[[str], object]) -> bool:
    filled = [text for text in column if text]
    return bool(filled) and sum(bool(is_it(text)) for text in filled) * 10 >= len(filled) * 9


def _is_clock(text: str) -> bool:
    return clock_seconds(text) is not None


def _is_name(text: str) -> bool:
    text = text.rstrip(": ")
    return 0 < len(text) <= _LONGEST_LABEL and "\n" not in text and find_label(f"{text}: x") is not None


def _is_heading(row: list[Page]) -> bool:
    words = [re.sub(r"[:\s]+$", "", cell.text.casefold()) for cell in row if cell.text]
    return len(words) > 1 and all(any(part in _HEADING_WORDS for part in word.split()) for word in words)


def _left_out(kind: str, n: int) -> str:
    match kind:
        case "table":
            text = ngettext(
                "{n} table without a column of speakers was read row by row",
                "{n} tables without a column of speakers were read row by row",
                n,
            )
        case "heading":
            text = ngettext(
                "the heading of {n} table of speech was left out",
                "the headings of {n} tables of speech were left out",
                n,
            )
        case "note":
            text = ngettext(
                "{n} footnote was kept as a comment on its place",
                "{n} footnotes were kept as comments on their places",
                n,
            )
        case "picture":
            text = ngettext("{n} picture was left out", "{n} pictures were left out", n)
        case "header":
            text = _("the header and footer of the pages were left out")
        case "number":
            text = ngettext(
                "{n} paragraph is numbered by the program it was written in: the number was left out",
                "{n} paragraphs are numbered by the program they were written in: the numbers were left out",
                n,
            )
        case "deleted":
            text = ngettext(
                "{n} tracked deletion: the deleted text was left out",
                "{n} tracked deletions: the deleted text was left out",
                n,
            )
        case "inserted":
            text = ngettext(
                "{n} tracked insertion: the inserted text was read",
                "{n} tracked insertions: the inserted text was read",
                n,
            )
        case "hidden":
            text = ngettext("{n} stretch of hidden text was left out", "{n} stretches of hidden text were left out", n)
        case _:
            text = ngettext(
                "{n} text box was read after the paragraph that it stands at",
                "{n} text boxes were read after the paragraphs that they stand at",
                n,
            )
    return text.format(n=n)
