"""The journal promises: nothing is lost, every act can be taken back, and the tables say what the journal says."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed, UndoBlocked
from ipscoding.project import Project, codebooks, codings, decisions, documents, journal, memos, open_project
from ipscoding.project import settings as project_settings
from tests.project_example import make, reading, span_of


@pytest.fixture
def project(tmp_path: Path):
    with make(tmp_path) as opened:
        yield opened


def first(project: Project) -> str:
    return documents.find(project, "p01").id


def code_door(project: Project, valence: Valence = Valence.FACILITATOR):
    return codings.add(project, first(project), span_of(project, first(project), "Døra hans"), "org.nær", valence)


def test_undo_takes_back_and_redo_does_again(project: Project) -> None:
    before = journal.state(project)
    made = code_door(project)
    after = journal.state(project)
    step = journal.undo(project)
    assert step is not None
    assert (step.document_id, step.offset) == (made.document_id, made.span.start)
    assert "Proximity ▲" in step.text
    assert journal.state(project) == before
    journal.redo(project)
    assert journal.state(project) == after
    assert codings.get(project, made.id) == made


def test_undo_and_redo_survive_a_restart(project: Project) -> None:
    made = code_door(project)
    project.close()
    with open_project(project.path, coder="Kari") as again:
        journal.undo(again)
        assert codings.of_document(again, made.document_id) == []
    with open_project(project.path, coder="Kari") as once_more:
        journal.redo(once_more)
        assert codings.of_document(once_more, made.document_id) == [made]


def test_undo_belongs_to_the_coder(project: Project) -> None:
    made = code_door(project)
    with open_project(project.path, coder="Ola") as other:
        assert journal.undo(other) is None
        own = codings.add(other, made.document_id, made.span, "org.nær", Valence.BARRIER)
    journal.undo(project)
    assert codings.of_document(project, made.document_id) == [own]


def test_something_new_clears_what_could_be_redone(project: Project) -> None:
    code_door(project)
    journal.undo(project)
    memos.put(project, project.id, "nytt")
    assert journal.redo(project) is None


def test_redo_brings_back_what_was_taken_back_last_not_what_a_later_act_had_cleared(project: Project) -> None:
    code_door(project)
    journal.undo(project)
    memos.put(project, project.id, "nytt")
    journal.undo(project)
    step = journal.redo(project)
    assert step is not None
    assert step.text == "memo"
    assert journal.redo(project) is None


def test_an_import_is_one_undo(project: Project) -> None:
    before = journal.state(project)
    more = [reading("x", ("I: A.", "P: En.")), reading("y", ("I: B.", "P: To."))]
    assert documents.add_all(project, more).added == ["x", "y"]
    journal.undo(project)
    assert journal.state(project) == before
    journal.redo(project)
    assert documents.transcript(project, documents.find(project, "x").id).text == "I: A.\nP: En."


def test_undo_says_no_where_others_work_rests_on_it(project: Project) -> None:
    documents.add_all(project, [reading("x", ("I: A.", "P: Noe å kode."))])
    document = documents.find(project, "x")
    with open_project(project.path, coder="Ola") as other:
        codings.add(other, document.id, Span(9, 12), "org.nær", Valence.NONE)
    before = journal.state(project)
    with pytest.raises(UndoBlocked):
        journal.undo(project)
    assert journal.state(project) == before


def test_undo_leaves_what_somebody_else_has_changed_since(project: Project) -> None:
    project_settings.set(project, "blind", True)
    with open_project(project.path, coder="Ola") as other:
        project_settings.set(other, "blind", "half")
    step = journal.undo(project)
    assert step is not None
    assert step.kept == 1
    assert project_settings.get(project, "blind") == "half"


def test_an_act_that_fails_leaves_no_trace(project: Project) -> None:
    before, acts = journal.state(project), len(journal.history(project, limit=None))
    good = codings.NewCoding(first(project), Span(24, 27), "org.nær")
    bad = codings.NewCoding(first(project), Span(24, 27), "gen.forslag", Valence.BARRIER)
    with pytest.raises(NotAllowed):
        codings.add_many(project, [good, bad])
    assert journal.state(project) == before
    assert len(journal.history(project, limit=None)) == acts


def test_history_names_acts_and_who_did_them(project: Project) -> None:
    code_door(project)
    journal.undo(project)
    latest, original = journal.history(project, limit=2)
    assert (latest.kind, original.kind) == ("undo", "do")
    assert original.undone
    assert original.coder == "Kari"
    assert original.text == "coding: Proximity ▲, turn 2"
    org = codebooks.find(project, "org.nær").uuid
    assert [entry.text for entry in journal.history(project, entity_id=org)] == ["codebook: Liten kodebok"]


def test_the_journal_holds_no_transcript_text(project: Project) -> None:
    code_door(project)
    events = " ".join(row["changes"] for row in project.rows("SELECT changes FROM events"))
    assert "Døra" not in events


def test_the_project_as_of_a_moment(project: Project) -> None:
    made = code_door(project)
    moment = project.value("SELECT max(time) FROM events")
    codings.change(project, made.id, valence=Valence.BARRIER)
    then = journal.replay(project, until=moment)
    assert then["coding"][made.id]["valence"] == "facilitator"
    assert journal.replay(project) == journal.state(project)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "change", "memo", "remove", "accept", "reject", "status", "undo", "redo"]),
        st.integers(0, 30),
        st.integers(1, 12),
        st.sampled_from(["org.nær", "org.leiing", "gen.forslag"]),
        st.sampled_from(list(Valence)),
        st.sampled_from(["Kari", "Ola"]),
    ),
    max_size=14,
)


def act(project: Project, document: str, kind: str, start: int, length: int, code: str, valence: Valence) -> None:
    span = Span(start, start + length)
    own = [coding for coding in codings.of_document(project, document) if coding.coder == project.coder]
    target = own[start % len(own)].id if own else None
    try:
        if kind == "add":
            codings.add(project, document, span, code, valence)
        elif kind == "accept":
            decisions.accept(project, document, span, code, valence, score=0.5, engine="1")
        elif kind == "reject":
            decisions.reject(project, document, span, code, score=0.5, engine="1")
        elif kind == "status":
            documents.set_status(project, document, "done" if start % 2 else "coding")
        elif kind == "change" and target:
            codings.change(project, target, code=code, valence=valence, span=span)
        elif kind == "memo" and target:
            memos.put(project, target, "notat" * (start % 3))
        elif kind == "remove" and target:
            codings.remove(project, target)
        elif kind == "undo":
            journal.undo(project)
        elif kind == "redo":
            journal.redo(project)
    except NotAllowed:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_acts_followed_by_as_many_undos_give_the_state_before(tmp_path_factory, acts) -> None:
    folder = tmp_path_factory.mktemp("p")
    with make(folder) as kari, open_project(kari.path, coder="Ola") as ola:
        people = {"Kari": kari, "Ola": ola}
        document = documents.find(kari, "p01").id
        for person in people.values():  # both exist before the first act, which is not an act to undo
            documents.set_status(person, document, "coding")
        before = journal.state(kari)
        standing = {name: count_standing(person) for name, person in people.items()}
        for kind, *rest, name in acts:
            if kind == "undo" and count_standing(people[name]) == standing[name]:
                continue  # what was there before the acts stays
            act(people[name], document, kind, *rest)
            assert journal.replay(kari) == journal.state(kari)
        for name, person in people.items():
            while count_standing(person) > standing[name]:
                assert journal.undo(person) is not None
        assert journal.state(kari) == before


def count_standing(project: Project) -> int:
    return int(
        project.value(
            "SELECT count(*) FROM commands WHERE kind = 'do' AND undone = 0 AND coder = ?", (project.coder_id(),)
        )
    )


def test_the_journal_tells_which_kinds_changed_since_a_place_in_it(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        seen, ever = journal.changed_since(project, 0)
        assert {"code", "document", "informant"} <= ever
        assert journal.changed_since(project, seen) == (seen, set())
        codings.add(project, documents.find(project, "p01").id, Span(24, 30), "org.nær", Valence.BARRIER)
        later, changed = journal.changed_since(project, seen)
        assert later > seen
        assert changed == {"coding", "status"}
