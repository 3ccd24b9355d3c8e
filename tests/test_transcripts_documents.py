"""Documents of other programs: words, speakers, times and comments as the person who wrote them meant them."""

import io
import zipfile
from pathlib import Path

import pytest

from ipscoding.errors import FileProblem
from ipscoding.transcripts.markdown import read_markdown
from ipscoding.transcripts.read import read, reading_of
from ipscoding.transcripts.reading import Reading
from ipscoding.transcripts.richtext import read_rtf
from ipscoding.transcripts.source import Source
from ipscoding.transcripts.webpage import read_html
from ipscoding.transcripts.word import read_word

SAMPLES = Path(__file__).parent / "samples"

WAS_CORRECTED = [
    ("I", "Hva var det som gjorde at du ville tilbake i jobb?"),
    (
        "P",
        "Det var pengene, jeg orket ikke å gå på sosialen. Og så var det jobbspesialisten, som alltid ringte når hun "
        "hadde lovet det, og som kjente en sjef på et verksted der de tok imot folk som hadde vært lenge borte.",
    ),
    ("I", "Når var dette?"),
    (
        "P",
        "I fjor vår.\nNei, i fjor høst. Det var etter at jeg hadde vært innlagt, og da hadde jeg egentlig gitt opp "
        "hele greia med arbeid og sånt.",
    ),
    ("I", "Hvordan tok behandleren din det, at du ville ut i jobb så fort?"),
    (
        "P",
        "Han var skeptisk til å begynne med. Han sa at jeg burde bli helt frisk først, men hun jobbspesialisten satt "
        "jo på samme gang, så de snakket sammen og fant ut av det.",
    ),
    ("I", "Takk."),
]


def said(reading: Reading) -> list[tuple[str, str]]:
    text = reading.transcript.text
    return [(turn.speaker, turn.speech.of(text)) for turn in reading.transcript.turns]


def times(reading: Reading) -> list[tuple[str, float]]:
    return [(reading.transcript.text[offset : offset + 9], seconds) for offset, seconds in reading.times]


def told(source: Source) -> str:
    return " ".join(remark.message for remark in source.remarks)


def as_reading(source: Source) -> Reading:
    return reading_of(source, "a", "a", "0" * 64)


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf"])
def test_a_corrected_and_commented_interview(suffix: str) -> None:
    reading = read(SAMPLES / f"gjennomgatt.{suffix}")
    assert said(reading) == WAS_CORRECTED
    text = reading.transcript.text
    assert [(note.span.of(text), note.text, note.author) for note in reading.comments] == [
        ("jeg orket ikke å gå på sosialen", "Økonomi som drivkraft?", "Kari Kode"),
        ("I: Når var dette?", "Intervjueren viser til tidslinjen.", ""),
    ]
    if suffix != "rtf":
        assert reading.comments[0].time.startswith("2026-03-02T10:15:00")
    messages = [remark.message for remark in reading.remarks]
    assert "1 tracked deletion: the deleted text was left out" in messages
    assert "1 footnote was kept as a comment on its place" in messages
    assert "the header and footer of the pages were left out" in messages
    assert "fortrolig" not in text
    assert not reading.to_approve


def test_a_printed_interview_is_put_together_and_to_be_approved() -> None:
    reading = read(SAMPLES / "gjennomgatt.pdf")
    speech = said(reading)
    # the printed page shows deleted text and footnotes; the rest is as it was written
    assert [speech[0], *speech[4:]] == [WAS_CORRECTED[0], *WAS_CORRECTED[4:]]
    assert speech[1][1].replace("ikke akkurat ", "") == WAS_CORRECTED[1][1]
    assert reading.to_approve
    messages = " ".join(remark.message for remark in reading.remarks)
    for done in ("look at it before", "4 lines at the edges", "11 lines were joined", "1 word cut"):
        assert done in messages


def test_a_table_with_times_and_speakers_gives_one_turn_a_row() -> None:
    reading = read(SAMPLES / "tabell.docx")
    assert said(reading) == [
        ("", "Intervju 4, jobbspesialist"),
        ("I", "Hvordan kom du inn i IPS?"),
        ("Jobbspesialist", "Jeg søkte på stillingen, rett og slett.\nOg så fikk jeg den – det var i 2021."),
        ("I", "Hva er det viktigste dere gjør?"),
        (
            "Jobbspesialist",
            "Vi sitter sammen med behandlerne.\nNår en jobbsøker blir dårligere, får jeg vite det samme dag.\n"
            "[telefonen ringer]",
        ),
        ("I", "Takk skal du ha."),
    ]
    assert times(reading) == [
        ("I: Hvorda", 4.0),
        ("Jobbspesi", 9.0),
        ("I: Hva er", 91.0),
        ("Jobbspesi", 98.0),
        ("[telefone", 132.0),
        ("I: Takk s", 140.0),
    ]
    assert [turn.interviewer for turn in reading.transcript.turns] == [True, True, False, True, False, True]


@pytest.mark.parametrize("file", ["teams.docx", "made-from/teams.html"])
def test_teams_sets_the_name_and_the_time_above_what_was_said(file: str) -> None:
    reading = read(SAMPLES / file)
    assert said(reading)[1:] == [
        ("Kari Nordmann", "Da er opptaket i gang. Kan du fortelle hva du arbeider med?"),
        ("Ola Å. Berg (NAV)", "Ja, eg er rettleiar på NAV-kontoret, og følgjer opp tjue brukarar."),
        ("Kari Nordmann", "Hvordan er samarbeidet med helsetjenesten?"),
        ("Ola Å. Berg (NAV)", "Det er vanskeleg å få tak i nokon. Vi har møte kl. 12:30 kvar tysdag."),
        ("Kari Nordmann", "Takk, da stopper jeg."),
    ]
    assert [seconds for _words, seconds in times(reading)] == [3, 11, 25, 62, 3700]


def test_f4_sets_the_time_after_what_was_said() -> None:
    reading = read(SAMPLES / "f4.rtf")
    assert [speaker for speaker, _speech in said(reading)] == ["I", "B", "I", "B"]
    assert said(reading)[3][1].endswith("(.) det var godt.")
    assert times(reading) == [("B: Jo tak", 12.4), ("I: Kva va", 31.0), ("B: Ho job", 36.8), ("", 62.5)]


def test_rich_text_keeps_tables_letters_of_all_kinds_and_the_words_of_links() -> None:
    source = read_rtf(
        rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\info{\author Kari}}
\trowd\cellx100\cellx200 I\cell Hva da?\par Og s\'e5?\cell\row
\trowd\cellx100\cellx200 Kari\cell Ja, \u-10179?\u-8704? p\u229?.\cell\row
\trowd\cellx100\cellx200 I\cell {\field{\*\fldinst HYPERLINK "http://nav.no"}{\fldrslt Nav}}?\cell\row
\trowd\cellx100\cellx200 Kari\cell Jo.{\v skjult}\cell\row
\pard Slutt.\par}""",
        "a.rtf",
    )
    assert [line.strip() for line in source.lines if line.strip()] == [
        "I: Hva da?", "Og så?", "Kari: Ja, 😀 på.", "I: Nav?", "Kari: Jo.", "Slutt."
    ]  # fmt: skip
    assert "hidden" in told(source)


def test_a_web_page_gives_what_a_browser_would_show() -> None:
    source = read_html(
        "<html><head><title>x</title><style>p {}</style></head><body><!-- nei --><script>if (1 < 2) a();</script>"
        "<h1>Intervju</h1><p><b>I:</b> Hva\n  da?<br>Ja?<ul><li>P: Én &amp; to &#229;<li>P: To</ul>"
        "<pre>P: a\n  b</pre><p>P: <i>sist</i></body></html>".encode(),
        "a.html",
    )
    assert [line for line in source.lines if line] == [
        "Intervju", "I: Hva da?", "Ja?", "P: Én & to å", "P: To", "P: a", "  b", "P: sist"
    ]  # fmt: skip


def test_other_columns_of_a_table_of_speech_become_comments() -> None:
    rows = [("Nr", "Taler", "Ytring", "Merknad"), ("1", "I:", "Hva da?", ""), ("2", "Kari", "Å nei.", "ironi?")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    reading = as_reading(read_html(f"<table>{cells}<tr><td>3<td>I<td>Ja?<td></tr></table>".encode(), "a.html"))
    assert said(reading) == [("I", "Hva da?"), ("Kari", "Å nei."), ("I", "Ja?")]
    text = reading.transcript.text
    assert [(note.span.of(text), note.text) for note in reading.comments] == [("Kari: Å nei.", "Merknad: ironi?")]


def test_a_table_without_speakers_is_read_row_by_row_and_told() -> None:
    source = read_html(
        b"<p>I: Hei</p><table><tr><td>Alder</td><td>45 til 50</td></tr><tr><td>By</td><td>stor by</td></tr></table>",
        "a.html",
    )
    assert [line for line in source.lines if line] == ["I: Hei", "Alder\t45 til 50", "By\tstor by"]
    assert "column of speakers" in told(source)


def test_markdown_loses_the_marks_that_mean_nothing_for_speech() -> None:
    text = (
        "---\nid: P1\n---\n# Intervju *tre* #\n\n**I:** Hva da?\n> **Kari:** Å, *det* var __sånn__.\\\n\n***\n"
        "Kari: 2 * 3 * 4 og snake_case_navn \\*ler\\* [nav](https://nav.no) [navn1]\n"
    )
    assert [line for line in read_markdown(text.encode(), "a.md").lines if line] == [
        "---",
        "id: P1",
        "---",
        "Intervju tre",
        "I: Hva da?",
        "Kari: Å, det var sånn.",
        "Kari: 2 * 3 * 4 og snake_case_navn *ler* nav [navn1]",
    ]


NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def word(body: str) -> Source:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}" Target="/word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
    return read_word(packed.getvalue(), "a.docx")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_nothing_of_a_word_document_is_lost_without_a_word() -> None:
    source = word(
        f"<w:p><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr>{run('I: Hva ')}"
        f"<w:sdt><w:sdtContent>{run('skjedde')}</w:sdtContent></w:sdt>"
        f"<w:hyperlink>{run(' der')}</w:hyperlink>{run('?')}</w:p>"
        f"<w:p>{run('P: Ja')}<w:moveFrom>{run('bort')}</w:moveFrom><w:smartTag>{run(', da')}</w:smartTag></w:p>"
        f"<w:p>{run('I: Og')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p>{run('boks')}</w:p>"
        f"</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:p>{run('boks')}</w:p></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>usynlig</w:t></w:r>{run('P: Så')}<w:r><w:noBreakHyphen/></w:r></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('P: Delt ')}</w:p><w:p>{run('i to')}</w:p>"
    )
    assert [line for line in source.lines if line] == [
        "I: Hva skjedde der?",
        "P: Ja, da",
        "I: Og",
        "boks",
        "P: Så-",
        "P: Delt i to",
    ]
    for kind in ("numbered", "text box", "hidden"):
        assert kind in told(source)


@pytest.mark.parametrize(
    ("suffix", "sample"),
    [("docx", "gjennomgatt.odt"), ("odt", "gjennomgatt.docx"), ("rtf", "tabell.docx"), ("pdf", "f4.rtf")],
)
def test_a_file_under_a_wrong_name_is_refused(tmp_path: Path, suffix: str, sample: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes((SAMPLES / sample).read_bytes())
    with pytest.raises(FileProblem, match=rf"a\.{suffix}"):
        read(path)
