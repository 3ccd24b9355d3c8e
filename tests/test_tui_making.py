"""Codes and second thoughts on the coding screen: several at once, keys, new codes, strength, edges, bookmarks."""

import sys

from textual import events
from textual.widgets import Input, OptionList, Select, Static

from ipscoding.domain import Valence
from ipscoding.project import Project, codebooks, codes, codings, documents, memos, shortcuts
from ipscoding.tui.widgets.code_form import CodeForm
from ipscoding.tui.widgets.code_picker import CodesPicker
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.line_question import LineQuestion
from tests.pty_example import Terminal
from tests.test_tui_coding import Hands, at_work, project
from tests.tui_example import passage, plain_terminal

__all__ = ["plain_terminal", "project"]


def quotes(hands: Hands) -> list[str]:
    return [coding.span.of(hands.screen.desk.transcript.text) for coding in hands.made()]


async def test_several_codes_are_marked_each_gets_its_valence_and_one_undo_takes_them_back(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        await hands.write("waiting")
        await hands.press("tab")
        await hands.write("persist")
        await hands.press("tab")
        await hands.write("")
        assert "Waiting and decisions · Persistence" in str(hands.app.screen.query_one("#chosen", Static).content)
        await hands.press("enter")
        assert "Waiting and decisions 1/2 " in hands.text("#hints")
        await hands.press("b")
        assert hands.made() == []
        await hands.press("f")
        assert [(coding.code, coding.valence) for coding in hands.made()] == [
            ("nav.waiting", Valence.BARRIER),
            ("spec.persistence", Valence.FACILITATOR),
        ]
        await hands.press("u")
        assert hands.made() == []


async def test_giving_up_one_valence_of_several_codes_nothing(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "tab", "tab", "enter", "b", "escape")
        assert hands.made() == []


async def test_a_mark_is_taken_away_by_the_same_key(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        await hands.write("waiting")
        await hands.press("tab", "tab", "enter", "b")
        assert [coding.code for coding in hands.made()] == ["nav.waiting"]


async def test_a_digit_bound_in_the_codebook_codes_and_is_shown(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        await hands.press("k", "slash")
        await hands.write("persist")
        await hands.press("enter", "7")
        assert shortcuts.of(project) == {7: "spec.persistence"}
        assert "Key 7 codes Persistence" in hands.notices()
        await hands.press("k", "7", "f")
        assert [(coding.code, coding.valence) for coding in hands.made()] == [("spec.persistence", Valence.FACILITATOR)]
        await hands.press("enter")
        rows = hands.app.screen.query_one(OptionList)
        shown = [str(rows.get_option_at_index(n).prompt) for n in range(rows.option_count)]
        assert any(row.startswith("  7 ■ Persistence") for row in shown)
        await hands.press("escape", "u", "u")
        assert shortcuts.of(project) == {}


async def test_free_digits_mean_codes_used_last_and_the_others_say_how_to_bind_them(project: Project) -> None:
    shortcuts.bind(project, 1, "nav.waiting")
    async with at_work(project) as hands:
        await hands.press("1", "b", "2")
        assert "No code is on 2 yet" in hands.notices()
        await hands.press("enter")
        await hands.write("coloc")
        await hands.press("enter", "b", "right", "2", "f")
        assert [coding.code for coding in hands.made()].count("org.colocation") == 2


async def test_the_last_code_is_repeated_with_its_valence_by_one_key(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("j")
        assert "Nothing to repeat" in hands.notices()
        await hands.press("enter")
        await hands.write("persist")
        await hands.press("enter", "f", "right", "j", "right", "j")
        assert [(coding.code, coding.valence) for coding in hands.made()] == [
            ("spec.persistence", Valence.FACILITATOR)
        ] * 3


async def test_the_last_code_of_an_earlier_day_is_repeated_too(project: Project) -> None:
    place = documents.find(project, "p01").id
    span = passage(documents.transcript(project, place), "Jeg slapp å vente.")
    codings.add(project, place, span, "nav.waiting", Valence.FACILITATOR)
    async with at_work(project) as hands:
        await hands.press("j")
        assert [coding.valence for coding in hands.made()] == [Valence.FACILITATOR] * 2


async def test_a_code_in_the_informants_own_words(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("w", "right", "right", "v", "right", "right", "I")
        form = hands.app.screen
        assert isinstance(form, CodeForm)
        assert form.query_one(Input).value == "det gikk ganske"
        form.query_one("#parent", Select).value = "spec"
        await hands.press("enter", "f")
        (coding,) = hands.made()
        assert (coding.code, coding.valence) == ("spec.det-gikk-ganske", Valence.FACILITATOR)
        code = codebooks.find(project, coding.code)
        assert (code.parent, dict(code.label)) == ("spec", {"en": "det gikk ganske"})
        await hands.press("u", "u")
        assert "spec.det-gikk-ganske" not in codebooks.load(project).by_id


async def test_a_code_that_is_not_there_is_made_in_the_picker(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        await hands.write("Driving licence")
        await hands.press("enter")
        form = hands.app.screen
        assert isinstance(form, CodeForm)
        await hands.press("tab", "tab")
        await hands.write("Having one or not.")
        await hands.press("ctrl+s", "b")
        (coding,) = hands.made()
        assert dict(codebooks.find(project, coding.code).definition) == {"en": "Having one or not."}


async def test_what_was_written_of_a_new_code_is_not_thrown_away_by_escape_alone(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        await hands.write("Driving licence")
        await hands.press("enter")
        await hands.write("Driving licence, car")
        await hands.press("escape")
        assert isinstance(hands.app.screen, Confirm)
        await hands.press("enter")
        assert isinstance(hands.app.screen, CodeForm)
        await hands.press("escape", "y")
        assert hands.app.screen is hands.screen
        assert len(codebooks.load(project).codes) == 8


async def test_strength_goes_round_by_one_key_and_is_shown(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        for strength, shown in ((1, "barrier, strength 1"), (2, "barrier, strength 2"), (None, "▼ barrier  ")):
            await hands.press("S")
            assert [coding.strength for coding in hands.made()] == [strength]
            assert shown in hands.text("#here")


async def test_the_ends_of_a_coding_move_by_the_unit_of_the_cursor(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("right", "enter", "enter", "b")
        whole = quotes(hands)[0]
        assert whole.startswith("Jeg snakket")
        await hands.press("less_than_sign")
        assert quotes(hands) == [whole]
        assert "It goes no further" in hands.notices()
        await hands.press("greater_than_sign", "left_parenthesis")
        assert quotes(hands)[0].startswith("Ja, altså")
        assert quotes(hands)[0].endswith("noe sånt.")
        await hands.press("right_parenthesis", "less_than_sign")
        assert quotes(hands) == [whole]
        await hands.press("w", "right_parenthesis", "less_than_sign", "less_than_sign")
        assert quotes(hands)[0].startswith("snakket med")
        assert quotes(hands)[0].endswith("rett over")
        await hands.press("greater_than_sign", "left_parenthesis")
        assert quotes(hands)[0] == whole.removesuffix(".")


async def test_a_coding_is_divided_at_the_cursor_and_fused_again(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("shift+right", "enter", "enter", "b", "home", "right", "D")
        assert quotes(hands)[0] == "Ja, altså, det gikk ganske fort."
        assert quotes(hands)[1].startswith("Jeg snakket")
        assert "Split in two" in hands.notices()
        await hands.press("F")
        assert len(hands.made()) == 1
        await hands.press("F")
        assert "No other coding of yours" in hands.notices()
        await hands.press("u", "u")
        assert len(hands.made()) == 1


async def test_a_coding_is_not_divided_at_its_beginning(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b", "D")
        assert len(hands.made()) == 1
        assert "Put the cursor where" in hands.notices()


async def test_memos_on_interview_code_and_project(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter", "enter", "b")
        code = codebooks.find(project, hands.made()[0].code)
        targets = [documents.find(project, "p01").id, code.uuid, project.id]
        for number, target in enumerate(targets, 1):
            await hands.press("M", str(number))
            await hands.write(f"thought {number}")
            await hands.press("escape")
            assert [memo.text for memo in memos.of(project, target)] == [f"thought {number}"]
        await hands.press("M")
        assert isinstance(hands.app.screen, Chooser)
        shown = hands.app.screen.query_one(OptionList).get_option_at_index(1).prompt
        assert "“thought 2”" in str(shown)


async def test_bookmarks_are_set_visited_listed_and_taken_away(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("f2", "f3")
        assert "No bookmark in this interview" in hands.notices()
        await hands.press("B")
        assert " bookmark" in hands.text("#status")
        first = hands.selected
        await hands.press("ctrl+end", "B", "f2")
        assert hands.selected == first
        hands.screen.open_document(documents.find(project, "n01").id)
        await hands.press("f3")
        shown = hands.app.screen.query_one(OptionList)
        assert [str(shown.get_option_at_index(n).prompt)[:5] for n in range(2)] == ["1 p01", "2 p01"]
        await hands.press("1")
        assert hands.selected == first
        await hands.press("B")
        assert " bookmark" not in hands.text("#status")


async def test_a_key_held_down_counts_every_time(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("w", "enter", "enter", "b")
        await type_ahead(hands, *["greater_than_sign"] * 12)
        assert len(quotes(hands)[0].split()) == 13


async def test_the_picker_of_an_empty_codebook_says_how_to_get_one_and_makes_codes(project: Project) -> None:
    for code in codebooks.load(project).active():
        codes.retire(project, code.id)
    async with at_work(project) as hands:
        await hands.press("enter")
        assert isinstance(hands.app.screen, CodesPicker)
        assert "ipscoding codebook import" in str(hands.app.screen.query_one("#about", Static).content)
        await hands.write("Luck")
        await hands.press("enter", "enter", "f")
        assert [coding.valence for coding in hands.made()] == [Valence.FACILITATOR]


async def type_ahead(hands: Hands, *keys: str) -> None:
    """Send `keys` all at once, as they come over a slow line."""
    for key in keys:
        hands.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(100):
        await hands.pilot.pause(0.01)
        if not hands.app._typed and hands.app._handing_out is not None and hands.app._handing_out.done():
            break


async def test_keys_typed_ahead_reach_the_question_they_belong_to(project: Project) -> None:
    async with at_work(project) as hands:
        await type_ahead(
            hands, "enter", *"wait", "enter", "b", "right", "enter", *"pers", "enter", "f", "right", "1", "b"
        )
        assert [(coding.code, coding.valence) for coding in hands.made()] == [
            ("nav.waiting", Valence.BARRIER),
            ("spec.persistence", Valence.FACILITATOR),
            ("spec.persistence", Valence.BARRIER),
        ]
        assert len(set(quotes(hands))) == 3


async def test_a_second_click_on_a_code_is_too_late_and_takes_no_screen_away(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("enter")
        picker = hands.app.screen
        assert isinstance(picker, CodesPicker)
        codes_shown = picker.query_one(OptionList)
        codes_shown.action_select()
        codes_shown.action_select()
        await hands.pilot.pause()
        await hands.press("f")
        assert hands.app.screen is hands.screen
        assert [coding.valence for coding in hands.made()] == [Valence.FACILITATOR]


FAULTY = """
import sys
from pathlib import Path
from ipscoding.project import open_project
from ipscoding.tui.app import IpscodingApp

class Faulty(IpscodingApp):
    def on_ready(self):
        said = self.desk.transcript.text
        self.set_timer(0.2, lambda: int(said))

with open_project(Path(sys.argv[1]), coder="Kari") as project:
    Faulty(project, make=None).run()
"""


def test_a_fault_in_the_program_stops_it_in_words_that_show_nothing_of_what_was_said(project: Project) -> None:
    with Terminal([sys.executable, "-c", FAULTY, str(project.path)], env={"IPSCODING_LANG": "en"}) as terminal:
        assert terminal.wait_for(lambda said: b"please report" in said, 30), terminal.said[-500:]
        terminal.quiet(0.5)
        last = terminal.said[terminal.said.rindex(b"ipscoding had to stop") :]
        assert b"ValueError" in last
        assert b"Traceback" not in terminal.said
        assert "Jobbspesialisten" not in last.decode()


async def test_a_bookmark_is_seen_beside_the_turn_and_bears_a_note(project: Project) -> None:
    async with at_work(project) as hands:

        def gutter() -> str:
            row = hands.screen.view.layout_in_use.line_of(hands.screen.view.selected.start)
            return hands.screen.view.render_line(row).text[:4]

        await hands.press("left")
        before = gutter()
        await hands.press("W")
        assert isinstance(hands.app.screen, LineQuestion)
        await hands.write("read  this again")
        await hands.press("enter")
        assert gutter() == f"{before[:2]}★{before[3]}"
        assert "bookmark “read this again”" in hands.text("#status")
        hands.screen.preferences.signs = "ascii"
        hands.screen._draw()
        assert gutter()[2] == "@"
        await hands.press("W")
        assert hands.app.screen.query_one(Input).value == "read this again"
        await hands.press("escape", "f3")
        (prompt,) = (str(option.prompt) for option in hands.app.screen.query_one(OptionList).options)
        assert prompt.startswith("1 p01 1  “read this again”  Kan du fortelle")
        await hands.press("escape", "u", "u")
        assert gutter()[2] == " "


async def test_only_the_row_of_a_bookmark_is_painted_anew(project: Project) -> None:
    async with at_work(project) as hands:
        built = hands.screen.view.rows_built
        await hands.press("B")
        assert hands.screen.view.rows_built == built + 1
