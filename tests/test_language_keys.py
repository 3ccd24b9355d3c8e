"""Words and their keys: one word has one key, whatever it was written in."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.language import keys, lemma, norm_of, tokens, words
from ipscoding.language.bridge import key
from ipscoding.language.compounds import parts
from ipscoding.language.negation import negated


@pytest.mark.parametrize(
    ("word", "norm", "expected"),
    [
        ("Jentene", "nb", "jente"),
        ("ledere", "nb", "leder"),
        ("arbeidsgivere", "nb", "arbeidsgiver"),
        ("jentene", "nn", "jente"),
        ("", "nb", ""),
    ],
)
def test_a_lemma_is_the_dictionary_form(word: str, norm: str, expected: str) -> None:
    assert lemma(word, norm) == expected


def test_a_word_in_no_dictionary_keeps_its_form() -> None:
    assert lemma("Qvxrt", "nn") == "qvxrt"


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("ikkje", "ikke"), ("korleis", "hvordan"), ("arbeidsgjevar", "arbeidsgiver"), ("rettleiaren", "veilederen"),
        ("sjuke", "syke"), ("moglegheiter", "muligheter"), ("vanskeleg", "vanskelig"), ("haldningar", "holdninger"),
        ("kvardag", "hverdag"), ("tilbodet", "tilbudet"), ("trudde", "trodde"), ("meistringa", "mestringen"),
        ("teieplikta", "taushetsplikten"), ("sjølvtillit", "selvtillit"), ("høgskule", "høgskole"),
        ("draumane", "drømmene"), ("arbeidsgjevarane", "arbeidsgiverne"), ("teamleiaren", "teamlederen"),
        ("jobbspesialistane", "jobbspesialistene"), ("leiarmøtet", "ledermøtet"), ("tenkjer", "tenker"),
        ("jobbsøkjarar", "jobbsøkere"), ("vaktmeister", "vaktmester"), ("ringjer", "ringer"), ("hage", "hage"),
    ],
)  # fmt: skip
def test_nynorsk_has_the_key_of_its_bokmal_twin(nynorsk: str, bokmal: str) -> None:
    assert key(nynorsk, "nn") == key(bokmal, "nb")


@pytest.mark.parametrize(
    ("dialect", "bokmal"),
    [
        ("æ", "jeg"),
        ("itj", "ikke"),
        ("førr", "for"),
        ("nokka", "noe"),
        ("hadd", "hadde"),
        ("dæm", "dem"),
        ("ka", "hva"),
    ],
)
def test_dialect_has_the_key_of_bokmal_in_either_norm(dialect: str, bokmal: str) -> None:
    assert key(dialect, "nb") == key(dialect, "nn") == key(bokmal)


@pytest.mark.parametrize("word", ["jobb", "vær", "jord", "hemme", "full", "minne", "koster"])
def test_bokmal_words_that_look_like_dialect_stay_what_they_are(word: str) -> None:
    assert key(word, "nb") == lemma(word, "nb")


@pytest.mark.parametrize(
    ("dialect", "bokmal"),
    [
        ("hainn", "han"), ("vorre", "være"), ("tebake", "tilbake"), ("papiran", "papirene"), ("doktorn", "doktoren"),
        ("klokkå", "klokka"), ("skikkeli", "skikkelig"), ("hjælp", "hjelp"), ("fortælt", "fortalt"), ("gadå", "gata"),
        ("søge", "søke"), ("krøllat", "krøllet"), ("bestæmme", "bestemme"), ("nervan", "nervene"),
    ],
)  # fmt: skip
def test_endings_and_sounds_of_dialect_are_brought_to_bokmal(dialect: str, bokmal: str) -> None:
    assert key(dialect, "nb") == key(dialect, "nn") == key(bokmal)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("turnuslegen", "turnuslege"), ("DPS-et", "dps"), ("CV-en", "cv"), ("ruspoliklinikken", "ruspoliklinikk")],
)
def test_a_word_in_no_dictionary_loses_its_ending(word: str, expected: str) -> None:
    assert key(word) == expected


def test_what_leans_on_a_word_is_a_word_of_its_own() -> None:
    assert [(word.text, word.key) for word in words("Det va'kje lett, sa'n.")] == [
        ("Det", key("det")), ("va", key("var")), ("kje", "ikke"), ("lett", key("lett")), ("sa", key("sa")),
        ("n", "han"),
    ]  # fmt: skip
    said = words("Det va'kje lett.")
    assert negated(said, "Det va'kje lett.") == [False, False, False, True]


def test_a_word_that_no_rule_brings_to_bokmal_keeps_its_own_key() -> None:
    assert key("xqzleg", "nn") == "xqzleg"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nav-veileder", ("nav", "veileder")),
        ("NAV-veileder", ("nav", "veileder")),
        ("jobbspesialist", ("jobb", "spesialist")),
        ("taushetsplikt", ("taushet", "plikt")),
        ("arbeidsgiverkontakt", ("arbeidsgiver", "kontakt")),
        ("arbeidsgiver", ("arbeid", "giver")),
        ("behandlingsteam", ("behandling", "team")),
        ("barnehage", ("barn", "hage")),
    ],
)
def test_compounds_come_apart(word: str, expected: tuple[str, ...]) -> None:
    assert parts(word) == expected


@pytest.mark.parametrize(
    "word", ["", "jobb", "kollega", "forskrift", "kontrast", "henvisning", "mulighet", "a" * 200, "1234567"]
)
def test_simple_words_do_not(word: str) -> None:
    assert parts(word) == ()


def test_parts_stand_beside_the_word_and_never_in_its_place() -> None:
    word = words("Taushetsplikten er streng.")[0]
    assert (word.text, word.key, word.parts) == ("Taushetsplikten", "taushetsplikt", ("taushet", "plikt"))


def test_remarks_and_stand_ins_for_names_are_no_words() -> None:
    assert [token.text for token in tokens("Ja [latter], sa [navn1] til NAV-et.")] == ["Ja", "sa", "til", "NAV-et"]


@given(st.text(max_size=200))
def test_tokens_lie_where_they_say_in_order(text: str) -> None:
    found = tokens(text)
    assert all(token.span.of(text) == token.text for token in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.text(alphabet="abeghijklmnorstuvyæøåÆØÅ-'’ .[]1\n😀", max_size=80), st.sampled_from(["nb", "nn", "en", ""]))
def test_every_token_has_one_key_in_any_text_and_norm(text: str, norm: str) -> None:
    found = keys(text, norm)
    assert len(found) == len(tokens(text)) == len(words(text, norm))
    assert all(found)
    assert found == keys(text, norm)


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("Eg veit ikkje korleis dei tenkjer, men me får sjå.", "nn"),
        ("Jeg vet ikke hvordan de tenker, men vi får se.", "nb"),
        ("", "nb"),
        ("12 😀", "nb"),
    ],
)
def test_the_norm_of_a_text(text: str, norm: str) -> None:
    assert norm_of(text) == norm


def test_an_undecided_text_has_the_norm_it_is_given() -> None:
    assert norm_of("Ja.", default="nn") == "nn"


def test_the_norms_of_the_interviews_that_ship(corpus: Path) -> None:
    from ipscoding.transcripts.read import read

    readings = [read(file) for file in sorted(corpus.glob("*.txt"))]
    wrong = {r.name for r in readings if norm_of(r.transcript.text) != r.header["language"]}
    # Northern dialect, filed under Bokmål, whose commonest words are those of Nynorsk.
    assert len(readings) > 10
    assert wrong <= {"j01-jobbspesialist"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi hadde ikke tid til møter, men nå går det.", ["tid", "til", "møter"]),
        ("Det var ikke bare hyggelig.", []),
        ("Eg fekk aldri hjelp.", ["hjelp"]),
        ("Uten støtte. Jobben gikk.", ["støtte"]),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_clause(text: str, expected: list[str]) -> None:
    said = words(text, norm_of(text))
    assert [word.text for word, under in zip(said, negated(said, text), strict=True) if under] == expected


def test_importing_the_room_loads_neither_spacy_nor_a_dictionary() -> None:
    script = (
        "import sys, ipscoding.language, ipscoding.language.pipelines, ipscoding.language.model\n"
        "sys.exit(bool({'spacy', 'simplemma', 'numpy', 'urllib.request'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("nynorsk", "bokmål"),
    [
        ("seier", "sier"),
        ("seie", "si"),
        ("sat", "satt"),
        ("heiter", "heter"),
        ("same", "samme"),
        ("arbeidet", "arbeidet"),
        ("torde", "turte"),
        ("høyrt", "hørt"),
        ("skjøna", "skjønte"),
        ("nav-leiaren", "nav-lederen"),
        ("sjukeheimen", "sykehjemmet"),
        ("handa", "hånden"),
        ("kjærasten", "kjæresten"),
    ],
)
def test_common_words_of_nynorsk_meet_those_of_bokmal(nynorsk: str, bokmål: str) -> None:
    assert key(nynorsk, "nn") == key(bokmål, "nb")
