"""The command revise: a dry run, one interview, a folder, and the queue decided from a script."""

import json
from pathlib import Path

import pytest

from tests.cli_example import good, say

OLD = "I: Hvordan går det?\nP: Det går bra. Døra hans står åpen.\nI: Ja?\nP: Æ trur det. Men sjefen er borte.\n"
NEW = "I: Hvordan går det da?\nP: Det går bra. Døra hans sto åpen.\nP: Æ trur det. Men [navn1] er borte.\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPSCODING_CODER", "Kari")
    path = tmp_path / "studie.ipscoding"
    good(capsys, "new", path)
    for name in ("p01", "p02"):
        (tmp_path / f"{name}.txt").write_text(OLD.replace("bra", f"bra, {name}"), "utf-8")
    good(capsys, "import", path, "p01.txt", "p02.txt")
    good(capsys, "codes", "add", path, "Nærhet", "--id", "nær")
    for quote in ("Døra hans står åpen.", "Ja?", "Æ trur det."):
        good(capsys, "code", path, "p01", "nær", "--quote", quote)
    (tmp_path / "ny").mkdir()
    for name in ("p01", "p02"):
        (tmp_path / "ny" / f"{name}.txt").write_text(NEW.replace("bra", f"bra, {name}"), "utf-8")
    return path


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(say(capsys, *arguments, "--format", "json").out)["rows"]
    return found


def test_a_dry_run_says_what_the_revision_then_does(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dry = say(capsys, "revise", study, "p01", "ny/p01.txt", "--dry-run")
    assert dry.code == 1
    assert "1 interview would get a new text." in dry.out
    done = say(capsys, "revise", study, "p01", "ny/p01.txt", "--why", "hørt om igjen")
    assert done.code == 1
    assert dry.out.replace("would get", "has") == done.out
    assert "To look at: 2 codings" in done.out
    listed = rows(capsys, "revise", study, "--versions", "p01")
    assert [(row["coder"], row["why"], row["in_force"]) for row in listed] == [
        ("Kari", "", ""),
        ("Kari", "hørt om igjen", "yes"),
    ]
    assert good(capsys, "revise", study, "--versions", "p01", "--number", 1) == OLD.replace("bra", "bra, p01")
    assert good(capsys, "revise", study, "p01", "ny/p01.txt").splitlines()[1] == "1 has that text already."


def test_a_folder_gives_each_interview_the_file_of_its_name(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study.parent / "ny" / "p03.txt").write_text("I: Hei.\nP: Hei.\n", "utf-8")
    done = say(capsys, "revise", study, "ny")
    assert done.code == 1
    assert "2 interviews have new texts." in done.out
    assert "p03.txt: the project has no interview called p03" in done.err
    assert "2 interviews revised" in good(capsys, "undo", study)
    assert "p01" not in say(capsys, "revise", study, "--queue").out


def test_the_queue_is_decided_from_a_script(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(capsys, "revise", study, "p01", "ny/p01.txt")
    waiting = rows(capsys, "revise", study, "--queue")
    assert [(row["was"], row["status"], row["now"]) for row in waiting] == [
        ("Døra hans står åpen.", "changed", "Døra hans sto åpen."),
        ("Ja?", "lost", ""),
    ]
    door, yes = (str(row["coding_id"]) for row in waiting)
    assert say(capsys, "revise", study, "--accept", yes).code == 2
    accepted = say(capsys, "revise", study, "--accept", door[:8])
    assert accepted.code == 1
    assert "1 coding accepted.\n1 coding of yours is left to look at." in accepted.out
    good(capsys, "revise", study, "--move", yes, "--quote", "Men [navn1] er borte.")
    assert good(capsys, "revise", study, "--queue") == "Nothing to look at.\n"
    texts = [row["text"] for row in rows(capsys, "excerpts", study)]
    assert texts == ["Døra hans sto åpen.", "Æ trur det.", "Men [navn1] er borte."]
    good(capsys, "undo", study)
    assert say(capsys, "revise", study, "--remove", yes).out == "1 coding removed.\n"
    assert len(rows(capsys, "excerpts", study)) == 2


def test_everything_that_has_a_place_can_be_accepted_at_once(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(capsys, "revise", study, "p01", "ny/p01.txt")
    assert "1 coding accepted." in say(capsys, "revise", study, "--accept", "all").out
    assert [row["status"] for row in rows(capsys, "revise", study, "--queue")] == ["lost"]


def test_what_is_wrong_is_said_in_one_line(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        (("p09", "ny/p01.txt"), "There is no document called p09"),
        (("p01", "ny/p09.txt"), "p09.txt"),
        (("--move", "abc", "--quote", "Ja"), "No single coding abc waits"),
        (("p01", "p02.txt"), "the text of another interview, p02"),
        (("--versions", "p01", "--number", "9"), "no text number 9"),
    ):
        said = say(capsys, "revise", study, *arguments)
        assert said.code == 2
        assert words in said.err
        assert "Traceback" not in said.err
    refused = say(capsys, "import", study, "ny/p01.txt")
    assert f"ipscoding revise {study} p01 p01.txt" in refused.err
