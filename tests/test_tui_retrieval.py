"""Passages with a code: read side by side, limited, recoded, removed, saved."""

import csv
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from ipscoding.domain import Codebook, Coding, Excerpt, Span, Transcript, Turn, Valence
from ipscoding.project import Project, codings, create, documents, journal, memos, open_project, quoting, settings
from ipscoding.project.codings import NewCoding
from ipscoding.transcripts.reading import Reading
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.entries import PassageEntry
from ipscoding.tui.list_actions import RETRIEVAL_ACTIONS
from ipscoding.tui.passages import Asked, choices, counted, in_order
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.screens.retrieval import RetrievalScreen
from ipscoding.tui.widgets.dialogs import Confirm
from ipscoding.tui.widgets.file_dialog import FileDialog
from ipscoding.tui.widgets.limits_dialog import LimitsDialog
from ipscoding.tui.widgets.memo_dialog import MemoDialog
from tests.tui_example import make, passage, plain_terminal
from tests.tui_hands import AtScreen, once_read

__all__ = ["plain_terminal"]

PLACES = (
    ("p01", "hun sa at de hadde en som satt rett over gangen", "org.colocation", Valence.FACILITATOR),
    ("p01", "Men så måtte jo NAV godkjenne, og det tok tre måneder", "nav.waiting", Valence.BARRIER),
    ("p01", "i den tida ble jeg ganske usikker", "nav.waiting", Valence.NONE),
    ("n01", "Vi ventar på vedtak.", "nav.waiting", Valence.BARRIER),
)


def code(project: Project, name: str, words: str, code_id: str, valence: Valence) -> Coding:
    place = documents.find(project, name).id
    return codings.add(project, place, passage(documents.transcript(project, place), words), code_id, valence)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Four passages of Kari's in two interviews."""
    with make(tmp_path) as made:
        for place in PLACES:
            code(made, *place)
        yield made


class Hands(AtScreen[RetrievalScreen]):
    """A coder at the passages."""

    KIND = RetrievalScreen

    def coded(self) -> list[tuple[str, str]]:
        return [(coding.code, str(coding.valence)) for coding in self.made()]


@asynccontextmanager
async def at_work(project: Project, size: tuple[int, int] = (100, 36), *, asked: str = "") -> AsyncIterator[Hands]:
    found = [document.id for document in documents.all(project) if document.name == "p01"]
    app = IpscodingApp(project, document_id=found[0] if found else None, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodingScreen)
        screen.asked = Asked(code=asked)
        await pilot.press("R")
        await pilot.pause()
        yield Hands(app, pilot)


async def test_passages_stand_by_role_and_interview_with_counts(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        rows = hands.rows()
        assert rows[0] == "NAV counsellors  1 passage · 1 interview · 1 informant"
        assert rows[1].strip() == "n01  (1)"
        assert rows[2] == "■ ▼ barrier  n01 · turn 2 · N · Kari"
        assert "N: Eg er rettleiar i NAV. Vi ventar på vedtak." in rows[3]
        assert "Jobseekers  2 passages · 1 interview · 1 informant" in rows
        assert hands.text("#status").startswith("3 passages · 2 interviews · 2 informants")
        assert hands.text("#asked").endswith("Waiting and decisions")


async def test_the_code_at_the_cursor_is_asked_for_first(project: Project) -> None:
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("plus")
        await pilot.press("R")
        await pilot.pause()
        assert Hands(app, pilot).screen.asked.code == "org.colocation"


async def test_a_domain_stands_for_all_its_codes_and_the_code_is_named(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("k")
        await hands.write("organisation")
        await hands.press("enter")
        assert hands.screen.asked.code == "org"
        assert [row for row in hands.rows() if row.startswith("■")] == [
            "■ ▲ facilitator  Co-location  p01 · turn 2 · P1 · Kari"
        ]


async def test_enter_goes_to_the_passage_and_back_to_the_list_as_it_was(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        await hands.press("end", "space", "enter")
        desk = hands.coding.desk
        assert hands.coding.view.selected.of(desk.transcript.text) == PLACES[2][1]
        assert hands.coding.current
        current = hands.coding.current
        await hands.press("R")
        assert hands.screen.passages.current_key == current
        assert hands.screen.passages.marked == {current}


async def test_a_letter_changes_the_direction_and_u_takes_it_back(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        before = hands.coded()
        for key, valence in (
            ("f", "facilitator"),
            ("g", "both"),
            ("0", "none"),
            ("b", "barrier"),
            ("f", "facilitator"),
        ):
            await hands.press(key)
            assert hands.coded()[0] == ("nav.waiting", valence)
            assert hands.screen.passages.current_key == hands.made()[0].id
        await hands.press(*["u"] * 5)
        assert hands.coded() == before


async def test_several_marked_passages_are_recoded_as_one_act(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        before = hands.coded()
        await hands.press("a", "e")
        await hands.write("persistence")
        await hands.press("enter")
        assert [code for code, _valence in hands.coded()].count("spec.persistence") == 3
        assert "Nothing is coded as Waiting and decisions yet" in hands.text("#nothing")
        assert "3 passages: Persistence" in hands.notices()
        assert journal.history(project, limit=1)[0].text == "3 codings changed"
        await hands.press("u")
        assert hands.coded() == before
        assert len(hands.screen.seen) == 3


async def test_a_code_without_direction_takes_passages_with_one(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        await hands.press("e")
        await hands.write("forslag")
        await hands.press("enter")
        assert hands.coded()[0] == ("gen.suggestion", "none")


async def test_marked_passages_are_removed_as_one_act_after_a_question(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        before = hands.coded()
        await hands.press("space", "space", "x")
        assert isinstance(hands.app.screen, Confirm)
        await hands.press("y")
        assert len(hands.made()) == 2
        await hands.press("u")
        assert hands.coded() == before
        await hands.press("A", "x")
        assert len(hands.made()) == 3


async def test_the_cursor_stays_where_it_was_when_a_passage_goes(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        await hands.press("down")
        keys = hands.screen.passages.keys
        await hands.press("x")
        assert hands.screen.passages.current_key == keys[2]


async def test_a_memo_is_written_and_read_in_the_list(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        with open_project(project.path, coder="Ola") as other:
            memos.put(other, hands.screen.passages.current_key, "Olas tanke")
        await hands.press("m")
        assert isinstance(hands.app.screen, MemoDialog)
        assert hands.app.screen.query_one(TextArea).text == ""
        await hands.write("Min tanke")
        await hands.press("escape")
        assert any("✎ Olas tanke" in row for row in hands.rows())
        assert any("Min tanke" in row for row in hands.rows())
        assert [memo.text for memo in memos.of(project, hands.screen.passages.current_key)] == [
            "Olas tanke",
            "Min tanke",
        ]
        await hands.press("u")
        assert not any("Min tanke" in row for row in hands.rows())


async def test_others_passages_stay_as_they_are(project: Project) -> None:
    with open_project(project.path, coder="Ola") as other:
        code(other, "n01", "Eg er rettleiar i NAV.", "nav.waiting", Valence.BARRIER)
    async with at_work(project, asked="nav.waiting") as hands:
        before = hands.coded()
        await hands.press("f")
        assert hands.coded() == before
        assert "another coder's" in hands.notices()
        await hands.press("a", "f")
        assert [valence for _code, valence in hands.coded()].count("facilitator") == 4
        assert [c.valence for c in hands.made() if c.coder == "Ola"] == ["barrier"]


async def test_another_coders_passage_is_seen_as_coded_where_one_goes_to_it(project: Project) -> None:
    with open_project(project.path, coder="Ola") as other:
        theirs = code(other, "n01", "Eg er rettleiar i NAV.", "spec.persistence", Valence.BARRIER)
    async with at_work(project, asked="spec.persistence") as hands:
        hands.coding.desk.show_others = False
        await hands.press("enter")
        assert hands.coding.current == theirs.id
        assert theirs.id in {coding.id for coding in hands.coding.desk.shown}


async def test_limits_leave_some_passages_and_say_how_many(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        await hands.press("slash")
        assert isinstance(hands.app.screen, LimitsDialog)
        box = hands.app.screen.query_one(OptionList)
        shown = [str(option.prompt) for option in box.options]
        assert shown[:3] == ["Role", " ☐ Jobseekers  2", " ☐ NAV counsellors  1"]
        await hands.press("space")
        assert str(box.border_title) == "2 passages · 1 interview · 1 informant"
        assert str(box.options[1].prompt) == " ☑ Jobseekers  2"
        await hands.press("enter")
        assert len(hands.screen.seen) == 2
        assert "Role: Jobseekers" in hands.text("#asked")
        await hands.press("slash", "x", "escape")
        assert len(hands.screen.seen) == 2
        await hands.press("l")
        assert len(hands.screen.seen) == 3
        await hands.press("l")
        assert len(hands.screen.seen) == 4


async def test_more_and_less_of_what_was_said_around(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        little = "\n".join(hands.rows())
        assert "I: Hei?" not in little
        await hands.press("plus")
        assert "I: Hei?" in "\n".join(hands.rows())
        await hands.press("minus", "minus")
        none = hands.rows()
        assert "Vi ventar på vedtak." in none
        assert not any("Eg er" in row for row in none)


async def test_under_blind_coding_others_passages_wait(project: Project) -> None:
    settings.set(project, "blind", True)
    with open_project(project.path, coder="Ola") as other:
        code(other, "n01", "Eg er rettleiar i NAV.", "nav.waiting", Valence.BARRIER)
    async with at_work(project, asked="nav.waiting") as hands:
        assert len(hands.screen.seen) == 3
        assert "blind" in hands.text("#status")
        for coder, passages in (("Kari", 3), ("Ola", 4)):
            with open_project(project.path, coder=coder) as theirs:
                documents.set_status(theirs, documents.find(project, "n01").id, "done")
            hands.screen.refreshed()
            assert len(hands.screen.seen) == passages


async def test_what_others_do_is_seen_without_a_key(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        with open_project(project.path, coder="Ola") as other:
            code(other, "n01", "Eg er rettleiar i NAV.", "nav.waiting", Valence.BARRIER)
        hands.screen._look_for_others()
        await hands.pilot.pause()
        assert hands.text("#status").startswith("4 passages")


async def test_what_is_seen_is_saved_as_csv_and_excel(project: Project, tmp_path: Path) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        await hands.press("slash", "space", "enter")
        await hands.press("ctrl+s")
        assert isinstance(hands.app.screen, FileDialog)
        assert hands.app.screen.path == project.path.resolve().parent / "nav.waiting.xlsx"
        await hands.press("enter")
        await saved(hands)
        assert zipfile.is_zipfile(tmp_path / "nav.waiting.xlsx")
        await hands.press("ctrl+s")
        await hands.write("seen.csv")
        await hands.press("enter")
        await saved(hands)
        with (tmp_path / "seen.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["text"] for row in rows] == [PLACES[1][1], PLACES[2][1]]
        assert "Saved: 2 passages" in hands.notices()


async def saved(hands: Hands) -> None:
    for _ in range(300):
        await hands.pilot.pause(0.01)
        if not hands.screen.writing:
            return


async def test_a_file_that_is_there_is_replaced_only_when_told_so(project: Project, tmp_path: Path) -> None:
    (tmp_path / "nav.waiting.xlsx").write_text("mine")
    async with at_work(project, asked="nav.waiting") as hands:
        await hands.press("ctrl+s", "enter")
        assert isinstance(hands.app.screen, Confirm)
        await hands.press("escape")
        assert (tmp_path / "nav.waiting.xlsx").read_text() == "mine"
        await hands.press("ctrl+s")
        await hands.write("no/such/folder/x.csv")
        await hands.press("enter")
        await saved(hands)
        assert "Cannot write" in hands.notices()
        await hands.press("ctrl+s")
        await hands.write("passages.docx")
        await hands.press("enter")
        await saved(hands)
        assert ".xlsx" in hands.notices()


async def test_a_project_without_codings_says_what_to_do(tmp_path: Path) -> None:
    with make(tmp_path) as project:
        async with at_work(project) as hands:
            assert "Nothing is coded in this project yet" in hands.text("#nothing")
            for action in RETRIEVAL_ACTIONS:
                if action.run and action.id not in ("quit", "palette", "theme", "back"):
                    await hands.screen.run_action(action.run)
                    await hands.pilot.pause(0)
                    while hands.app.screen is not hands.screen:
                        await hands.press("escape")
    with create(tmp_path / "empty", coder="Kari") as project:
        async with at_work(project) as hands:
            await hands.press("k")
            assert "no codebook" in hands.notices()


async def test_help_lists_the_keys_and_every_action_leaves_the_screen_standing(project: Project) -> None:
    async with at_work(project, (80, 24), asked="nav.waiting") as hands:
        await hands.press("f1")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press("escape")
        for action in RETRIEVAL_ACTIONS:
            if action.run and action.id not in ("quit", "palette", "theme", "back", "open"):
                await hands.screen.run_action(action.run)
                await hands.pilot.pause(0)
                while hands.app.screen is not hands.screen:
                    await hands.press("escape")
        assert hands.app.is_running
        assert len(hands.text("#hints").split("   ")) <= 7


async def test_five_thousand_passages_paint_only_those_in_view(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "P: " + "og det var det. " * 2500
    talk = Transcript(line.rstrip(), (Turn(1, "P", Span(0, len(line) - 1), Span(3, len(line) - 1)),), ())
    documents.add_all(project, [Reading("long", talk, {}, "long.txt", "2" * 64, "utf-8", [])])
    place = documents.find(project, "long").id
    spans = [Span(3 + n * 8, 3 + n * 8 + 7) for n in range(2500)]
    wanted = [NewCoding(place, span, code_id) for span in spans for code_id in ("nav.waiting", "org.colocation")]
    codings.add_many(project, wanted)
    painted: list[str] = []
    rows = PassageEntry.rows

    def counted_rows(entry: PassageEntry, width: int) -> list[Content]:
        painted.append(entry.key)
        return rows(entry, width)

    monkeypatch.setattr(PassageEntry, "rows", counted_rows)
    async with at_work(project) as hands:
        assert hands.text("#status").startswith("5004 passages")
        assert len(painted) < 60
        painted.clear()
        await hands.press("down")
        assert len(painted) <= 4


# What is asked for, in plain Python

VALUES = {"role": ["patient", "clinician", ""], "coder": ["A", "B"], "document": ["d1", "d2"]}


def excerpt(number: int, role: str, coder: str, document: str, valence: Valence) -> Excerpt:
    return Excerpt(
        str(number), "p", document, document, f"i-{document}", role, "P", 1, "org.colocation", "Co-location", "", "org",
        valence, None, coder, "", "manual", 1, number, number + 1, "", "", "", "", "",
        attributes={"site": document.upper()},
    )  # fmt: skip


rows_of = st.lists(
    st.builds(
        excerpt,
        st.integers(0, 99),
        st.sampled_from(VALUES["role"]),
        st.sampled_from(VALUES["coder"]),
        st.sampled_from(VALUES["document"]),
        st.sampled_from(list(Valence)),
    ),
    max_size=12,
)
limits_of = st.fixed_dictionaries(
    {}, optional={limit: st.frozensets(st.sampled_from(values)) for limit, values in VALUES.items()}
)


@given(rows_of, limits_of)
def test_a_limit_says_how_many_passages_each_value_would_leave(
    rows: list[Excerpt], limits: dict[str, frozenset[str]]
) -> None:
    asked = Asked(limits=limits)
    for limit, values in choices(rows, asked).items():
        for value, n in values.items():
            alone = Asked(limits={**limits, limit: frozenset({value})})
            assert len(alone.within(rows)) == n


@given(rows_of)
def test_grouping_loses_no_passage_and_keeps_their_order(rows: list[Excerpt]) -> None:
    groups = in_order(rows)
    assert sorted(row for by in groups.values() for inside in by.values() for row in inside) == sorted(rows)
    assert list(groups) == sorted(groups, key=lambda role: (not role, role))
    for by_document in groups.values():
        for inside in by_document.values():
            assert inside == [row for row in rows if row in inside and row.role == inside[0].role][: len(inside)]


@given(st.text(alphabet="ab \nå漢", min_size=1, max_size=300), st.data(), st.integers(10, 60), st.integers(0, 2))
def test_a_passage_takes_as_many_rows_as_it_says_and_shows_all_of_itself(
    text: str, data: st.DataObject, width: int, context: int
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    row = excerpt(0, "patient", "A", "d1", Valence.NONE)._replace(start=start, end=end, memo="husk dette")
    entry = PassageEntry(row, lambda _id: text, context=context, colour="#ff0000", mine=True, named=True)
    shown = entry.rows(width)
    assert len(shown) == entry.height(width)
    around, place = entry._around
    assert place.of(around) == text[start:end]
    assert all(content.cell_length <= width for content in shown[1:])


def test_counts_say_passages_interviews_and_informants() -> None:
    rows = [excerpt(n, "patient", "A", document, Valence.NONE) for n, document in enumerate(("d1", "d1", "d2"))]
    assert counted(rows) == "3 passages · 2 interviews · 2 informants"
    assert counted(rows[:1]) == "1 passage · 1 interview · 1 informant"


def test_a_code_that_is_no_longer_in_the_codebook_is_asked_for_by_its_id() -> None:
    rows = [excerpt(1, "patient", "A", "d1", Valence.NONE)]
    assert Asked(code="org.colocation").of_code(rows, Codebook("none", {})) == rows


# What it looks like


def test_retrieval_snapshot(project: Project, snap_compare: Callable[..., bool]) -> None:
    async def retrieved(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        screen.asked = Asked(code="nav")
        await pilot.press("R")
        await pilot.pause()
        await pilot.press("down", "space")

    with open_project(project.path, coder="Kari") as own:
        first = codings.of_document(own, documents.find(own, "n01").id)[0]
        memos.put(own, first.id, "Ventetida kjem att i nesten alle intervjua.")
    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    assert snap_compare(app, terminal_size=(100, 30), run_before=once_read(then=retrieved))


async def test_q_marks_passages_for_quoting_one_choice_after_the_other(project: Project) -> None:
    async with at_work(project, asked="nav.waiting") as hands:
        first = hands.screen.current
        assert first is not None
        for said, mark in (("worth quoting", "yes"), ("never to be quoted", "no")):
            await hands.press("Q")
            assert quoting.marks(project) == {first.coding_id: mark}
            assert hands.rows()[2].endswith(said)
        await hands.press("Q")
        assert quoting.marks(project) == {}
        await hands.press("a", "Q", "u")
        assert quoting.marks(project) == {}
