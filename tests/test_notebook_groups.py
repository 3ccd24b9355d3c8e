"""What groups say, saturation, fidelity and comparing: the Python API gives the very rows that the commands write."""

import json
from pathlib import Path
from typing import Any

import pytest

import ipscoding
from ipscoding.codebook.fidelity import scale
from ipscoding.project import fidelity, open_project
from ipscoding.project.fidelity import Assessment
from tests.cli_example import held, say


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    said = say(capsys, *arguments, "--format", "json")
    assert said.code in (0, 1), said
    found: list[dict[str, Any]] = json.loads(said.out)["rows"]
    return found


@pytest.mark.parametrize(
    ("command", "options", "call"),
    [
        ("saturation", (), {}),
        ("saturation", ("--show", "curve", "--by", "role,valence", "--order", "name", "--where", "code:org.*"),
         {"part": "curve", "by": ["role", "valence"], "order": "name", "where": "code:org.*"}),
        ("saturation", ("--base", "3", "--run", "1", "--seed", "7", "--orders", "50", "--pooled"),
         {"bases": [3], "runs": [1], "seed": 7, "orders": 50, "pooled": True}),
        ("triangulate", (), {}),
        ("triangulate", ("--by", "site", "--rows", "domain", "--sort", "agreement", "--min-cell", "2"),
         {"by": ["site"], "rows": "domain", "sort": "agreement", "min_cell": 2}),
        ("triangulate", ("--valence", "barrier", "--at-least", "patient=75%", "--at-most", "clinician=0",
          "--quotes", "1"),
         {"side": "barrier", "at_least": {"patient": "75%"}, "at_most": {"clinician": 0}, "quotes": 1}),
        ("triangulate", ("--split-date", "2026-04-01", "--long", "--coders", "B"),
         {"split_date": "2026-04-01", "long": True, "coders": ["B"]}),
        ("fidelity", ("--pooled", "--site", "S01"), {"pooled": True, "sites": ["S01"]}),
        ("fidelity", ("--totals",), {"totals": True}),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_rows_are_those_of_the_command(
    demo: Path, command: str, options: tuple[str, ...], call: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(demo) as project:
        fidelity.record(project, [Assessment("S01", "2026", {item.id: 3 for item in scale().items})])
    before = held(demo)
    with ipscoding.open(demo) as study:
        assert getattr(study, command)(**call) == rows(capsys, command, demo, *options)
    assert held(demo) == before
    assert [path.name for path in demo.parent.iterdir()] == ["demo.ipscoding"]


def test_a_project_is_compared_with_its_past_and_with_another(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "empty.ipscoding"
    say(capsys, "new", other)
    with ipscoding.open(demo) as study:
        assert study.compare(other=other, by=["site"]) == rows(capsys, "compare", other, demo, "--by", "site")
        assert study.compare(at="2099-01-01") == rows(capsys, "compare", demo, "--at", "2099-01-01") == []
