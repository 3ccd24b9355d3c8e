"""Packages promise: a coder gets their interviews and nobody else's work, and what they did comes back whole."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.domain import Document, Valence
from ipscoding.errors import FileProblem, NotAllowed, ProjectProblem
from ipscoding.project import Project, codebooks, codes, codings, documents, memos, open_project, versions
from ipscoding.project import settings as project_settings
from ipscoding.project.check import check
from ipscoding.project.merging import packages
from ipscoding.project.merging.merge import merge
from ipscoding.project.merging.sync import sync
from tests.merge_example import content
from tests.project_example import make, reading, span_of


@pytest.fixture
def study(tmp_path: Path):
    with make(tmp_path, coder="Leder") as project:
        documents.add_all(project, [reading(f"d{n}", ("I: Hva?", f"P: Svar nummer {n}.")) for n in range(4)])
        yield project


def door(project: Project, valence: Valence = Valence.BARRIER) -> None:
    place = documents.find(project, "p01").id
    codings.add(project, place, span_of(project, place, "Døra hans"), "org.nær", valence, memo="merk")


def give(study: Project, folder: Path, *names: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made = packages.split(study, packages.to_all(packages.chosen(study), names), folder)
    return [package.path for package in made if package.path]


def test_a_package_holds_its_interviews_and_nobody_elses_work(study: Project, tmp_path: Path) -> None:
    door(study)
    out = tmp_path / "ut"
    out.mkdir()
    shares = {"Kari": [documents.find(study, "p01")], "Ola": [documents.find(study, "d1")]}
    kari, ola = packages.split(study, shares, out)
    assert kari.path is not None
    assert kari.path.stat().st_mode & 0o777 == 0o600
    with open_project(kari.path) as package:
        assert package.coder == "Kari"
        assert [one.name for one in documents.all(package)] == ["p01"]
        assert codings.counts(package) == {}
        assert package.value("SELECT count(*) FROM texts") == 1
        assert [code.id for code in codebooks.load(package).codes] == [code.id for code in codebooks.load(study).codes]
        assert project_settings.get(package, "blind") is True
        assert [one for one in check(package) if one.found] == []
        assert "Døra" not in str(package.tuples("SELECT params FROM commands"))
    assert ola.documents == ("d1",)


def test_what_coders_did_comes_back_and_only_that(study: Project, tmp_path: Path) -> None:
    door(study)
    before = content(study)
    paths = give(study, tmp_path / "ut", "Kari", "Ola")
    for path, valence in zip(paths, (Valence.BARRIER, Valence.FACILITATOR), strict=True):
        with open_project(path) as package:
            door(package, valence)
            codes.change(package, "org.nær", label={"nb": "Nærhet i hverdagen"})
            documents.set_status(package, documents.find(package, "p01").id, "done")
    made = merge(study, paths)
    assert made.codings_by == {"Kari": 1, "Ola": 1}
    assert made.conflicts == 0
    assert made.counts["code"].changed == 1
    assert {coder: n for (_document, coder), n in codings.made_by(study).items()} == {"Leder": 1, "Kari": 1, "Ola": 1}
    assert content(study)["texts" if "texts" in before else "documents"] == before["documents"]
    assert not merge(study, list(reversed(paths))).anything
    assert [one for one in check(study) if one.found] == []


def test_a_second_round_goes_on_from_the_first(study: Project, tmp_path: Path) -> None:
    (first,) = give(study, tmp_path / "en", "Kari")
    with open_project(first) as package:
        door(package)
    merge(study, [first])
    (second,) = give(study, tmp_path / "to", "Kari")
    with open_project(second) as package:
        (coding,) = codings.of_document(package, documents.find(package, "p01").id)
        assert coding.memo == "merk"
        codings.change(package, coding.id, valence=Valence.BOTH)
        memos.put(package, coding.id, "merk igjen")
    merge(study, [second])
    (coding,) = codings.of_document(study, documents.find(study, "p01").id)
    assert (coding.valence, coding.memo) == (Valence.BOTH, "merk igjen")
    assert not merge(study, [first]).anything


def test_a_package_of_another_study_or_of_a_later_state_is_refused(study: Project, tmp_path: Path) -> None:
    early = tmp_path / "tidlig.ipscoding"
    from ipscoding.project.backup import backup

    backup(study, early)
    (path,) = give(study, tmp_path / "ut", "Kari")
    (tmp_path / "x").mkdir()
    with make(tmp_path / "x") as other, pytest.raises(ProjectProblem, match="another study"):
        merge(other, [path])
    with open_project(early, coder="Leder") as old, pytest.raises(ProjectProblem, match="later state"):
        merge(old, [path])


def test_blind_coders_see_each_other_when_both_are_done(study: Project, tmp_path: Path) -> None:
    folder = tmp_path / "delt"
    folder.mkdir()
    kari_path, ola_path = give(study, tmp_path / "ut", "Kari", "Ola")
    sync(study, folder)
    with open_project(kari_path) as kari, open_project(ola_path) as ola:
        place = documents.find(kari, "p01").id
        for package in (kari, ola):
            door(package)
            with pytest.raises(NotAllowed, match="Only the lead"):
                project_settings.set(package, "blind", False)
            sync(package, folder)
        documents.set_status(kari, place, "done")
        sync(kari, folder)
        assert sync(ola, folder).merged.hidden == 1
        assert sync(kari, folder).merged.hidden == 1
        assert [one.coder for one in codings.of_document(kari, place)] == ["Kari"]
        documents.set_status(ola, place, "done")
        sync(ola, folder)
        sync(kari, folder)
        for package in (kari, ola):
            assert sorted(one.coder for one in codings.of_document(package, place)) == ["Kari", "Ola"]
            assert [one for one in check(package) if one.found] == []
    assert sync(study, folder).merged.codings_by == {"Kari": 1, "Ola": 1}


def test_only_the_lead_gives_out_and_nothing_is_left_half_made(study: Project, tmp_path: Path) -> None:
    shares = packages.to_all(packages.chosen(study), ("Kari", "Ola"))
    with open_project(study.path, coder="Ola") as other, pytest.raises(NotAllowed, match="Only the lead"):
        packages.split(other, shares, tmp_path)
    with pytest.raises(FileProblem, match="cannot be made"):
        packages.split(study, shares, tmp_path / "borte" / "ut")
    out = tmp_path / "ut"
    out.mkdir()
    (out / "studie-ola.ipscoding").write_text("noe annet")
    before = content(study)
    with pytest.raises(ProjectProblem, match="already a file"):
        packages.split(study, shares, out)
    assert [path.name for path in out.iterdir()] == ["studie-ola.ipscoding"]
    assert content(study) == before


def test_the_folder_for_packages_is_made(study: Project, tmp_path: Path) -> None:
    shares = packages.to_all(packages.chosen(study), ("Kari", "Ola"))
    made = packages.split(study, shares, tmp_path / "pakker")
    assert {one.path for one in made} == set((tmp_path / "pakker").iterdir())


def test_a_draw_by_role_has_only_that_role(study: Project) -> None:
    assert [one.name for one in packages.chosen(study, ["patient"])] == ["p01"]
    with pytest.raises(NotAllowed, match="no interview"):
        packages.chosen(study, ["clinician"])


@given(
    n=st.integers(1, 60),
    people=st.integers(1, 6),
    share=st.integers(1, 100),
    double=st.integers(0, 100),
    seed=st.integers(0, 99),
)
def test_a_random_draw_is_even_and_repeatable(n: int, people: int, share: int, double: int, seed: int) -> None:
    found = [Document(str(i), f"d{i:02}", "") for i in range(n)]
    names = [f"K{i}" for i in range(people)]
    double = double if people > 1 else 0
    drawn = packages.at_random(found, names, share=share, double=double, seed=seed)
    assert drawn == packages.at_random(list(reversed(found)), names, share=share, double=double, seed=seed)
    given_out = Counter(one.name for several in drawn.values() for one in several)
    assert len(given_out) == max(1, round(n * share / 100))
    assert sum(times == 2 for times in given_out.values()) == round(len(given_out) * double / 100)
    assert set(given_out.values()) <= {1, 2}
    sizes = [len(several) for several in drawn.values()]
    assert max(sizes) - min(sizes) <= 1


def test_a_package_holds_no_earlier_text_of_its_interviews(study: Project, tmp_path: Path) -> None:
    with open_project(study.path, coder="Ola") as ola:
        door(ola)
    revised = ("I: Hei du.", "P: Det går bra. Døra hans er åpen.", "I: Ja?")
    versions.revise(study, "p01", reading("p01", revised))
    [path] = give(study, tmp_path / "ut", "Ola")
    with open_project(path) as package:
        assert project_texts(package) == {row.text_sha256 for row in documents.all(study)}
        place = documents.find(package, "p01").id
        [mine] = codings.of_document(package, place)
        assert mine.span.of(documents.text(package, place)) == "Døra hans"
        codings.change(package, mine.id, span=span_of(package, place, "Døra hans er åpen."))
    merge(study, [path])
    place = documents.find(study, "p01").id
    assert [one.span.of(documents.text(study, place)) for one in codings.of_document(study, place)] == [
        "Døra hans er åpen."
    ]
    assert [one for one in check(study) if one.found] == []


def project_texts(project: Project) -> set[str]:
    return {sha256 for (sha256,) in project.tuples("SELECT sha256 FROM texts")}
