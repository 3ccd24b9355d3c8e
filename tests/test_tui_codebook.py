"""The codebook edited on the coding screen, and codings looked at again after their code has changed."""

from pathlib import Path

from textual.content import Content
from textual.widgets import Input, OptionList, Select, Static, TextArea

from ipscoding.domain import Valence
from ipscoding.project import Project, codebooks, codes, codings, documents, journal, memos, recoding
from ipscoding.tui.screens.stale import StaleScreen
from ipscoding.tui.widgets.code_form import CodeForm
from ipscoding.tui.widgets.codebook_panel import CodebookPanel
from ipscoding.tui.widgets.dialogs import Chooser, Confirm
from ipscoding.tui.widgets.text_dialogs import LinesDialog, ReadingDialog
from tests.test_tui_coding import Hands, at_work, project
from tests.tui_example import passage, plain_terminal

__all__ = ["plain_terminal", "project"]

WIDE = (160, 40)


def tree(hands: Hands) -> list[str]:
    panel = hands.screen.query_one("#codes", OptionList)
    return [str(panel.get_option_at_index(index).prompt).strip() for index in range(panel.option_count)]


def shown(hands: Hands, selector: str) -> str:
    content = hands.app.screen.query_one(selector, Static).content
    return content.plain if isinstance(content, Content) else str(content)


async def at_code(hands: Hands, code_id: str) -> None:
    """Put the cursor of the tree on a code."""
    if not hands.screen.query_one("#codes").has_focus:
        await hands.press("k")
    hands.screen.query_one(CodebookPanel).go_to(code_id)
    await hands.pilot.pause()


async def choose(hands: Hands, what: str) -> None:
    """Choose from the menu of a code."""
    await hands.press("e")
    menu = hands.app.screen
    assert isinstance(menu, Chooser)
    panel = menu.query_one(OptionList)
    names = [str(panel.get_option_at_index(index).prompt) for index in range(panel.option_count)]
    await hands.press(str(1 + next(index for index, name in enumerate(names) if what in name)))


def coded(project: Project, code: str = "nav.waiting", *quotes: str) -> None:
    place = documents.find(project, "p01").id
    talk = documents.transcript(project, place)
    for quote in quotes or ("Jeg slapp å vente.", "Hun ga seg ikke"):
        codings.add(project, place, passage(talk, quote), code, Valence.BARRIER)


async def test_the_tree_is_searched_as_one_types_and_tells_what_a_code_means(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await hands.press("k", "slash", "n", "æ", "r", "h")
        assert [row for row in tree(hands) if row] == ["■ Co-location"]
        assert "Physical proximity." in shown(hands, "#about-code")
        assert "Not formal meetings." in shown(hands, "#about-code")
        await hands.press("enter", "enter", "f")
        assert [coding.code for coding in hands.made()] == ["org.colocation"]
        await hands.press("k", "slash", "escape")
        assert len(tree(hands)) == 8
        assert hands.screen.query_one("#codes").has_focus


async def test_domains_fold_and_keep_their_counts(project: Project) -> None:
    coded(project)
    async with at_work(project, WIDE) as hands:
        assert "1 2/2 ■ Waiting and decisions" in tree(hands)
        await at_code(hands, "nav")
        await hands.press("enter")
        assert "▸ Welfare system  2/2" in tree(hands)
        assert len(tree(hands)) == 7
        await hands.press("enter")
        assert len(tree(hands)) == 8


async def test_counts_follow_every_act(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await hands.press("enter", "enter", "b")
        assert any("1/1 ■ Co-location" in row for row in tree(hands))
        await hands.press("u")
        assert not any("1/1" in row for row in tree(hands))


async def test_the_hints_are_those_of_the_codebook_while_one_is_in_it(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await hands.press("k")
        assert hands.text("#hints").startswith("Enter Code   e Edit   1–9 Key")
        await hands.press("escape")
        assert hands.text("#hints").startswith("Enter Code   u Undo")


async def test_a_code_is_edited_in_all_its_languages(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav.waiting")
        await choose(hands, "Edit")
        form = hands.app.screen
        assert isinstance(form, CodeForm)
        form.query_one("#label-nn", Input).value = "Ventetid"
        form.query_one("#definition", TextArea).text = "Waiting for NAV."
        form.query_one("#spoken", Select).value = "nb"
        await hands.pilot.pause()
        assert form.query_one("#definition", TextArea).text == ""
        form.query_one("#definition", TextArea).text = "Å vente på NAV."
        form.query_one("#colour", Select).value = "#56b4e9"
        await hands.press("ctrl+s")
        code = codebooks.find(project, "nav.waiting")
        assert dict(code.label) == {"nb": "Ventetid og vedtak", "nn": "Ventetid", "en": "Waiting and decisions"}
        assert dict(code.definition) == {"en": "Waiting for NAV.", "nb": "Å vente på NAV."}
        assert code.colour == "#56b4e9"
        assert "Changed: Waiting and decisions" in hands.notices()
        await hands.press("u")
        assert codebooks.find(project, "nav.waiting").colour == ""


async def test_a_new_meaning_says_which_codings_it_touches_before_it_is_kept(project: Project) -> None:
    coded(project)
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav.waiting")
        for answer, version in (("escape", 1), ("y", 2)):
            await choose(hands, "Edit")
            hands.app.screen.query_one("#definition", TextArea).text = "Waiting."
            await hands.press("ctrl+s")
            assert isinstance(hands.app.screen, Confirm)
            assert "2 codings in 1 interview by 1 coder were made" in shown(hands, "Static")
            await hands.press(answer)
            assert codebooks.find(project, "nav.waiting").version == version
        title = str(hands.screen.query_one("#codes").border_title)
        assert title == "2 codings to look at again: Q"


async def test_a_code_is_merged_after_a_preview_and_one_undo_splits_them_again(project: Project) -> None:
    coded(project)
    coded(project, "spec.persistence", "Hun ga seg ikke")
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav.waiting")
        before = journal.state(project)
        await choose(hands, "Merge")
        await hands.write("persist")
        await hands.press("enter")
        told = shown(hands, "Static")
        assert "2 codings in 1 interview by 1 coder get Persistence instead of Waiting and decisions" in told
        assert "1 of them lies on a passage that has Persistence already" in told
        await hands.press("y")
        assert {coding.code for coding in hands.made()} == {"spec.persistence"}
        assert len(hands.made()) == 2
        await hands.press("u", "y")
        assert journal.state(project) == before


async def test_a_code_is_retired_and_brought_back(project: Project) -> None:
    coded(project)
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav.waiting")
        await choose(hands, "Retire")
        assert "keep it and stay as they are" in shown(hands, "Static")
        await hands.press("y")
        assert codebooks.find(project, "nav.waiting").retired
        assert tree(hands)[-2] == "Retired"
        assert tree(hands)[-1].endswith("Waiting and decisions")
        await choose(hands, "Bring it back")
        assert not codebooks.find(project, "nav.waiting").retired


async def test_a_code_is_moved(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav.waiting")
        await choose(hands, "Move")
        await hands.press("1")
        assert codebooks.find(project, "nav.waiting").parent == "org"
        await at_code(hands, "org")
        await choose(hands, "Move")
        panel = hands.app.screen.query_one(OptionList)
        names = [str(panel.get_option_at_index(index).prompt) for index in range(panel.option_count)]
        assert names[0].endswith("Welfare system")
        assert not any("Organisation" in name for name in names)


async def test_a_new_code_is_made_where_the_cursor_is(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav")
        await hands.press("n")
        await hands.write("Sanctions")
        await hands.press("enter")
        assert codebooks.find(project, "nav.sanctions").parent == "nav"
        assert hands.screen.query_one(CodebookPanel).current == codebooks.find(project, "nav.sanctions")
        await hands.press("n", "enter")
        assert "Write what the code is called" in hands.notices()
        await hands.write("sanctions")
        await hands.press("enter")
        assert "is called sanctions already" in hands.notices()


async def test_memo_key_and_all_about_a_code_from_its_menu(project: Project) -> None:
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "org.colocation")
        await choose(hands, "memo")
        await hands.write("too wide?")
        await hands.press("escape")
        target = codebooks.find(project, "org.colocation").uuid
        assert [memo.text for memo in memos.of(project, target)] == ["too wide?"]
        await choose(hands, "on a key")
        await hands.press("5")
        assert hands.screen.desk.bound == {5: "org.colocation"}
        await hands.press("5")
        assert hands.screen.desk.bound == {}
        await choose(hands, "Read all")
        assert isinstance(hands.app.screen, ReadingDialog)
        await hands.press("escape")


async def test_a_split_code_leads_to_its_codings_one_by_one(project: Project) -> None:
    coded(project)
    async with at_work(project, WIDE) as hands:
        await at_code(hands, "nav.waiting")
        await choose(hands, "Split")
        dialog = hands.app.screen
        assert isinstance(dialog, LinesDialog)
        assert "2 codings in 1 interview by 1 coder stay with" in shown(hands, "Static")
        await hands.write("Waiting for money\n\nWaiting for people")
        await hands.press("ctrl+s")
        assert codebooks.find(project, "nav.waiting").retired
        await hands.press("Q")
        assert isinstance(hands.app.screen, StaleScreen)
        about = shown(hands, "#about")
        assert "The code was split" in about
        assert "2 Waiting for people" in about
        assert "Jeg slapp å vente." in about
        await hands.press("c")
        assert "choose one of the new codes" in hands.notices()
        await hands.press("2", "1")
        assert [coding.code for coding in hands.made()] == ["nav.waiting-for-people", "nav.waiting-for-money"]
        assert "Nothing to look at again" in shown(hands, "#nothing")
        await hands.press("u", "escape")
        assert hands.app.screen is hands.screen
        assert len(recoding.queue(project)) == 1


async def test_codings_under_an_older_meaning_are_kept_recoded_or_visited(project: Project) -> None:
    coded(project, "org.colocation", "Jeg slapp å vente.", "Hun ga seg ikke", "det tok tre måneder")
    codes.change(project, "org.colocation", definition={"en": "Sharing a building."})
    async with at_work(project, (80, 24)) as hands:
        await hands.press("Q")
        about = shown(hands, "#about")
        assert "before: Physical proximity." in about
        assert "now: Sharing a building." in about
        await hands.press("c")
        assert len(recoding.queue(project)) == 2
        await hands.press("e")
        await hands.write("persist")
        await hands.press("enter")
        assert len(recoding.queue(project)) == 1
        await hands.press("g")
        assert hands.app.screen is hands.screen
        assert hands.screen.view.cursor == recoding.queue(project)[0].coding.span.start
        await hands.press("Q", "C", "y")
        assert recoding.queue(project) == []


async def test_only_ones_own_codings_are_to_be_looked_at(project: Project, tmp_path: Path) -> None:
    from ipscoding.project import open_project

    with open_project(project.path, coder="Ola") as ola:
        coded(ola)
    codes.change(project, "nav.waiting", definition={"en": "Other."})
    async with at_work(project, WIDE) as hands:
        await hands.press("Q")
        assert "Nothing to look at again" in shown(hands, "#nothing")
