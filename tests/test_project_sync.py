"""The shared folder promises: any order, any number of times, files that are not whole do no harm."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.domain import Valence
from ipscoding.errors import FileProblem, ProjectProblem
from ipscoding.project import Project, codings, create, documents, journal, open_project
from ipscoding.project.check import check
from ipscoding.project.merging.sync import SUFFIX, sync
from tests.merge_example import base, content, copy, work
from tests.project_example import make, reading, span_of
from tests.test_project_merge_properties import ACT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "delt"
    place.mkdir()
    return place


def copies(tmp_path: Path, *names: str) -> list[Project]:
    with make(tmp_path) as project:
        path = project.path
    return [open_project(copy(path, name.lower()), coder=name) for name in names]


def door(project: Project) -> None:
    place = documents.find(project, "p01").id
    codings.add(project, place, span_of(project, place, "Døra hans"), "org.nær", Valence.BARRIER)


def test_copies_exchange_work_and_then_have_nothing_more_to_say(tmp_path: Path, folder: Path) -> None:
    kari, ola = copies(tmp_path, "Kari", "Ola")
    with kari, ola:
        door(kari)
        door(ola)
        first = sync(kari, folder)
        assert first.sent > 0
        assert first.file is not None
        assert first.file.stat().st_mode & 0o777 == 0o600
        assert sync(ola, folder).merged.codings_by == {"Kari": 1}
        assert sync(kari, folder).merged.codings_by == {"Ola": 1}
        assert content(kari) == content(ola)
        files = sorted(folder.iterdir())
        for project in (kari, ola, kari, ola):
            done = sync(project, folder)
            assert (done.merged.anything, done.sent, done.file) == (False, 0, None)
        assert sorted(folder.iterdir()) == files


def test_an_interview_that_one_brought_in_comes_with_its_text(tmp_path: Path, folder: Path) -> None:
    kari, ola = copies(tmp_path, "Kari", "Ola")
    with kari, ola:
        documents.add_all(kari, [reading("ny", ("I: Nytt?", "P: Ja, nytt."))])
        assert sync(kari, folder).texts_sent == 3
        sync(ola, folder)
        assert documents.transcript(ola, documents.find(ola, "ny").id).text == "I: Nytt?\nP: Ja, nytt."
        assert [one for one in check(ola) if one.found] == []


def test_without_texts_an_interview_waits_for_its_text(tmp_path: Path, folder: Path) -> None:
    kari, ola = copies(tmp_path, "Kari", "Ola")
    with kari, ola:
        documents.add_all(kari, [reading("ny", ("I: Nytt?", "P: Ja, nytt."))])
        sync(kari, folder, with_texts=False)
        assert not any(b"Ja, nytt" in path.read_bytes() for path in folder.iterdir())
        assert sync(ola, folder).merged.waiting == 1
        assert {one.name for one in documents.all(ola)} == {"n01", "p01"}
        documents.add_all(ola, [reading("ny", ("I: Nytt?", "P: Ja, nytt."))])
        sync(ola, folder)
        sync(kari, folder)
        assert content(kari) == content(ola)


def test_a_file_that_was_copied_in_part_is_skipped_until_it_is_whole(tmp_path: Path, folder: Path) -> None:
    kari, ola = copies(tmp_path, "Kari", "Ola")
    with kari, ola:
        door(kari)
        file = sync(kari, folder).file
        assert file is not None
        whole, before = file.read_bytes(), content(ola)
        for part in (b"", whole[:20], whole[:-1], whole + b"x", whole.replace(whole[40:50], b"0123456789")):
            file.write_bytes(part)
            done = sync(ola, folder, dry_run=True)
            assert done.broken == [file.name]
            assert content(ola) == before
        file.write_bytes(whole)
        assert sync(ola, folder).merged.codings_by == {"Kari": 1}


def test_acts_wait_for_those_before_them(tmp_path: Path, folder: Path) -> None:
    kari, ola = copies(tmp_path, "Kari", "Ola")
    with kari, ola:
        door(kari)
        first = sync(kari, folder).file
        documents.set_status(kari, documents.find(kari, "p01").id, "done")
        sync(kari, folder)
        assert first is not None
        aside = first.rename(tmp_path / first.name)
        done = sync(ola, folder)
        assert (done.early, done.merged.anything) == (1, False)
        aside.rename(first)
        assert sync(ola, folder).early == 0
        assert documents.statuses(ola)[(documents.find(ola, "p01").id, "Kari")] == "done"


def test_a_third_machine_gets_what_only_the_second_has_met(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "pinne"
    other.mkdir()
    kari, ola, siri = copies(tmp_path, "Kari", "Ola", "Siri")
    with kari, ola, siri:
        door(kari)
        sync(kari, folder)
        sync(ola, folder)
        sync(ola, other)
        assert sync(siri, other).merged.codings_by == {"Kari": 1}


def test_files_of_another_study_are_left_alone_and_newer_ones_refused(tmp_path: Path, folder: Path) -> None:
    (kari,) = copies(tmp_path, "Kari")
    with kari, create(tmp_path / "annen.ipscoding", coder="Per") as stranger:
        foreign = sync(stranger, folder).file
        assert foreign is not None
        done = sync(kari, folder)
        assert done.foreign == [foreign.name]
        put_newer(folder)
        before = content(kari)
        with pytest.raises(ProjectProblem, match="newer version"):
            sync(kari, folder)
        assert content(kari) == before


def put_newer(folder: Path) -> None:
    import hashlib
    import zlib

    packed = zlib.compress(b'{"format": "ipscoding-acts", "version": 99, "studies": []}')
    (folder / f"x-{hashlib.sha256(packed).hexdigest()[:32]}{SUFFIX}").write_bytes(packed)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (kari,) = copies(tmp_path, "Kari")
    with kari, pytest.raises(FileProblem, match="no such folder"):
        sync(kari, tmp_path / "borte")


def test_an_exchange_can_be_undone_and_one_backup_is_kept(tmp_path: Path, folder: Path) -> None:
    kari, ola = copies(tmp_path, "Kari", "Ola")
    with kari, ola:
        documents.set_status(ola, documents.find(ola, "n01").id, "coding")
        for _round in range(2):
            door(kari)
            journal.undo(kari)
            door(kari)
            sync(kari, folder)
            before = content(ola)
            sync(ola, folder)
            journal.undo(ola)
            assert content(ola) == before
            sync(ola, folder)
            codings.remove(kari, codings.of_document(kari, documents.find(kari, "p01").id)[0].id)
        assert len(list(tmp_path.glob("ola.*backup*"))) == 1


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base(tmp_path_factory.mktemp("begun"))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rounds=st.lists(st.tuples(st.integers(0, 2), st.lists(ACT, max_size=3)), min_size=2, max_size=7),
    chance=st.integers(0, 1000),
)
def test_any_order_of_exchanges_ends_in_one_project(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, rounds: list, chance: int
) -> None:
    place = tmp_path_factory.mktemp("s")
    folder = place / "delt"
    folder.mkdir()
    start = copy(begun, f"{place.name}")
    people = [open_project(start.rename(place / "a.ipscoding"), coder="Kari")]
    people += [open_project(copy(people[0].path, name), coder=coder) for name, coder in (("b", "Ola"), ("c", "Siri"))]
    for number, acts in rounds:
        work(people[number], acts)
        sync(people[number], folder)
    order = [0, 1, 2] * 3
    random.Random(chance).shuffle(order)
    for number in [*order, 0, 1, 2, 0, 1, 2]:
        sync(people[number], folder)
    results = [content(project) for project in people]
    for project in people:
        assert [one for one in check(project) if one.found] == []
        project.close()
    assert results[0] == results[1] == results[2]
