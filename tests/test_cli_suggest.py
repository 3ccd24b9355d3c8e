"""Suggestions and their evaluation from the command line, on a small codebook so that learning is quick."""

import json
from pathlib import Path
from typing import Any

import pytest

from ipscoding.project import codings, decisions, documents, open_project
from tests.cli_example import good, held, say

CODES = {
    "med.dose": ("Medisiner", "Medisin, dosering og bivirkninger av tabletter.", "Jeg tok tabletter og ble trøtt."),
    "bol.hus": ("Bolig", "Bolig, leilighet, husleie og flytting.", "Leiligheten var kald og husleia for dyr."),
    "arb.lønn": ("Lønn", "Lønn, timelønn og penger fra arbeid.", "Jeg fikk endelig lønn inn på kontoen."),
    "fam.barn": ("Barn", "Barn, foreldre og familien hjemme.", "Ungene mine er glade når jeg er på jobb."),
}  # fmt: skip
TALK = """---
id: P01
role: patient
language: nb
---
I: Hvordan har det vært med tabletter og medisin?
P: Medisinen gjorde meg trøtt, jeg måtte ned i dose på de tablettene. Det var en tirsdag.
I: Og hjemme?
P: Leiligheten min er dyr, husleia tar alt. Ungene og familien bor hos mora deres.
I: Fikk du lønn?
P: Ja, lønna kom på kontoen, og timelønn er penger jeg har tjent.
"""


def codebook() -> str:
    lines = ["codebook:", "  id: liten", '  title: {nb: "Liten"}', "domains:"]
    lines += [f'  - id: {top}\n    label: {{nb: "{top}"}}' for top in dict.fromkeys(code[:3] for code in CODES)]
    lines.append("codes:")
    for code, (label, definition, example) in CODES.items():
        lines += [
            f"  - id: {code}", f"    parent: {code[:3]}", f'    label: {{nb: "{label}"}}',
            f'    definition: {{nb: "{definition}"}}', f'    example: {{nb: {{barrier: "{example}"}}}}',
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with a small codebook of its own and one interview."""
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "hjem"))
    monkeypatch.setenv("IPSCODING_CODER", "Kari")
    (tmp_path / "bok.yaml").write_text(codebook(), encoding="utf-8")
    (tmp_path / "p01.txt").write_text(TALK, encoding="utf-8")
    good(capsys, "new", tmp_path / "studie", "--codebook", tmp_path / "bok.yaml")
    good(capsys, "import", tmp_path / "studie.ipscoding", tmp_path / "p01.txt")
    return tmp_path / "studie.ipscoding"


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(good(capsys, "suggest", *arguments, "--format", "json"))["rows"]
    return found


def test_sentences_get_the_code_that_speaks_of_them(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(study)
    found = rows(capsys, study, "--threshold", 0, "--per-sentence", 2)
    best = {row["text"].split()[0]: row["code"] for row in sorted(found, key=lambda row: float(row["score"]))}
    assert best["Medisinen"] == "med.dose"
    assert best["Leiligheten"] == "bol.hus"
    assert best["Ungene"] == "fam.barn"
    assert best["Ja,"] == "arb.lønn"
    assert held(study) == before, "a suggestion is no coding until a person accepts it"


def test_only_what_informants_said_is_suggested_in_order_and_where_it_stands(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(capsys, study, "p01", "--threshold", 0, "--per-sentence", 2)
    assert not [row for row in found if row["text"].endswith("?")]
    assert [row["start"] for row in found] == sorted(row["start"] for row in found)
    body = TALK.split("---\n", 2)[2].strip()
    for row in found:
        assert body[row["start"] : row["end"]] == row["text"]
        assert 0 <= row["score"] <= 1


def test_reasons_are_words_of_the_sentence_and_rules_of_the_codebook(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(capsys, study, "--threshold", 0, "--reasons")
    row = next(row for row in found if row["code"] == "bol.hus")
    assert any(word in row["words"].lower() for word in ("leilighet", "husleia"))
    assert row["rule"] in ("label", "definition", "example", "use when")
    assert "phrases" in row


def test_a_higher_threshold_gives_some_of_the_same(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    everything = rows(capsys, study, "--threshold", 0)
    chosen = rows(capsys, study, "--threshold", 0.5)
    assert [row for row in everything if row["score"] >= 0.5] == chosen


def test_what_i_have_coded_is_suggested_no_more(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = rows(capsys, study, "--threshold", 0)
    one = first[0]
    good(capsys, "code", study, "p01", one["code"], "--start", one["start"], "--end", one["end"])
    left = rows(capsys, study, "--threshold", 0)
    assert (one["start"], one["code"]) not in {(row["start"], row["code"]) for row in left}
    assert len(rows(capsys, study, "--threshold", 0, "--coder", "Ola")) == len(first)


def test_blind_mode_hides_everything_until_the_document_is_done(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "settings", study, "blind", "true")
    assert rows(capsys, study, "--threshold", 0) == []
    good(capsys, "status", study, "p01", "done")
    assert rows(capsys, study, "--threshold", 0)
    assert rows(capsys, study, "--threshold", 0, "--coder", "Ola") == []


def test_suggest_list_is_suggest(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rows(capsys, "list", study, "--threshold", 0) == rows(capsys, study, "--threshold", 0)


def test_the_engine_is_scored_on_what_people_coded(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There are no codings to score against." in good(capsys, "suggest", "evaluate", study)
    for quote, code in (("Leiligheten min er dyr, husleia tar alt.", "bol.hus"), ("Det var en tirsdag.", "fam.barn")):
        good(capsys, "code", study, "p01", code, "--quote", quote)
    scores = {(row["unit"], row["by"], row["value"]): row for row in rows(capsys, "evaluate", study)}
    (whole,) = [row for (unit, by, _value), row in scores.items() if (unit, by) == ("passage", "all")]
    assert whole["n"] == 2
    assert scores["passage", "code", "bol.hus"]["hit1"] == 1
    assert whole["hit1"] >= 0.5
    assert whole["hit1"] <= whole["hit3"] <= whole["hit5"]
    assert scores["passage", "role", "patient"]["n"] == 2
    good(capsys, "code", study, "p01", "med.dose", "--quote", "timelønn er penger", "--coder", "Ola")
    (only,) = [row for row in rows(capsys, "evaluate", study, "--coders", "Ola") if row["by"] == "all"][:1]
    assert only["n"] == 1


def test_what_was_learnt_is_kept_in_the_folder_named_and_holds_no_transcript(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = good(capsys, "suggest", study, "--threshold", 0, "--format", "csv")
    kept = [path for path in (tmp_path / "hjem").rglob("*") if path.is_file()]
    assert len(kept) == 1
    stamp = kept[0].read_bytes()
    assert b"tirsdag" not in stamp
    assert good(capsys, "suggest", study, "--threshold", 0, "--format", "csv") == first
    assert kept[0].read_bytes() == stamp


def test_a_project_without_codes_has_nothing_to_suggest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / "hjem"))
    (tmp_path / "p01.txt").write_text(TALK, encoding="utf-8")
    good(capsys, "new", tmp_path / "tom", "--no-codebook")
    good(capsys, "import", tmp_path / "tom.ipscoding", tmp_path / "p01.txt")
    said = say(capsys, "suggest", tmp_path / "tom.ipscoding")
    assert (said.code, said.err) == (0, "")
    assert "Nothing to suggest." in said.out


def test_an_accepted_suggestion_is_a_coding_with_its_origin(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = rows(capsys, study, "p01")[0]
    sentence = first["sentence"]
    good(capsys, "suggest", "accept", study, "p01", "--sentence", sentence, "--code", first["code"])
    with open_project(study) as project:
        [document] = documents.all(project)
        [coding] = codings.of_document(project, document.id)
        [decision] = decisions.of_document(project, document.id)
    assert (coding.code, str(coding.valence), coding.origin) == (first["code"], first["valence"], "suggestion")
    assert (coding.span.start, coding.span.end) == (first["start"], first["end"])
    assert (decision.code, decision.decision, decision.coder) == (first["code"], "accepted", "Kari")
    assert (first["sentence"], first["code"]) not in {(r["sentence"], r["code"]) for r in rows(capsys, study, "p01")}
    good(capsys, "undo", study)
    assert rows(capsys, study, "p01")[0] == first


def test_another_code_and_valence_instead_are_kept_as_a_change(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = rows(capsys, study, "p01")[0]
    other = next(code for code in CODES if code != first["code"])
    options = ("--sentence", first["sentence"], "--as", other, "--valence", "both")
    good(capsys, "suggest", "accept", study, "p01", *options)
    with open_project(study) as project:
        [document] = documents.all(project)
        [coding] = codings.of_document(project, document.id)
        [decision] = decisions.of_document(project, document.id)
    assert (coding.code, str(coding.valence)) == (other, "both")
    assert (decision.code, decision.decision) == (first["code"], "changed")


def test_a_rejected_suggestion_does_not_come_back(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rows(capsys, study, "p01", "--per-sentence", 4, "--threshold", 0)
    first = before[0]
    good(capsys, "suggest", "reject", study, "p01", "--sentence", first["sentence"], "--code", first["code"])
    after = rows(capsys, study, "p01", "--per-sentence", 4, "--threshold", 0)
    # The engine learns from it, so that scores elsewhere move a little; what is suggested where does not.
    places = [sorted((row["sentence"], row["code"]) for row in found) for found in (before, after)]
    assert places[1] == [place for place in places[0] if place != (first["sentence"], first["code"])]
    again = say(capsys, "suggest", "reject", study, "p01", "--sentence", first["sentence"], "--code", first["code"])
    assert (again.code, again.out) == (2, "")


def test_nothing_is_decided_on_what_a_blind_coder_may_not_see(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = rows(capsys, study, "p01")[0]
    good(capsys, "settings", study, "blind", "true")
    before = held(study)
    said = say(capsys, "suggest", "accept", study, "p01", "--sentence", first["sentence"])
    assert (said.code, said.out) == (2, "")
    assert "blind" in said.err
    assert held(study) == before
