"""How the coding screen is looked at: marks, stripes, panes, turns, pulled boundaries, what is remembered."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from ipscoding.domain import Valence
from ipscoding.project import Project, codings, documents, journal, open_project
from ipscoding.tui.actions import ACTIONS, table, use_keys
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.keymap import Keymap, key_name, read, written
from ipscoding.tui.marks import Marking
from ipscoding.tui.preferences import Preferences, folder
from ipscoding.tui.stripes import StripeFilter, Stripes, choices
from ipscoding.tui.widgets.dialogs import Chooser
from ipscoding.tui.widgets.number_question import NumberQuestion
from ipscoding.tui.widgets.tour import STEPS, Tour
from tests.test_tui_coding import Hands, at_work
from tests.tui_example import codebook, make, passage, plain_terminal

__all__ = ["plain_terminal"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The example with two codings of Kari's and one of Ola's."""
    with make(tmp_path) as made:
        place = documents.find(made, "p01").id
        talk = documents.transcript(made, place)
        codings.add(made, place, passage(talk, "Jeg slapp å vente."), "nav.waiting", Valence.FACILITATOR)
        codings.add(made, place, passage(talk, "Hun ga seg ikke"), "spec.persistence", Valence.FACILITATOR)
        with open_project(made.path, coder="Ola") as other:
            codings.add(other, place, passage(talk, "Jeg slapp å vente."), "org.colocation", Valence.BARRIER)
        yield made


@pytest.fixture(autouse=True)
def own_keys() -> Iterator[None]:
    yield
    use_keys({})


@asynccontextmanager
async def liking(project: Project, preferences: Preferences, keymap: Keymap | None = None) -> AsyncIterator[Hands]:
    """A coder at work with likings and keys of their own."""
    first = documents.find(project, "p01").id
    app = IpscodingApp(project, document_id=first, make=None, preferences=preferences, keymap=keymap)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        yield Hands(app, pilot)


def drawn(hands: Hands) -> set[str]:
    return {mark.code for mark in hands.screen.view._scene.margin.marks.values()}


async def test_marks_are_gone_through_and_the_line_of_status_says_so(project: Project) -> None:
    async with at_work(project) as hands:
        for expected, words in (("margin", "marks in the margin"), ("plain", "no marks"), ("tint", "")):
            await hands.press("f6")
            assert hands.screen.view.manner.marking == expected
            assert words in hands.text("#status")
        assert "marks" not in hands.text("#status")


async def test_stripes_are_chosen_and_named(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("f7")
        assert isinstance(hands.app.screen, Chooser)
        shown = [str(option.prompt) for option in hands.app.screen.query_one(OptionList).options]
        assert [name for name in shown if "only my codings" in name]
        await hands.press(str(next(n for n, name in enumerate(shown, 1) if "only my codings" in name)))
        assert drawn(hands) == {"nav.waiting", "spec.persistence"}
        assert "only my codings" in hands.text("#status")
        await hands.press("f7", "1")
        assert drawn(hands) == {"nav.waiting", "spec.persistence", "org.colocation"}
        assert "only" not in hands.text("#status")


def test_every_choice_of_stripes_draws_what_it_says(project: Project) -> None:
    place = documents.find(project, "p01").id
    there, book = codings.of_document(project, place), codebook()
    offered = choices(there, book, "Kari", ["spec.persistence"])
    assert offered[:2] == [StripeFilter(), StripeFilter(Stripes.CODE, "spec.persistence")]
    assert len(offered) == len(set(offered))
    assert {one.kind for one in offered} == set(Stripes)

    def codes(kind: Stripes, value: str = "") -> list[str]:
        return sorted(coding.code for coding in StripeFilter(kind, value).choose(there, book, "Kari"))

    everything = ["nav.waiting", "org.colocation", "spec.persistence"]
    assert codes(Stripes.ALL) == codes(Stripes.DENSITY) == codes(Stripes.MOST) == everything
    assert codes(Stripes.DOMAIN, "nav") == codes(Stripes.CODE, "nav.waiting") == ["nav.waiting"]
    assert codes(Stripes.MINE) == ["nav.waiting", "spec.persistence"]
    assert codes(Stripes.CODER, "Ola") == ["org.colocation"]
    assert len({one.name(book) for one in offered if one.kind is not Stripes.DOMAIN}) == len(offered) - 3


async def test_a_code_stands_out_until_the_key_comes_again(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("f8")
        assert "Nothing is coded here" in hands.notices()
        await hands.press("plus", "plus", "plus", "f8")
        assert hands.screen.view.manner.code == "spec.persistence"
        assert "Persistence stands out" in hands.text("#status")
        await hands.press("f8")
        assert hands.screen.view.manner.code == ""


async def test_a_pulled_boundary_is_one_act_and_one_undo(project: Project) -> None:
    async with at_work(project) as hands:
        view = hands.screen.view
        mine = next(c for c in hands.made() if c.code == "spec.persistence")
        hands.screen._go_to_coding(mine)
        await hands.pilot.pause()
        stripe = view._scene.margin.stripe(mine.id)
        assert stripe is not None
        talk = hands.screen.desk.transcript
        end = talk.text.index("si det sånn")
        columns, layout, top = view._scene.columns, view.layout_in_use, view.scroll_offset.y
        grip = (columns.lanes_at + stripe.lane, stripe.last - top)
        to = (columns.text_at + layout.col_of(end), layout.line_of(end) - top)
        acts = len(journal.history(project, limit=None))
        await hands.pilot.mouse_down("#text", offset=grip)
        await hands.pilot.hover("#text", offset=to)
        assert hands.selected == "Hun ga seg ikke, for å si"
        await hands.pilot.mouse_up("#text", offset=to)
        await hands.pilot.pause()
        changed = next(c for c in hands.made() if c.id == mine.id)
        assert changed.span.of(talk.text) == "Hun ga seg ikke, for å si"
        assert len(journal.history(project, limit=None)) == acts + 1
        await hands.press("u")
        assert next(c for c in hands.made() if c.id == mine.id).span == mine.span


async def test_the_cursor_goes_to_the_other_speaker_and_to_a_turn_by_number(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("ctrl+down")
        assert hands.selected == "Hva betydde det for deg?"
        await hands.press("ctrl+down")
        assert hands.selected == "Det betydde veldig mye."
        await hands.press("ctrl+up", "ctrl+up", "ctrl+up")
        assert hands.selected.startswith("Kan du fortelle")
        await hands.press("ctrl+up")
        assert "Nobody else speaks further back" in hands.notices()
        await hands.press("ctrl+g")
        assert isinstance(hands.app.screen, NumberQuestion)
        await hands.press("5", "enter")
        assert hands.selected == "Og arbeidsgiveren?"
        await hands.press("ctrl+g", "escape", "ctrl+g", "enter")
        assert hands.selected == "Og arbeidsgiveren?"
        await hands.press("ctrl+g", "9", "enter")
        assert hands.selected == "Han på lageret var grei."


async def test_panes_are_resized_by_keys_and_the_text_keeps_its_room(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        await hands.press("d", "ctrl+right")
        assert hands.screen.query_one("#documents").outer_size.width == 30
        await hands.press("k", "ctrl+left")
        assert hands.screen.query_one("#side").outer_size.width == 33
        await hands.press("escape")
        before = hands.screen.query_one("#here").outer_size.height
        await hands.press("ctrl+right", "ctrl+right")
        assert hands.screen.query_one("#here").outer_size.height == before + 2
        await hands.pilot.resize_terminal(80, 24)
        await hands.pilot.pause()
        assert hands.screen.view.size.width >= 40


async def test_what_is_liked_is_remembered_in_the_users_folder_only(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "own" / "screen.json"
    async with liking(project, Preferences(path, toured=True)) as hands:
        await hands.press("f6", "d", "d")
        hands.app.theme = "high-contrast-dark"
        await hands.pilot.pause()
        assert not hands.screen.query_one("#documents").display
    kept = json.loads(path.read_text())
    assert (kept["marking"], kept["theme"], kept["panels"]) == ("margin", "high-contrast-dark", {"documents": False})
    async with liking(project, Preferences.load(path)) as hands:
        assert hands.app.theme == "high-contrast-dark"
        assert hands.screen.view.manner.marking is Marking.MARGIN
        assert not hands.screen.query_one("#documents").display


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"theme": 3, "sizes": {"here": "much"}, "else": 1}'])
def test_unreadable_likings_are_left_out(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "screen.json"
    path.write_text(kept)
    assert Preferences.load(path) == Preferences(path)


def test_the_users_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))
    assert folder() == tmp_path
    monkeypatch.delenv("IPSCODING_HOME")
    assert "ipscoding" in str(folder())


def test_likings_that_cannot_be_written_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    likes = Preferences(tmp_path / "file" / "screen.json")
    likes.keep(marking="plain")
    assert likes.marking == "plain"


def test_keys_of_ones_own_hold_and_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_text(
        """[keys]
undo = "ctrl+z"
"coding.next" = ["+", "f9"]
"coding.previous" = []
memo = "bogus"
nothing = "x"
recode = 3
find = "q"
""",
        encoding="utf-8",
    )
    found = read([action for action in ACTIONS if action.id != "tour.skip"], path)
    assert found.keys == {"undo": ("ctrl+z",), "coding.next": ("plus", "f9"), "coding.previous": ()}
    assert found.faults == [
        "memo: bogus is not a key",
        "nothing: there is no such action",
        "recode: a key, or a list of keys, is wanted",
        "find: q is the key of quit",
    ]
    assert read(ACTIONS, tmp_path / "none.toml") == Keymap()
    path.write_text("keys = [")
    assert len(read(ACTIONS, path).faults) == 1
    path.write_text("keys = 3")
    assert len(read(ACTIONS, path).faults) == 1


def test_two_actions_may_change_keys_with_each_other(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_text('[keys]\nundo = "x"\nremove = "u"\n')
    assert read(ACTIONS, path) == Keymap({"undo": ("x",), "remove": ("u",)})


def test_keys_may_be_written_as_their_character() -> None:
    for key, name, shown in (
        ("+", "plus", "+"),
        ("ctrl+z", "ctrl+z", "Ctrl+Z"),
        ("ø", "ø", "ø"),
        ("<", "less_than_sign", "<"),
    ):
        assert key_name(key) == name
        assert written(name) == shown
    assert [key_name(key) for key in ("ctrl+i", "", "two keys")] == [None, None, None]
    assert all(key_name(key) == key for action in ACTIONS for key in action.first_keys.split(",") if key)


async def test_own_keys_work_and_are_shown_everywhere(project: Project) -> None:
    keys = Keymap({"marks": ("f9",), "tour.skip": (), "help": ("f10",)}, ["x: there is no such action"])
    async with liking(project, Preferences(), keys) as hands:
        assert "Left out of keymap.toml: x: there is no such action" in hands.notices()
        await hands.press("f6")
        assert hands.screen.view.manner.marking is Marking.TINT
        await hands.press("f9")
        assert hands.screen.view.manner.marking is Marking.MARGIN
        assert "F10" in hands.text("#hints")
        assert "| `F9` | Marks" in table()


def test_the_table_of_keys_names_every_action() -> None:
    rows = table()
    assert all(f"`{action.id}` |" in rows for action in ACTIONS)
    assert rows.startswith("### Move")


async def test_the_tour_starts_once_moves_on_when_a_step_was_done_and_takes_no_keys(
    project: Project, tmp_path: Path
) -> None:
    likes = Preferences(tmp_path / "screen.json")
    async with liking(project, likes) as hands:
        tour = hands.screen.query_one(Tour)
        await hands.pilot.pause()
        assert (tour.display, tour.step, hands.screen.view.has_focus) == (True, 0, True)

        async def does(*keys: str) -> int:
            await hands.press(*keys)
            tour.look()
            return tour.step

        assert await does("f1", "escape") == 0
        assert await does("right") == 1
        assert await does("w") == 2
        assert await does("shift+right") == 3
        await hands.press("enter")
        await hands.write("waiting")
        assert await does("enter", "b") == 4
        assert await does("f") == 5
        await hands.press("m")
        await hands.write("why")
        assert await does("escape") == 6
        assert await does("u") == 7
        assert await does("plus") == 8
        assert await does("d") == 9
        await hands.press("escape", "f1")
        tour.look()
        await hands.press("escape")
        assert (tour.step, tour.display, likes.toured) == (-1, False, True)
    async with liking(project, Preferences.load(likes.path)) as hands:
        assert not hands.screen.query_one(Tour).display


async def test_the_tour_can_be_skipped_left_and_called(project: Project) -> None:
    async with at_work(project) as hands:
        tour = hands.screen.query_one(Tour)
        assert not tour.display
        await hands.screen.run_action("tour")
        for number in range(1, len(STEPS)):
            await hands.press("f9")
            assert tour.step == number
        await hands.press("f9")
        assert not tour.display
        await hands.screen.run_action("tour")
        await hands.press("f4")
        assert tour.step == -1


async def test_plain_signs_are_chosen_by_command(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.screen.run_action("signs")
        await hands.pilot.pause()
        shown = "".join(hands.screen.view.render_line(y).text for y in range(20))
        assert "┃" not in shown
        await hands.screen.run_action("signs")
        assert hands.screen.view.manner.signs.goes_on == "┃"


async def test_help_begins_with_the_pane_that_has_the_keys(project: Project) -> None:
    async with at_work(project, (160, 40)) as hands:
        for key, first in (("k", "Codebook"), ("i", "Suggestions"), ("d", "View"), ("escape", "Move")):
            await hands.press(key, "f1")
            shown = str(hands.app.screen.query_one(Static).content)
            names = [line for line in shown.splitlines() if line in ("Move", "View", "Codebook", "Suggestions")]
            assert names[0] == first
            await hands.press("escape")


async def test_the_palette_speaks_the_readers_language(project: Project) -> None:
    from textual.widgets import Input

    from ipscoding import i18n

    i18n.choose("nb")
    app = IpscodingApp(project, make=None)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert app.screen.query_one(Input).placeholder == "Søk etter kommandoer …"
