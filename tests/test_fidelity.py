"""Fidelity scores: read from files, kept by the project, set beside what was coded."""

import shutil
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipscoding
from ipscoding.codebook.fidelity import scale
from ipscoding.errors import NotFound
from ipscoding.exchange.fidelity_in import read_fidelity
from ipscoding.project import fidelity, journal, open_project
from ipscoding.project.check import check
from ipscoding.project.fidelity import Assessment
from ipscoding.project.merging import conflicts
from ipscoding.project.merging.merge import merge
from tests.cli_example import good, held, say
from tests.project_example import make

FULL = {item.id: 4 for item in scale().items}


def yaml(path: Path, scores: dict[str, int] | None = None, **head: str) -> Path:
    lines = [f"{name}: {value}" for name, value in head.items()]
    lines += ["scores:", *(f"  {item}: {score}" for item, score in (scores or FULL).items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_scale_has_twenty_five_items_and_bands_without_gaps() -> None:
    found = scale()
    assert [item.number for item in found.items] == list(range(1, 26))
    limits = [(25, "fid.not-ips"), (73, "fid.not-ips"), (74, "fid.fair"), (99, "fid.fair"), (100, "fid.good"),
              (114, "fid.good"), (115, "fid.exemplary"), (125, "fid.exemplary")]  # fmt: skip
    for total, name in limits:
        band = found.band(total)
        assert band is not None
        assert band.id == name
    for total in range(25, 126):
        assert sum(band.least <= total <= band.most for band in found.bands) == 1
    assert found.band(None) is None


@given(st.dictionaries(st.sampled_from([item.id for item in scale().items]), st.integers(1, 5)))
def test_a_total_needs_every_item(scores: dict[str, int]) -> None:
    assert scale().total(scores) == (sum(scores.values()) if len(scores) == 25 else None)


def test_an_item_goes_by_id_number_or_label() -> None:
    for word in ("fid.team-contact", "team-contact", "5", "Integration through frequent  team contact",
                 "integrering gjennom hyppig teamkontakt"):  # fmt: skip
        item = scale().item(word)
        assert item is not None
        assert item.number == 5
    assert scale().item("26") is None


def test_all_forms_of_files_say_the_same(tmp_path: Path) -> None:
    numbers = range(1, 26)
    by_item = tmp_path / "by-item.csv"
    by_item.write_text("sted,dato,punkt,skår\n" + "".join(f"S01,2026-03-01,{n},4\n" for n in numbers), "utf-8")
    by_site = tmp_path / "by-site.csv"
    by_site.write_text(
        "site;date;comment;" + ";".join(map(str, numbers)) + "\nS01;2026-03-01;bra;" + ";".join("4" * 25) + "\n",
        "utf-8",
    )
    files = [yaml(tmp_path / "s.yaml", site="S01", date="2026-03-01"), by_item, by_site]
    for file in files:
        reading = read_fidelity(file)
        assert (reading.faults, reading.assessments) == ([], [Assessment("S01", "2026-03-01", FULL)])
    unnamed = yaml(tmp_path / "unnamed.yml", {"1": 5})
    assert read_fidelity(unnamed, site="S9").assessments == [Assessment("S9", "", {"fid.caseload-size": 5})]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "site,item,score\nS1,1,6\n", "line 2, score: “6” is no score from 1 to 5"),
        ("a.csv", "site,item,score\nS1,0,5\n", "line 2, item: “0” is no item of the scale"),
        ("a.csv", "site,item,score\nS1,1,5\nS1,caseload-size,4\n", "line 3, item: item 1 of S1 has a score already"),
        ("a.csv", "site,item,score\n,1,5\n", "line 2, site: the site is not named"),
        ("a.csv", "item,score\n1,5\n2,5\n", "the site is not named"),
        ("a.csv", "site,item\nS1,1\n", "the column “score” is missing"),
        ("a.csv", "site,total\nS1,101\n", "nor a column for each item"),
        ("a.csv", "site,1,caseload-size\nS1,4,4\n", "are the same item"),
        ("a.csv", "site,date,1\nS1,1.3.26,4\n", "line 2, date: “1.3.26” is not a date"),
        ("a.csv", "site,item,score\nS1,1,²\n", "line 2, score: “²” is no score"),
        (
            "a.yaml",
            "site: S1\nscores:\n  1: 5\n  zero-exclusions: 3\n",
            "line 4, column 3: “zero-exclusions” is no item",
        ),
        ("a.yaml", "site: S1\nscores:\n  1: 4.5\n", "line 3, column 6: “4.5” is no score"),
        ("a.yaml", "site: S1\nscores:\n  1: [4]\n", "line 3, column 6: a score is one number"),
        ("a.yaml", "scores:\n  1: 4\n", "line 1, column 1: the site is not named"),
        ("a.yaml", "site: S1\nskor:\n  1: 4\n", "unknown field “skor”"),
        ("a.yaml", "- 1\n", "must have fields"),
        ("a.yaml", "site: S1\n  scores: 1\n", "line 2"),
        ("a.csv", "site,item,score\n", "there are no scores in it"),
    ],
)
def test_faults_name_their_place_and_nothing_is_kept(
    name: str, text: str, told: str, demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = demo.parent / name
    file.write_text(text, encoding="utf-8")
    before = held(demo)
    said = say(capsys, "fidelity", demo, file)
    assert said.code == 2
    assert told in said.err, said.err
    assert held(demo) == before


def test_scores_are_one_act_that_can_be_undone_and_the_project_stays_sound(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        done = fidelity.record(
            project, [Assessment("S01", "2025", FULL), Assessment("S/2 é.x", "", {"fid.disclosure": 1})]
        )
        assert len(done.added) == 2
        assert fidelity.all(project) == [
            Assessment("S/2 é.x", "", {"fid.disclosure": 1}),
            Assessment("S01", "2025", FULL),
        ]
        again = fidelity.record(project, [Assessment("S01", "2025", FULL), Assessment("S01", "2026", FULL)])
        assert (again.added, again.unchanged) == ([("S01", "2026")], [("S01", "2025")])
        assert [one.date for one in fidelity.latest(fidelity.all(project)) if one.site == "S01"] == ["2026"]
        journal.undo(project)
        changed = fidelity.record(project, [Assessment("S01", "2025", FULL | {"fid.disclosure": 1})])
        assert changed.changed == [("S01", "2025")]
        journal.undo(project)
        assert {one.site: one.scores for one in fidelity.all(project)}["S01"] == FULL
        assert fidelity.remove(project, "S01")[0].date == "2025"
        journal.undo(project)
        journal.undo(project)
        assert fidelity.all(project) == []
        journal.redo(project)
        assert len(fidelity.all(project)) == 2
        assert not any(one.found for one in check(project))
        with pytest.raises(NotFound):
            fidelity.remove(project, "S01", "1999")


def test_merging_carries_scores_and_different_ones_are_a_conflict(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        path = project.path
    other = Path(shutil.copy(path, tmp_path / "other.ipscoding"))
    with open_project(path, coder="Kari") as ours, open_project(other, coder="Ola") as theirs:
        fidelity.record(ours, [Assessment("S01", "2026", FULL), Assessment("S02", "2026", FULL)])
        fidelity.record(
            theirs, [Assessment("S01", "2026", FULL | {"fid.disclosure": 2}), Assessment("S03", "2026", FULL)]
        )
    with open_project(path, coder="Kari") as ours:
        made = merge(ours, [other])
        assert {one.site for one in fidelity.all(ours)} == {"S01", "S02", "S03"}
        assert made.conflicts == 1
        assert "fidelity/S01/2026" in conflicts.all(ours)[0].field
        journal.undo(ours)
        assert {one.site for one in fidelity.all(ours)} == {"S01", "S02"}


@pytest.mark.parametrize("coder", ["A", "B"])
def test_figures_beside_scores_are_what_pandas_counts(demo: Path, coder: str, tmp_path: Path) -> None:
    with open_project(demo) as project:
        fidelity.record(project, [Assessment("S01", "2026-01-01", FULL)])
    with ipscoding.open(demo) as study:
        rows = pandas.DataFrame(study.fidelity(coders=[coder]))
        codings = pandas.DataFrame(study.excerpts(coders=[coder]))
        people = pandas.DataFrame(study.informants())
        book = study.codebook
    links = {code.id: code.links.get("fidelity_item", "") for code in book.codes}
    codings["item"] = codings["code"].map(links)
    codings["place"] = codings["informant"].map(people.set_index("informant")["site"])
    for _at, row in rows.iterrows():
        mine = codings[(codings["item"] == row["item"]) & (codings["place"] == row["site"])]
        assert row["score"] == 4 if row["site"] == "S01" else pandas.isna(row["score"])
        if row["item"] not in links.values():
            assert pandas.isna(row["informants"])
            continue
        assert row["informants"] == mine["informant"].nunique()
        assert row["informants_of"] == (people["site"] == row["site"]).sum()
        for side in ("barrier", "facilitator"):
            assert row[f"{side}_informants"] == mine[mine["valence"].isin([side, "both"])]["informant"].nunique()
    assert len(rows) == 25 * people["site"].nunique()


def test_what_is_missing_is_told(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = say(capsys, "fidelity", demo, yaml(demo.parent / "s.yaml", {"1": 4, "2": 5}, site="S77"))
    assert said.code == 1
    assert "no score for items 3–25;" in said.out
    assert "No informant has the site S77. There is: S01, S02" in said.out
    out = good(capsys, "fidelity", demo, "--totals")
    assert "S77" in out
    assert "2/25" in out
    assert "S77: 2 of 25 items have a score; there is no total." in good(capsys, "fidelity", demo, "--coders", "A")
    assert say(capsys, "fidelity", demo, "--site", "S99").code == 2
    assert "Removed: S77." in good(capsys, "fidelity", demo, "--remove", "--site", "S77")
    assert "fidelity scores removed: S77" in good(capsys, "history", demo)


def test_a_dry_run_keeps_nothing(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(demo)
    good(capsys, "fidelity", demo, yaml(demo.parent / "s.yaml", site="S01"), "--dry-run")
    assert held(demo) == before


def test_a_project_without_sites_links_or_interviews_gives_a_table(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        path = project.path
        fidelity.record(project, [Assessment("Sør", "", FULL)])
    with ipscoding.open(path) as study:
        rows = study.fidelity(sites=["Sør"])
        assert [row["score"] for row in rows] == [4] * 25
        assert {row["informants"] for row in rows} == {None}
        assert study.fidelity(totals=True)[0]["total"] == 100
        assert study.fidelity(totals=True)[0]["band"] == "fid.good"
