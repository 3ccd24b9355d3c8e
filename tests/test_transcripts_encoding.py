"""Which bytes are a text, and what is said about those that are not."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.errors import FileProblem
from ipscoding.transcripts.read import LARGEST, read
from ipscoding.transcripts.reading import Reading

TEXT = "I: Så blåbær og rømme, «er det nå» – kafé … Ærlig?\nP: Ja, på Østlandet. Å ja.\n"


def read_bytes(folder: Path, data: bytes, name: str = "p01.txt") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def kinds(reading: Reading) -> list[str]:
    return [remark.kind for remark in reading.remarks]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("mac_roman"), "mac_roman"),
    ],
)
def test_a_text_is_the_same_in_every_encoding(tmp_path: Path, data: bytes, encoding: str) -> None:
    reading = read_bytes(tmp_path, data)
    assert reading.transcript.text == TEXT.strip()
    assert reading.encoding == encoding
    assert kinds(reading) == ([] if encoding.startswith("utf") else ["encoding"])


def test_text_from_dos_is_read_too(tmp_path: Path) -> None:
    text = "Så blåbær og rømme, er det nå på Østlandet?"
    reading = read_bytes(tmp_path, text.encode("cp850"))
    assert (reading.transcript.text, reading.encoding) == (text, "cp850")


@pytest.mark.parametrize("word", ["blåbær", "på", "Øst", "ærlig", "så", "«hei»", "kafé", "2 – 3"])
def test_one_word_is_enough_to_know_windows_text(tmp_path: Path, word: str) -> None:
    assert read_bytes(tmp_path, word.encode("cp1252")).transcript.text == word


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_an_encoding_that_cannot_be_told_is_refused_and_not_guessed(tmp_path: Path, codec: str) -> None:
    russian = "Он сказал, что хочет работать, но не знает, как начать. " * 10
    with pytest.raises(FileProblem, match=r"cannot be told.*UTF-8"):
        read_bytes(tmp_path, russian.encode(codec))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 ... word/document.xml", "a Word document"),
        (b"PK\x03\x04 ... xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04\x14 mimetypeapplication/vnd.oasis.opendocument.text", "a LibreOffice document"),
        (b"PK\x03\x04 something", "an archive"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document"),
        (b"{\\rtf1\\ansi Hei}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\0\0\0\x20ftypM4A ", "a recording"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a recording"),
        (b"SQLite format 3\0", "a database"),
        (b"Hei\0\0\0du og alle\0andre", "a program"),
        (b"\x01\x02\x03\x04abc\x05\x06", "a program"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(FileProblem, match=r"p01\.txt") as caught:
        read_bytes(tmp_path, data)
    assert says.split()[-1] in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u200b\xa0\f".encode()])
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FileProblem, match=r"p01\.txt"):
        read_bytes(tmp_path, data)


@pytest.mark.parametrize(
    "data",
    [
        "Hei.\nP: så \ud83d da".encode("utf-8", "surrogatepass"),
        "Hei.\nP: så \ud83d\ude00 da".encode("utf-8", "surrogatepass"),
        "Hei.\r\nP: så \udc3d da".encode("utf-16-le", "surrogatepass"),
        b"\xff\xfe" + "Hei.\rP: så \ud83d da".encode("utf-16-le", "surrogatepass"),
        b"\xfe\xff" + "Hei.\nP: så \ud83d da".encode("utf-16-be", "surrogatepass"),
    ],
)
def test_half_a_character_is_refused_with_its_place(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FileProblem, match="line 2, column 7: half a character"):
        read_bytes(tmp_path, data)


def test_damaged_utf8_is_refused_and_not_read_as_something_else(tmp_path: Path) -> None:
    good = "Så blåbær på Østlandet".encode()
    with pytest.raises(FileProblem, match="line 2, column 4: damaged UTF-8"):
        read_bytes(tmp_path, good + b"\nHei\xe5 " + good)


def test_no_message_holds_text_of_the_transcript(tmp_path: Path) -> None:
    for data in (b"hemmelig\0", b"hemmelig \xed\xa0\x80", b"\xef\xbb\xbfhemmelig \xff", b"hemmelig \xdb\xdd\xfe\x81"):
        with pytest.raises(FileProblem) as caught:
            read_bytes(tmp_path, data)
        assert "hemmelig" not in str(caught.value)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(FileProblem, match="larger than 20 MB"):
        read(path)


def test_hundreds_of_accents_on_one_letter_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="line 2"):
        read_bytes(tmp_path, ("Hei\na" + "\u0315\u200b\u0300\u200d" * 100_000).encode())


def test_letters_lost_or_garbled_before_are_told_with_their_line(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "Hei\n\nS\ufffd det\n\nBlÃ¥bÃ¦r".encode())
    assert [(remark.kind, remark.line) for remark in reading.remarks[:2]] == [("replacement", 3), ("garbled", 5)]


PARTS = [
    *("I: ", "P: ", "[Kari] ", "**Ola:** ", "---\n", "role: x\n", "Hei.", "Ja", "12:30"),
    *"\n\r\f\v\x85\u2028 \t?….:(æ\u0301\u200d😀\u200b\x01\ufffd",
]


@st.composite
def file_bytes(draw: st.DrawFn) -> bytes:
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return draw(st.binary(max_size=200))
    parts = st.sampled_from(PARTS)
    text = "".join(draw(st.lists(st.one_of(parts, st.text(max_size=5)), max_size=30)))
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"]))
    data = text.encode(codec, "replace")
    if kind == 2 and data:
        at = draw(st.integers(0, len(data) - 1))
        data = data[:at] + draw(st.binary(max_size=2)) + data[at + 1 :]
    return data


@given(data=file_bytes())
def test_any_bytes_give_a_sound_transcript_or_a_file_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        reading = read_bytes(folder, data, "fuzz.txt")
    except FileProblem:
        return
    text, turns = reading.transcript.text, reading.transcript.turns
    assert text
    assert unicodedata.is_normalized("NFC", text)
    assert all(line and line == line.strip() for line in text.split("\n"))
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    assert "\n".join(turn.span.of(text) for turn in turns) == text
    assert all(turn.span.contains(turn.speech) and turn.speech.end == turn.span.end for turn in turns)
    for sentence in reading.transcript.sentences:
        turn = reading.transcript.turn_at(sentence.start)
        assert turn is not None
        assert turn.speech.contains(sentence)
    said = "".join("".join(turn.speech.of(text).split()) for turn in turns)
    assert said == "".join("".join(span.of(text).split()) for span in reading.transcript.sentences)
    lines = len(data) + 1
    assert all(remark.message and (remark.line is None or 1 <= remark.line <= lines) for remark in reading.remarks)
    again = read_bytes(folder, text.encode(), "fuzz.txt")
    if not again.header and not reading.header:
        assert again.transcript == reading.transcript
