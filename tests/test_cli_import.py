"""The command import promises: look first, correct what was found, one table of what happened, nothing half done."""

import csv
import io
from pathlib import Path

import pytest

from ipscoding.project import documents, excerpts, memos, open_project
from tests.cli_example import good, held, process, say

SAMPLES = Path(__file__).parent / "samples"
TIMED = ("teams.vtt", "zoom.vtt", "whisper.srt", "whisperx.json", "otranscribe.otr")


@pytest.fixture
def study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "studie.ipscoding"
    good(capsys, "new", path, "--coder", "Kari", "--no-codebook")
    return path


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_a_preview_shows_what_would_be_read_and_changes_nothing(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(study)
    out = good(capsys, "import", study, *(SAMPLES / name for name in TIMED), "--preview")
    assert held(study) == before
    assert "Hansen, Ola (Kari Nordmann (Forsker))" in out
    assert "whisperx.json: line 1: no label says who the interviewer is" in out
    assert "Nothing was changed." in out
    found = {
        row["file"]: row
        for row in rows(good(capsys, "import", study, *(SAMPLES / n for n in TIMED), "--preview", "--format", "csv"))
    }
    assert found["teams.vtt"]["times"] == "1:02:17"
    assert found["zoom.vtt"]["words"] == "17"
    assert {row["result"] for row in found.values()} == {"new"}


def test_people_say_who_the_interviewer_and_the_informants_are(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = SAMPLES / "whisper.srt"
    out = good(
        capsys, "import", study, file, "--interviewer", "speaker_01", "--speaker", "SPEAKER_00=P07", "--role", "patient"
    )
    assert "SPEAKER_00=P07 (SPEAKER_01)" in out
    with open_project(study) as project:
        document = documents.find(project, "whisper")
        assert (document.informant, document.role, document.words) == ("P07", "patient", 16)


def test_a_correction_counts_after_an_import_was_taken_back(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = SAMPLES / "whisper.srt"
    good(capsys, "import", study, file, "--coder", "Kari")
    good(capsys, "undo", study, "--coder", "Kari")
    good(capsys, "import", study, file, "--interviewer", "SPEAKER_01", "--coder", "Kari")
    with open_project(study) as project:
        document = documents.find(project, "whisper")
        assert document.words == 16
        turns = documents.transcript(project, document.id).turns
        assert [turn.interviewer for turn in turns] == [True, False, True, False]


def test_a_speaker_that_no_file_has_is_said_with_those_there_are(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(study)
    said = say(capsys, "import", study, SAMPLES / "whisper.srt", "--interviewer", "Kari")
    assert said.code == 2
    assert said.err == (
        "ipscoding: No file has a speaker called Kari. Speakers that were found: SPEAKER_01, SPEAKER_00.\n"
    )
    assert say(capsys, "import", study, SAMPLES / "whisper.srt", "--speaker", "Kari").code == 2
    assert held(study) == before


def test_a_label_that_was_taken_for_text_can_be_named(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("I: Hvordan går det?\nP: Bra.\nnå: Og du?\nP: Jo.\nP: Takk.\n", encoding="utf-8")
    good(capsys, "import", study, tmp_path / "a.txt", "--interviewer", "I", "--interviewer", "nå")
    with open_project(study) as project:
        turns = documents.transcript(project, documents.find(project, "a").id).turns
        assert [(turn.speaker, turn.interviewer) for turn in turns] == [
            ("I", True), ("P", False), ("nå", True), ("P", False), ("P", False)
        ]  # fmt: skip


def test_a_folder_of_many_kinds_comes_in_with_a_table_of_what_happened(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inn"
    folder.mkdir()
    for name in TIMED:
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "p01.txt").write_text("I: Hei?\nP: Hei.\n", encoding="utf-8")
    (folder / "tom.txt").write_bytes(b"")
    (folder / "notat.xyz").write_text("?")
    said = process("import", study, folder, "--format", "csv", "--coder", "Kari")
    assert said.code == 1
    found = {row["file"]: row for row in rows(said.out)}
    assert {name: row["result"] for name, row in found.items()} == {
        **dict.fromkeys((*TIMED, "p01.txt"), "new"), "tom.txt": "left out"
    }  # fmt: skip
    assert found["tom.txt"]["why"] == "tom.txt is empty"
    assert found["otranscribe.otr"]["speakers"] == "P (I)"
    assert "6 interviews imported." in said.err
    assert "notat.xyz" in said.err
    again = process("import", study, folder, "--coder", "Kari")
    assert again.code == 1
    assert "6 were there already, unchanged." in again.out


def test_times_come_to_the_table_of_codings(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(capsys, "import", study, SAMPLES / "zoom.vtt")
    good(capsys, "codebook", "import", study, "ips-barriers-facilitators")
    good(capsys, "code", study, "zoom", "org.colocation", "--sentence", 5)
    with open_project(study) as project:
        assert [(row.text, row.time) for row in excerpts.rows(project)] == [
            ("At nokon ringte kvar veke.", "0:00:15")
        ]  # fmt: skip


def test_survey_answers_come_from_a_table(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "svar.csv"
    table.write_text("nr;alder;Hva hjalp?\n1;30;At hun ringte hver uke\n2;40;\n", encoding="utf-8")
    said = say(capsys, "import", study, table)
    assert said.code == 2
    assert "--text-column" in said.err
    assert "Hva hjalp? (looks like free text)" in said.err
    look = good(capsys, "import", study, table, "--text-column", "Hva hjalp?", "--preview")
    assert "svar.csv: 1 answer of 1 respondent; kept of each respondent: alder" in look
    assert "interviewer:" not in look  # the question has no turns that anybody counts
    out = good(capsys, "import", study, table, "--text-column", "Hva hjalp?", "--id-column", "nr", "--role", "patient")
    assert "1 interview imported." in out
    assert "1 answer is empty and was passed over." in out
    with open_project(study) as project:
        document = documents.find(project, "1 – Hva hjalp?")
        assert (document.informant, document.role, document.words) == ("1", "patient", 5)
    assert say(capsys, "import", study, SAMPLES / "zoom.vtt", "--text-column", "x").code == 2


def test_what_was_guessed_waits_for_an_approval(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = say(capsys, "import", study, SAMPLES / "gjennomgatt.pdf")
    assert said.code == 2
    assert "--approve" in said.err
    assert "1 interview imported." in good(capsys, "import", study, SAMPLES / "gjennomgatt.pdf", "--approve")


def test_comments_of_a_word_document_are_memos_on_their_passages(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "import", study, SAMPLES / "gjennomgatt.docx")
    with open_project(study) as project:
        document = documents.find(project, "gjennomgatt").id
        found = memos.on_passages(project, document)
        text = documents.text(project, document)
        assert len(found) == 2
        assert all(memo.origin == "gjennomgatt.docx" and memo.end and memo.end <= len(text) for memo in found)


def test_show_says_where_the_recording_stood_and_what_was_noted(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "import", study, SAMPLES / "zoom.vtt", SAMPLES / "gjennomgatt.docx")
    assert "\nTurn 2, Siri Li, 0:00:05\n" in good(capsys, "show", study, "zoom")
    out = good(capsys, "show", study, "gjennomgatt")
    assert "(gjennomgatt.docx)" in out
    assert out.count("Memo of ") == 2
