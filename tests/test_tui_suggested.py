"""Suggestions taken over in another way than they were made, and how sure they must be to be shown."""

from textual.widgets import Static

from ipscoding.domain import Valence
from ipscoding.i18n import percent
from ipscoding.project import Project, codes, decisions, settings
from ipscoding.suggest.suggestion import THRESHOLD
from ipscoding.tui.standing import LEVELS
from ipscoding.tui.widgets.assistant import Assistant
from ipscoding.tui.widgets.code_picker import CodesPicker
from tests.test_tui_coding import at_work, project, suggested
from tests.tui_example import passage, plain_terminal

__all__ = ["plain_terminal", "project"]


def ledger(project: Project, place: str) -> list[tuple[str, str]]:
    return [(decision.code, decision.decision) for decision in decisions.of_document(project, place)]


async def test_a_valence_key_accepts_with_that_valence_where_nothing_is_coded(project: Project) -> None:
    async with at_work(project) as hands:
        place = await suggested(hands)
        await hands.press("full_stop", "f")
        (coding,) = hands.made()
        assert (coding.code, coding.valence, coding.origin) == ("nav.waiting", Valence.FACILITATOR, "suggestion")
        assert ledger(project, place) == [("nav.waiting", "accepted")]
        await hands.press("b")
        assert [coding.valence for coding in hands.made()] == [Valence.BARRIER]


async def test_a_valence_key_in_the_list_accepts_the_highlighted_suggestion(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        await suggested(hands)
        await hands.press("full_stop", "a", "i", "home", "g")
        assert sorted(coding.code for coding in hands.made()) == ["nav.waiting", "spec.persistence"]
        assert {coding.code: coding.valence for coding in hands.made()}["spec.persistence"] is Valence.BOTH


async def test_a_suggestion_is_accepted_with_another_code_and_that_is_noted(project: Project) -> None:
    async with at_work(project) as hands:
        place = await suggested(hands)
        await hands.press("full_stop", "A")
        assert isinstance(hands.app.screen, CodesPicker)
        assert "nav.waiting" in str(hands.app.screen.query_one("#about", Static).content)
        await hands.write("coloc")
        await hands.press("enter")
        assert "b ▼ barrier" in hands.text("#hints")
        await hands.press("b")
        assert [(coding.code, coding.valence) for coding in hands.made()] == [("org.colocation", Valence.BARRIER)]
        assert ledger(project, place) == [("nav.waiting", "changed")]
        await hands.press("u")
        assert (hands.made(), ledger(project, place)) == ([], [])


async def test_a_blind_coder_accepts_nothing_by_a_valence_key(project: Project) -> None:
    settings.set(project, "blind", True)
    async with at_work(project) as hands:
        await suggested(hands)
        hands.screen.view.select(hands.screen.desk.transcript.sentences[6])
        await hands.press("b", "A")
        assert hands.made() == []
        assert "Blind coding" in hands.notices()


async def test_the_threshold_is_moved_by_keys_and_stays_for_the_next_interview(project: Project) -> None:
    async with at_work(project) as hands:
        await suggested(hands)
        higher = next(level for level in LEVELS if level > THRESHOLD)
        await hands.press("colon")
        assert f"from {percent(higher)}" in hands.text("#status")
        await hands.press("semicolon", "semicolon")
        lower = percent(max(level for level in LEVELS if level < THRESHOLD))
        assert f"Shown from {lower} sure: 2 places" in hands.notices()
        hands.screen.open_document(hands.screen.desk.documents[0].id)
        await hands.pilot.pause()
        assert percent(hands.screen.desk.threshold) == lower


async def test_codes_out_of_use_are_not_suggested(project: Project) -> None:
    async with at_work(project) as hands:
        await suggested(hands)
        codes.retire(project, "gen.suggestion")
        hands.screen.reload()
        assert {one.code for one in hands.screen.desk.suggestions()} == {"nav.waiting", "spec.persistence"}


async def test_the_words_that_counted_stand_out_and_scores_are_numbers_when_enough_was_coded(project: Project) -> None:
    async with at_work(project) as hands:
        await suggested(hands)
        await hands.press("full_stop")
        assert "  strong" in hands.text("#here")
        hands.screen.desk.learnt_from = 50
        talk = hands.screen.desk.transcript
        word = passage(talk, "slapp")
        hands.screen.assistant.post_message(Assistant.Explained({"nav.waiting": "for slapp"}, [word]))
        await hands.pilot.pause()
        assert "60%" in hands.text("#here")
        assert "for slapp" in hands.text("#here")
        view = hands.screen.view
        line = view.layout_in_use.line_of(word.start) - view.scroll_offset.y
        bold = [s.text.strip() for s in view.render_line(line) if s.style is not None and s.style.bold]
        assert "slapp" in bold
        await hands.press("right")
        assert not len(view._scene.reasons)
