"""Coding from a script: one by one or from a table; undo, redo and history as the screens have them."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from ipscoding.cli.demo import build
from ipscoding.project import codings, documents, open_project
from tests.cli_example import good, held, say

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def gold(coder: str) -> list[dict[str, str]]:
    """The codings of one coder as the file that ships has them."""
    with (CORPUS / f"codings-{coder}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(path: Path) -> set[tuple[str, int, int, str, str, str]]:
    """All codings of a project, whatever their ids."""
    with open_project(path) as project:
        return {
            (document.name, coding.span.start, coding.span.end, coding.code, coding.coder, str(coding.valence))
            for document in documents.all(project)
            for coding in codings.of_document(project, document.id)
        }


@pytest.fixture
def fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with the interviews that ship and no codings."""
    path = tmp_path / "ny.ipscoding"
    good(capsys, "new", path)
    good(capsys, "import", path, CORPUS)
    return path


@pytest.mark.parametrize(
    ("place", "span"),
    [(("--start", 6, "--end", 24), (6, 24)), (("--sentence", 1), None), (("--quote", "den lille der"), None)],
    ids=["offsets", "sentence", "quote"],
)
def test_one_coding_is_made_where_it_was_said_and_taken_away_again(
    demo: Path, place: tuple[object, ...], span: tuple[int, int] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    before = made(demo)
    options = ("--valence", "barrier", "--strength", 2, "--memo", "Tenk på dette", "--coder", "Ola")
    said = good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", *place, *options)
    (new,) = made(demo) - before
    assert new[0::3] == ("p01-jobbsoker", "org.colocation")
    assert new[4:] == ("Ola", "barrier")
    if span:
        assert new[1:3] == span
    identity = said.rpartition("coding ")[2].rstrip(")\n")
    rows = json.loads(good(capsys, "excerpts", demo, "--coder", "Ola", "--format", "json"))["rows"]
    assert [(row["strength"], row["memo"], row["origin"]) for row in rows] == [(2, "Tenk på dette", "script")]
    assert rows[0]["coding_id"].startswith(identity)
    assert good(capsys, "uncode", demo, identity, "--coder", "Ola") == "1 coding removed.\n"
    assert made(demo) == before


def test_the_same_coding_twice_is_one(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _time in range(2):
        good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 4, "--coder", "Ola")
    assert sum(row[4] == "Ola" for row in made(demo)) == 1


def test_a_coder_cannot_take_away_anothers_coding(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(good(capsys, "excerpts", demo, "--coder", "A", "--format", "json"))["rows"]
    before = held(demo)
    said = say(capsys, "uncode", demo, rows[0]["coding_id"], "--coder", "B")
    assert said.code == 2
    assert said.err.startswith("ipscoding: This coding is A's.")
    assert held(demo) == before


def test_several_are_taken_away_as_one_act_or_none(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(good(capsys, "excerpts", demo, "--coder", "A", "--format", "json"))["rows"]
    ids = [row["coding_id"] for row in rows[:3]]
    before = made(demo)
    assert say(capsys, "uncode", demo, *ids, "zzz", "--coder", "A").code == 2
    assert made(demo) == before
    assert good(capsys, "uncode", demo, *ids, "--coder", "A") == "3 codings removed.\n"
    assert len(made(demo)) == len(before) - 3
    assert good(capsys, "undo", demo, "--coder", "A") == "Undone: 3 codings removed\n"
    assert made(demo) == before


def test_undo_and_redo_over_separate_runs_tell_what_they_do(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = [made(demo)]
    for sentence in (2, 3, 4):
        good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", sentence, "--coder", "Ola")
        states.append(made(demo))
    assert good(capsys, "undo", demo, "--coder", "Ola").startswith("Undone: coding: Co-location and proximity")
    assert made(demo) == states[2]
    assert good(capsys, "undo", demo, "-n", 2, "--coder", "Ola").count("Undone") == 2
    assert made(demo) == states[0]
    assert "nothing (more) of Ola's" in good(capsys, "undo", demo, "-n", 5, "--coder", "Ola")
    assert good(capsys, "redo", demo, "-n", 3, "--coder", "Ola").count("Done again") == 3
    assert made(demo) == states[3]
    acts = json.loads(good(capsys, "history", demo, "--coder", "Ola", "--format", "json"))["rows"]
    assert [row["act"].partition(":")[0] for row in acts] == ["done again"] * 3 + ["undone"] * 3 + ["coding"] * 3 + [
        "new coder"
    ]
    assert "✗" not in good(capsys, "doctor", demo)


def test_history_is_limited_and_of_one_code(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(json.loads(good(capsys, "history", demo, "--format", "json", "-n", 2))["rows"]) == 2
    everything = json.loads(good(capsys, "history", demo, "--format", "json", "-n", 0))["rows"]
    assert len(everything) >= 3
    rows = json.loads(good(capsys, "history", demo, "--code", "org.colocation", "--format", "json"))["rows"]
    assert [row["act"] for row in rows] == ["example project built"]


def test_both_gold_codings_go_into_a_fresh_project(
    fresh: Path, built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = {name: gold(name) for name in "AB"}
    for name in "AB":
        out = good(capsys, "code", fresh, "--from", CORPUS / f"codings-{name}.csv", "--done")
        assert out == f"{len(lines[name])} codings made, 0 were there already.\n"
    assert made(fresh) == made(built_demo)
    before = held(fresh)
    again = good(capsys, "code", fresh, "--from", CORPUS / "codings-A.csv", "--done")
    assert again == f"0 codings made, {len(lines['A'])} were there already.\n"
    assert held(fresh) == before
    statuses = json.loads(good(capsys, "documents", fresh, "--format", "json"))["rows"]
    assert {row["status_A"] for row in statuses} == {row["status_B"] for row in statuses} == {"done"}
    good(capsys, "undo", fresh)
    assert {row[4] for row in made(fresh)} == {"A"}


def test_an_exported_table_in_either_form_makes_the_same_codings(
    fresh: Path, built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copy(fresh, tmp_path / "annen.ipscoding"))
    for target, options in ((fresh, ()), (other, ("--excel-no",))):
        table = tmp_path / "ut.csv"
        assert say(capsys, "excerpts", built_demo, "-o", table, *options).code == 0
        good(capsys, "code", target, "--from", table)
        assert made(target) == made(built_demo)


def test_the_whole_of_a_project_is_in_its_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path / "a.ipscoding", "Kari")
    good(capsys, "code", tmp_path / "a.ipscoding", "p01-jobbsoker", "org.colocation", "--sentence", 9)
    good(capsys, "undo", tmp_path / "a.ipscoding")
    assert good(capsys, "doctor", tmp_path / "a.ipscoding").count("✓") == 5


def test_several_codes_on_one_passage_are_one_act(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = made(demo)
    passage = ("--sentence", 1, "--valence", "barrier", "--coder", "Ola")
    codes = ("org.colocation", "spec.pioneering=facilitator")
    good(capsys, "code", demo, "p01-jobbsoker", *codes, *passage, "--dry-run")
    assert made(demo) == before
    said = good(capsys, "code", demo, "p01-jobbsoker", *codes, *passage).splitlines()
    assert len(said) == 2
    assert {(one[3], one[5]) for one in made(demo) - before} == {
        ("org.colocation", "barrier"),
        ("spec.pioneering", "facilitator"),
    }
    good(capsys, "undo", demo, "--coder", "Ola")
    assert made(demo) == before


@pytest.mark.parametrize("codes", [("org.colocation=upwards",), ("org.colocation", "org.nothing")])
def test_of_several_codes_none_is_given_where_one_is_wrong(
    demo: Path, codes: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(demo)
    assert say(capsys, "code", demo, "p01-jobbsoker", *codes, "--sentence", 1).code == 2
    assert held(demo) == before


def test_codes_are_put_on_digits_listed_and_taken_away(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No code is on a digit yet." in good(capsys, "keys", demo)
    assert good(capsys, "keys", demo, 3, "org.colocation") == "Key 3 codes Co-location and proximity from now on.\n"
    listed = json.loads(good(capsys, "keys", demo, "--format", "json"))["rows"]
    assert [(row["digit"], row["code"]) for row in listed] == [(3, "org.colocation")]
    good(capsys, "keys", demo, 4, "org.colocation")
    assert len(json.loads(good(capsys, "keys", demo, "--format", "json"))["rows"]) == 1
    assert good(capsys, "keys", demo, 4, "--free") == "Key 4 is free.\n"
    good(capsys, "undo", demo)
    assert "org.colocation" in good(capsys, "keys", demo, "--format", "csv")
    for wrong in ((3,), ("--free",), (3, "org.colocation", "--free"), (0, "org.colocation"), (3, "org.nothing")):
        assert say(capsys, "keys", demo, *wrong).code == 2
