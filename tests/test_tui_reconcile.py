"""Deciding a merge of codebooks on the screen: what both sides say, each decision, what comes of it, what is kept."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from ipscoding.codebook import alike, resolutions
from ipscoding.codebook.conflicts import Decision, Merged
from ipscoding.codebook.merge import merge
from ipscoding.codebook.write import text_of
from ipscoding.domain import Code, Codebook, Example, Valence
from ipscoding.errors import FileProblem, NotAllowed
from ipscoding.tui.reconcile_app import ReconcileApp
from ipscoding.tui.reconciling import Reconciling, State, from_text, text_to_edit, told
from ipscoding.tui.screens.reconcile import ReconcileScreen
from ipscoding.tui.word_marks import marked
from tests.cli_example import say
from tests.codebook_example import SMALL, added, edited, without
from tests.tui_example import plain_terminal, said

__all__ = ["plain_terminal"]

OURS = added(
    edited(
        without(SMALL, "rel.trust"),
        "org.lead",
        definition={"nb": "Om sjefer og ansvar."},
        label={"nb": "Leiing", "en": "Leadership"},
    ),
    Code("org.meet", {"nb": "Møter", "en": "Meetings"}, parent="org", definition={"nb": "Faste møter i teamet."}),
)
THEIRS = added(
    edited(
        edited(SMALL, "org.lead", definition={"nb": "Om styring og ansvar."}, exclude_when={"nb": "Ikke NAV."}),
        "rel.trust",
        definition={"nb": "Å stole på hverandre."},
    ),
    Code("rel.meeting", {"nb": "Møte", "en": "Meeting"}, parent="rel", definition={"nb": "Faste møter i teamet."}),
)


def merging(base: Codebook | None = SMALL, **decided: Any) -> Reconciling:
    return Reconciling(base, OURS, THEIRS, proposals=alike.proposals(base, OURS, THEIRS), **decided)


class Walk:
    """Hands on the screen, and what was written with it."""

    def __init__(self, app: ReconcileApp, pilot: Pilot[None], folder: Path) -> None:
        self.app, self.pilot, self.folder = app, pilot, folder

    @property
    def screen(self) -> ReconcileScreen:
        return self.app.walk

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def text(self, selector: str) -> str:
        return said(self.screen, selector)

    def here(self) -> tuple[str, str]:
        item = self.screen.current
        assert item is not None
        return item.about.code, getattr(item.about, "field", "")

    def notices(self) -> str:
        return "\n".join(f"{notice.title}: {notice.message}" for notice in self.app._notifications)


def program(work: Reconciling, folder: Path, write: Callable[[], None] | None = None) -> ReconcileApp:
    def finish() -> None:
        (folder / "ut.yaml").write_text(text_of(work.merged.codebook), "utf-8")
        keep()

    def keep() -> Path:
        file = folder / "decisions.yaml"
        file.write_text(resolutions.template(work.merged, work.open_proposals(), work.decisions), "utf-8")
        return file

    return ReconcileApp(work, folder / "ut.yaml", write or finish, keep)


@asynccontextmanager
async def walking(
    folder: Path, work: Reconciling | None = None, *, size: tuple[int, int] = (120, 36), write: Any = None
) -> AsyncIterator[Walk]:
    app = program(work or merging(), folder, write)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Walk(app, pilot, folder)


async def test_both_sides_and_the_base_stand_beside_each_other_with_what_differs_marked(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        assert walk.here() == ("org.lead", "definition.nb")
        assert walk.text("#one") == "Om sjefer og ansvar."
        assert walk.text("#two") == "Om styring og ansvar."
        assert walk.text("#three") == "Om ledere."
        assert "both sides changed it" in walk.text("#about")
        assert "2 of 2 conflicts to decide" in walk.text("#status")
        assert "1 pair that may be one" in walk.text("#status")
        assert "1 thing to check" in walk.text("#status")


async def test_a_decision_is_seen_in_what_the_code_becomes_and_can_be_taken_back(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        assert "Om ledere." in walk.text("#result")
        await walk.press("t")
        assert walk.screen.work.decisions == {("org.lead", "definition.nb"): Decision("theirs")}
        assert walk.here() == ("rel.trust", "")
        assert "1 of 2" in walk.text("#status")
        await walk.press("u")
        assert walk.here() == ("org.lead", "definition.nb")
        assert walk.screen.work.decisions == {}
        await walk.press("o", "up")
        assert "Om sjefer og ansvar." in walk.text("#result")
        await walk.press("b")
        assert "Om ledere." in walk.text("#result") or walk.here() == ("rel.trust", "")
        assert walk.screen.work.merged.codebook.by_id["org.lead"].definition["nb"] == "Om ledere."


async def test_a_text_of_ones_own_begins_with_ours_and_is_taken(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        await walk.press("e")
        area = walk.app.screen.query_one(TextArea)
        assert area.text == "Om sjefer og ansvar."
        area.text = "Om ledelse og ansvar."
        await walk.press("ctrl+s")
        assert walk.screen.work.merged.codebook.by_id["org.lead"].definition["nb"] == "Om ledelse og ansvar."


async def test_nothing_is_written_before_all_is_decided_and_then_it_can_be_repeated(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        await walk.press("w")
        assert "2 conflicts are still to decide" in walk.notices()
        assert list(tmp_path.iterdir()) == []
        await walk.press("t", "o")
        assert "all decided: w writes ut.yaml" in walk.text("#status")
        await walk.press("w")
        assert walk.screen.written
    again = merge(SMALL, OURS, THEIRS, resolutions.read(tmp_path / "decisions.yaml"))
    assert again.conflicts == ()
    assert text_of(again.codebook) == (tmp_path / "ut.yaml").read_text("utf-8")
    assert "rel.trust" not in again.codebook.by_id


async def test_two_codes_become_one_or_stay_two(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        await walk.press("o", "t")
        assert walk.here()[0] == "rel.meeting"
        assert "may be one code" in walk.text("#about")
        await walk.press("space")
        assert "pair" not in walk.text("#status")
        await walk.press("u", "m")
        assert walk.screen.work.merged.codebook.by_id["rel.meeting"].merged_into == "org.meet"
        await walk.press("o")
        assert "Here you can choose" in walk.notices()


async def test_a_decision_that_cannot_stand_says_why_and_stays_open(tmp_path: Path) -> None:
    base = SMALL
    ours = edited(base, "org.near", parent="rel.trust")
    theirs = edited(base, "rel.trust", parent="org.near")
    work = Reconciling(base, ours, theirs)
    keys = [conflict.key for conflict in work.merged.conflicts]
    assert keys
    async with walking(tmp_path, work) as walk:
        for item in work.items():
            if item.about.code == "org.near":
                walk.screen.show(item.id)
        await walk.press("o")
        walk.screen.show(next(i.id for i in walk.screen.work.items() if i.about.code == "rel.trust"))
        await walk.press("t")
        assert "That cannot stand" in walk.notices()
        assert any(item.state is State.REFUSED for item in walk.screen.work.items())


async def test_decisions_made_before_stand_in_the_list_and_can_be_kept_for_later(tmp_path: Path) -> None:
    work = merging(decisions={("org.lead", "definition.nb"): Decision("theirs")})
    async with walking(tmp_path, work) as walk:
        assert walk.here() == ("rel.trust", "")
        await walk.press("escape")
        assert walk.app.return_code == 0
    async with walking(tmp_path, merging()) as walk:
        await walk.press("t", "escape")
        assert "not written yet" in str(walk.app.screen.query_one("OptionList").border_title)
        await walk.press("1")
        assert walk.screen.kept == tmp_path / "decisions.yaml"
    assert resolutions.read(tmp_path / "decisions.yaml") == {("org.lead", "definition.nb"): Decision("theirs")}
    assert not (tmp_path / "ut.yaml").exists()


async def test_a_file_that_cannot_be_written_loses_no_decision(tmp_path: Path) -> None:
    def refused() -> None:
        raise FileProblem("ut.yaml: cannot be written", "Choose another folder")

    async with walking(tmp_path, write=refused) as walk:
        await walk.press("t", "o", "w")
        assert "cannot be written" in walk.notices()
        assert walk.screen.is_current
        assert len(walk.screen.work.decisions) == 2


async def test_without_a_base_there_is_none_to_choose_and_nothing_to_decide_is_said(tmp_path: Path) -> None:
    async with walking(tmp_path, merging(None)) as walk:
        assert not walk.screen.query_one("#three").display
        await walk.press("b")
        assert "Here you can choose" in walk.notices()
    async with walking(tmp_path, Reconciling(SMALL, SMALL, SMALL)) as walk:
        assert "Nothing is to decide" in walk.text("#nothing")


async def test_on_a_narrow_terminal_the_sides_stand_under_each_other(tmp_path: Path) -> None:
    async with walking(tmp_path, size=(80, 24)) as walk:
        one, two = (walk.screen.query_one(name).region for name in ("#one", "#two"))
        assert one.x == two.x
        assert one.y < two.y
    async with walking(tmp_path, size=(110, 32)) as walk:
        one, two = (walk.screen.query_one(name).region for name in ("#one", "#two"))
        assert one.y == two.y
        assert one.x < two.x


async def test_help_and_the_palette_know_the_keys(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        names = [command.title for command in walk.app.get_system_commands(walk.app.screen)]
        assert "Decide: Take ours" in names
        await walk.press("f1")
        assert walk.app.screen is not walk.screen
        await walk.press("escape")
        assert walk.app.screen is walk.screen


def test_only_words_that_differ_are_marked() -> None:
    content = marked("Om sjefer og ansvar.", "Om ledere.")
    assert [content.plain[span.start : span.end] for span in content.spans] == ["sjefer og ansvar"]
    assert marked("likt", "likt").spans == []
    content = marked("a: en\n  b: to\nc: tre", "a: en\nc: tre")
    assert content.plain == "a: en\n  b: to\nc: tre"
    assert [content.plain[span.start : span.end] for span in content.spans] == ["b: to"]


EXAMPLES = (Example(Valence.BARRIER, "nb", "Nei: ikke her."), Example(Valence.NONE, "nn", "Ja."))


def test_lists_are_edited_by_lines_and_come_back_as_they_were() -> None:
    value = [{"valence": str(e.valence), "language": e.language, "text": e.text} for e in EXAMPLES]
    assert from_text("examples", told("examples", value)) == value
    assert from_text("roles", told("roles", ["patient", "clinician"])) == ["patient", "clinician"]
    with pytest.raises(NotAllowed, match="is not an example"):
        from_text("examples", "uten retning")


def test_what_is_written_as_text_stands_the_same_in_the_file(tmp_path: Path) -> None:
    ours = edited(SMALL, "org.near", roles=("patient",), examples=(EXAMPLES[0],), definition={"nb": "En."})
    theirs = edited(SMALL, "org.near", roles=(), examples=(EXAMPLES[1],), definition={"nb": "To."})
    work = Reconciling(SMALL, ours, theirs)
    for item in work.items():
        if "text" in work.choices(item):
            about: Any = item.about
            text = text_to_edit(about, None)
            assert text is not None
            work.decide(item, Decision("text", from_text(about.field, text)))
    assert work.decisions
    file = tmp_path / "d.yaml"
    file.write_text(resolutions.template(work.merged, (), work.decisions), "utf-8")
    assert resolutions.read(file) == work.decisions
    outcome: Merged = merge(SMALL, ours, theirs, resolutions.read(file))
    assert outcome == work.merged


def test_the_screen_asks_for_a_file_and_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for name, book in (("base", SMALL), ("a", OURS), ("b", THEIRS)):
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_text(text_of(book), "utf-8")
    without_file = say(capsys, "codebook", "merge", *files, "--interactive")
    assert (without_file.code, "name it with -o" in without_file.err) == (2, True)
    without_terminal = say(capsys, "codebook", "merge", *files, "-o", tmp_path / "ut.yaml", "--interactive")
    assert (without_terminal.code, "needs a terminal" in without_terminal.err) == (2, True)
    assert not (tmp_path / "ut.yaml").exists()


def test_what_it_looks_like(tmp_path: Path, snap_compare: Callable[..., bool]) -> None:
    async def decided(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press("t", "up")
        await pilot.pause(0.2)

    assert snap_compare(program(merging(), tmp_path), terminal_size=(120, 34), run_before=decided)
