"""`ipscoding demo`: a whole example project, and next steps that can be typed as they stand."""

import shlex
from pathlib import Path

import pytest

from ipscoding.cli import demo as making
from ipscoding.project import codings, documents, open_project
from tests.cli_example import contents, good, held, process, say


def test_it_builds_the_project_and_shows_figures_and_what_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = good(capsys, "demo", tmp_path / "øving", "--coder", "Kari")
    path = tmp_path / "øving" / "demo.ipscoding"
    assert [child.name for child in path.parent.iterdir()] == ["demo.ipscoding"]
    assert "Organisation and anchoring" in out
    assert "Try next:" in out
    with open_project(path) as project:
        assert len(documents.all(project)) == 12
        assert set(documents.statuses(project).values()) == {"done"}
        assert sum(codings.counts(project).values()) > 1000


def test_it_builds_in_the_current_folder_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    good(capsys, "demo")
    assert (tmp_path / "ipscoding-demo" / "demo.ipscoding").is_file()


def test_what_it_says_to_try_can_be_typed(demo: Path, tmp_path: Path) -> None:
    said = process("demo", tmp_path, "--no-open")
    lines = [line for line in said.out.partition("Try next:")[2].splitlines() if line.strip()]
    tried = 0
    for line in lines:
        name, *arguments = shlex.split(line, comments=True)
        assert Path(name).name == "ipscoding"
        if arguments[0] in ("freq", "excerpts", "history"):
            done = process(*arguments, cwd=tmp_path)
            assert done.code == 0, done
            tried += 1
        assert str(demo) in arguments
    assert tried >= 3
    assert (tmp_path / "excerpts.csv").stat().st_size > 1000


def test_a_project_that_is_there_is_opened_as_it_is(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "status", demo, "p01-jobbsoker", "coding", "--coder", "A")
    before = held(demo)
    said = say(capsys, "demo", tmp_path)
    assert said.code == 0
    assert "is there already" in said.err
    assert "Segments" in said.out
    assert held(demo) == before


def test_the_example_is_no_act_that_could_be_undone(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(demo)
    for coder in ("Kari", "A", "B"):
        assert "nothing (more)" in good(capsys, "undo", demo, "--coder", coder)
    assert held(demo) == before


def test_nothing_is_left_behind_where_it_cannot_be_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(codings, "add_many", stop)
    assert say(capsys, "demo", tmp_path / "d").code == 130
    assert contents(tmp_path) == {}
    assert list((tmp_path / "d").iterdir()) == []


def test_two_builds_hold_the_same(built_demo: Path, tmp_path: Path) -> None:
    making.build(tmp_path / "en.ipscoding", "Kari")
    told = []
    for path in (built_demo, tmp_path / "en.ipscoding"):
        with open_project(path) as project:
            told.append(
                sorted(
                    (document.name, coding.span, coding.code, coding.coder, coding.valence)
                    for document in documents.all(project)
                    for coding in codings.of_document(project, document.id)
                )
            )
    assert told[0] == told[1]
