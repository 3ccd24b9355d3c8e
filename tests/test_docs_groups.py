"""Every command and every piece of Python in the pages on saturation, triangulation, fidelity and comparing works."""

import re
import shlex
from pathlib import Path

import pytest

import ipscoding
from ipscoding.codebook.fidelity import scale
from ipscoding.project import fidelity, open_project
from ipscoding.project.fidelity import Assessment
from tests.cli_example import say

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("saturation", "triangulation", "fidelity", "compare")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / f"{page}.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def desk(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages speak of."""
    demo.rename(tmp_path / "study.ipscoding")
    (tmp_path / "copy.ipscoding").write_bytes((tmp_path / "study.ipscoding").read_bytes())
    (tmp_path / "periods.csv").write_text(blocks("triangulation", "csv")[0], encoding="utf-8")
    (tmp_path / "S01.yaml").write_text(blocks("fidelity", "yaml")[0], encoding="utf-8")
    (tmp_path / "S02.csv").write_text(blocks("fidelity", "csv")[0], encoding="utf-8")
    with open_project(tmp_path / "study.ipscoding") as project:
        fidelity.record(project, [Assessment("S04", "2026-01-01", {item.id: 4 for item in scale().items})])
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_the_pages_do_what_they_are_told(page: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for block in blocks(page, "sh") for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    assert lines
    for line in lines:
        name, *arguments = shlex.split(line)
        assert name == "ipscoding"
        # the example project was made today, so that there is no past of it to compare with
        arguments = [re.sub(r"2026-1[01]-01$", "2099-01-01", argument) for argument in arguments]
        said = say(capsys, *arguments)
        assert said.code in (0, 1), (line, said)


@pytest.mark.parametrize("page", PAGES)
def test_python_in_the_pages_runs(page: str, desk: Path) -> None:
    for block in blocks(page, "python"):
        names: dict[str, object] = {}
        exec(block.replace("2026-11-01", "2099-01-01"), names)
        assert names["rows"] or page == "compare"


def test_the_question_of_the_guide_has_the_answer_that_the_guide_tells(desk: Path) -> None:
    page = (DOCS / "triangulation.md").read_text(encoding="utf-8")
    with ipscoding.open("study.ipscoding") as study:
        rows = study.triangulate(
            coders=["A"], side="facilitator", more_than={"patient": "1/2"}, less_than={"clinician": "1/4"}, quotes=2
        )
    told = page.split("this gives four of 60 codes (")[1].split("),")[0]
    assert {row["code_label"].lower() for row in rows} == set(re.split(r", ", " ".join(told.split()).lower()))
    assert sum(bool(row[f"quote_{number}"]) for row in rows for number in (1, 2)) == 8
