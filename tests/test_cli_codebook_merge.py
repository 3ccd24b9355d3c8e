"""Codebooks compared, merged and applied from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from ipscoding.codebook.read import read
from ipscoding.codebook.write import text_of
from ipscoding.domain import Code, Codebook
from ipscoding.project import codebooks, create
from tests.cli_example import contents, good, held, say
from tests.codebook_example import SMALL, added, edited, without

Capture = pytest.CaptureFixture[str]


def write(folder: Path, name: str, book: Codebook) -> Path:
    file = folder / name
    file.write_text("# Kept.\n" + text_of(book), "utf-8")
    return file


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A base and two versions that conflict in one text."""
    ours = edited(SMALL, "org.lead", definition={"nb": "Om sjefer."}, label={"nb": "Leiing", "en": "Leadership"})
    theirs = edited(SMALL, "org.lead", definition={"nb": "Om styring."}, parent="rel")
    return write(tmp_path, "base.yaml", SMALL), write(tmp_path, "a.yaml", ours), write(tmp_path, "b.yaml", theirs)


def test_diff_says_in_words_what_was_done_and_that_something_was(files: tuple[Path, ...], capsys: Capture) -> None:
    said = say(capsys, "codebook", "diff", files[0], files[1])
    assert said.code == 1
    assert said.out.splitlines() == [
        "org.lead (Leadership): renamed, label (nb): «Ledelse» → «Leiing»",
        "org.lead (Leadership): redefined, definition (nb): «Om ledere.» → «Om sjefer.»",
        "2 changes.",
    ]
    assert good(capsys, "codebook", "diff", files[0], files[0]) == "0 changes.\n"


def test_diff_as_json_and_as_a_page(files: tuple[Path, ...], tmp_path: Path, capsys: Capture) -> None:
    said = say(capsys, "codebook", "diff", files[0], files[1], "--format", "json")
    rows = json.loads(said.out)["changes"]
    assert [(row["kind"], row["field"]) for row in rows] == [("renamed", "label.nb"), ("redefined", "definition.nb")]
    page = tmp_path / "diff.html"
    assert say(capsys, "codebook", "diff", files[0], files[1], "-o", page).code == 1
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_diff_of_a_project_with_a_file_and_with_itself_at_a_date(demo: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "ut.yaml"
    good(capsys, "codebook", "export", demo, "-o", file)
    assert good(capsys, "codebook", "diff", demo, file) == "0 changes.\n"
    assert good(capsys, "codebook", "diff", demo.with_suffix(""), file) == "0 changes.\n"
    good(capsys, "codes", "change", demo, "org.colocation", "--label", "Nearness", "--in", "en")
    assert "renamed" in say(capsys, "codebook", "diff", file, demo).out
    assert good(capsys, "codebook", "diff", f"{demo}@2999-01-01", demo) == "0 changes.\n"
    said = say(capsys, "codebook", "diff", f"{demo}@1999-01-01", demo)
    assert (said.code, said.out) == (2, "")
    assert "had no codebook yet" in said.err


def test_a_conflict_writes_nothing_and_tells_both_texts(
    files: tuple[Path, ...], tmp_path: Path, capsys: Capture
) -> None:
    before = contents(tmp_path)
    said = say(capsys, "codebook", "merge", *files, "-o", tmp_path / "ut.yaml")
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines() == [
        "conflict: org.lead, definition (nb): both sides changed it, differently",
        "  ours: «Om sjefer.»",
        "  theirs: «Om styring.»",
        "  base: «Om ledere.»",
        "1 conflict, 0 things to check. Nothing is written before they are decided.",
    ]
    assert contents(tmp_path) == before


def test_decided_in_a_file_the_merge_is_written_with_its_comments(
    files: tuple[Path, ...], tmp_path: Path, capsys: Capture
) -> None:
    decisions, out = tmp_path / "r.yaml", tmp_path / "ut.yaml"
    assert say(capsys, "codebook", "merge", *files, "--write-resolutions", decisions).code == 1
    text = decisions.read_text("utf-8")
    assert "# ours: «Om sjefer.»" in text
    decisions.write_text(text.replace("    choice:\n", '    choice: text\n    text: "Om begge."\n'), "utf-8")
    said = good(capsys, "codebook", "merge", *files, "-o", out, "--resolutions", decisions)
    assert said == f"0 conflicts, 0 things to check. {out}: 5 codes written.\n"
    code = read(out).by_id["org.lead"]
    assert (code.definition, code.label["nb"], code.parent) == ({"nb": "Om begge."}, "Leiing", "rel")
    assert out.read_text("utf-8").startswith("# Kept.\n")


def test_json_holds_conflicts_checks_proposals_and_what_each_side_did(files: tuple[Path, ...], capsys: Capture) -> None:
    said = say(capsys, "codebook", "merge", *files, "--format", "json")
    report: dict[str, Any] = json.loads(said.out)
    (conflict,) = report["conflicts"]
    assert (conflict["ours"], conflict["theirs"], conflict["base"]) == ("Om sjefer.", "Om styring.", "Om ledere.")
    assert (conflict["why"], conflict["choices"]) == ("changed", ["ours", "theirs", "base", "text"])
    assert [row["kind"] for row in report["changes"]["theirs"]] == ["redefined", "moved"]
    assert (report["written"], report["proposals"]) == (False, [])


def test_marks_are_written_when_they_are_asked_for(files: tuple[Path, ...], tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "ut.yaml"
    assert say(capsys, "codebook", "merge", *files, "-o", out, "--mark").code == 1
    checked = say(capsys, "codebook", "check", out)
    assert checked.code == 1
    assert "still to decide after a merge: org.lead, definition (nb)" in checked.out


def test_without_a_base_two_books_are_proposed_to_share_codes(tmp_path: Path, capsys: Capture) -> None:
    ours = write(tmp_path, "a.yaml", added(SMALL, Code("org.boss", {"nb": "Sjefens rolle"}, parent="org")))
    theirs = write(tmp_path, "b.yaml", added(SMALL, Code("rel.boss", {"nb": "Sjefens roller"}, parent="rel")))
    out = tmp_path / "ut.yaml"
    said = good(capsys, "codebook", "merge", ours, theirs, "-o", out)
    assert "proposal: rel.boss and org.boss may be one code: labels 100% alike" in said
    assert {"org.boss", "rel.boss"} <= set(read(out).by_id)
    decisions = tmp_path / "r.yaml"
    good(capsys, "codebook", "merge", ours, theirs, "--write-resolutions", decisions)
    decisions.write_text(
        'decisions:\n  - {code: rel.boss, field: "", choice: merge, into: org.boss}\n', encoding="utf-8"
    )
    assert "proposal" not in good(capsys, "codebook", "merge", ours, theirs, "-o", out, "--resolutions", decisions)
    assert read(out).by_id["rel.boss"].merged_into == "org.boss"


def test_two_copies_of_a_project_are_merged_from_where_they_parted(demo: Path, tmp_path: Path, capsys: Capture) -> None:
    copy, out = tmp_path / "kopi.ipscoding", tmp_path / "ut.yaml"
    good(capsys, "backup", demo, copy)
    good(capsys, "codes", "change", demo, "org.colocation", "--label", "Nearness", "--in", "en")
    good(capsys, "codes", "merge", copy, "org.affiliation", "org.colocation")
    good(capsys, "codebook", "merge", demo, copy, "-o", out)
    book = read(out)
    assert book.by_id["org.colocation"].label["en"] == "Nearness"
    assert book.by_id["org.affiliation"].merged_into == "org.colocation"
    before = held(demo)[0]["coding"]
    dry = good(capsys, "codebook", "apply", demo, out, "--dry-run")
    assert held(demo)[0]["coding"] == before
    done = good(capsys, "codebook", "apply", demo, out)
    assert dry == "Dry run, nothing was changed.\n" + done
    assert "org.affiliation" in done
    assert "merged into org.colocation" in done
    assert "recoded: " in done
    good(capsys, "undo", demo)
    assert held(demo)[0]["coding"] == before


def test_import_merge_keeps_what_was_changed_in_the_project_meanwhile(tmp_path: Path, capsys: Capture) -> None:
    study, file = tmp_path / "s.ipscoding", write(tmp_path, "b.yaml", SMALL)
    with create(study, name="S", coder="Kari") as project:
        codebooks.adopt(project, SMALL)
    good(capsys, "codes", "change", study, "org.near", "--label", "Avstand", "--in", "nb", "--coder", "Kari")
    changed = edited(SMALL, "org.near", definition={"nb": "Ny.", "en": "New."})
    file = write(tmp_path, "b.yaml", without(changed, "org.lead"))
    said = good(capsys, "codebook", "import", study, file, "--merge", "--coder", "Kari")
    assert "redefined" in said
    assert "only in the project: org.lead" in said
    out = tmp_path / "ut.yaml"
    good(capsys, "codebook", "export", study, "-o", out)
    code = read(out).by_id["org.near"]
    assert (code.label["nb"], code.definition) == ("Avstand", {"nb": "Ny.", "en": "New."})
    file = write(tmp_path, "c.yaml", edited(SMALL, "org.near", label={"nb": "Lengde", "en": "Proximity"}))
    base = write(tmp_path, "base.yaml", SMALL)
    before = held(study)
    said_again = say(capsys, "codebook", "import", study, file, "--merge", "--base", base)
    assert (said_again.code, held(study)) == (1, before)
    assert "conflict: org.near, label (nb)" in said_again.out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("merge", "a.yaml"), "Name two codebooks"),
        (("merge", "a.yaml", "none.yaml"), "none.yaml: neither a file nor"),
        (("merge", "a.yaml", "broken.yaml"), "broken.yaml, line 1"),
        (("merge", "a.yaml", "other.yaml"), "“stor” is another codebook than “liten”"),
        (("merge", "a.yaml", "b.yaml", "--mark"), "name it with -o"),
        (("merge", "a.yaml", "b.yaml", "--resolutions", "broken.yaml"), "broken.yaml, line 1"),
        (("merge", "a.yaml", "a.yaml", "-o", "nowhere/ut.yaml"), "cannot be written"),
        (("diff", "a.yaml", "s.ipscoding"), "s.ipscoding"),
        (("import", "s.ipscoding", "a.yaml", "--base", "b.yaml"), "go with --merge"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(
    arguments: tuple[str, ...],
    what: str,
    files: tuple[Path, ...],
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "broken.yaml").write_text("{", "utf-8")
    (tmp_path / "other.yaml").write_text(files[1].read_text("utf-8").replace("id: liten", "id: stor"), "utf-8")
    monkeypatch.chdir(tmp_path)
    before = contents(tmp_path)
    said = say(capsys, "codebook", *arguments)
    assert (said.code, said.out) == (2, "")
    assert what in said.err
    assert said.err.count("\n") == 1
    assert contents(tmp_path) == before


def test_another_codebook_is_not_applied(demo: Path, files: tuple[Path, ...], capsys: Capture) -> None:
    before = held(demo)
    said = say(capsys, "codebook", "apply", demo, files[0])
    assert (said.code, held(demo)) == (2, before)
    assert "“liten” is another codebook than the project's “ips-barriers-facilitators”" in said.err
