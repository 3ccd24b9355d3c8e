"""A project file promises: it is checked before it is touched, and left as it was when something is wrong."""

import hashlib
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.errors import ProjectProblem
from ipscoding.project import codings, connect, create, documents, journal, open_project, schema
from ipscoding.project.backup import backup
from ipscoding.project.check import check
from tests.project_example import make


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def closed_project(folder: Path) -> Path:
    with make(folder) as project:
        return project.path


def test_a_project_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in tmp_path.iterdir()] == ["studie.ipscoding"]


def test_a_new_project_never_replaces_a_file(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    before = digest(path)
    with pytest.raises(ProjectProblem, match="already"):
        create(path)
    assert digest(path) == before


def broken(path: Path, kind: str) -> None:
    content = bytearray(path.read_bytes())
    if kind == "empty":
        content = bytearray()
    elif kind == "text":
        content = bytearray(b"Dette er et notat, ikke et prosjekt.\n" * 20)
    elif kind == "another program's database":
        content[68:72] = (0).to_bytes(4)
    elif kind == "newer":
        content[60:64] = (schema.version() + 1).to_bytes(4)
    elif kind == "cut short":
        content = content[: len(content) // 2]
    elif kind == "overwritten":
        content[100:4096] = b"\xff" * 3996
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("empty", "not an ipscoding project"),
        ("text", "not an ipscoding project"),
        ("another program's database", "not an ipscoding project"),
        ("newer", "newer version"),
        ("cut short", "damaged"),
        ("overwritten", "damaged"),
    ],
)
def test_what_is_not_a_whole_project_is_refused_and_left_as_it_was(tmp_path: Path, kind: str, says: str) -> None:
    path = closed_project(tmp_path)
    broken(path, kind)
    before = digest(path)
    with pytest.raises(ProjectProblem, match=says) as caught:
        open_project(path)
    assert str(path) in str(caught.value)
    assert digest(path) == before


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectProblem, match="folder"):
        open_project(tmp_path)
    with pytest.raises(ProjectProblem, match="no such project"):
        open_project(tmp_path / "borte.ipscoding")
    assert not (tmp_path / "borte.ipscoding").exists()


def test_the_ending_may_be_left_out(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    path.with_suffix("").mkdir()  # a folder of interviews is often called like the study
    with open_project(path.with_suffix("")) as project:
        assert project.path == path


def test_a_locked_project_says_so_and_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_BUSY_SECONDS", 0.1)
    with make(tmp_path) as project:
        document = documents.find(project, "p01")
        with open_project(project.path, coder="Ola") as other, other.writing():
            assert documents.all(project)
            with pytest.raises(ProjectProblem, match="another program"):
                codings.add(project, document.id, Span(24, 27), "org.nær", Valence.NONE)
        assert codings.add(project, document.id, Span(24, 27), "org.nær", Valence.NONE)


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        document = documents.find(project, "p01")
        kept = codings.add(project, document.id, Span(24, 27), "org.nær", Valence.NONE, memo="med notat")
        pages = project.value("PRAGMA page_count")
        project.value(f"PRAGMA max_page_count = {pages}")  # what SQLite meets when the disk has no page left

        def code_until_full() -> None:
            for start in range(30):
                codings.add(project, document.id, Span(start, start + 2), "org.nær", Valence.NONE, memo="x" * 9000)

        with pytest.raises(ProjectProblem, match="full"):
            code_until_full()
        project.value("PRAGMA max_page_count = 100000")
        assert kept in codings.of_document(project, document.id)
        assert not any(one.found for one in check(project))


def test_a_read_only_project_refuses_every_act(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    with open_project(path, coder="Kari") as project:
        project.read_only = True
        document = documents.find(project, "p01")
        with pytest.raises(ProjectProblem, match="cannot be written"):
            codings.add(project, document.id, Span(24, 27), "org.nær", Valence.NONE)


def test_two_windows_see_each_other(tmp_path: Path) -> None:
    with make(tmp_path) as one, open_project(one.path, coder="Ola") as two:
        document = documents.find(one, "p01").id
        before = two.data_version()
        made = codings.add(one, document, Span(24, 27), "org.nær", Valence.NONE)
        assert two.data_version() != before
        assert codings.of_document(two, document) == [made]


WRITER = """
import sys
from ipscoding.domain import Span, Valence
from ipscoding.project import codings, documents, open_project
with open_project(sys.argv[1], coder=sys.argv[2]) as project:
    document = documents.find(project, "p01").id
    for start in range(20):
        codings.add(project, document, Span(start, start + 2), "org.nær", Valence.NONE)
"""


def test_several_processes_write_to_one_file(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("A", "B", "C")]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with open_project(path) as project:
        made = codings.of_document(project, documents.find(project, "p01").id)
        assert {coding.coder for coding in made} == {"A", "B", "C"}
        assert len({sum(c.coder == name for c in made) for name in "ABC"}) == 1
        assert journal.replay(project) == journal.state(project)


def test_another_thread_gets_its_own_connection(tmp_path: Path) -> None:
    found = []
    with make(tmp_path) as project:

        def work() -> None:
            with project.reopen() as mine:
                found.append(len(documents.all(mine)))

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert found == [2]


def test_a_kill_in_the_middle_loses_nothing_that_was_done(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    script = (
        WRITER.replace("range(20)", "range(10**6)")
        .replace('"org.nær", Valence.NONE)', '"org.nær", Valence.NONE); print(start, flush=True)')
        .replace("Span(start, start + 2)", "Span(start % 40, start % 40 + 2)")
    )
    writer = subprocess.Popen([sys.executable, "-c", script, str(path), "A"], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _line in range(15):
        done = int(writer.stdout.readline())
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with open_project(path) as project:
        made = codings.of_document(project, documents.find(project, "p01").id)
        assert done == 14
        assert len(made) >= 13  # two of the spans trim to one
        assert not any(one.found for one in check(project))


def test_a_backup_is_a_whole_project(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        copy = backup(project)
        state = journal.state(project)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with open_project(copy) as restored:
        assert journal.state(restored) == state
    with open_project(tmp_path / "studie.ipscoding") as project, pytest.raises(ProjectProblem):
        backup(project, copy)


def test_check_finds_tables_that_differ_from_the_journal(tmp_path: Path) -> None:
    path = closed_project(tmp_path)
    with open_project(path) as project:
        assert not any(one.found for one in check(project))
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE informants SET role = 'noe annet' WHERE name = 'P01'")
    raw.close()
    with open_project(path) as project:
        assert [one.found for one in check(project) if one.found] == ["informant: 1"]


def test_a_network_share_gets_no_write_ahead_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = closed_project(tmp_path)
    monkeypatch.setattr(connect, "on_network_share", lambda _path: True)
    with open_project(path) as project:
        assert project.value("PRAGMA journal_mode") == "delete"
        assert project.value("PRAGMA synchronous") == 2
