"""The Python API gives the very rows that the commands write."""

import json
from pathlib import Path
from typing import Any

import pytest

import ipscoding
from ipscoding.errors import NotFound, ProjectProblem
from tests.cli_example import good, held


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(good(capsys, *arguments, "--format", "json"))["rows"]
    return found


@pytest.mark.parametrize(
    ("options", "call"),
    [
        ((), {}),
        (("--by", "role,valence", "--coders", "A"), {"by": ["role", "valence"], "coders": ["A"]}),
        (("--by", "domain", "--pooled", "--units", "segments,words"),
         {"by": ["domain"], "pooled": True, "units": ["segments", "words"]}),
        (("--code", "org.*", "--role", "patient"), {"codes": ["org.*"], "roles": ["patient"]}),
        (("--by", "site", "--min-cell", 3), {"by": ["site"], "min_cell": 3}),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_frequencies_are_those_of_the_command(built_demo, options, call, capsys) -> None:
    with ipscoding.open(built_demo) as study:
        assert study.freq(**call) == rows(capsys, "freq", built_demo, *options)


def test_tables_of_two_things_are_those_of_the_commands(built_demo, capsys) -> None:
    with ipscoding.open(built_demo) as study:
        asked = ("--unit", "segments", "--coders", "A", "-q", "code:org", "--min-cell", 2)
        crossed = study.crosstab("code", "role", unit="segments", coders=["A"], where="code:org", min_cell=2)
        assert crossed == rows(capsys, "crosstab", built_demo, "code", "role", *asked)
        near = study.cooccur("turn", pooled=True, where="role:patient")
        assert near == rows(capsys, "cooccur", built_demo, "--within", "turn", "--pooled", "-q", "role:patient")
        counted = study.freq(["code"], where="near:per.hope within:2 site:S01", coders=["B"])
        assert counted == rows(capsys, "freq", built_demo, "-q", "near:per.hope within:2 site:S01", "--coders", "B")


@pytest.mark.parametrize(
    ("options", "call"),
    [
        ((), {}),
        (("--code", "org.*", "--valence", "barrier"), {"codes": ["org.*"], "valences": ["barrier"]}),
        (("--coder", "B", "--document", "n01-nav"), {"coders": ["B"], "documents": ["n01-nav"]}),
        (("--where", "site=S01"), {"attributes": {"site": ["S01"]}}),
        (("--domain", "emp", "--lang", "nb"), {"domains": ["emp"], "language": "nb"}),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_excerpts_are_those_of_the_command(built_demo, options, call, capsys) -> None:
    with ipscoding.open(built_demo) as study:
        assert study.excerpts(**call) == rows(capsys, "excerpts", built_demo, *options)


def test_people_and_interviews(built_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ipscoding.open(str(built_demo)) as study:
        people = rows(capsys, "informants", built_demo)
        assert [
            {name: person.get(name, "") for name in shown}
            for person, shown in zip(study.informants(), people, strict=True)
        ] == people
        listed = [(row["document"], row["words"]) for row in rows(capsys, "documents", built_demo)]
        assert [(document["name"], document["words"]) for document in study.documents()] == listed
        assert study.name.startswith("Example")


def test_the_codebook_and_a_transcript_can_be_worked_with(built_demo: Path) -> None:
    with ipscoding.open(built_demo) as study:
        assert study.codebook.by_id["org.colocation"].name("en").startswith("Co-location")
        transcript = study.transcript("p01-jobbsoker")
        one = study.excerpts(documents=["p01-jobbsoker"])[0]
        assert transcript.text[one["start"] : one["end"]] == one["text"]
        assert sum(turn.interviewer for turn in transcript.turns) > 0


def test_agreement_and_disagreements_are_rows_as_the_commands_write_them(built_demo: Path) -> None:
    with ipscoding.open(built_demo) as study:
        rows = study.agree(unit="turn", measures=["alpha"], bootstrap=0)
        assert [row["level"] for row in rows[:3]] == ["pooled", "mean", "any"]
        assert 0 < rows[0]["alpha"] < 1
        assert {row["state"] for row in study.disagreements()} == {"open"}


def test_a_matrix_is_rows_with_a_column_for_each_code(built_demo: Path) -> None:
    with ipscoding.open(built_demo) as study:
        rows = study.matrix("informant", coders=["A"], codes=["org.*"])
        figures = study.freq(by=["informant", "code"], coders=["A"], codes=["org.*"])
    assert {row["informant"]: row["org_colocation"] for row in rows} == {
        row["informant"]: row["segments"] for row in figures if row["code"] == "org.colocation"
    }


def test_what_does_not_exist_is_told_in_the_words_of_the_program(built_demo: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectProblem, match="no such project"):
        ipscoding.open(tmp_path / "borte.ipscoding")
    with ipscoding.open(built_demo) as study:
        with pytest.raises(NotFound, match="rolle"):
            study.freq(by=["rolle"])
        with pytest.raises(NotFound, match="Near it: p01-jobbsoker"):
            study.transcript("p01")


def test_reading_changes_nothing(demo: Path) -> None:
    before = held(demo)
    with ipscoding.open(demo) as study:
        study.freq()
        study.agree(bootstrap=0)
        study.disagreements()
        study.excerpts()
        study.documents()
        study.informants()
    assert held(demo) == before
    assert [path.name for path in demo.parent.iterdir()] == ["demo.ipscoding"]
