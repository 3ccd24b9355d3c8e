"""The query language on the screens: what it finds, and what is wrong shown under the line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from ipscoding.domain import Valence
from ipscoding.project import Project
from ipscoding.tui.counting import Wish, count
from ipscoding.tui.widgets.query_dialog import QueryDialog
from tests.test_tui_retrieval import PLACES, at_work, code
from tests.tui_example import make, plain_terminal

__all__ = ["plain_terminal"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path) as made:
        for place in PLACES:
            code(made, *place)
        yield made


async def test_passages_are_asked_for_and_a_slip_is_pointed_at_under_the_line(project: Project) -> None:
    async with at_work(project) as hands:
        await hands.press("equals_sign")
        dialog = hands.app.screen
        assert isinstance(dialog, QueryDialog)
        line = dialog.query_one(Input)
        line.value = "valence:barier"
        await hands.press("enter")
        told = str(dialog.query_one("#found", Static).content)
        assert "valence:barier\n        ^^^^^^" in told
        assert "barrier" in told
        line.value = "valence:barrier ventar"
        await hands.press("enter")
        assert [row.document for row in hands.screen.seen] == ["n01"]
        await hands.press("l")
        assert len(hands.screen.seen) == len(PLACES)


def test_the_dashboard_counts_what_is_asked_for(project: Project) -> None:
    answer = count(project, Wish(where="valence:barrier"))
    rows = {row["code"]: row["segments"] for row in answer.table.rows}
    assert rows["nav.waiting"] == sum(valence is Valence.BARRIER for *_place, valence in PLACES)
    assert rows["org.colocation"] == 0
