"""What a team teaches: a coding raises its code elsewhere, a rejection lowers it, and nothing leaks."""

from pathlib import Path

import pytest

from ipscoding.domain import Span, Transcript, Valence
from ipscoding.suggest import Cancelled, Coded, Engine, Judged, Rejected, build
from ipscoding.suggest.calibrate import Calibration, calibrated, scores
from tests.suggest_example import CODES, Stop, small_bank, small_codebook, transcript

MARKER = "zyxwort"


@pytest.fixture(autouse=True, scope="module")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPSCODING_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build(small_codebook(), small_bank())


def interview(*said: str, question: str = "Hvordan gikk det?") -> Transcript:
    turns: list[tuple[str, str]] = []
    for text in said:
        turns += [("I", question), ("B", text)]
    return transcript(*turns)


def coded(name: str, said: Transcript, *given: tuple[int, str], valence: Valence = Valence.BARRIER) -> Coded:
    """An interview in which the informant's sentences with these numbers have these codes."""
    spans = [span for _index, span in said.informant_sentences()]
    codings = tuple(Judged(spans[number], code, "A", valence) for number, code in given)
    return Coded(name, "nb", "clinician", said, codings)


def score(engine: Engine, text: str, code: str) -> float:
    said = interview(text)
    [(_index, span)] = said.informant_sentences()
    return dict(engine.rank_at(said, span)).get(code, 0.0)


FERRY = "Ferja går to ganger om dagen, og da står jeg der på kaia."


def test_a_coding_raises_its_code_where_something_like_it_is_said(engine: Engine) -> None:
    said = interview("Hunden min følger med meg på jobb, og det gjør dagen lettere.")
    taught = engine.learn([coded("p01", said, (0, "per.family"))])
    like = "Jeg tar med hunden på jobb hver dag."
    assert score(taught, like, "per.family") > score(engine, like, "per.family")
    assert taught.learnt_from == 1
    assert engine.learnt_from == 0


def test_a_rejection_lowers_its_code_where_something_like_it_is_said(engine: Engine) -> None:
    said = interview(FERRY)
    [(_index, span)] = said.informant_sentences()
    taught = engine.learn([Coded("p01", "nb", "patient", said, (), (Rejected(span, "sys.geography", "A"),))])
    like = "Vi bor slik at ferja går to ganger om dagen."
    assert score(taught, like, "sys.geography") < score(engine, like, "sys.geography")
    assert taught.learnt_from == 0


def test_a_rejection_of_what_somebody_coded_there_is_no_evidence(engine: Engine) -> None:
    said = interview(FERRY)
    [(_index, span)] = said.informant_sentences()
    given = coded("p01", said, (0, "sys.geography"))
    both = Coded("p01", "nb", "clinician", said, given.codings, (Rejected(span, "sys.geography", "B"),))
    assert engine.learn([both]).rank_at(said, span) == engine.learn([given]).rank_at(said, span)


def test_more_codings_weigh_more(engine: Engine) -> None:
    texts = [f"Hunden er med {where}, og det hjelper." for where in ("på jobb", "i bilen", "på lageret", "hjem", "ut")]
    said = interview(*texts)
    one = engine.learn([coded("p01", said, (0, "per.family"))])
    all_five = engine.learn([coded("p01", said, *((number, "per.family") for number in range(5)))])
    like = "Det hjelper å ha med hunden."
    assert score(all_five, like, "per.family") > score(one, like, "per.family") > score(engine, like, "per.family")


def test_a_word_that_only_one_interview_has_is_known_to_who_learnt_from_it_and_to_nobody_else(engine: Engine) -> None:
    planted = [f"Vi snakker om {MARKER} hver gang, nummer {n}." for n in ("en", "to", "tre", "fire")]
    marked = coded("p01", interview(*planted), *((number, "spec.caseload") for number in range(4)))
    other = coded("p02", interview(FERRY), (0, "sys.geography"))
    probe = f"Så kommer {MARKER} igjen."
    assert score(engine.learn([marked, other]), probe, "spec.caseload") > score(engine, probe, "spec.caseload")
    without = engine.learn([other])
    assert MARKER not in without.weights.fresh
    replaced = interview(probe.replace(MARKER, "qvrtp"))
    here = interview(probe)
    spans = [next(span for _index, span in one.informant_sentences()) for one in (here, replaced)]
    assert [code for code, _s in without.rank_at(here, spans[0])] == [
        code for code, _s in without.rank_at(replaced, spans[1])
    ]


def test_the_measured_score_of_an_interview_comes_from_engines_that_never_saw_it(engine: Engine) -> None:
    """Every interview has a word of its own beside its codes. Seen, it would make all scores high and right."""
    names = ["bral", "drusk", "flimt", "grynk", "klosp", "pront"]
    interviews = [
        coded(
            name,
            interview(*(f"Det var {word}{word} den {n}. dagen." for n in range(1, 11))),
            *((number, CODES[at]) for number in range(10)),
        )
        for at, (name, word) in enumerate((f"p{n}", word) for n, word in enumerate(names))
    ]
    taught = engine.learn(interviews)
    assert taught.learnt_from == 60
    [first, *_rest] = taught.rank_at(
        interviews[0].transcript, next(span for _i, span in interviews[0].transcript.informant_sentences())
    )
    # Right about one in six of what was held out: the score says so, whatever the engine now knows by heart.
    assert first[1] < 0.5


def test_directions_are_learnt_from_codings(engine: Engine) -> None:
    code = "per.family"
    said = interview(*(f"Hunden var med {n} ganger." for n in ("to", "tre", "fire", "fem", "seks")))
    given = tuple((number, code) for number in range(5))
    spans = [span for _index, span in said.informant_sentences()]
    shares = {}
    for valence in (Valence.BARRIER, Valence.FACILITATOR):
        taught = engine.learn([coded("p01", said, *given, valence=valence)])
        found, sure = taught.valence_at(said, spans[0], code, "nb")
        shares[valence] = sure if found is valence else 1 - sure
    before, sure = engine.valence_at(said, spans[0], code, "nb")
    assert shares[before] > sure
    assert shares[Valence.FACILITATOR if before is Valence.BARRIER else Valence.BARRIER] > 1 - sure


def test_reasons_show_the_nearest_passages_that_the_team_has_coded_so(engine: Engine) -> None:
    said = interview("Ferja går to ganger om dagen.", "Jeg liker kaffe.", "Bussen og ferja går sjelden.")
    taught = engine.learn([coded("p01", said, (0, "sys.geography"), (2, "sys.geography"))])
    here = interview("Ferja går bare to ganger om dagen her ute.")
    found = next(s for s in taught.suggest(here, threshold=0.0, per_sentence=6) if s.code == "sys.geography")
    excerpts = taught.explain(here, found).excerpts
    assert [one.text for one in excerpts][:1] == ["Ferja går to ganger om dagen."]
    assert all(one.span.of(said.text) == one.text and one.document == "p01" for one in excerpts)
    assert taught.explain(here, found, norm="nb").excerpts
    again = next(s for s in taught.suggest(said, threshold=0.0, per_sentence=6) if s.code == "sys.geography")
    assert all(one.span != again.span for one in taught.explain(said, again).excerpts)


def test_new_words_that_count_are_among_the_reasons(engine: Engine) -> None:
    texts = [f"Det er {MARKER} hver {day}." for day in ("mandag", "tirsdag", "onsdag", "torsdag")]
    taught = engine.learn([coded("p01", interview(*texts), *((number, "spec.caseload") for number in range(4)))])
    here = interview(f"Da var det {MARKER} igjen.")
    found = next(s for s in taught.suggest(here, threshold=0.0, per_sentence=6) if s.code == "spec.caseload")
    assert MARKER in {word.span.of(here.text) for word in taught.explain(here, found).words}


def test_the_same_codings_teach_the_same(engine: Engine) -> None:
    said = interview(FERRY, "Hunden er med på jobb.")
    given = [coded("p01", said, (0, "sys.geography"), (1, "per.family"))]
    fresh = build(small_codebook(), small_bank(), given)
    once, twice = engine.learn(given), engine.learn(given).learn(given)
    probe = "Hunden er med på ferja."
    assert once.rank(probe) == twice.rank(probe) == fresh.rank(probe)


def test_nothing_of_the_codings_is_written(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPSCODING_HOME", str(tmp_path))
    build(small_codebook(), small_bank(2))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    build(small_codebook(), small_bank(2), [coded("p01", interview(f"Hunden heter {MARKER}."), (0, "per.family"))])
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_codings_with_unknown_codes_or_without_words_teach_nothing(engine: Engine) -> None:
    said = interview("Mm.", FERRY)
    taught = engine.learn([coded("p01", said, (0, "sys.geography"), (1, "no.such"))])
    assert taught.learnt_from == 1
    assert engine.learn([]).rank(FERRY) == engine.rank(FERRY)
    assert engine.learn([Coded("p02", "", "", transcript(), ())]).rank(FERRY) == engine.rank(FERRY)


@pytest.mark.parametrize("after", [0, 2, 6])
def test_learning_from_codings_can_be_stopped(engine: Engine, after: int) -> None:
    given = [coded("p01", interview(FERRY, FERRY.upper()), (0, "sys.geography"), (1, "org.colocation"))]
    with pytest.raises(Cancelled):
        engine.learn(given, cancel=Stop(after))


def test_a_calibration_follows_what_was_right_and_never_turns_round() -> None:
    import numpy as np

    start = Calibration(0.3, 0.4, -2.0)
    totals = [np.array([3.0, 1.0, 0.0], np.float32)] * 400
    first, none = np.array([True, False, False]), np.array([False, False, False])
    often = calibrated(totals, [first] * 300 + [none] * 100, 3, start)
    never = calibrated(totals, [none] * 400, 3, start)
    assert scores(often, totals[0])[0] == pytest.approx(0.75, abs=0.06)
    assert scores(never, totals[0])[0] < 0.1
    assert calibrated([], [], 3, start) == start
    upside_down = calibrated(totals, [np.array([False, False, True])] * 400, 3, start)
    found = scores(upside_down, totals[0])
    assert found[0] >= found[1] >= found[2]


def test_a_span_of_any_place_is_ranked(engine: Engine) -> None:
    said = interview(FERRY, "Kontoret ligger i samme gang.")
    for span in (Span(0, len(said.text)), Span(5, 9), Span(0, 0), Span(len(said.text), len(said.text))):
        ranked = engine.rank_at(said, span)
        assert not ranked or {code for code, _score in ranked} == set(CODES)
        engine.valence_at(said, span, "sys.geography")
