"""A passage is read in its place; neighbours with one code are one suggestion; the direction has its cues."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.codebook.catalogue import default_path
from ipscoding.codebook.phrases import read_phrases
from ipscoding.domain import Span, Transcript, Valence
from ipscoding.suggest import Engine, build
from ipscoding.suggest.runs import ALIKE, Run, Shown, at_most, runs
from tests.suggest_example import small_bank, small_codebook, transcript, whole_codebook


@pytest.fixture(autouse=True, scope="module")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPSCODING_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build(small_codebook(), small_bank())


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return build(whole_codebook(), read_phrases(default_path().with_name("ips-phrases.tsv")))


def sentence(said: Transcript, number: int = 0) -> Span:
    return [span for _index, span in said.informant_sentences()][number]


def score(engine: Engine, said: Transcript, code: str, number: int = 0) -> float:
    return dict(engine.rank_at(said, sentence(said, number)))[code]


ANSWER = "Det er vanskelig hver eneste uke."


def test_the_question_throws_light_on_the_answer(engine: Engine) -> None:
    asked = transcript(("I", "Hva med bussen og avstanden til byen?"), ("B", ANSWER))
    other = transcript(("I", "Hva med taushetsplikten?"), ("B", ANSWER))
    assert score(engine, asked, "sys.geography") > score(engine, other, "sys.geography")
    assert score(engine, other, "col.confidentiality") > score(engine, asked, "col.confidentiality")


def test_what_is_said_before_and_after_counts_and_other_turns_do_not(engine: Engine) -> None:
    alone = transcript(("B", ANSWER))
    for text in (f"Bussen går sjelden. {ANSWER}", f"{ANSWER} Bussen går sjelden."):
        said = transcript(("B", text))
        number = [span.of(said.text) for _index, span in said.informant_sentences()].index(ANSWER)
        assert score(engine, said, "sys.geography", number) > score(engine, alone, "sys.geography")
    apart = transcript(("B", "Bussen går sjelden."), ("C", ANSWER))
    assert score(engine, apart, "sys.geography", 1) == pytest.approx(score(engine, alone, "sys.geography"))


def test_a_passage_that_says_nothing_gets_nothing_from_its_place(engine: Engine) -> None:
    said = transcript(("I", "Hva med bussen og avstanden til byen?"), ("B", "Ja. Mm. Det vet jeg ikke."))
    assert engine.suggest(said, threshold=0.0) == []


def test_reasons_name_the_words_around_that_counted(engine: Engine) -> None:
    said = transcript(("I", "Hva med bussen og avstanden til byen?"), ("B", ANSWER))
    found = next(s for s in engine.suggest(said, threshold=0.0, per_sentence=6) if s.code == "sys.geography")
    reasons = engine.explain(said, found)
    question = said.turns[0].speech
    assert reasons.context
    assert all(question.contains(word.span) for word in reasons.context)
    assert {"bussen", "byen", "avstanden"} & {word.span.of(said.text) for word in reasons.context}
    assert all(found.span.contains(word.span) for word in reasons.words)
    alone = transcript(("B", "Bussen går bare én gang om dagen."))
    assert engine.explain(alone, engine.suggest(alone, threshold=0.0)[0]).context == ()


def test_neighbours_with_one_code_are_one_suggestion(shipped: Engine) -> None:
    said = transcript(
        ("I", "Hvordan er det med reiseveien?"),
        ("P", "Bussen går bare to ganger om dagen. Det er fire mil til nærmeste arbeidsplass, og ferja går sjelden."),
    )
    found = [s for s in shipped.suggest(said) if s.code == "sys.geography"]
    assert [said.sentences_in(s.span) for s in found] == [[1, 2]]
    assert found[0].sentence == 1


PAIRS = [
    ("spec.caseload", "Jeg har så mange på lista at jeg ikke rekker å følge opp noen.", Valence.BARRIER),
    ("spec.caseload", "Jeg har tolv stykker på lista, så jeg rekker å følge opp alle sammen.", Valence.FACILITATOR),
    ("per.family", "Kona mi stilte opp og kjørte meg hver morgen.", Valence.FACILITATOR),
    ("per.family", "Mora mi ringte og sa at jeg aldri kom til å klare det.", Valence.BARRIER),
    ("col.trust", "Vi stoler på hverandre, og det er lett å ta en telefon.", Valence.FACILITATOR),
    ("col.trust", "Jeg stoler ikke på at de holder det de har lovet.", Valence.BARRIER),
    ("sys.geography", "Det går ingen buss etter klokka fire, så jeg kommer meg ikke hjem.", Valence.BARRIER),
    ("sys.geography", "Ho bur rett ved busstasjonen, så det er lett å kome seg på jobb.", Valence.FACILITATOR),
]


def test_the_direction_of_plain_cases(shipped: Engine) -> None:
    said = transcript(*(("P", text) for _code, text, _valence in PAIRS))
    found = [
        shipped.valence_at(said, turn.speech, code)[0] is valence
        for turn, (code, _text, valence) in zip(said.turns, PAIRS, strict=True)
    ]
    assert sum(found) >= 6, "a hint, right about three times in four"


def test_cues_are_words_of_the_passage_and_only_where_the_direction_was_open(shipped: Engine) -> None:
    said = transcript(("P", "Jeg har så mange på lista at jeg ikke rekker å følge opp noen."))
    found = next(s for s in shipped.suggest(said, threshold=0.0, per_sentence=9) if s.code == "spec.caseload")
    reasons = shipped.explain(said, found)
    assert 0.5 <= found.direction <= 1
    assert 1 <= len(reasons.cues) <= 3
    assert all(found.span.contains(word.span) for word in reasons.cues)
    fixed = next(s for s in shipped.suggest(said, threshold=0.0, per_sentence=60) if s.code == "gen.suggestion")
    assert fixed.valence is whole_codebook().by_id["gen.suggestion"].valence
    assert fixed.direction == 1.0 or shipped.explain(said, fixed).cues


def test_the_shipped_engine_is_silent_about_small_talk(shipped: Engine) -> None:
    talk = ["Ja, det stemmer.", "Skal du ha kaffe?", "Vent litt, nå ringte det visst.", "Hva var det du spurte om?"]
    assert shipped.suggest(transcript(*(("P", text) for text in talk))) == []


shows = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 2), st.floats(0.0, 1.0), st.booleans()),
    max_size=25,
    unique_by=lambda one: one[:2],
)


@given(shows, st.floats(0.0, 1.0))
def test_runs_cover_what_is_shown_once_and_stay_what_they_are(
    shown: list[tuple[int, int, float, bool]], threshold: float
) -> None:
    given_ = [Shown(index, index // 4, code, score, best) for index, code, score, best in shown]
    everything, some = runs(given_, 0.0), runs(given_, threshold)
    assert [run for run in everything if run.score >= threshold] == some
    for code in {one.code for one in given_}:
        covered = [i for run in everything if run.code == code for i in range(run.first, run.last + 1)]
        assert sorted(covered) == sorted(one.sentence for one in given_ if one.code == code)
    for run in everything:
        inside = [one for one in given_ if one.code == run.code and run.first <= one.sentence <= run.last]
        assert len({one.turn for one in inside}) == 1
        assert run.score == max(one.score for one in inside)
        assert all(one.score >= ALIKE * run.score for one in inside)


@given(st.lists(st.builds(Run, st.integers(0, 5), st.integers(5, 9), st.integers(0, 3), st.floats(0, 1)), max_size=12))
def test_no_sentence_is_in_more_suggestions_than_asked_for(found: list[Run]) -> None:
    for number in (1, 2, 3):
        kept = at_most(number, found)
        assert all(sum(run.first <= index <= run.last for run in kept) <= number for index in range(10))
        assert all(a.score >= b.score for a, b in pairwise(kept))


def test_nothing_is_learnt_for_what_ships(shipped: Engine, tmp_path: Path) -> None:
    assert shipped.trained.banked
    assert shipped.learnt_from == 0
