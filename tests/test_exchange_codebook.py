"""A codebook taken out: every field in every form, the tree seen, in one language or in all."""

import csv
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from ipscoding.codebook import read
from ipscoding.domain import Code, Codebook, Example, Valence
from ipscoding.errors import FileProblem
from ipscoding.exchange.codebook_out import write_codebook
from tests.cli_example import good, say

BOOK = Codebook(
    id="liten",
    title={"nb": "Liten kodebok", "en": "Small codebook"},
    version="2",
    rules={"en": ("Code what is said.",), "nb": ("Kod det som sies.",)},
    codes=(
        Code("org", {"nb": "Organisering", "en": "Organisation"}, codable=False),
        Code(
            "org.near", {"nb": "Nærhet", "en": "Proximity"}, parent="org",
            definition={"nb": "Avstand.", "en": "Distance."}, include_when={"en": "Offices."},
            exclude_when={"en": "Travel."}, roles=("clinician",), colour="#ff0000", version=3,
            examples=(Example(Valence.BARRIER, "nb", "Langt unna."), Example(Valence.FACILITATOR, "en", "= next door")),
            links={"cfir": "inner.physical-infrastructure", "own": "x.1"},
        ),
        Code("org.near.door", {"nb": "Dør"}, parent="org.near", valence=Valence.FACILITATOR),
        Code("old", {"nb": "Gammel"}, retired=True, merged_into="org.near"),
    ),
)  # fmt: skip

SAID = (
    "Organisation", "Proximity", "Distance.", "Offices.", "Travel.", "= next door", "inner.physical-infrastructure",
    "x.1", "org.near.door",
)  # fmt: skip


def text_of(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return path.read_text(encoding="utf-8").replace("\\", "")


@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx", "json", "jsonl", "md", "html", "docx"])
def test_every_form_has_every_field(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"book.{suffix}"
    write_codebook(BOOK, path)
    text = text_of(path)
    assert [said for said in SAID if said not in text] == []


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "md", "html", "docx"])
def test_all_languages_stand_side_by_side(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"book.{suffix}"
    write_codebook(BOOK, path, ("nb", "nn", "en"))
    text = text_of(path)
    assert [said for said in (*SAID, "Nærhet", "Avstand.", "Langt unna.") if said not in text] == []


def test_yaml_is_read_back_the_same(tmp_path: Path) -> None:
    known = [
        replace(code, links={link: to for link, to in code.links.items() if link == "cfir"}) for code in BOOK.codes
    ]
    write_codebook(replace(BOOK, codes=tuple(known)), tmp_path / "book.yaml")
    assert list(read.read(tmp_path / "book.yaml").codes) == known


def test_the_tree_is_seen_in_headings(tmp_path: Path) -> None:
    write_codebook(BOOK, tmp_path / "book.docx")
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in docx.Document(str(tmp_path / "book.docx")).paragraphs
        if str(paragraph.style.name).startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "Rules for coding"),
        ("Heading 1", "Organisation"),
        ("Heading 2", "Proximity"),
        ("Heading 3", "Dør"),
        ("Heading 1", "Gammel"),
    ]


def test_a_table_has_a_row_for_each_code_with_its_place_in_the_tree(tmp_path: Path) -> None:
    write_codebook(BOOK, tmp_path / "book.csv")
    with (tmp_path / "book.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert list(rows) == [code.id for code in BOOK.codes]
    near = rows["org.near"]
    assert (near["parent"], near["level"], near["path"]) == ("org", "2", "Organisation > Proximity")
    assert (near["cfir"], near["own"], near["version"]) == ("inner.physical-infrastructure", "x.1", "3")
    assert near["examples"] == "▲ = next door"
    assert (rows["org"]["codable"], rows["old"]["retired"], rows["old"]["merged_into"]) == ("0", "1", "org.near")


def test_the_command_takes_projects_files_and_codebooks_that_ship(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in (demo, "ips-principles"):
        good(capsys, "codebook", "export", source, "-o", tmp_path / "book.html", "--lang", "nb")
        assert '<html lang="nb">' in (tmp_path / "book.html").read_text(encoding="utf-8")
    said = say(capsys, "codebook", "export", demo, "-o", tmp_path / "book.pdf")
    assert said.code == 2
    assert ".docx" in said.err
    said = say(capsys, "codebook", "export", demo, "-o", tmp_path / "book.md", "--excel-no")
    assert (said.code, "--excel-no" in said.err) == (2, True)
    good(capsys, "codebook", "export", demo, "-o", tmp_path / "book.csv", "--excel-no", "--all-languages")
    assert (tmp_path / "book.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_name_that_says_nothing_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="does not say"):
        write_codebook(BOOK, tmp_path / "book")
    assert not list(tmp_path.iterdir())
