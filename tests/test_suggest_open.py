"""What stays open: a suggestion that was decided on is settled, wherever later learning begins and ends it."""

import pytest

from ipscoding.domain import Coding, Span, Valence
from ipscoding.project.decisions import Decision
from ipscoding.suggest import Suggestion
from ipscoding.suggest.of_project import still_open


def suggestion(start: int, end: int, code: str = "org.colocation") -> Suggestion:
    return Suggestion(Span(start, end), 0, code, Valence.FACILITATOR, 0.6, "strong")


@pytest.mark.parametrize("decision", ["rejected", "accepted", "changed"])
@pytest.mark.parametrize("span", [(40, 80), (40, 120), (0, 80), (60, 70), (79, 200)])
def test_what_was_decided_stays_decided_when_the_passage_shifts(decision: str, span: tuple[int, int]) -> None:
    decided = [Decision(Span(40, 80), "org.colocation", decision, "Kari")]
    assert still_open([suggestion(*span)], [], decided, "Kari") == []


def test_another_passage_another_code_and_another_coder_stay_open() -> None:
    decided = [Decision(Span(40, 80), "org.colocation", "rejected", "Kari")]
    beside, other = suggestion(80, 120), suggestion(40, 80, "per.family")
    assert still_open([beside, other], [], decided, "Kari") == [other, beside]
    here = suggestion(40, 80)
    assert still_open([here], [], decided, "Ola") == [here]


def test_what_is_coded_so_already_is_not_open() -> None:
    made = Coding("1", "d", Span(40, 80), "org.colocation", "Kari", Valence.BARRIER)
    assert still_open([suggestion(60, 120)], [made], [], "Kari") == []
    assert still_open([suggestion(60, 120)], [made], [], "Ola") == [suggestion(60, 120)]
