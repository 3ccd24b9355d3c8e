"""A text that changes after coding: codings follow, what is not certain waits for people, an undo gives all back."""

from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.project import (
    Project,
    bookmarks,
    check,
    codings,
    decisions,
    documents,
    excerpts,
    journal,
    memos,
    open_project,
    versions,
)
from ipscoding.project.merging import conflicts
from ipscoding.project.merging.merge import merge
from ipscoding.transcripts.anchor import Anchored
from tests.merge_example import content, copy
from tests.project_example import LINES, make, reading, span_of

CORRECTED = (
    "I: Hvordan går det med deg da?",
    "P: Det går bra. Døra hans sto åpen.",
    "P: Æ trur det. Men sjefen er borte.",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make(tmp_path)


def p01(project: Project) -> str:
    return documents.find(project, "p01").id


def code(project: Project, quote: str, code_id: str = "org.nær", memo: str = "") -> str:
    place = p01(project)
    return codings.add(project, place, span_of(project, place, quote), code_id, Valence.BARRIER, memo=memo).id


def revise(project: Project, lines: tuple[str, ...] = CORRECTED, why: str = "") -> versions.Revised:
    return versions.revise(project, "p01", reading("p01", lines), why=why)


def quotes(project: Project) -> dict[str, str]:
    return {row.coding_id: row.text for row in excerpts.rows(project)}


def test_codings_follow_a_corrected_text(project: Project) -> None:
    first, door = code(project, "Hvordan går det"), code(project, "Døra hans står åpen.")
    boss, yes = code(project, "sjefen er borte"), code(project, "Ja?", memo="kort")
    done = revise(project)
    assert dict(done.codings) == {"exact": 1, "shifted": 1, "changed": 1, "lost": 1}
    assert done.to_review == 2
    assert quotes(project) == {first: "Hvordan går det", door: "Døra hans sto åpen.", boss: "sjefen er borte"}
    assert [(one.id, one.status, one.old.quote) for one in versions.queue(project)] == [
        (door, Anchored.CHANGED, "Døra hans står åpen."),
        (yes, Anchored.LOST, "Ja?"),
    ]
    assert [one.now and one.now.quote for one in versions.queue(project)] == ["Døra hans sto åpen.", None]
    assert versions.queue(project)[1].memo == "kort"
    assert [one for one in check.check(project) if one.found] == []


def test_an_undo_gives_the_old_text_and_every_place_back(project: Project) -> None:
    code(project, "Døra hans står åpen.")
    code(project, "Ja?")
    bookmarks.put(project, p01(project), 60, "her")
    before, text = content(project), documents.text(project, p01(project))
    revise(project)
    after = content(project)
    assert journal.undo(project)
    assert content(project) == before
    assert documents.text(project, p01(project)) == text
    assert journal.redo(project)
    assert content(project) == after


def test_a_dry_run_tells_the_same_and_leaves_no_trace(project: Project) -> None:
    code(project, "Døra hans står åpen.")
    before = content(project)
    told = versions.revise(project, "p01", reading("p01", CORRECTED), dry_run=True)
    assert content(project) == before
    assert project.value("SELECT count(*) FROM texts") == 2
    assert told == revise(project)


def test_bookmarks_memos_and_decisions_on_suggestions_move_too(project: Project) -> None:
    place = p01(project)
    door = span_of(project, place, "Døra")
    boss = span_of(project, place, "sjefen er borte")
    bookmarks.put(project, place, door.start)
    decisions.reject(project, place, boss, "org.nær", score=0.5, engine="1")
    revise(project)
    text = documents.text(project, place)
    assert text[bookmarks.all(project)[0].offset :].startswith("Døra")
    assert [one.span.of(text) for one in decisions.of_document(project, place)] == ["sjefen er borte"]
    decisions.reject(project, place, boss_now(project), "org.nær", score=0.4, engine="2")
    assert len(decisions.of_document(project, place)) == 1


def boss_now(project: Project) -> Span:
    return span_of(project, p01(project), "sjefen er borte")


def test_what_is_accepted_moved_or_removed_leaves_the_queue(project: Project) -> None:
    door, yes, how = code(project, "Døra hans står åpen."), code(project, "Ja?"), code(project, "Ja", "org.leiing")
    revise(project)
    assert versions.to_review(project, "Kari") == 3
    with pytest.raises(NotAllowed, match="gone from the text"):
        versions.accept(project, [door, yes])
    assert versions.to_review(project, "Kari") == 3
    assert versions.accept(project, [door]) == 1
    versions.move(project, yes, span_of(project, p01(project), "Æ trur det."))
    assert versions.remove(project, [how]) == 1
    assert versions.queue(project) == []
    assert quotes(project) == {door: "Døra hans sto åpen.", yes: "Æ trur det."}
    for left in (1, 2, 3):
        journal.undo(project)
        assert versions.to_review(project, "Kari") == left


def test_a_coding_made_after_a_revision_stands_where_it_was_made_when_that_is_undone(project: Project) -> None:
    revise(project)
    with open_project(project.path, coder="Ola") as other:
        made = code(other, "sjefen er borte")
    journal.undo(project)
    assert quotes(project) == {made: "sjefen er borte"}


def test_a_passage_that_was_lost_comes_back_with_its_words(project: Project) -> None:
    yes = code(project, "Ja?")
    revise(project)
    assert quotes(project) == {}
    revise(project, (*CORRECTED[:2], "I: Ja?", CORRECTED[2]))
    assert quotes(project) == {yes: "Ja?"}


def test_others_codings_are_decided_by_them_or_by_the_lead(project: Project) -> None:
    mine = code(project, "Døra hans står åpen.")
    with open_project(project.path, coder="Ola") as other:
        theirs = code(other, "hans står åpen")
    revise(project)
    with open_project(project.path, coder="Ola") as other:
        with pytest.raises(NotAllowed, match="Kari"):
            versions.accept(other, [theirs, mine])
        assert versions.accept(other, [theirs]) == 1
    with pytest.raises(NotFound):
        versions.accept(project, [theirs])


def test_history_says_who_gave_a_document_another_text_when_and_why(project: Project) -> None:
    code(project, "Døra hans står åpen.")
    revise(project, why="hørt om igjen")
    first, second = versions.history(project, "p01")
    assert (first.coder, first.why, first.in_force, dict(first.codings)) == ("Kari", "", False, {})
    assert (second.why, second.in_force, second.codings["changed"], second.words) == ("hørt om igjen", True, 1, 14)
    journal.undo(project)
    assert [one.in_force for one in versions.history(project, "p01")] == [False, False, True]


def test_the_text_of_another_interview_is_refused(project: Project) -> None:
    other = documents.transcript(project, documents.find(project, "n01").id).text
    with pytest.raises(NotAllowed, match="n01"):
        revise(project, tuple(other.split("\n")))
    assert revise(project, LINES).unchanged


def test_an_earlier_text_is_not_imported_as_another_interview(project: Project) -> None:
    revise(project)
    done = documents.add_all(project, [reading("gammel"), reading("p01", (*LINES, "I: Takk."))])
    assert not done.added
    assert ["earlier text" in str(error) or "revise" in error.hint for _name, error in done.refused] == [True, True]


def test_codings_made_elsewhere_on_the_old_text_follow(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        shared = code(project, "Døra hans står åpen.")
    away = copy(project.path, "hjemme")
    with open_project(away, coder="Ola") as theirs:
        made = code(theirs, "sjefen er borte")
        own = codings.change(theirs, code(theirs, "Ja?"), memo="se her").id
    with open_project(project.path, coder="Kari") as here:
        revise(here)
        versions.accept(here, [shared])
        merge(here, [away])
        assert quotes(here) == {shared: "Døra hans sto åpen.", made: "sjefen er borte"}
        assert [one.id for one in versions.queue(here)] == [own]
        assert [one for one in check.check(here) if one.found] == []
        assert memos.of(here, own)
        one_way = content(here)
    with open_project(away, coder="Ola") as theirs:
        merge(theirs, [project.path])
        assert {table: rows for table, rows in content(theirs).items() if table != "project"} == {
            table: rows for table, rows in one_way.items() if table != "project"
        }


def test_two_texts_given_apart_are_a_conflict_to_decide(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        door = code(project, "Døra hans står åpen.")
    away = copy(project.path, "hjemme")
    with open_project(away, coder="Ola") as theirs:
        revise(theirs, (LINES[0], "P: Det går fint. Døra hans står åpen.", *LINES[2:]))
    with open_project(project.path, coder="Kari") as here:
        revise(here)
        merge(here, [away])
        (one,) = conflicts.all(here)
        assert (one.what, one.field_name, len(one.sides)) == ("p01", "text", 2)
        assert quotes(here)[door] == "Døra hans sto åpen."
        with pytest.raises(NotAllowed):
            conflicts.decide(here, one.id, text="noe annet")
        conflicts.decide(here, one.id, side=1)
        assert quotes(here)[door] == "Døra hans står åpen."
        assert conflicts.all(here) == []
        assert [one for one in check.check(here) if one.found] == []
