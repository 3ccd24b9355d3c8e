"""Roles and attributes of informants."""

from pathlib import Path

import pytest

from ipscoding.codebook.check import check
from ipscoding.codebook.informants import read_scheme, shipped_scheme
from ipscoding.errors import FileProblem

HEAD = "codebook: {id: own, language: nb}\n"


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("patient", "patient"),
        ("Jobbsøker", "patient"),
        ("JOBBSØKJAR (PASIENT)", "patient"),
        ("pasient", "patient"),
        ("  Psykolog ", "clinician"),
        ("behandlar", "clinician"),
        ("employment_specialist", "employment-specialist"),
        ("IPS jobbspesialist", "employment-specialist"),
        ("NAV-veileder", "nav-counsellor"),
        ("nav veileder", "nav-counsellor"),
        ("NAV‑rettleiar", "nav-counsellor"),
        ("Team leader", "team-leader"),
        ("arbeidsgjevar", "employer"),
        ("Pårørende", "relative"),
        ("Pa\u030arørande", "relative"),
        ("erfaringskonsulent", "peer"),
        ("rørlegger", None),
        ("", None),
    ],
)
def test_a_role_is_known_by_id_label_and_alias_in_any_language(said: str, role: str | None) -> None:
    assert shipped_scheme().role(said) == role


def test_the_shipped_scheme_has_8_roles_and_says_what_a_project_asks_for() -> None:
    scheme = shipped_scheme()
    assert len(scheme.roles) == 8
    assert [attribute.id for attribute in scheme.attributes if attribute.core] == [
        "site",
        "health-trust",
        "service-type",
        "age-band",
        "gender",
        "diagnosis-group",
        "years-in-role",
        "specialist-employer",
        "colocated",
    ]
    for entry in (*scheme.roles, *scheme.attributes, *(value for a in scheme.attributes for value in a.values)):
        assert set(entry.label) == {"nb", "nn", "en"}, entry.id


def test_values_are_known_by_id_and_label() -> None:
    colocated = shipped_scheme().attribute("colocated")
    assert colocated is not None
    assert [value.id for value in colocated.values] == ["yes", "partly", "no", "not-recorded"]
    assert (colocated.value("Nei"), colocated.value("YES"), colocated.value("kanskje")) == ("no", "yes", None)


def test_health_data_is_marked() -> None:
    diagnosis = shipped_scheme().attribute("diagnosis-group")
    assert diagnosis is not None
    assert (diagnosis.identifiability, diagnosis.roles, diagnosis.type) == ("special-category", ("patient",), "enum")
    assert shipped_scheme().attribute("shoe-size") is None


def test_a_scheme_of_a_teams_own(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        HEAD + "roles:\n  - {id: plumber, label: Rørlegger, aliases: [VVS]}\n"
        "attributes:\n  - {id: size, type: enum, label: Størrelse, values: [liten, stor], applies_to: plumber}\n",
        "utf-8",
    )
    scheme = read_scheme(file)
    assert (scheme.role("vvs"), scheme.roles[0].name("en")) == ("plumber", "Rørlegger")
    size = scheme.attributes[0]
    assert ([value.id for value in size.values], size.roles, size.core) == (["liten", "stor"], ("plumber",), False)


def test_the_faults_of_a_scheme_are_told_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        HEAD + "roles:\n  - {id: a, label: A, aliases: [both]}\n"
        "  - {id: b, label: B, aliases: [Both]}\n  - {id: b, label: C}\n"
        "attributes:\n  - {id: x, type: colour, label: X}\n  - {id: y, type: enum, label: Y, applies_to: [c]}\n",
        "utf-8",
    )
    assert [(fault.line, fault.message.split(";")[0]) for fault in check(file)] == [
        (4, "“Both” names two roles, a and b"),
        (5, "the id “b” is taken"),
        (7, "unknown type “colour”"),
        (8, "“y” has no values to choose from"),
        (8, "unknown role “c”"),
    ]
    with pytest.raises(FileProblem, match=r"line 4.*\(and 4 more faults\)"):
        read_scheme(file)


def test_a_codebook_is_no_scheme(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(HEAD + "codes: []\n", "utf-8")
    with pytest.raises(FileProblem, match="there are no roles"):
        read_scheme(file)
