"""The coding screen by keyboard, on a real project file."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from ipscoding.domain import Valence
from ipscoding.project import Project, codings, create, decisions, documents, journal, open_project, settings
from ipscoding.suggest import Engine, Suggestion, band_of
from ipscoding.tui.actions import ACTIONS, keys_of
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.screens.help import HelpScreen, help_text
from ipscoding.tui.standing import LEVELS
from ipscoding.tui.widgets.assistant import Assistant, make_engine
from ipscoding.tui.widgets.code_form import CodeForm
from ipscoding.tui.widgets.code_picker import CodesPicker
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from tests.tui_example import make, passage, plain_terminal, until
from tests.tui_hands import Hands

__all__ = ["Hands", "plain_terminal"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path) as made:
        yield made


@asynccontextmanager
async def at_work(
    project: Project, size: tuple[int, int] = (120, 40), *, document: str | None = "p01", suggest: bool = False
) -> AsyncIterator[Hands]:
    first = documents.find(project, document).id if document else None
    app = IpscodingApp(project, document_id=first, make=make_engine if suggest else None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Hands(app, pilot)


def asked(hands: Hands) -> bool:
    """Whether the last line asks for a valence."""
    return "b ▼ barrier   f ▲ facilitator" in hands.text("#hints")


async def test_a_passage_is_coded_by_keyboard_alone(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("right", "enter")
        assert isinstance(hands.app.screen, CodesPicker)
        await hands.press("c", "o", "l", "o")
        await hands.press("enter")
        assert asked(hands)
        await hands.press("f")
        (coding,) = hands.made()
        assert (coding.code, coding.valence, coding.coder) == ("org.colocation", Valence.FACILITATOR, "Kari")
        assert coding.span.of(hands.screen.desk.transcript.text) == hands.selected
        assert hands.selected.startswith("Jeg snakket")
        assert "▲ facilitator  Co-location" in hands.text("#here")


async def test_a_code_without_direction_asks_nothing(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("c")
        await hands.write("forslag")
        await hands.press("enter")
        assert [(coding.code, coding.valence) for coding in hands.made()] == [("gen.suggestion", Valence.NONE)]


async def test_escape_leaves_the_picker_and_the_question_without_a_coding(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "escape")
        await hands.press("enter", "enter", "escape")
        assert hands.made() == []
        assert isinstance(hands.app.screen, CodingScreen)


async def test_enter_alone_never_decides_the_valence(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "enter", "enter")
        assert hands.made() == []
        assert asked(hands)
        await hands.press("right", "right", "enter")
        assert [coding.valence for coding in hands.made()] == [Valence.FACILITATOR]


async def test_a_letter_changes_the_valence_of_the_coding_just_made(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        for key, valence in (("f", "facilitator"), ("g", "both"), ("0", "none"), ("b", "barrier")):
            await hands.press(key)
            assert [coding.valence for coding in hands.made()] == [valence]


async def test_the_same_code_again_only_changes_its_valence(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        await hands.press("1", "f")
        assert [coding.valence for coding in hands.made()] == [Valence.FACILITATOR]


async def test_codes_overlap_and_a_digit_repeats_a_recent_one(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        await hands.write("waiting")
        await hands.press("enter", "b", "enter")
        await hands.write("persist")
        await hands.press("enter", "f", "right", "2", "b")
        codes = [coding.code for coding in hands.made()]
        assert sorted(codes) == ["nav.waiting", "nav.waiting", "spec.persistence"]
        await hands.press("left")
        assert hands.text("#here").count("■") == 2


async def test_a_selection_is_extended_with_shift_or_v(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("w", "shift+right", "shift+right")
        assert hands.selected == "Ja, altså, det"
        await hands.press("escape", "v", "right", "right")
        assert hands.selected == "det gikk ganske"
        assert "extending" in hands.text("#status")
        await hands.press("t")
        assert hands.selected.endswith("noe sånt.")


async def test_removing_asks_which_where_several_are(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        await hands.write("waiting")
        await hands.press("enter", "b", "enter")
        await hands.write("persist")
        await hands.press("enter", "f", "right", "left", "x")
        assert isinstance(hands.app.screen, Chooser)
        await hands.press("2")
        assert len(hands.made()) == 1
        await hands.press("x")
        assert hands.made() == []
        assert "Removed" in hands.notices()


async def test_a_memo_is_kept_by_escape_and_shown(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b", "m")
        assert isinstance(hands.app.screen, MemoDialog)
        await hands.write("ask again")
        await hands.press("escape")
        assert [coding.memo for coding in hands.made()] == ["ask again"]
        assert "“ask again”" in hands.text("#here")


async def test_undo_and_redo_say_what_and_go_there(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        place = hands.screen.view.selected.start
        await hands.press("ctrl+end", "u")
        assert hands.made() == []
        assert "Undone: coding: Co-location ▼" in hands.notices()
        assert hands.screen.view.selected.start == place
        await hands.press("ctrl+end", "ctrl+r")
        assert [coding.valence for coding in hands.made()] == [Valence.BARRIER]
        assert "Done again" in hands.notices()
        assert hands.screen.view.selected.start == place


async def test_undo_of_another_interview_goes_to_that_interview(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        hands.screen.open_document(documents.find(project, "n01").id)
        await hands.press("u")
        assert hands.screen.desk.document is not None
        assert hands.screen.desk.document.name == "p01"


async def test_undo_of_bulk_work_asks_first(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("u")
        assert isinstance(hands.app.screen, Confirm)
        await hands.press("enter")
        assert len(documents.all(project)) == 2
        await hands.press("u", "y")
        assert documents.all(project) == []
        assert "ipscoding import" in hands.text("#nothing")
        await hands.press("ctrl+r")
        assert len(documents.all(project)) == 2


async def test_the_passage_and_the_code_of_a_coding_can_be_changed(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        await hands.press("shift+right", "p")
        (coding,) = hands.made()
        assert coding.span.of(hands.screen.desk.transcript.text).endswith("rett over gangen.")
        await hands.press("e")
        await hands.write("waiting")
        await hands.press("enter")
        assert [coding.code for coding in hands.made()] == ["nav.waiting"]


async def test_search_goes_from_hit_to_hit_and_round(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("slash")
        await hands.write("jeg")
        assert "“jeg” –/4" in hands.text("#status")
        await hands.press("enter")
        assert hands.selected == "Jeg"
        first = hands.screen.view.selected
        for _ in range(4):
            await hands.press("n")
        assert hands.screen.view.selected == first
        await hands.press("N")
        assert "4/4" in hands.text("#status")
        await hands.press("escape")
        assert "jeg" not in hands.text("#status")


async def test_what_is_not_there_is_said_not_to_be_there(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("ctrl+f")
        await hands.write("zzz")
        await hands.press("enter")
        assert "Not found in this interview: zzz" in hands.notices()


async def test_next_coding_and_next_gap(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b", "right", "right", "1", "b", "ctrl+home", "plus")
        assert hands.selected == "Ja, altså, det gikk ganske fort."
        await hands.press("plus")
        assert hands.selected.startswith("Så vi gikk")
        await hands.press("plus")
        assert "No coding further on" in hands.notices()
        await hands.press("ctrl+home", "h")
        assert hands.selected.startswith("Jeg snakket")
        await hands.press("h")
        assert hands.selected.startswith("Det betydde")


async def test_the_status_is_one_of_three_each_with_a_key(project: Project) -> None:
    async with at_work(project) as hands:
        place = documents.find(project, "p01").id, "Kari"
        await hands.press("o", "3")
        assert documents.statuses(project)[place] == "done"
        assert hands.text("#status").startswith("● p01")
        assert "p01: done" in hands.notices()
        await hands.press("o", "1")
        assert place not in documents.statuses(project)
        assert hands.text("#status").startswith("○ p01")
        await hands.press("o", "2")
        assert documents.statuses(project)[place] == "coding"
        await hands.press("u", "u")
        assert documents.statuses(project)[place] == "done"


async def test_the_status_until_now_is_where_the_chooser_begins(project: Project) -> None:
    async with at_work(project) as hands:
        before = documents.statuses(project)
        await hands.press("o", "enter")
        assert documents.statuses(project) == before
        await hands.press("o", "escape")
        assert documents.statuses(project) == before


async def test_another_coders_coding_appears_within_a_second_and_is_theirs(project: Project) -> None:
    async with at_work(project) as hands:
        place = documents.find(project, "p01").id
        span = passage(hands.screen.desk.transcript, "Ja, altså, det gikk ganske fort.")
        with open_project(project.path, coder="Ola") as other:
            codings.add(other, place, span, "nav.waiting", Valence.BARRIER)
        await until(hands.pilot, lambda: "Waiting and decisions  Ola" in hands.text("#here"))
        await hands.press("x")
        assert "Only others' codings are here" in hands.notices()
        await hands.press("l")
        assert "Waiting" not in hands.text("#here")
        assert len(hands.made()) == 1


async def test_blind_coding_hides_others_until_the_interview_is_done(project: Project) -> None:
    place = documents.find(project, "p01").id
    span = passage(documents.transcript(project, place), "Jeg slapp å vente.")
    with open_project(project.path, coder="Ola") as other:
        codings.add(other, place, span, "nav.waiting", Valence.BARRIER)
    settings.set(project, "blind", True)
    async with at_work(project) as hands:
        assert "blind" in hands.text("#status")
        assert "0 codings" in hands.text("#status")
        await hands.press("o", "3")
        assert "0 codings" in hands.text("#status")
        with open_project(project.path, coder="Ola") as other:
            documents.set_status(other, place, "done")
        hands.screen._look_for_others()
        await hands.pilot.pause()
        assert "1 coding" in hands.text("#status")


def suggestion(hands: Hands, sentence: int, code: str, valence: Valence, score: float) -> Suggestion:
    return Suggestion(hands.screen.desk.transcript.sentences[sentence], sentence, code, valence, score, band_of(score))


async def suggested(hands: Hands) -> str:
    """Three suggestions at two places and a weak one, as the engine would send them; the document's id."""
    assert hands.screen.desk.document is not None
    place = hands.screen.desk.document.id
    found = [
        suggestion(hands, 6, "nav.waiting", Valence.BARRIER, 0.6),
        suggestion(hands, 6, "spec.persistence", Valence.FACILITATOR, 0.55),
        suggestion(hands, 9, "gen.suggestion", Valence.FACILITATOR, 0.58),
        suggestion(hands, 11, "nav.waiting", Valence.BARRIER, 0.15),
    ]
    hands.screen.assistant.post_message(Assistant.Found(place, found))
    await hands.pilot.pause(0.05)
    return place


async def test_suggestions_are_accepted_with_their_valence_and_rejected(project: Project) -> None:
    async with at_work(project) as hands:
        place = await suggested(hands)
        assert "2 suggestions" in hands.text("#status")
        await hands.press("full_stop")
        assert hands.selected == "Jeg slapp å vente."
        assert hands.text("#here").splitlines()[0].startswith("? ■ ▼ barrier  Waiting and decisions  strong")
        await hands.press("a")
        (coding,) = hands.made()
        assert (coding.code, coding.valence, coding.origin) == ("nav.waiting", Valence.BARRIER, "suggestion")
        await hands.press("f")
        assert [coding.valence for coding in hands.made()] == [Valence.FACILITATOR]
        await hands.press("r")
        assert "?" not in hands.text("#here")
        assert sorted(d.decision for d in decisions.of_document(project, place)) == ["accepted", "rejected"]
        await hands.press("u")
        assert "Undone: suggestion rejected" in hands.notices()
        assert "? ■ ▲ facilitator  Persistence" in hands.text("#here")


async def test_a_suggested_valence_that_the_code_does_not_allow_becomes_none(project: Project) -> None:
    async with at_work(project) as hands:
        await suggested(hands)
        await hands.press("full_stop", "full_stop", "a")
        assert [(coding.code, coding.valence) for coding in hands.made()] == [("gen.suggestion", Valence.NONE)]
        await hands.press("full_stop")
        assert "No suggestion further on" in hands.notices()
        await hands.press("comma")
        assert hands.selected == "Jeg slapp å vente."


async def test_suggestions_are_worked_through_in_their_list(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        await suggested(hands)
        await hands.press("i", "home", "down")
        assert hands.selected == "Jeg slapp å vente."
        await hands.press("a")
        assert [coding.code for coding in hands.made()] == ["spec.persistence"]
        await hands.press("end", "r")
        assert hands.screen.query_one("#suggestions", OptionList).option_count == 1


async def test_weak_suggestions_are_shown_only_when_asked_for(project: Project) -> None:
    async with at_work(project) as hands:
        await suggested(hands)
        assert "2 suggestions from " in hands.text("#status")
        await hands.press(*["semicolon"] * len(LEVELS))
        assert "3 suggestions from 10%" in hands.text("#status")
        assert "It goes no further" in hands.notices()
        await hands.press(*["colon"] * LEVELS.index(0.6))
        assert "1 suggestion from 60%" in hands.text("#status")


async def test_suggestions_of_another_interview_are_not_shown(project: Project) -> None:
    async with at_work(project) as hands:
        found = [suggestion(hands, 6, "nav.waiting", Valence.BARRIER, 0.6)]
        hands.screen.assistant.post_message(Assistant.Found(documents.find(project, "n01").id, found))
        await hands.pilot.pause()
        assert "suggestion" not in hands.text("#status")


async def test_blind_coding_shows_no_suggestion_until_the_interview_is_done(project: Project) -> None:
    settings.set(project, "blind", True)
    async with at_work(project) as hands:
        await suggested(hands)
        await hands.press("full_stop")
        assert "Blind coding" in hands.notices()
        await hands.press("o", "3", "full_stop")
        assert hands.selected == "Jeg slapp å vente."


async def test_the_engine_starts_beside_and_reads_the_interview(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))
    async with at_work(project, suggest=True) as hands:
        await hands.press("enter", "enter", "b")
        assert len(hands.made()) == 1
        for _ in range(400):
            await hands.pilot.pause(0.02)
            if hands.screen.assistant.engine is not None and "suggestions:" not in hands.text("#status"):
                break
        assert " suggestion" in hands.text("#status")
        assert "could not" not in hands.notices()


def broken(*_args: object) -> Engine:
    raise OSError("disk")


async def test_a_broken_engine_costs_the_suggestions_and_nothing_else(project: Project) -> None:
    app = IpscodingApp(project, make=broken)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        hands = Hands(app, pilot)
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert "Suggestions could not be started" in hands.notices()
        assert "no suggestions" in hands.text("#status")
        await hands.press("enter", "enter", "b")
        assert len(hands.made()) == 1


async def test_a_narrow_terminal_gives_the_text_all_the_room(project: Project) -> None:
    async with at_work(project, (80, 24)) as hands:
        assert hands.screen.view.size.width == 80
        await hands.press("d")
        assert hands.screen.query_one("#documents").has_focus
        await hands.press("k")
        assert not hands.screen.query_one("#documents").display
        await hands.press("k")
        assert hands.screen.view.size.width == 80
        assert hands.screen.view.has_focus


async def test_interviews_and_codes_are_chosen_in_their_lists(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        await hands.press("d", "home", "enter")
        assert hands.screen.desk.document is not None
        assert hands.screen.desk.document.name == "n01"
        assert hands.screen.view.has_focus
        await hands.press("k", "home", "down", "enter", "b")
        assert [coding.code for coding in hands.made()] == ["org.colocation"]


async def test_a_click_in_the_list_of_codes_codes_the_selection(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        await hands.pilot.click("#codes", offset=(8, 2))
        await hands.press("g")
        assert [coding.valence for coding in hands.made()] == [Valence.BOTH]


async def test_an_empty_project_says_how_to_begin_and_bears_any_key(tmp_path: Path) -> None:
    with create(tmp_path / "empty", coder="Kari") as project:
        async with at_work(project, document=None) as hands:
            assert f'ipscoding import "{project.path}"' in hands.text("#nothing")
            await every_action(hands)


async def every_action(hands: Hands) -> None:
    """Run every action that does not end the program, and leave whatever it asks."""
    for action in ACTIONS:
        if action.id in ("quit", "palette", "theme"):
            continue
        place = hands.screen.view if action.in_text else hands.screen
        await place.run_action(action.run.format(key=1))
        await hands.pilot.pause(0)
        while hands.app.screen is not hands.screen:
            await hands.press("escape")


async def test_a_project_without_codes_says_so(tmp_path: Path) -> None:
    with make(tmp_path) as full, create(tmp_path / "nocodes", coder="Kari") as project:
        from ipscoding.transcripts.reading import Reading

        talk = documents.transcript(full, documents.find(full, "p01").id)
        documents.add_all(project, [Reading("p01", talk, {}, "p01.txt", "0" * 64, "utf-8", [])])
        async with at_work(project) as hands:
            assert "ipscoding codebook import" in hands.text("#here")
            await hands.press("enter")
            assert "ipscoding codebook import" in str(hands.app.screen.query_one("#about", Static).content)


async def test_every_action_leaves_the_screen_standing(project: Project) -> None:
    async with at_work(project, (100, 30)) as hands:
        await hands.press("enter", "enter", "b")
        await every_action(hands)
        assert hands.app.is_running


async def test_help_lists_every_action_with_its_keys(project: Project) -> None:
    text = help_text().plain
    for action in ACTIONS:
        assert f"{action.shown or 'by command':<12} {action.name}" in text
    async with at_work(project) as hands:
        await hands.press("question_mark")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press("escape", "f1")
        assert isinstance(hands.app.screen, HelpScreen)


def test_no_two_actions_share_a_key_or_an_id() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(set(ids)) == len(ids)
    for in_codes in (False, True):
        keys = [key for action in ACTIONS for key in keys_of(action) if action.in_codes is in_codes]
        assert len(set(keys)) == len(keys)
        assert not {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"} & set(keys)


async def test_every_action_can_be_run(project: Project) -> None:
    async with at_work(project) as hands:
        for action in ACTIONS:
            place = hands.screen.view if action.in_text else hands.screen
            name = action.run.split("(")[0]
            if name.startswith("app."):
                assert hasattr(hands.app, "action_" + name.removeprefix("app."))
            else:
                target = hands.screen if name.startswith("screen.") else place
                assert hasattr(target, "action_" + name.removeprefix("screen."))


async def test_the_palette_offers_actions_by_group(project: Project) -> None:
    async with at_work(project) as hands:
        offered = {command.title: command for command in hands.app.get_system_commands(hands.screen)}
        assert "Code: Undo" in offered
        offered["Select: Go by words"].callback()
        await hands.pilot.pause()
        assert "word" in hands.text("#status")


async def test_a_read_only_project_can_be_read_and_says_so(project: Project) -> None:
    project.read_only = True
    async with at_work(project) as hands:
        assert "read-only" in hands.text("#status")
        await hands.press("enter", "enter", "b")
        assert hands.made() == []
        assert "cannot be written" in hands.notices()


async def test_all_that_was_done_is_in_the_journal_by_name(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b", "f", "x")
    told = [entry.text for entry in journal.history(project, limit=3)]
    assert [text.split(":")[0] for text in told] == ["coding removed", "coding changed", "coding"]


async def test_the_hints_are_never_more_than_seven(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        hints = hands.text("#hints").split("   ")
        assert len(hints) <= 7
        assert hints[0] == "Enter Code"
        assert hints[-1] == "F1 Help"


async def test_the_list_of_interviews_tells_progress(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        panel = hands.screen.query_one("#documents", OptionList)
        shown = [str(panel.get_option_at_index(index).prompt) for index in range(panel.option_count)]
        assert shown == ["Jobseekers", " ◐ p01", "NAV counsellors", " ○ n01"] or shown == [
            "NAV counsellors",
            " ○ n01",
            "Jobseekers",
            " ◐ p01",
        ]


async def test_what_is_asked_about_is_seen_behind_the_question(project: Project) -> None:
    async with at_work(project) as hands:
        for key in ("enter", "o", "m", "M", "B", "f3", "f1", "ctrl+g"):
            await hands.press(key)
            dialog = hands.app.screen
            if dialog is not hands.screen:
                assert dialog.styles.background.a < 1, dialog
                await hands.press("escape")


async def test_a_click_beside_a_list_leaves_it_and_beside_a_form_does_not(project: Project) -> None:
    async with at_work(project) as hands:
        for key in ("enter", "o", "f1", "ctrl+g"):
            await hands.press(key)
            assert hands.app.screen is not hands.screen
            await hands.pilot.click(offset=(1, 1))
            await hands.pilot.pause()
            assert hands.app.screen is hands.screen, key
        await hands.press("k", "n")
        form = hands.app.screen
        assert isinstance(form, CodeForm)
        await hands.pilot.click(offset=(1, 1))
        await hands.pilot.pause()
        assert hands.app.screen is form
