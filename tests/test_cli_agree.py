"""The commands agree and adjudicate: a report that can be followed, files, decisions from a script."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from ipscoding.domain import CONSENSUS
from tests.cli_example import good, held, say


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_report_says_how_it_was_counted(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = good(capsys, "agree", demo)
    for said in (
        "All codes together",
        "Mean over codes",
        "Coded at all",
        "Unit: the sentence",
        "Coders: A, B.",
        "12 interviews that they marked as done.",
        "Krippendorff's alpha",
        "at least 90% of all that they cover",
        "1000 draws of the interviews",
    ):
        assert said in text


def test_every_measure_in_every_unit_comes_as_a_table_of_numbers(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for unit in ("sentence", "turn", "character"):
        rows = table(
            good(capsys, "agree", demo, "--unit", unit, "--measure", "all", "--format", "csv", "--bootstrap", 0)
        )
        pooled = rows[0]
        assert pooled["level"] == "pooled"
        for name in ("percent", "alpha", "ac1", "cohen", "scott", "fleiss", "u_alpha", "match", "direction"):
            assert 0 < float(pooled[name]) <= 1
        assert 0 < float(rows[2]["cu_alpha"]) <= 1
        assert (rows[0]["ku_alpha"], rows[2]["ku_alpha"]) == ("", "")


def test_it_is_written_as_excel_and_json_too(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert say(capsys, "agree", demo, "--by", "domain", "-o", tmp_path / "a.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert {"level", "domain", "units", "coded_A", "alpha", "alpha_low", "alpha_high"} <= set(names)
    assert isinstance(sheet.cell(2, names.index("alpha") + 1).value, float)
    told = json.loads(good(capsys, "agree", demo, "--format", "json", "--code", "org.*", "--bootstrap", 0))
    assert {row["code"].split(".")[0] for row in told["rows"][3:]} == {"org"}
    assert {column["kind"] for column in told["columns"] if column["name"] == "alpha"} == {"coefficient"}


def test_the_terminal_shows_an_interval_beside_its_value(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("agree", demo, "--by", "domain", "--measure", "alpha", "--bootstrap", 50)
    first = good(capsys, *options).splitlines()[2]
    assert first.startswith("pooled")
    assert "[0." in first
    assert ", 0." in first
    assert "; 0," in good(capsys, *options, "--lang", "nb").splitlines()[2]


def test_the_rule_of_overlap_is_a_choice(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shares = []
    for overlap in ("90", "50%", "any"):
        rows = table(
            good(
                capsys,
                *("agree", demo, "--measure", "match", "--overlap", overlap),
                *("--format", "csv", "--bootstrap", 0),
            )
        )
        shares.append(float(rows[0]["match"]))
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--measure", "kappa"), "No such measure: kappa"),
        (("--overlap", "120"), "120: give a percentage from 1 to 100, or any"),
        (("--unit", "word"), "word"),
        (("--coders", "A"), "at least two coders: A"),
        (("--coders", "A,Nobody"), "No such coder: Nobody"),
        (("--document", "nowhere"), "No such document: nowhere"),
        (("--code", "no.such"), "No such code: no.such"),
        (("--bootstrap", "-1"), "-1"),
    ],
)
def test_wrong_use_is_one_line(
    demo: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    answer = say(capsys, "agree", demo, *options)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1


def test_disagreements_are_listed_for_people_and_for_programs(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = table(good(capsys, "agree", demo, "--disagreements", "--format", "csv"))
    assert {"id", "document", "turn", "text", "code", "coded_A", "coded_B", "memo_A", "state"} <= set(rows[0])
    assert {row["state"] for row in rows} == {"open"}
    assert {row["differs_in"] for row in rows} == {"code", "valence"}
    text = good(capsys, "agree", demo, "--disagreements")
    assert rows[0]["id"][:8] in text
    assert f"They differ on {len(rows)} passages; {len(rows)} undecided." in text


def test_a_script_adjudicates_from_end_to_end(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _before, acts = held(demo)
    said = good(capsys, "adjudicate", demo, "--take-over", "--dry-run")
    assert held(demo)[1] == acts
    assert said.replace("would be ", "") == good(capsys, "adjudicate", demo, "--take-over")
    assert good(capsys, "adjudicate", demo, "--take-over").startswith("0 codings taken over")
    rows = table(good(capsys, "adjudicate", demo, "--format", "csv"))
    first, second, third, *rest = [row["id"] for row in rows]
    left = len(rows)
    assert good(capsys, "adjudicate", demo, first[:10], "--side", "A", "--reason", "clearer", "--coder", "Lise") == (
        f"1 disagreement decided; {left - 1} undecided.\n"
    )
    good(capsys, "adjudicate", demo, second, third, "--outcome", "neither")
    decided = [row for row in table(good(capsys, "adjudicate", demo, "--all", "--format", "csv")) if row["outcome"]]
    assert [(row["id"], row["outcome"], row["side"], row["reason"], row["decided_by"]) for row in decided[:1]] == [
        (first, "one", "A", "clearer", "Lise")
    ]
    assert "A (Lise): clearer" in good(capsys, "adjudicate", demo, "--all")
    assert good(capsys, "adjudicate", demo, second, "--reopen") == "1 decision taken back.\n"
    answer = say(capsys, "adjudicate", demo, "--agreement")
    assert answer.code == 2 or "before" in answer.out
    good(capsys, "adjudicate", demo, second, *rest, "--outcome", "both")
    assert good(capsys, "adjudicate", demo, "--format", "csv").count("\n") == 1
    after = table(good(capsys, "adjudicate", demo, "--agreement", "--format", "csv"))
    assert [(row["when"], row["first"], row["second"]) for row in after] == [
        ("before", "A", "B"),
        ("after", "A", CONSENSUS),
        ("after", "B", CONSENSUS),
    ]
    assert min(float(row["alpha"]) for row in after[1:]) > float(after[0]["alpha"])
    assert "The consensus layer is counted" in good(capsys, "freq", demo)
    consensus = table(good(capsys, "excerpts", demo, "--coders", CONSENSUS, "--format", "csv"))
    assert {row["origin"] for row in consensus} == {"agreed", "adjudicated"}
    good(capsys, "doctor", demo)


def test_something_else_can_be_decided_and_the_reason_become_a_rule(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = table(good(capsys, "adjudicate", demo, "--format", "csv"))[0]
    start, end = int(row["start"]), int(row["end"]) - 1
    good(
        capsys,
        *("adjudicate", demo, row["id"], "--outcome", "other", "--code", "gen.other", "--valence", "none"),
        *("--start", start, "--end", end, "--reason", "Not this", "--rule", "exclude"),
    )
    made = table(good(capsys, "excerpts", demo, "--coders", CONSENSUS, "--format", "csv"))
    assert [(one["code"], one["valence"], one["start"], one["memo"]) for one in made] == [
        ("gen.other", "none", str(start), "Not this")
    ]
    state, _acts = held(demo)
    assert any("Not this" in str(code.get("exclude_when.en")) for code in state["code"].values())
    good(capsys, "undo", demo)
    assert held(demo)[0]["adjudication"] == {}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("abc",), "Say what holds"),
        (("--side", "A"), "Name the disagreements"),
        (("zzz", "--side", "A"), "There is no single disagreement zzz"),
        (("--take-over", "--agreement"), "one thing at a time"),
        (("--agreement",), "not complete"),
        (("--take-over", "--coders", "A,consensus"), "No such coder: consensus"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(
    demo: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    before = held(demo)
    answer = say(capsys, "adjudicate", demo, *options)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert held(demo) == before


def test_interviews_and_codes_can_be_asked_for_and_codings_not(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = good(capsys, "agree", built_demo, "-q", "role:patient code:org", "--bootstrap", "0", "--format", "csv")
    options = ("--role", "patient", "--code", "org", "--bootstrap", "0", "--format", "csv")
    assert asked == good(capsys, "agree", built_demo, *options)
    both = good(
        capsys, "agree", built_demo, "-q", "role:patient", "--code", "org", "--bootstrap", "0", "--format", "csv"
    )
    assert both == asked
    said = say(capsys, "agree", built_demo, "-q", "role:patient valence:barrier")
    assert (said.code, said.out) == (2, "")
    assert "             ^^^^^^^^^^^^^^^" in said.err
