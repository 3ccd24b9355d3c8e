"""Editing codes, and second thoughts on codings: what is told beforehand happens, and one undo takes it back."""

from pathlib import Path

import pytest

from ipscoding.domain import Span, Valence
from ipscoding.errors import NotAllowed
from ipscoding.project import (
    Project,
    bookmarks,
    codebooks,
    codes,
    codings,
    documents,
    journal,
    memos,
    open_project,
    recoding,
    shortcuts,
)
from tests.project_example import make


@pytest.fixture
def project(tmp_path: Path):
    with make(tmp_path) as opened:
        yield opened


@pytest.fixture
def document(project: Project) -> str:
    return documents.find(project, "p01").id


@pytest.fixture
def undone(project: Project):
    """After the test, one undo gives the state at the moment this was called."""
    states = []
    yield lambda: states.append(journal.state(project))
    for before in states:
        journal.undo(project)
        assert journal.state(project) == before
    assert journal.replay(project) == journal.state(project)


def test_a_new_code_gets_an_id_from_its_label(project: Project, undone) -> None:
    undone()
    code = codes.add(project, {"nb": "Møter på tvers"}, parent="org", definition={"nb": "Felles møter."})
    assert (code.id, code.parent, code.version) == ("org.møter-på-tvers", "org", 1)
    assert codebooks.load(project).path(code.id)[0].id == "org"
    assert codes.new_id(project, "Møter på tvers!", "org") == "org.møter-på-tvers-2"


def test_labels_and_ids_are_not_used_twice(project: Project) -> None:
    for act in (
        lambda: codes.add(project, {"nb": "nærhet"}, parent="org"),
        lambda: codes.add(project, {"nb": "Annet"}, code_id="org.nær"),
        lambda: codes.add(project, {"nb": "Annet"}, code_id="ORG nær"),
        lambda: codes.add(project, {"nb": "  "}),
        lambda: codes.change(project, "org.leiing", label={"nb": "Nærhet"}),
        lambda: codes.change(project, "org.leiing", label={"nb": "", "nn": "", "en": ""}),
        lambda: codes.move(project, "org", "org.nær"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert len(codebooks.load(project).codes) == 5


def test_changing_one_language_leaves_the_others(project: Project, undone) -> None:
    undone()
    code = codes.change(project, "org.nær", label={"nn": "Nærleik"})
    assert dict(code.label) == {"nb": "Nærhet", "nn": "Nærleik", "en": "Proximity"}
    assert code.version == 1


def test_a_redefinition_puts_codings_in_the_queue_until_confirmed(project: Project, document: str) -> None:
    made = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    codes.change(project, "org.nær", definition={"nb": "Samme bygg."})
    (stale,) = recoding.queue(project)
    assert (stale.coding.id, stale.why, stale.coding.code_version, stale.now) == (made.id, "meaning", 1, 2)
    assert recoding.queue(project, coder="Ola") == []
    assert (recoding.to_look_at(project, "Kari"), recoding.to_look_at(project, "Ola")) == (1, 0)
    assert recoding.confirm(project, [made.id]) == 1
    assert recoding.queue(project) == []
    journal.undo(project)
    assert len(recoding.queue(project)) == 1


def test_moving_and_retiring(project: Project, document: str, undone) -> None:
    codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    undone()
    assert codes.retire(project, "org.nær").retired
    with pytest.raises(NotAllowed, match="retired"):
        codings.add(project, document, Span(35, 40), "org.nær", Valence.BARRIER)
    assert len(codings.of_document(project, document)) == 1
    journal.undo(project)
    assert codes.move(project, "org.nær", "gen").parent == "gen"


def test_merging_recodes_as_told(project: Project, document: str, undone) -> None:
    alone = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    twin = codings.add(project, document, Span(35, 40), "org.nær", Valence.BARRIER, memo="fra nær")
    kept = codings.add(project, document, Span(35, 40), "org.leiing", Valence.FACILITATOR, memo="fra leiing")
    undone()
    told = codes.effect(project, "org.nær", into="org.leiing")
    assert (told.codings, told.documents, told.coders, told.becoming_one) == (2, 1, 1, 1)
    assert codes.merge(project, "org.nær", "org.leiing") == told
    left = {coding.id: coding for coding in codings.of_document(project, document)}
    assert set(left) == {alone.id, kept.id}
    assert twin.id not in left
    assert {coding.code for coding in left.values()} == {"org.leiing"}
    assert left[kept.id].valence is Valence.BOTH
    assert left[kept.id].memo == "fra leiing\nfra nær"
    assert codebooks.find(project, "org.nær").merged_into == "org.leiing"


def test_a_split_code_leaves_a_queue_with_the_choices(project: Project, document: str, undone) -> None:
    codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    undone()
    made = codes.split(project, "org.nær", [{"nb": "Samme gang"}, {"nb": "Samme bygg"}])
    (stale,) = recoding.queue(project)
    assert (stale.why, stale.choices) == ("split", tuple(code.id for code in made))
    assert recoding.to_look_at(project, "Kari") == 1
    assert [code.parent for code in made] == ["org", "org"]


def test_a_coding_is_split_and_united_again(project: Project, document: str) -> None:
    whole = codings.add(project, document, Span(23, 54), "org.nær", Valence.BARRIER, memo="begge")
    before = journal.state(project)
    first, second = recoding.split(project, whole.id, 36)
    assert (first.span.end, second.span.start, second.memo, first.valence) == (35, 36, "begge", second.valence)
    united = recoding.unite(project, first.id, second.id)
    assert (united.span, united.id) == (whole.span, whole.id)
    assert len(codings.of_document(project, document)) == 1
    journal.undo(project)
    journal.undo(project)
    assert journal.state(project) == before
    for place in (whole.span.start, whole.span.end, 35):
        if place == 35:
            recoding.split(project, whole.id, place)
        else:
            with pytest.raises(NotAllowed):
                recoding.split(project, whole.id, place)


def test_several_codings_are_changed_as_one_act(project: Project, document: str, undone) -> None:
    first = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    second = codings.add(project, document, Span(35, 40), "org.nær", Valence.NONE)
    undone()
    changed = recoding.change_many(project, [first.id, second.id, first.id], code="org.leiing")
    assert [(one.code, one.valence) for one in changed] == [("org.leiing", "barrier"), ("org.leiing", "none")]
    assert journal.history(project, limit=1)[0].text == "2 codings changed"


def test_many_get_a_valence_that_the_new_code_allows(project: Project, document: str, undone) -> None:
    ids = [codings.add(project, document, Span(n, 30), "org.nær", Valence.BARRIER).id for n in (20, 24)]
    undone()
    assert [one.valence for one in recoding.change_many(project, ids, valence=Valence.BOTH)] == ["both", "both"]
    journal.undo(project)
    assert [one.valence for one in recoding.change_many(project, ids, code="gen.forslag")] == ["none", "none"]


def test_codings_that_become_the_same_become_one_and_keep_their_memos(project: Project, document: str, undone) -> None:
    one = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER, memo="nær")
    other = codings.add(project, document, Span(24, 30), "org.leiing", Valence.FACILITATOR, memo="leiing")
    undone()
    (left,) = recoding.change_many(project, [one.id, other.id], code="org.leiing")
    assert [coding.id for coding in codings.of_document(project, document)] == [left.id]
    assert (left.valence, left.memo) == (Valence.BOTH, "nær\nleiing")


def test_another_coders_coding_among_many_stops_the_whole_act(project: Project, document: str) -> None:
    mine = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    with open_project(project.path, coder="Ola") as other:
        theirs = codings.add(other, document, Span(35, 40), "org.nær", Valence.BARRIER)
    with pytest.raises(NotAllowed, match="Ola"):
        recoding.change_many(project, [mine.id, theirs.id], valence=Valence.BOTH)
    assert codings.get(project, mine.id) == mine


def test_only_codings_of_one_code_and_coder_are_united(project: Project, document: str) -> None:
    one = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER)
    other = codings.add(project, document, Span(35, 40), "org.leiing", Valence.BARRIER)
    with open_project(project.path, coder="Ola") as ola:
        theirs = codings.add(ola, document, Span(41, 46), "org.nær", Valence.BARRIER)
    for second in (one.id, other.id, theirs.id):
        with pytest.raises(NotAllowed):
            recoding.unite(project, one.id, second)


def test_several_codes_on_one_span_are_one_act(project: Project, document: str, undone) -> None:
    undone()
    chosen = [("org.nær", Valence.BARRIER), ("gen.forslag", Valence.NONE)]
    made = recoding.add_several(project, document, Span(24, 30), chosen)
    assert [coding.code for coding in made] == ["org.nær", "gen.forslag"]


def test_bookmarks_are_the_coders_own(project: Project, document: str) -> None:
    assert bookmarks.toggle(project, document, 24, "se her")
    assert [(mark.offset, mark.note) for mark in bookmarks.all(project)] == [(24, "se her")]
    with open_project(project.path, coder="Ola") as ola:
        assert bookmarks.all(ola) == []
    bookmarks.put(project, document, 24, "les igjen")
    assert [(mark.offset, mark.note) for mark in bookmarks.all(project)] == [(24, "les igjen")]
    journal.undo(project)
    assert [mark.note for mark in bookmarks.all(project)] == ["se her"]
    assert not bookmarks.toggle(project, document, 24)
    assert bookmarks.all(project) == []


def test_a_memo_can_be_on_anything(project: Project, document: str) -> None:
    code = codebooks.find(project, "org.nær").uuid
    for target in (document, code, project.id):
        memos.put(project, target, "notat")
        assert [memo.text for memo in memos.of(project, target)] == ["notat"]
        memos.put(project, target, "")
        assert memos.of(project, target) == []


def test_several_codes_change_the_valence_of_what_is_there(project: Project, document: str, undone) -> None:
    there = codings.add(project, document, Span(24, 30), "org.nær", Valence.BARRIER, memo="før")
    undone()
    chosen = [("org.nær", Valence.FACILITATOR), ("org.leiing", Valence.BOTH)]
    made = recoding.add_several(project, document, Span(24, 30), chosen)
    assert [(coding.code, coding.valence) for coding in made] == chosen
    assert (made[0].id, made[0].memo) == (there.id, "før")


def test_what_a_code_meant_before_is_told(project: Project) -> None:
    codes.change(project, "org.nær", definition={"nb": "Samme bygg."}, valence=Valence.BARRIER)
    codes.change(project, "org.nær", label={"nb": "Nabolag"})
    before, now = codes.meaning(project, "org.nær", 1), codes.meaning(project, "org.nær", 2)
    assert before is not None
    assert (before.definition, before.valence) == ({"nb": "Avstand mellom folk."}, Valence.BOTH)
    assert now is not None
    assert (now.definition, now.valence, now.label["nb"]) == ({"nb": "Samme bygg."}, Valence.BARRIER, "Nabolag")
    assert codes.meaning(project, "org.nær", 3) is None


def test_a_digit_holds_one_code_and_a_code_one_digit(project: Project, undone) -> None:
    undone()
    shortcuts.bind(project, 3, "org.nær")
    assert shortcuts.of(project) == {3: "org.nær"}
    journal.undo(project)
    shortcuts.bind(project, 3, "org.nær")
    shortcuts.bind(project, 4, "org.leiing")
    shortcuts.bind(project, 4, "org.nær")
    assert shortcuts.of(project) == {4: "org.nær"}
    shortcuts.bind(project, 4, None)
    assert shortcuts.of(project) == {}
    for _ in range(4):
        journal.undo(project)
    shortcuts.bind(project, 3, "org.nær")
    with open_project(project.path, coder="Ola") as ola:
        assert shortcuts.of(ola) == {}


def test_a_digit_follows_a_merged_code_and_forgets_a_retired_one(project: Project) -> None:
    shortcuts.bind(project, 1, "org.nær")
    codes.merge(project, "org.nær", "org.leiing")
    assert shortcuts.of(project) == {1: "org.leiing"}
    codes.retire(project, "org.leiing")
    assert shortcuts.of(project) == {}
    for digit, code in ((0, "gen.forslag"), (1, "gen"), (1, "org.leiing")):
        with pytest.raises(NotAllowed):
            shortcuts.bind(project, digit, code)


def test_codes_used_last_are_the_same_however_many_codings_there_are(project: Project, document: str) -> None:
    def used(code: str, start: int) -> None:
        codings.add(project, document, Span(start, start + 1), code, Valence.NONE)

    text = documents.text(project, document)
    places = [place for place, letter in enumerate(text) if letter.strip()]
    made = [codings.NewCoding(document, Span(a, b), "gen.forslag") for a in places[:30] for b in places[30:50]]
    codings.add_many(project, made)
    assert codings.recent_codes(project) == ["gen.forslag"]
    used("org.nær", places[3])
    used("org.leiing", places[4])
    assert codings.recent_codes(project, 2) == ["org.leiing", "org.nær"]
    assert codings.recent_codes(project) == ["org.leiing", "org.nær", "gen.forslag"]
    codes.retire(project, "org.leiing")
    assert codings.recent_codes(project, 2) == ["org.nær", "gen.forslag"]
