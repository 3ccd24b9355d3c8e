"""Passages that the engine points at: more like this, least sure, perhaps missed; coded or refused from the list."""

from textual.widgets import Static

from ipscoding.domain import Valence
from ipscoding.project import Project, codings, decisions, documents
from ipscoding.suggest import build
from ipscoding.tui.screens.proposals import ProposalsScreen
from tests.test_tui_coding import Hands, at_work, project
from tests.tui_example import codebook, passage, plain_terminal, said, until

__all__ = ["plain_terminal", "project"]


async def looking(hands: Hands) -> ProposalsScreen:
    """The list of what the engine points at, when it has looked."""
    hands.screen.assistant.engine = build(codebook())
    await hands.press("L")
    screen = hands.app.screen
    assert isinstance(screen, ProposalsScreen)
    await until(hands.pilot, lambda: screen._share is None)
    return screen


async def test_passages_the_engine_is_least_sure_of_come_without_a_coding_here(project: Project) -> None:
    async with at_work(project) as hands:
        screen = await looking(hands)
        assert "Least sure" in said(screen, "#asked")
        assert screen.found
        assert f"{len(screen.found)} passage" in said(screen, "#status")


async def test_a_passage_is_coded_as_proposed_and_that_is_noted_and_can_be_taken_back(project: Project) -> None:
    async with at_work(project) as hands:
        screen = await looking(hands)
        one = screen.found[0]
        await hands.press("b")
        (coding,) = codings.of_document(project, one.passage.document.id)
        assert (coding.code, coding.span, coding.origin) == (one.passage.code, one.passage.span, "suggestion")
        (decision,) = decisions.of_document(project, one.passage.document.id)
        assert decision.decision == "accepted"
        assert one not in screen.found
        await hands.press("u")
        assert codings.of_document(project, one.passage.document.id) == []


async def test_a_code_that_does_not_belong_is_refused_and_leaves_the_list(project: Project) -> None:
    async with at_work(project) as hands:
        screen = await looking(hands)
        one, before = screen.found[0], len(screen.found)
        await hands.press("r")
        assert [d.decision for d in decisions.of_document(project, one.passage.document.id)] == ["rejected"]
        assert len(screen.found) < before


async def test_passages_like_the_coding_here_are_found_and_gone_to(project: Project) -> None:
    place = documents.find(project, "p01").id
    talk = documents.transcript(project, place)
    codings.add(project, place, passage(talk, "Jeg slapp å vente."), "nav.waiting", Valence.FACILITATOR)
    async with at_work(project) as hands:
        await hands.press("plus")
        screen = await looking(hands)
        assert "Most like the passage" in said(screen, "#asked")
        assert "Waiting and decisions" in said(screen, "#asked")
        assert all(not one.passage.span.overlaps(passage(talk, "Jeg slapp å vente.")) for one in screen.found)
        target = screen.found[0].passage
        await hands.press("enter")
        assert hands.app.screen is hands.screen
        assert hands.selected == target.text


async def test_nothing_missed_and_no_engine_are_said(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("L")
        assert "still being loaded" in str(hands.app.screen.query_one("#nothing", Static).content)
        await hands.press("escape")
        screen = await looking(hands)
        await hands.press("slash", "2")
        await until(hands.pilot, lambda: screen._share is None)
        assert "every strong suggestion is dealt with" in said(screen, "#nothing")
