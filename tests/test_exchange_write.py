"""Files come out whole, private and in the form asked for, or the old one stays."""

import errno
import io
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from ipscoding.analysis import Column, Table
from ipscoding.errors import FileProblem, NotFound
from ipscoding.exchange.atomic import problem, whole_file
from ipscoding.exchange.columns import CodingsTable
from ipscoding.exchange.json_out import write_json
from ipscoding.exchange.write import format_for, write
from ipscoding.exchange.xlsx_out import CELL_LIMIT, cell_text, write_xlsx

TABLE = Table(
    columns=[Column("code", "text", "Kode"), Column("n", "int", "Antall"), Column("share", "share", "Andel")],
    rows=[{"code": "blåbær «sitat»\nto", "n": 3, "share": 0.25}, {"code": "=1+1", "n": 0, "share": None}],
    notes=["Kodet av Åse."],
)

GOLDEN_JSON = """{
"columns": [{"name": "code", "kind": "text", "title": "Kode"}, {"name": "n", "kind": "int", "title": "Antall"}, \
{"name": "share", "kind": "share", "title": "Andel"}],
"rows": [
{"code": "blåbær «sitat»\\nto", "n": 3, "share": 0.25},
{"code": "=1+1", "n": 0, "share": null}
],
"notes": ["Kodet av Åse."]
}
"""


def sheets(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def failing() -> CodingsTable:
    def rows() -> Iterator[dict[str, str]]:
        yield {"code": "one"}
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return CodingsTable([Column("code", "text", "Code")], rows())


def test_json_is_written_to_the_byte() -> None:
    stream = io.StringIO()
    write_json(TABLE, stream)
    assert stream.getvalue() == GOLDEN_JSON
    assert json.loads(GOLDEN_JSON)["rows"][1]["share"] is None


def test_json_of_no_rows_is_json() -> None:
    stream = io.StringIO()
    write_json(Table([], []), stream)
    assert json.loads(stream.getvalue()) == {"columns": [], "rows": [], "notes": []}


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.csv", b"code,n,share\n"), ("a.JSON", b'{\n"columns"'), ("a.xlsx", b"PK"), ("a.txt", b"Kode")],
)
def test_the_suffix_says_the_format(tmp_path: Path, name: str, start: bytes) -> None:
    write(TABLE, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_format_asked_for_goes_before_the_suffix(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "a.dat", format="csv", preset="excel-no")
    assert (tmp_path / "a.dat").read_bytes().startswith(b'\xef\xbb\xbf"code";"n";"share"\r\n')


def test_a_name_that_says_nothing_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="--format"):
        write(TABLE, tmp_path / "a.doc")
    with pytest.raises(NotFound, match="csv"):
        format_for(None, "cvs")
    assert not list(tmp_path.iterdir())


def test_a_file_is_for_its_owner_only_even_where_the_old_one_was_open(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(0o644)
    write(TABLE, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx", "a.txt"])
def test_when_the_disk_is_full_the_old_file_stays_and_nothing_is_left_behind(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old")
    with pytest.raises(FileProblem, match="untouched"):
        write(failing(), path)
    assert path.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_error_of_any_kind_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    def interrupted() -> None:
        with whole_file(path) as stream:
            stream.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_missing_or_is_the_target_is_a_problem_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="Make the folder first"):
        write(TABLE, tmp_path / "none" / "a.csv")
    with pytest.raises(FileProblem, match="is a folder"):
        write(TABLE, tmp_path, format="csv")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_a_read_only_folder_is_told_apart(code: int) -> None:
    told = problem(Path("a.csv"), OSError(code, os.strerror(code)))
    assert "may write to" in told.hint
    assert "a.csv" in told.what


def test_a_project_is_never_overwritten_by_a_table(tmp_path: Path) -> None:
    project = tmp_path / "study.ipscoding"
    project.write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(FileProblem, match="not overwritten"):
        write(TABLE, project, format="csv")
    assert project.read_bytes().startswith(b"SQLite")


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    write(TABLE, link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("code,n")


def test_a_device_is_written_to_as_it_is() -> None:
    write(TABLE, Path(os.devnull), format="csv")
    assert not Path(os.devnull).is_file()


def test_standard_output_gets_utf8_whatever_the_terminal_speaks() -> None:
    for form, start in (("csv", 'code,n,share\n"blåbær'.encode()), ("xlsx", b"PK"), ("json", b"{\n")):
        raw = io.BytesIO()
        out = io.TextIOWrapper(raw, encoding="latin-1", newline="\r\n")
        write(TABLE, stream=out, format=form)
        assert raw.getvalue().startswith(start)
        out.write("and it is still open")


def test_excel_is_not_poured_over_a_terminal() -> None:
    with pytest.raises(FileProblem, match="-o"):
        write(TABLE, stream=io.StringIO(), format="xlsx")


def test_excel_has_texts_as_texts_numbers_as_numbers_and_the_notes_beside(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "a.xlsx")
    book = sheets(tmp_path / "a.xlsx")
    table, notes = book.worksheets
    assert [cell.value for cell in table[1]] == ["code", "n", "share"]
    assert [cell.value for cell in table[2]] == ["blåbær «sitat»\nto", 3, 0.25]
    assert [(cell.value, cell.data_type) for cell in table[3]] == [("=1+1", "s"), (0, "n"), (None, "n")]
    assert notes["A1"].value == "Kodet av Åse."


NASTY = ["=1+1", "+47", "@x", "https://x.no", "12", "1e5", "<r><t>x</t></r>", "<&>", "_x0041_", " blank ", "a\nb", "😀"]


def test_nothing_that_looks_like_something_else_becomes_it(tmp_path: Path) -> None:
    write(Table([Column("a", "text", "a")], [{"a": text} for text in NASTY]), tmp_path / "a.xlsx")
    cells = [row[0] for row in sheets(tmp_path / "a.xlsx").worksheets[0].iter_rows(min_row=2)]
    assert [unescape(cell.value).replace("\u2060", "") for cell in cells] == NASTY
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_control_characters_are_taken_out_and_line_ends_kept() -> None:
    assert cell_text("a\x00\x1b[1mb\r\nc\td\x0b\ufffe") == "a[1mb\nc\td"


@pytest.mark.parametrize("letter", ["a", "å", "😀"])
def test_a_cell_too_long_for_excel_is_cut_with_a_mark(letter: str) -> None:
    text = cell_text(letter * 40_000)
    assert len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert len(text.encode("utf-16-le")) // 2 > CELL_LIMIT - 3
    assert text.endswith("… [cut: 40000 characters in all]")
    assert cell_text(letter * (CELL_LIMIT // 2)) == letter * (CELL_LIMIT // 2)


@given(st.text(max_size=20))
def test_any_text_makes_a_readable_workbook(text: str) -> None:
    raw = io.BytesIO()
    write_xlsx(Table([Column("a", "text", "a")], [{"a": text}]), raw)
    raw.seek(0)
    value = openpyxl.load_workbook(raw).worksheets[0]["A2"].value
    assert unescape(value or "") == cell_text(text)
