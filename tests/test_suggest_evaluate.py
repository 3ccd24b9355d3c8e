"""The figures of an evaluation, worked out by hand."""

import pytest

from ipscoding.domain import Span
from ipscoding.suggest.evaluate import Coded, Judged, Row, evaluate
from tests.suggest_example import transcript

#               0         1         2         3
#               0123456789012345678901234567890123456789
SAID = transcript(("B", "Aaa aaa aaa. Bbb bbb. Ccc."), ("I", "Aaa?"))
A, B, C = Span(3, 15), Span(16, 24), Span(25, 29)
BOTH = Span(3, 24)


def rank(text: str, norm: str | None) -> list[tuple[str, float]]:
    order = {"A": "pqrstu", "B": "uqprst", "C": "stuqrp"}[text[0]]
    return [(code, 1.0) for code in order]


def row(rows: list[Row], unit: str, by: str = "all", value: str = "") -> Row:
    [found] = [r for r in rows if (r.unit, r.by, r.value) == (unit, by, value)]
    return found


CODED = Coded(
    "b01",
    "nb",
    "clinician",
    SAID,
    (
        Judged(A, "p", "A"),  # first for "Aaa": right at once
        Judged(BOTH, "q", "A"),  # read as one text that begins with "Aaa": second
        Judged(B, "r", "B"),  # fourth for "Bbb", but A gave q to all of it: second
        Judged(C, "p", "B"),  # sixth for "Ccc": never
        Judged(Span(3, 6), "u", "B"),  # a short piece of A, coded by one: p and q hold there too
    ),
)


def test_the_sentences_are_where_the_example_says() -> None:
    assert SAID.sentences[:3] == (A, B, C)


def test_passages_are_right_if_any_coder_gave_the_code_to_half_of_them() -> None:
    rows = evaluate(rank, [CODED])
    every = row(rows, "passage")
    assert every.n == 5
    assert every.hit_at == {1: pytest.approx(3 / 5), 3: pytest.approx(4 / 5), 5: pytest.approx(4 / 5)}


def test_sentences_count_once_with_the_codes_of_all_coders() -> None:
    every = row(evaluate(rank, [CODED]), "sentence")
    assert every.n == 3
    # Aaa: p or q, first. Bbb: q or r, second. Ccc: p, sixth.
    assert every.hit_at == {1: pytest.approx(1 / 3), 3: pytest.approx(2 / 3), 5: pytest.approx(2 / 3)}


def test_a_line_of_a_code_counts_that_code_alone() -> None:
    rows = evaluate(rank, [CODED])
    only = row(rows, "sentence", "code", "r")
    assert (only.n, only.hit_at) == (1, {1: 0.0, 3: 0.0, 5: 1.0})
    q = row(rows, "sentence", "code", "q")
    assert (q.n, q.hit_at) == (2, {1: 0.0, 3: 1.0, 5: 1.0})


def test_a_code_on_less_than_half_does_not_count() -> None:
    coded = Coded("b01", "nb", "clinician", SAID, (Judged(Span(3, 8), "q", "A"), Judged(A, "s", "B")))
    sentence = row(evaluate(rank, [coded]), "sentence")
    assert (sentence.n, sentence.hit_at[3]) == (1, 0.0)


def test_roles_and_languages_have_lines_of_their_own_that_add_up() -> None:
    other = Coded("n01", "nn", "nav-counsellor", SAID, (Judged(C, "s", "A"),))
    rows = evaluate(rank, [CODED, other])
    assert row(rows, "passage", "role", "nav-counsellor").hit_at[1] == 1.0
    assert row(rows, "passage", "language", "nb").n + row(rows, "passage", "language", "nn").n == row(rows, "passage").n


def test_nothing_coded_gives_no_share_and_no_error() -> None:
    rows = evaluate(rank, [Coded("b01", "nb", "", SAID, ())])
    assert [(r.unit, r.n, r.hit_at[1]) for r in rows] == [("passage", 0, 0.0), ("sentence", 0, 0.0)]


def test_the_norm_of_the_interview_reaches_the_ranking() -> None:
    heard: list[str | None] = []

    def listening(text: str, norm: str | None) -> list[tuple[str, float]]:
        heard.append(norm)
        return rank(text, norm)

    evaluate(listening, [Coded("n01", "nn", "", SAID, (Judged(A, "p", "A"),))])
    assert set(heard) == {"nn"}
