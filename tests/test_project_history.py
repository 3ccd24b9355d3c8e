"""History promises: every act can be found again by who, where, what; and how far it is back to it is known."""

from pathlib import Path

import pytest

from ipscoding import i18n
from ipscoding.domain import Span, Valence
from ipscoding.project import Project, codebooks, codes, codings, documents, journal, memos, open_project
from tests.project_example import make


@pytest.fixture
def project(tmp_path: Path):
    with make(tmp_path) as opened:
        yield opened


def place(project: Project, name: str = "p01") -> str:
    return documents.find(project, name).id


def texts(entries: list[journal.Entry]) -> list[str]:
    return [entry.text for entry in entries]


def test_acts_are_found_by_what_their_sentence_says(project: Project) -> None:
    codings.add(project, place(project), Span(24, 27), "org.nær", Valence.BARRIER)
    codings.add(project, place(project), Span(24, 27), "gen.forslag", Valence.NONE)
    assert texts(journal.history(project, text="FORSLAG")) == ["coding: Forslag ·, turn 2"]
    assert texts(journal.history(project, text="coding:", limit=1)) == ["coding: Forslag ·, turn 2"]
    assert journal.history(project, text="no such act") == []


def test_acts_are_found_by_the_interview_they_touched(project: Project) -> None:
    here, there = place(project, "p01"), place(project, "n01")
    made = codings.add_many(
        project, [codings.NewCoding(here, Span(24, 27), "org.nær"), codings.NewCoding(here, Span(28, 31), "org.nær")]
    )
    assert made == (2, 0)
    memos.put(project, there, "Ring igjen.")
    documents.set_status(project, there, "done")
    coding = codings.of_document(project, here)[0]
    memos.put(project, coding.id, "Nær?")
    codings.remove_many(project, [coding.id])
    at_here = [entry.name for entry in journal.history(project, document_id=here)]
    at_there = [entry.name for entry in journal.history(project, document_id=there)]
    assert at_here == ["remove-many", "memo", "code-many", "import"]
    assert at_there == ["status", "memo", "import"]


def test_acts_are_found_by_name_and_kind(project: Project) -> None:
    codings.add(project, place(project), Span(24, 27), "org.nær", Valence.BARRIER)
    journal.undo(project)
    kinds = [(entry.name, entry.kind) for entry in journal.history(project, names={"code"})]
    assert kinds == [("code", "undo"), ("code", "do")]
    assert [entry.name for entry in journal.history(project, kinds={"undo"})] == ["code"]
    assert journal.history(project, names=()) == []


def test_how_far_back_an_act_lies_counts_only_own_acts_that_stand(project: Project) -> None:
    for start in (24, 28, 32):
        codings.add(project, place(project), Span(start, start + 3), "org.nær", Valence.BARRIER)
    third, second, first = journal.history(project, limit=3)
    with open_project(project.path, coder="Ola") as other:
        codings.add(other, place(other), Span(24, 27), "org.nær", Valence.NONE)
        assert journal.standing_after(other, first.id) == 1
    assert [journal.standing_after(project, entry.id) for entry in (third, second, first)] == [0, 1, 2]
    for _step in range(journal.standing_after(project, first.id)):
        journal.undo(project)
    assert [coding.span.start for coding in codings.of_document(project, place(project)) if coding.coder == "Kari"] == [
        24
    ]
    assert [journal.undone_until(project, entry.id) for entry in (third, second, first)] == [2, 1, 0]
    for _step in range(journal.undone_until(project, third.id)):
        journal.redo(project)
    assert journal.standing_after(project, first.id) == 2


def test_what_was_taken_back_before_something_new_cannot_be_reached_again(project: Project) -> None:
    codings.add(project, place(project), Span(24, 27), "org.nær", Valence.BARRIER)
    (taken,) = journal.history(project, limit=1)
    journal.undo(project)
    documents.set_status(project, place(project), "done")
    assert journal.undone_until(project, taken.id) == 0


def test_what_undo_would_take_back_is_told_before(project: Project) -> None:
    with open_project(project.path, coder="Ola") as other:
        assert journal.next_undo(other) is None
        documents.set_status(project, place(project), "done")
        documents.set_status(other, place(other), "coding")
    told = journal.next_undo(project)
    assert told is not None
    step = journal.undo(project)
    assert step is not None
    assert (told.name, told.coder, told.text) == ("status", "Kari", step.text)
    assert journal.next_undo(project) != told


def test_codes_are_called_by_their_names_in_the_language_in_use(project: Project) -> None:
    codings.add(project, place(project), Span(24, 27), "org.nær", Valence.BARRIER)
    assert journal.next_undo(project).text == "coding: Proximity ▼, turn 2"
    i18n.choose("nb")
    assert "Nærhet ▼" in journal.next_undo(project).text
    assert "Nærhet ▼" in texts(journal.history(project, text="nærhet"))[0]
    assert "Nærhet ▼" in journal.undo(project).text


def test_a_code_that_is_gone_keeps_its_name_in_the_history(project: Project) -> None:
    made = codes.add(project, {"en": "Waiting rooms"}, parent="org")
    assert journal.undo(project).text == "new code: Waiting rooms"
    assert made.id not in {code.id for code in codebooks.load(project).codes}
    assert texts(journal.history(project, limit=2)) == ["new code: Waiting rooms"] * 2
