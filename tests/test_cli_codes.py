"""Editing the codebook of a project from the command line, and what follows for its codings."""

import csv
import io
import re
from pathlib import Path

import pytest

from ipscoding.domain import Valence
from ipscoding.project import codebooks, codings, documents, journal, open_project
from tests.cli_example import good, held, say


@pytest.fixture(autouse=True)
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_CODER", "Kari")


def queue(capsys: pytest.CaptureFixture[str], path: Path, *options: object) -> list[dict[str, str]]:
    said = say(capsys, "codes", "queue", path, "--format", "csv", *options)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert (said.code, said.err) == (1 if rows else 0, "")
    return rows


def count(path: Path, code: str) -> int:
    with open_project(path) as project:
        return codings.counts(project).get(code, 0)


EDITS = (
    ("add", "Kollegastøtte", "--parent", "org", "--in", "nb", "--definition", "Støtte fra kolleger.", "--id", "org.ny"),
    ("change", "org.colocation", "--label", "Naboskap", "--in", "nb", "--colour", "#112233", "--valence", "both"),
    ("change", "org.colocation", "--definition", "Noko heilt anna.", "--in", "nn"),
    ("move", "org.colocation", "per"),
    ("move", "org.colocation", "--top"),
    ("retire", "org.colocation"),
    ("merge", "org.colocation", "org.referral"),
    ("split", "org.colocation", "Samme gang", "Samme hus", "--in", "nb"),
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: " ".join(edit[:2]))
def test_every_edit_is_tried_without_a_trace_done_and_taken_back(
    edit: tuple[str, ...], demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *arguments = edit
    before = held(demo)
    tried = good(capsys, "codes", name, demo, *arguments, "--dry-run")
    assert held(demo) == before
    done = good(capsys, "codes", name, demo, *arguments)
    assert tried == f"Dry run, nothing was changed: {done}"
    assert held(demo) != before
    good(capsys, "undo", demo)
    with open_project(demo) as project:
        now = journal.state(project)
        assert {kind: found for kind, found in now.items() if kind != "coder"} == {
            kind: found for kind, found in before[0].items() if kind != "coder"
        }
        assert journal.replay(project) == now


def test_a_new_code_can_be_used_at_once(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = re.match(
        r"new code (\S+) ",
        good(capsys, "codes", "add", demo, "Kollegastøtte", "--parent", "org", "--in", "nb", "--valence", "barrier"),
    )
    assert made is not None
    good(capsys, "codes", "change", demo, made[1], "--label", "Peer support", "--in", "en")
    good(capsys, "code", demo, "p01-jobbsoker", made[1], "--sentence", 9, "--valence", "barrier")
    with open_project(demo) as project:
        code = codebooks.find(project, made[1])
    assert code.label == {"nb": "Kollegastøtte", "en": "Peer support"}
    assert (code.parent, code.valence, code.codable) == ("org", Valence.BARRIER, True)
    assert say(capsys, "code", demo, "p01-jobbsoker", made[1], "--sentence", 12, "--valence", "both").code == 2


def test_an_edit_tells_how_many_codings_it_touches(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_project(demo) as project:
        touched = [
            coding
            for document in documents.all(project)
            for coding in codings.of_document(project, document.id)
            if coding.code == "org.colocation"
        ]
    said = good(capsys, "codes", "merge", demo, "org.colocation", "org.referral", "--dry-run")
    interviews, coders = {coding.document_id for coding in touched}, {coding.coder for coding in touched}
    assert f"{len(touched)} codings in {len(interviews)} interviews by {len(coders)} coders" in said
    assert len(touched) > 10


def test_merged_codings_get_the_other_code(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = count(demo, "org.colocation"), count(demo, "org.referral")
    said = good(capsys, "codes", "merge", demo, "org.colocation", "org.referral")
    united = re.search(r"(\d+) falls? on one|(\d+) fall on one", said)
    becoming_one = int(united[1] or united[2]) if united else 0
    assert count(demo, "org.colocation") == 0
    assert count(demo, "org.referral") == one + other - becoming_one
    assert say(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 9).code == 2


def test_a_changed_meaning_fills_the_queue_and_confirming_empties_it(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert queue(capsys, demo) == []
    good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 9)
    number = count(demo, "org.colocation")
    good(capsys, "codes", "change", demo, "org.colocation", "--definition", "Noe helt annet.", "--in", "nb")
    waiting = queue(capsys, demo)
    assert len(waiting) == number
    assert {row["code"] for row in waiting} == {"org.colocation"}
    assert [row["coder"] for row in queue(capsys, demo, "--mine")] == ["Kari"]
    options = [part for row in waiting[:-1] for part in ("--confirm", row["coding"])]
    assert f"{number - 1} codings confirmed" in good(capsys, "codes", "queue", demo, *options)
    assert [row["coding"] for row in queue(capsys, demo)] == [waiting[-1]["coding"]]
    good(capsys, "undo", demo)
    assert len(queue(capsys, demo)) == number


def test_a_new_label_alone_asks_nobody_to_look_again(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = good(capsys, "codes", "change", demo, "org.colocation", "--label", "Naboskap", "--in", "nb")
    assert "queue" not in said
    assert queue(capsys, demo) == []
    again = good(capsys, "codes", "change", demo, "org.colocation", "--label", "Naboskap", "--in", "nb")
    assert "nothing was changed" in again


def test_codings_of_a_split_code_wait_until_they_are_recoded(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = good(capsys, "code", demo, "p01-jobbsoker", "org.colocation", "--sentence", 9)
    mine = re.search(r"coding (\w+)", made)
    assert mine is not None
    good(capsys, "codes", "split", demo, "org.colocation", "Samme gang", "Samme hus", "--in", "nb")
    waiting = queue(capsys, demo)
    assert len(waiting) == count(demo, "org.colocation")
    choices = waiting[0]["choices"].split(", ")
    assert choices == ["org.samme-gang", "org.samme-hus"]
    good(capsys, "recode", demo, mine[1], "--code", choices[0])
    assert len(queue(capsys, demo)) == len(waiting) - 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("add", " "),
        ("add", "Ny", "--id", "Org Ny"),
        ("add", "Ny", "--id", "org.colocation"),
        ("add", "Ny", "--parent", "finst.ikkje"),
        ("change", "org.colocation"),
        ("change", "org.kolokasjon", "--label", "Ny"),
        ("move", "org.colocation"),
        ("move", "org", "org.colocation"),
        ("move", "org.colocation", "per", "--top"),
        ("merge", "org.colocation", "org.colocation"),
        ("merge", "org.colocation", "org"),
        ("split", "org.colocation", "Bare en"),
        ("queue", "--confirm", "ffffffff"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line_and_changes_nothing(
    wrong: tuple[str, ...], demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *arguments = wrong
    before = held(demo)
    said = say(capsys, "codes", name, demo, *arguments, "--lang", "en")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "fault in ipscoding" not in said.err
    assert held(demo) == before
