"""Times of a recording promise: kept with the text, found at a place, and they travel with it."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Moment, Span, Transcript, clock_time
from ipscoding.project import Project, backup, documents, open_project, search
from ipscoding.project.check import check
from ipscoding.project.merging import packages
from ipscoding.project.merging.merge import merge
from ipscoding.project.merging.sync import sync
from ipscoding.transcripts.reading import Reading
from tests.project_example import make, reading

LINES = ("I: Hva nå?", "P: Ikke noe nytt.")
TIMES = (Moment(3, 1.5), Moment(14, 62.25))


def timed(name: str = "tid") -> Reading:
    plain = reading(name, LINES)
    return replace(plain, transcript=replace(plain.transcript, times=TIMES))


def times(project: Project, name: str = "tid") -> tuple[Moment, ...]:
    return documents.transcript(project, documents.find(project, name).id).times


def test_times_are_kept_with_the_text(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        documents.add_all(project, [timed()])
        assert times(project) == TIMES
        assert times(project, "p01") == ()
        assert [one for one in check(project) if one.found] == []
        copied = backup.backup(project)
    with open_project(copied) as copy:
        assert times(copy) == TIMES


def test_a_time_holds_until_the_next(tmp_path: Path) -> None:
    transcript = timed().transcript
    assert [transcript.time_at(offset) for offset in (0, 2, 3, 13, 14, 30)] == [None, None, 1.5, 1.5, 62.25, 62.25]
    assert transcript.duration == 62.25
    assert [transcript.time_in(turn.span) for turn in transcript.turns] == [1.5, 62.25]
    assert transcript.time_in(Span(4, 14)) is None
    assert (replace(transcript, times=()).time_at(5), replace(transcript, times=()).duration) == (None, None)


@given(st.floats(0, 900_000))
def test_a_time_is_written_in_whole_seconds(seconds: float) -> None:
    hours, minutes, rest = clock_time(seconds).split(":")
    assert len(minutes) == len(rest) == 2
    assert int(hours) * 3600 + int(minutes) * 60 + int(rest) == int(seconds)


def test_times_come_with_a_merged_interview(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        other = backup.backup(project, tmp_path / "annen.ipscoding")
        with open_project(other) as kari:
            documents.add_all(kari, [timed()])
        merge(project, [other])
        assert times(project) == TIMES


def test_times_come_through_a_shared_folder_and_in_a_package(tmp_path: Path) -> None:
    folder = tmp_path / "delt"
    folder.mkdir()
    with make(tmp_path) as project:
        other = backup.backup(project, tmp_path / "annen.ipscoding")
        documents.add_all(project, [timed()])
        sync(project, folder)
        with open_project(other) as ola:
            sync(ola, folder)
            assert times(ola) == TIMES
        (package,) = packages.split(project, packages.to_all(packages.chosen(project), ["Ola"]), folder)
    assert package.path is not None
    with open_project(package.path) as given_out:
        assert times(given_out) == TIMES


def test_a_text_that_came_without_times_gets_them_with_the_next_import(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        documents.add_all(project, [reading("tid", LINES)])
        documents.add_all(project, [timed("igjen"), reading("ny", ("P: Noe annet.",))])
        assert times(project) == TIMES
        assert isinstance(documents.transcript(project, documents.find(project, "ny").id), Transcript)


def test_a_text_that_nobody_has_any_more_is_kept_anew(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        documents.add_all(project, [timed()])
        documents.remove(project, documents.find(project, "tid").id)
        other = timed()
        turns = tuple(replace(turn, interviewer=False) for turn in other.transcript.turns)
        documents.add_all(project, [replace(other, transcript=replace(other.transcript, turns=turns))])
        document = documents.find(project, "tid")
        assert document.words == 5
        assert [hit.document.name for hit in search.words(project, "nytt")] == ["tid"]
        assert [one for one in check(project) if one.found] == []
