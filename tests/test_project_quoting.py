"""Marks for quoting: kept in the history, undone, merged; quotes follow them."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ipscoding.analysis.quotes import distinct, per_code
from ipscoding.cli.commands import root
from ipscoding.domain import Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.project import Project, check, codings, documents, excerpts, journal, open_project, quoting, settings
from ipscoding.project.merging.merge import merge
from tests.tui_example import make, passage

WORDS = (
    ("p01", "hun sa at de hadde en som satt rett over gangen", "org.colocation", Valence.FACILITATOR),
    ("p01", "Men så måtte jo NAV godkjenne, og det tok tre måneder", "nav.waiting", Valence.BARRIER),
    ("p01", "i den tida ble jeg ganske usikker", "nav.waiting", Valence.NONE),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make(tmp_path) as project:
        for name, words, code, valence in WORDS:
            place = documents.find(project, name).id
            span = passage(documents.transcript(project, place), words)
            codings.add(project, place, span, code, valence)
        return project.path


def made(project: Project, code: str = "nav.waiting") -> list[str]:
    return [row.coding_id for row in excerpts.rows(project) if row.code == code]


def test_a_mark_is_an_act_that_can_be_undone(path: Path) -> None:
    with open_project(path, coder="Kari") as project:
        first, second = made(project)
        assert quoting.mark(project, [first], "yes") == 1
        assert quoting.mark(project, [first], "yes") == 0
        assert quoting.mark(project, [first, second], "no") == 2
        assert quoting.marks(project) == {first: "no", second: "no"}
        assert [entry.text for entry in journal.history(project, limit=2)] == [
            "2 codings marked for quoting",
            "worth quoting: Waiting and decisions, turn 4",
        ]
        journal.undo(project)
        assert quoting.marks(project) == {first: "yes"}
        quoting.mark(project, [first], "auto")
        assert quoting.marks(project) == {}
        assert not any(one.found for one in check.check(project))


def test_anybody_may_mark_but_not_what_blind_coding_hides(path: Path) -> None:
    with open_project(path, coder="Per") as project:
        first = made(project)[0]
        assert quoting.mark(project, [first], "no") == 1
        settings.set(project, "blind", True)
    with open_project(path, coder="Ola") as project, pytest.raises(NotFound, match="blind"):
        quoting.mark(project, [first], "auto")


def test_what_is_no_choice_or_no_coding_is_refused(path: Path) -> None:
    with open_project(path) as project:
        with pytest.raises(NotAllowed, match="yes, no, auto"):
            quoting.mark(project, made(project), "perhaps")
        with pytest.raises(NotFound):
            quoting.mark(project, ["nothing"], "yes")
        assert quoting.marks(project) == {}


def test_marks_meet_when_copies_are_merged(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "copy.ipscoding"
    shutil.copy(path, other)
    with open_project(path, coder="Kari") as project, open_project(other, coder="Per") as copy:
        first, second = made(project)
        quoting.mark(project, [first], "yes")
        quoting.mark(copy, [second], "no")
        copy.close()
        merge(project, [other])
        assert quoting.marks(project) == {first: "yes", second: "no"}


def test_marked_ones_are_quoted_first_and_others_never(path: Path) -> None:
    with open_project(path) as project:
        rows = [row for row in excerpts.rows(project) if row.code == "nav.waiting"]
    chosen = per_code(rows, 1)[0]
    other = next(row for row in rows if row is not chosen)
    assert per_code(rows, 1, [other.coding_id]) == [other]
    assert distinct(rows, {chosen.coding_id: "no"}) == [other]
    twice = [chosen, chosen._replace(coding_id="b", coder="B")]
    assert distinct(twice, {"b": "yes"}) == [twice[1]]
    assert distinct(twice, {"b": "no"}) == []


def test_the_command_marks(path: Path) -> None:
    with open_project(path) as project:
        first = made(project)[0]
    done = CliRunner().invoke(root(), ["quote", str(path), first, "yes", "--coder", "Kari"])
    assert done.exit_code == 0, done.output
    with open_project(path) as project:
        assert quoting.marks(project) == {first: "yes"}
