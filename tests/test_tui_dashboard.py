"""The dashboard: the figures are those of the analysis, drawn to scale, and each leads to its passages."""

import csv
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input, Static

from ipscoding.analysis.chart import Bar, Chart, Facet, Figure, Order
from ipscoding.analysis.of_project import frequencies_of
from ipscoding.domain import Valence
from ipscoding.exchange.pictures.of_project import KINDS, picture_of
from ipscoding.exchange.pictures.of_project import Wish as Wish_
from ipscoding.exchange.terminal_chart import Part, balance_text, line, measures
from ipscoding.project import Project, codings, create, documents, open_project, settings
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.counting import EACH, Wish, count
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.screens.dashboard import DashboardScreen
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.screens.picture import PictureScreen
from ipscoding.tui.screens.retrieval import RetrievalScreen
from ipscoding.tui.widgets.file_dialog import FileDialog
from tests.tui_example import make, passage, plain_terminal, said, until
from tests.tui_hands import once_read

__all__ = ["plain_terminal"]
Compare = Callable[..., bool]
B, F, BOTH, NONE = Valence.BARRIER, Valence.FACILITATOR, Valence.BOTH, Valence.NONE


def plain(parts: list[Part]) -> str:
    return "".join(text for text, _look in parts)


CODED = (
    ("p01", "hun sa at de hadde en som satt rett over gangen", "org.colocation", F),
    ("p01", "Så vi gikk bare inn der", "org.colocation", F),
    ("p01", "Jeg slapp å vente.", "nav.waiting", BOTH),
    ("p01", "Men så måtte jo NAV godkjenne", "nav.waiting", B),
    ("p01", "og så fikk vi se an formen", "gen.suggestion", NONE),
    ("n01", "Vi ventar på vedtak.", "nav.waiting", B),
)


def code(project: Project, what: tuple[tuple[str, str, str, Valence], ...] = CODED) -> None:
    for name, words, code_id, valence in what:
        place = documents.find(project, name).id
        codings.add(project, place, passage(documents.transcript(project, place), words), code_id, valence)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Kari has coded both interviews."""
    with make(tmp_path) as made:
        code(made)
        yield made


@pytest.fixture
def shared(project: Project) -> Project:
    """Ola has coded one of them too."""
    with open_project(project.path, coder="Ola") as other:
        code(other, (("p01", "Jeg slapp å vente.", "nav.waiting", F), *CODED[:1]))
    return project


class Reader:
    """Somebody in front of the dashboard."""

    def __init__(self, app: IpscodingApp, pilot: Pilot[None], screen: DashboardScreen) -> None:
        self.app = app
        self.pilot = pilot
        self.screen = screen

    async def settle(self) -> None:
        """Wait until what was asked for is counted and drawn."""
        for _ in range(200):
            await self.pilot.pause(0.01)
            answer = self.screen.answer
            if answer is not None and answer.wish == self.screen.wish and not self.screen._counting:
                return
        raise AssertionError("never counted")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    def text(self, selector: str) -> str:
        return said(self.screen, selector)

    def rows(self) -> list[str]:
        options = self.screen.query_one("#bars").options  # type: ignore[attr-defined]
        return [option.prompt.plain.rstrip() for option in options]

    def row(self, name: str) -> str:
        (found,) = [row for row in self.rows() if row.strip().startswith(name)]
        return found


@asynccontextmanager
async def reading(project: Project, size: tuple[int, int] = (120, 34)) -> AsyncIterator[Reader]:
    app = IpscodingApp(project, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("T")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, DashboardScreen)
        reader = Reader(app, pilot, screen)
        await reader.settle()
        yield reader


# The drawing

numbers = st.integers(0, 40)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    left, right, without, of = draw(numbers), draw(numbers), draw(numbers), draw(st.integers(0, 30))
    people = st.integers(0, of)
    return Figure(left + right + without, of, of, left, right, draw(people), draw(people))


@given(
    st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=60), figures(),
                       figures()), min_size=1, max_size=5),
    st.integers(76, 220), st.sampled_from(("segments", "informants")), st.booleans(),
)  # fmt: skip
def test_every_row_is_as_wide_as_the_others_and_fits(
    rows: list[tuple[str, Figure, Figure]], width: int, unit: str, two: bool
) -> None:
    facets = [Facet(None, "A"), Facet(None, "B")][: 1 + two]
    bars = [
        Bar(str(number), label, "d", dict(zip(facets, both, strict=False)))
        for number, (label, *both) in enumerate(rows)
    ]
    chart = Chart(bars, facets)
    room = measures(width, chart, unit, facets)
    shown = facets[: room.fits]
    drawn = [plain(line(bar, shown, room, unit, chart.longest(unit, facets))) for bar in bars]
    assert len({cell_len(row) for row in drawn}) == 1
    assert cell_len(drawn[0]) <= width


@given(figures(), figures(), st.sampled_from(("segments", "informants")))
def test_a_bar_is_longer_where_there_is_more_and_never_there_for_nothing(one: Figure, other: Figure, unit: str) -> None:
    facet = Facet()
    bars = [Bar("1", "x", "d", {facet: one}), Bar("2", "y", "d", {facet: other})]
    chart = Chart(bars, [facet])
    room = measures(100, chart, unit, [facet])
    lengths = []
    for bar in bars:
        left, right = plain(line(bar, [facet], room, unit, chart.longest(unit, [facet]))).split("│")
        lengths.append((2 * left.count("█") + left.count("▐"), 2 * right.count("█") + right.count("▌")))
    for (left, right), figure in zip(lengths, (one, other), strict=True):
        barriers, facilitators = figure.sides(unit)
        assert bool(left) == bool(barriers)
        assert bool(right) == bool(facilitators)
        assert (left > right) <= (barriers > facilitators)
    if unit == "segments" and one.barrier < other.barrier:
        assert lengths[0][0] <= lengths[1][0]


def test_a_balance_is_written_with_its_sign_and_undefined_is_not_nought() -> None:
    assert [balance_text(value) for value in (None, 0.0, 1.0, -0.333)] == ["–", "+0.00", "+1.00", "−0.33"]


def test_sorting_by_balance_leaves_what_has_none_to_the_end() -> None:
    facet = Facet()
    bars = [
        Bar(id, id, "d", {facet: Figure(segments=n, balance=balance)})
        for id, n, balance in (("a", 0, None), ("b", 1, 1.0), ("c", 5, -1.0), ("d", 3, 0.0))
    ]
    chart = Chart(bars, [facet])
    assert [bar.id for bar in chart.sorted(Order.BALANCE, "segments", facet)] == ["c", "d", "b", "a"]
    assert [bar.id for bar in chart.sorted(Order.TOTAL, "segments", facet)] == ["c", "d", "b", "a"]
    assert [bar.id for bar in chart.sorted(Order.CODEBOOK, "segments", facet)] == ["a", "b", "c", "d"]


# Counting


@pytest.mark.parametrize("by", ["code", "domain"])
@pytest.mark.parametrize("coder", ["Kari", "Ola", EACH])
def test_every_figure_is_the_one_of_the_analysis(shared: Project, by: str, coder: str) -> None:
    answer = count(shared, Wish(by, roles=True, coder=coder))
    names = ["Kari", "Ola"] if coder == EACH else [coder]
    seen = 0
    for dimensions in ((by,), (by, "role")):
        for row in frequencies_of(shared, by=dimensions, coders=names, sides=True).rows:
            role = row.get("role")
            facet = Facet(None if role is None else str(role), str(row.get("coder") or ""))
            figure = next(bar for bar in answer.chart.bars if bar.id == row[by]).figures[facet]
            assert (figure.segments, figure.informants, figure.of) == (
                row["segments"], row["informants"], row["informants_of"],
            )  # fmt: skip
            assert (figure.sides("segments"), figure.balance) == ((row["barrier"], row["facilitator"]), row["balance"])
            assert figure.sides("informants") == (row["barrier_informants"], row["facilitator_informants"])
            seen += figure.segments
    assert seen


def test_the_consensus_layer_is_counted_where_there_is_one(shared: Project) -> None:
    with open_project(shared.path, coder="consensus") as agreed:
        code(agreed, CODED[:1])
    answer = count(shared, Wish())
    assert answer.counted == ["consensus"]
    assert sum(bar.figure(answer.chart.facets[0]).segments for bar in answer.chart.bars) == 1
    assert "consensus layer" in answer.table.notes[0]


def test_coders_are_never_added_up_in_silence(shared: Project) -> None:
    answer = count(shared, Wish())
    assert [facet.coder for facet in answer.chart.facets] == ["Kari", "Ola"]
    waiting = next(bar for bar in answer.chart.bars if bar.id == "nav.waiting")
    assert [waiting.figure(facet).segments for facet in answer.chart.facets] == [3, 1]


def test_under_blind_coding_only_ones_own_codings_count_until_all_is_done(shared: Project) -> None:
    settings.set(shared, "blind", True)
    assert count(shared, Wish(coder="Ola")).counted == ["Kari"]
    for coder, counted in (("Kari", ["Kari"]), ("Ola", ["Ola"])):
        with open_project(shared.path, coder=coder) as theirs:
            for document in documents.all(theirs):
                documents.set_status(theirs, document.id, "done")
        assert count(shared, Wish(coder="Ola")).counted == counted


# The screen


async def test_barriers_stand_left_and_facilitators_right_with_their_numbers(project: Project) -> None:
    async with reading(project) as reader:
        left, right = reader.row("Waiting and decisions").split("│")
        assert "3▼" in left
        assert "█" in left
        assert right.split() == ["█" * right.count("█") + "▌" * right.count("▌"), "▲1", "3", "2/2", "−0.50"]
        assert reader.row("Suggestion for change").split("│")[1].split() == ["0", "1", "1/2", "–"]
        assert [row.strip() for row in reader.rows() if "│" not in row] == [
            "Organisation", "Welfare system", "The employment specialist", "Cross-cutting",
        ]  # fmt: skip
        assert "Codings by Kari." in reader.text("#notes")
        assert "2 informants" in reader.text("#notes")


async def test_informants_are_counted_with_those_interviewed_beside(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("i")
        left, right = reader.row("Waiting and decisions").split("│")
        assert "2/2▼" in left
        assert "▲1/2" in right
        assert "whole bar is all" in reader.text("#notes")


async def test_domains_take_the_place_of_codes_and_back(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("d")
        assert [row.split("  ")[0] for row in reader.rows()] == [
            "Organisation", "Welfare system", "The employment specialist", "Cross-cutting",
        ]  # fmt: skip
        await reader.press("d")
        assert reader.row("Co-location")


async def test_roles_stand_side_by_side_and_go_past_where_there_is_no_room(shared: Project) -> None:
    async with reading(shared, size=(80, 24)) as reader:
        await reader.press("c", "1", "r")
        assert "Jobseekers n=1" in reader.text("#heading")
        assert "NAV counsellors n=1" in reader.text("#heading")
        assert reader.row("Waiting and decisions").count("│") == 2
        await reader.press("c", "3")
        assert "column 1–2 of 4" in reader.text("#status")
        for _ in range(9):
            await reader.press("right")
        assert "column 3–4 of 4" in reader.text("#status")
        await reader.press("left")
        assert "column 2–3 of 4" in reader.text("#status")
        await reader.press("r")
        assert "All roles n=2 · Kari" in reader.text("#heading")


async def test_rows_are_sorted_and_empty_ones_hidden(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("s")
        assert reader.rows()[0].startswith("Waiting")
        assert "most first" in reader.text("#status")
        await reader.press("s")
        assert [row.split("  ")[0] for row in reader.rows()[:2]] == ["Waiting and decisions", "Co-location"]
        assert len(reader.rows()) == 4
        await reader.press("z")
        assert len(reader.rows()) == 3
        assert "1 without codings hidden" in reader.text("#status")


async def test_enter_opens_the_passages_behind_the_row_and_one_leads_on_to_its_interview(shared: Project) -> None:
    async with reading(shared) as reader:
        await reader.press("c", "1", "s")
        await reader.pilot.press("enter")
        await reader.pilot.pause()
        passages = reader.app.screen
        assert isinstance(passages, RetrievalScreen)
        assert [(row.code, row.coder) for row in passages.seen] == [("nav.waiting", "Kari")] * 3
        await reader.pilot.press("escape")
        await reader.pilot.pause()
        assert isinstance(reader.app.screen, DashboardScreen)
        await reader.pilot.press("enter")
        await reader.pilot.pause()
        await reader.pilot.press("enter")
        await reader.pilot.pause()
        screen = reader.app.screen
        assert isinstance(screen, CodingScreen)
        assert "Ventetid" in screen.desk.codebook.by_id["nav.waiting"].label["nb"]
        assert any(coding.code == "nav.waiting" for coding in screen.here())


async def test_a_click_on_a_row_opens_its_passages(project: Project) -> None:
    async with reading(project) as reader:
        at = next(number for number, row in enumerate(reader.rows()) if row.strip().startswith("Co-location"))
        await reader.pilot.click("#bars", offset=(6, at))
        await reader.pilot.pause()
        assert isinstance(reader.app.screen, RetrievalScreen)
        assert {row.code for row in reader.app.screen.seen} == {"org.colocation"}


async def test_pictures_are_looked_at_and_saved(project: Project) -> None:
    async with reading(project) as reader:
        await reader.pilot.press("v")
        await until(reader.pilot, lambda: getattr(reader.app.screen, "picture", None) is not None)
        screen = reader.app.screen
        assert isinstance(screen, PictureScreen)
        seen = []
        for _ in KINDS:
            await until(reader.pilot, lambda: screen.picture is not None and screen.picture.wish == screen.wish)
            assert screen.picture is not None
            seen.append(screen.wish.kind)
            if screen.wish.kind == "contrast":
                assert "Co-location" in said(screen, "#picture")
                await reader.pilot.press("ctrl+s")
                await reader.pilot.pause()
                await reader.pilot.press("enter")
                await until(reader.pilot, (project.path.parent / "contrast.svg").exists)
                await until(reader.pilot, lambda: reader.app.screen is screen)
            await reader.pilot.press("right")
        assert sorted(seen) == sorted(KINDS)
        expected = picture_of(project, Wish_("contrast", filters={"coders": ["Kari"]})).file("svg")
        assert (project.path.parent / "contrast.svg").read_bytes() == expected


async def test_the_table_is_saved_as_it_is_shown(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("s", "z")
        await reader.pilot.press("ctrl+s")
        await reader.pilot.pause()
        assert isinstance(reader.app.screen, FileDialog)
        reader.app.screen.query_one(Input).value = "figures.csv"
        await reader.pilot.press("enter")
        path = project.path.parent / "figures.csv"
        for _ in range(100):
            await reader.pilot.pause(0.02)
            if path.exists():
                break
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        assert [row["code"] for row in rows] == ["nav.waiting", "org.colocation", "gen.suggestion"]
        assert [rows[0][name] for name in ("segments", "informants", "informants_of", "barrier", "facilitator")] == [
            "3", "2", "2", "3", "1",
        ]  # fmt: skip


async def test_what_others_code_is_counted_within_a_second_and_the_row_is_kept(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("down", "down")
        kept = reader.screen.query_one("#bars").highlighted  # type: ignore[attr-defined]
        with open_project(project.path, coder="Kari") as other:
            code(other, (("p01", "Han på lageret var grei.", "org.colocation", B),))
        await reader.pilot.pause(1.2)
        await reader.settle()
        assert "1▼" in reader.row("Co-location").split("│")[0]
        assert reader.screen.query_one("#bars").highlighted == kept  # type: ignore[attr-defined]


async def test_it_says_what_to_do_where_there_is_nothing_to_count(tmp_path: Path) -> None:
    with create(tmp_path / "new.ipscoding", name="New", coder="Kari") as empty:
        async with reading(empty) as reader:
            assert "ipscoding import" in reader.text("#nothing")
            assert not reader.screen.query_one("#bars").display
            await reader.pilot.press("ctrl+s", "s", "i", "right", "c", "enter")
            await reader.settle()
    with make(tmp_path) as uncoded:
        async with reading(uncoded) as reader:
            assert "Nothing is coded yet" in reader.text("#nothing")
            await reader.pilot.press("escape")
            await reader.pilot.pause()
            assert isinstance(reader.app.screen, CodingScreen)


async def test_the_note_can_be_read_whole_and_help_lists_the_keys(shared: Project) -> None:
    async with reading(shared, size=(80, 24)) as reader:
        how = reader.screen.query_one("#how")
        assert how.display
        before = how.size.height
        await reader.press("n")
        await reader.pilot.pause()
        assert how.size.height > before
        assert how.max_scroll_y == 0
        await reader.pilot.press("f1")
        await reader.pilot.pause()
        assert isinstance(reader.app.screen, HelpScreen)
        shown = reader.app.screen.query_one(Static).content
        assert "Roles together or side by side" in str(shown)


def test_dashboard(shared: Project, snap_compare: Compare) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        await pilot.press("T")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, DashboardScreen)
        assert isinstance(pilot.app, IpscodingApp)
        reader = Reader(pilot.app, pilot, screen)
        await reader.settle()
        await reader.press("c", "3", "down")

    assert snap_compare(IpscodingApp(shared, make=None), terminal_size=(100, 26), run_before=once_read(then=open_it))


def test_a_picture(shared: Project, snap_compare: Compare) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        await pilot.press("T")
        await until(pilot, lambda: getattr(pilot.app.screen, "answer", None) is not None)
        await pilot.press("v")
        await until(pilot, lambda: getattr(pilot.app.screen, "picture", None) is not None)
        await pilot.press("right", "right")
        screen = pilot.app.screen
        assert isinstance(screen, PictureScreen)
        await until(pilot, lambda: screen.picture is not None and screen.picture.wish.kind == "contrast")

    assert snap_compare(IpscodingApp(shared, make=None), terminal_size=(100, 26), run_before=once_read(then=open_it))
