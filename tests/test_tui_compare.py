"""Two coders side by side: every difference is marked, listed, counted and can be gone to; blind coders see nothing."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from ipscoding.analysis.differences import Comparison, Kind
from ipscoding.domain import Coding, Span, Valence
from ipscoding.project import Project, codings, create, documents, open_project, settings
from ipscoding.tui.app import IpscodingApp
from ipscoding.tui.comparing import Compared, halves
from ipscoding.tui.screens.coding import CodingScreen
from ipscoding.tui.screens.compare import CompareScreen
from ipscoding.tui.screens.help import HelpScreen
from ipscoding.tui.widgets.compared_lines import ComparedLines
from ipscoding.tui.widgets.dialogs import Chooser
from tests.tui_example import make, passage, plain_terminal, said, until
from tests.tui_hands import once_read

__all__ = ["plain_terminal"]
SnapCompare = Callable[..., bool]
B, F, BOTH = Valence.BARRIER, Valence.FACILITATOR, Valence.BOTH

KARI = (
    ("hun sa at de hadde en som satt rett over gangen", "org.colocation", F),
    ("Jeg slapp å vente.", "nav.waiting", F),
    ("Men så måtte jo NAV godkjenne, og det tok tre måneder", "nav.waiting", B),
    ("Jobbspesialisten ringte likevel hver uke.", "spec.persistence", F),
)
OLA = (
    ("de hadde en som satt rett over gangen. Så vi gikk bare inn der", "org.colocation", F),
    ("Jeg slapp å vente.", "nav.waiting", B),
    ("Han på lageret var grei.", "org.colocation", F),
    ("Jobbspesialisten ringte likevel hver uke.", "gen.suggestion", Valence.NONE),
)


def code(project: Project, what: tuple[tuple[str, str, Valence], ...], name: str = "p01") -> None:
    place = documents.find(project, name).id
    for words, code_id, valence in what:
        codings.add(project, place, passage(documents.transcript(project, place), words), code_id, valence)


def code_as(project: Project, coder: str, what: tuple[tuple[str, str, Valence], ...], name: str = "p01") -> None:
    with open_project(project.path, coder=coder) as other:
        code(other, what, name)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Kari and Ola have coded the same interview: one agreement, one other direction, two and two alone."""
    with make(tmp_path) as made:
        code(made, KARI)
        code_as(made, "Ola", OLA)
        yield made


class Reader:
    """Somebody in front of the comparison."""

    def __init__(self, app: IpscodingApp, pilot: Pilot[None], screen: CompareScreen) -> None:
        self.app = app
        self.pilot = pilot
        self.screen = screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def text(self, selector: str) -> str:
        return said(self.screen, selector)

    def listed(self) -> list[str]:
        return [option.prompt.plain for option in self.screen.differences.options]  # type: ignore[union-attr]

    def drawn(self) -> list[str]:
        view = self.screen.query_one(ComparedLines)
        return [view.render_line(y).text for y in range(view.size.height)]

    @property
    def quoted(self) -> list[str]:
        one = self.screen.current
        text = self.screen.compared.transcript.text
        return [coding.span.of(text) for coding in one.codings] if one else []


@asynccontextmanager
async def reading(project: Project, size: tuple[int, int] = (120, 34)) -> AsyncIterator[Reader]:
    first = documents.all(project)
    app = IpscodingApp(project, document_id=first[-1].id if first else None, make=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("C")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, CompareScreen)
        yield Reader(app, pilot, app.screen)


def coding(id: str, span: Span, coder: str = "A") -> Coding:
    return Coding(id, "d", span, "x", coder, B)


spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 12))


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=4))
def test_what_both_and_what_one_coded_make_up_all_that_was_coded(a: list[Span], b: list[Span]) -> None:
    if not a + b:
        return
    both, one = halves(
        Comparison(
            tuple(coding(f"a{n}", span) for n, span in enumerate(a)),
            tuple(coding(f"b{n}", span) for n, span in enumerate(b)),
        )
    )
    of_a = {at for span in a for at in range(span.start, span.end)}
    of_b = {at for span in b for at in range(span.start, span.end)}
    assert {at for span in both for at in range(span.start, span.end)} == of_a & of_b
    assert {at for span in one for at in range(span.start, span.end)} == of_a ^ of_b


async def test_every_kind_is_listed_by_place_with_its_sign_and_counted(project: Project) -> None:
    async with reading(project) as reader:
        assert [line.split("  ")[-1] for line in reader.listed()] == [
            "agree ▲", "other direction ▲|▼", "only Kari ▼", "only Ola ·", "only Kari ▲", "only Ola ▲",
        ]  # fmt: skip
        assert "= 1 agree · ≠ 1 other direction · ◁ 2 only Kari · ▷ 2 only Ola" in reader.text("#status")
        assert "left: ◐ Kari (4 codings, not done)" in reader.text("#coders")
        assert "right: ◐ Ola (4 codings, not done)" in reader.text("#coders")


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (170, 40)])
async def test_each_coders_stripes_stand_on_their_own_side_of_the_text(project: Project, size: tuple[int, int]) -> None:
    async with reading(project, size) as reader:
        view = reader.screen.query_one(ComparedLines)
        for sign, left, right in (("≠", True, True), ("◁", True, False), ("▷", False, True)):
            rows = [row for row in reader.drawn() if sign in row]
            for row in rows:
                text_at = view._scene.columns.names + 4 + 2
                assert (sign in row[:text_at]) == left
                assert (sign in row[-text_at:]) == right
        assert any("≠" in row for row in reader.drawn())
        assert len({cell_len(row) for row in reader.drawn()}) == 1


async def test_next_difference_passes_agreements_by_and_shows_the_place(project: Project) -> None:
    async with reading(project, (80, 24)) as reader:
        assert reader.quoted == ["Jeg slapp å vente."] * 2
        assert "Kari: ▲ facilitator “Jeg slapp å vente.”" in reader.text("#current")
        assert "Ola: ▼ barrier “Jeg slapp å vente.”" in reader.text("#current")
        await reader.press("n", "n", "n")
        assert reader.quoted == ["Jobbspesialisten ringte likevel hver uke."]
        assert "Ola: has here instead: · Suggestion for change" in reader.text("#current")
        await reader.press("n")
        assert reader.quoted == ["Han på lageret var grei."]
        assert any("lageret" in row for row in reader.drawn())
        await reader.press("n")
        assert "No difference further on." in "".join(notice.message for notice in reader.app._notifications)
        await reader.press("N", "N", "N", "N")
        assert reader.quoted == ["Jeg slapp å vente."] * 2


async def test_a_long_interview_is_scrolled_to_the_difference(tmp_path: Path) -> None:
    from ipscoding.transcripts.reading import Reading
    from tests.tui_example import transcript

    talk = transcript(times=30)
    late = talk.sentences[-3]
    with make(tmp_path) as project:
        documents.add_all(project, [Reading("z99", talk, {"role": "patient"}, "z99.txt", "2" * 64, "utf-8", [])])
        place = documents.find(project, "z99").id
        codings.add(project, place, late, "nav.waiting", B)
        with open_project(project.path, coder="Ola") as other:
            codings.add(other, place, talk.sentences[1], "nav.waiting", B)
        async with reading(project, (80, 24)) as reader:
            await reader.press("n")
            assert reader.screen.current is not None
            assert reader.screen.current.kind is Kind.ONLY_A
            assert any("◁" in row for row in reader.drawn())


async def test_enter_goes_to_the_place_in_the_interview(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("n", "enter")
        screen = reader.app.screen
        assert isinstance(screen, CodingScreen)
        selected = screen.view.selected.of(screen.desk.transcript.text)
        assert selected == "Men så måtte jo NAV godkjenne, og det tok tre måneder"


async def test_a_click_in_the_text_chooses_what_was_coded_there(project: Project) -> None:
    async with reading(project) as reader:
        rows = reader.drawn()
        y = next(number for number, row in enumerate(rows) if "lageret" in row)
        x = rows[y].index("lageret")
        await reader.pilot.click("#compared", offset=(x, y))
        await reader.pilot.pause()
        assert reader.quoted == ["Han på lageret var grei."]


async def test_only_differences_or_one_kind_can_be_shown_and_the_place_is_kept(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("n")
        kept = reader.quoted
        await reader.press("v")
        assert len(reader.listed()) == 5
        assert reader.quoted == kept
        assert "shown: differences" in reader.text("#status")
        await reader.press("v")
        assert [line.split("  ")[-1] for line in reader.listed()] == ["agree ▲"]
        await reader.press("v", "v", "v", "v")
        assert len(reader.listed()) == 6


async def test_one_code_can_be_looked_at_alone(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("k")
        assert isinstance(reader.app.screen, Chooser)
        await reader.press("2")
        assert len(reader.listed()) == 2
        assert "= 1 agree · ≠ 0 other direction · ◁ 0 only Kari · ▷ 1 only Ola" in reader.text("#status")
        assert "Co-location" in reader.text("#status")
        await reader.press("k", "1")
        assert len(reader.listed()) == 6


async def test_coders_change_sides_and_another_coder_takes_a_side(project: Project) -> None:
    code_as(project, "Per", KARI[:1])
    async with reading(project) as reader:
        await reader.press("s")
        assert "◁ 2 only Ola · ▷ 2 only Kari" in reader.text("#status")
        await reader.press("a")
        assert isinstance(reader.app.screen, Chooser)
        await reader.press("2")
        assert "left: ◐ Per (1 coding" in reader.text("#coders")
        assert "= 1 agree · ≠ 0 other direction · ◁ 0 only Per · ▷ 3 only Kari" in reader.text("#status")


async def test_what_another_coder_does_appears_within_a_second_and_the_place_is_kept(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("n")
        kept = reader.quoted
        code_as(project, "Ola", KARI[3:])
        await reader.pilot.pause(1.3)
        assert "= 2 agree" in reader.text("#status")
        assert reader.quoted == kept


async def test_a_blind_coder_sees_why_and_nothing_else_until_done(project: Project) -> None:
    settings.set(project, "blind", True)
    async with reading(project) as reader:
        assert "Blind coding" in reader.text("#nothing")
        assert not reader.screen.query_one("#both").display
        assert "Ola" not in reader.text("#coders") + reader.text("#status") + reader.text("#current")
        await reader.press("d")
        assert isinstance(reader.app.screen, Chooser)
        choices = [option.prompt.plain for option in reader.app.screen.query_one("OptionList").options]  # type: ignore[attr-defined]
        assert not any("Ola" in choice for choice in choices)
        await reader.press("escape", *"vvvvvv", "n", "s", "k", "a", "enter")
        assert not any("Ola" in notice.message for notice in reader.app._notifications)
        assert isinstance(reader.app.screen, CompareScreen)
        assert "Ola" not in reader.text("#coders")
        for coder in ("Kari", "Ola"):
            assert "Blind coding" in reader.text("#nothing")
            with open_project(project.path, coder=coder) as theirs:
                documents.set_status(theirs, documents.find(project, "p01").id, "done")
            await reader.pilot.pause(1.3)
        assert len(reader.listed()) == 6
        assert "left: ● Kari (4 codings)" in reader.text("#coders")


def test_blind_codings_are_not_even_read(project: Project) -> None:
    settings.set(project, "blind", True)
    compared = Compared()
    compared.read(project, documents.find(project, "p01").id)
    assert (compared.coders, compared.b, compared.all) == (["Kari"], "", [])


async def test_one_coder_alone_and_an_empty_project_say_what_to_do(tmp_path: Path) -> None:
    with make(tmp_path) as alone:
        async with reading(alone, (80, 24)) as reader:
            assert "Nobody has coded in p01 yet." in reader.text("#nothing")
        code(alone, KARI)
        async with reading(alone, (80, 24)) as reader:
            assert "Only Kari has coded in p01." in reader.text("#nothing")
            await reader.press("n", "v", "k", "a", "s", "enter", "escape")
            assert isinstance(reader.app.screen, CodingScreen)
    with create(tmp_path / "new.ipscoding", name="New", coder="Kari") as empty:
        async with reading(empty, (80, 24)) as reader:
            assert "ipscoding import" in reader.text("#nothing")
            await reader.press("d", "n", "a", "k", "v", "s", "enter")


async def test_another_interview_can_be_compared(project: Project) -> None:
    code_as(project, "Ola", (("Vi ventar på vedtak.", "nav.waiting", B),), "n01")
    code(project, (("Vi ventar på vedtak.", "nav.waiting", B),), "n01")
    async with reading(project) as reader:
        await reader.press("d", "1")
        assert reader.text("#coders").startswith("n01")
        assert [line.split("  ")[-1] for line in reader.listed()] == ["agree ▼"]


async def test_help_says_what_counts_as_the_same_passage(project: Project) -> None:
    async with reading(project) as reader:
        await reader.press("f1")
        assert isinstance(reader.app.screen, HelpScreen)
        shown = str(reader.app.screen.query_one(Static).content)
        assert "at least half of the shorter one" in shown
        assert "Next difference" in shown


def test_compare(project: Project, snap_compare: SnapCompare) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, CompareScreen) and app.screen.differences.option_count > 0)
        before = app.screen.query_one("#differences", OptionList).highlighted
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query_one("#differences", OptionList).highlighted != before)
        await pilot.pause(0.5)

    app = IpscodingApp(project, document_id=documents.find(project, "p01").id, make=None)
    assert snap_compare(app, terminal_size=(120, 30), run_before=once_read(then=open_it))
