"""Adjudication: disagreements of all interviews are walked and decided by a key, with a reason, and can be undone."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Input

from ipscoding.analysis.agreement import Compared, Entering, Standing
from ipscoding.domain import CONSENSUS, Coding, Document, Span
from ipscoding.project import (
    Project,
    adjudications,
    codebooks,
    coders,
    codes,
    codings,
    create,
    documents,
    memos,
    open_project,
    settings,
)
from ipscoding.project.adjudications import Adjudication
from ipscoding.tui.adjudication import Review, choices_of_coders, likely_coders
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.adjudication import AdjudicationScreen
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.widgets.compared_lines import ComparedLines
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.reason_question import ReasonQuestion
from tests.test_tui_compare import KARI, OLA, B, F, code, code_as
from tests.tui_example import make, plain_terminal, said, until
from tests.tui_hands import AtScreen, once_read

__all__ = ["plain_terminal"]
SnapCompare = Callable[..., bool]
HERE = (("Vi ventar på vedtak.", "nav.waiting", B),)


def done(project: Project, coder: str, *names: str) -> None:
    with open_project(project.path, coder=coder) as own:
        for name in names:
            documents.set_status(own, documents.find(own, name).id, "done")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Kari and Ola are done with both interviews: they agree on one passage and differ on five and one."""
    with make(tmp_path) as made:
        code(made, KARI)
        code_as(made, "Ola", OLA)
        code_as(made, "Ola", HERE, "n01")
        for coder in ("Kari", "Ola"):
            done(made, coder, "p01", "n01")
        yield made


class Judge(AtScreen[AdjudicationScreen]):
    """Somebody who decides."""

    KIND = AdjudicationScreen

    def listed(self) -> list[str]:
        return [str(row) for row in self.rows()]

    @property
    def at(self) -> str:
        """Sign, turn, code and sides of the current row."""
        one = self.screen.current
        return f"{one.code} {one.text[:12]}" if one is not None else ""

    async def decide(self, key: str, reason: str = "", rule: int = 0) -> None:
        """Press a key that decides, answer with a reason, in the rule reached by so many tabs."""
        await self.press(key)
        await until(self.pilot, lambda: isinstance(self.app.screen, ReasonQuestion))
        await self.press(*["tab"] * rule)
        await self.write(reason)
        await self.press("enter")
        await until(self.pilot, lambda: self.app.screen is self.screen)

    def consensus(self) -> list[tuple[str, str, str]]:
        """Code, direction and origin of the consensus layer's codings, as they are in the file."""
        return [(one.code, str(one.valence), one.origin) for one in self.made() if one.coder == CONSENSUS]


@asynccontextmanager
async def judging(project: Project, size: tuple[int, int] = (110, 32)) -> AsyncIterator[Judge]:
    app = IpscodingApp(project, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("K")
        await until(pilot, lambda: isinstance(app.screen, AdjudicationScreen))
        judge = Judge(app, pilot)
        await read(judge)
        yield judge


async def read(judge: Judge) -> None:
    screen = judge.screen
    await until(judge.pilot, lambda: not screen.reading and not screen.taking_over)
    if screen.review.stands is not None:
        await until(judge.pilot, lambda: screen.figures is not None)


async def test_every_disagreement_of_all_interviews_is_listed_under_its_interview(project: Project) -> None:
    async with judging(project) as judge:
        rows = judge.listed()
        assert [row for row in rows if "open" in row] == ["n01  1 of 1 open", "p01  5 of 5 open"]
        assert [row[:2] for row in rows].count("○ ") == 6
        assert "6 of 6 left" in judge.text("#status")
        assert "alpha" in judge.text("#status")
        assert "Kari · Ola" in judge.text("#asked")


async def test_the_passage_both_sides_their_memos_and_the_rules_are_in_view(project: Project) -> None:
    with open_project(project.path, coder="Ola") as ola:
        there = codings.of_document(ola, documents.find(ola, "p01").id)
        near = max((one for one in there if one.coder == "Ola"), key=lambda one: one.span)
        codings.change(ola, near.id, memo="Is a warehouse an office?")
    async with judging(project) as judge:
        await judge.press("end")
        assert judge.at == "org.colocation Han på lager"
        assert "Kari: nothing here" in judge.text("#sides")
        assert "Ola: ▲ facilitator “Han på lageret var grei.”" in judge.text("#sides")
        assert "Is a warehouse an office?" in judge.text("#sides")
        assert "Use when: Offices, corridors" in judge.text("#rules")
        assert "Not when: Not formal meetings." in judge.text("#rules")
        view = judge.screen.query_one(ComparedLines)
        assert any("Han på lageret" in view.render_line(y).text for y in range(view.size.height))


async def test_what_a_coder_has_on_the_same_words_instead_is_said(project: Project) -> None:
    async with judging(project) as judge:
        while judge.at != "spec.persistence Jobbspesiali":
            await judge.press("down")
        assert "Ola: has here instead: · Suggestion for change" in judge.text("#sides")


async def test_a_key_a_reason_and_it_is_decided_and_the_next_open_one_is_there(project: Project) -> None:
    async with judging(project) as judge:
        await judge.decide("b", "It says so")
        assert judge.consensus() == [("nav.waiting", "barrier", "adjudicated")]
        (decision,) = adjudications.all(project)
        assert (decision.outcome, decision.side, decision.reason, decision.coder) == (
            "one",
            "Ola",
            "It says so",
            "Kari",
        )
        (coding,) = [one for one in judge.made() if one.coder == CONSENSUS]
        assert [memo.text for memo in memos.of(project, coding.id)] == ["It says so"]
        assert "5 of 6 left" in judge.text("#status")
        assert judge.listed()[1].startswith("●")
        assert "→ as Ola" in judge.listed()[1]
        assert judge.screen.current is not None
        assert judge.screen.current.decided is None
        await judge.press("up")
        assert "decided: as Ola (Kari, " in judge.text("#sides")
        assert "It says so" in judge.text("#sides")


@pytest.mark.parametrize(
    ("key", "made"),
    [
        ("a", [("nav.waiting", "facilitator")]),
        ("1", [("nav.waiting", "facilitator")]),
        ("b", [("nav.waiting", "barrier")]),
        ("2", [("nav.waiting", "barrier")]),
        ("g", [("nav.waiting", "both")]),
        ("x", []),
    ],
)
async def test_each_key_decides_as_it_says(project: Project, key: str, made: list[tuple[str, str]]) -> None:
    async with judging(project) as judge:
        while not judge.at.startswith("nav.waiting Jeg slapp"):
            await judge.press("down")
        await judge.decide(key)
        assert [one[:2] for one in judge.consensus()] == made
        assert len(adjudications.all(project)) == 1


async def test_another_code_and_direction_can_hold(project: Project) -> None:
    async with judging(project) as judge:
        await judge.press("e")
        await judge.write("Persistence")
        await judge.press("enter")
        await until(judge.pilot, lambda: judge.app.screen is judge.screen)
        await judge.decide("f", "Rather this")
        assert judge.consensus() == [("spec.persistence", "facilitator", "adjudicated")]


async def test_escape_decides_nothing(project: Project) -> None:
    async with judging(project) as judge:
        await judge.press("a")
        await judge.write("Not yet")
        await judge.press("escape")
        assert adjudications.all(project) == []
        await judge.press("3", "9")
        assert adjudications.all(project) == []
        assert judge.app.screen is judge.screen


async def test_a_reason_can_go_into_the_rules_in_the_same_act(project: Project) -> None:
    async with judging(project) as judge:
        await judge.press("end")
        await judge.press("x", "tab", "tab", "enter")
        assert isinstance(judge.app.screen, ReasonQuestion)
        assert "first write the reason" in said(judge.app.screen, "#rule")
        await judge.write("Not a greeting in a warehouse.")
        await judge.press("enter")
        rule = codebooks.find(project, "org.colocation").exclude_when["en"]
        assert rule == "Not formal meetings.\nNot a greeting in a warehouse."
        await judge.press("end")
        assert "Not a greeting in a warehouse." in judge.text("#rules")
        await judge.press("u")
        assert codebooks.find(project, "org.colocation").exclude_when["en"] == "Not formal meetings."
        assert adjudications.all(project) == []


async def test_a_rule_goes_on_in_the_language_that_it_is_written_in(project: Project) -> None:
    with open_project(project.path, coder="Kari") as own:
        codes.change(own, "org.colocation", include_when={"en": "", "nb": "Kontorer."})
    async with judging(project) as judge:
        await judge.press("end")
        await judge.decide("b", "Lageret", rule=1)
        assert codebooks.find(project, "org.colocation").include_when == {"nb": "Kontorer.\nLageret"}


async def test_decisions_are_undone_done_again_and_taken_back(project: Project) -> None:
    async with judging(project) as judge:
        await judge.decide("b", "One")
        await judge.decide("g", "Two")
        await judge.press("u")
        assert "5 of 6 left" in judge.text("#status")
        await judge.press("u")
        assert judge.consensus() == []
        assert "6 of 6 left" in judge.text("#status")
        assert judge.at.startswith("nav.waiting Vi ventar")
        await judge.press("ctrl+r")
        assert len(judge.consensus()) == 1
        assert "5 of 6 left" in judge.text("#status")
        await judge.press("home", "o")
        assert judge.consensus() == []
        assert "6 of 6 left" in judge.text("#status")
        await judge.press("o")
        assert "It is not decided" in judge.notices()


async def test_deciding_again_replaces_and_begins_with_the_reason_of_before(project: Project) -> None:
    async with judging(project) as judge:
        await judge.decide("b", "As said")
        await judge.press("home", "x")
        assert judge.app.screen.query_one(Input).value == "As said"
        await judge.press("enter")
        assert judge.consensus() == []
        (decision,) = adjudications.all(project)
        assert (decision.outcome, decision.reason) == ("neither", "As said")


async def test_what_coders_agree_on_is_taken_over_in_one_act_that_is_confirmed(project: Project) -> None:
    async with judging(project) as judge:
        assert "1 agreed, not taken over (t)" in judge.text("#status")
        await judge.press("t")
        assert isinstance(judge.app.screen, Confirm)
        await judge.press("n")
        assert judge.consensus() == []
        await judge.press("t", "y")
        await read(judge)
        assert judge.consensus() == [("org.colocation", "facilitator", "agreed")]
        assert "1 coding taken over" in judge.notices()
        await until(judge.pilot, lambda: "not taken over" not in judge.text("#status"))
        await judge.press("u", "y")
        await until(judge.pilot, lambda: judge.consensus() == [])


async def test_agreement_before_and_after_is_shown_when_an_interview_is_complete(project: Project) -> None:
    async with judging(project) as judge:
        assert "0 of 2 complete" in judge.text("#status")
        assert "after" not in judge.text("#status")
        await judge.decide("b")
        await until(judge.pilot, lambda: "1 of 2 complete" in judge.text("#status"))
        assert "after Kari 0.00, Ola 1.00" in judge.text("#status")
        await judge.press("t", "y")
        await read(judge)
        for _n in range(5):
            await judge.decide("a")
        await until(judge.pilot, lambda: "2 of 2 complete" in judge.text("#status"))
        assert "0 of 6 left" in judge.text("#status")
        assert "Everything is decided" in judge.notices()


async def test_only_open_ones_one_code_or_one_interview(project: Project) -> None:
    async with judging(project) as judge:
        await judge.decide("b")
        await judge.press("v")
        assert [row for row in judge.listed() if row.startswith("●")] == []
        assert "only open ones" in judge.text("#asked")
        await judge.press("v")
        assert len([row for row in judge.listed() if row.startswith("●")]) == 1
        await judge.press("v", "k")
        assert isinstance(judge.app.screen, Chooser)
        await judge.press("2")
        assert "only Co-location" in judge.text("#asked")
        assert len(judge.listed()) == 2
        await judge.press("d", "2")
        assert "only p01" in judge.text("#asked")
        await judge.press("k", "1", "d", "1")
        assert len(judge.listed()) == 8
        assert "5 of 6 left" in judge.text("#status")


async def test_the_next_open_one_is_gone_to_past_what_is_decided(project: Project) -> None:
    async with judging(project) as judge:
        await judge.press("down")
        await judge.decide("a")
        await judge.press("home", "n")
        assert [row[0] for row in judge.listed()].index("●") < judge.screen.passages._at
        await judge.press("N")
        assert judge.at.startswith("nav.waiting Vi ventar")


async def test_enter_goes_to_the_passage_and_shows_it_as_coded(project: Project) -> None:
    async with judging(project) as judge:
        await judge.press("end", "enter")
        screen = judge.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.view.selected.of(screen.desk.transcript.text) == "Han på lageret var grei."


async def test_what_others_change_appears_and_a_decision_on_it_is_open_again(project: Project) -> None:
    async with judging(project) as judge:
        await judge.decide("b", "So it is")
        with open_project(project.path, coder="Ola") as ola:
            there = codings.of_document(ola, documents.find(ola, "n01").id)
            codings.change(ola, next(one for one in there if one.coder == "Ola").id, valence=F)
        await until(judge.pilot, lambda: "6 of 6 left" in judge.text("#status"))
        await judge.press("home")
        assert "open again: codings changed since" in judge.text("#sides")
        assert "decided before: as Ola" in judge.text("#sides")


async def test_nobody_done_one_coder_and_an_empty_project_say_what_to_do(tmp_path: Path) -> None:
    with make(tmp_path) as alone:
        async with judging(alone, (80, 24)) as judge:
            assert "Nobody has marked an interview as done yet" in judge.text("#nothing")
            await judge.press("a", "b", "g", "x", "e", "o", "t", "c", "k", "d", "v", "n", "N", "enter")
            assert judge.app.screen is judge.screen
        done(alone, "Kari", "p01")
        async with judging(alone, (80, 24)) as judge:
            assert "Only Kari has marked interviews as done" in judge.text("#nothing")
        done(alone, "Ola", "n01")
        async with judging(alone, (80, 24)) as judge:
            assert "No interview was marked as done by Kari, Ola" in judge.text("#nothing")
        done(alone, "Ola", "p01")
        async with judging(alone, (80, 24)) as judge:
            assert "agree on everything" in judge.text("#nothing")
    with create(tmp_path / "new.ipscoding", name="New", coder="Kari") as empty:
        async with judging(empty, (80, 24)) as judge:
            assert "ipscoding import" in judge.text("#nothing")


async def test_blind_interviews_stay_hidden_until_their_coders_are_done(project: Project) -> None:
    settings.set(project, "blind", True)
    with open_project(project.path, coder="Per") as per:
        documents.set_status(per, documents.find(per, "p01").id, "coding")
        assert likely_coders(per) == ("Kari", "Ola")
        async with judging(per) as judge:
            assert "blind" in judge.text("#nothing")
            assert not judge.screen.query_one("#both").display
            assert "lageret" not in judge.text("#sides")
            await judge.press("a", "g", "t", "enter")
            assert adjudications.all(project) == []
            assert judge.app.screen is judge.screen


async def test_a_reader_reads_and_decides_nothing(project: Project) -> None:
    coders.set_role(project, "Rita", "reader")
    with open_project(project.path, coder="Rita") as rita:
        async with judging(rita) as judge:
            assert "6 of 6 left" in judge.text("#status")
            await judge.press("a")
            assert judge.app.screen is judge.screen
            assert "Rita is a reader" in judge.notices()
            assert adjudications.all(project) == []


async def test_of_three_coders_any_two_can_be_compared(project: Project) -> None:
    code_as(project, "Per", KARI[:2])
    done(project, "Per", "p01")
    async with judging(project) as judge:
        assert "Kari · Ola · Per  1 interview" in judge.text("#asked")
        await judge.decide("3")
        assert adjudications.all(project)[0].side == "Per"
        await judge.press("c")
        await judge.press("2")
        await read(judge)
        assert "Kari · Ola  2 interviews" in judge.text("#asked")


def test_without_an_interview_in_common_the_pair_with_most_is_compared(project: Project) -> None:
    documents.set_status(project, documents.find(project, "n01").id, "coding")
    done(project, "Per", "n01")
    assert likely_coders(project) == ("Kari", "Ola")
    assert choices_of_coders(project)[0] == (("Kari", "Ola", "Per"), 0)


def disagreement(number: int, decided: bool) -> Compared:
    document = Document(f"d{number // 3}", f"d{number // 3}", "")
    made = Coding(f"c{number}", document.id, Span(number * 5, number * 5 + 4), f"x{number % 2}", "A", B)
    span, marks = made.span, f"{made.span.start}-{made.span.end} {B}"
    verdict = Adjudication(f"v{number}", document.id, made.code, span, marks, "neither", "", "", "A", "", ())
    return Compared(document, ("A", "B"), ((made,), ()), ((), ()), 1, "said", decided=verdict if decided else None)


@given(
    st.lists(st.booleans(), max_size=12), st.sampled_from(["", "x0", "x1"]), st.sampled_from(["all", "open", "decided"])
)
def test_limits_leave_what_they_say_and_the_next_open_one_is_found_all_round(
    decided: list[bool], code: str, view: str
) -> None:
    found = [disagreement(number, one) for number, one in enumerate(decided)]
    stands = Standing(Entering(("A", "B"), (), (), frozenset()), (), tuple(found))
    review = Review(view=view, code=code)
    review.take(stands)
    kept = [one for one in found if review.code in ("", one.code)]
    wanted = {"open": (False,), "decided": (True,), "all": (False, True)}[view]
    assert review.shown == [one for one in kept if (one.decided is not None) in wanted]
    assert review.left == decided.count(False)
    assert sum(n for _code, _still, n in review.per_code()) == len(found)


def test_adjudication(project: Project, snap_compare: SnapCompare) -> None:
    async def decide_one(pilot: Pilot[None]) -> None:
        await pilot.press("K")
        await until(pilot, lambda: isinstance(app.screen, AdjudicationScreen))
        judge = Judge(app, pilot)
        await read(judge)
        await judge.decide("b", "She waits, whatever for")
        await until(pilot, lambda: "1 of 2 complete" in judge.text("#status"))
        await pilot.pause(0.3)

    app = IpscodingApp(project, make=None)
    assert snap_compare(app, terminal_size=(120, 32), run_before=once_read(then=decide_one))
