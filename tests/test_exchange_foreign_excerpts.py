"""Tables of excerpts from other programs: found in the interviews, or listed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from ipscoding.domain import Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.foreign.excerpts import read_excerpts
from ipscoding.exchange.foreign.formats import form_of, read_foreign
from ipscoding.exchange.foreign.land import land
from ipscoding.exchange.foreign.project import ForeignProject
from ipscoding.project import Project, codebooks, codings, create, documents
from tests.cli_example import good, say

P01 = "I: Hva hjalp?\nA: Hun ble med på møtet – «helt nydelig» 😊. Ja.\nA: Ja. Og så ventet jeg på NAV.\n"
P02 = "A: Sjefen bryr seg ikke, og NAV svarer aldri.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "intervjuer"
    folder.mkdir()
    (folder / "p01.txt").write_text(P01, encoding="utf-8")
    (folder / "p02.txt").write_text(P02, encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = create(tmp_path / "study.ipscoding", name="study", coder="kari")
    yield project
    project.close()


def sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def said(study: ForeignProject) -> list[tuple[str, str, str, str]]:
    texts = {document.key: document.text for document in study.documents}
    labels = {code.key: code.label for code in study.codes}
    return [(c.document, labels[c.code], c.span.of(texts[c.document]), c.coder) for c in study.codings]


def test_maxqda(tmp_path: Path, folder: Path) -> None:
    heads = "Document group,Document name,Code,Segment,Beginning,End,Weight score,Created by,Created,Comment"
    quote = 'ble med på møtet - "helt nydelig"'
    table = sheet(
        tmp_path / "segments.xlsx",
        tuple(heads.split(",")),
        ("", "p01", "Støtte > Å bli fulgt", quote, "2", "2", "0", "Kari", "2026-03-01 10:00:00", "fint"),
        ("", "P02.docx", "Rammer\\NAV", "NAV svarer aldri", "1", "1", "0", "Ola", "", ""),
    )
    assert form_of(table) == "excerpts"
    study = read_foreign(table, options={"documents": str(folder)})
    assert said(study) == [
        ("p01", "Å bli fulgt", "ble med på møtet – «helt nydelig»", "Kari"),
        ("p02", "NAV", "NAV svarer aldri", "Ola"),
    ]
    assert [(code.label, code.parent) for code in study.codes] == [
        ("Støtte", None), ("Å bli fulgt", "Støtte"), ("Rammer", None), ("NAV", "Rammer"),
    ]  # fmt: skip
    assert study.codings[0].memo == "fint"
    assert study.codings[0].created_at.startswith("2026-03-01T")
    assert study.left_out == []


def test_dedoose_with_a_column_for_each_code(tmp_path: Path, folder: Path) -> None:
    heads = "Media Title;Excerpt Creator;Excerpt Copy;Codes Applied Combined;Code: NAV, og slikt Applied"
    table = sheet(
        tmp_path / "excerpts.xlsx",
        (*heads.split(";"), "Code: Støtte Applied", "Code: Støtte Weight"),
        ("p01.txt", "kari", "ventet jeg på NAV", "NAV, og slikt", "True", "False", ""),
        ("p01.txt", "kari", "Hun ble med", "NAV, og slikt, Støtte", "True", "True", "5"),
    )
    study = read_foreign(table, options={"documents": str(folder)})
    assert said(study) == [
        ("p01", "NAV, og slikt", "ventet jeg på NAV", "kari"),
        ("p01", "NAV, og slikt", "Hun ble med", "kari"),
        ("p01", "Støtte", "Hun ble med", "kari"),
    ]


def test_norwegian_headings_semicolons_and_direction(tmp_path: Path, folder: Path) -> None:
    table = tmp_path / "utdrag.csv"
    table.write_text(
        "Dokumentnavn;Kode;Utdrag;Retning;Kodet av\np02;Nodes\\\\Rammer\\NAV;NAV svarer aldri;hemmer;Åse\n",
        encoding="cp1252",
    )
    study = read_foreign(table, options={"documents": str(folder)})
    assert said(study) == [("p02", "NAV", "NAV svarer aldri", "Åse")]
    assert study.codings[0].valence is Valence.BARRIER


def test_the_table_that_taguette_writes(tmp_path: Path, folder: Path) -> None:
    table = tmp_path / "all_tags.csv"
    table.write_text("id,document,tag,content\n1,p01,støtte,Hun ble med\n", encoding="utf-8")
    assert said(read_foreign(table, options={"documents": str(folder)})) == [("p01", "støtte", "Hun ble med", "")]


def test_columns_can_be_named_and_codes_divided(tmp_path: Path, folder: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("hvem,hva,merke\np01,Hun ble med,støtte; møte\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="no column that is known for: document, text, code"):
        read_foreign(table, "excerpts", {"documents": str(folder)})
    named = {"document": "Hvem", "text": "hva", "code": "merke", "separator": ";"}
    study = read_excerpts(table, named, folder=folder, by="kari")
    assert said(study) == [("p01", "støtte", "Hun ble med", "kari"), ("p01", "møte", "Hun ble med", "kari")]
    for wrong, hint in (({"kode": "merke"}, "Near it: code"), ({"code": "merkx"}, "Near it: merke")):
        with pytest.raises(FileProblem, match=hint):
            read_excerpts(table, wrong, folder=folder)


def test_what_is_not_found_or_stands_there_several_times_is_listed(tmp_path: Path, folder: Path) -> None:
    table = tmp_path / "segments.csv"
    table.write_text(
        "document,code,segment\np01,a,Ja.\np01,a,finnes ikke\np1,a,Hun ble med\np01,,Hun ble med\np01,b,Hun ble med\n",
        encoding="utf-8",
    )
    study = read_foreign(table, options={"documents": str(folder)})
    assert said(study) == [("p01", "b", "Hun ble med", "")]
    assert study.left_out == [
        "1 row without a document, a code or a text",
        "line 4: there is no document “p1” (is “p01” meant?)",
        "line 2: the quote stands 2 times in the document",
        "line 3: the quote is not in the document",
    ]


def test_as_many_rows_as_places_take_one_each(tmp_path: Path, folder: Path) -> None:
    table = tmp_path / "segments.csv"
    table.write_text("document,code,segment\np01,a,Ja.\np01,a,Ja.\n", encoding="utf-8")
    study = read_foreign(table, options={"documents": str(folder)})
    assert len({coding.span for coding in study.codings}) == 2


def test_interviews_and_codes_of_the_project_are_used(tmp_path: Path, folder: Path, project: Project) -> None:
    first = tmp_path / "first.csv"
    first.write_text("document,code,segment,coder\np01,Støtte > Følge,Hun ble med,ola\n", encoding="utf-8")
    land(project, read_foreign(first, options={"documents": str(folder)}), "first.csv")
    before = [code.uuid for code in codebooks.load(project).codes]
    second = tmp_path / "second.csv"
    second.write_text(
        "document,code,segment,coder\np01,følge,ventet jeg på NAV,ola\np01,Støtte > Følge,på møtet,ola\n",
        encoding="utf-8",
    )
    study = read_foreign(second, options={"project": str(project.path)})
    done = land(project, study, "second.csv")
    assert (done.of("document").new, done.of("code").new, done.of("coding").new, done.doubts) == (0, 0, 2, [])
    assert [code.uuid for code in codebooks.load(project).codes] == before
    document = documents.all(project)[0]
    assert len(list(codings.of_document(project, document.id))) == 3
    assert land(project, study, "second.csv").new == 0


def test_without_interviews_it_says_what_to_do(tmp_path: Path) -> None:
    table = tmp_path / "segments.csv"
    table.write_text("document,code,segment\np01,a,Ja.\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="Import the interviews first, or name their folder with --documents"):
        read_foreign(table)


def test_on_the_command_line(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "segments.csv"
    table.write_text("doc,code,segment\np01,a,Hun ble med\n", encoding="utf-8")
    study = tmp_path / "study"
    arguments = ["import-project", study, table, "--documents", folder, "--made-by", "kari"]
    assert "--column document=HEADING" in say(capsys, *arguments).err
    assert say(capsys, *arguments, "--column", "document").code == 2
    assert "Codings: 1 new" in good(capsys, *arguments, "--column", "document=doc")
    # the interviews are in the project now
    assert "Nothing is new" in good(
        capsys, "import-project", study, table, "--column", "document=doc", "--made-by", "kari"
    )
