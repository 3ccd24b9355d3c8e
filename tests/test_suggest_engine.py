"""Suggestions: near the text, silent where nothing is near, the same each time, with reasons that are in the text."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.codebook.phrases import Phrase
from ipscoding.domain import Code, Span, Valence
from ipscoding.suggest import BANDS, Cancelled, Engine, build, cache
from tests.suggest_example import CODES, Stop, small_bank, small_codebook, transcript, whole_codebook

INTERVIEW = transcript(
    ("I", "Hvordan er det med taushetsplikten og samtykke til å dele opplysninger?"),
    (
        "B",
        "Taushetsplikten gjør at vi ikke får dele opplysninger med NAV. Kontoret hennes ligger i samme gang som mitt.",
    ),
    ("I", "Er bussen og avstanden et problem?"),
    ("B", "Ja. Det er fire mil til nærmeste arbeidsplass og det går bare én buss om dagen. Mm."),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(home))


@pytest.fixture(scope="module")
def bank() -> list[Phrase]:
    return small_bank()


@pytest.fixture
def engine(bank: list[Phrase]) -> Engine:
    return build(small_codebook(), bank)


def test_importing_the_room_loads_nothing_heavy() -> None:
    script = (
        "import sys, ipscoding.suggest, ipscoding.suggest.evaluate\n"
        "sys.exit(bool({'spacy', 'sklearn', 'numpy', 'scipy', 'simplemma'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0


def test_what_is_said_about_a_code_comes_first(engine: Engine) -> None:
    ranked = {
        text: engine.rank(text)[0][0]
        for text in ("Taushetsplikten hindrer oss i å dele opplysninger.", "Me har berre éin buss til byen om dagen.")
    }
    assert list(ranked.values()) == ["col.confidentiality", "sys.geography"]


def test_a_rank_holds_every_code_once_best_first(engine: Engine) -> None:
    ranked = engine.rank("Kontoret ligger rett over gangen.")
    scores = [score for _code, score in ranked]
    assert sorted(code for code, _score in ranked) == sorted(CODES)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_only_informants_get_suggestions_in_the_order_of_the_text(engine: Engine) -> None:
    found = engine.suggest(INTERVIEW, threshold=0.0)
    informants = dict(INTERVIEW.informant_sentences())
    assert found
    for s in found:
        covered = INTERVIEW.sentences_in(s.span)
        assert covered[0] == s.sentence
        assert s.span == Span(informants[covered[0]].start, informants[covered[-1]].end)
        assert set(covered) <= informants.keys()
        assert len({INTERVIEW.turn_at(informants[index].start) for index in covered}) == 1
    assert [s.span.start for s in found] == sorted(s.span.start for s in found)
    assert "col.confidentiality" in {s.code for s in found if "Taushetsplikten" in s.span.of(INTERVIEW.text)}


def test_at_most_so_many_codes_a_sentence_and_none_below_the_threshold(engine: Engine) -> None:
    for per_sentence in (1, 2):
        found = engine.suggest(INTERVIEW, per_sentence=per_sentence, threshold=0.0)
        sentences = [s.sentence for s in found]
        assert max(sentences.count(s) for s in sentences) == per_sentence
    assert all(s.score >= 0.3 for s in engine.suggest(INTERVIEW, threshold=0.3))
    assert engine.suggest(INTERVIEW, threshold=1.01) == []


def test_the_band_grows_with_the_score(engine: Engine) -> None:
    found = sorted(engine.suggest(INTERVIEW, threshold=0.0, per_sentence=6), key=lambda s: s.score)
    order = [BANDS.index(s.band) for s in found]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "text", ["", " ", "😀😀", "Mm.", "Ja, ja.", "...", "[latter]", "12 3", "ѿѿѿ", "Det vet jeg ikke."]
)
def test_where_there_is_nothing_to_go_by_it_is_silent(engine: Engine, text: str) -> None:
    assert engine.suggest(transcript(("B", text))) == []


def test_a_transcript_without_informants_or_text_gives_nothing(engine: Engine) -> None:
    assert engine.suggest(transcript()) == []
    assert engine.suggest(transcript(("I", "Hva med taushetsplikten?"))) == []


def test_the_same_input_gives_the_same_output_fresh_and_from_the_cache(
    bank: list[Phrase], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for name in ("one", "one", "two"):
        monkeypatch.setenv("IPSCODING_HOME", str(tmp_path / name))
        engine = build(small_codebook(), bank)
        found = engine.suggest(INTERVIEW, threshold=0.0)
        results.append((found, [engine.explain(INTERVIEW, s) for s in found]))
    assert results[0] == results[1] == results[2]


def test_reasons_are_words_of_the_sentence_texts_of_the_codebook_and_phrases_of_the_bank(
    engine: Engine, bank: list[Phrase]
) -> None:
    found = engine.suggest(INTERVIEW, threshold=0.0, per_sentence=6)
    for suggestion in found:
        reasons = engine.explain(INTERVIEW, suggestion)
        assert all(suggestion.span.contains(word.span) for word in reasons.words)
        assert all(word.span.of(INTERVIEW.text).isalnum() for word in reasons.words)
        assert [w.weight for w in reasons.words] == sorted((w.weight for w in reasons.words), reverse=True)
        assert sum(word.weight for word in reasons.words) <= 1.0001
        assert set(reasons.phrases) <= {phrase.text for phrase in bank if phrase.code == suggestion.code}
        assert len(reasons.phrases) <= 2
    first = next(s for s in found if s.code == "col.confidentiality" and "Taushetsplikten" in s.span.of(INTERVIEW.text))
    reasons = engine.explain(INTERVIEW, first)
    assert reasons.words[0].span.of(INTERVIEW.text) in {"Taushetsplikten", "opplysninger", "dele"}
    assert reasons.rule is not None


def test_stop_words_are_no_reason(engine: Engine) -> None:
    for suggestion in engine.suggest(INTERVIEW, threshold=0.0):
        shown = {w.span.of(INTERVIEW.text).lower() for w in engine.explain(INTERVIEW, suggestion).words}
        assert not shown & {"det", "er", "og", "som", "ikke", "vi", "til", "om"}


def test_taking_the_weightiest_word_away_lowers_the_score_most(engine: Engine) -> None:
    text = "Taushetsplikten gjør at vi ikke får dele noe med kontoret."
    said = transcript(("B", text))
    code = "col.confidentiality"
    top = next(s for s in engine.suggest(said, threshold=0.0, per_sentence=6) if s.code == code)
    word = engine.explain(said, top).words[0].span.of(said.text)
    without = {w: dict(engine.rank(text.replace(w, "")))[code] for w in ("Taushetsplikten", "gjør", "dele", "kontoret")}
    assert word in without
    assert min(without, key=lambda w: without[w]) == word


def test_the_direction_is_one_that_the_code_allows(engine: Engine, bank: list[Phrase]) -> None:
    codebook = small_codebook(
        Code("x.barrier", {"nb": "Buss"}, valence=Valence.BARRIER), Code("x.none", {"nb": "Mil"}, valence=Valence.NONE)
    )
    other = build(codebook, bank)
    found = other.suggest(INTERVIEW, threshold=0.0, per_sentence=8)
    assert {s.valence for s in found if s.code == "x.barrier"} == {Valence.BARRIER}
    assert {s.valence for s in found if s.code == "x.none"} == {Valence.NONE}
    assert {s.valence for s in found} >= {Valence.BARRIER, Valence.FACILITATOR}


def test_a_codebook_without_a_bank_suggests_from_its_own_texts() -> None:
    engine = build(whole_codebook())
    assert engine.rank("Taushetsplikten hindrer oss i å dele opplysninger.")[0][0] == "col.confidentiality"
    assert engine.suggest(transcript(("B", "😀"))) == []
    found = engine.suggest(INTERVIEW)
    assert "col.confidentiality" in {s.code for s in found}
    assert all(engine.explain(INTERVIEW, s).phrases == () for s in found)


def test_a_new_code_with_only_a_label_can_be_suggested(bank: list[Phrase]) -> None:
    engine = build(small_codebook(Code("x.dog", {"nb": "Hundehold og kjæledyr"})), bank)
    said = transcript(("B", "Jeg har med meg kjæledyr på kontoret."), ("B", "Hundeholdet tar mye tid."))
    assert [s.code for s in engine.suggest(said, per_sentence=1)].count("x.dog") == 2


def test_retired_and_grouping_codes_are_never_suggested(bank: list[Phrase]) -> None:
    whole = small_codebook()
    codes = (Code("org", {"nb": "Buss og kontor"}, codable=False), *whole.codes)
    codes = tuple(replace(code, retired=code.id == "sys.geography") for code in codes)
    ranked = build(replace(whole, codes=codes), bank).rank("Bussen går sjelden, og kontoret er langt unna.")
    assert {code for code, _score in ranked} == set(CODES) - {"sys.geography"}


@pytest.mark.parametrize("codes", [(), (Code("a", {}),), (Code("a", {"nb": "Jobb"}),)])
def test_the_smallest_codebooks_do_not_break_it(codes: tuple[Code, ...]) -> None:
    engine = build(replace(small_codebook(), codes=codes))
    assert {code for code, _score in engine.rank("Jobben er fin.")} <= {code.id for code in codes}
    for suggestion in engine.suggest(INTERVIEW, threshold=0.0):
        engine.explain(INTERVIEW, suggestion)


def test_phrases_of_unknown_codes_are_left_out(bank: list[Phrase]) -> None:
    stray = Phrase("no.such", Valence.BARRIER, "nb", "Taushetsplikten er streng.")
    assert "no.such" not in dict(build(small_codebook(), [*bank, stray]).rank("Taushetsplikten er streng."))


def test_progress_grows_to_one_and_a_cached_engine_needs_none(
    bank: list[Phrase], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))
    told: list[float] = []
    build(small_codebook(), bank, progress=lambda share, what: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
    build(small_codebook(), bank, progress=lambda share, what: pytest.fail("learnt again"))


@pytest.mark.parametrize("after", [0, 1, 4, 9])
def test_learning_can_be_stopped_and_keeps_nothing(
    bank: list[Phrase], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))
    with pytest.raises(Cancelled):
        build(small_codebook(), bank, cancel=Stop(after))
    assert not list(tmp_path.rglob("*.npz"))


def test_suggesting_can_be_stopped(engine: Engine) -> None:
    with pytest.raises(Cancelled):
        engine.suggest(INTERVIEW, cancel=Stop(1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["I", "B", "C"]), st.text(alphabet="abdeiknrtsø .,!😀ĳß1", max_size=60)), max_size=5
    )
)
def test_any_transcript_is_borne(engine: Engine, turns: list[tuple[str, str]]) -> None:
    said = transcript(*((speaker, text.strip()) for speaker, text in turns))
    for suggestion in engine.suggest(said, threshold=0.0):
        turn = said.turn_at(suggestion.span.start)
        assert turn is not None
        assert not turn.interviewer
        engine.explain(said, suggestion)


def test_any_other_text_is_another_trained_form(bank: list[Phrase]) -> None:
    keys = {
        cache.key(small_codebook(), bank),
        cache.key(small_codebook(), bank[1:]),
        cache.key(small_codebook(), [replace(bank[0], text="Noe annet."), *bank[1:]]),
        cache.key(small_codebook(Code("x", {"nb": "Ny"})), bank),
    }
    assert len(keys) == 4
