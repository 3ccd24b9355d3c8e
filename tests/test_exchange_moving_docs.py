"""The commands of docs/moving-here.md run as they stand there, and figures of moved projects are those of the peers."""

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

import ipscoding
from ipscoding.exchange.foreign.formats import FORMS, read_foreign
from ipscoding.exchange.foreign.land import land
from ipscoding.project import create
from tests.cli_example import say

PAGE = (Path(__file__).parent.parent / "docs" / "moving-here.md").read_text(encoding="utf-8")
PEERS = Path(__file__).parent / "samples" / "peers"
BLOCKS = [block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "SOURCE" not in block]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which everything lies under the names that the page uses."""
    made = PEERS / "made"
    shutil.copy(PEERS / "taguette.sqlite3", tmp_path)
    shutil.copytree(made / "studie.qda", tmp_path / "Min studie.qda")
    shutil.copytree(PEERS / "qc", tmp_path / "path" / "to" / "the" / "folder")
    shutil.copytree(made / "brat", tmp_path / "corpus")
    renamed = (
        (made / "cas" / "p01.json").read_text(encoding="utf-8").replace("webanno.custom.Funn", "webanno.custom.Finding")
    )
    (tmp_path / "p01.json").write_text(
        renamed.replace('"Kode"', '"theme"').replace('"retning"', '"direction"'), "utf-8"
    )
    (tmp_path / "project" / "annotation" / "p01.txt").mkdir(parents=True)
    shutil.copy(made / "cas" / "p01.json", tmp_path / "project" / "annotation" / "p01.txt" / "kari.json")
    shutil.copytree(made / "excerpts" / "interviews", tmp_path / "interviews")
    shutil.copy(made / "excerpts" / "segments.xlsx", tmp_path)
    (tmp_path / "own.csv").write_text("Intervju,Tema,Sitat\np01,NAV;tid,ventet jeg på NAV\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", BLOCKS)
def test_the_commands_run_as_they_stand(block: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in filter(str.strip, block.splitlines()):
        program, *arguments = shlex.split(line, comments=True)
        assert program == "ipscoding"
        said = say(capsys, *arguments)
        assert said.code in (0, 1), (line, said.err)
        assert said.err == ""
    if "import-project" in block:
        with ipscoding.open(desk / "study.ipscoding") as study:
            assert study.freq()


def test_every_form_is_told_about() -> None:
    assert len(BLOCKS) >= 6
    assert all(f"`{name}`" in PAGE for name in FORMS)


def segments(path: Path) -> dict[tuple[str, str], int]:
    """What `freq` counts, by coder and code."""
    with ipscoding.open(path) as study:
        return {(str(row["coder"]), str(row["code"])): int(row["segments"]) for row in study.freq()}


def test_freq_counts_what_taguette_counts(tmp_path: Path) -> None:
    with create(tmp_path / "study.ipscoding", name="study", coder="anne") as project:
        land(project, read_foreign(PEERS / "taguette.sqlite3", options={"name": "IPS i nord"}), "taguette")
    counted = segments(tmp_path / "study.ipscoding")
    there = json.loads((PEERS / "taguette-by-coder.json").read_text(encoding="utf-8"))
    # a code with codes below it counts them too, so those at the ends of the tree are compared
    for coder, codes in there.items():
        for code, n in codes.items():
            if code != "samarbeid":
                assert counted[coder, code] == n, (coder, code)
    with (PEERS / "taguette-codebook.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["tag"] != "samarbeid":
                assert counted["anne", row["tag"]] + counted["bjorn", row["tag"]] == int(row["number of highlights"])


def test_freq_counts_what_qc_counts(tmp_path: Path) -> None:
    with create(tmp_path / "study.ipscoding", name="study", coder="kari") as project:
        land(project, read_foreign(PEERS / "qc"), "qc")
    counted = {
        (coder, code.rpartition(".")[2]): n for (coder, code), n in segments(tmp_path / "study.ipscoding").items()
    }
    with (PEERS / "qc" / "qc-stats-by-coder.csv").open(encoding="utf-8", newline="") as file:
        for code, kari, ola, _total in list(csv.reader(file))[1:]:
            if code not in ("rammer", "samarbeid", "stotte"):
                assert (counted["kari", code], counted["ola", code]) == (int(kari), int(ola)), code
