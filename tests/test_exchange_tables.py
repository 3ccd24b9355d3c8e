"""Tables in the forms that data programs read: JSON Lines, Parquet, and workbooks of several sheets."""

import io
import json
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.analysis import Column, Table
from ipscoding.errors import FileProblem
from ipscoding.exchange.write import write
from ipscoding.exchange.xlsx_out import write_book

TABLE = Table(
    columns=[Column("code", "text", "Kode"), Column("n", "int", "Antall"), Column("share", "share", "Andel")],
    rows=[{"code": "blåbær «sitat»\nto", "n": 3, "share": 0.25}, {"code": "", "n": 0, "share": None}],
    notes=["Kodet av Åse.", "To rader."],
)


def test_json_lines_are_the_rows_each_on_a_line(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_bytes().decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == TABLE.rows


def test_parquet_keeps_types_titles_notes_and_what_is_undefined(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "a.parquet")
    read = parquet.read_table(tmp_path / "a.parquet")
    assert read.to_pylist() == TABLE.rows
    assert [str(field.type) for field in read.schema] == ["string", "int64", "double"]
    assert read.schema.field("code").metadata == {b"title": b"Kode"}
    assert read.schema.metadata[b"notes"].decode() == "Kodet av Åse.\nTo rader."


def test_parquet_of_no_rows_has_its_columns(tmp_path: Path) -> None:
    write(Table(TABLE.columns, []), tmp_path / "a.parquet")
    assert parquet.read_table(tmp_path / "a.parquet").column_names == ["code", "n", "share"]


def test_without_pyarrow_parquet_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(FileProblem, match=r"ipscoding\[parquet\]"):
        write(TABLE, tmp_path / "a.parquet")
    assert not list(tmp_path.iterdir())


def test_sheets_have_names_that_excel_allows_and_that_differ() -> None:
    raw = io.BytesIO()
    names = ["a/b", "A/B", "x" * 40, "x" * 35, "", "'q'"]
    write_book([(name, TABLE) for name in names], raw)
    made = openpyxl.load_workbook(raw).sheetnames
    assert made == ["a b", "A B (2)", "x" * 31, "x" * 27 + " (2)", "-", "q"]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_names_make_a_workbook(names: list[str]) -> None:
    raw = io.BytesIO()
    write_book([(name, TABLE) for name in ["one", *names]], raw)
    made = openpyxl.load_workbook(raw).sheetnames
    assert len({name.lower() for name in made}) == len(names) + 1
    assert max(len(name.encode("utf-16-le")) // 2 for name in made) <= 31


def test_the_first_row_of_a_sheet_stands_still(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "a.xlsx")
    table, notes = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert (table.freeze_panes, notes.freeze_panes) == ("A2", None)
