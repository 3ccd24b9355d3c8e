"""Codings from files that people and programs write, back to spans in transcripts."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Excerpt, Span, Transcript, Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.codings_in import CodingLine, read_codings
from ipscoding.exchange.columns import codings_table
from ipscoding.exchange.csv_out import write_csv
from ipscoding.exchange.locate import find, locate, plain
from ipscoding.exchange.table_in import SIZE_LIMIT, LineFault

TEXT = "I: Hvordan da?\n\nP: Ja, han sa «det går» … og så\u00a0gikk det. Det gikk.\n\nP: - Nei.\n\nP: +47 ja. Det gikk."


def transcript(text: str = TEXT) -> Transcript:
    return Transcript(text, (), ())


def file(folder: Path, content: str | bytes, name: str = "codings.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes) -> tuple[list[CodingLine], list[LineFault]]:
    return read_codings(file(folder, content))


def faults(folder: Path, content: str) -> list[str]:
    return [str(fault) for fault in read(folder, content)[1]]


def test_the_columns_of_a_coding_are_read(tmp_path: Path) -> None:
    codings, wrong = read(
        tmp_path,
        "document,quote,start,end,code,valence,coder,memo,strength\n"
        'P01,"Ja, «nå»\nsa hun",,,org.team,barrier,kari,"husk, dette",2\n'
        "\n"
        "P02,,10,20,org.team,,,,\n",
    )
    assert wrong == []
    assert codings == [
        CodingLine(2, "P01", "org.team", "Ja, «nå»\nsa hun", None, None, Valence.BARRIER, "kari", "husk, dette", 2),
        CodingLine(5, "P02", "org.team", "", 10, 20),
    ]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", ""), ("utf-8", "sep=;\r\n"), ("utf-8", "\r\n\r\n")],
)
def test_files_as_editors_and_spreadsheets_save_them(tmp_path: Path, encoding: str, head: str) -> None:
    text = f"{head}Dokument;Sitat;Kode;Retning;Styrke\r\nP01;blåbær – æøå;org.team;Fasilitator;1,0\r\n"
    codings, wrong = read(tmp_path, text.encode(encoding))
    assert wrong == []
    (coding,) = codings
    assert (coding.quote, coding.valence, coding.strength) == ("blåbær – æøå", Valence.FACILITATOR, 1)
    assert coding.line == 2 + head.count("\n")


def test_tabs_divide_cells_and_letters_are_composed(tmp_path: Path) -> None:
    codings, _wrong = read(tmp_path, "document\tquote\tcode\nP1\tbla\u030ab\ta.b\n")
    assert codings[0].quote == "blåb"


@pytest.mark.parametrize(
    ("word", "valence"),
    [("barrier", "barrier"), ("BARRIERE", "barrier"), ("▼", "barrier"), ("fremmer", "facilitator"),
     ("▲", "facilitator"),
     ("begge", "both"), ("", "none"), ("none", "none"), ("·", "none")],
)  # fmt: skip
def test_directions_go_by_their_names_and_signs(tmp_path: Path, word: str, valence: str) -> None:
    codings, _wrong = read(tmp_path, f"document,quote,code,valence\nP1,x,a,{word}\n")
    assert codings[0].valence == valence


def test_all_faults_are_told_at_once_with_line_and_column(tmp_path: Path) -> None:
    codings, wrong = read(
        tmp_path,
        "document,quote,start,end,code,valence,strength\n"
        ",en to,,,a.b,barrier,\n"
        "P1,tre,,,,bad,3\n"
        "P1,,20,10,a.b,,\n"
        "P1,,x,10,a.b,,\n"
        "P1,,,,a.b,,\n"
        "P1,for mange,,,a.b,,,til,overs\n"
        "P1,god,,,a.b,,\n",
    )
    assert [coding.line for coding in codings] == [8]
    assert [(fault.line, fault.column) for fault in wrong] == [
        (2, "document"), (3, "code"), (3, "valence"), (3, "strength"), (4, "end"), (5, "start"), (6, "quote"), (7, ""),
    ]  # fmt: skip


def test_no_message_repeats_the_text(tmp_path: Path) -> None:
    _codings, wrong = read(tmp_path, "document,quote,code,valence\nP1,hemmelig,,hemmelig\n,hemmelig,a,\n")
    _located, lost = locate([CodingLine(1, "P1", "a", "hemmelig tekst")], {"P1": transcript()})
    assert len(wrong) == 3
    assert len(lost) == 1
    assert not any("hemmelig" in str(fault) for fault in (*wrong, *lost))


def test_missing_and_misspelt_columns_are_named(tmp_path: Path) -> None:
    assert faults(tmp_path, "documnet,quote,code\nP1,x,a\n") == [
        "the column “document” is missing in codings.csv (is “documnet” meant for it?)"
    ]
    assert len(faults(tmp_path, "x\ny\n")) == 3
    assert faults(tmp_path, "document,quote,code,valance\nP1,x,a,barrier\n") == [
        "the column “valance” is unknown; is “valence” meant?"
    ]
    assert faults(tmp_path, "document,quote,code,role,site,kommentar\nP1,x,a,b,c,d\n") == []
    assert faults(tmp_path, "document,quote,code,code\nP1,x,a,b\n") == ["line 1, code: the column stands there 2 times"]


def test_quotation_marks_that_do_not_match_are_told_with_their_line(tmp_path: Path) -> None:
    codings, wrong = read(tmp_path, 'document,quote,code\nP1,ja,a\nP1,"nei,a\nP1,jo,a\n')
    assert [coding.line for coding in codings] == [2]
    assert [fault.line for fault in wrong] == [3]
    assert [fault.line for fault in read(tmp_path, 'document,quote,code\nP1,"Ja" sa hun,a\n')[1]] == [2]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"\xef\xbb\xbf\n \n", "empty"), (b"PK\x03\x04xlsx", "Excel"), (b"document,\0", "not a text file"),
     ("document".encode("utf-16-le"), "not a text file"), (b"a,\x81\x8d", "not a text file")],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_way_out(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(FileProblem, match=said) as caught:
        read(tmp_path, content)
    assert caught.value.hint


def test_a_file_that_is_missing_a_folder_or_huge_is_a_file_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(FileProblem, match="cannot be read"):
            read_codings(path)
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(SIZE_LIMIT + 1)
    with pytest.raises(FileProblem, match="50 MB"):
        read_codings(huge)


def test_a_quote_as_long_as_an_interview_is_read(tmp_path: Path) -> None:
    codings, wrong = read(tmp_path, "document,quote,code\nP1," + "ord " * 100_000 + ",a\n")
    assert wrong == []
    assert len(codings[0].quote) == 399_999


def excerpt(span: Span, number: int = 1, **fields: Any) -> Excerpt:
    row: dict[str, Any] = {
        "coding_id": f"c{number}", "project": "p", "document_id": "d1", "document": "P01", "informant": "P01",
        "role": "patient", "speaker": "P", "turn": 3, "code": "org.team", "code_label": "Team", "code_path": "x > y",
        "domain": "org", "valence": Valence.BOTH, "strength": 2, "coder": "Åse", "coded_at": "2026-03-12T10:00:00Z",
        "origin": "manual", "codebook_version": 2, "start": span.start, "end": span.end, "text": span.of(TEXT),
        "context_before": "", "context_after": "", "memo": "=husk\n'@", "status": "done",
        "attributes": {"site": "S1", "code": "x"},
    }  # fmt: skip
    return Excerpt(**(row | fields))


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(
    lambda pair: Span(pair[0], min(sum(pair), len(TEXT)))
)


@pytest.mark.parametrize("preset", ["plain", "excel-no"])
@given(st.lists(spans, min_size=1, max_size=4))
def test_what_was_exported_can_be_read_back_to_the_same_places(
    tmp_path_factory: pytest.TempPathFactory, preset: str, wanted: list[Span]
) -> None:
    stream = io.StringIO(newline="")
    write_csv(codings_table([excerpt(span, number) for number, span in enumerate(wanted)]), stream, preset)
    path = file(tmp_path_factory.mktemp("back"), stream.getvalue())
    codings, wrong = read_codings(path)
    located, lost = locate(codings, {"P01": transcript()})
    assert wrong == lost == []
    assert [found.span for found in located] == wanted
    first = located[0].coding
    assert (first.code, first.valence, first.coder, first.strength) == ("org.team", Valence.BOTH, "Åse", 2)
    assert first.memo == "=husk\n'@"


def line(**fields: Any) -> CodingLine:
    return CodingLine(**({"line": 7, "document": "P1", "code": "a"} | fields))


def place(**fields: Any) -> str:
    located, lost = locate([line(**fields)], {"P1": transcript()})
    return located[0].span.of(TEXT) if located else str(lost[0])


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Ja, han", "Ja, han"),
        (" Ja, han\n", "Ja, han"),
        ('han sa "det går" ...', "han sa «det går» …"),
        ("så gikk  det.", "så\u00a0gikk det."),
        ("Hvordan da? P: Ja", "Hvordan da?\n\nP: Ja"),
        ("– Nei", "- Nei"),
    ],
)
def test_a_quote_is_found_but_for_blanks_and_the_shape_of_marks(quote: str, found: str) -> None:
    assert place(quote=quote) == found


def test_a_quote_that_stands_nowhere_or_often_is_a_fault_unless_its_start_is_given() -> None:
    assert place(quote="finnes ikke") == "line 7, quote: the quote is not in the document"
    assert place(quote="Det gikk.") == "line 7, quote: the quote stands 2 times in the document; give “start” too"
    second = TEXT.rindex("Det gikk.")
    assert locate([line(quote="Det gikk.", start=second)], {"P1": transcript()})[0][0].span.start == second
    assert "does not begin at 3" in place(quote="Det gikk.", start=3)


def test_letters_are_not_taken_for_others() -> None:
    assert place(quote="ja, han") == "line 7, quote: the quote is not in the document"
    assert find("…", "...") == [Span(0, 3)]
    assert find("   ", "a b") == []


def test_a_span_must_lie_in_the_text_and_hold_its_quote() -> None:
    start = TEXT.index("Ja, han")
    assert place(start=start, end=start + 7) == "Ja, han"
    assert place(start=start, end=start + 7, quote="Ja,  han") == "Ja, han"
    assert "does not stand at" in place(start=start, end=start + 7, quote="Ja, hun")
    assert place(start=0, end=9999) == f"line 7, start: the document ends at {len(TEXT)}"


def test_a_document_that_does_not_exist_is_told_with_the_near_one() -> None:
    _located, lost = locate([line(document="P01", start=0, end=1)], {"P1": transcript()})
    assert str(lost[0]) == "line 7, document: there is no document “P01” (is “P1” meant?)"


@given(spans)
def test_what_find_finds_is_the_quote(span: Span) -> None:
    quote = span.of(TEXT)
    for found in find(quote, TEXT):
        assert plain(found.of(TEXT)) == plain(quote)
    if quote.strip():
        assert find(quote, TEXT)


@given(st.text("ab …\"«»'’-–\n\u00a0", max_size=30), st.integers(0, 30), st.integers(1, 8))
def test_the_plain_form_of_a_passage_leads_back_to_it(text: str, start: int, length: int) -> None:
    passage = text[start : start + length]
    found = find(plain(passage), text)
    assert bool(plain(passage)) <= any(plain(span.of(text)) == plain(passage) for span in found)
