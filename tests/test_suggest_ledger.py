"""The ledger: what was shown, what became of it, and how precise that makes the engine."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from ipscoding.domain import Span, Valence
from ipscoding.project import Project, codings, decisions, documents, journal, open_project, schema, settings, shown
from ipscoding.suggest.ledger import Line, ledger, week_of
from tests.cli_example import good
from tests.project_example import make

V = "ipscoding-1"
SPANS = [Span(3, 8), Span(9, 20), Span(24, 30), Span(31, 40), Span(41, 50)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make(tmp_path)


def place(project: Project) -> str:
    return documents.find(project, "p01").id


def show(project: Project, *spans: Span, code: str = "org.nær", engine: str = V) -> int:
    return shown.note(project, place(project), [(span, code, 0.5) for span in spans], engine=engine)


def accept(project: Project, span: Span, code: str = "org.nær", suggested: str | None = None) -> None:
    decisions.accept(
        project, place(project), span, code, Valence.BARRIER, score=0.5, engine=V, suggested=suggested or code
    )


def reject(project: Project, span: Span, code: str = "org.nær") -> None:
    decisions.reject(project, place(project), span, code, score=0.5, engine=V)


def whole(project: Project) -> Line:
    [line] = ledger(project, ["all"])
    return line


def test_a_suggestion_is_noted_once_for_each_coder_and_version(project: Project) -> None:
    assert show(project, *SPANS[:2]) == 2
    assert show(project, *SPANS[:3]) == 1
    assert show(project, SPANS[0], engine="ipscoding-2") == 1
    with open_project(project.path, coder="Ola") as other:
        assert show(other, SPANS[0]) == 1
    assert len(shown.all(project)) == 5
    assert whole(project).shown == 4, "two versions showed one suggestion to one coder"
    assert show(project, SPANS[0], code="gone") == 0


def test_what_was_shown_is_no_act(project: Project) -> None:
    codings.add(project, place(project), SPANS[0], "org.leiing", Valence.NONE)
    before = journal.history(project)
    show(project, *SPANS)
    assert journal.history(project) == before
    step = journal.undo(project)
    assert step is not None
    assert "Ledelse" in step.text
    assert whole(project).shown == 5
    assert journal.state(project) == journal.replay(project)


def test_what_became_of_each(project: Project) -> None:
    show(project, *SPANS)
    accept(project, SPANS[0])
    accept(project, SPANS[1], "org.leiing", "org.nær")
    reject(project, SPANS[2])
    codings.add(project, place(project), SPANS[3], "org.nær", Valence.NONE)
    line = whole(project)
    assert (line.shown, line.accepted, line.changed, line.rejected, line.by_hand, line.left) == (5, 1, 1, 1, 1, 1)
    assert line.precision == pytest.approx(1 / 3)
    journal.undo(project)
    journal.undo(project)
    line = whole(project)
    assert (line.accepted, line.changed, line.rejected, line.by_hand, line.left) == (1, 1, 0, 0, 3)
    assert line.precision == pytest.approx(1 / 2)


def test_what_was_decided_was_shown(project: Project) -> None:
    accept(project, SPANS[0])
    assert (whole(project).shown, whole(project).left) == (1, 0)


def test_lines_by_code_and_coder_add_up(project: Project) -> None:
    show(project, *SPANS)
    show(project, *SPANS[:2], code="org.leiing")
    accept(project, SPANS[0])
    with open_project(project.path, coder="Ola") as other:
        reject(other, SPANS[0], "org.leiing")
    for by in ("code", "coder", "engine", "week"):
        lines = ledger(project, [by])  # type: ignore[list-item]
        assert sum(line.shown or 0 for line in lines) == whole(project).shown == 8
        assert sum(line.decided for line in lines) == 2
    assert [line.value for line in ledger(project, ["code"])] == ["org.nær", "org.leiing"]
    assert [line.value for line in ledger(project, ["coder"])] == ["Kari", "Ola"]
    assert whole(project).precision == 0.5
    [kari] = ledger(project, ["all"], coders=["Kari"])
    assert (kari.shown, kari.precision) == (7, 1.0)


def test_decisions_are_taken_together_in_their_order(project: Project) -> None:
    for span in SPANS[:3]:
        accept(project, span)
    reject(project, SPANS[3])
    reject(project, SPANS[4])
    show(project, SPANS[0], code="org.leiing")
    lines = ledger(project, ["decisions"], every=3)
    assert [(line.value, line.precision, line.left) for line in lines] == [("1–3", 1.0, None), ("4–5", 0.0, None)]


def test_weeks_are_those_of_iso() -> None:
    assert [week_of(f"{day}T12:00:00Z") for day in ("2026-01-01", "2025-12-29", "2027-01-03", "2026-11-22")] == [
        "2026-W01",
        "2026-W01",
        "2026-W53",
        "2026-W47",
    ]


def test_an_interview_with_shown_suggestions_can_be_removed_and_brought_back(project: Project) -> None:
    show(project, *SPANS)
    documents.remove(project, place(project))
    assert whole(project).shown == 0
    journal.undo(project)
    assert whole(project).shown == 5


def test_an_older_project_gets_the_tables_and_keeps_a_copy(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        path, before = project.path, journal.state(project)
        shown_before = project.value("SELECT count(*) FROM commands")
    as_first_version(path)
    with open_project(path) as project:
        assert journal.state(project) == before
        assert project.value("SELECT count(*) FROM commands") == shown_before
        assert project.value("PRAGMA user_version") == schema.version()
        assert show(project, SPANS[0]) == 1
    copies = list(tmp_path.glob("studie.version-1.backup.ipscoding"))
    assert len(copies) == 1
    copy = sqlite3.connect(copies[0])
    assert not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'shown'").fetchall()
    copy.close()


def test_a_copy_of_before_that_was_put_back_is_opened_again(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        path, before = project.path, journal.state(project)
    as_first_version(path)
    for _time in range(2):
        with open_project(path) as project:
            assert journal.state(project) == before
        old = tmp_path / "studie.version-1.backup.ipscoding"
        path.write_bytes(old.read_bytes())
    assert (tmp_path / "studie.version-1-2.backup.ipscoding").exists()


def test_an_older_project_can_be_opened_by_several_at_once(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        path, before = project.path, journal.state(project)
    as_first_version(path)
    program = "import sys; from ipscoding.project import open_project; open_project(sys.argv[1]).close()"
    running = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _person in range(4)]
    assert [one.wait(60) for one in running] == [0] * 4
    with open_project(path) as project:
        assert journal.state(project) == before


def as_first_version(path: Path) -> None:
    """Make of a project file what the first version of its schema was."""
    old_path = path.with_name("first.ipscoding")
    first = Database(sqlite3.connect(old_path))
    schema.migrations.apply(first, stop_before=schema.migrations._migrations[1].name)
    first.execute("ATTACH ? AS now", (str(path),))
    now = {name for (name,) in first.execute("SELECT name FROM now.sqlite_master WHERE type = 'table'")}
    for table in first.table_names():
        if not table.startswith(("speech_index", "_sqlite", "sqlite")):
            columns = ", ".join(f'"{column.name}"' for column in first[table].columns)
            source = f"made_{table}" if f"made_{table}" in now else table
            first.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{source}")
    first.execute("UPDATE events SET changes = json_remove(changes, '$.on_text')")
    first.execute("INSERT INTO speech_index (speech_index) VALUES ('rebuild')")
    first.conn.commit()
    first.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    first.execute("PRAGMA user_version = 1")
    first.conn.close()
    old_path.replace(path)


def test_the_ledger_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with make(tmp_path) as project:
        assert "No suggestion was shown yet." in good(capsys, "suggest", "ledger", project.path)
        show(project, *SPANS)
        accept(project, SPANS[0])
        settings.set(project, "blind", True)
    told = good(capsys, "suggest", "ledger", project.path)
    assert "org.nær" in told
    assert "Left alone" in told
    rows = json.loads(good(capsys, "suggest", "ledger", project.path, "--by", "decisions", "--format", "json"))["rows"]
    assert [(row["by"], row["value"], row["precision"], row["left"]) for row in rows] == [
        ("all", "", 1.0, 4),
        ("decisions", "1–1", 1.0, None),
    ]
    first = good(capsys, "suggest", "ledger", project.path, "--format", "csv").splitlines()[0]
    assert first == "by,value,shown,decided,accepted,changed,rejected,precision,by_hand,left"
