"""The table of codings: its columns as promised, its offsets true, its filters those of the figures."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from ipscoding.project import documents, open_project
from tests.cli_example import good, say

BEFORE = ["coding_id", "project", "document_id", "document", "informant", "role"]
AFTER = [
    "speaker",
    "turn",
    "code",
    "code_label",
    "code_path",
    "domain",
    "valence",
    "strength",
    "coder",
    "coded_at",
    "origin",
    "codebook_version",
    "start",
    "end",
    "text",
    "context_before",
    "context_after",
    "memo",
    "status",
    "time",
]
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def plain(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(good(capsys, "excerpts", *arguments, "--format", "csv"), newline="")))


def gold(*coders: str) -> list[dict[str, str]]:
    rows = []
    for coder in coders:
        with (CORPUS / f"codings-{coder}.csv").open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def test_the_columns_are_those_of_the_design_in_their_order(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (CORPUS / "informants.csv").open(encoding="utf-8", newline="") as file:
        attributes = sorted(next(csv.reader(file))[2:])
    header = good(capsys, "excerpts", built_demo, "--format", "csv").partition("\n")[0]
    assert header.split(",") == [*BEFORE, *attributes, *AFTER]


def test_every_coding_is_there_with_its_words(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = plain(capsys, built_demo)
    told = Counter((row["document"], row["text"], row["code"], row["valence"], row["coder"]) for row in rows)
    wanted = Counter((row["document"], row["quote"], row["code"], row["valence"], row["coder"]) for row in gold(*"AB"))
    assert told == wanted
    assert len({row["coding_id"] for row in rows}) == len(rows)


def test_offsets_give_the_text_back_and_contexts_stand_beside(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(built_demo) as project:
        texts = {document.name: documents.text(project, document.id) for document in documents.all(project)}
    for row in plain(capsys, built_demo):
        text, start, end = texts[row["document"]], int(row["start"]), int(row["end"])
        assert text[start:end] == row["text"]
        assert text[:start].endswith(row["context_before"])
        assert text[end:].startswith(row["context_after"])
        assert row["context_before"] or start == 0
        assert (row["status"], row["origin"]) == ("done", "import")
        assert row["code"].split(".")[0] == row["domain"]
        assert row["code_path"].split(" > ")[-1] == row["code_label"]


def test_the_form_for_excel_holds_the_same_and_no_formula(
    built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    assert say(capsys, "excerpts", built_demo, "--excel-no", "-o", path).code == 0
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    for told, row in zip(plain(capsys, built_demo), rows, strict=True):
        for name, cell in row.items():
            assert cell[:1] not in tuple("=+-@\t\r")
            assert cell in (told[name], f"'{told[name]}")


def test_json_holds_numbers_and_texts(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(good(capsys, "excerpts", built_demo, "--format", "json"))["rows"]
    told = plain(capsys, built_demo)
    assert [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows] == told
    assert all(isinstance(rows[0][name], int) for name in ("start", "end", "turn", "codebook_version"))


def test_excel_holds_every_text_as_text(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memo = "=HYPERLINK(0)"
    good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 2, "--memo", memo, "--coder", "0123")
    path = tmp_path / "x.xlsx"
    assert say(capsys, "excerpts", demo, "-o", path).code == 0
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows()
    names = [cell.value for cell in head]
    told = {row["coding_id"]: row for row in plain(capsys, demo)}
    assert len(rows) == len(told)
    numbers = {"turn", "strength", "codebook_version", "start", "end"}
    for cells in rows:
        named = dict(zip(names, cells, strict=True))
        row = told[named["coding_id"].value]
        for name, cell in named.items():
            assert ("" if cell.value is None else str(cell.value)) == row[name]
            assert cell.data_type == ("n" if name in numbers or cell.value is None else "s")
    assert any(row["memo"] == memo and row["coder"] == "0123" for row in told.values())


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (("--code", "org.*"), lambda row: row["code"].startswith("org.")),
        (("--code", "org"), lambda row: row["code"].startswith("org.")),
        (("--code", "org.colocation,att.sequence"), lambda row: row["code"] in ("org.colocation", "att.sequence")),
        (("--domain", "emp"), lambda row: row["domain"] == "emp"),
        (("--valence", "both,none"), lambda row: row["valence"] in ("both", "none")),
        (("--role", "patient"), lambda row: row["role"] == "patient"),
        (("--document", "n0*"), lambda row: row["document"].startswith("n0")),
        (("--informant", "P01", "--informant", "B02"), lambda row: row["informant"] in ("P01", "B02")),
        (("--coder", "A"), lambda row: row["coder"] == "A"),
        (("--where", "site=S01", "--where", "gender=woman"), lambda row: row["site"] + row["gender"] == "S01woman"),
        (("--role", "patient", "--valence", "barrier", "--coders", "B"),
         lambda row: (row["role"], row["valence"], row["coder"]) == ("patient", "barrier", "B")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_filters_give_the_rows_that_fit_and_no_others(built_demo, options, fits, capsys) -> None:
    everything = plain(capsys, built_demo)
    chosen = [row for row in everything if fits(row)]
    assert 0 < len(chosen) < len(everything)
    assert plain(capsys, built_demo, *options) == chosen


def test_a_filter_that_fits_nothing_gives_the_header(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plain(capsys, built_demo, "--role", "patient", "--informant", "B01") == []
    assert good(capsys, "excerpts", built_demo, "--role", "patient", "--informant", "B01") == "0 codings.\n"


def test_to_read_they_stand_with_sign_and_place(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = good(capsys, "excerpts", built_demo, "--code", "org.colocation", "--coder", "A")
    wanted = [row for row in gold("A") if row["code"] == "org.colocation"]
    assert out.endswith(f"{len(wanted)} codings.\n")
    for row in wanted:
        assert row["quote"] in out
    assert out.count("▼") == sum(row["valence"] == "barrier" for row in wanted)


def test_labels_are_in_the_language_asked_for(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = {
        language: {row["code_label"] for row in plain(capsys, built_demo, "--domain", "org", "--lang", language)}
        for language in ("nb", "en")
    }
    assert not labels["nb"] & labels["en"]
    ids = {row["code"] for row in plain(capsys, built_demo, "--domain", "org", "--lang", "nb")}
    assert ids == {row["code"] for row in plain(capsys, built_demo, "--domain", "org")}
