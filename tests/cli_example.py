"""What the tests of the command line share: one call of the real entry, one look at all that a project holds."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ipscoding.cli.main import run
from ipscoding.project import journal, open_project

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Said:
    """What a command gave back: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def say(capsys: pytest.CaptureFixture[str], *arguments: object) -> Said:
    """Run one command line in this process."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return Said(code, captured.out, captured.err)


def good(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command line that must do what it is told without a word on standard error; gives its output."""
    said = say(capsys, *arguments)
    assert (said.code, said.err) == (0, ""), said
    return said.out


def process(*arguments: object, env: dict[str, str] | None = None, **options: Any) -> Said:
    """Run one command line by the installed command, in a process of its own."""
    done = subprocess.run(
        [BIN / "ipscoding", *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
        **options,
    )
    return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def held(path: Path) -> tuple[journal.State, int]:
    """All entities of a project, and how many acts its journal has."""
    with open_project(path) as project:
        return journal.state(project), int(project.value("SELECT count(*) FROM commands"))


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files under `folder` but projects (which are compared by what they hold), by their path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".ipscoding" and path.stat().st_size < 10_000_000
    }
