"""Projects from the command line: make one, bring interviews in, look at them, set them, copy and check them."""

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from ipscoding.project import open_project
from tests.cli_example import contents, good, held, say

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture
def study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new project with the interviews that ship, as a user makes it."""
    path = tmp_path / "studie.ipscoding"
    good(capsys, "new", path, "--coder", "Kari")
    good(capsys, "import", path, CORPUS, "--coder", "Kari")
    return path


def table(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_new_makes_one_private_file_and_says_what_is_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = good(capsys, "new", tmp_path / "Min studie", "--name", "Jobb og helse")
    path = tmp_path / "Min studie.ipscoding"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert f'ipscoding import "{path}" FOLDER' in out
    with open_project(path) as project:
        assert project.name == "Jobb og helse"
    assert len(table(good(capsys, "codebook", "show", path, "--format", "csv"))) > 60


def test_new_takes_another_codebook_or_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(capsys, "new", tmp_path / "a", "--codebook", "cfir-2")
    good(capsys, "new", tmp_path / "b", "--no-codebook")
    cfir = good(capsys, "codebook", "show", tmp_path / "a.ipscoding", "--format", "csv")
    assert len(table(cfir)) > 30
    assert table(good(capsys, "codebook", "show", tmp_path / "b.ipscoding", "--format", "csv")) == []


def test_an_import_brings_every_interview_once(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = table(good(capsys, "documents", study, "--format", "csv"))
    assert [row["document"] for row in rows] == sorted(path.stem for path in CORPUS.glob("*-*.txt"))
    before = held(study)
    out = good(capsys, "import", study, CORPUS, CORPUS / "p01-jobbsoker.txt")
    passed_over = (
        "3 tables were passed over. Are these answers? Name them, with --text-column: "
        "codings-A.csv, codings-B.csv, informants.csv\n"
    )
    assert out == f"0 interviews imported.\n12 were there already, unchanged.\n{passed_over}"
    assert held(study) == before


def test_what_a_file_says_of_itself_is_kept(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["document"]: row for row in table(good(capsys, "documents", study, "--format", "csv"))}
    row = rows["p03-jobbsoker"]
    head = dict(
        line.split(": ") for line in (CORPUS / "p03-jobbsoker.txt").read_text().split("---")[1].strip().splitlines()
    )
    assert (row["informant"], row["role"], row["language"], row["date"]) == (
        head["id"], head["role"], head["language"], head["date"],
    )  # fmt: skip


def test_one_undo_takes_a_whole_import_back(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(capsys, "undo", study, "--coder", "Kari")
    assert table(good(capsys, "documents", study, "--format", "csv")) == []
    good(capsys, "redo", study, "--coder", "Kari")
    assert len(table(good(capsys, "documents", study, "--format", "csv"))) == 12


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("import {} ny.txt", "1 interview would be imported."),
        ("informants {} i.csv", "1 new, 1 changed, 0 unchanged."),
        ("code {} p01-jobbsoker org.colocation --sentence 3", "org.colocation"),
        ("code {} --from c.csv", "1 coding would be made"),
        ("codebook import {} cfir-2", "codes new"),
    ],
    ids=lambda text: text.split()[0],
)
def test_a_dry_run_tells_and_changes_nothing(
    study: Path,
    tmp_path: Path,
    command: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ny.txt").write_text("I: Hei?\nP: Ja, hei.\n")
    (tmp_path / "i.csv").write_text("informant,role,site\nP01,patient,S09\nP77,patient,S01\n")
    (tmp_path / "c.csv").write_text("document,start,end,code\np01-jobbsoker,100,140,org.colocation\n")
    before, files = held(study), contents(tmp_path)
    arguments = command.format(study).split()
    assert says in good(capsys, *arguments, "--dry-run")
    assert held(study) == before
    assert contents(tmp_path) == files
    good(capsys, *arguments)
    assert held(study) != before


def test_informants_are_set_from_a_table_and_given_back(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = good(capsys, "informants", study, CORPUS / "informants.csv")
    assert out == "0 new, 12 changed, 0 unchanged.\n"
    assert good(capsys, "informants", study, CORPUS / "informants.csv") == "0 new, 0 changed, 12 unchanged.\n"
    given = table((CORPUS / "informants.csv").read_text(encoding="utf-8"))
    shown = table(good(capsys, "informants", study, "--format", "csv"))
    assert [{name: row[name] for name in given[0]} for row in shown] == given
    good(capsys, "undo", study)
    assert table(good(capsys, "informants", study, "--format", "csv"))[0].keys() == {"informant", "role", "site"}


def test_a_role_that_the_program_does_not_know_is_kept_and_told(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "i.csv").write_text("deltaker;rolle\nP01;jobbsøker\nP90;prest\n", encoding="cp1252")
    said = say(capsys, "informants", study, tmp_path / "i.csv")
    assert "prest" in said.out
    rows = {row["informant"]: row["role"] for row in table(good(capsys, "informants", study, "--format", "csv"))}
    assert (rows["P01"], rows["P90"]) == ("patient", "prest")


def test_a_status_is_each_coders_own(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(capsys, "status", study, "p01-jobbsoker", "done", "--coder", "Kari")
    good(capsys, "status", study, "p01-jobbsoker", "coding", "--coder", "Ola")
    assert good(capsys, "status", study, "p01-jobbsoker", "not-started", "--coder", "Per").endswith(": not started\n")
    rows = json.loads(good(capsys, "documents", study, "--format", "json"))["rows"]
    row = next(row for row in rows if row["document"] == "p01-jobbsoker")
    assert (row["status_Kari"], row["status_Ola"]) == ("done", "coding")


def test_settings_are_shown_changed_and_travel_with_the_file(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert good(capsys, "settings", study) == "coder: null\nblind: null\n"
    good(capsys, "settings", study, "coder", "Åse")
    good(capsys, "settings", study, "blind", "ja")
    assert good(capsys, "settings", study) == 'coder: "Åse"\nblind: true\n'
    assert good(capsys, "settings", study, "coder") == 'coder: "Åse"\n'
    good(capsys, "code", study, "p01-jobbsoker", "org.colocation", "--sentence", 2)
    assert "Åse" in good(capsys, "history", study, "-n", 1)


def test_who_codes_is_the_option_then_the_environment_then_the_setting(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "settings", study, "coder", "Setting")

    def coder(*options: str) -> str:
        good(capsys, "status", study, "p01-jobbsoker", "coding", *options)
        good(capsys, "status", study, "p01-jobbsoker", "done", *options)
        return str(json.loads(good(capsys, "history", study, "-n", 1, "--format", "json"))["rows"][0]["coder"])

    assert coder() == "Setting"
    monkeypatch.setenv("IPSCODING_CODER", "Miljø")
    assert coder() == "Miljø"
    assert coder("--coder", "Valg") == "Valg"


def test_doctor_finds_nothing_in_a_sound_project_and_something_in_another(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = good(capsys, "doctor", study)
    assert out.count("✓") == len(out.splitlines()) >= 5
    with open_project(study) as project, project.writing():
        project.execute("UPDATE informants SET role = 'lege' WHERE name = 'P01'")
    said = say(capsys, "doctor", study)
    assert (said.code, said.err) == (1, "")
    assert "✗ The tables say what the journal says: informant: 1" in said.out


def test_a_backup_is_the_same_project(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(study)
    good(capsys, "backup", study, tmp_path / "kopi.ipscoding")
    good(capsys, "backup", study)
    copies = [path for path in tmp_path.glob("*.ipscoding") if path != study]
    assert len(copies) == 2
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert held(copy) == before
    assert held(study) == before


def test_files_of_other_kinds_in_a_folder_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "intervjuer"
    folder.mkdir()
    (folder / "p01.txt").write_text("I: Hei.\nP: Jo, det går bra.", encoding="utf-8")
    for name in ("lyd.mp3", "notater.doc", ".skjult"):
        (folder / name).write_bytes(b"x")
    good(capsys, "new", tmp_path / "s", "--no-codebook")
    out = good(capsys, "import", tmp_path / "s.ipscoding", folder)
    assert "2 files of other kinds were passed over: lyd.mp3, notater.doc" in out
