"""Damaged and hostile files: read or refused in one line, never a traceback, never for long."""

import io
import random
import zipfile
import zlib
from pathlib import Path

import pytest

from benchmarks.damaged_files import Subject, damaged, outcome, read_transcript, subjects
from ipscoding.errors import FileProblem
from ipscoding.transcripts.formats import READERS
from ipscoding.transcripts.read import read

SAMPLES = Path(__file__).parent / "samples"
EACH = 15
BEGINNINGS = {
    "nothing": b"",
    "zeros": b"\0" * 5000,
    "zip": b"PK\x03\x04",
    "PDF": b"%PDF-1.7\n",
    "RTF": b"{\\rtf1",
    "old Word": b"\xd0\xcf\x11\xe0",
    "JSON": b"{",
    "a tag": b"<",
}


TRANSCRIPTS = [subject for subject in subjects() if subject.read is read_transcript]


@pytest.mark.parametrize("subject", TRANSCRIPTS, ids=lambda subject: subject.sample.name)
def test_damaged_files_are_read_or_refused(subject: Subject, tmp_path: Path) -> None:
    good = subject.sample.read_bytes()
    assert outcome(subject, good, tmp_path)[0] == "ok"
    for seed in range(EACH):
        # what is merely large is for the benchmark
        data = damaged(good, random.Random(f"test-{seed}"))[:200_000]
        result, detail = outcome(subject, data, tmp_path)
        assert result in ("ok", "refused"), f"seed test-{seed}: {detail}"


@pytest.mark.parametrize("suffix", sorted(READERS))
@pytest.mark.parametrize("data", BEGINNINGS.values(), ids=BEGINNINGS)
def test_what_is_no_transcript_is_refused_in_one_line_or_read_as_it_stands(
    data: bytes, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"fil{suffix}"
    path.write_bytes(data)
    told = trouble(path)
    assert not told or f"fil{suffix}" in told
    assert "\n" not in told


def trouble(path: Path) -> str:
    """Why a file is refused; nothing where it is read."""
    try:
        read(path)
    except FileProblem as problem:
        return str(problem)
    return ""


def packed(parts: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return archive.getvalue()


def parts_of(sample: str) -> dict[str, bytes]:
    with zipfile.ZipFile(SAMPLES / sample) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(FileProblem) as caught:
        read(path)
    return str(caught.value)


DOCUMENTS = [("tabell.docx", "word/document.xml"), ("gjennomgatt.odt", "content.xml")]


@pytest.mark.parametrize(("sample", "part"), DOCUMENTS)
def test_a_document_that_unpacks_to_too_much_is_refused(sample: str, part: str, tmp_path: Path) -> None:
    bomb = parts_of(sample) | {part: b"<a>" + b" " * (50 * 1024 * 1024) + b"</a>"}
    data = packed(bomb)
    assert len(data) < 200_000
    assert "unpacks to far more" in refused(tmp_path / sample, data)


@pytest.mark.parametrize(("sample", "part"), DOCUMENTS)
@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE a SYSTEM "file:///etc/passwd">', '<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a>"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(sample: str, part: str, declared: str, encoding: str, tmp_path: Path) -> None:
    parts = parts_of(sample)
    text = parts[part].decode()
    root = text[text.index("?>") + 2 :]
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{declared}{root}'.encode(encoding)
    assert "declares a document type" in refused(tmp_path / sample, packed(parts))


def test_elements_within_elements_without_end_are_refused(tmp_path: Path) -> None:
    parts = parts_of("tabell.docx")
    deep = b"<w:ins>" * 20_000 + b"</w:ins>" * 20_000
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + deep)
    assert "damaged" in refused(tmp_path / "a.docx", packed(parts))


def test_a_protected_document_is_told_from_an_old_one(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "old Word" in refused(tmp_path / "a.docx", old)
    assert "password" in refused(tmp_path / "a.docx", old + "EncryptedPackage".encode("utf-16-le"))
    parts = parts_of("gjennomgatt.odt")
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    assert "password" in refused(tmp_path / "a.odt", packed(parts))


def test_a_protected_pdf_and_one_of_pictures_are_refused(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(SAMPLES / "gjennomgatt.pdf"))
    writer.encrypt("hemmelig", algorithm="RC4-128")
    protected = io.BytesIO()
    writer.write(protected)
    assert "password" in refused(tmp_path / "a.pdf", protected.getvalue())
    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    pictures = io.BytesIO()
    blank.write(pictures)
    assert "no text that can be read" in refused(tmp_path / "b.pdf", pictures.getvalue())
    assert "password" not in refused(tmp_path / "c.pdf", protected.getvalue()[:500])


def test_more_text_than_anybody_says_is_refused(tmp_path: Path) -> None:
    assert "far more text" in refused(tmp_path / "a.txt", b"ja \n" * 300_000)
    assert "far more text" in refused(tmp_path / "b.txt", b"ja " * 2_000_000)
    assert "far more" in refused(tmp_path / "c.html", b"<td>" * 300_000)
    assert "far more" in refused(tmp_path / "d.rtf", b"{\\rtf1 " + b"ja " * 1_500_000)


def pdf(content: bytes, letters: bytes = b"") -> bytes:
    """A PDF of one page; `letters` says which letters its codes mean."""

    def stream(data: bytes) -> bytes:
        data = zlib.compress(data)
        return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data)

    meaning = b" /ToUnicode 6 0 R" if letters else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding%b >>" % meaning,
        stream(letters),
    ]
    body = b"%PDF-1.4\n"
    table = b"xref\n0 7\n0000000000 65535 f \n"
    for number, what in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, what)
    return body + table + b"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


SPEECH = b"BT /F1 11 Tf 20 260 Td 14 TL (I: Hvordan gikk det p\345 jobben?) Tj T* (P: Bra.) Tj T* (I: Takk.) Tj ET"


def test_a_pdf_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    good = tmp_path / "god.pdf"
    good.write_bytes(pdf(SPEECH))
    assert read(good).transcript.text == "I: Hvordan gikk det på jobben?\nP: Bra.\nI: Takk."
    drawn = pdf(b"BT /F1 11 Tf " + b"(a) Tj " * 1_000_000 + b"ET")
    meant = pdf(SPEECH, b"1 beginbfchar\n" + b"<41> <0041>\n" * 3_000_000 + b"endbfchar")
    ranged = pdf(SPEECH, b"1 beginbfrange\n<00000000> <7fffffff> <0041>\nendbfrange")
    nested = pdf(SPEECH + b"[" * 200_000)
    for data in (drawn, meant, ranged, nested):
        assert refused(tmp_path / "a.pdf", data)
