"""The team's commands: merge, sync, split, coders. Where something is wrong, one clear line, and nothing changed."""

import json
from pathlib import Path

import pytest

from tests.cli_example import good, held, say
from tests.merge_example import copy
from tests.project_example import make


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with make(tmp_path) as project:
        path = project.path
    monkeypatch.chdir(tmp_path)
    return path


def code(capsys: pytest.CaptureFixture[str], path: Path, coder: str, valence: str = "barrier") -> None:
    quote = ("--quote", "Døra hans", "--valence", valence)
    good(capsys, "code", path, "p01", "org.nær", *quote, "--coder", coder)


def test_a_team_works_with_packages(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = good(capsys, "split", study, "--coders", "Ola,Siri", "-o", tmp_path, "--coder", "Kari", "--dry-run")
    assert "Ola: 2 interviews (n01, p01)" in told
    assert not (tmp_path / "studie-ola.ipscoding").exists()
    good(capsys, "split", study, "--coders", "Ola, Siri", "-o", tmp_path, "--coder", "Kari")
    packages = [tmp_path / f"studie-{name}.ipscoding" for name in ("ola", "siri")]
    for path, name in zip(packages, ("Ola", "Siri"), strict=True):
        code(capsys, path, name)
    dry = good(capsys, "merge", study, *packages, "--coder", "Kari", "--dry-run")
    done = good(capsys, "merge", study, *packages, "--coder", "Kari")
    assert dry.replace("would come", "came") in done
    assert "Codings: 2 added, 0 changed, 0 taken away" in done
    assert "  1 coding by Ola" in done
    assert "Backup from before: " in done
    assert good(capsys, "merge", study, *packages, "--coder", "Kari") == "Nothing is new; nothing was changed.\n"
    assert "merged: 2 acts from studie-ola.ipscoding, studie-siri.ipscoding" in good(
        capsys, "undo", study, "--coder", "Kari"
    )


def test_conflicts_are_listed_and_decided(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kari, ola = copy(study, "kari"), copy(study, "ola")
    for path, name in ((kari, "Kari"), (ola, "Ola")):
        good(capsys, "codes", "change", path, "org.nær", "--definition", f"{name}s", "--coder", name)
    said = say(capsys, "merge", kari, ola, "--coder", "Kari")
    assert said.code == 1
    assert "1 conflict to decide: see" in said.out
    listed = say(capsys, "merge", "--conflicts", kari, "--format", "json")
    assert listed.code == 1
    rows = json.loads(listed.out)["rows"]
    assert [(row["about"], row["field"], row["side"], row["coder"], row["value"]) for row in rows] == [
        ("org.nær", "definition en", 1, "Kari", "Karis"),
        ("org.nær", "definition en", 2, "Ola", "Olas"),
    ]
    wrong = say(capsys, "merge", "--decide", rows[0]["conflict"], "--side", 3, kari)
    assert (wrong.code, wrong.err) == (2, "ipscoding: The conflict has no side 3. Choose 1 to 2.\n")
    assert "no single conflict" in say(capsys, "merge", "--decide", "zzz", "--side", 1, kari).err
    good(capsys, "merge", "--decide", rows[0]["conflict"], "--value", "Felles", kari, "--coder", "Kari")
    assert good(capsys, "merge", "--conflicts", kari) == "There is nothing to decide.\n"


def test_two_machines_exchange_through_a_folder(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "delt"
    folder.mkdir()
    kari, ola = copy(study, "kari"), copy(study, "ola")
    code(capsys, kari, "Kari")
    assert "went out, with 2 texts." in good(capsys, "sync", kari, folder, "--coder", "Kari")
    assert "  1 coding by Kari" in good(capsys, "sync", ola, folder, "--coder", "Ola")
    file = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    said = say(capsys, "sync", ola, folder, "--coder", "Ola", "--dry-run")
    assert (said.code, f"{file.name}: not whole yet, skipped" in said.out) == (1, True)


def test_roles_names_and_colours(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert good(capsys, "coders", "role", study, "Siri", "reader", "--coder", "Kari") == "Siri: reader\n"
    assert good(capsys, "coders", "alias", study, "Kari", "KN", "--coder", "Kari") == "Kari: lead · KN\n"
    assert (
        good(capsys, "coders", "colour", study, "Kari", "#0072b2", "--coder", "Kari") == "Kari: lead · #0072b2 · KN\n"
    )
    rows = json.loads(good(capsys, "coders", "list", study, "--format", "json"))["rows"]
    assert [(row["coder"], row["role"]) for row in rows] == [("Kari", "lead"), ("Siri", "reader")]
    said = say(capsys, "code", study, "p01", "org.nær", "--quote", "Døra hans", "--coder", "Siri")
    assert (said.code, said.err.startswith("ipscoding: Siri is a reader")) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("merge", "studie.ipscoding"), "Name the files to merge"),
        (("merge", "studie.ipscoding", "studie.ipscoding"), "project itself"),
        (("merge", "studie.ipscoding", "borte.ipscoding"), "no such project"),
        (("merge", "studie.ipscoding", "tekst.txt"), "not an ipscoding project"),
        (("merge", "studie.ipscoding", "kopi.ipscoding", "kopi.ipscoding"), "given twice"),
        (("merge", "studie.ipscoding", "kopi.ipscoding", "--new-name", "Kari"), "NAME=NEW"),
        (("merge", "--decide", "abc", "studie.ipscoding"), "--side or --value"),
        (("sync", "studie.ipscoding", "borte"), "no such folder"),
        (("split", "studie.ipscoding", "--coders", ",", "-o", "."), "Name the coders"),
        (("split", "studie.ipscoding", "--coders", "A", "--double", "20", "-o", "."), "go with --by random"),
        (
            ("split", "studie.ipscoding", "--coders", "A", "--by", "random", "--double", "20", "-o", "."),
            "needs two coders",
        ),
        (("split", "studie.ipscoding", "--coders", "A", "-o", ".", "--coder", "Ola"), "Only the lead"),
        (("coders", "role", "studie.ipscoding", "Ola", "lead", "--coder", "Ola"), "Only the lead"),
        (("coders", "colour", "studie.ipscoding", "Kari", "rød"), "not a colour"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_one_line_and_changes_nothing(
    study: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    copy(study, "kopi")
    study.with_name("tekst.txt").write_text("Ikke noe prosjekt.")
    before = held(study)
    said = say(capsys, *arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert held(study) == before
