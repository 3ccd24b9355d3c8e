"""A table of survey answers promises: every answer once, under who gave it, with the question above and uncounted."""

from pathlib import Path

import openpyxl
import pytest

from ipscoding.errors import FileProblem
from ipscoding.exchange.answers_in import read_answers
from ipscoding.exchange.sheets_in import read_sheet
from ipscoding.project import documents, informants
from tests.project_example import make

ROWS = [
    ["nr", "rolle", "Alder", "Hva hjalp?", "Noe\nannet?"],
    [1, "jobbsøker", 34, "At noen ringte.\nHver uke, =1+1", "Nei"],
    [2, "jobbsøker", 51.5, "Nei", None],
    [3, "behandler", None, "  ", "Nei"],
]


def csv_file(folder: Path) -> Path:
    path = folder / "svar.csv"
    lines = [";".join('"{}"'.format("" if cell is None else cell) for cell in row) for row in ROWS]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")
    return path


def sheet_file(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "tom"  # type: ignore[union-attr]
    sheet = book.create_sheet("svar")
    for row in ROWS:
        sheet.append(row)
    path = folder / "svar.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("make_file", [csv_file, sheet_file])
def test_every_answer_is_an_interview_of_its_informant(tmp_path: Path, make_file: object) -> None:
    path = make_file(tmp_path)  # type: ignore[operator]
    answers = read_answers(path, ["hva hjalp?", "Noe annet?"])
    assert answers.empty == 2
    assert not any(reading.remarks for reading in answers.readings)
    assert [reading.name for reading in answers.readings] == [
        "1 – Hva hjalp?", "1 – Noe annet?", "2 – Hva hjalp?", "3 – Noe annet?"
    ]  # fmt: skip
    first = answers.readings[0].transcript
    assert first.text == "Spm: Hva hjalp?\n1: At noen ringte.\nHver uke, =1+1"
    assert [(turn.speaker, turn.interviewer) for turn in first.turns] == [("Spm", True), ("1", False)]
    assert first.informant_words == 7
    with make(tmp_path) as project:
        assert len(documents.add_all(project, answers.readings).added) == 4, "the same answer twice is two answers"
        people = {one.name: one for one in informants.all(project)}
        assert (people["1"].role, dict(people["1"].attributes)) == ("patient", {"Alder": "34"})
        assert dict(people["2"].attributes)["Alder"] == "51.5"
        assert people["3"].role == "clinician"
        assert documents.find(project, "2 – Hva hjalp?").informant == "2"
        assert len(documents.add_all(project, answers.readings).unchanged) == 4


def test_a_role_for_all_and_a_column_of_ids(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kode,svar\nA1,En lang dag\nA2,En kort dag\n", encoding="utf-8")
    assert [one.header["id"] for one in read_answers(path, ["svar"], "kode", role="patient").readings] == ["A1", "A2"]
    assert [one.header["id"] for one in read_answers(path, ["svar"]).readings] == ["2", "3"]
    assert any(remark.kind == "informant" for remark in read_answers(path, ["svar"]).readings[0].remarks)


@pytest.mark.parametrize(
    ("content", "columns", "ids", "says"),
    [
        ("nr,svar\n1,Et helt langt svar\n", [], None, "svar \\(looks like free text\\)"),
        ("nr,svar\n1,x\n", ["Svaret"], None, "svar"),
        ("nr,svar\n1,x\n1,y\n", ["svar"], None, "line 3: 1 stands on line 2"),
        ("nr,svar\n,x\n", ["svar"], None, "line 2: the column nr is empty"),
        ("nr,svar\n1,\n", ["svar"], None, "no answer in svar"),
        ("nr,svar\n1,x\n", ["svar"], "kode", "no column called kode"),
        ("svar,svar\n1,x\n", ["svar"], None, "stands there 2 times"),
    ],
)
def test_what_is_unclear_is_said_and_nothing_read(
    tmp_path: Path, content: str, columns: list[str], ids: str | None, says: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileProblem, match=says):
        read_answers(path, columns, ids)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"nr,svar\n"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=r"a\.xlsx"):
        read_sheet(path)


def test_long_questions_give_short_names_that_differ(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    long = "Beskriv med egne ord hva som har vært vanskelig for deg i arbeidet med "
    path.write_text(f"nr,{long}NAV,{long}legen\n7,Alt,Ingenting\n", encoding="utf-8")
    names = [one.name for one in read_answers(path, [f"{long}NAV", f"{long}legen"]).readings]
    assert len(set(names)) == 2
    assert all(len(name) < 80 for name in names)
