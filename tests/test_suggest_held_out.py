"""No interview is scored by an engine that knows it; the floor stands beside; curves grow from nested samples."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from ipscoding.domain import Span, Transcript, Valence
from ipscoding.suggest import Coded, Judged, Rejected
from ipscoding.suggest.curves import learning_curve, some_codings, some_phrases
from ipscoding.suggest.held_out import engines, evaluate_held_out
from ipscoding.suggest.keywords import keywords
from tests.suggest_example import small_bank, small_codebook, transcript

MARKER, OTHER_MARKER = "qwxzqwxz", "zkvjzkvj"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))


def coded(name: str, *passages: tuple[str, str]) -> Coded:
    """An interview in which each of `passages` (what is said, its code) is a turn of its own."""
    said = transcript(*(("P", text) for text, _code in passages))
    spans = [turn.speech for turn in said.turns]
    made = tuple(
        Judged(span, code, "A", Valence.BARRIER) for span, (_text, code) in zip(spans, passages, strict=True) if code
    )
    return Coded(name, "nb", "patient", said, made)


def interviews(marker: str = MARKER) -> list[Coded]:
    return [
        coded("p1", (f"Det var {marker} hele veien.", "per.family"), (f"Han {marker} igjen.", "per.family")),
        coded("p2", ("Taushetsplikten hindrer oss.", "col.confidentiality"), ("Bussen går sjelden.", "sys.geography")),
        coded("p3", ("De satt på samme kontor.", "org.colocation"), ("Jeg vet ikke.", "")),
    ]


def test_each_interview_is_scored_by_an_engine_that_has_learnt_from_the_others_only() -> None:
    made = interviews()
    learnt = {one.document: engine.learnt_from for one, engine in engines(small_codebook(), small_bank(4), made)}
    assert learnt == {"p1": 3, "p2": 3, "p3": 4}


def test_a_marker_word_of_the_scored_interview_says_nothing() -> None:
    figures = [
        evaluate_held_out(small_codebook(), small_bank(4), interviews(marker)) for marker in (MARKER, OTHER_MARKER)
    ]
    # words nobody knows are all alike to an engine that has not seen them; had it learnt one, it would stand out
    scored = [
        engine.rank_at(one.transcript, one.codings[0].span)
        for marker in (MARKER, OTHER_MARKER)
        for one, engine in engines(small_codebook(), small_bank(4), interviews(marker))
        if one.document == "p1"
    ]
    assert scored[0] == scored[1]
    assert figures[0] == figures[1]


def test_had_the_marker_word_been_learnt_it_would_show() -> None:
    """What the test above rests on: a coded word does raise its code for an engine that has seen it."""
    made = [coded("p1", *[(f"Det var {MARKER} nummer {n}.", "per.family") for n in range(12)]), *interviews()[1:]]
    (held_out,) = [engine for one, engine in engines(small_codebook(), small_bank(4), made) if one.document == "p1"]
    leaking = held_out.learn(made)
    said, span = made[0].transcript, made[0].codings[0].span
    before, after = (dict(engine.rank_at(said, span)).get("per.family", 0.0) for engine in (held_out, leaking))
    assert after > 1.5 * before


def test_a_copy_of_the_scored_interview_in_another_project_is_not_learnt_from() -> None:
    made = interviews()
    elsewhere = [replace(made[0], document="kopi"), coded("x", ("Noe helt annet.", "gen.suggestion"))]
    found = list(engines(small_codebook(), small_bank(4), made, elsewhere))
    assert [engine.learnt_from for _one, engine in found] == [1, 3, 3]
    assert found[1][1] is found[2][1], "one engine serves as long as what it may know is the same"


def test_cold_learns_from_no_codings() -> None:
    found = list(engines(small_codebook(), small_bank(4), interviews(), "cold"))
    assert {engine.learnt_from for _one, engine in found} == {0}
    assert len({id(engine) for _one, engine in found}) == 1


def test_figures_of_engine_floor_and_ceiling_stand_side_by_side() -> None:
    made = interviews()
    second = tuple(replace(judged, coder="B") for judged in made[1].codings)
    made[1] = replace(made[1], codings=made[1].codings + second)
    rows = evaluate_held_out(small_codebook(), small_bank(4), made)
    assert [row.source for row in rows if (row.unit, row.by) == ("passage", "all")] == [
        "engine",
        "keywords",
        "second coder",
    ]
    assert all(row.value == "" for row in rows if row.by == "all")
    assert rows == evaluate_held_out(small_codebook(), small_bank(4), made), "the same input gives the same figures"


def test_interviews_without_codings_are_no_part_of_it() -> None:
    assert (
        evaluate_held_out(small_codebook(), small_bank(4), [replace(one, codings=()) for one in interviews()])[0].n == 0
    )
    assert evaluate_held_out(small_codebook(), small_bank(4), [])[0].n == 0


def test_progress_reaches_its_end_and_never_goes_back() -> None:
    told: list[float] = []
    evaluate_held_out(small_codebook(), small_bank(4), interviews(), progress=lambda share, _what: told.append(share))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_keywords_know_words_of_labels_and_examples_as_they_are_written() -> None:
    words = keywords(small_codebook())
    assert words.rank("Og så taushetsplikt.")[0][0] == "col.confidentiality"
    assert words.rank("Taushetspliktas") == [], "another form is another word"
    assert words.rank("Jeg og du, ikke sant?") == [], "stop words are none"


def test_a_larger_bank_holds_the_smaller_one_and_spreads_over_directions_and_norms() -> None:
    bank = small_bank(30)
    sizes = [some_phrases(bank, each) for each in (2, 6, 25, 400)]
    for smaller, larger in pairwise(sizes):
        assert set(smaller) <= set(larger)
    assert sizes[-1] == bank
    assert set(Counter(phrase.code for phrase in sizes[1]).values()) == {6}
    for code in {phrase.code for phrase in bank}:
        directions = {phrase.valence for phrase in bank if phrase.code == code}
        assert {phrase.valence for phrase in sizes[1] if phrase.code == code} == directions


def test_fewer_codings_are_some_of_more_and_rejections_go_with_them() -> None:
    made = [replace(one, rejected=(Rejected(Span(0, 1), "per.family", "A"),)) for one in interviews()]
    few, more = some_codings(made, 2), some_codings(made, 4)
    assert sum(len(one.codings) for one in few) == 2
    for less, much in zip(few, more, strict=True):
        assert set(less.codings) <= set(much.codings)
    assert not any(one.rejected for one in few)
    assert some_codings(made, None) == made


def test_a_learning_curve_has_its_points() -> None:
    points = learning_curve(small_codebook(), small_bank(4), interviews(), bank_sizes=(2, 8), coding_counts=(0, None))
    assert [(point.of, point.size) for point in points] == [("bank", 2), ("bank", 8), ("codings", 0), ("codings", None)]
    assert all(point.rows[0].n == 5 for point in points)
    assert points[1].rows == points[2].rows, "the whole bank and no codings is one and the same"


def test_an_empty_transcript_is_borne() -> None:
    empty = Coded("tom", "nb", "", Transcript("", (), ()), ())
    assert evaluate_held_out(small_codebook(), small_bank(4), [empty, *interviews()])[0].n == 5
