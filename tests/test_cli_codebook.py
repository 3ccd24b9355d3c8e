"""Codebooks from the command line: check, show, import, and a round trip that loses nothing."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli_example import good, held, say

CODEBOOKS = Path(__file__).resolve().parent.parent / "codebooks"
SHIPPED = ["ips-barriers-facilitators", "cfir-2", "ips-principles", "ips-fidelity-25"]


def shown(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(good(capsys, "codebook", "show", *arguments, "--format", "csv"))))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_codebooks_that_ship_are_found_by_their_ids_and_have_no_faults(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "codebook", "check", name)
    assert said.err == ""
    assert "0 faults" in said.out
    assert len(shown(capsys, name)) > 5


def test_the_list_is_the_tree_with_how_often_each_code_is_used(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = shown(capsys, built_demo)
    top = ""
    for row in rows:
        top = row["code"] if "." not in row["code"] else top
        assert row["domain"] == top
        assert (row["codings"] == "") == ("." not in row["code"])
    excerpts = json.loads(good(capsys, "excerpts", built_demo, "--format", "json"))["rows"]
    for row in rows:
        if row["codings"]:
            assert int(row["codings"]) == sum(one["code"] == row["code"] for one in excerpts)


def test_a_project_alone_shows_its_codebook_and_its_coders(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for group, command in (("codebook", "show"), ("coders", "list"), ("suggest", "list")):
        assert good(capsys, group, built_demo, "--format", "csv") == good(
            capsys, group, command, built_demo, "--format", "csv"
        )


def test_one_code_is_shown_whole_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    english = good(capsys, "codebook", "show", "ips-barriers-facilitators", "--code", "org.colocation")
    norwegian = good(
        capsys, "--lang", "nb", "codebook", "show", "ips-barriers-facilitators", "--code", "org.colocation"
    )
    assert english.startswith("org.colocation  Co-location")
    assert norwegian.startswith("org.colocation  ")
    assert english != norwegian
    assert "“" in english
    assert "«" in norwegian


@pytest.mark.parametrize("name", SHIPPED)
def test_export_check_and_import_come_round(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, file = tmp_path / "a.ipscoding", tmp_path / "ut.yaml"
    good(capsys, "new", study, "--codebook", name)
    good(capsys, "codebook", "export", study, "-o", file)
    assert "0 faults" in say(capsys, "codebook", "check", file).out
    before = held(study)
    assert "0 codes new, 0 changed" in good(capsys, "codebook", "import", study, file)
    assert held(study) == before
    assert shown(capsys, file) == shown(capsys, name)
    again = tmp_path / "igjen.yaml"
    good(capsys, "new", tmp_path / "b", "--codebook", file)
    good(capsys, "codebook", "export", tmp_path / "b.ipscoding", "-o", again)
    assert again.read_bytes() == file.read_bytes()


def test_an_import_adds_changes_and_leaves_and_is_one_undo(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bok.yaml"
    shutil.copy(CODEBOOKS / "ips-barriers-facilitators.yaml", file)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("id: org.colocation", "id: org.nærhet", 1).replace("Co-location and proximity", "Nearness", 1),
        encoding="utf-8",
    )
    before = held(demo)[0]
    out = good(capsys, "codebook", "import", demo, file)
    assert out == "1 codes new, 0 changed, 68 unchanged, 1 only in the project.\n"
    codes = {row["code"]: row for row in shown(capsys, demo)}
    assert codes["org.nærhet"]["label"].strip() == "Nearness"
    assert int(codes["org.colocation"]["codings"]) > 0, "a code in use is never lost by an import"
    good(capsys, "undo", demo)
    after = held(demo)[0]
    assert {kind: entities for kind, entities in after.items() if kind != "coder"} == {
        kind: entities for kind, entities in before.items() if kind != "coder"
    }


def test_a_new_meaning_gives_a_code_a_new_version(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bok.yaml"
    good(capsys, "codebook", "export", demo, "-o", file)
    rows = shown(capsys, demo)
    definition = next(row["definition"] for row in rows if row["code"] == "org.colocation")
    text = file.read_text(encoding="utf-8")
    assert text.count(definition) == 1
    file.write_text(text.replace(definition, "Sitting side by side."), encoding="utf-8")
    assert "0 codes new, 1 changed" in good(capsys, "codebook", "import", demo, file)
    versions = {row["code"]: row["version"] for row in shown(capsys, demo)}
    assert versions.pop("org.colocation") == "2"
    assert set(versions.values()) == {"1"}
    history = json.loads(good(capsys, "history", demo, "--code", "org.colocation", "--format", "json"))["rows"]
    assert len(history) == 2


def test_export_keeps_a_link_and_says_what_it_wrote(
    built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real, link = tmp_path / "ekte.yaml", tmp_path / "lenke.yaml"
    real.write_text("old")
    link.symlink_to(real)
    out = good(capsys, "codebook", "export", built_demo, "-o", link)
    assert out == f"{link}: 69 codes written.\n"
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("#")
