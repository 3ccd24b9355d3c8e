"""Roles, names and blindness: who may do what, and who sees whose work."""

from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.project import Project, blind, codebooks, coders, codings, documents, excerpts, journal, open_project
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
        assert blind.hidden_from(ola, place) == frozenset()
        project_settings.set(project, "blind", True)
        assert blind.hidden_from(project, place) == {"Ola"}
        assert blind.hidden_from(ola, place) == {"Kari"}
        documents.set_status(project, place, "done")
        assert blind.hidden_from(project, place) == blind.hidden_from(ola, place) == frozenset()
        with as_somebody(project, "Siri") as siri:
            documents.set_status(siri, place, "coding")
            # who is at work sees nobody, and nobody sees them; the two who are done go on seeing each other
            assert blind.hidden_from(siri, place) == {"Kari", "Ola"}
            assert blind.hidden_from(project, place) == blind.hidden_from(ola, place) == {"Siri"}


def test_a_lead_or_a_reader_who_does_not_code_sees_what_is_done(project: Project) -> None:
    place = documents.find(project, "p01").id
    with as_somebody(project, "Ola") as ola, as_somebody(project, "Siri") as siri, as_somebody(project, "Per") as per:
        documents.set_status(ola, place, "coding")
        documents.set_status(siri, place, "done")
        coders.set_role(project, "Per", "reader")
        project_settings.set(project, "blind", True)
        assert blind.hidden_from(per, place) == {"Ola"}
        assert blind.hidden_from(project, place) == {"Ola"}
        # a lead who codes may be the second coder: one who is done is not enough
        documents.set_status(project, documents.find(project, "n01").id, "coding")
        assert {"Ola", "Siri"} <= blind.hidden_from(project, place)
        documents.set_status(ola, place, "done")
        for looking in (project, per):
            assert blind.hidden_from(looking, place) == frozenset()
    with as_somebody(project, "Nobody") as nobody:
        assert {"Ola", "Siri", "Per"} <= blind.hidden_from(nobody, place)


def test_tables_and_history_hold_only_what_may_be_seen_and_say_so(project: Project) -> None:
    place = documents.find(project, "p01").id
    with as_somebody(project, "Ola") as ola:
        code = codebooks.load(ola).active()[0].id
        codings.add(ola, place, Span(3, 9), code, Valence.NONE)
        project_settings.set(project, "blind", True)
        documents.set_status(project, place, "coding")
        assert [row.coder for row in excerpts.rows(ola)] == ["Ola"]
        assert list(excerpts.rows(project)) == []
        assert "1 coding by others is hidden" in excerpts.about_kept_back(project)[0]
        assert excerpts.about_kept_back(ola) == []
        told = [entry.text for entry in blind.seen(project, journal.history(project, document_id=place))]
        assert any("hidden" in text for text in told)
        documents.set_status(ola, place, "done")
        assert list(excerpts.rows(project)) == []
        documents.set_status(project, place, "done")
        assert [row.coder for row in excerpts.rows(project)] == ["Ola"]
