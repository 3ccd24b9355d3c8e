"""Merging promises: what people did apart is there, what they disagree on is told, and bad files change nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, ProjectProblem, UndoBlocked
from ipscoding.project import (
    Project,
    bookmarks,
    clock,
    codebooks,
    codes,
    codings,
    connect,
    create,
    documents,
    journal,
    memos,
    open_project,
    recoding,
    schema,
)
from ipscoding.project import settings as project_settings
from ipscoding.project.merging import conflicts
from ipscoding.project.merging.merge import merge
from tests.merge_example import content, copy
from tests.project_example import CODEBOOK, make, reading, span_of


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with make(tmp_path) as project, open_project(project.path, coder="Ola") as other:
        documents.set_status(other, documents.find(other, "p01").id, "coding")
    return project.path


def door(project: Project, code: str = "org.nær", valence: Valence = Valence.BARRIER, memo: str = "") -> str:
    place = documents.find(project, "p01").id
    return codings.add(project, place, span_of(project, place, "Døra hans"), code, valence, memo=memo).id


def two(study: Path) -> tuple[Project, Project]:
    """Kari's copy and Ola's."""
    return open_project(copy(study, "kari"), coder="Kari"), open_project(copy(study, "ola"), coder="Ola")


def both_ways(kari: Project, ola: Project) -> None:
    """Merge each into the other; both must be the same then."""
    behind = copy_of(ola)
    merge(ola, [kari.path])
    merge(kari, [behind])
    assert content(kari) == content(ola)


def copy_of(project: Project) -> Path:
    target = project.path.with_name(f"{project.path.stem}-before.ipscoding")
    connect.copy_to(project.db, target)
    return target


def told(project: Project) -> list[tuple[str, list[str]]]:
    return [(one.field, [side.told for side in one.sides]) for one in conflicts.all(project)]


def test_codings_of_two_coders_come_together(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        door(kari, memo="fra Kari")
        door(ola, valence=Valence.FACILITATOR, memo="fra Ola")
        made = merge(kari, [ola.path])
        assert made.codings_by == {"Ola": 1}
        assert made.conflicts == 0
        found = codings.of_document(kari, documents.find(kari, "p01").id)
        assert [(one.coder, one.valence, one.memo) for one in found] == [
            ("Kari", "barrier", "fra Kari"),
            ("Ola", "facilitator", "fra Ola"),
        ]
        assert made.backup is not None
        assert made.backup.stat().st_mode & 0o777 == 0o600


def test_the_history_tells_what_the_other_did_and_when(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        codes.change(ola, "org.nær", definition={"nb": "Ny betydning."})
        merge(kari, [ola.path])
        entity = codebooks.find(kari, "org.nær").uuid
        assert "Ola" in {entry.coder for entry in journal.history(kari, entity_id=entity)}
        assert journal.history(kari, limit=1)[0].text == "merged: 1 act from ola.ipscoding"


def test_the_same_coding_made_on_two_machines_is_one_with_the_memos_of_both(study: Path) -> None:
    laptop, desktop = (open_project(copy(study, name), coder="Kari") for name in ("laptop", "desktop"))
    with laptop, desktop:
        shown = door(laptop, memo="fra laptop")
        door(desktop, memo="fra desktop")
        made = merge(laptop, [desktop.path])
        assert made.united == 1
        (coding,) = codings.of_document(laptop, documents.find(laptop, "p01").id)
        assert (coding.id, coding.memo) == (shown, "fra laptop\nfra desktop")
        # what is done to it is done to its twin, so that it never comes back
        codings.remove(laptop, coding.id)
        merge(desktop, [laptop.path])
        assert codings.of_document(desktop, documents.find(desktop, "p01").id) == []


def test_two_definitions_are_a_conflict_that_somebody_decides(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        made = door(kari)
        codes.change(kari, "org.nær", definition={"nb": "Karis."})
        codes.change(ola, "org.nær", definition={"nb": "Olas."}, label={"en": "Nearness"})
        both_ways(kari, ola)
        (conflict,) = conflicts.all(kari)
        assert (conflict.what, conflict.field) == ("org.nær", "definition.nb")
        assert [(side.told, side.coder, side.stands) for side in conflict.sides] == [
            ("Karis.", "Kari", False),
            ("Olas.", "Ola", True),
        ]
        # a meaning that nobody had seen when they coded: all are looked at again
        assert codebooks.find(kari, "org.nær").version == 3
        assert [stale.coding.id for stale in recoding.queue(kari)] == [made]
        conflicts.decide(kari, conflict.id, side=1)
        assert codebooks.find(kari, "org.nær").definition["nb"] == "Karis."
        assert conflicts.all(kari) == []
        merge(ola, [kari.path])
        assert conflicts.all(ola) == []
        assert content(kari) == content(ola)


def test_a_decision_can_be_taken_back_and_the_conflict_is_there_again(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        codes.change(kari, "org.nær", definition={"nb": "Karis."})
        codes.change(ola, "org.nær", definition={"nb": "Olas."})
        merge(kari, [ola.path])
        before = content(kari)
        conflicts.decide(kari, conflicts.all(kari)[0].id, text="Vår felles.")
        assert codebooks.find(kari, "org.nær").version == 4
        journal.undo(kari)
        assert content(kari) == before
        merge(ola, [kari.path])
        assert told(ola) == told(kari) == [("definition.nb", ["Karis.", "Olas."])]


def test_what_was_tried_and_taken_back_disagrees_with_nobody(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        codes.change(kari, "org.nær", label={"nb": "Olas navn"})
        codes.change(ola, "org.nær", label={"nb": "Et forsøk"})
        journal.undo(ola)
        both_ways(kari, ola)
        assert conflicts.all(kari) == []
        assert codebooks.find(ola, "org.nær").label["nb"] == "Olas navn"


def test_another_language_of_one_label_is_no_conflict(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        codes.change(kari, "org.nær", label={"nb": "Nær"})
        codes.change(ola, "org.nær", label={"en": "Near"})
        both_ways(kari, ola)
        assert conflicts.all(kari) == []
        assert dict(codebooks.find(kari, "org.nær").label) == {"nb": "Nær", "en": "Near"}


def test_what_one_took_away_and_another_worked_on_stays_until_decided(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        place = documents.find(kari, "n01").id
        codings.add(kari, place, Span(11, 20), "org.nær", Valence.NONE)
        memos.put(kari, place, "om intervjuet")
        merge(ola, [kari.path])
        documents.remove(kari, place)
        codings.add(ola, place, Span(11, 14), "org.leiing", Valence.BARRIER)
        both_ways(kari, ola)
        assert told(kari) == [("", ["taken away", "worked on"])]
        assert len(codings.of_document(kari, place)) == 2
        conflicts.decide(kari, conflicts.all(kari)[0].id, side=2)
        merge(ola, [kari.path])
        assert content(ola) == content(kari)
        assert len(codings.of_document(ola, place)) == 2
        assert conflicts.all(ola) == []


def test_taking_it_away_after_all_is_the_other_decision(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        place = documents.find(kari, "n01").id
        documents.remove(kari, place)
        codings.add(ola, place, Span(11, 14), "org.leiing", Valence.BARRIER)
        both_ways(kari, ola)
        conflicts.decide(ola, conflicts.all(ola)[0].id, side=1)
        merge(kari, [ola.path])
        assert {one.name for one in documents.all(kari)} == {"p01"}
        assert content(ola) == content(kari)


def test_codings_follow_a_merged_code_and_a_split_code_keeps_its_queue(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        codes.merge(kari, "org.nær", "org.leiing")
        codes.split(kari, "gen.forslag", [{"nb": "Råd"}, {"nb": "Ønsker"}])
        followed = door(ola, "org.nær")
        queued = door(ola, "gen.forslag", Valence.NONE)
        made = merge(kari, [ola.path])
        assert made.following == 1
        assert codings.get(kari, followed).code == "org.leiing"
        assert [(stale.coding.id, stale.why) for stale in recoding.queue(kari)] == [(queued, "split")]
        merge(ola, [kari.path])
        assert content(ola) == content(kari)


def test_two_moves_that_make_a_circle_are_told_and_the_tree_stays_a_tree(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        codes.move(kari, "org.nær", "org.leiing")
        codes.move(ola, "org.leiing", "org.nær")
        both_ways(kari, ola)
        assert [one.field for one in conflicts.all(kari)] == ["parent"]
        book = codebooks.load(kari)
        assert [code.id for code in book.path("org.nær")] == ["org", "org.leiing", "org.nær"]


def test_a_code_that_was_undone_stays_where_somebody_codes_with_it(study: Path) -> None:
    with open_project(study, coder="Kari") as kari:
        codes.add(kari, {"nb": "Ventetid"}, parent="org", code_id="org.vent")
        ola = open_project(copy_of(kari), coder="Ola")
        with ola:
            journal.undo(kari)
            door(ola, "org.vent")
            both_ways(kari, ola)
            assert told(kari) == [("", ["taken away", "worked on"])]


def test_projects_started_apart_merge_by_text_and_code_id(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with make(tmp_path / "a", coder="Kari") as one, make(tmp_path / "b", coder="Ola") as other:
        door(one, memo="her")
        door(other, valence=Valence.BOTH)
        codes.add(one, {"nb": "Ventetid"}, parent="org", code_id="org.vent")
        codes.add(other, {"nb": "Ventetid"}, parent="org", code_id="org.vent")
        bookmarks.toggle(other, documents.find(other, "p01").id, 3)
        documents.add_all(other, [reading("n02", ("I: Hei.", "N: Noe annet."))])
        before = content(one)
        both_ways(one, other)
        assert sorted(document.name for document in documents.all(one)) == ["n01", "n02", "p01"]
        assert len(codebooks.load(one).codes) == len(CODEBOOK.codes) + 1
        assert codings.counts(one)["org.nær"] == 2
        # a status that is written afterwards is the same one
        documents.set_status(one, documents.find(one, "p01").id, "done")
        merge(other, [one.path])
        assert content(one) == content(other)
        journal.undo(one)
        journal.undo(one)
        assert content(one) == before


def test_interviews_of_one_name_with_other_texts_are_both_kept(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        documents.add_all(kari, [reading("x", ("I: A.", "P: Karis."))])
        documents.add_all(ola, [reading("x", ("I: A.", "P: Olas."))])
        both_ways(kari, ola)
        assert [document.name for document in documents.all(kari)] == ["n01", "p01", "x", "x (2)"]
        made = merge(kari, [ola.path])
        assert made.renamed == [("document", "x", "x (2)")]


def test_two_coders_of_one_name_must_be_told_apart(study: Path) -> None:
    here, there = (open_project(copy(study, name), coder="Nina") for name in ("here", "there"))
    with here, there:
        door(here)
        door(there, valence=Valence.FACILITATOR)
        before = content(here)
        with pytest.raises(NotAllowed, match="two coders called Nina"):
            merge(here, [there.path])
        assert content(here) == before
        as_two, as_one = copy_of(here), here
        dry = merge(as_one, [there.path], one_coder=["Nina"], dry_run=True)
        made = merge(as_one, [there.path], one_coder=["Nina"])
        assert (dry.counts, dry.united) == (made.counts, made.united)
        assert made.united == 1
        # one person, two directions for one passage: both, and to decide
        assert [(one.field, [side.told for side in one.sides]) for one in conflicts.all(as_one)] == [
            ("valence", ["barrier", "facilitator"])
        ]
        with open_project(as_two, coder="Nina") as apart:
            merge(apart, [there.path], new_names={"Nina": "Nina B"})
            assert sorted(codings.made_by(apart).values()) == [1, 1]
            assert {"Nina", "Nina B"} <= set(journal.coders(apart))
        assert journal.undo(as_one) is not None


def test_clocks_an_hour_apart_make_no_difference_but_are_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kari, ola = two(study)
    with kari, ola:
        fast = (clock.datetime.now(clock.UTC) + timedelta(hours=1)).strftime(clock._FORM)
        with monkeypatch.context() as machine:
            machine.setattr(clock, "now", lambda: fast)
            codes.change(ola, "org.nær", label={"nb": "Olas"})
        made = merge(kari, [ola.path])
        assert timedelta(minutes=59) < made.ahead < timedelta(minutes=61)
        # what Kari does now comes after what she has seen, though her clock says otherwise
        codes.change(kari, "org.nær", label={"nb": "Karis"})
        merge(ola, [kari.path])
        assert codebooks.find(ola, "org.nær").label["nb"] == "Karis"
        assert conflicts.all(ola) == []


def test_a_stamp_after_ten_thousand_in_one_microsecond_still_sorts() -> None:
    stamp = clock.after("", "2026-01-01T00:00:00.999999Z")
    for _act in range(10_050):
        later = clock.after(stamp, "2026-01-01T00:00:00.000000Z")
        assert later > stamp
        stamp = later


def test_a_dry_run_says_the_same_and_does_nothing(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        door(ola)
        before, files = content(kari), set(study.parent.iterdir())
        dry = merge(kari, [ola.path], dry_run=True)
        assert content(kari) == before
        assert set(study.parent.iterdir()) == files
        done = merge(kari, [ola.path])
        assert (dry.acts, dry.counts, dry.codings_by) == (done.acts, done.counts, done.codings_by)


def test_an_undone_merge_takes_nothing_from_the_other_and_can_be_made_again(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        door(ola)
        before = content(kari)
        merge(kari, [ola.path])
        merged = content(kari)
        journal.undo(kari)
        assert content(kari) == before
        assert not merge(ola, [kari.path]).counts.get("coding")
        assert sum(codings.counts(ola).values()) == 1
        merge(kari, [ola.path])
        assert content(kari) == merged


def test_a_merge_that_others_have_worked_on_since_cannot_be_undone(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        door(ola)
        merge(kari, [ola.path])
        with open_project(kari.path, coder="Ola") as also:
            codings.change(also, codings.of_document(also, documents.find(also, "p01").id)[0].id, valence=Valence.BOTH)
        before = content(kari)
        with pytest.raises(UndoBlocked):
            journal.undo(kari)
        assert content(kari) == before


def damaged(study: Path, how: str) -> Path:
    """A copy of Ola's that is damaged in one way."""
    path = copy(study, "bad")
    with open_project(path, coder="Ola") as project:
        door(project)
        documents.set_status(project, documents.find(project, "n01").id, "done")
        memos.put(project, project.id, "merk")
    if how == "truncated":
        path.write_bytes(path.read_bytes()[:30_000])
    elif how == "newer":
        content = bytearray(path.read_bytes())
        content[60:64] = (schema.version() + 1).to_bytes(4, "big")
        path.write_bytes(content)
    else:
        with open_project(path) as project, project.writing():
            row = project.row("SELECT id FROM commands ORDER BY seq DESC LIMIT 1 OFFSET 1") or {}
            project.execute("DELETE FROM events WHERE command = ?", (row["id"],))
            project.execute("DELETE FROM commands WHERE id = ?", (row["id"],))
    return path


@pytest.mark.parametrize(
    ("how", "says"), [("truncated", "damaged"), ("newer", "newer version"), ("gap", "journal has a gap")]
)
def test_a_bad_file_changes_nothing(study: Path, how: str, says: str) -> None:
    with open_project(copy(study, "kari"), coder="Kari") as kari:
        other = damaged(study, how)
        before, bytes_before = content(kari), other.read_bytes()
        with pytest.raises(ProjectProblem, match=says):
            merge(kari, [copy(study, "fine"), other])
        assert content(kari) == before
        assert other.read_bytes() == bytes_before


def test_files_that_make_no_sense_together_are_refused(study: Path, tmp_path: Path) -> None:
    stranger = create(tmp_path / "annen.ipscoding", coder="Per")
    with stranger:
        documents.add_all(stranger, [reading("y", ("I: A.", "P: Annet."))])
    link = study.with_name("link.ipscoding")
    link.symlink_to(study)
    with open_project(study, coder="Kari") as kari:
        other = copy_of(kari)
        for wrong, says in (
            ([study], "project itself"),
            ([link], "project itself"),
            ([other, other], "given twice"),
            ([stranger.path], "another study"),
            ([study.with_name("ikke.ipscoding")], "no such project"),
        ):
            with pytest.raises(ProjectProblem, match=says):
                merge(kari, wrong)
        assert not merge(kari, [other]).anything
        made = merge(kari, [stranger.path], apart=True)
        assert made.counts["document"].added == 1


def test_in_a_blind_project_only_the_lead_brings_in_others_work(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        project_settings.set(kari, "blind", True)
        merge(ola, [kari.path])
        with pytest.raises(NotAllowed, match="Only the lead"):
            merge(ola, [kari.path])
        assert not merge(kari, [ola.path]).counts


def test_an_older_file_is_read_without_being_touched(study: Path) -> None:
    with open_project(copy(study, "kari"), coder="Kari") as kari:
        old = copy(study, "gammel")
        with open_project(old, coder="Ola") as other:
            door(other)
        before = old.read_bytes()
        old.chmod(0o400)
        assert merge(kari, [old]).codings_by == {"Ola": 1}
        assert old.read_bytes() == before


def test_every_reference_between_tables_is_known_to_merging(study: Path) -> None:
    from ipscoding.project.entities import ENTITIES
    from ipscoding.project.merging.identity import references

    with open_project(study) as project:
        for kind, entity in ENTITIES.items():
            columns = {row["from"] for row in project.rows(f"PRAGMA foreign_key_list({entity.table})")}
            assert columns - {"text"} <= references(kind, columns).keys(), kind


def test_copies_leave_no_files_but_the_backup(study: Path) -> None:
    kari, ola = two(study)
    with kari, ola:
        door(ola)
    before = set(study.parent.iterdir())
    with open_project(kari.path, coder="Kari") as project:
        made = merge(project, [ola.path])
    assert set(study.parent.iterdir()) - before == {made.backup}
