"""Whole projects taken out: workbook, JSON, data set with its description, matrix, quotes."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from ipscoding.domain import Valence
from ipscoding.errors import FileProblem, NotAllowed
from ipscoding.exchange.columns import FIXED
from ipscoding.exchange.csv_out import unguarded
from ipscoding.exchange.exports import EXPORTS, export
from ipscoding.exchange.meanings import meanings
from ipscoding.project import Project, codings, documents, excerpts, informants, memos, open_project
from ipscoding.project.backup import backup
from tests.cli_example import good, say
from tests.project_example import make, reading, span_of

NASTY = ("=1+1 sa han", "+47 900 00 000", "- Nei. Æ æ ø å", '@her; «der» "ja", og så')
"""What a spreadsheet would calculate, and what a careless reader of CSV would break."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A study with passages that look like formulas, codings over several turns, two coders and memos of every kind."""
    (tmp_path / "study").mkdir()
    made = make(tmp_path / "study")
    lines = ("I: Hva nå?", *(f"P: {text}" for text in NASTY))
    documents.add_all(made, [reading("p02", lines, id="P02", role="patient"), reading("p03", ("X: Tja.",), id="P03")])
    informants.change(made, "P02", attributes={"years-in-role": "3"})
    place = documents.find(made, "p02").id
    for text in NASTY:
        codings.add(made, place, span_of(made, place, text), "org.nær", Valence.BARRIER, memo=f"={text}")
    whole = "sa han\nP: +47 900 00 000"
    codings.add(made, place, span_of(made, place, whole), "org.leiing", Valence.BOTH)
    first = documents.find(made, "p01").id
    codings.add(made, first, span_of(made, first, "Døra hans står åpen."), "org.nær", Valence.FACILITATOR)
    codings.add(made, first, span_of(made, first, "Hvordan går det?"), "org.nær", Valence.NONE)
    with made.reopen() as other:
        other.coder = "Ola"
        codings.add(other, first, span_of(other, first, "Døra hans står åpen."), "org.nær", Valence.FACILITATOR)
        memos.put(other, other.id, "om studien")
    memos.put(made, first, "om intervjuet")
    return made


def rows_of(path: Path, **form: Any) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, **form))


def in_sheet(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [
        {name: unescape(cell) if isinstance(cell, str) else cell for name, cell in zip(head, row, strict=True)}
        for row in rows
    ]


def test_a_workbook_has_a_sheet_for_each_table_and_every_text_is_a_text(project: Project, tmp_path: Path) -> None:
    export(project, "xlsx", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [
        "Codings", "Frequencies", "Frequencies by role", "Codebook", "Informants", "Interviews", "Coders", "Memos",
        "How it was counted",
    ]  # fmt: skip
    shown = in_sheet(book["Codings"])
    assert [row["text"] for row in shown] == [row.text for row in excerpts.rows(project)]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert {row["about"] for row in in_sheet(book["Memos"])} == {"coding", "document", "project"}
    assert [row["code"] for row in in_sheet(book["Codebook"])][:2] == ["org", "org.nær"]
    assert any("counted apart" in str(row[0].value) for row in book["How it was counted"].iter_rows())
    assert not list(tmp_path.glob(".*"))


def test_a_workbook_tells_how_far_it_is_and_leaves_nothing_where_it_is_stopped(
    project: Project, tmp_path: Path
) -> None:
    told: list[float] = []
    export(project, "xlsx", tmp_path / "a.xlsx", advance=lambda part, _what: told.append(part))
    assert told
    assert all(0 <= part <= 1 for part in told)

    def stop(_part: float, _what: str) -> None:
        raise KeyboardInterrupt

    before = sorted(path.name for path in tmp_path.iterdir())
    for form, name in (("xlsx", "b.xlsx"), ("dataset", "b")):
        with pytest.raises(KeyboardInterrupt):
            export(project, form, tmp_path / name, advance=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_json_has_the_words_of_the_interviews_only_where_they_are_asked_for(project: Project, tmp_path: Path) -> None:
    export(project, "json", tmp_path / "a.json")
    plain = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert list(plain) == [
        "project", "codebook", "informants", "documents", "coders", "statuses", "codings", "memos",
    ]  # fmt: skip
    said = [row.text for row in excerpts.rows(project) if row.text not in NASTY]
    without_memos = json.dumps({**plain, "memos": [], "codings": [{**row, "memo": ""} for row in plain["codings"]]})
    assert not any(json.dumps(text)[1:-1] in without_memos for text in [*said, *NASTY])
    export(project, "json", tmp_path / "b.json", with_text=True)
    full = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    texts = {document["document_id"]: document["text"] for document in full["documents"]}
    assert [texts[row["document_id"]][row["start"] : row["end"]] for row in full["codings"]] == [
        row["text"] for row in full["codings"]
    ]
    one = full["documents"][1]
    first = one["turn_spans"][0]
    assert one["text"][first["speech_start"] : first["end"]] == "Hvordan går det?"


@pytest.mark.parametrize("preset", ["plain", "excel-no"])
def test_a_data_set_is_as_its_description_says(project: Project, tmp_path: Path, preset: str) -> None:
    folder = tmp_path / "data"
    export(project, "dataset", folder, preset=preset, by_valence=True)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(resources) == {
        "codings", "codes", "documents", "informants", "coders", "statuses", "memos", "matrix-documents",
        "matrix-informants",
    }  # fmt: skip
    tables = {}
    for name, resource in resources.items():
        path = folder / resource["path"]
        assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        assert resource["bytes"] == path.stat().st_size
        rows = tables[name] = rows_of(path, delimiter=resource["dialect"]["delimiter"], strict=True)
        schema = resource["schema"]
        names = [column["name"] for column in schema["fields"]]
        assert all(list(row) == names for row in rows)
        for column in schema["fields"]:
            assert column["title"]
            assert column["description"]
            cells = [row[column["name"]] for row in rows if row[column["name"]] not in schema["missingValues"]]
            if column["type"] == "integer":
                assert all(str(int(cell)) == cell for cell in cells)
            if "constraints" in column:
                assert set(cells) <= {str(value) for value in column["constraints"]["enum"]}
        keys = [tuple(row[part] for part in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            there = {row[key["reference"]["fields"]] for row in tables[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in tables[name] if row[key["fields"]]} <= there
    told = [unguarded(row["text"]) if preset == "excel-no" else row["text"] for row in tables["codings"]]
    assert told == [row.text for row in excerpts.rows(project)]
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert all(resource["path"] in page for resource in resources.values())


def test_an_attribute_called_like_a_column_is_kept_under_another_name(project: Project, tmp_path: Path) -> None:
    informants.change(project, "P01", attributes={"role": "deltaker"})
    export(project, "dataset", tmp_path / "data")
    first = next(row for row in rows_of(tmp_path / "data" / "informants.csv") if row["informant"] == "P01")
    assert (first["role"], first["informant_role"]) == ("patient", "deltaker")


def test_every_column_of_the_table_of_codings_has_a_meaning() -> None:
    assert set(FIXED) <= set(meanings())


def test_a_folder_is_replaced_only_if_it_holds_such_data_and_nothing_else(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    export(project, "dataset", folder)
    export(project, "dataset", folder, binary=True)
    (folder / "my analysis.R").write_text("x")
    with pytest.raises(FileProblem, match="something else"):
        export(project, "dataset", folder)
    assert (folder / "my analysis.R").exists()
    with pytest.raises(FileProblem, match="something else"):
        export(project, "dataset", project.path)
    with pytest.raises(FileProblem, match="Make the folder first"):
        export(project, "dataset", tmp_path / "none" / "data")


def test_two_exports_of_one_state_are_the_same_to_the_byte(project: Project, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(project, "dataset", tmp_path / name)
        export(project, "json", tmp_path / f"{name}.json", with_text=True)
        export(project, "quotes", tmp_path / f"{name}.html")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    for suffix in ("json", "html"):
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_filters_limit_every_table(project: Project, tmp_path: Path) -> None:
    export(project, "dataset", tmp_path / "data", names=["p01"], coders=["Ola"], where="valence:facilitator")
    read = {path.stem: rows_of(path) for path in (tmp_path / "data").glob("*.csv")}
    assert [(row["document"], row["coder"]) for row in read["codings"]] == [("p01", "Ola")]
    assert [row["document"] for row in read["documents"]] == ["p01"]
    assert [row["informant"] for row in read["informants"]] == ["P01"]
    assert [row["coder"] for row in read["coders"]] == ["Ola"]
    assert [row["org_naer"] for row in read["matrix_documents"]] == ["1"]
    assert [row["memo"] for row in read["memos"]] == ["om studien"]


def test_a_matrix_is_written_in_the_form_of_its_suffix(project: Project, tmp_path: Path) -> None:
    export(project, "matrix", tmp_path / "m.csv", case="informant", pooled=True, by_valence=True)
    rows = {row["informant"]: row for row in rows_of(tmp_path / "m.csv")}
    assert (rows["P02"]["org_naer"], rows["P02"]["org_naer_barrier"], rows["P02"]["years_in_role"]) == ("4", "4", "3")
    # two coders coded one passage alike; what the interviewer said is not counted
    assert (rows["P01"]["org_naer"], rows["P01"]["org_naer_facilitator"]) == ("1", "1")
    assert rows["P03"]["org_naer"] == "0"
    export(project, "matrix", tmp_path / "m.xlsx", binary=True, coders=["Kari"])
    shown = {row["document"]: row for row in in_sheet(openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[0])}
    assert shown["p02"]["org_naer"] == 1


def test_quotes_stand_by_code_role_and_informant_with_sign_and_place(project: Project, tmp_path: Path) -> None:
    export(project, "quotes", tmp_path / "q.md")
    page = (tmp_path / "q.md").read_text(encoding="utf-8")
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings[1:] == ["## Proximity", "### Jobseeker", "## Ledelse", "### Jobseeker"]
    assert page.count("Døra hans står åpen") == 1
    assert "Hvordan går det" not in page
    assert "> ▲ Døra hans står åpen.\n>\n> — P01 (Jobseeker), turn 2, p01 " in page
    assert "> ◆ **P02:** sa han\\\n> **P02:** +47 900 00 000\n" in page


def test_quotes_by_role_and_number_name_nobody(project: Project, tmp_path: Path) -> None:
    export(project, "quotes", tmp_path / "q.docx", pseudonyms="role", limit=1)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "q.docx")).paragraphs)
    assert "— Jobseeker 2, turn 2" in text
    assert not any(name in text for name in ("P01", "P02", "p01", "p02"))
    assert text.count("— ") == 2


def test_numbers_of_informants_do_not_depend_on_what_is_chosen(project: Project, tmp_path: Path) -> None:
    export(project, "quotes", tmp_path / "q.md", pseudonyms="role", where="document:p02 code:org.leiing")
    assert "— Jobseeker 2, turn 2" in (tmp_path / "q.md").read_text(encoding="utf-8")


def test_the_command_says_which_option_belongs_elsewhere(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, option in (("quotes", "--binary"), ("spacy", "--with-text"), ("json", "--excel-no")):
        said = say(capsys, "export", demo, "--to", form, "-o", tmp_path / "a.md", option)
        assert (said.code, option in said.err) == (2, True)
    for form, suffix in (("quotes", ".docx"), ("matrix", ".parquet")):
        said = say(capsys, "export", demo, "--to", form, "-o", tmp_path / "a.pdf")
        assert (said.code, suffix in said.err) == (2, True)
    assert not list(tmp_path.glob("a.*"))
    assert all(form in good(capsys, "export", "--help") for form in EXPORTS)


def test_an_option_that_a_form_does_not_take_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="limit"):
        export(project, "json", tmp_path / "a.json", limit=3)


@pytest.mark.parametrize("excel", [(), ("--excel-no",)])
def test_the_table_of_codings_is_read_back_as_it_was(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], excel: tuple[str, ...]
) -> None:
    fresh = tmp_path / "fresh.ipscoding"
    backup(project, fresh)
    with open_project(fresh, coder="Kari") as opened:
        codings.remove_many(opened, [row.coding_id for row in excerpts.rows(opened) if row.coder == "Kari"])
    say(capsys, "excerpts", project.path, "--coders", "Kari", "-o", tmp_path / "a.csv", *excel)
    assert say(capsys, "code", fresh, "--from", tmp_path / "a.csv").code == 0
    told = []
    for path in (project.path, fresh):
        with open_project(path) as opened:
            told.append(
                [(r.document, r.start, r.end, r.code, r.valence, r.text, r.memo) for r in excerpts.rows(opened)]
            )
    assert told[0] == told[1]
    assert any(memo.startswith("=") for *_rest, memo in told[1])
