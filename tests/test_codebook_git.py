"""Codebooks merged by git itself, in a real repository with two branches."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ipscoding.codebook.check import check
from ipscoding.codebook.read import read
from ipscoding.codebook.write import text_of
from ipscoding.domain import Code
from tests.cli_example import BIN, good, say
from tests.codebook_example import SMALL

Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return tmp_path / "repo with space"


@pytest.fixture
def git(repository: Path) -> Git:
    """Runs git in a new repository that holds a codebook with a comment and a file that is none."""
    env = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(repository.parent),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "Kari", f"GIT_{role}_EMAIL": "kari@example.org"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=repository, env=env, capture_output=True, text=True, check=False)

    repository.mkdir()
    run("init", "-q", "-b", "main")
    book = text_of(SMALL).replace("  - id: org.lead", "  # To be discussed in May.\n  - id: org.lead")
    (repository / "book.yaml").write_text(book, "utf-8")
    (repository / "other.yaml").write_text("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "utf-8")
    return run


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def branches(git: Git, file: Path, ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> None:
    git("add", ".")
    assert git("commit", "-q", "-m", "base").returncode == 0
    git("checkout", "-q", "-b", "theirs")
    for old, new in theirs:
        change(file, old, new)
    assert git("commit", "-q", "-a", "-m", "theirs").returncode == 0
    git("checkout", "-q", "main")
    for old, new in ours:
        change(file, old, new)
    assert git("commit", "-q", "-a", "-m", "ours").returncode == 0


def test_installing_twice_is_installing_once(git: Git, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".gitattributes").write_text("*.png binary")
    for _time in range(2):
        good(capsys, "codebook", "install-git-driver", repository)
    assert (repository / ".gitattributes").read_text() == "*.png binary\n*.yaml merge=ipscoding-codebook\n"
    driver = git("config", "merge.ipscoding-codebook.driver").stdout.strip()
    assert driver.endswith("codebook git-merge %O %A %B %P")


def test_two_branches_that_git_alone_could_not_merge(
    git: Git, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "codebook", "install-git-driver", repository)
    file = repository / "book.yaml"
    label = '{nb: "Nærhet", en: "Proximity"}'
    new = '\n  - id: rel.new\n    parent: rel\n    label: {nb: "Ny"}\n    definition: {nb: "D"}\n'
    branches(
        git,
        file,
        [(label, '{nb: "Samlokalisering", en: "Proximity"}'), ('definition: {nb: "Om ledere."}', "retired: true")],
        [
            (label, '{nb: "Nærhet", en: "Co-location"}'),
            ('{nb: "Å stole på noen."}\n', '{nb: "Å stole på noen."}\n' + new),
        ],
    )
    merging = git("merge", "theirs", "-m", "both")
    assert merging.returncode == 0, merging.stdout + merging.stderr
    book = read(file)
    assert book.by_id["org.near"].label == {"nb": "Samlokalisering", "en": "Co-location"}
    assert book.by_id["org.lead"].retired
    assert book.by_id["rel.new"] == Code("rel.new", {"nb": "Ny"}, parent="rel", definition={"nb": "D"})
    assert "  # To be discussed in May.\n  - id: org.lead" in file.read_text("utf-8")


def test_a_conflict_stands_between_marks_that_check_names(
    git: Git, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(capsys, "codebook", "install-git-driver", repository)
    file = repository / "book.yaml"
    branches(git, file, [("Om ledere.", "Om sjefer.")], [("Om ledere.", "Om styring.")])
    assert git("merge", "theirs", "-m", "both").returncode == 1
    assert "book.yaml" in git("diff", "--name-only", "--diff-filter=U").stdout
    text = file.read_text("utf-8")
    line = text[: text.index("<<<<<<<")].count("\n") + 1
    assert [(fault.line, fault.message.partition(";")[0]) for fault in check(file)] == [
        (line, "still to decide after a merge: org.lead, definition (nb): both sides changed it, differently")
    ]
    said = say(capsys, "codebook", "show", file)
    assert (said.code, said.out) == (2, "")
    decided = [part for part in text.splitlines() if not part.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>"))]
    kept = [part for part in decided if "Om ledere" not in part and "Om styring" not in part]
    file.write_text("\n".join(kept) + "\n", "utf-8")
    assert read(file).by_id["org.lead"].definition == {"nb": "Om sjefer."}


def test_other_yaml_files_are_merged_by_lines(git: Git, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(capsys, "codebook", "install-git-driver", repository)
    file = repository / "other.yaml"
    branches(git, file, [("a: 1", "a: one")], [("e: 5", "e: five")])
    assert git("merge", "theirs", "-m", "both").returncode == 0
    assert file.read_text() == "a: one\nb: 2\nc: 3\nd: 4\ne: five\n"


def test_a_folder_that_is_no_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = say(capsys, "codebook", "install-git-driver", tmp_path / "none")
    assert said.code == 2
    assert "git says no" in said.err
