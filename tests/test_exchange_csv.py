"""The CSV that leaves the program, byte for byte, and that nothing in it can hurt or be lost."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.analysis import Column, Table
from ipscoding.domain import Excerpt, Valence
from ipscoding.errors import NotFound
from ipscoding.exchange.columns import codings_table
from ipscoding.exchange.csv_out import EXCEL_NO, PLAIN, decimals, guarded, lines, unguarded, write_csv


def excerpt(**fields: Any) -> Excerpt:
    row: dict[str, Any] = {
        "coding_id": "c1", "project": "Studie æøå", "document_id": "d1", "document": "P01", "informant": "P01",
        "role": "patient", "speaker": "P", "turn": 3, "code": "org.colocation", "code_label": "Samlokalisering",
        "code_path": "Organisering > Samlokalisering", "domain": "org", "valence": Valence.BARRIER, "strength": None,
        "coder": "kari", "coded_at": "2026-03-12T10:00:00Z", "origin": "manual", "codebook_version": 2, "start": 10,
        "end": 30, "text": "- Ja, «nå» sa hun \"da\"\nog så", "context_before": "før", "context_after": "+47 etter",
        "memo": "=1+1; husk", "status": "done", "time": "0:12:03", "attributes": {"site": "S1", "age": "36"},
    }  # fmt: skip
    return Excerpt(**(row | fields))


ROWS = [excerpt(), excerpt(coding_id="c2", text="jo", strength=2, memo="", attributes={"site": "S2"})]

GOLDEN_PLAIN = (
    "coding_id,project,document_id,document,informant,role,age,site,speaker,turn,code,code_label,code_path,domain,"
    "valence,strength,coder,coded_at,origin,codebook_version,start,end,text,context_before,context_after,memo,status,"
    "time\n"
    "c1,Studie æøå,d1,P01,P01,patient,36,S1,P,3,org.colocation,Samlokalisering,Organisering > Samlokalisering,org,"
    'barrier,,kari,2026-03-12T10:00:00Z,manual,2,10,30,"- Ja, «nå» sa hun ""da""\nog så",før,+47 etter,"=1+1; husk",'
    "done,0:12:03\n"
    "c2,Studie æøå,d1,P01,P01,patient,,S2,P,3,org.colocation,Samlokalisering,Organisering > Samlokalisering,org,"
    "barrier,2,kari,2026-03-12T10:00:00Z,manual,2,10,30,jo,før,+47 etter,,done,0:12:03\n"
).encode()

GOLDEN_EXCEL = (
    b"\xef\xbb\xbf"
    + (
        '"coding_id";"project";"document_id";"document";"informant";"role";"site";"speaker";"turn";"code";"code_label";'
        '"code_path";"domain";"valence";"strength";"coder";"coded_at";"origin";"codebook_version";"start";"end";"text";'
        '"context_before";"context_after";"memo";"status";"time"\r\n'
        '"c1";"Studie æøå";"d1";"P01";"P01";"patient";"S1";"P";"3";"org.colocation";"Samlokalisering";'
        '"Organisering > Samlokalisering";"org";"barrier";"";"kari";"2026-03-12T10:00:00Z";"manual";"2";"10";"30";'
        '"\'- Ja, «nå» sa hun ""da""\nog så";"før";"\'+47 etter";"\'=1+1; husk";"done";"0:12:03"\r\n'
    ).encode()
)

FIGURES = Table(
    columns=[Column("code", "text", "Code"), Column("segments", "int", "n"), Column("share", "share", "%"),
             Column("balance", "number", "b")],
    rows=[
        {"code": "org", "segments": 1234, "share": 1 / 3, "balance": -0.5},
        {"code": "", "segments": 0, "share": None, "balance": 0.0},
    ],
)  # fmt: skip


def written(table: Any, preset: str = "plain") -> bytes:
    stream = io.StringIO(newline="")
    write_csv(table, stream, preset)
    return stream.getvalue().encode()


def test_the_codings_table_is_written_plainly_to_the_byte() -> None:
    assert written(codings_table(ROWS)) == GOLDEN_PLAIN


def test_the_codings_table_is_written_for_a_norwegian_excel_to_the_byte() -> None:
    assert written(codings_table(ROWS[:1], attributes=["site"]), "excel-no") == GOLDEN_EXCEL


def test_figures_have_a_point_or_a_comma_and_an_empty_cell_where_undefined() -> None:
    assert written(FIGURES) == b"code,segments,share,balance\norg,1234,0.333333,-0.5\n,0,,0\n"
    assert written(FIGURES, "excel-no").decode() == (
        '\ufeff"code";"segments";"share";"balance"\r\n"org";"1234";"0,333333";"-0,5"\r\n"";"0";"";"0"\r\n'
    )


def test_a_table_without_rows_is_its_header() -> None:
    assert written(codings_table([], attributes=[])).count(b"\n") == 1
    assert written(Table([Column("a", "text", "A")], [{"a": ""}])) == b'a\n""\n'


def test_an_attribute_that_is_called_like_a_column_gets_a_name_of_its_own() -> None:
    table = codings_table([excerpt(attributes={"text": "x", "role": "y", "informant_role": "z"})])
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    row = next(iter(table.rows))
    assert [row[name] for name in names[6:9]] == ["z", "y", "x"]
    assert str(row["text"]).startswith("- Ja")


def test_rows_are_made_as_they_are_written() -> None:
    seen = []

    def some() -> Any:
        for number in range(1000):
            seen.append(number)
            yield excerpt()

    out = lines(codings_table(some(), attributes=[]))
    next(out), next(out)
    assert seen == [0]


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="excel-no"):
        written(FIGURES, "excel")


@pytest.mark.parametrize(
    "text", ["=1+1", "+47", "-ja", "@x", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠x", "'=x", "''+x"]
)
def test_what_a_spreadsheet_would_calculate_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ja", "'ja", "«=»", " =1", "1-2", "–ja"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n\0＝＋－＠aå \"")))
def test_the_guard_can_always_be_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.text(
    "ab,;\"'\n\r\t=", max_size=8
)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_plain_csv_gives_every_cell_back(pairs: list[tuple[str, str]]) -> None:
    table = Table([Column("a", "text", ""), Column("b", "text", "")], [{"a": a, "b": b} for a, b in pairs])
    text = written(table).decode()
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:] == [list(pair) for pair in pairs]


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_csv_for_excel_gives_every_cell_back_and_none_can_be_a_formula(pairs: list[tuple[str, str]]) -> None:
    table = Table([Column("a", "text", ""), Column("b", "text", "")], [{"a": a, "b": b} for a, b in pairs])
    text = written(table, "excel-no").decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))[1:]
    assert not any(cell[:1] in set("=+-@\t\r\n\0＝＋－＠") for row in read for cell in row if cell)
    expected = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in pair] for pair in pairs]
    assert [[unguarded(cell) for cell in row] for row in read] == expected


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (1.0, "1"), (-0.0, "0"), (1 / 3, "0.333333"), (1e-9, "0"), (-1e-9, "0"), (12345.5, "12345.5")],
)
def test_decimals_are_short_and_never_in_powers_of_ten(number: float, text: str) -> None:
    assert decimals(number) == text


def test_presets_say_what_they_are() -> None:
    assert (PLAIN.delimiter, PLAIN.bom, EXCEL_NO.delimiter, EXCEL_NO.decimal) == (",", False, ";", ",")
