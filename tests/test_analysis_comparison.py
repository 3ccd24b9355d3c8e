"""One project at two dates, and two projects: the past is what it was, and differences are what pandas finds."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipscoding
from ipscoding.analysis.comparison import compare, state_at
from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, NotFound, ProjectProblem
from ipscoding.project import Project, codebooks, codes, codings, documents, excerpts, informants, journal, open_project
from ipscoding.project import settings as project_settings
from ipscoding.project.as_of import as_of
from ipscoding.project.check import check
from ipscoding.project.merging.merge import merge
from tests.cli_example import good, held, say
from tests.merge_example import KINDS, base, copy, work
from tests.project_example import make

ACT = st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 12), st.integers(0, 6))


def now() -> str:
    return datetime.now(UTC).isoformat()


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base(tmp_path_factory.mktemp("past"))


def reads(project: Project) -> list[tuple[object, ...]]:
    """Everything that figures rest on, by values."""
    rows: list[tuple[object, ...]] = [tuple(map(repr, row)) for row in excerpts.rows(project)]
    return [*rows, tuple(map(repr, documents.all(project))), tuple(map(repr, informants.all(project))),
            (repr(codebooks.load(project)),)]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(ACT, min_size=1, max_size=4), min_size=1, max_size=4))
def test_the_past_is_what_it_was(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, did: list[list[object]]
) -> None:
    path = Path(shutil.copy(begun, tmp_path_factory.mktemp("one")))
    told = []
    with open_project(path, coder="Kari") as project:
        for acts in did:
            work(project, acts)  # type: ignore[arg-type]
            told.append((now(), journal.state(project), reads(project)))
        before = journal.state(project)
        for when, state, read in told:
            with as_of(project, when) as past:
                assert journal.state(past) == state
                assert reads(past) == read
        assert journal.state(project) == before
        assert not any(one.found for one in check(project))


def test_what_was_merged_counts_from_when_it_was_done(begun: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(begun, tmp_path / "ours.ipscoding"))
    other = copy(path, "theirs")
    with open_project(other, coder="Ola") as theirs:
        one = codings.add(theirs, documents.find(theirs, "p01").id, Span(25, 30), "org.nær", Valence.BARRIER).id
        between = now()
        codings.change(theirs, one, valence=Valence.FACILITATOR)
    with open_project(path, coder="Kari") as ours:
        merge(ours, [other])
        with as_of(ours, between) as past:
            assert [row.valence for row in excerpts.rows(past) if row.coding_id == one] == [Valence.BARRIER]
        with as_of(ours, now()) as today:
            assert reads(today) == reads(ours)


def test_the_past_is_read_and_never_written(begun: Path) -> None:
    before = held(begun)
    with open_project(begun, coder="Kari") as project, as_of(project, now()) as past, pytest.raises(ProjectProblem):
        documents.set_status(past, documents.find(past, "p01").id, "done")
    assert held(begun) == before


def test_there_is_no_past_before_the_project_was_made(begun: Path) -> None:
    with open_project(begun) as project:
        with pytest.raises(NotFound, match="not made yet"):
            as_of(project, "1999-01-01")
        with pytest.raises(NotFound, match="is not a date"):
            as_of(project, "i fjor")


def test_figures_before_and_after_are_those_of_each_time(demo: Path) -> None:
    with ipscoding.open(demo) as study:
        first = pandas.DataFrame(study.freq(by=["code", "role", "coder"]))
    when = now()
    with open_project(demo, coder="A") as project:
        mine = [row for row in excerpts.rows(project) if row.coder == "A"]
        for row in mine[::7]:
            codings.remove(project, row.coding_id)
        p01 = documents.find(project, "p01-jobbsoker").id
        codings.add(project, p01, Span(100, 160), "org.leadership", Valence.BARRIER)
    with ipscoding.open(demo) as study:
        second = pandas.DataFrame(study.freq(by=["code", "role", "coder"]))
        changed = study.compare(at=when)
        every = study.compare(at=when, every=True)
    keys = ["code", "role", "coder"]
    both = first.merge(second, on=keys, suffixes=("_before", "_after")).set_index(keys)
    assert len(every) == len(both)
    for row in every:
        expected = both.loc[(row["code"], row["role"], row["coder"])]
        for name in ("segments_before", "segments_after", "informants_before", "informants_after"):
            assert row[name] == expected[name]
        assert row["informants_before_of"] == expected["informants_of_before"]
        assert row["segments_difference"] == expected["segments_after"] - expected["segments_before"]
    differing = both[
        (both["segments_before"] != both["segments_after"])
        | (both["informants_before"] != both["informants_after"])
        | (both["balance_before"].fillna(0) != both["balance_after"].fillna(0))
    ]
    assert {(row["code"], row["role"], row["coder"]) for row in changed} == set(differing.index)
    assert {row["coder"] for row in changed} == {"A"}


def test_changes_of_codes_stand_beside_their_figures(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    when = now()
    with open_project(demo, coder="A") as project:
        codes.merge(project, "org.integration", "org.colocation")
        codes.change(project, "org.leadership", label={"en": "Leaders' support"})
    said = say(capsys, "compare", demo, "--at", when, "--coders", "A")
    assert said.code == 1
    assert "org.integration (Integration in the treatment team): merged into org.colocation" in said.out
    said = say(capsys, "compare", demo, "--at", when, "--coders", "A", "--format", "json")
    rows = json.loads(said.out)["rows"]
    gone = [row for row in rows if row["code"] == "org.integration"]
    assert {row["codebook"] for row in gone} == {"merged"}
    assert sum(row["segments_before"] for row in gone) > 0
    assert sum(row["segments_after"] or 0 for row in gone) == 0
    assert all(row["codebook"] == "renamed" for row in rows if row["code"] == "org.leadership")


def test_two_files_and_a_file_at_a_date_are_compared(
    demo: Path, begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = shutil.copy(demo, demo.parent / "copy.ipscoding")
    when = now()
    assert "0 rows in which something changed" in good(capsys, "compare", demo, copied)
    with open_project(demo, coder="A") as project:
        codings.remove(project, next(row.coding_id for row in excerpts.rows(project) if row.coder == "A"))
    by_files = json.loads(say(capsys, "compare", copied, demo, "--format", "json").out)["rows"]
    by_date = json.loads(say(capsys, "compare", f"{demo}@{when}", demo, "--format", "json").out)["rows"]
    by_option = json.loads(say(capsys, "compare", demo, "--at", when, "--and", "now", "--format", "json").out)["rows"]
    assert by_files == by_date == by_option != []
    with open_project(begun) as other, open_project(demo) as project:
        found = compare(state_at(other), state_at(project))
    assert found.differs
    assert {row["code"] for row in found.table.rows} > {"org.nær", "org.leadership"}


def test_who_had_not_coded_has_no_figures_and_not_zero(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        when = now()
        codings.add(project, documents.find(project, "p01").id, Span(25, 30), "org.nær", Valence.BARRIER)
        found = compare(state_at(project, when), state_at(project))
    row = next(row for row in found.table.rows if row["code"] == "org.nær" and row["role"] == "patient")
    assert (row["segments_before"], row["segments_after"], row["segments_difference"]) == (None, 1, None)
    assert any("Kari has no codings in" in note for note in found.table.notes)


def test_blind_coding_holds_for_the_past_too(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        p01 = documents.find(project, "p01").id
        with open_project(project.path, coder="Ola") as other:
            codings.add(other, p01, Span(25, 30), "org.nær", Valence.BARRIER)
            documents.set_status(other, p01, "coding")
        when = now()
        project_settings.set(project, "blind", True)
        documents.set_status(project, p01, "coding")
        assert state_at(project, when).excerpts == state_at(project).excerpts == []


def test_attributes_that_came_later_are_not_recorded_before(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        codings.add(project, documents.find(project, "p01").id, Span(25, 30), "org.nær", Valence.BARRIER)
        when = now()
        informants.change(project, "P01", attributes={"age": "30"})
        found = compare(state_at(project, when), state_at(project), by=("age",))
        groups = {(row["age"], row["segments_before"], row["segments_after"]) for row in found.table.rows}
        assert {("", 1, 0), ("30", None, 1)} <= groups
        with pytest.raises(NotFound):
            compare(state_at(project, when), state_at(project), by=("alder",))
        with pytest.raises(NotAllowed):
            compare(state_at(project, when), state_at(project), by=("coder",))


def test_empty_projects_do_not_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        good(capsys, "new", tmp_path / name)
    said = say(capsys, "compare", tmp_path / "a.ipscoding", tmp_path / "b.ipscoding")
    assert said.code == 0
    for wrong in (
        ("a.ipscoding",),
        ("a.ipscoding", "b.ipscoding", "--at", "2026-01-01"),
        ("c.ipscoding", "a.ipscoding"),
    ):
        assert say(capsys, "compare", *(tmp_path / part if "." in part else part for part in wrong)).code == 2
