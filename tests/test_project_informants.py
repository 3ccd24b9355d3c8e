"""One informant is changed in place: what is given is set, what is empty goes, all of it one undo."""

from pathlib import Path

import pytest

from ipscoding.errors import NotFound
from ipscoding.project import Project, informants, journal
from tests.project_example import make


@pytest.fixture
def project(tmp_path: Path):
    with make(tmp_path) as opened:
        yield opened


def of(project: Project, name: str):
    return next(person for person in informants.all(project) if person.name == name)


def test_what_is_given_is_set_and_the_rest_stays(project: Project) -> None:
    assert informants.change(project, "P01", attributes={"age-band": "age-30-39"})
    assert of(project, "P01").attributes == {"site": "S01", "age-band": "age-30-39"}
    assert of(project, "P01").role == "patient"


def test_an_empty_value_takes_an_attribute_away(project: Project) -> None:
    assert informants.change(project, "P01", role="", attributes={"site": ""})
    assert of(project, "P01").attributes == {}
    assert of(project, "P01").role == ""


def test_a_role_is_known_by_its_aliases(project: Project) -> None:
    informants.change(project, "P01", role="NAV-veileder")
    assert of(project, "P01").role == "nav-counsellor"


def test_it_is_one_undo_that_names_the_informant(project: Project) -> None:
    before = journal.state(project)
    informants.change(project, "P01", role="peer", attributes={"site": "S02", "gender": "woman"})
    step = journal.undo(project)
    assert step is not None
    assert step.text == "informant changed: P01"
    assert journal.state(project) == before


def test_nothing_different_is_no_act(project: Project) -> None:
    acts = len(journal.history(project, limit=None))
    assert not informants.change(project, "P01", role="patient", attributes={"site": "S01", "gender": ""})
    assert len(journal.history(project, limit=None)) == acts


def test_an_unknown_informant_is_said_to_be_so(project: Project) -> None:
    with pytest.raises(NotFound, match="P99"):
        informants.change(project, "P99", role="peer")
