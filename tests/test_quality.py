"""The house keeps its own rules: format, lint, types, and imports that run one way."""

import subprocess
import sys
from pathlib import Path

import pytest

from ipscoding.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HEAVY = {
    "spacy", "textual", "sklearn", "scipy", "numpy", "simplemma", "sqlite_utils", "rich", "rapidfuzz", "matplotlib",
    "networkx", "docx", "lxml", "pypdf", "openpyxl", "xlsxwriter", "webvtt", "striprtf", "defusedxml", "ruamel.yaml",
    "pandas", "polars", "pyarrow", "cassis",
}  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"], ["lint-imports", "--no-cache"]],
    ids=["format", "lint", "types", "imports"],
)
def test_the_code_is(command: list[str]) -> None:
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("names", [[""], list(COMMANDS)], ids=["the program", "every command"])
def test_help_loads_nothing_heavy(names: list[str]) -> None:
    script = (
        "import sys\nfrom ipscoding.cli.main import run\n"
        f"codes = [run([*name.split(), '--help']) for name in {names!r}]\n"
        f"heavy = {HEAVY!r} & set(sys.modules)\n"
        "sys.exit(f'loaded {sorted(heavy)}' if heavy else max(codes))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Usage: ipscoding") == len(names)


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, ipscoding; sys.exit(bool({'spacy', 'textual', 'sklearn', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
