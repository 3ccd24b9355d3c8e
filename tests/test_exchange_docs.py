"""The commands and the Python of docs/exports.md run as they stand there, on the example project, in their order."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli_example import say

PAGE = Path(__file__).parent.parent / "docs" / "exports.md"


def test_the_examples_of_the_page_run_as_they_stand(
    built_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(built_demo, tmp_path / "study.ipscoding")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    ran = {"sh": 0, "python": 0}
    for kind, block in re.findall(r"```(sh|python)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        ran[kind] += 1
        if kind == "python":
            exec(compile(block, str(PAGE), "exec"), names)
            continue
        for line in block.splitlines():
            program, *arguments = shlex.split(line)
            assert program == "ipscoding"
            said = say(capsys, *arguments)
            assert said.code == 0, (line, said.err)
    assert min(ran.values()) >= 6
    # the same codings in every form
    ids = list(names["codings"]["coding_id"])
    assert ids == list(names["excel"]["coding_id"]) == list(names["lines"]["coding_id"])
    assert ids == list(names["sheets"]["Codings"]["coding_id"])
    assert len(names["by_site"]) == len(ids)
    assert set(names["done"]["status"]) <= {"done"}
