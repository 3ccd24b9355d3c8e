"""Adjudication: what coders differ on is listed, decided, undone and found again; the consensus layer comes of it."""

import random
import shutil
from pathlib import Path

import pytest

from ipscoding.analysis import agreement
from ipscoding.analysis.agreement import Standing, before_and_after, decide, disagreements_table, standing, take_over
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.domain import CONSENSUS, Coding, Span, Valence
from ipscoding.errors import NotAllowed, NotFound
from ipscoding.project import (
    Project,
    adjudications,
    backup,
    codebooks,
    coders,
    codes,
    codings,
    documents,
    journal,
    memos,
    open_project,
    settings,
    versions,
)
from ipscoding.project.check import check
from ipscoding.project.merging.merge import merge
from tests.project_example import LINES, make, reading

NEAR, LEADERS = "org.nær", "org.leiing"


def coded(
    path: Path, coder: str, *wanted: tuple[int, int, str, Valence], document: str = "p01", done: bool = True
) -> None:
    """Codings over whole sentences (from, to; of all sentences in the text) of one coder."""
    with open_project(path, coder=coder) as project:
        there = documents.find(project, document).id
        sentences = documents.transcript(project, there).sentences
        for first, last, code, valence in wanted:
            codings.add(project, there, Span(sentences[first].start, sentences[last].end), code, valence)
        if done:
            documents.set_status(project, there, "done")


@pytest.fixture
def project(tmp_path: Path):
    """p01: sentences 1 and 2 (It goes well. The door), 4 and 5. Kari and Ola agree on 1, and differ on 2, 4 and 5."""
    path = make(tmp_path).path
    up, down = Valence.FACILITATOR, Valence.BARRIER
    coded(path, "Kari", (1, 1, NEAR, up), (2, 2, NEAR, up), (4, 4, LEADERS, down))
    coded(path, "Ola", (1, 1, NEAR, up), (2, 2, NEAR, down), (5, 5, LEADERS, down))
    with open_project(path, coder="Lise") as opened:
        yield opened


def consensus(project: Project) -> list[Coding]:
    there = documents.find(project, "p01").id
    return [one for one in codings.of_document(project, there) if one.coder == CONSENSUS]


def kinds(stands: Standing) -> list[tuple[str, str, list[int]]]:
    return [(one.code, one.kind, [len(side) for side in one.sides]) for one in stands.disagreements]


def test_every_disagreement_is_listed_with_what_each_coder_did(project: Project) -> None:
    stands = standing(project)
    assert [one.code for one in stands.agreed] == [NEAR]
    assert kinds(stands) == [(NEAR, "valence", [1, 1]), (LEADERS, "code", [1, 0]), (LEADERS, "code", [0, 1])]
    row = disagreements_table(project, stands).rows[0]
    assert (row["document"], row["turn"], row["code"], row["state"]) == ("p01", 2, NEAR, "open")
    assert str(row["coded_Kari"]).startswith("facilitator ")
    assert str(row["coded_Ola"]).startswith("barrier ")
    assert row["text"] == "Døra hans står åpen."
    only = disagreements_table(project, stands, codes=[LEADERS])
    assert {row["code"] for row in only.rows} == {LEADERS}


def test_what_another_coder_coded_there_with_another_code_is_told(project: Project) -> None:
    coded(project.path, "Ola", (4, 4, NEAR, Valence.BARRIER))
    row = next(
        row
        for row in disagreements_table(project, standing(project)).rows
        if row["coded_Kari"] and not row["coded_Ola"]
    )
    assert (row["code"], row["other_codes_Ola"], row["other_codes_Kari"]) == (LEADERS, NEAR, "")


def test_memos_of_the_codings_stand_beside_them(project: Project) -> None:
    with open_project(project.path, coder="Ola") as ola:
        memos.put(ola, standing(ola).disagreements[0].sides[1][0].id, "Tvilte meg fram")
    assert disagreements_table(project, standing(project)).rows[0]["memo_Ola"] == "Tvilte meg fram"


def test_only_interviews_that_all_are_done_with_enter(project: Project) -> None:
    stands = standing(project)
    assert [one.name for one in stands.entered.documents] == ["p01"]
    assert [(one.name, why) for one, why in stands.entered.left_out] == [("n01", "Kari: not started, Ola: not started")]
    coded(project.path, "Ola", document="n01")
    assert [why for _one, why in standing(project).entered.left_out] == ["Kari: not started"]
    with open_project(project.path, coder="Ola") as ola:
        documents.set_status(ola, documents.find(ola, "p01").id, "coding")
    with pytest.raises(NotAllowed, match="marked as done"):
        standing(project)


def test_an_interview_of_some_may_enter_with_the_others_missing(project: Project) -> None:
    coded(project.path, "Per", (1, 1, NEAR, Valence.NONE), document="n01")
    coded(project.path, "Ola", (1, 1, NEAR, Valence.NONE), document="n01")
    question = agreement.Question(bootstrap=0)
    with pytest.raises(NotAllowed):
        agreement.agreement_of(project, question)
    rows = agreement.agreement_of(project, question, missing=True).rows
    near = next(row for row in rows if row["code"] == NEAR)
    assert (near["units"], near["coded_Kari"], near["coded_Ola"], near["coded_Per"]) == (6, 2, 3, 1)


def test_one_coder_alone_agrees_with_nobody(project: Project) -> None:
    with pytest.raises(NotAllowed, match="at least two"):
        standing(project, ["Kari"])
    with pytest.raises(NotFound):
        standing(project, ["Kari", "Nobody"])


def test_what_coders_agree_on_is_taken_over_once(project: Project) -> None:
    before = journal.state(project)
    assert take_over(project, standing(project), dry_run=True).made == 1
    assert journal.state(project) == before
    done = take_over(project, standing(project))
    assert (done.made, done.known, done.removed, done.left_out) == (1, 0, 0, 0)
    [one] = consensus(project)
    assert (one.code, one.valence, one.origin) == (NEAR, Valence.FACILITATOR, "agreed")
    acts = len(journal.history(project, limit=None))
    again = take_over(project, standing(project))
    assert (again.made, again.known) == (0, 1)
    assert len(journal.history(project, limit=None)) == acts
    journal.undo(project)
    assert consensus(project) == []


def test_what_is_no_longer_agreed_on_leaves_the_consensus(project: Project) -> None:
    take_over(project, standing(project))
    with open_project(project.path, coder="Ola") as ola:
        codings.remove(ola, next(one.sides[1][0] for one in standing(ola).agreed).id)
    done = take_over(project, standing(project))
    assert (done.made, done.removed) == (0, 1)
    assert consensus(project) == []


def test_a_retired_code_is_left_out_and_told(project: Project) -> None:
    codes.retire(project, NEAR)
    done = take_over(project, standing(project))
    assert (done.made, done.left_out) == (0, 1)


@pytest.mark.parametrize(
    ("outcome", "side", "valences"),
    [
        ("one", "Kari", ["facilitator"]),
        ("one", "Ola", ["barrier"]),
        ("both", "", ["both"]),
        ("neither", "", []),
        ("other", "", ["none"]),
    ],
)
def test_a_decision_makes_what_it_says(project: Project, outcome: str, side: str, valences: list[str]) -> None:
    stands = standing(project)
    before = journal.state(project)
    valence = Valence.NONE if outcome == "other" else None
    [made] = decide(project, stands, stands.open[:1], outcome, side=side, valence=valence, reason="Vi snakka om det")
    assert (made.outcome, made.side, made.reason, made.coder) == (outcome, side, "Vi snakka om det", "Lise")
    found = consensus(project)
    assert [str(one.valence) for one in found] == valences
    assert all((one.origin, one.memo) == ("adjudicated", "Vi snakka om det") for one in found)
    assert tuple(one.id for one in found) == made.codings
    stands = standing(project)
    assert len(stands.open) == 2
    assert stands.disagreements[0].decided == made
    journal.undo(project)
    assert journal.state(project)["coding"] == before["coding"]
    assert len(standing(project).open) == 3
    journal.redo(project)
    assert consensus(project) == found
    assert [one for one in check(project) if one.found] == []


def test_the_coders_own_codings_stay_as_they_are(project: Project) -> None:
    there = documents.find(project, "p01").id
    before = codings.of_document(project, there)
    stands = standing(project)
    take_over(project, stands)
    decide(project, stands, stands.open, "one", side="Kari")
    assert [one for one in codings.of_document(project, there) if one.coder != CONSENSUS] == before


def test_the_version_of_a_coder_who_has_nothing_there_is_no_coding(project: Project) -> None:
    stands = standing(project)
    decide(project, stands, stands.open[1:2], "one", side="Ola")
    assert consensus(project) == []
    assert len(standing(project).open) == 2


def test_a_decision_can_be_changed_and_taken_back(project: Project) -> None:
    stands = standing(project)
    decide(project, stands, stands.open[:1], "one", side="Kari")
    decide(project, standing(project), standing(project).disagreements[:1], "one", side="Ola")
    assert [one.valence for one in consensus(project)] == [Valence.BARRIER]
    [only] = adjudications.all(project)
    adjudications.reopen(project, only)
    assert (consensus(project), adjudications.all(project)) == ([], [])
    journal.undo(project)
    journal.undo(project)
    assert [one.valence for one in consensus(project)] == [Valence.FACILITATOR]


def test_several_are_decided_as_one_act(project: Project) -> None:
    stands = standing(project)
    before = journal.state(project)["adjudication"]
    decide(project, stands, stands.open, "neither")
    assert standing(project).open == []
    assert "3 disagreements decided" in {one.text for one in journal.history(project)}
    journal.undo(project)
    assert journal.state(project)["adjudication"] == before


def test_the_reason_can_become_a_rule_of_the_code_in_the_same_act(project: Project) -> None:
    stands = standing(project)
    before = codebooks.find(project, NEAR)
    decide(project, stands, stands.open[:1], "one", side="Ola", reason="Også dører", rule=("include_when", "nb"))
    now = codebooks.find(project, NEAR)
    assert now.include_when["nb"] == "Også dører"
    assert now.version == before.version + 1
    assert [one.code_version for one in consensus(project)] == [now.version]
    again = standing(project)
    decide(project, again, again.disagreements[:1], "one", side="Ola", reason="Og vinduer", rule=("include_when", "nb"))
    assert codebooks.find(project, NEAR).include_when["nb"] == "Også dører\nOg vinduer"
    journal.undo(project)
    journal.undo(project)
    assert codebooks.find(project, NEAR) == before
    with pytest.raises(NotAllowed, match="reason"):
        decide(project, standing(project), standing(project).open[:1], "neither", rule=("include_when", "nb"))


def test_a_decision_that_cannot_be_made_changes_nothing(project: Project) -> None:
    stands = standing(project)
    before = journal.state(project)
    one = stands.open[:1]
    with pytest.raises(NotFound, match="Per"):
        decide(project, stands, one, "one", side="Per")
    with pytest.raises(NotFound):
        decide(project, stands, one, "other", code="no.such")
    with pytest.raises(NotAllowed):
        decide(project, stands, one, "other", code="gen.forslag", valence=Valence.BARRIER)
    with pytest.raises(NotAllowed):
        decide(project, stands, one, "other", code="org")
    with pytest.raises(NotAllowed):
        decide(project, stands, one, "other", span=Span(0, 10_000))
    with pytest.raises(NotAllowed):
        decide(project, stands, one, "neither", valence=Valence.BARRIER)
    with pytest.raises(NotAllowed):
        decide(project, stands, stands.open, "neither", reason="x", rule=("include_when", "nb"))
    with pytest.raises(NotAllowed, match="made from coders"):
        decide(project, standing_with_consensus(project), one, "neither")
    assert journal.state(project) == before


def standing_with_consensus(project: Project) -> Standing:
    done = standing(project)
    return Standing(
        agreement.Entering(("Kari", CONSENSUS), done.entered.documents, (), done.entered.done), (), done.disagreements
    )


def test_it_is_open_again_once_a_coding_has_changed(project: Project) -> None:
    stands = standing(project)
    [past] = decide(project, stands, stands.open[:1], "one", side="Kari")
    with open_project(project.path, coder="Ola") as ola:
        codings.change(ola, stands.open[0].sides[1][0].id, valence=Valence.BOTH)
    now = standing(project).disagreements[0]
    assert (now.decided, now.earlier) == (None, (past,))
    assert disagreements_table(project, standing(project)).rows[0]["state"] == "changed"
    decide(project, standing(project), [now], "one", side="Ola")
    assert [one.valence for one in consensus(project)] == [Valence.BOTH]
    assert len(adjudications.all(project)) == 1


def test_a_decision_goes_where_coders_have_come_to_agree(project: Project) -> None:
    stands = standing(project)
    decide(project, stands, stands.open[:1], "one", side="Kari")
    with open_project(project.path, coder="Ola") as ola:
        codings.change(ola, stands.open[0].sides[1][0].id, valence=Valence.FACILITATOR)
    assert take_over(project, standing(project)).made == 2
    assert adjudications.all(project) == []
    assert [one.origin for one in consensus(project)] == ["agreed", "agreed"]


def test_decisions_survive_a_restart(project: Project) -> None:
    stands = standing(project)
    [made] = decide(project, stands, stands.open[:1], "both")
    with open_project(project.path, coder="Kari") as again:
        assert standing(again).disagreements[0].decided == made


def test_an_interview_with_nothing_left_open_is_done_for_the_consensus(project: Project) -> None:
    there = documents.find(project, "p01").id

    def complete() -> bool:
        return documents.statuses(project).get((there, CONSENSUS)) == "done"

    take_over(project, standing(project))
    decide(project, standing(project), standing(project).open[:2], "one", side="Kari")
    assert not complete()
    with pytest.raises(NotAllowed, match="not complete"):
        before_and_after(project, standing(project))
    decide(project, standing(project), standing(project).open, "one", side="Kari")
    assert complete()
    rows = before_and_after(project, standing(project)).rows
    assert [(row["when"], row["first"], row["second"]) for row in rows] == [
        ("before", "Kari", "Ola"),
        ("after", "Kari", CONSENSUS),
        ("after", "Ola", CONSENSUS),
    ]
    assert [row["alpha"] for row in rows[1:]] == [pytest.approx(1), rows[0]["alpha"]]
    adjudications.reopen(project, adjudications.all(project)[0])
    assert not complete()


def test_frequencies_count_the_consensus_once_there_is_one(project: Project) -> None:
    take_over(project, standing(project))
    decide(project, standing(project), standing(project).open, "both")
    table = frequencies_of(project)
    assert {row["code"]: row["segments"] for row in table.rows if row["segments"]} == {NEAR: 2, LEADERS: 2}
    assert any("consensus" in note for note in table.notes)


def test_two_copies_that_decide_alike_make_the_same(project: Project, tmp_path: Path) -> None:
    made = []
    for name, coder in (("one", "Kari"), ("two", "Ola")):
        copy = backup.backup(project, tmp_path / f"{name}.ipscoding")
        with open_project(copy, coder=coder) as opened:
            stands = standing(opened)
            take_over(opened, stands)
            decide(opened, stands, stands.open, "one", side="Kari")
            made.append(([one.id for one in adjudications.all(opened)], [one.id for one in consensus(opened)]))
            ids = opened.coder_id(CONSENSUS)
        assert ids is not None
        made[-1][1].append(ids)
    assert made[0] == made[1]


def test_who_codes_blind_sees_no_disagreements_before_being_done(project: Project) -> None:
    with open_project(project.path, coder="Kari") as lead:
        settings.set(lead, "blind", True)
    with open_project(project.path, coder="Per") as per, pytest.raises(NotAllowed, match="blind"):
        standing(per, ["Kari", "Ola"])
    with open_project(project.path, coder="Ola") as ola:
        assert len(standing(ola).disagreements) == 3
    coded(project.path, "Per", done=False)
    with open_project(project.path, coder="Per") as per:
        documents.set_status(per, documents.find(per, "p01").id, "coding")
    with open_project(project.path, coder="Per") as per, pytest.raises(NotAllowed, match="blind"):
        standing(per, ["Kari", "Ola"])
    with open_project(project.path, coder="Ola") as ola:
        assert len(standing(ola, ["Kari", "Ola"]).disagreements) == 3


def test_a_lead_who_does_not_code_adjudicates_what_is_coded_blind(project: Project) -> None:
    with open_project(project.path, coder="Kari") as kari:
        settings.set(kari, "blind", True)
    with pytest.raises(NotAllowed, match="blind"):
        standing(project)
    with open_project(project.path, coder="Kari") as kari:
        coders.set_role(kari, "Lise", "lead")
    assert len(standing(project).disagreements) == 3


def test_an_interview_is_removed_with_its_decisions_and_comes_back_with_them(project: Project) -> None:
    stands = standing(project)
    decide(project, stands, stands.open, "one", side="Kari")
    before = journal.state(project)
    documents.remove(project, documents.find(project, "p01").id)
    assert adjudications.all(project) == []
    journal.undo(project)
    assert journal.state(project) == before


def test_any_walk_through_decisions_leaves_a_sound_project_and_undoes_to_where_it_began(project: Project) -> None:
    chance = random.Random(4)
    take_over(project, standing(project))
    journal.undo(project)
    before = {kind: held for kind, held in journal.state(project).items() if kind != "coder"}
    acts = 0
    for _step in range(25):
        stands = standing(project)
        done = len(journal.history(project, limit=None))
        if chance.random() < 0.2:
            take_over(project, stands)
        elif chance.random() < 0.2 and adjudications.all(project):
            adjudications.reopen(project, chance.choice(adjudications.all(project)))
        else:
            outcome = chance.choice(adjudications.OUTCOMES)
            side = chance.choice(stands.entered.coders) if outcome == "one" else ""
            chosen = chance.sample(stands.disagreements, chance.randrange(1, 3))
            decide(project, stands, chosen, outcome, side=side, reason=chance.choice(("", "fordi")))
        acts += len(journal.history(project, limit=None)) - done
        assert [one for one in check(project) if one.found] == []
        own = {one.key for one in adjudications.all(project)}
        assert len(own) == len(adjudications.all(project))
        told = {coding for one in adjudications.all(project) for coding in one.codings}
        assert told == {one.id for one in consensus(project) if one.origin == "adjudicated"}
    for _act in range(acts):
        assert journal.undo(project) is not None
    assert {kind: held for kind, held in journal.state(project).items() if kind != "coder"} == before


def decided_apart(project: Project, tmp_path: Path) -> list[Path]:
    """Two copies: both decide the first alike but for the reason; the second differently; one each the third."""
    paths = [backup.backup(project, tmp_path / f"{name}.ipscoding") for name in ("one", "two")]
    for path, coder in zip(paths, ("Kari", "Ola"), strict=True):
        with open_project(path, coder=coder) as opened:
            stands = standing(opened)
            take_over(opened, stands)
            decide(opened, stands, stands.open[:1], "one", side="Kari", reason=f"{coder} mener det")
            decide(opened, stands, stands.open[1:2], "one", side=coder)
    return paths


def test_copies_that_decided_apart_are_brought_together(project: Project, tmp_path: Path) -> None:
    one, two = decided_apart(project, tmp_path)
    found = []
    for number, (mine, other) in enumerate(((one, two), (two, one))):
        copy = Path(shutil.copy(mine, tmp_path / f"merged-{number}.ipscoding"))
        with open_project(copy, coder="Lise") as opened:
            merge(opened, [other])
            stands = standing(opened)
            states = [row["state"] for row in disagreements_table(opened, stands).rows]
            assert states == ["decided", "disputed", "open"]
            held = journal.state(opened)
            found.append([held[kind] for kind in ("adjudication", "coding", "status")])
            assert [one for one in check(opened) if one.found] == []
            decide(opened, stands, stands.disagreements[1:2], "neither", reason="Ingen av dem")
            assert [row["state"] for row in disagreements_table(opened, standing(opened)).rows][1] == "decided"
            assert [one.code for one in consensus(opened)] == [NEAR, NEAR]
            assert not any(one.disputed for one in adjudications.all(opened))
            journal.undo(opened)
            assert [row["state"] for row in disagreements_table(opened, standing(opened)).rows] == states
    assert found[0] == found[1]


def test_what_was_decided_and_agreed_on_stays_so_in_a_corrected_text(project: Project) -> None:
    take_over(project, standing(project))
    stands = standing(project)
    decide(project, stands, stands.open[:1], "both", reason="Begge deler")
    before = {one.code: one.valence for one in consensus(project)}
    decided = [(one.outcome, one.reason) for one in adjudications.all(project)]
    corrected = ("I: Hvordan går det med deg da?", *LINES[1:])
    versions.revise(project, "p01", reading("p01", corrected))
    after = standing(project)
    assert len(after.open) == len(stands.open) - 1
    assert adjudications.is_taken_over(project, [one.question for one in after.agreed])
    again = take_over(project, after)
    assert (again.made, again.known, again.removed) == (0, 1, 0)
    assert {one.code: one.valence for one in consensus(project)} == before
    assert [(one.outcome, one.reason) for one in adjudications.all(project)] == decided
    # the same question decided anew replaces the decision, though its place is another one now
    [known] = [one for one in after.disagreements if one.decided is not None]
    decide(project, after, [known], "neither")
    assert [one.outcome for one in adjudications.all(project)] == ["neither"]
    assert [one for one in check(project) if one.found] == []
