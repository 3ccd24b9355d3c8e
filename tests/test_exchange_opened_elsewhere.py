"""CSV and Excel files opened in the programs they are made for: the same values, and no formula is calculated."""

import csv
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl
import pytest
from openpyxl.utils.escape import unescape

from ipscoding.analysis import Column, Table
from ipscoding.exchange.csv_out import guarded, unguarded
from ipscoding.exchange.write import write

TEXTS = (
    "Blåbær på Ærøya, «så det så»",
    "=1+1",
    "=HYPERLINK(\"http://x.no\";\"trykk\")",
    "+47 900 00 000",
    "- Nei.\n- Jo; eller, \"kanskje\"?\n",
    "-1",
    "@SUM(1;2)",
    "\tinnrykk",
    "＝1+1",
    "'sitat'",
    "'=1",
    "007",
    "1e5",
    "3,5",
    "12.03.2026",
    "2026-03-12",
    "3-4",
    "SANN",
    "NA",
    "null",
    "  to mellomrom  ",
    "a, b; c\td",
    "\"",
    "😀 emoji",
    "#NAVN?",
)  # fmt: skip
"""What spreadsheets like to make something else of."""

TABLE = Table(
    [Column("id", "int", "id"), Column("text", "text", "text"), Column("share", "share", "share")],
    [{"id": number, "text": text, "share": (number + 0.5) / 64} for number, text in enumerate(TEXTS)],
)
SHARES = [row["share"] for row in TABLE.rows]
EXCEL = [guarded(text) for text in TEXTS]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    made = {name: folder / name for name in ("plain.csv", "excel.csv", "book.xlsx", "rows.jsonl", "rows.parquet")}
    for name, path in made.items():
        write(TABLE, path, preset="excel-no" if name == "excel.csv" else "plain")
    return made


def test_pandas_reads_every_form_alike(files: dict[str, Path]) -> None:
    read = {
        "plain.csv": pd.read_csv(files["plain.csv"], keep_default_na=False),
        "excel.csv": pd.read_csv(files["excel.csv"], sep=";", decimal=",", encoding="utf-8-sig", keep_default_na=False),
        "book.xlsx": pd.read_excel(files["book.xlsx"], keep_default_na=False),
        "rows.jsonl": pd.read_json(files["rows.jsonl"], lines=True, dtype=False),
        "rows.parquet": pd.read_parquet(files["rows.parquet"]),
    }
    for name, frame in read.items():
        texts = [unescape(text) if name == "book.xlsx" else text for text in frame["text"]]
        assert texts == list(EXCEL if name == "excel.csv" else TEXTS), name
        assert list(frame["share"]) == pytest.approx(SHARES, abs=1e-6), name


def test_polars_reads_every_form_alike(files: dict[str, Path]) -> None:
    read = {
        "plain.csv": pl.read_csv(files["plain.csv"], schema_overrides={"text": pl.String}),
        "excel.csv": pl.read_csv(
            files["excel.csv"], separator=";", decimal_comma=True, schema_overrides={"text": pl.String}
        ),
        "rows.jsonl": pl.read_ndjson(files["rows.jsonl"]),
        "rows.parquet": pl.read_parquet(files["rows.parquet"]),
    }
    for name, frame in read.items():
        assert frame["text"].to_list() == list(EXCEL if name == "excel.csv" else TEXTS), name
        assert frame["share"].to_list() == pytest.approx(SHARES, abs=1e-6), name


def test_openpyxl_finds_texts_and_numbers_and_no_formula(files: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(files["book.xlsx"]).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [unescape(cell.value) for cell in cells] == list(TEXTS)
    assert {cell.data_type for cell in cells} == {"s"}


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NORWEGIAN = 1044  # nb-NO among the languages that LibreOffice's CSV filter counts
_UTF8 = 76
_CSV = f"{ord(';')},34,{_UTF8},1,,{NORWEGIAN},false,false"
"""Semicolons, quotation marks, UTF-8, from the first row, Norwegian; what is in quotation marks is not only text."""


def converted(path: Path, to: str, folder: Path, *arguments: str) -> Path:
    """`path` opened by LibreOffice, with a profile of its own, and saved in another form."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            *arguments, "--convert-to", to, "--outdir", str(folder), str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    return folder / f"{path.stem}.{to.partition(':')[0]}"


def rows_of(path: Path, delimiter: str) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))[1:]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here")
def test_libreoffice_shows_an_excel_file_as_it_is(files: dict[str, Path], tmp_path: Path) -> None:
    saved = converted(files["book.xlsx"], f"csv:Text - txt - csv (StarCalc):{ord(';')},34,{_UTF8},1", tmp_path)
    assert [row[1] for row in rows_of(saved, ";")] == list(TEXTS)
    again = converted(files["book.xlsx"], "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")
    cells = [row[1] for row in openpyxl.load_workbook(again).worksheets[0].iter_rows(min_row=2)]
    assert [unescape(cell.value) for cell in cells] == list(TEXTS)
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here")
def test_libreoffice_with_norwegian_settings_calculates_nothing_in_the_csv(
    files: dict[str, Path], tmp_path: Path
) -> None:
    made = converted(files["excel.csv"], "xlsx:Calc MS Excel 2007 XML", tmp_path, f"--infilter=CSV:{_CSV}")
    sheet = openpyxl.load_workbook(made).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    assert [row[2].value for row in rows] == pytest.approx(SHARES, abs=1e-6)
    said = [row[1].value for row in rows]
    # texts that are dates or numbers to a spreadsheet are taken for such in any CSV: that is what .xlsx is for
    kept = [(text, cell) for text, cell in zip(EXCEL, said, strict=True) if isinstance(cell, str)]
    assert len(kept) >= len(TEXTS) - 8
    assert [unguarded(unescape(cell)) for _text, cell in kept] == [unguarded(text) for text, _cell in kept]
