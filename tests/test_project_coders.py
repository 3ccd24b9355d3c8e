"""Roles, names and blindness: who may do what, and who sees whose work."""

from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.project import Project, coders, codings, documents, journal, open_project
from ipscoding.project import settings as project_settings
from tests.project_example import make


@pytest.fixture
def project(tmp_path: Path):
    with make(tmp_path) as opened:
        yield opened


def as_somebody(project: Project, name: str) -> Project:
    return open_project(project.path, coder=name)


def roles(project: Project) -> dict[str, str]:
    return {one.name: one.role for one in coders.all(project)}


def test_who_made_the_project_leads_until_somebody_is_named(project: Project) -> None:
    assert roles(project) == {"Kari": "lead"}
    coders.set_role(project, "Ola", "lead")
    assert roles(project) == {"Kari": "lead", "Ola": "lead"}
    coders.set_role(project, "Kari", "coder")
    with pytest.raises(NotAllowed, match="Only the lead"):
        coders.set_role(project, "Kari", "lead")


def test_one_lead_stays(project: Project) -> None:
    with pytest.raises(NotAllowed, match="only lead"):
        coders.set_role(project, "Kari", "reader")


def test_a_reader_changes_nothing(project: Project) -> None:
    place = documents.find(project, "p01").id
    coders.set_role(project, "Siri", "reader")
    with as_somebody(project, "Siri") as siri:
        with pytest.raises(NotAllowed, match="Siri is a reader"):
            codings.add(siri, place, Span(24, 27), "org.nær", Valence.NONE)
        assert len(documents.all(siri)) == 2
    with pytest.raises(NotAllowed, match="Siri is a reader"):
        codings.add_many(project, [codings.NewCoding(place, Span(24, 27), "org.nær", coder="Siri")])
    assert codings.counts(project) == {}
    coders.set_role(project, "Siri", "coder")
    with as_somebody(project, "Siri") as siri:
        codings.add(siri, place, Span(24, 27), "org.nær", Valence.NONE)


def test_a_reader_takes_nothing_back(project: Project) -> None:
    with as_somebody(project, "Siri") as siri:
        documents.set_status(siri, documents.find(siri, "p01").id, "done")
        coders.set_role(project, "Siri", "reader")
        with pytest.raises(NotAllowed, match="Siri is a reader"):
            journal.undo(siri)


def test_another_name_stands_for_the_same_coder(project: Project) -> None:
    place = documents.find(project, "p01").id
    coders.set_alias(project, "Kari", "KN")
    codings.add_many(project, [codings.NewCoding(place, Span(24, 27), "org.nær", coder="KN")])
    assert codings.made_by(project) == {(place, "Kari"): 1}
    with as_somebody(project, "KN") as other:
        assert other.coder == "Kari"
    coders.set_alias(project, "Kari", "KN", remove=True)
    with pytest.raises(NotFound):
        coders.find(project, "KN")


def test_a_name_in_use_is_nobody_elses_alias(project: Project) -> None:
    with as_somebody(project, "Ola") as ola:
        documents.set_status(ola, documents.find(ola, "p01").id, "done")
    with pytest.raises(NotAllowed, match="another coder"):
        coders.set_alias(project, "Kari", "Ola")


def test_colours_are_colours(project: Project) -> None:
    assert coders.set_colour(project, "Kari", "#0072B2").colour == "#0072b2"
    with pytest.raises(NotAllowed, match="not a colour"):
        coders.set_colour(project, "Kari", "red")
    assert coders.set_colour(project, "Kari", "").colour == ""
    for _act in range(2):
        journal.undo(project)
    assert coders.find(project, "Kari").colour == ""


def test_only_the_lead_turns_blind_coding_off(project: Project) -> None:
    with as_somebody(project, "Ola") as ola:
        project_settings.set(ola, "blind", True)
        with pytest.raises(NotAllowed, match="Only the lead of the project may do that \\(Kari\\)"):
            project_settings.set(ola, "blind", False)
    project_settings.set(project, "blind", False)


def test_blind_coders_see_others_work_when_all_are_done(project: Project) -> None:
    place = documents.find(project, "p01").id
    with as_somebody(project, "Ola") as ola:
        documents.set_status(project, place, "coding")
        documents.set_status(ola, place, "done")
        assert coders.hidden_from(ola, place) == frozenset()
        project_settings.set(project, "blind", True)
        assert coders.hidden_from(project, place) == {"Ola"}
        assert coders.hidden_from(ola, place) == {"Kari"}
        documents.set_status(project, place, "done")
        assert coders.hidden_from(project, place) == coders.hidden_from(ola, place) == frozenset()
