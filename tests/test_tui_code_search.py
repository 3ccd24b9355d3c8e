import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipscoding.codebook.catalogue import default_path
from ipscoding.codebook.read import read
from ipscoding.domain import Code, Codebook, in_language
from ipscoding.tui.code_search import CodeSearch, fit
from tests.tui_example import codebook, plain_terminal

__all__ = ["plain_terminal"]


def ids(query: str, recent: tuple[str, ...] = (), language: str = "en") -> list[str]:
    return [match.code.id for match in CodeSearch(codebook(), recent, language).find(query)]


def test_nothing_typed_gives_all_codes_the_last_used_first() -> None:
    assert ids("", ("spec.persistence", "nav.waiting"))[:2] == ["spec.persistence", "nav.waiting"]
    assert len(ids("")) == 4


def test_a_name_in_any_language_the_id_and_the_definition_find_a_code() -> None:
    assert ids("coloc") == ids("samlok") == ids("org.col") == ids("nærhet") == ["org.colocation"]


def test_every_word_must_fit() -> None:
    assert ids("waiting dec") == ["nav.waiting"]
    assert ids("waiting zebra") == []


def test_domains_and_retired_codes_are_not_offered() -> None:
    book = Codebook("b", {}, codes=(Code("a", {"en": "Alpha"}, codable=False), Code("b", {"en": "Beta"}, retired=True)))
    assert CodeSearch(book, (), "en").find("") == []


def test_another_name_that_fitted_is_told() -> None:
    (match,) = CodeSearch(codebook(), (), "en").find("samlok")
    assert match.through == "Samlokalisering"


SHIPPED = read(default_path())
LANGUAGES = pytest.mark.parametrize("language", ["nb", "nn", "en"])


def found(query: str, language: str) -> list[Code]:
    return [match.code for match in CodeSearch(SHIPPED, (), language).find(query)]


def names_of(code: Code) -> str:
    return " ".join([code.id, *code.label.values()]).lower()


@LANGUAGES
def test_every_shipped_code_is_first_for_its_id_and_its_name(language: str) -> None:
    for code in SHIPPED.active():
        assert found(code.id, language)[0] is code
        assert found(code.name(language), language)[0] is code


@LANGUAGES
def test_codes_with_a_word_in_their_name_come_before_those_with_it_in_their_definition(language: str) -> None:
    words = {
        word for code in SHIPPED.active() for word in re.findall(r"\w{4,}", in_language(code.definition, language))
    }
    for word in sorted(word.lower() for word in words):
        hits = [word in names_of(code) for code in found(word, language)]
        assert hits == sorted(hits, reverse=True), word


@LANGUAGES
def test_a_whole_word_of_a_name_comes_before_words_that_only_begin_so(language: str) -> None:
    words = {word.lower() for code in SHIPPED.active() for word in re.findall(r"\w{3,}", code.name(language))}
    for word in sorted(words):
        whole = [word in re.findall(r"\w+", names_of(code)) for code in found(word, language)]
        assert whole[0]
        assert whole == sorted(whole, reverse=True), word


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("nb", "samlok", "org.colocation"),
        ("nb", "henv", "org.referral"),
        ("nb", "nav forv", "att.nav-expectations"),
        ("en", "coloc", "org.colocation"),
        ("en", "referral", "org.referral"),
        ("en", "clin exp", "att.clinician-expectations"),
    ],
)
def test_a_few_letters_lead_to_the_shipped_code(language: str, typed: str, wanted: str) -> None:
    assert wanted in [code.id for code in found(typed, language)][:3]


def test_scattered_letters_are_noise_beside_letters_in_a_row() -> None:
    book = Codebook("b", {}, codes=(Code("x", {"en": "Employer"}), Code("y", {"en": "Early plans, yet"})))
    assert [match.code.id for match in CodeSearch(book, (), "en").find("empl")] == ["x"]
    assert [match.code.id for match in CodeSearch(book, (), "en").find("erpl")] == ["y"]


def test_letters_in_a_row_beat_initials_and_initials_beat_letters_anywhere() -> None:
    ranked = [fit("jfu", name)[0] for name in ("jfu later", "ajfu", "joint follow up", "job offers for us", "zebra")]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[-1] == 0


@given(st.text(min_size=1, max_size=12), st.text(max_size=60))
def test_the_letters_that_fit_are_those_of_the_word(word: str, name: str) -> None:
    score, places = fit(word.lower(), name)
    assert bool(score) == bool(places)
    if places:
        assert "".join(name.lower()[place] for place in places) == word.lower()
        assert list(places) == sorted(set(places))


@given(st.text(max_size=200))
def test_any_text_is_answered(query: str) -> None:
    assert len(ids(query)) <= 4


@given(st.lists(st.sampled_from(["a", "e", "i", "n", " "]), min_size=30, max_size=90).map("".join))
def test_long_lines_of_common_letters_are_answered_at_once(query: str) -> None:
    long = Codebook("b", {}, codes=(Code("x", {"en": "an inane line in an alien lane " * 4}),))
    CodeSearch(long, (), "en").find(query)
