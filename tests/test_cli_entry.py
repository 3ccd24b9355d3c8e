"""The entry itself: help for everything, the language anywhere, pipes, and silence where there is nothing to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ipscoding.cli.commands import COMMANDS
from ipscoding.version import __version__
from tests.cli_example import BIN, good, process, say

NESTED = [
    ["suggest", "list"], ["suggest", "evaluate"], ["codebook", "check"], ["codebook", "show"], ["codebook", "import"],
    ["codebook", "export"], ["model", "status"], ["model", "install"], ["model", "remove"],
]  # fmt: skip


@pytest.mark.parametrize("command", [*([name] for name in COMMANDS), *NESTED], ids=" ".join)
@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_every_command_explains_itself(command: list[str], language: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = good(capsys, *command, "--help", "--lang", language)
    assert f"ipscoding {' '.join(command)}" in out
    assert "--help" in out
    assert good(capsys, *command, "-h", "--lang", language) == out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    out = good(capsys, "--help")
    listed = {line.split()[0] for line in out.splitlines() if line.startswith("  ") and not line.startswith("   ")}
    assert set(COMMANDS) <= listed
    assert good(capsys) == out, "without an argument the program shows the way"


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert good(capsys, "--version") == f"ipscoding {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "nb", "codebook", "show", "{}"),
        ("--lang=nb", "codebook", "show", "{}"),
        ("codebook", "--lang", "nb", "show", "{}"),
        ("codebook", "show", "{}", "--lang", "nb"),
        ("codebook", "show", "--lang=nb", "{}"),
    ],
    ids=" ".join,
)
def test_the_language_may_stand_anywhere(
    built_demo: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    out = good(capsys, *(argument.format(built_demo) for argument in arguments))
    assert "Organisering og forankring" in out


def test_the_language_comes_from_the_environment_where_nobody_says(
    built_demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Organisation and anchoring" in good(capsys, "codebook", "show", built_demo)
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    assert "Organisering og forankring" in good(capsys, "codebook", "show", built_demo)
    monkeypatch.setenv("IPSCODING_LANG", "en")
    assert "Organisation and anchoring" in good(capsys, "codebook", "show", built_demo)
    assert "Organisering og forankring" in good(capsys, "codebook", "show", built_demo, "--lang", "nb")


def test_after_two_dashes_the_language_is_a_word_to_search_for(
    built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert good(capsys, "search", built_demo, "--", "--lang") == good(capsys, "search", built_demo, "lang")


@pytest.mark.parametrize(
    "command",
    ["freq {}", "excerpts {}", "excerpts {} --format csv", "excerpts {} --format json", "search {} jeg", "documents {}",
     "codebook show {}", "--help"],
)  # fmt: skip
@pytest.mark.parametrize("reads", [0, 1])
def test_a_reader_who_has_had_enough_is_no_fault(built_demo: Path, command: str, reads: int) -> None:
    arguments = command.format(built_demo).split()
    writer = subprocess.Popen([BIN / "ipscoding", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stderr is not None
    for _line in range(reads):
        assert writer.stdout.readline()
    writer.stdout.close()
    said = writer.stderr.read()
    writer.stderr.close()
    assert (writer.wait(timeout=60), said) == (0, b"")


def test_python_runs_the_package(built_demo: Path) -> None:
    by_name = process("documents", built_demo)
    done = subprocess.run(
        [sys.executable, "-m", "ipscoding", "documents", built_demo], capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (by_name.out, "")


@pytest.mark.parametrize("locale", ["C", "POSIX", "nb_NO.ISO-8859-1"])
def test_norwegian_comes_out_whole_whatever_the_locale_says(built_demo: Path, locale: str) -> None:
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "IPSCODING_LANG": "nb"}
    said = process("excerpts", built_demo, "--code", "org.colocation", "--coder", "A", env=env)
    assert (said.code, said.err) == (0, "")
    assert "så" in said.out
    assert "▼" in said.out


def test_what_is_written_is_told_on_standard_error_so_that_pipes_stay_clean(
    built_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "freq", built_demo, "-o", tmp_path / "f.csv")
    assert (said.code, said.out) == (0, "")
    assert said.err == f"{tmp_path / 'f.csv'}: written.\n"


def test_progress_is_silent_in_a_pipe(tmp_path: Path) -> None:
    said = process("demo", tmp_path / "d", "--no-open")
    assert (said.code, said.err) == (0, "")
    assert "\x1b" not in said.out
    assert "\r" not in said.out


def test_paths_may_hold_blanks_and_any_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Mine studier – æøå, 100 % #1?"
    folder.mkdir()
    interview = folder / "P 01 (ferdig).txt"
    interview.write_text("I: Hvordan?\nP: Jo, det går på skinner.\n", encoding="utf-8")
    good(capsys, "new", folder / "Å jobbe")
    good(capsys, "import", folder / "Å jobbe.ipscoding", folder)
    good(capsys, "code", folder / "Å jobbe.ipscoding", "P 01 (ferdig)", "org.colocation", "--quote", "på skinner")
    assert "på skinner" in good(capsys, "excerpts", folder / "Å jobbe.ipscoding")
